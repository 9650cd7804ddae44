"""The tables of measures and the forms of a plan, in reading order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from extractors.factsheets import (
    begins_with_labels,
    has_label,
    is_form,
    labels_again,
    labels_left,
    opens_form,
    table_boxes,
)
from extractors.field_names import goes_on
from extractors.form_lines import text_forms
from extractors.forms import Box, Form, forms_of
from extractors.headers import Header, find_header
from extractors.holdings import Settled, guess_header, settle, settle_boxes
from extractors.knowledge import load
from extractors.meanings import key_of
from extractors.measure_columns import forms_side_by_side
from extractors.vocabulary import Vocabulary
from schemas.geometry import Block, BlockKind, Table
from schemas.records import Problem

_SAME = 3.0
"""Points between the column edges of two forms that are drawn alike, at most."""


Place = tuple[int, float]
"""A page and a height on it, in points."""


@dataclass(slots=True)
class Section:
    """A table of measures with its header, or a run of forms."""

    tables: list[Table]
    header: Header | None
    forms: list[Form]
    place: Place
    end: Place
    problems: list[Problem] = field(default_factory=list)

    def extend(self, boxes: Sequence[Box]) -> None:
        """Add boxes below the section to its form."""
        if boxes:
            self.forms[0].boxes += boxes
            last = max((word for box in boxes for word in box.words), key=lambda word: (word.page, word.bottom))
            self.end = (last.page, last.bottom)


def find_sections(tables: Sequence[Table], blocks: Sequence[Block], vocabulary: Vocabulary) -> list[Section]:
    """The tables of measures and forms among all `tables`; those among the text of `blocks` where there is none."""
    sections = _table_sections(tables, blocks, vocabulary) or _text_sections(blocks, tables)
    settle_boxes([form for section in sections for form in section.forms], vocabulary)
    return sections


def _table_sections(tables: Sequence[Table], blocks: Sequence[Block], vocabulary: Vocabulary) -> list[Section]:
    sections: list[Section] = []
    headings = [block for block in blocks if block.kind is BlockKind.HEADING]
    hints = [place_of(block) for block in headings if _speaks_of_plan(block)]
    parts = [place_of(block) for block in headings if not goes_on(block.text)]
    run: list[Table] = []
    for table, following in zip_longest(tables, tables[1:]):
        if beside := forms_side_by_side(table):
            sections += _form_sections(run, parts)
            sections += [_section(form, [table] if form is beside[0] else []) for form in beside]
            run = []
            continue
        opens = bool(run) and following is not None and opens_form(table, following)
        if table.labelled or is_form(table) or opens or (run and _goes_on(run[-1], table)):
            run.append(table)
            continue
        sections += _form_sections(run, parts)
        run = []
        if table.n_cols == 1 and (framed := text_forms(table.words)):
            sections += [_section(form, [table] if form is framed[0] else []) for form in framed]
            continue
        settled = _settled_header(table, any(place < _place(table) for place in hints), vocabulary)
        if settled is not None:
            told = settled.problems(table.page)
            sections.append(Section([table], settled.header, [], _place(table), _end(table), told))
    sections += _form_sections(run, parts)
    return sections


def _settled_header(table: Table, hinted: bool, vocabulary: Vocabulary) -> Settled | None:
    """The header of a plan's table, by its words, or by what it holds below a heading that speaks of a plan."""
    header = find_header(table, vocabulary)
    if header is not None:
        return settle(table, header)
    return guess_header(table, vocabulary) if hinted else None


def _speaks_of_plan(block: Block) -> bool:
    title = load("columns.toml")["plan"]["title"]
    stems = [*title["stems"], *title["headings"]]
    return any(stem in key_of(block.text) for stem in stems)


def _goes_on(form: Table, table: Table) -> bool:
    """Whether a table may hold boxes of a form on the page before, or of the next one on its page, drawn alike."""
    page = form.pieces[-1][0]
    few, many = sorted((form.edges, table.edges), key=len)
    inner = all(any(abs(edge - other) <= _SAME for other in many) for edge in few)
    alike = inner and abs(few[0] - many[0]) <= _SAME and abs(few[-1] - many[-1]) <= _SAME
    labelled = has_label(table) or labels_left(table)
    return (table.page == page + 1 and labelled) or (table.page == page and alike and begins_with_labels(table))


def _form_sections(run: Sequence[Table], headings: Sequence[tuple[int, float]]) -> list[Section]:
    """One section for each form, so that each has the heading above it; forms that are none are left out.

    A form ends where one of the `headings` stands, at its page and height, in points.
    """
    parts: list[list[Box]] = []
    again = labels_again(run)
    for table in run:
        before = parts[-1] if parts else []
        start = (before[-1].words[-1].page, before[-1].words[-1].top) if before and before[-1].words else (0, 0.0)
        boxes = table_boxes(table, before, again)
        if not parts or any(start < heading < _place(table) for heading in headings):
            parts.append([])
        parts[-1] += boxes
    forms = [form for boxes in parts for form in forms_of(boxes) if form.whole]
    sections: list[Section] = []
    seen: set[int] = set()
    for form in forms:
        own = [table for table in _held(form, run) if id(table) not in seen]
        seen |= {id(table) for table in own}
        sections.append(_section(form, own))
    return sections


def _section(form: Form, tables: list[Table]) -> Section:
    first = min(form.words, key=lambda word: (word.page, word.top))
    last = max(form.words, key=lambda word: (word.page, word.bottom))
    return Section(tables, None, [form], (first.page, first.top), (last.page, last.bottom))


def _text_sections(blocks: Sequence[Block], tables: Sequence[Table]) -> list[Section]:
    forms = text_forms([word for block in blocks for word in block.words], tables)
    return [_section(form, _held(form, tables)) for form in forms]


def _held(form: Form, tables: Sequence[Table]) -> list[Table]:
    """The tables whose words a form holds."""
    words = {id(word) for word in form.words}
    return [table for table in tables if any(id(word) in words for word in table.words)]


def _end(table: Table) -> tuple[int, float]:
    page, box = table.pieces[-1]
    return (page, box[3] - 1)


def _place(table: Table) -> tuple[int, float]:
    return (table.page, table.box[1])


def place_of(block: Block) -> tuple[int, float]:
    return (block.page, block.lines[0].top)
