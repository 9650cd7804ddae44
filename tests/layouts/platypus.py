"""Sheets drawn by reportlab."""

from __future__ import annotations

import io
from functools import cache
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import Any
from unittest.mock import patch

import reportlab
from fontTools.ttLib import TTFont as FontToolsFont
from reportlab.lib import colors
from reportlab.lib.fonts import addMapping
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont, makeToUnicodeCMap
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BalancedColumns,
    BaseDocTemplate,
    Flowable,
    Frame,
    LongTable,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
)

from tests.layouts.sheets import Cell, Columns, Grid, Look, NewPage, Para, Sheet, Text

_MARGIN = 56.0
_FONTS = Path(reportlab.__file__).parent / "fonts"


def build(sheet: Sheet) -> bytes:
    """The sheet as a PDF."""
    _register_symbols()
    _register_vera()
    buffer = io.BytesIO()
    writer = _Writer(sheet.look)
    template = BaseDocTemplate(
        buffer, invariant=1, pageTemplates=writer.templates(), rotation=90 if sheet.look.rotate else 0
    )
    with patch("reportlab.pdfbase.ttfonts.makeToUnicodeCMap", _unnamed if sheet.look.unnamed else makeToUnicodeCMap):
        template.build(writer.story(sheet))
    return buffer.getvalue()


def _unnamed(font: str, subset: list[int]) -> str:
    """A map from the codes of a font to letters that names none of them."""
    return str(makeToUnicodeCMap(font, [1 + code % 25 for code in range(len(subset))]))


@cache
def _register_vera() -> None:
    for name, file, bold in (("Vera", "Vera.ttf", 0), ("Vera-Bold", "VeraBd.ttf", 1)):
        pdfmetrics.registerFont(TTFont(name, _FONTS / file))
        addMapping("Vera", bold, 0, name)


@cache
def _register_symbols() -> None:
    """A font whose bullets have the code points of Symbol and Wingdings, for private use, as Word embeds them."""
    font = FontToolsFont(_FONTS / "Vera.ttf")
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap |= {0xF0B7: table.cmap[0x2022], 0xF0A7: table.cmap[0x00B7]}
    buffer = io.BytesIO()
    font.save(buffer)
    buffer.seek(0)
    pdfmetrics.registerFont(TTFont("Symbols", buffer))


