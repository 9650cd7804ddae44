"""The annex of a paper, or a plan on its own: title, status, contributors, and the measures of its tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from extractors.celltext import join_lines
from extractors.contributors import contributors_of
from extractors.field_names import caption_text, field_name, has_field_label
from extractors.form_reading import part_numbers, read_form
from extractors.form_texts import take_texts
from extractors.form_titles import style_of, tags_of, title_style
from extractors.forms import part_of
from extractors.furniture import status_of
from extractors.kickers import Kicker
from extractors.knowledge import load
from extractors.meanings import key_of
from extractors.measure_draft import Cited, MeasureDraft
from extractors.measure_texts import spots_of, spots_of_lines
from extractors.measures import read_measures
from extractors.plan_heads import heads_of
from extractors.plan_sections import Section, find_sections, place_of
from extractors.vocabulary import Vocabulary
from schemas.geometry import Block, BlockKind, Page, Table, Word
from schemas.records import Problem

_STAND = re.compile(r"\bStand\s*:?\s*(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_MOST = 0.75
"""Share of the forms with a heading of their own, where headings are their titles."""


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
    _used: set[int] = field(default_factory=set, init=False, repr=False)

    def use(self, words: Iterable[Word]) -> None:
        """Hold words, each once."""
        for word in words:
            if id(word) not in self._used:
                self._used.add(id(word))
                self.words.append(word)

    def begins_on(self, page: int) -> bool:
        """Whether a measure stands on a page."""
        return any(number == page for draft in self.measures for number, _ in draft.spots.get("measure", []))


def read_plan(
    pages: Sequence[Page], tables: Sequence[Table], blocks: Sequence[Block], vocabulary: Vocabulary
) -> PlanReading | None:
    """The plan that stands on `pages`; None when no table there is a plan of measures.

    `tables` are all stitched tables of these pages, `blocks` the text outside them, both in reading order.
    """
    sections = find_sections(tables, blocks, vocabulary)
    if not sections:
        return None
    take_texts(sections, blocks)
    reading = PlanReading(tables=[table for section in sections for table in section.tables])
    opening = [block for block in blocks if place_of(block) < sections[0].place]
    title = _title(opening, sections, blocks)
    if title is not None:
        reading.title = join_lines(title.lines, vocabulary)
        reading.use(title.words)
    reading.status = status_of(pages) or _printed_status(opening)
    reading.date = _stand([*(block.text for block in opening), *_furniture_texts(pages)])
    held = {id(word) for section in sections for form in section.forms for word in form.words}
    free = [block for block in blocks if not any(id(word) in held for word in block.words)]
    reading.contributors, named = contributors_of(free, vocabulary)
    reading.use(named)
    _read_sections(reading, sections, [b for b in blocks if not _ended_by(title, b)], vocabulary)
    return reading


def _ended_by(title: Block | None, block: Block) -> bool:
    """Whether a block is the title, or a heading set as it is above it: that of a part which ends there."""
    if title is None or block is title:
        return block is title
    above = block.kind is BlockKind.HEADING and place_of(block) < place_of(title)
    return above and style_of(block.words) == style_of(title.words) and not has_field_label(block.text)


def _title(opening: Sequence[Block], sections: Sequence[Section], blocks: Sequence[Block]) -> Block | None:
    """The largest heading before the first table, with the words of a plan's title if one has them.

    One that is set as later ones are is none: above forms that have one each, and else unless its words say so.
    """
    later = [b for b in blocks if b.kind is BlockKind.HEADING]
    later = [b for b in later if sections[0].place < place_of(b) < sections[-1].place]
    each = len(sections) > 2 and all(s.forms for s in sections) and len(later) >= _MOST * (len(sections) - 1)
    own = {style_of(b.words) for b in later} if each else set()
    headings = [b for b in opening if b.kind is BlockKind.HEADING and not has_field_label(b.text)]
    headings = [b for b in headings if caption_text(b.text) is None]
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
    reading: PlanReading, sections: Sequence[Section], blocks: Sequence[Block], vocabulary: Vocabulary
) -> None:
    """The measures of all tables and forms, each under the heading that stands above it."""
    field_of_action: Cited | None = None
    drawn: list[MeasureDraft] = []
    tabled: list[MeasureDraft] = []
    forms = [form for section in sections for form in section.forms]
    style = title_style(forms)
    tags = tags_of(forms, style)
    for section, head in zip(sections, heads_of(sections, blocks, style), strict=True):
        if (heading := head.field_of_action) is not None:
            name = field_name(join_lines(heading.lines, vocabulary))
            field_of_action = Cited(name, spots_of_lines(heading.lines))
            reading.use(heading.words)
        for form in section.forms:
            tag = tags.get(id(form)) or (head.kicker.group if head.kicker is not None else None)
            made = read_form(form, vocabulary, field_of_action, head.title.lines if head.title else (), style, tag)
            _number(made, head.kicker)
            _describe(made, head.prose, vocabulary)
            drawn.append(made)
            reading.measures.append(made)
            reading.use([*form.words, *head.words])
        for table in section.tables:
            if section.header is not None:
                found = read_measures(table, section.header, vocabulary, field_of_action, reading.problems)
                tabled += found
                reading.measures += found
                reading.problems += section.problems if found else [_fruitless(table)]
            reading.use(table.words)
            reading.problems += [_unsure(page, message) for page, message in table.unsure]
    part_numbers(drawn)
    part_numbers(tabled)


def _number(draft: MeasureDraft, kicker: Kicker | None) -> None:
    """Let what stands above the title of a form be its number, where it says no other."""
    if kicker is not None and kicker.number is not None and "number" not in draft.texts:
        draft.texts["number"] = kicker.number
        draft.spots["number"] = spots_of(part_of(kicker.text))


def _describe(draft: MeasureDraft, prose: Sequence[Block], vocabulary: Vocabulary) -> None:
    """Let the prose between a title and its form describe the measure, where nothing else does."""
    if prose and "description" not in draft.texts:
        draft.texts["description"] = " ".join(join_lines(block.lines, vocabulary) for block in prose)
        draft.spots["description"] = [spot for block in prose for spot in spots_of_lines(block.lines)]


def _unsure(page: int, message: str) -> Problem:
    return Problem(code="row_join_unsure", severity="warning", message=message, page=page)


def _fruitless(table: Table) -> Problem:
    message = "a table with the columns of a plan gave no measure: compare it with the page"
    return Problem(code="table_without_measures", severity="warning", message=message, page=table.page)
