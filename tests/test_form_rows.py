"""Forms without rules: labels beside their texts, and white space between the forms."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

import ratsplan
from schemas.records import Measure

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
