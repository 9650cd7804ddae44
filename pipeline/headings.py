"""The columns beyond the record's fields: which a reader would compare, and which only changed their header."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from extractors.meanings import key_of, meaning_of
from pipeline.sametext import same_key, words_of
from schemas.records import Measure

_COVERED = 0.5
"""Share of a column's words that stand in the field that was read from it."""


@dataclass(frozen=True, slots=True)
class Headers:
    """Columns beyond the record's fields in both drafts: what they are compared by -> the header as printed."""

    names: dict[str, str]

    @classmethod
    def of(cls, old: Sequence[Measure], new: Sequence[Measure]) -> Headers:
        """The further columns of two drafts. What stands in a named field too is not told twice."""
        names = _printed([*new, *old])
        return cls({key: header for key, header in names.items() if not _told(key, (*old, *new))})


def renamed_columns(old: Sequence[Measure], new: Sequence[Measure], pairs: Sequence[tuple[int, int]]) -> dict[str, str]:
    """Further columns that only changed their header, old -> new: most pairs of measures say the same in them."""
    before, after = Headers.of(old, []).names, Headers.of([], new).names
    gone, come = [key for key in before if key not in after], [key for key in after if key not in before]
    same, filled = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for i, j in pairs if gone and come else ():
        for a, b in product(gone, come):
            one, other = (same_key(text or "") for text in (column_text(old[i], a), column_text(new[j], b)))
            filled[a, b] += bool(one or other)
            same[a, b] += bool(one) and one == other
    found: dict[str, str] = {}
    for (a, b), count in same.most_common():
        if 2 * count > filled[a, b] and a not in found and b not in found.values():
            found[a] = b
    return {before[a]: after[b] for a, b in found.items()}


def with_headers(measure: Measure, renamed: Mapping[str, str]) -> Measure:
    """The measure with new headers for its columns."""
    names = {key_of(old) or old: new for old, new in renamed.items()}
    columns = {names.get(key_of(header) or header, header): text for header, text in measure.columns.items()}
    return measure.model_copy(update={"columns": columns})


def column_text(measure: Measure, key: str) -> str | None:
    """What a measure says in the column that is compared by this key."""
    return next((text for header, text in measure.columns.items() if (key_of(header) or header) == key), None)


def text_under(measure: Measure, header: str) -> str | None:
    """What a measure says in the column with this header, however it is printed."""
    return column_text(measure, key_of(header) or header)


def _printed(measures: Sequence[Measure]) -> dict[str, str]:
    names: dict[str, str] = {}
    for measure in measures:
        for header in measure.columns:
            names.setdefault(key_of(header) or header, header)
    return names


def _told(key: str, measures: Sequence[Measure]) -> bool:
    """Whether a column is what a named field was read from: its meaning is known and its words stand there."""
    meaning, _ = meaning_of(key)
    if meaning is None:
        return False
    words = hits = 0
    for measure in measures:
        column = _counted(column_text(measure, key))
        words += column.total()
        hits += (column & _counted(_field_text(meaning, measure))).total()
    return hits >= _COVERED * words


def _field_text(meaning: str, measure: Measure) -> str:
    """The text that a column of this meaning would have given to the measure."""
    if meaning == "indicators":
        return " ".join(f"{indicator.group or ''} {indicator.text}" for indicator in measure.indicators)
    if meaning in ("responsibilities", "partners"):
        return measure.responsibility_text or ""
    text = getattr(measure, meaning) or ""
    return f"{text} {measure.target_group or ''}" if meaning == "measure" else text


def _counted(text: str | None) -> Counter[str]:
    return Counter(words_of(text or ""))
