"""Header cells -> the meaning of each column. The words are in knowledge/columns.toml."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from rapidfuzz import fuzz

from extractors.celltext import HYPHENS, Vocabulary, clean, part_lines, prose, read_items
from extractors.knowledge import added, load
from schemas.errors import ProfileError
from schemas.geometry import Cell, Line, Table

_FILE = "columns.toml"
_KNOWN = 0.6
_LONGEST = 120
"""Characters; what is longer is a text and no label."""
_LABEL_TOKENS = 9
_SENTENCE_TOKENS = 5
_GENDER = re.compile(r"(?<=[a-zäöüß])(?:[*:_/]-?|/)(?:innen|in|r|n|e|s)\b")
"""The endings of "Akteur*innen", "Verantwortliche:r", "Ansprechpartner/-in", "Maßnahme/n"."""
_PARTS = re.compile(r"\s*[/|&+,;]\s*|\s+(?:und|oder|bzw\.?|sowie)\s+")
_HEAD = 0.97
"""Likeness of a label of several words whose first noun is a known label: "Ziel der Maßnahme"."""
_NEXT = 0.05
"""How much less the second of two labels counts, "Ort / Ziel", and the last word of several, "Erwarteter Nutzen"."""
_ASKED = 0.9
_TOLD_MORE = 0.6
"""How much a word counts behind a noun that is not known: "Ort der Maßnahme" is no measure."""
_WHOLE = 0.93
"""Likeness from which two parts of a word are one label."""
_TYPO = 88.0
"""Likeness, in percent, from which a word of at least seven letters counts as a slip of the pen."""


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


@dataclass(slots=True, frozen=True)
class _Meaning:
    name: str
    weight: float
    exact: frozenset[str]
    stems: tuple[str, ...]


def key_of(text: str) -> str:
    """A header as words: lower case, no punctuation, no parentheses, the sharp s and spelling variants kept."""
    text = _GENDER.sub("", unicodedata.normalize("NFKC", text).casefold().replace("ss", "ß"))
    text = re.sub(r"\([^)]*\)", " ", text) if not text.strip().startswith("(") else text
    return " ".join(re.findall(r"[\w€#]+", text))


def meaning_names() -> tuple[str, ...]:
    """The record fields that a column or a labelled box may mean."""
    return tuple(name for name in load(_FILE) if name != "plan")


@cache
def _meanings() -> tuple[_Meaning, ...]:
    return tuple(_meaning(name, load(_FILE)[name]) for name in meaning_names())


def _meaning(name: str, table: Any) -> _Meaning:
    # A word that a user's profile gives to one field is taken from all others.
    taken = {word for other, lists in added(_FILE).items() if other not in (name, "plan") for word in lists["exact"]}
    try:
        exact = frozenset(key_of(word) for word in table["exact"]) - taken
        stems = tuple(stem for word in table["stems"] if (stem := key_of(word)) not in taken)
        return _Meaning(name, float(table["weight"]), exact, stems)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ProfileError(f"{_FILE}: [{name}] needs weight, exact and stems: {error!r}") from error


@lru_cache(maxsize=20_000)
def meaning_of(label: str) -> tuple[str | None, float]:
    """(record field, likeness from 0 to 1) of a printed label; (None, 0.0) where nothing fits.

    1.0 is an exact label; 0.9 a label that begins with a known word; less for a known word further back and for slips.
    """
    if len(label) > _LONGEST:
        return None, 0.0
    key = key_of(label)
    if not key:
        return None, 0.0
    if (exact := _exact(key)) is not None:
        return exact, 1.0
    tokens = key.split()
    if len(tokens) > _LABEL_TOKENS or _running(label, len(tokens)) or key.replace(" ", "") in _unknown():
        return None, 0.0
    asked = _asked(key) if label.rstrip().endswith("?") else None
    if asked is not None:
        return asked, _ASKED
    likeness = _stem_likeness(key, tokens, _cut_at(label, tokens))
    for name, hit in _head_meanings(label):
        likeness[name] = max(likeness.get(name, 0.0), hit)
    order = {meaning.name: -rank for rank, meaning in enumerate(_meanings())}
    return max(((n, v) for n, v in likeness.items()), key=lambda e: (e[1], order[e[0]]), default=(None, 0.0))


def _stem_likeness(key: str, tokens: Sequence[str], cut: int) -> dict[str, float]:
    """Record field -> likeness by the stems in the words; those from `cut` on count less."""
    likeness: dict[str, float] = {}
    for position, token in enumerate(tokens):
        for name, hit in _token_meanings(token):
            weight = (0.95 - 0.04 * position) * (_TOLD_MORE if position >= cut else 1.0)
            likeness[name] = max(likeness.get(name, 0.0), hit * weight)
    for name, stem in _stems()[1]:
        if key.startswith(stem):
            likeness[name] = 0.95
    return likeness


def _cut_at(label: str, tokens: Sequence[str]) -> int:
    """The place of the first word behind "der", "für" or their like, where a noun stands before it."""
    at = next((place for place, token in enumerate(tokens) if token in _cuts()), len(tokens))
    first = re.search(r"\w", label)
    return at if at > 0 and first is not None and first[0].isupper() else len(tokens)


def _head_meanings(label: str) -> list[tuple[str, float]]:
    """(record field, likeness) by the nouns that head the parts of a label: "Ziel der Maßnahme", "Frist / Termin"."""
    found: list[tuple[str, float]] = []
    plain = _GENDER.sub("", re.sub(r"\([^)]*\)", " ", label))
    for place, part in enumerate(_PARTS.split(plain)[:3]):
        words = part.split()
        cut = next((n for n, word in enumerate(words) if n and key_of(word) in _cuts()), len(words))
        head = words[:cut]
        while head and re.search(r"\d", head[-1]):
            head.pop()  # "Stand 2024"
        if (
            not head
            or any(character.isdigit() for word in head for character in word)
            or not head[0][:1].isupper()
            or (len(head) < len(words) and key_of(head[-1]) in _whole())
        ):
            continue
        whole, last = _exact(key_of(" ".join(head))), _exact(key_of(head[-1]))
        if whole is not None:
            found.append((whole, _HEAD - place * _NEXT))
        elif last is not None and head[-1][:1].isupper():
            found.append((last, _HEAD - (place + 1) * _NEXT))
    return found


def _exact(key: str) -> str | None:
    return next((meaning.name for meaning in _meanings() if key in meaning.exact), None)


def _asked(key: str) -> str | None:
    """The field that answers a question: the one with the longest beginning that fits."""
    starts = ((start, name) for name, words in load(_FILE)["plan"]["questions"].items() for start in words)
    fits = [(len(start), name) for start, name in starts if f"{key} ".startswith(f"{key_of(start)} ")]
    return max(fits)[1] if fits else None


@cache
def _unknown() -> frozenset[str]:
    return frozenset(key_of(label).replace(" ", "") for label in load(_FILE)["plan"]["unknown"]["exact"])


@cache
def _whole() -> frozenset[str]:
    return frozenset(load(_FILE)["plan"]["cuts"]["whole"])


@cache
def _cuts() -> frozenset[str]:
    return frozenset(load(_FILE)["plan"]["cuts"]["words"])


def names_measure(label: str) -> bool:
    """Whether a label, numbers aside, says that its text is the name of the measure."""
    key = " ".join(token for token in key_of(label).split() if not any(c.isdigit() for c in token))
    return key in _names()


@cache
def _names() -> frozenset[str]:
    return frozenset(key_of(label) for label in load(_FILE)["plan"]["titles"]["exact"])


def _running(label: str, tokens: int) -> bool:
    """Whether a text is part of a sentence: it begins in lower case, or a sentence ends in it."""
    first = label.split()[0]
    within = re.search(r"[a-zäöüß]{4}\.\s+[A-ZÄÖÜ]", label) is not None
    return tokens >= _SENTENCE_TOKENS and ((first.isalpha() and first.islower()) or within)


@cache
def _stems() -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    """(field, stem) of all stems of one word, and of all stems of several."""
    pairs = [(meaning.name, stem) for meaning in _meanings() for stem in meaning.stems]
    return tuple(p for p in pairs if " " not in p[1]), tuple(p for p in pairs if " " in p[1])


@lru_cache(maxsize=20_000)
def _token_meanings(token: str) -> tuple[tuple[str, float], ...]:
    """(field, likeness) for each field of which a stem is in the word, or nearly is."""
    hits = [(name, stem) for name, stem in _stems()[0] if stem in token]
    if not hits and len(token) >= 7:
        hits = [(name, stem) for name, stem in _stems()[0] if len(stem) >= 6 and token[0] == stem[0]]
    ends = tuple((name, 0.9) for name, end in _ends() if len(end) < len(token) and token.endswith(end))
    return ends + tuple((name, hit) for name, stem in hits if (hit := _token_likeness(token, stem)))


@cache
def _ends() -> tuple[tuple[str, str], ...]:
    return tuple((name, key_of(end)) for name, ends in load(_FILE)["plan"]["ends"].items() for end in ends)


def _token_likeness(token: str, stem: str) -> float:
    """How much a word is a form or a compound of a stem; in German compounds the last part says what a thing is."""
    at = token.find(stem)
    if at >= 0:
        if at and len(stem) < 5:
            return 0.0
        whole_end = len(token) - at - len(stem) <= 3
        return (1.0 if at == 0 else 0.98) if whole_end else (0.93 if at == 0 else 0.9)
    likeness = max(fuzz.ratio(token[: len(stem)], stem), fuzz.ratio(token[: len(stem) + 1], stem))
    return 0.85 if likeness >= _TYPO else 0.0


def joined_label(lines: Sequence[Line]) -> str:
    """The lines of a label as one text: a word cut at a line end is whole again."""
    text = ""
    for line in lines:
        lower = line.text[:1].islower() or (line.text.isupper() and text.isupper()) or not line.text[:1].isalnum()
        if text.endswith(HYPHENS) and lower:
            text = text[:-1] + line.text
        elif text.endswith("/") or (lower and _one_word(text, line.text)):
            text += line.text
        else:
            text = f"{text} {line.text}"
    return text.strip()


def _one_word(text: str, below: str) -> bool:
    """Whether a narrow cell broke a label anywhere, without a hyphen: "Kurzbeschreib", "ung"."""
    together = meaning_of(f"{text}{below}".strip(": "))[1]
    return together >= _WHOLE and together > meaning_of(f"{text} {below}".strip(": "))[1]


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
    columns = labels_of(table, first, last, vocabulary)
    if last > first and all(column.meaning != "measure" for column in columns):
        above = labels_of(table, first, first, vocabulary)
        if any(key_of(column.label) in other_labels() for column in above):
            return None
    return Header(last + 1, columns) if is_plan(columns) else None


def labels_of(table: Table, first: int, last: int, vocabulary: Vocabulary) -> list[Column]:
    """The columns of a table as the rows from `first` to `last` label them."""
    columns: list[Column] = []
    for index in range(table.n_cols):
        labels = _labels(table, first, last, index, vocabulary)
        label = " ".join(labels)
        meaning, likeness = meaning_of(label)
        lowest = table.at(last, index)
        alone = lowest is not None and lowest.col_span == 1
        if len(labels) > 1 and alone and (own := meaning_of(labels[-1]))[1] >= _KNOWN:
            meaning, likeness = own  # "Beschreibung" below "Maßnahmen" is a description
        columns.append(Column(index, _distinct(label, columns), meaning, likeness))
    if all(column.meaning != "measure" for column in columns):
        for column in (column for column in columns if "measure" in _parts_of(column.label)):
            column.meaning, column.likeness = "measure", _HEAD - _NEXT  # "Ziel / Maßnahme" over both
    able = [column for column in columns if column.meaning == "responsibilities"]
    acting = [column for column in able if key_of(column.label) in _listed("acting")]
    if len(acting) < len(able):
        for column in acting:
            column.meaning = "partners"  # beside a lead, who acts is a partner
    if not able:
        # Partners beside a lead are further text; without one they are who does it.
        for column in columns:
            column.meaning = "responsibilities" if column.meaning == "partners" else column.meaning
    return columns


def _parts_of(label: str) -> set[str | None]:
    """What the parts of a label mean, where it has several: "Ziel / Maßnahme"."""
    parts = _PARTS.split(label) if len(label) <= _LONGEST else []
    return {name for name, hit in map(meaning_of, parts) if hit >= _ASKED} if len(parts) > 1 else set()


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


def is_plan(columns: Sequence[Column]) -> bool:
    """Whether columns with these meanings make a plan of measures."""
    rules = load(_FILE)["plan"]
    weights = {meaning.name: meaning.weight for meaning in _meanings()}
    known = [column for column in columns if column.meaning is not None and column.likeness >= _KNOWN]
    firm = {column.meaning for column in known if not is_weak(column)}
    if not firm.intersection(rules["needs"]) or len([c for c in columns if c.label]) < 2:
        return False
    if "measure" not in firm and any(key_of(column.label) in other_labels() for column in columns):
        return False
    weak = {column.meaning for column in known} - firm
    total = sum(weights[name] for name in firm if name) + len(weak) * float(rules["weak"]["weight"])
    return total - refused_by(columns) * float(rules["against"]["weight"]) >= float(rules["weight"])


def is_weak(column: Column) -> bool:
    """Whether other tables print such a label as well."""
    return key_of(column.label) in _listed("weak")


def other_labels() -> frozenset[str]:
    """Labels that speak for another table where no label says that a column holds measures."""
    return _listed("against")


def ends_open(label: str) -> bool:
    """Whether a label goes on in the next line: it ends with a hyphen, or with "der", "für" or their like."""
    last = label.split()[-1]
    links = (*load(_FILE)["plan"]["cuts"]["words"], *load(_FILE)["plan"]["cuts"]["links"])
    return last.endswith((*HYPHENS, "/", "&")) or key_of(last) in links


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
