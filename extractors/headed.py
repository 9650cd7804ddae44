"""Tables of plans that rules do not part into cells: their columns from the labels of the header, over all pages.

Between two labels stands the blank that parts their columns: of what lies between them, the strip that no word of the
table covers, on this page and on those that go on with it, or print the same header again. Rules that are drawn
upright between two labels say it at once. The rows are found in headed_rows.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extractors.headed_rows import Region, Spacing, build_table
from extractors.headers import meaning_of
from extractors.heads import Head, find_heads
from extractors.lines import group_lines, runs
from schemas.geometry import Line, Page, Table, Word

_LEAST = 0.08
"""Width of a strip, in font sizes, at least."""
_APART = 0.7
"""Blank, in font sizes, that parts the texts of a line."""
_FAR = 3.2
"""Blank, in font sizes, that ends a table unless a rule stands in it."""
_SAME = 3.0
"""Points by which the labels of a header that is printed again may have moved."""
_BEGINS = 1.5
"""Points between the left ends of a label and of a text below it."""
_GAP = 0.45
"""Blank, in font sizes, that is more than that between two words."""
_MOST = 0.5
"""Share of the columns that the first row below a heading fills."""
_BAND_WORDS = 16
_BAND_LINES = 3
_HEADING = 1.12
"""Size of a heading, as a share of that of the table's texts."""
_NOTE = 0.9
_CROSSED = 0.06
"""Share of the lines that may run over a strip."""
_BESIDE = 14.0
"""Points by which a text may stand left of the labels."""

Strips = list[list[tuple[float, float]]]


@dataclass(slots=True)
class Columns:
    """The columns of a table: the strips between its labels that are free so far, over all its pages."""

    head: Head
    strips: Strips
    walls: list[float | None]
    """x of the rule between two labels, where one is drawn."""
    size: float
    regions: list[Region] = field(default_factory=list)
    crossed: int = 0
    kept: list[Line] = field(default_factory=list)
    """The lines of all pages so far, without those over several columns."""

    @property
    def meanings(self) -> list[str | None]:
        return [meaning_of(label.text)[0] for label in self.head.labels]

    def edges(self, x0: float, x1: float) -> list[float]:
        """The left and right end of each column, in points."""
        inner = [_edge(strip, wall, label.x0) for strip, wall, label in zip(
            self.strips, self.walls, self.head.labels[1:], strict=True)]  # fmt: skip
        return [min(x0, inner[0] - 1), *inner, max(x1, inner[-1] + 1)]


def _edge(strips: Sequence[tuple[float, float]], wall: float | None, label: float) -> float:
    """Where the next column begins: at the rule, else in the widest strip, or in the one that ends where its label
    begins; close to its right end, where the texts of the next column begin on all pages."""
    if wall is not None:
        return wall
    left, right = max(strips, key=lambda s: (s[1] - s[0]) + (6 if abs(s[1] - label) < 1.5 else 0))
    return max((left + right) / 2, right - 2.0)


def find_headed_tables(pages: Sequence[Page], outside: Sequence[Sequence[Word]]) -> list[list[Table]]:
    """The tables below headers of plans, for each page, among its words `outside` the tables that rules draw."""
    known: list[Columns] = []
    going_on: Columns | None = None
    for page, words in zip(pages, outside, strict=True):
        lines = group_lines(words)
        heads = find_heads(page, lines)
        stops = {head.first for head in heads}
        start = 0
        if going_on is not None and lines and not (heads and heads[0].first == 0):
            region, start = _walk(page, lines, 0, going_on, stops)
            if region is not None and not _complete(region, start, lines, page):
                region = None
            if region is not None:
                going_on.regions.append(region)
                going_on = going_on if start == len(lines) else None
            else:
                going_on = None
        else:
            going_on = None
        for head in heads:
            columns = _columns(page, head, known)
            if columns is None:
                continue
            region, end = _walk(page, lines, head.last + 1, columns, stops)
            if region is None:
                region = Region(page, [], head)
            region.head = head
            columns.regions.append(region)
            going_on = columns if end == len(lines) else None
    return _tables(pages, known)


def _complete(region: Region, end: int, lines: Sequence[Line], page: Page) -> bool:
    """Whether what stands at the top of a page goes on with the table: several columns, or all of the page."""
    return end == len(lines) or any(len(runs(line.words, _APART)) > 1 for line in region.lines)


def _columns(page: Page, head: Head, known: list[Columns]) -> Columns | None:
    """The columns below a header: those of an equal one before, or new ones; None where labels overlap."""
    for columns in known:
        if _repeats(head, columns.head):
            return columns
    strips: Strips = []
    walls: list[float | None] = []
    for left, right in pairwise(head.labels):
        if right.x0 <= left.x1:
            return None
        strips.append([(left.x1, right.x0)])
        between = [
            rule.x0
            for rule in page.rules
            if not rule.horizontal
            and left.x1 - 2 <= rule.x0 <= right.x0 + 2
            and rule.top < head.bottom
            and rule.bottom > head.top
        ]
        walls.append(between[0] if between else None)
    columns = Columns(head, strips, walls, max(word.size for word in head.words))
    known.append(columns)
    return columns


