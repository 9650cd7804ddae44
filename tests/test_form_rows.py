"""Forms without rules: labels beside their texts, and white space between the forms."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

import ratsplan
from schemas.records import Measure, Plan

BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=9, leading=10.8)
LABEL = ParagraphStyle("label", parent=BODY, fontName="Helvetica-Bold")
TITLE = ParagraphStyle("title", parent=BODY, fontSize=15, leading=20)
ROAD = "Die Stadt baut zwölf Kilometer neue Radwege und verbindet damit die Ortsteile miteinander, auch über die Bahn."
FORM = {
    "Handlungsfeld": "Verkehr",
    "Maßnahme": "Ausbau der Radwege",
    "Kurzbeschreibung": ROAD,
    "Verantwortlich für die Umsetzung": "Tiefbauamt",
    "Zeitraum": "2025 bis 2028",
    "Kosten": "250.000 €",
}


def measures(count: int, above: float, labels: float) -> Sequence[Measure]:
    """What is read of `count` forms below `above` points of white space, with labels in a column of `labels` points."""
    story: list[object] = [Paragraph("Maßnahmenkatalog Klimaanpassung", TITLE), Spacer(1, above)]
    style = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 1.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5),
    ]
    for number in range(1, count + 1):
        texts = FORM | {"Maßnahme": f"{FORM['Maßnahme']} {number}"}
        rows = [[Paragraph(label, LABEL), Paragraph(text, BODY)] for label, text in texts.items()]
        story += [Table(rows, colWidths=[labels, 480 - labels], style=style), Spacer(1, 14)]
    file = io.BytesIO()
    SimpleDocTemplate(file, leftMargin=56, rightMargin=56).build(story)
    plan = ratsplan.extract(file.getvalue()).plan
    assert plan is not None
    return plan.measures


@pytest.mark.parametrize("labels", [125, 165])
@pytest.mark.parametrize("above", range(0, 560, 80))
def test_each_label_begins_a_row_wherever_the_page_ends(above: float, labels: float) -> None:
    read = measures(8, above, labels)
    assert [measure.measure for measure in read] == [f"Ausbau der Radwege {number}" for number in range(1, 9)]
    for measure in read:
        assert measure.columns == FORM | {"Maßnahme": measure.measure}
        assert list(measure.columns) == list(FORM)


def read(html: str) -> Plan:
    """The plan that is read of a page in HTML."""
    try:
        from weasyprint import HTML
    except OSError:
        pytest.skip("WeasyPrint needs the libraries of Pango")
    style = "@page{size:A4;margin:20mm} body{font:10pt sans-serif} table{border-collapse:collapse}"
    style += "td{border:1px solid;width:50%}"
    plan = ratsplan.extract(HTML(string=f"<style>{style}</style>{html}").write_pdf()).plan
    assert plan is not None
    return plan


def test_labels_in_rows_of_their_own_stand_above_their_texts() -> None:
    form = """<table style="width:100%"><tr><td colspan=2><b>1.{n} Trinkbrunnen {n}</b></td></tr>
        <tr><td colspan=2><b>Kurzbeschreibung</b></td></tr><tr><td colspan=2>Die Karte wird gedruckt.</td></tr>
        <tr><td><b>Verantwortliche Stelle</b></td><td><b>Ressourcen</b></td></tr>
        <tr><td>Gesundheitsamt</td><td>2.500 Euro</td></tr>
        <tr><td colspan=2><b>Messgrößen</b></td></tr><tr><td colspan=2>Zahl der Brunnen</td></tr></table><p></p>"""
    plan = read("<h1>Hitzeaktionsplan</h1>" + "".join(form.format(n=n) for n in (1, 2, 3)))
    assert [(m.number, m.measure) for m in plan.measures] == [(f"1.{n}", f"Trinkbrunnen {n}") for n in (1, 2, 3)]
    for measure in plan.measures:
        assert measure.columns == {
            "Kurzbeschreibung": "Die Karte wird gedruckt.",
            "Verantwortliche Stelle": "Gesundheitsamt",
            "Ressourcen": "2.500 Euro",
            "Messgrößen": "Zahl der Brunnen",
        }


def lines(number: int) -> str:
    return f"""<h3>1.{number} Datenplattform {number}</h3><div><b>Beschreibung:</b> Alles wird offen.</div>
        <div><b>Federführung:</b> Bauhof</div><div><b>Beteiligte:</b> Feuerwehr, Stadtwerke</div>
        <div><b>Kosten:</b> 500 Euro</div>"""


def test_a_heading_with_its_label_names_the_field_of_the_forms_below_it() -> None:
    fields = ("Umwelt", "Mobilität")
    plan = read("<h1>Strategie</h1>" + "".join(f"<h2>Handlungsfeld: {f}</h2>{lines(1)}{lines(2)}" for f in fields))
    assert [m.field_of_action for m in plan.measures] == ["Umwelt", "Umwelt", "Mobilität", "Mobilität"]
    assert [m.measure for m in plan.measures] == ["Datenplattform 1", "Datenplattform 2"] * 2


def test_those_who_take_part_in_a_measure_are_no_contributors_of_the_plan() -> None:
    assert read(f"<h1>Strategie</h1>{lines(1)}{lines(2)}").contributors == []


def test_unknown_labels_that_are_set_as_known_ones_are_labels() -> None:
    boxes = {
        "Beschreibung": "Alles wird offen.",
        "Federführung": "Bauhof",
        "Synergien": "Keine bekannt.",
        "Kosten": "9 Euro",
    }
    form = "".join(f"<div><b>{label}</b></div><div>{text}</div>" for label, text in boxes.items())
    plan = read("<h1>Maßnahmen</h1>" + "".join(f"<h3>Plattform {n}</h3>{form}" for n in range(4)))
    assert [measure.columns for measure in plan.measures] == [boxes] * 4


def test_a_form_of_which_two_rows_stand_at_the_end_of_a_page_keeps_them() -> None:
    row = "<tr><td><b>{}</b></td><td>{}</td></tr>"
    boxes = {
        "Bereich X": "Wasser",
        "Maßnahmenbeschreibung": "Sand wird gefüllt.",
        "Verantwortlich": "Bauhof",
        "Kosten": "5 Euro",
    }
    rows = "".join(row.format(*box) for box in boxes.items())
    form = "<table style='width:100%'><tr><td colspan=2><b>Maßnahme {n}: Damm</b></td></tr>{rows}</table><p></p>"
    for above in range(0, 90, 10):
        forms = "".join(form.format(n=n, rows=rows) for n in range(1, 15))
        plan = read(f"<h1>Bedarfsplan</h1><div style='height:{above}pt'></div>{forms}")
        assert [(m.number, m.measure) for m in plan.measures] == [(str(n), "Damm") for n in range(1, 15)]
        assert all(measure.columns == boxes for measure in plan.measures)


def test_a_title_over_all_columns_is_no_label_though_it_begins_like_one() -> None:
    form = "<table style='width:100%'><tr><td colspan=2>Förderung der Vereine {n}</td></tr>" + "".join(
        f"<tr><td><b>{label}</b></td><td>{text}</td></tr>"
        for label, text in {"Ziel": "Mehr Ehrenamt", "Federführung": "Kulturamt", "Kosten": "9 Euro"}.items()
    )
    plan = read("<h1>Kulturplan</h1>" + "".join(f"{form.format(n=n)}</table><p></p>" for n in (1, 2)))
    assert [measure.measure for measure in plan.measures] == ["Förderung der Vereine 1", "Förderung der Vereine 2"]


def test_a_label_that_a_narrow_cell_broke_without_a_hyphen_is_one_word() -> None:
    rows = {"Kurzbeschreib<br>ung": "Alles wird offen.", "Federführung": "Bauhof", "Kosten": "9 Euro"}
    form = "".join(f"<tr><td><b>{label}</b></td><td>{text}</td></tr>" for label, text in rows.items())
    plan = read("<h1>Plan</h1>" + "".join(f"<h3>Plattform {n}</h3><table>{form}</table>" for n in (1, 2)))
    assert [measure.description for measure in plan.measures] == ["Alles wird offen."] * 2


NAMES = ("Anger", "Bahnhof", "Kanal", "Rathaus", "Ufer")
BOXES = {"Synergien": "Keine am {}.", "Beschreibung": "{} wird neu.", "Zuständigkeit": "Amt {}", "Kosten": "9 Euro"}


def pages(form: str) -> Plan:
    """The plan of five forms, each at the top of a page, with one of the names in its texts."""
    sections = "".join(f"<section>{form.replace('{}', name)}</section>" for name in NAMES)
    return read(f"<style>section{{break-before:page}}</style>{sections}")


@pytest.mark.parametrize("weight", ["bold", "normal"])
def test_labels_above_their_texts_are_read_on_the_top_of_every_page(weight: str) -> None:
    boxes = {"Maßnahme": "Steg {}"} | {label: text for label, text in BOXES.items() if label != "Synergien"}
    label = f"<div style='font-weight:{weight}'>"
    plan = pages("".join(f"{label}{name}</div><div>{text}</div>" for name, text in boxes.items()))
    assert [measure.measure for measure in plan.measures] == [f"Steg {name}" for name in NAMES]
    assert [measure.description for measure in plan.measures] == [f"{name} wird neu." for name in NAMES]


def test_labels_beside_their_texts_are_read_on_the_top_of_every_page() -> None:
    cell = "<td style='border:0;padding-right:1em'>"
    rows = "".join(f"<tr>{cell}<b>{label}:</b></td>{cell}{text}</td></tr>" for label, text in BOXES.items())
    plan = pages(f"<h3>Steg {{}}</h3><table>{rows}</table>")
    assert [measure.measure for measure in plan.measures] == [f"Steg {name}" for name in NAMES]
    for name, measure in zip(NAMES, plan.measures, strict=True):
        assert measure.columns == {label: text.replace("{}", name) for label, text in BOXES.items()}


def test_a_heading_is_the_measure_where_each_form_has_one() -> None:
    form = "<table><tr><td>Was ist zu tun?</td><td>Alles wird offen.</td></tr><tr><td>Wer</td><td>Bauhof</td></tr>"
    form += "<tr><td>Kosten</td><td>9 Euro</td></tr></table>"
    plan = read("<h1>Plan</h1>" + "".join(f"<h3>M {n} Plattform</h3>{form}" for n in (1, 2, 3)))
    assert [(m.number, m.measure) for m in plan.measures] == [(f"M {n}", "Plattform") for n in (1, 2, 3)]
    assert all(measure.description == "Alles wird offen." for measure in plan.measures)


def test_a_label_that_may_mean_several_things_means_what_its_texts_are() -> None:
    rows = {
        "Ziel": "Mehr Wohnungen",
        "Umsetzung": "Die {} wird saniert und neu vermietet.",
        "Verantwortung": "Bauamt",
        "Kosten": "9 Euro",
    }
    form = "".join(f"<tr><td><b>{label}</b></td><td>{text}</td></tr>" for label, text in rows.items())
    plan = pages(f"<h3>Haus {{}}</h3><table>{form}</table>")
    assert {measure.responsibility_text for measure in plan.measures} == {"Bauamt"}
    assert [measure.description for measure in plan.measures] == [
        f"Die {name} wird saniert und neu vermietet." for name in NAMES
    ]
