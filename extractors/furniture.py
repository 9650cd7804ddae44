"""Running heads and feet, page numbers and watermarks: marked, never deleted.

A line is furniture when the same line (numbers aside) stands at the same height of other pages of the same shape, in
the outer part of the page; a page number when it counts the pages. What is said once at the top of a page is a
heading, however high it stands.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from extractors.form_labels import line_label
from extractors.grid import ruled_boxes
from extractors.knowledge import load, words
from extractors.lines import group_lines, line_of, runs
from extractors.meanings import meaning_of
from schemas.geometry import Box, Line, Mark, Page, Word

_MARGIN = 0.16
"""Share of the page's height, above and below, in which heads and feet are looked for."""
_EDGE_LINES = 5
_CERTAIN = 0.95
"""Likeness from which a line is a label though it is set as all text is."""
_NEAR = 0.6
"""White space between a label and its text below it, in font sizes, at most."""
_KICKER, _LARGER = 1.2, 1.1
"""White space between a small line and the title below it, in font sizes, at most; how much larger it is, at least."""
_LABELS, _TEXTS = 3, 4
"""Words that begin at one x in a column of labels, and in that of their texts, at least."""
_APART = 2.0
"""Blank around the number of the only page, in font sizes, at least."""
_SIDE, _LETTERS, _MOST = 0.12, 3, 0.6
"""Share of the page's width, left and right, that is margin; letters of a text there; pages that have it, at least."""
_NUMBER = re.compile(r"\d+")


def mark_furniture(pages: Sequence[Page], body_size: float | None = None) -> None:
    """Set `Word.mark` on the words of `pages` that are furniture.

    `body_size` is the usual font size in points, measured where it is not given.
    """
    body_size = body_size or body_size_of(pages)
    for page in pages:
        for word in page.words:
            if _watermark(word, page, body_size):
                word.mark = Mark.WATERMARK
    edges = {page.number: _edge_lines(page) for page in pages}
    _mark_repeated(pages, edges)
    _mark_numbers(pages, edges)
    _mark_sides(pages)


def body_size_of(pages: Iterable[Page]) -> float:
    """The usual font size, in points, weighted by characters; 10.0 for pages without text."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for word in page.words:
            if word.upright:
                sizes[round(word.size * 2) / 2] += len(word.text)
    return max(sizes.items(), key=lambda entry: (entry[1], entry[0]))[0] if sizes else 10.0


def status_of(pages: Sequence[Page]) -> str | None:
    """The plan's status as a watermark says it ("Entwurf"), or None. Letters may be words of their own."""
    by_word = {
        key: status for status in load("furniture.toml")["status"] for key in words("furniture.toml", "status", status)
    }
    found: Counter[str] = Counter()
    for page in pages:
        marks = [word.text.casefold() for word in page.words if word.mark is Mark.WATERMARK]
        for text in {*marks, "".join(marks)}:
            if text in by_word:
                found[by_word[text]] += 1
    return found.most_common(1)[0][0] if found else None


def _watermark(word: Word, page: Page, body_size: float) -> bool:
    large = word.size >= 1.8 * body_size
    if not word.upright:
        slanted = abs(word.angle) % 90 > 1.0 and abs(word.angle) % 90 < 89.0
        return (slanted and (large or _pale(word.color))) or (large and _pale(word.color))
    return word.size >= 3.5 * body_size and _pale(word.color) and 0.2 < word.middle / max(page.height, 1.0) < 0.8


def _pale(color: int) -> bool:
    red, green, blue = color >> 16 & 255, color >> 8 & 255, color & 255
    return 0.3 * red + 0.59 * green + 0.11 * blue >= 150


