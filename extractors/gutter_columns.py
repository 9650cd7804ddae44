"""Columns that begin right under the labels of a header: they part texts that white space does not.

A spreadsheet prints texts up to the edge of their cells: a word ends a point before the next column begins.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from extractors.gutter_rows import Row, split_pieces
from schemas.geometry import Word

_SAME = 0.9
"""Points between the left ends of two texts of one column, at most."""
_SHARE = 0.3
"""Share of the lines on which a text must begin under a label, white space before it, to believe in the column."""
_WIDEST = 12.0
"""Blank, in font sizes, that ends a table even before a full row."""


def parted(rows: Sequence[Row], lefts: Sequence[float]) -> list[Row]:
    """The rows with pieces parted where a word begins at one of `lefts`, the left ends of columns in points.

    A line of one piece stays whole: it may be the title of a band, in which a word begins there by chance.
    """
    sure = [x for x in lefts if _begins_column(rows, x)]

    def begins(_: Word, word: Word) -> bool:
        return any(abs(word.x0 - x) <= _SAME for x in sure)

    return [
        replace(row, pieces=split_pieces(row.pieces, begins), runs=split_pieces(row.runs, begins))
        if len(row.pieces) > 1
        else row
        for row in rows
    ]


def _begins_column(rows: Sequence[Row], x: float) -> bool:
    beside = [row for row in rows if row.line.x0 < x - _SAME and row.line.x1 > x]
    begun = sum(any(abs(piece.x0 - x) <= _SAME for piece in row.pieces[1:]) for row in beside)
    return begun >= max(2, _SHARE * len(beside))


def full_row(header: Row, row: Row, distance: float) -> bool:
    """Whether a row far below goes on with a table: its pieces begin under most labels of the header."""
    lefts = [label.x0 for label in header.pieces]
    under = sum(_near(piece.x0, lefts) for piece in row.pieces)
    return distance < _WIDEST * row.line.size and under == len(row.pieces) >= max(2, 0.6 * len(lefts))


def _near(x: float, lefts: Sequence[float]) -> bool:
    at = bisect_right(lefts, x + 1.5)
    return at > 0 and x - lefts[at - 1] <= 1.5
