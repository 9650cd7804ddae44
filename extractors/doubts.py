"""What of a plan reads as if it were not read right: told, with its page, as nobody can look at every page.

A layout that nobody thought of is not read wrong in one place but in each of its measures alike. So this looks at what
all measures of a plan have in common: texts left out between their boxes, names that are none, labels among texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from extractors.meanings import meaning_of, names_measure
from extractors.measure_draft import MeasureDraft
from extractors.numbering import are_several, is_code, is_number
from schemas.geometry import Block, BlockKind, Box, union
from schemas.records import Problem

_LEAST = 3
"""Measures from which a plan tells what they have in common."""
_BELOW = 0.4
"""Share of the measures below which texts are left out where they are theirs, and no prose between parts of a plan."""
_BESIDE = 0.5
"""Share of the narrower of two texts over which they stand one below the other."""
_FEW = 0.2
"""Share of the names of measures that begin in lower case where that is no slip."""
_EACH = 5
"""Measures that hardly have a field of action each."""
_SENTENCE = 12
"""Words from which a text that ends with a full stop is a sentence, and names nobody."""
_FIELD_WORDS = 6
_QUOTED = 60
"""Letters of a text that a message quotes."""
_DATE = re.compile(r"\b\d{1,2}\.\d{1,2}\.\d{2,4}\b")
_SERIES = re.compile(r"(.*?)(\d{1,3})")


def plan_doubts(drafts: Sequence[MeasureDraft], unread: Sequence[Block]) -> list[Problem]:
    """What a person should look at in the measures of a plan; `unread` are the blocks that no record holds."""
    told = [_warning(page, message, code=code) for draft in drafts for code, page, message in draft.doubts]
    if len(drafts) < _LEAST:
        return told
    texts = [block for block in unread if block.kind is not BlockKind.HEADING]
    areas = [_areas(draft) for draft in drafts]
    found = [*_left_out(areas, texts, _cut_off(areas, unread)), *_missing(drafts, unread)]
    found += [*_names(drafts), *_fields(drafts), *_joined(drafts), *_sentences(drafts)]
    return told + found


def _warning(page: int, message: str, *, code: str) -> Problem:
    return Problem(code=code, severity="warning", message=message, page=page)


def _page(draft: MeasureDraft, name: str = "measure") -> int:
    """The page of a field, or the first one of the measure."""
    spots = draft.spots.get(name) or [spot for spots in draft.spots.values() for spot in spots]
    return min((page for page, _ in spots), default=1)


def _areas(draft: MeasureDraft) -> dict[int, Box]:
    """Page -> the box around all that a measure says there, its field of action aside."""
    boxes: dict[int, list[Box]] = {}
    for name, spots in draft.spots.items():
        for page, box in spots if name != "field_of_action" else ():
            boxes.setdefault(page, []).append(box)
    return {page: union(found) for page, found in boxes.items()}


def _cut_off(areas: Sequence[dict[int, Box]], unread: Sequence[Block]) -> list[Block]:
    """Texts above all measures of a page, with no heading, where the page before ends with a measure."""
    pages: dict[int, list[Box]] = {}
    for page, box in (entry for area in areas for entry in area.items()):
        pages.setdefault(page, []).append(box)
    cut: list[Block] = []
    for page in sorted(pages.keys() & {page + 1 for page in pages}):
        ends = max(box[3] for box in pages[page - 1])
        top = min(box[1] for box in pages[page])
        above = [block for block in unread if block.page == page and block.box[3] <= top + 1]
        open_end = not any(block.page == page - 1 and block.box[1] > ends - 1 for block in unread)
        if above and open_end and not any(block.kind is BlockKind.HEADING for block in above):
            cut.append(min(above, key=lambda block: block.box[1]))
    return cut


def _left_out(areas: Sequence[dict[int, Box]], texts: Sequence[Block], tops: Sequence[Block]) -> Iterator[Problem]:
    """Texts amid the boxes of a measure, or cut off from them (`tops`); texts below most measures."""
    below: dict[int, list[Block]] = {}
    inside: dict[int, Block] = {}
    for text in texts:
        around = [(n, here[text.page]) for n, here in enumerate(areas) if text.page in here]
        around = [(n, area) for n, area in around if _same_column(area, text.box)]
        middle = (text.box[1] + text.box[3]) / 2
        if any(area[1] < middle < area[3] for _, area in around) or text in tops:
            inside.setdefault(text.page, text)
        elif above := [(area[3], n) for n, area in around if area[3] <= text.box[1] + 2]:
            below.setdefault(max(above)[1], []).append(text)
    for page, text in sorted(inside.items()):
        yield _warning(
            page, f"a text amid the boxes of a measure is in no record: {_quoted(text.text)}", code="text_unread"
        )
    if len(below) >= max(_LEAST, _BELOW * len(areas)):
        first = {text.page: text for found in below.values() for text in reversed(found)}
        for page, text in sorted(first.items()):
            if page not in inside:
                yield _warning(
                    page, f"texts below most measures are in no record: {_quoted(text.text)}", code="text_unread"
                )


def _same_column(area: Box, text: Box) -> bool:
    shared = min(area[2], text[2]) - max(area[0], text[0])
    return shared > _BESIDE * min(area[2] - area[0], text[2] - text[0])


def _names(drafts: Sequence[MeasureDraft]) -> Iterator[Problem]:
    """Names of measures that are labels or numbers, or begin amid a sentence."""
    names = [draft.texts.get("measure", "") for draft in drafts]
    lower = sum(name[:1].islower() for name in names)
    for draft, name in zip(drafts, names, strict=True):
        if not name:
            continue
        number = draft.texts.get("number", "")
        if are_several(number):
            yield _warning(
                _page(draft), f"this may be several measures in one: {_quoted(number)}", code="measure_doubtful"
            )
        label = name.endswith(":") or is_code(name) or meaning_of(name)[1] == 1.0
        if label or (name[0].islower() and lower < _FEW * len(names)):
            yield _warning(_page(draft), f"this may be no name of a measure: {_quoted(name)}", code="measure_doubtful")


def _fields(drafts: Sequence[MeasureDraft]) -> Iterator[Problem]:
    """Fields of action that read like a sentence, a date, or the name of a measure; one for each measure."""
    seen: set[str] = set()
    fields = [field for draft in drafts if (field := draft.texts.get("field_of_action"))]
    if len(fields) == len(drafts) >= _EACH and len(set(fields)) == len(fields):
        message = f"each measure has a field of action of its own, as if it were its name: {_quoted(fields[0])}"
        yield _warning(_page(drafts[0]), message, code="field_doubtful")
    for draft in drafts:
        field = draft.texts.get("field_of_action", "")
        if not field or field in seen:
            continue
        seen.add(field)
        sentence = field[-1] in ".;," and len(field.split()) >= _FIELD_WORDS
        label, colon, _ = field.partition(":")
        amid = field[0].islower() and field[1:2] != ")"  # “a) Verkehr” is counted
        if sentence or amid or _DATE.search(field) or (colon and names_measure(label)):
            yield _warning(_page(draft), f"this may be no field of action: {_quoted(field)}", code="field_doubtful")


def _joined(drafts: Sequence[MeasureDraft]) -> Iterator[Problem]:
    """Measures whose texts hold their own labels once more: two forms that were read as one."""
    for draft in drafts:
        again = [label for label, text in draft.columns.items() if f" {label} " in f" {' '.join(text.split()[1:])} "]
        if len(again) > 1:
            message = f"texts hold their own labels ({', '.join(again)}): forms side by side may have been read as one"
            yield _warning(_page(draft), message, code="forms_joined")


def _sentences(drafts: Sequence[MeasureDraft]) -> Iterator[Problem]:
    """Responsibilities that are whole sentences in most measures."""
    named = [draft for draft in drafts if draft.responsibility_text]
    long = [d for d in named if (text := d.responsibility_text or "").endswith(".") and len(text.split()) > _SENTENCE]
    if len(long) >= _LEAST and 2 * len(long) >= len(named):
        message = f"who is responsible is a sentence in most measures: {_quoted(long[0].responsibility_text or '')}"
        yield _warning(_page(long[0], "responsibilities"), message, code="responsibility_doubtful")


def _missing(drafts: Sequence[MeasureDraft], unread: Sequence[Block]) -> Iterator[Problem]:
    """Numbers left out between those of the measures that stand before texts in no record."""
    numbers = [number for draft in drafts if (number := draft.texts.get("number"))]
    known = set(numbers)
    begun = {line.words[0].text.rstrip(".:"): line.page for block in unread for line in block.lines}
    for number in _between(numbers):
        if number not in known and number in begun:
            yield _warning(
                begun[number], f"the measure with the number {number} may have been left out", code="measure_missing"
            )


def _between(numbers: Iterable[str]) -> Iterator[str]:
    """The numbers between the least and the greatest of each series: M 2 of M 1 and M 3."""
    series: dict[str, set[int]] = {}
    for number in numbers:
        if (match := _SERIES.fullmatch(number.rstrip("."))) and is_number(number):
            series.setdefault(match[1], set()).add(int(match[2]))
    for prefix, counts in series.items():
        for count in range(min(counts) + 1, max(counts)):
            if count not in counts and is_code(f"{prefix}{count}"):
                yield f"{prefix}{count}"


def _quoted(text: str) -> str:
    text = " ".join(text.split())
    return f"“{text}”" if len(text) <= _QUOTED else f"“{text[:_QUOTED].rstrip()}…”"
