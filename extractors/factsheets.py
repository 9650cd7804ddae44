"""Forms ("Steckbriefe"): one labelled box after another, one form a measure.

A form is drawn as a table (labels left of their texts, or above them in the same cell) or as lines with labels. It is
told from a table of rows by its labels: they stand in several rows, and say different things.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from extractors.celltext import clean
from extractors.form_labels import cell_lines, label_of, labels_inline, line_label, styled_label
from extractors.headers import is_glossary, key_of, meaning_of, names_measure
from extractors.lines import group_lines, line_of, runs
from extractors.numbering import is_code
from schemas.geometry import Cell, Line, Part, Table, Word, union

_LINE_GAP = 0.5
"""White space between two lines of one label, in font sizes, at most."""
_CORE = {"measure", "indicators", "responsibilities", "description", "goal", "problem"}


@dataclass(slots=True)
class Box:
    """A labelled text of a form; `label` is None for a text without one, such as the title."""

    label: str | None
    meaning: str | None
    parts: list[Part]
    label_words: list[Word] = field(default_factory=list)
    col: int | None = None
    """The column of the cell whose first line is the label; of a label alone, where others stand above their texts."""

    @property
    def words(self) -> list[Word]:
        return self.label_words + [word for part in self.parts for word in part.words]

    @property
    def size(self) -> float:
        return max((word.size for part in self.parts for word in part.words), default=0.0)


@dataclass(slots=True)
class Form:
    boxes: list[Box] = field(default_factory=list)

    @property
    def meanings(self) -> set[str]:
        return {box.meaning for box in self.boxes if box.meaning is not None}

    @property
    def opening(self) -> list[Box]:
        """The texts without label before the boxes: title and number."""
        named = (i for i, box in enumerate(self.boxes) if box.label is not None and box.meaning != "field_of_action")
        return [box for box in self.boxes[: next(named, len(self.boxes))] if box.label is None]

    @property
    def titled(self) -> bool:
        """Whether the form itself says what the measure is: by a title, or a box that names it."""
        named = any(box.meaning == "measure" and names_measure(box.label or "") for box in self.boxes)
        return named or any(is_title(box) for box in self.opening)

    @property
    def whole(self) -> bool:
        """Whether the boxes make a measure: several known labels, one of them of a measure's core, not pages apart."""
        labelled = [box for box in self.boxes if box.label is not None]
        pages = {word.page for word in self.words}
        return max(len(pages), 3) <= len(labelled) and len(self.meanings) >= 3 and bool(self.meanings & _CORE)

    @property
    def words(self) -> list[Word]:
        return [word for box in self.boxes for word in box.words]


def is_form(table: Table) -> bool:
    """Whether a table is (part of) a form: known labels of three meanings in three rows, or two above their texts."""
    if is_glossary(table):
        return False
    if labels_inline(table):
        return True
    labelled = [(cell, found) for cell in table.cells if (found := label_of(cell)) is not None]
    heads = _header_rows(table, {id(cell) for cell, found in labelled if not found[2]})
    labelled = [(cell, found) for cell, found in labelled if cell.row not in heads]
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
    known = ((row, sum(id(cell) in labels for cell in row)) for row in rows)
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


def has_label(table: Table) -> bool:
    """Whether any cell begins with a known label above its text."""
    return any((found := label_of(cell)) is not None and found[2] for cell in table.cells)


