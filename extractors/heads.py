"""Headers of plans: lines of labels above columns, found by their words before any column is known.

A label may take several lines, stand at the top, the middle or the bottom of its cell, and have a label above it that
names a group of columns. What belongs to the header is told by its shading, by the rule below it, or by its bold type.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.head_labels import BEGINS, KNOWN, RUN, Label, bottom_of, labels_of_lines, parted, top_of
from extractors.headers import Column, group_labels, is_plan
from extractors.lines import runs
from extractors.meanings import ends_open, key_of, meaning_of
from extractors.rules import rule_widths
from schemas.geometry import Fill, Line, Page, Rule, Word

_LABEL_WORDS = 6
"""Words on a line of a label, at most."""
_PHRASE = 3
"""Words from which a text beside a single label may be a phrase."""
_WHOLE = 0.95
"""Likeness from which all of a phrase says what a label says."""
_LINES = 6
"""Lines of a header, at most."""
_GROUP = 4.0
"""Distance of base lines, in font sizes, between the label of a group of columns and theirs."""
_CLOSE = 1.35
"""The same between lines of a label."""
_BESIDE = 0.9
"""Distance, in font sizes, of lines that stand in different cells, side by side."""
_BODY = 30
"""Lines below a header that tell where its columns begin."""
_WIDE = 0.6
"""Share of a header's width from which a rule closes it off."""
_TALL = 9.0
"""Height, in font sizes, of a shaded header at most."""
_PLAIN = 3
"""Known labels from which a header is one although it does not name its measures."""


@dataclass(slots=True)
class Head:
    """The header of a table: the lines from `first` to `last` of its page."""

    first: int
    last: int
    labels: list[Label]
    groups: list[Label] = field(default_factory=list)
    """Labels above several others."""

    @property
    def words(self) -> list[Word]:
        return [word for label in (*self.groups, *self.labels) for word in label.words]

    @property
    def top(self) -> float:
        return top_of(self.words)

    @property
    def bottom(self) -> float:
        return bottom_of(self.words)


def find_heads(page: Page, lines: Sequence[Line]) -> list[Head]:
    """The headers of plans among the `lines` of a page, from top to bottom."""
    upright = [rule for rule in page.rules if not rule.horizontal]
    found: list[Head] = []
    index = 0
    while index < len(lines):
        head = _head_at(page, lines, index, upright) if _hinted(parted(lines[index], upright)) else None
        if head is not None and not (found and head.first <= found[-1].last):
            found.append(head)
            index = head.last
        index += 1
    return found


def _hinted(pieces: Sequence[Line]) -> bool:
    """Whether the pieces of a line read like labels of a plan: two known meanings, and one for each three pieces."""
    if len(pieces) < 2 or any(len(piece.words) > _LABEL_WORDS for piece in pieces):
        return False
    if any(word.text.endswith(":") for piece in pieces for word in piece.words[:-1]):
        return False  # boxes of a form: "Zeitraum: 2026"
    if len(pieces) == 2 and _is_box(*pieces):
        return False
    texts = [piece.text for piece in pieces if piece.text[0].isupper() and not piece.text[-1].isdigit()]
    known = {meaning for meaning, likeness in map(meaning_of, texts) if meaning and likeness >= KNOWN}
    return len(known) >= 2 and 3 * len(known) >= len(pieces)


def _is_box(label: Line, text: Line) -> bool:
    """Whether two pieces are a label of a form and its text: a phrase that but ends with what may be a label."""
    if label.text.endswith(":") != text.text.endswith(":"):
        return True
    return len(text.words) > _PHRASE and meaning_of(text.text)[1] < _WHOLE


def _head_at(page: Page, lines: Sequence[Line], seed: int, upright: Sequence[Rule]) -> Head | None:
    """The header around the line `seed`; None where its labels are not those of a plan."""
    first, last = _extent(page, lines, seed, upright)
    for begin, end in ((first, last), (seed, last), (seed, seed)):
        labels, groups = labels_of_lines(lines[begin : end + 1], lines[end + 1 : end + 1 + _BODY], upright)
        if _planned(labels):
            return Head(begin, end, labels, groups)
    return None


