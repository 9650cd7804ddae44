"""Pieces of tables on several pages -> one table; halves of rows -> one row."""

from __future__ import annotations

import pytest

from extractors.celltext import prose, read_items
from extractors.stitch import stitch
from extractors.vocabulary import Vocabulary
from schemas.geometry import Cell, Page, Part, Table, Word

COLUMNS = 3
BOTTOM = 500.0
HEADER = ["Problem", "Maßnahme", "Zuständigkeit"]


def text_words(text: str, page: int, x: float, bottom: float) -> list[Word]:
    """The lines of `text`, the last of which ends at `bottom`."""
    rows = text.split("\n")
    words = []
    for index, row in enumerate(rows):
        top = bottom - 12 * (len(rows) - index)
        left = x
        for token in row.split():
            words.append(Word(token, page, left, top, left + 5 * len(token), top + 10, 10))
            left += 5 * (len(token) + 1)
    return words


def piece(page: int, top: float, rows: list[list[str]], low: bool = True) -> Table:
    """A table piece; its text stands at the bottom of its cells when `low` (a cut row), else high above it."""
    height = (BOTTOM - top) / len(rows)
    cells = []
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            box = (100.0 * c, top + r * height, 100.0 * (c + 1), top + (r + 1) * height)
            words = text_words(text, page, 100 * c + 3, box[3] - (1 if low else 60)) if text else []
            cells.append(Cell(r, c, 1, 1, [Part(page, box, words)]))
    return Table(cells, len(rows), COLUMNS, [0, 100, 200, 300], [(page, (0, top, 300, BOTTOM))])


def joined(*tables: Table, extra: dict[int, list[Word]] | None = None) -> list[Table]:
    pages = []
    for number in range(1, max(t.page for t in tables) + 1):
        words = [w for t in tables if t.page == number for w in t.words] + (extra or {}).get(number, [])
        pages.append(Page(number, 400, 560, words))
    return stitch(pages, tables, 10.0, Vocabulary())


def texts(table: Table) -> list[list[str]]:
    result = []
    for row in range(table.n_rows):
        cells = [table.at(row, col) for col in range(COLUMNS)]
        result.append([prose(read_items(cell.parts, Vocabulary())) if cell else "" for cell in cells])
    return result


def test_a_table_goes_on_on_the_next_page() -> None:
    (table,) = joined(
        piece(1, 100, [HEADER, ["Lärm.", "Zaun.", "Amt."]], low=False),
        piece(2, 60, [["Staub.", "Wald.", "Rat."]]),
    )
    assert texts(table) == [HEADER, ["Lärm.", "Zaun.", "Amt."], ["Staub.", "Wald.", "Rat."]]
    assert [page for page, _ in table.pieces] == [1, 2]


def test_a_repeated_header_is_dropped_but_its_words_are_kept() -> None:
    (table,) = joined(
        piece(1, 100, [HEADER, ["Lärm.", "Zaun.", "Amt."]], low=False),
        piece(2, 60, [HEADER, ["Staub.", "Wald.", "Rat."]]),
    )
    assert len(texts(table)) == 3
    assert [word.text for word in table.repeated] == HEADER


def test_a_row_cut_mid_sentence_in_all_cells_is_one() -> None:
    (table,) = joined(
        piece(1, 100, [HEADER, ["Vereine brauchen", "Hilfe durch", "Amt und"]]),
        piece(2, 60, [["mehr Geld", "bessere Beratung", "Rat"]]),
    )
    assert texts(table)[1] == ["Vereine brauchen mehr Geld", "Hilfe durch bessere Beratung", "Amt und Rat"]


def test_a_row_cut_mid_word_is_one() -> None:
    (table,) = joined(
        piece(1, 100, [HEADER, ["Lärm", "Be-", "Amt"]]),
        piece(2, 60, [["", "ratung", ""]]),
    )
    assert texts(table)[1:] == [["Lärm", "Beratung", "Amt"]]


def test_a_row_of_which_one_list_goes_on_is_one() -> None:
    (table,) = joined(
        piece(1, 100, [HEADER, ["Lärm", "- eins\n- zwei", "Amt"], ["Staub", "- drei\n- vier", "Rat"]]),
        piece(2, 60, [["", "- fünf", ""], ["Hitze", "- sechs", "Amt"]]),
    )
    assert [row[1] for row in texts(table)[1:]] == ["eins zwei", "drei vier fünf", "sechs"]


def test_each_part_keeps_its_page_and_box() -> None:
    (table,) = joined(piece(1, 100, [HEADER, ["Lärm", "Be-", "Amt"]]), piece(2, 60, [["", "ratung", ""]]))
    cell = table.at(1, 1)
    assert cell is not None
    assert [part.page for part in cell.parts] == [1, 2]
    assert cell.parts[1].box[1] == 60


def test_a_new_row_is_not_joined_though_no_sentence_ends_with_a_stop() -> None:
    (table,) = joined(
        piece(1, 100, [HEADER, ["Lärm", "Zaun bauen", "Amt"]], low=False),
        piece(2, 60, [["Staub", "Wald pflanzen", "Rat"]]),
    )
    assert len(texts(table)) == 3


def test_rows_with_numbers_of_their_own_are_never_joined() -> None:
    (table,) = joined(
        piece(1, 100, [["Nr.", "Maßnahme", "Zuständigkeit"], ["3.1", "Zaun und", "Amt und"]]),
        piece(2, 60, [["3.2", "weitere Wälder", "der Rat"]]),
    )
    assert [row[0] for row in texts(table)] == ["Nr.", "3.1", "3.2"]


