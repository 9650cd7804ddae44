"""Forms that are set as lines: "Label: text", or a label with its text beside or below it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from extractors.form_labels import line_label
from extractors.forms import Box, Form, counts, forms_of, part_of
from extractors.lines import group_lines, line_of, runs
from extractors.meanings import meaning_of
from schemas.geometry import Line, Table, Word

_LABEL_WORDS = 7
_CERTAIN = 0.95
_LARGER = 1.08
"""Font size of a heading, as a share of that of the text, at least."""
_BELOW = 2.0
"""Font sizes between a label and the table that is its text, at most."""
_EACH = 0.9
"""Times that a text stands in each form, on average, where it is a label."""
_CONTENTS = re.compile(r"\.{4,}\s*\d{1,3}$")
"""How a line of a table of contents ends."""
_LEAST = 3
"""Labels of one style, at least, that show how labels are set."""
Label = tuple[str, str | None, int]
"""A label, the record field that it means, and how many words of its line it is."""


class _LabelsAlone:
    """Which lines of one style are labels, though nobody knows their words: those set as known labels are."""

    def __init__(self, pieces: Sequence[Line], labels: Sequence[Label | None]) -> None:
        usual = Counter(_style(line)[1:] for line in pieces if len(line.words) > _LABEL_WORDS)
        self._usual = usual.most_common(1)[0][0] if usual else None
        whole = [line for line, found in zip(pieces, labels, strict=True) if found and found[2] == len(line.words)]
        self._styles = {style for style, count in Counter(map(_style, whole)).items() if count >= _LEAST}
        # Where labels are set as the text is, only what is printed again and again and is known for certain is one.
        counts = Counter(line.text for line in pieces)
        again = {line.text for line in pieces if counts[line.text] > 1 and _short(line)}
        certain = {text for text in again if meaning_of(text.rstrip(": "))[1] >= _CERTAIN}
        told = len(certain) >= _LEAST
        self._texts = certain | {text for text in again if text[-1] == ":"} if told else set()
        # What stands in each form is a label as well, unless it is the text of one.
        forms = max((counts[text] for text in certain), default=0)
        self._each = {text for text in again if told and counts[text] >= max(_LEAST, _EACH * forms)}

    def holds(self, line: Line, *, amid: bool) -> bool:
        """Whether a line is a label; `amid` says that the lines above and below it are none."""
        style = _style(line)
        styled = style in self._styles and style[1:] != self._usual and _short(line)
        return styled or line.text in self._texts or (amid and line.text in self._each)


def _style(line: Line) -> tuple[int, bool, bool, int, int]:
    """How and where a line is set."""
    first = line.words[0]
    return round(line.x0 / 3), line.bold, first.italic, round(line.size), first.color


def _short(line: Line) -> bool:
    text = line.text
    return len(line.words) <= _LABEL_WORDS and text[0].isupper() and text[-1] not in ".;,"


def line_boxes(lines: Sequence[Line]) -> list[Box]:
    """The boxes of a form that is set as lines: "Label: text", or a label with its text beside or below it.

    A line that is set as labels are is one, whatever it says, unless a label follows at once: then it is a title.
    """
    boxes: list[Box] = []
    sizes = sorted(word.size for line in lines for word in line.words)
    body = sizes[len(sizes) // 2] if sizes else 0.0
    pieces = [piece for whole in lines for piece in _side_by_side(whole, body)]
    labels = [line_label(line, [line_of(run) for run in runs(line.words, 1.0)], body) for line in pieces]
    alone = _LabelsAlone(pieces, labels)
    guessed = headed = False
    for line, found, after in zip(pieces, labels, [*labels[1:], None], strict=False):
        amid = bool(boxes) and bool(boxes[-1].parts) and boxes[-1].label is not None and after is None
        guess = found is None and alone.holds(line, amid=amid)
        if guessed and (guess or found is not None):
            boxes[-1] = Box(None, None, part_of(boxes[-1].label_words))
            guess = False  # the second line of the title
        guessed = guess
        if found is not None and _is_heading(line, found, body):
            boxes.append(Box(None, None, part_of(line.words)))
            headed = True
            continue
        if found is not None:
            label, meaning, count = found
            boxes.append(Box(label, meaning, part_of(line.words[count:]), line.words[:count]))
        elif guessed:
            text = line.text.rstrip(": ")
            meaning, likeness = meaning_of(text)
            boxes.append(Box(text, meaning if likeness >= _CERTAIN else None, [], line.words))
        elif (
            boxes
            and not headed
            and not _title_like(line, boxes[-1], body)
            and not _is_below_title(line, boxes[-1], body)
        ):
            boxes[-1].extend(line.words)
        else:
            boxes.append(Box(None, None, part_of(line.words)))
        headed = False
    return boxes


def _is_heading(line: Line, label: Label, body: float) -> bool:
    """Whether "Handlungsfeld: Verkehr" is a heading above forms, and no box of one: all of it is bold, or large."""
    whole = label[2] < len(line.words) and (line.bold or line.size > _LARGER * body)
    return label[1] == "field_of_action" and whole


def _side_by_side(line: Line, body: float) -> list[Line]:
    """A line parted before each further known label with a colon that stands behind a wide blank or a "|"."""
    parted: list[list[Word]] = []
    for words in (piece for run in runs(line.words, 1.0) for piece in _at_bars(run)):
        piece = line_of(words)
        colon = any(word.text.endswith(":") for word in words[:-1])
        found = line_label(piece, [piece], body) if parted and colon else None
        if not parted or (found is not None and found[1] is not None):
            parted.append([])
        parted[-1] += words
    return [line_of(words) for words in parted]


def _at_bars(words: Sequence[Word]) -> list[list[Word]]:
    """Words parted before each "|" between them."""
    parts: list[list[Word]] = [[]]
    for word in words:
        if word.text in ("|", "•", "·", "/") and parts[-1]:
            parts.append([])
        parts[-1].append(word)
    return parts


def _title_like(line: Line, last: Box, usual: float) -> bool:
    """A bold or larger line after a text that is neither begins something new."""
    if last.label is None:
        other = abs(line.size - last.size) > 0.6 or line.bold != all(word.bold for word in last.words)
        return other or (line.bold and line.page != last.words[-1].page)  # no title goes on over a page
    body = [word for part in last.parts for word in part.words]
    if not body:
        return line.size > 1.15 * max(usual, *(word.size for word in last.label_words))
    return (line.bold and not all(word.bold for word in body)) or line.size > 1.15 * last.size


def _is_below_title(line: Line, last: Box, body: float) -> bool:
    """Whether a plain line stands below "Empfehlung 1: Radwege bauen", all of it set as a heading."""
    if last.meaning != "measure" or not last.parts:
        return False
    bold = all(word.bold for word in last.words) and not line.bold
    large = min(word.size for word in last.words) > _LARGER * body
    return bold or (large and line.size <= _LARGER * body)


def text_forms(words: Sequence[Word], tables: Sequence[Table] = ()) -> list[Form]:
    """The forms that are set as lines, out of the words of all pages that no table holds.

    One of the `tables` right below a label is the text of its box: milestones, or costs.
    """
    pages = sorted({word.page for word in words})
    lines = [line for page in pages for line in group_lines(w for w in words if w.page == page and w.upright)]
    forms = [form for form in forms_of(line_boxes(_without_contents(lines))) if form.whole]
    for form in forms:
        form.boxes = form.boxes[_title_at(form) :]
        for box in form.boxes:
            _take_table(box, tables)
    return forms


def _without_contents(lines: Sequence[Line]) -> list[Line]:
    """The lines but those of a table of contents, and its heading."""
    contents = [_CONTENTS.search(line.text) is not None for line in lines]
    heads = [below and not here for here, below in zip(contents, [*contents[1:], False], strict=False)]
    return [line for line, here, head in zip(lines, contents, heads, strict=True) if not (here or head)]


def _take_table(box: Box, tables: Sequence[Table]) -> None:
    """Let a box whose label has no text hold the table right below it."""
    if box.parts or not box.label_words:
        return
    label = line_of(box.label_words)
    for table in tables:
        _, top, _, _ = table.box
        if table.page == label.page and -1 < top - label.bottom < _BELOW * label.size:
            box.parts = [part for cell in table.cells for part in cell.parts]
            return


def _title_at(form: Form) -> int:
    """The first box that belongs to a form: its title is the last heading above it, unless a label says the measure."""
    opening = form.opening
    if "measure" in form.meanings:
        return len(opening)
    sizes = sorted(word.size for word in form.words)
    usual = sizes[len(sizes) // 2]
    heads = [n for n, box in enumerate(opening) if box.size > 1.05 * usual or all(word.bold for word in box.words)]
    at = heads[-1] if heads else max(0, len(opening) - 1)
    return at - (0 < at < len(opening) and counts(opening[at - 1], opening[at]))