def _edge_lines(page: Page) -> list[Line]:
    """Lines in the margins, nearest to the edge first; lines of tables only where the table lies in the margin."""
    top, bottom = _MARGIN * page.height, (1 - _MARGIN) * page.height
    body = [word for word in page.words if word.mark is None and word.upright]
    outer = [word for word in body if word.bottom < top or word.top > bottom]
    if not outer:
        return []
    boxes = [box for box in ruled_boxes(page) if not _in_margin(box, top, bottom)]
    free = [w for w in outer if not any(b[0] <= w.x0 and b[1] <= w.middle <= b[3] and w.x1 <= b[2] for b in boxes)]
    lines = group_lines(free, gap=2.5)
    upper = sorted((line for line in lines if line.bottom < top), key=lambda line: line.top)
    lower = sorted((line for line in lines if line.top > bottom), key=lambda line: -line.bottom)
    rows = _Rows(word for word in page.words if word.mark is None)
    boxes_of_form = _form_lines(upper, rows)
    upper = [line for line in upper if id(line) not in boxes_of_form]
    return _first_heights(upper, rows) + _first_heights(lower, rows)


def _in_margin(box: Box, top: float, bottom: float) -> bool:
    return box[3] < top or box[1] > bottom


class _Rows:
    """Words by their height on the page, to be asked what stands beside a line."""

    def __init__(self, words: Iterable[Word]) -> None:
        self._words = sorted(words, key=lambda word: word.top)
        self._tops = [word.top for word in self._words]
        self._tallest = max((word.bottom - word.top for word in self._words), default=0.0)

    def beside(self, line: Line) -> list[Word]:
        first, end = bisect_left(self._tops, line.top - self._tallest), bisect_left(self._tops, line.bottom)
        return [word for word in self._words[first:end] if word.bottom > line.top]

    def near_below(self, line: Line) -> bool:
        """Whether text begins right below a line, at its left end: far nearer than the text below a running head."""
        first, end = bisect_left(self._tops, line.bottom - 1), bisect_left(self._tops, line.bottom + _NEAR * line.size)
        return any(abs(word.x0 - line.x0) <= 1 for word in self._words[first:end])

    def column(self, x: float, least: int) -> bool:
        """Whether `least` words begin at `x`, in points, one below the other."""
        return sum(abs(word.x0 - x) <= 1 for word in self._words) >= least


def _first_heights(lines: Iterable[Line], rows: _Rows) -> list[Line]:
    heights: list[float] = []
    kept: list[Line] = []
    for line in lines:
        if _column_header(line, rows):
            continue
        if not any(abs(line.top - height) < 3 for height in heights):
            heights.append(line.top)
        if len(heights) > _EDGE_LINES:
            break
        kept.append(line)
    return kept


def _form_lines(lines: Sequence[Line], rows: _Rows) -> set[int]:
    """The lines, by id, of a form that begins at the top of the page, and what stands below them.

    It shows by labels of two fields, or by one whose text stands in a column with others, or right below it. The forms
    of a plan say much the same at the same place of every page, and are no running head.
    """
    found: list[tuple[str | None, bool]] = []
    for line in lines:
        whole = group_lines(rows.beside(line))[0]
        parts = [line_of(run) for run in runs(whole.words, 1.0)]
        label = line_label(whole, parts, line.size)
        beside = len(parts) > 1 and rows.column(line.x0, _LABELS) and rows.column(parts[1].x0, _TEXTS)
        begins = (_is_label(whole) and rows.near_below(line)) or (label is not None and beside)
        found.append((label[1] if label is not None else None, begins))
    fields = {meaning for meaning, _ in found if meaning is not None} - {"progress", "number"}
    two = len(fields) >= 2
    first = next((n for n, (meaning, beside) in enumerate(found) if beside or (two and meaning in fields)), len(found))
    return {id(line) for line in lines[first:]}


def _column_header(line: Line, rows: _Rows) -> bool:
    """A header row that a table without rules repeats is not a running head."""
    return sum(meaning_of(piece.text)[0] is not None for piece in group_lines(rows.beside(line), gap=1.2)) >= 2


def _signature(text: str) -> str:
    return re.sub(r"\s+", " ", _NUMBER.sub("#", text)).strip().casefold()


