"""What is hard to tell between two drafts: duplicates, rewriting, families, names that change."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from pipeline.compare import compare_documents
from schemas.changes import Comparison
from schemas.records import Indicator, Measure
from tests.drafts import document, make_measure, make_measures

SENTENCES = (
    "Schulung ehrenamtlicher Lotsen in allen Gemeinden",
    "Anschaffung zweier Lastenräder für die Ausleihe",
    "Herausgabe eines gedruckten Stadtplans mit Wegen",
)


def plan(count: int = 9) -> list[Measure]:
    """Three fields of action with three measures each."""
    return make_measures(random.Random(1), count)


def copies(measures: list[Measure]) -> list[Measure]:
    return [measure.model_copy(deep=True) for measure in measures]


def compared(old: list[Measure], new: list[Measure]) -> Comparison:
    return compare_documents(document("old", old), document("new", new))


def told(comparison: Comparison) -> list[tuple[str, list[int], list[int]]]:
    """Kind and positions from 1 of everything that is not unchanged."""
    return [
        (change.kind, positions(change.old), positions(change.new))
        for change in comparison.changes
        if change.kind != "unchanged"
    ]


def positions(ids: list[str]) -> list[int]:
    return [int(measure_id.rpartition("-m")[2]) for measure_id in ids]


def fields_of(measures: list[Measure]) -> list[str]:
    return list(dict.fromkeys(str(measure.field_of_action) for measure in measures))


def rename_fields(measures: list[Measure], names: dict[str, str]) -> None:
    for measure in measures:
        measure.field_of_action = names.get(str(measure.field_of_action), measure.field_of_action)


def test_of_two_equal_measures_one_is_removed_and_the_reason_names_the_other() -> None:
    old = plan()
    old[4] = old[3].model_copy(deep=True)
    comparison = compared(old, [*old[:4], *old[5:]])
    assert told(comparison) == [("removed", [5], [])]
    assert (
        comparison.changes[4].reason == "what is most like it in the new draft, at place 4 (100%), is another measure"
    )


def test_of_two_equal_measures_the_one_that_was_edited_is_the_one_that_changed() -> None:
    old = plan()
    old[4] = old[3].model_copy(deep=True)
    new = copies(old)
    new[4].period = "bis 2040"
    assert told(compared(old, new)) == [("changed", [5], [5])]


def test_two_measures_of_one_title_that_swap_places_are_told_by_what_they_say() -> None:
    old = plan()
    new = copies(old)
    for draft in (old, new):
        draft[3].measure = draft[4].measure = "Öffentlichkeitsarbeit"
    new[3], new[4] = new[4], new[3]
    assert [kind for kind, *_ in told(compared(old, new))] == ["moved"]


def test_a_measure_that_was_rewritten_is_the_same_one_by_all_that_stayed() -> None:
    old = plan()
    for number, measure in enumerate(old, 1):
        measure.number = f"M{number}"
    new = copies(old)
    new[2].measure = "Neubau einer Schwimmhalle am Kanal"
    assert told(compared(old, new)) == [("changed", [3], [3])]


def test_a_number_that_another_measure_got_makes_no_pair() -> None:
    old = plan()
    for number, measure in enumerate(old, 1):
        measure.number = f"M{number}"
    new = copies(old)
    new[2] = make_measure(
        random.Random(77), "Neubau einer Schwimmhalle am Kanal", "Wohnen", "Kinder lernen nicht schwimmen"
    )
    new[2].number, new[2].field_of_action = "M3", old[2].field_of_action
    assert told(compared(old, new)) == [("removed", [3], []), ("added", [], [3])]


@pytest.mark.parametrize("first", [SENTENCES[0], "Ehrenamtliche Lotsen werden in den Gemeinden geschult"])
def test_a_measure_is_split_in_three_though_a_part_is_worded_anew(first: str) -> None:
    old = plan()
    old[4].measure = ". ".join(SENTENCES)
    new = copies(old)
    new[4:5] = [old[4].model_copy(deep=True, update={"measure": text}) for text in (first, *SENTENCES[1:])]
    assert told(compared(old, new)) == [("split", [5], [5, 6, 7])]


@pytest.mark.parametrize("second", [1, 6], ids=["neighbour", "another field"])
def test_two_measures_are_merged_in_another_field(second: int) -> None:
    old = plan()
    whole = old[0].model_copy(deep=True)
    whole.measure = f"{SENTENCES[0]}. {SENTENCES[1]}"
    old[0].measure, old[second].measure = SENTENCES[:2]
    whole.indicators = [*old[0].indicators, *old[second].indicators]
    whole.field_of_action = old[4].field_of_action
    new = [*old[1:5], whole, *old[5:]]
    new.remove(old[second])
    (kind, parts, _), *others = told(compared(old, new))
    assert (kind, parts, others) == ("merged", [1, second + 1], [])


def test_a_measure_that_only_took_over_an_indicator_was_not_merged() -> None:
    old = plan()
    new = copies(old)
    new[1].indicators.append(Indicator(indicator_id="x", position=9, text=old[7].indicators[0].text))
    new.pop(7)
    assert told(compared(old, new)) == [("changed", [2], [2]), ("removed", [8], [])]


def test_fields_that_are_renamed_and_reordered_move_no_measure() -> None:
    old = plan()
    new = copies(old)
    first, _, last = fields_of(old)
    rename_fields(new, {first: "Verkehr der Zukunft", last: "Grün in der Stadt"})
    comparison = compared(old, new[6:] + new[:3] + new[3:6])
    assert told(comparison) == []
    assert {r.old: r.new for r in comparison.renamed_fields} == {
        first: "Verkehr der Zukunft",
        last: "Grün in der Stadt",
    }


def test_a_renamed_field_is_known_though_its_measures_were_split_and_merged() -> None:
    old = plan()
    old[0].measure, old[1].measure, old[2].measure = ". ".join(SENTENCES[:2]), "Bau von Brücken", "Pflege der Parks"
    new = copies(old)
    new[2].measure = "Bau von Brücken. Pflege der Parks"
    new[2].indicators = [*old[1].indicators, *old[2].indicators]
    parts = [old[0].model_copy(deep=True, update={"measure": text}) for text in SENTENCES[:2]]
    new[:3] = [*parts, new[2]]
    name = fields_of(old)[0]
    rename_fields(new, {name: "Anderes"})
    comparison = compared(old, new)
    assert [renamed.old for renamed in comparison.renamed_fields] == [name]
    assert told(comparison) == [("split", [1], [1, 2]), ("merged", [2, 3], [3])]


def test_two_fields_that_became_one_move_no_measure() -> None:
    old = plan()
    new = copies(old)
    names = fields_of(old)[:2]
    rename_fields(new, dict.fromkeys(names, "Verkehr und Bildung"))
    comparison = compared(old, new)
    assert told(comparison) == []
    assert {r.old: r.new for r in comparison.renamed_fields} == dict.fromkeys(names, "Verkehr und Bildung")


def test_fields_that_swap_their_names_move_their_measures() -> None:
    old = plan()
    new = copies(old)
    first, second, _ = fields_of(old)
    rename_fields(new, {first: second, second: first})
    assert [kind for kind, *_ in told(compared(old, new))] == ["moved"] * 6


def test_a_column_with_a_new_header_is_one_change_of_the_plan() -> None:
    old = plan()
    new = copies(old)
    for measure in new:
        measure.columns = {"Haushaltsstelle": measure.columns["Bemerkung"]}
    new[2].columns = {"Haushaltsstelle": "neu beraten"}
    comparison = compared(old, new)
    assert told(comparison) == [("changed", [3], [3])]
    assert [field.field for field in comparison.changes[2].fields] == ["columns.Haushaltsstelle"]
    assert [(f.field, f.old, f.new) for f in comparison.paper] == [("plan.columns", "Bemerkung", "Haushaltsstelle")]


def test_columns_in_another_order_are_no_change() -> None:
    old = plan()
    for number, measure in enumerate(old):
        measure.columns = {"Bemerkung": f"Text {number}", "Ort": f"Ort {number}"}
    new = copies(old)
    for measure in new:
        measure.columns = dict(reversed(measure.columns.items()))
    assert told(compared(old, new)) == []


def test_a_column_that_came_is_told_where_it_says_something() -> None:
    old = plan()
    new = copies(old)
    for measure in new:
        measure.columns = {**measure.columns, "Ort": ""}
    new[3].columns = {**new[3].columns, "Ort": "am Markt"}
    comparison = compared(old, new)
    assert told(comparison) == [("changed", [4], [4])]
    assert [field.field for field in comparison.changes[3].fields] == ["columns.Ort"]


def test_a_plan_turned_round_keeps_its_measures() -> None:
    old = plan()
    kinds = Counter(change.kind for change in compared(old, copies(old)[::-1]).changes)
    assert set(kinds) == {"unchanged", "moved"}


def test_three_hundred_measures_with_an_insertion_at_the_top() -> None:
    old = plan(300)
    for number, measure in enumerate(old, 1):
        measure.number = str(number)
    new = [
        make_measure(random.Random(3), "Bau einer Seilbahn", old[0].field_of_action, "Der Berg ist hoch"),
        *copies(old),
    ]
    for number, measure in enumerate(new, 1):
        measure.number = str(number)
    assert told(compared(old, new)) == [("added", [], [1])]
