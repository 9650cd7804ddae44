"""Given measures laid out as PDFs in many ways, so that the truth comes from here and never from the extractor.

`build(plan, layout)` gives the bytes of a PDF. A `Layout` says how it looks; `make_plan(seed, ...)` makes records
from phrases in the manner of council plans.
"""

from __future__ import annotations

import io
import random
from dataclasses import dataclass, field
from html import escape
from typing import Any

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, LongTable, PageBreak, PageTemplate, Paragraph, Spacer

PROBLEMS = [
    "Angebote sind in der Fläche unbekannt und werden nicht genutzt",
    "Fehlende Radwege zwischen den Ortsteilen",
    "Hohe Energiekosten in kommunalen Gebäuden",
    "Zu wenig bezahlbarer Wohnraum für Familien mit geringem Einkommen",
    "Ärztliche Versorgung ist im ländlichen Raum nicht gesichert",
    "Jugendliche werden an Planungen selten beteiligt",
    "Starkregen überflutet regelmäßig Keller und Unterführungen",
    "Die Innenstadt verliert Geschäfte, Besucherinnen und Besucher",
]
MEASURES = [
    "Aufbau einer zentralen Beratungsstelle im Rathaus",
    "Ausbau des Radwegenetzes entlang der Kreisstraßen mit sicheren Querungen",
    "Energetische Sanierung der Grund- und Gemeinschaftsschulen",
    "Einführung eines Förderprogramms für Dach- und Fassadenbegrünung",
    "Einrichtung eines Jugendbeirats mit eigenem Budget",
    "Erstellung einer Starkregengefahrenkarte für das gesamte Stadtgebiet",
    "Ansprache von Eigentümerinnen und Eigentümern leer stehender Gebäude",
    "Fortbildungsreihe für pädagogische Fachkräfte in Kindertagesstätten",
    "Veröffentlichung eines mehrsprachigen Wegweisers (digital und gedruckt)",
    "Kooperationsvereinbarung mit den Nachbargemeinden zum Bürgerbus",
]
INDICATORS = [
    "Anzahl der Beratungen je Quartal",
    "Länge der neu gebauten Radwege in Kilometern",
    "Der Energieverbrauch ist um 20 % gesunken",
    "mindestens zwölf Veranstaltungen im Jahr finden statt",
    "Rückmeldungen der Teilnehmenden werden ausgewertet und veröffentlicht",
    "Konzept liegt vor und ist mit den Beteiligten abgestimmt",
    "Zahl der geförderten Vorhaben",
    "Bekanntmachung auf der Homepage und in der örtlichen Presse",
]
ACTORS = [
    "Stadtwerke",
    "Amt für Umwelt",
    "Fachbereich Soziales",
    "Jobcenter",
    "Volkshochschule",
    "Freiwillige Feuerwehr",
    "Kreisjugendring",
    "Gleichstellungsbeauftragte",
    "Wirtschaftsförderung",
    "Sportverein Eintracht e.V.",
]
FIELDS = ["Mobilität", "Bildung und Teilhabe", "Klimaanpassung", "Wohnen", "Ehrenamt", "Gesundheit"]
LABELS = {
    "number": "Nr.",
    "field_of_action": "Handlungsfeld",
    "problem": "Problem",
    "measure": "Maßnahme",
    "indicators": "Indikatoren",
    "responsibility_text": "Zuständigkeit",
    "period": "Zeitraum",
    "cost": "Kosten",
    "goal": "Ziel",
}


@dataclass
class Measure:
    """One measure as it is put into the PDF, and as it should come out."""

    measure: str
    problem: str | None = None
    field_of_action: str | None = None
    number: str | None = None
    goal: str | None = None
    period: str | None = None
    cost: str | None = None
    indicators: list[str] = field(default_factory=list)
    responsibility_text: str | None = None


