"""Sheets drawn by fpdf2: rows are never cut, header rows and spans are its own."""

from __future__ import annotations

from tests.layouts.sheets import Cell, Columns, Grid, Look, NewPage, Para, Sheet, Text

_SIZES = {"title": 17.0, "heading": 12.0, "body": 10.0, "note": 7.5}


def build(sheet: Sheet) -> bytes:
    """The sheet as a PDF."""
    from fpdf import FPDF

    look = sheet.look

    class Pages(FPDF):
        def header(self) -> None:
            if look.head:
                self.set_font("Helvetica", size=7)
                self.cell(0, 8, look.head, new_x="LMARGIN", new_y="NEXT")

        def footer(self) -> None:
            if look.foot:
                self.set_y(-34)
                self.set_font("Helvetica", size=7)
                self.cell(0, 10, f"Seite {self.page_no()}", align="C")

    pdf = Pages(orientation="landscape" if look.wide else "portrait", unit="pt", format="A4")
    pdf.core_fonts_encoding = "cp1252"
    pdf.set_margins(56, 56)
    pdf.set_auto_page_break(True, margin=56)
    pdf.add_page()
    wide = look.wide
    for element in sheet.elements:
        if isinstance(element, Text):
            strong = element.para.bold or element.kind in ("title", "heading")
            pdf.set_font("Helvetica", "B" if strong else "", _SIZES[element.kind])
            pdf.ln(6)
            text = f"**{element.para.label}** {element.para.text}" if element.para.label else element.para.text
            size = _SIZES[element.kind] * 1.25
            pdf.multi_cell(0, size, text, markdown=element.para.label is not None, new_x="LMARGIN", new_y="NEXT")
            pdf.ln(4)
        elif isinstance(element, NewPage):
            wide = wide if element.wide is None else element.wide
            pdf.add_page(orientation="landscape" if wide else "portrait")
        elif isinstance(element, Columns):
            pdf.set_font("Helvetica", "", 10)
            with pdf.text_columns(ncols=2, gutter=18, text_align="J") as columns:
                columns.write("\n\n".join(element.texts))
        else:
            _table(pdf, element, look)
    return bytes(pdf.output())


def _table(pdf, grid: Grid, look: Look) -> None:  # type: ignore[no-untyped-def]
    from fpdf.enums import TableBordersLayout, TableHeadingsDisplay
    from fpdf.fonts import FontFace

    borders = {
        "grid": TableBordersLayout.ALL,
        "inner": TableBordersLayout.INTERNAL,
        "horizontal": TableBordersLayout.HORIZONTAL_LINES,
        "booktabs": TableBordersLayout.SINGLE_TOP_LINE,
    }.get(grid.rules, TableBordersLayout.NONE)
    pdf.set_font("Helvetica", "", look.size)
    filled = grid.rules == "shaded"
    with pdf.table(
        borders_layout=borders,
        col_widths=tuple(grid.widths),
        width=(pdf.epw * grid.share),
        align="LEFT",
        text_align="LEFT",
        v_align="TOP",
        line_height=look.size * 1.2,
        padding=(3, 4, 3 + grid.row_gap, 4),
        first_row_as_headings=grid.header_rows > 0,
        num_heading_rows=max(1, grid.header_rows),
        repeat_headings=TableHeadingsDisplay.ON_TOP_OF_EVERY_PAGE if grid.repeat_header else TableHeadingsDisplay.NONE,
        headings_style=FontFace(emphasis="BOLD"),
        cell_fill_color=(235, 235, 235) if filled else None,
        cell_fill_mode="ROWS" if filled else "NONE",
    ) as table:
        for cells in grid.rows:
            row = table.row()
            for entry in cells:
                strong = bool(entry.paras) and all(para.bold for para in entry.paras)
                row.cell(
                    _text(entry, look),
                    colspan=entry.cols,
                    rowspan=entry.rows,
                    align="RIGHT" if entry.right else "LEFT",
                    style=FontFace(
                        emphasis="BOLD" if strong else None,
                        fill_color=(220, 220, 220) if entry.shade and grid.rules not in ("none", "booktabs") else None,
                    ),
                )


def _text(entry: Cell, look: Look) -> str:
    return "\n".join(_mark(para, look) + para.text for para in entry.paras)


def _mark(para: Para, look: Look) -> str:
    if not para.level or look.bullets is None:
        return ""
    return "   " * (para.level - 1) + look.bullets[para.level - 1] + " "
