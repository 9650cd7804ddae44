"""Who has signed: names, with posts below them, at the end of a paper."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.actors.words import printed_words
from extractors.paper.profiles import Profile, label_key
from schemas.geometry import Block, Line, Table

_LINES, _LETTERS, _WORDS = 4, 50, 4
"""Lines of a signature, letters of each line, words of a name, at most."""


def signatures_from(flow: Sequence[Block | Table], profile: Profile) -> int:
    """The index in the flow from which on nothing but names stand; its length when it does not end with names."""
    at = len(flow)
    while at and isinstance(block := flow[at - 1], Block) and _is_signature(block, profile):
        at -= 1
    return at


def _is_signature(block: Block, profile: Profile) -> bool:
    words = [w for w in block.lines[0].text.split() if not profile.has("signatures.before", w)]
    short = len(block.lines) <= _LINES and all(len(line.text) <= _LETTERS for line in block.lines)
    return short and 1 < len(words) <= _WORDS and words[0] in printed_words("given_names") and words[-1].isalpha()


def ends_sections(line: Line, profile: Profile) -> bool:
    """Whether the line begins with what stands below the last section: "gez.", "In Vertretung"."""
    tokens = line.text.split()
    heads = {label_key("".join(tokens[:count])) for count in range(1, min(len(tokens), 6) + 1)}
    return bool(heads & profile.lists["sections.end"])


def is_place_and_date(text: str, profile: Profile) -> bool:
    """Whether the text is but place and date: "Hohenfelde, den 3.5.2024"."""
    return text[0].isalpha() and any(pattern.match(text) for pattern in profile.patterns["date"])
