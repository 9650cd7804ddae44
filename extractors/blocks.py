"""The words of a page outside its tables -> headings, paragraphs and list items, in reading order.

Columns come from white space: rows of words that share a blank gutter form a zone, and the zone is read column by
column (a one-dimensional form of the XY-cut of Nagy and Seth, 1984). Inside a column lines become blocks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from extractors.celltext import bullet_of
from extractors.field_names import caption_text
from extractors.lines import group_lines
from schemas.geometry import Block, BlockKind, Line, Page, Table, Word, union

_GUTTER = 1.2
"""Blank between two words of a row, as a multiple of the font size, that may be a gutter between columns."""
_WIDE = 2.5
"""Blank that parts two columns even where only one row shows it: no justified line is stretched that far."""
_LEADING = 1.22
_EXTRA = 0.28
"""A paragraph begins where base lines are further apart than usual by this share of the font size."""
_LARGER = 0.8
"""Points by which a heading is larger than the body."""
_OUTLINE = re.compile(r"\d{1,2}(?:\.\d{1,2})+\.?$")
_HEADING_LINES, _HEADING_CHARS = 4, 240
_MOSTLY = 0.6
_NUMBER = re.compile(r"^\(?(\d{1,2}|[a-z])[.)]$")
_DASHES = "-–—−"

Span = tuple[float, float]


def find_blocks(page: Page, tables: Sequence[Table], body_size: float | None = None) -> list[Block]:
    """The blocks of `page` in reading order: all its unmarked words that stand in none of `tables`.

    `tables` may hold tables of other pages too. `body_size` is the usual font size in points (None: that of the page);
    what is larger, or bold among lighter text, and no sentence is a heading. Words that are not upright come last.
    """
    held = {id(word) for table in tables for word in table.words}
    words = [word for word in page.body if id(word) not in held]
    upright = [word for word in words if word.upright]
    if body_size is None:
        body_size = _usual_size(upright)
    # Measured with the tables: a heading may be the only word outside them.
    page_words = [word for word in page.body if word.upright]
    bold_tells = sum(len(w.text) for w in page_words if w.bold) < _MOSTLY * max(1, sum(len(w.text) for w in page_words))
    blocks: list[Block] = []
    for column in read_columns(upright):
        blocks += _Column(column, body_size, bold_tells).blocks()
    return blocks + _turned([word for word in words if not word.upright])


def blocks_of(lines: Sequence[Line], body_size: float) -> list[Block]:
    """The blocks of one column of text, such as a cell, from its lines on one page, top to bottom."""
    return _Column(lines, body_size, bold_tells=not all(line.bold for line in lines)).blocks()


def block_text_size(lines: Iterable[Line]) -> float:
    """The font size, in points, of most of the characters: small raised or lowered digits do not count."""
    return _usual_size(word for line in lines for word in line.words)


def read_columns(words: Iterable[Word]) -> list[list[Line]]:
    """Lines of upright `words` of one page, as runs that are read one after the other."""
    rows = [line.words for line in group_lines(words)]
    return [[_line(row) for row in run] for run in _split(rows)]


def _split(rows: list[list[Word]]) -> list[list[list[Word]]]:
    """Runs of rows; a zone of rows that share a gutter gives one run for each of its columns."""
    runs: list[list[list[Word]]] = []
    plain: list[list[Word]] = []
    start = 0
    while start < len(rows):
        zone = _zone(rows, start)
        if zone is None:
            plain.append(rows[start])
            start += 1
            continue
        first, end, at = zone
        plain = plain[: len(plain) - (start - first)] if first < start else plain
        if plain:
            runs.append(plain)
            plain = []
        runs += _split([left for row in rows[first:end] if (left := [w for w in row if w.x1 <= at])])
        runs += _split([right for row in rows[first:end] if (right := [w for w in row if w.x1 > at])])
        start = end
    if plain:
        runs.append(plain)
    return runs


def _zone(rows: Sequence[list[Word]], start: int) -> tuple[int, int, float] | None:
    """(first row, row after the last, x of the gutter) of the zone whose first two-sided row is `start`."""
    best: tuple[int, int, float] | None = None
    best_rows = 0
    for gutter in _gutters(rows[start]):
        left, right, both, end = gutter[0], gutter[1], 1, start + 1
        for index in range(start + 1, len(rows)):
            inner = _shared(rows[index], (left, right))
            if inner is None:
                break
            two_sided = rows[index][0].x1 <= inner[0] + 0.1 and rows[index][-1].x0 >= inner[1] - 0.1
            if not two_sided and not _goes_on(rows, index):
                # A row on one side belongs to the zone only when its column goes on without a gap.
                later = _next_two_sided(rows, index, (left, right))
                if later is None or rows[later][0].top - rows[end - 1][0].bottom > 6 * _size(rows[index]):
                    break
            left, right, both, end = inner[0], inner[1], both + two_sided, index + 1
        width = right - left
        wide = width >= _WIDE * _size(rows[start])
        if (both >= 3 or (wide and both >= 1)) and width >= _GUTTER * 0.8 * _size(rows[start]) and both > best_rows:
            best, best_rows = (start, end, (left + right) / 2), both
    return best


def _next_two_sided(rows: Sequence[list[Word]], index: int, gutter: Span) -> int | None:
    for later in range(index + 1, len(rows)):
        inner = _shared(rows[later], gutter)
        if inner is None:
            return None
        if rows[later][0].x1 <= inner[0] + 0.1 and rows[later][-1].x0 >= inner[1] - 0.1:
            return later
    return None


def _goes_on(rows: Sequence[list[Word]], index: int) -> bool:
    above, row = rows[index - 1], rows[index]
    return min(w.top for w in row) - max(w.bottom for w in above) < 0.45 * _size(row)


def _gutters(row: Sequence[Word]) -> list[Span]:
    need = _GUTTER * _size(row)
    return [(a.x1, b.x0) for a, b in pairwise(row) if b.x0 - a.x1 >= need]


def _shared(row: Sequence[Word], gutter: Span) -> Span | None:
    """What is left of the gutter beside this row; None where words stand across it."""
    left, right = gutter
    across = [word for word in row if word.x1 > left and word.x0 < right]
    if across:
        ends = [left, *(word.x1 for word in across)]
        starts = [*(word.x0 for word in across), right]
        left, right = max(zip(ends, starts, strict=True), key=lambda blank: blank[1] - blank[0])
        left, right = max(left, gutter[0]), min(right, gutter[1])
    return (left, right) if right - left >= 0.8 * _GUTTER * _size(row) else None


def _size(words: Sequence[Word]) -> float:
    return max(4.0, max(word.size for word in words))


def _usual_size(words: Iterable[Word]) -> float:
    words = list(words)
    if len({word.size for word in words}) == 1:
        return round(words[0].size, 1)
    sizes: Counter[float] = Counter()
    for word in words:
        sizes[round(word.size, 1)] += len(word.text)
    return max(sizes.items(), key=lambda entry: (entry[1], entry[0]))[0] if sizes else 10.0


def _base(line: Line) -> float:
    """About where the base line is: most words neither begin nor end with a letter that goes below it."""
    return sorted(word.bottom for word in line.words)[(len(line.words) - 1) // 2]


def _leading(bases: Sequence[float], sizes: Sequence[float]) -> float:
    """The distance of base lines inside the paragraphs of a column, as a multiple of the font size."""
    steps = sorted(
        step
        for (above, below), size in zip(pairwise(bases), sizes[1:], strict=True)
        if 0.8 < (step := (below - above) / max(1.0, size)) < 2.2
    )
    if len(steps) < 4:  # too few lines to learn from: rows of a form are no paragraph
        return min([_LEADING + 0.2, *steps])
    return steps[len(steps) // 4]


def _line(words: list[Word]) -> Line:
    return Line(words, words[0].page, *union(word.box for word in words))


def _turned(words: Sequence[Word]) -> list[Block]:
    """Words that are not upright, one paragraph for each direction, in the order of the text layer."""
    by_angle: dict[int, list[Word]] = {}
    for word in words:
        by_angle.setdefault(round(word.angle), []).append(word)
    return [Block(BlockKind.PARAGRAPH, [_line(run)]) for run in by_angle.values()]


class _Column:
    """The lines of one column, to be cut into blocks."""

    def __init__(self, lines: Sequence[Line], body_size: float, bold_tells: bool) -> None:
        self.lines = lines
        self.body_size = body_size
        self.bold_tells = bold_tells
        self.sizes = [block_text_size([line]) for line in lines]
        self.bases = [_base(line) for line in lines]
        self.leading = _leading(self.bases, self.sizes)
        self.right = max((line.x1 for line in lines), default=0.0)
        self.marks = self._trusted_marks()

    def blocks(self) -> list[Block]:
        groups: list[list[int]] = []
        for index in range(len(self.lines)):
            if groups and not self._breaks(groups[-1], index):
                groups[-1].append(index)
            else:
                groups.append([index])
        return [Block(self._kind(group), [self.lines[i] for i in group]) for group in groups]

    def _trusted_marks(self) -> list[str | None]:
        """The list mark of each line. A number, or a dash after a full line, may be a word of the sentence."""
        trusted: list[str | None] = []
        numbers: list[str] = []
        for index, line in enumerate(self.lines):
            mark = bullet_of(line)
            if mark is not None and _NUMBER.match(mark):
                value = mark.strip("(.)")
                follows = value in ("1", "a") or (bool(numbers) and _after(numbers[-1]) == value)
                if not (follows or index == 0 or self._apart(index) or self._indented(index)):
                    mark = None
                else:
                    numbers.append(value)
            elif mark is not None and mark in _DASHES and index and not self._apart(index):
                before = trusted[-1] is not None or self._indented(index) or self._ends_early(index)
                listed = any(m in _DASHES for m in trusted if m)
                mark = mark if before or listed else None
            elif mark in ("§", "+") or (mark == "o" and not any(trusted)):
                mark = None
            trusted.append(mark)
        return trusted

    def _breaks(self, group: Sequence[int], index: int) -> bool:
        """Whether line `index` begins a new block after the lines `group`."""
        above, line = self.lines[index - 1], self.lines[index]
        if self.marks[index] is not None or self._apart(index) or self._restyled(index) or self._outlined(index):
            return True
        if self._has_room(index) and caption_text(line.text) is not None:
            return True
        item = self.marks[group[0]] is not None
        if item:
            return line.x0 < self.lines[group[0]].x0 - 2.0 or (self._ends_early(index) and self._outdented(group, line))
        if len(group) == 1 and line.x0 < above.x0 - 1.0 and self._indented_start(group[0]):
            return False
        return self._ends_early(index) or line.x0 > above.x0 + 0.8 * line.size or self._leads_in(above, line)

    def _apart(self, index: int) -> bool:
        size = max(self.sizes[index - 1], self.sizes[index], 1.0)
        return (self.bases[index] - self.bases[index - 1]) / size > self.leading + _EXTRA

    def _outlined(self, index: int) -> bool:
        """Whether a heading begins with a place in the outline, "2.1": it goes on with none above."""
        line = self.lines[index]
        larger = self.sizes[index] > self.body_size + _LARGER or line.bold
        return larger and len(line.words) > 1 and _OUTLINE.match(line.words[0].text) is not None

    def _restyled(self, index: int) -> bool:
        above, line = self.lines[index - 1], self.lines[index]
        if abs(self.sizes[index - 1] - self.sizes[index]) > 0.6:
            return True
        return above.bold != line.bold and not self._bold_goes_on(above, line)

    @staticmethod
    def _bold_goes_on(above: Line, line: Line) -> bool:
        """A bold phrase inside a sentence may fill a whole line."""
        return above.words[-1].bold == line.words[0].bold and (above.words[0].bold, line.words[-1].bold) != (True, True)

    @staticmethod
    def _leads_in(above: Line, line: Line) -> bool:
        """A bold label at the start of a line ("Begründung: siehe Anlage") after a line that ends light."""
        if not line.words[0].bold or above.words[-1].bold:
            return False
        bold = [word.text for word in line.words if word.bold]
        return any(text.endswith(":") for text in bold)

    def _ends_early(self, index: int) -> bool:
        """Whether the line before stops although the next word had room, after the end of a sentence or a label."""
        return self._has_room(index) and self.lines[index - 1].words[-1].text[-1] in '.!?:“";'

    def _has_room(self, index: int) -> bool:
        """Whether the next word had room on the line before."""
        line = self.lines[index]
        word = line.words[0]
        room = self.right - self.lines[index - 1].x1 - 0.3 * line.size
        return room > word.x1 - word.x0 + 0.5 * line.size

    def _indented(self, index: int) -> bool:
        return self.lines[index].x0 > self.lines[index - 1].x0 + 0.8 * self.lines[index].size

    def _indented_start(self, index: int) -> bool:
        left = min(line.x0 for line in self.lines)
        return self.lines[index].x0 > left + 0.8 * self.lines[index].size

    def _outdented(self, group: Sequence[int], line: Line) -> bool:
        first = self.lines[group[0]]
        return len(first.words) > 1 and line.x0 < first.words[1].x0 - 2.0

    def _kind(self, group: Sequence[int]) -> BlockKind:
        lines = [self.lines[i] for i in group]
        text = " ".join(line.text for line in lines)
        larger = block_text_size(lines) > self.body_size + _LARGER
        bold = self.bold_tells and all(line.bold for line in lines)
        short = len(lines) <= _HEADING_LINES and len(text) <= _HEADING_CHARS
        if (larger or bold) and short and text[-1] not in ".;," and any(c.isalpha() for c in text):
            return BlockKind.HEADING
        return BlockKind.ITEM if self.marks[group[0]] is not None else BlockKind.PARAGRAPH


def _after(value: str) -> str:
    return str(int(value) + 1) if value.isdigit() else chr(ord(value) + 1)
