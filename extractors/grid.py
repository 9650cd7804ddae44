"""Ruled tables: rules of one page -> cells with their row and column spans.

The method is the usual one for ruled tables (edges, snapped and joined, then the smallest rectangles; see
Nurminen, "Algorithmic extraction of data in tables in PDF documents", 2013), with one difference: the rectangles
are merged wherever the border between two of them is not drawn, so that spans, partial rules and missing outer
borders need no rules of their own.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractors.figures import part_rows
from extractors.lines import group_lines, runs
from schemas.geometry import Box, Cell, Fill, Page, Part, Rule, Table, Word

SNAP = 3.0
"""Points within which edges are one: double rules, thick borders, shading that ends at a rule."""
JOIN = 4.5
"""Points that may lie between two pieces of one edge: dashes, gaps at crossings."""
_BORDER = 12.0
"""Length, in points, from which a rule is a border of a cell, and no strip of shading."""
MIN_EDGE = 6.0
_PAGE_LONG = 0.4
"""Share of the page's height from which columns without any horizontal rule are a row that goes on over the page."""
_NEAR = 2.0
"""Font sizes from the end of shading within which a line belongs to the same table."""
COVER = 0.8
"""Share of a border that must be drawn."""


@dataclass(slots=True)
class Edge:
    """A horizontal (at = y) or vertical (at = x) line from `start` to `end`."""

    at: float
    start: float
    end: float


def find_tables(page: Page, words: Iterable[Word] | None = None) -> list[Table]:
    """The ruled tables of a page, from top to bottom, with `words` (default: all of the body) in their cells.

    Where rules draw no table, the borders of shaded cells may: a second look takes the edges of the fills outside.
    """
    body = list(page.body if words is None else words)
    drawn = drawn_rules(page)
    tables = _tables(page, horizontals(drawn), verticals(drawn), body)
    outside = [fill for fill in _areas(page.fills) if not any(_inside(fill.box, table.box) for table in tables)]
    if len(outside) > 1:
        rules = [rule for rule in drawn if not any(_inside(rule.box, table.box) for table in tables)]
        horizontal = horizontals([*rules, *_borders(outside)])
        vertical = verticals([*rules, *_borders(outside)])
        free = [word for word in body if not any(_holds(table.box, word) for table in tables)]
        shaded = _tables(page, horizontal, vertical, free, shaded=True)
        tables += [t for t in shaded if t.n_cols > 1 and t.n_rows > 1 and not _partly_shaded(t, free)]
    for table in tables:
        part_rows(table)
    return sorted(tables, key=lambda table: (table.box[1], table.box[0]))


def ruled_boxes(page: Page) -> list[Box]:
    """The places of a page's ruled tables, without looking into them: a frame alone is none."""
    boxes: list[Box] = []
    drawn = drawn_rules(page)
    for hs, vs in _components(horizontals(drawn), verticals(drawn)):
        xs = _coordinates([v.at for v in vs] + [h.start for h in hs] + [h.end for h in hs])
        ys = _coordinates([h.at for h in hs] + [v.start for v in vs] + [v.end for v in vs])
        if len(xs) * len(ys) >= 6:
            boxes.append((xs[0], ys[0], xs[-1], ys[-1]))
    return boxes


def frames(page: Page) -> list[Box]:
    """The boxes of a page that are drawn around something, or shaded, with no rule inside: from top to bottom."""
    drawn = drawn_rules(page)
    found: list[Box] = [fill.box for fill in _areas(page.fills)]
    for hs, vs in _components(horizontals(drawn), verticals(drawn)):
        xs = _coordinates([v.at for v in vs] + [h.start for h in hs] + [h.end for h in hs])
        ys = _coordinates([h.at for h in hs] + [v.start for v in vs] + [v.end for v in vs])
        if len(xs) == len(ys) == len(hs) == len(vs) == 2:
            found.append((xs[0], ys[0], xs[1], ys[1]))
    return sorted(found, key=lambda box: (box[1], box[0]))


def drawn_rules(page: Page) -> list[Rule]:
    """The rules of a page without thin strips of shading: those have the colour of the area that they touch.

    A colour in which rules are drawn outside all areas is that of borders, wherever they stand.
    """
    colours = {fill.color for fill in page.fills} - {0}
    areas = [fill for fill in page.fills if fill.color in colours]

    def strip(rule: Rule) -> bool:
        return rule.color in colours and any(
            fill.color == rule.color and _inside(rule.box, (fill.x0, fill.top, fill.x1, fill.bottom)) for fill in areas
        )

    outside = [rule for rule in page.rules if not strip(rule)]
    borders = {rule.color for rule in outside if max(rule.x1 - rule.x0, rule.bottom - rule.top) > _BORDER}
    return [rule for rule in page.rules if rule.color in borders or not strip(rule)] if borders else outside


