"""Catalogues of measures in the ways of German plans: integration, climate, mobility, participation, noise, youth.

Each layout gives the HTML of a document, and what the records of its measures should say.
"""

from __future__ import annotations

from collections.abc import Callable

Wanted = dict[str, str]
"""Record field -> text. "indicators" is their number."""
Layout = Callable[[], tuple[str, list[Wanted]]]

MEASURES = [
    "Aufbau einer kommunalen Energieberatung",
    "Ausbau der Radabstellanlagen am Bahnhof",
    "Einrichtung eines Runden Tisches Wohnen",
    "Sprachmittlung in Arztpraxen",
    "Barrierefreie Haltestellen im Stadtgebiet",
    "Lärmmindernder Asphalt auf der Hauptstraße",
    "Tempo 30 in der Nacht auf Ortsdurchfahrten",
    "Mentoringprogramm für Frauen in Führung",
]
WHO = [
    "Amt für Umwelt",
    "Tiefbauamt",
    "Jugendamt",
    "Integrationsbeauftragte",
    "Stadtwerke",
    "Ordnungsamt",
    "Bauhof",
    "Fachbereich Soziales",
]
WHEN = ["2025 bis 2027", "ab 2026", "laufend", "bis Ende 2026", "2026", "2027 bis 2030", "kurzfristig", "dauerhaft"]
WHAT = [
    "Bürgerinnen und Bürger erhalten eine kostenlose Erstberatung zu Sanierung und Heizungstausch.",
    "Am Bahnhof entstehen überdachte Stellplätze mit Lademöglichkeit.",
    "Verwaltung, Wohnungswirtschaft und Verbände treffen sich zweimal im Jahr.",
    "Ehrenamtliche begleiten Patientinnen und Patienten zu Terminen.",
]
_STYLE = """
    @page { size: A4 %s; margin: 18mm; @bottom-center { content: "Seite " counter(page); font-size: 7pt } }
    body { font: 9pt "DejaVu Sans" } h1 { font-size: 16pt } h2 { font-size: 12pt } ul { margin: 0; padding-left: 10pt }
    table { border-collapse: collapse; width: 100%%; margin-bottom: 12pt } .new { page-break-before: always }
    td, th { border: .5pt solid #333; padding: 3pt 4pt; vertical-align: top; text-align: left }
    .blank td, .blank th { border: none } .tint, th { background: #cfe2f3 }
    .frame { border: 1pt solid #333; padding: 6pt; margin-bottom: 10pt }
"""


def _page(title: str, body: str, *, wide: bool = True) -> str:
    style = _STYLE % ("landscape" if wide else "portrait")
    return f'<html lang="de"><head><style>{style}</style></head><body><h1>{title}</h1>{body}</body></html>'


def _row(*cells: str, tag: str = "td") -> str:
    return "<tr>" + "".join(c if c.startswith("<t") else f"<{tag}>{c}</{tag}>" for c in cells) + "</tr>"


def _table(head: list[str], rows: list[str], kind: str = "", *, repeated: bool = True) -> str:
    part = "thead" if repeated else "tbody"
    return f'<table class="{kind}"><{part}>{_row(*head, tag="th")}</{part}><tbody>{"".join(rows)}</tbody></table>'


def _label(text: str) -> str:
    return f'<td class="tint"><b>{text}</b></td>'


def _wanted(i: int, **fields: str) -> Wanted:
    return {"measure": MEASURES[i], "responsibility_text": WHO[i], **fields}


def goals_above_measures() -> tuple[str, list[Wanted]]:
    rows: list[str] = []
    for goal, name in enumerate(("Energie sparen", "Mobilität verbessern", "Teilhabe stärken")):
        rows.append(_row(f'<td colspan="4" class="tint"><b>Ziel {goal + 1}: {name}</b></td>'))
        for k in range(2):
            i = 2 * goal + k
            rows.append(_row(f"Maßnahme {goal + 1}.{k + 1}", MEASURES[i], WHO[i], WHEN[i]))
    table = _table(["Nr.", "Maßnahme", "Verantwortlich", "Zeitraum"], rows)
    return _page("Klimaschutzkonzept", table), [_wanted(i, period=WHEN[i]) for i in range(6)]


