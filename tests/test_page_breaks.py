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
    for count in range(8, 13):
        plan = make_plan(603, count)
        assert differences(plan, TablePlan(NUMBERED, fields="none", rules="inner"), "reportlab") == [], count


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
