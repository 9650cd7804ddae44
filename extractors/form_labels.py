"""What is the label of a box: in the cell of a table, or in a line of text."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.celltext import bullet_of, part_lines
from extractors.knowledge import load
from extractors.lines import line_of
from extractors.meanings import ends_open, joined_label, key_of, meaning_of
from extractors.numbering import is_code
from schemas.geometry import Cell, Line, Table

_SURE = 0.8
_PLAIN = 0.93
"""Likeness of a one-word label that needs no style of its own: "Handlungsfeld" over "Arbeiten und Wirtschaft"."""
_LISTED = 1.0
"""The same of several words: "Beginn und Dauer" over "2026"."""
_CERTAIN = 0.96
"""Likeness of a label that may be set like a heading."""
_LABEL_WORDS, _LABEL_LINES = 7, 3
_LARGER = 1.1
_HEADING = 1.5
"""Font size from which a line is a heading, whatever it says, as a share of the usual one."""
Label = tuple[str, str | None, list[Line]]
"""A label as printed, the record field that it means, and the lines below it."""


def sure_meaning(label: str) -> str | None:
    """The record field that a label means, where that is beyond doubt."""
    meaning, likeness = meaning_of(label)
    return meaning if likeness >= _SURE else None


def cell_lines(cell: Cell) -> list[Line]:
    """The lines of a cell."""
    return [line for line, _ in part_lines(cell.parts)]


def label_of(cell: Cell) -> Label | None:
    """(label, meaning, lines below it in the cell) of a cell that begins with a known label; None for any other."""
    lines = cell_lines(cell)
    if not lines or bullet_of(lines[0]) is not None:
        return None
    best: tuple[float, Label] | None = None
    for count in range(1, min(_LABEL_LINES, len(lines)) + 1):
        head, rest = lines[:count], lines[count:]
        if sum(len(line.words) for line in head) > _LABEL_WORDS or _other_style(head[0], head[-1]):
            break
        text = joined_label(head)
        if any(word.endswith(":") for word in text.split()[:-1]):
            break  # a label with its text behind it, or a title with its number before it
        if rest and ends_open(text) and not _other_style(head[-1], rest[0]):
            continue  # "Maßnahmen-" above "Typ:"
        meaning, likeness = meaning_of(text.rstrip(": "))
        if meaning is None or likeness < _SURE or text[0].islower():
            continue  # "mittel" alone is a priority: a label of one word has a capital
        ended = text.endswith(":")
        plain = count == 1 and likeness >= (_PLAIN if len(text.split()) == 1 else _LISTED)
        if not (not rest or ended or plain or _other_style(head[-1], rest[0])):
            continue
        if best is None or likeness > best[0] or ended:
            best = likeness, (text.rstrip(": "), meaning, rest)
        if ended:
            break
    return best[1] if best is not None else None


def inline_label(cell: Cell, *, bold: bool) -> Label | None:
    """A known label with a colon and its text behind it in the first line of a cell: "Zeitraum: 2026".

    Where labels may be set off by `bold` type alone, they need no colon.
    """
    lines = cell_lines(cell)
    if not lines or bullet_of(lines[0]) is not None:
        return None
    words = lines[0].words
    count = next((n for n, word in enumerate(words[:_LABEL_WORDS], 1) if word.text.endswith(":")), 0)
    if not count and bold:
        count = next((n for n, word in enumerate(words) if not word.bold), 0)
    if not 0 < count < len(words) or not words[0].text[:1].isupper():
        return None
    text = " ".join(word.text for word in words[:count]).rstrip(": ")
    meaning, likeness = meaning_of(text)
    if meaning is None or likeness < _SURE:
        return None
    return text, meaning, [line_of(words[count:]), *lines[1:]]


def labels_inline(table: Table) -> bool:
    """Whether most cells are a label and its text, "Zeitraum: 2026": three labels, each another."""
    filled = [cell for cell in table.cells if not cell.empty]
    labels = [(cell, inline_label(cell, bold=table.ruled)) for cell in filled]
    found = [(cell.parts[0].page, label) for cell, label in labels if label is not None]
    keys = {(page, key_of(label)) for page, (label, _, _) in found}  # another form may begin on each page
    enough = len({meaning for _, (_, meaning, _) in found}) >= 3 and 2 * len(found) >= len(filled)
    return enough and len(keys) == len(found)


def styled_label(cell: Cell) -> Label | None:
    """First lines set in another style than the text below them: a label, whatever it means."""
    lines = cell_lines(cell)
    count = next((n for n in range(1, len(lines)) if _other_style(lines[n - 1], lines[n])), 0)
    if not 0 < count <= _LABEL_LINES or sum(len(line.words) for line in lines[:count]) > _LABEL_WORDS:
        return None
    return joined_label(lines[:count]).rstrip(": "), None, lines[count:]


def _other_style(label: Line, text: Line) -> bool:
    first = text.words[0]
    return (
        abs(label.size - text.size) > 0.4
        or label.bold != first.bold
        or label.words[0].color != first.color
        or label.words[0].italic != first.italic
    )


def line_label(line: Line, pieces: Sequence[Line], body: float) -> tuple[str, str | None, int] | None:
    """(label, meaning, number of its words) of a line that begins with a label.

    `body` is the usual font size: a whole line that is larger is a heading, unless its words are a label for certain.
    """
    if line.size > _HEADING * body:
        return None
    lead = 1 if len(line.words) > 1 and not any(c.isalnum() for c in line.words[0].text) else 0
    words = [word.text for word in line.words[lead:]]
    colon = next((n for n, text in enumerate(words[:_LABEL_WORDS], 1) if text.endswith(":")), None)
    bold = next((n for n, word in enumerate(line.words[lead:]) if not word.bold), len(words))
    piece = len(pieces[0].words) - lead
    for count in dict.fromkeys(n for n in (colon, bold, piece) if n and n > 0):
        if count > _LABEL_WORDS:
            continue
        text = " ".join(words[:count]).rstrip(": ")
        meaning, likeness = meaning_of(text)
        whole = count == len(words) and count != colon
        if whole and line.size > _LARGER * body and likeness < _CERTAIN:
            continue
        if whole and key_of(text) in load("columns.toml")["plan"]["title"]["stems"]:
            continue  # "Maßnahmenkatalog" is the title of a plan
        if is_code(text) or (meaning is None and line.size > _LARGER * body):
            continue  # "M 3: Radwege" and headings with a colon
        beside = len(pieces) > 1 and count == piece and not lead
        if meaning is not None and likeness >= _SURE and (count == colon or 0 < bold == count or beside):
            return text, meaning, lead + count
        if count == colon and bold >= count:
            return text, None, lead + count
    return None
