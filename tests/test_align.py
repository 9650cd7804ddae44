"""Which measure is which."""

from __future__ import annotations

import random

import pytest

from pipeline.align import align
from pipeline.order import counted, in_runs, out_of_order, renamed_fields
from schemas.records import Indicator, Measure
from tests.drafts import make_measures


def measure(text: str, **fields: str | None) -> Measure:
    return Measure.model_validate({"measure_id": text, "position": 1, "measure": text, **fields})


def pairs_of(old: list[Measure], new: list[Measure]) -> list[tuple[int, int]]:
    return [(pair.old, pair.new) for pair in align(old, new).pairs]


def test_a_plan_is_paired_with_its_shuffled_self() -> None:
    plan = make_measures(random.Random(1), 30)
    order = list(range(30))
    random.Random(2).shuffle(order)
    assert {(i, order[i]) for i in range(30)} == set(pairs_of(plan, [plan[order.index(j)] for j in range(30)]))


def test_every_measure_is_in_one_pair_or_left_over() -> None:
    old, new = make_measures(random.Random(3), 20), make_measures(random.Random(4), 25)
    new[5:8] = old[2:5]
    found = align(old, new)
    assert sorted([p.old for p in found.pairs] + found.removed) == list(range(20))
    assert sorted([p.new for p in found.pairs] + found.added) == list(range(25))


def test_an_insertion_at_the_top_shifts_no_pair_though_all_numbers_shift() -> None:
    old = make_measures(random.Random(5), 10)
    new = [measure("Ganz neue Seilbahn zum Krankenhaus"), *(m.model_copy(deep=True) for m in old)]
    for plan in (old, new):
        for number, entry in enumerate(plan, 1):
            entry.number = str(number)
    assert pairs_of(old, new) == [(i, i + 1) for i in range(10)]


def test_the_best_of_all_pairs_wins_over_the_first_that_fits() -> None:
    old = [measure("Ausbau der Radwege im Norden der Stadt"), measure("Ausbau der Radwege im Süden der Stadt")]
    new = [measure("Ausbau der Radwege im Süden der Altstadt"), measure("Ausbau der Radwege im Norden der Stadt")]
    assert pairs_of(old, new) == [(0, 1), (1, 0)]


def test_duplicates_are_paired_in_their_order() -> None:
    old = [measure("Öffentlichkeitsarbeit") for _ in range(4)]
    assert pairs_of(old, old) == [(0, 0), (1, 1), (2, 2), (3, 3)]


def test_a_title_that_fields_share_is_told_apart_by_its_problem() -> None:
    old = [measure("Öffentlichkeitsarbeit", problem=p) for p in ("Angebote sind unbekannt", "Wege sind gefährlich")]
    assert pairs_of(old, old[::-1]) == [(0, 1), (1, 0)]


def test_numbers_that_hold_pair_a_measure_that_was_rewritten() -> None:
    old = make_measures(random.Random(6), 8)
    new = [m.model_copy(deep=True) for m in old]
    new[3].measure = "Umfassende Neuausrichtung der Jugendpflege"
    new[3].problem = old[3].problem = "Zu wenige Treffpunkte in der Südstadt"
    new[3].indicators = [Indicator(indicator_id="i", position=1, text="Ein Leitbild ist beschlossen")]
    new.insert(3, new.pop(0))
    assert (3, 2) not in pairs_of(old, new)
    for index, entry in enumerate(old):
        entry.number = f"K{index * 7}"
    for entry, number in zip(new, [7, 14, 21, 0, 28, 35, 42, 49], strict=True):
        entry.number = f"K{number}"
    assert new[2].number == old[3].number
    assert (3, 2) in pairs_of(old, new)


def test_the_number_alone_pairs_nothing() -> None:
    assert pairs_of([measure("Bau einer Seilbahn", number="7")], [measure("Pflege der Parks", number="7")]) == []


@pytest.mark.parametrize(("old", "new"), [(0, 0), (0, 3), (3, 0)])
def test_an_empty_draft_has_no_pairs(old: int, new: int) -> None:
    plan = make_measures(random.Random(7), 3)
    found = align(plan[:old], plan[:new])
    assert (found.pairs, found.removed, found.added) == ([], list(range(old)), list(range(new)))


def test_a_pair_says_why_it_is_one() -> None:
    old = measure("Ausbau der Radwege im Norden", problem="Wege sind gefährlich")
    new = measure("Ausbau der Radwege im Süden", problem="Wege sind gefährlich")
    (pair,) = align([old], [new]).pairs
    assert pair.reason.startswith("same problem; measure ")
    assert 0.5 < pair.likeness < 1.0


def test_the_fewest_are_out_of_order_and_of_two_the_one_that_went_farther() -> None:
    assert out_of_order([(0, 0), (1, 1), (2, 2)]) == set()
    assert out_of_order([(0, 1), (1, 2), (2, 3), (3, 0)]) == {(3, 0)}
    assert out_of_order([(0, 1), (4, 0)]) == {(4, 0)}
    assert out_of_order([]) == set()


def test_numbers_that_only_count_are_known() -> None:
    plan = [measure("x", number=n) for n in ("1.1", "1.2", "2.1", "2.2", "2.7", None, "3.1", "A")]
    assert counted(plan) == {0, 1, 2, 3, 6}


def test_fields_stand_in_runs_or_not() -> None:
    a, b = measure("x", field_of_action="A"), measure("y", field_of_action="B")
    assert in_runs([a, a, b])
    assert not in_runs([a, b, a])


def test_a_field_is_renamed_when_most_of_its_measures_are_in_a_new_name() -> None:
    old = [measure("x", field_of_action=name) for name in ("Wege", "Wege", "Wege", "Wohnen")]
    new = [measure("x", field_of_action=name) for name in ("Wege und Plätze", "Wege und Plätze", "Wohnen", "Wohnen")]
    assert renamed_fields(old, new, [(0, 0), (1, 1), (2, 2), (3, 3)]) == {"Wege": "Wege und Plätze"}


def test_a_field_that_is_still_there_was_not_renamed() -> None:
    old = [measure("x", field_of_action=name) for name in ("Wege", "Wege")]
    new = [measure("x", field_of_action=name) for name in ("Plätze", "Plätze")] + [measure("z", field_of_action="Wege")]
    assert renamed_fields(old, new, [(0, 0), (1, 1)]) == {}
