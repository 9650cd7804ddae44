"""Rows of figures that no rule parts: statistical tables often rule their header and their groups only.

In a ruled row of which several cells hold columns of figures, line beside line, each line is a row of its own. Cells of
prose are never divided: their lines seldom stand beside each other, and they hold no figures.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from extractors.celltext import part_lines
from extractors.lines import runs
from extractors.meanings import meaning_of
from schemas.geometry import Cell, Line, Part, Table, Word

_FIGURE = re.compile(
    r"^[-+–−±~<>≈(]{0,2}[$€£]?\d[\d.,:/%'’]*[*)€%†‡]*$|^\(?(?:[-–—/.:x]|\.\.\.?|…|n\.?/?[ad]\.?|N/?A|[DSXZ])\)?$|^k\.\s?A\.$"
)
LEADER = ("....", ". . .", "…")
"""How a label ends from which dots lead to its figures."""
_COLUMN_GAP = 0.9
"""Blank, in font sizes, between two figures that are not one number."""
_ANCHORS = 3
_LEVEL = 0.45
"""Share of the font size by which lines of one row may differ in height."""


def part_rows(table: Table) -> None:
    """Divide the rows of `table`, in place, whose cells are columns of figures."""
    labels = [" ".join(line.text for line in _lines(cell)) for cell in table.cells if cell.row == 0]
    planned = sum(meaning is not None for meaning, _ in map(meaning_of, filter(None, labels))) > 1
    for row in range(table.n_rows - 1, -1, -1):
        cells = [cell for cell in table.cells if cell.row == row]
        if any(cell.row_span > 1 for cell in cells) or sum(_any_figure(cell) for cell in cells) < 2:
            continue
        levels = _levels(cells) or ([] if planned else _anchors(cells))
        if len(levels) > 1:
            _divide(table, row, cells, levels)


def holds_more_columns(table: Table) -> bool:
    """Whether figures stand side by side in one column of `table`: its vertical rules part groups of columns only."""
    for col in range(table.n_cols):
        lines = [line for cell in table.cells if cell.col == col and cell.col_span == 1 for line in _lines(cell)]
        parted = [runs(line.words, _COLUMN_GAP) for line in lines]
        several = [run for run in parted if len(run) > 1 and all(is_figure(words[0].text) for words in run)]
        if len(several) >= max(4, 0.6 * len(lines)):
            return True
    return False


def is_half_drawn(table: Table) -> bool:
    """Whether rules draw two columns where the lines of one stand in several, one of them of figures."""
    if table.n_cols != 2 or len(table.pieces) > 1:
        return False
    for col in range(table.n_cols):
        lines = [line for cell in table.cells if cell.col == col and cell.col_span == 1 for line in _lines(cell)]
        parted = [run for line in lines if len(run := runs(line.words, _COLUMN_GAP)) > 1]
        figures = [run[1] for run in parted if is_figure(run[1][0].text)]
        wide = any(len(run) > 2 for run in parted)
        if wide and len(figures) >= max(2, 0.6 * table.n_rows) and _aligned(figures):
            return True
    return False


def _aligned(figures: Sequence[Sequence[Word]]) -> bool:
    """Whether most of the figures stand below each other, at their left or their right."""
    sides = [[words[0].x0 for words in figures], [words[-1].x1 for words in figures]]
    near = [sum(abs(edge - other) < figures[0][0].size for other in edges) for edges in sides for edge in edges]
    return max(near) >= max(2, 0.6 * len(figures))


def _lines(cell: Cell) -> list[Line]:
    return [line for line, _ in part_lines(cell.parts)]


def _levels(cells: Sequence[Cell]) -> list[float]:
    """The heights of the lines of a row of figures; empty where it is none, or its lines do not stand side by side."""
    filled = [lines for cell in cells if (lines := _lines(cell))]
    columns = [lines for lines in filled if len(lines) > 1 and all(_is_figures(line) for line in lines)]
    if len(columns) < 2 or len(columns) < 0.5 * len(filled):
        return []
    levels = sorted(line.top for line in max(columns, key=len))
    for lines in filled:
        if any(min(abs(line.top - level) for level in levels) > _LEVEL * line.size for line in lines):
            return []
    return levels


def _anchors(cells: Sequence[Cell]) -> list[float]:
    """The heights of the figures of a row whose other cells have further lines below the first of each height."""
    filled = [lines for cell in cells if (lines := _lines(cell))]
    columns = [lines for lines in filled if len(lines) >= _ANCHORS and all(_is_figures(line) for line in lines)]
    if len(columns) < 2 or len({len(lines) for lines in columns}) > 1:
        return []
    if any(line.text.endswith(LEADER) for lines in filled for line in lines):
        return []  # dots lead from the last line of each label to its figures
    levels = [line.top for line in columns[0]]
    for lines in filled:
        level = [any(abs(line.top - at) < _LEVEL * line.size for line in lines) for at in levels]
        if sum(level) < 0.8 * len(levels) or lines[0].top < levels[0] - _LEVEL * lines[0].size:
            return []
    return levels


def is_figure(text: str) -> bool:
    """Whether a word is a number, or a sign that stands for one."""
    return bool(_FIGURE.match(text))


def _any_figure(cell: Cell) -> bool:
    return any(is_figure(word.text) for part in cell.parts for word in part.words)


def _is_figures(line: Line) -> bool:
    return all(is_figure(word.text) for word in line.words) or is_figure(line.words[0].text)


def _divide(table: Table, row: int, cells: Sequence[Cell], levels: Sequence[float]) -> None:
    more = len(levels) - 1
    for cell in table.cells:
        if cell.row > row:
            cell.row += more
        elif cell.row < row <= cell.last_row:
            cell.row_span += more
    for cell in cells:
        table.cells.remove(cell)
        table.cells += [_piece(cell, row + index, levels, index) for index in range(len(levels))]
    table.cells.sort(key=lambda cell: (cell.row, cell.col))
    table.n_rows += more


def _piece(cell: Cell, row: int, levels: Sequence[float], index: int) -> Cell:
    (part,) = cell.parts
    x0, top, x1, bottom = part.box
    upper = top if index == 0 else levels[index] - 1.0
    lower = bottom if index == len(levels) - 1 else levels[index + 1] - 1.0
    words = [
        word
        for line in _lines(cell)
        if max(0, bisect_right(levels, line.top + _LEVEL * line.size) - 1) == index
        for word in line.words
    ]
    return Cell(row, cell.col, 1, cell.col_span, [Part(part.page, (x0, upper, x1, lower), words)])
