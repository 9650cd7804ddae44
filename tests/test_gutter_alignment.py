"""Columns that white space does not show, because a word processor sets them as close as their texts allow."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

import ratsplan
from extractors.gutter_alignment import aligned
from extractors.gutter_rows import rows_of
from schemas.geometry import Word

SIZE = 10.0
BLANK = 2.8
"""Points: that of the space between two words, and that between two columns where a text fills the first one."""


def line(y: float, *texts: tuple[float, str]) -> list[Word]:
    """Words of one line; each text begins at its x."""
    words: list[Word] = []
    for x, text in texts:
        for part in text.split():
            width = stringWidth(part, "Helvetica", SIZE)
            words.append(Word(part, 1, x, y, x + width, y + SIZE, SIZE))
            x += width + BLANK
    return words


def lefts_of(rows: Sequence[tuple[str, ...]]) -> tuple[list[float], list[float]]:
    """The left end and the width of each column: as wide as its widest text, the first one with room to spare."""
    widths = [max(stringWidth(row[col], "Helvetica", SIZE) for row in rows) for col in range(len(rows[0]))]
    widths[0] += SIZE
    return [50 + sum(width + BLANK for width in widths[:col]) for col in range(len(widths))], widths


def columns(*rows: tuple[str, ...], right: bool = False) -> list[list[str]]:
    """The texts of the pieces of each line, all columns but the first set to the left or to the right."""
    lefts, widths = lefts_of(rows)
    words: list[Word] = []
    for number, row in enumerate(rows):
        room = [(w - stringWidth(t, "Helvetica", SIZE)) * right for w, t in zip(widths, row, strict=True)]
        room[0] = 0
        words += line(100 + 14 * number, *((x + gap, text) for x, gap, text in zip(lefts, room, row, strict=True)))
    return [[piece.text for piece in row.pieces] for row in aligned(rows_of(words))]


GRANTS = [
    ("1.4", "Port Authority", "Denmark", "3 May 2005"),
    ("2.8", "City of Turin", "Austria", "14 March 2001"),
    ("3.7", "City of Turin", "Belgium", "4 March 2007"),
    ("4.9", "National Museum of Natural History", "Belgium", "12 March 2005"),
    ("5.2", "National Museum of Natural History", "Estonia", "8 March 2003"),
    ("7.6", "University of Leuven", "Czech Republic", "25 June 2006"),
]


def test_texts_that_begin_at_one_x_are_a_column_though_the_longest_touches_the_next() -> None:
    found = columns(*GRANTS)
    assert [row[-2:] for row in found] == [[country, day] for _, _, country, day in GRANTS]


def test_numbers_that_end_at_one_x_are_a_column() -> None:
    rows = [("Mining", "34,389", "46,422"), ("Trade", "577", "54,566"), ("Hotels", "6,066", "66,858")]
    rows += [("Gas", "64,034", "14,311"), ("Other", "32,073", "60,228")]
    assert [row[-2:] for row in columns(*rows, right=True)] == [list(row[1:]) for row in rows]


def test_the_thousands_of_a_number_are_no_column() -> None:
    rows = [("Bayern insgesamt", "1 245"), ("Berlin", "2 310"), ("Bremen", "3 411"), ("Hamburg", "7 120")]
    assert [row[-1] for row in columns(*rows)] == ["1 245", "2 310", "3 411", "7 120"]


def test_a_phrase_that_every_line_repeats_is_no_column() -> None:
    rows = [
        (f"Ort Nummer {'x' * n}", f"Amt für {what}") for n, what in enumerate(["Umwelt", "Bau", "Verkehr", "Sport"])
    ]
    assert [row[-1].split()[:2] for row in columns(*rows)] == [["Amt", "für"]] * 4


def test_lines_of_prose_are_not_parted() -> None:
    text = "Der Rat hat die Verwaltung beauftragt und die Mittel bereitgestellt"
    words = [word for number in range(6) for word in line(100 + 14 * number, (50, text))]
    assert [[piece.text for piece in row.pieces] for row in aligned(rows_of(words))] == [[text]] * 6


def test_such_a_table_is_read_from_a_pdf() -> None:
    stream = BytesIO()
    canvas = Canvas(stream, pagesize=(595, 842))
    canvas.setFont("Helvetica", SIZE)
    rows = [("No", "Beneficiary", "Country", "Date of decision"), *GRANTS]
    lefts, _ = lefts_of(rows)
    for number, row in enumerate(rows):
        for x, text in zip(lefts, row, strict=True):
            canvas.drawString(x, 760 - 14 * number, text)
    canvas.save()
    (table,) = ratsplan.extract(stream.getvalue()).tables
    assert [row.cells for row in table.rows] == [list(row) for row in rows]
