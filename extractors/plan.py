"""The annex of a paper, or a plan on its own: title, status, contributors, and the measures of its tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import zip_longest

from extractors.captions import captions_above
from extractors.celltext import join_lines
from extractors.contributors import contributors_of
from extractors.factsheets import begins_with_labels, has_label, is_form, labels_left, opens_form, table_boxes
from extractors.field_names import caption_text, field_name, goes_on, has_field_label
from extractors.form_lines import text_forms
from extractors.form_reading import is_numbered, part_numbers, read_form
from extractors.form_titles import Style, style_of, tags_of, title_style
from extractors.forms import Box, Form, forms_of, is_title
from extractors.furniture import status_of
from extractors.headers import Header, find_header
from extractors.holdings import Settled, guess_header, settle, settle_boxes
from extractors.knowledge import load
from extractors.meanings import key_of
from extractors.measure_columns import forms_side_by_side
from extractors.measure_draft import Cited, MeasureDraft
from extractors.measure_texts import spots_of_lines
from extractors.measures import read_measures
from extractors.vocabulary import Vocabulary
from schemas.geometry import Block, BlockKind, Page, Table, Word
from schemas.records import Problem

_DAY = re.compile(r"\b\d{1,2}\.\s?(?:\d{1,2}\.|[A-ZÄ][a-zä]+)\s?(?:19|20)\d\d\b")
_STAND = re.compile(r"\bStand\s*:?\s*(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_MOST = 0.75
"""Share of the forms with a heading of their own, where headings are their titles."""
_SAME = 3.0
"""Points between the column edges of two forms that are drawn alike, at most."""


@dataclass(slots=True)
class PlanReading:
    title: str | None = None
    status: str | None = None
    date: date | None = None
    contributors: list[str] = field(default_factory=list)
    measures: list[MeasureDraft] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    """Every word that the plan's fields and tables used."""
    tables: list[Table] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def begins_on(self, page: int) -> bool:
        """Whether a measure stands on a page."""
        return any(number == page for draft in self.measures for number, _ in draft.spots.get("measure", []))


def read_plan(
    pages: Sequence[Page], tables: Sequence[Table], blocks: Sequence[Block], vocabulary: Vocabulary
) -> PlanReading | None:
    """The plan that stands on `pages`; None when no table there is a plan of measures.

    `tables` are all stitched tables of these pages, `blocks` the text outside them, both in reading order.
    """
    sections = _sections(tables, blocks, vocabulary) or _text_section(blocks, tables)
    if not sections:
        return None
    reading = PlanReading(tables=[table for section in sections for table in section.tables])
    opening = [block for block in blocks if _block_place(block) < sections[0].place]
    title = _title(opening, sections, blocks)
    if title is not None:
        reading.title = join_lines(title.lines, vocabulary)
        reading.words += title.words
    reading.status = status_of(pages) or _printed_status(opening)
    reading.date = _stand([*(block.text for block in opening), *_furniture_texts(pages)])
    held = {id(word) for section in sections for form in section.forms for word in form.words}
    free = [block for block in blocks if not any(id(word) in held for word in block.words)]
    reading.contributors, named = contributors_of(free, vocabulary)
    reading.words += named
    _read_sections(reading, sections, [b for b in blocks if b is not title], vocabulary)
    return reading


@dataclass(slots=True)
class _Section:
    """A table of measures with its header, or a run of forms."""

    tables: list[Table]
    header: Header | None
    forms: list[Form]
    place: tuple[int, float]
    end: tuple[int, float]
    problems: list[Problem] = field(default_factory=list)


def _sections(tables: Sequence[Table], blocks: Sequence[Block], vocabulary: Vocabulary) -> list[_Section]:
    sections: list[_Section] = []
    headings = [block for block in blocks if block.kind is BlockKind.HEADING]
    hints = [_block_place(block) for block in headings if _speaks_of_plan(block)]
    parts = [_block_place(block) for block in headings if not goes_on(block.text)]
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
            sections.append(_Section([table], settled.header, [], _place(table), _end(table), told))
    sections += _form_sections(run, parts)
    settle_boxes([box for section in sections for form in section.forms for box in form.boxes], vocabulary)
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


