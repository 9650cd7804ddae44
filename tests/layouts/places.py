"""Whether the places that a record names hold its texts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from schemas.geometry import Page
from schemas.records import Document, Measure, Place

_FIELDS = (
    "number", "field_of_action", "problem", "measure", "goal", "description", "target_group", "period", "cost",
    "priority", "progress",
)  # fmt: skip
_BESIDE = ("indicator", "number", "field_of_action", "target_group")
"""What stands in one place with others: items of a list, a label, the title with its number."""


def misplaced(document: Document, pages: Sequence[Page]) -> list[str]:
    """The texts of measures that do not stand in the places named for them, or in much smaller or larger ones."""
    measures = document.plan.measures if document.plan is not None else []
    return [
        f"{measure.measure_id} {name}: {text!r} is not {held!r}"
        for measure in measures
        for name, text, places in _placed(measure)
        if not _fits(_letters([text]), _letters(held := _words(places, pages)), alone=name not in _BESIDE)
    ]


def _placed(measure: Measure) -> Iterable[tuple[str, str, list[Place]]]:
    source = measure.source
    for name in _FIELDS:
        if text := getattr(measure, name):
            yield name, text, source.get(name, [])
    for indicator in measure.indicators:
        yield "indicator", indicator.text, source.get("indicators", [])
    if measure.responsibility_text:
        yield "responsibilities", measure.responsibility_text, source.get("responsibilities", [])
    for label, text in measure.columns.items():
        if text and f"columns/{label}" in source:
            yield f"columns/{label}", text, source[f"columns/{label}"]


def _fits(text: Counter[str], held: Counter[str], *, alone: bool) -> bool:
    return not text - held and (not alone or text.total() >= 0.5 * held.total())


def _words(places: Iterable[Place], pages: Sequence[Page]) -> list[str]:
    """The words in any of the places, each once."""
    held: dict[int, str] = {}
    for place in places:
        x0, top, x1, bottom = place.box
        for word in pages[place.page - 1].body:
            if x0 - 0.5 <= (word.x0 + word.x1) / 2 <= x1 + 0.5 and top - 0.5 <= word.middle <= bottom + 0.5:
                held[id(word)] = word.text
    return list(held.values())


def _letters(texts: Iterable[str]) -> Counter[str]:
    return Counter(re.sub(r"[\W_]", "", "".join(texts)))
