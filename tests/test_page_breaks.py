"""Plans whose rows, lists, words and spanned cells are cut by the ends of pages come out as they went in."""

from __future__ import annotations

from dataclasses import replace

import pytest

import ratsplan
from schemas.records import Document
from tests.layouts.cards import CardPlan
from tests.layouts.cases import PRODUCERS, CardCase
from tests.layouts.plans import TablePlan, sheet_of
from tests.layouts.records import Measure, make_plan
from tests.layouts.score import score_plan, wanted_of
from tests.layouts.sheets import Look

COLUMNS = ("problem", "measure", "indicators", "responsibility_text")
NUMBERED = ("number", *COLUMNS, "period")
WIDE = Look(wide=True, size=10)


def shared_problems(plan: list[Measure], count: int) -> list[Measure]:
    """The plan with one problem for `count` measures each, all in one field of action."""
    firsts = [plan[index - index % count] for index in range(len(plan))]
    field_name = plan[0].field_of_action
    return [
        replace(measure, problem=first.problem, field_of_action=field_name)
        for measure, first in zip(plan, firsts, strict=True)
    ]


def read(plan: list[Measure], design: TablePlan, producer: str, look: Look = WIDE) -> Document:
    return ratsplan.extract(PRODUCERS[producer](sheet_of(plan, design, look)))


def differences(plan: list[Measure], design: TablePlan, producer: str, look: Look = WIDE) -> list[str]:
    """What the records of the printed plan say otherwise than the plan; that it takes several pages is checked."""
    document = read(plan, design, producer, look)
    assert document.file.page_count > 1
    keys = {name: design.key(name) for name in design.columns}
    return score_plan(document, [wanted_of(m, keys, field_known=False, listed=True) for m in plan]).differences


@pytest.mark.parametrize("repeated", [False, True], ids=["header-once", "header-again"])
@pytest.mark.parametrize(("producer", "rules"), [("typst", "grid"), ("typst", "inner"), ("reportlab", "grid")])
def test_a_spanned_problem_goes_on_over_the_page_break(producer: str, rules: str, repeated: bool) -> None:
    design = TablePlan(NUMBERED, fields="none", rules=rules, repeat_header=repeated)  # type: ignore[arg-type]
    plan = shared_problems(make_plan(603, 30), 3)
    assert differences(plan, design, producer) == []


def test_an_empty_problem_that_no_span_covers_stays_empty() -> None:
    plan = make_plan(605, 30)
    plan[15] = replace(plan[15], problem="")
    design = TablePlan(NUMBERED, fields="none", span_problem=False, keep_rows=True)
    found = read(plan, design, "typst").plan
    assert found is not None
    assert [m.problem or "" for m in found.measures] == [m.problem for m in plan]


@pytest.mark.parametrize("count", [7, 30])
def test_the_rest_of_a_page_without_outer_border_keeps_its_spanned_column(count: int) -> None:
    plan = shared_problems(make_plan(630, 30), count)
    assert differences(plan, TablePlan(COLUMNS, fields="none", rules="inner"), "reportlab") == []


def test_the_last_lines_of_a_table_without_outer_border_are_its_last_row() -> None:
    plan = shared_problems(make_plan(603, 30), 3)
    assert differences(plan, TablePlan(NUMBERED, fields="none", rules="inner"), "reportlab") == []


@pytest.mark.parametrize("producer", ["typst", "reportlab"])
@pytest.mark.parametrize("seed", [440, 442, 443, 444])
def test_a_form_with_labels_above_is_cut_anywhere(producer: str, seed: int) -> None:
    case = CardCase(
        "", CardPlan("above", rules="inner" if seed % 2 == 0 else "grid"), Look(size=9 + seed % 3), producer
    )
    case = replace(case, seed=seed, long=12 * (seed % 2))
    for reports in (False, True):
        cut = replace(case, design=replace(case.design, reports=reports))
        document = ratsplan.extract(cut.pdf())
        assert document.file.page_count > 1
        assert cut.score(document).differences == []


def test_an_empty_first_column_of_a_page_without_header_is_a_column() -> None:
    plan = [replace(measure, number="") for measure in make_plan(480, 16)]
    design = TablePlan(NUMBERED, rules="shaded")
    found = read(plan, design, "fpdf2", Look(wide=True)).plan
    assert found is not None
    assert [m.measure for m in found.measures] == [m.measure for m in plan]


@pytest.mark.parametrize("repeated", [False, True], ids=["header-once", "header-again"])
def test_a_row_without_a_number_among_numbered_ones_is_a_row(repeated: bool) -> None:
    plan = [replace(m, number="" if n % 4 == 2 else m.number) for n, m in enumerate(make_plan(481, 16))]
    design = TablePlan(NUMBERED, fields="none", rules="none", repeat_header=repeated)
    assert differences(plan, design, "reportlab", Look(wide=True)) == []


@pytest.mark.parametrize("producer", ["typst", "reportlab"])
@pytest.mark.parametrize("seed", [770, 771])
def test_bands_part_no_table_without_outer_border(producer: str, seed: int) -> None:
    design = TablePlan(NUMBERED, fields="band", rules="inner", repeat_header=seed % 2 == 0)
    plan = make_plan(seed, 18)
    document = read(plan, design, producer, Look(wide=True, size=9 + seed % 3))
    assert document.plan is not None
    names = [(m.field_of_action, m.number, m.measure) for m in document.plan.measures]
    assert names == [(m.field_of_action, m.number, m.measure) for m in plan]


@pytest.mark.parametrize("rules", ["grid", "inner"])
def test_a_row_over_many_pages_keeps_the_rows_below_it(rules: str) -> None:
    columns = ("number", "measure", "description", "indicators", "responsibility_text", "period")
    design = TablePlan(columns, fields="none", rules=rules, weights={"description": 1.0})  # type: ignore[arg-type]
    assert differences(make_plan(721, 5, long=60), design, "typst", Look(size=10)) == []


def test_rows_with_empty_cells_meet_at_the_break() -> None:
    columns = ("number", "measure", "indicators", "responsibility_text", "cost", "priority", "remark")
    for seed in (740, 741):
        plan = make_plan(seed, 20, gaps=True)
        assert differences(plan, TablePlan(columns, fields="none"), "typst", Look(wide=True)) == [], seed


def test_a_footnote_stands_between_the_halves_of_a_row() -> None:
    look = Look(wide=True, size=10, head="Stadt Beispiel", footnote="1) Vorbehaltlich der Zustimmung des Rates.")
    assert differences(make_plan(750, 14), TablePlan(NUMBERED, fields="none"), "reportlab", look) == []


def test_pages_change_their_orientation_between_two_tables() -> None:
    assert differences(make_plan(761, 18), TablePlan(NUMBERED, mixed=True), "typst", Look(size=9)) == []
