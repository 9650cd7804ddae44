"""The plan around its tables: title, status, date, contributors, fields of action, what is no plan."""

from __future__ import annotations

import io

import pytest
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

import ratsplan
from schemas.records import Document, Plan

BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=10, leading=13)
BOLD = ParagraphStyle("bold", parent=BODY, fontName="Helvetica-Bold")
HEADING = ParagraphStyle("heading", parent=BOLD, fontSize=13, leading=16, spaceBefore=12, spaceAfter=4)
TITLE = ParagraphStyle("title", parent=BOLD, fontSize=18, leading=22)
TEXT = "Die Stadt hat im vergangenen Jahr mit vielen Menschen über ihre Zukunft gesprochen und daraus Schlüsse gezogen."
HEADER = ["Problem", "Maßnahme", "Indikatoren", "Zuständigkeit"]
ROW = ["Lärm an der Hauptstraße", "Bau einer Lärmschutzwand", "Pegel sinkt", "Tiefbauamt"]


def table(*rows: list[str]) -> Table:
    cells = [[Paragraph(text, BODY) for text in row] for row in rows]
    return Table(
        cells, style=[("GRID", (0, 0), (-1, -1), 0.5, colors.black)], colWidths=[440 / len(rows[0])] * len(rows[0])
    )


def document(*story: Flowable) -> Document:
    buffer = io.BytesIO()
    SimpleDocTemplate(buffer, pagesize=A4, invariant=1).build(list(story))
    return ratsplan.extract(buffer.getvalue(), name="plan.pdf")


def plan_of(*story: Flowable) -> Plan:
    plan = document(*story).plan
    assert plan is not None
    return plan


def lines(*texts: str, style: ParagraphStyle = BODY) -> list[Flowable]:
    return [Paragraph(text, style) for text in texts]


def test_the_largest_heading_before_the_tables_is_the_title() -> None:
    plan = plan_of(
        *lines("Aktionsplan Lärm", style=TITLE), *lines(TEXT), *lines("Verkehr", style=HEADING), table(HEADER, ROW)
    )
    assert plan.title == "Aktionsplan Lärm"
    assert plan.measures[0].field_of_action == "Verkehr"


def test_a_title_over_two_lines_is_joined() -> None:
    long = "Handlungskonzept der Stadt Beispielhausen zur Verbesserung der Luft und zur Minderung des Lärms"
    plan = plan_of(*lines(long, style=TITLE), *lines(TEXT), *lines("Luft", style=HEADING), table(HEADER, ROW))
    assert plan.title == long


def test_a_plan_without_any_heading_has_no_title_and_no_field() -> None:
    plan = plan_of(table(HEADER, ROW))
    assert (plan.title, plan.measures[0].field_of_action) == (None, None)


def test_each_table_stands_under_its_own_heading() -> None:
    plan = plan_of(
        *lines("Aktionsplan Lärm", style=TITLE),
        *lines("Handlungsfeld 1: Verkehr", style=HEADING),
        table(HEADER, ROW),
        *lines("Handlungsfeld 2: Wohnen", style=HEADING),
        table(HEADER, ROW),
    )
    assert [m.field_of_action for m in plan.measures] == ["Verkehr", "Wohnen"]


def test_a_table_without_a_heading_of_its_own_stays_in_the_field_above() -> None:
    plan = plan_of(
        *lines("Aktionsplan Lärm", style=TITLE),
        *lines("Verkehr", style=HEADING),
        table(HEADER, ROW),
        *lines(TEXT),
        table(HEADER, ROW),
    )
    assert [m.field_of_action for m in plan.measures] == ["Verkehr", "Verkehr"]


@pytest.mark.parametrize("intro", ["An diesem Plan haben mitgewirkt:", "Mitwirkende:", "Beteiligte Stellen:"])
def test_contributors_are_the_lines_after_the_intro(intro: str) -> None:
    plan = plan_of(
        *lines("Aktionsplan Lärm", style=TITLE),
        *lines(intro),
        *lines("Stadtwerke Beispielhausen", "Verein Ruhe e.V.,", "Tiefbauamt", style=BOLD),
        *lines(TEXT),
        *lines("Verkehr", style=HEADING),
        table(HEADER, ROW),
    )
    assert [c.name for c in plan.contributors] == ["Stadtwerke Beispielhausen", "Verein Ruhe e.V.", "Tiefbauamt"]


def test_contributors_may_be_a_list_with_bullets() -> None:
    plan = plan_of(
        *lines("Aktionsplan Lärm", style=TITLE),
        *lines("Mitgewirkt haben:"),
        *lines("• Stadtwerke", "• Verein Ruhe", "• Tiefbauamt"),
        Spacer(1, 20),
        *lines(TEXT),
        *lines("Verkehr", style=HEADING),
        table(HEADER, ROW),
    )
    assert [c.name for c in plan.contributors] == ["Stadtwerke", "Verein Ruhe", "Tiefbauamt"]


