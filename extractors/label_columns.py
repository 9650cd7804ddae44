"""Forms without vertical rules: a column of labels, and their texts in a column beside it.

Known labels that begin at one x, with texts that begin at another, show the two columns of a document; on each page
the lines that keep to them are a table of two columns, or four where further labels stand beside some texts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise, zip_longest

from extractors.celltext import HYPHENS, is_mark
from extractors.gutter_rows import GUTTER
from extractors.knowledge import load
from extractors.lines import line_of, runs
from extractors.meanings import joined_label, meaning_of
from schemas.geometry import Box, Cell, Line, Page, Part, Table, Word, union

_SAME = 2.5
"""Points between left ends of one column, at most."""
_KNOWN = 0.75
_CERTAIN = 0.95
_LEAST = 3
"""Fields that the labels of a column mean, at least."""
_SHARE = 0.4
"""Share of the lines in both columns that begin with a known label."""
_LABEL_WORDS = 7
_PADDING = 0.9
"""White space between the column of labels and that of texts, in font sizes, at most where labels may be broken."""
_INDENT = 2.0
"""Font sizes by which the items of a list stand right of the other texts, at most."""
_LEADING = 1.5
"""Distance of the base lines of one label, in font sizes, at most."""


@dataclass(slots=True)
class LabelColumns:
    """Where labels and their texts begin, in points, and how far labels reach."""

    labels: float
    texts: float
    reach: float
    beside: tuple[float, float] | None = None
    """Where further labels and their texts begin, beside the text of the first."""
    sure: frozenset[str] = frozenset()
    """Labels that stand right below a line without label somewhere: none of them is the second line of another."""
    pitch: float = 0.0
    """The least distance of a row's base line from the line above it, in font sizes; 0.0 where nothing tells."""
    right: float = 0.0
    """Where the longest line of texts ends."""
    again: frozenset[str] = frozenset()
    """Labels that are printed more than once."""


@dataclass(slots=True)
class _Entry:
    """A line that keeps to the columns."""

    line: Line
    label: list[Word]
    texts: list[Word]
    label_beside: list[Word] = field(default_factory=list)
    texts_beside: list[Word] = field(default_factory=list)


def label_columns(pages: Sequence[Sequence[Line]]) -> list[LabelColumns]:
    """The columns of labels and texts of a document, out of the `lines` of its pages that no ruled table holds."""
    found: list[tuple[float, float, float, str]] = []
    starts: list[tuple[float, float]] = []
    for line, below in ((line, below) for lines in pages for line, below in zip_longest(lines, lines[1:])):
        parts = runs(line.words, GUTTER)
        if len(parts) < 2:
            continue
        starts += [(line.x0, part[0].x0) for part in parts[1:]]
        if (meaning := _meaning([*parts[0], *_rest_of_label(parts[0], below)])) is not None:
            found.append((line.x0, parts[1][0].x0, parts[0][-1].x1, meaning))
    columns: list[LabelColumns] = []
    counts: dict[int, int] = {}
    for x0, x, _, _ in found:
        if any(abs(x0 - c.labels) <= _SAME and abs(x - c.texts) <= _SAME for c in columns):
            continue
        alike = [f for f in found if abs(f[0] - x0) <= _SAME and abs(f[1] - x) <= _SAME]
        lines = sum(abs(a - x0) <= _SAME and abs(b - x) <= _SAME for a, b in starts)
        if len({meaning for *_, meaning in alike}) >= _LEAST and len(alike) >= _SHARE * lines:
            columns.append(LabelColumns(x0, x, max(reach for _, _, reach, _ in alike)))
            counts[id(columns[-1])] = len(alike)
    for column in columns:
        column.beside = _beside(column, pages)
        begun = list(_begun(column, pages))
        column.sure = frozenset(label for label, _ in begun)
        # What stands further apart is another form: that tells nothing of the rows of one.
        column.pitch = min((distance for _, distance in begun if distance < _LEADING), default=0.0)
        column.again = _printed_again(column, pages)
        column.right = max(line.x1 for lines in pages for line in lines if _holds(column, line))
        column.sure |= _parted_mostly(column, pages)
    return sorted(columns, key=lambda column: -counts[id(column)])


