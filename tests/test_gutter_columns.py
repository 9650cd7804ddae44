"""Columns that begin under the labels of a header, as spreadsheets print them."""

from __future__ import annotations

from extractors.gutter_columns import full_row, parted
from extractors.gutter_edges import body_edges
from extractors.gutter_rows import Row, rows_of
from schemas.geometry import Word


def rows(*lines: tuple[float, list[tuple[float, str]]]) -> list[Row]:
    """Rows of (top, [(x, text), ...]); five points a character, two between the words of a text."""
    words: list[Word] = []
    for top, texts in lines:
        for x, text in texts:
            for token in text.split():
                words.append(Word(token, 1, x, top, x + 5 * len(token), top + 10, 10))
                x += 5 * len(token) + 2
    return rows_of(words)


HEADER = (0.0, [(50.0, "Nr."), (100.0, "Maßnahme"), (200.0, "Zuständigkeit")])


def test_a_text_up_to_the_next_column_is_parted_where_that_begins() -> None:
    found = rows(
        HEADER,
        (20, [(50, "1"), (100, "Radwege bauen"), (200, "Bauamt")]),
        (40, [(50, "2"), (100, "Ampeln schalten"), (200, "Bauamt")]),
        (60, [(50, "3"), (100, "Haltestellen umbauen"), (200, "Bauamt")]),
    )
    assert len(found[3].pieces) == 2
    texts = [[piece.text for piece in row.pieces] for row in parted(found[1:], [100.0, 200.0])]
    assert texts[2] == ["3", "Haltestellen umbauen", "Bauamt"]


def test_a_line_of_one_piece_stays_whole() -> None:
    found = rows(
        HEADER,
        (20, [(50, "1"), (100, "Radwege bauen"), (200, "Bauamt")]),
        (40, [(50, "2"), (100, "Ampeln schalten"), (200, "Bauamt")]),
        (60, [(68, "Handel"), (100, "und Wandel")]),
    )
    assert [piece.text for piece in parted(found[1:], [100.0, 200.0])[2].pieces] == ["Handel und Wandel"]


def test_a_full_row_goes_on_with_a_table_over_a_wide_blank() -> None:
    header, near, other = rows(
        HEADER,
        (100, [(50, "1"), (100, "Radwege bauen"), (200, "Bauamt")]),
        (200, [(70, "Seite"), (130, "elf"), (230, "von zwölf")]),
    )
    assert full_row(header, near, 90.0)
    assert not full_row(header, near, 130.0)
    assert not full_row(header, other, 90.0)


def test_a_unit_over_the_gutter_of_two_columns_of_figures_does_not_join_them() -> None:
    found = rows(
        (0, [(50, "State"), (180, "planted"), (240, "harvested"), (320, "Total")]),
        (14, [(190, "1,000 acres"), (320, "Tons")]),  # runs over x = 220, where the gutter is
        *((28.0 + 14 * n, [(50, f"Ort {n}"), (190, "5,383"), (255, "2,605"), (320, "64.8")]) for n in range(6)),
    )
    assert len(body_edges(found)) == 5
