"""Charts whose frame and grid look like a ruled table.

The labels of an axis stand level with its ticks or grid lines, and lines of the drawing run through words; no rule of
a table does that, but beside a cell that spans rows.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from extractors.figures import is_figure
from schemas.geometry import Page, Rule, Table, Word

_LEVEL = 0.2
"""Share of the font size by which a label's middle may be off its tick."""
_LEAST_LABELS = 4
_LABELS = 0.18
"""Share of a chart's words that are labels of an axis, at least."""
_CROSSED = 0.1
"""Share of the words of a cut row, at most, that are too long for their cell and run over its border."""
_EMPTY = 0.7
"""Share of the cells between grid lines that hold no text, where lines run through words."""


def is_chart(page: Page, table: Table) -> bool:
    """Whether what looks like a ruled table of `page` is a chart."""
    x0, top, x1, bottom = table.box
    rules = [r for r in page.rules if r.x0 >= x0 - 2 and r.x1 <= x1 + 2 and r.top >= top - 2 and r.bottom <= bottom + 2]
    words = [word for word in table.words if word.upright]
    heights = sorted((rule.top + rule.bottom) / 2 for rule in rules if rule.horizontal)
    labels = [word for word in words if _level(word, heights)]
    figures = sum(is_figure(word.text) for word in labels)
    if len(labels) >= _LEAST_LABELS and figures >= 0.5 * len(labels) and len(labels) >= _LABELS * len(words):
        return True
    if sum(cell.empty for cell in table.cells) < _EMPTY * len(table.cells):
        return False
    return sum(_through(word, rules) for word in words) > _CROSSED * len(words)


def _level(word: Word, heights: Sequence[float]) -> bool:
    """Whether one of the sorted `heights` is that of the word's middle."""
    tolerance = _LEVEL * word.size
    index = bisect_left(heights, word.middle - tolerance)
    return index < len(heights) and heights[index] < word.middle + tolerance


def _through(word: Word, rules: Sequence[Rule]) -> bool:
    return any(
        not rule.horizontal and word.x0 + 1 < rule.x0 < word.x1 - 1 and rule.top < word.middle < rule.bottom
        for rule in rules
    )
