"""The columns below a header: the strips between its labels that no word of the table covers."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, field
from itertools import pairwise

from extractors.field_names import without_field_label
from extractors.head_labels import Label
from extractors.heads import Head
from extractors.lines import runs
from extractors.meanings import meaning_of
from extractors.numbering import is_number
from extractors.regions import APART, Region, has_several
from schemas.geometry import Line, Page

BAND_WORDS = 16
HEADING = 1.12
"""Size of a heading, as a share of that of the table's texts."""
_LEAST = 0.08
"""Width of a strip, in font sizes, at least."""
_SAME = 3.0
"""Points by which the labels of a header that is printed again may have moved."""
_BEGINS = 1.5
"""Points between the left ends of a label and of a text below it."""
_LABEL_BONUS = 6.0
"""Points by which a strip counts wider that ends where a label begins."""
_GAP = 0.45
"""Blank, in font sizes, that is more than that between two words."""
_NUMBERS = 3
"""Numbers that make a column without a label."""
_CROSSED = 0.06
"""Share of the lines that may run over a strip."""
_RECENT = 60
"""Lines that tell how the texts of a table are set."""

Strip = list[tuple[float, float]]
Strips = list[Strip]


@dataclass(slots=True)
class Columns:
    """The columns of a table, over all its pages: narrowed down with each line that keeps to them."""

    head: Head
    strips: Strips
    """Between two labels: the places, in points, that are free so far."""
    walls: list[float | None]
    """Between two labels: x of the rule that is drawn there, if one is."""
    size: float
    """Font size of the labels, in points."""
    regions: list[Region] = field(default_factory=list)
    lines: int = 0
    crossed: int = 0
    """Lines that ran over a strip."""
    recent: deque[Line] = field(default_factory=lambda: deque(maxlen=_RECENT))
    sizes: deque[float] = field(default_factory=lambda: deque(maxlen=_RECENT))
    """Sizes of the letters of the recent lines, in points: taken once, for each line is compared with them."""

    @classmethod
    def of(cls, page: Page, head: Head) -> Columns | None:
        """The columns below a header; None where its labels overlap."""
        strips: Strips = []
        walls: list[float | None] = []
        upright = [r for r in page.rules if not r.horizontal and r.top < head.bottom and r.bottom > head.top]
        for left, right in pairwise(head.labels):
            if right.x0 <= left.x1:
                return None
            strips.append([(left.x1, right.x0)])
            walls.append(next((r.x0 for r in upright if left.x1 - 2 <= r.x0 <= right.x0 + 2), None))
        return cls(head, strips, walls, max(word.size for word in head.words))

    @property
    def meanings(self) -> list[str | None]:
        return [meaning_of(label.text)[0] if label.words else "number" for label in self.head.labels]

    @property
    def part(self) -> bool:
        """Whether the strips part the lines, with few exceptions."""
        free = all(strip or wall is not None for strip, wall in zip(self.strips, self.walls, strict=True))
        return free and self.crossed <= max(1, _CROSSED * self.lines)

    def edges(self, x0: float, x1: float) -> list[float]:
        """The left end of each column and the right end of the last, in points; its words reach from `x0` to `x1`."""
        labels = self.head.labels[1:]
        inner = [_edge(*between) for between in zip(self.strips, self.walls, (n.x0 for n in labels), strict=True)]
        return [min(x0, inner[0] - 1), *inner, max(x1, inner[-1] + 1)]

    def are_of(self, head: Head) -> bool:
        """Whether a header is that of these columns, printed again."""
        labels = self.head.labels
        if [label.text for label in head.labels] != [label.text for label in labels]:
            return False
        return all(abs(a.x0 - b.x0) <= _SAME for a, b in zip(head.labels, labels, strict=True))

    def left_by(self, line: Line) -> Strips:
        """What a line leaves of each strip: nothing where it runs over it."""
        gaps = _gaps(line)
        return [
            self._left(strip, gaps) if wall is None else ([] if _crosses(line, wall) else self.strips[strip])
            for strip, wall in enumerate(self.walls)
        ]

    def keep(self, line: Line, left: Strips) -> None:
        """Take a line for one of the table: the strips become what it leaves of them."""
        self.recent.append(line)
        self.sizes.append(_size(line))
        self.lines += 1
        self.crossed += not all(left)
        self.strips = [narrower or strip for narrower, strip in zip(left, self.strips, strict=True)]

    def run_over_by(self, line: Line) -> bool:
        """Whether a line without wide blanks goes on where the next column begins."""
        for strip, (left, right) in enumerate(pairwise(self.head.labels)):
            if self.walls[strip] is None and line.x0 < left.x1 and line.x1 > right.x0 + 1:
                begins = any(abs(word.x0 - right.x0) < _BEGINS for word in line.words)
                if not begins and not any(b - a > _GAP * line.size for a, b in self._left(strip, _gaps(line))):
                    return True
        return False

    def add_numbers(self) -> None:
        """Add a first column without a label where numbers stand left of all others."""
        left = self.head.labels[0].x0
        lines = [line for region in self.regions for line in region.lines]
        outside = [word for line in lines for word in line.words if word.x1 < left]
        if len(outside) < _NUMBERS or not all(is_number(word.text) for word in outside):
            return
        end = max(word.x1 for word in outside)
        self.strips.insert(0, [(end, left)])
        self.walls.insert(0, None)
        for head in {id(h): h for h in (self.head, *(r.head for r in self.regions)) if h is not None}.values():
            head.labels.insert(0, Label([], min(word.x0 for word in outside), end))

    def under_labels(self, line: Line) -> int:
        """How many texts of a line begin below a label."""
        lefts = [label.x0 for label in self.head.labels]
        return sum(any(abs(piece[0].x0 - x) <= _SAME for x in lefts) for piece in runs(line.words, APART))

    def is_heading(self, line: Line, *, whole: bool = False) -> bool:
        """Whether a line, or the `whole` of it, is larger than the texts of the table."""
        size = min(word.size for word in line.words) if whole else _size(line)
        return bool(self.sizes) and size > HEADING * sorted(self.sizes)[len(self.sizes) // 2]

    def names_rows(self, page: Page, line: Line) -> bool:
        """Whether a line in the first column is a title of rows: it says so, is no number, shaded, bold, or italic."""
        labels = self.head.labels
        if line.x0 > labels[0].x0 + line.size or len(line.words) > BAND_WORDS:
            return False
        first_means = meaning_of(labels[0].text)[0]
        if first_means == "number":
            return re.search(r"[^\W\d_]{3}", line.text) is not None
        if first_means != "field_of_action" and without_field_label(line.text) != line.text:
            return True  # "Handlungsfeld 2: Energie"
        width, middle = labels[-1].x1 - labels[0].x0, (line.top + line.bottom) / 2
        for fill in page.fills:
            if fill.top < middle < fill.bottom < fill.top + 3 * line.size and fill.x1 - fill.x0 >= width:
                return line.x1 < labels[1].x0
        first = [other.words[0] for other in self.several() if abs(other.x0 - line.x0) < _SAME]
        if len(first) < 2:
            return False
        slanted = all(word.italic for word in line.words) and not any(word.italic for word in first)
        return slanted or (line.bold and not any(word.bold for word in first))

    def several(self) -> list[Line]:
        """The recent lines with texts of several columns."""
        return [line for line in self.recent if has_several(line)]

    def _left(self, strip: int, gaps: Strip) -> Strip:
        least = _LEAST * self.size
        parts = [(max(a, x0), min(b, x1)) for a, b in self.strips[strip] for x0, x1 in gaps if x1 > a and x0 < b]
        return [(a, b) for a, b in parts if b - a >= least]


def _gaps(line: Line) -> Strip:
    """The blanks between the words of a line, before and behind them."""
    inner = [(left.x1, right.x0) for left, right in pairwise(line.words)]
    return [(-1e9, line.words[0].x0), *inner, (line.words[-1].x1, 1e9)]


def _crosses(line: Line, wall: float) -> bool:
    return any(word.x0 + 1 < wall < word.x1 - 1 for word in line.words)


def _edge(strips: Strip, wall: float | None, label: float) -> float:
    """Where the next column begins: at the rule, else close to the right end of the widest strip.

    There its texts begin on all pages; a strip that ends where the label begins counts wider.
    """
    if wall is not None:
        return wall
    left, right = max(strips, key=lambda s: s[1] - s[0] + (_LABEL_BONUS if abs(s[1] - label) < _BEGINS else 0))
    return max((left + right) / 2, right - 2.0)


def _size(line: Line) -> float:
    """The size of the letters of a line: a bullet may be larger."""
    return max((word.size for word in line.words if len(word.text) > 1), default=line.size)
