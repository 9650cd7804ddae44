"""Tables that are no plans: financial and statistical ones, lists and schedules, between prose."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from tests.layouts.sheets import Columns, Element, Grid, Look, Para, Rules, Sheet, Text, cell

PROSE = [
    "Die Verwaltung hat die Zahlen der vergangenen Jahre ausgewertet und stellt sie im Folgenden vor. Der Ausschuss "
    "hatte in seiner Sitzung im März darum gebeten, die Entwicklung der Erträge und Aufwendungen getrennt nach "
    "Produktbereichen darzustellen.",
    "Gegenüber dem Vorjahr steigen vor allem die Aufwendungen für Personal und Energie. Die Gründe dafür liegen in den "
    "Tarifabschlüssen und in den Preisen, die sich erst im zweiten Halbjahr wieder beruhigt haben.",
    "Im Ergebnis bleibt der Haushalt ausgeglichen, wenn die Zuweisungen des Landes in der erwarteten Höhe eingehen. "
    "Über Abweichungen wird vierteljährlich berichtet.",
]
_ACCOUNTS = [
    "Steuern und ähnliche Abgaben",
    "Zuwendungen und allgemeine Umlagen",
    "Öffentlich-rechtliche Entgelte",
    "Personalaufwendungen",
    "Aufwendungen für Sach- und Dienstleistungen einschließlich der Unterhaltung der Gebäude",
    "Abschreibungen",
    "Transferaufwendungen",
    "Sonstige ordentliche Aufwendungen",
]
_PLACES = ["Altstadt", "Nordstadt", "Südvorstadt", "Ortsteil Wiesental", "Bergheim", "Am Hafen", "Lindenau"]


@dataclass
class TableCase:
    """A document with tables; `kind` names what they show."""

    name: str
    kinds: tuple[str, ...]
    rules: Rules = "grid"
    look: Look = field(default_factory=lambda: Look(foot=True))
    producer: str = "reportlab"
    seed: int = 1
    columns: bool = False
    """The prose stands in two columns."""

    def grids(self) -> list[Grid]:
        rng = random.Random(self.seed)
        return [_KINDS[kind](rng, self.rules) for kind in self.kinds]

    def sheet(self) -> Sheet:
        elements: list[Element] = [Text("heading", Para("Anlage zur Haushaltssatzung"))]
        for number, grid in enumerate(self.grids(), 1):
            prose = PROSE[number % len(PROSE)]
            elements += [Columns([prose, PROSE[0]]) if self.columns else Text("body", Para(prose))]
            elements += [Text("note", Para(f"Tabelle {number}: Übersicht über die Entwicklung")), grid]
            elements += [Text("note", Para("Quelle: eigene Erhebung, vorläufige Werte."))]
        return Sheet(self.look, [*elements, Text("body", Para(PROSE[2]))])


def _amount(rng: random.Random) -> str:
    value = rng.randint(900, 4_000_000)
    return f"{'-' if rng.random() < 0.15 else ''}{value:,}".replace(",", ".")


def _finance(rng: random.Random, rules: Rules) -> Grid:
    head = [
        cell("Bezeichnung", bold=True),
        *(cell(year, bold=True, right=True) for year in ("Ergebnis 2022", "Ansatz 2023", "Ansatz 2024", "Plan 2025")),
    ]
    rows = [[cell(name), *(cell(_amount(rng), right=True) for _ in range(4))] for name in _ACCOUNTS]
    total = [cell("Summe", bold=True), *(cell(_amount(rng), bold=True, right=True) for _ in range(4))]
    return Grid([head, *rows, total], [0.36, 0.16, 0.16, 0.16, 0.16], rules=rules)


def _spanned(rng: random.Random, rules: Rules) -> Grid:
    upper = [
        cell("Stadtteil", bold=True, rows=2),
        cell("Einwohner", bold=True, cols=2),
        cell("Haushalte", bold=True, cols=2),
    ]
    lower = [cell(year, bold=True, right=True) for year in ("2015", "2020", "2015", "2020")]
    rows = [[cell(name), *(cell(_amount(rng).lstrip("-"), right=True) for _ in range(4))] for name in _PLACES]
    return Grid([upper, lower, *rows], [0.32, 0.17, 0.17, 0.17, 0.17], 2, rules=rules)


def _shares(rng: random.Random, rules: Rules) -> Grid:
    """Many narrow columns of short numbers, some without a value."""
    head = [
        cell("Jahr", bold=True),
        *(cell(name, bold=True, right=True) for name in ("Strom", "Gas", "Öl", "Holz", "Sonne", "Wind")),
    ]
    rows = [
        [
            cell(str(2010 + n)),
            *(
                cell("–" if rng.random() < 0.1 else f"{rng.random() * 60:.1f}".replace(".", ",") + " %", right=True)
                for _ in range(6)
            ),
        ]
        for n in range(9)
    ]
    return Grid([head, *rows], [0.16, *[0.14] * 6], rules=rules)


def _small(rng: random.Random, rules: Rules) -> Grid:
    head = [cell("Gebäude", bold=True), cell("Baujahr", bold=True), cell("Fläche in m²", bold=True, right=True)]
    rows = [
        [cell(name), cell(str(rng.randint(1890, 2015))), cell(_amount(rng).lstrip("-"), right=True)]
        for name in _PLACES[:4]
    ]
    return Grid([head, *rows], [0.4, 0.25, 0.35], rules=rules, share=0.7)


def _attendance(_: random.Random, rules: Rules) -> Grid:
    names = ["Anna Berger", "Bernd Claussen", "Carla Dietz", "Dirk Ehlers", "Elke Franke", "Frank Gerdes"]
    head = [cell(text, bold=True) for text in ("Nr.", "Name", "Fraktion", "Anwesend", "Unterschrift")]
    rows = [
        [cell(str(n)), cell(name), cell("ABC"[n % 3] * 3), cell("ja" if n % 4 else "nein"), cell("")]
        for n, name in enumerate(names, 1)
    ]
    return Grid([head, *rows], [0.1, 0.35, 0.15, 0.15, 0.25], rules=rules)


def _votes(rng: random.Random, rules: Rules) -> Grid:
    head = [cell(text, bold=True) for text in ("Gremium", "Sitzung am", "Ja-Stimmen", "Nein-Stimmen", "Enthaltungen")]
    bodies = ["Ausschuss für Umwelt", "Finanzausschuss", "Verwaltungsausschuss", "Rat der Stadt"]
    rows = [
        [cell(name), cell(f"{n + 3:02d}.03.2025"), *(cell(str(rng.randint(0, 30))) for _ in range(3))]
        for n, name in enumerate(bodies)
    ]
    return Grid([head, *rows], [0.3, 0.19, 0.17, 0.17, 0.17], rules=rules)


def _schedule(_: random.Random, rules: Rules) -> Grid:
    head = [cell(text, bold=True) for text in ("Uhrzeit", "Programmpunkt", "Raum")]
    points = [
        "Begrüßung durch den Bürgermeister",
        "Vortrag zur Wärmeplanung",
        "Mittagspause",
        "Arbeit in Gruppen",
        "Abschluss",
    ]
    rows = [[cell(f"{9 + n}:00 Uhr"), cell(text), cell(f"Saal {n % 2 + 1}")] for n, text in enumerate(points)]
    return Grid([head, *rows], [0.2, 0.55, 0.25], rules=rules)


def _budget(rng: random.Random, rules: Rules) -> Grid:
    head = [
        cell("Maßnahme", bold=True),
        *(cell(t, bold=True, right=True) for t in ("Ansatz 2024", "Ansatz 2025", "Gesamtkosten")),
    ]
    names = ["Neubau Feuerwehrhaus", "Sanierung Rathausdach", "Ausbau Gehweg Bahnhofstraße", "Spielplatz Am Hafen"]
    rows = [[cell(name), *(cell(_amount(rng).lstrip("-"), right=True) for _ in range(3))] for name in names]
    return Grid([head, *rows], [0.43, 0.19, 0.19, 0.19], rules=rules)


def _deliberation(_: random.Random, rules: Rules) -> Grid:
    head = [cell(text, bold=True) for text in ("Beratungsfolge", "Termin", "Status", "Zuständigkeit")]
    bodies = ["Bauausschuss", "Hauptausschuss", "Gemeinderat"]
    rows = [
        [
            cell(name),
            cell(f"{n + 4:02d}.05.2025"),
            cell("öffentlich"),
            cell("Entscheidung" if n == 2 else "Vorberatung"),
        ]
        for n, name in enumerate(bodies)
    ]
    return Grid([head, *rows], [0.35, 0.2, 0.2, 0.25], rules=rules)


_KINDS = {
    "finance": _finance,
    "spanned": _spanned,
    "shares": _shares,
    "small": _small,
    "attendance": _attendance,
    "votes": _votes,
    "schedule": _schedule,
    "budget": _budget,
    "deliberation": _deliberation,
}


def contents_page(look: Look) -> Sheet:
    """A table of contents: titles, dots, page numbers."""
    names = [
        "Ausgangslage",
        "Handlungsfelder und Maßnahmen",
        "Zuständigkeit und Zeitraum",
        "Indikatoren",
        "Kosten",
        "Ausblick",
    ]
    lines = [
        Text("body", Para(f"{n} {name} {'.' * (90 - 2 * len(name))} {3 * n + 2}")) for n, name in enumerate(names, 1)
    ]
    return Sheet(look, [Text("title", Para("Inhalt")), *lines])


def prose_page(look: Look) -> Sheet:
    """Nothing but prose in two columns."""
    return Sheet(
        look, [Text("title", Para("Bericht der Verwaltung")), Columns([text for _ in range(3) for text in PROSE])]
    )


TABLES = [
    TableCase("finance-grid", ("finance", "small"), "grid", seed=1),
    TableCase("finance-horizontal", ("finance", "spanned"), "horizontal", seed=2),
    TableCase("finance-booktabs", ("finance", "small"), "booktabs", seed=3),
    TableCase("finance-blank", ("finance",), "none", seed=4),
    TableCase("finance-shaded", ("finance", "shares"), "shaded", seed=5),
    TableCase("spanned-grid", ("spanned", "shares"), "grid", producer="typst", seed=6),
    TableCase("spanned-booktabs", ("spanned",), "booktabs", producer="typst", seed=7),
    TableCase("spanned-blank", ("spanned", "small"), "none", seed=8),
    TableCase("spanned-weasyprint", ("spanned", "finance"), "booktabs", producer="weasyprint", seed=9),
    TableCase("shares-blank", ("shares",), "none", Look(size=8.0), seed=10),
    TableCase("shares-typst", ("shares", "small"), "booktabs", producer="typst", seed=11),
    TableCase("shares-inner", ("shares", "finance"), "inner", seed=12),
    TableCase("several-fpdf", ("small", "votes", "shares"), "horizontal", producer="fpdf2", seed=13),
    TableCase("several-weasyprint", ("small", "shares", "votes"), "shaded", producer="weasyprint", seed=14),
    TableCase("columns-of-prose", ("finance",), "booktabs", seed=15, columns=True),
    TableCase("columns-of-prose-blank", ("spanned",), "none", producer="typst", seed=16, columns=True),
    TableCase("finance-typst-blank", ("finance", "shares"), "none", producer="typst", seed=17),
    TableCase("finance-fpdf", ("finance", "spanned"), "none", producer="fpdf2", seed=18),
]
LISTS = [
    TableCase("attendance", ("attendance",), "grid", seed=21),
    TableCase("votes", ("votes", "deliberation"), "grid", producer="typst", seed=22),
    TableCase("schedule", ("schedule",), "horizontal", seed=23),
    TableCase("budget", ("budget", "finance"), "grid", seed=24),
    TableCase("budget-blank", ("budget",), "none", seed=25),
    TableCase("deliberation-blank", ("deliberation", "attendance"), "none", producer="weasyprint", seed=26),
]
# Not looked at while developing.
HELD = [
    TableCase("held-finance", ("finance", "votes"), "booktabs", producer="typst", seed=31),
    TableCase("held-spanned", ("spanned", "shares", "small"), "horizontal", producer="weasyprint", seed=32),
    TableCase("held-blank", ("budget", "shares"), "none", producer="fpdf2", seed=33),
    TableCase("held-shaded", ("spanned", "attendance"), "shaded", Look(size=8.0), seed=34, columns=True),
]
