"""A form ("Steckbrief"): one labelled box after another, one form a measure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from extractors.knowledge import load
from extractors.meanings import key_of, names_measure
from extractors.numbering import is_code, is_number
from schemas.geometry import Part, Word, union

_TWICE = 1.5
"""Times that a label stands in a form, on average, where it begins none."""
_NEAR = 1.5
"""White space between a number and the title that it counts, in font sizes of the title, at most."""
_CORE = {"measure", "indicators", "responsibilities", "description", "goal", "problem"}


@dataclass(slots=True)
class Box:
    """A labelled text of a form; `label` is None for a text without one, such as the title."""

    label: str | None
    meaning: str | None
    parts: list[Part]
    label_words: list[Word] = field(default_factory=list)
    col: int | None = None
    """The column of the cell whose first line is the label; of a label alone, where others stand above their texts."""

    def extend(self, words: Sequence[Word]) -> None:
        """Add the words of a line to the text."""
        if self.parts and self.parts[-1].page == words[0].page:
            part = self.parts[-1]
            part.words.extend(words)
            part.box = union([part.box, *(word.box for word in words)])
        else:
            self.parts += part_of(words)

    @property
    def words(self) -> list[Word]:
        return self.label_words + [word for part in self.parts for word in part.words]

    @property
    def size(self) -> float:
        return max((word.size for part in self.parts for word in part.words), default=0.0)


@cache
def _products() -> frozenset[str]:
    """The labels of sheets that describe products of a budget."""
    return frozenset(key_of(label) for label in load("columns.toml")["plan"]["products"]["labels"])


def part_of(words: Sequence[Word]) -> list[Part]:
    """Words of one page as the parts of a box: none for no word."""
    return [Part(words[0].page, union(word.box for word in words), list(words))] if words else []


@dataclass(slots=True)
class Form:
    boxes: list[Box] = field(default_factory=list)

    @property
    def meanings(self) -> set[str]:
        return {box.meaning for box in self.boxes if box.meaning is not None}

    @property
    def opening(self) -> list[Box]:
        """The texts without label before the boxes: title and number."""
        named = (i for i, box in enumerate(self.boxes) if box.label is not None and box.meaning != "field_of_action")
        return [box for box in self.boxes[: next(named, len(self.boxes))] if box.label is None]

    @property
    def titled(self) -> bool:
        """Whether the form itself says what the measure is: by a title, or a box that names it."""
        named = any(names_measure(box.label or "") for box in self.boxes)
        return named or any(is_title(box) for box in self.opening)

    @property
    def whole(self) -> bool:
        """Whether the boxes make a measure: several known labels, one of them of a measure's core, not pages apart."""
        labelled = [box for box in self.boxes if box.label is not None]
        pages = {word.page for word in self.words}
        told = max(len(pages), 3) <= len(labelled) and len(self.meanings) >= 3 and bool(self.meanings & _CORE)
        return told and (
            "measure" in self.meanings or not any(key_of(box.label or "") in _products() for box in labelled)
        )

    @property
    def words(self) -> list[Word]:
        return [word for box in self.boxes for word in box.words]


def forms_of(boxes: Iterable[Box]) -> list[Form]:
    """The boxes parted into forms: a label that is there already, or a title after boxes, begins a new one."""
    forms: list[Form] = [Form()]
    boxes = list(boxes)
    usual, twice = _usual_text(boxes), _twice(boxes)
    for box in boxes:
        plain = box.label is None and _set(box) == usual
        if not plain and key_of(box.label or "") not in twice and _begins(forms[-1], box):
            forms.append(Form(_trailing_title(forms[-1], whole=box.label is not None)))
        forms[-1].boxes.append(box)
    return forms


def _set(box: Box) -> tuple[float, bool]:
    """Font size and weight of a text."""
    words = [word for part in box.parts for word in part.words]
    return round(2 * box.size) / 2, bool(words) and all(word.bold for word in words)


def _usual_text(boxes: Sequence[Box]) -> tuple[float, bool] | None:
    """How the most words of the texts are set: such a text is no title."""
    words: Counter[tuple[float, bool]] = Counter()
    for box in boxes:
        words[_set(box)] += sum(len(part.words) for part in box.parts)
    return words.most_common(1)[0][0] if words else None


def _twice(boxes: Sequence[Box]) -> set[str]:
    """The labels that stand in a form more than once: "Quelle" behind each kind of costs."""
    counts = Counter(key_of(box.label) for box in boxes if box.label is not None)
    core = {key_of(box.label) for box in boxes if box.label is not None and box.meaning in _CORE}
    forms = max((counts[label] for label in core), default=0)
    return {label for label, count in counts.items() if label not in core and forms > 0 and count >= _TWICE * forms}


def _begins(form: Form, box: Box) -> bool:
    labels = {key_of(b.label) for b in form.boxes if b.label is not None}
    if box.label is None:
        usual = sorted(b.size for b in form.boxes if b.label is not None and b.parts)
        return len(labels) >= 3 and bool(usual) and box.size > 1.1 * usual[len(usual) // 2]
    first = next((b for b in form.boxes if b.label is not None and b.meaning != "field_of_action"), None)
    # "Maßnahme 2: ..." after "Maßnahme 1: ..." and its boxes.
    counted = first is not None and first.meaning == box.meaning == "measure" and len(labels) > 2
    again = first is not None and counted and _uncounted(box.label) == _uncounted(first.label or "")
    return again or key_of(box.label) in labels


def _uncounted(label: str) -> str:
    return " ".join(word for word in key_of(label).split() if not word.isdigit())


def _trailing_title(form: Form, *, whole: bool) -> list[Box]:
    """Take the texts without label at the end of a form off it: they are the `whole` title of the next one, or codes.

    A code stands before its title: "P 2", "Spielplatzpaten".
    """
    taken: list[Box] = []
    while len(form.boxes) > 1 and form.boxes[-1].label is None and (whole or is_number_alone(form.boxes[-1])):
        taken.insert(0, form.boxes.pop())
    return taken


def is_number_alone(box: Box) -> bool:
    """Whether a text without label is a number of a measure, and nothing else."""
    return is_code(" ".join(word.text for word in box.words))


def counts(box: Box, below: Box) -> bool:
    """Whether a text is a number right above another text, the title that it counts: "01" above "Radwege"."""
    if not is_number(" ".join(word.text for word in box.words)) or not below.words:
        return False
    first, last = below.words[0], box.words[-1]
    return first.page == last.page and -1 < first.top - last.bottom < _NEAR * first.size


def is_title(box: Box) -> bool:
    """Whether a text without label is long enough for a title, and no number."""
    text = " ".join(word.text for word in box.words)
    return len(text) > 3 and not is_code(text)
