"""`excel/`: each table as a CSV file that a German Excel opens by a double click, and all of them as one workbook.

The CSV files have semicolons, a BOM, CRLF, decimal commas, dates as 31.12.2026, WAHR and FALSCH. Free text that a
spreadsheet would take for a formula gets an apostrophe before it; numbers and dates are no free text. A workbook says
of each cell what it is, so that its texts need no apostrophe, "1.2" stays a text and "-5" a number.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from pipeline.tables import PATHS
from pipeline.tables.files import path_aside
from pipeline.tables.labels import headers
from pipeline.tables.rows import read_rows
from pipeline.tables.shown import in_cell, without_formula
from schemas.columns import FOLDER_TABLES, Column, Table
from schemas.rows import Row

WORKBOOK = "ratsplan.xlsx"
LEGEND = "Erläuterung"
SHEET_ROWS = 1_048_576
"""Rows of a sheet, with its header."""
_WIDTHS = {"integer": 10, "number": 10, "boolean": 10, "date": 12, "array": 24, "object": 40}
_LONG = frozenset({"text", "measure", "problem", "goal", "description", "name", "responsibility_text", "progress"})
_CREATED = datetime(2000, 1, 1)
"""The same rows give the same bytes: no file says when it was made."""


def write(output: Path) -> None:
    """Write `excel/<table>.csv` and the workbook from the CSV files of a folder. Raises SourceError and OutputError."""
    folder = output / PATHS["excel"]
    for table in FOLDER_TABLES:
        with (
            path_aside(folder / f"{table.name}.csv") as path,
            path.open("w", encoding="utf-8-sig", newline="") as stream,
        ):
            stream.write(_line(headers(table)))
            for row in read_rows(output, table):
                stream.write(_line(_german(column, row[column.name]) for column in table.columns))
    with path_aside(folder / WORKBOOK) as path:
        _write_workbook(path, output)


def _line(cells: Iterable[str]) -> str:
    return (
        ";".join(f'"{text.replace(chr(34), 2 * chr(34))}"' if set(text) & set(';"\n') else text for text in cells)
        + "\r\n"
    )


def _german(column: Column, value: object) -> str:
    """A value as a German Excel reads it from a CSV file."""
    match value:
        case None:
            return ""
        case bool():
            return "WAHR" if value else "FALSCH"
        case float():
            return f"{value:.12g}".replace(".", ",") if abs(value) < 1e12 else repr(value).replace(".", ",")
        case date():
            return value.strftime("%d.%m.%Y") if value.year >= 1900 else value.isoformat()
        case int():
            return str(value)
    text = _text(value)
    # An id or an enumeration is ours, but `unit` and `number` are printed: every text is looked at.
    return without_formula(text)


def _text(value: object) -> str:
    return in_cell(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def _write_workbook(path: Path, output: Path) -> None:
    """A sheet a table with filters, a header that stays, and widths; rows go to disk as they come."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "dd.mm.yyyy",
    }
    with xlsxwriter.Workbook(path, options) as workbook:
        workbook.set_properties({"title": "ratsplan", "created": _CREATED})
        styles = {
            "header": workbook.add_format({"bold": True, "bottom": 1, "bg_color": "#E8EEF4", "valign": "top"}),
            "text": workbook.add_format({"text_wrap": True, "valign": "top"}),
            "date": workbook.add_format({"num_format": "dd.mm.yyyy", "valign": "top"}),
            "plain": workbook.add_format({"valign": "top"}),
        }
        for table in FOLDER_TABLES:
            _write_sheets(workbook, table, read_rows(output, table), styles)
        _write_legend(workbook, styles)


def _write_sheets(workbook: Any, table: Table, rows: Iterable[Row], styles: dict[str, Any]) -> None:
    sheet, line, number = None, SHEET_ROWS, 0
    for row in rows:
        if line >= SHEET_ROWS:  # a further sheet for what one cannot hold
            _end_sheet(sheet, table, line)
            number += 1
            sheet, line = _begin_sheet(workbook, table, number, styles), 1
        for place, column in enumerate(table.columns):
            _write_cell(sheet, line, place, column, row[column.name], styles)
        line += 1
    if sheet is None:
        sheet, line = _begin_sheet(workbook, table, 1, styles), 1
    _end_sheet(sheet, table, line)


def _begin_sheet(workbook: Any, table: Table, number: int, styles: dict[str, Any]) -> Any:
    sheet = workbook.add_worksheet(table.title if number == 1 else f"{table.title} {number}")
    for place, (column, header) in enumerate(zip(table.columns, headers(table), strict=True)):
        sheet.set_column(place, place, max(_width(column), min(len(header) + 3, 24)))
        sheet.write_string(0, place, header, styles["header"])
    sheet.freeze_panes(1, 0)
    return sheet


def _end_sheet(sheet: Any, table: Table, lines: int) -> None:
    if sheet is not None:
        sheet.autofilter(0, 0, lines - 1, len(table.columns) - 1)


def _write_cell(sheet: Any, line: int, place: int, column: Column, value: Any, styles: dict[str, Any]) -> None:
    """One cell with the type of its value; a text is written as a text, whatever it begins with."""
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(line, place, value, styles["plain"])
    elif isinstance(value, date) and value.year >= 1900:
        sheet.write_datetime(line, place, value, styles["date"])
    elif isinstance(value, int | float):
        sheet.write_number(line, place, value, styles["plain"])
    else:
        text = value.isoformat() if isinstance(value, date) else _text(value)
        sheet.write_string(line, place, text, styles["text" if column.name in _LONG else "plain"])


def _write_legend(workbook: Any, styles: dict[str, Any]) -> None:
    """A last sheet that says what each column is."""
    sheet = workbook.add_worksheet(LEGEND)
    for place, (header, width) in enumerate((("Tabelle", 22), ("Spalte", 28), ("Name", 24), ("Bedeutung", 80))):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, header, styles["header"])
    lines = [
        (table.title, header, column.name, "; ".join(filter(None, (column.english, column.description))))
        for table in FOLDER_TABLES
        for header, column in zip(headers(table), table.columns, strict=True)
    ]
    for line, texts in enumerate(lines, start=1):
        for place, text in enumerate(texts):
            sheet.write_string(line, place, text, styles["text" if place == 3 else "plain"])
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(lines), 3)


def _width(column: Column) -> int:
    if column.name in _LONG:
        return 50
    return _WIDTHS.get(column.type, 18)