def _mark_repeated(pages: Sequence[Page], edges: dict[int, list[Line]]) -> None:
    shapes: dict[tuple[int, int], list[Page]] = defaultdict(list)
    for page in pages:
        shapes[(round(page.width / 5), round(page.height / 5))].append(page)
    for group in shapes.values():
        seen: dict[tuple[str, int], set[int]] = defaultdict(set)
        said: dict[int, set[str]] = defaultdict(set)
        for page in group:
            for line in edges[page.number]:
                for slot in _slots(line) if any(c.isalnum() for c in line.text) else ():
                    seen[(_signature(line.text), slot)].add(page.number)
                    said[slot].add(line.text)
        for page in group:
            spread = {
                id(line): max((seen.get((_signature(line.text), slot), set()) for slot in _slots(line)), key=len)
                for line in edges[page.number]
            }
            for line in edges[page.number]:
                if _signature(line.text) == "#":
                    continue  # a bare number is a page number or nothing
                on = len(spread[id(line)])
                usual = on >= 2 and (on >= 3 or on >= 0.6 * len(group))
                always = on >= max(4, 0.8 * len(group)) and not _is_label(line)
                differs = any(len(said[slot]) > 1 for slot in _slots(line))
                if usual and differs and _is_kicker(line, page):
                    continue
                if usual and (always or not _within_text(line, page, edges[page.number], spread)):
                    _mark(line, Mark.HEAD if line.bottom < page.height / 2 else Mark.FOOT)


def _mark_sides(pages: Sequence[Page]) -> None:
    """Texts in the outer margins, beside all other text, that stand at the same place of most pages.

    On one of them at least they keep to no base line of the text: a column at the edge of a table does on all.
    """
    beside = [(page, line, level) for page in pages for line, level in _beside_text(page)]
    places = Counter(_place(line) for _, line, _ in beside)
    apart = {_place(line) for _, line, level in beside if not level}
    for page, line, _ in beside:
        count = places[_place(line)]
        if count >= max(2, _MOST * len(pages)) and _place(line) in apart and not _is_label(line):
            boxes = ruled_boxes(page)
            if not any(box[0] <= line.x0 and line.x1 <= box[2] and box[1] <= line.top <= box[3] for box in boxes):
                _mark(line, Mark.HEAD)


def _beside_text(page: Page) -> list[tuple[Line, bool]]:
    """Lines in the side margins of a page, apart from the text between, and whether they keep to its base lines."""
    body = [word for word in page.words if word.mark is None and word.upright]
    low, high = _SIDE * page.width, (1 - _SIDE) * page.width
    outer = [word for word in body if word.x1 < low or word.x0 > high]
    inner = [word for word in body if word.x1 >= low and word.x0 <= high]
    if not outer or not inner:
        return []
    left, right = min(word.x0 for word in inner), max(word.x1 for word in inner)
    free = [word for word in outer if word.x1 < left or word.x0 > right]
    lines = [line for line in group_lines(free) if sum(map(str.isalpha, line.text)) >= _LETTERS]
    bases = sorted(word.bottom for word in inner)
    return [(line, bisect_left(bases, line.bottom - 1) != bisect_left(bases, line.bottom + 1)) for line in lines]


def _place(line: Line) -> tuple[str, int, int]:
    return line.text, round(line.x0), round(line.top)


def _is_kicker(line: Line, page: Page) -> bool:
    """Whether a title begins right below a line, at its left end: "Projektblatt 3" belongs to what it stands above."""
    gap = _KICKER * line.size
    below = [word for word in page.words if -1 <= word.top - line.bottom <= gap and abs(word.x0 - line.x0) <= 1]
    return any(word.size > _LARGER * line.size and word.mark is None for word in below)


def _is_label(line: Line) -> bool:
    """Whether a line is a known label alone: forms print the same at the same place of every page."""
    label = line_label(line, [line], line.size)
    if label is not None:
        return label[1] is not None and label[2] == len(line.words)
    return meaning_of(line.text)[1] >= _CERTAIN


