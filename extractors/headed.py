"""Tables of plans that rules do not part into cells: their columns from the labels of the header, over all pages.

Between two labels stands the blank that parts their columns: of what lies between them, the strip that no word of the
table covers, on this page and on those that go on with it, or print the same header again. Rules that are drawn
upright between two labels say it at once. Their rows are found in headed_cuts.py.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache
from itertools import pairwise

from extractors.head_columns import BAND_WORDS, HEADING, Columns
from extractors.headed_cuts import Spacing
from extractors.headed_rows import build_table
from extractors.heads import find_heads
from extractors.knowledge import words as knowledge_words
from extractors.lines import runs
from extractors.meanings import key_of
from extractors.regions import APART, Region, has_several, parted_bands
from schemas.geometry import Line, Page, Table

_FAR = 3.2
"""Blank, in font sizes, that ends a table unless a rule or shading goes on in it."""
_ROW_START = 40.0
"""Points above a blank in which the shading begins that goes on in it."""
_FULL = 0.6
"""Share of the columns that a row far below fills where it is one of the table."""
_NUMBERED = 3
"""Texts below labels from which a line may have one that begins elsewhere."""
_MOST = 0.5
"""Share of the columns that the first row below a heading fills."""
_BAND_LINES = 3
_LABELLED = re.compile(r"[A-ZÄÖÜ][^:]{2,40}:\s+\S")
_NOTE = 0.9
"""Size of a note below a table, as a share of that of its texts."""
_BESIDE = 14.0
"""Points by which a text may stand left of the labels, and the same in font sizes of theirs."""
_BESIDE_SIZES = 4.0
_ROWS = 3
"""Rows, the header among them, of the smallest table."""


def find_headed_tables(pages: Sequence[Page], outside: Sequence[Sequence[Line]]) -> list[list[Table]]:
    """The tables below headers of plans, for each page, among its lines `outside` the tables that rules draw."""
    known: list[Columns] = []
    open_end: Columns | None = None
    for page, lines in zip(pages, outside, strict=True):
        heads = find_heads(page, lines)
        stops = {head.first for head in heads}
        if open_end is not None and lines:
            strips = open_end.strips
            region, end = _walk(page, lines, 0, open_end, stops)
            if region is not None and (end == len(lines) or any(map(has_several, region.lines))):
                open_end.regions.append(region)
            else:
                open_end.strips = strips  # the lines are none of the table: they narrow nothing
            open_end = open_end if region is not None and end == len(lines) else None
        for head in heads:
            columns = next((columns for columns in known if columns.are_of(head)), None) or Columns.of(page, head)
            if columns is None:
                continue
            if columns not in known:
                known.append(columns)
            region, end = _walk(page, lines, head.last + 1, columns, stops)
            region = region or Region(page, [], head)
            region.head = head
            columns.regions.append(region)
            open_end = columns if end == len(lines) else None
    return _tables(pages, known)


def _walk(
    page: Page, lines: Sequence[Line], start: int, columns: Columns, stops: Collection[int]
) -> tuple[Region | None, int]:
    """The lines from `start` on that keep to the columns, and the index after them; None for no line."""
    region = Region(page, [], None)
    waiting: list[Line] = []
    index = start
    while index < len(lines) and index not in stops:
        line = lines[index]
        if _ends(page, (waiting or region.lines)[-1:], line, columns):
            break
        left = columns.left_by(line)
        crossed = left.count([])
        if has_several(line):
            title = columns.is_heading(line, whole=True)
        else:
            title = bool(crossed) or _stands_out(page, line, columns)
        if title:
            waiting.append(line)
        elif 2 * crossed >= max(2, len(left)) or _other_table(line, waiting, columns):
            break
        else:
            region.add(waiting, line)
            waiting = []
            columns.keep(line, left)
        index += 1
    if waiting and index == len(lines) and region.lines and _band(waiting) and all(line.bold for line in waiting):
        region.add(waiting)  # a title at the foot of the page: its rows are on the next one
        waiting = []
    index -= len(waiting)
    while len(region.lines) > 1 and (
        _is_note(region.lines[-1]) or (index < len(lines) and _is_beyond(page, region, columns))
    ):
        region.drop_last()
        index -= 1
    return (region if region.lines else None), index


def _ends(page: Page, above: Sequence[Line], line: Line, columns: Columns) -> bool:
    """Whether a line is too far from the one `above` it, if there is one, or stands left of the table."""
    if line.x0 < columns.head.labels[0].x0 - _BESIDE - _BESIDE_SIZES * columns.size:
        return True
    if not above or not _far(page, above[0], line):
        return False
    under = columns.under_labels(line)
    other = len(runs(line.words, APART)) - under  # a number that is aligned to the right begins below no label
    return not (under >= max(2, _FULL * len(columns.head.labels)) and other <= (under > _NUMBERED))


def _far(page: Page, above: Line, line: Line) -> bool:
    if line.top - above.bottom <= _FAR * max(line.size, above.size):
        return False
    far = _FAR * max(line.size, above.size)
    drawn = [rule.top for rule in page.rules if rule.horizontal and above.bottom - 2 < rule.top < line.top + 2]
    first = above.top - _ROW_START
    drawn += [f.bottom for f in page.fills if first < f.top < line.top - 1 and f.bottom > above.bottom + 1]
    # The last rule, or the end of the last shading, may be the end of the table.
    return not any(line.top - y <= far for y in drawn)


def _stands_out(page: Page, line: Line, columns: Columns) -> bool:
    """Whether a line of one text that leaves the strips free is no text of a cell all the same."""
    return columns.is_heading(line) or columns.run_over_by(line) or columns.names_rows(page, line)


def _other_table(line: Line, waiting: Sequence[Line], columns: Columns) -> bool:
    """Whether a line is none of the table, after `waiting` lines over several columns: they are no title of rows."""
    if not waiting:
        return False
    if not _band(waiting):
        return True
    plain = [other for other in columns.several() if not other.bold]
    headed = has_several(line) and line.bold and len(plain) > 1
    few = columns.under_labels(line) < max(2, _MOST * len(columns.head.labels))
    return headed or (columns.is_heading(waiting[0]) and few)


def _band(waiting: Sequence[Line]) -> bool:
    """Whether lines over several columns are titles between rows, or say something with a label: "Leitziel: ..."."""
    for lines in parted_bands(waiting):
        words = [word for line in lines for word in line.words]
        short = len(words) <= BAND_WORDS and words[-1].text[-1] not in ".;"
        if len(lines) > _BAND_LINES or not (short or _LABELLED.match(lines[0].text)):
            return False
    return True


def _is_beyond(page: Page, region: Region, columns: Columns) -> bool:
    """Whether the last line of a region is a heading, or a note, and no more of the table."""
    line, above = region.lines[-1], region.lines[-2]
    bands = {id(other) for band in region.bands for other in band}
    others = [other for other in region.lines[:-1] if id(other) not in bands]
    sizes = sorted(other.size for other in others) or [line.size]
    usual = sizes[len(sizes) // 2]
    if has_several(line) or line.x0 >= columns.head.labels[0].x0 + 2 * usual:
        return False
    steps = [below.bottom - upper.bottom for upper, below in pairwise(region.lines[:-1])]
    apart = bool(steps) and line.bottom - above.bottom > max(1.15 * max(steps), 1.5 * usual)
    other_size = line.size > HEADING * usual or line.size < _NOTE * usual
    bold = line.bold and not any(other.bold for other in others if not has_several(other))
    closed = any(
        rule.horizontal and above.bottom - 1 < rule.top < line.top + 2 and rule.x1 - rule.x0 > line.x1 - line.x0
        for rule in page.rules
    )
    return apart or other_size or (bold and closed)


def _is_note(line: Line) -> bool:
    """Whether a line says of a table where it is from, or what it means: "Quelle: eigene Darstellung"."""
    label, colon, _ = line.text.partition(":")
    return bool(colon) and not has_several(line) and key_of(label) in _notes()


@cache
def _notes() -> frozenset[str]:
    return frozenset(knowledge_words("columns.toml", "plan", "notes", "words"))


def _tables(pages: Sequence[Page], known: Sequence[Columns]) -> list[list[Table]]:
    """The tables of each page, where their columns hold over all pages."""
    found: dict[int, list[Table]] = {page.number: [] for page in pages}
    for columns in known:
        regions = [region for region in columns.regions if region.words]
        words = [word for region in regions for word in region.words]
        if not words or not columns.part:
            continue
        types = {kind for region in regions for kind in region.titles_alone()}
        for region in regions:
            region.mark_titles(types, columns.head.labels[0].x0)
        columns.add_numbers()
        edges = columns.edges(min(word.x0 for word in words), max(word.x1 for word in words))
        spacing = Spacing.of(regions, edges)
        tables = [build_table(region, edges, columns.meanings, spacing) for region in regions]
        if sum(table.n_rows for table in tables) >= _ROWS:
            for region, table in zip(regions, tables, strict=True):
                found[region.page.number].append(table)
    return [sorted(found[page.number], key=lambda table: table.box[1]) for page in pages]
