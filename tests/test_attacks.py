"""A PDF whose text is an attack: a formula, a script, control codes, characters that turn the direction of writing."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import marko
import openpyxl
import pytest

import ratsplan
from pipeline.exporters import TARGETS, export
from pipeline.files import prepare, write_document
from pipeline.options import TABLE_FORMATS
from pipeline.tables import write_formats
from pipeline.tables.excel import WORKBOOK
from pipeline.writers import document_json, write_tables
from schemas.records import Document
from tests.pdfs import HEIGHT, Pdf, show

FORMULA = '=HYPERLINK("http://boese.example","Klick")'
SCRIPT = "<script>alert(1)</script>"
TURNED, BELL = "\u202e", "\x07"
CODES = {0x80: "202E", 0x81: "2066", 0x82: "2069", 0x83: "200F", 0x84: "0007", 0x85: "001B"}
"""Codes of the PDF's font -> what its ToUnicode table says they are."""
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def attack_pdf() -> bytes:
    """A plan in a ruled table, drawn with a font whose table of letters holds what no reader sees."""
    mapped = "".join(f"<{code:02X}> <{value}>\n" for code, value in CODES.items())
    table = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        "1 begincodespacerange <00> <FF> endcodespacerange\n1 beginbfrange <20> <7E> <0020> endbfrange\n"
        f"{len(CODES)} beginbfchar\n{mapped}endbfchar endcmap end end"
    )
    made = Pdf()
    unicode_table = made.stream(table)
    font = made.add(
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding "
        f"/ToUnicode {unicode_table} 0 R >>"
    )
    producer = made.add(f"<< /Producer <{(chr(0xFEFF) + FORMULA + TURNED + BELL).encode('utf-16-be').hex()}> >>")
    made.fonts += f" /F9 {font} 0 R"
    rows = [
        ["Massnahme", "Indikatoren", "Verantwortlich"],
        [FORMULA, SCRIPT, "+Jobcenter"],
        ["Fluss\x80txt.exe\x82 ende", "Klang\x84\x85 laut\x83", "@SUM(A1)"],
        ["-2+3+cmd|' /C calc'!A0", "[Bild](javascript:alert(1))", "Kreis Musterland"],
    ]
    made.page("".join(_drawn(rows)))
    return made.build(trailer=f"/Info {producer} 0 R")


def _drawn(rows: list[list[str]]) -> Iterator[str]:
    lines, top, high = [30, 270, 440, 580], HEIGHT - 60, 30
    yield "0.8 w\n"
    yield show("Aktionsplan", 30, HEIGHT - 40, font="F9", size=14)
    for row in range(len(rows) + 1):
        yield f"{lines[0]} {top - row * high} m {lines[-1]} {top - row * high} l S\n"
    for x in lines:
        yield f"{x} {top} m {x} {top - len(rows) * high} l S\n"
    for number, row in enumerate(rows):
        for x, text in zip(lines, row, strict=False):
            yield show(text, x + 4, top - number * high - 19, font="F9", size=9)


@pytest.fixture(scope="module")
def document() -> Document:
    return ratsplan.extract(attack_pdf(), name=f"=1+1{TURNED}fdp.pdf")


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory, document: Document) -> Path:
    folder = tmp_path_factory.mktemp("attack")
    prepare(folder)
    write_document(folder, document.document_id, document_json(document))
    write_tables(folder)
    write_formats(folder, TABLE_FORMATS)
    return folder


def test_the_attack_is_in_the_records_as_it_is_printed(document: Document) -> None:
    assert document.plan is not None
    first, second, _ = document.plan.measures
    assert (first.measure, first.indicators[0].text, first.responsibility_text) == (FORMULA, SCRIPT, "+Jobcenter")
    # Nobody sees these characters on the page: reading drops what turns the writing and shows control codes as U+FFFD.
    assert (second.measure, second.indicators[0].text) == ("Flusstxt.exe ende", "Klang\ufffd\ufffd laut")
    assert document.file.name.startswith(f"=1+1{TURNED}")
    assert document.file.producer is not None
    assert document.file.producer.startswith(FORMULA + TURNED)


def test_the_plain_tables_keep_the_text_as_it_is_printed(output: Path) -> None:
    for table, column, text in (("measures", "measure", FORMULA), ("documents", "producer", FORMULA + TURNED)):
        with (output / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
            assert next(csv.DictReader(stream, strict=True))[column].startswith(text)
    with closing(sqlite3.connect(output / "ratsplan.sqlite")) as base:
        assert base.execute("SELECT measure FROM measures").fetchone() == (FORMULA,)


def test_no_cell_of_the_csv_files_for_excel_is_obeyed(output: Path) -> None:
    cells = []
    for path in (output / "excel").glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as stream:
            cells += [cell for row in csv.reader(stream, delimiter=";", strict=True) for cell in row]
    assert f"'{FORMULA}" in cells
    assert not [cell for cell in cells if OBEYED.search(cell)]
    alive = [cell for cell in cells if re.match(r"\s*[=+\-@|%]", cell) and not re.fullmatch(r"[+-]?[\d.,]+", cell)]
    assert alive == []


def test_no_cell_of_the_workbook_is_a_formula_or_a_link(output: Path) -> None:
    book = openpyxl.load_workbook(output / "excel" / WORKBOOK)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert FORMULA in {cell.value for cell in cells}
    assert not [cell.coordinate for cell in cells if cell.data_type == "f" or cell.hyperlink is not None]
    assert not [cell.coordinate for cell in cells if isinstance(cell.value, str) and OBEYED.search(cell.value)]


@pytest.mark.parametrize("target", TARGETS)
def test_no_hand_over_is_obeyed(target: str, document: Document) -> None:
    settings = {"localzero": ["city=1"], "oparl": ["base=https://example.org"]}.get(target, [])
    text = export(target, [document], settings)
    assert not OBEYED.search(text)
    if text.startswith(("{", "[")):
        assert not OBEYED.search("".join(strings(json.loads(text))))


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for entry in value.values() if isinstance(value, dict) else value:
            yield from strings(entry)


def test_no_script_and_no_link_lives_in_markdown(document: Document) -> None:
    page = marko.convert(export("markdown", [document]))
    assert "alert(1)" in page
    assert not re.search(r"<(?!/?(?:h[1-6]|p|ul|li|strong|em)>)", page)


@pytest.mark.parametrize("target", ["kausal", "decidim"])
def test_no_script_lives_in_html(target: str, document: Document) -> None:
    text = export(target, [document])
    assert "&lt;script&gt;" in text
    assert "<script" not in text
