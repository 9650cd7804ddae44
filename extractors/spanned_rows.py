"""The rows beside which a text of the first column stands: a field of action that is printed once for its measures.

Rules that are drawn in the first column say it; else the text stands at the top of its rows, or in their middle.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from extractors.lines import group_lines
from schemas.geometry import Line, Page, Word, union

_REPEATED = 0.8
"""Texts for each row from which each row has its own."""
_LEADING = 1.6
"""Distance of base lines, in font sizes, within a text."""
_LEVEL = 0.45
"""Difference of height, in font sizes, of two lines that stand beside each other."""
_DRAWN = 0.6
"""Share of the first column's width from which a rule parts its texts."""
_OFF = 0.6
"""How far, in heights of the text, a text may be off the middle of its rows."""


def column_of(word: Word, edges: Sequence[float]) -> int:
    """The column in which a word stands, by its middle."""
    return bisect_right(edges, (word.x0 + word.x1) / 2, 1, len(edges) - 1) - 1


def spanned_rows(
    page: Page, lines: Sequence[Line], edges: Sequence[float], tops: Sequence[float], *, first: bool
) -> list[tuple[int, int]]:
    """The first and the last row of each cell of the first column; the rows begin, and the last one ends, at `tops`.

    Where they are the `first` ones below a header, none of them goes on from the page before.
    """
    rows = len(tops) - 1
    words = [word for line in lines for word in line.words]
    texts = _texts([word for word in words if column_of(word, edges) == 0])
    if not texts:
        return [(0, rows - 1)]  # goes on from the page before
    if rows < 2 or len(texts) >= _REPEATED * rows or _own_texts(words, edges, tops):
        return [(row, row) for row in range(rows)]
    drawn, beside = _drawn(page, edges, tops)
    if 0 < len(drawn) < beside:
        return _between(drawn, rows)
    if len(drawn) == rows - 1:  # no text spans rows: it is printed in the first one of its own
        return _between([bisect_right(tops, (t + b) / 2, 1, rows) - 1 for t, b in texts], rows)
    others = [word for word in words if column_of(word, edges) > 0]
    begun = [_begins(text, others, tops) for text in texts]
    if all(row is not None for row in begun) and not (first and begun[0] and _are_centred(texts, tops)):
        return _between([row for row in begun if row], rows)
    return _centred(texts, tops)


def _own_texts(words: Sequence[Word], edges: Sequence[float], tops: Sequence[float]) -> bool:
    """Whether each row has a text of its own, though the texts stand as close as the lines of one."""
    held: dict[int, list[str]] = {}
    for word in sorted(words, key=lambda w: (w.top, w.x0)):
        if column_of(word, edges) == 0:
            held.setdefault(bisect_right(tops, word.middle, 1, len(tops) - 1) - 1, []).append(word.text)
    said = [" ".join(held.get(row, ())) for row in range(len(tops) - 1)]
    again = sum(above == below != "" for above, below in pairwise(said))
    return len(held) >= _REPEATED * len(said) and 2 * again >= len(said) - 1


def _texts(words: Sequence[Word]) -> list[tuple[float, float]]:
    """Top and bottom of each text of a column."""
    texts: list[tuple[float, float]] = []
    last: Line | None = None
    for line in group_lines(words):
        if last is not None and line.bottom - last.bottom < _LEADING * line.size:
            texts[-1] = (texts[-1][0], line.bottom)
        else:
            texts.append((line.top, line.bottom))
        last = line
    return texts


def _drawn(page: Page, edges: Sequence[float], tops: Sequence[float]) -> tuple[list[int], int]:
    """The rows above which a rule is drawn in the first column, and the number of those with one beside it."""
    width = edges[1] - edges[0]
    parted: list[int] = []
    beside = 0
    for row, top in list(enumerate(tops))[1:-1]:
        near = [rule for rule in page.rules if rule.horizontal and abs((rule.top + rule.bottom) / 2 - top) < 4]
        beside += any(rule.width_within(edges[1], edges[-1]) > 0 for rule in near)
        if sum(rule.width_within(edges[0], edges[1]) for rule in near) > _DRAWN * width:
            parted.append(row)
    return parted, beside


def _between(starts: Sequence[int], rows: int) -> list[tuple[int, int]]:
    bounds = [0, *sorted(set(starts)), rows]
    return [(first, after - 1) for first, after in pairwise(bounds)]


def _begins(text: tuple[float, float], others: Sequence[Word], tops: Sequence[float]) -> int | None:
    """The row that begins with a text, its first line beside that of the others; None where it begins lower."""
    row = bisect_right(tops, text[0] + 1, 1, len(tops) - 1) - 1
    for at in (row, row + 1):
        inside = [w for w in others if at < len(tops) - 1 and tops[at] <= w.middle < tops[at + 1]]
        if inside and abs(union(w.box for w in inside)[1] - text[0]) < _LEVEL * inside[0].size:
            return at
    return None


def _are_centred(texts: Sequence[tuple[float, float]], tops: Sequence[float]) -> bool:
    """Whether each text stands in the middle of its rows."""
    spans = _centred(texts, tops)
    middles = [(tops[first] + tops[last + 1]) / 2 for first, last in spans]
    return all(abs(middle - (t + b) / 2) < _OFF * (b - t) for middle, (t, b) in zip(middles, texts, strict=False))


def _centred(texts: Sequence[tuple[float, float]], tops: Sequence[float]) -> list[tuple[int, int]]:
    """The rows of texts that stand in the middle of theirs: each begins where the one before ended."""
    spans: list[tuple[int, int]] = []
    first = 0
    for number, (top, bottom) in enumerate(texts):
        room = range(first, max(first + 1, len(tops) - 1 - (len(texts) - 1 - number)))
        last = min(room, key=lambda row: abs((tops[first] + tops[row + 1]) - (top + bottom)))
        last = len(tops) - 2 if number == len(texts) - 1 else last
        spans.append((first, last))
        first = last + 1
        if first >= len(tops) - 1:
            break
    return spans