def _repeats(head: Head, other: Head) -> bool:
    if [label.text for label in head.labels] != [label.text for label in other.labels]:
        return False
    return all(abs(a.x0 - b.x0) <= _SAME for a, b in zip(head.labels, other.labels, strict=True))


def _walk(
    page: Page, lines: Sequence[Line], start: int, columns: Columns, stops: set[int]
) -> tuple[Region | None, int]:
    """The lines from `start` on that keep to the columns, and the index after them; None for none."""
    region = Region(page, [], None)
    waiting: list[Line] = []
    index = start
    while index < len(lines) and index not in stops:
        line = lines[index]
        above = waiting[-1] if waiting else region.lines[-1] if region.lines else None
        if above is not None and _far(page, above, line) and not _goes_on_far(line, columns):
            break
        if line.x0 < columns.head.labels[0].x0 - _BESIDE - 4 * columns.size:
            break
        hits = [n for n in range(len(columns.strips)) if not _free(columns, n, line)]
        single = len(runs(line.words, _APART)) == 1
        if single and (hits or _heading(line, columns) or _runs_over(line, columns) or _titles(page, line, columns)):
            waiting.append(line)
        elif hits and 2 * len(hits) >= max(2, len(columns.strips)):
            break
        else:
            if _other_table(line, waiting, columns):
                break
            region.bands += [waiting] if waiting else []
            region.lines += [*waiting, line]
            waiting = []
            columns.kept.append(line)
            columns.crossed += bool(hits)
            _keep_free(columns, line, hits)
        index += 1
    if waiting and index == len(lines) and region.lines and _band(waiting) and all(line.bold for line in waiting):
        region.bands.append(waiting)  # a title at the foot of the page: its rows are on the next one
        region.lines += waiting
        waiting = []
    index -= len(waiting)
    index -= _trimmed(page, region, columns, ended=index < len(lines))
    return (region if region.lines else None), index


def _far(page: Page, above: Line, line: Line) -> bool:
    distance = line.top - above.bottom
    if distance <= _FAR * max(line.size, above.size):
        return False
    ruled = any(rule.horizontal and above.bottom - 2 < rule.top < line.top + 2 for rule in page.rules)
    shaded = any(above.top - 40 < fill.top < line.top - 1 and fill.bottom > above.bottom + 1 for fill in page.fills)
    return not (ruled or shaded)


def _goes_on_far(line: Line, columns: Columns) -> bool:
    """Whether a line far below fills most of the columns."""
    lefts = [label.x0 for label in columns.head.labels]
    pieces = runs(line.words, _APART)
    under = sum(any(abs(piece[0].x0 - x) <= 2 for x in lefts) for piece in pieces)
    return under == len(pieces) >= max(2, 0.6 * len(lefts))


def _gaps(line: Line) -> list[tuple[float, float]]:
    inner = [(left.x1, right.x0) for left, right in pairwise(line.words)]
    return [(-1e9, line.words[0].x0), *inner, (line.words[-1].x1, 1e9)]


def _left(columns: Columns, strip: int, line: Line) -> list[tuple[float, float]]:
    """What the words of a line leave of a strip."""
    least = _LEAST * columns.size
    left = (
        (max(a, x0), min(b, x1))
        for a, b in columns.strips[strip]
        for x0, x1 in _gaps(line)
        if min(b, x1) - max(a, x0) >= least
    )
    return list(left)


def _free(columns: Columns, strip: int, line: Line) -> bool:
    wall = columns.walls[strip]
    if wall is not None:
        return not any(word.x0 + 1 < wall < word.x1 - 1 for word in line.words)
    return bool(_left(columns, strip, line))


def _keep_free(columns: Columns, line: Line, hits: Sequence[int]) -> None:
    for strip in range(len(columns.strips)):
        if strip not in hits and columns.walls[strip] is None:
            columns.strips[strip] = _left(columns, strip, line)


