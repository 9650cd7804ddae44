"""Tables of plans that rules do not part: columns and rows below a header."""

from __future__ import annotations

import pytest

from extractors.headed import find_headed_tables
from extractors.lines import group_lines
from schemas.geometry import Fill, Page, Table, Word
from tests.lines import level, page, row, upright, words

HEADER = row(40, (50, "Maßnahme"), (200, "Ziel"), (400, "Zuständigkeit"), bold=True)


def tables(*pages: Page) -> list[Table]:
    numbered = []
    for number, made in enumerate(pages, 1):
        made.number = number
        for word in made.words:
            word.page = number
        numbered.append(made)
    return [
        table
        for found in find_headed_tables(numbered, [group_lines(made.body) for made in numbered])
        for table in found
    ]


def texts(table: Table) -> list[list[str]]:
    """The texts of the rows below the header; a cell over several rows stands in its first one."""
    return [[" ".join(word.text for word in cell.words) for cell in table.row(n)] for n in range(1, table.n_rows)]


FIRST = row(60, (50, "Radwege"), (200, "Mehr Menschen"), (400, "Bauamt"))
MORE = row(72, (200, "fahren Rad"))
SECOND = row(92, (50, "Schulhof"), (200, "Der Hof ist kühl"), (400, "Schulamt"))
THIRD = row(112, (50, "Ampeln"), (200, "Der Bus fährt"), (400, "Tiefbauamt"))
RECORDS = [["Radwege", "Mehr Menschen fahren Rad", "Bauamt"], ["Schulhof", "Der Hof ist kühl", "Schulamt"]]


def test_wider_blanks_part_the_rows() -> None:
    (table,) = tables(page(HEADER, FIRST, MORE, SECOND))
    assert texts(table) == RECORDS


def test_texts_in_the_middle_of_their_cells_are_one_row() -> None:
    first = [row(60, (200, "Mehr Menschen")), row(66, (50, "Radwege"), (400, "Bauamt")), row(72, (200, "fahren Rad"))]
    (table,) = tables(page(HEADER, *first, SECOND))
    assert texts(table) == RECORDS


def test_marks_of_lists_that_are_set_larger_hide_no_blank_between_rows() -> None:
    def item(y: float, text: str) -> list[Word]:
        return [*words("•", 200, y - 4, size=14), *row(y, (210, text))]

    plain = row(60, (50, "Ampeln"), (200, "Schaltung"), (400, "Tiefbauamt"))
    first = [[*row(84, (50, "Radwege"), (400, "Bauamt")), *item(84, "Mehr Wege")], item(95, "Mehr Räder")]
    second = [[*row(109, (50, "Schulhof"), (400, "Schulamt")), *item(109, "Ein kühler Hof")], item(120, "Mehr Bäume")]
    (table,) = tables(page(HEADER, plain, *first, *second))
    assert [cells[0] for cells in texts(table)] == ["Ampeln", "Radwege", "Schulhof"]


def test_lines_of_a_wider_distance_in_one_column_are_no_rows_where_padding_is_wide() -> None:
    tops = [60, 130, 200, 242]
    lines = [row(y, (50, "Radwege"), (200, "Mehr"), (400, "Amt")) for y in tops]
    lists = [row(y + 10 * line, (200, "Mehr")) for y in tops[:2] for line in range(1, 5)]
    rests = [row(y + 12, (50, "Bauen")) for y in tops[2:]]
    (table,) = tables(page(HEADER, *lines, *lists, *rests))
    assert [cells[0] for cells in texts(table)] == ["Radwege", "Radwege", "Radwege Bauen", "Radwege Bauen"]


@pytest.mark.parametrize("pieces", [[(390, 640)], [(390, 480), (480, 560), (560, 640)]])
def test_a_rule_below_the_label_of_a_group_says_which_columns_it_names(pieces: list[tuple[float, float]]) -> None:
    header = row(40, (50, "Maßnahme"), (200, "Ziel"), (490, "Umsetzung"), (700, "Anmerkung"), bold=True)
    lower = row(54, (400, "Zuständig"), (490, "Frist"), (570, "Kosten"), bold=True)
    body = [
        row(80 + 20 * n, (50, "Wege"), (200, "Neu"), (400, "Amt"), (490, "2026"), (570, "5 €"), (700, "keine"))
        for n in range(3)
    ]
    (table,) = tables(page(header, lower, *body, rules=[level(52, *piece) for piece in pieces]))
    (group,) = [cell for cell in table.cells if cell.row == 0 and cell.col_span > 1]
    assert (group.col, group.col_span) == (2, 3)