def one_office_for_several() -> tuple[str, list[Wanted]]:
    rows: list[str] = []
    for i in range(6):
        shared = [f'<td rowspan="3">{WHO[i]}</td>'] if i % 3 == 0 else []
        rows.append(_row(str(i + 1), MEASURES[i], *shared, WHEN[i]))
    table = _table(["Lfd. Nr.", "Maßnahmen", "Zuständigkeit", "Umsetzungszeitraum"], rows)
    wanted = [_wanted(i, number=str(i + 1), period=WHEN[i]) | {"responsibility_text": WHO[i - i % 3]} for i in range(6)]
    return _page("Integrationskonzept Maßnahmenplan", table), wanted


def goes_on_with_fortsetzung() -> tuple[str, list[Wanted]]:
    def part(label: str, numbers: range) -> str:
        rows = [_row(MEASURES[i], WHAT[i % 4], WHO[i]) for i in numbers]
        return _table([label, "Beschreibung", "Federführung"], rows)

    first, second = part("Maßnahme", range(4)), part("Maßnahme (Fortsetzung)", range(4, 8))
    heading = '<h2 class="new">Handlungsfeld Nahmobilität (Fortsetzung)</h2>'
    return _page("Mobilitätsplan", f"<h2>Handlungsfeld Nahmobilität</h2>{first}{heading}{second}"), [
        _wanted(i, description=WHAT[i % 4]) for i in range(8)
    ]


def sums_between() -> tuple[str, list[Wanted]]:
    rows = [_row(str(i + 1), MEASURES[i], WHO[i], f"{5 * (i + 1)}.000 €") for i in range(6)]
    rows.insert(3, _row("", "<b>Summe Handlungsfeld 1</b>", "", "<b>30.000 €</b>"))
    rows.append(_row("", "<b>Gesamt</b>", "", "<b>105.000 €</b>"))
    table = _table(["Nr.", "Maßnahme", "Zuständig", "Kosten"], rows)
    return _page("Maßnahmen und Kosten", table), [_wanted(i, number=str(i + 1)) for i in range(6)]


def two_columns_of_boxes() -> tuple[str, list[Wanted]]:
    forms = [
        f"<h2>M{i + 1} {MEASURES[i]}</h2><table>"
        + _row(_label("Handlungsfeld"), "Energie", _label("Zeitraum"), WHEN[i])
        + _row(_label("Verantwortlich"), WHO[i], _label("Straßenraum"), "innerorts")
        + _row(_label("Beschreibung"), f'<td colspan="3">{WHAT[i]}</td>')
        + _row(_label("Kosten"), "10.000 €", _label("Zielgruppe"), "Haushalte")
        + "</table>"
        for i in range(4)
    ]
    return _page("Klimaschutzkonzept", "".join(forms), wide=False), [
        _wanted(i, number=f"M{i + 1}", period=WHEN[i], description=WHAT[i], target_group="Haushalte") for i in range(4)
    ]


def goal_over_several_rows() -> tuple[str, list[Wanted]]:
    rows: list[str] = []
    for i in range(6):
        goal = [f'<td rowspan="2">{i // 2 + 1}. Wohnen ohne Barrieren</td>'] if i % 2 == 0 else []
        rows.append(_row(*goal, MEASURES[i], WHO[i], "in Umsetzung"))
    head = ["Ziele", "Maßnahmen / Aktivitäten", "Verantwortliche Stelle", "Stand der Umsetzung"]
    wanted = [_wanted(i, goal=f"{i // 2 + 1}. Wohnen ohne Barrieren", progress="in Umsetzung") for i in range(6)]
    return _page("Kommunaler Teilhabeplan", _table(head, rows)), wanted


def header_on_the_first_page_only() -> tuple[str, list[Wanted]]:
    rows = [_row(str(i + 1), MEASURES[i], " ".join(WHAT) * 2, WHO[i]) for i in range(8)]
    table = _table(["Nr.", "Vorhaben", "Inhalt", "Wer?"], rows, repeated=False)
    return _page("Kinder- und Jugendförderplan", table), [_wanted(i, number=str(i + 1)) for i in range(8)]


