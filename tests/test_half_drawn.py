"""Drawn tables that rules do not part into cells."""

from __future__ import annotations

from extractors.half_drawn import closed_tables
from schemas.geometry import Fill, Page, Rule
from tests.lines import level, page, row, upright

HEADER = row(40, (50, "Nr."), (100, "Maßnahme"), (300, "Zuständigkeit"), bold=True)
ROWS = [row(70 + 30 * n, (50, f"{n + 1}"), (100, "Radwege bauen"), (300, "Bauamt")) for n in range(4)]
WALLS = [upright(x, 30, 190) for x in (45, 95, 295, 500)]


def closed(*pages: Page) -> list[int]:
    """How many tables are parted into cells on each page."""
    for number, made in enumerate(pages, 1):
        made.number = number
    return [len(tables) for tables in closed_tables(pages)]


def levels(*ys: float) -> list[Rule]:
    return [level(y, 45, 500) for y in ys]


def test_a_full_grid_is_parted() -> None:
    assert closed(page(HEADER, *ROWS, rules=[*WALLS, *levels(30, 60, 90, 120, 150, 190)])) == [1]


def test_upright_rules_alone_part_no_rows() -> None:
    assert closed(page(HEADER, *ROWS, rules=[*WALLS, *levels(30, 60)])) == [0]


def test_a_frame_parts_nothing() -> None:
    frame = [upright(45, 30, 190), upright(500, 30, 190), *levels(30, 60, 190)]
    assert closed(page(HEADER, *ROWS, rules=frame)) == [0]


def test_a_shaded_header_alone_is_no_table() -> None:
    shades = [Fill(x0, 35, x1, 55, 0xCCCCCC) for x0, x1 in ((45, 95), (95, 295), (295, 500))]
    made = page(HEADER, *ROWS, fills=[*shades, *(Fill(f.x0, 55, f.x1, 60, 0xBBBBBB) for f in shades)])
    assert closed(made) == [0]


def test_upright_rules_that_go_on_over_the_page_part_no_rows_there() -> None:
    first = page(HEADER, *ROWS, rules=[*WALLS, *levels(30, 60)])
    second = page(*ROWS, rules=[upright(x, 60, 190) for x in (45, 95, 295, 500)])
    assert closed(first, second) == [0, 0]


def test_rows_between_titles_below_a_header_are_parted_by_columns_only() -> None:
    title = row(62, (50, "Verkehr"), bold=True)
    rows = [
        row(80 + 14 * n, (50, f"{n + 1}"), (100, "Radwege bauen"), (300, "Bauamt"), (420, "2026")) for n in range(7)
    ]
    header = row(40, (50, "Nr."), (100, "Maßnahme"), (300, "Zuständigkeit"), (420, "Zeitraum"), bold=True)
    shades = [Fill(45, 60, 500, 74, 0xDDDDDD), Fill(45, 180, 500, 194, 0xDDDDDD)]
    walls = [upright(x, 74, 180) for x in (95, 295, 415, 500)]
    made = page(header, title, *rows, row(182, (50, "Energie"), bold=True), rules=walls, fills=shades)
    assert closed(made) == [0]


def test_one_row_over_the_whole_page_stays_a_row() -> None:
    long = [row(70 + 12 * n, (100, "Radwege werden gebaut und"), (300, "Bauamt")) for n in range(8)]
    made = page(HEADER, row(70, (50, "1")), *long, rules=[*WALLS, *levels(30, 60, 190)])
    assert closed(made) == [1]