def table_boxes(table: Table, before: Sequence[Box] = ()) -> list[Box]:
    """The boxes of a form that is drawn as a table, row by row.

    A box of those `before` it, on the page before, may go on in the first row: then its text is added there.
    """
    boxes: list[Box] = []
    labels = _label_columns(table)
    inline = labels_inline(table)
    for row in range(table.n_rows):
        cells = [cell for cell in table.row(row) if not cell.empty or (cell.col == 0 and 0 in labels)]
        above = any(box.col is not None for box in [*before, *boxes])
        if len(cells) == 1 and 0 in labels and boxes and _label_goes_on(cells[0], boxes[-1]):
            _add_to_label(boxes[-1], cells[0])
        elif inline:
            boxes += [box for cell in cells for box in line_boxes(cell_lines(cell))]
        else:
            boxes += _row_boxes(cells, labels, boxes or before, above)
    return boxes


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
    columns: set[int] = set()
    for col in range(table.n_cols - 1):
        cells = [cell for cell in table.cells if cell.col == col and cell.col_span < table.n_cols and not cell.empty]
        cells = cells if col == 0 else [cell for cell in cells if cell.col_span == 1]
        alone = [found for cell in cells if (found := label_of(cell)) is not None and not found[2]]
        styled = col == 0 or all(word.bold for cell in cells for word in cell.words)
        if len(cells) > 1 and 3 * len(alone) >= len(cells) and styled:
            columns.add(col)
    return columns


def _row_boxes(cells: Sequence[Cell], label_columns: set[int], before: Sequence[Box], above: bool) -> list[Box]:
    """The boxes of one row after those `before` it, where labels stand `above` their texts or not."""
    boxes: list[Box] = []
    waiting: Box | None = None
    labelled = any((found := label_of(cell)) is not None and found[2] for cell in cells)
    for cell in cells:
        found = label_of(cell) or (styled_label(cell) if labelled else None)
        if found is not None and found[2]:
            words = {id(word) for line in found[2] for word in line.words}
            parts = [Part(p.page, p.box, [w for w in p.words if id(w) in words]) for p in cell.parts]
            boxes.append(Box(found[0], found[1], parts, [w for w in cell.words if id(w) not in words], cell.col))
            waiting = None
        elif found is not None or _in_label_column(cell, label_columns, cells):
            if cell.empty:  # a row whose label was printed on the page before
                waiting = next((box for box in reversed(before) if box.label is not None), None)
                continue
            text = clean(" ".join(line.text for line in cell_lines(cell)))
            waiting = Box(text.rstrip(": "), found[1] if found else None, [], cell.words, cell.col if above else None)
            boxes.append(waiting)
        elif waiting is not None:
            waiting.parts += cell.parts
            waiting.col = None
        elif (cut := _box_above(cell, before)) is not None:
            cut.parts += cell.parts
        else:
            boxes.append(Box(None, None, list(cell.parts)))
    return boxes


def _in_label_column(cell: Cell, label_columns: set[int], cells: Sequence[Cell]) -> bool:
    code = is_code(" ".join(word.text for word in cell.words))
    return cell.col in label_columns and cell.col_span == 1 and len(cells) > 1 and not code


def _box_above(cell: Cell, before: Sequence[Box]) -> Box | None:
    """The box with its label above its text that a cell goes on with, on the next page: none for a title in bold."""
    if all(word.bold for word in cell.words):
        return None
    last = next((box for box in reversed(before) if box.col is not None), None)
    above = next((box for box in reversed(before) if box.col == cell.col), None)
    return above if last is not None and last.words[-1].page < cell.parts[0].page else None


