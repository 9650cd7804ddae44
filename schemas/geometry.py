"""Shapes that live between the bytes of a PDF and the records: words, rules, pages, cells, tables, blocks.

All lengths are points (1/72 inch). The origin is the upper left corner of the page as a reader sees it, that is
after /Rotate and /CropBox were applied; x grows to the right and y downwards. Pages count from 1.

These classes stand on the hot path (a long plan has 100,000 words), so they are slotted dataclasses compared by
identity: two words with the same text at the same place are still two words, and the ledger counts both.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

Box = tuple[float, float, float, float]
"""(x0, top, x1, bottom) in points."""


class Mark(StrEnum):
    """What a word is when it is not part of the page's own text."""

    HEAD = "head"
    FOOT = "foot"
    PAGE_NUMBER = "page_number"
    WATERMARK = "watermark"


class Boxed:
    """What has a place on a page."""

    __slots__ = ()
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def box(self) -> Box:
        return (self.x0, self.top, self.x1, self.bottom)

    def width_within(self, x0: float, x1: float) -> float:
        """How much of it, in points of width, lies between two abscissae."""
        return max(0.0, min(self.x1, x1) - max(self.x0, x0))


@dataclass(slots=True, eq=False)
class Word(Boxed):
    """A run of characters without white space, as the PDF's text layer (or OCR) gives it."""

    text: str
    page: int
    x0: float
    top: float
    x1: float
    bottom: float
    size: float = 0.0
    """Font size in points after the text matrix."""
    bold: bool = False
    italic: bool = False
    angle: float = 0.0
    """Degrees counter-clockwise between the writing direction and the reader's horizontal, in (-180, 180]."""
    color: int = 0
    """Fill colour as 0xRRGGBB."""
    confidence: float = 1.0
    """1.0 for text of the PDF; what the engine said for OCR."""
    mark: Mark | None = None

    @property
    def upright(self) -> bool:
        return abs(self.angle) < 1.0

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(slots=True, eq=False)
class Rule(Boxed):
    """A drawn straight line, parallel to an edge of the page; thin filled rectangles are rules as well."""

    x0: float
    top: float
    x1: float
    bottom: float
    color: int = 0

    @property
    def horizontal(self) -> bool:
        return self.x1 - self.x0 >= self.bottom - self.top


@dataclass(slots=True, eq=False)
class Fill(Boxed):
    """A filled rectangle that is no rule: the background of a cell, a row or a box."""

    x0: float
    top: float
    x1: float
    bottom: float
    color: int = 0


@dataclass(slots=True, eq=False)
class Image(Boxed):
    """The place of a picture on the page."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(slots=True, eq=False)
class Page:
    """One page as a reader sees it: `width` and `height` are those after rotation."""

    number: int
    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    broken_text: bool = False
    """True when the text layer cannot be trusted: control codes or "(cid:" instead of letters."""
    hidden_text: bool = False
    """True when the text is invisible: a scanner's OCR laid it under the page's picture."""
    skew: float = 0.0
    """Degrees, counter-clockwise, by which a picture was turned about its middle to make its lines level. All boxes
    are of the turned page; `as_seen` gives those that a reader sees."""

    @property
    def body(self) -> list[Word]:
        """The words that are not marked as furniture."""
        return [word for word in self.words if word.mark is None]


@dataclass(slots=True, eq=False)
class Line(Boxed):
    """Words that stand on one line of one page, from left to right."""

    words: list[Word]
    page: int
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def size(self) -> float:
        return max(word.size for word in self.words)

    @property
    def bold(self) -> bool:
        return all(word.bold for word in self.words)


@dataclass(slots=True, eq=False)
class Part:
    """The piece of a cell that stands on one page."""

    page: int
    box: Box
    words: list[Word] = field(default_factory=list)
    lines: list[Line] | None = None
    """The words as lines, once `celltext.part_lines` was asked for them."""


@dataclass(slots=True, eq=False)
class Cell:
    """A cell of a table, of one part at least. After stitching it may have parts on several pages, in reading order."""

    row: int
    col: int
    row_span: int
    col_span: int
    parts: list[Part]

    @property
    def words(self) -> list[Word]:
        return [word for part in self.parts for word in part.words]

    @property
    def last_row(self) -> int:
        return self.row + self.row_span - 1

    @property
    def last_col(self) -> int:
        return self.col + self.col_span - 1

    @property
    def empty(self) -> bool:
        return not any(part.words for part in self.parts)


@dataclass(slots=True, eq=False)
class Table:
    """Cells in a grid of `n_rows` x `n_cols` positions; spanned cells cover several positions."""

    cells: list[Cell]
    n_rows: int
    n_cols: int
    edges: list[float]
    """The n_cols + 1 x-coordinates of the columns on the page where the table begins."""
    pieces: list[tuple[int, Box]]
    """Page and box of each piece, in reading order."""
    ruled: bool = True
    unsure: list[tuple[int, str]] = field(default_factory=list)
    """Page and reason of each decision about the structure that could have gone the other way."""
    repeated: list[Word] = field(default_factory=list)
    """Words of header rows that were printed again on later pages."""
    labelled: bool = False
    """Whether it was found by its column of labels: (a part of) a form."""
    card: bool = False
    """A form of which each row is a label and its text, or a text over both columns."""

    @property
    def page(self) -> int:
        return self.pieces[0][0]

    @property
    def box(self) -> Box:
        return self.pieces[0][1]

    @property
    def words(self) -> list[Word]:
        return [word for cell in self.cells for word in cell.words] + self.repeated

    def at(self, row: int, col: int) -> Cell | None:
        """The cell that covers the grid position, or None where the grid has a hole."""
        for cell in self.cells:
            if cell.row <= row <= cell.last_row and cell.col <= col <= cell.last_col:
                return cell
        return None

    def row(self, row: int) -> list[Cell]:
        """The cells that begin in the row, from left to right."""
        return sorted((c for c in self.cells if c.row == row), key=lambda c: c.col)


class BlockKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"


@dataclass(slots=True, eq=False)
class Block:
    """Lines outside tables that belong together: a heading, a paragraph, or a list item."""

    kind: BlockKind
    lines: list[Line]

    @property
    def page(self) -> int:
        return self.lines[0].page

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)

    @property
    def words(self) -> list[Word]:
        return [word for line in self.lines for word in line.words]

    @property
    def box(self) -> Box:
        return union(line.box for line in self.lines if line.page == self.page)

    @property
    def size(self) -> float:
        return max(line.size for line in self.lines)

    @property
    def bold(self) -> bool:
        return all(line.bold for line in self.lines)


def union(boxes: Iterable[Box]) -> Box:
    """The smallest box around all `boxes`. Raises ValueError when there are none."""
    rest = iter(boxes)
    first = next(rest, None)
    if first is None:
        raise ValueError("no boxes to put together")
    x0, top, x1, bottom = first
    for box in rest:  # one pass without lists: the most called function of all
        left, high, right, low = box
        x0, top = (left if left < x0 else x0), (high if high < top else top)
        x1, bottom = (right if right > x1 else x1), (low if low > bottom else bottom)
    return (x0, top, x1, bottom)
