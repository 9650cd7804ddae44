"""Where one row of a table ends and the next begins, once its columns are known.

Drawn rules and changes of shading part rows where they are; else the numbers of the measures, of which each row has
one; else the blanks between lines that are wider than those inside a cell. Texts may stand at the top or in the middle
of their cells: what counts is what all columns together leave free.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import mean

from extractors.celltext import is_mark, level_of
from extractors.gutter_rows import Row, drawn_cuts
from extractors.lines import group_lines, line_of
from extractors.numbering import begins_with_code, is_number
from extractors.regions import Region
from extractors.rules import rule_widths
from extractors.spanned_rows import column_of
from schemas.geometry import Line, Page, Word

_HALF = 0.4
"""Half of the height that a line takes, in font sizes."""
_WIDER = 0.1
"""How much wider, in font sizes, a blank between rows is than one inside a cell, at least."""
_WIDER_POINTS = 0.8
_PADDED = 0.7
"""Step, in font sizes, between the blanks inside cells and those between rows that nobody can miss."""
_EVEN = 0.3
"""Difference, in font sizes, of blanks of one height."""
_LEVEL = 0.3
_LEADING = 1.25
_LEADINGS = (0.9, 1.9)
"""Distances of base lines inside a cell, in font sizes."""
_NUMBERED = 0.8
"""Share of the texts of a column that are numbers where it numbers the rows."""
_SPARSE = 0.75
_DIVIDED = 0.4
"""Rows that white space shows besides, as a share of the drawn ones, where rules part the rows."""
_MOST = 0.6
"""Share of the columns that are filled where a row has no number though others have."""
_FULL = 0.8
"""Share of the columns that two lines fill, one below the other, where they are two rows."""
_SHORT = 50.0
"""Points of room behind a text that show that it ended."""
_RULED, _SLIP = 0.9, 6.0
"""Share of a width from which rules part rows; points by which they may reach into a column that they leave out."""
_SAME = 3.0
"""Points between a rule and a blank that part the same rows."""


@dataclass(slots=True)
class Spacing:
    """The usual blank between two lines of a cell, and the least one between two rows, in points."""

    inside: float
    between: float
    seen: bool = True
    """Whether such blanks part rows somewhere in the table."""

    @classmethod
    def of(cls, regions: Sequence[Region], edges: Sequence[float]) -> Spacing:
        texts = [[word for word in region.words if not is_mark(word.text)] for region in regions]
        sizes = sorted(word.size for words in texts for word in words) or [10.0]
        size = sizes[len(sizes) // 2]
        steps: list[float] = []
        for words in texts:
            for lines in columns_of(words, edges):
                steps += [level_of(below) - level_of(above) for above, below in pairwise(lines)]
        low, high = _LEADINGS
        steps = sorted(step for step in steps if low * size < step < high * size)
        leading = steps[len(steps) // 4] if steps else _LEADING * size
        inside = leading - 2 * _HALF * size
        between = inside + max(_WIDER_POINTS, _WIDER * size)
        free = [blank for region in regions for blank in _blanks_of(region, edges)]
        between = _least_between(free, between, size)
        return cls(inside, between, any(height >= between for height, _ in free))


def _blanks_of(region: Region, edges: Sequence[float]) -> list[tuple[float, int]]:
    """(height in points, columns with a text on the line below) of each blank over all columns of a region."""
    words = [word for line in region.lines for word in line.words]
    blanks: list[tuple[float, int]] = []
    for low, high in _free(words):
        below = (word for word in words if abs(word.middle - _HALF * word.size - high) < _LEVEL * word.size)
        blanks.append((high - low, len({column_of(word, edges) for word in below})))
    return blanks


def _least_between(blanks: Sequence[tuple[float, int]], least: float, size: float) -> float:
    """The `least` blank between rows, or a wider one: where cells have so much padding that no other blank comes near.

    Columns may have lines of several distances; the lines below their blanks are those of few columns.
    """
    heights = sorted(height for height, _ in blanks if height >= least)
    step, start = max(((wide - narrow, wide) for narrow, wide in pairwise(heights)), default=(0.0, least))
    wide = [columns for height, columns in blanks if height >= start]
    narrow = [columns for height, columns in blanks if least <= height < start]
    even = sum(height - start < _EVEN * size for height in heights if height >= start)
    if step < _PADDED * size or even < _NUMBERED * len(wide) or len(wide) < 3:
        return least
    return start - step / 2 if mean(narrow) <= _MOST * mean(wide) else least


def columns_of(words: Iterable[Word], edges: Sequence[float]) -> list[list[Line]]:
    """The lines of each column."""
    held: list[list[Word]] = [[] for _ in edges[1:]]
    for word in words:
        held[column_of(word, edges)].append(word)
    return [group_lines(words) for words in held]


def cuts_between_rows(
    page: Page,
    everything: Sequence[Word],
    edges: Sequence[float],
    columns: Sequence[Sequence[Line]],
    meanings: Sequence[str | None],
    spacing: Spacing,
) -> list[float]:
    """The y at which a new row begins, without the first."""
    spanning = spanning_column(page, edges, columns, meanings)
    words = [word for word in everything if column_of(word, edges) != spanning] if spanning is not None else everything
    if not words:
        return []
    rows = [Row(line, (pieces := _pieces(line, edges)), pieces) for line in group_lines(words)]
    blanks = _blanks(words, everything)
    told = [blank for blank in blanks if blank.height >= spacing.between]
    drawn = drawn_cuts(page, rows, edges)
    numbers = _numbers(columns, meanings)
    spaced = _filled(told, columns, meanings)
    if numbers:
        sure = drawn if _tiled(drawn, spaced) else _merged(drawn, spaced, words)
        return _numbered(numbers, blanks, sure, columns)
    if not told and not drawn and not spacing.seen:
        spaced = _begun(rows, edges)
    return drawn if _tiled(drawn, spaced) else _merged(drawn, spaced, words)


def _tiled(drawn: Sequence[float], spaced: Sequence[float]) -> bool:
    """Whether rules part all rows: between few of them white space shows more rows."""
    more = sum(all(abs(cut - other) > _SAME for other in drawn) for cut in spaced)
    return bool(drawn) and more <= _DIVIDED * (len(drawn) + 1)


def _merged(drawn: Sequence[float], spaced: Sequence[float], words: Sequence[Word]) -> list[float]:
    """All cuts, without those by white space that part the same lines as drawn ones do."""
    middles = sorted(word.middle for word in words)
    parted = {bisect_right(middles, cut) for cut in drawn}
    return sorted([*drawn, *(cut for cut in spaced if bisect_right(middles, cut) not in parted)])


def _pieces(line: Line, edges: Sequence[float]) -> list[Line]:
    held: dict[int, list[Word]] = {}
    for word in line.words:
        held.setdefault(column_of(word, edges), []).append(word)
    return [line_of(words) for _, words in sorted(held.items())]


@dataclass(slots=True)
class _Blank:
    """A strip over all columns in which no text stands."""

    top: float
    bottom: float
    cut: float
    """Where it parts rows: no text of any column crosses there, if there is such a place."""

    @property
    def height(self) -> float:
        return self.bottom - self.top


def _blanks(words: Sequence[Word], everything: Sequence[Word]) -> list[_Blank]:
    """The blanks between the lines of `words`; texts of a column that spans rows do not count."""
    blanks = [_Blank(low, high, (low + high) / 2) for low, high in _free(words)]
    other = _free(everything)
    for blank in blanks:
        inside = [(max(low, blank.top), min(high, blank.bottom)) for low, high in other]
        inside = [span for span in inside if span[1] - span[0] > 0.3]
        if inside:
            low, high = max(inside, key=lambda span: (round(span[1] - span[0], 1), span[1]))
            blank.cut = (low + high) / 2
    return blanks


def _free(words: Iterable[Word]) -> list[tuple[float, float]]:
    # The mark of a list item is often set larger than its text, or lower.
    texts = (word for word in words if not is_mark(word.text))
    spans = sorted((word.middle - _HALF * word.size, word.middle + _HALF * word.size) for word in texts)
    free: list[tuple[float, float]] = []
    reached = spans[0][1] if spans else 0.0
    for low, high in spans:
        if low > reached:
            free.append((reached, low))
        reached = max(reached, high)
    return free


def spanning_column(
    page: Page, edges: Sequence[float], columns: Sequence[Sequence[Line]], meanings: Sequence[str | None]
) -> int | None:
    """The first column, where its texts stand beside several rows each: a field of action, or what no rules part."""
    if meanings[0] in ("number", "measure") or len(columns) < 3:
        return None
    most = sorted(len(lines) for lines in columns[1:])[-1]
    told = meanings[0] == "field_of_action" or len(columns[0]) < (1 - _SPARSE) * most
    return 0 if told or _is_passed_by(page, edges, columns) else None


def _is_passed_by(page: Page, edges: Sequence[float], columns: Sequence[Sequence[Line]]) -> bool:
    """Whether rules between the rows of all other columns leave the first one out."""
    lines = [line for column in columns for line in column]
    top, bottom = min(line.top for line in lines), max(line.bottom for line in lines)
    inside = [rule for rule in page.rules if top < rule.top < bottom]
    first, others = rule_widths(inside, edges[0], edges[1]), rule_widths(inside, edges[1], edges[-1])
    width = edges[-1] - edges[1]
    return any(length > _RULED * width and first[at] < _SLIP for at, length in others.items())


def _numbers(columns: Sequence[Sequence[Line]], meanings: Sequence[str | None]) -> list[Line]:
    """The lines with the numbers of the rows, from top to bottom: in a column of numbers, or before the measures."""
    for lines, meaning in list(zip(columns, meanings, strict=True))[:3]:
        found = [line for line in lines if is_number(line.text)]
        if found and meaning == "number" and len(found) >= _NUMBERED * len(lines):
            return found
    measures = next((lines for lines, meaning in zip(columns, meanings, strict=True) if meaning == "measure"), [])
    found = [line for line in measures if begins_with_code([word.text for word in line.words])] or _counted(measures)
    distinct = len({" ".join(word.text for word in line.words[:2]) for line in found}) == len(found) > 1
    return found if distinct and found[0] is measures[0] else []


def _counted(lines: Sequence[Line]) -> list[Line]:
    """The lines that begin with 1, 2, 3 and so on, if they do."""
    found = [line for line in lines if len(line.words) > 1 and re.fullmatch(r"\d{1,3}[.)]?", line.words[0].text)]
    counts = [int(line.words[0].text.rstrip(".)")) for line in found]
    return found if all(below == above + 1 for above, below in pairwise(counts)) else []


def _begun(rows: Sequence[Row], edges: Sequence[float]) -> list[float]:
    """Cuts where white space tells nothing: above lines on which a text begins, and those on which all seem to."""
    cuts: list[float] = []
    for above, below in pairwise(rows):
        upper = {column_of(piece.words[0], edges): piece for piece in above.pieces}
        lower = {column_of(piece.words[0], edges): piece for piece in below.pieces}
        both = [(upper[col], piece) for col, piece in lower.items() if col in upper]
        anew = all(piece.text[0].isupper() or piece.text[0].isdigit() for _, piece in both)
        ended = any(piece.text[-1] in ".!?" or piece.x1 < edges[col + 1] - _SHORT for col, piece in upper.items())
        full = min(len(upper), len(lower)) >= _FULL * (len(edges) - 1) and not below.pieces[0].text[0].islower()
        if full or len(both) < len(lower) or (anew and ended and len(lower) > _MOST * (len(edges) - 1)):
            cuts.append((above.line.bottom + below.line.top) / 2)
    return cuts


def _numbered(
    numbers: Sequence[Line], blanks: Sequence[_Blank], sure: Sequence[float], columns: Sequence[Sequence[Line]]
) -> list[float]:
    """The cuts of rows that have numbers: one between two of them at least, more only where a full row has none."""
    middles = [(line.top + line.bottom) / 2 for line in numbers]
    cuts = [cut for cut in sure if cut < middles[0] or cut > middles[-1]]
    for y0, y1 in pairwise(middles):
        there = [cut for cut in sure if y0 < cut < y1]
        if not there:
            free = [blank for blank in blanks if y0 < blank.cut < y1]
            best = max(free, key=lambda blank: (round(blank.height / 0.6), blank.cut), default=None)
            there = [best.cut if best is not None else (y0 + y1) / 2]
        while len(there) > 1:
            poor = [n for n, span in enumerate(pairwise(there)) if not _full(span, columns)]
            if not poor:
                break
            there = [cut for n, cut in enumerate(there) if n != poor[0]]
        cuts += there
    return sorted(cuts)


def _full(span: tuple[float, float], columns: Sequence[Sequence[Line]]) -> bool:
    """Whether most columns have a text between two heights."""
    held = sum(any(span[0] < (line.top + line.bottom) / 2 < span[1] for line in lines) for lines in columns)
    return held > _MOST * len(columns)


def _filled(blanks: Sequence[_Blank], columns: Sequence[Sequence[Line]], meanings: Sequence[str | None]) -> list[float]:
    """The cuts between rows, without those above lines that lack what each row has: they go on with the row above."""
    key = next((n for n, meaning in enumerate(meanings) if meaning == "measure"), None)
    if key is None or not blanks:
        return [blank.cut for blank in blanks]
    cuts: list[float] = []
    ends = [*(blank.cut for blank in blanks[1:]), float("inf")]
    for blank, end in zip(blanks, ends, strict=True):
        if any(blank.cut < (line.top + line.bottom) / 2 < end for line in columns[key]):
            cuts.append(blank.cut)
    return cuts
