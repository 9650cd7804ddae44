"""The lines of a table of figures as pieces in columns: which columns hold figures, and where the header ends."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.figures import is_figure
from extractors.gutter_rows import Row
from schemas.geometry import Line, Page, Rule

_YEAR = re.compile(r"^\(?(?:1[89]|20)\d\d(?:[/–-]\d{2,4})?[*)]?$")
_MOSTLY = 0.6
_HEAD_LINES = 8
_CENTRED = 0.1
"""Share of a table's width by which the middle of a band may be off the table's."""


@dataclass(slots=True)
class Sheet:
    """The lines of a table as pieces in columns."""

    lines: list[Line]
    columns: list[dict[int, list[Line]]]
    """For each line the pieces in each column that it fills."""
    figures: set[int]
    """The columns that hold figures on most of their lines."""
    head: int
    """Number of lines above the first row of figures."""
    lower_labels: bool
    """Whether labels begin in lower case: then that tells nothing about where a row begins."""


def sheet_of(page: Page, rows: Sequence[Row], edges: Sequence[float]) -> Sheet | None:
    lines = [row.line for row in rows]
    columns = [_by_column(row, edges) for row in rows]
    figures = {col for col in range(len(edges) - 1) if _holds_figures(columns, col)}
    anchors = [index for index, filled in enumerate(columns) if figures and is_anchored(filled, figures)]
    if len(anchors) < 2 or len(anchors) < 0.3 * len(lines):
        return None
    head = _head_end(page, lines, columns, anchors[0])
    if head > _HEAD_LINES:
        return None
    labels = [columns[index][0][0].text for index in anchors if 0 in columns[index]]
    lower = sum(label[0].islower() for label in labels) > 0.4 * len(labels)
    return Sheet(lines, columns, figures, head, lower)


def _by_column(row: Row, edges: Sequence[float]) -> dict[int, list[Line]]:
    filled: dict[int, list[Line]] = {}
    for run in row.runs:
        filled.setdefault(column_at(run, edges), []).append(run)
    return filled


def column_at(run: Line, edges: Sequence[float]) -> int:
    """The column that holds most of a run; the first one of equals."""
    first = bisect_right(edges, run.x0, 1, len(edges) - 1) - 1
    last = bisect_right(edges, run.x1, 1, len(edges) - 1) - 1
    return max(range(first, last + 1), key=lambda c: (min(run.x1, edges[c + 1]) - max(run.x0, edges[c]), -c))


def texts_of(pieces: Sequence[Line]) -> list[str]:
    return [word.text for piece in pieces for word in piece.words]


def _holds_figures(columns: Sequence[dict[int, list[Line]]], col: int) -> bool:
    filled = [texts_of(line[col]) for line in columns if col in line]
    values = [texts for texts in filled if any(is_figure(text) for text in texts) and not are_years(texts)]
    digits = [texts for texts in values if any(char.isdigit() for text in texts for char in text)]
    return len(digits) >= 2 and len(values) >= 0.5 * len(filled)


def are_years(texts: Sequence[str]) -> bool:
    return all(_YEAR.match(text) for text in texts)


def is_anchored(filled: dict[int, list[Line]], figures: set[int]) -> bool:
    """Whether half of the columns of figures are filled, and mostly with figures."""
    held = [texts_of(filled[col]) for col in figures if col in filled]
    values = [texts for texts in held if any(is_figure(text) for text in texts)]
    if 2 * len(held) < len(figures) or len(values) < _MOSTLY * len(held) or not values:
        return False
    return not all(are_years(texts) for texts in values) or len(figures) == 1


def _head_end(page: Page, lines: Sequence[Line], columns: Sequence[dict[int, list[Line]]], first: int) -> int:
    """The number of lines of the header above the first anchor: at the last rule above it, else at headings alone."""
    x0, x1 = min(line.x0 for line in lines), max(line.x1 for line in lines)
    wide = [r for r in page.rules if r.horizontal and min(r.x1, x1) - max(r.x0, x0) > _MOSTLY * (x1 - x0)]
    units = 0  # lines of figures without a label: "1,000 bushels"
    while units < 2 and first + units + 1 < len(lines) and 0 not in columns[first + units]:
        units += 1
    ruled = {
        index
        for index in range(1, first + units + 1)
        if any(middle_of(lines[index - 1]) < height_of(rule) < middle_of(lines[index]) for rule in wide)
    }
    if ruled:
        head = max(ruled)
        band = head - 1 in ruled and len(columns[head - 1]) == 1 and is_centred(lines, head - 1)
        return head - band
    head = first
    while head > 1 and len(columns[head - 2]) > 1 and _below_head(lines, columns[head - 1], head - 1):
        head -= 1
    return head


def _below_head(lines: Sequence[Line], filled: dict[int, list[Line]], index: int) -> bool:
    """Whether a line above the first full row is no title: a heading of rows, or a label with few figures."""
    values = [text for col, pieces in filled.items() if col for text in texts_of(pieces)]
    if not values or 0 not in filled:
        return set(filled) == {0} or (lines[index].bold and len(filled) == 1 and is_centred(lines, index))
    return all(map(is_figure, values)) and not are_years(values)


def height_of(rule: Rule) -> float:
    return (rule.top + rule.bottom) / 2


def middle_of(line: Line) -> float:
    return (line.top + line.bottom) / 2


def is_band(sheet: Sheet, index: int) -> bool:
    """Whether a line is one text, centred over the table: bold below others, or where figures stand else."""
    line, above, filled = sheet.lines[index], sheet.lines[index - 1], sheet.columns[index]
    if len(filled) != 1 or not is_centred(sheet.lines, index):
        return False
    (col,) = filled
    words = col in sheet.figures and not any(map(is_figure, texts_of(filled[col])))
    return (words and line.text[0].isupper()) or (line.bold and not (above.bold and index > sheet.head))


def is_centred(lines: Sequence[Line], index: int) -> bool:
    x0, x1 = min(line.x0 for line in lines), max(line.x1 for line in lines)
    return abs(lines[index].x0 + lines[index].x1 - x0 - x1) < _CENTRED * (x1 - x0)
