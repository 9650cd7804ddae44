"""Tables without rules inside the sections of a paper, such as a list of costs between two paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.paper.profiles import Profile
from extractors.paper.sections import Spot, cell_text
from schemas.geometry import Cell, Table

_FIGURE = re.compile(
    r"(?:(?:ca\.?|rd\.?|rund|bis|je|~|±|-|\+) ?)*\d[\d.,]*"
    r"(?: ?(?:€|EUR|Euro|T€|TEUR|Tsd\. ?€|Mio\. ?(?:€|Euro)|%|m²|m|km|ha|t|VZÄ|Std\.))?"
)
_BLANK = re.compile(r"[-–—/.]*")
_FIGURES = 0.6
"""Share of the cells of a column that are figures where the column holds figures."""
_ABOVE = 2.6
"""Blank between a header and the ruled table that it belongs to, as a multiple of the font size."""


def inner_tables(loose: Sequence[Table], ruled: Sequence[Table], top: Spot, last: int, profile: Profile) -> list[Table]:
    """Those of the tables without rules that are tables of the text between `top` (page, y in points) and page `last`.

    A head, a list or signatures side by side look like a table too: it must hold figures, or three columns filled row
    by row, or be the header of a ruled table right below; and no heading of a section may stand in it.
    """
    below = [_trimmed(t, profile) for t in loose if t.page <= last and (t.page, t.box[1]) >= top]
    return [t for t in below if not _headed(t, profile) and (_figures(t) or _filled(t) or _heads(t, ruled))]


def _trimmed(table: Table, profile: Profile) -> Table:
    """The table without the sentences and headings right below it that its last rows are."""
    rows = [[cell for cell in table.row(row) if not cell.empty] for row in range(table.n_rows)]
    count = len(rows)
    while count > 1 and len(rows[count - 1]) < 2:
        count -= 1
    if not any(_prose(cell, profile) for row in rows[count:] for cell in row) or len(table.pieces) > 1:
        return table
    cells = [cell for cell in table.cells if cell.last_row < count]
    x0, y0, x1, _ = table.box
    bottom = max((word.bottom for cell in cells for word in cell.words), default=y0)
    return replace(table, cells=cells, n_rows=count, pieces=[(table.page, (x0, y0, x1, bottom))])


def _prose(cell: Cell, profile: Profile) -> bool:
    text = cell_text(cell)
    return cell.col == 0 and (text.endswith((".", ":", "?", "!")) or profile.kind_of(text) is not None)


def _headed(table: Table, profile: Profile) -> bool:
    texts = [cell_text(cell) for cell in table.cells]
    return any(profile.kind_of(t) is not None and (t.endswith(":") or t == texts[0]) for t in texts if t)


def _columns(table: Table) -> list[list[Cell]]:
    return [[c for c in table.cells if c.col == col and c.row and not c.empty] for col in range(1, table.n_cols)]


def _figures(table: Table) -> bool:
    labels = [cell_text(c) for c in table.cells if c.col == 0 and not c.empty]
    if table.n_cols == 2 and sum(label.endswith(":") for label in labels) * 2 > len(labels):
        return False  # the lines of a form: they are read where they stand
    return any(_of_figures(cells) for cells in _columns(table))


def _of_figures(cells: Sequence[Cell]) -> bool:
    texts = [text for cell in cells if not _BLANK.fullmatch(text := cell_text(cell))]
    return len(texts) > 1 and sum(bool(_FIGURE.fullmatch(text)) for text in texts) >= _FIGURES * len(texts)


def _filled(table: Table) -> bool:
    rows = [[cell for cell in table.row(row) if not cell.empty] for row in range(table.n_rows)]
    return table.n_cols > 2 and table.n_rows > 2 and all(len(row) > 2 for row in rows)


def _heads(table: Table, ruled: Sequence[Table]) -> bool:
    size = max((word.size for word in table.words), default=0.0)
    below = [t for t in ruled if t.page == table.page and 0 <= t.box[1] - table.box[3] < _ABOVE * size]
    return table.n_rows == 1 and any(t.box[0] < table.box[2] and table.box[0] < t.box[2] for t in below)
