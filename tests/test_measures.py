"""Rows of a plan's table -> measures."""

from __future__ import annotations

import pytest

from extractors.celltext import HARD_BREAK, Item
from extractors.headers import find_header
from extractors.measure_draft import Cited, MeasureDraft, Spot
from extractors.measure_texts import indicators_of
from extractors.measures import read_measures
from extractors.vocabulary import Vocabulary
from schemas.geometry import Cell, Part, Table, Word

EMPTY = Vocabulary()
HEADING: Spot = (1, (0.0, -30.0, 90.0, -18.0))
Content = str | tuple[str, int, int]
"""Text of a cell, or (text, rows, columns) of a spanned one; None where a span covers the position."""


def table_of(*rows: tuple[Content | None, ...], bold: set[int] | None = None) -> Table:
    width = 200.0
    cells: list[Cell] = []
    for r, row in enumerate(rows):
        for c, content in enumerate(row):
            if content is None:
                continue
            text, down, across = content if isinstance(content, tuple) else (content, 1, 1)
            box = (c * width, r * 100.0, (c + across) * width, (r + down) * 100.0)
            words = []
            for line, printed in enumerate(text.split("\n")):
                x = box[0] + 4
                for token in printed.split():
                    top = box[1] + 2 + 12 * line
                    words.append(Word(token, 1, x, top, x + 5 * len(token), top + 10, 10, r in (bold or set())))
                    x += 5 * (len(token) + 1)
            cells.append(Cell(r, c, down, across, [Part(1, box, words)]))
    n_cols = max(len(row) for row in rows)
    return Table(
        cells,
        len(rows),
        n_cols,
        [c * width for c in range(n_cols + 1)],
        [(1, (0, 0, n_cols * width, 100.0 * len(rows)))],
    )


def measures(*rows: tuple[Content | None, ...], field: str | None = None) -> list[MeasureDraft]:
    table = table_of(*rows)
    header = find_header(table, EMPTY)
    assert header is not None
    return read_measures(table, header, EMPTY, Cited(field, [HEADING]) if field else None, [])


HEADER = ("Problem", "Maßnahme", "Indikatoren", "Zuständigkeit")


def test_one_row_is_one_measure() -> None:
    (draft,) = measures(HEADER, ("Lärm", "Zaun", "- leiser\n- schöner", "Amt"), field="Verkehr")
    assert draft.texts == {"field_of_action": "Verkehr", "problem": "Lärm", "measure": "Zaun"}
    assert [i.text for i in draft.indicators] == ["leiser", "schöner"]
    assert draft.responsibility_text == "Amt"
    assert draft.columns == {
        "Problem": "Lärm",
        "Maßnahme": "Zaun",
        "Indikatoren": "leiser\nschöner",
        "Zuständigkeit": "Amt",
    }


def test_a_spanned_problem_stands_on_each_measure() -> None:
    drafts = measures(HEADER, (("Lärm", 2, 1), "Zaun", "a", "Amt"), (None, "Wald", "b", "Rat"))
    assert [(d.texts["problem"], d.texts["measure"]) for d in drafts] == [("Lärm", "Zaun"), ("Lärm", "Wald")]


def test_partial_rules_make_sub_rows() -> None:
    (draft,) = measures(HEADER, (("Lärm", 2, 1), ("Zaun", 2, 1), "a", "Amt"), (None, None, "b", "Rat"))
    assert [(i.row, i.text) for i in draft.indicators] == [(1, "a"), (2, "b")]
    assert draft.responsibility_rows == {1: "Amt", 2: "Rat"}
    assert draft.responsibility_text == "Amt Rat"


def test_a_band_names_the_field_of_action_of_the_rows_below() -> None:
    drafts = measures(
        HEADER,
        (("Handlungsfeld 1: Wohnen", 1, 4), None, None, None),
        ("A", "B", "C", "D"),
        (("Klima", 1, 4), None, None, None),
        ("E", "F", "G", "H"),
    )
    assert [d.texts["field_of_action"] for d in drafts] == ["Wohnen", "Klima"]


def test_a_column_names_the_field_of_action() -> None:
    drafts = measures(
        ("Handlungsfeld", "Maßnahme", "Zuständigkeit"), (("Wohnen", 2, 1), "A", "x"), (None, "B", "y"), field="Oben"
    )
    assert [d.texts["field_of_action"] for d in drafts] == ["Wohnen", "Wohnen"]


def test_the_target_group_is_no_part_of_the_measure() -> None:
    (draft,) = measures(HEADER, ("Lärm", "Zaun bauen\n\n\nZielgruppe: alle Anwohner", "a", "Amt"))
    assert draft.texts["measure"] == "Zaun bauen"
    assert draft.texts["target_group"] == "alle Anwohner"


