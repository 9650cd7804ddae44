"""Forms without rules that are set like cards: side by side, with a bar beside them, or with rows of labels.

Labels of one style that come back show the cards. What no text runs over between the left ends of labels parts a page
into zones: cards with the same labels stand side by side, zones with other labels are parts of the same cards.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from extractors.form_labels import sure_meaning
from extractors.form_titles import style_of, title_style
from extractors.forms import Box, Form, forms_of, is_number_alone, is_title, part_of
from extractors.lines import group_lines, line_of, runs
from schemas.geometry import Cell, Line, Part, Table, Word, union

_APART = 1.0
"""Blank, in font sizes, that parts the pieces of a line."""
_LABEL_WORDS = 5
_FIELDS = 3
"""Fields that labels of one style mean, at least."""
_SHARE = 0.6
"""Share of the pieces of a style that are labels where it is that of labels."""
_SAME = 3.0
"""Points between the left ends of labels below each other, at most."""
_INDENT = 2.2
"""Font sizes by which a text of a zone may begin left of its labels."""
_AGAIN = 2
"""Times that a label is printed, at least, and rows of labels."""
_TITLE = 1.1
"""Size of a title, as a share of that of the texts."""
_FAR = 4.0
"""Blank, in font sizes, below which a line is no more of the text above it."""
Style = tuple[int, bool, int]


@dataclass(slots=True, frozen=True)
class _Labels:
    """How the labels of a document are set, and what they say."""

    styles: frozenset[Style]
    texts: frozenset[str]
    body: float
    """Font size of the texts, in points."""
    usual: Style
    """How most texts are set."""

    def coloured(self, line: Line) -> bool:
        """Whether a line is set in another colour than labels and texts: the title in a bar."""
        colours = {colour for *_, colour in (self.usual, *self.styles)}
        return not any(word.color in colours for word in line.words)

    def __contains__(self, piece: Line) -> bool:
        return _style(piece) in self.styles and piece.text.rstrip(": ") in self.texts


def find_cards(pages: Sequence[Sequence[Line]]) -> list[list[Table]]:
    """The cards in zones beside each other, among the `lines` of each page: a table of two columns for each.

    Its rows are the texts without label, over both columns, and the labels with their texts.
    """
    parted = _parted(pages)
    labels = _labels([piece for pieces in parted for piece in pieces])
    edges = _zone_edges(parted, labels) if labels is not None else []
    if labels is None or not edges or _are_headers(pages, labels):
        return [[] for _ in pages]
    zones = _all_zones(pages, edges, labels)
    return _cards(_read_zones([[_boxes(zone, labels) for zone in page] for page in zones]), labels)


def _are_headers(pages: Sequence[Sequence[Line]], labels: _Labels) -> bool:
    """Whether most labels stand in rows of three others or more: they name columns."""
    pieces = [_pieces(line) for lines in pages for line in lines]
    rows = [{piece.text for piece in row if piece in labels} for row in pieces]
    return 2 * sum(len(row) for row in rows if len(row) >= _FIELDS) > sum(map(len, rows))


def find_card_rows(pages: Sequence[Sequence[Line]]) -> list[list[Table]]:
    """The cards whose labels stand in rows above their texts, among lines and as tables like those of `find_cards`."""
    parted = _parted(pages)
    labels = _labels([piece for pieces in parted for piece in pieces])
    if labels is None:
        return [[] for _ in pages]
    return _cards(_read_rows([_boxes(lines, labels) for lines in pages]), labels)


def _pieces(line: Line) -> list[Line]:
    """A line parted at its wide blanks."""
    return [line_of(run) for run in runs(line.words, _APART)]


def _parted(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The pieces of the lines of each page."""
    return [[piece for line in lines for piece in _pieces(line)] for lines in pages]


def _cards(pages: Sequence[Sequence[Form]], labels: _Labels) -> list[list[Table]]:
    found = [[form for form in forms if form.meanings] for forms in pages]
    _trim([form for forms in found for form in forms], labels)
    return [_tables(forms) for forms in found]


