"""Tables of figures without vertical rules: which lines are one row.

A line on which the columns of figures are filled is the anchor of a row. The lines between two anchors are the rest of
a label, or a heading of the rows below.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from extractors.figure_heads import head_starts, spans_of
from extractors.figure_sheet import Sheet, is_anchored, is_band, sheet_of, texts_of
from extractors.figures import LEADER, is_figure
from extractors.gutter_edges import body_edges
from extractors.gutter_rows import Row
from extractors.knowledge import words as knowledge_words
from schemas.geometry import Cell, Line, Page, Part, Table, Word, union

_NEARER = 0.2
"""Share of the font size by which a line is nearer to the one below than to the one above."""
_INDENT = 0.6
"""Font sizes by which the labels below a heading stand further right, at least."""
_OPEN = ("-", "–", ",", "/", "(", "&")


def figure_table(page: Page, rows: Sequence[Row], edges: Sequence[float], *, settled: bool = False) -> Table | None:
    """The table that the lines `rows` with column `edges` (x, in points) make where it is one of figures, else None.

    Titles of the header may have made columns of their own, or parted one, unless the edges are `settled`.
    """
    sheet = sheet_of(page, rows, edges)
    if sheet is None:
        return None
    whole = list(edges) if settled else _settled(sheet, rows, edges)
    if whole != list(edges):
        return figure_table(page, rows, whole, settled=True)
    spans = spans_of(page, sheet, rows, edges)
    starts = [*head_starts(sheet, spans), *_row_starts(sheet)]
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


def _settled(sheet: Sheet, rows: Sequence[Row], edges: Sequence[float]) -> list[float]:
    """The edges of the columns, where titles neither make one nor part one."""
    below = body_edges(rows[sheet.head :]) if _has_only_titles(sheet) else []
    return below if 2 < len(below) <= len(edges) else _whole_columns(sheet, edges)


def _has_only_titles(sheet: Sheet) -> bool:
    """Whether a column holds but a title of the upper lines of the header, which stands between columns below it."""
    upper = {col for filled in sheet.columns[: max(0, sheet.head - 1)] for col in filled}
    lower = {col for filled in sheet.columns[max(0, sheet.head - 1) :] for col in filled}
    return bool(upper - lower - {0})


def _whole_columns(sheet: Sheet, edges: Sequence[float]) -> list[float]:
    """The edges without those between a label and its figures, where these stand beside it: "Year" above "  1990"."""
    titled = {col for filled in sheet.columns[: sheet.head] for col in filled}
    filled = {col for filled in sheet.columns[sheet.head :] for col in filled}

    def lone(col: int) -> bool:
        beside = {col - 1, col}
        return not beside & titled & filled and len(beside & titled) == 1 == len(beside & filled)

    inner = {col for col in range(1, len(edges) - 1) if lone(col)}
    return [x for col, x in enumerate(edges) if col not in inner or col - 1 in inner]


def _row_starts(sheet: Sheet) -> list[int]:
    """The indices of the lines below the header at which a row begins, with that of the first."""
    return [sheet.head, *(index for index in range(sheet.head + 1, len(sheet.lines)) if _begins(sheet, index))]


def _begins(sheet: Sheet, index: int) -> bool:
    """Whether a row begins at line `index`."""
    if _is_anchor(sheet, index):
        return _is_anchor(sheet, index - 1) or not _leads(sheet, index - 1)
    return not _follows(sheet, index)


def _is_anchor(sheet: Sheet, index: int) -> bool:
    return is_anchored(sheet.columns[index], sheet.figures)


def _leads(sheet: Sheet, index: int) -> bool:
    """Whether the text of a line without figures goes on in the row of figures below it."""
    lone = not _labelled_figures(sheet, index) and not is_band(sheet, index)
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
    if _labelled_figures(sheet, index) or is_band(sheet, index):
        return False
    if _led(sheet, index - 1):
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
    return all(is_figure(text) for col, pieces in filled.items() if col for text in texts_of(pieces))


def _step(sheet: Sheet, index: int) -> float:
    return sheet.lines[index].bottom - sheet.lines[index - 1].bottom


def _led(sheet: Sheet, index: int) -> bool:
    """Whether dots lead from the end of a label to its figures: nothing more of it follows."""
    label = sheet.columns[index].get(0)
    return label is not None and label[-1].text.endswith(LEADER)


def _told(sheet: Sheet, above: int, below: int) -> bool:
    """Whether the words of a label say that it goes on: "Trade, transport and", "ohne Baugewerbe"."""
    upper, lower = sheet.columns[above].get(0), sheet.columns[below].get(0)
    if not upper or not lower:
        return False
    small = lower[0].text[0].islower() and not sheet.lower_labels
    return small or upper[-1].text.endswith(_OPEN) or upper[-1].words[-1].text.casefold() in _links()


def _goes_on(sheet: Sheet, above: int, below: int) -> bool:
    """Whether the text of a column runs from one line on to the next."""
    if sheet.lines[above].words[0].bold != sheet.lines[below].words[0].bold or _led(sheet, above):
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


@cache
def _links() -> frozenset[str]:
    """Words behind which a label goes on."""
    return frozenset(knowledge_words("text.toml", "links", "words"))