def _form_sections(run: Sequence[Table], headings: Sequence[tuple[int, float]]) -> list[_Section]:
    """One section for each form, so that each has the heading above it; forms that are none are left out.

    A form ends where one of the `headings` stands, at its page and height, in points.
    """
    parts: list[list[Box]] = []
    for table in run:
        before = parts[-1] if parts else []
        start = (before[-1].words[-1].page, before[-1].words[-1].top) if before and before[-1].words else (0, 0.0)
        boxes = table_boxes(table, before)
        if not parts or any(start < heading < _place(table) for heading in headings):
            parts.append([])
        parts[-1] += boxes
    forms = [form for boxes in parts for form in forms_of(boxes) if form.whole]
    sections: list[_Section] = []
    seen: set[int] = set()
    for form in forms:
        own = [table for table in _held(form, run) if id(table) not in seen]
        seen |= {id(table) for table in own}
        sections.append(_section(form, own))
    return sections


def _section(form: Form, tables: list[Table]) -> _Section:
    first = min(form.words, key=lambda word: (word.page, word.top))
    last = max(form.words, key=lambda word: (word.page, word.bottom))
    return _Section(tables, None, [form], (first.page, first.top), (last.page, last.bottom))


def _text_section(blocks: Sequence[Block], tables: Sequence[Table]) -> list[_Section]:
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


def _block_place(block: Block) -> tuple[int, float]:
    return (block.page, block.lines[0].top)


def _title(opening: Sequence[Block], sections: Sequence[_Section], blocks: Sequence[Block]) -> Block | None:
    """The largest heading before the first table, with the words of a plan's title if one has them.

    One that is set as later ones are is none: above forms that have one each, and else unless its words say so.
    """
    later = [b for b in blocks if b.kind is BlockKind.HEADING]
    later = [b for b in later if sections[0].place < _block_place(b) < sections[-1].place]
    each = len(sections) > 2 and all(s.forms for s in sections) and len(later) >= _MOST * (len(sections) - 1)
    own = {style_of(b.words) for b in later} if each else set()
    headings = [b for b in opening if b.kind is BlockKind.HEADING and not has_field_label(b.text)]
    headings = [b for b in headings if style_of(b.words) not in own]
    stems = load("columns.toml")["plan"]["title"]["stems"]
    named = [b for b in headings if any(stem in key_of(b.text) for stem in stems)]
    # The last heading right above the table names a field of action, unless it is the only one.
    styles = {style_of(block.words) for block in later}
    large = [b for b in headings if not later or b.size > 1.3 * _usual_size(opening)]
    candidates = named or headings[:-1] or [b for b in large if style_of(b.words) not in styles]
    return max(candidates, key=lambda b: (round(b.size), -b.page, -b.lines[0].top), default=None)