def test_upright_rules_part_columns_that_touch() -> None:
    first = row(60, (50, "Radwege am Fluss und Bäche"), (189, "Mehr Menschen"), (400, "Bauamt"))
    rules = [upright(x, 30, 200) for x in (45, 188, 395)]
    header = row(40, (50, "Maßnahme"), (190, "Ziel"), (400, "Zuständigkeit"), bold=True)
    (table,) = tables(page(header, first, row(92, (50, "Schulhof"), (190, "Kühl"), (400, "Amt")), rules=rules))
    assert texts(table)[0] == ["Radwege am Fluss und Bäche", "Mehr Menschen", "Bauamt"]


def test_numbers_tell_the_rows_where_white_space_does_not() -> None:
    header = row(40, (50, "Nr."), (90, "Maßnahme"), (200, "Ziel"), (400, "Zuständigkeit"), bold=True)
    lines = [row(60 + 12 * n, (90, "Radwege und"), (200, "mehr als ein Ziel")) for n in range(6)]
    lines[0] += row(60, (50, "1"), (400, "Bauamt"))
    lines[3] += row(96, (50, "2"), (400, "Schulamt"))
    (table,) = tables(page(header, *lines))
    assert [cells[0] for cells in texts(table)] == ["1", "2"]


def test_where_nothing_else_tells_a_row_begins_with_a_text() -> None:
    second = row(84, (50, "Schulhof"), (200, "Der Hof ist kühl"), (400, "Schulamt"))
    (table,) = tables(page(HEADER, FIRST, MORE, second))
    assert texts(table) == RECORDS


def test_a_bold_line_between_rows_is_a_title_over_all_columns() -> None:
    band = row(76, (50, "Bildung und Teilhabe"), bold=True)
    lines = [FIRST, band, SECOND, THIRD]
    (table,) = tables(page(HEADER, row(50, (50, "Wege"), (200, "Neu"), (400, "Amt")), *lines))
    (title,) = [cell for cell in table.cells if cell.col_span == 3]
    assert [word.text for word in title.words] == ["Bildung", "und", "Teilhabe"]


def test_a_line_that_says_so_is_a_title_among_bold_measures() -> None:
    bold = [
        row(60 + 30 * n, (50, "Radwege"), bold=True) + row(60 + 30 * n, (200, "Mehr"), (400, "Amt")) for n in range(3)
    ]
    title = row(150, (50, "Handlungsfeld 2: Energie"), bold=True)
    (table,) = tables(page(HEADER, *bold, title, row(180, (50, "Solar"), (200, "Strom"), (400, "Amt"))))
    assert table.row(4)[0].col_span == 3


def test_a_shaded_line_among_bold_measures_is_a_title() -> None:
    rows = [
        row(60 + 20 * n, (50, f"Wege {n}"), bold=True) + row(60 + 20 * n, (200, "Ziel"), (400, "Amt")) for n in range(3)
    ]
    band = row(120, (50, "Bildung"), bold=True)
    last = row(140, (50, "Schulhof"), bold=True) + row(140, (200, "Kühl"), (400, "Schulamt"))
    (table,) = tables(page(HEADER, *rows, band, last, fills=[Fill(45, 117, 560, 133, 0xDDDDDD)]))
    assert [cell.row for cell in table.cells if cell.col_span == 3] == [4]


def test_lines_in_italics_are_titles_the_first_one_too() -> None:
    made = page(HEADER, *(words for n in range(3) for words in (
        row(60 + 60 * n, (50, f"Feld {n}")), row(80 + 60 * n, (50, "Wege"), (200, "Ziel"), (400, "Amt")),
        row(100 + 60 * n, (50, "Hof"), (200, "Ziel"), (400, "Rat")))))  # fmt: skip
    for word in made.words:
        word.italic = word.text == "Feld" or word.text.isdigit()
    (table,) = tables(made)
    assert [cell.row for cell in table.cells if cell.col_span == 3] == [1, 4, 7]


