"""What is a form, and what a table of rows that looks like one."""

from __future__ import annotations

import pytest

from extractors.factsheets import is_form, opens_form, table_boxes
from schemas.geometry import Cell, Part, Table, Word

WIDTH, HEIGHT = 200.0, 60.0


def table_of(*rows: tuple[str, ...], page: int = 1, bold: bool = True) -> Table:
    """A table of one line of text a row; the first line of a cell is bold, a row of one text goes over all columns."""
    columns = max(map(len, rows))
    cells = []
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            span = columns if len(row) == 1 else 1
            box = (c * WIDTH, r * HEIGHT, (c + span) * WIDTH, (r + 1) * HEIGHT)
            words = [
                Word(token, page, box[0] + 4 + 30 * n, box[1] + 2 + 12 * line, box[0] + 32 + 30 * n,
                     box[1] + 12 + 12 * line, 10, bold and line == 0)
                for line, printed in enumerate(text.split("\n"))
                for n, token in enumerate(printed.split())
            ]  # fmt: skip
            cells.append(Cell(r, c, 1, span, [Part(page, box, words)]))
    edges = [c * WIDTH for c in range(columns + 1)]
    return Table(cells, len(rows), columns, edges, [(page, (0, 0, edges[-1], len(rows) * HEIGHT))])


def test_labels_left_of_their_texts_are_a_form() -> None:
    assert is_form(table_of(("Maßnahme", "Zaun"), ("Zuständigkeit", "Amt"), ("Zeitraum", "2026")))


@pytest.mark.parametrize("levels", [("mittel",), ("mittel", "hoch", "mittel")], ids=["all-alike", "mixed"])
def test_a_column_of_priorities_is_no_column_of_labels(levels: tuple[str, ...]) -> None:
    rows = [(f"Zaun {n} bauen", "Amt", level) for n, level in enumerate(levels * 6)]
    assert not is_form(table_of(("Maßnahme", "Zuständigkeit", "Bewertung"), *rows, bold=False))


@pytest.mark.parametrize(
    "header", [("Maßnahme", "Zuständigkeit", "Stand", "Bewertung"), ("Maßnahme", "Ziel", "Kosten")]
)
def test_a_row_of_headers_is_no_row_of_labels(header: tuple[str, ...]) -> None:
    assert not is_form(table_of(header, ("Kosten", "Amt"), ("Zeitraum", "Rat")))


def test_labels_above_their_texts_are_a_form_though_the_last_row_holds_labels_alone() -> None:
    boxes = [("Handlungsfeld\nWohnen", "Beschreibung\nViele Worte"), ("Zielgruppe", "Indikatoren")]
    assert is_form(table_of(("Zaun bauen",), *boxes))


def test_a_title_and_labels_alone_open_the_form_of_the_next_page() -> None:
    opening = table_of(("Zaun bauen",), ("Handlungsfeld", "Beschreibung"))
    rest = table_of(("Wohnen", "Viele Worte"), ("Zuständigkeit\nAmt", "Zeitraum\n2026"), page=2)
    assert opens_form(opening, rest)
    assert not opens_form(opening, table_of(("Wohnen", "Viele Worte"), page=2))
    rest.pieces = [(3, rest.box)]
    assert not opens_form(opening, rest)


def test_rows_of_texts_open_no_form() -> None:
    rest = table_of(("Wohnen", "Viele Worte"), ("Zuständigkeit\nAmt", "Zeitraum\n2026"), page=2)
    assert not opens_form(table_of(("Maßnahme", "Zuständigkeit"), ("Zaun", "Amt")), rest)


@pytest.mark.parametrize("label", ["Zuständigkeit", "Zielgruppe", "Verantwortlichkeit"])
def test_a_known_label_of_one_word_needs_no_style_above_its_text(label: str) -> None:
    boxes = [(f"{label}\nAmt", "Beschreibung\nViele Worte"), ("Zeitraum\n2026", "Handlungsfeld\nWohnen")]
    found = table_boxes(table_of(*boxes, bold=False))
    assert [box.label for box in found] == [label, "Beschreibung", "Zeitraum", "Handlungsfeld"]


def test_an_unknown_label_set_like_the_known_ones_above_their_texts_is_one() -> None:
    rows = [("Beschreibung\nViele Worte",), ("Zeitraum\n2026",), ("Synergien\nkeine",), ("Zuständigkeit\nAmt",)]
    boxes = table_boxes(table_of(*rows))
    assert [box.label for box in boxes] == ["Beschreibung", "Zeitraum", "Synergien", "Zuständigkeit"]


def test_labels_above_texts_of_their_own_cells_are_no_rows_of_labels() -> None:
    rows = [("Indikatoren\nZahl der Bäume",), ("Ziel\nmehr Schatten",), ("Zuständigkeit\nAmt",), ("Zeitraum\n2026",)]
    boxes = table_boxes(table_of(*rows))
    assert [box.label for box in boxes] == ["Indikatoren", "Ziel", "Zuständigkeit", "Zeitraum"]