def test_columns_of_unknown_meaning_keep_their_text() -> None:
    (draft,) = measures(("Maßnahme", "Zuständigkeit", "Bemerkung der Kämmerei"), ("Zaun", "Amt", "zu teuer"))
    assert draft.columns["Bemerkung der Kämmerei"] == "zu teuer"


def test_the_second_column_of_a_meaning_stays_in_columns() -> None:
    (draft,) = measures(("Maßnahme", "Zuständigkeit", "Kooperationspartner"), ("Zaun", "Amt", "Verein"))
    assert draft.responsibility_text == "Amt"
    assert draft.columns["Kooperationspartner"] == "Verein"


def test_columns_with_one_label_are_told_apart() -> None:
    (draft,) = measures(("Maßnahme", "Zuständigkeit", "Stand", "Stand"), ("Zaun", "Amt", "alt", "neu"))
    assert [text for label, text in draft.columns.items() if label.startswith("Stand")] == ["alt", "neu"]


def test_a_row_without_a_measure_is_a_further_row_of_the_one_above() -> None:
    drafts = measures(HEADER, ("Lärm", "Zaun", "a", "Amt"), ("", "", "b", "Rat"))
    assert len(drafts) == 1
    assert [(i.row, i.text) for i in drafts[0].indicators] == [(1, "a"), (2, "b")]


def test_a_row_with_a_problem_but_no_measure_is_told() -> None:
    drafts = measures(HEADER, ("Lärm", "Zaun", "a", "Amt"), ("Staub", "", "b", "Rat"))
    assert [d.texts.get("measure") for d in drafts] == ["Zaun", None]
    assert [code for code, _, _ in drafts[1].doubts] == ["measure_empty"]
    assert drafts[1].confidence < drafts[0].confidence


def test_empty_rows_are_no_measures() -> None:
    assert len(measures(HEADER, ("Lärm", "Zaun", "a", "Amt"), ("", "", "", ""))) == 1


def test_each_field_says_where_it_stands() -> None:
    (draft,) = measures(HEADER, ("Lärm", "Zaun", "a", "Amt"))
    ((page, box),) = draft.spots["measure"]
    assert page == 1
    assert box == pytest.approx((204, 102, 224, 112))


@pytest.mark.parametrize("told", [None, "Oben"])
def test_the_field_of_action_stands_in_its_heading_band_or_column(told: str | None) -> None:
    (above,) = measures(HEADER, ("Lärm", "Zaun", "a", "Amt"), field="Oben")
    assert above.spots["field_of_action"] == [HEADING]
    (below,) = measures(HEADER, (("Klima", 1, 4), None, None, None), ("Lärm", "Zaun", "a", "Amt"), field=told)
    assert below.spots["field_of_action"] == [(1, (4, 102, 29, 112))]
    (beside,) = measures(("Handlungsfeld", "Maßnahme", "Zuständigkeit"), ("Wohnen", "A", "x"), field=told)
    assert beside.spots["field_of_action"] == [(1, (4, 102, 34, 112))]


def test_an_empty_cell_leaves_the_field_of_action_to_the_heading() -> None:
    (draft,) = measures(("Handlungsfeld", "Maßnahme", "Zuständigkeit"), ("", "A", "x"), field="Oben")
    assert draft.texts["field_of_action"] == "Oben"
    assert draft.spots["field_of_action"] == [HEADING]


def test_a_column_of_unknown_meaning_has_its_place_under_its_label() -> None:
    (draft,) = measures(("Maßnahme", "Zuständigkeit", "Bemerkung der Kämmerei"), ("Zaun", "Amt", "zu teuer"))
    assert draft.spots["columns/Bemerkung der Kämmerei"] == [(1, (404, 102, 444, 112))]


def test_a_header_of_two_rows() -> None:
    drafts = measures(
        (("Maßnahme", 2, 1), ("Umsetzung", 1, 2), None), (None, "Zuständigkeit", "Zeitraum"), ("Zaun", "Amt", "2026")
    )
    assert [(d.texts["measure"], d.responsibility_text, d.texts["period"]) for d in drafts] == [("Zaun", "Amt", "2026")]


def test_a_title_row_above_the_header() -> None:
    drafts = measures((("Anlage 2", 1, 4), None, None, None), HEADER, ("Lärm", "Zaun", "a", "Amt"))
    assert [d.texts["measure"] for d in drafts] == ["Zaun"]


