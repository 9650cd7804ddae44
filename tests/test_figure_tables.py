"""Statistical tables as offices of statistics set them, among lines of text."""

from __future__ import annotations

import pytest

from extractors.figure_rows import divide_figures
from extractors.gutters import find_gutter_tables
from schemas.geometry import Cell, Page, Part, Rule, Table, Word, union
from tests.lines import level, page, row


def texts(table: Table) -> list[list[str]]:
    return [[" ".join(word.text for word in cell.words) for cell in table.row(n)] for n in range(table.n_rows)]


def tables(made: Page) -> list[list[list[str]]]:
    return [texts(table) for table in find_gutter_tables(made, [])]


COUNTRIES = ["Belgien", "Dänemark", "Estland", "Finnland", "Irland", "Polen", "Ungarn"]
FIGURES = [
    ("8,3", "16,4"),
    ("64,4", "12,9"),
    ("60,0", "12,0"),
    ("8,4", "1,7"),
    ("38,1", "7,6"),
    ("2,0", "0,4"),
    ("1,2", "3,4"),
]
HEAD = row(40, (50, "Land"), (158, "2008"), (208, "2009"))
EXPECTED = [[name, *values] for name, values in zip(COUNTRIES, FIGURES, strict=True)]


def right(x: float, text: str) -> tuple[float, str]:
    """A text that ends at x, five points a letter and half of that a blank."""
    return x - 5.0 * len(text.replace(" ", "")) - 2.5 * text.count(" "), text


def body(top: float = 60, step: float = 12) -> list[list[Word]]:
    return [
        row(top + step * n, (50, name), right(180, first), right(230, second))
        for n, (name, (first, second)) in enumerate(zip(COUNTRIES, FIGURES, strict=True))
    ]


def test_a_blank_between_thousands_parts_no_column() -> None:
    values = [
        ("8 316", "16 862"),
        ("316", "13 196"),
        ("7 791", "422"),
        ("620", "3 531"),
        ("3 426", "56"),
        ("942", "857"),
    ]
    lines = [
        row(60 + 12 * n, (50, name), right(180, a), right(230, b))
        for n, (name, (a, b)) in enumerate(zip(COUNTRIES, values, strict=False))
    ]
    (found,) = tables(page(HEAD, *lines))
    assert found[1:] == [[name, a, b] for name, (a, b) in zip(COUNTRIES, values, strict=False)]


def test_prose_beside_a_table_of_figures_is_none_of_it() -> None:
    prose = [row(43 + 14.3 * n, (300, "Seit dem Jahr wächst die Zahl in allen")) for n in range(8)]
    found = tables(page(HEAD, *body(), *prose))
    assert found[0][1:] == EXPECTED


def test_two_tables_side_by_side_are_told_by_the_rules_over_each() -> None:
    other = [row(60 + 12 * n, (300, str(1990 + n)), right(400, "44,5"), right(450, "2,1")) for n in range(7)]
    head = row(40, (300, "Jahr"), (380, "Zahl"), (430, "Rate"))
    rules = [level(y, *ends) for y in (36, 55, 148) for ends in ((48, 232), (298, 452))]
    first, second = tables(page(HEAD, head, *body(), *other, rules=rules))
    assert first[1:] == EXPECTED
    assert second[1] == ["1990", "44,5", "2,1"]


def test_rules_below_sums_in_columns_part_no_table() -> None:
    rules = [level(y, *ends) for y in (56, 92, 140) for ends in ((150, 182), (200, 232))]
    (found,) = tables(page(HEAD, *body(), rules=rules))
    assert found[1:] == EXPECTED


def test_a_label_beside_the_column_that_it_names_is_in_it() -> None:
    head = row(40, (50, "Jahr"), (158, "Zahl"), (208, "Rate"))
    lines = [row(60 + 12 * n, (85, str(1990 + n)), right(180, a), right(230, b)) for n, (a, b) in enumerate(FIGURES)]
    (found,) = tables(page(head, *lines))
    assert found == [["Jahr", "Zahl", "Rate"], *([str(1990 + n), *values] for n, values in enumerate(FIGURES))]


def test_a_caption_above_the_header_is_none_of_the_table() -> None:
    caption = row(26, (50, "Tabelle 2.1"), (130, "Eckdaten der Länder Europas"))
    (found,) = tables(page(caption, HEAD, *body(), rules=[level(20, 45, 300), level(55, 45, 300)]))
    assert found[0] == ["Land", "2008", "2009"]


@pytest.mark.parametrize(
    ("upper", "lower"),
    [("Handel und", "Gastgewerbe"), ("Verarbeitung", "ohne Bau"), ("Trade, transport and", "utilities")],
)
def test_a_label_that_goes_on_leads_to_the_figures_below_it(upper: str, lower: str) -> None:
    lines = body(84)
    more = [row(60, (50, "Insgesamt"), right(180, "99,9"), right(230, "88,8"))]
    wrapped = [row(72, (50, upper)), row(84, (50, lower), right(180, "1,1"), right(230, "2,2"))]
    (found,) = tables(
        page(
            HEAD,
            *more,
            *wrapped,
            *[[Word(w.text, 1, w.x0, w.top + 12, w.x1, w.bottom + 12, w.size) for w in line] for line in lines],
        )
    )
    assert found[1:3] == [["Insgesamt", "99,9", "88,8"], [f"{upper} {lower}", "1,1", "2,2"]]


