"""Header cells -> the meaning of each column. The words are in knowledge/columns.toml."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from extractors.celltext import clean, part_lines, prose, read_items
from extractors.knowledge import load
from extractors.meanings import SECOND, ends_open, joined_label, key_of, meaning_of, meanings_of_parts, weight_of
from extractors.numbering import is_number
from extractors.vocabulary import Vocabulary
from schemas.geometry import Cell, Table

_FILE = "columns.toml"
_KNOWN = 0.6


@dataclass(slots=True)
class Column:
    """A column (or a labelled box): what the header prints, and the record field it means, if known."""

    index: int
    label: str
    meaning: str | None
    likeness: float


@dataclass(slots=True)
class Header:
    """The header of a table: its first `rows` rows."""

    rows: int
    columns: list[Column]

    def column(self, meaning: str) -> Column | None:
        """The best column of that meaning: two columns may share one, the likelier wins, then the left one."""
        found = [column for column in self.columns if column.meaning == meaning]
        return max(found, key=lambda c: (c.likeness, -c.index), default=None)


def find_header(table: Table, vocabulary: Vocabulary) -> Header | None:
    """The header of a table whose columns tell that it is a plan of measures; None for any other table.

    Looks at the first rows: a title or band may stand above, and a header may take two rows.
    """
    for first in range(min(3, table.n_rows)):
        for last in (first + 1, first) if _groups(table, first, vocabulary) else (first, first + 1):
            if last >= table.n_rows - 1 and last > first:
                continue
            header = _header_of(table, first, last, vocabulary)
            if header is not None:
                return header
    return None


def _groups(table: Table, row: int, vocabulary: Vocabulary) -> bool:
    """Whether a row names groups of columns and the next one the columns: cells over several, two labels below them."""
    spans = [cell for cell in table.row(row) if 1 < cell.col_span < table.n_cols and not cell.empty]
    below = [c for c in table.row(row + 1) if any(g.col <= c.col <= g.last_col and c.col_span == 1 for g in spans)]
    known = (meaning_of(prose(read_items(cell.parts, vocabulary)))[1] >= _KNOWN for cell in below)
    return sum(known) >= max(2, len(below) / 2)


def _header_of(table: Table, first: int, last: int, vocabulary: Vocabulary) -> Header | None:
    if any(cell.row <= last < cell.last_row and not cell.empty for cell in table.cells):
        return None  # a cell of the header goes on below it: the header has more rows
    if last > first and not _goes_on(table, first, vocabulary):
        return None
    columns = labels_of(table, first, last, vocabulary)
    if last > first and all(column.meaning != "measure" for column in columns):
        above = labels_of(table, first, first, vocabulary)
        if any(key_of(column.label) in other_labels() for column in above):
            return None
    if not is_plan(columns):
        return None
    for column in columns:
        if not column.label:
            _name_by_cells(table, columns, column, last + 1)
    return Header(last + 1, columns)


def _goes_on(table: Table, row: int, vocabulary: Vocabulary) -> bool:
    """Whether the row below a row of labels has more of them, or the rest of their words: no texts of a first row."""
    above, below = table.row(row), [cell for cell in table.row(row + 1) if not cell.empty]
    if any(cell.empty or cell.col_span > 1 or cell.row_span > 1 for cell in above):
        return True
    texts = [prose(read_items(cell.parts, vocabulary)) for cell in above]
    if any(ends_open(text) for text in texts if text):
        return True
    rest = [prose(read_items(cell.parts, vocabulary)) for cell in below]
    return any(text and (text[0].islower() or text[0] in "(/" or meaning_of(text)[1] >= _KNOWN) for text in rest)


def _name_by_cells(table: Table, columns: Sequence[Column], column: Column, first: int) -> None:
    """Let a column without a label, left of the measures, be their numbers or their fields of action."""
    main = next((other.index for other in columns if other.meaning == "measure"), 0)
    own = [cell for cell in table.cells if cell.col == column.index and cell.col_span == 1]
    cells = [cell for cell in own if cell.row >= first and not cell.empty]
    have = {other.meaning for other in columns}
    if column.index >= main or len(cells) < 2:
        return
    numbered = all(is_number(" ".join(word.text for word in cell.words)) for cell in cells)
    if numbered and "number" not in have:
        column.meaning, column.likeness = "number", _KNOWN
    elif not numbered and "field_of_action" not in have and any(cell.row_span > 1 for cell in cells):
        column.meaning, column.likeness = "field_of_action", _KNOWN


def labels_of(table: Table, first: int, last: int, vocabulary: Vocabulary) -> list[Column]:
    """The columns of a table as the rows from `first` to `last` label them."""
    columns: list[Column] = []
    keys: list[str] = []
    for index in range(table.n_cols):
        labels = _labels(table, first, last, index, vocabulary)
        label = " ".join(labels)
        meaning, likeness = meaning_of(label)
        lowest = table.at(last, index)
        alone = lowest is not None and lowest.col_span == 1
        keys.append(key_of(label))
        if len(labels) > 1 and alone and (own := meaning_of(labels[-1]))[1] >= _KNOWN:
            meaning, likeness = own  # "Beschreibung" below "Maßnahmen" is a description
            keys[-1] = key_of(labels[-1])
        columns.append(Column(index, _distinct(label, columns), meaning, likeness))
    if all(column.meaning != "measure" for column in columns):
        for column in (column for column in columns if "measure" in meanings_of_parts(column.label)):
            column.meaning, column.likeness = "measure", SECOND  # "Ziel / Maßnahme" over both
    able = [column for column in columns if column.meaning == "responsibilities"]
    able = [column for column in able if keys[column.index] not in group_labels()]
    acting = [column for column in able if keys[column.index] in _listed("acting")]
    if len(acting) < len(able):
        for column in acting:
            column.meaning = "partners"  # beside a lead, who acts is a partner
    if all(column.meaning != "responsibilities" for column in columns):
        # Partners beside a lead are further text; without one they are who does it.
        for column in columns:
            column.meaning = "responsibilities" if column.meaning == "partners" else column.meaning
    return columns


def _distinct(label: str, columns: Sequence[Column]) -> str:
    """The label, with a number where a column before has the same."""
    same = sum(column.label == label or column.label.startswith(f"{label} (") for column in columns)
    return f"{label} ({same + 1})" if label and same else label


def _labels(table: Table, first: int, last: int, col: int, vocabulary: Vocabulary) -> list[str]:
    """Texts of the header cells over a column, from top to bottom, each once; a cell over all columns is no label."""
    seen: list[Cell] = []
    for row in range(first, last + 1):
        cell = table.at(row, col)
        narrower = cell is not None and any(above.col_span < cell.col_span for above in seen)
        if cell is not None and cell not in seen and not narrower and cell.col_span < max(2, table.n_cols):
            seen.append(cell)  # what stands below several labels belongs to none of them alone
    return [text for cell in seen if (text := _label_text(cell, vocabulary))]


def _label_text(cell: Cell, vocabulary: Vocabulary) -> str:
    """The text of a cell of a header; a word that a narrow column broke without a hyphen is whole again."""
    text = prose(read_items(cell.parts, vocabulary))
    joined = joined_label([line for line, _ in part_lines(cell.parts)])
    return clean(joined) if meaning_of(joined)[1] > meaning_of(text)[1] else text


def refused_by(columns: Sequence[Column]) -> int:
    """How many labels speak for another kind of table."""
    against = [key_of(stem) for stem in load(_FILE)["plan"]["against"]["stems"]]
    return sum(
        any(token.startswith(stem) for token in key_of(c.label).split() for stem in against)
        for c in columns
        if c.meaning is None or c.meaning in ("cost", "period", "number")
    )


_WHAT = ("measure", "description")
_WHO_AND_WHEN = ("responsibilities", "period")


def is_plan(columns: Sequence[Column]) -> bool:
    """Whether columns with these meanings make a plan of measures."""
    rules = load(_FILE)["plan"]
    known = [column for column in columns if column.meaning is not None and column.likeness >= _KNOWN]
    firm = {column.meaning for column in known if not is_weak(column)}
    if not firm.intersection(rules["needs"]) or len([c for c in columns if c.label]) < 2:
        return False
    if "measure" not in firm and any(key_of(column.label) in other_labels() for column in columns):
        return False
    weak = {column.meaning for column in known} - firm
    total = sum(weight_of(name) for name in firm if name) + len(weak) * float(rules["weak"]["weight"])
    told = {column.meaning for column in known}
    # What is done, by whom and until when, is a plan whatever it costs.
    sure = told.intersection(_WHAT) and told.issuperset(_WHO_AND_WHEN)
    doubted = [c for c in columns if not (sure and c.likeness == 1.0)]
    return total - refused_by(doubted) * float(rules["against"]["weight"]) >= float(rules["weight"])


def is_weak(column: Column) -> bool:
    """Whether other tables print such a label as well."""
    return key_of(column.label) in _listed("weak")


def other_labels() -> frozenset[str]:
    """Labels that speak for another table where no label says that a column holds measures."""
    return _listed("against")


def group_labels() -> frozenset[str]:
    """Labels of groups of columns."""
    return _listed("groups")


@cache
def _listed(name: str) -> frozenset[str]:
    """The labels of a table of the knowledge of plans, as keys."""
    return frozenset(key_of(label) for label in load(_FILE)["plan"][name]["labels"])


def is_glossary(table: Table) -> bool:
    """Whether a table begins with the labels of a list that explains words."""
    first = (" ".join(word.text for word in cell.words) for cell in table.row(0))
    return any(key_of(text) in _listed("glossary") for text in first)
