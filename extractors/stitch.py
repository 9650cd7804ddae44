"""One table again out of its pieces on several pages, and one row again out of its halves.

Whether the first row of a piece goes on with the last row of the piece before is weighed column by column: what the
text says (a sentence, a word or a bracket left open, a lower-case beginning), what the layout says (the text of a cut
row reaches the bottom of its page, a cut row leaves cells empty that are full elsewhere) and what numbering says.
Pieces are only weighed when nothing but furniture and footnotes stands between them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from extractors.celltext import bullet_of, clean, part_lines
from extractors.factsheets import is_form, labels_left
from extractors.form_labels import label_of, labels_inline
from extractors.form_rows import label_rows
from extractors.headers import find_header
from extractors.knowledge import words as knowledge_words
from extractors.meanings import key_of
from extractors.numbering import is_number
from extractors.vocabulary import Vocabulary
from schemas.geometry import Cell, Line, Page, Table

_ALIGN = 5.0
"""Points by which the column edges of two pieces may differ."""
_ALIGN_FREE = 28.0
_SURE = 1.5
_NUMBERED = -6.0
"""What two numbers, one below the other, say: two rows."""
_REPEATED = -1.0
"""What the same text above and below says: a text does not go on with itself."""
_FULL = 0.9
"""Share of the other cells of a column that hold text where an empty one is the end of a spanned one."""
_VALUE_WORDS = 3
_ROOM = ((2.6, -2.0), (1.6, -1.0))
"""Lines of white space below a text that show that more text would have had room, and how much that says."""


@dataclass(slots=True)
class _Weight:
    """What one column says about the break: above 0 the cell goes on, below 0 a new one begins."""

    value: float
    upper: Cell
    lower: Cell


def stitch(pages: Sequence[Page], tables: Sequence[Table], body_size: float, vocabulary: Vocabulary) -> list[Table]:
    """The `tables` of all `pages`, in reading order, with the pieces of one table joined.

    The tables are changed in place: joined cells get the parts of their continuations.
    """
    by_number = {page.number: page for page in pages}
    result: list[Table] = []
    for table in sorted(tables, key=lambda t: (t.page, t.box[1], t.box[0])):
        near = result[-1:] if table.card else result[-3:]  # of cards side by side the first goes on with the last
        last = next((t for t in reversed(near) if _neighbours(t, table, by_number, body_size)), None)
        if last is None or not _same_columns(last, table):
            result.append(table)
            continue
        repeated = _repeated_rows(last, table)
        if repeated == 0 and (_next_form(last, table) or find_header(table, vocabulary) is not None):
            result.append(table)
            continue
        _append(last, table, repeated)
    # A frame around one text is no table; the last line of a table alone on a page was one only as its continuation.
    # Boxes side by side without a rule are lines of a form: "Zeitraum: 2026    Kosten: 100 €".
    whole = [table for table in result if sum(not cell.empty for cell in table.cells) > 1]
    return [table for table in whole if table.ruled or not labels_inline(table)]


def _next_form(upper: Table, lower: Table) -> bool:
    """Whether a piece is a form of its own: it begins with the label with which the form before began."""
    first, second = upper.at(0, 0), lower.at(0, 0)
    if first is None or second is None or [w.text for w in first.words] != [w.text for w in second.words]:
        return False
    return labels_left(lower) or bool(label_rows(lower))


def _neighbours(upper: Table, lower: Table, pages: dict[int, Page], body_size: float) -> bool:
    """Whether nothing but furniture, footnotes and white space stands between the end of one and the other."""
    upper_page, upper_box = upper.pieces[-1]
    lower_page, lower_box = lower.pieces[0]
    if upper_page == lower_page:
        # Rows drawn as boxes of their own, one close below the other.
        return 0 <= lower_box[1] - upper_box[3] < 0.8 * body_size and _aligned(upper.edges, lower.edges)
    if lower_page != upper_page + 1:
        return False
    below = any(w.top > upper_box[3] - 1 and w.size > 0.87 * body_size and w.upright for w in pages[upper_page].body)
    above = any(w.bottom < lower_box[1] + 1 and w.upright for w in pages[lower_page].body)
    return not below and not above


def _aligned(first: Sequence[float], second: Sequence[float]) -> bool:
    return len(first) == len(second) and all(abs(a - b) <= _ALIGN for a, b in zip(first, second, strict=True))


def _shift(upper: Table, lower: Table) -> float:
    """What must be added to the x of `lower` so that both begin at the same place (mirrored margins)."""
    shift = upper.edges[0] - lower.edges[0]
    same_width = abs((upper.edges[-1] - upper.edges[0]) - (lower.edges[-1] - lower.edges[0])) <= 2 * _ALIGN
    return shift if same_width else 0.0


def _same_columns(upper: Table, lower: Table) -> bool:
    """Whether the edges of the piece with fewer columns are all edges of the other as well."""
    if not (upper.ruled and lower.ruled):
        # White space moves with the text: the middles of the same gutters differ from page to page.
        near = zip(upper.edges[:-1], lower.edges[:-1], strict=False)  # the last column ends with its texts
        return upper.n_cols == lower.n_cols and all(abs(a - b) <= _ALIGN_FREE for a, b in near)
    shift = _shift(upper, lower)
    moved = [edge + shift for edge in lower.edges]
    if abs(moved[0] - upper.edges[0]) > _ALIGN or abs(moved[-1] - upper.edges[-1]) > _ALIGN:
        return False
    few, many = sorted((upper.edges, moved), key=len)
    if len(few) < 3 < len(many) and not (lower.n_cols == 1 and _ends_whole(upper)):
        return False
    return all(any(abs(edge - other) <= _ALIGN for other in many) for edge in few)


def _ends_whole(table: Table) -> bool:
    """Whether the last row of a table is one cell over all columns, as rows of forms are."""
    last = table.row(table.n_rows - 1)
    return len(last) == 1 and last[0].col_span == table.n_cols


def _row_key(table: Table, row: int) -> tuple[str, ...]:
    return tuple(key_of(" ".join(word.text for word in cell.words)) for cell in table.row(row))


def _repeated_rows(upper: Table, lower: Table) -> int:
    """How many rows at the top of `lower` print the header of `upper` again."""
    first = _row_key(lower, 0)
    if not any(first) or (_boxes(lower.row(0)) and (labels_left(upper) or is_form(upper))) or label_rows(lower):
        return 0  # a box of a form says what one above said, as "Handlungsfeld | Verkehr"
    for start in range(min(3, upper.n_rows)):
        if _row_key(upper, start) != first:
            continue
        count = 1
        while (
            count < min(lower.n_rows, 3)
            and start + count < upper.n_rows
            and any(_row_key(lower, count))
            and _row_key(upper, start + count) == _row_key(lower, count)
        ):
            count += 1
        return count
    return 0


def _begins_label(upper: Table, cells: Sequence[Cell]) -> bool:
    """Whether the first row of a page begins with a label of a form, other than that of the row above."""
    first = next((cell for cell in cells if cell.col == 0), None)
    if first is None or first.empty or not (upper.labelled or _few_labels(upper.row(0))):
        return False
    label = label_of(first)
    if not (upper.labelled or labels_left(upper)) and (label is None or label[2] or not is_form(upper)):
        return False
    last = upper.at(upper.n_rows - 1, 0)
    return last is None or [word.text for word in last.words] != [word.text for word in first.words]


def _boxes(cells: Sequence[Cell]) -> bool:
    """Whether a row is one of labels with their texts beside them."""
    return bool(cells) and label_of(cells[0]) is not None and _few_labels(cells)


def _few_labels(cells: Sequence[Cell]) -> bool:
    """Whether a row is none of a header: at most half of its cells are labels."""
    return 2 * sum(label_of(cell) is not None for cell in cells) <= len(cells)


def _append(upper: Table, lower: Table, repeated: int) -> None:
    """Add the rows of `lower` to `upper`, joining the cells that the break cut."""
    _unify_columns(upper, lower)
    for cell in lower.cells:
        if cell.row < repeated:
            upper.repeated += cell.words
    cells = [cell for cell in lower.cells if cell.row >= repeated]
    page = lower.pieces[0][0]
    upper.pieces += lower.pieces
    upper.unsure += lower.unsure
    upper.repeated += lower.repeated
    if not cells:
        return
    weights = [] if _begins_label(upper, cells) else _weigh(upper, cells, repeated)
    total = sum(weight.value for weight in weights)
    joined = total > 0 and bool(weights)
    if weights and abs(total) < _SURE:
        outcome = "joined with" if joined else "kept apart from"
        upper.unsure.append((page, f"the first row of this page was {outcome} the last row of the page before"))
    offset = upper.n_rows - repeated - (1 if joined else 0)
    gone = {id(weight.lower) for weight in weights if joined or _spans(upper, weight, weights)}
    for cell in cells:
        cell.row += offset
    for weight in weights:
        if id(weight.lower) in gone:
            weight.upper.parts += weight.lower.parts
            weight.upper.row_span = max(weight.upper.last_row, weight.lower.last_row) - weight.upper.row + 1
    upper.cells += [cell for cell in cells if id(cell) not in gone]
    upper.n_rows = max(cell.last_row for cell in upper.cells) + 1


def _spans(table: Table, weight: _Weight, weights: Sequence[_Weight]) -> bool:
    """A spanned cell that goes on although its row does not: empty or clearly continued at the left of a new row.

    Its text may stand in either half: in the middle of all its rows, or where it had room.
    """
    if weight.upper.empty and not weight.lower.empty:
        return weight.upper.row_span > 1 and table.ruled and _fullness(table, weight.upper) >= _FULL
    if weight.value >= 3.0 and not weight.lower.empty:
        anew = min((other.upper.col for other in weights if other.value <= -1.0), default=0)
        taller = weight.lower.row_span > min(other.lower.row_span for other in weights)
        begun = weight.upper.row < max(other.upper.row for other in weights)
        return weight.upper.col < anew or taller or begun  # what stands right of a new text is new
    if not weight.lower.empty or weight.upper.empty:
        return False
    first_full = min((w.lower.col for w in weights if not w.lower.empty), default=0)
    taller = weight.lower.row_span > min(w.lower.row_span for w in weights)
    begun = weight.upper.row < max(w.upper.row for w in weights)
    spanned = begun or any(c.row_span > 1 for c in table.cells if c.col == weight.upper.col and c is not weight.upper)
    return weight.lower.col < first_full or taller or (spanned and _fullness(table, weight.upper) >= _FULL)


def _unify_columns(upper: Table, lower: Table) -> None:
    """Give both pieces the columns of the finer one."""
    shift = _shift(upper, lower)
    moved = [edge + shift for edge in lower.edges]
    if len(moved) > len(upper.edges):
        _recolumn(upper, upper.edges, moved)
        upper.edges, upper.n_cols = moved, lower.n_cols
    elif len(moved) < len(upper.edges):
        _recolumn(lower, moved, upper.edges)


def _recolumn(table: Table, old: Sequence[float], new: Sequence[float]) -> None:
    def index(edge: float) -> int:
        return min(range(len(new)), key=lambda i: abs(new[i] - edge))

    for cell in table.cells:
        first, after = index(old[cell.col]), index(old[cell.last_col + 1])
        cell.col, cell.col_span = first, max(1, after - first)


def _weigh(upper: Table, cells: Sequence[Cell], first_row: int) -> list[_Weight]:
    """One weight for each pair of cells that face each other over the break."""
    below = [cell for cell in cells if cell.row == first_row]
    above = [cell for cell in upper.cells if cell.last_row == upper.n_rows - 1]
    pairs: list[tuple[Cell, Cell]] = []
    for low in below:
        high = next((cell for cell in above if cell.col == low.col and cell.col_span == low.col_span), None)
        if high is None:
            return []  # the columns differ in this row: a new row for certain
        pairs.append((high, low))
    bottom = upper.pieces[-2][1][3]
    weights = [_Weight(_weight(upper, high, low, bottom, cells), high, low) for high, low in pairs]
    if _complete_each_other(upper, weights):
        for weight in weights:
            weight.value = max(weight.value, 0.5)
    if not any(low.empty and not high.empty for high, low in pairs):
        weights[0].value -= 1.0  # a new row fills its cells, a cut one seldom fills all of them
    return weights


def _complete_each_other(upper: Table, weights: Sequence[_Weight]) -> bool:
    """Whether each half of a row lacks texts that all other rows have, and the other half has them."""
    full = [weight for weight in weights if _fullness(upper, weight.upper) >= _FULL]
    both = [weight for weight in weights if not weight.upper.empty and not weight.lower.empty]
    lacking = any(weight.upper.empty for weight in full) and any(weight.lower.empty for weight in full)
    return lacking and all(weight.value >= 0 for weight in both)


def _weight(table: Table, high: Cell, low: Cell, bottom: float, below: Sequence[Cell]) -> float:
    """What one pair of cells says; `bottom` is where the upper piece of the table ends, `below` are the next one's."""
    if low.empty:
        # Where no rule ends it, a text that stands beside several rows goes on beside new ones.
        spanning = not table.ruled and any(cell.row_span > 1 for cell in table.cells if cell.col == high.col)
        return 0.0 if high.empty or spanning else 1.0 * _fullness(table, high)
    if high.empty or not high.parts[-1].words:
        return -3.0  # its text ended on an earlier page
    upper_lines = [line for line, _ in part_lines(high.parts)]
    lower_lines = [line for line, _ in part_lines(low.parts)]
    last, first = upper_lines[-1], lower_lines[0]
    if any(len(lines) == 1 and not re.search(r"\w", lines[0].text) for lines in (upper_lines, lower_lines)):
        return -3.0  # a dash alone stands for no text, "+++" for a value
    if is_number(first.text) and is_number(clean(upper_lines[0].text)):
        return _NUMBERED
    if first.bold != last.bold or not (first.words[0].upright or last.words[0].upright):
        return -3.0  # turned text is printed whole on each page
    # A cut row fills each of its cells to the bottom of the page before the text goes on.
    had_room = next((weight for lines, weight in _ROOM if bottom - last.bottom > lines * last.size), 0.0)
    if [word.text for word in high.words] == [word.text for word in low.words]:
        return _REPEATED
    column = [cell for cell in (*table.cells, *below) if cell.col == high.col and cell.words]
    return had_room + _text_weight(table, high, last, first, column) + _open_brackets(upper_lines)