def header_again_for_each_part() -> tuple[str, list[Wanted]]:
    rows: list[str] = []
    for i in range(6):
        if i % 3 == 0:
            rows.append(_row("Nr.", ("Energie", "Verkehr")[i // 3], "Wer", "Bis wann", tag="th"))
        rows.append(_row(str(i + 1), MEASURES[i], WHO[i], WHEN[i]))
    table = _table(["Nr.", "Maßnahme", "Wer", "Bis wann"], rows)
    wanted = [_wanted(i, period=WHEN[i], field_of_action=("Energie", "Verkehr")[i // 3]) for i in range(6)]
    return _page("Aktionsplan", table), wanted


def report_below_each_measure() -> tuple[str, list[Wanted]]:
    rows = [
        _row(f'<td rowspan="2">{i + 1}</td>', MEASURES[i], WHO[i])
        + _row('<td colspan="2"><i>Sachstand: läuft nach Plan</i></td>')
        for i in range(6)
    ]
    table = _table(["Nr.", "Maßnahme", "Zuständigkeit"], rows)
    wanted = [_wanted(i, number=str(i + 1), progress="läuft nach Plan") for i in range(6)]
    return _page("Umsetzungsbericht Aktionsplan Inklusion", table), wanted


def labels_in_running_text() -> tuple[str, list[Wanted]]:
    parts = [
        f"<h2>Maßnahme {i + 1}: {MEASURES[i]}</h2><p><b>Ziel:</b> Teilhabe verbessern</p>"
        f"<p><b>Beschreibung:</b> {WHAT[i]}</p><p><b>Zuständigkeit:</b> {WHO[i]}</p><p><b>Zeitplan:</b> {WHEN[i]}</p>"
        for i in range(4)
    ]
    wanted = [_wanted(i, number=str(i + 1), period=WHEN[i], description=WHAT[i]) for i in range(4)]
    return _page("Integrationskonzept", "".join(parts), wide=False), wanted


def questions_in_frames() -> tuple[str, list[Wanted]]:
    parts = [
        f'<div class="frame"><p class="tint"><b>{MEASURES[i]}</b></p><p><b>Worum geht es?</b><br>{WHAT[i]}</p>'
        f"<p><b>Wer macht mit?</b><br>{WHO[i]}</p><p><b>Wann?</b><br>{WHEN[i]}</p></div>"
        for i in range(3)
    ]
    wanted = [_wanted(i, period=WHEN[i], description=WHAT[i]) for i in range(3)]
    return _page("Quartierskonzept", "".join(parts), wide=False), wanted


def questions_as_headers() -> tuple[str, list[Wanted]]:
    items = "<ul><li>Zahl der Treffen</li><li>Zahl der Teilnehmenden</li></ul>"
    head = ["Was wollen wir tun?", "Woran messen wir den Erfolg?", "Wer ist verantwortlich?", "Umsetzungsstand 2024"]
    table = _table(head, [_row(MEASURES[i], items, WHO[i], "offen") for i in range(6)])
    return _page("Bildungsplan", table), [_wanted(i, indicators="2", progress="offen") for i in range(6)]


def years_under_one_header() -> tuple[str, list[Wanted]]:
    rows = [_row(str(i + 1), MEASURES[i], *("X" if i % 3 == k else "" for k in range(3)), WHO[i]) for i in range(6)]
    upper = ["Nr.", "Maßnahme", "Umsetzung", "Zuständig"]
    spans = ['rowspan="2"', 'rowspan="2"', 'colspan="3"', 'rowspan="2"']
    head = _row(*(f"<th {span}>{text}</th>" for text, span in zip(upper, spans, strict=True)))
    table = f"<table><thead>{head}{_row('2025', '2026', '2027', tag='th')}</thead>{''.join(rows)}</table>"
    return _page("Digitalisierungsstrategie", table), [_wanted(i, number=str(i + 1)) for i in range(6)]


def field_turned_over_its_measures() -> tuple[str, list[Wanted]]:
    rows: list[str] = []
    for i in range(8):
        turned = f'<td rowspan="4" style="writing-mode: vertical-rl"><b>Hitzevorsorge {i // 4 + 1}</b></td>'
        rows.append(_row(*([turned] if i % 4 == 0 else []), f"KA-{i + 1:02d}", MEASURES[i], " ".join(WHAT), WHO[i]))
    head = ["Cluster", "Code", "Anpassungsmaßnahme", "Kurzbeschreibung", "Federführendes Amt"]
    wanted = [_wanted(i, number=f"KA-{i + 1:02d}", description=" ".join(WHAT)) for i in range(8)]
    return _page("Klimaanpassungskonzept", _table(head, rows)), wanted


def dots_for_priorities() -> tuple[str, list[Wanted]]:
    dots = ["●○○", "●●●"]
    rows = [_row(str(i + 1), MEASURES[i], dots[i % 2], WHO[i], "15.000 €") for i in range(8)]
    head = ["ID", "Maßnahmenbezeichnung", "Priorität", "Baulastträger", "Kostenschätzung"]
    return _page("Radverkehrskonzept", _table(head, rows)), [
        _wanted(i, number=str(i + 1), priority=dots[i % 2]) for i in range(8)
    ]


def status_in_colour() -> tuple[str, list[Wanted]]:
    light = '<span style="color: green">●</span> läuft'
    rows = [_row(light, f"<b>{MEASURES[i]}</b>", " ".join(WHAT * 2), WHO[i], WHEN[i]) for i in range(8)]
    head = ["Status", "Digitalprojekt", "Projektinhalt", "Projektleitung", "Umsetzung bis"]
    wanted = [_wanted(i, period=WHEN[i], description=" ".join(WHAT * 2)) for i in range(8)]
    return _page("Digitalstrategie", _table(head, rows, repeated=False)), wanted


def projects_of_town_development() -> tuple[str, list[Wanted]]:
    rows = [_row(f"1.{i + 1}", MEASURES[i], WHEN[i], "120 T€", "Städtebauförderung", WHO[i]) for i in range(8)]
    rows.insert(4, _row('<td colspan="6" class="tint"><b>Fachkonzept Wohnen</b></td>'))
    head = ["Projekt-Nr.", "Projektbezeichnung", "Zeitraum", "Kosten", "Förderkulisse", "Projektverantwortung"]
    return _page("INSEK", _table(head, rows)), [_wanted(i, number=f"1.{i + 1}", period=WHEN[i]) for i in range(8)]


def findings_and_recommendations() -> tuple[str, list[Wanted]]:
    rows = [_row(str(i + 1), f"Ortsteil {i + 1} liegt zu weit ab.", MEASURES[i], WHO[i], WHEN[i]) for i in range(8)]
    table = _table(["Lfd.-Nr.", "Feststellung", "Empfehlung", "Umsetzung durch", "Umsetzungsfrist"], rows)
    return _page("Feuerwehrbedarfsplan", table), [_wanted(i, number=str(i + 1), period=WHEN[i]) for i in range(8)]


def sheets_with_shaded_labels() -> tuple[str, list[Wanted]]:
    sheets = [
        f'<h2 class="new">Steckbrief W{i + 1}: {MEASURES[i]}</h2><table class="blank">'
        + _row(_label("Kurzbeschreibung"), " ".join(WHAT * 4))
        + _row(_label("Verantwortliche Akteure"), WHO[i])
        + _row(_label("Umsetzungsbeginn"), WHEN[i])
        + _row(_label("Erfolgsindikatoren"), "Zahl der Anschlüsse")
        + "</table>"
        for i in range(6)
    ]
    wanted = [_wanted(i, number=f"W{i + 1}", period=WHEN[i], indicators="1") for i in range(6)]
    return _page("Kommunale Wärmeplanung", "".join(sheets), wide=False), wanted


CATALOGUES: list[Layout] = [
    goals_above_measures,
    one_office_for_several,
    goes_on_with_fortsetzung,
    sums_between,
    two_columns_of_boxes,
    goal_over_several_rows,
    header_on_the_first_page_only,
    header_again_for_each_part,
    report_below_each_measure,
    labels_in_running_text,
    questions_in_frames,
    questions_as_headers,
    years_under_one_header,
    field_turned_over_its_measures,
    dots_for_priorities,
    status_in_colour,
    projects_of_town_development,
    findings_and_recommendations,
    sheets_with_shaded_labels,
]