def _heading(line: Line, columns: Columns) -> bool:
    """Whether a line that keeps to a column is a heading: larger than the texts of the table."""
    sizes = sorted(_size(other) for other in columns.kept)
    return bool(sizes) and _size(line) > _HEADING * sizes[len(sizes) // 2]


def _size(line: Line) -> float:
    """The size of the letters of a line: a bullet may be larger."""
    return max((word.size for word in line.words if len(word.text) > 1), default=line.size)


def _runs_over(line: Line, columns: Columns) -> bool:
    """Whether a line without wide blanks goes on where the next column begins."""
    for strip, (left, right) in enumerate(pairwise(columns.head.labels)):
        if columns.walls[strip] is None and line.x0 < left.x1 and line.x1 > right.x0 + 1:
            begins = any(abs(word.x0 - right.x0) < _BEGINS for word in line.words)
            apart = any(b - a > _GAP * line.size for a, b in _left(columns, strip, line))
            if not begins and not apart:
                return True
    return False


def _titles(page: Page, line: Line, columns: Columns) -> bool:
    """Whether a line that keeps to the first column is a title of rows: shaded, no number among numbers, or bold."""
    labels = columns.head.labels
    if line.x0 > labels[0].x0 + line.size or len(line.words) > _BAND_WORDS:
        return False
    if meaning_of(labels[0].text)[0] == "number":
        return re.search(r"[^\W\d_]{3}", line.text) is not None
    width, middle = labels[-1].x1 - labels[0].x0, (line.top + line.bottom) / 2
    for fill in page.fills:
        if fill.top < middle < fill.bottom and fill.x1 - fill.x0 >= width and fill.bottom - fill.top < 3 * line.size:
            return line.x1 < labels[1].x0
    firsts = [other.words[0] for other in columns.kept if len(runs(other.words, _APART)) > 1]
    first = [word for word in firsts if abs(word.x0 - line.x0) < _SAME]
    return line.bold and len(first) > 1 and not any(word.bold for word in first)


def _other_table(line: Line, waiting: Sequence[Line], columns: Columns) -> bool:
    """Whether a line is none of the table, after `waiting` lines over several columns: they are no title of rows."""
    if waiting and not _band(waiting):
        return True
    several = len(runs(line.words, _APART)) > 1
    lefts = [label.x0 for label in columns.head.labels]
    under = sum(any(abs(piece[0].x0 - x) <= _SAME for x in lefts) for piece in runs(line.words, _APART))
    plain = [other for other in columns.kept if len(runs(other.words, _APART)) > 1 and not other.bold]
    headed = several and line.bold and len(plain) > 1 and bool(waiting)
    return bool(waiting) and (headed or (_heading(waiting[0], columns) and under < max(2, _MOST * len(lefts))))


def _band(waiting: Sequence[Line]) -> bool:
    """Whether lines over several columns are a title between rows."""
    words = [word for line in waiting for word in line.words]
    short = len(waiting) <= _BAND_LINES and len(words) <= _BAND_WORDS
    return short and words[-1].text[-1] not in ".;"


def _trimmed(page: Page, region: Region, columns: Columns, *, ended: bool) -> int:
    """Take single lines off the end of a region that are a heading, or a note, for what comes next; their number."""
    taken = 0
    while ended and len(region.lines) > 1:
        line, above = region.lines[-1], region.lines[-2]
        others = [
            other for other in region.lines[:-1] if other not in (band for group in region.bands for band in group)
        ]
        sizes = sorted(other.size for other in others) or [line.size]
        usual = sizes[len(sizes) // 2]
        first = len(runs(line.words, _APART)) == 1 and line.x0 < columns.head.labels[0].x0 + 2 * usual
        bold = line.bold and not any(other.bold for other in others if len(runs(other.words, _APART)) == 1)
        other_size = line.size > _HEADING * usual or line.size < _NOTE * usual
        steps = [b.bottom - a.bottom for a, b in pairwise(region.lines[:-1])]
        apart = bool(steps) and line.bottom - above.bottom > max(1.15 * max(steps), 1.5 * usual)
        closed = any(
            r.horizontal and above.bottom - 1 < r.top < line.top + 2 and r.x1 - r.x0 > line.x1 - line.x0
            for r in page.rules
        )
        if not first or not (other_size or (bold and (apart or closed)) or apart):
            break
        region.lines.pop()
        taken += 1
    return taken


def _tables(pages: Sequence[Page], known: Sequence[Columns]) -> list[list[Table]]:
    found: dict[int, list[Table]] = {page.number: [] for page in pages}
    for columns in known:
        if columns.crossed > max(1, _CROSSED * len(columns.kept)) or not all(
            strip or wall is not None for strip, wall in zip(columns.strips, columns.walls, strict=True)
        ):
            continue
        words = [word for region in columns.regions for word in region.words]
        if not words:
            continue
        edges = columns.edges(min(w.x0 for w in words), max(w.x1 for w in words))
        spacing = Spacing.of(columns.regions, edges)
        tables = [build_table(region, edges, columns.meanings, spacing) for region in columns.regions if region.words]
        if sum(table.n_rows for table in tables) < 3:
            continue
        for region, table in zip([r for r in columns.regions if r.words], tables, strict=True):
            found[region.page.number].append(table)
    return [sorted(found[page.number], key=lambda table: table.box[1]) for page in pages]
