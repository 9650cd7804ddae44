"""What the cells of a column hold (offices, times, amounts, codes): it settles what header words leave open."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from extractors.actors.names import actor_like
from extractors.celltext import prose, read_items
from extractors.forms import Box, Form
from extractors.headers import Column, Header, is_weak, labels_of, other_labels, refused_by
from extractors.knowledge import load
from extractors.meanings import key_of
from extractors.numbering import is_number
from extractors.values.amounts import money_in
from extractors.values.periods import Period, read_period
from extractors.values.states import Priority, read_priority, read_status
from extractors.vocabulary import Vocabulary
from schemas.geometry import Table
from schemas.records import Problem

_SENTENCE = 6
"""Words from which a text is a sentence."""
_SHORT, _LONG = 40, 90
"""Characters of a value, and of a list of offices."""
_OFFICE_WORDS = 6
_MOST, _MANY = 0.8, 0.6
"""Shares of a column's cells from which it holds a kind: of exact values, and of names that no list knows all of."""
_ROWS = 40
_FEWEST = 3
"""Rows that a table must have for its contents to tell anything."""
_LABEL_WORDS = 7
_WEAK_LABELS = 4
"""Labels of other meanings that are enough where none of them is one of plans alone."""
_GUESSED = 0.6
"""Likeness of a column whose meaning its contents tell."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A header whose open columns were settled by their contents, and what is to be told about that."""

    header: Header
    told: list[str]

    def problems(self, page: int) -> list[Problem]:
        return [Problem(code="meaning_from_contents", severity="info", message=m, page=page) for m in self.told]


def settle(table: Table, header: Header) -> Settled:
    """`header` with the meanings that its words leave open, or that the cells below contradict."""
    texts = _texts(table, header.rows)
    columns = [replace(column) for column in header.columns]
    told = _contradicted(columns, texts)
    if table.n_rows - header.rows >= _FEWEST:
        told += _filled(columns, texts)
    told += _promoted(columns, texts)
    return Settled(Header(header.rows, columns), told)


def guess_header(table: Table, vocabulary: Vocabulary) -> Settled | None:
    """The header of a table that its words alone do not make a plan, below a heading that speaks of one; else None.

    What must be there: a first row of short labels, one of them known; a column of offices; a column of phrases, each
    of them another; and a column of times, amounts, ranks, states or codes. No label may speak for another table.
    """
    if table.n_rows <= _FEWEST or table.n_cols < 3:
        return None
    columns = labels_of(table, 0, 0, vocabulary)
    named = [column for column in columns if column.label]
    if len(named) < 3 or any(len(column.label.split()) > _LABEL_WORDS for column in named) or refused_by(columns):
        return None
    texts = _texts(table, 1)
    known = [column for column in columns if column.likeness >= _GUESSED and not is_weak(column)]
    meanings = {column.meaning for column in known} - {None, "number", "field_of_action", "description"}
    enough = len(meanings) > 1 or bool(meanings & {"measure", "responsibilities", "goal", "problem", "indicators"})
    enough = enough or len({c.meaning for c in columns if c.meaning and c.likeness >= _GUESSED}) >= _WEAK_LABELS
    if not enough or any(key_of(column.label) in other_labels() for column in named):
        return None
    told = _contradicted(columns, texts) + _filled(columns, texts) + _promoted(columns, texts)
    found = {column.meaning for column in columns}
    beside = found & {"period", "cost", "priority", "progress", "number", "goal", "problem", "indicators"}
    if not {"measure", "responsibilities"} <= found or not beside:
        return None
    return Settled(Header(1, columns), told)


def _texts(table: Table, first: int) -> dict[int, list[str]]:
    """The texts below the header of each column, of the first rows: they are enough to tell what it holds."""
    texts: dict[int, list[str]] = {index: [] for index in range(table.n_cols)}
    for cell in table.cells:
        if first <= cell.row < first + _ROWS and cell.col_span == 1 and not cell.empty:
            texts[cell.col].append(" ".join(word.text for word in cell.words))
    return texts


def kind_of(texts: Sequence[str]) -> str | None:
    """The record field that such cells fill, as far as they tell it themselves; None for running text and the like."""
    if len(texts) < 2:
        return None
    for name, test, share in _TESTS:
        if sum(test(text) for text in texts) >= share * len(texts) and (name != "number" or not _repeated(texts)):
            return name
    return None


def _repeated(texts: Sequence[str]) -> bool:
    """Whether numbers are no numbers of rows: one stands twice, or all of them are years."""
    return len(set(texts)) < len(texts) or all(text.isdigit() and len(text) > 3 for text in texts)


def _is_period(text: str) -> bool:
    return len(text) <= _SHORT and read_period(text) != Period()


def _is_cost(text: str) -> bool:
    return len(text) <= _SHORT and bool(money_in(text))


def _is_priority(text: str) -> bool:
    return len(text) <= _SHORT / 2 and read_priority(text) != Priority()


def _is_progress(text: str) -> bool:
    return len(text) <= _SHORT and read_status(text) != (None, None)


def _is_code(text: str) -> bool:
    return is_number(text)


