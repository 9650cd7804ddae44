"""How well a document's measures and tables agree with what was laid out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from schemas.records import Document
from schemas.records import Measure as Found
from tests.layouts.records import Measure
from tests.layouts.sheets import Grid

Wanted = dict[str, object]


@dataclass
class Score:
    """Counts of one document: wanted and found measures, those found, those exact, and what differs."""

    wanted: int
    found: int
    hits: int = 0
    exact: int = 0
    differences: list[str] = field(default_factory=list)

    @property
    def exactness(self) -> float:
        return self.exact / self.wanted

    @property
    def recall(self) -> float:
        return self.hits / self.wanted

    @property
    def precision(self) -> float:
        return self.hits / max(self.found, 1)


def plain(text: object) -> str:
    return re.sub(r"\s+", " ", str(text or "")).strip()


def wanted_of(measure: Measure, keys: dict[str, str], *, field_known: bool, listed: bool) -> Wanted:
    """What the record of a measure should say; `keys` gives the printed label of each field that is printed."""
    wanted: Wanted = {"measure": measure.measure}
    if field_known:
        wanted["field_of_action"] = measure.field_of_action
    for name, label in keys.items():
        if name == "indicators":
            items = [(i.group, i.text) for i in measure.indicators]
            wanted[name] = items if listed else [(None, " ".join(i.text for i in measure.indicators))]
        else:
            wanted[f"column {label}"] = measure.printed(name)
        if name not in ("indicators", "remark"):
            wanted[name] = measure.printed(name)
    return wanted


def _value(found: Found, name: str) -> object:
    if name == "indicators":
        return [(i.group, plain(i.text)) for i in found.indicators]
    if name.startswith("column "):
        return plain(found.columns.get(name.removeprefix("column ")))
    return plain(getattr(found, name))


def score_plan(document: Document, wanted: Sequence[Wanted]) -> Score:
    """Measures are paired by their text, each once and in order."""
    found = list(document.plan.measures) if document.plan is not None else []
    score = Score(len(wanted), len(found))
    for entry in wanted:
        match = next((f for f in found if plain(f.measure) == plain(entry["measure"])), None)
        if match is None:
            score.differences.append(f"missing: {entry['measure']}")
            continue
        found.remove(match)
        score.hits += 1
        wrong = [
            f"{name}: {value!r} != {_value(match, name)!r}"
            for name, value in entry.items()
            if value != _value(match, name)
        ]
        score.exact += not wrong
        score.differences += wrong
    score.differences += [f"extra: {f.measure!r}" for f in found]
    return score


Relation = tuple[str, str, str]


def relations(rows: Sequence[Sequence[str | None]]) -> Counter[Relation]:
    """Adjacency relations of a table (ICDAR 2013): each text with the next one to its right and the next one below."""
    texts = [[_key(value) for value in row] for row in rows]
    found: Counter[Relation] = Counter()
    for r, row in enumerate(texts):
        for c, text in enumerate(row):
            if not text:
                continue
            right = next((t for t in row[c + 1 :] if t), None)
            below = next((line[c] for line in texts[r + 1 :] if line[c]), None)
            if right:
                found[text, right, "right"] += 1
            if below:
                found[text, below, "below"] += 1
    return found


def _key(text: str | None) -> str:
    return re.sub(r"[\W_]+", "", (text or "")).casefold()


def grid_texts(grid: Grid) -> list[list[str | None]]:
    """The texts of a grid at the upper left of their cells."""
    rows: list[list[str | None]] = [[None] * len(grid.widths) for _ in grid.rows]
    for row, col, entry in grid.placed():
        rows[row][col] = entry.text
    return rows


def table_f1(document: Document, grids: Iterable[Grid]) -> float:
    """F1 of the adjacency relations of all tables of a document."""
    return score_tables(document, map(grid_texts, grids))


def score_tables(document: Document, tables: Iterable[Sequence[Sequence[str | None]]]) -> float:
    """F1 of the adjacency relations of all tables of a document against the rows of texts of `tables`."""
    wanted: Counter[Relation] = Counter()
    for rows in tables:
        wanted += relations(rows)
    found: Counter[Relation] = Counter()
    for table in document.tables:
        found += relations([row.cells for row in table.rows])
    hits = sum((wanted & found).values())
    return 2 * hits / max(1, sum(wanted.values()) + sum(found.values()))
