"""Plans and forms as designers set them: cards, bars beside texts, rows of small labels, titles in their own rows."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

import ratsplan
from schemas.records import Document, Measure

STYLE = """@page{size:A4;margin:18mm} body{font:9pt sans-serif} p,h1,h2,h3{margin:0 0 4pt} .l{font-size:7pt;color:#086}
td{vertical-align:top;padding:2pt 4pt} table{border-collapse:collapse;width:100%} .grid td{border:1px solid}
.card{width:48%;float:left;margin-right:2%;height:52mm} .row{clear:both}"""
NAMES = ["Radwege ausbauen", "Schulhof begrünen", "Ampeln umrüsten", "Busse takten"]
OFFICES = ["Tiefbauamt", "Schulamt", "Ordnungsamt", "Stadtwerke"]
YEARS = ["2026", "2027", "2028", "2029"]


def document(body: str) -> Document:
    """What is read of a document in HTML."""
    try:
        from weasyprint import HTML
    except OSError:
        pytest.skip("WeasyPrint needs the libraries of Pango")
    return ratsplan.extract(HTML(string=f"<style>{STYLE}</style>{body}").write_pdf(), name="plan.pdf")


def measures(body: str) -> list[Measure]:
    plan = document(body).plan
    assert plan is not None
    return plan.measures


def each(form: str, count: int = 4) -> str:
    """A form for each measure, with its name, office, year and number put in."""
    values = zip(NAMES, OFFICES, YEARS, range(1, count + 1), strict=False)
    return "".join(form.format(name=name, office=office, year=year, n=n) for name, office, year, n in values)


def told(found: Iterable[Measure]) -> list[tuple[str | None, str | None, str | None]]:
    return [(m.measure, m.responsibility_text, m.columns.get("Zeitraum")) for m in found]


EXPECTED = list(zip(NAMES, OFFICES, YEARS, strict=True))
BOXES = "<tr><td><b>Zuständig</b></td><td>{office}</td></tr><tr><td><b>Zeitraum</b></td><td>{year}</td></tr>"
CARD = f"""<div class=card><h3>{{n}} {{name}}</h3><p class=l>Stadt im Wandel</p><p>Alles wird ab {{year}} schöner</p>
    <table>{BOXES}<tr><td><b>Kosten</b></td><td>5.000 €</td></tr></table></div>"""


def test_cards_side_by_side_are_forms_row_by_row() -> None:
    found = measures("<h1>Maßnahmen der Stadt Neuental im Überblick für alle Menschen</h1>" + each(CARD))
    assert told(found) == EXPECTED
    assert [m.number for m in found] == ["1", "2", "3", "4"]
    assert [m.description for m in found] == [f"Alles wird ab {year} schöner" for year in YEARS]


@pytest.mark.parametrize("sign", ["", " –", ":", " |"])
def test_a_count_before_the_titles_is_the_number_whatever_parts_them(sign: str) -> None:
    sheet = f"<h2>{{n}}{sign} {{name}}</h2><table>{BOXES}<tr><td><b>Ziel</b></td><td>Es wird schöner</td></tr></table>"
    found = measures("<h1>Maßnahmen</h1>" + each(sheet))
    assert told(found) == EXPECTED
    assert [m.number for m in found] == ["1", "2", "3", "4"]


def test_what_cards_say_again_and_again_below_their_titles_is_their_field_of_action() -> None:
    body = each(CARD).replace("Stadt im Wandel", "Gute Schule", 2)
    found = measures("<h1>Maßnahmen der Stadt Neuental im Überblick für alle Menschen</h1>" + body)
    assert [m.field_of_action for m in found] == ["Gute Schule"] * 2 + ["Stadt im Wandel"] * 2


def test_a_bar_beside_the_texts_belongs_to_the_form_at_its_height() -> None:
    bar = "<p class=l>Zuständigkeit</p><p>{office}</p><p class=l>Zeitraum</p><p>{year}</p>"
    texts = "<h2>{name}</h2><p><b>Beschreibung</b></p><p>Ab {year} für alle Menschen.</p><p><b>Ziel</b></p><p>Ruhe</p>"
    for left, right in ((bar, texts), (texts, bar)):
        form = f"<table><tr><td style='width:45%;height:60mm'>{left}</td><td>{right}</td></tr></table>"
        found = measures("<h1>Steckbriefe des Mobilitätsplans der Stadt Neuental am Fluss</h1>" + each(form))
        assert told(found) == EXPECTED
        assert [m.description for m in found] == [f"Ab {year} für alle Menschen." for year in YEARS]
        assert {m.goal for m in found} == {"Ruhe"}


def test_a_title_that_runs_over_the_bar_is_the_title() -> None:
    long = "{name} im ganzen Gebiet der Stadt mit allen Ortsteilen"
    form = f"""<h2>{long}</h2><table><tr><td style='width:60%;height:50mm'><p class=l>Beschreibung</p><p>Neu.</p></td>
        <td><p class=l>Zuständigkeit</p><p>{{office}}</p><p class=l>Zeitraum</p><p>{{year}}</p></td></tr></table>"""
    titles = [long.format(name=name) for name in NAMES]
    short = each(form).replace(" im ganzen Gebiet der Stadt mit allen Ortsteilen", "", 3)
    assert [m.measure for m in measures(short)] == [*NAMES[:3], titles[3]]


def test_rows_of_small_labels_stand_above_their_texts() -> None:
    cells = "".join(f"<td><p class=l>{label}</p><p>{text}</p></td>" for label, text in (
        ("Zuständigkeit", "{office}"), ("Zeitraum", "{year}"), ("Kosten", "5.000 €")))  # fmt: skip
    form = f"""<h2>SP {{n}} · {{name}}</h2><table><tr>{cells}</tr></table><p class=l>Beschreibung</p>
        <p>Ab {{year}} wird es überall in der Stadt und ihren Ortsteilen besser, auch für die Menschen vom Land.</p>"""
    found = measures("<h1>Quartierskonzept</h1>" + each(form))
    assert told(found) == EXPECTED
    assert [m.number for m in found] == ["SP 1", "SP 2", "SP 3", "SP 4"]


def test_a_header_of_known_labels_on_each_page_is_no_row_of_labels() -> None:
    header = "<tr><td class=l>Träger</td><td class=l>Zeitraum</td><td class=l>Kosten</td></tr>"
    rows = each("<tr><td>{office}</td><td>{year}</td><td>500 €</td></tr>")
    assert document("<h1>Zuwendungen</h1>" + f"<table style='break-after:page'>{header}{rows}</table>" * 3).plan is None


GRID = f"<table class=grid>{{title}}{BOXES}<tr><td><b>Ziel</b></td><td>Ruhe</td></tr></table><p>&nbsp;</p>"


def test_a_code_left_of_the_title_is_the_number_of_the_form_that_it_begins() -> None:
    form = GRID.replace("{title}", "<tr><td>P{n}</td><td style='font-size:13pt'>{name}</td></tr>")
    found = measures("<h1>Projektblätter</h1>" + each(form))
    assert [(m.number, m.measure) for m in found] == [(f"P{n}", name) for n, name in enumerate(NAMES, 1)]


def test_a_banner_with_a_count_is_the_number_where_a_box_names_the_measure() -> None:
    banner = (
        "<tr><td colspan=2><b>Maßnahmenblatt Nr. {n}</b></td></tr><tr><td><b>Bezeichnung</b></td><td>{name}</td></tr>"
    )
    found = measures("<h1>Maßnahmenblätter</h1>" + each(GRID.replace("{title}", banner)))
    assert [(m.number, m.measure) for m in found] == [(str(n), name) for n, name in enumerate(NAMES, 1)]


def test_a_label_that_each_form_prints_twice_begins_no_form() -> None:
    twice = "<tr><td><b>Quelle</b></td><td>Haushalt</td></tr><tr><td><b>Quelle</b></td><td>Land</td></tr>"
    title = "<tr><td><b>Maßnahme</b></td><td>{name}</td></tr>"
    found = measures("<h1>Maßnahmen</h1>" + each(GRID.replace("{title}", title + twice)))
    assert told(found) == EXPECTED
    assert {(m.columns["Quelle"], m.columns["Quelle (2)"]) for m in found} == {("Haushalt", "Land")}


def test_a_text_beside_its_label_is_no_label_though_it_reads_like_one() -> None:
    plain = GRID.replace("<b>", "").replace("</b>", "")
    title = "<tr><td>Projektname</td><td>{name}</td></tr><tr><td>Projektstatus</td><td>Leistungsbeschreibung</td></tr>"
    found = measures("<h1>Projekte</h1>" + each(plain.replace("{title}", title)))
    assert {m.columns["Projektstatus"] for m in found} == {"Leistungsbeschreibung"}


def test_titles_in_rows_of_their_own_name_the_measures_below_them() -> None:
    header = "<tr><td>Kurzbeschreibung</td><td>Federführung</td><td>Zeitraum</td></tr>"
    rows = (
        "<tr><td colspan=3><b>Maßnahme {n}: {name}</b></td></tr><tr><td>Neu.</td><td>{office}</td><td>{year}</td></tr>"
    )
    found = measures(f"<h1>Integrationskonzept</h1><table class=grid>{header}{each(rows)}</table>")
    assert told(found) == EXPECTED
    assert {(m.number, m.description) for m in found} == {(str(n), "Neu.") for n in range(1, 5)}


def test_a_field_of_action_above_several_measures_is_no_title_of_one() -> None:
    header = "<tr><td>Kurzbeschreibung</td><td>Federführung</td><td>Zeitraum</td></tr>"
    rows = each("<tr><td>{name}</td><td>{office}</td><td>{year}</td></tr>").split("</tr>")
    fields = [f"<tr><td colspan=3><b>{field}</b></td></tr>" for field in ("Verkehr", "Umwelt")]
    body = "</tr>".join([fields[0] + rows[0], *rows[1:2], fields[1] + rows[2], *rows[3:]])
    found = measures(f"<h1>Maßnahmenplan</h1><table class=grid>{header}{body}</table>")
    assert told(found) == EXPECTED
    assert [m.field_of_action for m in found] == ["Verkehr", "Verkehr", "Umwelt", "Umwelt"]


def test_a_small_table_below_a_label_is_its_text() -> None:
    steps = "".join(
        f"<tr><td>{step}</td><td>{day}</td></tr>" for step, day in (("Konzept", "06/2026"), ("Bau", "09/2027"))
    )
    steps = f"<table style='border-top:1px solid'>{steps}</table>"
    form = f"""<h2>S-{{n}} {{name}}</h2><p><b>Beschreibung</b></p><p>Neu.</p><p><b>Zuständigkeit</b></p>
        <p>{{office}}</p><p><b>Meilensteine</b></p>{steps}<p><b>Zeitraum</b></p><p>{{year}}</p>"""
    contents = "".join(f"<tr><td>S-{n}</td><td>{name}</td><td>{n + 1}</td></tr>" for n, name in enumerate(NAMES, 1))
    opening = (
        f"<h2>Übersicht der Steckbriefe</h2><table class=grid>{contents}</table><div style='break-after:page'></div>"
    )
    found = measures(opening + each(form))
    assert told(found) == EXPECTED
    assert {m.columns["Meilensteine"] for m in found} == {"Konzept 06/2026 Bau 09/2027"}


def test_a_text_below_the_last_label_describes_the_measure() -> None:
    form = """<h3 style='font-size:10pt'>{n}.1 {name}</h3><p style='font-size:8pt'><b>Zuständig:</b> {office} |
        <b>Zeitraum:</b> {year} | <b>Kosten:</b> 9 €</p>
        <p style='font-size:10pt'>Zwei neue Wege an {n} Orten der Stadt</p>"""
    found = measures("<h1 style='font-size:14pt'>Maßnahmenprogramm</h1>" + each(form))
    assert told(found) == EXPECTED
    assert [m.description for m in found] == [f"Zwei neue Wege an {n} Orten der Stadt" for n in range(1, 5)]


def test_a_heading_with_a_number_is_the_title_above_a_longer_recommendation() -> None:
    rows = "".join(f"<tr><td style='width:30%'><i>{label}:</i></td><td>{text}</td></tr>" for label, text in (
        ("Empfehlung", "Die Stadt soll bis zum Jahr {year} alles dafür tun."), ("Ziel", "Ruhe"),
        ("Zuständigkeit", "{office}"), ("Zeitraum", "{year}")))  # fmt: skip
    found = measures("<h1>Altenplan</h1>" + each(f"<h3>A{{n}} {{name}}</h3><table>{rows}</table>"))
    assert told(found) == EXPECTED
    assert [m.description for m in found] == [f"Die Stadt soll bis zum Jahr {year} alles dafür tun." for year in YEARS]


def test_rows_of_labels_above_a_bold_title_begin_a_form_on_the_next_page_as_well() -> None:
    form = """<table class=grid><tr><td class=l>Nummer</td><td class=l>Maßnahme</td></tr>
        <tr><td>1/0{n}</td><td><b>{name}</b></td></tr>
        <tr><td class=l>Zuständigkeit</td><td class=l>Zeitraum</td></tr><tr><td>{office}</td><td>{year}</td></tr>
        </table><div style='break-after:page'></div>"""
    found = measures("<h1>Maßnahmendokumentation</h1>" + each(form))
    assert told(found) == EXPECTED
    assert [m.number for m in found] == [f"1/0{n}" for n in range(1, 5)]


def test_a_large_heading_in_two_pieces_ends_a_table_without_rules() -> None:
    header = "<tr style='color:#777'><td>Maßnahme</td><td>Ziel</td><td>Zuständigkeit</td><td>Zeitraum</td></tr>"
    rows = "<tr><td>{name}</td><td>Ruhe</td><td>{office}</td><td>{year}</td></tr>"
    part = (
        f"<p style='font-size:13pt'>Handlungsfeld {{f}} &ensp; <b>{{field}}</b></p><table>{header}{each(rows)}</table>"
    )
    found = measures("<h1>Stadtumbau</h1>" + part.format(f=1, field="Kern") + part.format(f=2, field="Rand"))
    assert [(m.measure, m.field_of_action) for m in found] == [(n, f) for f in ("Kern", "Rand") for n in NAMES]


def test_what_tells_the_day_of_a_decision_is_no_field_of_action() -> None:
    header = "<tr><td><b>Maßnahme</b></td><td><b>Zuständigkeit</b></td><td><b>Zeitraum</b></td></tr>"
    rows = "<tr><td>{name}</td><td>{office}</td><td>{year}</td></tr>"
    opening = "<h1>Aktionsplan</h1><h2 style='font-size:11pt'>Beschlossen vom Rat am 16.10.2025</h2>"
    found = measures(f"{opening}<table class=grid>{header}{each(rows)}</table>")
    assert {m.field_of_action for m in found} == {None}


def test_an_annex_that_prints_the_number_of_its_paper_is_a_plan() -> None:
    header = "<tr><td><b>Vorschlag</b></td><td><b>Zuständigkeit</b></td><td><b>Zeitraum</b></td></tr>"
    rows = each("<tr><td>{name}</td><td>{office}</td><td>{year}</td></tr>")
    opening = "<p style='text-align:right'>Vorlage Nr. FA/0412/2025<br>Anlage 2</p><h1>Vorschläge</h1>"
    assert told(measures(f"{opening}<table class=grid>{header}{rows}</table>")) == EXPECTED


PROSE = (
    "<p>Die Stadt hat im vergangenen Jahr mit vielen Menschen über ihre Zukunft gesprochen und Schlüsse gezogen.</p>"
    * 4
)
BAR = """<h2>{name}</h2><table style='height:50mm'><tr><td style='width:30%'><p class=l>Zuständigkeit</p><p>{office}</p>
    <p class=l>Zeitraum</p><p>{year}</p></td><td><p><b>Beschreibung</b></p><p>Ab {year} für alle.</p>
    <p><b>Ziel</b></p><p>Ruhe</p></td></tr></table>"""


@pytest.mark.parametrize("card", [CARD, BAR], ids=["cards", "bars"])
def test_headings_between_cards_name_their_fields_and_prose_around_them_is_none(card: str) -> None:
    cards = [card.format(name=n, office=o, year=y, n=k) for k, (n, o, y) in enumerate(EXPECTED, 1)]
    field = "<h1 class=row style='font-size:15pt'>Handlungsfeld {}: {}</h1>"
    body = field.format(1, "Verkehr") + "".join(cards[:2]) + field.format(2, "Umwelt") + "".join(cards[2:])
    found = document(
        f"<h1 style='font-size:20pt'>Aktionsplan Neuental</h1>{PROSE}{body}<h1 class=row>Ausblick</h1>{PROSE}"
    )
    assert found.plan is not None
    assert told(found.plan.measures) == EXPECTED
    assert [m.field_of_action for m in found.plan.measures] == ["Verkehr", "Verkehr", "Umwelt", "Umwelt"]
    assert found.plan.title == "Aktionsplan Neuental"
    assert found.ledger.prose > 100


def test_a_text_that_goes_on_beside_no_bar_on_the_next_page_is_one() -> None:
    long = " ".join(f"{{name}} heißt, dass {n} Dinge geschehen." for n in range(110))
    form = BAR.replace("Ab {year} für alle.", long).replace("50mm", "240mm") + "<div style='break-after:page'></div>"
    found = measures("<h1>Steckbriefe</h1>" + each(form))
    assert told(found) == EXPECTED
    assert [m.description for m in found] == [long.format(name=name) for name in NAMES]
    assert {m.goal for m in found} == {"Ruhe"}


def test_a_label_that_nothing_sets_off_is_told_by_standing_in_each_form() -> None:
    form = """<h3>M {n} {name}</h3><p>Beschreibung</p><p>Ab {year} für alle Menschen der Stadt.</p><p>Zuständigkeit</p>
        <p>{office}</p><p>CO2-Minderung</p><p>{n} Tonnen</p><p>Zeitraum</p><p>{year}</p><p>Kosten</p><p>{n} Euro</p>"""
    found = measures("<h1>Klimaschutzkonzept</h1>" + each(form))
    assert told(found) == EXPECTED
    assert [m.columns["CO2-Minderung"] for m in found] == [f"{n} Tonnen" for n in range(1, 5)]


def test_what_each_form_says_right_below_a_label_is_its_text() -> None:
    form = """<h3>M {n} {name}</h3><p>Beschreibung</p><p>Ab {year} für alle Menschen der Stadt.</p><p>Zuständigkeit</p>
        <p>Klimaschutzmanagement</p><p>Zeitraum</p><p>{year}</p><p>Kosten</p><p>{n} Euro</p>"""
    found = measures("<h1>Klimaschutzkonzept</h1>" + each(form))
    assert [m.responsibility_text for m in found] == ["Klimaschutzmanagement"] * 4


def test_labels_in_bold_beside_their_texts_in_one_cell_are_labels() -> None:
    rows = "".join(f"<tr><td><b>{label}</b> &emsp; {text}</td></tr>" for label, text in (
        ("Ziel", "Ruhe"), ("Zuständigkeit", "{office}"), ("Zeitraum", "{year}"), ("Kosten", "9 €")))  # fmt: skip
    code = "<tr><td rowspan=5 style='width:15mm'><b>H1.{n}</b></td><td><b>{name}</b></td></tr>"
    found = measures("<h1>Maßnahmenblätter</h1>" + each(f"<table class=grid>{code}{rows}</table><p>&nbsp;</p>"))
    assert told(found) == EXPECTED
    assert [m.number for m in found] == [f"H1.{n}" for n in range(1, 5)]


def test_a_row_over_all_columns_above_the_labels_names_the_field_of_action() -> None:
    header = "<tr><td><b>Maßnahme</b></td><td><b>Zuständigkeit</b></td><td><b>Zeitraum</b></td></tr>"
    rows = each("<tr><td>{name}</td><td>{office}</td><td>{year}</td></tr>")
    tables = "".join(f"<table class=grid><tr><td colspan=3><b>{f}</b></td></tr>{header}{rows}</table><p>&nbsp;</p>"
                     for f in ("Handlungsfeld 1: Verkehr", "Handlungsfeld 2: Umwelt"))  # fmt: skip
    found = measures(f"<h1>Aktionsplan</h1>{tables}")
    assert [(m.measure, m.field_of_action) for m in found] == [(n, f) for f in ("Verkehr", "Umwelt") for n in NAMES]


def test_a_source_below_a_table_without_rules_is_no_row() -> None:
    header = "<tr><td><b>Maßnahme</b></td><td><b>Zuständigkeit</b></td><td><b>Zeitraum</b></td></tr>"
    rows = each("<tr><td>{name}</td><td>{office}</td><td>{year}</td></tr>")
    found = measures(f"<h1>Aktionsplan</h1><table>{header}{rows}</table><p>Quelle: eigene Darstellung</p>")
    assert told(found) == EXPECTED


def test_a_title_in_the_middle_of_a_table_names_the_field_of_action() -> None:
    header = "<tr><td><i>Maßnahme</i></td><td><i>Zuständigkeit</i></td><td><i>Zeitraum</i></td></tr>"
    rows = each("<tr><td>{name}</td><td>{office}</td><td>{year}</td></tr>")
    band = "<tr><td colspan=3 style='text-align:center'><b>{}</b></td></tr>"
    body = band.format("Verkehr und Wege") + rows + band.format("Umwelt, Natur und Landschaft") + rows
    found = measures(f"<h1>Aktionsplan</h1><table>{header}{body}</table>")
    fields = ("Verkehr und Wege", "Umwelt, Natur und Landschaft")
    assert [(m.measure, m.field_of_action) for m in found] == [(n, f) for f in fields for n in NAMES]


def test_labels_of_a_bar_beside_those_of_the_texts_are_no_header() -> None:
    texts = (
        "<p><b>Warum?</b></p><p>Es fehlt an Platz.</p><p><b>Was?</b></p><p>Alles neu.</p><p><b>Wozu?</b></p><p>Ruhe</p>"
    )
    bar = (
        "<p class=l>Leitung</p><p>{office}</p><p class=l>Partner</p><p>Vereine</p><p class=l>Zeitraum</p><p>{year}</p>"
    )
    form = f"<h2>Projekt {{n}}: {{name}}</h2><table><tr><td style='width:65%'>{texts}</td><td>{bar}</td></tr></table>"
    found = measures("<h1>Gut ankommen</h1>" + each(form))
    assert told(found) == EXPECTED
    assert {(m.problem, m.goal) for m in found} == {("Es fehlt an Platz.", "Ruhe")}


def test_a_paper_that_prints_an_annex_at_its_top_stays_one_where_the_plan_stands_behind_it() -> None:
    header = "<tr><td><b>Vorschlag</b></td><td><b>Zuständigkeit</b></td><td><b>Zeitraum</b></td></tr>"
    rows = each("<tr><td>{name}</td><td>{office}</td><td>{year}</td></tr>")
    head = "<p>Anlage 1</p><h1>Beschlussvorlage</h1><p>Vorlage Nr.: 12/2025</p><p><b>Beschlussvorschlag:</b></p>"
    plan = f"<div style='break-before:page'><h1>Aktionsplan</h1><table class=grid>{header}{rows}</table></div>"
    found = document(f"{head}<p>Der Rat beschließt den Aktionsplan.</p>{plan}")
    assert found.paper is not None
    assert found.plan is not None
    assert told(found.plan.measures) == EXPECTED


def test_a_label_of_a_card_may_have_no_text() -> None:
    first = each(CARD.replace("5.000 €", ""), 2)
    both = first + "<p style='page-break-before:always;clear:both'></p>" + each(CARD).removeprefix(each(CARD, 2))
    found = measures("<h1>Maßnahmen der Stadt Neuental im Überblick für alle Menschen</h1>" + both)
    assert told(found) == EXPECTED
    assert [m.columns.get("Kosten", "") for m in found] == ["", "", "5.000 €", "5.000 €"]


def test_a_text_alone_in_its_frame_goes_on_with_the_label_on_the_page_before() -> None:
    rows = [("Ausgangslage", "Es fehlt an Wegen"), ("Akteure", "{office}"), ("Zeitraum", "{year}")]
    label, text = "<tr><td colspan=2><b>{}</b></td></tr>", "<tr {}><td colspan=2>{}</td></tr>"
    form = "<table class=grid style='margin-bottom:20pt'><tr><td>M {n}</td><td><b>{name}</b></td></tr>"
    form += "".join(label.format(name) + text.format("", said) for name, said in rows) + label.format("Kosten")
    whole = form + text.format("", "{name} kostet viel") + "</table>"
    cut = form + text.format("style='break-before:page'", "{name} kostet viel") + "</table>"
    found = measures("<h1>Anhang: Maßnahmenblätter</h1>" + each(cut, 2) + each(whole).removeprefix(each(whole, 2)))
    assert told(found) == EXPECTED
    assert [m.number for m in found] == ["M 1", "M 2", "M 3", "M 4"]
    assert [m.columns.get("Kosten") for m in found] == [f"{name} kostet viel" for name in NAMES]


def test_a_large_number_above_the_name_of_a_measure_begins_its_row() -> None:
    header = "<tr><td><b>Projekt</b></td><td><b>Das wollen wir tun</b></td><td><b>Wer macht's?</b></td></tr>"
    count = "<span style='font-size:15pt;color:#d30'>0{n}</span><br>"
    said = "Die Stadt geht es an und berichtet {year} darüber im Ausschuss für Umwelt und Verkehr"
    row = f"<tr><td>{count}<b>{{name}}</b></td><td style='width:40%'>{said}</td><td>{{office}}</td></tr>"
    found = measures(f"<h1>Unser Ort</h1><p>Das sind die Maßnahmen.</p><table>{header}{each(row)}</table>")
    assert [(m.number, m.measure, m.responsibility_text) for m in found] == [
        (f"0{n}", name, office) for n, (name, office) in enumerate(zip(NAMES, OFFICES, strict=True), 1)
    ]


TEMPLATE = """<table class=grid><tr><td><b>Handlungsfeld:</b><br>{field}</td>
<td><b>Maßnahmen-<br>Nummer:</b><br>M{n}</td><td><b>Maßnahmen-<br>Typ:</b><br>Technik</td>
<td><b>Dauer der<br>Maßnahme:</b><br>{year}</td></tr><tr><td colspan=4><b>Maßnahmen-Titel:</b><br>{name}</td></tr>
<tr><td colspan=4><b>Ausgangslage:</b><br>Es fehlt an Wegen</td></tr>
<tr><td colspan=4><b>Beschreibung:</b><br>Die Stadt geht es an</td></tr>
<tr><td colspan=2><b>Initiator:</b><br>{office}</td>
<td colspan=2><b>Kosten:</b><br>{n} €</td></tr></table><p>&nbsp;</p>"""


@pytest.mark.parametrize("colon", [":", ""])
@pytest.mark.parametrize("cut", [False, True])
def test_labels_above_their_texts_in_drawn_cells_are_boxes_and_head_no_columns(colon: str, cut: bool) -> None:
    template = TEMPLATE.replace(":</b>", f"{colon}</b>").replace("{field}", "Mobilität")
    if cut:  # the first row of the second form stands alone at the end of a page
        template = template.replace("<tr><td colspan=4><b>Maß", "<tr style='break-before:page'><td colspan=4><b>Maß")
    found = measures("<h1>Klimaschutzkonzept: Maßnahmenkatalog</h1>" + each(template))
    assert [(m.measure, m.responsibility_text) for m in found] == list(zip(NAMES, OFFICES, strict=True))
    assert [(m.number, m.field_of_action) for m in found] == [(f"M{n}", "Mobilität") for n in range(1, 5)]
    assert [m.columns["Maßnahmen-Typ"] for m in found] == ["Technik"] * 4
    assert [m.columns["Dauer der Maßnahme"] for m in found] == YEARS


def test_a_text_below_a_heading_that_names_the_measure_describes_it() -> None:
    sheet = """<h3>Empfehlung {n}: {name}</h3><p>Die Stadt geht es an, und der Ausschuss berät darüber.</p>
        <p><b>Zuständigkeit:</b> {office}<br><b>Zeitraum:</b> {year}<br><b>Kosten:</b> keine</p>"""
    found = measures("<h1>Jugendhilfeplanung</h1>" + each(sheet))
    assert told(found) == EXPECTED
    assert [m.number for m in found] == ["1", "2", "3", "4"]
    assert {m.description for m in found} == {"Die Stadt geht es an, und der Ausschuss berät darüber."}


def test_a_text_that_the_rules_between_rows_leave_out_is_said_of_each() -> None:
    lines = "<style>.lines td,.lines th{border-bottom:1px solid;text-align:left}</style>"
    header = "<tr><th>Ziel</th><th>Maßnahme</th><th>Zuständigkeit</th><th>Zeitraum</th></tr>"
    goals = [
        "Alle kommen mit dem Rad sicher zur Schule und zurück nach Hause",
        "Busse fahren öfter als heute und pünktlich",
    ]
    rows = [f"<tr><td>{n}</td><td>{o}</td><td>{y}</td></tr>" for n, o, y in EXPECTED]
    rows[::2] = [
        row.replace("<tr>", f"<tr><td rowspan=2 style='width:25%'>{g}</td>")
        for row, g in zip(rows[::2], goals, strict=False)
    ]
    found = measures(f"{lines}<h1>Handlungsplan</h1><table class=lines>{header}{''.join(rows)}</table>")
    assert told(found) == EXPECTED
    assert [m.goal for m in found] == [goals[0]] * 2 + [goals[1]] * 2


def test_labelled_texts_below_a_drawn_form_are_its_boxes() -> None:
    sheet = f"<h3>6.{{n}} {{name}}</h3><table class=grid>{BOXES}<tr><td>Kosten</td><td>5.000 €</td></tr></table>"
    texts = "<p><b>Beschreibung</b><br>Die Stadt geht {name} an.</p><p><b>Klimarelevanz</b><br>Sie ist hoch.</p>"
    found = measures("<h1>6 Maßnahmenkatalog</h1><h2>6.1 Verkehr</h2>" + each(sheet + texts))
    assert told(found) == EXPECTED
    assert [m.description for m in found] == [f"Die Stadt geht {name} an." for name in NAMES]
    assert [(m.columns["Klimarelevanz"], m.field_of_action) for m in found] == [("Sie ist hoch.", "Verkehr")] * 4


def test_prose_below_a_drawn_form_without_labels_is_none_of_it() -> None:
    sheet = f"<h3>6.{{n}} {{name}}</h3><table class=grid>{BOXES}<tr><td>Kosten</td><td>5.000 €</td></tr></table>"
    found = measures("<h1>6 Maßnahmenkatalog</h1>" + each(sheet + "<p>Der Rat hat {year} darüber beraten.</p>"))
    assert told(found) == EXPECTED
    assert {len(m.columns) for m in found} == {3}


def test_a_line_above_the_title_says_number_and_field_of_action() -> None:
    line = (
        "<p style='font-size:8pt;margin:0'>Maßnahme 3.{n}<span style='float:right'>Handlungsfeld Mobilität</span></p>"
    )
    sheet = f"{line}<h2>{{name}}</h2><table>{BOXES}<tr><td><b>Ziel</b></td><td>Es wird schöner</td></tr></table>"
    found = measures("<h1>Klimaanpassungskonzept</h1>" + each(sheet))
    assert told(found) == EXPECTED
    assert [(m.number, m.field_of_action) for m in found] == [(f"3.{n}", "Mobilität") for n in range(1, 5)]


def test_prose_between_a_title_and_its_drawn_form_describes_the_measure() -> None:
    form = f"<table class=grid>{BOXES}<tr><td>Kosten</td><td>5.000 €</td></tr></table>"
    found = measures("<h1>6 Maßnahmenkatalog</h1>" + each("<h3>6.{n} {name}</h3><p>Das geschieht {year}.</p>" + form))
    assert told(found) == EXPECTED
    assert [m.description for m in found] == [f"Das geschieht {year}." for year in YEARS]


def test_an_open_label_beside_one_that_says_who_is_responsible_says_how() -> None:
    items = "<li><b>Umsetzung:</b> {name} im ganzen Ort</li><li><b>Federführung:</b> {office}</li>"
    sheet = f"<h3>Maßnahme M {{n}}: {{name}}</h3><ul>{items}<li><b>Zeitraum:</b> {{year}}</li></ul>"
    found = measures("<h1>Aktionsplan Einsamkeit</h1>" + each(sheet))
    assert told(found) == EXPECTED
    assert [m.description for m in found] == [f"{name} im ganzen Ort" for name in NAMES]


def test_rows_far_below_the_others_are_of_the_table_where_they_keep_to_its_columns() -> None:
    labels = ("Bereich", "Lfd.", "Empfehlung", "Federführung", "Zeitraum")
    header = "".join(f"<td><b>{label}</b></td>" for label in labels)
    row = "<td style='text-align:right'>{n}</td><td>{name}</td><td>{office}</td>"
    rows = each(f"<tr><td></td>{row}<td>{{year}}</td></tr>").split("</tr>")
    rows[0] = rows[0].replace("<td></td>", "<td><b>Sport</b></td>")
    rows[2] = rows[2].replace("<td></td>", "<td><b>Spiel</b></td>").replace("<td", "<td class=far")
    style = "<style>.far{padding-top:32pt!important}</style>"
    found = measures(f"{style}<h1>Maßnahmenliste</h1><table><tr>{header}</tr>{'</tr>'.join(rows)}</table>")
    assert told(found) == EXPECTED
    assert [m.field_of_action for m in found] == ["Sport", "Sport", "Spiel", "Spiel"]


def test_a_table_of_contents_above_forms_of_text_is_none_of_them() -> None:
    line = "<p style='font-family:monospace'>Maßnahme {n}: {name} " + "." * 20 + "3</p>"
    said = "<p><b>Zuständig:</b> {office}<br><b>Zeitraum:</b> {year}<br><b>Kosten:</b> keine</p>"
    contents = "<h3>Inhalt</h3><p style='font-family:monospace'>Handlungsfeld I: Verwaltung" + "." * 20 + "3</p>"
    found = measures(f"{contents}{each(line)}<p>Liebe Leute.</p>{each('<h3>Maßnahme {n}: {name}</h3>' + said)}")
    assert told(found) == EXPECTED


def test_a_label_cut_by_a_hyphen_is_one_of_the_column() -> None:
    row = "<tr><td class=b>{label}</td><td>{text}</td></tr>"
    rows = row.format(label="Federführung", text="{office}") + row.format(
        label="Umsetzungsho-<br>rizont", text="{year}"
    )
    style = "<style>.b{font-weight:bold;width:30%}</style>"
    sheet = f"<h3>KA-W{{n}} {{name}}</h3><table>{rows}<tr><td class=b>Aufwand</td><td>gering</td></tr></table>"
    found = measures(f"{style}<h1>Maßnahmen der Stadt</h1>{each(sheet)}")
    assert [(m.number, m.measure, m.period) for m in found] == [
        (f"KA-W{n}", name, year) for n, (name, year) in enumerate(zip(NAMES, YEARS, strict=True), 1)
    ]


def test_sheets_of_the_products_of_a_budget_are_no_measures() -> None:
    rows = (
        "<tr><td><b>Produktbereich</b></td><td>Schulen {n}</td></tr><tr><td><b>Ziele</b></td><td>gute Schulen</td></tr>"
    )
    described = "<tr><td><b>Kurzbeschreibung</b></td><td>Betrieb der Häuser</td></tr>"
    sheet = f"<h3>Produkt 21.0{{n}} {{name}}</h3><table class=grid>{rows}{BOXES}{described}</table>"
    assert document("<h1>Haushaltsplan 2026</h1>" + each(sheet)).plan is None


def test_what_forms_say_again_where_a_label_stands_is_one_though_nobody_knows_it() -> None:
    first = "<tr><td>Handlungsfeld</td><td>{office}</td><td>Typ</td><td>Technik {n}</td></tr>"
    title = "<table class=grid style='margin-bottom:20pt'><tr><td>M {n}</td><td colspan=3>{name}</td></tr>"
    rows = BOXES.replace("</td><td>", "</td><td colspan=3>").replace("<b>", "").replace("</b>", "")
    goal = "<tr><td>Ziel</td><td colspan=3>Es wird schöner</td></tr></table>"
    found = measures("<h1>Klimaschutzkonzept: Maßnahmen</h1>" + each(title + first + rows + goal))
    assert [(m.field_of_action, m.columns["Typ"]) for m in found] == [
        (office, f"Technik {n}") for n, office in enumerate(OFFICES, 1)
    ]


def test_a_text_below_its_row_of_labels_is_joined_over_the_page_break() -> None:
    title = "<table class=grid style='margin-bottom:20pt'><tr><td colspan=3>M{n} – {name}</td></tr>"
    head = "<tr><td><b>Handlungsfeld</b></td><td><b>Zuständigkeit</b></td><td><b>Zeitraum</b></td></tr>"
    row = "<tr><td>Verkehr</td><td>{office}</td><td>{year}</td></tr>"
    goal = "<tr><td colspan=3><b>Ziel</b></td></tr><tr><td colspan=3>Alle kommen gut durch die Stadt</td></tr>"
    cost = (
        "<tr><td colspan=3><b>Kosten</b></td></tr><tr style='break-before:page'><td colspan=3>{office} zahlt</td></tr>"
    )
    found = measures("<h1>Steckbriefe der Maßnahmen</h1>" + each(title + head + row + goal + cost + "</table>"))
    assert told(found) == EXPECTED
    assert [m.columns["Kosten"] for m in found] == [f"{office} zahlt" for office in OFFICES]


@pytest.mark.parametrize("colour", ["#3a7d2c", "#7a1f5c"])
def test_borders_in_the_colour_of_a_shaded_header_are_borders(colour: str) -> None:
    style = (
        f"<style>.own td{{border:1px solid {colour}}} .own tr:first-child td{{background:{colour};color:#fff}}</style>"
    )
    header = (
        "<tr><td><b>Ziel</b></td><td><b>Maßnahme</b></td><td><b>Zuständigkeit</b></td><td><b>Zeitraum</b></td></tr>"
    )
    rows = each("<tr><td>Es wird schöner</td><td>{name}</td><td>{office}</td><td>{year}</td></tr>")
    assert told(measures(f"{style}<h1>Ziele und Maßnahmen</h1><table class=own>{header}{rows}</table>")) == EXPECTED


def test_a_title_row_shaded_in_the_colour_of_the_borders_is_the_title_of_the_form() -> None:
    style = "<style>.own td{border:1px solid #3a7d2c} .own tr:first-child td{background:#3a7d2c;color:#fff}</style>"
    form = f"<table class=own style='margin-bottom:20pt'><tr><td>E{{n}}</td><td>{{name}}</td></tr>{BOXES}"
    found = measures(
        f"{style}<h1>Maßnahmen</h1>" + each(form + "<tr><td><b>Ziel</b></td><td>Es wird</td></tr></table>")
    )
    assert told(found) == EXPECTED
    assert [m.number for m in found] == ["E1", "E2", "E3", "E4"]


HEAD = "<tr><td><b>Maßnahme</b></td><td><b>Zuständigkeit</b></td><td><b>Zeitraum</b></td></tr>"


@pytest.mark.parametrize("band", ["<tr><td colspan=3><b>Verkehr</b></td></tr>", ""], ids=["bands", "no bands"])
def test_a_bold_measure_of_which_nothing_else_is_said_is_no_band(band: str) -> None:
    rows = each("<tr><td><b>{name}</b></td><td>{office}</td><td>{year}</td></tr>", 3)
    last = "<tr><td><b>Busse takten</b></td><td></td><td></td></tr>"
    found = measures(f"<h1>Maßnahmen der Stadt</h1><table class=grid>{HEAD}{band}{rows}{last}</table>")
    assert [(m.measure, m.field_of_action) for m in found] == [(name, "Verkehr" if band else None) for name in NAMES]


def test_a_bold_row_of_one_cell_among_bold_measures_is_a_band_where_rows_follow() -> None:
    rows = each(
        "<tr><td><b>Feld {n}</b></td><td></td><td></td></tr>"
        "<tr><td><b>{name}</b></td><td>{office}</td><td>{year}</td></tr>"
    )
    found = measures(f"<h1>Maßnahmen der Stadt</h1><table class=grid>{HEAD}{rows}</table>")
    assert told(found) == EXPECTED
    assert [m.field_of_action for m in found] == [f"Feld {n}" for n in range(1, 5)]


def test_who_acts_below_the_name_of_a_group_is_a_partner_of_who_is_responsible_there() -> None:
    head = (
        "<tr><td rowspan=2><b>Maßnahme</b></td><td colspan=3><b>Umsetzung</b></td></tr>"
        "<tr><td><b>Zuständig</b></td><td><b>Akteure</b></td><td><b>Frist</b></td></tr>"
    )
    rows = each("<tr><td>{name}</td><td>{office}</td><td>Vereine</td><td>{year}</td></tr>")
    found = measures(f"<h1>Maßnahmen der Stadt</h1><table class=grid>{head}{rows}</table>")
    assert [m.responsibility_text for m in found] == OFFICES
    assert [m.columns["Umsetzung Akteure"] for m in found] == ["Vereine"] * 4


def test_a_label_of_several_words_above_a_text_set_alike_is_one() -> None:
    rows = "<tr><td>Zuständigkeit<br>{office}</td></tr><tr><td>Beginn und Dauer<br>{year}</td></tr>"
    form = f"<h3>{{n}} {{name}}</h3><table class=grid>{rows}<tr><td>Ziel<br>Es wird schöner</td></tr></table>"
    found = measures("<h1>Maßnahmen der Stadt</h1>" + each(form))
    assert [m.columns["Beginn und Dauer"] for m in found] == YEARS


TIGHT = """<style>.tight td{padding:0 4pt;line-height:1.2} .tight{margin-bottom:20pt}
.tight td:first-child{width:50pt}</style>"""


def tight(*rows: tuple[str, str]) -> str:
    return (
        "<table class=tight>"
        + "".join(f"<tr><td>{label}</td><td>{text}</td></tr>" for label, text in rows)
        + "</table>"
    )


def test_rows_of_forms_are_parted_where_only_the_forms_stand_apart() -> None:
    long = "Die Stadt baut und pflegt ihre Wege und Plätze, und das wird " * 4
    form = tight(("Projekt", "{name}"), ("Zuständig", "{office}"), ("Laufzeit", "{year}"), ("Beschreibung", long))
    found = measures(f"{TIGHT}<h1>Maßnahmen der Stadt</h1>" + each(form))
    assert [(m.measure, m.responsibility_text, m.columns["Laufzeit"]) for m in found] == EXPECTED


def test_a_label_below_the_second_line_of_another_begins_a_row_where_a_text_does() -> None:
    form = "<h3>{n} {name}</h3>" + tight(
        ("Zuständig", "{office}"),
        ("Kosten und Finanzierung", "5.000 €"),
        ("CO2-Minderung", "viel im Jahr {year}"),
        ("Ziel", "Es wird"),
    )
    found = measures(f"{TIGHT}<h1>Maßnahmen der Stadt</h1>" + each(form))
    assert [(m.columns["Kosten und Finanzierung"], m.columns["CO2-Minderung"]) for m in found] == [
        ("5.000 €", f"viel im Jahr {year}") for year in YEARS
    ]


def test_what_one_form_leaves_open_of_its_labels_the_others_tell() -> None:
    texts = ["Es geht bei diesem Vorhaben um alle Wege und Plätze der Stadt, um Ampeln und um Busse", *["Radwege"] * 3]
    forms = [
        f"<h3>{n} {name}</h3>"
        + tight(
            ("Zuständig", office),
            ("Synergien", text),
            ("Beteiligte", "Straßenverkehrsbehörde"),
            ("Zeitraum", year),
        )
        for n, (name, office, text, year) in enumerate(zip(NAMES, OFFICES, texts, YEARS, strict=True), 1)
    ]
    found = measures(f"{TIGHT}<h1>Maßnahmen der Stadt</h1>" + "".join(forms))
    assert [m.columns.get("Synergien") for m in found] == texts


def test_a_list_beside_a_label_of_two_lines_is_its_text() -> None:
    form = "<h3>{n} {name}</h3>" + tight(
        ("Zuständig", "{office}"),
        ("Woran wir den Erfolg messen", "<ul style='margin:0;padding-left:18pt'><li>Wege im Jahr {year}</li></ul>"),
        ("Kosten", "5.000 €"),
        ("Ziel", "Es wird schöner"),
    )
    found = measures(f"{TIGHT}<h1>Maßnahmen der Stadt</h1>" + each(form))
    assert [m.columns["Woran wir den Erfolg messen"] for m in found] == [f"Wege im Jahr {year}" for year in YEARS]


def test_the_column_that_is_labelled_with_measures_has_their_names_whatever_stands_beside_it() -> None:
    head = (
        "<tr><td><b>Maßnahme</b></td><td><b>Vorhaben</b></td><td><b>Zuständigkeit</b></td><td><b>Zeitraum</b></td></tr>"
    )
    rows = each("<tr><td>{name}</td><td>Es wird ab {year} gebaut</td><td>{office}</td><td>{year}</td></tr>")
    found = measures(f"<h1>Maßnahmen der Stadt</h1><table class=grid>{head}{rows}</table>")
    assert told(found) == EXPECTED
    assert found[0].columns["Vorhaben"] == "Es wird ab 2026 gebaut"


def test_a_heading_of_a_part_that_ends_above_the_title_of_the_plan_is_no_field_of_action() -> None:
    rows = each("<tr><td>{name}</td><td>{office}</td><td>{year}</td></tr>")
    parts = "<h2>3 Vom Lagebild zum Handeln</h2><p>Die Lage in der Stadt ist gut.</p><h2>4 Maßnahmenplan</h2>"
    found = measures(f"{parts}<table class=grid>{HEAD}{rows}</table><h2>5 Evaluation</h2><p>Der Rat prüft.</p>")
    assert [m.field_of_action for m in found] == [None] * 4


def test_a_field_in_the_first_of_rows_that_rules_part_all_over_is_that_of_the_rows_below() -> None:
    style = (
        "<style>.own td{border-bottom:1px solid;vertical-align:middle;height:34pt}"
        ".own tr:first-child td{border-top:1px solid}</style>"
    )
    labels = ("Themenfeld", "Maßnahme", "Ziel", "Zuständigkeit", "Zeitraum")
    head = f"<tr>{''.join(f'<td><b>{label}</b></td>' for label in labels)}</tr>"
    more = "<td>{name}</td><td>Die Stadt<br>wird schöner</td><td>{office}</td><td>{year}</td></tr>"
    rows = each(f"<tr><td>Feld {{n}}</td>{more}" + f"<tr><td></td>{more}" * 2, 3)
    found = measures(f"{style}<h1>Maßnahmen der Stadt</h1><table class=own>{head}{rows}</table>")
    assert [m.field_of_action for m in found] == [f"Feld {n}" for n in (1, 1, 1, 2, 2, 2, 3, 3, 3)]


@pytest.mark.parametrize("leading", [1.1, 1.35, 1.5])
def test_a_label_of_three_lines_is_one_whatever_their_distance(leading: float) -> None:
    cells = ".own td{border:0;vertical-align:bottom;padding:4pt}"
    style = f"<style>{cells} .own tr:first-child td{{line-height:{leading}}}</style>"
    head = "<tr><td><b>Maßnahme</b></td><td><b>Zuständigkeit</b></td><td><b>Umset-<br>zungs-<br>zeitraum</b></td></tr>"
    rows = each("<tr><td>{name}</td><td>{office}</td><td>{year}</td></tr>")
    found = measures(f"{style}<h1>Maßnahmen der Stadt</h1><table class=own>{head}{rows}</table>")
    assert [(m.measure, m.responsibility_text, m.columns["Umsetzungszeitraum"]) for m in found] == EXPECTED


def test_values_that_are_labels_elsewhere_make_no_form_of_a_table_whose_header_says_what_they_are() -> None:
    labels = ("Bezeichnung der Maßnahme", "zuständiges Amt", "Ressourcen")
    head = f"<tr>{''.join(f'<td><b>{label}</b></td>' for label in labels)}</tr>"
    rows = each("<tr><td>1.{n} {name}</td><td>FB {n}</td><td>Personalkosten</td></tr>")
    found = measures(f"<h1>Maßnahmen der Stadt</h1><table class=grid>{head}{rows}</table>")
    assert [(m.measure, m.responsibility_text) for m in found] == [(n, f"FB {i}") for i, n in enumerate(NAMES, 1)]


def test_a_label_of_two_lines_beside_another_form_field_is_one() -> None:
    form = (
        "<h3>{n} {name}</h3><table class=tight><tr><td style='width:70pt'>Priorität</td><td style='width:90pt'>{n}</td>"
        "<td style='width:60pt'>Kosten<br>(geschätzt)</td><td>{year} €</td></tr>"
        "<tr><td>Zuständigkeit</td><td colspan=3>{office}</td></tr>"
        "<tr><td>Ziel</td><td colspan=3>Es wird</td></tr></table>"
    )
    found = measures(f"{TIGHT}<h1>Maßnahmen der Stadt</h1>" + each(form))
    assert [m.columns["Kosten (geschätzt)"] for m in found] == [f"{year} €" for year in YEARS]


TITLE_BAR = """<div style="background:#1c5d84;color:#fff;font-weight:bold;padding:4pt">M{n} {name}, ein Vorhaben
der Stadt Neuental</div>"""


def test_a_title_in_a_bar_as_large_as_the_texts_stands_over_the_facts_and_the_prose_beside_them() -> None:
    facts = "<td style='width:30%'><b>Zuständigkeit</b><br>{office}<br><br><b>Zeitraum</b><br>{year}</td>"
    prose = "<td><b>Beschreibung</b><br>Alles wird schöner, und das bald.<br><br><b>Kosten</b><br>5.000 €</td>"
    form = f"<div style='break-inside:avoid;margin-bottom:9pt'>{TITLE_BAR}<table><tr>{facts}{prose}</tr></table></div>"
    found = measures("<h1>Maßnahmen der Stadt</h1>" + each(form))
    assert told(found) == [
        (f"{name}, ein Vorhaben der Stadt Neuental", office, year) for name, office, year in EXPECTED
    ]
    assert {m.description for m in found} == {"Alles wird schöner, und das bald."}


def numbered_titles(below: str) -> list[Measure]:
    head = "<tr><td><b>Nr.</b></td>" + HEAD.removeprefix("<tr>")
    title = "<tr><td><b>{n}</b></td><td colspan=3><b>{name}</b></td></tr>"
    return measures(f"<h1>Maßnahmen der Stadt</h1><table class=grid>{head}{each(title + below)}</table>")


def test_a_number_and_a_title_above_one_row_each_are_of_the_measure_that_it_describes() -> None:
    found = numbered_titles("<tr><td></td><td>Es wird schöner</td><td>{office}</td><td>{year}</td></tr>")
    assert told(found) == EXPECTED
    assert [(m.number, m.description) for m in found] == [(str(n), "Es wird schöner") for n in range(1, 5)]


def test_a_number_and_a_title_above_several_rows_name_their_field_of_action() -> None:
    row = "<tr><td></td><td>Schritt {n}{{}}</td><td>{office}</td><td>{year}</td></tr>"
    found = numbered_titles("".join(row.replace("{{}}", part) for part in "ab"))
    assert [(m.measure, m.field_of_action) for m in found] == [
        (f"Schritt {n}{part}", name) for n, name in enumerate(NAMES, 1) for part in "ab"
    ]


TILE = """<div style="{look};width:46%;float:left;margin:0 2% 10pt 0;padding:4pt;height:42mm"><p><b>{{name}}</b></p>
<p>Alles wird ab {{year}} schöner.</p>
<p><b>Wer:</b> {{office}}<br><b>Wann:</b> {{year}}<br><b>Kosten:</b> 5.000 €</p></div>"""


@pytest.mark.parametrize(
    "look",
    ["border:1px solid #999", "background:#eef3f6", "border:1px solid #999;background:#eef3f6"],
    ids=["framed", "shaded", "both"],
)
def test_tiles_side_by_side_are_read_one_by_one(look: str) -> None:
    made = document("<h1>Unsere Maßnahmen</h1>" + each(TILE.format(look=look)))
    found = made.plan.measures if made.plan is not None else []
    assert not [problem for problem in made.problems if problem.severity != "info"]
    assert [(m.measure, m.responsibility_text, m.columns["Wann"]) for m in found] == EXPECTED
    assert [m.description for m in found] == [f"Alles wird ab {year} schöner." for year in YEARS]


def test_frames_around_texts_side_by_side_that_are_no_measures_stay_text() -> None:
    tile = (
        TILE.format(look="border:1px solid #999").replace("Wer", "Tel").replace("Wann", "Fax").replace("Kosten", "Mail")
    )
    made = document("<h1>Ansprechpersonen im Rathaus</h1>" + each(tile))
    assert made.plan is None
    assert made.tables == []


def test_a_count_above_the_title_of_a_tile_is_the_number_of_the_measure() -> None:
    count = "<p style='font-size:16pt'>0{n}</p>"
    tile = TILE.format(look="border:1px solid #999").replace("<p><b>{name}", f"{count}<p><b>{{name}}")
    found = measures("<h1>Unsere Maßnahmen</h1>" + each(tile.replace("42mm", "52mm")))
    assert [(m.number, m.measure) for m in found] == [(f"0{n}", name) for n, name in enumerate(NAMES, 1)]


@pytest.mark.parametrize("title", ["Steckbriefe der Maßnahmen", "Anhang: Maßnahmenblätter"])
def test_the_title_of_a_collection_of_forms_is_no_field_of_action(title: str) -> None:
    sheet = f"<h3>{{n}} {{name}}</h3><table>{BOXES}<tr><td><b>Ziel</b></td><td>Es wird schöner</td></tr></table>"
    made = document(f"<h1>{title}</h1>" + each(sheet))
    assert made.plan is not None
    assert made.plan.title == title
    assert {m.field_of_action for m in made.plan.measures} == {None}
