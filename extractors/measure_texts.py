"""A text under its label, in a cell or the box of a form -> the fields of a measure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import TypeVar

from extractors.celltext import HARD_BREAK, Item, lined, prose, read_items
from extractors.knowledge import load
from extractors.meanings import key_of
from extractors.measure_draft import Cited, IndicatorDraft, MeasureDraft, Spot
from extractors.vocabulary import Vocabulary
from schemas.geometry import Line, Part, union

Key = TypeVar("Key", int, str)


def read_box(
    draft: MeasureDraft,
    label: str,
    meaning: str | None,
    parts: Sequence[Part],
    vocabulary: Vocabulary,
    leading: float,
    row: int = 1,
) -> None:
    """Put a labelled text, from the cell of a column or the box of a form, into the measure.

    `meaning` is the record field, or None where the text goes to `columns` only; its place is then that of
    "columns/" and its label.
    """
    items = read_items(parts, vocabulary, leading)
    _append(draft.columns, label, lined(items), "\n")
    if meaning is None or meaning == "partners":
        draft.spots.setdefault(f"columns/{label}", []).extend(spots_of(parts))
        return
    if meaning == "field_of_action":
        _name_field(draft, Cited(prose(items), spots_of(parts)))
        return
    if meaning == "measure":
        items = _take_inline(draft, items)
    draft.spots.setdefault(meaning, []).extend(spots_of(parts))
    if meaning == "indicators":
        draft.indicators += indicators_of(items, row)
    elif meaning == "responsibilities":
        broken = read_items(parts, vocabulary, leading, hard_breaks=True)
        _append(draft.responsibility_rows, row, lined(broken), "\n")
        text = prose(items)
        draft.responsibility_text = f"{draft.responsibility_text} {text}" if draft.responsibility_text else text
    else:
        _append(draft.texts, meaning, prose(items), " ")


def _name_field(draft: MeasureDraft, named: Cited) -> None:
    """Let a column or box overrule the field of action that a heading or band says, unless it is empty."""
    if named.text:
        draft.texts["field_of_action"], draft.spots["field_of_action"] = named.text, named.spots


def _append(texts: dict[Key, str], key: Key, text: str, between: str) -> None:
    if text:
        texts[key] = texts[key] + between + text if texts.get(key) else text


@cache
def _inline_labels() -> dict[str, str]:
    return {key_of(word): name for name, words in load("columns.toml")["plan"]["inline"].items() for word in words}


def _take_inline(draft: MeasureDraft, items: Sequence[Item]) -> list[Item]:
    """Move "Zielgruppe: ..." out of the items of a measure cell into its field."""
    rest: list[Item] = []
    for item in items:
        label, colon, text = item.text.partition(":")
        name = _inline_labels().get(key_of(label)) if colon else None
        if name is None or not text.strip():
            rest.append(item)
        else:
            _append(draft.texts, name, text.strip(), " ")
            draft.spots.setdefault(name, []).extend(spots_of_lines(item.lines))
    return rest


def indicators_of(items: Sequence[Item], row: int) -> list[IndicatorDraft]:
    """One indicator for each list item; text without items is one; a line ending in ':' groups the items after it."""
    if all(item.level == 0 for item in items):
        text = prose(items)
        return [IndicatorDraft(row, None, 1, text)] if any(c.isalnum() for c in text) else []
    result: list[IndicatorDraft] = []
    groups: dict[int, str] = {}
    for index, item in enumerate(items):
        groups = {level: name for level, name in groups.items() if level < item.level}
        following = items[index + 1].level if index + 1 < len(items) else 0
        if item.text.endswith(":") and following > item.level:
            groups[item.level] = item.text[:-1].rstrip()
        elif any(c.isalnum() for c in item.text):
            group = groups[max(groups)] if groups else None
            result.append(IndicatorDraft(row, group, max(item.level, 1), item.text))
    return result


def spots_of(parts: Iterable[Part]) -> list[Spot]:
    """Page and box of the text of each part that has any."""
    return [(part.page, union(word.box for word in part.words)) for part in parts if part.words]


def spots_of_lines(lines: Sequence[Line]) -> list[Spot]:
    """Page and box of the lines on each page."""
    return [(page, union(x.box for x in lines if x.page == page)) for page in dict.fromkeys(x.page for x in lines)]


def plain(text: str) -> str:
    """A responsibility row without its marks of early line ends."""
    return text.replace(HARD_BREAK, " ")
