"""The name of a field of action in what a heading or band prints: "Handlungsfeld 3: Verkehr" is "Verkehr"."""

from __future__ import annotations

import re

from extractors.knowledge import load
from extractors.meanings import key_of

_COUNT = r"(?:Nr\.?\s*)?(?:[A-ZÄÖÜ]{0,3}\d{1,2}(?:\.\d{1,2})*|[IVX]{1,5}|[A-Z])"
_BEHIND = re.compile(rf"\s*(?:(?:{_COUNT})?\s*[:–—|]|(?:{_COUNT})?\s+-(?=\s)|{_COUNT}[.)])\s*(\S.*)$")
"""What parts a label from a name: a number, a sign, or both."""
_NAMED = re.compile(rf"\s+(?:{_COUNT}\s+)?(?![IVX]+$)([„»\"A-ZÄÖÜ]\w.*)$")
"""A name right behind its label, as "Handlungsfeld Verkehr" or "Handlungsfeld 3 Verkehr"; nouns have capitals."""
_OUTLINE = re.compile(
    r"(?:(?:\d{1,2}(?:\.\d{1,2})*[.)]|\d{1,2}(?:\.\d{1,2})+|[A-Z][.)]|[IVX]{1,5}[.)])\s+(?=\S)|[1-9]\s+(?=[A-ZÄÖÜ]))(.*)$"
)
_ENDING = re.compile(r"\s*(?:[-–—,]\s*|\()(\w+)\.?\)?$")
_CAPTION = re.compile(
    r"([^\W\d_]+)\.?\s+(?:Nr\.\s*)?(?:[A-Z]?\d+(?:[.-]\d+)*|[IVX]+)(?:\s*[:.–—|-]\s*|\s+(?=[A-ZÄÖÜ]))(\S.*)$"
)
"""The word and the number of a caption, and what it says."""
_WORD = re.compile(r"[^\W\d_]+")


def field_name(text: str) -> str:
    """The name of a field of action without its label, its place in the outline and "(Fortsetzung)" behind it.

    It is the text itself where nothing is left.
    """
    if goes_on(text) and (ending := _ENDING.search(text)) is not None:
        text = text[: ending.start()]
    if (caption := caption_text(text)) is not None:
        return without_field_label(caption, loose=True)
    outlined = _OUTLINE.match(text)
    return without_field_label(outlined[1] if outlined else text)


def caption_text(text: str) -> str | None:
    """What the caption of a table says behind "Tabelle 3:"; None for any other text."""
    found = _CAPTION.match(text)
    return found[2] if found is not None and key_of(found[1]) in _known("captions") else None


def goes_on(text: str) -> bool:
    """Whether a heading ends with "(Fortsetzung)" or its like: it was printed before."""
    ending = _ENDING.search(text)
    return ending is not None and ending.start() > 0 and key_of(ending[1]) in _known("endings")


def without_field_label(text: str, *, loose: bool = False) -> str:
    """The text without "Handlungsfeld 3:" before it; the text itself where nothing is left.

    With `loose`, "Maßnahmen im Bereich" is a label as well: the title of a whole plan may begin so.
    """
    label = _label_of(text, loose=loose)
    if label is None:
        return text
    rest = text[label.end() :]
    sure = key_of(label[0]) in _known("words") or (loose and label.start() > 0)
    named = _BEHIND.match(rest) or (_NAMED.match(rest) if sure else None)
    return named[1] if named else text


def has_field_label(text: str) -> bool:
    """Whether a heading begins with "Handlungsfeld" or its like, or with "Maßnahmen im Handlungsfeld"."""
    caption = caption_text(text)
    return _label_of(caption or text, loose=caption is not None) is not None


def _label_of(text: str, *, loose: bool) -> re.Match[str] | None:
    for place, word in enumerate(_WORD.finditer(text)):
        key = key_of(word[0])
        if key in _known("words") or (key in _known("loose") and (loose or place == 0)):
            return word
        if not (key in _known("links") if place else key.startswith(tuple(_known("leads")))):
            return None
    return None


def _known(kind: str) -> list[str]:
    words: list[str] = load("columns.toml")["plan"]["field_labels"][kind]
    return words
