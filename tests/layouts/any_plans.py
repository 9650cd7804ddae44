"""Tables of plans that are laid out at random: columns, labels, rules, fields, texts and white space from a seed.

Each table is described once (`Design`, `Row`) and set by reportlab or by typst.
"""

from __future__ import annotations

import io
import json
import random
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table

LABELS = {
    "number": ("Nr.", "Lfd. Nr.", "M-Nr."),
    "measure": ("Maßnahme", "Projekt", "Vorhaben", "Titel der Maßnahme", "Maßnahme / Projekt"),
    "description": ("Beschreibung", "Kurzbeschreibung", "Erläuterung", "Inhalt"),
    "goal": ("Ziel", "Zielsetzung", "Ziel der Maßnahme"),
    "indicators": ("Indikatoren", "Messgröße", "Erfolgskriterien"),
    "responsible": ("Zuständigkeit", "Verantwortlich", "Federführung", "Verantwortliche Stelle"),
    "period": ("Zeitraum", "Umsetzung bis", "Laufzeit", "Frist"),
    "cost": ("Kosten", "Kosten in €", "Finanzbedarf"),
    "priority": ("Priorität", "Prio."),
    "status": ("Status", "Sachstand", "Umsetzungsstand"),
}
WIDTHS = {
    "field": 90, "number": 42, "measure": 130, "description": 170, "goal": 130, "indicators": 120,
    "responsible": 112, "period": 74, "cost": 76, "priority": 58, "status": 96,
}  # fmt: skip
"""Points at a type of nine points."""
VALUES = {
    "goal": ("Mehr Wege werden zu Fuß zurückgelegt.", "Familien finden schneller Hilfe.", "Weniger Energie"),
    "indicators": ("Zahl der Beratungen", "Kilometer neuer Radwege", "Anteil der Teilnehmenden", "Konzept liegt vor"),
    "responsible": ("Tiefbauamt", "Jugendamt / Sozialamt", "Amt für Stadtplanung, Stadtwerke", "Stabsstelle Klima"),
    "period": ("2026", "ab 2027", "31.12.2026", "fortlaufend"),
    "cost": ("250.000 €", "keine", "noch offen", "5.000 €"),
    "priority": ("hoch", "mittel", "gering"),
    "status": ("geplant", "begonnen", "in Umsetzung"),
}
SENTENCES = (
    "Die Stadt baut neue Radwege und verbindet damit die Ortsteile.",
    "Ein Netzwerk der Vereine bietet Beratung für Familien an.",
    "Schulhöfe werden entsiegelt und begrünt, die Elternschaft hilft.",
    "Am Abend fährt der Bus öfter.",
    "Geprüft wird gemeinsam mit dem Kreis, welche Dächer sich eignen.",
)
DOING = ("Ausbau", "Förderung", "Begrünung", "Sanierung", "Aufwertung", "Prüfung")
WHAT = ("der Radwege", "von Vereinen", "der Schulhöfe", "des Marktplatzes", "der Haltestellen", "von Solardächern")
WHERE = ("", " in der Altstadt", " am Bahnhof", " mit den Stadtwerken", " im Norden", " für alle Generationen")
FIELDS = ("Mobilität und Verkehr", "Energie", "Bildung", "Wohnen", "Gesundheit und Pflege")
RULES = ("grid", "rows", "head", "none", "zebra", "upright", "frame")


@dataclass(slots=True)
class Row:
    """A measure: what each column prints."""

    field_of_action: str | None
    texts: dict[str, str]


@dataclass(slots=True)
class Design:
    """How a table is set. `columns` are kinds; lengths are points."""

    columns: list[str]
    labels: dict[str, str]
    rules: str
    fields: str
    producer: str
    size: int
    padding: int
    middle: bool
    shaded_head: bool
    head_again: bool
    group: bool
    rows: list[Row] = field(default_factory=list)

    @property
    def grouped(self) -> list[int]:
        """The columns below one label: the last two, where the design groups them."""
        return [len(self.columns) - 2, len(self.columns) - 1] if self.group else []

    @property
    def widths(self) -> list[float]:
        """Widths of the columns, scaled with the type and stretched to the page."""
        own = [WIDTHS[kind] * self.size / 9 for kind in self.columns]
        return [width * max(1.0, 742 / sum(own)) for width in own]


