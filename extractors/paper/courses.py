"""A Beratungsfolge that is a sentence: "Bauausschuss am 3.5.2025 (TOP 4, öffentlich), Rat am 12.5.2025"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.lines import group_lines
from extractors.paper.pieces import Piece, colon_label
from extractors.paper.profiles import Profile
from extractors.paper.values import find_date, without_date
from schemas.geometry import Line, Word

_BRACKET = re.compile(r"\s*\([^()]*\)")
_LINK = re.compile(r"^(?:[\s,;:/→>–•-]|(?:und|sowie|dann|danach|anschließend)\s)+")
_INTO = re.compile(r"^(?:im|in der|in den|in die|in das|an den|an die|der|die|den|des|zum|zur)\s", re.IGNORECASE)
_TIGHT = 0.75
"""Blank between two lines of one sentence, as a multiple of the font size."""


def sentence_of(pieces: Sequence[Piece], profile: Profile) -> tuple[str, list[Word]] | None:
    """The text behind a heading such as "Beratungsfolge:" and on the lines that go on from it, and all words."""
    lines = group_lines([word for piece in pieces for word in piece.words])
    for at, line in enumerate(lines):
        count = _heading(line, profile)
        if not count:
            continue
        text, words, above = [w.text for w in line.words[count:]], list(line.words), line
        for below in lines[at + 1 :]:
            if below.top - above.bottom > _TIGHT * below.size or colon_label(below.words, profile):
                break
            text += [word.text for word in below.words]
            words += below.words
            above = below
        return " ".join(text), words
    return None


def _heading(line: Line, profile: Profile) -> int:
    """How many words of the line are a heading with its colon before more text; 0 when none."""
    for count, word in enumerate(line.words[:4], 1):
        if word.text.endswith(":"):
            label = " ".join(w.text for w in line.words[:count])
            known = profile.has("consultations.headings", label)
            return count if known and count < len(line.words) else 0
    return 0


def visits_of(text: str) -> list[dict[str, str]]:
    """Date and committee, with what brackets say about it, of each visit in a sentence that gives dates."""
    visits: list[dict[str, str]] = []
    names: list[str] = []
    while (found := find_date(text)) is not None:
        before, rest = without_date(text, found[1]).split("\n", 1)
        bracket = _BRACKET.match(rest)
        names.append(before + (bracket.group() if bracket else ""))
        text = rest[bracket.end() :] if bracket else rest
        visits.append({"date": found[1]})
    if names and not plain_name(names[0]):  # the date stands before its committee
        names = [*names[1:], text]
    for visit, name in zip(visits, names, strict=True):
        visit["organization"] = plain_name(name)
    return [visit for visit in visits if visit["organization"]]


def plain_name(name: str) -> str:
    """The name of a committee without what links it to a sentence: "und im Bauausschuss"."""
    return _INTO.sub("", _LINK.sub("", name).strip(" ,;:-–•"))
