"""A region of a page as a table: its header, its titles between rows, and its rows."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from extractors.head_labels import Label
from extractors.headed_cuts import Spacing, columns_of, cuts_between_rows, spanning_column
from extractors.heads import Head
from extractors.regions import Region
from extractors.rules import joined_rules
from extractors.spanned_rows import column_of, spanned_rows
from schemas.geometry import Cell, Line, Page, Part, Table, Word, union

_BEGINS = 3.5
_SLIT = 1.0
"""Points by which the middle of a label may stand beside a rule that it stands below."""
_SLACK = 40.0
"""Points by which the columns of a group may reach further to one side of its label than their labels tell."""


def build_table(region: Region, edges: list[float], meanings: Sequence[str | None], spacing: Spacing) -> Table:
    """The table of a region: its header, its titles between rows, and its rows."""
    cells: list[Cell] = _head_cells(region, edges) if region.head is not None else []
    row = max((cell.last_row for cell in cells), default=-1) + 1
    for lines, band in _segments(region):
        if band:
            box = union(line.box for line in lines)
            words = [word for line in lines for word in line.words]
            whole = (edges[0], box[1] - 1, edges[-1], box[3] + 1)
            cells.append(Cell(row, 0, 1, len(edges) - 1, [Part(region.page.number, whole, words)]))
            row += 1
            continue
        # A header at the very top of a page may be one that is printed again.
        first = region.head is not None and region.head.first > 0 and lines[0] is region.lines[0]
        more = _body_cells(region.page, lines, edges, meanings, spacing, row, first=first)
        cells += more
        row = max(cell.last_row for cell in more) + 1
    x0, top, x1, bottom = union(word.box for word in region.words)
    cells.sort(key=lambda cell: (cell.row, cell.col))
    return Table(cells, row, len(edges) - 1, list(edges), [(region.page.number, (x0, top, x1, bottom))], ruled=False)


def _segments(region: Region) -> list[tuple[list[Line], bool]]:
    """The lines between titles, and the titles, in order."""
    parts: list[tuple[list[Line], bool]] = []
    band_of = {id(line): index for index, band in enumerate(region.bands) for line in band}
    last: int | None = -1
    for line in region.lines:
        here = band_of.get(id(line))
        if parts and here == last:
            parts[-1][0].append(line)
        else:
            parts.append(([line], here is not None))
        last = here
    return parts


def _head_cells(region: Region, edges: Sequence[float]) -> list[Cell]:
    """The cells of the header: labels of columns, below the labels of groups where there are any."""
    head = region.head
    if head is None:
        return []
    page, top, bottom = region.page.number, head.top - 2, head.bottom + 2
    deep = 1 if head.groups else 0
    middle = max((word.bottom for label in head.groups for word in label.words), default=top) + 1
    cells: list[Cell] = []
    grouped: set[int] = set()
    for label in head.groups:
        first, last = _ruled_off(region.page, head, label) or _under(head, label)
        grouped.update(range(first, last + 1))
        box = (edges[first], top, edges[last + 1], middle)
        cells.append(Cell(0, first, 1, last - first + 1, [Part(page, box, label.words)]))
    for col, label in enumerate(head.labels):
        row, high = (deep, middle) if col in grouped else (0, top)
        span = 1 if col in grouped else deep + 1
        cells.append(Cell(row, col, span, 1, [Part(page, (edges[col], high, edges[col + 1], bottom), label.words)]))
    return cells


def _ruled_off(page: Page, head: Head, group: Label) -> tuple[int, int] | None:
    """The first and the last column above which a rule stands below the label of a group; None without such a rule."""
    size = max(word.size for word in group.words)
    below = [r for r in page.rules if r.horizontal and -2 < r.top - group.bottom < size and r.bottom < head.bottom]
    x0, x1 = next(((r.x0, r.x1) for r in joined_rules(below) if r.x0 <= group.x1 and r.x1 >= group.x0), (0.0, 0.0))
    if any(x0 < (other.x0 + other.x1) / 2 < x1 for other in head.groups if other is not group):
        return None
    low = [n for n, label in enumerate(head.labels) if label.words and label.top > group.bottom - 2]
    under = [n for n in low if x0 - _SLIT < (head.labels[n].x0 + head.labels[n].x1) / 2 < x1 + _SLIT]
    whole = under == list(range(under[0], under[-1] + 1)) if under else False
    return (under[0], under[-1]) if whole and len(under) > 1 else None


def _under(head: Head, group: Label) -> tuple[int, int]:
    """The first and the last column below the label of a group: around its middle, as far as labels stand lower."""
    low = [n for n, label in enumerate(head.labels) if label.words and label.top > group.bottom - 2]
    middle = (group.x0 + group.x1) / 2
    near = min(low, key=lambda n: abs((head.labels[n].x0 + head.labels[n].x1) / 2 - middle), default=0)
    first = last = near
    if abs(head.labels[near].x0 - group.x0) < _BEGINS:
        others = [other.x0 for other in head.groups if other.x0 > group.x0]
        while last + 1 in low and head.labels[last + 1].x1 < min(others, default=float("inf")):
            last += 1
        return first, last
    while first - 1 in low and head.labels[first - 1].x0 >= middle - (head.labels[last].x1 - middle) - _SLACK:
        first -= 1
    while last + 1 in low and head.labels[last + 1].x0 <= middle + (middle - head.labels[first].x0):
        last += 1
    return first, last


def _body_cells(
    page: Page,
    lines: Sequence[Line],
    edges: Sequence[float],
    meanings: Sequence[str | None],
    spacing: Spacing,
    row: int,
    *,
    first: bool,
) -> list[Cell]:
    words = [word for line in lines for word in line.words]
    columns = columns_of(words, edges)
    spanning = spanning_column(page, edges, columns, meanings)
    cuts = cuts_between_rows(page, words, edges, columns, meanings, spacing)
    tops = [min(w.top for w in words) - 2, *cuts, max(w.bottom for w in words) + 2]
    held: dict[tuple[int, int], list[Word]] = {}
    for word in words:
        at = bisect_right(tops, word.middle, 1, len(tops) - 1) - 1
        held.setdefault((at, column_of(word, edges)), []).append(word)
    ends = _ends(words, edges)
    spans = [(at, at) for at in range(len(tops) - 1)]
    spanned = spanned_rows(page, lines, edges, tops, first=first) if spanning == 0 else spans
    cells: list[Cell] = []
    for col in range(len(edges) - 1):
        for begin, last in spanned if col == 0 else spans:
            inside = [word for at in range(begin, last + 1) for word in held.get((at, col), [])]
            box = (edges[col], tops[begin], ends[col], tops[last + 1])
            cells.append(Cell(row + begin, col, last - begin + 1, 1, [Part(page.number, box, inside)]))
    return cells


def _ends(words: Sequence[Word], edges: Sequence[float]) -> list[float]:
    """Where the cells of each column end: as far behind its longest text as its texts begin behind its left end."""
    ends: list[float] = []
    for col, (left, right) in enumerate(pairwise(edges)):
        inside = [word for word in words if column_of(word, edges) == col]
        room = min((word.x0 for word in inside), default=left) - left
        ends.append(min(right, max((word.x1 for word in inside), default=right) + max(2.0, room)))
    return ends
