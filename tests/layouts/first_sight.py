"""Catalogues of measures whose words no list has, or whose boxes stand where no other plan has them.

Each layout gives the HTML of a document, and what the records of its measures should say.
"""

from __future__ import annotations

from tests.layouts.catalogues import MEASURES, WHAT, WHEN, WHO, Layout, Wanted, _label, _page, _row, _table, _wanted

LACKS = ["Die Emissionen stagnieren seit Jahren auf hohem Niveau.", "Viele Menschen leben allein."]
AIMS = ["Treibhausgase mindern", "Aufenthaltsqualität erhöhen"]


def sheets_of_climate_plans() -> tuple[str, list[Wanted]]:
    sheets = ""
    for i in range(3):
        rows = [_row(f'<td class="tint"><b>KS-{i + 1}</b></td>', f'<td class="tint"><b>{MEASURES[i]}</b></td>')]
        boxes = {
            "Handlungsfeld:": "Energie",
            "Maßnahmen-Typ:": "Technisch",
            "Einführung der Maßnahme:": WHEN[i],
            "Dauer der Maßnahme:": "3 Jahre",
            "Ziel und Strategie:": AIMS[i % 2],
            "Ausgangslage:": LACKS[i % 2],
            "Beschreibung:": WHAT[i],
            "Initiator:": WHO[i],
            "Handlungsschritte und Zeitplan:": "1. Bestand, 2. Vergabe, 3. Bau",
            "Erfolgsindikatoren/Meilensteine:": "Leistung in kWp",
            "Gesamtaufwand/(Anschub-)kosten:": "25.000 € pro Jahr",
            "Flankierende Maßnahmen:": "KS-9",
        }
        rows += [_row(_narrow(label), text) for label, text in boxes.items()]
        sheets += f'<table style="page-break-after: always">{"".join(rows)}</table>'
    wanted = [
        _wanted(i, number=f"KS-{i + 1}", goal=AIMS[i % 2], problem=LACKS[i % 2], description=WHAT[i], indicators="1")
        for i in range(3)
    ]
    return _page("Klimaschutzkonzept", sheets, wide=False), wanted


def _narrow(label: str) -> str:
    return f'<td class="tint" style="width: 30%"><b>{label}</b></td>'


def boxes_side_by_side_without_rules() -> tuple[str, list[Wanted]]:
    parts = [
        f'<h2>Projekt {i + 1}.{i + 2} – {MEASURES[i]}</h2><table class="blank">'
        + _row(f"<b>Projektträger:</b> {WHO[i]}", f"<b>Zeitraum:</b> {WHEN[i]}")
        + _row("<b>Kosten:</b> 120.000 €", "<b>Priorität:</b> A")
        + _row(f'<td colspan="2"><b>Kurzbeschreibung:</b> {WHAT[i]}</td></table>')
        for i in range(4)
    ]
    wanted = [_wanted(i, number=f"{i + 1}.{i + 2}", period=WHEN[i], description=WHAT[i]) for i in range(4)]
    return _page("Projekte der Altstadt", "".join(parts), wide=False), wanted


def title_above_questions() -> tuple[str, list[Wanted]]:
    cards = [
        f'<table><tr><td colspan="2" class="tint"><b>Maßnahme Nr. {i + 1}: {MEASURES[i]}</b></td></tr>'
        + _row(f"<b>Was wir vorhaben</b><br>{WHAT[i]}", f"<b>Warum ist das nötig?</b><br>{LACKS[i % 2]}")
        + _row(f"<b>Wer ist verantwortlich?</b><br>{WHO[i]}", f"<b>Wann setzen wir um?</b><br>{WHEN[i]}")
        + "</table>"
        for i in range(4)
    ]
    wanted = [
        _wanted(i, number=str(i + 1), problem=LACKS[i % 2], period=WHEN[i], description=WHAT[i]) for i in range(4)
    ]
    return _page("Jugendförderplan", "".join(cards), wide=False), wanted


