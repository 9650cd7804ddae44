"""Tables that stand on their side: each measure is a column, the labels of its fields stand left of all."""

from __future__ import annotations

import pytest

from schemas.records import Measure
from tests.test_designs import document

HEADING = "<h1>Digitale Stadt</h1><p>Der Rat hat die Maßnahmen beschlossen, die hier stehen.</p>"
ROWS = [
    ["Nr.", "D1", "D2", "D3"],
    ["Maßnahme", "E-Akte in allen Ämtern einführen", "Serviceportal erweitern", "Terminal im Foyer"],
    ["Beschreibung", "In vier Wellen, zuerst Personal und Ordnung, dann alle", "40 weitere Leistungen", "Mit Kamera"],
    ["Zuständigkeit", "Stabsstelle Digitalisierung", "Organisation und IT", "Bürgerbüro"],
    ["Zeitraum", "2026–2028", "bis 12/2026", "2027"],
    ["Kosten", "880.000 €", "95.000 €", ""],
]
GRID = "<style>td{border:1px solid;width:25%}</style>"
LINES = "<style>td{border-bottom:1px solid;width:25%}</style>"
BLANK = "<style>td{padding:4pt 8pt;width:25%}td:first-child{font-weight:bold}</style>"


def table(rows: list[list[str]]) -> str:
    lines = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    return "<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"


def read(rows: list[list[str]], style: str = GRID) -> list[Measure]:
    plan = document(style + HEADING + table(rows)).plan
    assert plan is not None
    return plan.measures


def expected(rows: list[list[str]]) -> list[list[str]]:
    return [list(column) for column in zip(*rows, strict=True)][1:]


@pytest.mark.parametrize("style", [GRID, LINES, BLANK], ids=["grid", "lines", "blank"])
def test_a_column_is_a_measure_with_its_texts_under_the_labels_of_the_rows(style: str) -> None:
    found = read(ROWS, style)
    assert [[m.columns.get(row[0], "") for row in ROWS] for m in found] == expected(ROWS)
    assert [m.measure for m in found] == ROWS[1][1:]
    assert [m.number for m in found] == ["D1", "D2", "D3"]
    assert [m.responsibility_text for m in found] == ROWS[3][1:]


@pytest.mark.parametrize("corner", ["", "Merkmal"])
def test_names_in_a_first_row_without_a_known_label_are_the_measures(corner: str) -> None:
    found = read([[corner, *ROWS[1][1:]], *ROWS[2:]])
    assert [m.measure for m in found] == ROWS[1][1:]
    assert [m.columns["Zuständigkeit"] for m in found] == ROWS[3][1:]


def test_labels_that_begin_again_name_further_measures() -> None:
    again = [["Nr.", "D4", "D5", ""], ["Maßnahme", "Radwege anzeigen", "Bäume zählen", ""], *ROWS[2:4]]
    again[2:] = [[*row[:3], ""] for row in again[2:]]
    assert [(m.number, m.measure) for m in read(ROWS + again)][3:] == [
        ("D4", "Radwege anzeigen"),
        ("D5", "Bäume zählen"),
    ]


def test_a_cell_over_several_columns_is_said_of_each() -> None:
    shared = "<tr><td>Priorität</td><td colspan=3>hoch</td></tr></table>"
    plan = document(GRID + HEADING + table(ROWS).replace("</table>", shared)).plan
    assert plan is not None
    assert [m.priority for m in plan.measures] == ["hoch"] * 3


def test_a_form_whose_boxes_have_several_columns_stays_one_measure() -> None:
    rows = "".join(f"<tr><td>{label}</td><td colspan=2>{text}</td></tr>" for label, text, *_ in ROWS[:5])
    costs = "<tr><td>Kosten</td><td>einmalig 880.000 €</td><td>jährlich 5.000 €</td></tr>"
    plan = document(f"{GRID}{HEADING}<table>{rows}{costs}</table>").plan
    assert plan is not None
    assert [m.measure for m in plan.measures] == [ROWS[1][1]]


def test_years_beside_labels_are_no_measures() -> None:
    rows = [["", "2026", "2027", "2028"], ["Personalkosten", "10", "20", "30"], ["Zeitraum", "1", "2", "3"]]
    assert document(GRID + HEADING + table([*rows, ["Kosten", "5", "6", "7"], ["Ziel", "8", "9", "10"]])).plan is None
