"""Rows of a plan's table -> measures with their texts, sub-rows and places."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import cache, cached_property
from itertools import pairwise

from extractors.celltext import leading_of, lined, part_lines, prose, read_items
from extractors.field_names import field_name
from extractors.headers import Column, Header
from extractors.knowledge import load
from extractors.labelled_bands import LabelledBands, LabelledRow
from extractors.meanings import key_of
from extractors.measure_draft import Cited, MeasureDraft
from extractors.measure_texts import read_box, spots_of
from extractors.numbering import begins_with_code
from extractors.title_rows import below_titles, names_no_measure, title_rows
from extractors.vocabulary import Vocabulary
from schemas.geometry import Cell, Table, Word
from schemas.records import Problem

_BAND_LENGTH = 140
_TITLES = 2
"""Rows of a number and a title, at least, that show that rows without number say more of them."""
_CERTAIN = 0.85
"""Likeness of a header from which its meaning is beyond doubt."""
_AMOUNT = re.compile(r"^[\d.,  ]*(?:T?€|T?EUR|Euro|Stellen|VZÄ|%)?$")
_MAIN = ("measure", "description", "goal", "problem", "indicators", "responsibilities")


class _Context:
    """A table of a plan while its rows are read."""

    def __init__(self, table: Table, header: Header, vocabulary: Vocabulary) -> None:
        self.table, self.header, self.vocabulary = table, header, vocabulary
        self.leading = leading_of([line for line, _ in part_lines(cell.parts)] for cell in table.cells)
        self.bands: dict[int, Cited | None] = {}
        """What `_band` found: it is asked for a row more than once."""
        self._over: list[list[Cell]] = [[] for _ in range(table.n_rows)]
        for cell in table.cells:
            for row in range(cell.row, min(cell.last_row + 1, table.n_rows)):
                self._over[row].append(cell)

    def over(self, first: int, last: int) -> list[Cell]:
        """The cells that cover any of the rows, those of `first` before others: a plan can have a thousand rows."""
        below = range(first + 1, min(last + 1, len(self._over)))
        return self._over[first] + [cell for row in below for cell in self._over[row] if cell.row == row]

    def at(self, row: int, col: int) -> Cell | None:
        """The cell that covers the grid position, or None where the grid has a hole."""
        return next((cell for cell in self._over[row] if cell.col <= col <= cell.last_col), None)

    @cached_property
    def titles_in_bold(self) -> bool:
        """Whether the measures are bold in the first column, so that one without other texts is no band for that.

        Bands are then cells over all columns; or a row of one cell ends the table or stands above another such row.
        """
        main = self.header.column("measure")
        if main is None or main.index > 0 or names_no_measure(self.header):
            return False
        body = range(self.header.rows, self.table.n_rows)
        rows = {row: cells for row in body if (cells := self.filled(row)) and cells[0].col == 0}
        bold = [all(word.bold for word in cells[0].words) for cells in rows.values() if len(cells) > 1]
        if 2 * sum(bold) <= len(rows):
            return False
        alone = [row for row, cells in rows.items() if len(cells) == 1]
        spanned = any(rows[row][0].col_span == self.table.n_cols for row in alone)
        coded = any(begins_with_code([word.text for word in rows[row][0].words]) for row in alone)
        return spanned or coded or any(row + 1 in alone or row + 1 == self.table.n_rows for row in alone)

    def keys(self, row: int) -> dict[int, str]:
        """Column -> text, as headers are compared, of the cells that begin in the row."""
        cells = [cell for cell in self._over[row] if cell.row == row]
        return {cell.col: key_of(" ".join(word.text for word in cell.words)) for cell in cells}

    def filled(self, row: int) -> list[Cell]:
        """The cells with text that begin in the row, from left to right."""
        return sorted((c for c in self._over[row] if c.row == row and not c.empty), key=lambda cell: cell.col)


def read_measures(
    table: Table, header: Header, vocabulary: Vocabulary, field_of_action: Cited | None, notes: list[Problem]
) -> list[MeasureDraft]:
    """The measures of a plan's table, in its order.

    `field_of_action` is what the heading above says; a band row or a column of the table overrules it. What a row of
    sums says goes to `notes`.
    """
    context = _Context(table, header, vocabulary)
    titles = _titles(context)
    main = next((c for name in _MAIN if (c := context.header.column(name)) is not None), None)
    if main is None:
        return []
    rows = _Rows(context, main, titles, _above_header(context) or field_of_action)
    row = header.rows
    while row < table.n_rows:
        row = row + 1 if rows.is_aside(row, notes) else rows.read(row)
    rows.end_title()
    return rows.drafts


class _Rows:
    """The rows of a table while they are read from top to bottom."""

    def __init__(self, context: _Context, main: Column, titles: dict[int, Cited], field: Cited | None) -> None:
        """`titles` are the rows with the title of a measure alone, `field` is the field of action above all rows."""
        self.drafts: list[MeasureDraft] = []
        self._context, self._main, self._titles, self._field = context, main, titles, field
        self._labelled = _labelled(context)
        self._title: Cited | None = None
        self._number: Cited | None = None
        """What stands in the column of numbers beside the title."""

    def is_aside(self, row: int, notes: list[Problem]) -> bool:
        """Whether a row is no measure but says something of others; then it is read. Sums go to `notes`."""
        context = self._context
        if _header_again(context, row):
            self._field = _changed_label(context, row, self._main) or self._field
        elif _is_sum(context, row):
            notes.append(_left_out(context, row))
        elif self._labelled.begins(row) or (self.drafts and self._labelled.add_to(self.drafts[-1], row)):
            pass
        elif row in self._titles:
            self.end_title()
            self._title, self._number = self._titles[row], _number_of(context, row)
        elif (band := _band(context, row)) is not None:
            self._field = Cited(field_name(band.text), band.spots)
            self._labelled.end()
        else:
            return False
        return True

    def read(self, row: int) -> int:
        """Read the measure that begins in a row, or goes on in it; returns the row after it."""
        cell = self._context.at(row, self._main.index)
        last = cell.last_row if cell is not None else row
        cells = [cell for cell in self._context.over(row, last) if not cell.empty]
        goes_on = (cell is None or cell.empty) and not _begins(self._context, cells, row)
        if cells and self.drafts and self._title is None and (goes_on or self._titles):
            _add_row(self._context, self.drafts[-1], row, last)
        elif cells:
            self.drafts.append(_draft(self._context, row, last, self._field, self._title))
            self._labelled.say(self.drafts[-1])
            self._say_number()
            self._title = None
        return last + 1

    def end_title(self) -> None:
        """Let a title without a row below it be a measure."""
        if self._title is not None:
            self.drafts.append(_titled(self._title, self._field))
            self._say_number()
        self._title = None

    def _say_number(self) -> None:
        """Let the number beside a title be that of the measure."""
        if self._title is not None and self._number is not None:
            self.drafts[-1].texts.setdefault("number", self._number.text)
            self.drafts[-1].spots.setdefault("number", list(self._number.spots))


def _labelled(context: _Context) -> LabelledBands:
    """The rows that are one wide cell with a label of its own: "Leitziel 2: ..."."""
    rows: dict[int, LabelledRow] = {}
    titles: set[int] = set()
    for row in range(context.header.rows, context.table.n_rows):
        cells = context.filled(row)
        if len(cells) == 1 and (cells[0].col_span > 1 or cells[0].col == 0):
            text = lined(read_items(cells[0].parts, context.vocabulary, context.leading))
            labelled = LabelledRow.of(text, spots_of(cells[0].parts))
            if labelled is not None:
                rows[row] = labelled
            elif _band(context, row) is not None:
                titles.add(row)
    return LabelledBands(rows, context.header.rows, titles)


def _above_header(context: _Context) -> Cited | None:
    """The field of action in a row over all columns right above the labels."""
    for row in range(context.header.rows):
        band = _band(context, row)
        if band is not None and context.filled(row)[0].col_span == context.table.n_cols > 1:
            return Cited(field_name(band.text), band.spots)
    return None


def _titles(context: _Context) -> dict[int, Cited]:
    """The rows that are titles of the measures below them; the header then says what their other texts are."""
    rows = range(context.header.rows, context.table.n_rows)
    bands = {row: band for row in rows if (band := _band(context, row)) is not None}
    if names_no_measure(context.header):
        titles = title_rows(bands, context.header, context.table.n_rows)
    else:
        titles = bands if _are_numbered_titles(context, bands) else {}
    if titles:
        context.header = below_titles(context.header)
        context.bands.clear()
    return titles


def _are_numbered_titles(context: _Context, bands: Collection[int]) -> bool:
    """Whether all numbers stand in rows of a number and a bold text, each above a row without one: of one measure."""
    number = context.header.column("number")
    if number is None or len(bands) < _TITLES:
        return False
    rows = range(context.header.rows, context.table.n_rows)
    numbered = {row for row in rows if any(cell.col == number.index for cell in context.filled(row))}
    return numbered == set(bands) and all(b - a == 2 for a, b in pairwise([*sorted(bands), context.table.n_rows]))


def _band(context: _Context, row: int) -> Cited | None:
    """The text of a row that is one cell over all columns: a field of action, or the title of a measure."""
    if row not in context.bands:
        context.bands[row] = _find_band(context, row)
    return context.bands[row]


def _find_band(context: _Context, row: int) -> Cited | None:
    cells = context.filled(row)
    if len(cells) == 2 and _numbered_band(context, cells):
        text = prose(read_items(cells[1].parts, context.vocabulary, context.leading))
        return Cited(text, spots_of(cells[1].parts))
    if len(cells) != 1 or cells[0].row_span > 1 or any(c.row < row for c in context.over(row, row)):
        return None
    cell = cells[0]
    bold = cell.col == 0 and all(word.bold for word in cell.words) and not context.titles_in_bold
    alone = cell.col_span == context.table.n_cols or bold
    text = prose(read_items(cell.parts, context.vocabulary, context.leading))
    return Cited(text, spots_of(cell.parts)) if alone and len(text) <= _BAND_LENGTH else None


def _number_of(context: _Context, row: int) -> Cited | None:
    """The text of a row in the column of numbers."""
    number = context.header.column("number")
    cell = context.at(row, number.index) if number is not None else None
    if cell is None or cell.empty or cell.col_span > 1:
        return None
    return Cited(prose(read_items(cell.parts, context.vocabulary, context.leading)), spots_of(cell.parts))


def _numbered_band(context: _Context, cells: Sequence[Cell]) -> bool:
    """Whether a number and a text, both bold in a table whose rows are not, are alone in their row: "1 | Verkehr"."""
    number, main = context.header.column("number"), context.header.column("measure")
    if number is None or main is None or (cells[0].col, cells[1].col) != (number.index, main.index):
        return False
    rows = [c for c in context.table.cells if c.col == main.index and c.row >= context.header.rows and not c.empty]
    plain = [c for c in rows if not all(word.bold for word in c.words)]
    return all(word.bold for cell in cells for word in cell.words) and 2 * len(plain) >= len(rows)


def _header_again(context: _Context, row: int) -> bool:
    """Whether a row prints the labels of a row of the header again; one of several may differ: the name of a part."""
    texts = context.keys(row)
    for head in range(context.header.rows):
        labels = context.keys(head)
        filled = [col for col, text in texts.items() if text]
        same = sum(texts[col] == labels.get(col) for col in filled)
        if (
            len(texts) > 1
            and filled
            and (texts == labels or (len(filled) == len(labels) > 2 and same == len(filled) - 1))
        ):
            return True
    return False


def _changed_label(context: _Context, row: int, main: Column) -> Cited | None:
    """The text that a header printed again has over its main column, where it is another one."""
    cell = context.at(row, main.index)
    keys = {context.keys(head).get(main.index) for head in range(context.header.rows)}
    if cell is None or cell.empty or key_of(" ".join(word.text for word in cell.words)) in keys:
        return None
    text = prose(read_items(cell.parts, context.vocabulary, context.leading))
    return Cited(field_name(text), spots_of(cell.parts))


@cache
def _sum_words() -> frozenset[str]:
    return frozenset(key_of(word) for word in load("columns.toml")["plan"]["sums"]["words"])


def _is_sum(context: _Context, row: int) -> bool:
    """Whether a row adds up the rows above: its first text says so, and the others are numbers."""
    cells = context.filled(row)
    texts = [" ".join(word.text for word in cell.words) for cell in cells]
    if len(texts) < 2 or not key_of(texts[0]).startswith(tuple(_sum_words())):
        return False
    return key_of(texts[0]).split()[0] in _sum_words() and all(_AMOUNT.match(text) for text in texts[1:])


def _left_out(context: _Context, row: int) -> Problem:
    cells = context.filled(row)
    text = " | ".join(lined(read_items(cell.parts, context.vocabulary)) for cell in cells)
    message = f"a row of sums is no measure: {text}"
    return Problem(code="sum_left_out", severity="info", message=message, page=cells[0].parts[0].page)


def _begins(context: _Context, cells: Sequence[Cell], row: int) -> bool:
    """Whether a row without text in the measure column is a measure of its own: its number or problem begins here."""
    known = {column.index for name in ("number", "problem") if (column := context.header.column(name)) is not None}
    return any(cell.col in known and cell.row == row for cell in cells)


def _titled(title: Cited | None, field_of_action: Cited | None) -> MeasureDraft:
    """A measure of which the title, if there is one, and the field of action are known."""
    draft = MeasureDraft.under(field_of_action)
    if title is not None:
        draft.texts["measure"], draft.spots["measure"] = title.text, list(title.spots)
    return draft


def _draft(
    context: _Context, first: int, last: int, field_of_action: Cited | None, title: Cited | None
) -> MeasureDraft:
    draft = _titled(title, field_of_action)
    _read_rows(context, draft, first, last, 0)
    likeness = [
        c.likeness for name in ("measure", "indicators", "responsibilities") if (c := context.header.column(name))
    ]
    # A known word with an ending is no doubt; a slip of the pen or a word far back in a long label is one.
    draft.confidence = min([1.0, *(value / _CERTAIN for value in likeness)]) if likeness else 0.5
    draft.confidence *= _reading(w for cell in context.over(first, last) if first <= cell.row for w in cell.words)
    if "measure" not in draft.texts:
        page = min((page for spots in draft.spots.values() for page, _ in spots), default=context.table.page)
        draft.doubts.append(("measure_empty", page, "a row of the plan has no text in its measure column"))
        draft.confidence *= 0.6
    return draft


def _reading(words: Iterable[Word]) -> float:
    """How surely words were read: the mean over their letters, for OCR is often unsure of a word that it reads well."""
    letters = [(word.confidence, sum(c.isalnum() for c in word.text)) for word in words]
    total = sum(count for _, count in letters)
    return sum(confidence * count for confidence, count in letters) / total if total else 1.0


def _add_row(context: _Context, draft: MeasureDraft, first: int, last: int) -> None:
    """Add a row without a measure of its own to the measure above, as a further sub-row."""
    rows = [i.row for i in draft.indicators] + list(draft.responsibility_rows)
    _read_rows(context, draft, first, last, max(rows, default=1))


def _read_rows(context: _Context, draft: MeasureDraft, first: int, last: int, offset: int) -> None:
    over = sorted(context.over(first, last), key=lambda cell: cell.row)
    starts = sorted({max(cell.row, first) for cell in over})
    for column in context.header.columns:
        cells = [cell for cell in over if cell.col <= column.index <= cell.last_col]
        if offset and all(cell.row < first for cell in cells):
            continue  # a spanned cell already read with the rows above
        for cell in cells:
            if cell.col == column.index and not cell.empty:
                row = offset + 1 + starts.index(max(cell.row, first))
                _read_cell(context, draft, column, cell, row)


def _read_cell(context: _Context, draft: MeasureDraft, column: Column, cell: Cell, row: int) -> None:
    """Put the text of one cell where its column says."""
    best = context.header.column(column.meaning) if column.meaning else None
    meaning = column.meaning if best is column else None
    label = column.label or f"Spalte {column.index + 1}"
    read_box(draft, label, meaning, cell.parts, context.vocabulary, context.leading, row)
