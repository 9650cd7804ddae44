"""Plans of measures as a scanner gives them: nothing but a picture on each page."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import PIL.Image
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, LongTable, PageBreak, Paragraph, SimpleDocTemplate

from extractors.page import open_pdf

SCALE = 300 / 72
"""Pixels a point of the scans."""


@dataclass(frozen=True)
class Row:
    field: str
    problem: str
    measure: str
    indicators: tuple[str, ...]
    responsibility: str


PLAN = [
    Row("Mobilität", "Fehlende Radwege zwischen den Ortsteilen",
        "Ausbau des Radwegenetzes entlang der Kreisstraßen mit sicheren Querungen",
        ("Länge der neu gebauten Radwege in Kilometern", "Zahl der Querungen"), "Amt für Verkehr, Stadtwerke"),
    Row("Mobilität", "Busse fahren zu selten", "Kooperationsvereinbarung mit den Nachbargemeinden zum Bürgerbus",
        ("Der Bürgerbus fährt täglich bis 22 Uhr",), "Fachbereich Ordnung"),
    Row("Mobilität", "Es gibt zu wenig Ladesäulen", "Zwölf neue Ladesäulen an öffentlichen Gebäuden",
        ("Zahl der Ladesäulen (je Ortsteil)", "Geladene Strommenge"), "Stadtwerke"),
    Row("Mobilität", "Schulwege sind nicht sicher genug", "Schulwegpläne für alle Grund- und Gemeinschaftsschulen",
        ("Pläne liegen vor", "Rückmeldungen der Eltern wurden ausgewertet"), "Schulamt, Polizei"),
    Row("Klimaanpassung", "Starkregen überflutet regelmäßig Keller und Unterführungen",
        "Erstellung einer Starkregengefahrenkarte für das gesamte Stadtgebiet",
        ("Karte ist veröffentlicht", "mindestens zwölf Beratungen im Jahr"), "Amt für Umwelt"),
    Row("Klimaanpassung", "Hohe Energiekosten in kommunalen Gebäuden", "Energetische Sanierung der Sporthallen",
        ("Der Energieverbrauch ist um 20 % gesunken",), "Gebäudemanagement"),
    Row("Klimaanpassung", "Plätze heizen sich im Sommer stark auf", "Förderprogramm für Dach- und Fassadenbegrünung",
        ("Zahl der geförderten Vorhaben", "Begrünte Fläche in Quadratmetern"), "Amt für Umwelt, Volkshochschule"),
    Row("Klimaanpassung", "Viele Menschen leiden unter der Hitze", "Hitzeaktionsplan mit kühlen Orten und Trinkbrunnen",
        ("Plan ist beschlossen", "Zahl der Trinkbrunnen"), "Gesundheitsamt"),
]  # fmt: skip


def printed(rows: list[Row], *, rules: str = "GRID", bullet: str = "-", apart: bool = False) -> bytes:
    """The plan as a PDF with text: fields of action as bands, or with `apart` as headings on pages of their own."""
    body = ParagraphStyle("body", fontName="Helvetica", fontSize=9, leading=11)
    bold = ParagraphStyle("bold", parent=body, fontName="Helvetica-Bold")
    item = ParagraphStyle("item", parent=body, leftIndent=10, bulletFontName="Helvetica", bulletFontSize=9)
    heading = ParagraphStyle("heading", parent=bold, fontSize=13, leading=17, spaceAfter=6)
    title = ParagraphStyle("title", parent=bold, fontSize=17, leading=22, spaceAfter=10)
    header = [Paragraph(text, bold) for text in ("Problem", "Maßnahme", "Indikatoren", "Zuständigkeit")]

    def line(row: Row) -> list[Any]:
        items = [Paragraph(text, item, bulletText=bullet) for text in row.indicators]
        return [Paragraph(row.problem, body), Paragraph(row.measure, body), items, Paragraph(row.responsibility, body)]

    def table(lines: list[list[Any]], bands: list[int]) -> LongTable:
        style: list[tuple[Any, ...]] = [("VALIGN", (0, 0), (-1, -1), "TOP")]
        style += [(rules, (0, 0), (-1, -1), 0.5, colors.black), ("BACKGROUND", (0, 0), (-1, 0), colors.lightgrey)]
        style += [("SPAN", (0, band), (-1, band)) for band in bands]
        return LongTable(lines, colWidths=[180, 190, 200, 160], style=style)

    story: list[Flowable] = [Paragraph("Aktionsplan Beispielstadt", title)]
    fields = list(dict.fromkeys(row.field for row in rows))
    if apart:
        for number, name in enumerate(fields):
            story += [PageBreak()] if number else []
            story += [Paragraph(name, heading), table([header, *(line(row) for row in rows if row.field == name)], [])]
    else:
        lines, bands = [header], []
        for name in fields:
            bands.append(len(lines))
            lines.append([Paragraph(name, bold), "", "", ""])
            lines += [line(row) for row in rows if row.field == name]
        story.append(table(lines, bands))
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=landscape(A4), leftMargin=56, rightMargin=56, invariant=1).build(story)
    return out.getvalue()


def scanned(data: bytes, skew: float = 0.0) -> bytes:
    """The pages of a PDF as pictures, `skew` degrees from level."""
    with open_pdf(data) as pdf:
        pictures = [pdf.render(number, SCALE).convert("L") for number in range(1, pdf.page_count + 1)]
    pictures = [picture.rotate(skew, PIL.Image.Resampling.BICUBIC, fillcolor=255) for picture in pictures]
    out = io.BytesIO()
    pictures[0].save(out, "PDF", save_all=True, append_images=pictures[1:], resolution=300, quality=85)
    return out.getvalue()
