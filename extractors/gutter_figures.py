"""Tables of figures without vertical rules: where their header ends, and which lines are one row.

A line on which the columns of figures are filled is the anchor of a row. The lines between two anchors are the rest of
a label, or a heading of the rows below.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from extractors.figures import is_figure
from extractors.gutter_rows import Row
from extractors.knowledge import words as knowledge_words
from schemas.geometry import Cell, Line, Page, Part, Rule, Table, Word, union

_YEAR = re.compile(r"^\(?(?:1[89]|20)\d\d(?:[/–-]\d{2,4})?[*)]?$")
_MOSTLY = 0.6
_HEAD_LINES = 8
_NEARER = 0.2
"""Share of the font size by which a line is nearer to the one below than to the one above."""
_CENTRED = 0.1
"""Share of a table's width by which the middle of a band may be off the table's."""
_INDENT = 0.6
"""Font sizes by which the labels below a heading stand further right, at least."""
_OPEN = ("-", "–", ",", "/", "(", "&")


_Span = tuple[Line, tuple[int, int]]


@dataclass(slots=True)
class Sheet:
    """The lines of a table as pieces in columns."""

    lines: list[Line]
    columns: list[dict[int, list[Line]]]
    """For each line the pieces in each column that it fills."""
    figures: set[int]
    """The columns that hold figures on most of their lines."""
    head: int
    """Number of lines above the first row of figures."""
    lower_labels: bool
    """Whether labels begin in lower case: then that tells nothing about where a row begins."""


def figure_table(page: Page, rows: Sequence[Row], edges: Sequence[float]) -> Table | None:
    """The table that the lines `rows` with column `edges` (x, in points) make where it is one of figures, else None."""
    sheet = _sheet(page, rows, edges)
    if sheet is None:
        return None
    whole = _whole_columns(sheet, edges)
    if len(whole) < len(edges):
        return figure_table(page, rows, whole)
    spans = _spans_of(page, sheet, rows, edges)
    starts = [*_head_starts(sheet, spans), *_row_starts(sheet)]
    lines = sheet.lines
    tops = [(lines[s - 1].bottom + lines[s].top) / 2 if s else lines[0].top - 2 for s in starts]
    tops.append(lines[-1].bottom + 2)
    cells: list[Cell] = []
    for row, (start, end) in enumerate(zip(starts, [*starts[1:], len(lines)], strict=True)):
        held: dict[int, list[Word]] = {}
        reach: dict[int, int] = {}
        for run, (first, last) in (entry for index in range(start, end) for entry in spans[index]):
            held.setdefault(first, []).extend(run.words)
            reach[first] = max(reach.get(first, first), last)
        col = 0
        while col < len(edges) - 1:
            last = min([reach.get(col, col), *(other - 1 for other in held if other > col)])
            box = (edges[col], tops[row], edges[last + 1], tops[row + 1])
            cells.append(Cell(row, col, 1, last - col + 1, [Part(page.number, box, held.get(col, []))]))
            col = last + 1
    box = union(line.box for line in lines)
    return Table(cells, len(starts), len(edges) - 1, list(edges), [(page.number, box)], ruled=False)


def _sheet(page: Page, rows: Sequence[Row], edges: Sequence[float]) -> Sheet | None:
    lines = [row.line for row in rows]
    columns = [_by_column(row, edges) for row in rows]
    figures = {col for col in range(len(edges) - 1) if _holds_figures(columns, col)}
    anchors = [index for index, filled in enumerate(columns) if figures and _anchored(filled, figures)]
    if len(anchors) < 2 or len(anchors) < 0.3 * len(lines):
        return None
    head = _head_end(page, lines, columns, anchors[0])
    if head > _HEAD_LINES:
        return None
    labels = [columns[index][0][0].text for index in anchors if 0 in columns[index]]
    lower = sum(label[0].islower() for label in labels) > 0.4 * len(labels)
    return Sheet(lines, columns, figures, head, lower)


def _whole_columns(sheet: Sheet, edges: Sequence[float]) -> list[float]:
    """The edges without those between a label and its figures, where these stand beside it: "Year" above "  1990"."""
    titled = {col for filled in sheet.columns[: sheet.head] for col in filled}
    filled = {col for filled in sheet.columns[sheet.head :] for col in filled}
    apart = [col for col in range(1, len(edges) - 1) if {col - 1, col} & (titled & filled)]
    edge = {col for col in range(1, len(edges) - 1) if col not in apart and len({col - 1, col} & titled) == 1}
    lone = {col for col in edge if len({col - 1, col} & filled) == 1}
    return [x for col, x in enumerate(edges) if col not in lone or col - 1 in lone]


def _by_column(row: Row, edges: Sequence[float]) -> dict[int, list[Line]]:
    filled: dict[int, list[Line]] = {}
    for run in row.runs:
        filled.setdefault(_column(run, edges), []).append(run)
    return filled


def _column(run: Line, edges: Sequence[float]) -> int:
    """The column that holds most of a run; the first one of equals."""
    first = bisect_right(edges, run.x0, 1, len(edges) - 1) - 1
    last = bisect_right(edges, run.x1, 1, len(edges) - 1) - 1
    return max(range(first, last + 1), key=lambda c: (min(run.x1, edges[c + 1]) - max(run.x0, edges[c]), -c))


def _texts(pieces: Sequence[Line]) -> list[str]:
    return [word.text for piece in pieces for word in piece.words]


def _holds_figures(columns: Sequence[dict[int, list[Line]]], col: int) -> bool:
    filled = [_texts(line[col]) for line in columns if col in line]
    values = [texts for texts in filled if any(is_figure(text) for text in texts) and not _years(texts)]
    digits = [texts for texts in values if any(char.isdigit() for text in texts for char in text)]
    return len(digits) >= 2 and len(values) >= 0.5 * len(filled)


def _years(texts: Sequence[str]) -> bool:
    return all(_YEAR.match(text) for text in texts)


def _anchored(filled: dict[int, list[Line]], figures: set[int]) -> bool:
    """Whether half of the columns of figures are filled, and mostly with figures."""
    held = [_texts(filled[col]) for col in figures if col in filled]
    values = [texts for texts in held if any(is_figure(text) for text in texts)]
    if 2 * len(held) < len(figures) or len(values) < _MOSTLY * len(held) or not values:
        return False
    return not all(_years(texts) for texts in values) or len(figures) == 1


def _head_end(page: Page, lines: Sequence[Line], columns: Sequence[dict[int, list[Line]]], first: int) -> int:
    """The number of lines of the header above the first anchor: at the last rule above it, else at headings alone."""
    x0, x1 = min(line.x0 for line in lines), max(line.x1 for line in lines)
    wide = [r for r in page.rules if r.horizontal and min(r.x1, x1) - max(r.x0, x0) > _MOSTLY * (x1 - x0)]
    units = 0  # lines of figures without a label: "1,000 bushels"
    while units < 2 and first + units + 1 < len(lines) and 0 not in columns[first + units]:
        units += 1
    ruled = {
        index
        for index in range(1, first + units + 1)
        if any(_middle(lines[index - 1]) < _at(rule) < _middle(lines[index]) for rule in wide)
    }
    if ruled:
        head = max(ruled)
        band = head - 1 in ruled and len(columns[head - 1]) == 1 and _centred(lines, head - 1)
        return head - band
    head = first
    while head > 1 and len(columns[head - 2]) > 1 and _below_head(lines, columns[head - 1], head - 1):
        head -= 1
    return head


def _below_head(lines: Sequence[Line], filled: dict[int, list[Line]], index: int) -> bool:
    """Whether a line above the first full row is no title: a heading of rows, or a label with few figures."""
    values = [text for col, pieces in filled.items() if col for text in _texts(pieces)]
    if not values or 0 not in filled:
        return set(filled) == {0} or (lines[index].bold and len(filled) == 1 and _centred(lines, index))
    return all(map(is_figure, values)) and not _years(values)


def _at(rule: Rule) -> float:
    return (rule.top + rule.bottom) / 2


def _middle(line: Line) -> float:
    return (line.top + line.bottom) / 2


def _row_starts(sheet: Sheet) -> list[int]:
    """The indices of the lines below the header at which a row begins, with that of the first."""
    return [sheet.head, *(index for index in range(sheet.head + 1, len(sheet.lines)) if _begins(sheet, index))]


def _begins(sheet: Sheet, index: int) -> bool:
    """Whether a row begins at line `index`."""
    if _is_anchor(sheet, index):
        return _is_anchor(sheet, index - 1) or not _leads(sheet, index - 1)
    return not _follows(sheet, index)


def _is_anchor(sheet: Sheet, index: int) -> bool:
    return _anchored(sheet.columns[index], sheet.figures)


def _leads(sheet: Sheet, index: int) -> bool:
    """Whether the text of a line without figures goes on in the row of figures below it."""
    lone = not _labelled_figures(sheet, index) and not _is_band(sheet, index)
    if not lone or _follows(sheet, index) or _heads_rows(sheet, index):
        return False
    return _goes_on(sheet, index, index + 1) or _beside(sheet, index)


def _heads_rows(sheet: Sheet, index: int) -> bool:
    """Whether a line is a heading: a colon ends it, or the labels of the next two lines stand further right."""
    if 0 not in sheet.columns[index] or index + 1 >= len(sheet.lines):
        return False
    piece = sheet.columns[index][0][-1]
    below = [lines[0][0].x0 for lines in sheet.columns[index + 1 : index + 3] if 0 in lines]
    return piece.text[-1] == ":" or (len(below) == 2 and min(below) > piece.x0 + _INDENT * piece.size)


def _beside(sheet: Sheet, index: int) -> bool:
    """Whether the figures of the next line, which has no label, stand at half height between two lines of this one."""
    line, below = sheet.lines[index], sheet.lines[index + 1]
    return set(sheet.columns[index]) == {0} and 0 not in sheet.columns[index + 1] and line.bottom > below.top + 1


def _follows(sheet: Sheet, index: int) -> bool:
    """Whether a line without figures is the rest of the row above it."""
    if index <= sheet.head:
        return False
    anchored_above = any(_is_anchor(sheet, i) for i in range(sheet.head, index))
    if not anchored_above and not _goes_on(sheet, index - 1, index):
        return False
    if _labelled_figures(sheet, index) or _is_band(sheet, index):
        return False
    leads = index + 1 < len(sheet.lines) and _is_anchor(sheet, index + 1) and _told(sheet, index, index + 1)
    if leads and not _told(sheet, index - 1, index):
        return False
    distance = _step(sheet, index)
    below = _step(sheet, index + 1) if index + 1 < len(sheet.lines) else distance
    size = sheet.lines[index].size
    if distance > below + _NEARER * size:
        return False
    if set(sheet.columns[index]) - sheet.figures - {0}:
        return True
    nearer = below > distance + _NEARER * size
    return nearer or _goes_on(sheet, index - 1, index)


def _labelled_figures(sheet: Sheet, index: int) -> bool:
    """Whether a line is a label and figures alone, though few of them: a row most of whose cells are empty."""
    filled = sheet.columns[index]
    return 0 in filled and bool(set(filled) & sheet.figures) and _figures_alone(sheet, filled)


def _figures_alone(sheet: Sheet, filled: dict[int, list[Line]]) -> bool:
    return all(is_figure(text) for col, pieces in filled.items() if col for text in _texts(pieces))


def _is_band(sheet: Sheet, index: int) -> bool:
    """Whether a line is one text, centred over the table: bold below others, or where figures stand else."""
    line, above, filled = sheet.lines[index], sheet.lines[index - 1], sheet.columns[index]
    if len(filled) != 1 or not _centred(sheet.lines, index):
        return False
    (col,) = filled
    words = col in sheet.figures and not any(map(is_figure, _texts(filled[col])))
    return (words and line.text[0].isupper()) or (line.bold and not (above.bold and index > sheet.head))


def _centred(lines: Sequence[Line], index: int) -> bool:
    x0, x1 = min(line.x0 for line in lines), max(line.x1 for line in lines)
    return abs(lines[index].x0 + lines[index].x1 - x0 - x1) < _CENTRED * (x1 - x0)


def _step(sheet: Sheet, index: int) -> float:
    return sheet.lines[index].bottom - sheet.lines[index - 1].bottom


def _told(sheet: Sheet, above: int, below: int) -> bool:
    """Whether the words of a label say that it goes on: "Trade, transport and", "ohne Baugewerbe"."""
    upper, lower = sheet.columns[above].get(0), sheet.columns[below].get(0)
    if not upper or not lower:
        return False
    small = lower[0].text[0].islower() and not sheet.lower_labels
    return small or upper[-1].text.endswith(_OPEN) or upper[-1].words[-1].text.casefold() in _links()


def _goes_on(sheet: Sheet, above: int, below: int) -> bool:
    """Whether the text of a column runs from one line on to the next."""
    if sheet.lines[above].words[0].bold != sheet.lines[below].words[0].bold:
        return False
    for col, pieces in sheet.columns[below].items():
        upper = sheet.columns[above].get(col)
        if upper is None or col in sheet.figures:
            continue
        text = pieces[0].text
        if (text[0].islower() and not sheet.lower_labels) or upper[-1].text.endswith(_OPEN):
            return True
        if col == 0 and pieces[0].x0 >= upper[0].x0 - 1 and not _had_room(sheet, col, upper[-1], pieces[0]):
            return True
    return False


def _had_room(sheet: Sheet, col: int, upper: Line, lower: Line) -> bool:
    """Whether the first word of the line below would have fitted on the line above."""
    widest = max(piece.x1 for line in sheet.columns[sheet.head :] for piece in line.get(col, []))
    word = lower.words[0]
    return widest - upper.x1 - 0.3 * upper.size > word.x1 - word.x0


def _head_starts(sheet: Sheet, spans: Sequence[Sequence[_Span]]) -> list[int]:
    """The indices of the lines of the header at which a row begins: below and above titles that span columns."""
    starts = [0] if sheet.head else []
    for index in range(1, sheet.head):
        wide = [range(first, last + 1) for _, (first, last) in spans[index - 1] if last > first]
        under = any(first in span or last in span for span in wide for _, (first, last) in spans[index])
        wider = [range(first, last + 1) for _, (first, last) in spans[index] if last > first]
        over = any(first == last and first in span for span in wider for _, (first, last) in spans[index - 1])
        lighter = sheet.lines[index - 1].bold and not any(word.bold for word in sheet.lines[index].words)
        if under or over or lighter:  # a line of units is not as bold as the titles
            starts.append(index)
    return starts


def _spans_of(page: Page, sheet: Sheet, rows: Sequence[Row], edges: Sequence[float]) -> list[list[_Span]]:
    """For each line its runs with their first and last column."""
    extents = _extents(sheet, edges)
    spans: list[list[_Span]] = []
    for index, row in enumerate(rows):
        entries: list[_Span] = []
        for run in row.runs:
            own = _column(run, edges)
            first, last = own, own
            if index < sheet.head:
                first, last = _header_span(page, sheet, index, run, own, extents)
            elif _is_band(sheet, index):
                first, last = 0, len(edges) - 2
            elif len(row.runs) == 1:
                last = max(own, bisect_right(edges, run.x1 - 1, 1, len(edges) - 1) - 1)
            entries.append((run, (first, last)))
        spans.append(entries)
    return spans


def _extents(sheet: Sheet, edges: Sequence[float]) -> list[tuple[float, float]]:
    """Left and right end of what stands in each column below the header."""
    extents: list[tuple[float, float]] = []
    for col in range(len(edges) - 1):
        pieces = [piece for line in sheet.columns[sheet.head :] for piece in line.get(col, [])]
        x0, x1 = edges[col], edges[col + 1]
        extents.append((min((p.x0 for p in pieces), default=x0), max((p.x1 for p in pieces), default=x1)))
    return extents


def _header_span(
    page: Page, sheet: Sheet, index: int, run: Line, own: int, extents: Sequence[tuple[float, float]]
) -> tuple[int, int]:
    """First and last column that a title of the header stands over: what it covers, or the rule below it."""
    covered = [c for c, (x0, x1) in enumerate(extents) if min(run.x1, x1) - max(run.x0, x0) > 0.25 * (x1 - x0)]
    ruled = _underlined(page, sheet, index, run, extents)
    if ruled is not None:
        return ruled
    if _over_all(sheet, index, run, own, extents):
        return 1, len(extents) - 1
    if _shifted(sheet, index, run, own, extents):
        return own, own + 1
    return (min(own, *covered), max(own, *covered)) if covered else (own, own)


def _over_all(sheet: Sheet, index: int, run: Line, own: int, extents: Sequence[tuple[float, float]]) -> bool:
    """Whether a title that is alone on its line stands over all columns of figures: a unit, such as "(Mio. Euro)"."""
    if own == 0 or len(extents) < 3 or set(sheet.columns[index]) - {0, own}:
        return False
    x0, x1 = extents[1][0], extents[-1][1]
    pitch = (x1 - x0) / (len(extents) - 2)
    return not _in_place(sheet, run, own, extents) and abs(run.x0 + run.x1 - x0 - x1) < pitch


def _in_place(sheet: Sheet, run: Line, own: int, extents: Sequence[tuple[float, float]]) -> bool:
    """Whether a title stands left, right or centred with the other titles or the values of its column."""
    beside = [piece for line in sheet.columns[: sheet.head] for piece in line.get(own, []) if piece is not run]
    ends = [(piece.x0, piece.x1) for piece in beside] + [extents[own]]
    return any(abs(run.x0 - a) < 1 or abs(run.x1 - b) < 1 or abs(run.x0 + run.x1 - a - b) < 2 for a, b in ends)


def _shifted(sheet: Sheet, index: int, run: Line, own: int, extents: Sequence[tuple[float, float]]) -> bool:
    """Whether a title stands between its column of figures and the next: over both."""
    after = own + 1
    if after not in sheet.figures or own not in sheet.figures or after in sheet.columns[index]:
        return False
    x0, x1 = extents[own]
    return run.x0 > x0 + 1 and run.x1 > x1 + run.size and not _in_place(sheet, run, own, extents)


def _underlined(
    page: Page, sheet: Sheet, index: int, run: Line, extents: Sequence[tuple[float, float]]
) -> tuple[int, int] | None:
    """The columns over which the rule below a title runs, where it is shorter than the table and longer than one."""
    floor = _middle(sheet.lines[index + 1]) if index + 1 < len(sheet.lines) else run.bottom + run.size
    for rule in page.rules:
        below = rule.horizontal and _middle(run) < _at(rule) < floor
        if not below or not rule.x0 <= (run.x0 + run.x1) / 2 <= rule.x1:
            continue
        under = [c for c, (x0, x1) in enumerate(extents) if rule.x0 - 1 <= (x0 + x1) / 2 <= rule.x1 + 1]
        alone = sum(col in under for col in sheet.columns[index]) == 1
        if alone and 1 < len(under) < len(extents):
            return under[0], under[-1]
    return None


@cache
def _links() -> frozenset[str]:
    """Words behind which a label goes on."""
    return frozenset(knowledge_words("text.toml", "links", "words"))
