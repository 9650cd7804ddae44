"""Texts that belong to forms drawn as tables, and stand below them: a label in bold, and what it says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from extractors.form_labels import sure_meaning
from extractors.form_lines import line_boxes
from extractors.forms import Box
from extractors.meanings import key_of
from extractors.plan_sections import Place, Section
from schemas.geometry import Block

_AGAIN = 2
"""Forms below which a label is printed, at least."""
_PAGES = 2
"""Pages over which the texts of the last form reach, at most."""


def take_texts(sections: Sequence[Section], blocks: Sequence[Block]) -> None:
    """Give each form that is drawn as a table the labelled texts below it, out of all `blocks`, in place.

    They end at the first text without label, such as the title of the next form.
    """
    drawn = [section for section in sections if section.forms and section.tables and not section.header]
    if len(drawn) < _AGAIN:
        return
    boxes: dict[int, list[Box]] = {}
    for box in line_boxes([line for block in blocks for line in block.lines]):
        boxes.setdefault(box.words[0].page, []).append(box)
    ends = [section.place for section in sections[1:]] + [(sections[-1].end[0] + _PAGES, 0.0)]
    after = {id(section): end for section, end in zip(sections, ends, strict=True)}
    below = [(section, _labelled_below(boxes, section, after[id(section)])) for section in drawn]
    counts = Counter(key_of(box.label or "") for _, found in below for box in found)
    for section, found in below:
        again = [box for box in found if counts[key_of(box.label or "")] >= _AGAIN]
        if again == found:
            section.extend(found)


def _labelled_below(boxes: Mapping[int, Sequence[Box]], section: Section, end: Place) -> list[Box]:
    """The boxes with labels, by their pages, that follow at once below a form, none of which it has already."""
    form = section.forms[0]
    labels = {key_of(box.label) for box in form.boxes if box.label is not None}
    found: list[Box] = []
    for box in (box for page in range(section.end[0], end[0] + 1) for box in boxes.get(page, ())):
        place = (box.words[0].page, box.words[0].top)
        if section.end <= place < end:
            if box.label is None or not box.parts or key_of(box.label) in labels:
                break
            found.append(box)
    return found if any(sure_meaning(box.label or "") is not None for box in found) else []
