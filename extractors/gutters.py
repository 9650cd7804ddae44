"""Tables without vertical rules: columns from white space and header words; their rows are found in gutter_rows.py.

A region is a run of lines that leave the same vertical strips (gutters) free. It begins at a line whose words are the
header of a plan, or at lines of several short pieces. Its columns are the strips that (nearly) all of its lines leave
free. On the next page lines that leave the strips free go on with the table.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from extractors.gutter_alignment import aligned
from extractors.gutter_columns import full_row, parted
from extractors.gutter_edges import body_edges, emptiest, header_edges
from extractors.gutter_figures import figure_table
from extractors.gutter_heads import header_start, is_caption
from extractors.gutter_rows import GUTTER, NARROW, Row, column_of, gap_threshold, row_cuts, rows_of
from extractors.lines import group_lines
from extractors.side_by_side import split_beside
from extractors.zones import split_zones
from schemas.geometry import Box, Cell, Line, Page, Part, Table, Word, union

_OTHER_TYPE = 1.0
"""Points by which the type of prose below a table differs."""
_MIN_LINES = 3
_FAR = 3.2
"""Blank, in font sizes, that ends a table unless a rule stands in it."""
_LEADING = 1.5
"""Distance of base lines inside a cell, in font sizes, at most."""
_GOING_ON_WORDS = 3.5
_PHRASE = 3.0
"""Words of a piece from which a column may be one of sentences."""
_FEW_NUMBERS = 0.3
_ENTRY = re.compile(r"^(?:\[\w{1,4}\]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,5})[.)])$")
"""What stands before an entry of a list: "1.", "(a)", "[12]"."""
_PROSE_WORDS = 5.0
"""Pieces with more words than this, on average, are columns of prose, unless a header says otherwise."""


@dataclass(slots=True)
class Template:
    """Where the columns of a table stand: its left and right end, and the white strips between them, in points."""

    x0: float
    strips: list[tuple[float, float]]
    x1: float
    row_gap: float | None
    """The line distance from which a new row begins, where white space tells."""
    size: float
    """Font size, in points."""

    @classmethod
    def of(cls, table: Table) -> Template:
        words = [word for cell in table.cells if cell.col_span == 1 for word in cell.words]
        strips = [
            (
                max((w.x1 for w in words if (w.x0 + w.x1) / 2 < edge), default=edge),
                min((w.x0 for w in words if (w.x0 + w.x1) / 2 >= edge), default=edge),
            )
            for edge in table.edges[1:-1]
        ]
        page = table.pieces[-1][0]
        lines = group_lines(w for cell in table.cells for w in cell.words if w.page == page)
        size = median(line.size for line in lines)
        gap = gap_threshold([b.bottom - a.bottom for a, b in pairwise(lines)], size)
        return cls(table.edges[0], [(min(s), max(s)) for s in strips], table.edges[-1], gap, size)


def find_gutter_tables(page: Page, taken: Sequence[Table], template: Template | None = None) -> list[Table]:
    """The tables of a page that no vertical rules draw, outside the tables `taken`.

    `template` is such a table at the end of the page before: lines at the top of this page that keep to its columns
    go on with it.
    """
    words = [w for w in page.body if w.upright and not any(_holds(table.box, w) for table in taken)]
    tables: list[Table] = []
    for zone in (part for whole in split_zones(words) for part in split_beside(page, whole)):
        tables += _zone_tables(page, aligned(rows_of(zone)), template)
        template = None
    return tables


def _zone_tables(page: Page, rows: Sequence[Row], template: Template | None) -> list[Table]:
    tables: list[Table] = []
    start = done = 0
    if template is not None and rows:
        rows = parted(rows, [x1 for _, x1 in template.strips])
        start = _kept(rows, template)
        start = _without_heading(rows, 0, start) if start else 0
        done = start
        if start:
            tables += _build(page, rows[:start], hinted=True, template=template)
    while start < len(rows):
        hinted = rows[start].hinted
        if hinted:
            rows = [*rows[: start + 1], *parted(rows[start + 1 :], [label.x0 for label in rows[start].pieces[1:]])]
        end = _region_end(page, rows, start, hinted)
        lone = hinted and end == len(rows)  # a header at the foot of the page: its rows are on the next one
        if end - start >= (1 if lone else 2 if hinted else _MIN_LINES):
            found = _build(page, rows[start:end], hinted=hinted)
            if found and not hinted:
                found = _with_header(page, rows, (done, start, end), found)
            tables += found
            done = end if found else done
            start = end if found else start + 1
        else:
            start += 1
    return tables


def _with_header(page: Page, rows: Sequence[Row], place: tuple[int, int, int], found: list[Table]) -> list[Table]:
    """The table of the lines from `start` to `end` with the titles above it, below what is `done`."""
    done, start, end = place
    top = max(done, header_start(page, rows, start, end, found[0].edges))
    if top == start:
        return found
    table = figure_table(page, rows[top:end], found[0].edges)
    return [table] if table is not None else found


def _holds(box: Box, word: Word) -> bool:
    return box[0] - 1 <= (word.x0 + word.x1) / 2 <= box[2] + 1 and box[1] - 1 <= word.middle <= box[3] + 1


def _kept(rows: Sequence[Row], template: Template) -> int:
    """How many rows from the top keep to the columns of `template`."""
    several = rows[0].line.x0 > template.strips[0][0]  # only a cell of a later column goes on
    for count, row in enumerate(rows):
        crossed = sum(any(run.x0 < x0 and run.x1 > x1 for run in row.runs) for x0, x1 in template.strips)
        through = any(word.x0 < x0 and word.x1 > x1 for word in row.line.words for x0, x1 in template.strips)
        outside = row.line.x0 < template.x0 - 12
        other = row.line.size > template.size + 2 * _OTHER_TYPE
        if through or 2 * crossed > len(template.strips) or outside or other or row.hinted:
            return count if several else 0
        several = several or len(row.pieces) > 1
    return len(rows) if several else 0


def _moved_edges(rows: Sequence[Row], template: Template) -> list[float]:
    """Edges inside the strips of `template`, where the texts of this page leave room."""
    return [template.x0, *(emptiest(x0, x1, rows)[0] for x0, x1 in template.strips), template.x1]


def _region_end(page: Page, rows: Sequence[Row], start: int, hinted: bool) -> int:
    """The index after the last row of the region that begins at `start`; `start` itself where none begins."""
    if len(rows[start].pieces) < 2 or is_caption(rows[start]):
        return start
    strips = _free(rows[start].pieces)
    last_several = start
    index = start + 1
    while index < len(rows):
        row = rows[index]
        if _stops(page, rows[start : index + 1], hinted):
            break
        remaining = _cut(strips, row)
        if not remaining:
            if not (len(row.pieces) > 1 and hinted) and not _band_like(row, rows, index):
                break
            remaining = strips
        elif len(remaining) < len(strips) and len(row.pieces) == 1 and not hinted:
            break
        strips = remaining
        if len(row.pieces) > 1:
            last_several = index
        elif not hinted and index - last_several > 2:
            break
        index += 1
    end = index if hinted else last_several + 1
    while end < index and _ends_cell(rows[end - 1], rows[end], strips):
        end += 1
    return _without_heading(rows, start, end)


def _stops(page: Page, rows: Sequence[Row], hinted: bool) -> bool:
    """Whether the last of `rows` is no more of the table that the others are: type, distance, a header of its own."""
    first, above, row = rows[0], rows[-2], rows[-1]
    later = len(rows) > 3
    if not hinted and len(row.pieces) >= 3 and _columns_of_prose(rows[:-1], row.line.size):
        return True
    if not hinted and later and abs(row.line.size - first.line.size) > _OTHER_TYPE:
        return True
    if later and row.hinted and row.line.bold == first.line.bold:
        return True
    distance = row.line.top - above.line.bottom
    far = distance > _FAR * max(row.line.size, above.line.size) and not (hinted and full_row(first, row, distance))
    return far and not _rule_between(page, above.line, row.line)


def _ends_cell(above: Row, row: Row, strips: Sequence[tuple[float, float]]) -> bool:
    """Whether a line of one piece, below the last one of several, is the rest of a cell: of a later column."""
    near = row.line.bottom - above.line.bottom < _LEADING * row.line.size
    later = row.line.x0 > strips[0][0] or row.line.text[0].islower()
    return near and later and abs(row.line.size - above.line.size) < 0.5


def _columns_of_prose(rows: Sequence[Row], size: float) -> bool:
    """Whether lines of at most two pieces are sentences side by side, or not of the type (`size`) of what follows."""
    if any(len(row.pieces) > 2 for row in rows):
        return False
    pieces = [piece for row in rows for piece in row.pieces]
    wordy = sum(len(p.words) for p in pieces) > 3.5 * len(pieces)
    other = all(abs(row.line.size - size) > 0.4 for row in rows)
    return wordy or other


def _without_heading(rows: Sequence[Row], start: int, end: int) -> int:
    """Drop single bold, large or small lines at the end: a note, or the heading of what comes next."""
    usual = median(row.line.size for row in rows[start:end])
    if _bold_apart(rows[start:end]):
        end -= 1
    bands = [row.line for row in rows[start + 1 : end - 1] if len(row.pieces) == 1 and row.line.bold]
    while end - 1 > start and len(rows[end - 1].pieces) == 1:
        line = rows[end - 1].line
        band = any(abs(other.x0 - line.x0) < 2 and abs(other.size - line.size) < 0.3 for other in bands)
        other_size = line.size > 1.12 * usual or line.size < 0.9 * usual
        if not (line.bold or other_size) or rows[start].line.x0 < line.x0 - 4 or band:
            break
        end -= 1
    return end


def _bold_apart(rows: Sequence[Row]) -> bool:
    """Whether the last line is bold and further from the others than they are: a numbered heading."""
    steps = [below.line.bottom - above.line.bottom for above, below in pairwise(rows)]
    light = len(rows) > 3 and not any(row.line.bold for row in rows[1:-1])
    return light and rows[-1].line.bold and steps[-1] > 1.6 * max(steps[:-1])


def _band_like(row: Row, rows: Sequence[Row], index: int) -> bool:
    """A short bold line over all columns between rows of a table."""
    after = rows[index + 1] if index + 1 < len(rows) else None
    return len(row.pieces) == 1 and row.line.bold and after is not None and len(after.pieces) > 1 and not after.hinted


def _free(pieces: Sequence[Line]) -> list[tuple[float, float]]:
    return [(left.x1, right.x0) for left, right in pairwise(pieces)]


def _cut(strips: Sequence[tuple[float, float]], row: Row) -> list[tuple[float, float]]:
    """What the runs of a row leave of the strips; strips that get too narrow are dropped."""
    left: list[tuple[float, float]] = []
    size = max(piece.size for piece in row.runs)
    for start, end in strips:
        for piece in row.runs:
            if piece.x1 <= start or piece.x0 >= end:
                continue
            if piece.x0 - start > end - piece.x1:
                end = min(end, piece.x0)
            else:
                start = max(start, piece.x1)
        if end - start >= (NARROW if row.lines_up(start, end) else GUTTER) * size:
            left.append((start, end))
    return left


def _rule_between(page: Page, above: Line, below: Line) -> bool:
    return any(rule.horizontal and above.top < rule.top < below.bottom and rule.x0 < below.x1 for rule in page.rules)


def _build(page: Page, rows: Sequence[Row], *, hinted: bool, template: Template | None = None) -> list[Table]:
    """The table of a region: none where it has one column only, or is prose in columns."""
    words = [word for row in rows for word in row.line.words]
    edges = _moved_edges(rows, template) if template is not None else None
    edges = edges or (header_edges(rows) if hinted else None) or body_edges(rows)
    if len(edges) < 3 or (not hinted and _prose(rows, edges)):
        return []
    sheet = None if hinted else figure_table(page, rows, edges)
    if sheet is not None:
        return [sheet]
    row_gap = template.row_gap if template is not None else None
    cuts = row_cuts(page, rows, edges, row_gap, goes_on=template is not None)
    x0, top, x1, bottom = union(word.box for word in words)
    tops = [top - 2, *cuts, bottom + 2]
    cells = _cells(page.number, rows, edges, tops)
    filled = {cell.row for cell in cells if not cell.empty}
    if len(filled) < 2 and not hinted:
        return []
    return [Table(cells, len(tops) - 1, len(edges) - 1, edges, [(page.number, (x0, top, x1, bottom))], ruled=False)]


def _prose(rows: Sequence[Row], edges: Sequence[float]) -> bool:
    """Whether the columns are running text: long pieces in all of them, hardly a number, no header; or a list."""
    columns: list[list[int]] = [[] for _ in edges[1:]]
    numbers = 0
    for row in rows:
        for piece in row.pieces:
            columns[column_of(piece, edges)].append(len(piece.words))
            numbers += piece.words[0].text[0].isdigit()
    counts = [count for column in columns for count in column]
    if len(columns) == 2 and columns[0] and sum(columns[1]) > _PROSE_WORDS * len(columns[1]):
        first = [row.pieces[0].text for row in rows if column_of(row.pieces[0], edges) == 0]
        if all(map(_ENTRY.match, first)):
            return True
    if numbers >= _FEW_NUMBERS * len(counts):
        return False
    used = [column for column in columns if len(column) >= max(2, len(rows) / 3)]
    headed = rows[0].line.bold and not all(row.line.bold for row in rows)
    sentences = not headed and all(sum(column) >= _PHRASE * len(column) for column in used)
    return sentences or sum(counts) > (_PROSE_WORDS + len(columns)) * len(counts)


def _cells(page: int, rows: Sequence[Row], edges: Sequence[float], tops: Sequence[float]) -> list[Cell]:
    held: dict[tuple[int, int], list[Word]] = {}
    for word in (word for row in rows for word in row.line.words):
        row = bisect_right(tops, word.middle, 1, len(tops) - 1) - 1
        col = bisect_right(edges, (word.x0 + word.x1) / 2, 1, len(edges) - 1) - 1
        held.setdefault((row, col), []).append(word)
    cells: list[Cell] = []
    for row in range(len(tops) - 1):
        inside_rows = [r for r in rows if tops[row] <= (r.line.top + r.line.bottom) / 2 < tops[row + 1]]
        for first, last in _spans(inside_rows, edges):
            box = (edges[first], tops[row], edges[last + 1], tops[row + 1])
            inside = [word for col in range(first, last + 1) for word in held.get((row, col), [])]
            cells.append(Cell(row, first, 1, last - first + 1, [Part(page, box, inside)]))
    return cells


def _spans(rows: Sequence[Row], edges: Sequence[float]) -> list[tuple[int, int]]:
    """First and last column of each cell of a row: columns are one cell where text runs over the edge between them."""
    n_cols = len(edges) - 1
    joined = [False] * n_cols
    for col in range(1, n_cols):
        crossing = [any(run.x0 < edges[col] - 1 and run.x1 > edges[col] + 1 for run in row.runs) for row in rows]
        # One long line beside short ones runs over its column; a cell over both columns does so on every line.
        joined[col] = bool(crossing) and all(crossing)
    spans: list[tuple[int, int]] = []
    for col in range(n_cols):
        if col and joined[col]:
            spans[-1] = (spans[-1][0], col)
        else:
            spans.append((col, col))
    return spans