def _is_office(text: str) -> bool:
    """Whether a short text names a body by its first words, before any "für" or "der"; a list by its first name."""
    if len(text) > _LONG or not text[:1].isupper() or re.search(r"[a-zäöüß]{3}\.$", text):
        return False
    words = re.split(r"\s*[,;/]\s+", text)[0].split()
    head = words[: next((n for n, word in enumerate(words) if n and word.islower()), len(words))]
    doing = head[-1].endswith("ung") and len(words) > len(head) + 1  # "Einrichtung eines Beirats" is no body
    return len(words) <= _OFFICE_WORDS and not doing and actor_like(" ".join(head))


_TESTS: tuple[tuple[str, Callable[[str], bool], float], ...] = (
    ("number", _is_code, 1.0),
    ("period", _is_period, _MOST),
    ("cost", _is_cost, _MOST),
    ("priority", _is_priority, _MOST),
    ("progress", _is_progress, _MOST),
    ("responsibilities", _is_office, _MANY),
)


def _phrases(texts: Sequence[str]) -> bool:
    """Whether cells say what is done: no values and no offices, but sentences, or phrases each of which is another."""
    if len(texts) < 2 or kind_of(texts) is not None:
        return False
    words = sorted(len(re.findall(r"[^\W\d_]{2,}", text)) for text in texts)
    usual = words[len(words) // 2]
    return usual >= _SENTENCE or (usual >= 2 and len(set(texts)) >= 0.9 * len(texts))


def settle_boxes(forms: Sequence[Form], vocabulary: Vocabulary) -> None:
    """Let the texts of boxes say what they are where the label leaves it open: "Umsetzung" of a year is a period.

    Beside a label of the same form that leaves nothing open it is something else: a description, or nothing known.
    """
    alike: dict[str, list[tuple[Form, Box]]] = {}
    for form in forms:
        for box in form.boxes:
            if box.label is not None and (key := key_of(box.label)) in _open():
                alike.setdefault(key, []).append((form, box))
    for group in alike.values():
        texts = [text for _, box in group if (text := prose(read_items(box.parts, vocabulary)))]
        kind = kind_of(texts * 2 if len(texts) == 1 else texts)
        tells = kind is None and _phrases(texts)
        for held, box in group:
            if kind is not None and kind != "number":
                box.meaning = kind
            elif box.meaning == "responsibilities" and (tells or _said_surely(held, box.meaning)):
                box.meaning = "description" if tells or "description" not in held.meanings else None


def _said_surely(form: Form, meaning: str) -> bool:
    """Whether a label that leaves nothing open has a meaning."""
    return any(box.meaning == meaning and key_of(box.label or "") not in _open() for box in form.boxes)


@cache
def _open() -> frozenset[str]:
    return frozenset(key_of(word) for word in load("columns.toml")["plan"]["open"]["labels"])


def _contradicted(columns: Sequence[Column], texts: dict[int, list[str]]) -> list[str]:
    """Put right what a label says that may mean several things, and a "Maßnahme" over numbers alone."""
    told: list[str] = []
    have = {column.meaning for column in columns}
    for column in columns:
        ambiguous = key_of(column.label) in _open()
        if not ambiguous and column.meaning != "measure":
            continue
        kind = kind_of(texts[column.index])
        if column.meaning == "measure" and kind == "number" and "number" not in have:
            column.meaning = "number"
            told.append(_message(column))
        elif ambiguous and kind is not None and kind != column.meaning and kind not in have:
            column.meaning = kind
            told.append(_message(column))
        elif ambiguous and kind is None and column.meaning == "responsibilities" and _phrases(texts[column.index]):
            column.meaning = "description" if "description" not in have else None
            told += [_message(column)] if column.meaning else []
    return told


def _filled(columns: Sequence[Column], texts: dict[int, list[str]]) -> list[str]:
    """Give columns of unknown labels the meaning of what they hold, where no other column has or may have it."""
    told: list[str] = []
    have = {column.meaning for column in columns} | {"responsibilities" for c in columns if c.meaning == "partners"}
    unknown = [column for column in columns if column.meaning is None and column.label]
    kinds = [kind_of(texts[column.index]) for column in unknown]
    for column, kind in zip(unknown, kinds, strict=True):
        if kind is not None and kind not in have and kinds.count(kind) == 1:
            column.meaning, column.likeness = kind, _GUESSED
            told.append(_message(column))
    return told


def _promoted(columns: Sequence[Column], texts: dict[int, list[str]]) -> list[str]:
    """Where no label names the measure, take the column of phrases: one with an open label, then the description."""
    if any(column.meaning == "measure" for column in columns):
        return []
    opened = {key_of(word) for word in load("columns.toml")["plan"]["open"]["names"]}
    fit = [column for column in columns if column.label and _phrases(texts[column.index])]
    by_name = [column for column in fit if key_of(column.label) in opened]
    unknown = [column for column in fit if column.meaning is None]
    described = [column for column in fit if column.meaning == "description"]
    chosen = next(iter(by_name or described or (unknown if len(unknown) == 1 else [])), None)
    if chosen is None:
        return []
    chosen.meaning, chosen.likeness = "measure", _GUESSED
    return [_message(chosen)]


def _message(column: Column) -> str:
    return f"column {column.label!r} was taken for {column.meaning} by what it holds: compare it with the page"