@dataclass
class Layout:
    """How a plan is drawn. Sizes are points."""

    columns: tuple[str, ...] = ("problem", "measure", "indicators", "responsibility_text")
    labels: dict[str, str] = field(default_factory=dict)
    wide: bool = True
    rules: str = "grid"
    """grid, inner (no outer border), horizontal, none, shaded (grey rows, no rules)"""
    fields: str = "heading"
    """heading, band (full-width row), column, none"""
    repeat_header: bool = False
    bullets: str | None = "-"
    size: float = 9.0
    span_problem: bool = True
    split_rows: bool = True
    watermark: str | None = None
    head: str | None = None
    foot: bool = True
    font: str = "Helvetica"
    title: str = "Aktionsplan Beispielstadt"
    new_page: bool = False
    """each field of action begins on a new page"""


def make_plan(seed: int, count: int = 12, fields: int = 3, shared_problems: bool = True) -> list[Measure]:
    """`count` measures over `fields` fields of action; the same seed gives the same plan."""
    rng = random.Random(seed)
    names = rng.sample(FIELDS, fields)
    plan: list[Measure] = []
    used: set[str] = set()
    problem = ""
    for index in range(count):
        text = rng.choice(MEASURES)
        if text in used:
            text = f"{text}, Abschnitt {index + 1}"
        used.add(text)
        name = names[index * fields // count]
        new_field = not plan or plan[-1].field_of_action != name
        if new_field or not shared_problems or rng.random() < 0.6:
            problem = f"{rng.choice(PROBLEMS)} ({index + 1})"
        plan.append(
            Measure(
                measure=text,
                problem=problem,
                field_of_action=name,
                number=f"{names.index(name) + 1}.{index + 1}",
                goal=f"Bis 2030 ist die Lage bei Punkt {index + 1} besser",
                period=rng.choice(["2025 bis 2027", "laufend", "ab 2026", "bis Ende 2026"]),
                cost=rng.choice(["20.000 €", "keine", "ca. 5.000 € pro Jahr"]),
                indicators=rng.sample(INDICATORS, rng.randint(1, 4)),
                responsibility_text=", ".join(rng.sample(ACTORS, rng.randint(1, 3))),
            )
        )
    return plan


def build(plan: list[Measure], layout: Layout) -> bytes:
    """The plan as a PDF made by reportlab."""
    buffer = io.BytesIO()
    size = landscape(A4) if layout.wide else A4
    template = BaseDocTemplate(buffer, pagesize=size, invariant=1)
    frame = Frame(56, 56, size[0] - 112, size[1] - 112, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)
    template.addPageTemplates(PageTemplate(frames=[frame], onPage=lambda canvas, doc: _furniture(canvas, doc, layout)))
    template.build(_story(plan, layout, size[0] - 112))
    return buffer.getvalue()


def _furniture(canvas: Canvas, document: BaseDocTemplate, layout: Layout) -> None:
    width, height = document.pagesize
    canvas.saveState()
    canvas.setFont("Helvetica", 7)
    if layout.head:
        canvas.drawString(56, height - 30, layout.head)
    if layout.foot:
        canvas.drawCentredString(width / 2, 28, f"Seite {canvas.getPageNumber()}")
    if layout.watermark:
        canvas.setFont("Helvetica-Bold", 90)
        canvas.setFillColorRGB(0.85, 0.85, 0.85)
        canvas.translate(width / 2, height / 2)
        canvas.rotate(35)
        canvas.drawCentredString(0, 0, layout.watermark)
    canvas.restoreState()


def _story(plan: list[Measure], layout: Layout, width: float) -> list[Flowable]:
    heading = ParagraphStyle(
        "h", fontName="Helvetica-Bold", fontSize=12, leading=15, spaceBefore=14, spaceAfter=5, keepWithNext=0
    )
    title = ParagraphStyle("t", fontName="Helvetica-Bold", fontSize=17, leading=21, spaceAfter=12)
    body = ParagraphStyle("b", fontName=layout.font, fontSize=10, leading=13)
    story: list[Flowable] = [Paragraph(escape(layout.title), title)]
    story.append(Paragraph("Der Rat hat die Verwaltung beauftragt, die folgenden Schritte umzusetzen.", body))
    if layout.fields != "heading":
        return [*story, Spacer(1, 12), _table(plan, layout, width)]
    for number, name in enumerate(dict.fromkeys(m.field_of_action for m in plan)):
        if number and layout.new_page:
            story.append(PageBreak())
        story.append(Paragraph(escape(name or ""), heading))
        story.append(_table([m for m in plan if m.field_of_action == name], layout, width))
    return story


def _table(plan: list[Measure], layout: Layout, width: float) -> LongTable:
    columns = layout.columns
    cell = ParagraphStyle("c", fontName=layout.font, fontSize=layout.size, leading=layout.size * 1.2, splitLongWords=0)
    bold = ParagraphStyle("hc", parent=cell, fontName=f"{layout.font}-Bold")
    rows: list[list[Any]] = [[Paragraph(escape(layout.labels.get(c, LABELS[c])), bold) for c in columns]]
    style: list[tuple[Any, ...]] = [("VALIGN", (0, 0), (-1, -1), "TOP")]
    previous: Measure | None = None
    starts: dict[int, int] = {}
    for measure in plan:
        if layout.fields == "band" and (previous is None or previous.field_of_action != measure.field_of_action):
            style += [
                ("SPAN", (0, len(rows)), (-1, len(rows))),
                ("BACKGROUND", (0, len(rows)), (-1, len(rows)), colors.lightblue),
            ]
            rows.append([Paragraph(escape(measure.field_of_action or ""), bold)] + [""] * (len(columns) - 1))
            previous = None
        row: list[Any] = []
        for index, column in enumerate(columns):
            spans = column == "problem" and layout.span_problem and layout.rules in ("grid", "inner")
            if spans and previous is not None and previous.problem == measure.problem:
                row.append("")
            else:
                if spans:
                    starts[len(rows)] = index
                row.append(_cell(measure, column, layout, cell))
        rows.append(row)
        previous = measure
    style += _span_style(rows, starts) + _rule_style(layout, len(rows))
    weights = {"number": 0.4, "indicators": 1.3, "measure": 1.2, "period": 0.7, "cost": 0.7}
    total = sum(weights.get(c, 1.0) for c in columns)
    widths = [width * weights.get(c, 1.0) / total for c in columns]
    table = LongTable(
        rows, colWidths=widths, repeatRows=1 if layout.repeat_header else 0, splitInRow=int(layout.split_rows)
    )
    table.setStyle(style)
    return table


def _span_style(rows: list[list[Any]], starts: dict[int, int]) -> list[tuple[Any, ...]]:
    style: list[tuple[Any, ...]] = []
    for start, column in starts.items():
        end = start
        while (
            end + 1 < len(rows)
            and end + 1 not in starts
            and rows[end + 1][column] == ""
            and isinstance(rows[end + 1][-1], list)
        ):
            end += 1
        if end > start:
            style.append(("SPAN", (column, start), (column, end)))
    return style


def _rule_style(layout: Layout, count: int) -> list[tuple[Any, ...]]:
    if layout.rules == "grid":
        return [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("BACKGROUND", (0, 0), (-1, 0), colors.lightgrey)]
    if layout.rules == "inner":
        return [("INNERGRID", (0, 0), (-1, -1), 0.5, colors.black)]
    if layout.rules == "horizontal":
        return [("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.black), ("LINEABOVE", (0, 0), (-1, 0), 0.5, colors.black)]
    if layout.rules == "shaded":
        return [("BACKGROUND", (0, row), (-1, row), colors.whitesmoke) for row in range(1, count, 2)]
    return []


def _cell(measure: Measure, column: str, layout: Layout, style: ParagraphStyle) -> list[Flowable]:
    if column != "indicators":
        return [Paragraph(escape(getattr(measure, column) or ""), style)]
    if layout.bullets is None:
        return [Paragraph(escape(" ".join(measure.indicators)), style)]
    item = ParagraphStyle(
        "i", parent=style, leftIndent=10, bulletIndent=0, bulletFontName=layout.font, bulletFontSize=layout.size
    )
    return [Paragraph(escape(text), item, bulletText=layout.bullets) for text in measure.indicators]
