"""The lines of a table without vertical rules, and where one of its rows ends and the next begins.

Rows are parted by drawn rules or changes of shading where there are any, else by wider line distances, else by the
lines on which the first column begins.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from extractors.celltext import is_mark
from extractors.grid import shade_changes
from extractors.lines import group_lines, line_of, runs
from extractors.meanings import meaning_of
from extractors.numbering import is_number
from extractors.rules import rule_widths
from schemas.geometry import Line, Page, Word

GUTTER = 0.45
"""Least width of a gutter in font sizes."""
NARROW = 0.1
"""The same where texts line up at one side of it."""
_PIECE_GAP = 1.0
"""Blank, in font sizes, that parts the pieces of a line."""
_MARK_GAP = 2.5
"""Most blank, in font sizes, between the mark of a list item and its text."""
_DRAWN = 0.6
"""Share of a table's width from which rules at one height part its rows."""
_BAND_GAP = 1.5
"""Line distance, in font sizes, from which a bold line apart from a bold header is a band."""
_FULL_COLUMNS = 4
_RAISED = 0.8
"""Size of raised and lowered signs, as a share of that of their line, at most."""
_LABEL_WORDS = 5
_KNOWN = 0.75
"""Likeness from which a label is a known one."""
_KNOWN_LABELS = 3
_LEADING = 1.5
"""Distance of the base lines of one label, in font sizes, at most."""
_NUMBER = re.compile(r"^[+\-–−(]?\d[\d.,  ]*\)?\s?(?:%|€|T€|Euro|EUR)?$")


@dataclass(slots=True)
class Row:
    """A line of the page over all columns, and its pieces."""

    line: Line
    pieces: list[Line]
    """Parted at blanks that are wide enough to show a column."""
    runs: list[Line]
    """Parted at blanks that may be the narrowest place of a gutter."""
    aligned: tuple[float, ...] = ()
    """The x, in points, at which texts of this line and its neighbours line up, however narrow the blank there."""

    def lines_up(self, start: float, end: float) -> bool:
        """Whether texts line up at the left or the right end of a blank strip."""
        return any(abs(x - start) <= 1 or abs(x - end) <= 1 for x in self.aligned)

    @property
    def hinted(self) -> bool:
        """Whether the pieces read like the header of a plan."""
        if len(self.pieces) < 2:
            return False
        short = [piece.text for piece in self.pieces if len(piece.words) <= _LABEL_WORDS]
        labels = [text for text in short if text[0].isupper() and not text[-1].isdigit()]
        known = {m for label in labels for m, likeness in [meaning_of(label)] if m and likeness >= _KNOWN}
        return len(known) >= 2 and 2 * len(known) >= len(self.pieces)


def pieces_of(line: Line, gap: float) -> list[list[Word]]:
    """The words of a line parted at wide blanks; the mark of a list item stays with its text.

    A dash before a number, or far from what follows, is no mark: it stands for a value that is missing.
    """
    parts: list[list[Word]] = []
    for run in runs(line.words, gap):
        mark = parts[-1][0] if parts and len(parts[-1]) == 1 and is_mark(parts[-1][0].text) else None
        near = mark is not None and run[0].x0 - mark.x1 < _MARK_GAP * run[0].size
        if near and not _NUMBER.match(" ".join(word.text for word in run)):
            parts[-1].extend(run)
        else:
            parts.append(run)
    return parts


def split_pieces(pieces: Sequence[Line], ends: Callable[[Word, Word], bool]) -> list[Line]:
    """The pieces of a line, parted between two neighbouring words where a column `ends`."""
    result: list[Line] = []
    for piece in pieces:
        words = piece.words
        cuts = [n for n in range(1, len(words)) if ends(words[n - 1], words[n])]
        bounds = [0, *cuts, len(words)]
        result += [line_of(words[a:b]) for a, b in pairwise(bounds)] if cuts else [piece]
    return result


def rows_of(words: Iterable[Word]) -> list[Row]:
    """The lines of a page's `words`, from top to bottom, with their pieces."""
    return [
        Row(line, [line_of(r) for r in pieces_of(line, _PIECE_GAP)], [line_of(r) for r in pieces_of(line, GUTTER)])
        for line in _with_raised(group_lines(words))
    ]


def _with_raised(lines: Sequence[Line]) -> list[Line]:
    """The lines, with those that are nothing but raised or lowered signs of a neighbour put into it."""
    joined: list[Line] = []
    for line in lines:
        if joined and _raised(joined[-1], line):
            joined[-1] = line_of(sorted([*joined[-1].words, *line.words], key=lambda w: (w.x0, w.x1)))
        else:
            joined.append(line)
    return joined


def _raised(above: Line, below: Line) -> bool:
    """Whether one of two lines is small, overlaps the other one in height and stands at words of it."""
    small, large = (above, below) if above.size < below.size else (below, above)
    if small.size > _RAISED * large.size or above.bottom - below.top < 0.2 * small.size:
        return False
    near = 0.3 * large.size
    return all(any(min(abs(s.x0 - w.x1), abs(w.x0 - s.x1)) < near for w in large.words) for s in small.words)


