"""A document as its review page shows it: records with where they stand, and the marks on each page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Set
from dataclasses import dataclass
from dataclasses import field as made
from typing import Final

from schemas.records import PAPER_HEAD, Document, Measure, Place

SURE: Final = 0.9
"""Confidence below which a record is shown as unsure."""
MEASURE_FIELDS: Final = (
    "problem",
    "measure",
    "goal",
    "description",
    "target_group",
    "period",
    "cost",
    "priority",
    "progress",
)
_PAPER: Final = "paper"
_PLACED: Final = ("number", "field_of_action", *MEASURE_FIELDS, "indicators", "responsibilities")


@dataclass(slots=True)
class Mark:
    """A place on a page, what stands there and the ids of the records it belongs to."""

    page: int
    box: tuple[float, float, float, float]
    field: str
    records: list[str] = made(default_factory=list)


@dataclass(slots=True)
class Entry:
    """A record: its id on the page, its fields as (name, text, pages) and what it can be filtered by."""

    id: str
    title: str
    measure: Measure
    fields: list[tuple[str, str, list[int]]]
    actors: list[str]
    unsure: bool
    pages: list[int]
    corrected: bool
    others: list[tuple[str, str]]
    """Columns of no known meaning, under their printed header."""


def entries(document: Document) -> list[Entry]:
    """The measures of a document, in its order."""
    if document.plan is None:
        return []
    corrected = {correction.id for correction in document.corrections}
    return [_entry(measure, corrected) for measure in document.plan.measures]


def _entry(measure: Measure, corrected: Set[str]) -> Entry:
    parts = {measure.measure_id, *(i.indicator_id for i in measure.indicators)}
    parts |= {r.responsibility_id for r in measure.responsibilities}
    fields = [
        (name, text, _pages(measure.source.get(name, ())))
        for name in MEASURE_FIELDS
        if (text := getattr(measure, name))
    ]
    told = {text for _, text, _ in fields}
    known = {*told, *(i.text for i in measure.indicators), measure.responsibility_text, measure.number}
    others = [(header, text) for header, text in measure.columns.items() if text and not _covered(text, known)]
    return Entry(
        id=measure.measure_id,
        title=measure.measure or measure.problem or measure.number or measure.measure_id,
        measure=measure,
        fields=fields,
        actors=list(dict.fromkeys(r.actor_id for r in measure.responsibilities)),
        unsure=measure.confidence < SURE,
        pages=_pages(measure.places()),
        corrected=not parts.isdisjoint(corrected),
        others=others,
    )


def _covered(text: str, known: Iterable[str | None]) -> bool:
    """Whether what a column prints is shown with the known fields already."""
    plain = "".join(text.split())
    parts = ["".join(value.split()) for value in known if value]
    return any(part == plain or (len(part) > 20 and part in plain) for part in parts)


def _pages(places: Iterable[Place]) -> list[int]:
    return sorted({place.page for place in places})


def marks(document: Document) -> dict[int, list[Mark]]:
    """The marks on each page: fields of measures and of the paper, other tables and unassigned words.

    Large ones come first, so that small ones lie over them and can be clicked.
    """
    found: dict[tuple[int, tuple[float, float, float, float], str], Mark] = {}

    def add(place: Place, name: str, record: str) -> None:
        mark = found.setdefault((place.page, place.box, name), Mark(place.page, place.box, name))
        if record not in mark.records:
            mark.records.append(record)

    for measure in document.plan.measures if document.plan is not None else ():
        for name, places in measure.source.items():
            for place in places:
                add(place, name, measure.measure_id)
    for name, places in document.paper.source.items() if document.paper is not None else ():
        for place in places:
            add(place, name, f"{_PAPER}-{name}")
    for number, table in enumerate(document.tables, 1):
        for place in table.source:
            add(place, "table", f"table-{number}")
    for number, word in enumerate(document.ledger.unassigned, 1):
        add(Place(page=word.page, box=word.box), "unassigned", f"unassigned-{number}")
    pages: dict[int, list[Mark]] = defaultdict(list)
    for mark in sorted(found.values(), key=lambda mark: (mark.page, -_area(mark), mark.box, mark.field)):
        pages[mark.page].append(mark)
    return dict(pages)


def _area(mark: Mark) -> float:
    x0, top, x1, bottom = mark.box
    return (x1 - x0) * (bottom - top)


def shares(document: Document) -> list[tuple[str, int, float]]:
    """Where the words of the document belong: name, number and share in per cent; what is nothing is left out."""
    ledger = document.ledger
    counts = [(name, int(getattr(ledger, name))) for name in ("paper", "plan", "prose", "tables", "furniture")]
    counts.append(("unassigned", len(ledger.unassigned)))
    return [(name, count, 100 * count / max(1, ledger.words)) for name, count in counts if count]


def paper_fields(document: Document) -> list[tuple[str, str, list[int]]]:
    """The fields of the paper's head that say something: name, text, pages."""
    paper = document.paper
    if paper is None:
        return []
    shown: list[tuple[str, str, list[int]]] = []
    for name in PAPER_HEAD:
        value = getattr(paper, name)
        if value is not None:
            text = {True: "✓", False: "✗"}.get(value, str(value)) if isinstance(value, bool) else str(value)
            shown.append((name, text, _pages(paper.source.get(name, ()))))
    return shown
