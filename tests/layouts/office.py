"""Sheets written as Word and Excel files, and printed by LibreOffice where that is installed."""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from reportlab.lib.utils import simpleSplit

from tests.layouts.sheets import Cell, Columns, Grid, Look, NewPage, Para, Sheet, Text

_SIZES = {"title": 17, "heading": 12, "body": 10, "note": 7.5}
_MARGIN = 20
"""Millimetres."""
_SIDES = {
    "grid": ("top", "left", "bottom", "right", "insideH", "insideV"),
    "inner": ("insideH", "insideV"),
    "horizontal": ("top", "bottom", "insideH"),
    "booktabs": ("top", "bottom"),
}
_SECONDS = 120


def missing() -> str | None:
    """Why LibreOffice cannot print here; None where it can."""
    packages = "libreoffice-writer-nogui libreoffice-calc-nogui"
    return None if shutil.which("soffice") else f"LibreOffice is not installed: apt install {packages}"


def printed(data: bytes, suffix: str) -> bytes:
    """The PDF that LibreOffice makes of a file."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, f"plan.{suffix}")
        source.write_bytes(data)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)
        return source.with_suffix(".pdf").read_bytes()


def build_word(sheet: Sheet) -> bytes:
    """The sheet as a PDF, by way of Word."""
    return printed(word_file(sheet), "docx")


def build_excel(sheet: Sheet) -> bytes:
    """The sheet as a PDF, by way of Excel."""
    return printed(excel_file(sheet), "xlsx")


def word_file(sheet: Sheet) -> bytes:
    document = docx.Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Liberation Sans", Pt(sheet.look.size)
    style.paragraph_format.space_after = Pt(2)
    _orient(document.sections[0], sheet.look.wide)
    section = document.sections[0]
    if sheet.look.head:
        section.header.paragraphs[0].text = sheet.look.head
    if sheet.look.foot:
        _page_number(section.footer.paragraphs[0])
    for element in sheet.elements:
        if isinstance(element, Text):
            _run(document.add_paragraph(), element.para, element.kind in ("title", "heading"), _SIZES[element.kind])
        elif isinstance(element, NewPage):
            if element.wide is None:
                document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
            else:
                _orient(document.add_section(), element.wide)
        elif isinstance(element, Columns):
            for text in element.texts:
                document.add_paragraph(text)
        else:
            _word_table(document, element, sheet.look)
            document.add_paragraph()
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _orient(section: Any, wide: bool) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (Mm(297), Mm(210)) if wide else (Mm(210), Mm(297))
    for side in ("left", "right", "top", "bottom"):
        setattr(section, f"{side}_margin", Mm(_MARGIN))


def _page_number(paragraph: Any) -> None:
    run = paragraph.add_run("Seite ")
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        part.text = text
        run._r.append(part)


def _word_table(document: Any, grid: Grid, look: Look) -> None:
    table = document.add_table(len(grid.rows), len(grid.widths))
    table.autofit = False
    borders = "".join(f'<w:{side} w:val="single" w:sz="4" w:color="000000"/>' for side in _SIDES.get(grid.rules, ()))
    table._tbl.tblPr.append(parse_xml(f"<w:tblBorders {nsdecls('w')}>{borders}</w:tblBorders>"))
    width = (297 if look.wide else 210) - 2 * _MARGIN
    for column, share in zip(table.columns, grid.widths, strict=True):
        column.width = Mm(width * share * grid.share)
    cells = [list(row.cells) for row in table.rows]
    for number, col, entry in grid.placed():
        cell = cells[number][col]
        if (entry.rows, entry.cols) != (1, 1):
            cell = cell.merge(cells[number + entry.rows - 1][col + entry.cols - 1])
        shaded = entry.shade or (grid.rules == "shaded" and number % 2 == 0)
        if shaded and grid.rules not in ("none", "booktabs"):
            fill = "D9D9D9" if entry.shade else "EEEEEE"
            cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="{fill}"/>'))
        if entry.turned:
            cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:textDirection {nsdecls("w")} w:val="btLr"/>'))
        for index, para in enumerate(entry.paras):
            _word_para(cell.paragraphs[0] if index == 0 else cell.add_paragraph(), para, look)
    for number, row in enumerate(table.rows):
        rules = row._tr.get_or_add_trPr()
        if number < grid.header_rows and grid.repeat_header:
            rules.append(OxmlElement("w:tblHeader"))
        if any(cell.turned for cell in grid.rows[number]):
            row.height = Pt(70)
        if grid.keep_rows:
            rules.append(OxmlElement("w:cantSplit"))


def _word_para(paragraph: Any, para: Para, look: Look) -> None:
    if para.level and look.bullets is not None:
        mark = look.bullets[para.level - 1]
        if mark > "\ue000":
            paragraph.style = "List Bullet" if para.level == 1 else f"List Bullet {para.level}"
        else:
            paragraph.paragraph_format.left_indent = Pt(10 * para.level)
            paragraph.paragraph_format.first_line_indent = Pt(-10)
            paragraph.add_run(f"{mark}\t")
    _run(paragraph, para, para.bold, look.size)


def _run(paragraph: Any, para: Para, bold: bool, size: float) -> None:
    if para.label:
        paragraph.add_run(f"{para.label}\t").bold = True
    run = paragraph.add_run(para.text)
    run.bold, run.font.size = bold, Pt(size)


def excel_file(sheet: Sheet) -> bytes:
    """All elements on one sheet, one below the other; a page is as wide as the sheet."""
    book = Workbook()
    page = book.active
    grids = [element for element in sheet.elements if isinstance(element, Grid)]
    columns = max((len(grid.widths) for grid in grids), default=1)
    page.page_setup.orientation = "landscape" if sheet.look.wide else "portrait"
    page.page_setup.paperSize = 9
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.oddFooter.center.text = "Seite &P" if sheet.look.foot else None
    page.oddHeader.left.text = sheet.look.head
    widths = [(150 if sheet.look.wide else 100) * share for share in (grids[0].widths if grids else [1.0])]
    for number, width in enumerate(widths, 1):
        page.column_dimensions[get_column_letter(number)].width = width
    row = 1
    for element in sheet.elements:
        if isinstance(element, Text):
            size, strong = _SIZES[element.kind], element.kind in ("title", "heading")
            page.cell(row, 1, _plain(element.para)).font = Font("Liberation Sans", size, bold=strong)
            row += 1
        elif isinstance(element, Grid):
            if element.repeat_header and element is grids[0]:
                page.print_title_rows = f"{row}:{row + element.header_rows - 1}"
            _excel_grid(page, element, row, sheet.look)
            _set_heights(page, element, row, sheet.look, widths)
            row += len(element.rows) + 1
        else:
            page.row_breaks.append(_break(row - 1))
    page.print_area = f"A1:{get_column_letter(columns)}{row}"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _break(row: int) -> Any:
    from openpyxl.worksheet.pagebreak import Break

    return Break(id=row)


def _plain(para: Para) -> str:
    return f"{para.label} {para.text}" if para.label else para.text


def _excel_grid(page: Any, grid: Grid, first: int, look: Look) -> None:
    thin = Side("thin", "000000")
    for number, col, entry in grid.placed():
        row, column = first + number, col + 1
        cell = page.cell(row, column, _lines(entry, look))
        cell.font = Font("Liberation Sans", look.size, bold=any(p.bold for p in entry.paras))
        turned = 90 if entry.turned else 0
        cell.alignment = Alignment(vertical="top", wrap_text=True, text_rotation=turned)
        shaded = entry.shade or (grid.rules == "shaded" and number % 2 == 0)
        for r in range(row, row + entry.rows):
            for c in range(column, column + entry.cols):
                if grid.rules == "grid":
                    page.cell(r, c).border = Border(thin, thin, thin, thin)
                elif grid.rules == "horizontal":
                    page.cell(r, c).border = Border(top=thin, bottom=thin)
                if shaded and grid.rules not in ("none", "booktabs"):
                    page.cell(r, c).fill = PatternFill("solid", "D9D9D9" if entry.shade else "EEEEEE")
        if (entry.rows, entry.cols) != (1, 1):
            page.merge_cells(None, row, column, row + entry.rows - 1, column + entry.cols - 1)


def _set_heights(page: Any, grid: Grid, first: int, look: Look, widths: list[float]) -> None:
    """Rows as high as their texts, as Excel saves them; a width of one is that of a digit."""
    heights = [1] * len(grid.rows)
    for number, col, entry in grid.placed():
        room = 5.2 * sum(widths[col : col + entry.cols])
        texts = _lines(entry, look).split("\n")
        lines = sum(max(len(simpleSplit(text, "Helvetica", look.size, room)), 1) for text in texts)
        lines = round(len(entry.text) * 0.5 + 1) if entry.turned else lines
        heights[number] = max(heights[number], 1 if entry.rows > 1 else lines)
    for number, lines in enumerate(heights):
        page.row_dimensions[first + number].height = lines * look.size * 1.2 + 3


def _lines(entry: Cell, look: Look) -> str:
    marks = look.bullets
    return "\n".join(
        f"{'  ' * (p.level - 1)}{marks[p.level - 1]} {_plain(p)}" if p.level and marks else _plain(p)
        for p in entry.paras
    )