def test_early_line_ends_of_responsibilities_are_kept_for_the_actors() -> None:
    (draft,) = measures(HEADER, ("Lärm", "Zaun", "a", "Amt 61\nRat"))
    assert draft.responsibility_rows == {1: f"Amt 61{HARD_BREAK}Rat"}
    assert draft.responsibility_text == "Amt 61 Rat"


def test_indicators_without_marks_are_one() -> None:
    assert [i.text for i in indicators_of([Item("eins", 0), Item("zwei", 0)], 1)] == ["eins zwei"]


def test_an_intro_line_groups_the_items_after_it() -> None:
    items = [Item("Vorher:", 0), Item("a", 1), Item("b", 1), Item("Nachher:", 0), Item("c", 1)]
    assert [(i.group, i.text) for i in indicators_of(items, 1)] == [("Vorher", "a"), ("Vorher", "b"), ("Nachher", "c")]


def test_an_item_that_ends_with_a_colon_groups_the_deeper_items() -> None:
    items = [Item("Messung:", 1), Item("a", 2), Item("b", 1)]
    assert [(i.group, i.level, i.text) for i in indicators_of(items, 1)] == [("Messung", 2, "a"), (None, 1, "b")]


def test_a_colon_without_items_after_it_is_an_indicator() -> None:
    assert [i.text for i in indicators_of([Item("a", 1), Item("offen:", 1)], 1)] == ["a", "offen:"]


def test_a_dash_alone_is_no_indicator() -> None:
    assert indicators_of([Item("-", 0)], 1) == []


LABELS = ("Nr.", "Maßnahme", "Zuständigkeit")
FIRST, SECOND, THIRD = ("1", "Radwege", "Bauamt"), ("2", "Ampeln", "Bauamt"), ("3", "Schulhof", "Schulamt")


def test_a_labelled_row_above_measures_says_it_of_all_below() -> None:
    goal = ("Leitziel 1: Wege sind sicher", 1, 3)
    found = measures(LABELS, (goal, None, None), FIRST, SECOND)
    assert [draft.texts["goal"] for draft in found] == ["Wege sind sicher", "Wege sind sicher"]
    assert [draft.columns["Leitziel"] for draft in found] == ["Wege sind sicher", "Wege sind sicher"]


def test_each_title_begins_with_a_goal_of_its_own() -> None:
    rows = [(("Verkehr", 1, 3), None, None), (("Leitziel: Wege sind sicher", 1, 3), None, None), FIRST]
    rows += [(("Bildung", 1, 3), None, None), (("Leitziel: Schulen sind schön", 1, 3), None, None), THIRD]
    found = measures(LABELS, *rows)
    said = [(draft.texts["field_of_action"], draft.texts["goal"]) for draft in found]
    assert said == [("Verkehr", "Wege sind sicher"), ("Bildung", "Schulen sind schön")]


def test_a_goal_ends_with_its_title() -> None:
    rows = [(("Verkehr", 1, 3), None, None), (("Leitziel: Wege sind sicher", 1, 3), None, None), FIRST]
    found = measures(LABELS, *rows, (("Bildung", 1, 3), None, None), THIRD)
    assert "goal" not in found[1].texts


def test_a_labelled_row_below_a_measure_is_that_measures() -> None:
    status = ("Sachstand: im Bau", 1, 3)
    first, second = measures(LABELS, FIRST, (status, None, None), SECOND)
    assert first.columns["Sachstand"] == "im Bau"
    assert "Sachstand" not in second.columns


def test_numbers_below_no_label_are_the_numbers_of_the_measures() -> None:
    found = measures(("", "Maßnahme", "Zuständigkeit"), FIRST, SECOND)
    assert [draft.texts["number"] for draft in found] == ["1", "2"]


def test_texts_beside_several_measures_below_no_label_are_fields_of_action() -> None:
    rows = [(("Verkehr", 2, 1), "Radwege", "Bauamt"), (None, "Ampeln", "Bauamt"), ("Bildung", "Schulhof", "Schulamt")]
    found = measures(("", "Maßnahme", "Zuständigkeit"), *rows)
    assert [draft.texts["field_of_action"] for draft in found] == ["Verkehr", "Verkehr", "Bildung"]


def test_who_acts_is_responsible_unless_another_column_says_who_is() -> None:
    (alone,) = measures(("Maßnahme", "Akteure"), ("Radwege", "Vereine"))
    assert alone.responsibility_text == "Vereine"
    (beside,) = measures(("Maßnahme", "Akteure", "Federführung"), ("Radwege", "Vereine", "Bauamt"))
    assert beside.responsibility_text == "Bauamt"