def _begun(column: LabelColumns, pages: Sequence[Sequence[Line]]) -> Iterator[tuple[str, float]]:
    """Each label right below a line of text alone, and the distance of their base lines in font sizes."""
    for lines in pages:
        entries = [_entry(line, column) for line in lines]
        for above, entry in pairwise(entries):
            if entry is not None and entry.label and entry.texts and above is not None and not above.label:
                yield _text(entry.label), (entry.line.bottom - above.line.bottom) / entry.line.size


def _parted_mostly(column: LabelColumns, pages: Sequence[Sequence[Line]]) -> frozenset[str]:
    """The labels that begin something new in most forms: what one form leaves open, the others tell."""
    told: dict[str, list[bool]] = defaultdict(list)
    for lines in pages:
        for above, entry in pairwise(_entry(line, column) for line in lines):
            if above and entry and all((above.label, above.texts, entry.label, entry.texts)):
                told[_text(entry.label)].append(_has_room(above, entry, column))
    return frozenset(label for label, parted in told.items() if len(parted) > 1 and 2 * sum(parted) >= len(parted))


def _holds(column: LabelColumns, line: Line) -> bool:
    return any(abs(word.x0 - column.texts) <= _SAME for word in line.words)


def _printed_again(column: LabelColumns, pages: Sequence[Sequence[Line]]) -> frozenset[str]:
    lines = (line for lines in pages for line in lines if abs(line.x0 - column.labels) <= _SAME)
    counts = Counter(_text(w for w in line.words if w.x0 < column.texts - _SAME) for line in lines)
    return frozenset(label.rstrip(": ") for label, count in counts.items() if count > 1)


def _meaning(words: Sequence[Word]) -> str | None:
    """The record field that a label means for sure."""
    if len(words) > _LABEL_WORDS:
        return None
    text = joined_label([line_of(list(row)) for _, row in groupby(words, key=lambda word: round(word.bottom))])
    meaning, likeness = meaning_of(text.rstrip(": "))
    return meaning if likeness >= _KNOWN else None


def _rest_of_label(words: Sequence[Word], below: Line | None) -> list[Word]:
    """The words of the line below that go on with a label cut by a hyphen."""
    cut = below is not None and words[-1].text.endswith(HYPHENS) and abs(below.x0 - words[0].x0) <= _SAME
    return runs(below.words, GUTTER)[0] if below is not None and cut else []


def _text(words: Iterable[Word]) -> str:
    return " ".join(word.text for word in words)


def _beside(column: LabelColumns, pages: Sequence[Sequence[Line]]) -> tuple[float, float] | None:
    """Where labels beside the texts of a column, and their own texts, begin: two lines have them, at least."""
    places: list[tuple[float, float]] = []
    for line in (line for lines in pages for line in lines if abs(line.x0 - column.labels) <= _SAME):
        parts = [part for part in runs(line.words, GUTTER) if part[0].x0 > column.texts + _SAME]
        places += [(a[0].x0, b[0].x0) for a, b in pairwise(parts) if _meaning(a) is not None]
    for place in places:
        if sum(abs(a - place[0]) <= _SAME and abs(b - place[1]) <= _SAME for a, b in places) > 1:
            return place
    return None


def find_label_tables(
    page: Page, lines: Sequence[Line], columns: Sequence[LabelColumns], before: Table | None
) -> list[Table]:
    """The tables of labels and texts on a page; `before` is such a table at the end of the page before.

    `lines` are those of the page that no ruled table holds. What goes on with `before` begins without a label.
    """
    tables: list[Table] = []
    held: set[int] = set()
    for column in columns:
        goes_on = before is not None and abs(before.edges[0] - column.labels) <= _SAME
        free = [line for line in lines if id(line) not in held]
        for region in _regions(free, column, goes_on=goes_on):
            rows = _rows(page, region, column)
            if (goes_on and region[0].line is lines[0]) or any(_known(row) for row in rows):
                tables.append(_table(page, rows, column))
                held |= {id(entry.line) for entry in region}
    return tables