def _text_weight(table: Table, high: Cell, last: Line, first: Line, column: Sequence[Cell]) -> float:
    end, begin = last.words[-1].text, first.words[0].text
    listed = any(bullet_of(line) for line, _ in part_lines(high.parts))
    if bullet_of(first) is not None:
        return 0.3 if listed else -0.5
    if end[-1] in "-\u00ad\u2010":
        return 3.0
    # A text that goes on would have put its next word on the line before, had there been room.
    room = _right_limit(table, high) - last.x1
    fits = first.words[0].x1 - first.words[0].x0 + 0.3 * last.size < room - 1.0
    if end[-1] in "/(,;:&+" or end.casefold() in _open_ended():
        return 1.5 if fits else 3.0
    if begin[0].islower() or begin[0] in ")]},;.":
        tells = not _lower_starts(column) and not _short_values(column)
        return -0.5 if fits else (3.0 if tells else 0.4)
    if listed:
        return 1.5  # a list goes on with a line that is no item of its own
    if end[-1] in ".!?":
        return -1.5
    return -1.0 if fits else 0.2


def _right_limit(table: Table, cell: Cell) -> float:
    """The x up to which lines of a cell reach: its border less the padding, or where the column's texts end."""
    part = cell.parts[-1]
    if table.ruled:
        return part.box[2] - (min(word.x0 for word in part.words) - part.box[0])
    column = [c for c in table.cells if c.col == cell.col and c.col_span == cell.col_span and c.row > 0]
    return max(word.x1 for c in [*column, cell] for word in c.words)


@cache
def _open_ended() -> frozenset[str]:
    return frozenset(knowledge_words("text.toml", "open_ended", "words"))


def _open_brackets(lines: Sequence[Line]) -> float:
    text = " ".join(line.text for line in lines)
    return 2.0 if text.count("(") > text.count(")") else 0.0


def _fullness(table: Table, cell: Cell) -> float:
    """The share of the column's other cells that hold text."""
    column = [c for c in table.cells if c.col == cell.col and c is not cell]
    return sum(not c.empty for c in column) / len(column) if column else 0.5


def _short_values(column: Sequence[Cell]) -> bool:
    """Whether the column holds a few words in each cell, "seit 2024": each is complete."""
    counts = [len(cell.words) for cell in column if cell.row]
    return len(counts) > 2 and max(counts) <= _VALUE_WORDS


def _lower_starts(column: Sequence[Cell]) -> bool:
    """Whether cells of the column begin with a lower-case letter, so that it tells little."""
    starts = [cell.words[0].text[0] for cell in column]
    return len(starts) > 2 and sum(s.islower() for s in starts) > len(starts) / 3
