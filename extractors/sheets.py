"""Sheets that were too wide for the paper: columns that a spreadsheet prints on pages of their own, put in their place.

Rows of one sheet stand at the same heights on all pages of its width; the header of a further page names no measure.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.factsheets import is_form
from extractors.headers import find_header, labels_of
from extractors.stitch import stitch
from extractors.vocabulary import Vocabulary
from schemas.geometry import Page, Table

Start = tuple[int, float]
"""Where a row begins: on which of its table's pages, and at what height in points."""
_SAME = 2.0
"""Points by which the same row may begin higher or lower, at most."""
_ROWS = 4
"""Rows that show that they are the same, at least."""
_MOST = 0.8
"""Share of the rows that begin at the same height."""


def join_sheets(
    pages: Sequence[Page], tables: Sequence[Table], body_size: float, vocabulary: Vocabulary
) -> list[Table]:
    """The stitched `tables` of all `pages`, each with the columns that were printed on later pages.

    Forms of one template have the same rows as well, and are none. The tables are changed in place.
    """
    gone: set[int] = set()
    widened: list[Table] = []
    distances: set[int] = set()
    tall = [table for table in tables if table.n_rows >= _ROWS and not (table.labelled or is_form(table))]
    starts = {id(table): _starts(table) for table in tall}
    for table in tall:
        for other in tall:
            if id(other) in gone or id(table) in gone or other.page <= table.pieces[-1][0]:
                continue
            known = other.page - table.page in distances
            same = len(table.pieces) == len(other.pieces) and _same_rows(starts[id(table)], starts[id(other)])
            if same and (known or _goes_on_right(table, other, vocabulary)):
                distances.add(other.page - table.page)
                _widen(table, other)
                gone.add(id(other))
                widened += [table] if table not in widened else []
    if not widened:
        return list(tables)
    plain = [table for table in tables if id(table) not in gone and table not in widened]
    joined = stitch(pages, widened, body_size, vocabulary)
    return sorted([*plain, *joined], key=lambda table: (table.page, table.box[1], table.box[0]))


def _goes_on_right(table: Table, other: Table, vocabulary: Vocabulary) -> bool:
    """Whether a table has the labels of further columns, and the first the measures."""
    first, second = labels_of(table, 0, 0, vocabulary), labels_of(other, 0, 0, vocabulary)
    labels = [column.label for column in second if column.label]
    meant = [column.meaning for column in second if column.meaning]
    named = any(column.meaning == "measure" for column in first) or find_header(table, vocabulary) is not None
    new = not {column.label for column in first}.intersection(labels)
    return named and new and "measure" not in meant and 2 * len(meant) >= len(labels) > 0


def _same_rows(starts: Sequence[Start], others: Sequence[Start]) -> bool:
    """Whether the rows of two tables begin at the same heights, page by page."""
    if len(starts) != len(others):
        return False
    pairs = zip(starts, others, strict=True)
    same = sum(one[0] == two[0] and abs(one[1] - two[1]) <= _SAME for one, two in pairs)
    return same >= _MOST * len(starts)


def _starts(table: Table) -> list[Start]:
    """Where each row begins."""
    order = {page: n for n, page in enumerate(dict.fromkeys(page for page, _ in table.pieces))}
    starts: dict[int, Start] = {}
    for cell in table.cells:
        part = cell.parts[0]
        if table.ruled or part.words:
            height = part.box[1] if table.ruled else min(word.top for word in part.words)
            here = order.get(part.page, 0), height
            starts[cell.row] = min(here, starts.get(cell.row, here))
    return [starts.get(row, (-1, 0.0)) for row in range(table.n_rows)]


def _widen(table: Table, other: Table) -> None:
    """Put the columns of a table right of those of the first."""
    for cell in other.cells:
        cell.col += table.n_cols
    table.cells += other.cells
    table.cells.sort(key=lambda cell: (cell.row, cell.col))
    right = table.edges[-1] - other.edges[0]
    table.edges = [*table.edges, *(edge + right for edge in other.edges[1:])]
    table.n_cols += other.n_cols
    table.pieces = [*table.pieces, *other.pieces]
    table.ruled = table.ruled and other.ruled
    table.unsure += other.unsure
    table.repeated += other.repeated