def _within_text(line: Line, page: Page, candidates: Sequence[Line], spread: dict[int, set[int]]) -> bool:
    """Whether text of this page alone stands beside the line, or between it and the edge of the page.

    Then it may be a cell that says the same twice.
    """
    known = {id(word) for c in candidates if len(spread[id(c)]) >= 2 or _signature(c.text) == "#" for word in c.words}
    upper = line.bottom < page.height / 2
    return any(
        id(word) not in known
        and (word.top < line.bottom - 0.5 * line.size if upper else word.bottom > line.top + 0.5 * line.size)
        for word in page.words
        if word.mark is None and word.upright
    )


def _slots(line: Line) -> tuple[int, int]:
    """Two overlapping height classes of 6 points, so that a small shift does not part equal lines."""
    return (2 * int(line.top // 6), 2 * int((line.top + 3) // 6) + 1)


def _mark_numbers(pages: Sequence[Page], edges: dict[int, list[Line]]) -> None:
    """Lines that count the pages: the number minus the page is the same on neighbours, at about the same height."""
    patterns = frozenset(words("furniture.toml", "page_number"))
    feet = frozenset(words("furniture.toml", "foot"))
    found: list[tuple[Page, Line, int]] = []
    for page in pages:
        for line in edges[page.number]:
            numbers = [int(number) for number in _NUMBER.findall(line.text)]
            # "2/4" counts pages, "2023/0412" is the number of a paper.
            counts = len(numbers) < 2 or numbers[0] <= numbers[1] <= max(len(pages), 1)
            bare_in_row = _signature(line.text) == "#" and _text_beside(line, page)
            if numbers and counts and not bare_in_row and _signature(line.text) in patterns and numbers[0] < 10_000:
                found.append((page, line, numbers[0] - page.number))
            elif _counted_piece(line.text) == page.number:
                found.append((page, line, 0))
    offsets = Counter(offset for _, _, offset in found)
    for page, line, offset in found:
        spelled = _signature(line.text) != "#"
        second = offset == 0 and page.number > 1 and line is edges[page.number][0]
        only = len(pages) == 1 and offset == 0 and _apart(line, page)
        if offsets[offset] >= 2 or second or only or (spelled and len(pages) < 3):
            _mark(line, Mark.PAGE_NUMBER)
    for page in pages:
        for line in edges[page.number]:
            if line.top > page.height / 2 and any(_fits(_signature(line.text), pattern) for pattern in feet):
                _mark(line, Mark.FOOT)


def _apart(line: Line, page: Page) -> bool:
    """Whether a line stands apart from all other text of its page, above and below."""
    own = {id(word) for word in line.words}
    gap = _APART * line.size
    others = (w for w in page.words if w.mark is None and id(w) not in own)
    return not any(word.top < line.bottom + gap and word.bottom > line.top - gap for word in others)


def _text_beside(line: Line, page: Page) -> bool:
    """Whether words that are no furniture stand at the height of a line: a number that begins a row counts no pages."""
    own = {id(word) for word in line.words}
    near = (w for w in page.words if w.mark is None and w.upright and id(w) not in own)
    return any(word.top < line.bottom - 1 and word.bottom > line.top + 1 for word in near)


def _counted_piece(text: str) -> int | None:
    """The number of the page in a foot of several pieces: "Stadt Musterstadt | Seite 1 von 8"."""
    pieces = re.split(r"\s+[|·•–-]\s+", text)
    spelled = (
        re.fullmatch(r"(?:Seite|S\.|Blatt)\s*(\d{1,4})(?:\s*(?:von|/)\s*\d{1,4})?", p.strip())
        for p in (pieces[0], pieces[-1])
    )
    return next((int(match[1]) for match in spelled if match and len(pieces) > 1), None)


def _fits(signature: str, pattern: str) -> bool:
    return signature == pattern or (pattern.endswith("*") and signature.startswith(pattern[:-1].strip()))


def _mark(line: Line, mark: Mark) -> None:
    for word in line.words:
        word.mark = word.mark or mark
