"""Bands between the rows of a table without outer border: rows of one cell over all columns.

No rule runs past such a row, so that the rows above it and those below look like two tables.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.grid import COVER, SNAP, Edge, drawn_rules, horizontals, verticals
from extractors.lines import group_lines
from schemas.geometry import Cell, Page, Part, Table, Word

_LINES = 2
_NEAR = 1.5
"""Font sizes from the rule of a table within which a band at the end of a page stands."""


def with_bands(page: Page, tables: Sequence[Table]) -> list[Table]:
    """The ruled `tables` of a page, from top to bottom; those that a band alone parts are made one, in place."""
    rules = drawn_rules(page)
    levels, walls = horizontals(rules), verticals(rules)
    joined: list[Table] = []
    for table in sorted(tables, key=lambda table: (table.box[1], table.box[0])):
        if not _open(table, walls):
            joined.append(table)
            continue
        upper = joined[-1] if joined else None
        band = _between(page, upper, table, levels) if upper is not None and _open(upper, walls) else []
        if upper is not None and band:
            _add_band(upper, band, upper.n_rows)
            _add_rows(upper, table)
        else:
            joined.append(table)
    if joined and _open(joined[-1], walls):
        last = joined[-1]
        band = [word for word in page.body if word.middle > last.box[3]]
        if _is_last(last, band) and _ruled(levels, last, last.box[3]):
            _add_band(last, band, last.n_rows)
    return joined


def _open(table: Table, walls: Sequence[Edge]) -> bool:
    """Whether neither side of a table has a border."""
    _, top, _, bottom = table.box
    sides = (table.edges[0], table.edges[-1])
    beside = (wall for wall in walls if wall.start < bottom - SNAP and wall.end > top + SNAP)
    return table.n_cols > 1 and not any(abs(wall.at - side) <= SNAP for wall in beside for side in sides)


def _between(page: Page, upper: Table, lower: Table, levels: Sequence[Edge]) -> list[Word]:
    """The words of the band between two tables of the same columns; none where something else stands there."""
    top, bottom = upper.box[3], lower.box[1]
    aligned = len(upper.edges) == len(lower.edges) and all(
        abs(a - b) <= SNAP for a, b in zip(upper.edges, lower.edges, strict=True)
    )
    if not aligned or not (_ruled(levels, upper, top) and _ruled(levels, lower, bottom)):
        return []
    words = [word for word in page.body if top < word.middle < bottom]
    lines = group_lines(words)
    fits = len(lines) <= _LINES and all(upper.edges[0] <= line.x0 and line.x1 <= upper.edges[-1] for line in lines)
    return words if fits else []


def _ruled(levels: Sequence[Edge], table: Table, y: float) -> bool:
    """Whether a rule over all columns is drawn at a height."""
    x0, x1 = table.edges[0], table.edges[-1]
    drawn = sum(min(h.end, x1) - max(h.start, x0) for h in levels if abs(h.at - y) <= SNAP)
    return drawn >= COVER * (x1 - x0)


def _is_last(table: Table, words: Sequence[Word]) -> bool:
    """Whether the `words` below a table are a band in bold at the end of its page."""
    return (
        len(group_lines(words)) == 1
        and all(word.bold and word.top - table.box[3] < _NEAR * word.size for word in words)
        and table.edges[0] <= min(w.x0 for w in words) < table.edges[1]
    )


def _add_band(table: Table, words: Sequence[Word], row: int) -> None:
    page, (x0, top, x1, bottom) = table.pieces[-1]
    end = max(word.bottom for word in words)
    part = Part(page, (x0, bottom, x1, end), list(words))
    table.cells.append(Cell(row, 0, 1, table.n_cols, [part]))
    table.n_rows += 1
    table.pieces[-1] = (page, (x0, top, x1, end))


def _add_rows(upper: Table, lower: Table) -> None:
    for cell in lower.cells:
        cell.row += upper.n_rows
    upper.cells += lower.cells
    upper.n_rows += lower.n_rows
    page, (x0, top, x1, _) = upper.pieces[-1]
    upper.pieces[-1] = (page, (x0, top, x1, lower.box[3]))
