"""Where the columns of a table without vertical rules part: x in points, its left and right end included."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from extractors.gutter_rows import GUTTER, NARROW, Row

_CROSSING = 0.04
"""Share of the lines that may cross a gutter: spanned headers, bands."""
_CROSSED_WORDS = 0.03
_FILLED = 0.8
_HEAD_LINES = 7
_BODY_LINES = 3


def body_edges(rows: Sequence[Row]) -> list[float]:
    """Column edges of all lines, or of those below titles over several columns where they have more."""
    best = _edges(rows)
    values = False
    for head in range(1, min(_HEAD_LINES, len(rows) - _BODY_LINES) + 1):
        edges = _edges(rows[head:])
        # Below a line of single values only lines that fill all columns tell of more of them.
        values = values or len(rows[head - 1].runs) >= len(best)
        if len(edges) > len(best) and (not values or _filled(rows[head:], edges)):
            best = edges
    return [min(best[0], rows[0].line.x0), *best[1:-1], max(best[-1], rows[0].line.x1)]


def _filled(rows: Sequence[Row], edges: Sequence[float]) -> bool:
    """Whether most lines fill all columns, each with one text."""
    return sum(len(row.runs) == len(edges) - 1 for row in rows) >= _FILLED * len(rows)


def header_edges(rows: Sequence[Row]) -> list[float] | None:
    """Column edges between the labels of the header: where the fewest words stand; None where too many stand there."""
    labels = rows[0].pieces
    words = [word for row in rows[1:] for word in row.line.words]
    edges = [min(row.line.x0 for row in rows)]
    for left, right in pairwise(labels):
        edge, crossing = emptiest(left.x1, right.x0, rows[1:])
        if crossing > max(1, _CROSSED_WORDS * len(words)):
            return None
        edges.append(edge)
    return [*edges, max(row.line.x1 for row in rows)]


def _edges(rows: Sequence[Row]) -> list[float]:
    """Column edges: left, the ends of the gutters, right."""
    left, right = min(row.line.x0 for row in rows), max(row.line.x1 for row in rows)
    size = median(row.line.size for row in rows)
    several = [row for row in rows if len(row.pieces) > 1] or list(rows)
    allowed = int(_CROSSING * len(several))
    events: list[tuple[float, int]] = []
    for row in several:
        for run in row.runs:
            events += [(run.x0, 1), (run.x1, -1)]
    events.sort()
    edges, covered, free_from = [left], 0, None
    for x, change in events:
        before, covered = covered, covered + change
        if before > allowed >= covered:
            free_from = x
        elif before <= allowed < covered and free_from is not None:
            narrow = any(row.lines_up(free_from, x) for row in several)
            if x - free_from >= (NARROW if narrow else GUTTER) * size:
                edges.append(emptiest(free_from, x, rows)[0])
            free_from = None
    return [*edges, right]


def emptiest(start: float, end: float, rows: Sequence[Row]) -> tuple[float, int]:
    """(x, pieces there) of the widest strip between `start` and `end` that the fewest pieces cover: near its end.

    There the texts of the next column begin, on this page and on the next one.
    """
    if not rows:
        return end - 2.0, 0  # the texts of a column begin under its label
    spans = [(run.x0, run.x1) for row in rows for run in row.runs]
    stops = sorted({start, end, *(x for span in spans for x in span if start < x < end)})
    best = (len(spans) + 1, 0.0, start)
    for left, right in pairwise(stops):
        covered = sum(x0 < right - 0.01 and x1 > left + 0.01 for x0, x1 in spans)
        best = min(best, (covered, left - right, _before(left, right)))
    return best[2], best[0]


def _before(left: float, right: float) -> float:
    """The edge in a strip: close to its right end."""
    return max((left + right) / 2, right - 2.0)