def test_a_heading_with_a_colon_is_a_row_of_its_own() -> None:
    heading = row(60, (50, "Länder der Union:"))
    (found,) = tables(page(HEAD, heading, *body(72)))
    assert found[1] == ["Länder der Union:", "", ""]
    assert found[2:] == EXPECTED


def ruled(*columns: list[tuple[float, str]], starts: tuple[float, ...] = (50, 150, 200)) -> Table:
    """A ruled table of which only the header is parted: each column is (y, text) of its lines."""
    edges = [45.0, 140.0, 190.0, 240.0]
    heads = [
        Cell(0, n, 1, 1, [Part(1, (edges[n], 30, edges[n + 1], 50), row(35, (starts[n], label)))])
        for n, label in enumerate(["Land", "2008", "2009"])
    ]
    cells = []
    for n, lines in enumerate(columns):
        words = [word for y, text in lines for word in row(y, (starts[n], text))]
        cells.append(Cell(1, n, 1, 1, [Part(1, (edges[n], 50, edges[n + 1], 200), words)]))
    return Table([*heads, *cells], 2, 3, edges, [(1, (45, 30, 240, 200))], ruled=True)


def test_rows_of_figures_below_a_ruled_header_are_parted_with_their_headings() -> None:
    ys = [72 + 12 * n for n in range(5)]
    table = ruled(
        [(60, "EUROPA"), *zip(ys, COUNTRIES, strict=False)],
        [(y, a) for y, (a, _) in zip(ys, FIGURES, strict=False)],
        [(y, b) for y, (_, b) in zip(ys, FIGURES, strict=False)],
    )
    divide_figures(page(*[cell.words for cell in table.cells]), table)
    assert texts(table) == [["Land", "2008", "2009"], ["EUROPA", "", ""], *EXPECTED[:5]]
    assert union(cell.parts[0].box for cell in table.cells)[3] <= 200


def test_a_row_with_texts_beside_a_few_figures_stays_one() -> None:
    ys = [60 + 12 * n for n in range(5)]
    prose = [(y, "Die Stadt baut") for y in ys]
    table = ruled(prose, [(y, "neue Wege") for y in ys], [(ys[0], "12,5"), (ys[1], "13")])
    divide_figures(page(*[cell.words for cell in table.cells]), table)
    assert table.n_rows == 2


def wide(*head: list[Word], rules: list[Rule] | None = None) -> list[list[tuple[str, int]]]:
    """The texts of the header of a table of four columns of figures, each with the number of its columns."""
    lines = [
        row(84 + 12 * n, (50, name), right(180, a), right(230, b), right(280, a), right(330, b))
        for n, (name, (a, b)) in enumerate(zip(COUNTRIES, FIGURES, strict=True))
    ]
    found = find_gutter_tables(page(*head, *lines, rules=[level(34, 48, 332), level(80, 48, 332), *(rules or [])]), [])
    cells = [found[0].row(n) for n in range(found[0].n_rows)]
    header = cells[: next(n for n, held in enumerate(cells) if held[0].words and held[0].words[0].text == "Belgien")]
    return [[(" ".join(w.text for w in cell.words), cell.col_span) for cell in held if cell.words] for held in header]


YEARS = row(66, (160, "2008"), (210, "2009"), (260, "2008"), (310, "2009"))


def test_a_rule_drawn_cell_by_cell_below_a_title_says_over_which_columns_it_stands() -> None:
    rules = [level(58, *ends) for ends in ((150, 182), (182, 232), (252, 282), (282, 332))]
    titles = row(44, (160, "Zahl"), (260, "Anteil"))
    assert wide(titles, YEARS, rules=rules)[0] == [("Zahl", 2), ("Anteil", 2)]


def test_titles_in_the_middle_of_several_columns_stand_over_them() -> None:
    titles = row(44, (185, "Zahl"), (283, "Anteil"))
    assert wide(titles, YEARS)[0] == [("Zahl", 2), ("Anteil", 2)]


def test_titles_of_single_columns_stand_over_one_each() -> None:
    titles = row(44, (160, "Zahl"), (310, "Rang"))
    assert {span for held in wide(titles, YEARS) for _, span in held} == {1}


def test_a_label_whose_dots_lead_to_its_figures_is_whole() -> None:
    dotted = [
        row(60, (50, "Insgesamt ........"), right(180, "9,9"), right(230, "8,8")),
        row(72, (50, "Handel ........"), right(180, "1,1"), right(230, "2,2")),
        row(84, (50, "Kredite an kleine")),
        row(96, (60, "Verbände ......"), right(180, "3,3"), right(230, "4,4")),
        row(108, (50, "Sonstige ......"), right(180, "5,5"), right(230, "6,6")),
    ]
    (found,) = tables(page(HEAD, *dotted))
    assert [cells[0].rstrip(". ") for cells in found[1:]] == [
        "Insgesamt",
        "Handel",
        "Kredite an kleine Verbände",
        "Sonstige",
    ]