def _planned(labels: Sequence[Label]) -> bool:
    columns: list[Column] = []
    for index, label in enumerate(labels):
        meaning, likeness = meaning_of(label.text)
        columns.append(Column(index, label.text, meaning, likeness))
    known = {column.meaning for column in columns if column.meaning and column.likeness >= KNOWN}
    enough = len(known) >= 2 and 2 * len(known) >= len(labels)
    return enough and (len(known) > _PLAIN or ("measure" in known and is_plan(columns)))


def _extent(page: Page, lines: Sequence[Line], seed: int, upright: Sequence[Rule]) -> tuple[int, int]:
    """The first and the last line of the header in which the line `seed` stands."""
    line = lines[seed]
    block = _shaded(page, line) or _ruled(page, lines, seed)
    if block is not None:
        top, bottom = block
        inside = [n for n in _around(lines, seed) if top <= (lines[n].top + lines[n].bottom) / 2 <= bottom]
        inside = [n for n in inside if not any(_is_heading(lines, m, seed) for m in range(n, seed))]
        last = max(inside)
        if last + 1 < len(lines) and _labels_below(lines, seed, last, upright):
            last += 1
        return min(inside), last
    first = last = seed
    while last + 1 < len(lines) and last - seed < _LINES and _goes_on(lines, seed, last, upright):
        last += 1
    while first > 0 and seed - first < _LINES and _stands_above(lines, seed, first, upright):
        first -= 1
    return first, last


def _is_heading(lines: Sequence[Line], index: int, seed: int) -> bool:
    """Whether a line above the labels is a heading: it begins about where they do, and is one piece set otherwise."""
    line, label = lines[index], lines[seed]
    aligned = abs(line.x0 - label.x0) < label.size and len(runs(line.words, RUN)) == 1
    return aligned and line.bold and (not label.bold or line.size > label.size + 0.5)


def _around(lines: Sequence[Line], seed: int) -> range:
    return range(max(0, seed - _LINES), min(len(lines), seed + _LINES + 1))


def _shaded(page: Page, line: Line) -> tuple[float, float] | None:
    """Top and bottom of the shading of a header row; None where most of its words have none of their own."""
    spans: list[Fill] = []
    for word in line.words:
        x, y = (word.x0 + word.x1) / 2, word.middle
        around = [fill for fill in page.fills if fill.x0 <= x <= fill.x1 and fill.top <= y <= fill.bottom]
        around = [fill for fill in around if fill.bottom - fill.top < _TALL * line.size]
        if around:
            spans.append(min(around, key=lambda fill: (fill.x1 - fill.x0) * (fill.bottom - fill.top)))
    if 2 * len(spans) <= len(line.words):
        return None
    # Word shades a cell, and each line in it again: the tallest of them is the cell.
    low, high = min(fill.top for fill in spans), max(fill.bottom for fill in spans)
    cells = [f for f in page.fills if f.top < high and f.bottom > low and f.bottom - f.top < _TALL * line.size]
    colours = {fill.color for fill in spans}
    same = [f for f in cells if f.color in colours and f.top <= line.bottom and f.bottom >= line.top]
    return min(fill.top for fill in same), max(fill.bottom for fill in same)


def _ruled(page: Page, lines: Sequence[Line], seed: int) -> tuple[float, float] | None:
    """Top and bottom of the header where a rule closes it off: below it, and above it or right above `seed`."""
    line = lines[seed]
    near = [r for r in page.rules if r.horizontal and abs(r.top - line.bottom) < _TALL * line.size]
    widths = rule_widths(near, line.x0, line.x1)
    wide = sorted(at for at, length in widths.items() if length >= _WIDE * (line.x1 - line.x0))
    below = [at for at in wide if at >= line.bottom - 2]
    above = [at for at in wide if at <= line.top + 2]
    if not below:
        return None
    inside = [n for n in _around(lines, seed) if line.bottom <= lines[n].top + 2 and lines[n].bottom <= below[0] + 2]
    if line.bold and any(not lines[n].bold for n in inside):
        return None
    top = above[-1] if above else line.top - 1
    if any(lines[n].bottom - lines[n].top > 1.3 * (line.bottom - line.top) for n in inside):
        return None
    return float(top) - 1, float(below[0]) + 1


