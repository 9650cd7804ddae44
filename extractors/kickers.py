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
"""White space between a kicker and its title, in font sizes of the title, at most."""
_SMALLER = 0.9
"""Size of a kicker, as a share of that of the title, at most."""
_WORDS = 6
_LEAST, _MOST = 3, 0.75
"""Forms with a kicker, and their share of all, at least."""
_GROUPS = 2 / 3
"""Names of groups, for each form, at most."""
_COUNTED = re.compile(rf"[A-ZÄÖÜ][\w-]+\s+(?:Nr\.?\s*)?({NUMBER})")
Text = Sequence[Word]


@dataclass(slots=True, frozen=True)
class Kicker:
    """What stands above the title of a form: its number, or the name of its group, or both side by side."""

    number: str | None
    text: Text
    group: Box | None
    """The name of the group as a text without label."""

    @property
    def words(self) -> list[Word]:
        """All words, each once."""
        group = self.group.words if self.number is not None and self.group is not None else []
        return [*self.text, *group]


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
        if not 1 < len(set(said)) <= _GROUPS * len(said):
            return {}
        return {id(form): Kicker(None, text, _group(text)) for form, text in alike}
    beside = [_field_beside(text, by_page[text[0].page]) for _, text in alike]
    return {
        id(form): Kicker(number, text, _group(field))
        for (form, text), number, field in zip(alike, numbers, beside, strict=True)
    }


def _group(words: Text) -> Box | None:
    return Box(None, None, part_of(words)) if words else None


def _field_beside(kicker: Text, texts: Sequence[Text]) -> Text:
    """The text "Handlungsfeld Mobilität" on the line of a kicker, if there is one."""
    level = (text for text in texts if text is not kicker and abs(text[-1].bottom - kicker[-1].bottom) < 1)
    return next((text for text in level if has_field_label(_said(text))), [])


def _above(title: Text, texts: Sequence[Text]) -> Text:
    """The text that stands right above a title and begins where it does."""
    first = title[0]
    for text in texts:
        last = text[-1]
        near = -1 <= first.top - last.bottom <= _NEAR * first.size and abs(text[0].x0 - first.x0) <= 2
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
