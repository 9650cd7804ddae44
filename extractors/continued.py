"""What goes on at the top of a page with a table of the page before, though few rules say so.

A table without outer border draws no rule where a spanned cell at its side goes on, and none below the last lines of
its last row. The columns of the page before say what is missing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from extractors.grid import SNAP, Edge, drawn_rules, horizontals, verticals
from schemas.geometry import Box, Cell, Page, Part, Table, Word

_ALIGN = 5.0
"""Points by which the column edges of two pages may differ."""
_ALIGN_FREE = 12.0
"""The same where no rules draw them."""


def completed(page: Page, tables: Sequence[Table], before: Table | None) -> list[Table]:
    """The ruled `tables` of a page, from top to bottom, the first of them whole.

    `before` is the last table before this page. Where the first table lacks outer columns of it, they are added, in
    place. Where verticals alone part the lines at the top of the page, or a frame alone holds them as it holds the last
    row before, these lines are a further table of one row.
    """
    found = list(tables)
    if before is None or not before.ruled or before.pieces[-1][0] != page.number - 1:
        return found
    first = min(found, key=lambda table: table.box[1], default=None)
    if first is not None and _widen(page, first, before.edges):
        return found
    rest = _rest_of_row(page, before.edges) or _last_row(page, before)
    if rest is not None and (first is None or rest.box[3] <= first.box[1]):
        found.insert(0, rest)
    return found


def _widen(page: Page, table: Table, edges: Sequence[float]) -> bool:
    """Add to `table` the columns outside it: each of them one cell beside all rows. Tells whether it did."""
    first, last = (_nearest(edges, edge) for edge in (table.edges[0], table.edges[-1]))
    inner = all(abs(edges[_nearest(edges, edge)] - edge) <= _ALIGN for edge in table.edges)
    if not inner or table.n_cols < 2 or (first == 0 and last == len(edges) - 1) or last - first < 2:
        return False
    top, bottom = table.box[1], table.box[3]
    if any(word.bottom < top for word in page.body):
        return False
    for cell in table.cells:
        cell.col += first
    outside = [*range(first), *range(last, len(edges) - 1)]
    for col in outside:
        at = col if col < first else col - last + first + table.n_cols
        box = (edges[col], top, edges[col + 1], bottom)
        table.cells.append(Cell(0, at, table.n_rows, 1, [Part(page.number, box, _inside(page, box))]))
    table.cells.sort(key=lambda cell: (cell.row, cell.col))
    table.n_cols += len(outside)
    table.edges = [*edges[:first], *table.edges, *edges[last + 1 :]]
    table.pieces = [(page.number, (table.edges[0], top, table.edges[-1], bottom))]
    return True


def with_first_columns(table: Table, edges: Sequence[float]) -> None:
    """Add, in place, the empty columns left of a table without rules that goes on with one of columns at `edges`."""
    count = len(edges) - len(table.edges)
    if count < 1 or table.n_cols < 3:
        return
    if any(abs(a - b) > _ALIGN_FREE for a, b in zip(edges[count:-1], table.edges[:-1], strict=True)):
        return
    for cell in table.cells:
        cell.col += count
    for row in range(table.n_rows):
        (page, box) = next((cell.parts[0].page, cell.parts[0].box) for cell in table.row(row))
        empty = ((edges[col], box[1], edges[col + 1], box[3]) for col in range(count))
        table.cells += [Cell(row, col, 1, 1, [Part(page, place)]) for col, place in enumerate(empty)]
    table.cells.sort(key=lambda cell: (cell.row, cell.col))
    table.n_cols += count
    table.edges = [*edges[:count], *table.edges]


def _rest_of_row(page: Page, edges: Sequence[float]) -> Table | None:
    """The lines at the top of the page that verticals at inner `edges` part, and no horizontal rule closes."""
    rules = drawn_rules(page)
    drawn = [v for v in verticals(rules) if any(abs(v.at - edge) <= SNAP for edge in edges)]
    if not drawn:
        return None
    top = min(v.start for v in drawn)
    group = [v for v in drawn if abs(v.start - top) <= SNAP]
    bottom = max(v.end for v in group)
    parted = {_nearest(edges, v.at) for v in group} - {0, len(edges) - 1}
    even = all(abs(v.end - bottom) <= SNAP for v in group)
    if not even or 2 * len(parted) < len(edges) - 2 or not parted or _crossed(horizontals(rules), top, bottom):
        return None
    return _row(page, edges, (edges[0], top, edges[-1], bottom), sorted(parted))


def _last_row(page: Page, before: Table) -> Table | None:
    """A frame at the top of the page, as wide as a table whose last row is one cell; None where there is none."""
    edges = (before.edges[0], before.edges[-1])
    last = before.row(before.n_rows - 1)
    if len(last) != 1 or last[0].col_span < before.n_cols:
        return None
    rules = drawn_rules(page)
    sides = [v for v in verticals(rules) if any(abs(v.at - edge) <= SNAP for edge in edges)]
    top = min((v.start for v in sides), default=0.0)
    first = [v for v in sides if abs(v.start - top) <= SNAP]
    bottom = max((v.end for v in first), default=0.0)
    ends = [h for h in horizontals(rules) if top - SNAP <= h.at <= bottom + SNAP]
    crossed = any(edges[0] + SNAP < v.at < edges[1] - SNAP and v.start < bottom - SNAP for v in verticals(rules))
    if len({_nearest(edges, v.at) for v in first}) < 2 or len(ends) != 2 or crossed:
        return None
    return _row(page, edges, (edges[0], top, edges[1], bottom), [])


def _crossed(edges: Sequence[Edge], top: float, bottom: float) -> bool:
    return any(top - SNAP <= edge.at <= bottom + SNAP for edge in edges)


def _row(page: Page, edges: Sequence[float], box: Box, parted: Sequence[int]) -> Table | None:
    """A table of one row in `box`, its cells parted at the `parted` ones of the `edges`; None for no row."""
    x0, top, x1, bottom = box
    words = _inside(page, box)
    around = [w for w in page.body if w.bottom < top or (top < w.middle < bottom and not x0 < (w.x0 + w.x1) / 2 < x1)]
    if around or not words:
        return None
    bounds = [0, *parted, len(edges) - 1]
    held: list[list[Word]] = [[] for _ in bounds[1:]]
    for word in words:
        held[bisect_right([edges[col] for col in parted], (word.x0 + word.x1) / 2)].append(word)
    cells = [
        Cell(0, first, 1, last - first, [Part(page.number, (edges[first], top, edges[last], bottom), inside)])
        for (first, last), inside in zip(pairwise(bounds), held, strict=True)
    ]
    return Table(cells, 1, len(edges) - 1, list(edges), [(page.number, box)])


def _inside(page: Page, box: Box) -> list[Word]:
    x0, top, x1, bottom = box
    return [w for w in page.body if x0 <= (w.x0 + w.x1) / 2 <= x1 and top <= w.middle <= bottom]


def _nearest(edges: Sequence[float], edge: float) -> int:
    return min(range(len(edges)), key=lambda index: abs(edges[index] - edge))
