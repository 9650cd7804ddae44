"""Rules -> cells with spans."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.grid import find_tables
from schemas.geometry import Fill, Page, Rule, Table, Word


def h(y: float, x0: float, x1: float) -> Rule:
    return Rule(x0, y, x1, y)


def v(x: float, top: float, bottom: float) -> Rule:
    return Rule(x, top, x, bottom)


def word(text: str, x: float, y: float) -> Word:
    return Word(text, 1, x, y, x + 20, y + 8, 8)


def page(rules: list[Rule], words: list[Word], fills: list[Fill] | None = None) -> Page:
    return Page(1, 600, 800, words, rules, fills or [])


def shape(table: Table) -> list[tuple[int, int, int, int, str]]:
    return [(c.row, c.col, c.row_span, c.col_span, " ".join(w.text for w in c.words)) for c in table.cells]


def grid(xs: list[float], ys: list[float]) -> list[Rule]:
    return [h(y, xs[0], xs[-1]) for y in ys] + [v(x, ys[0], ys[-1]) for x in xs]


FOUR = [word("a", 5, 5), word("b", 105, 5), word("c", 5, 55), word("d", 105, 55)]


def test_a_plain_grid() -> None:
    (table,) = find_tables(page(grid([0, 100, 200], [0, 50, 100]), FOUR))
    assert shape(table) == [(0, 0, 1, 1, "a"), (0, 1, 1, 1, "b"), (1, 0, 1, 1, "c"), (1, 1, 1, 1, "d")]
    assert table.edges == [0, 100, 200]
    assert table.pieces == [(1, (0, 0, 200, 100))]


def test_a_cell_over_two_rows() -> None:
    rules = [h(0, 0, 200), h(50, 100, 200), h(100, 0, 200), v(0, 0, 100), v(100, 0, 100), v(200, 0, 100)]
    (table,) = find_tables(page(rules, [FOUR[0], FOUR[1], FOUR[3]]))
    assert shape(table) == [(0, 0, 2, 1, "a"), (0, 1, 1, 1, "b"), (1, 1, 1, 1, "d")]


def test_a_band_over_all_columns() -> None:
    rules = [h(0, 0, 200), h(50, 0, 200), h(100, 0, 200), v(0, 0, 100), v(100, 50, 100), v(200, 0, 100)]
    (table,) = find_tables(page(rules, [FOUR[0], FOUR[2], FOUR[3]]))
    assert shape(table) == [(0, 0, 1, 2, "a"), (1, 0, 1, 1, "c"), (1, 1, 1, 1, "d")]


def test_double_rules_are_one_border() -> None:
    rules = grid([0, 100, 200], [0, 50, 100]) + grid([1.8, 101.8, 198.2], [1.8, 51.8, 98.2])
    (table,) = find_tables(page(rules, FOUR))
    assert (table.n_rows, table.n_cols) == (2, 2)


def test_dashed_rules_are_whole_ones() -> None:
    rules = [h(y, x, x + 4) for y in (0, 50, 100) for x in range(0, 200, 7)]
    rules += [v(x, y, y + 4) for x in (0, 100, 200) for y in range(0, 100, 7)]
    (table,) = find_tables(page(rules, FOUR))
    assert (table.n_rows, table.n_cols) == (2, 2)


def test_a_missing_outer_border_is_where_the_rules_end() -> None:
    (table,) = find_tables(page([h(50, 0, 200), v(100, 0, 100)], FOUR))
    assert [entry[4] for entry in shape(table)] == ["a", "b", "c", "d"]


def test_cell_backgrounds_draw_a_table() -> None:
    fills = [Fill(x, y, x + 96, y + 46, 0xDDDDDD) for x in (0, 100) for y in (0, 50)]
    (table,) = find_tables(page([], FOUR, fills))
    assert (table.n_rows, table.n_cols) == (2, 2)


def test_shading_that_ends_is_a_border_where_no_rule_is() -> None:
    rules = [h(0, 0, 200), h(100, 0, 200), v(0, 0, 100), v(100, 0, 100), v(200, 0, 100)]
    fills = [Fill(0, 0, 100, 50, 0xCCCCCC), Fill(100, 0, 200, 50, 0xCCCCCC)]
    (table,) = find_tables(page(rules, FOUR, fills))
    assert [entry[4] for entry in shape(table)] == ["a", "b", "c", "d"]


def test_strips_of_one_shading_are_no_borders() -> None:
    rules = [h(0, 0, 200), h(100, 0, 200), v(0, 0, 100), v(100, 0, 100), v(200, 0, 100)]
    fills = [Fill(0, 0, 200, 50, 0xCCCCCC), Fill(0, 50, 200, 100, 0xCCCCCC)]
    (table,) = find_tables(page(rules, FOUR, fills))
    assert [entry[4] for entry in shape(table)] == ["a c", "b d"]


def test_an_underline_in_a_cell_divides_nothing() -> None:
    rules = [*grid([0, 100, 200], [0, 50, 100]), h(20, 5, 60)]
    (table,) = find_tables(page(rules, FOUR))
    assert (table.n_rows, table.n_cols) == (2, 2)


def test_a_frame_around_text_is_no_table() -> None:
    assert find_tables(page(grid([0, 200], [0, 100]), FOUR)) == []


def test_two_tables_on_a_page_stay_two() -> None:
    below = [word(w.text, w.x0, w.top + 200) for w in FOUR]
    rules = grid([0, 100, 200], [0, 50, 100]) + grid([0, 100, 200], [200, 250, 300])
    assert len(find_tables(page(rules, FOUR + below))) == 2


def test_a_table_in_a_cell_stays_text_of_that_cell() -> None:
    rules = grid([0, 300, 500], [0, 200, 400]) + grid([20, 80, 140], [20, 60, 100])
    words = [word("x", 30, 30), word("y", 90, 30), word("z", 350, 300)]
    (table,) = find_tables(page(rules, words))
    assert shape(table)[0] == (0, 0, 1, 1, "x y")


@given(st.integers(2, 5), st.integers(2, 5), st.data())
def test_every_word_is_in_exactly_one_cell(rows: int, cols: int, data: st.DataObject) -> None:
    xs, ys = [100.0 * c for c in range(cols + 1)], [40.0 * r for r in range(rows + 1)]
    rules = [
        rule
        for rule in grid(xs, ys)
        if not data.draw(st.booleans()) or rule.x0 in (0, xs[-1]) or rule.top in (0, ys[-1])
    ]
    words = [word(f"{r}.{c}", 100 * c + 5, 40 * r + 5) for r in range(rows) for c in range(cols)]
    for table in find_tables(page(rules, words)):
        held = [w for cell in table.cells for w in cell.words]
        assert sorted(w.text for w in held) == sorted({w.text for w in held})
        for row in range(table.n_rows):
            for col in range(table.n_cols):
                covering = [c for c in table.cells if c.row <= row <= c.last_row and c.col <= col <= c.last_col]
                assert len(covering) == 1


@pytest.mark.parametrize("shift", [0.0, 1.4, 2.6])
def test_rules_that_miss_each_other_a_little_still_meet(shift: float) -> None:
    rules = [
        h(0, 0, 200),
        h(50, shift, 200 - shift),
        h(100, 0, 200),
        v(0, shift, 100),
        v(100, 0, 100 - shift),
        v(200, 0, 100),
    ]
    (table,) = find_tables(page(rules, FOUR))
    assert (table.n_rows, table.n_cols) == (2, 2)


def figures(rules: list[Rule], *lines: tuple[str, float, float]) -> Table:
    words = [Word(text, 1, x, y, x + 5 * len(text), y + 8, 8) for text, x, y in lines]
    (table,) = find_tables(page(rules, words))
    return table


def test_columns_of_figures_side_by_side_are_rows() -> None:
    table = figures(
        grid([0, 100, 200, 300], [0, 20, 100]),
        *[("Jahr", 5, 5), ("Strom", 105, 5), ("Gas", 205, 5)],
        *[
            (text, x, y)
            for y, row in ((30, ("A", "1.200", "34%")), (45, ("B", "980", "12%")))
            for x, text in zip((5, 105, 205), row, strict=True)
        ],
    )
    assert [entry[4] for entry in shape(table)] == ["Jahr", "Strom", "Gas", "A", "1.200", "34%", "B", "980", "12%"]
    assert table.n_rows == 3


def test_lines_of_prose_side_by_side_are_no_rows() -> None:
    table = figures(
        grid([0, 100, 200, 300], [0, 20, 100]),
        *[("Jahr", 5, 5), ("Strom", 105, 5), ("Gas", 205, 5)],
        *[(text, x, y) for y in (30, 45) for x, text in ((5, "Bau"), (105, "eines"), (205, "Zauns"))],
    )
    assert table.n_rows == 2