def test_a_spanned_problem_goes_on_beside_a_new_measure() -> None:
    (table,) = joined(
        piece(1, 100, [HEADER, ["Lärm", "Zaun bauen", "Amt"]], low=False),
        piece(2, 60, [["", "Wald pflanzen", "Rat"]]),
    )
    assert [row[0] for row in texts(table)] == ["Problem", "Lärm", "Lärm"]
    assert [row[1] for row in texts(table)] == ["Maßnahme", "Zaun bauen", "Wald pflanzen"]


def test_a_heading_between_keeps_tables_apart() -> None:
    heading = text_words("Gesundheit", 2, 0, 50)
    tables = joined(
        piece(1, 100, [HEADER, ["Lärm.", "Zaun.", "Amt."]], low=False),
        piece(2, 60, [HEADER, ["Staub.", "Wald.", "Rat."]]),
        extra={2: heading},
    )
    assert len(tables) == 2


def test_a_footnote_below_does_not_keep_the_pieces_apart() -> None:
    note = [Word("1", 1, 0, 520, 3, 526, 6), Word("Stand", 1, 5, 520, 25, 526, 6)]
    tables = joined(
        piece(1, 100, [HEADER, ["Lärm", "Be-", "Amt"]]), piece(2, 60, [["", "ratung", ""]]), extra={1: note}
    )
    assert len(tables) == 1


def test_other_columns_are_another_table() -> None:
    other = piece(2, 60, [["a", "b", "c"]])
    other.edges = [0, 40, 250, 300]
    assert len(joined(piece(1, 100, [HEADER, ["Lärm.", "Zaun.", "Amt."]], low=False), other)) == 2


def test_a_table_after_a_page_without_it_is_another() -> None:
    first, second = piece(1, 100, [HEADER, ["Lärm.", "Zaun.", "Amt."]]), piece(3, 60, [["Staub.", "Wald.", "Rat."]])
    assert len(joined(first, second)) == 2


def test_a_row_over_three_pages_is_one() -> None:
    (table,) = joined(
        piece(1, 100, [HEADER, ["Lärm", "Der Zaun wird mit", "Amt"]]),
        piece(2, 60, [["", "den Nachbarn und", ""]]),
        piece(3, 60, [["", "dem Amt gebaut", ""]]),
    )
    assert texts(table)[1][1] == "Der Zaun wird mit den Nachbarn und dem Amt gebaut"


def test_an_undecided_break_is_told() -> None:
    (table,) = joined(
        piece(1, 100, [HEADER, ["Lärm", "Zaun am Rand", "Amt"]]),
        piece(2, 60, [["", "Stadt", "Rat"]]),
    )
    assert [page for page, _ in table.unsure] == [2]


def test_a_clear_break_is_not_told() -> None:
    (table,) = joined(piece(1, 100, [HEADER, ["Lärm", "Be-", "Amt"]]), piece(2, 60, [["", "ratung", ""]]))
    assert table.unsure == []


SHORT = [["Lärm.", "Zaun.", "ab 2024"], ["Staub.", "Wald.", "2025"], ["Dreck.", "Besen.", "2026"]]


def test_short_values_that_begin_in_lower_case_are_rows_of_their_own() -> None:
    (table,) = joined(piece(1, 100, [HEADER, *SHORT]), piece(2, 60, [["Müll.", "Tonne.", "seit 2024"]]))
    assert texts(table)[-2:] == [["Dreck.", "Besen.", "2026"], ["Müll.", "Tonne.", "seit 2024"]]


@pytest.mark.parametrize("sign", ["-", "+++", "●", "–"])
def test_a_sign_alone_does_not_go_on(sign: str) -> None:
    (table,) = joined(
        piece(1, 100, [HEADER, ["Lärm an der Straße", "Zaun am Weg", sign]]),
        piece(2, 60, [["Staub in der Luft", "Wald im Süden", sign]]),
    )
    assert texts(table)[-2:] == [
        ["Lärm an der Straße", "Zaun am Weg", sign],
        ["Staub in der Luft", "Wald im Süden", sign],
    ]


def test_a_value_that_stands_again_below_is_one_of_another_row() -> None:
    (table,) = joined(
        piece(1, 100, [HEADER, ["Lärm an", "Zaun am Weg", "mittel"]]),
        piece(2, 60, [["Staub in", "Wald im Süden", "mittel"]]),
    )
    assert texts(table)[-2:] == [["Lärm an", "Zaun am Weg", "mittel"], ["Staub in", "Wald im Süden", "mittel"]]


def test_the_text_of_a_spanned_cell_may_stand_on_the_next_page() -> None:
    first = piece(
        1, 100, [HEADER, ["Staub", "Besen.", "Amt."], ["", "Zaun.", "Amt."], ["", "Hecke.", "Rat."]], low=False
    )
    upper, lower = (cell for cell in first.cells if cell.col == 0 and cell.row > 1)
    upper.row_span = 2
    first.cells.remove(lower)
    (table,) = joined(first, piece(2, 60, [["Lärm", "Wald.", "Rat."]]))
    assert [row[0] for row in texts(table)] == ["Problem", "Staub", "Lärm", "Lärm", "Lärm"]


def test_a_repeated_header_above_a_last_title_is_no_form() -> None:
    lower = piece(2, 60, [HEADER, ["", "den Nachbarn", ""], ["Termine", "", ""]])
    (table,) = joined(piece(1, 100, [HEADER, ["Lärm", "Der Zaun wird mit", "Amt"]]), lower)
    assert texts(table)[1][1] == "Der Zaun wird mit den Nachbarn"
