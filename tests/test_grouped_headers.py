"""Headers of two lines above a table without vertical rules."""

from __future__ import annotations

import pytest

import ratsplan

STYLE = """@page{size:A4 landscape;margin:20mm} body{font:9pt sans-serif} table{width:100%;border-collapse:collapse}
td,th{text-align:left;vertical-align:top;border-top:1px solid;padding:4px;width:20%} .no{border:0}"""
HEAD = """<tr><th>Projekt / Maßnahme</th><th>Zielindikator</th><th colspan=2>Beteiligte</th><th>Kosten</th></tr>
<tr><th class=no></th><th class=no></th><th>Träger</th><th>weitere Akteure</th><th class=no></th></tr>"""
ROWS = [
    ("Umbau des Platzes", "Platz fertig", "Bauamt", "Gewerbeverein", "keine"),
    (
        "Rückbau der Halle",
        "Fläche frei",
        "Amt für Stadtplanung",
        "Sanierungsträger, Eigentümerinnen und Eigentümer",
        "5 Euro",
    ),
    ("Grünzug am Bach", "Bäume am Bach", "Grünflächenamt", "Stadtwerke", "9 Euro"),
]


def test_columns_below_one_label_are_read_by_the_labels_of_the_second_line() -> None:
    try:
        from weasyprint import HTML
    except OSError:
        pytest.skip("WeasyPrint needs the libraries of Pango")
    rows = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in ROWS)
    html = f"<style>{STYLE}</style><h1>Entwicklungskonzept</h1><table>{HEAD}{rows}</table>"
    plan = ratsplan.extract(HTML(string=html).write_pdf()).plan
    assert plan is not None
    read = [(m.measure, m.indicators[0].text, m.responsibility_text, m.cost) for m in plan.measures]
    assert read == [(what, seen, who, cost) for what, seen, who, _, cost in ROWS]
    assert [measure.columns["Beteiligte weitere Akteure"] for measure in plan.measures] == [row[3] for row in ROWS]