def _style(piece: Line) -> Style:
    return round(2 * piece.size), piece.bold, piece.words[0].color


def _labels(pieces: Sequence[Line]) -> _Labels | None:
    """The labels of a document; None where no style of three fields comes back."""
    counts = Counter((_style(piece), piece.text.rstrip(": ")) for piece in pieces if _short(piece))
    styles: set[Style] = set()
    for style in {style for style, _ in counts}:
        again = {text: count for (other, text), count in counts.items() if other == style and count >= _AGAIN}
        fields = set(map(sure_meaning, again)) - {None}
        alike = sum(_style(piece) == style for piece in pieces)
        if len(fields) >= _AGAIN and sum(again.values()) >= _SHARE * alike:
            styles.add(style)
    texts = {text for (style, text), count in counts.items() if style in styles and count >= _AGAIN}
    fields = set(map(sure_meaning, texts)) - {None}
    others = [piece for piece in pieces if _style(piece) not in styles]
    if len(fields) < _FIELDS or not others:
        return None
    sizes, usual = sorted(piece.size for piece in others), Counter(map(_style, others)).most_common(1)[0][0]
    return _Labels(frozenset(styles), frozenset(texts), sizes[len(sizes) // 2], usual)


def _short(piece: Line) -> bool:
    text = piece.text
    return len(piece.words) <= _LABEL_WORDS and text[0].isupper() and text[-1] not in ".,;"


def _zone_edges(parted: Sequence[Sequence[Line]], labels: _Labels) -> list[float]:
    """The left ends of the zones but the first: those of labels that no text runs over beside them."""
    starts = sorted(piece.x0 for pieces in parted for piece in pieces if piece in labels)
    clusters = [x for n, x in enumerate(starts) if n == 0 or x - starts[n - 1] > _SAME]
    edges: list[float] = []
    for x in clusters[1:]:
        own = [[p for p in pieces if p in labels and abs(p.x0 - x) <= _SAME] for pieces in parted]
        fields = {sure_meaning(piece.text.rstrip(": ")) for pieces in own for piece in pieces}
        beside = [p for pieces, found in zip(parted, own, strict=True) if found for p in _level(pieces, found)]
        # Titles and texts, of which some stand above all labels of a page, may begin somewhat left of the labels.
        near = [p for pieces in parted for p in pieces if x - _INDENT * labels.body < p.x0 <= x]
        counts = Counter(round(p.x0) for p in near)
        edge = min((p.x0 for p in near if counts[round(p.x0)] >= _AGAIN or p in beside), default=x)
        plain = [p for p in beside if _style(p) == labels.usual]  # a title may run over all zones
        over = any(p.x0 < edge - _SAME and p.x1 > edge + 1 for p in plain)
        if len(fields - {None}) >= _AGAIN and not over and not (edges and edge - edges[-1] < _SAME):
            edges.append(edge)
    return edges


def _level(pieces: Sequence[Line], labels: Sequence[Line]) -> list[Line]:
    """The pieces of a page that stand between the first and the last of some labels."""
    top, bottom = min(p.top for p in labels), max(p.bottom for p in labels)
    return [piece for piece in pieces if top <= piece.bottom and piece.top <= bottom]


def _all_zones(pages: Sequence[Sequence[Line]], edges: Sequence[float], labels: _Labels) -> list[list[list[Line]]]:
    """The lines of each zone of each page. A long title may run over zones: it is set as others are."""
    zones = [_zones(lines, edges, labels, frozenset()) for lines in pages]
    large = [line for page in zones for zone in page for line in zone if line.size > _TITLE * labels.body]
    coloured = [line for lines in pages for line in lines if labels.coloured(line)]
    counts = [Counter(map(_style, lines)) for lines in (large, coloured)]
    titles = frozenset(style for counter in counts for style, count in counter.items() if count >= _AGAIN)
    return [_zones(lines, edges, labels, titles) for lines in pages] if titles else zones


def _zones(
    lines: Sequence[Line], edges: Sequence[float], labels: _Labels, titles: frozenset[Style]
) -> list[list[Line]]:
    """The lines of each zone of a page, from the card that stands highest to the last."""
    held: list[list[Word]] = [[] for _ in range(len(edges) + 1)]
    for line, over in _within(lines, edges, labels, titles):
        for word in line.words:
            x = line.x0 if over else word.x0
            held[sum(x >= edge - _SAME for edge in edges)].append(word)
    return [group_lines(words) for words in held]


def _within(
    lines: Sequence[Line], edges: Sequence[float], labels: _Labels, titles: frozenset[Style]
) -> list[tuple[Line, bool]]:
    """The lines of a page that stand in its zones, and whether they run over: what else does is no part of a card."""
    within: list[tuple[Line, bool]] = []
    begun = out = False
    for line in lines:
        pieces = _pieces(line)
        labelled = any(piece in labels for piece in pieces)
        begun, out = begun or labelled, out and not labelled
        over = any(p.x0 < edge - _SAME and p.x1 > edge + _SAME for p in pieces for edge in edges)
        if over and _style(pieces[-1]) not in titles:
            within, out = (within, True) if begun else ([], False)
        elif not out or line.bold or line.size > _TITLE * labels.body:
            within.append((line, over))  # short lines of a text that runs over are none of a card
    return within if begun else []


def _boxes(lines: Sequence[Line], labels: _Labels) -> list[Box]:
    """The boxes of a zone, from top to bottom."""
    boxes: list[Box] = []
    columns: list[Box] = []
    for above, line in zip([None, *lines], lines, strict=False):
        pieces = _pieces(line)
        if above is not None and line.top - above.bottom > _FAR * line.size:
            columns = []
        if pieces[0] in labels:
            columns = _labelled(pieces, labels)
            boxes += columns
        elif columns and line.size <= _TITLE * labels.body and not labels.coloured(line):
            _share(pieces, columns)
        else:
            columns = []
            alike = boxes and boxes[-1].label is None and _style(line_of(boxes[-1].words)) == _style(line)
            if alike:
                boxes[-1].extend(line.words)
            else:
                boxes.append(Box(None, None, part_of(line.words)))
    return boxes


def _labelled(pieces: Sequence[Line], labels: _Labels) -> list[Box]:
    """The boxes that begin on a line: its labels, each with the text behind it, if there is one."""
    boxes: list[Box] = []
    for piece in pieces:
        if piece in labels:
            text = piece.text.rstrip(": ")
            boxes.append(Box(text, sure_meaning(text), [], piece.words))
        else:
            boxes[-1].extend(piece.words)
    return boxes


def _share(pieces: Sequence[Line], columns: Sequence[Box]) -> None:
    """Give the texts of a line to the labels below which they begin."""
    for piece in pieces:
        right = [box for box in columns if box.label_words[0].x0 <= piece.x0 + _SAME]
        (right or columns[:1])[-1].extend(piece.words)


def _read_rows(pages: Sequence[list[Box]]) -> list[list[Form]]:
    """The forms of each page, where rows of labels stand above their texts."""
    rows = Counter(tuple(box.label for box in row) for boxes in pages for row in _rows(boxes))
    labels = {box.label for boxes in pages for box in boxes if box.label is not None}
    # A row of labels that comes back and is all there is heads a table.
    if max(rows.values(), default=0) < _AGAIN or len(labels) <= max(map(len, rows)):
        return [[] for _ in pages]
    return [forms_of(boxes) for boxes in pages]


def _rows(boxes: Sequence[Box]) -> list[list[Box]]:
    """The labels that stand beside each other, their texts below them."""
    rows: dict[int, list[Box]] = {}
    for box in boxes:
        if box.label is not None and box.parts and _above(box):
            rows.setdefault(round(box.label_words[0].bottom), []).append(box)
    return [row for row in rows.values() if len(row) > 1]


def _read_zones(pages: Sequence[Sequence[list[Box]]]) -> list[list[Form]]:
    """The forms of pages of several zones: side by side where their labels are the same, else each of all zones."""
    said = [{box.label for page in pages for box in page[n] if box.label} for n in range(len(pages[0]))]
    alike = all(2 * len(said[0] & other) >= min(len(said[0]), len(other)) for other in said[1:])
    if not all(said) or (alike and any(len(labels) < _AGAIN for labels in said)):
        return [[] for _ in pages]
    if not alike and not all(_above(box) for page in pages for zone in page for box in zone):
        return [[] for _ in pages]
    combine: Callable[[list[list[Form]]], Iterable[Form]] = _beside if alike else _together
    return [list(combine([forms_of(zone) for zone in page if zone])) for page in pages]


def _above(box: Box) -> bool:
    """Whether a label, if there is one, stands above its text."""
    return not box.label_words or not box.parts or box.parts[0].box[1] >= box.label_words[0].bottom - 2


def _beside(zones: list[list[Form]]) -> Iterable[Form]:
    """The forms of all zones, row by row."""
    rows: list[list[Form]] = []
    for form in sorted((form for zone in zones for form in zone), key=_top):
        if rows and _top(form) < rows[-1][0].words[0].bottom:
            rows[-1].append(form)
        else:
            rows.append([form])
    return [form for row in rows for form in sorted(row, key=_left)]


def _together(zones: list[list[Form]]) -> Iterable[Form]:
    """The forms of the first zone, each with those of the others that begin at its height."""
    if not zones:
        return []
    forms = zones[0]
    for zone in zones[1:]:
        for part in zone:
            form = min(forms, key=lambda other: abs(_top(other) - _top(part)))
            form.boxes = [*form.opening, *part.opening, *_below(form), *_below(part)]
    return forms


def _below(form: Form) -> list[Box]:
    """The boxes of a form from its first label on, and those without label between and below them."""
    opening = {id(box) for box in form.opening}
    return [box for box in form.boxes if id(box) not in opening]


def _top(form: Form) -> float:
    return min(word.top for word in form.words)


def _left(form: Form) -> float:
    return min(word.x0 for word in form.words)


def _trim(forms: Sequence[Form], labels: _Labels) -> None:
    """Take off the forms what stands above their titles, but a code, and the headings below their last texts."""
    style = title_style([form for form in forms if any(map(is_title, form.opening))])
    for form in forms:
        opening = form.opening
        titles = [n for n, box in enumerate(opening) if is_title(box) and style_of(box.words) == style]
        if titles:
            codes = [box for box in opening[: titles[-1]] if is_number_alone(box)]
            form.boxes = [*codes, *form.boxes[titles[-1] :]]
        last = max(n for n, box in enumerate(form.boxes) if box.label is not None)
        below = (n for n, box in enumerate(form.boxes) if n > last and (box.size > _TITLE * labels.body or _bold(box)))
        del form.boxes[next(below, len(form.boxes)) :]


def _bold(box: Box) -> bool:
    return all(word.bold for word in box.words)


def _tables(forms: Sequence[Form]) -> list[Table]:
    """The cards of a page as tables, of which none begins higher than the one before it."""
    tables: list[Table] = []
    for form in forms:
        tables.append(_table(form, tables[-1].box[1] if tables else 0.0))
    return tables


def _table(form: Form, above: float) -> Table:
    """A card as a table of labels and texts, that begins below a height."""
    box = union(word.box for word in form.words)
    box = (box[0], max(box[1], above), box[2], box[3])
    page = form.words[0].page
    edges = [box[0], (box[0] + box[2]) / 2, box[2]]
    cells: list[Cell] = []
    for row, held in enumerate(form.boxes):
        if held.label is None:
            cells.append(Cell(row, 0, 1, 2, list(held.parts)))
        else:
            label = part_of(held.label_words)
            blank = Part(page, (edges[1], label[0].box[1], edges[2], label[0].box[3]))
            cells += [Cell(row, 0, 1, 1, label), Cell(row, 1, 1, 1, list(held.parts) or [blank])]
    return Table(cells, len(form.boxes), 2, edges, [(page, box)], ruled=False, labelled=True, card=True)
