"""The elements of a document, apart from how a producer draws them. Lengths are points."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Rules = Literal["grid", "inner", "horizontal", "booktabs", "none", "shaded"]


@dataclass
class Para:
    """A paragraph, or with `level` a list item of that depth; `label` is printed bold before the text."""

    text: str
    bold: bool = False
    level: int = 0
    label: str | None = None


@dataclass
class Cell:
    paras: list[Para] = field(default_factory=list)
    cols: int = 1
    rows: int = 1
    shade: bool = False
    right: bool = False
    turned: bool = False
    """Text runs from bottom to top."""

    @property
    def text(self) -> str:
        return " ".join(f"{p.label} {p.text}" if p.label else p.text for p in self.paras)


def cell(text: str, *, bold: bool = False, **kind: bool | int) -> Cell:
    return Cell([Para(text, bold=bold)] if text else [], **kind)  # type: ignore[arg-type]


@dataclass
class Grid:
    """A table as in HTML: each row lists the cells that begin in it."""

    rows: list[list[Cell]]
    widths: list[float]
    """Shares of the width of the page."""
    header_rows: int = 1
    repeat_header: bool = False
    rules: Rules = "grid"
    share: float = 1.0
    """Of the width of the page."""
    row_gap: float = 0.0
    """Further white space between rows."""
    keep_rows: bool = False
    """No row is cut by the end of a page."""

    def placed(self) -> list[tuple[int, int, Cell]]:
        """(row, column, cell) of every cell, spans counted."""
        taken: set[tuple[int, int]] = set()
        found: list[tuple[int, int, Cell]] = []
        for number, row in enumerate(self.rows):
            col = 0
            for entry in row:
                while (number, col) in taken:
                    col += 1
                found.append((number, col, entry))
                taken |= {(number + r, col + c) for r in range(entry.rows) for c in range(entry.cols)}
                col += entry.cols
        return found


@dataclass
class Text:
    kind: Literal["title", "heading", "body", "note"]
    para: Para


@dataclass
class NewPage:
    wide: bool | None = None
    """The orientation from here on; None keeps it."""


@dataclass
class Columns:
    """Prose in columns side by side."""

    texts: list[str]


Element = Text | Grid | NewPage | Columns


@dataclass
class Look:
    wide: bool = False
    size: float = 9.0
    bullets: tuple[str, str] | None = ("-", "•")
    """The marks of the first and the second level of a list; None prints items as sentences of one paragraph."""
    head: str | None = None
    foot: bool = True
    watermark: str | None = None
    rotate: bool = False
    """Pages are drawn turned and shown upright by /Rotate."""
    hyphenate: bool = False
    footnote: str | None = None
    font: str = "Helvetica"
    """"Helvetica", "Times-Roman" or the embedded "Vera"."""
    unnamed: bool = False
    """The embedded font says of no glyph which letter it is: the text layer is broken."""


@dataclass
class Sheet:
    look: Look
    elements: list[Element]
