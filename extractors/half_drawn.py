"""Drawn tables that rules do not part into cells: a frame only, upright rules only, or some shaded rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence, Set
from itertools import pairwise

from extractors.form_labels import label_of
from extractors.grid import find_tables
from extractors.headed_cuts import Spacing
from extractors.headed_rows import build_table
from extractors.heads import Head, find_heads
from extractors.lines import group_lines
from extractors.meanings import meaning_of
from extractors.numbering import is_number
from extractors.regions import Region
from schemas.geometry import Cell, Page, Table, Word

_APART = 0.6
"""Share of the labels of a header that stand in cells of their own where rules part its columns."""
_ROWS = 2.0
"""How many rows white space shows in one that is drawn, at least, where rules do not part the rows."""
_HEAD_ROWS = 2
"""Rows besides those below titles that a table has at most where rules do not part its rows."""
_NUMBERS = 2
_BELOW = 40.0
"""Points below a header within which its rows are, where they are drawn."""
_MOVED = 5.0
"""Points by which the columns of the pieces of a table differ, at most."""
_COLUMNS = 3
_OVER = 3.0
"""Points by which a label may stand over the rule beside it."""
_BOX_ROWS = 3
"""Rows with labels above their texts that a drawn form has, at least."""
_TALL = 5.0
"""Lines of a row from which it may hold several."""


def closed_tables(pages: Sequence[Page]) -> list[list[Table]]:
    """The tables of each page that rules part into cells."""
    drawn = [find_tables(page) for page in pages]
    boxed = _labels_of_boxes(table for tables in drawn for table in tables)
    opened = [
        [
            t
            for t in tables
            if not _holds_boxes(t, boxed) and (is_open(page, t, tables) or _is_below_head(page, t, tables))
        ]
        for page, tables in zip(pages, drawn, strict=True)
    ]
    known = [table for tables in opened for table in tables]
    closed: list[list[Table]] = []
    before: list[Table] = []
    for page, tables, found in zip(pages, drawn, opened, strict=True):
        alike = [t for t in tables if not _closed(page, t) and any(_aligned(t, other) for other in known)]
        before = [t for t in tables if t in found or t in alike or any(_continues(above, t) for above in before)]
        closed.append([table for table in tables if table not in before])
    return closed


def _labels_of_boxes(tables: Iterable[Table]) -> set[str]:
    """The labels of drawn forms: they stand above their texts in the cells of several rows."""
    labels: set[str] = set()
    for table in tables:
        found = [(cell.row, label[0]) for cell in table.cells if (label := label_of(cell)) is not None and label[2]]
        if len({row for row, _ in found}) >= _BOX_ROWS:
            labels.update(label for _, label in found)
    return labels


def _holds_boxes(table: Table, labels: Set[str]) -> bool:
    """Whether several cells begin with `labels` of drawn forms, or a row alone with others: they are boxes.

    Such a row is the first one of a form, at the end of a page.
    """
    if not labels:
        return False
    found = [label[0] for cell in table.cells if (label := label_of(cell)) is not None and label[2]]
    alone = table.n_rows == 1 and len(group_lines(table.words)) <= _TALL
    return len(found) > 1 and (alone or all(label in labels for label in found))


def _aligned(table: Table, other: Table) -> bool:
    """Whether two tables have the same three or more columns."""
    edges = zip(table.edges, other.edges, strict=False)
    return table.n_cols == other.n_cols > 2 and all(abs(a - b) < _MOVED for a, b in edges)


def _continues(above: Table, table: Table) -> bool:
    """Whether a table has the columns of an open one of the page before, and no more rows than that."""
    filled = [row for row in range(table.n_rows) if sum(not cell.empty for cell in table.row(row)) > 1]
    return _aligned(table, above) and len(group_lines(table.words)) > _TALL * max(1, len(filled)) / 2


def is_open(page: Page, table: Table, others: Sequence[Table] = ()) -> bool:
    """Whether the header of a plan in a drawn table tells of columns, or white space of rows, that no rules part."""
    titles = [cell for cell in table.cells if cell.col_span == table.n_cols > 1]
    filled = Counter(cell.row for cell in table.cells if not cell.empty)
    several = sum(count > 1 for count in filled.values())
    if table.n_cols > 2 and several > _HEAD_ROWS + len(titles):
        return False  # most tables: asked first, for the rest takes time
    heads = find_heads(page, group_lines(table.words))
    if not heads:
        return False
    head = heads[0]
    if len(head.words) + sum(len(cell.words) for cell in titles) >= len(table.words):
        drawn = any(0 <= other.box[1] - table.box[3] < _BELOW for other in others if other.n_cols > 1)
        return not drawn and any(0 <= word.top - table.box[3] < _BELOW for word in page.body)
    owners = [_owner(table, label.words[0]) for label in head.labels]
    cells = {id(cell): cell for cell in owners if cell is not None}
    if len(cells) < _APART * len(head.labels):
        return True
    if several > _HEAD_ROWS + len(titles):
        return False
    own = {id(word) for word in head.words}
    mixed = sum(any(id(word) not in own for word in cell.words) for cell in cells.values())
    if 2 * mixed > len(cells):
        return len(head.labels) > 2
    return _rows_undrawn(page, table, head, list(cells.values()))


def _is_below_head(page: Page, table: Table, drawn: Sequence[Table]) -> bool:
    """Whether a table is one tall row, drawn between titles, of a header that stands outside all `drawn` ones."""
    if table.n_rows > 1 or table.n_cols < _COLUMNS or len(group_lines(table.words)) < _TALL:
        return False
    inside = {id(word) for other in drawn for word in other.words}
    outside = group_lines(word for word in page.body if word.upright and id(word) not in inside)
    for head in find_heads(page, outside):
        gaps = [(left.x1 - _OVER, right.x0 + _OVER) for left, right in pairwise(head.labels)]
        if head.bottom < table.box[1] and all(any(a < x < b for a, b in gaps) for x in table.edges[1:-1]):
            return True
    return False


def _owner(table: Table, word: Word) -> Cell | None:
    return next((cell for cell in table.cells if any(other is word for other in cell.words)), None)


def _rows_undrawn(page: Page, table: Table, head: Head, labels: Sequence[Cell]) -> bool:
    """Whether the drawn rows below the header hold several rows each."""
    below = max(cell.last_row for cell in labels) + 1
    rows = [[cell for cell in table.row(row) if not cell.empty] for row in range(below, table.n_rows)]
    rows = [cells for cells in rows if len(cells) > 1]
    words = [word for cells in rows for cell in cells for word in cell.words]
    closed = _closed(page, table)
    parted = table.n_rows - below > len(rows) > 0  # titles between rows
    least = _ROWS * len(rows) if closed or not parted else len(rows) + 1
    if not words or len(group_lines(words)) < (_TALL * len(rows) if closed else least):
        return False
    region = Region(page, group_lines(words), None)
    meanings = [meaning_of(label.text)[0] for label in head.labels]
    if len(meanings) != table.n_cols:
        return False
    found = build_table(region, table.edges, meanings, Spacing.of([region], table.edges))
    numbers = sum(is_number(" ".join(word.text for word in cell.words)) for cell in found.cells if cell.col == 0)
    return (numbers > _NUMBERS or not closed) and found.n_rows >= least


def _closed(page: Page, table: Table) -> bool:
    """Whether a rule closes the table off at its lower end."""
    x0, _, x1, bottom = table.box
    drawn = [rule for rule in page.rules if rule.horizontal and abs(rule.top - bottom) < 3]
    return sum(rule.width_within(x0, x1) for rule in drawn) > 0.6 * (x1 - x0)