def row_cuts(
    page: Page, rows: Sequence[Row], edges: Sequence[float], row_gap: float | None, *, goes_on: bool = False
) -> list[float]:
    """The y at which a new row of the table begins, without the first; `row_gap` is that of the page before.

    Where a table `goes_on` from there, without its header, a single rule parts rows: it is none below a header.
    """
    drawn = drawn_cuts(page, rows, edges)
    labels = _label_cuts(rows, edges, 1 if goes_on and len(edges) == 3 else _KNOWN_LABELS)
    spaced = labels or spaced_cuts(rows, edges, row_gap)
    enough = len(drawn) >= 0.6 * len(spaced) or (_tiled(rows, drawn) and not _numeric(rows, edges))
    told = goes_on and bool(drawn) and not rows[0].hinted and not _numeric(rows, edges)
    cuts = drawn if told or (len(drawn) >= 2 and enough) else _merged(rows, spaced, drawn)
    return cuts if cuts is not drawn and labels else _merged(rows, cuts, _styled_cuts(rows))


def _tiled(rows: Sequence[Row], drawn: Sequence[float]) -> bool:
    """Whether drawn cuts stand all over the table, and not only below its header or between its parts."""
    tops = [rows[0].line.top, *drawn, rows[-1].line.bottom]
    heights = sorted(below - above for above, below in pairwise(tops))
    return len(drawn) >= 3 and heights[-1] <= 4 * heights[len(heights) // 2]


def _numeric(rows: Sequence[Row], edges: Sequence[float]) -> bool:
    """Whether a column holds a number on most lines: then each line is a row."""
    columns = [0] * (len(edges) - 1)
    for row in rows:
        for piece in row.pieces:
            columns[column_of(piece, edges)] += bool(_NUMBER.match(piece.text))
    return max(columns) > 0.6 * len(rows)


def _merged(rows: Sequence[Row], cuts: Sequence[float], more: Sequence[float]) -> list[float]:
    """Both in order, without those of `more` that part the same two lines."""
    middles = [(row.line.top + row.line.bottom) / 2 for row in rows]
    parted = {bisect_right(middles, cut) for cut in cuts}
    return sorted([*cuts, *(cut for cut in more if bisect_right(middles, cut) not in parted)])


def _styled_cuts(rows: Sequence[Row]) -> list[float]:
    """Cuts below a bold header, and above and below a bold line that stands alone: a band."""
    cuts: list[float] = []
    for index, (above, below) in enumerate(pairwise(rows)):
        if above.line.bold == below.line.bold:
            lone = len(above.pieces) == 1 or len(below.pieces) == 1
            apart = below.line.top - above.line.top > _BAND_GAP * below.line.size
            if above.line.bold and lone and apart:
                cuts.append((above.line.bottom + below.line.top) / 2)
            continue
        bold = above if above.line.bold else below
        if len(bold.pieces) == 1 or (bold is above and index < 3):
            cuts.append((above.line.bottom + below.line.top) / 2)
    return cuts


def spaced_cuts(rows: Sequence[Row], edges: Sequence[float], row_gap: float | None) -> list[float]:
    """Cuts by wider line distances, or by the lines on which the first column or most columns begin."""
    filled = [{column_of(piece, edges) for piece in row.pieces} for row in rows]
    gaps = [below.line.bottom - above.line.bottom for above, below in pairwise(rows)]
    threshold = gap_threshold(gaps, median(row.line.size for row in rows)) or row_gap
    columns = len(edges) - 1
    numbered = _numbered(rows, filled)
    # Where a wide distance stands before every number, others are those between the paragraphs of a cell.
    told = (
        numbered
        and threshold is not None
        and all(g > threshold for g, f in zip(gaps, filled[1:], strict=True) if 0 in f)
    )
    dense = sum(len(f) >= 0.6 * columns for f in filled) >= 0.6 * len(rows)
    cuts: list[float] = []
    for index in range(1, len(rows)):
        above, below = rows[index - 1], rows[index]
        if columns >= _FULL_COLUMNS and _full(above, columns) and _full(below, columns):
            new = True
        elif told and threshold is not None:
            # A row whose number is missing begins in the other columns at once.
            new = 0 in filled[index] or (gaps[index - 1] > threshold and len(filled[index]) == columns - 1 > 2)
        elif threshold is not None:
            new = gaps[index - 1] > threshold and (len(filled[index]) > 1 or min(filled[index]) == 0 or dense)
        elif dense:
            new = 0 in filled[index] or (len(filled[index]) > 1 and not numbered)
            new = new and not _wraps(rows, index, filled) and not _rest(rows, index, filled, columns)
        else:
            new = 0 in filled[index] and (0 not in filled[index - 1] or len(filled[index]) > 1)
        if new:
            cuts.append((above.line.bottom + below.line.top) / 2)
    return cuts


def _full(row: Row, columns: int) -> bool:
    """Whether a line fills all columns with words: the lines of one row seldom do so together."""
    return len(row.pieces) == columns and len(row.line.words) <= 2 * columns


def _numbered(rows: Sequence[Row], filled: Sequence[set[int]]) -> bool:
    """Whether the first column numbers the rows: then none begins without a number."""
    first = [row.pieces[0].text for row, columns in zip(rows, filled, strict=True) if 0 in columns][1:]
    return bool(first) and all(is_number(text) for text in first)


def _label_cuts(rows: Sequence[Row], edges: Sequence[float], least: int) -> list[float]:
    """Cuts above each label of forms, where the first column holds such labels, `least` of them known; else none.

    Wide distances part the forms there, not their rows.
    """
    filled = [{column_of(piece, edges) for piece in row.pieces} for row in rows]
    first = [row.pieces[0] for row, columns in zip(rows, filled, strict=True) if 0 in columns]
    read = [meaning_of(piece.text) for piece in first if len(piece.words) <= _LABEL_WORDS]
    known = [meaning for meaning, likeness in read if meaning and likeness >= _KNOWN]
    if len(set(known)) < least or 2 * len(known) < len(first):
        return []
    cuts: list[float] = []
    for index, (above, below) in enumerate(pairwise(rows), start=1):
        near = below.line.bottom - above.line.bottom < _LEADING * below.line.size
        if 0 in filled[index] and not (near and _wraps(rows, index, filled)):
            cuts.append((above.line.bottom + below.line.top) / 2)
    return cuts


def _wraps(rows: Sequence[Row], index: int, filled: Sequence[set[int]]) -> bool:
    """Whether a line goes on with the label of the row: alone in the first column, or the label was alone before."""
    above, below = rows[index - 1], rows[index]
    if 0 not in filled[index - 1] or 0 not in filled[index] or above.line.bold != below.line.bold:
        return False
    upper, lower = above.pieces[0], below.pieces[0]
    goes_on = upper.text[-1] in "-,/" or (lower.text[0].islower() and not _lower_labels(rows, filled))
    if filled[index] == {0}:
        widest = max(row.pieces[0].x1 for row, columns in zip(rows, filled, strict=True) if 0 in columns)
        word = lower.words[0]
        room = widest - upper.x1 - 0.3 * upper.size > word.x1 - word.x0
        return goes_on or not room
    return filled[index - 1] == {0} and goes_on


def _rest(rows: Sequence[Row], index: int, filled: Sequence[set[int]], columns: int) -> bool:
    """Whether a line without a label goes on with the row above: it fills few columns, or in lower case."""
    if 0 in filled[index] or sum(0 in f for f in filled) < 0.6 * len(filled):
        return False
    lower = any(piece.text[0].islower() for piece in rows[index].pieces)
    usual = [p.text[0].islower() for row, f in zip(rows, filled, strict=True) if len(f) == columns for p in row.pieces]
    return len(filled[index]) < columns - 1 or (lower and sum(usual) < 0.2 * len(usual))


def _lower_labels(rows: Sequence[Row], filled: Sequence[set[int]]) -> bool:
    """Whether labels of whole rows begin in lower case: then that tells nothing."""
    whole = [row for row, columns in zip(rows, filled, strict=True) if 0 in columns and len(columns) > 1]
    labels = [row.pieces[0].text for row in whole]
    return sum(label[0].islower() for label in labels) > 0.4 * len(labels)


def drawn_cuts(page: Page, rows: Sequence[Row], edges: Sequence[float]) -> list[float]:
    """Cuts at horizontal rules and borders of fills that cross most of the table."""
    top, bottom = rows[0].line.top, rows[-1].line.bottom
    width = edges[-1] - edges[0]
    # A rule may be drawn column by column, and stop at a cell that spans rows.
    reach = rule_widths(page.rules, edges[0], edges[-1])
    heights = [float(at) for at, length in reach.items() if length > _DRAWN * width]
    heights += shade_changes(page.fills, (edges[0], top, edges[-1], bottom))
    cuts: list[float] = []
    for height in sorted(heights):
        inside = top + 2 < height < bottom - 2
        if inside and not (cuts and height - cuts[-1] < 4) and not _through_text(rows, height):
            cuts.append(height)
    return cuts


def _through_text(rows: Sequence[Row], height: float) -> bool:
    return any(row.line.top + 2 < height < row.line.bottom - 2 for row in rows)


def gap_threshold(gaps: Sequence[float], size: float) -> float | None:
    """The line distance from which a new row begins, where distances fall into two clear classes."""
    values = sorted(gap for gap in gaps if gap > 0)
    if len(values) < 3:
        return None
    usual = values[len(values) // 8] if len(values) >= 8 else values[0]
    wide = [gap for gap in values if gap > usual + 0.22 * size]
    narrow = [gap for gap in values if gap <= usual + 0.22 * size]
    if not wide or len(narrow) < 0.15 * len(values):
        return None
    return (max(narrow) + min(wide)) / 2


def column_of(piece: Line, edges: Sequence[float]) -> int:
    return bisect_right(edges, piece.words[0].x0 + 1, 1, len(edges) - 1) - 1