def test_contributors_may_stand_in_one_line() -> None:
    plan = plan_of(
        *lines("Aktionsplan Lärm", style=TITLE),
        *lines("Mitwirkende: Stadtwerke, Verein Ruhe und Tiefbauamt"),
        *lines("Verkehr", style=HEADING),
        table(HEADER, ROW),
    )
    assert [c.name for c in plan.contributors] == ["Stadtwerke", "Verein Ruhe", "Tiefbauamt"]


def test_a_contributor_is_linked_to_the_actor_of_the_cells() -> None:
    plan = plan_of(
        *lines("Aktionsplan Lärm", style=TITLE),
        *lines("Mitwirkende: Stadtwerke, Tiefbauamt"),
        *lines("Verkehr", style=HEADING),
        table(HEADER, ROW),
    )
    assert plan.contributors[1].actor_id == plan.measures[0].responsibilities[0].actor_id


def test_the_status_may_be_printed_under_the_title() -> None:
    plan = plan_of(
        *lines("Aktionsplan Lärm", style=TITLE), *lines("Entwurf"), *lines("Verkehr", style=HEADING), table(HEADER, ROW)
    )
    assert plan.status == "Entwurf"


def test_a_stand_at_the_foot_is_the_date_as_well() -> None:
    foot = ParagraphStyle("foot", parent=BODY, spaceBefore=610)
    plan = plan_of(table(HEADER, ROW), *lines("Stand: 03.09.2025", style=foot))
    assert str(plan.date) == "2025-09-03"


def test_the_date_of_the_plan_is_its_stand() -> None:
    plan = plan_of(
        *lines("Aktionsplan Lärm", style=TITLE),
        *lines("Stand: 03.09.2025"),
        *lines("Verkehr", style=HEADING),
        table(HEADER, ROW),
    )
    assert str(plan.date) == "2025-09-03"


@pytest.mark.parametrize(
    "rows",
    [
        (["Maßnahme", "Ansatz 2025", "Ansatz 2026"], ["Radweg", "20.000 €", "30.000 €"]),
        (["Name", "Funktion", "anwesend"], ["Frau Beispiel", "Vorsitz", "ja"]),
        (["Für", "Gegen", "Enthaltung"], ["12", "3", "1"]),
        (["Datum", "Gremium (Zuständigkeit)", "Ö / N"], ["01.02.2025", "Bauausschuss (Beratung)", "Ö"]),
        (["Uhrzeit", "Thema", "Referent"], ["10:00", "Begrüßung", "Frau Beispiel"]),
    ],
)
def test_other_tables_are_no_plan_but_are_kept(rows: tuple[list[str], ...]) -> None:
    found = document(*lines("Anlage", style=TITLE), *lines(TEXT), table(*rows), PageBreak(), *lines(TEXT))
    assert found.plan is None
    assert [row.cells for row in found.tables[0].rows] == list(rows)
    assert found.ledger.unassigned == []