def _goes_on(lines: Sequence[Line], seed: int, last: int, upright: Sequence[Rule]) -> bool:
    """Whether the line below `last` goes on with labels: bold as they are, or with a word that was broken off."""
    line, below = lines[last], lines[last + 1]
    distance = below.bottom - line.bottom
    if distance > _GROUP * line.size or abs(below.size - lines[seed].size) > 1 or below.bold != lines[seed].bold:
        return False
    if distance < _BESIDE * line.size:
        return True  # lines of taller labels stand between those of lower ones
    if _labels_below(lines, seed, last, upright):
        return True
    pieces = parted(below, upright)
    above = [piece for row in lines[seed : last + 1] for piece in parted(row, upright)]
    close = distance < _CLOSE * line.size
    if lines[seed].bold:
        return close and any(not other.bold for other in lines[last + 1 : last + 2 * _LINES])
    return close and all(_completes(piece, above) for piece in pieces)


def _labels_below(lines: Sequence[Line], seed: int, last: int, upright: Sequence[Rule]) -> bool:
    """Whether the line below `last` has the labels of the columns of a group."""
    pieces = parted(lines[last + 1], upright)
    above = [piece for row in lines[seed : last + 1] for piece in parted(row, upright)]
    near = lines[last + 1].bottom - lines[last].bottom < _GROUP * lines[seed].size
    return near and _hinted(pieces) and all(_below_one(piece, above) for piece in pieces)


def _over(piece: Line, others: Sequence[Line]) -> list[Line]:
    """Those of the `others` that stand above or below a piece."""
    return [other for other in others if other.width_within(piece.x0, piece.x1) > 1]


def _below_one(piece: Line, above: Sequence[Line]) -> bool:
    """Whether a piece stands where no label above does, or where one of a group does: not label below label."""
    over = _over(piece, above)
    own = meaning_of(piece.text)[0]
    return all(key_of(other.text) in group_labels() or meaning_of(other.text)[0] != own for other in over)


def _completes(piece: Line, above: Sequence[Line]) -> bool:
    """Whether a piece is the rest of a label above it."""
    over = _over(piece, above)
    rest = piece.text[0].islower() or piece.text[0] in "(/" or not re.search(r"\w", piece.text)
    return any(rest or other.text[-1] in "-/" for other in over)


def _stands_above(lines: Sequence[Line], seed: int, first: int, upright: Sequence[Rule]) -> bool:
    """Whether the line above `first` is of the header: the first line of taller labels, or of a group of columns."""
    line, above = lines[first], lines[first - 1]
    distance = line.bottom - above.bottom
    if distance > _GROUP * line.size or abs(above.size - lines[seed].size) > 0.5 or above.bold != lines[seed].bold:
        return False
    if distance < _BESIDE * line.size:
        return True
    pieces = parted(above, upright)
    if all(ends_open(piece.text) and _over(piece, parted(line, upright)) for piece in pieces):
        return True  # "Umset-", "zungs-", "zeitraum"
    if all(_stands_free(piece, parted(lines[seed], upright)) for piece in pieces):
        return True  # single labels in the middle of a header that has groups of columns
    if distance > _CLOSE * line.size:
        amid = len(pieces) < 3 and all(lines[seed].x0 + 2 * line.size < piece.x0 for piece in pieces)
        named = all(len(piece.words) <= 3 and _is_name(piece) for piece in pieces)
        return amid and named and above.x1 < lines[seed].x1 and not _ends_text(lines, first - 1)
    short = all(len(piece.words) <= 3 for piece in pieces)
    return short and (lines[seed].bold or len(pieces) > 1) and above.x0 > lines[seed].x0 - lines[seed].size


def _is_name(piece: Line) -> bool:
    return piece.text[0].isupper() and piece.text[-1] not in ".,;"


def _ends_text(lines: Sequence[Line], index: int) -> bool:
    """Whether a line is the last one of a text: another stands close above it, with the same left end."""
    line, above = lines[index], lines[max(0, index - 1)]
    close = 0 < line.bottom - above.bottom < _CLOSE * line.size
    return close and any(abs(word.x0 - line.x0) < BEGINS for word in above.words)


def _stands_free(piece: Line, labels: Sequence[Line]) -> bool:
    """Whether a piece is a known label with none of the others below it."""
    return not _over(piece, labels) and len(piece.words) <= 3 and meaning_of(piece.text)[1] >= KNOWN
