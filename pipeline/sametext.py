"""Texts without layout noise: what a reader takes for the same, and which words differ.

Spaces, hyphenation, dashes, quotes and bullets are how a draft is printed, not what it says.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Indel

from schemas.changes import Operation, Segment

_DASH = "[\u2010-\u2015\u2212-]"
_DASHES = re.compile(_DASH)
_TOKEN = re.compile(
    rf"(?:(?<![^\s(]){_DASH})?\d+(?:[.,:/]\d+|\s*{_DASH}\s*\d+)*"  # 5, -5, 1.3.2025, 2025 – 2027
    r"|[^\W\d_]+\d*"
    r"|\S"
)
_NOISE = frozenset("-\"'`´‘’‚‛“”„‟«»‹›•∙●○◦▪▫■□◆◇►▶‣⁃➢")
_BULLETS = frozenset("*·+o")
"""Noise where they begin a line; inside a word they say something (Mitarbeiter*innen)."""
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")


@dataclass(frozen=True, slots=True)
class _Token:
    """A word, number or mark as printed, what it is compared by ("" for noise), and the space after it."""

    text: str
    key: str
    gap: str


@lru_cache(maxsize=50_000)
def same_key(text: str) -> str:
    """What a text is compared by: two texts with the same key say the same. Letters keep their case."""
    parts: list[str] = []
    for token in _tokens(text):
        if parts and token.key[:1].isdigit() and parts[-1][-1].isdigit():
            parts.append(" ")
        if token.key:
            parts.append(token.key)
    return "".join(parts)


def words_of(text: str) -> list[str]:
    """The words of a text in small letters, hyphens undone, for counting."""
    joined = re.sub(r"(?<=\w)[\u00ad\u2010\u2011-](?=\w)", "", text)
    return re.findall(r"\w+", unicodedata.normalize("NFKC", joined).casefold())


def diff(old: str, new: str) -> list[Segment]:
    """The words that differ. Where only layout differs the new draft's printing stands as equal."""
    if same_key(old) == same_key(new):
        return [("equal", new.strip())] if new.strip() else []
    before, after = _tokens(old), _tokens(new)
    operations = list(Indel.opcodes([t.key or t.text for t in before], [t.key or t.text for t in after]))
    pieces: list[Segment] = []
    for number, code in enumerate(operations):
        last = number + 1 == len(operations)
        ours, theirs = before[code.src_start : code.src_end], after[code.dest_start : code.dest_end]
        if code.tag == "equal":
            pieces += _equal(ours, theirs, at_end=last)
        else:
            pieces += [("delete", token.text + token.gap) for token in ours]
            pieces += [("insert", token.text + token.gap) for token in theirs]
    return _quiet(_grouped(pieces))


def sides(segments: Sequence[Segment]) -> tuple[str, str]:
    """The old and the new text that segments give."""
    old = "".join(text for operation, text in segments if operation != "insert")
    new = "".join(text for operation, text in segments if operation != "delete")
    return old, new


def grouped(segments: Sequence[Segment]) -> list[Segment]:
    """Neighbours of one operation as one segment; of a change, what goes stands before what comes."""
    return _grouped(segments)


@lru_cache(maxsize=4_000)
def _tokens(text: str) -> tuple[_Token, ...]:
    return tuple(_split(text.strip()))


def _split(text: str) -> Iterator[_Token]:
    matches = list(_TOKEN.finditer(text))
    ends = [match.start() for match in matches[1:]] + [len(text)]
    for match, end in zip(matches, ends, strict=False):
        alone = match[0] in _BULLETS and (match.start() == 0 or text[match.start() - 1] == "\n") and end > match.end()
        yield _Token(match[0], "" if alone else _token_key(match[0]), text[match.end() : end])


@lru_cache(maxsize=50_000)
def _token_key(token: str) -> str:
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", _DASHES.sub("-", token)))
    if plain[-1:].isdigit():
        return plain.replace(".", "") if _GROUPED.fullmatch(plain) else plain
    hidden = not plain or unicodedata.category(plain[0]) in ("Co", "Cf", "Cc")
    return "" if hidden or plain in _NOISE else plain


def _equal(ours: Sequence[_Token], theirs: Sequence[_Token], *, at_end: bool) -> Iterator[Segment]:
    """Equal words; a space that only one draft has belongs to the change after it, if there is one."""
    for index, (old, new) in enumerate(zip(ours, theirs, strict=True)):
        yield "equal", new.text
        if index + 1 < len(ours) or at_end or bool(old.gap) == bool(new.gap):
            yield "equal", new.gap
        else:
            yield "delete", old.gap
            yield "insert", new.gap


def _grouped(pieces: Sequence[Segment]) -> list[Segment]:
    result: list[Segment] = []
    waiting: dict[Operation, str] = {"delete": "", "insert": ""}

    def flush() -> None:
        for operation in ("delete", "insert"):
            if waiting[operation]:
                result.append((operation, waiting[operation]))
                waiting[operation] = ""

    for operation, text in pieces:
        if operation != "equal":
            waiting[operation] += text
        elif text:
            flush()
            if result and result[-1][0] == "equal":
                result[-1] = ("equal", result[-1][1] + text)
            else:
                result.append(("equal", text))
    flush()
    return result


def _quiet(segments: Sequence[Segment]) -> list[Segment]:
    """The segments without those that differ in layout only."""
    pieces: list[Segment] = []
    index = 0
    while index < len(segments):
        operation, text = segments[index]
        after = segments[index + 1] if index + 1 < len(segments) else ("equal", "")
        if operation == "delete" and after[0] == "insert":
            index += 1
            same = same_key(text) == same_key(after[1])
            pieces += [("equal", after[1])] if same else [(operation, text), after]
        elif operation == "equal" or same_key(text):
            pieces.append((operation, text))
        elif operation == "insert":
            pieces.append(("equal", text))
        index += 1
    return _grouped(pieces)