def test_lines_of_a_bold_text_in_the_middle_of_its_column_are_no_titles() -> None:
    lines = [row(60, (80, "Radwege am")), row(72, (60, "Fluss und Bahnhof")), row(84, (87.5, "bauen"))]
    for line in lines:
        for word in line:
            word.bold = True
    lines[0] += row(60, (200, "Mehr Menschen"), (400, "Bauamt"))
    (table,) = tables(page(HEADER, *lines, SECOND))
    assert [cell for cell in table.cells if cell.col_span > 1] == []


def test_what_stands_far_below_the_last_rule_is_no_row() -> None:
    number = row(500, (50, "1"))
    (table,) = tables(page(HEADER, FIRST, MORE, SECOND, number, rules=[level(110, 45, 560)]))
    assert texts(table) == RECORDS


def test_a_table_without_its_header_goes_on_at_the_top_of_the_next_page() -> None:
    found = tables(page(HEADER, FIRST, MORE, SECOND), page(THIRD))
    assert [table.page for table in found] == [1, 2]
    assert found[0].edges == found[1].edges


def test_what_the_next_page_leaves_free_parts_the_columns_of_the_first() -> None:
    long = row(60, (50, "Radwege am Fluss"), (200, "Mehr"), (400, "Bauamt"))
    (first, _) = tables(page(HEADER, FIRST, MORE, SECOND), page(HEADER, long, SECOND))
    assert 50 + 16 * 5 < first.edges[1] <= 200


def test_prose_below_ends_the_table() -> None:
    prose = row(140, (50, "Die Verwaltung berichtet dem Ausschuss zweimal im Jahr über den Stand der Umsetzung."))
    (table,) = tables(page(HEADER, FIRST, MORE, SECOND, prose))
    assert texts(table) == RECORDS


def test_a_larger_heading_above_other_columns_ends_the_table() -> None:
    heading = row(112, (50, "Teilnehmende"), bold=True, size=14)
    names = [row(132, (50, "Name"), (260, "Amt"), bold=True), row(146, (50, "Erika"), (260, "Bauamt"))]
    (table,) = tables(page(HEADER, FIRST, MORE, SECOND, heading, *names))
    assert texts(table) == RECORDS


FIELDS = row(40, (50, "Handlungsfeld"), (150, "Maßnahme"), (300, "Ziel"), (500, "Zuständigkeit"), bold=True)


def spans(*rows: list[Word], rules: tuple[float, ...] = ()) -> list[tuple[int, int]]:
    drawn = [level(y, 145, 600) for y in (76, 96, 116)] + [level(y, 45, 145) for y in rules]
    (table,) = tables(
        page(row(10, (50, "Aktionsplan"), bold=True, size=14), FIELDS, *rows, rules=drawn if rules else [])
    )
    return [(cell.row - 1, cell.last_row - 1) for cell in table.cells if cell.col == 0 and cell.row]


def measures(skip: int = 0) -> list[list[Word]]:
    return [row(60 + 20 * n + skip, (150, f"Projekt {n}"), (300, "Ein Ziel"), (500, "Bauamt")) for n in range(4)]


def test_a_field_at_the_top_of_its_rows_spans_them() -> None:
    assert spans(*measures(), row(60, (50, "Verkehr")), row(120, (50, "Bildung"))) == [(0, 2), (3, 3)]


def test_a_field_in_the_middle_of_its_rows_spans_them() -> None:
    assert spans(*measures(), row(80, (50, "Verkehr")), row(120, (50, "Bildung"))) == [(0, 2), (3, 3)]


def test_rules_in_the_first_column_say_which_rows_a_field_spans() -> None:
    assert spans(*measures(), row(60, (50, "Verkehr")), row(100, (50, "Bildung")), rules=(96,)) == [(0, 1), (2, 3)]


def test_a_field_that_each_row_repeats_is_its_own() -> None:
    fields = [row(60 + 20 * n, (50, "Verkehr")) for n in range(4)]
    assert spans(*measures(), *fields) == [(n, n) for n in range(4)]
