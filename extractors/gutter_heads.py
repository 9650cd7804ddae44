"""The header lines of a table without vertical rules that stand above the line at which its columns begin.

Titles over several columns leave no gutter free, and a title alone on its line is no row of columns. They belong to the
table when a rule over its width closes them off, or when their words keep to its columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from extractors.gutter_rows import Row
from extractors.knowledge import words as knowledge_words
from extractors.rules import rule_widths
from schemas.geometry import Page

_HEAD_LINES = 6
_WIDE = 0.6
"""Share of a table's width from which a rule closes it off."""
_NEAR = 1.9
"""Distance of base lines, in font sizes, within a header."""
_LABEL_WORDS = 5
_PHRASE = 3
"""Words of a line alone from which a full stop, or a colon, makes it one of text."""
_SENTENCE = 9
"""Words of one run from which it is prose or a caption."""


def header_start(page: Page, rows: Sequence[Row], start: int, end: int, edges: Sequence[float]) -> int:
    """The index of the first line of the table whose lines from `start` to `end` have the column `edges`."""
    top = _below_rule(page, rows, start, edges)
    while top > 0 and start - top < _HEAD_LINES and _keeps_to_columns(rows, top - 1, edges):
        top -= 1
    return top


def _below_rule(page: Page, rows: Sequence[Row], start: int, edges: Sequence[float]) -> int:
    """The first line below the rule that closes the table off; `start` where prose or a caption stands between."""
    x0, x1 = edges[0], edges[-1]
    wide = [at for at, length in rule_widths(page.rules, x0, x1).items() if length > _WIDE * (x1 - x0)]
    for index in range(start, max(0, start - _HEAD_LINES) - 1, -1):
        line = rows[index].line
        if index < start and (_prose(rows[index]) or _far(rows, index) or line.x0 < x0 - 8 or line.x1 > x1 + 8):
            return start
        ceiling = rows[index - 1].line.bottom if index else line.top - 2 * line.size
        for at in wide:
            if ceiling - 0.3 * line.size < at < line.top + 0.3 * line.size:
                return index + _names_table(rows, index, start, edges)
    return start


def _names_table(rows: Sequence[Row], index: int, start: int, edges: Sequence[float]) -> bool:
    """Whether a line is the name of the table and no label of its first column: of many words, above other labels."""
    row = rows[index]
    if is_caption(row):
        return True
    if index >= start or len(row.runs) > 1 or row.line.x0 > edges[0] + row.line.size:
        return False
    beside = all(other.line.x0 >= edges[1] - 1 for other in rows[index + 1 : start + 1])
    return beside and len(row.line.words) >= _LABEL_WORDS


def is_caption(row: Row) -> bool:
    """Whether a line begins as captions do: "Tabelle 2.1   Eckdaten"."""
    words = row.line.words
    return len(words) > 2 and words[0].text.casefold() in _captions() and words[1].text[0].isdigit()


@cache
def _captions() -> frozenset[str]:
    return frozenset(knowledge_words("text.toml", "captions", "words"))


def _far(rows: Sequence[Row], index: int) -> bool:
    above, below = rows[index].line, rows[index + 1].line
    return below.bottom - above.bottom > 3 * _NEAR * below.size


def _prose(row: Row) -> bool:
    alone = len(row.runs) == 1 and len(row.line.words) >= _PHRASE
    return (alone or any(len(run.words) >= _SENTENCE for run in row.runs)) and row.line.text[-1] in ".:;"


def _keeps_to_columns(rows: Sequence[Row], index: int, edges: Sequence[float]) -> bool:
    """Whether a line is titles of columns: short, near, none of its words over an edge, most columns named."""
    row, below = rows[index], rows[index + 1]
    line = row.line
    near = below.line.bottom - line.bottom < _NEAR * below.line.size and abs(line.size - below.line.size) < 1
    if not near or line.x0 < edges[0] - 3 or line.x1 > edges[-1] + 3 or row.hinted:
        return False
    inner = edges[1:-1]
    if any(word.x0 + 0.5 < edge < word.x1 - 0.5 for word in line.words for edge in inner):
        return False
    named = {sum((word.x0 + word.x1) / 2 > edge for edge in inner) for word in line.words}
    apart = [b.x0 - a.x1 for a, b in pairwise(line.words) if any(a.x1 <= edge + 0.5 <= b.x0 + 1 for edge in inner)]
    if apart and min(apart) < 0.2 * line.size:
        return False
    short = len(line.words) <= _LABEL_WORDS * len(named)
    return len(named) >= max(3, 0.6 * (len(edges) - 1)) and short and line.text[-1] not in ".;:"
