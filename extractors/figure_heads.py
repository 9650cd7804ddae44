"""The header of a table of figures: over which columns its titles stand, and which of its lines are rows.

A title stands over the columns that it covers, above the rule that is drawn below it, or in the middle of several.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise, product

from extractors.figure_sheet import Sheet, column_at, height_of, is_band, middle_of
from extractors.gutter_rows import Row
from extractors.rules import joined_rules
from schemas.geometry import Line, Page, Rule

_MOST_WAYS = 2000
"""Ways to give columns to titles that are tried."""
Span = tuple[Line, tuple[int, int]]
"""A piece of a line, with its first and its last column."""


def head_starts(sheet: Sheet, spans: Sequence[Sequence[Span]]) -> list[int]:
    """The indices of the lines of the header at which a row begins: below and above titles that span columns."""
    starts = [0] if sheet.head else []
    for index in range(1, sheet.head):
        above = [span for line in spans[starts[-1] : index] for _, span in line]
        here = [span for _, span in spans[index]]
        under = any(_inside(span, wide) for wide in above for span in here)
        over = any(first == last and _inside((first, last), wide) for wide in here for first, last in above)
        lighter = sheet.lines[index - 1].bold and not any(word.bold for word in sheet.lines[index].words)
        if under or over or lighter:  # a line of units is not as bold as the titles
            starts.append(index)
    return starts


def _inside(span: tuple[int, int], wide: tuple[int, int]) -> bool:
    """Whether a title stands over some of the columns of another."""
    return span != wide and wide[0] <= span[0] and span[1] <= wide[1]


def spans_of(page: Page, sheet: Sheet, rows: Sequence[Row], edges: Sequence[float]) -> list[list[Span]]:
    """For each line its runs with their first and last column."""
    extents = _extents(sheet, edges)
    rules = joined_rules(page.rules)
    spans: list[list[Span]] = []
    for index, row in enumerate(rows):
        entries: list[Span] = []
        for run in row.runs:
            own = column_at(run, edges)
            first, last = own, own
            if index < sheet.head:
                own = own or _nearest(run, extents)
                first, last = _header_span(rules, sheet, index, run, own, extents)
            elif is_band(sheet, index):
                first, last = 0, len(edges) - 2
            elif len(row.runs) == 1:
                last = max(own, bisect_right(edges, run.x1 - 1, 1, len(edges) - 1) - 1)
            entries.append((run, (first, last)))
        spans.append(_grouped(sheet, index, entries, extents) if index < sheet.head - 1 else entries)
    return spans


def _nearest(run: Line, extents: Sequence[tuple[float, float]]) -> int:
    """The column of a title that stands left of the values that it names: none of it over the labels of the rows."""
    shared = [min(run.x1, x1) - max(run.x0, x0) for x0, x1 in extents]
    best = max(range(len(extents)), key=lambda col: (shared[col], -col))
    return best if shared[0] <= 0 < shared[best] else 0


def _grouped(sheet: Sheet, index: int, entries: list[Span], extents: Sequence[tuple[float, float]]) -> list[Span]:
    """The titles of a line of the header over the columns in whose middle each stands, where others are below it."""
    titles = [(run, first) for run, (first, last) in entries if first == last > 0]
    below = {col for line in sheet.columns[index + 1 : sheet.head] for col in line}
    if not titles or len(titles) < sum(span[0] > 0 for _, span in entries) or len(titles) >= len(extents) - 1:
        return entries
    reach = _reach(sheet, index, extents)
    best = min(_partitions([own for _, own in titles], len(extents) - 1), key=lambda p: _off(titles, p, reach))
    size = sheet.lines[index].size
    single = [(own, own) for _, own in titles]
    whole = all(col in below for first, last in best for col in range(first, last + 1) if last > first)
    if not whole or max(_offs(titles, best, reach)) > size or max(_offs(titles, single, reach)) <= size:
        return entries
    spans = {id(run): span for (run, _), span in zip(titles, best, strict=True)}
    return [(run, spans.get(id(run), span)) for run, span in entries]


def _reach(sheet: Sheet, index: int, extents: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Left and right end of what stands in each column below a line of the header."""
    reach: list[tuple[float, float]] = []
    for col, (x0, x1) in enumerate(extents):
        titles = [piece for line in sheet.columns[index + 1 : sheet.head] for piece in line.get(col, [])]
        reach.append((min([x0, *(p.x0 for p in titles)]), max([x1, *(p.x1 for p in titles)])))
    return reach


def _partitions(own: Sequence[int], last: int) -> Iterator[list[tuple[int, int]]]:
    """The ways to give neighbouring columns, up to the `last`, to titles, each with its own column."""
    starts = [range(1, own[0] + 1), *(range(a + 1, b + 1) for a, b in pairwise(own))]
    for begun in islice(product(*starts), _MOST_WAYS):
        for end in range(own[-1], last + 1):
            yield [(first, after - 1) for first, after in zip(begun, [*begun[1:], end + 1], strict=True)]


