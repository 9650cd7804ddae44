"""Drafts as PDFs: known edits are found through any layout, and a layout alone is no change."""

from __future__ import annotations

import random
from functools import cache
from itertools import permutations

import pytest

import ratsplan
from pipeline.compare import compare_documents
from schemas.records import Document
from tests import scans
from tests.draft_pdfs import LAYOUTS, pdf_pair, printed
from tests.drafts import found_in, make_measures
from tests.layouts import cards
from tests.layouts.cases import PRODUCERS
from tests.layouts.records import make_plan
from tests.layouts.sheets import Look

SEEDS = range(30)
HELD = range(1000, 1008)
"""Not looked at while developing."""
CARDS = {
    "left": ("reportlab", cards.CardPlan(), Look()),
    "above": ("typst", cards.CardPlan("above", own_page=True), Look(wide=True)),
    "boxed name": ("fpdf2", cards.CardPlan(titled=False, own_page=True), Look(bullets=("•", "◦"))),
}


def accuracy(seeds: range) -> tuple[float, float]:
    """The share of changes told with the right kind, and F1 of the fields named in them."""
    kinds: list[bool] = []
    hits = fields = 0
    for seed in seeds:
        pair, old, new = pdf_pair(seed)
        found = {(t[1], t[2]): t for t in found_in(compare_documents(old, new), old, new)}
        wanted = {(t[1], t[2]): t for t in pair.truth}
        kinds += [key in found and found[key][0] == truth[0] for key, truth in wanted.items()]
        ours = {(key, name) for key, truth in found.items() for name in truth[3]}
        theirs = {(key, name) for key, truth in wanted.items() for name in truth[3]}
        hits, fields = hits + len(ours & theirs), fields + len(ours) + len(theirs)
    return sum(kinds) / len(kinds), 2 * hits / fields


@pytest.mark.parametrize("seeds", [SEEDS, HELD], ids=["known", "held"])
def test_known_edits_are_found_between_any_two_layouts(seeds: range) -> None:
    kinds, fields = accuracy(seeds)
    assert kinds >= 0.97
    assert fields >= 0.97


@cache
def the_plan_as(layout: str) -> Document:
    plan = make_measures(random.Random(8), 16)
    for number, measure in enumerate(plan, 1):
        measure.number = str(number)
    return ratsplan.extract(LAYOUTS[layout].pdf([printed(measure) for measure in plan]), name=f"{layout}.pdf")


@pytest.mark.parametrize(("one", "other"), list(permutations(LAYOUTS, 2)))
def test_a_plan_in_another_layout_has_not_changed(one: str, other: str) -> None:
    comparison = compare_documents(the_plan_as(one), the_plan_as(other))
    assert [change for change in comparison.changes if change.kind != "unchanged"] == []
    assert (comparison.summary["unchanged"], comparison.renamed_fields, comparison.paper) == (16, [], [])


@cache
def the_forms_as(layout: str) -> Document:
    producer, design, look = CARDS[layout]
    return ratsplan.extract(PRODUCERS[producer](cards.sheet_of(make_plan(5, 8), design, look)), name=f"{layout}.pdf")


@pytest.mark.parametrize(("one", "other"), list(permutations(CARDS, 2)))
def test_forms_in_another_layout_have_not_changed(one: str, other: str) -> None:
    comparison = compare_documents(the_forms_as(one), the_forms_as(other))
    assert [change for change in comparison.changes if change.kind != "unchanged"] == []
    assert comparison.summary["unchanged"] == 8


def test_a_scan_of_a_plan_has_not_changed() -> None:
    pytest.importorskip("tesserocr")
    data = scans.printed(scans.PLAN)
    old, new = (ratsplan.extract(pdf, name="plan.pdf") for pdf in (data, scans.scanned(data)))
    assert compare_documents(old, new).summary["unchanged"] == len(scans.PLAN)
