"""Forms ("Steckbriefe") that are drawn as tables: labels left of their texts, or above them in the same cell.

A form is told from a table of rows by its labels: they stand in several rows, and say different things.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set

from extractors.celltext import clean
from extractors.form_labels import Label, cell_lines, label_of, labels_inline, styled_label, sure_meaning
from extractors.form_lines import line_boxes
from extractors.form_rows import boxes_below, label_rows
from extractors.forms import Box
from extractors.headers import is_glossary
from extractors.meanings import joined_label, meaning_of
from extractors.numbering import is_code
from schemas.geometry import Cell, Part, Table, Word

_PAIRS = 4
"""Cells of a row of two labels with their texts."""
_AGAIN, _MOST = 3, 0.6
"""Forms that say the same where a label stands, and their share of all, at least."""
_LINE_GAP = 0.5
"""White space between two lines of one label, in font sizes, at most."""


def is_form(table: Table) -> bool:
    """Whether a table is (part of) a form: known labels of three meanings in three rows, or two above their texts."""
    if is_glossary(table):
        return False
    if labels_inline(table) or label_rows(table):
        return True
    labelled = [(cell, found) for cell in table.cells if (found := label_of(cell)) is not None]
    heads = _header_rows(table, {id(cell) for cell, found in labelled if not found[2]})
    named = {cell.col: found[1] for cell, found in labelled if cell.row == 0 in heads}
    # "Personalkosten" below "Kosten" is a value, whatever it says elsewhere.
    labelled = [(c, found) for c, found in labelled if c.row not in heads and found[1] != named.get(c.col, "")]
    meanings = {found[1] for _, found in labelled if found[1] is not None}
    rows = {cell.row for cell, _ in labelled}
    filled = [cell for cell in table.cells if not cell.empty]
    if len(labelled) < 0.25 * len(filled):
        return False
    within = {cell.row for cell, found in labelled if found[2]}
    return (len(meanings) >= 3 and len(rows) >= 3) or (
        len(meanings) >= 2 and len(within) >= 1 and table.n_rows <= 9 and rows - within <= {table.n_rows - 1}
    )


def _header_rows(table: Table, labels: set[int]) -> set[int]:
    """The rows of three labels or more and little else: they name the columns of a table, not boxes."""
    rows = ([cell for cell in table.row(number) if not cell.empty] for number in range(table.n_rows))
    # Labels of the first row may begin in lower case: "zuständiges Amt".
    known = (
        (row, sum(id(cell) in labels or (cell.row == 0 and sure_meaning(_said(cell)) is not None) for cell in row))
        for row in rows
    )
    return {row[0].row for row, count in known if count >= 3 and 3 * count >= 2 * len(row)}


def opens_form(table: Table, following: Table) -> bool:
    """Whether a table at the end of a page is a title and labels alone, whose texts begin the `following` table."""
    filled = [cell for cell in table.cells if not cell.empty and cell.col_span < table.n_cols]
    found = [label_of(cell) for cell in filled]
    alone = len(found) > 1 and all(label is not None and not label[2] for label in found)
    next_page = following.page == table.pieces[-1][0] + 1 and following.n_cols == table.n_cols
    return alone and next_page and has_label(following)


def labels_left(table: Table) -> bool:
    """Whether the first of two or more columns is one of labels, of two fields or more, with texts beside them."""
    first = [found for cell in table.cells if cell.col == 0 and (found := label_of(cell)) is not None and not found[2]]
    if len({meaning for _, meaning, _ in first}) < 2:
        return False
    return 0 in _label_columns(table) and all(not cell.empty for cell in table.cells if cell.col == 1)


def begins_with_labels(table: Table) -> bool:
    """Whether a table is (the first rows of) a form: all of its first column is bold, and a label in it known."""
    first = [cell for cell in table.cells if cell.col == 0 and cell.col_span < table.n_cols and not cell.empty]
    known = any(label_of(cell) is not None for row in range(table.n_rows) for cell in table.row(row)[::2])
    return known and bool(first) and all(word.bold for cell in first for word in cell.words)


def has_label(table: Table) -> bool:
    """Whether any cell begins with a known label above its text."""
    return any((found := label_of(cell)) is not None and found[2] for cell in table.cells)


def labels_again(tables: Sequence[Table]) -> set[str]:
    """What the forms say again and again third in rows of two labels with their texts: labels that nobody knows."""
    said: Counter[str] = Counter()
    for table in tables:
        rows = [table.row(row) for row in range(table.n_rows)]
        pairs = [cells for cells in rows if len(cells) == _PAIRS and label_of(cells[0]) is not None]
        said.update({_said(cells[2]) for cells in pairs if cells[2].words and label_of(cells[2]) is None})
    return {text for text, count in said.items() if count >= max(_AGAIN, _MOST * len(tables))}


def _said(cell: Cell) -> str:
    return clean(joined_label(cell_lines(cell))).rstrip(": ")


def table_boxes(table: Table, before: Sequence[Box] = (), again: Set[str] = frozenset()) -> list[Box]:
    """The boxes of a form that is drawn as a table, row by row.

    A box of those `before` it, on the page before, may go on in the first row: then its text is added there. What is
    said `again` and again is a label.
    """
    if table.card:
        return _card_boxes(table, before)
    if above_rows := label_rows(table):
        return boxes_below(table, above_rows, before)
    boxes: list[Box] = []
    labels = _label_columns(table)
    inline = labels_inline(table)
    for row in range(table.n_rows):
        cells = [cell for cell in table.row(row) if not cell.empty or (cell.col == 0 and 0 in labels)]
        above = any(box.col is not None for box in [*before, *boxes])
        if len(cells) == 1 and 0 in labels and boxes and _label_goes_on(cells[0], boxes[-1]):
            _add_to_label(boxes[-1], cells[0])
        elif 0 in labels and _is_title_row(table, row):
            boxes.append(Box(None, None, list(cells[0].parts)))
        elif inline:
            boxes += [box for cell in cells for box in line_boxes(cell_lines(cell))]
        else:
            boxes += _row_boxes(cells, labels, boxes or before, above, again)
    return boxes


def _card_boxes(table: Table, before: Sequence[Box]) -> list[Box]:
    """The boxes of a card; a text without label at the top of a page goes on with the one above it on the last page."""
    boxes: list[Box] = []
    for row in range(table.n_rows):
        box = _card_box(table.row(row))
        above = _above_break([*before, *boxes], box.words[0]) if box.label is None else None
        if above is not None:
            above.parts += box.parts
        else:
            boxes.append(box)
    return boxes


def _above_break(boxes: Sequence[Box], first: Word) -> Box | None:
    """The box that ends on the page before that of the `first` word of a text, and goes on with it."""
    ended = [box for box in boxes if box.label is not None and box.parts and box.words[-1].page == first.page - 1]
    below = [box for box in ended if abs(box.label_words[0].x0 - first.x0) < first.size]
    again = any(box.words[0].page == first.page for box in boxes)
    if not below or again or first.bold or first.size > below[-1].size + 0.5:
        return None
    return below[-1]


def _card_box(cells: Sequence[Cell]) -> Box:
    """The box of a row of a card."""
    if len(cells) == 1:
        return Box(None, None, list(cells[0].parts))
    label = _said(cells[0])
    return Box(label, sure_meaning(label), list(cells[1].parts), cells[0].words)


def _is_title_row(table: Table, row: int) -> bool:
    """Whether a row is a text over all columns, and no label of what stands below: "Förderung der Vereine"."""
    cells, below = table.row(row), table.row(row + 1)
    whole = len(cells) == 1 and cells[0].col_span == table.n_cols > 1 and not cells[0].empty
    beside = len(below) > 1 and below[0].col == 0 and below[0].col_span == 1
    found = label_of(cells[0]) if whole and beside else None
    return found is not None and not found[2] and not cells[0].words[-1].text.endswith(":")


def _label_goes_on(cell: Cell, box: Box) -> bool:
    """Whether a row without rules is but the second line of the label above: in its column, as near as lines are."""
    if cell.col != 0 or cell.col_span > 1 or cell.empty or not box.label_words or not box.parts:
        return False
    above, first = box.label_words[-1], cell.words[0]
    near = above.page == first.page and 0 <= first.top - above.bottom < _LINE_GAP * first.size
    return near and above.bold == first.bold and abs(box.label_words[0].x0 - first.x0) < 2


def _add_to_label(box: Box, cell: Cell) -> None:
    box.label = clean(f"{box.label} {' '.join(word.text for word in cell.words)}")
    box.label_words = [*box.label_words, *cell.words]
    meaning, _ = meaning_of(box.label)
    box.meaning = meaning or box.meaning


def _label_columns(table: Table) -> set[int]:
    """The columns of labels: known ones in at least a third of its cells, alone in them; all bold in a later column."""
    if table.labelled and table.n_cols == _PAIRS:
        return {0, 2}
    columns: set[int] = set()
    for col in range(table.n_cols - 1):
        cells = [cell for cell in table.cells if cell.col == col and cell.col_span < table.n_cols and not cell.empty]
        cells = cells if col == 0 else [cell for cell in cells if cell.col_span == 1]
        alone = [found for cell in cells if (found := label_of(cell)) is not None and not found[2]]
        styled = col == 0 or all(word.bold for cell in cells for word in cell.words)
        known = 3 * len(alone) >= len(cells) or (col > 0 and alone and _plain_beside(table, col))
        if len(cells) > 1 and known and styled:
            columns.add(col)
    return columns


def _plain_beside(table: Table, col: int) -> bool:
    """Whether no cell right of a column is bold: it holds the texts of labels in bold."""
    beside = [cell for cell in table.cells if cell.col == col + 1 and not cell.empty]
    return bool(beside) and not any(all(word.bold for word in cell.words) for cell in beside)


def _row_boxes(
    cells: Sequence[Cell], label_columns: set[int], before: Sequence[Box], above: bool, again: Set[str]
) -> list[Box]:
    """The boxes of one row after those `before` it, where labels stand `above` their texts or not."""
    boxes: list[Box] = []
    waiting: Box | None = None
    labelled = any((found := label_of(cell)) is not None and found[2] for cell in cells)
    for place, cell in enumerate(cells):
        found = label_of(cell) or (styled_label(cell) if labelled or above or _ends_with_colon(cell) else None)
        if found is None and place == 2 and len(cells) == _PAIRS and _said(cell) in again:
            found = (_said(cell), None, [])
        if found is not None and found[2] and _in_label_column(cell, label_columns, cells) and cell is not cells[-1]:
            found = _whole_label(cell, found)
        if found is not None and waiting is not None and not waiting.parts:
            found = None if _is_answer(cell, found, waiting, set() if above else label_columns) else found
        if found is not None and found[2]:
            words = {id(word) for line in found[2] for word in line.words}
            parts = [Part(p.page, p.box, [w for w in p.words if id(w) in words]) for p in cell.parts]
            boxes.append(Box(found[0], found[1], parts, [w for w in cell.words if id(w) not in words], cell.col))
            waiting = None
        elif found is not None or _in_label_column(cell, label_columns, cells):
            if cell.empty:  # a row whose label was printed on the page before
                waiting = next((box for box in reversed(before) if box.label is not None), None)
                continue
            waiting = Box(_said(cell), found[1] if found else None, [], cell.words, cell.col if above else None)
            boxes.append(waiting)
        elif waiting is not None:
            waiting.parts += cell.parts
            waiting.col = None
        elif (cut := _box_above(cell, before)) is not None:
            cut.parts += cell.parts
        else:
            boxes.append(Box(None, None, list(cell.parts)))
    return boxes


def _ends_with_colon(cell: Cell) -> bool:
    """Whether the first line of a cell is all of a label: "Bezeichnung:" above its text."""
    lines = cell_lines(cell)
    return len(lines) > 1 and lines[0].text.endswith(":")


def _is_answer(cell: Cell, found: Label, label: Box, columns: set[int]) -> bool:
    """Whether a cell beside a label is its text, though it begins with a label: "Kosten | Personalkosten"."""
    if not found[2] and cell.col - 1 in columns and cell.col not in columns:
        return True
    if found[2]:
        return len({(word.bold, round(word.size)) for word in cell.words}) == 1 and not _ends_with_colon(cell)
    other = bool(label.label_words) and label.label_words[0].bold and not any(word.bold for word in cell.words)
    return found[1] == label.meaning or other


def _whole_label(cell: Cell, label: Label) -> Label:
    """The label of a cell with a text beside it, where all its lines are set alike: then none of them is a text."""
    if len({(word.bold, word.italic, round(word.size)) for word in cell.words}) > 1 or label[0].endswith(":"):
        return label
    text = _said(cell)
    return text, meaning_of(text)[0] or label[1], []


def _in_label_column(cell: Cell, label_columns: set[int], cells: Sequence[Cell]) -> bool:
    code = is_code(" ".join(word.text for word in cell.words))
    return cell.col in label_columns and cell.col_span == 1 and len(cells) > 1 and not code


def _box_above(cell: Cell, before: Sequence[Box]) -> Box | None:
    """The box with its label above its text that a cell goes on with, on the next page: none for a title in bold."""
    page = cell.parts[0].page
    if all(word.bold for word in cell.words) or (before and before[-1].words and before[-1].words[-1].page == page):
        return None
    last = next((box for box in reversed(before) if box.col is not None), None)
    above = next((box for box in reversed(before) if box.col == cell.col), None)
    return above if last is not None and last.words[-1].page < page else None
