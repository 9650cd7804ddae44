"""Boxes side by side with a measure in each: tiles, as web pages and brochures set them.

Their lines stand beside those of the next box, so that a page must be read box by box.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.form_lines import text_forms
from extractors.grid import frames
from extractors.lines import group_lines
from schemas.geometry import Box, Cell, Page, Part, Table, Word, union

_LEAST = 3
"""Boxes of one width, at least, and lines in each."""
_SAME = 3.0
"""Points by which their widths differ, at most."""
_HIGH = 40.0
"""Points that such a box is high, at least."""
_MOST = 0.6
"""Share of the boxes that hold a form."""
_Entry = tuple[Box, list[Word]]
"""A box and the words in it."""


def find_framed(pages: Sequence[Page], drawn: Sequence[Sequence[Table]]) -> list[list[Table]]:
    """The boxes of each page without `drawn` tables, each a table of one column, of a row for each line.

    Boxes are told from frames around texts by standing side by side, by their widths, and by the forms in them.
    """
    held = [[] if tables else list(_boxes(page)) for page, tables in zip(pages, drawn, strict=True)]
    alike = [_outer([entry for entry in entries if _again(entry[0], held)]) for entries in held]
    count = sum(map(len, alike))
    if not any(_beside(a[0], b[0]) for entries in alike for a in entries for b in entries):
        return [[] for _ in pages]
    whole = sum(len(text_forms(words)) == 1 for entries in alike for _, words in entries)
    if whole < max(_LEAST, _MOST * count):
        return [[] for _ in pages]
    return [[_table(page.number, words) for _, words in entries] for page, entries in zip(pages, alike, strict=True)]


def _boxes(page: Page) -> Iterator[_Entry]:
    """Each box of a page with the words in it."""
    for box in frames(page):
        if box[3] - box[1] < _HIGH:
            continue
        words = [w for w in page.body if box[0] <= (w.x0 + w.x1) / 2 <= box[2] and box[1] <= w.middle <= box[3]]
        if len(group_lines(words)) >= _LEAST:
            yield box, words


def _outer(entries: Sequence[_Entry]) -> list[_Entry]:
    """The boxes in no other one: a box may be drawn and shaded, and a part of it shaded again."""
    kept: list[_Entry] = []
    for box, words in sorted(entries, key=lambda entry: (entry[0][0] - entry[0][2]) * (entry[0][3] - entry[0][1])):
        held = {id(word) for _, others in kept for word in others}
        if not any(id(word) in held for word in words):
            kept.append((box, words))
    return sorted(kept, key=lambda entry: (entry[0][1], entry[0][0]))


def _again(box: Box, held: Sequence[Sequence[_Entry]]) -> bool:
    widths = [other[2] - other[0] for entries in held for other, _ in entries]
    return sum(abs(width - (box[2] - box[0])) <= _SAME for width in widths) >= _LEAST


def _beside(box: Box, other: Box) -> bool:
    """Whether a box stands right of another, at its height."""
    return other[0] >= box[2] - 1 and min(box[3], other[3]) - max(box[1], other[1]) > _HIGH / 2


def _table(page: int, words: Sequence[Word]) -> Table:
    lines = group_lines(words)
    box = union(line.box for line in lines)
    cells = [
        Cell(row, 0, 1, 1, [Part(page, (box[0], line.top, box[2], line.bottom), line.words)])
        for row, line in enumerate(lines)
    ]
    return Table(cells, len(lines), 1, [box[0], box[2]], [(page, box)], ruled=True)