def _offs(
    titles: Sequence[tuple[Line, int]], spans: Sequence[tuple[int, int]], reach: Sequence[tuple[float, float]]
) -> list[float]:
    """How far, in points, each title is off the middle of its columns."""
    return [
        abs(run.x0 + run.x1 - reach[first][0] - reach[last][1]) / 2
        for (run, _), (first, last) in zip(titles, spans, strict=True)
    ]


def _off(
    titles: Sequence[tuple[Line, int]], spans: Sequence[tuple[int, int]], reach: Sequence[tuple[float, float]]
) -> tuple[float, int]:
    """Points by which the titles are off all in all; of ways as good, that with most columns."""
    return round(sum(_offs(titles, spans, reach))), -sum(last - first for first, last in spans)


def _extents(sheet: Sheet, edges: Sequence[float]) -> list[tuple[float, float]]:
    """Left and right end of what stands in each column below the header."""
    extents: list[tuple[float, float]] = []
    for col in range(len(edges) - 1):
        pieces = [piece for line in sheet.columns[sheet.head :] for piece in line.get(col, [])]
        x0, x1 = edges[col], edges[col + 1]
        extents.append((min((p.x0 for p in pieces), default=x0), max((p.x1 for p in pieces), default=x1)))
    return extents


def _header_span(
    rules: Sequence[Rule], sheet: Sheet, index: int, run: Line, own: int, extents: Sequence[tuple[float, float]]
) -> tuple[int, int]:
    """First and last column that a title of the header stands over: what it covers, or the rule below it."""
    covered = [c for c, (x0, x1) in enumerate(extents) if min(run.x1, x1) - max(run.x0, x0) > 0.25 * (x1 - x0)]
    ruled = _underlined(rules, sheet, index, run, extents)
    if ruled is not None:
        return ruled
    if _over_all(sheet, index, run, own, extents):
        return 1, len(extents) - 1
    if _shifted(sheet, index, run, own, extents):
        return own, own + 1
    return (min(own, *covered), max(own, *covered)) if covered else (own, own)


def _over_all(sheet: Sheet, index: int, run: Line, own: int, extents: Sequence[tuple[float, float]]) -> bool:
    """Whether a title that is alone on its line stands over all columns of figures: a unit, such as "(Mio. Euro)"."""
    if own == 0 or len(extents) < 3 or set(sheet.columns[index]) - {0, own}:
        return False
    x0, x1 = extents[1][0], extents[-1][1]
    pitch = (x1 - x0) / (len(extents) - 2)
    return not _in_place(sheet, run, own, extents) and abs(run.x0 + run.x1 - x0 - x1) < pitch


def _in_place(sheet: Sheet, run: Line, own: int, extents: Sequence[tuple[float, float]]) -> bool:
    """Whether a title stands left, right or centred with the other titles or the values of its column."""
    beside = [piece for line in sheet.columns[: sheet.head] for piece in line.get(own, []) if piece is not run]
    ends = [(piece.x0, piece.x1) for piece in beside] + [extents[own]]
    return any(abs(run.x0 - a) < 1 or abs(run.x1 - b) < 1 or abs(run.x0 + run.x1 - a - b) < 2 for a, b in ends)


def _shifted(sheet: Sheet, index: int, run: Line, own: int, extents: Sequence[tuple[float, float]]) -> bool:
    """Whether a title stands between its column of figures and the next: over both."""
    after = own + 1
    if after not in sheet.figures or own not in sheet.figures or after in sheet.columns[index]:
        return False
    x0, x1 = extents[own]
    return run.x0 > x0 + 1 and run.x1 > x1 + run.size and not _in_place(sheet, run, own, extents)


def _underlined(
    rules: Sequence[Rule], sheet: Sheet, index: int, run: Line, extents: Sequence[tuple[float, float]]
) -> tuple[int, int] | None:
    """The columns over which the rule below a title runs, where it is shorter than the table and longer than one."""
    under_run = (line for line in sheet.lines[index + 1 :] if line.width_within(run.x0, run.x1) > 0)
    floor = next((middle_of(line) for line in under_run), run.bottom + run.size)
    for rule in rules:
        below = middle_of(run) < height_of(rule) < floor
        if not below or not rule.x0 <= (run.x0 + run.x1) / 2 <= rule.x1:
            continue
        under = [c for c, (x0, x1) in enumerate(extents) if rule.x0 - 1 <= (x0 + x1) / 2 <= rule.x1 + 1]
        alone = sum(col in under for col in sheet.columns[index]) == 1
        if alone and 1 < len(under) < len(extents):
            return under[0], under[-1]
    return None
