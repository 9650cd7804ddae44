"""The headings of a paper: which block is one, of what kind, and how it looks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.blocks import block_text_size
from extractors.celltext import clean
from extractors.paper.profiles import Profile, label_key, without_number
from schemas.geometry import Block, Line, Word, union
from schemas.records import SectionKind

_LABEL_WORDS = 9
_NUMERAL = re.compile(r"[IVX]+|\d+|[A-Za-z]")
_NUMBERED = re.compile(r"^Anlage \d{1,2}[a-z]?$")

Style = tuple[float, bool, bool, str]
"""Size, bold, italic, and how the headings are numbered."""


@dataclass(slots=True)
class Start:
    """The heading of a section: `kind` is None for the list of attachments."""

    heading: str
    kind: SectionKind | None
    words: list[Word]
    rest: list[Line]

    @property
    def standing(self) -> bool:
        """Whether the heading has its lines for itself."""
        return not self.rest or self.rest[0].words[0].top > self.words[-1].bottom - 1


def start_of(block: Block, profile: Profile) -> Start | None:
    """The known heading with which a block begins: alone, on a line of its own, or before a colon."""
    text = block.text
    kind = _kind(text, profile) if len(block.lines) == 1 or not profile.leads_in(text) else None
    label, _, after = text.partition(":")
    if kind is not None and not (after.strip() and _kind(label, profile)):  # "Finanzierung: -" says something
        return Start(printed_heading(text), kind[0], block.words, [])
    first = block.lines[0]
    kind = _kind(first.text, profile)
    if kind is not None and (first.text.rstrip().endswith(":") or (first.bold and not block.lines[1].bold)):
        return Start(printed_heading(first.text), kind[0], first.words, block.lines[1:])
    for count, word in enumerate(first.words[:_LABEL_WORDS], 1):
        if word.text.endswith(":"):
            label = " ".join(w.text for w in first.words[:count])
            kind = _kind(label, profile)
            listed = without_number(label) != label and not first.words[0].bold
            if kind is None or listed:
                continue
            rest = first.words[count:]
            lines = [line_of(rest), *block.lines[1:]] if rest else block.lines[1:]
            return Start(printed_heading(label), kind[0], first.words[:count], lines)
    return None


def _kind(text: str, profile: Profile) -> tuple[SectionKind | None] | None:
    """(kind,) of a known heading, (None,) for that of the attachments; None when the text is no heading."""
    plain = without_number(text).rstrip(": ")
    known = profile.kind_of(text)
    if known is not None:
        return (known,)
    if _NUMBERED.match(plain):
        return ("annexes",)
    hit = profile.labels.get(label_key(plain))
    return (None,) if hit is not None and hit[0] == "attachments" else None


def printed_heading(text: str) -> str:
    """A heading as it goes to the record: without its colon."""
    return clean(text).rstrip(":, ")


def line_of(words: list[Word]) -> Line:
    """The line that words of one page make."""
    return Line(words, words[0].page, *union(word.box for word in words))


def style_of(block: Block) -> Style:
    """How a heading looks, to compare it with others."""
    text = block.text
    number = text[: len(text) - len(without_number(text))].strip()
    italic = all(word.italic for word in block.words)
    return (round(block_text_size(block.lines)), block.bold, italic, _NUMERAL.sub("#", number))
