"""What changed between two drafts: kinds, fields, the paper."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ratsplan
from pipeline.compare import compare_documents
from pipeline.sametext import sides
from schemas.changes import Change, Comparison, FieldChange
from schemas.records import Attachment, Consultation, Contributor, Document, Indicator, Measure, Paper, Section
from tests.drafts import document, draft_pair, found_in, make_measures, print_otherwise, set_actors
from tests.layouts.cases import OFFICE, PRODUCERS, TablePlan, sheet_of
from tests.layouts.records import make_plan
from tests.layouts.sheets import Look

SEEDS = range(60)


def compared(old: list[Measure], new: list[Measure]) -> Comparison:
    return compare_documents(document("old", old), document("new", new))


def edited(edit: Callable[[Measure], object], seed: int = 1) -> Change:
    """The change of a measure that was edited, in a plan of six; nothing else changes."""
    old = make_measures(random.Random(seed), 6)
    new = [measure.model_copy(deep=True) for measure in old]
    edit(new[1])
    changes = compared(old, new).changes
    assert [change.kind for change in changes if change.old != ["old-m2"]] == ["unchanged"] * 5
    return changes[1]


def names(change: Change) -> list[str]:
    return [field.field for field in change.fields]


def test_known_edits_are_found_in_kind_and_field() -> None:
    kinds: list[bool] = []
    hits = found_fields = wanted_fields = 0
    for seed in SEEDS:
        pair = draft_pair(seed)
        found = {t[1:3]: t for t in found_in(compare_documents(pair.old, pair.new), pair.old, pair.new)}
        wanted = {t[1:3]: t for t in pair.truth}
        kinds += [key in found and found[key][0] == truth[0] for key, truth in wanted.items()]
        ours = {(key, name) for key, truth in found.items() for name in truth[3]}
        theirs = {(key, name) for key, truth in wanted.items() for name in truth[3]}
        hits, found_fields, wanted_fields = (
            hits + len(ours & theirs),
            found_fields + len(ours),
            wanted_fields + len(theirs),
        )
    assert sum(kinds) / len(kinds) >= 0.99
    assert 2 * hits / (found_fields + wanted_fields) >= 0.99


@pytest.mark.parametrize("seed", range(10))
def test_the_same_plan_printed_otherwise_is_unchanged(seed: int) -> None:
    rng = random.Random(seed)
    old = make_measures(rng, 20)
    new = [measure.model_copy(deep=True) for measure in old]
    for measure in new:
        print_otherwise(rng, measure)
    comparison = compared(old, new)
    assert (comparison.summary["unchanged"], len(comparison.changes), comparison.paper) == (20, 20, [])


COLUMNS = ("number", "problem", "measure", "indicators", "responsibility_text", "period", "cost")
LAYOUTS: dict[str, tuple[str, TablePlan, Look]] = {
    "narrow": ("reportlab", TablePlan(columns=COLUMNS), Look(foot=False)),
    "bands": ("weasyprint", TablePlan(columns=COLUMNS, fields="band"), Look(wide=True, head="Entwurf")),
    "column": ("fpdf2", TablePlan(columns=("field_of_action", *COLUMNS), fields="none"), Look(wide=True)),
    "backwards": ("typst", TablePlan(columns=COLUMNS[::-1]), Look(wide=True, bullets=("•", "-"))),
    "other words": ("reportlab", TablePlan(columns=COLUMNS, labels=OFFICE, rules="inner"), Look(wide=True, size=8)),
    "no bullets": ("typst", TablePlan(columns=COLUMNS), Look(wide=True, bullets=None)),
}


@pytest.fixture(scope="module")
def upright() -> Document:
    sheet = sheet_of(make_plan(3), TablePlan(columns=COLUMNS), Look(wide=True))
    return ratsplan.extract(PRODUCERS["reportlab"](sheet), name="upright.pdf")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_same_plan_in_another_layout_is_unchanged(upright: Document, layout: str) -> None:
    producer, design, look = LAYOUTS[layout]
    other = ratsplan.extract(PRODUCERS[producer](sheet_of(make_plan(3), design, look)), name=f"{layout}.pdf")
    comparison = compare_documents(upright, other)
    assert [change for change in comparison.changes if change.kind != "unchanged"] == []
    assert (comparison.summary["unchanged"], comparison.renamed_fields, comparison.paper) == (12, [], [])


def test_edits_are_found_through_another_layout_too(upright: Document) -> None:
    plan = make_plan(3)
    gone = plan.pop(4)
    plan[0].measure, plan[2].period = f"{plan[0].measure} und im Bürgerhaus", "bis Ende 2031"
    _, design, look = LAYOUTS["bands"]
    new = ratsplan.extract(PRODUCERS["reportlab"](sheet_of(plan, design, look)), name="new.pdf")
    found = found_in(compare_documents(upright, new), upright, new)
    assert gone.measure
    assert {truth for truth in found if truth[0] != "unchanged"} == {
        ("changed", (0,), (0,), frozenset({"measure"})),
        ("changed", (2,), (2,), frozenset({"period"})),
        ("removed", (4,), (), frozenset()),
    }


@given(st.integers(0, 10_000))
def test_a_document_beside_itself_is_unchanged(seed: int) -> None:
    own = draft_pair(seed).new
    comparison = compare_documents(own, own)
    assert {change.kind for change in comparison.changes} == {"unchanged"}
    assert all(change.old == change.new and change.likeness == 1.0 for change in comparison.changes)
    assert (comparison.renamed_fields, comparison.paper) == ([], [])


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_every_measure_is_in_exactly_one_change(seed: int, other: int) -> None:
    old, new = draft_pair(seed).old, draft_pair(other).new
    comparison = compare_documents(old, new)
    for side, told in ((old, "old"), (new, "new")):
        ids = Counter(i for change in comparison.changes for i in getattr(change, told))
        assert side.plan is not None
        assert ids == Counter(measure.measure_id for measure in side.plan.measures)
    assert sum(comparison.summary.values()) == len(comparison.changes)


@given(st.integers(0, 10_000))
def test_segments_give_both_texts(seed: int) -> None:
    pair = draft_pair(seed)
    fields = [field for change in compare_documents(pair.old, pair.new).changes for field in change.fields]
    assert fields
    for field in fields:
        assert sides(field.segments) == (field.old or "", field.new or "")


def test_the_same_drafts_give_the_same_answer() -> None:
    pair = draft_pair(5)
    assert compare_documents(pair.old, pair.new) == compare_documents(pair.old, pair.new)


def test_a_plan_without_measures_beside_one_with_some() -> None:
    plan = make_measures(random.Random(1), 3)
    assert [change.kind for change in compared([], plan).changes] == ["added"] * 3
    assert [change.kind for change in compared(plan, []).changes] == ["removed"] * 3
    assert compared([], []).changes == []


def test_a_later_date_and_a_higher_amount_are_said_in_words() -> None:
    def edit(measure: Measure) -> None:
        measure.period, measure.cost = "bis 31.12.2035", "2.000.000 €"

    change = edited(edit)
    assert names(change) == ["period", "cost"]
    assert "period: later by " in change.reason
    assert "cost: higher by " in change.reason


def test_another_lead_is_said_in_words_and_the_old_one_is_told() -> None:
    def edit(measure: Measure) -> None:
        set_actors(measure, ["Klimabüro"], [measure.responsibilities[0].actor])

    change = edited(edit)
    assert names(change) == ["responsibilities", "responsibility_text"]
    assert "lead is now Klimabüro" in change.reason
    assert "is now supporting" in change.reason


def test_a_role_alone_is_a_change() -> None:
    def edit(measure: Measure) -> None:
        measure.responsibilities[0].role = "funding"

    assert names(edited(edit)) == ["responsibilities"]


def test_an_actor_whose_name_another_place_spells_out_is_the_same_actor() -> None:
    def edit(measure: Measure) -> None:
        first = measure.responsibilities[0]
        first.actor, first.actor_id = f"Landesverband {first.actor}", "landesverband"

    assert edited(edit).kind == "unchanged"


def test_an_edited_indicator_is_marked_word_by_word_and_the_others_are_not() -> None:
    def edit(measure: Measure) -> None:
        measure.indicators[0].text += " pro Quartal"

    (field,) = edited(edit).fields
    assert [segment for segment in field.segments if segment[0] != "equal"] == [("insert", " pro Quartal")]


def test_indicators_in_one_text_or_in_several_say_the_same() -> None:
    def edit(measure: Measure) -> None:
        text = " ".join(indicator.text for indicator in measure.indicators)
        measure.indicators = [Indicator(indicator_id="i1", position=1, text=text)]

    assert edited(edit).kind == "unchanged"


def test_a_column_of_a_named_field_is_not_told_twice() -> None:
    def edit(measure: Measure) -> None:
        measure.measure = f"{measure.measure} und im Bürgerhaus"
        measure.columns["Maßnahme"] = str(measure.measure)

    old = make_measures(random.Random(1), 4)
    for measure in old:
        measure.columns["Maßnahme"] = str(measure.measure)
    new = [measure.model_copy(deep=True) for measure in old]
    edit(new[1])
    assert names(compared(old, new).changes[1]) == ["measure"]


def test_numbers_that_shift_with_an_insertion_are_no_change() -> None:
    old = make_measures(random.Random(1), 6)
    new = [measure.model_copy(deep=True) for measure in old]
    new.insert(2, make_measures(random.Random(99), 3)[2])
    for plan in (old, new):
        for number, measure in enumerate(plan, 1):
            measure.number = f"{number}."
    comparison = compared(old, new)
    assert (comparison.summary["unchanged"], comparison.summary["added"]) == (6, 1)
    assert comparison.changes[5].reason.endswith("renumbered from 6. to 7.")


def test_a_number_of_its_own_is_a_change() -> None:
    def edit(measure: Measure) -> None:
        measure.number = "K7"

    old = make_measures(random.Random(1), 4)
    for measure, number in zip(old, ("A3", "B9", "C1", "K2"), strict=True):
        measure.number = number
    new = [measure.model_copy(deep=True) for measure in old]
    edit(new[1])
    assert names(compared(old, new).changes[1]) == ["number"]


def test_fields_of_action_in_another_order_move_no_measure() -> None:
    old = make_measures(random.Random(1), 9)
    new = [measure.model_copy(deep=True) for measure in old[3:] + old[:3]]
    comparison = compared(old, new)
    assert comparison.summary["unchanged"] == 9
    assert [field.field for field in comparison.paper] == ["plan.fields_of_action"]


def test_fields_of_action_that_only_one_draft_has_move_no_measure() -> None:
    old = make_measures(random.Random(1), 6)
    new = [measure.model_copy(deep=True, update={"field_of_action": None}) for measure in old]
    comparison = compared(old, new)
    assert comparison.summary["unchanged"] == 6
    assert [field.field for field in comparison.paper] == ["plan.fields_of_action"]


def paper_fields(edit: Callable[[Document], object]) -> dict[str, FieldChange]:
    """The changes of a paper that was edited."""
    old = document("old", make_measures(random.Random(1), 3))
    old.paper = Paper(
        reference="VO/1", date=date(2025, 3, 1), public=True,
        consultations=[Consultation(position=1, date=date(2025, 4, 1), organization="Sozialausschuss", role="Beratung"),
                       Consultation(position=2, date=date(2025, 5, 1), organization="Kreistag", role="Entscheidung")],
        sections=[Section(heading="Beschluss", kind="resolution", text="Der Kreistag beschließt den Plan."),
                  Section(heading="Sachverhalt", kind="facts", text="Es war einmal.")],
        attachments=[Attachment(position=1, name="Aktionsplan")],
    )  # fmt: skip
    new = old.model_copy(deep=True)
    edit(new)
    return {field.field: field for field in compare_documents(old, new).paper}


def test_the_paper_is_compared_in_head_consultations_sections_and_annexes() -> None:
    def edit(document: Document) -> None:
        assert document.paper is not None
        document.paper.public = False
        document.paper.consultations.insert(1, Consultation(position=2, organization="Jugendhilfeausschuss"))
        document.paper.sections[0].text = "Der Kreistag beschließt den Plan nicht."
        document.paper.sections.append(Section(heading="Klima", kind="climate", text="Keine Wirkung."))
        document.paper.attachments = []

    found = paper_fields(edit)
    assert list(found) == ["public", "consultations", "sections.Beschluss", "sections.Klima", "attachments"]
    assert found["consultations"].segments[1] == ("insert", "\nJugendhilfeausschuss")
    assert ("insert", " nicht") in [(op, text.rstrip()) for op, text in found["sections.Beschluss"].segments] or (
        "insert", "nicht"
    ) in [(op, text.strip()) for op, text in found["sections.Beschluss"].segments]  # fmt: skip
    assert (found["sections.Klima"].old, found["attachments"].new) == (None, None)


def test_sections_that_change_places_are_no_change() -> None:
    def edit(document: Document) -> None:
        assert document.paper is not None
        document.paper.sections.reverse()

    assert paper_fields(edit) == {}


def test_what_the_plan_says_of_itself_is_compared() -> None:
    def edit(document: Document) -> None:
        assert document.plan is not None
        document.plan.status = "beschlossen"
        document.plan.contributors = [Contributor(name="Jobcenter")]

    assert list(paper_fields(edit)) == ["plan.status", "plan.contributors"]


def test_a_paper_that_only_one_draft_has_is_one_change() -> None:
    def edit(document: Document) -> None:
        document.paper = None

    found = paper_fields(edit)
    assert list(found) == ["paper"]
    assert (found["paper"].old, found["paper"].new) == ("VO/1", None)