def _areas(fills: Sequence[Fill]) -> list[Fill]:
    """Fills that lie in no other one of the same colour: Word shades a cell, and then each line in it again."""
    ordered = sorted(fills, key=lambda f: (f.x0 - f.x1) * (f.bottom - f.top))
    kept: list[Fill] = []
    for fill in ordered:
        if not any(area.color == fill.color and _inside(fill.box, area.box) for area in kept):
            kept.append(fill)
    return kept


def _borders(fills: Iterable[Fill]) -> list[Rule]:
    rules: list[Rule] = []
    for f in fills:
        if f.x1 - f.x0 >= 12 and f.bottom - f.top >= 7:
            rules += [Rule(f.x0, f.top, f.x1, f.top), Rule(f.x0, f.bottom, f.x1, f.bottom)]
            rules += [Rule(f.x0, f.top, f.x0, f.bottom), Rule(f.x1, f.top, f.x1, f.bottom)]
    return rules


def horizontals(rules: Iterable[Rule]) -> list[Edge]:
    """The horizontal edges that `rules` draw, pieces joined, in points."""
    return _joined([Edge((r.top + r.bottom) / 2, r.x0, r.x1) for r in rules if r.horizontal])


def verticals(rules: Iterable[Rule]) -> list[Edge]:
    """The vertical edges that `rules` draw, pieces joined, in points."""
    return _joined([Edge((r.x0 + r.x1) / 2, r.top, r.bottom) for r in rules if not r.horizontal])


def _joined(edges: list[Edge]) -> list[Edge]:
    """Edges on (nearly) one line made one where they touch; short leftovers dropped."""
    edges.sort(key=lambda e: (e.at, e.start))
    groups: list[list[Edge]] = []
    for edge in edges:
        if groups and edge.at - groups[-1][0].at <= SNAP:
            groups[-1].append(edge)
        else:
            groups.append([edge])
    joined: list[Edge] = []
    for group in groups:
        total = sum(e.end - e.start for e in group)
        at = sum(e.at * (e.end - e.start) for e in group) / total if total > 0 else group[0].at
        group.sort(key=lambda e: e.start)
        run = Edge(at, group[0].start, group[0].end)
        for edge in group[1:]:
            if edge.start - run.end <= JOIN:
                run.end = max(run.end, edge.end)
            else:
                joined.append(run)
                run = Edge(at, edge.start, edge.end)
        joined.append(run)
    return [edge for edge in joined if edge.end - edge.start >= MIN_EDGE]


def _tables(
    page: Page, horizontal: list[Edge], vertical: list[Edge], words: Sequence[Word], *, shaded: bool = False
) -> list[Table]:
    tables: list[Table] = []
    for hs, vs in _components([*horizontal, *_open_ends(page, horizontal, vertical)], vertical):
        table = _table(page, [*hs, *_shading_borders(page.fills, hs, vs)], vs, words)
        if table is not None and (not shaded or _filled(table)):
            tables.append(table)
    return _outermost(tables)


def _open_ends(page: Page, horizontal: Sequence[Edge], vertical: Sequence[Edge]) -> list[Edge]:
    """The ends of a page-long row that no rule closes: three or more verticals, and nothing else, are one table."""
    tall = [v for v in vertical if v.end - v.start > _PAGE_LONG * page.height]
    ends: list[Edge] = []
    for first in tall:
        group = [v for v in tall if abs(v.start - first.start) <= SNAP and abs(v.end - first.end) <= SNAP]
        crossed = any(first.start - SNAP <= h.at <= first.end + SNAP for h in horizontal)
        if first is group[0] and len(group) >= 3 and not crossed:
            x0, x1 = group[0].at, group[-1].at
            ends += [Edge(first.start, x0, x1), Edge(first.end, x0, x1)]
    return ends


def _shading_borders(fills: Sequence[Fill], hs: Sequence[Edge], vs: Sequence[Edge]) -> list[Edge]:
    """Where the shading of whole rows begins or ends inside a table, though no rule is drawn there."""
    x0, x1 = min(h.start for h in hs), max(h.end for h in hs)
    top, bottom = min(v.start for v in vs), max(v.end for v in vs)
    changes = shade_changes(fills, (x0, top, x1, bottom))
    return [Edge(y, x0, x1) for y in changes if not any(abs(h.at - y) <= SNAP for h in hs)]


