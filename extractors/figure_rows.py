"""Rows of figures in a ruled table of which no rule parts more than the header: they are read as without rules.

Statistical tables often rule their columns and their header only: then all rows are one, with headings, wrapped labels
and dot leaders among its figures, as a table has them that no rule parts.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.celltext import part_lines
from extractors.figures import is_figure
from extractors.gutter_figures import figure_table
from extractors.gutter_rows import Row, rows_of, split_pieces
from schemas.geometry import Cell, Page, Table, Word

_LINES = 4
"""Lines of a column of figures, at least."""
_SHARE = 0.8
"""Share of the lines of such a column that are figures."""


def divide_figures(page: Page, table: Table) -> None:
    """Divide each row of `table`, in place, that is columns of figures with lines of labels beside them."""
    for row in range(table.n_rows - 1, -1, -1):
        cells = [cell for cell in table.cells if cell.row == row]
        filled = [cell for cell in cells if not cell.empty]
        columns = [cell for cell in filled if _is_column(cell)]
        if any(cell.row_span > 1 or len(cell.parts) > 1 for cell in cells) or len(columns) < max(2, len(filled) / 2):
            continue
        lines = [_parted(line, table.edges) for line in rows_of([word for cell in cells for word in cell.words])]
        found = figure_table(page, lines, table.edges)
        if found is not None and found.n_rows > 1:
            _put(table, row, found)


def _is_column(cell: Cell) -> bool:
    lines = [line for line, _ in part_lines(cell.parts)]
    figures = [line for line in lines if all(is_figure(word.text) for word in line.words)]
    return cell.col_span == 1 and len(lines) >= _LINES and len(figures) >= _SHARE * len(lines)


def _parted(row: Row, edges: Sequence[float]) -> Row:
    """A line parted where columns are."""

    def ends(left: Word, right: Word) -> bool:
        return any(left.x1 - 1 <= edge <= right.x0 + 1 for edge in edges)

    return Row(row.line, split_pieces(row.pieces, ends), split_pieces(row.runs, ends))


def _put(table: Table, row: int, found: Table) -> None:
    """Put the rows of another table in the place of one row."""
    more = found.n_rows - 1
    table.cells = [cell for cell in table.cells if cell.row != row]
    for cell in table.cells:
        if cell.row > row:
            cell.row += more
        elif cell.last_row >= row:
            cell.row_span += more
    for cell in found.cells:
        cell.row += row
    table.cells = sorted([*table.cells, *found.cells], key=lambda cell: (cell.row, cell.col))
    table.n_rows += more
