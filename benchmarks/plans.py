"""Plans built by code, as long as wanted: `python -m benchmarks.plans FILE MEASURES`."""

from __future__ import annotations

import random
import sys
from pathlib import Path

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.platypus import Flowable, LongTable, Paragraph, SimpleDocTemplate, Spacer, TableStyle

_FIELDS = ("Sprache", "Arbeit und Ausbildung", "Wohnen", "Gesundheit", "Teilhabe", "Schule und Bildung", "Mobilität")
_HEADER = ("Problem", "Maßnahme", "Indikatoren", "Zuständigkeit")
_WIDTHS = (170, 200, 250, 130)
_ACTORS = ("Jobcenter", "Kreis, Fachdienst Zuwanderung", "Volkshochschule", "Agentur für Arbeit", "Träger und Vereine")
_WORDS = (
    "Angebote Ausbau Beratung Beteiligung Bekanntmachung Ehrenamt Evaluation Familien Förderung Gemeinden Gespräche "
    "Informationen Kinderbetreuung Koordination Netzwerk Quartier Schulung Sprachkurse Transparenz Vernetzung "
    "Vermittlung Zugang Zusammenarbeit bedarfsgerechte bessere dauerhafte für gemeinsame im in jährliche mit "
    "neue niedrigschwellige regelmäßige stärkere und von zur zwischen"
).split()
_NOUNS = [word for word in _WORDS if word[0].isupper()]
"""A text that ends with "zwischen" would look cut off."""


def build_plan(path: Path, measures: int, seed: int | None = None) -> None:
    """Write a landscape PDF with that many measures, about four a page, as ruled tables under seven headings.

    The same arguments give the same bytes.
    """
    words = random.Random(measures if seed is None else seed)
    styles = getSampleStyleSheet()
    body = ParagraphStyle("body", parent=styles["BodyText"], fontSize=8, leading=9.5, spaceBefore=0)
    story: list[Flowable] = [Paragraph("Aktionsplan", styles["Title"])]
    share, more = divmod(measures, len(_FIELDS))
    for index, field in enumerate(_FIELDS):
        rows = [_row(words, body) for _ in range(share + (index < more))]
        if rows:
            story += [Paragraph(field, styles["Heading2"]), _table(rows, body), Spacer(1, 12)]
    margins = dict.fromkeys(("leftMargin", "rightMargin", "topMargin", "bottomMargin"), 36)
    SimpleDocTemplate(str(path), pagesize=landscape(A4), title="Aktionsplan", invariant=1, **margins).build(story)


def _table(rows: list[list[Flowable | list[Flowable]]], body: ParagraphStyle) -> LongTable:
    header: list[Flowable | list[Flowable]] = [Paragraph(f"<b>{title}</b>", body) for title in _HEADER]
    style = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP")])
    return LongTable([header, *rows], colWidths=_WIDTHS, repeatRows=1, style=style)


def _row(words: random.Random, body: ParagraphStyle) -> list[Flowable | list[Flowable]]:
    items = [Paragraph(f"- {_phrase(words, 8, 16)}", body) for _ in range(words.randint(2, 5))]
    actors = ", ".join(words.sample(_ACTORS, words.randint(1, 3)))
    problem, measure = _phrase(words, 10, 25), _phrase(words, 10, 30)
    return [Paragraph(problem, body), Paragraph(measure, body), list[Flowable](items), Paragraph(actors, body)]


def _phrase(words: random.Random, least: int, most: int) -> str:
    text = " ".join([*words.choices(_WORDS, k=words.randint(least, most) - 1), words.choice(_NOUNS)])
    return text[0].upper() + text[1:]


if __name__ == "__main__":
    build_plan(Path(sys.argv[1]), int(sys.argv[2]))
