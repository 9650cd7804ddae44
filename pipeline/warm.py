"""Imported by the process that documents are forked from: what every document needs is read there, once.

A document of one page would else spend most of its time on reading the knowledge files and compiling their patterns.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator

from extractors.actors import ResponsibilityCell, recognise
from extractors.celltext import join_words
from extractors.vocabulary import Vocabulary
from pipeline.document import process_document
from pipeline.writers import document_json

_LEFT, _TOP, _WIDTH, _HEIGHT = 40, 500, 130, 60
_ROWS = (
    ("Nr.", "Maßnahme", "Indikatoren", "Zuständigkeit", "Zeitraum", "Kosten"),
    ("1", "Beratung ausbauen", "mindestens 12 Kurse im Jahr", "Amt für Soziales (AB)", "bis Ende 2026", "ca. 2.000 €"),
    ("2", "Schulen begleiten", "30 % der Schulen", "Schulamt, Träger", "laufend", "keine"),
)


def _drawn() -> Iterator[str]:
    for row, cells in enumerate(_ROWS):
        for col, text in enumerate(cells):
            x, y = _LEFT + col * _WIDTH, _TOP - row * _HEIGHT
            yield f"{x} {y} {_WIDTH} {_HEIGHT} re S BT /F 9 Tf {x + 4} {y + 40} Td ({text}) Tj ET"


def _small_plan() -> bytes:
    """A PDF of one page with a table of measures: it passes through every stage."""
    content = "\n".join(_drawn()).encode("cp1252")
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
    return b"\n".join(
        (
            b"%PDF-1.4",
            b"1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj",
            b"2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj",
            b"3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 860 600]/Contents 4 0 R",
            b"/Resources<</Font<</F " + font + b">>>>>> endobj",
            b"4 0 obj <</Length %d>> stream" % len(content),
            content,
            b"endstream endobj",
            b"trailer <</Root 1 0 R>>",
            b"%%EOF",
        )
    )


def warm_up() -> int:
    """Read a small plan and a text with the names of actors; the number of measures found, which should be 2."""
    document = process_document(_small_plan(), "warm.pdf")
    document_json(document)
    join_words("Zusammen-", "arbeit", Vocabulary())
    recognise([ResponsibilityCell(["Amt (AB) mit Trägern"])], ["Amt"], [("text", "Das Amt berät den Rat.")])
    return len(document.plan.measures) if document.plan is not None else 0


warm_up()
# What is here stays: a child's collector need not look at it again, nor copy the memory it lies in.
gc.collect()
gc.freeze()
