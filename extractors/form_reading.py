"""One form ("Steckbrief") as a measure: its title, its number, and its boxes by what their labels mean."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from extractors.celltext import clean, join_lines, leading_of, part_lines, prose, read_items
from extractors.field_names import field_name, has_field_label, without_field_label
from extractors.form_titles import Style, style_of, title_of
from extractors.forms import Box, Form, counts
from extractors.meanings import names_measure
from extractors.measure_draft import Cited, MeasureDraft
from extractors.measure_texts import read_box, spots_of, spots_of_lines
from extractors.numbering import CODE, NUMBER, is_code
from extractors.vocabulary import Vocabulary
from schemas.geometry import Line

_COUNTED = re.compile(rf"^[A-ZÄÖÜ][\w-]+\s+(?:Nr\.?\s*)?({NUMBER})$")
"""A label that says with its number that the text is the measure."""
_TITLE = re.compile(
    rf"^(?:(?:Maßnahmen?|Projekt|(?:Maßnahmen|Projekt)?[Ss]teckbrief)\s+(?:Nr\.?\s*)?({NUMBER})|"
    rf"({CODE}|\d+(?=[.)]))|"
    rf"[A-ZÄÖÜ][\w-]+\s+(?:Nr\.?\s*)?({NUMBER})(?=\s*[:|–—·•]\s))[.):]*(?:\s*[-–—:|·•](?=\s))?\s+(\S.*)$"
)
"""A title with the number of the measure before it."""
_COUNTED_TITLE = re.compile(r"(\d{1,3})(?:\s*[-–—:|·•])?\s+(\S.*)$")
_COUNTED_LEAST = 3
_SENTENCE_WORDS = 6
_PHRASE_WORDS = 3
_TITLE_WORDS = 30
_MOST = 0.6
"""Share of the forms whose titles begin with a number, where that is the number of the measure."""


def read_form(
    form: Form,
    vocabulary: Vocabulary,
    field_of_action: Cited | None,
    heading: Sequence[Line] = (),
    style: Style | None = None,
    tag: Box | None = None,
) -> MeasureDraft:
    """One form as a measure; `heading` is its title where none stands in the form, `style` that of all titles.

    `tag` is a text without label that names its field of action.
    """
    draft = MeasureDraft.under(field_of_action)
    leading = leading_of([line for line, _ in part_lines(box.parts)] for box in form.boxes)
    title = title_of(form, style)
    if heading and is_numbered(join_lines(heading, vocabulary)):
        _describe(form, heading)
    _rank_measures(form, titled=title is not None or bool(heading))
    _read_title(draft, form, title, vocabulary)
    tag = next((box for box in form.opening if box is not title and _names_field(box)), tag)
    if tag is not None and "field_of_action" not in form.meanings:
        _say(draft, "field_of_action", field_name(prose(read_items(tag.parts, vocabulary))), tag)
    if heading and "measure" not in draft.texts and "measure" not in form.meanings:
        draft.texts["measure"] = without_field_label(join_lines(heading, vocabulary))
        draft.spots["measure"] = spots_of_lines(heading)
    for box in form.boxes:
        if box.label is None:
            continue
        known = box.meaning in draft.texts or (box.meaning == "responsibilities" and draft.responsibility_rows)
        again = known and box.meaning not in ("progress", "field_of_action")
        label = clean(box.label)
        counted = _COUNTED.match(label)
        if counted and box.meaning == "measure" and "number" not in draft.texts and "number" not in form.meanings:
            draft.texts["number"] = counted[1]
            draft.spots["number"] = [(w.page, w.box) for w in box.label_words[-1:]]
        while label in draft.columns:
            label += " (2)"
        if box.meaning == "measure" and "measure" not in draft.texts:
            again = False
        read_box(draft, label, None if again else box.meaning, box.parts, vocabulary, leading)
    _read_description(draft, form, (title, tag), vocabulary)
    _read_first_box(draft, form, vocabulary)
    draft.confidence = (0.6 if draft.doubts else 0.9) if "measure" in draft.texts else 0.5
    if "measure" not in draft.texts:
        page = form.words[0].page if form.words else 1
        draft.doubts.append(("measure_empty", page, "a form has no title"))
    return draft


def _names_field(box: Box) -> bool:
    """Whether a text without label is "Handlungsfeld Mobilität" or its like."""
    text = " ".join(word.text for word in box.words)
    return has_field_label(text) and field_name(text) != text


def _say(draft: MeasureDraft, name: str, text: str, box: Box) -> None:
    draft.texts[name], draft.spots[name] = text, spots_of(box.parts)


def _read_description(draft: MeasureDraft, form: Form, used: Sequence[Box | None], vocabulary: Vocabulary) -> None:
    """Let a text without label describe the measure; the boxes `used` for the title and the field of action do not.

    It is a sentence, or is set below the title as the texts of the boxes are.
    """
    if "description" in form.meanings:
        return
    usual = Counter(style_of(words) for box in form.boxes if box.label and (words := box.words[len(box.label_words) :]))
    body = usual.most_common(1)[0][0] if usual else None
    for box in reversed([box for box in form.boxes if box.label is None and box not in used]):
        text = prose(read_items(box.parts, vocabulary))
        count = len(text.split())
        sentence = text.endswith(".") and count >= _SENTENCE_WORDS
        phrase = used[0] is not None and count >= _PHRASE_WORDS and not is_code(text)
        if sentence or (phrase and (style_of(box.words) == body or _ends_form(form, box))):
            if text != draft.texts.get("measure"):
                _say(draft, "description", text, box)
            return


def _read_first_box(draft: MeasureDraft, form: Form, vocabulary: Vocabulary) -> None:
    """Let a first box of unknown label be the measure where nothing else is."""
    first = next((box for box in form.boxes if box.label is not None and box.meaning != "field_of_action"), None)
    if "measure" in draft.texts or first is None or first.meaning is not None:
        return
    text = prose(read_items(first.parts, vocabulary))
    if 2 <= len(text.split()) <= _TITLE_WORDS:
        _say(draft, "measure", text, first)
        message = f"box {first.label!r} was taken for the measure, for no other names it: compare it with the page"
        draft.doubts.append(("meaning_from_contents", first.words[0].page, message))


def is_numbered(title: str) -> bool:
    """Whether a title begins with the number of the measure."""
    return _TITLE.match(title) is not None


def _describe(form: Form, heading: Sequence[Line]) -> None:
    """Let the box of the measure describe it where a heading with its number is its title, and says it shorter."""
    words = sum(len(line.words) for line in heading)
    for box in form.boxes:
        if box.meaning == "measure" and len(box.words) - len(box.label_words) > words:
            box.meaning = None if "description" in form.meanings else "description"


def _ends_form(form: Form, box: Box) -> bool:
    """Whether a text without label stands right below the last box of a form, and is no heading."""
    index = form.boxes.index(box)
    if index == 0 or index != len(form.boxes) - 1 or style_of(box.words)[1]:
        return False
    above, first = form.boxes[index - 1].words[-1], box.words[0]
    return above.page == first.page and first.top - above.bottom < first.size


def _rank_measures(form: Form, *, titled: bool) -> None:
    """Where a form has a title, or a box that names the measure, other boxes that could be one describe it."""
    named = [box for box in form.boxes if names_measure(box.label or "")]
    if named and all(box.meaning is None for box in named):
        named[0].meaning = "measure"  # "Bezeichnung" alone may name anything; in a form it is the measure
    if not titled and not named:
        return
    for box in (box for box in form.boxes if box.meaning == "measure" and box not in named):
        box.meaning = None if "description" in form.meanings else "description"


def _read_title(draft: MeasureDraft, form: Form, title: Box | None, vocabulary: Vocabulary) -> None:
    """The title of the form is the measure, unless a box says so; a code before the boxes is its number."""
    for index, box in enumerate(form.opening):
        text = prose(read_items(box.parts, vocabulary))
        counted = _COUNTED.match(text) if "measure" in form.meanings else None
        above = title is not None and form.opening[index + 1 : index + 2] == [title] and counts(box, title)
        if (is_code(text) or counted or above) and "number" not in draft.texts:
            draft.texts["number"] = counted[1] if counted else text.rstrip(".:")
            draft.spots["number"] = spots_of(box.parts)
    if title is not None and "measure" not in form.meanings:
        draft.texts["measure"] = without_field_label(prose(read_items(title.parts, vocabulary)))
        draft.spots["measure"] = spots_of(title.parts)


def part_numbers(drafts: Sequence[MeasureDraft]) -> None:
    """Take the numbers off the titles of forms, where most of several have one: "M 3 Radwege" is measure M 3."""
    bare = [draft for draft in drafts if "number" not in draft.texts]
    titles = [_TITLE.match(draft.texts.get("measure", "")) for draft in bare]
    numbers = [
        (draft.texts.get("field_of_action"), title[1] or title[2] or title[3])
        for draft, title in zip(bare, titles, strict=True)
        if title
    ]  # each field of action may count its own
    if _are_counted(bare):
        titles = [_COUNTED_TITLE.match(draft.texts["measure"]) for draft in bare]
    elif len(numbers) < max(2, _MOST * len(bare)) or len(set(numbers)) < len(numbers):
        return
    for draft, title in zip(bare, titles, strict=True):
        if title:
            draft.texts["number"] = next(number for number in title.groups() if number)
            draft.texts["measure"] = title.groups()[-1]
            draft.spots["number"] = list(draft.spots.get("measure", []))


def _are_counted(drafts: Sequence[MeasureDraft]) -> bool:
    """Whether titles begin with 1, 2, 3 and so on, with nothing between the count and the name."""
    found = [_COUNTED_TITLE.match(draft.texts.get("measure", "")) for draft in drafts]
    counts = sorted(int(title[1]) for title in found if title is not None)
    return len(counts) == len(found) >= _COUNTED_LEAST and all(b == a + 1 for a, b in pairwise(counts))
