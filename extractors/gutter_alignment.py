"""Columns that stand closer than white space shows: their texts begin, or end, at one x on many lines.

A word processor sets a table as narrow as its texts allow; then the blank between two columns is no wider than that
between two words wherever a text fills its column. What tells them apart is that words line up there, while the blank
before them is wide on some lines and narrow on others: in prose, or in a phrase that is repeated, it is not.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.figures import is_figure
from extractors.gutter_rows import GUTTER, Row, split_pieces
from schemas.geometry import Word

_LEADING = re.compile(r"^[+\-–−]?\d{1,3}$")
_THOUSANDS = re.compile(r"^\d{3}(?:[.,]\d+)?$")
_SPACE = 0.4
"""Blank, in font sizes, of a space at most."""
_SAME = 0.7
"""Points by which ends that line up differ, at most."""
_LINES = 4
"""Lines on which words line up, at least."""
_SHARE = 0.6
"""Their share of the lines that have words on both sides."""
_WIDE_LINES = 2
"""Lines on which the blank is wide enough to show a column by itself."""
_APART = 2.5
"""Distance of two lines, in font sizes, over which no column goes on."""


@dataclass(slots=True)
class _Stop:
    """A place between two words of a line at which a column may end."""

    row: int
    x: float
    narrow: bool
    told: bool
    """Whether the blank is wide, or stands between two numbers."""


def aligned(rows: Sequence[Row]) -> list[Row]:
    """The rows with pieces and runs parted where columns stand close together; `Row.aligned` names their x."""
    found: dict[int, set[float]] = defaultdict(set)
    for ends in (False, True):
        for x, inside in _columns(rows, ends=ends):
            for index in inside:
                found[index].add(x)
    return [_parted(row, sorted(found[index])) if index in found else row for index, row in enumerate(rows)]


def _columns(rows: Sequence[Row], *, ends: bool) -> Iterable[tuple[float, Sequence[int]]]:
    """x of columns whose texts begin there (or end), with the indices of the lines over which they run."""
    stops: dict[int, list[_Stop]] = defaultdict(list)
    for index, row in enumerate(rows):
        if len(row.pieces) == 1:
            continue  # a line of prose lines up with anything
        for left, right in pairwise(row.line.words):
            blank = right.x0 - left.x1
            if blank < _SPACE * right.size and _one_figure(left, right):
                continue
            # Words of one width that begin at one x end at one, too; only numbers are set to the right.
            if blank > 0.1 * right.size and (not ends or is_figure(left.text)):
                x = left.x1 if ends else right.x0
                narrow = blank < GUTTER * right.size
                stops[round(x)].append(_Stop(index, x, narrow, not narrow or _two_figures(left, right)))
    for at in sorted(stops):
        # The heaviest of three neighbours speaks for those beside it.
        if len(stops[at]) < max(len(stops.get(at - 1, ())), len(stops.get(at + 1, ())) + 1):
            continue
        near = [stop for other in (at - 1, at, at + 1) for stop in stops.get(other, ())]
        if len(near) < _LINES or sum(stop.told for stop in near) < _WIDE_LINES or not any(stop.narrow for stop in near):
            continue
        x = sorted(stop.x for stop in near)[len(near) // 2]
        near = [stop for stop in near if abs(stop.x - x) <= _SAME]
        for part in _stretches(rows, near, x):
            yield x, part


def _stretches(rows: Sequence[Row], stops: Sequence[_Stop], x: float) -> Iterable[Sequence[int]]:
    """Runs of neighbouring lines on which enough words line up at x, and no word stands across it."""
    by_row = {stop.row: stop for stop in stops}
    start = None
    last = max(by_row)
    for index in range(min(by_row), last + 2):
        broken = index > last or _across(rows[index], x) or (index - 1 in by_row and _far(rows, index))
        if not broken:
            start = index if start is None and index in by_row else start
        elif start is not None:
            part = [i for i in range(start, index) if len(rows[i].pieces) > 1]
            part = [i for i in part if i not in by_row or not by_row[i].narrow or _in_column(rows, part, i, x)]
            held = [by_row[i] for i in part if i in by_row]
            both = sum(rows[i].line.x0 < x - _SAME and rows[i].line.x1 > x + _SAME for i in part)
            told = sum(stop.told for stop in held) >= _WIDE_LINES and any(stop.narrow for stop in held)
            if told and len(held) >= max(_LINES, _SHARE * both):
                yield part
            start = None


def _in_column(rows: Sequence[Row], part: Sequence[int], index: int, x: float) -> bool:
    """Whether the text left of x begins, or ends, where that of another line does: it is no more of the column of x."""
    run = next(run for run in rows[index].runs if run.x1 > x - _SAME)
    end = max((word.x1 for word in run.words if word.x1 <= x + _SAME), default=run.x1)
    others = [word for i in part if i != index for word in rows[i].line.words]
    return any(abs(word.x0 - run.x0) <= 1 or abs(word.x1 - end) <= 1 for word in others)


def _two_figures(left: Word, right: Word) -> bool:
    """Whether two numbers stand side by side, and not the thousands of one: "1 245"."""
    return is_figure(left.text) and is_figure(right.text) and not _one_figure(left, right)


def _one_figure(left: Word, right: Word) -> bool:
    """Whether two words may be one number: "1 245"."""
    return bool(_LEADING.match(left.text) and _THOUSANDS.match(right.text))


def _across(row: Row, x: float) -> bool:
    return any(word.x0 < x - _SAME and word.x1 > x + _SAME for word in row.line.words)


def _far(rows: Sequence[Row], index: int) -> bool:
    above, line = rows[index - 1].line, rows[index].line
    return line.top - above.bottom > _APART * max(above.size, line.size)


def _parted(row: Row, xs: Sequence[float]) -> Row:
    def ends(left: Word, right: Word) -> bool:
        return any(left.x1 - _SAME <= x <= right.x0 + _SAME for x in xs)

    return Row(row.line, split_pieces(row.pieces, ends), split_pieces(row.runs, ends), tuple(xs))