def _known(row: Sequence[_Entry]) -> bool:
    return _meaning([word for entry in row for word in entry.label]) is not None


def _regions(lines: Sequence[Line], column: LabelColumns, *, goes_on: bool) -> list[list[_Entry]]:
    regions: list[list[_Entry]] = [[]]
    for number, line in enumerate(lines):
        entry = _entry(line, column)
        region = regions[-1]
        if entry is None or (entry.line.words == entry.label and not _is_label(entry, region)):
            regions.append([])
        elif region or (entry.label and entry.texts) or (goes_on and number == 0):
            region.append(entry)
    return [region for region in regions if region]


def _entry(line: Line, column: LabelColumns) -> _Entry | None:
    """A line parted at the columns; None where it does not keep to them."""
    label = [word for word in line.words if word.x0 < column.texts - _SAME]
    texts = line.words[len(label) :]
    if label and (label[0].x0 < column.labels - _SAME or label[-1].x1 > column.texts - 0.1 * line.size):
        return None
    if label and (len(label) > _LABEL_WORDS or label[0].x0 > column.reach):
        return None
    indent = _INDENT * line.size if texts and is_mark(texts[0].text) else 0.0
    if texts and label and (texts[0].x0 > column.texts + indent + _SAME or not _apart(label, texts, column)):
        return None
    entry = _Entry(line, label, texts)
    if column.beside is not None:
        _part_beside(entry, *column.beside)
    return entry


def _apart(label: Sequence[Word], texts: Sequence[Word], column: LabelColumns) -> bool:
    """Whether a label and its text are not one text, a title, of which a word stands where the texts begin."""
    if texts[0].x0 - label[-1].x1 >= GUTTER * label[-1].size or label[-1].bold != texts[0].bold:
        return True
    text = _text(label).rstrip(": ")
    titled = ":" in text or any(c.isdigit() for c in text)
    return text in column.again or (not titled and meaning_of(text)[1] >= _CERTAIN)


def _part_beside(entry: _Entry, labels: float, texts: float) -> None:
    """Part the text of an entry where the columns beside begin, if a label stands there."""
    parts = runs(entry.texts, GUTTER) if entry.texts else []
    if any(part[0].x0 < labels - _SAME < part[-1].x1 and part[-1].x1 > labels + _SAME for part in parts):
        return
    beside = [word for word in entry.texts if word.x0 > labels - _SAME]
    entry.label_beside = [word for word in beside if word.x0 < texts - _SAME]
    entry.texts_beside = [word for word in beside if word.x0 >= texts - _SAME]
    entry.texts = [word for word in entry.texts if word.x0 <= labels - _SAME]


def _is_label(entry: _Entry, region: Sequence[_Entry]) -> bool:
    """Whether a line in the column of labels alone is one, or the rest of one, and no title."""
    above = next((other for other in reversed(region) if other.label), None)
    if above is None:
        return False
    first, last = above.label[0], entry.label[0]
    alike = first.bold == last.bold and abs(first.size - last.size) < 0.5 and abs(first.x0 - last.x0) <= _SAME
    near = entry.line.bottom - region[-1].line.bottom < _LEADING * last.size
    return alike and (near or _meaning(entry.label) is not None)