def recommendations_below_a_heading() -> tuple[str, list[Wanted]]:
    parts = [
        f"<h3>Handlungsempfehlung 1.{i + 1}: {MEASURES[i]}</h3><p><b>Begründung:</b> {LACKS[i % 2]}</p>"
        f"<p><b>Umsetzungsschritte:</b> {WHAT[i]}</p><p><b>Verantwortlich:</b> {WHO[i]}</p>"
        f"<p><b>Kooperation mit:</b> Beratungsstellen</p><p><b>Zeitrahmen:</b> {WHEN[i]}</p>"
        for i in range(4)
    ]
    body = f"<h2>Handlungsfeld: Bildung</h2>{''.join(parts)}"
    wanted = [
        _wanted(i, number=f"1.{i + 1}", problem=LACKS[i % 2], description=WHAT[i], period=WHEN[i]) for i in range(4)
    ]
    return _page("Integrationskonzept – Handlungsempfehlungen", body, wide=False), wanted


def sheets_that_begin_alike() -> tuple[str, list[Wanted]]:
    sheets = [
        '<table style="page-break-before: always">'
        + _row(_label("Handlungsfeld"), "Energie")
        + _row(_label("Zuständigkeit"), "Klimaschutzmanagement")
        + _row(_label("Maßnahme"), MEASURES[i])
        + _row(_label("Umsetzung"), WHEN[i])
        + "</table>"
        for i in range(5)
    ]
    who = {"responsibility_text": "Klimaschutzmanagement", "field_of_action": "Energie"}
    return _page("Konzept", "".join(sheets), wide=False), [_wanted(i, period=WHEN[i]) | who for i in range(5)]


def measures_below_a_word_of_no_list() -> tuple[str, list[Wanted]]:
    rows = [_row(f"S{i + 1}", LACKS[i % 2], MEASURES[i], WHO[i], WHEN[i]) for i in range(8)]
    head = ["Kürzel", "Schwachstelle", "Gegensteuerung", "Wo verortet", "erledigt bis"]
    wanted = [_wanted(i, number=f"S{i + 1}", problem=LACKS[i % 2], period=WHEN[i]) for i in range(8)]
    return _page("Maßnahmen des Katastrophenschutzes", _table(head, rows)), wanted


def numbers_below_the_word_for_measures() -> tuple[str, list[Wanted]]:
    rows = [_row(f"M {i + 1}", MEASURES[i], WHEN[i], WHO[i]) for i in range(8)]
    head = ["Maßnahme", "Bezeichnung", "Umsetzung", "Federführendes Amt"]
    return _page("Verkehrskonzept", _table(head, rows)), [
        _wanted(i, number=f"M {i + 1}", period=WHEN[i]) for i in range(8)
    ]


def a_plan_among_other_tables() -> tuple[str, list[Wanted]]:
    dates = [_row("12.03.2025", "Auftakt mit Verbänden", "Rathaus"), _row("14.05.2025", "Werkstatt Mobilität", "Aula")]
    people = [_row("Anna Beispiel", "Caritasverband", "Leitung"), _row("Bernd Muster", "Jobcenter", "Beratung")]
    budget = [_row("1.2.3", "Klimaschutz", "20.000", "30.000"), _row("1.2.4", "Grünflächen", "10.000", "12.000")]
    boards = [_row("Umweltausschuss", "03.09.2025", "Vorberatung"), _row("Rat", "17.09.2025", "Entscheidung")]
    plan = [_row(str(i + 1), MEASURES[i], WHO[i], WHEN[i]) for i in range(6)]
    body = (
        _table(["Datum", "Veranstaltung", "Ort"], dates)
        + _table(["Name", "Einrichtung", "Funktion"], people)
        + "<h2>Maßnahmen</h2>"
        + _table(["Nr.", "Was ist zu tun?", "Wer macht es?", "Bis wann?"], plan)
        + "<h2>Haushaltsmittel</h2>"
        + _table(["Produkt", "Bezeichnung", "Ansatz 2025", "Ansatz 2026"], budget)
        + _table(["Gremium", "Termin", "Zuständigkeit"], boards)
    )
    wanted = [_wanted(i, number=str(i + 1), period=WHEN[i]) for i in range(6)]
    return _page("Aktionsplan Nachhaltige Stadt", body, wide=False), wanted