def line_boxes(lines: Sequence[Line]) -> list[Box]:
    """The boxes of a form that is set as lines: "Label: text", or a label with its text beside or below it."""
    boxes: list[Box] = []
    sizes = sorted(word.size for line in lines for word in line.words)
    body = sizes[len(sizes) // 2] if sizes else 0.0
    for line in (piece for whole in lines for piece in _side_by_side(whole, body)):
        found = line_label(line, [line_of(run) for run in runs(line.words, 1.0)], body)
        if found is not None:
            label, meaning, count = found
            rest = line.words[count:]
            boxes.append(Box(label, meaning, _part(rest), line.words[:count]))
        elif boxes and not _title_like(line, boxes[-1]):
            _extend(boxes[-1], line)
        else:
            boxes.append(Box(None, None, _part(line.words)))
    return boxes


def _side_by_side(line: Line, body: float) -> list[Line]:
    """A line parted before each further known label with a colon that stands behind a wide blank or a "|"."""
    parted: list[list[Word]] = []
    for words in (piece for run in runs(line.words, 1.0) for piece in _at_bars(run)):
        piece = line_of(words)
        colon = any(word.text.endswith(":") for word in words[:-1])
        found = line_label(piece, [piece], body) if parted and colon else None
        if not parted or (found is not None and found[1] is not None):
            parted.append([])
        parted[-1] += words
    return [line_of(words) for words in parted]


def _at_bars(words: Sequence[Word]) -> list[list[Word]]:
    """Words parted before each "|" between them."""
    parts: list[list[Word]] = [[]]
    for word in words:
        if word.text in ("|", "•", "·", "/") and parts[-1]:
            parts.append([])
        parts[-1].append(word)
    return parts


def _title_like(line: Line, last: Box) -> bool:
    """A bold or larger line after a text that is neither begins something new."""
    if last.label is None:
        return abs(line.size - last.size) > 0.6
    body = [word for part in last.parts for word in part.words]
    if not body:
        return line.size > 1.15 * max(word.size for word in last.label_words)
    return (line.bold and not all(word.bold for word in body)) or line.size > 1.15 * last.size


def _part(words: Sequence[Word]) -> list[Part]:
    return [Part(words[0].page, union(word.box for word in words), list(words))] if words else []


def _extend(box: Box, line: Line) -> None:
    if box.parts and box.parts[-1].page == line.page:
        part = box.parts[-1]
        part.words.extend(line.words)
        part.box = union([part.box, line.box])
    else:
        box.parts += _part(line.words)


def forms_of(boxes: Iterable[Box]) -> list[Form]:
    """The boxes parted into forms: a label that is there already, or a title after boxes, begins a new one."""
    forms: list[Form] = [Form()]
    for box in boxes:
        if _begins(forms[-1], box):
            title = _trailingis_title(forms[-1]) if box.label is not None else []
            forms.append(Form(title))
        forms[-1].boxes.append(box)
    return forms


def _begins(form: Form, box: Box) -> bool:
    labels = {key_of(b.label) for b in form.boxes if b.label is not None}
    if box.label is None:
        usual = sorted(b.size for b in form.boxes if b.label is not None and b.parts)
        return len(labels) >= 3 and bool(usual) and box.size > 1.1 * usual[len(usual) // 2]
    first = next((b for b in form.boxes if b.label is not None and b.meaning != "field_of_action"), None)
    # "Maßnahme 2: ..." after "Maßnahme 1: ..." and its boxes.
    counted = first is not None and first.meaning == box.meaning == "measure" and len(labels) > 2
    again = first is not None and counted and _uncounted(box.label) == _uncounted(first.label or "")
    return again or key_of(box.label) in labels


def _uncounted(label: str) -> str:
    return " ".join(word for word in key_of(label).split() if not word.isdigit())


def _trailingis_title(form: Form) -> list[Box]:
    """Take the texts without label at the end of a form off it: they are the title of the next one."""
    taken: list[Box] = []
    while form.boxes and form.boxes[-1].label is None and len(form.boxes) > 1:
        taken.insert(0, form.boxes.pop())
    return taken


def is_title(box: Box) -> bool:
    """Whether a text without label is long enough for a title, and no number."""
    text = " ".join(word.text for word in box.words)
    return len(text) > 3 and not is_code(text)


def text_forms(words: Sequence[Word]) -> list[Form]:
    """The forms that are set as lines, out of the words of all pages that no table holds."""
    pages = sorted({word.page for word in words})
    lines = [line for page in pages for line in group_lines(w for w in words if w.page == page and w.upright)]
    forms = [form for form in forms_of(line_boxes(lines)) if form.whole]
    for form in forms:
        form.boxes = form.boxes[_title_at(form) :]
    return forms


def _title_at(form: Form) -> int:
    """The first box that belongs to a form: its title is the last heading above it, unless a label says the measure."""
    opening = form.opening
    if "measure" in form.meanings:
        return len(opening)
    sizes = sorted(word.size for word in form.words)
    usual = sizes[len(sizes) // 2]
    heads = [n for n, box in enumerate(opening) if box.size > 1.05 * usual or all(word.bold for word in box.words)]
    return heads[-1] if heads else max(0, len(opening) - 1)