class _Turned(Flowable):  # type: ignore[misc]
    """Bold text that runs from bottom to top."""

    def __init__(self, text: str, font: str, size: float) -> None:
        super().__init__()
        self.text, self.font, self.size = text, font, size
        self.width, self.height = size * 1.3, pdfmetrics.stringWidth(text, font, size) + 4

    def wrap(self, *_: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        self.canv.rotate(90)
        self.canv.setFont(self.font, self.size)
        self.canv.drawString(2, -self.size, self.text)


class _Writer:
    def __init__(self, look: Look) -> None:
        self.look = look
        self.wide = look.wide
        extra: dict[str, Any] = {"hyphenationLang": "de_DE"} if look.hyphenate else {}
        self.cell = ParagraphStyle(
            "c", fontName=look.font, fontSize=look.size, leading=look.size * 1.2, splitLongWords=0, **extra
        )
        self.bold = ParagraphStyle("b", parent=self.cell, fontName=_bold(look.font))
        self.styles = {
            "title": ParagraphStyle("t", fontName=_bold(look.font), fontSize=17, leading=21, spaceAfter=12),
            "heading": ParagraphStyle(
                "h", fontName=_bold(look.font), fontSize=12, leading=15, spaceBefore=14, spaceAfter=5
            ),
            "body": ParagraphStyle("p", fontName=look.font, fontSize=10, leading=13, spaceAfter=6),
            "note": ParagraphStyle("n", fontName=look.font, fontSize=7.5, leading=10, spaceBefore=3, spaceAfter=8),
        }

    def templates(self) -> list[PageTemplate]:
        """One for each orientation, the one that comes first in front."""
        found: list[PageTemplate] = []
        for wide in (self.look.wide, not self.look.wide):
            width, height = _size(wide)
            frame = Frame(_MARGIN, _MARGIN, width - 2 * _MARGIN, height - 2 * _MARGIN, 0, 0, 0, 0, id="all")
            found.append(
                PageTemplate(
                    "wide" if wide else "tall",
                    [frame],
                    onPage=lambda canvas, _, wide=wide: self._furniture(canvas, *_size(wide)),
                    pagesize=(width, height),
                )
            )
        return found

    def _furniture(self, canvas: Canvas, width: float, height: float) -> None:
        if self.look.rotate:
            canvas.transform(0, 1, -1, 0, height, 0)
        canvas.saveState()
        canvas.setFont("Helvetica", 7)
        if self.look.head:
            canvas.drawString(_MARGIN, height - 30, self.look.head)
        if self.look.foot:
            canvas.drawCentredString(width / 2, 28, f"Seite {canvas.getPageNumber()}")
        if self.look.footnote and canvas.getPageNumber() == 1:
            canvas.line(_MARGIN, 52, _MARGIN + 120, 52)
            canvas.drawString(_MARGIN, 42, self.look.footnote)
        if self.look.watermark:
            canvas.setFont("Helvetica-Bold", 90)
            canvas.setFillColorRGB(0.85, 0.85, 0.85)
            canvas.translate(width / 2, height / 2)
            canvas.rotate(35)
            canvas.drawCentredString(0, 0, self.look.watermark)
        canvas.restoreState()

    def story(self, sheet: Sheet) -> list[Flowable]:
        story: list[Flowable] = []
        for element in sheet.elements:
            if isinstance(element, Text):
                story.append(Paragraph(_markup(element.para), self.styles[element.kind]))
            elif isinstance(element, NewPage):
                self.wide = self.wide if element.wide is None else element.wide
                story += [NextPageTemplate("wide" if self.wide else "tall"), PageBreak()]
            elif isinstance(element, Columns):
                body = [Paragraph(escape(text), self.styles["body"]) for text in element.texts]
                story.append(BalancedColumns(body, nCols=2, innerPadding=18))
            else:
                story += [Spacer(1, 4), self._table(element), Spacer(1, 8)]
        return story

    def _table(self, grid: Grid) -> LongTable:
        rows: list[list[Any]] = [[""] * len(grid.widths) for _ in grid.rows]
        style: list[tuple[Any, ...]] = [("VALIGN", (0, 0), (-1, -1), "TOP")]
        for row, col, entry in grid.placed():
            rows[row][col] = self._content(entry)
            end = (col + entry.cols - 1, row + entry.rows - 1)
            if end != (col, row):
                style.append(("SPAN", (col, row), end))
            if entry.shade and grid.rules not in ("none", "booktabs"):
                style.append(("BACKGROUND", (col, row), end, colors.lightgrey))
        width = (_size(self.wide)[0] - 2 * _MARGIN) * grid.share
        table = LongTable(
            rows,
            colWidths=[width * share for share in grid.widths],
            repeatRows=grid.header_rows if grid.repeat_header else 0,
            splitInRow=0 if grid.keep_rows else 1,
            hAlign="LEFT",
        )
        style += [("BOTTOMPADDING", (0, 0), (-1, -1), 3 + grid.row_gap)] if grid.row_gap else []
        table.setStyle([*style, *_rules(grid)])
        return table

    def _content(self, entry: Cell) -> list[Flowable]:
        if entry.turned:
            return [_Turned(entry.text, _bold(self.look.font), self.look.size)]
        return [self._paragraph(para, entry.right) for para in entry.paras]

    def _paragraph(self, para: Para, right: bool) -> Paragraph:
        base = self.bold if para.bold else self.cell
        if para.level and self.look.bullets is not None:
            indent = 10.0 * para.level
            private = self.look.bullets[para.level - 1] > "\ue000"
            style = ParagraphStyle(
                "i",
                parent=base,
                leftIndent=indent,
                bulletIndent=indent - 10,
                bulletFontName="Symbols" if private else base.fontName,
                bulletFontSize=self.look.size,
            )
            return Paragraph(_markup(para), style, bulletText=self.look.bullets[para.level - 1])
        return Paragraph(_markup(para), ParagraphStyle("r", parent=base, alignment=2) if right else base)


def _bold(font: str) -> str:
    return f"{font.removesuffix('-Roman')}-Bold"


def _size(wide: bool) -> tuple[float, float]:
    return (A4[1], A4[0]) if wide else (A4[0], A4[1])


def _markup(para: Para) -> str:
    return f"<b>{escape(para.label)}</b> {escape(para.text)}" if para.label else escape(para.text)


def _rules(grid: Grid) -> list[tuple[Any, ...]]:
    line = (0.5, colors.black)
    if grid.rules == "grid":
        return [("GRID", (0, 0), (-1, -1), *line)]
    if grid.rules == "inner":
        return [("INNERGRID", (0, 0), (-1, -1), *line)]
    if grid.rules == "horizontal":
        return [("LINEBELOW", (0, 0), (-1, -1), *line), ("LINEABOVE", (0, 0), (-1, 0), *line)]
    if grid.rules == "booktabs":
        head = grid.header_rows - 1
        return [
            ("LINEABOVE", (0, 0), (-1, 0), 1, colors.black),
            ("LINEBELOW", (0, head), (-1, head), *line),
            ("LINEBELOW", (0, -1), (-1, -1), 1, colors.black),
        ]
    if grid.rules == "shaded":
        return [("BACKGROUND", (0, row), (-1, row), colors.whitesmoke) for row in _shaded(grid)]
    return []


def _shaded(grid: Grid) -> list[int]:
    """Every second row below the header."""
    return [row for row, _ in pairwise(range(grid.header_rows, len(grid.rows) + 1)) if (row - grid.header_rows) % 2]