@pytest.mark.parametrize(
    "rows",
    [
        (
            ["Datum", "Format", "Beteiligte", "Ergebnis"],
            ["12.03.2025", "Auftaktforum mit Bürgerschaft", "Stadtverwaltung, Verbände", "120 Personen"],
            ["14.04.2025", "Werkstatt Verkehr und Raum", "Tiefbauamt", "40 Ideen"],
            ["03.07.2025", "Abschlussforum im Rathaus", "Rat", "Beschluss"],
        ),
        (
            ["Nr.", "Objekt", "Baujahr", "Eigentümer", "Zustand"],
            ["1", "Grundschule Nord mit Turnhalle", "1968", "Stadt", "mittel"],
            ["2", "Rathaus am Markt", "1905", "Stadt", "gut"],
            ["3", "Feuerwache im Süden", "1985", "Feuerwehr", "schlecht"],
        ),
        (
            ["Programm", "Fördergeber", "Förderquote", "Frist"],
            ["Kommunalrichtlinie für Klimaschutz", "Bundesministerium für Umwelt", "60 %", "31.12.2027"],
            ["Städtebauförderung Lebendige Zentren", "Landesamt", "66 %", "01.10.2026"],
            ["Radnetz Deutschland", "Bundesamt für Logistik", "75 %", "30.06.2026"],
        ),
        (
            ["TOP", "Beschluss", "Zuständig", "Termin"],
            ["1", "Die Niederschrift wird genehmigt", "Rat", "12.03.2025"],
            ["2", "Der Haushalt wird verabschiedet", "Kämmerei", "12.04.2025"],
            ["3", "Die Satzung wird geändert", "Rechtsamt", "12.05.2025"],
        ),
        (
            ["Verein", "Angebot", "Zielgruppe", "Kontakt"],
            ["Turnverein", "Kurse für Bewegung", "Ältere", "Frau Muster"],
            ["Caritasverband", "Beratung bei Schulden", "Familien", "Herr Test"],
            ["Diakonie", "Treff für Frauen", "Frauen", "Frau Beispiel"],
        ),
        (
            ["Stelle", "Amt", "Umfang", "Beginn"],
            ["Klimaschutzmanagement", "Umweltamt", "1,0", "2026"],
            ["Sanierungsmanagement", "Stadtplanungsamt", "0,5", "2026"],
            ["Mobilitätsmanagement", "Tiefbauamt", "0,5", "2027"],
        ),
        (
            ["Begriff", "Erläuterung"],
            ["Maßnahme", "Eine Handlung zur Erreichung eines Ziels."],
            ["Indikator", "Eine messbare Größe."],
            ["Zuständigkeit", "Die verantwortliche Stelle."],
        ),
    ],
    ids=lambda rows: rows[0][0],
)
def test_tables_that_hold_offices_and_dates_are_no_plan_below_its_heading(rows: tuple[list[str], ...]) -> None:
    found = document(
        *lines("Klimaschutzkonzept", style=TITLE), *lines(TEXT), *lines("Maßnahmen", style=HEADING), table(*rows)
    )
    assert found.plan is None
    assert [row.cells for row in found.tables[0].rows] == list(rows)


def test_a_table_with_the_columns_of_a_plan_and_no_row_is_told() -> None:
    empty = document(
        *lines("Aktionsplan"), table(["Nr.", "Maßnahme", "Indikatoren", "Zuständigkeit"], ["", "", "", ""])
    )
    (problem,) = [p for p in empty.problems if p.code == "table_without_measures"]
    assert problem.page == 1
    assert empty.status == "review"


def test_every_word_is_on_exactly_one_account() -> None:
    found = document(
        *lines("Aktionsplan Lärm", style=TITLE),
        *lines("Mitwirkende: Stadtwerke, Tiefbauamt"),
        *lines("Verkehr", style=HEADING),
        table(HEADER, ROW),
        *lines(TEXT),
        table(["Jahr", "Fahrzeuge"], ["2024", "12.000"]),
    )
    ledger = found.ledger
    assert ledger.unassigned == []
    assert ledger.words == ledger.paper + ledger.plan + ledger.prose + ledger.tables + ledger.furniture
    assert "counted_twice" not in {problem.code for problem in found.problems}
    assert min(ledger.plan, ledger.prose, ledger.tables) > 0


def test_a_heading_that_names_a_field_is_not_the_title() -> None:
    plan = plan_of(
        *lines("Handlungsfeld 1: Verkehr", style=HEADING), table(HEADER, ROW),
        *lines("Handlungsfeld 2: Lärm", style=HEADING), table(HEADER, ROW),
    )  # fmt: skip
    assert plan.title is None
    assert [measure.field_of_action for measure in plan.measures] == ["Verkehr", "Lärm"]


def test_headings_with_places_in_the_outline_are_two() -> None:
    tight = ParagraphStyle("tight", parent=HEADING, spaceBefore=0, spaceAfter=0)
    plan = plan_of(
        *lines("Aktionsplan Lärm", style=TITLE), *lines(TEXT),
        *lines("2 Unsere Handlungsfelder", "2.1 Handlungsfeld Verkehr", style=tight), table(HEADER, ROW),
    )  # fmt: skip
    assert plan.measures[0].field_of_action == "Verkehr"


def test_codes_before_the_measures_of_a_table_are_their_numbers() -> None:
    rows = [["Lärm", f"M {n} Bau einer Wand {n}", "Pegel sinkt", "Tiefbauamt"] for n in (1, 2, 3)]
    plan = plan_of(table(HEADER, *rows))
    assert [(m.number, m.measure) for m in plan.measures] == [(f"M {n}", f"Bau einer Wand {n}") for n in (1, 2, 3)]


def test_a_measure_that_begins_with_a_figure_keeps_it() -> None:
    rows = [["Lärm", what, "Pegel sinkt", "Tiefbauamt"] for what in ("30 Bänke am Fluss", "5 neue Busse", "Wege")]
    plan = plan_of(table(HEADER, *rows))
    assert [measure.measure for measure in plan.measures] == ["30 Bänke am Fluss", "5 neue Busse", "Wege"]