def shade_changes(fills: Sequence[Fill], box: Box) -> list[float]:
    """The heights inside `box` at which the shading of whole rows begins, ends or changes its colour."""
    x0, top, x1, bottom = box
    near = [fill for fill in fills if fill.x1 > x0 and fill.x0 < x1 and fill.bottom > top and fill.top < bottom]
    heights = {round(y, 1) for fill in near for y in (fill.top, fill.bottom) if top + SNAP < y < bottom - SNAP}
    changes: list[float] = []
    for y in sorted(heights):
        above, below = (_shade(near, y + step, x0, x1) for step in (-3.5, 3.5))
        if above is not None and below is not None and above != below and not (changes and y - changes[-1] <= 4):
            changes.append(y)
    return changes


def _shade(fills: Sequence[Fill], y: float, x0: float, x1: float) -> int | None:
    """The colour of a row at height `y`, -1 where it has none, None where only some of its cells are shaded."""
    at = [fill for fill in fills if fill.top <= y <= fill.bottom]
    covered, reached = 0.0, x0
    for fill in sorted(at, key=lambda f: f.x0):
        covered += max(0.0, min(fill.x1, x1) - max(fill.x0, reached))
        reached = max(reached, fill.x1)
    if covered >= 0.9 * (x1 - x0):
        return at[0].color
    return -1 if covered <= 0.1 * (x1 - x0) else None


def _filled(table: Table) -> bool:
    """Whether most positions hold text: shading is used for much else than tables."""
    return sum(not cell.empty for cell in table.cells) >= 0.5 * len(table.cells)


def _partly_shaded(table: Table, words: Sequence[Word]) -> bool:
    """Whether the shading is that of some rows only: text in columns stands in a cell, or right below or above.

    A line that begins as the texts of a later column do is such text: the rest of the longest cell of a row.
    """
    x0, top, x1, bottom = table.box
    near = [
        word
        for word in words
        if x0 <= word.x0
        and word.x1 <= x1
        and (0 < word.middle - bottom < _NEAR * word.size or 0 < top - word.middle < _NEAR * word.size)
    ]
    wide = [cell.words for cell in table.cells if cell.col_span == table.n_cols]
    lefts = [line.x0 for cell in table.cells if cell.col for line in group_lines(cell.words)]
    if any(abs(line.x0 - x) < 1 for line in group_lines(near) for x in lefts):
        return True
    return any(
        len(line.words) > 1 and len(runs(line.words, 1.0)) > 1 for group in [near, *wide] for line in group_lines(group)
    )


def _outermost(tables: list[Table]) -> list[Table]:
    """Without the tables that lie in a cell of another: their words stay in that cell."""
    return [
        t for t in tables if not any(o is not t and _inside(t.box, o.box) and not _inside(o.box, t.box) for o in tables)
    ]


