"""Tables that stand on their side: a column is a measure, and the labels of its fields stand left of all."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import inf

from extractors.celltext import clean
from extractors.form_labels import cell_lines, label_of, sure_meaning
from extractors.forms import Box, Form
from extractors.meanings import joined_label, key_of
from schemas.geometry import Cell, Part, Table, Word

_FIELDS = 3
"""Fields that the labels mean, at least."""
_MOST = 0.6
"""Share of the rows with a known label, and of those with a text for more than one measure."""
_STRIP = 0.6
"""Blank between two columns without rules, in font sizes, at least."""
_NAME = 4
"""Letters of the name of a measure, at least."""


def forms_side_by_side(table: Table) -> list[Form]:
    """The columns of a table as forms, where each is a measure; none for any other table.

    Below the last row of the labels they may begin again, for further measures.
    """
    table = _parted(table) if table.labelled and table.n_cols == 2 else table
    labels = [_label_cell(table, row) for row in range(table.n_rows)]
    if table.n_cols < 3 or not _are_labels(labels):
        return []
    first = next(_said(cell) for cell in labels if cell is not None and sure_meaning(_said(cell)) is not None)
    starts = [row for row, cell in enumerate(labels) if cell is not None and key_of(_said(cell)) == key_of(first)]
    starts[0] = 0
    parts = [range(start, end) for start, end in zip(starts, [*starts[1:], table.n_rows], strict=True)]
    several = len({cell.col for cell in table.cells if not cell.empty}) > 2
    if not several or not all(_holds_measures(table, rows) for rows in parts):
        return []
    forms = [_form(table, rows, col) for rows in parts for col in range(1, table.n_cols)]
    return [form for form in forms if any(len(box.words) > len(box.label_words) for box in form.boxes)]


def _parted(table: Table) -> Table:
    """A table of labels and texts without rules, its texts parted where all of them leave a strip blank."""
    words = [word for cell in table.cells if cell.col == 1 for word in cell.words]
    ends = _column_ends(words)
    if not ends:
        return table
    left, right = min(word.x0 for word in words), max(word.x1 for word in words)
    edges = [table.edges[0], min(table.edges[1], left), *ends, max(table.edges[-1], right)]
    cells = [cell for cell in table.cells if cell.col == 0]
    for cell in (cell for cell in table.cells if cell.col == 1):
        held = [[_between(part, *strip) for part in cell.parts] for strip in pairwise(edges[1:])]
        cells += [Cell(cell.row, col, cell.row_span, 1, parts) for col, parts in enumerate(held, 1)]
    cells.sort(key=lambda cell: (cell.row, cell.col))
    return Table(cells, table.n_rows, 2 + len(ends), edges, table.pieces, ruled=False, labelled=True)


def _between(part: Part, low: float, high: float) -> Part:
    """What of a part of a cell begins between two ends of columns."""
    return Part(part.page, (low, part.box[1], high, part.box[3]), [w for w in part.words if low <= w.x0 < high])


def _column_ends(words: Sequence[Word]) -> list[float]:
    """The middles of the strips, in points, that no word reaches into and that are wider than a blank."""
    ends: list[float] = []
    reach = inf
    for word in sorted(words, key=lambda word: word.x0):
        if word.x0 - reach > _STRIP * word.size:
            ends.append((reach + word.x0) / 2)
        reach = word.x1 if reach == inf else max(reach, word.x1)
    return ends


def _label_cell(table: Table, row: int) -> Cell | None:
    """The cell of the label of a row, if there is one."""
    cell = table.at(row, 0)
    return cell if cell is not None and cell.row == row and cell.col_span == cell.row_span == 1 else None


def _said(cell: Cell) -> str:
    """What a cell says on one line, without a colon at its end."""
    return clean(joined_label(cell_lines(cell))).rstrip(": ") if not cell.empty else ""


def _are_labels(cells: Sequence[Cell | None]) -> bool:
    """Whether the cells of a first column are labels of a form."""
    said = [_said(cell) for cell in cells if cell is not None and not cell.empty]
    known = [meaning for text in said if (meaning := sure_meaning(text)) is not None]
    return len(set(known)) >= _FIELDS and len(known) >= _MOST * len(said)


def _holds_measures(table: Table, rows: range) -> bool:
    """Whether each column with a text names a measure, and most of the rows say something of each."""
    texts = [cell for cell in table.cells if cell.row in rows and cell.col > 0 and not cell.empty]
    name = _name_row(table, rows)
    if name is None or sum(label_of(cell) is not None for cell in texts) >= _FIELDS:
        return False
    columns = {cell.col for cell in texts if cell.row == name}
    filled = [sum(cell.col_span for cell in texts if cell.row == row) >= len(columns) for row in rows]
    return {cell.col for cell in texts} <= columns and sum(filled) >= _MOST * len(rows)


def _name_row(table: Table, rows: range) -> int | None:
    """The row of the names of the measures: the one whose label says so, or the first one below no known label."""
    meanings = {row: sure_meaning(_said(cell)) for row in rows if (cell := table.at(row, 0)) is not None}
    named = [row for row in rows if meanings.get(row) == "measure"]
    for row in named or [row for row in rows[:1] if meanings.get(row) is None]:
        cells = [cell for cell in table.row(row) if cell.col > 0 and not cell.empty]
        said = {key_of(_said(cell)) for cell in cells}
        words = all(sum(map(str.isalpha, text)) >= _NAME and sure_meaning(text) is None for text in said)
        if words and len(said) == len(cells) > 0 and all(cell.col_span == 1 for cell in cells):
            return row
    return None


def _form(table: Table, rows: range, col: int) -> Form:
    """One column with the labels of its rows; a cell over several columns is a text of each."""
    form = Form()
    name = _name_row(table, rows)
    for row in rows:
        label, cell = table.at(row, 0), table.at(row, col)
        if label is None or cell is None or cell.col == 0 or cell.row != row:
            continue
        text = _said(label)
        if row == name and sure_meaning(text) != "measure":
            form.boxes.append(Box(None, None, list(cell.parts)))
        elif text:
            form.boxes.append(Box(text, sure_meaning(text), list(cell.parts), label.words))
    return form
