"""What stands above the tables and forms of a plan: fields of action, titles of forms, and their numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.captions import captions_above
from extractors.field_names import caption_text, has_field_label
from extractors.form_reading import is_numbered
from extractors.form_titles import Style, style_of, title_of
from extractors.forms import Form, is_title
from extractors.kickers import Kicker, kickers_of
from extractors.plan_sections import Section, place_of
from schemas.geometry import Block, BlockKind, Word

_DAY = re.compile(r"\b\d{1,2}\.\s?(?:\d{1,2}\.|[A-ZÄ][a-zä]+)\s?(?:19|20)\d\d\b")
_LEAST = 2
"""Forms with prose below their titles, at least."""
_MOST = 0.75
"""Share of the forms with a heading of their own, where headings are their titles."""


@dataclass(slots=True, frozen=True)
class SectionHead:
    """What stands between a section and the one before it."""

    field_of_action: Block | None
    title: Block | None
    """The heading that is the title of the section's form."""
    kicker: Kicker | None
    prose: list[Block]
    """What stands between the title and the form, and describes the measure."""

    @property
    def words(self) -> list[Word]:
        """The words of the title, of what stands above it, and of the prose below it."""
        above = [*(self.title.words if self.title else ()), *(self.kicker.words if self.kicker else ())]
        return above + [word for block in self.prose for word in block.words]


def heads_of(sections: Sequence[Section], blocks: Sequence[Block], style: Style | None) -> list[SectionHead]:
    """What stands above each section, out of the `blocks` of text; `style` is that of the titles of forms."""
    plain = [b for b in blocks if caption_text(b.text) is None]
    above = _headings_above(sections, [b for b in plain if b.kind is BlockKind.HEADING or _set_as(b, style)])
    captions = captions_above([section.place for section in sections], blocks, headed=any(above))
    # Where each form has a heading of its own, it is the title; else a box, "Was ist zu tun?", can be the measure.
    headed = [bool(between) for section, between in zip(sections, above, strict=True) if section.forms]
    each = len(headed) > 1 and sum(headed) >= _MOST * len(headed)
    titles = [_form_title(section, between, each) for section, between in zip(sections, above, strict=True)]
    kickers = _kickers(sections, titles, blocks, style)
    held = {id(kicker.words[0]) for kicker in kickers.values()}
    heads: list[SectionHead] = []
    for section, between, caption, title in zip(sections, above, captions, titles, strict=True):
        free = [block for block in between if block is not title and id(block.words[0]) not in held]
        kicker = next((kickers[id(form)] for form in section.forms if id(form) in kickers), None)
        prose = _prose_below(title, section, plain) if title is not None else []
        heads.append(SectionHead(caption or _field_heading(free), title, kicker, prose))
    # Prose that few forms have below their titles belongs to something else.
    described = sum(bool(head.prose) for head in heads)
    if described < max(_LEAST, _MOST * sum(head.title is not None for head in heads)):
        heads = [replace(head, prose=[]) for head in heads]
    return heads


def _prose_below(title: Block, section: Section, blocks: Sequence[Block]) -> list[Block]:
    """The paragraphs between the title of a form and the form, where it says nothing else of what it does."""
    if any("description" in form.meanings for form in section.forms):
        return []
    start = place_of(title)
    return [b for b in blocks if start < place_of(b) < section.place and b.kind is not BlockKind.HEADING]


def _headings_above(sections: Sequence[Section], headings: Sequence[Block]) -> list[list[Block]]:
    """The headings between each section and the one before it."""
    starts = [(0, 0.0), *(section.end for section in sections)]
    return [
        [block for block in headings if after <= place_of(block) < section.place]
        for after, section in zip(starts, sections, strict=False)
    ]


def _set_as(block: Block, style: Style | None) -> bool:
    """Whether a text is set as the titles of forms are, in bold: one that was cut off its form at the end of a page."""
    return style is not None and style[1] and style_of(block.words) == style


def _form_title(section: Section, between: Sequence[Block], each: bool) -> Block | None:
    """The heading right above a form that has no title of its own; `each` form has one above it, or not."""
    if not between or not section.forms or has_field_label(between[-1].text):
        return None
    form = section.forms[0]
    numbered = each and is_numbered(between[-1].text) and not any(map(is_title, form.opening))
    if (form.titled and not numbered) or ("measure" in form.meanings and not each):
        return None
    return between[-1]


def _kickers(
    sections: Sequence[Section], titles: Sequence[Block | None], blocks: Sequence[Block], style: Style | None
) -> dict[int, Kicker]:
    """What stands above the titles of the forms, by the ids of the forms."""
    texts = [block.words for block in blocks]
    above: list[tuple[Form, Sequence[Word]]] = []
    for section, title in zip(sections, titles, strict=True):
        for form in section.forms:
            own = title_of(form, style)
            above.append((form, title.words if title is not None else own.words if own is not None else ()))
            texts += [box.words for box in form.opening]
    return kickers_of(above, texts)


def _field_heading(between: Sequence[Block]) -> Block | None:
    """The heading that names the field of action: one that says so, else the one right above the table.

    What tells a day, "beschlossen am 16.10.2025", speaks of the document.
    """
    named = [block for block in between if has_field_label(block.text)]
    plain = [block for block in between if not _DAY.search(block.text)]
    return next(reversed(named or plain), None)