def design(seed: int) -> Design:
    """A design with its rows."""
    draw = random.Random(seed)
    kinds = [kind for kind in LABELS if kind not in ("number", "measure")]
    chosen = sorted(draw.sample(kinds, draw.randint(2, 5)), key=kinds.index)
    if draw.random() < 0.3:
        draw.shuffle(chosen)
    fields = draw.choice(("none", "heading", "band", "span"))
    numbered = draw.random() < 0.5
    columns = [*(["field"] if fields == "span" else []), *(["number"] if numbered else []), "measure", *chosen]
    labels = {kind: draw.choice(texts) for kind, texts in LABELS.items()} | {"field": "Handlungsfeld"}
    made = Design(
        columns, labels, draw.choice(RULES), fields, draw.choice(("reportlab", "typst")), draw.choice((7, 8, 9)),
        draw.choice((3, 4, 6)), draw.random() < 0.25, draw.random() < 0.6, draw.random() < 0.6, draw.random() < 0.2,
    )  # fmt: skip
    while sum(made.widths) > 745:
        made.columns.pop()
    names = [f"{doing} {what}{where}" for doing in DOING for what in WHAT for where in WHERE]
    draw.shuffle(names)
    told = FIELDS[: draw.randint(2, 4)] if fields != "none" else (None,)
    for number, name in enumerate(names[: draw.randint(6, 16)], 1):
        texts = {kind: draw.choice(VALUES[kind]) for kind in made.columns if kind in VALUES}
        texts |= {"number": f"M {number}", "measure": name}
        texts["description"] = " ".join(draw.sample(SENTENCES, draw.choice((1, 1, 2, 3))))
        made.rows.append(Row(None, {kind: texts[kind] for kind in made.columns if kind != "field"}))
    for index, row in enumerate(made.rows):
        row.field_of_action = told[index * len(told) // len(made.rows)]
    return made


def plan_pdf(made: Design) -> bytes:
    """The plan as PDF."""
    return _typst(made) if made.producer == "typst" else _reportlab(made)


def _parts(made: Design) -> list[tuple[str | None, list[Row]]]:
    """(heading, rows) of each table."""
    if made.fields != "heading":
        return [(None, made.rows)]
    return [(name, list(rows)) for name, rows in groupby(made.rows, key=lambda row: row.field_of_action)]


def _reportlab(made: Design) -> bytes:
    body = ParagraphStyle("body", fontName="Helvetica", fontSize=made.size, leading=1.2 * made.size)
    bold = ParagraphStyle("bold", parent=body, fontName="Helvetica-Bold")
    heading = ParagraphStyle("heading", parent=bold, fontSize=made.size + 4, leading=made.size + 8, keepWithNext=1)
    story: list[Flowable] = [Paragraph("Aktionsplan der Stadt Neuental", heading), Paragraph(SENTENCES[0], body)]
    for name, rows in _parts(made):
        story += [Paragraph(name, heading)] if name else [Spacer(1, 8)]
        story += [_reportlab_table(made, rows, body, bold), Spacer(1, 10)]
    file = io.BytesIO()
    SimpleDocTemplate(file, pagesize=(842, 595), leftMargin=44, rightMargin=44, topMargin=54, bottomMargin=54).build(
        story
    )
    return file.getvalue()


def _reportlab_table(made: Design, rows: list[Row], body: ParagraphStyle, bold: ParagraphStyle) -> Table:
    labels: list[Any] = [Paragraph(made.labels[kind], bold) for kind in made.columns]
    style: list[tuple[Any, ...]] = [
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE" if made.middle else "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 4),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ("TOPPADDING", (0, 0), (-1, -1), made.padding),
        ("BOTTOMPADDING", (0, 0), (-1, -1), made.padding),
    ]
    lines: list[list[Any]] = [labels]
    if made.group:
        first, last = made.grouped
        above = [Paragraph("Umsetzung", bold) if n == first else "" if n == last else x for n, x in enumerate(labels)]
        lines = [above, ["" if n not in made.grouped else x for n, x in enumerate(labels)]]
        style += [("SPAN", (first, 0), (last, 0))]
        style += [("SPAN", (n, 0), (n, 1)) for n in range(len(labels)) if n not in made.grouped]
    heads = len(lines)
    for name, told in groupby(rows, key=lambda row: row.field_of_action):
        inside = list(told)
        if made.fields == "band":
            style += [("SPAN", (0, len(lines)), (-1, len(lines)))]
            style += [("BACKGROUND", (0, len(lines)), (-1, len(lines)), colors.Color(0.86, 0.86, 0.86))]
            lines.append([Paragraph(name or "", bold), *[""] * (len(labels) - 1)])
        if made.fields == "span" and len(inside) > 1:
            style += [("SPAN", (0, len(lines)), (0, len(lines) + len(inside) - 1))]
        for index, row in enumerate(inside):
            texts = row.texts | ({"field": name or ""} if index == 0 else {"field": ""})
            if made.rules == "zebra" and len(lines) % 2 == 0:
                first = int(made.fields == "span")
                style += [("BACKGROUND", (first, len(lines)), (-1, len(lines)), colors.Color(0.9, 0.93, 0.95))]
            lines.append([Paragraph(texts[kind], body) for kind in made.columns])
    black = colors.Color(0.2, 0.2, 0.2)
    style += {
        "grid": [("GRID", (0, 0), (-1, -1), 0.5, black)],
        "rows": [("LINEBELOW", (0, 0), (-1, -1), 0.5, black), ("LINEABOVE", (0, 0), (-1, 0), 0.5, black)],
        "head": [("LINEABOVE", (0, 0), (-1, 0), 1, black), ("LINEBELOW", (0, heads - 1), (-1, heads - 1), 1, black)],
        "upright": [("LINEBEFORE", (0, 0), (-1, -1), 0.5, black), ("LINEAFTER", (-1, 0), (-1, -1), 0.5, black)],
        "frame": [("BOX", (0, 0), (-1, -1), 0.5, black)],
    }.get(made.rules, [])
    style += [("BACKGROUND", (0, 0), (-1, heads - 1), colors.Color(0.79, 0.84, 0.89))] if made.shaded_head else []
    return Table(lines, colWidths=made.widths, style=style, repeatRows=heads if made.head_again else 0, splitInRow=0)