def boxes_in_one_line() -> tuple[str, list[Wanted]]:
    parts = [
        f"<h3>M{i + 1}: {MEASURES[i]}</h3><p>{WHAT[i]}</p>"
        f"<p>Zuständig: {WHO[i]} | Zeitraum: {WHEN[i]} | Kosten: 10.000 €</p>"
        for i in range(4)
    ]
    wanted = [_wanted(i, number=f"M{i + 1}", period=WHEN[i], cost="10.000 €", description=WHAT[i]) for i in range(4)]
    return _page("Quartierskonzept: Maßnahmen", "".join(parts), wide=False), wanted


def labels_behind_marks() -> tuple[str, list[Wanted]]:
    parts = [
        f"<h2>{i + 1}. {MEASURES[i]}</h2><p>■ <b>Worum es geht:</b> {WHAT[i]}</p><p>■ <b>Verantwortlich:</b> {WHO[i]}"
        f"</p><p>■ <b>Mit im Boot:</b> Vereine</p><p>■ <b>Zeitplan:</b> {WHEN[i]}</p>"
        for i in range(4)
    ]
    wanted = [_wanted(i, number=str(i + 1), period=WHEN[i], description=WHAT[i]) for i in range(4)]
    return _page("Ehrenamtsstrategie", "".join(parts), wide=False), wanted


def plain_language() -> tuple[str, list[Wanted]]:
    forms = [
        f'<table style="page-break-inside: avoid">{_row(_label("Das nehmen wir in Angriff"), MEASURES[i])}'
        + _row(_label("Warum ist das wichtig?"), LACKS[i % 2])
        + _row(_label("Wer kümmert sich darum?"), WHO[i])
        + _row(_label("Wann soll es fertig sein?"), WHEN[i])
        + "</table>"
        for i in range(4)
    ]
    wanted = [_wanted(i, problem=LACKS[i % 2], period=WHEN[i]) for i in range(4)]
    return _page("Aktionsplan in Leichter Sprache", "".join(forms), wide=False), wanted


def goals_with_numbers_among_measures() -> tuple[str, list[Wanted]]:
    rows: list[str] = []
    for i in range(6):
        if i % 3 == 0:
            rows.append(_row(f"<b>{i // 3 + 1}</b>", f"<b>{AIMS[i // 3]}</b>", "", ""))
        rows.append(_row(f"{i // 3 + 1}.{i % 3 + 1}", MEASURES[i], WHO[i], WHEN[i]))
    table = _table(["Nr.", "Ziel / Maßnahme", "Zuständig", "Frist"], rows)
    wanted = [
        _wanted(i, number=f"{i // 3 + 1}.{i % 3 + 1}", period=WHEN[i], field_of_action=AIMS[i // 3]) for i in range(6)
    ]
    return _page("Beteiligungskonzept", table, wide=False), wanted


def groups_of_columns() -> tuple[str, list[Wanted]]:
    upper = _row('<th colspan="3">Maßnahmen</th>', '<th colspan="2">Controlling</th>')
    lower = _row("Code", "Titel", "Zuständig", "Indikator", "Zielwert / Jahr", tag="th")
    rows = [_row(f"A.{i + 1}", MEASURES[i], WHO[i], "Zahl der Treffen", "20 / 2030") for i in range(6)]
    table = f"<table><thead>{upper}{lower}</thead>{''.join(rows)}</table>"
    return _page("Monitoringbericht", table), [_wanted(i, number=f"A.{i + 1}", indicators="1") for i in range(6)]


FIRST_SIGHT: list[Layout] = [
    groups_of_columns,
    boxes_in_one_line,
    labels_behind_marks,
    plain_language,
    goals_with_numbers_among_measures,
    sheets_of_climate_plans,
    boxes_side_by_side_without_rules,
    title_above_questions,
    recommendations_below_a_heading,
    sheets_that_begin_alike,
    measures_below_a_word_of_no_list,
    numbers_below_the_word_for_measures,
    a_plan_among_other_tables,
]
