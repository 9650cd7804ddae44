"""Sheets whose columns a spreadsheet prints on several pages."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.platypus import Flowable, PageBreak, SimpleDocTemplate, Table

import ratsplan
from schemas.records import Document

LEFT = ["Nr.", "Maßnahme", "Ziel"]
RIGHT = ["Zuständigkeit", "Zeitraum"]
ROWS = [
    ["1", "Radwege ausbauen", "mehr Radverkehr", "Tiefbauamt", "2026"],
    ["2", "Schulhof begrünen", "weniger Hitze", "Schulamt", "2027"],
    ["3", "Ampeln umrüsten", "schnellere Busse", "Ordnungsamt", "2028"],
    ["4", "Bäder sanieren", "weniger Energie", "Bäderbetrieb", "2029"],
    ["5", "Wald umbauen", "mehr Mischwald", "Forstamt", "2030"],
    ["6", "Moor vernässen", "mehr Klimaschutz", "Umweltamt", "2031"],
    ["7", "Kita erweitern", "mehr Plätze", "Jugendamt", "2032"],
    ["8", "Halle bauen", "mehr Sport", "Hochbauamt", "2033"],
]


def sheet(rows: Sequence[Sequence[str]], grid: bool, width: float = 120) -> Table:
    style = [("GRID", (0, 0), (-1, -1), 0.5, colors.black)] if grid else []
    style.append(("FONT", (0, 0), (-1, 0), "Helvetica-Bold"))
    return Table(rows, colWidths=[width] * len(rows[0]), rowHeights=[24] * len(rows), hAlign="LEFT", style=style)


def printed(*sheets: Table) -> Document:
    story: list[Flowable] = [flowable for table in sheets for flowable in (table, PageBreak())]
    file = io.BytesIO()
    SimpleDocTemplate(file, pagesize=A4, leftMargin=50, invariant=1).build(story)
    return ratsplan.extract(file.getvalue())


def left(rows: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    return [LEFT, *(row[:3] for row in rows)]


def right(rows: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    return [RIGHT, *(row[3:] for row in rows)]


def told(document: Document) -> list[list[str | None]]:
    assert document.plan is not None
    return [[m.number, m.measure, m.goal, m.responsibility_text, m.period] for m in document.plan.measures]


@pytest.mark.parametrize("grid", [True, False], ids=["grid", "no-rules"])
def test_the_columns_of_the_next_page_belong_to_the_rows_at_their_height(grid: bool) -> None:
    document = printed(sheet(left(ROWS), grid), sheet(right(ROWS), grid))
    assert told(document) == ROWS
    assert document.tables == []


@pytest.mark.parametrize("down_first", [True, False])
def test_sheets_of_several_pages_are_joined_in_either_order(down_first: bool) -> None:
    parts = [left(ROWS[:4]), right(ROWS[:4]), left(ROWS[4:]), right(ROWS[4:])]
    parts = [parts[0], parts[2], parts[1], parts[3]] if down_first else parts
    assert told(printed(*(sheet(part, True) for part in parts))) == ROWS


def test_a_plan_of_its_own_with_rows_at_the_same_heights_stays_one() -> None:
    document = printed(
        sheet(left(ROWS[:4]), True), sheet([["Maßnahme", "Zuständigkeit"], *(r[1:4:2] for r in ROWS[4:])], True)
    )
    assert [row[1] for row in told(document)] == [row[1] for row in ROWS]


def test_a_table_with_other_rows_stays_one() -> None:
    rows = [["Träger", "Zeitraum"], *(["Caritas", "2026"] for _ in range(6))]
    document = printed(sheet(left(ROWS), True), sheet(rows, True, 140))
    assert [row[3] for row in told(document)] == [None] * len(ROWS)


def test_forms_of_one_template_are_no_sheets_though_their_rows_are_the_same() -> None:
    forms = [
        [
            [f"Handlungsfeld\nStadt {number}", f"Status\nStufe {number}"],
            [f"Projektbeschreibung\n{name}", ""],
            [f"Projektträger\n{office}", f"Beteiligte\nVerein {number}"],
            [f"Kostenschätzung\n{number} €", f"Zeitraum\n{year}"],
        ]
        for number, name, _, office, year in ROWS
    ]
    plan = printed(*(form_sheet(form) for form in forms)).plan
    assert plan is not None
    assert [(m.description, m.responsibility_text) for m in plan.measures] == [(row[1], row[3]) for row in ROWS]


def form_sheet(rows: Sequence[Sequence[str]]) -> Table:
    style = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("SPAN", (0, 1), (1, 1))]
    return Table(rows, colWidths=[220, 220], rowHeights=[40] * len(rows), style=style)