def _usual_size(blocks: Sequence[Block]) -> float:
    sizes = sorted(word.size for block in blocks for word in block.words)
    return sizes[len(sizes) // 2] if sizes else 10.0


def _printed_status(opening: Sequence[Block]) -> str | None:
    names = load("furniture.toml")["status"]
    for block in opening:
        for status, words in names.items():
            if block.text.strip(" ()-–.").casefold() in words:
                return str(status)
    return None


def _furniture_texts(pages: Iterable[Page]) -> list[str]:
    return [" ".join(word.text for word in page.words if word.mark is not None) for page in pages]


def _stand(texts: Iterable[str]) -> date | None:
    """The first "Stand: 28.08.2025" of the texts."""
    for text in texts:
        found = _STAND.search(text)
        if found:
            day, month, year = (int(number) for number in found.groups())
            try:
                return date(year, month, day)
            except ValueError:
                continue
    return None


def _read_sections(
    reading: PlanReading, sections: Sequence[_Section], blocks: Sequence[Block], vocabulary: Vocabulary
) -> None:
    """The measures of all tables and forms, each under the heading that stands above it."""
    field_of_action: Cited | None = None
    booked: set[int] = set()
    drawn: list[MeasureDraft] = []
    tabled: list[MeasureDraft] = []
    forms = [form for section in sections for form in section.forms]
    style = title_style(forms)
    tags = tags_of(forms, style)
    plain = [b for b in blocks if caption_text(b.text) is None]
    above = _headings_above(sections, [b for b in plain if b.kind is BlockKind.HEADING or _set_as(b, style)])
    captions = captions_above([section.place for section in sections], blocks, headed=any(above))
    # Where each form has a heading of its own, it is the title; else a box, "Was ist zu tun?", can be the measure.
    headed = [bool(between) for section, between in zip(sections, above, strict=True) if section.forms]
    each = len(headed) > 1 and sum(headed) >= _MOST * len(headed)
    for section, between, caption in zip(sections, above, captions, strict=True):
        title = _form_title(section, between, each)
        heading = caption or _field_heading([block for block in between if block is not title])
        if heading is not None:
            name = field_name(join_lines(heading.lines, vocabulary))
            field_of_action = Cited(name, spots_of_lines(heading.lines))
            _use(reading, booked, heading.words)
        for form in section.forms:
            lines = title.lines if title else ()
            made = read_form(form, vocabulary, field_of_action, lines, style, tags.get(id(form)))
            reading.measures.append(made)
            drawn.append(made)
            _use(reading, booked, [*form.words, *(title.words if title else [])])
        for table in section.tables:
            if section.header is not None:
                found = read_measures(table, section.header, vocabulary, field_of_action, reading.problems)
                reading.measures += found
                tabled += found
                reading.problems += section.problems if found else [_fruitless(table)]
            _use(reading, booked, table.words)
            reading.problems += [
                Problem(code="row_join_unsure", severity="warning", message=message, page=page)
                for page, message in table.unsure
            ]
    part_numbers(drawn)
    part_numbers(tabled)


def _set_as(block: Block, style: Style | None) -> bool:
    """Whether a text is set as the titles of forms are, in bold: one that was cut off its form at the end of a page."""
    return style is not None and style[1] and style_of(block.words) == style


def _headings_above(sections: Sequence[_Section], headings: Sequence[Block]) -> list[list[Block]]:
    """The headings between each section and the one before it."""
    starts = [(0, 0.0), *(section.end for section in sections)]
    return [
        [block for block in headings if after <= _block_place(block) < section.place]
        for after, section in zip(starts, sections, strict=False)
    ]


def _fruitless(table: Table) -> Problem:
    message = "a table with the columns of a plan gave no measure: compare it with the page"
    return Problem(code="table_without_measures", severity="warning", message=message, page=table.page)


def _form_title(section: _Section, between: Sequence[Block], each: bool) -> Block | None:
    """The heading right above a form that has no title of its own; `each` form has one above it, or not."""
    if not between or not section.forms or _names_field(between[-1]):
        return None
    form = section.forms[0]
    numbered = each and is_numbered(between[-1].text) and not any(map(is_title, form.opening))
    if (form.titled and not numbered) or ("measure" in form.meanings and not each):
        return None
    return between[-1]


def _names_field(block: Block) -> bool:
    """Whether a heading begins with "Handlungsfeld" or its like."""
    return has_field_label(block.text)


def _use(reading: PlanReading, booked: set[int], words: Iterable[Word]) -> None:
    for word in words:
        if id(word) not in booked:
            booked.add(id(word))
            reading.words.append(word)


def _field_heading(between: Sequence[Block]) -> Block | None:
    """The heading that names the field of action: one that says so, else the one right above the table.

    What tells a day, "beschlossen am 16.10.2025", speaks of the document.
    """
    named = [block for block in between if _names_field(block)]
    plain = [block for block in between if not _DAY.search(block.text)]
    return next(reversed(named or plain), None)