def _table(page: Page, rows: Sequence[Sequence[_Entry]], column: LabelColumns) -> Table:
    region = [entry for row in rows for entry in row]
    words = [word for entry in region for word in entry.line.words]
    x0, top, x1, bottom = union(word.box for word in words)
    edges = [min(x0, column.labels), column.texts - 1]
    if column.beside is not None and any(entry.label_beside for entry in region):
        edges += [column.beside[0] - 1, column.beside[1] - 1]
    edges.append(max(x1, edges[-1] + 1))
    middles = [(a[-1].line.bottom + b[0].line.top) / 2 for a, b in pairwise(rows)]
    tops = [top - 2, *middles, bottom + 2]
    cells = [cell for number, row in enumerate(rows) for cell in _cells(page.number, number, row, edges, tops)]
    return Table(
        cells, len(rows), len(edges) - 1, edges, [(page.number, (x0, top, x1, bottom))], ruled=False, labelled=True
    )


def _cells(page: int, number: int, row: Sequence[_Entry], edges: Sequence[float], tops: Sequence[float]) -> list[Cell]:
    parts = [
        [word for entry in row for word in entry.label],
        [word for entry in row for word in entry.texts],
        [word for entry in row for word in entry.label_beside],
        [word for entry in row for word in entry.texts_beside],
    ]
    four = len(edges) == 5 and bool(parts[2])
    if not four:
        parts = [parts[0], [w for entry in row for w in [*entry.texts, *entry.label_beside, *entry.texts_beside]]]
    spans = [1] * len(parts) if four else [1, len(edges) - 2]
    cells: list[Cell] = []
    col = 0
    for words, span in zip(parts, spans, strict=True):
        box: Box = (edges[col], tops[number], edges[col + span], tops[number + 1])
        cells.append(Cell(number, col, 1, span, [Part(page, box, words)]))
        col += span
    return cells


def _rows(page: Page, region: Sequence[_Entry], column: LabelColumns) -> list[list[_Entry]]:
    rows: list[list[_Entry]] = [[region[0]]]
    for above, entry in pairwise(region):
        if entry.label and not _goes_on(page, rows[-1], above, entry, column):
            rows.append([entry])
        else:
            rows[-1].append(entry)
    return rows


def _goes_on(page: Page, row: Sequence[_Entry], above: _Entry, entry: _Entry, column: LabelColumns) -> bool:
    """Whether a label is the next line of the one above, and begins no row."""
    if not above.label or entry.line.bottom - above.line.bottom >= _LEADING * entry.line.size:
        return False
    top, bottom = ((line.top + line.bottom) / 2 for line in (above.line, entry.line))
    if any(rule.horizontal and top < rule.top < bottom and rule.x0 < column.texts for rule in page.rules):
        return False
    if entry.texts and not above.texts and any(other.texts for other in row):
        return False  # a text does not leave out the second line of its label
    upper, lower = _text(word for other in row for word in other.label), _text(entry.label)
    if upper.endswith(":") or above.label[0].bold != entry.label[0].bold:
        return False
    if upper.endswith(("-", "/", ",", "&")) or lower[0].islower() or upper.split()[-1] in _links():
        return True
    if entry.line.bottom - above.line.bottom < (column.pitch - 0.1) * entry.line.size:
        return True
    if lower in column.sure or _has_room(above, entry, column):
        return False
    return not entry.texts or _meaning(above.label) is None or _meaning(entry.label) is None


def _has_room(above: _Entry, entry: _Entry, column: LabelColumns) -> bool:
    """Whether the first word, of a label or of its text, would have had room above: it begins something new."""
    labels_end = max(column.reach, column.texts - _PADDING * entry.line.size)
    if _fits(above.label, entry.label, labels_end):
        return True
    return bool(above.texts and entry.texts) and _fits(above.texts, entry.texts, column.right)


def _fits(above: Sequence[Word], below: Sequence[Word], end: float) -> bool:
    """Whether the first word below would have had room at the end of the line above."""
    last, first = above[-1], below[0]
    return last.x1 + 0.25 * last.size + first.x1 - first.x0 <= end


def _links() -> frozenset[str]:
    """Words behind which a label goes on."""
    cuts = load("columns.toml")["plan"]["cuts"]
    return frozenset([*cuts["words"], *cuts["links"]])
