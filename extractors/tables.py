"""All tables of the pages: ruled ones, forms of labels and texts, and those that white space alone shows."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.bands import with_bands
from extractors.cards import find_card_rows, find_cards
from extractors.charts import is_chart
from extractors.continued import completed, with_first_columns
from extractors.figure_rows import divide_figures
from extractors.figures import holds_more_columns, is_half_drawn
from extractors.framed import find_framed
from extractors.gutters import Template, find_gutter_tables
from extractors.half_drawn import closed_tables
from extractors.headed import find_headed_tables
from extractors.label_columns import find_label_tables, label_columns
from extractors.lines import group_lines
from schemas.geometry import Line, Page, Table, Word


def find_all_tables(pages: Sequence[Page]) -> list[Table]:
    """The tables of all pages, in reading order; what goes on over pages is a table on each of them."""
    ruled = closed_tables(pages)
    outside = [
        _lines_outside(page.body, [table for table in drawn if table.n_cols > 1])
        for page, drawn in zip(pages, ruled, strict=True)
    ]
    tiles = find_framed(pages, ruled)
    outside = _beside(outside, tiles)
    cards = find_cards(outside)  # before headers are looked for: labels of two zones may stand side by side
    outside = _beside(outside, cards)
    headed = find_headed_tables(pages, outside)
    outside = _beside(outside, headed)
    rows = find_card_rows(outside)
    outside = _beside(outside, rows)
    cards = [[*beside, *below] for beside, below in zip(cards, rows, strict=True)]
    columns = label_columns(outside)
    tables: list[Table] = []
    template: Template | None = None
    form: Table | None = None
    for page, drawn, known, carded, tiled, lines in zip(pages, ruled, headed, cards, tiles, outside, strict=True):
        drawn = completed(page, with_bands(page, drawn), tables[-1] if tables else None)
        drawn = [table for table in drawn if not holds_more_columns(table) and not is_half_drawn(table)]
        labelled = [*carded, *(find_label_tables(page, lines, columns, form) if columns else [])]
        drawn = [table for table in drawn if not any(_frames(table, other) for other in labelled)]
        for table in drawn:
            divide_figures(page, table)
        kept = [table for table in drawn if not is_chart(page, table)]
        free = find_gutter_tables(page, [*drawn, *known, *labelled, *tiled], template)
        if free and not drawn and tables and tables[-1].pieces[-1][0] == page.number - 1:
            with_first_columns(free[0], tables[-1].edges)
        found = sorted([*kept, *known, *labelled, *tiled, *free], key=lambda table: (table.box[1], table.box[0]))
        tables += found
        last = max(found, key=lambda table: table.box[3], default=None)
        open_end = last if last is not None and _last_on_page(page, last) else None
        form = open_end if open_end in labelled else None
        free_end = open_end is not None and form is None and not open_end.ruled and open_end.n_cols > 1
        template = Template.of(open_end) if open_end is not None and free_end else None
    return tables


def _beside(pages: Sequence[list[Line]], tables: Sequence[Sequence[Table]]) -> list[list[Line]]:
    """The lines of each page without those that its tables hold."""
    return [
        _lines_outside([word for line in lines for word in line.words], found) if found else lines
        for lines, found in zip(pages, tables, strict=True)
    ]


def _lines_outside(words: Sequence[Word], drawn: Sequence[Table]) -> list[Line]:
    """The lines of upright words that no table holds."""
    boxes = [table.box for table in drawn]
    outside = [
        w for w in words if w.upright and not any(b[0] <= w.x0 <= b[2] and b[1] <= w.middle <= b[3] for b in boxes)
    ]
    return group_lines(outside)


def _frames(frame: Table, table: Table) -> bool:
    """Whether a drawn table is but a frame around (a part of) another."""
    held = {id(word) for word in table.words}
    return frame.n_cols == 1 and any(id(word) in held for word in frame.words)


def _last_on_page(page: Page, table: Table) -> bool:
    return not any(word.top > table.box[3] + 1 and word.upright for word in page.body)
