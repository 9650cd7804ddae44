"""Short lines above the titles of forms, set smaller than they: "Projektblatt 3", or the name of a group of forms."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractors.field_names import has_field_label
from extractors.form_titles import style_of
from extractors.forms import Box, Form, part_of
from extractors.numbering import NUMBER, is_code
from schemas.geometry import Word

_NEAR = 1.2
"""White space between a kicker and its title, in font sizes of the kicker, at most."""
_SMALLER = 0.9
"""Size of a kicker, as a share of that of the title, at most."""
_WORDS = 6
_LEAST, _MOST = 3, 0.75
"""Forms with a kicker, and their share of all, at least."""
_COUNTED = re.compile(rf"[A-ZÄÖÜ][\w-]+\s+(?:Nr\.?\s*)?({NUMBER})")
Text = Sequence[Word]


@dataclass(slots=True, frozen=True)
class Kicker:
    """What stands above the title of a form: its number, or the name of its group."""

    words: Text
    number: str | None

    @property
    def group(self) -> Box | None:
        return Box(None, None, part_of(self.words)) if self.number is None else None


def kickers_of(titles: Sequence[tuple[Form, Text]], texts: Iterable[Text]) -> dict[int, Kicker]:
    """The kicker of each form, by its id, out of the `texts` of a document; `titles` are forms and their titles.

    Most titles have one, set alike; all say another number, or they name groups: said again, and not all the same.
    """
    by_page: dict[int, list[Text]] = {}
    for text in texts:
        if 0 < len(text) <= _WORDS:
            by_page.setdefault(text[0].page, []).append(text)
    found = [(form, _above(title, by_page.get(title[0].page, []))) for form, title in titles if title]
    looks = Counter(_look(text) for _, text in found if text)
    look, count = looks.most_common(1)[0] if looks else (None, 0)
    alike = [(form, text) for form, text in found if text and _look(text) == look]
    if count < max(_LEAST, _MOST * len(titles)):
        return {}
    said = [_said(text) for _, text in alike]
    numbers = [_number(text) for text in said]
    if None in numbers or len(set(numbers)) < len(numbers):
        numbers = [None for _ in said]
        if not 1 < len(set(said)) <= len(said) / 2:
            return {}
    return {id(form): Kicker(text, number) for (form, text), number in zip(alike, numbers, strict=True)}


def _above(title: Text, texts: Sequence[Text]) -> Text:
    """The text that stands right above a title and begins where it does."""
    first = title[0]
    for text in texts:
        last = text[-1]
        near = -1 <= first.top - last.bottom <= _NEAR * last.size and abs(text[0].x0 - first.x0) <= 2
        if near and last.size <= _SMALLER * first.size:
            return text
    return []


def _look(text: Text) -> tuple[float, bool, int]:
    return *style_of(text), text[0].color


def _said(text: Text) -> str:
    return " ".join(word.text for word in text)


def _number(said: str) -> str | None:
    if is_code(said):
        return said.rstrip(".:")
    counted = _COUNTED.fullmatch(said)
    return counted[1] if counted is not None and not has_field_label(said) else None
