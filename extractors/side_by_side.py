"""What stands beside a table without rules and is none of it: prose, a chart, another table.

Lines of one table stand on common base lines. Where the lines left and right of a blank strip do not, and figures stand
on one side and sentences, or other labels with figures, on the other, two things share the page. So do two tables
whose rules all leave out the same strip.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.figures import is_figure
from extractors.lines import group_lines, line_of, runs
from extractors.rules import rule_widths
from schemas.geometry import Line, Page, Rule, Word

_GAP = 0.9
"""Blank, in font sizes, that parts the pieces of a line."""
_STRIP = 1.2
"""Width of the blank strip, in font sizes, at least."""
_SAME = 2.0
"""Points by which ends that line up differ, at most."""
_LEAST = 5
"""Lines on each side, at least."""
_LEVEL = 0.12
"""Share of the font size by which base lines of one row differ, at most."""
_LEVELS = 0.4
"""Share of the lines of one side that are level with one of the other where both are of one table."""
_SENTENCE = 4.0
"""Words of a piece of prose, on average."""
_FIGURES = 0.4
"""Share of the pieces of a table of figures that begin with one."""
_RULES, _COVER = 2, 0.9
"""Heights at which rules run over all of each side, at least, and how much of it."""


@dataclass(slots=True)
class _Sides:
    """The pieces of neighbouring lines left and right of a strip that none of them covers."""

    left: list[Line]
    right: list[Line]

    @property
    def top(self) -> float:
        return min(piece.top for piece in (*self.left, *self.right))

    @property
    def bottom(self) -> float:
        return max(piece.bottom for piece in (*self.left, *self.right))


def split_beside(page: Page, words: Sequence[Word]) -> list[list[Word]]:
    """The upright `words` of a zone, parted where two things stand side by side: above, left, right and below."""
    pieces = [line_of(run) for line in group_lines(words) for run in runs(line.words, _GAP)]
    found = [
        (len(_levels(sides.left)) + len(_levels(sides.right)), x, sides)
        for x, strip in _strips(pieces)
        for sides in _stretches(pieces, x, strip)
        if _are_apart(page, sides, x, strip)
    ]
    if not found:
        return [list(words)]
    _, x, sides = max(found, key=lambda entry: entry[:2])  # of two strips the one beside most lines
    return _parts(page, words, sides, x)


def _parts(page: Page, words: Sequence[Word], sides: _Sides, x: float) -> list[list[Word]]:
    above = [word for word in words if word.middle < sides.top]
    below = [word for word in words if word.middle > sides.bottom]
    beside = [word for word in words if sides.top <= word.middle <= sides.bottom]
    left, right = [w for w in beside if w.x0 < x], [w for w in beside if w.x0 >= x]
    return [part for zone in (above, left, right, below) if zone for part in _again(page, zone, len(words))]


def _again(page: Page, zone: list[Word], whole: int) -> list[list[Word]]:
    return split_beside(page, zone) if len(zone) < whole else [zone]


def _strips(pieces: Sequence[Line]) -> Iterator[tuple[float, float]]:
    """(x, width) of strips beside which pieces line up: x is the right end of the strip, in points."""
    size = sorted(piece.size for piece in pieces)[len(pieces) // 2] if pieces else 0.0
    width = _STRIP * size
    for x in _ends(sorted(piece.x0 for piece in pieces)):
        yield x - 0.5, width
    for x in _ends(sorted(piece.x1 for piece in pieces)):
        yield x + 0.5 + width, width


def _ends(xs: Sequence[float]) -> Iterator[float]:
    """The x at which enough of the sorted ends of pieces lie."""
    start = 0
    for index in range(1, len(xs) + 1):
        if index == len(xs) or xs[index] - xs[index - 1] > _SAME:
            if index - start >= _LEAST:
                yield xs[start]
                yield xs[index - 1]
            start = index


def _stretches(pieces: Sequence[Line], x: float, strip: float) -> Iterator[_Sides]:
    """Runs of pieces, from top to bottom, that leave the strip left of x free, with enough of them on both sides."""
    sides = _Sides([], [])
    for piece in sorted(pieces, key=lambda p: p.top):
        if piece.x1 <= x - strip:
            sides.left.append(piece)
        elif piece.x0 >= x:
            sides.right.append(piece)
        else:
            yield from _enough(sides)
            sides = _Sides([], [])
    yield from _enough(sides)


def _enough(sides: _Sides) -> Iterator[_Sides]:
    if min(len(_levels(sides.left)), len(_levels(sides.right))) >= _LEAST:
        yield sides


def _levels(pieces: Sequence[Line]) -> list[float]:
    """The base lines of pieces, each once."""
    levels: list[float] = []
    for piece in sorted(pieces, key=lambda p: p.bottom):
        if not levels or piece.bottom - levels[-1] > _LEVEL * piece.size:
            levels.append(piece.bottom)
    return levels


def _are_apart(page: Page, sides: _Sides, x: float, strip: float) -> bool:
    """Whether what stands left and right of a strip is no one table."""
    if _ruled_apart(page, sides, x, strip):
        return True
    left, right = _levels(sides.left), _levels(sides.right)
    size = sides.left[0].size
    few, many = sorted((left, right), key=len)
    level = sum(any(abs(a - b) <= _LEVEL * size for b in many) for a in few)
    if level > _LEVELS * len(few):
        return False
    figures = [_share_of_figures(side) >= _FIGURES for side in (sides.left, sides.right)]
    if all(figures):
        return all(_labelled(side) for side in (sides.left, sides.right))
    prose = sides.right if figures[0] else sides.left
    return any(figures) and sum(len(piece.words) for piece in prose) >= _SENTENCE * len(prose)


def _ruled_apart(page: Page, sides: _Sides, x: float, strip: float) -> bool:
    """Whether rules stand on both sides at several heights, and none runs over the strip."""
    reach = [r for r in page.rules if r.horizontal and sides.top - 10 < r.top < sides.bottom + 10]
    if any(rule.x0 < x - strip / 2 < rule.x1 for rule in reach):
        return False
    heights = [_whole(reach, pieces) for pieces in (sides.left, sides.right)]
    return all(len(found) >= _RULES for found in heights) and bool(heights[0] & heights[1])


def _whole(rules: Sequence[Rule], pieces: Sequence[Line]) -> set[int]:
    """The heights at which a rule runs over all of some pieces."""
    x0, x1 = min(piece.x0 for piece in pieces), max(piece.x1 for piece in pieces)
    return {height for height, length in rule_widths(rules, x0, x1).items() if length >= _COVER * (x1 - x0)}


def _share_of_figures(pieces: Sequence[Line]) -> float:
    return sum(is_figure(piece.words[0].text) for piece in pieces) / len(pieces)


def _labelled(pieces: Sequence[Line]) -> bool:
    """Whether a side has labels of its own beside its figures."""
    labels = [piece for piece in pieces if sum(c.isalpha() for c in piece.text) > 1]
    return len(_levels(labels)) >= _LEAST