def _typst(made: Design) -> bytes:
    import typst

    out = [
        "#set page(width: 842pt, height: 595pt, margin: (x: 50pt, y: 54pt))",
        f'#set text(font: "Liberation Sans", size: {made.size}pt, lang: "de", hyphenate: false)',
        "#set par(leading: 0.5em)",
        "#show table.cell: set block(breakable: false)",
        "= Aktionsplan der Stadt Neuental",
        SENTENCES[0],
    ]
    for name, rows in _parts(made):
        out += [f"== {name}"] if name else []
        out.append(_typst_table(made, rows))
    return bytes(typst.compile("\n\n".join(out).encode()))


def _text(text: str, *, bold: bool = False) -> str:
    """A cell's content in typst's markup."""
    quoted = f"#text({json.dumps(text, ensure_ascii=False)})"
    return f"[*{quoted}*]" if bold else f"[{quoted}]"


def _typst_table(made: Design, rows: list[Row]) -> str:
    labels = [_text(made.labels[kind], bold=True) for kind in made.columns]
    head = ", ".join(labels)
    if made.group:
        single = [f"table.cell(rowspan: 2){label}" for n, label in enumerate(labels) if n not in made.grouped]
        pair = [labels[n] for n in made.grouped]
        head = ", ".join([*single, f"table.cell(colspan: 2, align: center){_text('Umsetzung', bold=True)}", *pair])
    cells = [f"table.header(repeat: {str(made.head_again).lower()}, {head})"]
    for name, told in groupby(rows, key=lambda row: row.field_of_action):
        inside = list(told)
        if made.fields == "band":
            cells.append(f"table.cell(colspan: {len(labels)}, fill: rgb(219, 219, 219)){_text(name or '', bold=True)}")
        if made.fields == "span":
            cells.append(f"table.cell(rowspan: {len(inside)}){_text(name or '')}")
        cells += [_text(row.texts[kind]) for row in inside for kind in made.columns if kind != "field"]
    shade = "if y == 0 {rgb(200, 212, 226)} else " if made.shaded_head else ""
    zebra = "if calc.even(y) {rgb(230, 236, 242)} else {none}" if made.rules == "zebra" else "{none}"
    stroke = {
        "grid": "0.5pt",
        "rows": "(x, y) => (top: 0.5pt, bottom: 0.5pt)",
        "head": "(x, y) => if y == 0 {(top: 1pt, bottom: 1pt)} else {none}",
        "upright": "(x, y) => (left: 0.5pt, right: 0.5pt)",
    }.get(made.rules, "none")
    widths = ", ".join(f"{width:.1f}pt" for width in made.widths)
    table = (
        f"table(columns: ({widths}), inset: (x: 4pt, y: {made.padding}pt), stroke: {stroke}, "
        f"fill: (x, y) => {shade}{zebra}, align: {'horizon' if made.middle else 'top'} + left, {', '.join(cells)})"
    )
    return f"#block(stroke: 0.5pt, {table})" if made.rules == "frame" else f"#{table}"