def _components(horizontal: list[Edge], vertical: list[Edge]) -> list[tuple[list[Edge], list[Edge]]]:
    """Groups of edges that cross or touch, each with at least one edge of both directions."""
    parent = list(range(len(horizontal) + len(vertical)))

    def find(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, h in enumerate(horizontal):
        for j, v in enumerate(vertical):
            if h.start - SNAP <= v.at <= h.end + SNAP and v.start - SNAP <= h.at <= v.end + SNAP:
                parent[find(i)] = find(len(horizontal) + j)
    groups: dict[int, tuple[list[Edge], list[Edge]]] = {}
    for i, h in enumerate(horizontal):
        groups.setdefault(find(i), ([], []))[0].append(h)
    for j, v in enumerate(vertical):
        groups.setdefault(find(len(horizontal) + j), ([], []))[1].append(v)
    return [group for group in groups.values() if group[0] and group[1]]


def _coordinates(values: Iterable[float]) -> list[float]:
    """Sorted values, those within SNAP of each other made one."""
    result: list[float] = []
    for value in sorted(values):
        if not result or value - result[-1] > SNAP:
            result.append(value)
    return result


def _table(page: Page, hs: list[Edge], vs: list[Edge], words: Sequence[Word]) -> Table | None:
    """One table out of one component; None where it has fewer than two cells, or no text."""
    xs = _coordinates([v.at for v in vs] + [h.start for h in hs] + [h.end for h in hs])
    ys = _coordinates([h.at for h in hs] + [v.start for v in vs] + [v.end for v in vs])
    if len(xs) < 2 or len(ys) < 2 or len(xs) * len(ys) < 6:
        return None
    regions = _regions(xs, ys, hs, vs)
    boxes = [(xs[c0], ys[r0], xs[c1 + 1], ys[r1 + 1]) for r0, c0, r1, c1 in regions]
    held = _assign(regions, xs, ys, words)
    kept = [k for k, box in enumerate(boxes) if held[k] or (box[3] - box[1] > 4 and box[2] - box[0] > 4)]
    if len(kept) < 2 or not any(held[k] for k in kept):
        return None
    rows = sorted({regions[k][0] for k in kept})
    cols = sorted({regions[k][1] for k in kept})
    cells = [_cell(page.number, regions[k], boxes[k], held[k], rows, cols) for k in kept]
    cells.sort(key=lambda cell: (cell.row, cell.col))
    box = (xs[0], ys[0], xs[-1], ys[-1])
    return Table(cells, len(rows), len(cols), [xs[c] for c in cols] + [xs[-1]], [(page.number, box)])


def _cell(
    page: int, region: tuple[int, int, int, int], box: Box, words: list[Word], rows: list[int], cols: list[int]
) -> Cell:
    r0, c0, r1, c1 = region
    row, col = bisect_left(rows, r0), bisect_left(cols, c0)
    return Cell(
        row,
        col,
        bisect_right(rows, r1) - row,
        bisect_right(cols, c1) - col,
        [Part(page, box, words)],
    )


def _regions(xs: list[float], ys: list[float], hs: list[Edge], vs: list[Edge]) -> list[tuple[int, int, int, int]]:
    """(first row, first column, last row, last column) of every cell of the grid of `xs` and `ys`."""
    n_rows, n_cols = len(ys) - 1, len(xs) - 1
    levels, walls = [_at(hs, y) for y in ys], [_at(vs, x) for x in xs]
    below = [[_drawn(levels[r + 1], xs[c], xs[c + 1]) for c in range(n_cols)] for r in range(n_rows)]
    right = [[_drawn(walls[c + 1], ys[r], ys[r + 1]) for c in range(n_cols)] for r in range(n_rows)]
    # First the runs of each row that no vertical border cuts, then equal runs of rows that no horizontal one cuts.
    open_runs: dict[tuple[int, int], int] = {}
    regions: list[tuple[int, int, int, int]] = []
    for r in range(n_rows):
        runs: list[tuple[int, int]] = []
        start = 0
        for c in range(n_cols):
            if c == n_cols - 1 or right[r][c]:
                runs.append((start, c))
                start = c + 1
        still_open: dict[tuple[int, int], int] = {}
        for run in runs:
            first = open_runs.get(run, r)
            if r == n_rows - 1 or any(below[r][c] for c in range(run[0], run[1] + 1)):
                regions.append((first, run[0], r, run[1]))
            else:
                still_open[run] = first
        for run, first in open_runs.items():
            if run not in runs:
                regions.append((first, run[0], r - 1, run[1]))
        open_runs = still_open
    return regions


def _at(edges: Iterable[Edge], place: float) -> list[Edge]:
    return [edge for edge in edges if abs(edge.at - place) <= SNAP]


def _drawn(edges: Iterable[Edge], start: float, end: float) -> bool:
    covered = sum(max(0.0, min(edge.end, end) - max(edge.start, start)) for edge in edges)
    return covered >= COVER * (end - start)


def _assign(
    regions: Sequence[tuple[int, int, int, int]], xs: Sequence[float], ys: Sequence[float], words: Iterable[Word]
) -> list[list[Word]]:
    """The words of each region, by their middles."""
    held: list[list[Word]] = [[] for _ in regions]
    owner = {
        (r, c): words_here
        for words_here, (r0, c0, r1, c1) in zip(held, regions, strict=True)
        for r in range(r0, r1 + 1)
        for c in range(c0, c1 + 1)
    }
    for word in words:
        x, y = (word.x0 + word.x1) / 2, word.middle
        if xs[0] <= x <= xs[-1] and ys[0] <= y <= ys[-1]:
            owner[max(bisect_left(ys, y) - 1, 0), max(bisect_left(xs, x) - 1, 0)].append(word)
    return held


def _inside(inner: Box, outer: Box) -> bool:
    return (
        inner[0] >= outer[0] - SNAP
        and inner[1] >= outer[1] - SNAP
        and inner[2] <= outer[2] + SNAP
        and inner[3] <= outer[3] + SNAP
    )


def _holds(box: Box, word: Word) -> bool:
    return box[0] <= (word.x0 + word.x1) / 2 <= box[2] and box[1] <= word.middle <= box[3]
