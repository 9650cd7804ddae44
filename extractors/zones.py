"""Text columns of a page, as a newspaper has them: what stands in one of them is no cell of what stands in the next.

Text columns differ from columns of a table: they are equally wide, fill the page's text width together, and most of
their lines are full. Bands of the page in which they stand are parted into them; all else keeps its whole width.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.lines import group_lines, line_of, runs
from schemas.geometry import Line, Word

_RUN_GAP = 0.9
"""Blank, in font sizes, that ends a run of words: justified lines are stretched less."""
_RUN_WORDS = 4
_FULL = 0.88
"""Share of a text column's width from which a line is full."""
_MOSTLY = 0.6
_LEAST_LINES = 5
_ALIKE = 0.12
"""Share of their width by which text columns may differ."""
_PROSE_LINES = 3
"""Lines of prose that show that text columns part a band."""
_BESIDE = 0.3
_APART = 1.3
"""Blank between lines, in font sizes, that may part a band of the page from the next."""


@dataclass(slots=True)
class _Column:
    x0: float
    x1: float
    lines: int


def split_zones(words: Sequence[Word]) -> list[list[Word]]:
    """The upright `words` of a page as zones, from top to bottom, the text columns of a band from left to right.

    A page without text columns is one zone.
    """
    lines = group_lines(words)
    if not lines:
        return []
    columns = _text_columns(lines)
    if len(columns) < 2:
        return [list(words)]
    gutters = [(left.x1 + right.x0) / 2 for left, right in pairwise(columns)]
    zones: list[list[Word]] = []
    for band, parted in _bands(lines, gutters, columns):
        whole = [word for line in band for word in line.words]
        zones += _parts(whole, gutters) if parted else [whole]
    return zones


def _text_columns(lines: Sequence[Line]) -> list[_Column]:
    """The text columns of a page, none where it has one only."""
    pieces = [line_of(run) for line in lines for run in runs(line.words, _RUN_GAP)]
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    found = [column for column in _stacks(pieces) if column.x1 - column.x0 < 0.56 * (right - left)]
    found = [column for column in found if column.x1 - column.x0 > 0.2 * (right - left)]
    if not found:
        return []
    widest = max(found, key=lambda column: column.lines)
    width = widest.x1 - widest.x0
    alike = [column for column in found if abs(column.x1 - column.x0 - width) < _ALIKE * width]
    number = round((right - left) / (width * 1.04))
    return _completed(alike, left, right, number) if number in (2, 3) else []


def _stacks(pieces: Sequence[Line]) -> list[_Column]:
    """Runs of prose that begin at one x and mostly end at one x, from left to right."""
    prose = sorted((p for p in pieces if len(p.words) >= _RUN_WORDS), key=lambda p: p.x0)
    groups: list[list[Line]] = []
    for piece in prose:
        if groups and piece.x0 - groups[-1][0].x0 < 3:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    columns: list[_Column] = []
    for group in groups:
        reach = sorted(piece.x1 for piece in group)[int(0.9 * (len(group) - 1))]
        x0 = group[0].x0
        full = sum(piece.x1 - x0 >= _FULL * (reach - x0) for piece in group)
        if full >= max(_LEAST_LINES, _MOSTLY * len(group)):
            columns.append(_Column(x0, reach, len(group)))
    return columns


def _completed(columns: Sequence[_Column], left: float, right: float, number: int) -> list[_Column]:
    """All `number` text columns of the page, those too that hold a table only; none where they do not fit."""
    width = columns[0].x1 - columns[0].x0
    gutter = (right - left - number * width) / (number - 1)
    if not 4 < gutter < 0.25 * width:
        return []
    places = [_Column(left + n * (width + gutter), left + n * (width + gutter) + width, 0) for n in range(number)]
    for column in columns:
        within = [p for p in places if p.x0 - 0.5 * gutter - 3 < column.x0 and column.x1 < p.x1 + 0.5 * gutter + 3]
        if not within:
            return []
        within[0].lines += column.lines
    return places


def _bands(
    lines: Sequence[Line], gutters: Sequence[float], columns: Sequence[_Column]
) -> list[tuple[list[Line], bool]]:
    """Bands of lines, each with whether text columns part it."""
    bands: list[tuple[list[Line], bool]] = []
    for line in lines:
        crossing = any(run[0].x0 < x < run[-1].x1 for run in runs(line.words, _RUN_GAP) for x in gutters)
        apart = bool(bands) and line.top - bands[-1][0][-1].bottom > _APART * line.size
        if not bands or bands[-1][1] == crossing or (apart and not crossing):
            bands.append(([line], not crossing))
        else:
            bands[-1][0].append(line)
    sure = [parted and _prose_lines(band, columns) >= _PROSE_LINES for band, parted in bands]
    judged = list(sure)
    for step in (-1, 1):  # what stands beside prose is in its column
        for index in range(len(bands))[::-step]:
            near = 0 <= index + step < len(bands) and judged[index + step] and _nearer(bands, index, step, judged)
            judged[index] |= bands[index][1] and near and not _one_table(bands[index][0], columns)
    joined: list[tuple[list[Line], bool]] = []
    for (band, _), parted in zip(bands, judged, strict=True):
        if joined and joined[-1][1] == parted:
            joined[-1][0].extend(band)
        else:
            joined.append((list(band), parted))
    return joined


def _nearer(bands: Sequence[tuple[list[Line], bool]], index: int, step: int, parted: Sequence[bool]) -> bool:
    """Whether the band at `index` is no nearer to its other neighbour, where that keeps the page's whole width."""
    other = index - step
    if not 0 <= other < len(bands) or parted[other]:
        return True
    above = bands[index][0][0].top - bands[index - 1][0][-1].bottom
    below = bands[index + 1][0][0].top - bands[index][0][-1].bottom
    return (above <= below) if step == -1 else (below <= above)


def _prose_lines(band: Sequence[Line], columns: Sequence[_Column]) -> int:
    """The number of lines of a band with a run of words that fills a text column."""
    return sum(
        any(len(run) >= _RUN_WORDS and _fills(run, columns) for run in runs(line.words, _RUN_GAP)) for line in band
    )


def _one_table(band: Sequence[Line], columns: Sequence[_Column]) -> bool:
    """Whether the lines of a band run through the columns: rows of a table over the page's width."""
    both = beside = 0
    for line in band:
        places = {_place(run, columns) for run in runs(line.words, _RUN_GAP)}
        both += len(places) == len(columns)
        beside += 0 not in places
    return both >= _BESIDE * len(band) and beside < _BESIDE * len(band)


def _fills(run: Sequence[Word], columns: Sequence[_Column]) -> bool:
    column = columns[_place(run, columns)]
    return run[-1].x1 - run[0].x0 >= 0.7 * (column.x1 - column.x0)


def _place(run: Sequence[Word], columns: Sequence[_Column]) -> int:
    return sum(run[0].x0 >= column.x0 - 3 for column in columns[1:])


def _parts(words: Sequence[Word], gutters: Sequence[float]) -> list[list[Word]]:
    parts: list[list[Word]] = [[] for _ in range(len(gutters) + 1)]
    for word in words:
        parts[sum((word.x0 + word.x1) / 2 > x for x in gutters)].append(word)
    return [part for part in parts if part]
