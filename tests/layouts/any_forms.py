"""Forms that are laid out at random: labels, texts, rules, white space and order are drawn from a seed."""

from __future__ import annotations

import io
import random
from dataclasses import dataclass, field

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

LABELS = {
    "field_of_action": ("Handlungsfeld", "Themenfeld", "Bereich", "Handlungsschwerpunkt"),
    "measure": ("Maßnahme", "Titel der Maßnahme", "Bezeichnung", "Maßnahmentitel", "Projekt"),
    "description": ("Beschreibung", "Kurzbeschreibung", "Beschreibung der Maßnahme", "Inhalt", "Was ist zu tun?"),
    "goal": ("Ziel", "Zielsetzung", "Ziele", "Ziel der Maßnahme"),
    "responsibilities": ("Verantwortlich", "Zuständigkeit", "Federführung", "Verantwortlich für die Umsetzung"),
    "period": ("Zeitraum", "Umsetzungszeitraum", "Zeitplan", "Laufzeit", "Beginn und Dauer"),
    "cost": ("Kosten", "Finanzierung", "Kosten (geschätzt)", "Finanzbedarf", "Kosten und Finanzierung"),
    "indicators": ("Indikatoren", "Erfolgsindikatoren", "Erfolgskontrolle"),
    "progress": ("Sachstand", "Stand der Umsetzung", "Status"),
    "remark": ("Synergien", "Hinweise", "CO2-Minderung", "Anmerkungen"),
}
TEXTS = {
    "field_of_action": ("Mobilität", "Energie und Gebäude", "Bildung", "Wohnen", "Gesundheit und Pflege"),
    "responsibilities": ("Tiefbauamt", "Amt für Stadtplanung", "Stabsstelle Klimaschutz", "Jugendamt", "Stadtwerke"),
    "period": ("2025 bis 2028", "2026", "ab 2025", "fortlaufend", "kurzfristig (bis 2 Jahre)"),
    "cost": ("250.000 €", "ca. 20.000 Euro pro Jahr", "keine", "Personalkosten", "noch offen"),
    "indicators": ("Zahl der Angebote", "Kilometer neuer Radwege", "Anteil der Teilnehmenden an allen Befragten"),
    "progress": ("in Umsetzung", "begonnen"),
}
SENTENCES = (
    "Die Stadt baut zwölf Kilometer neue Radwege und verbindet damit die Ortsteile, auch über die Bahn.",
    "Ein Netzwerk der Vereine bietet Beratung für Familien an.",
    "Schulhöfe werden entsiegelt und begrünt; die Elternschaft hilft dabei.",
    "Der Bus fährt am Abend öfter.",
    "Gemeinsam mit dem Kreis wird geprüft, welche Dächer sich für Solaranlagen eignen und wer sie betreiben kann.",
)
TITLES = (
    "Ausbau der Radwege",
    "Förderung von Vereinen",
    "Begrünung der Schulhöfe",
    "Einrichtung eines Netzwerks",
    "Solardächer",
)
TITLES_MORE = ("in der Altstadt", "am Bahnhof", "für alle", "im Norden", "an der Bachschule", "mit den Stadtwerken")


@dataclass(slots=True)
class Form:
    """What one form says: its title, and printed label -> text."""

    title: str
    boxes: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Look:
    """How all forms of a document are set."""

    body: ParagraphStyle
    label: ParagraphStyle
    title: ParagraphStyle
    above: bool
    rules: str
    colon: bool
    labels_width: float
    padding: float
    titled: bool
    width: float

    @classmethod
    def of(cls, draw: random.Random, width: float) -> _Look:
        size = draw.choice((8, 9, 10, 11))
        plain, bold = draw.choice((("Helvetica", "Helvetica-Bold"), ("Times-Roman", "Times-Bold")))
        body = ParagraphStyle("body", fontName=plain, fontSize=size, leading=size * draw.choice((1.15, 1.2, 1.3)))
        label = ParagraphStyle("label", parent=body, fontName=bold if draw.random() < 0.7 else plain)
        large = size + draw.choice((1, 2))
        title = ParagraphStyle("title", parent=body, fontName=bold, fontSize=large, leading=1.3 * large, spaceAfter=3)
        rules = draw.choice(("none", "none", "lines", "grid", "box", "shade"))
        widths = (110, 130, 150, 170)
        return cls(
            body, label, title, draw.random() < 0.3, rules, draw.random() < 0.4, draw.choice(widths),
            draw.choice((0, 1, 2, 4)), draw.random() < 0.6, width,
        )  # fmt: skip

    def table(self, boxes: dict[str, str], head: str | None) -> Table:
        style: list[tuple[object, ...]] = [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 4),
            ("TOPPADDING", (0, 0), (-1, -1), self.padding),
            ("BOTTOMPADDING", (0, 0), (-1, -1), self.padding),
        ]
        drawn = {"grid": "GRID", "lines": "LINEBELOW", "box": "BOX"}.get(self.rules)
        style += [(drawn, (0, 0), (-1, -1), 0.5, colors.black)] if drawn else []
        style += [("BACKGROUND", (0, 0), (0, -1), colors.Color(0.88, 0.92, 0.88))] if self.rules == "shade" else []
        sign = ":" if self.colon else ""
        pairs = [(Paragraph(label + sign, self.label), Paragraph(text, self.body)) for label, text in boxes.items()]
        top: list[list[object]] = [[Paragraph(head, self.title), *([] if self.above else [""])]] if head else []
        style += [("SPAN", (0, 0), (-1, 0))] if head and not self.above else []
        rows = [[[label, text]] if self.above else [label, text] for label, text in pairs]
        widths = [self.width] if self.above else [self.labels_width, self.width - self.labels_width]
        return Table([*top, *rows], colWidths=widths, style=style, splitInRow=0)


def forms(seed: int) -> tuple[bytes, list[Form]]:
    """A catalogue of forms as PDF, and what each says."""
    draw = random.Random(seed)
    page = A4 if draw.random() < 0.85 else landscape(A4)
    look = _Look.of(draw, page[0] - 112)
    kinds = draw.sample([kind for kind in LABELS if kind not in ("measure", "description")], draw.randint(3, 7))
    kinds = ["description", *kinds] if look.titled else ["measure", "description", *kinds]
    labels = {kind: draw.choice(LABELS[kind]) for kind in kinds}
    story: list[Flowable] = [Paragraph("Maßnahmenkatalog", look.title), Paragraph(" ".join(SENTENCES[:2]), look.body)]
    told: list[Form] = []
    apart, inside = draw.random() < 0.2, draw.random() < 0.5
    blank = draw.choice((8, 12, 18, 30))
    names = [f"{title} {more}" for title in TITLES for more in TITLES_MORE]
    draw.shuffle(names)
    story.append(Spacer(1, draw.choice((10, 60, 140))))
    for name in names[: draw.randint(4, 12)]:
        form = Form(name)
        for kind in kinds:
            chosen = TEXTS.get(kind) or (" ".join(draw.sample(SENTENCES, draw.choice((1, 1, 2, 4)))),)
            form.boxes[labels[kind]] = name if kind == "measure" else draw.choice(chosen)
        story += [Paragraph(name, look.title)] if look.titled and not inside else []
        story.append(look.table(form.boxes, name if look.titled and inside else None))
        story.append(PageBreak() if apart else Spacer(1, blank))
        told.append(form)
    file = io.BytesIO()
    SimpleDocTemplate(file, pagesize=page, leftMargin=56, rightMargin=56).build(story)
    return file.getvalue(), told
