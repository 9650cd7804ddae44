"""The sample documents come out as their expected files say."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import ratsplan
from extractors.page import open_pdf
from schemas.records import Document
from tests.scoring import PAPER_FIELDS, expected_form, f1, plain

SAMPLES = Path(__file__).parent.parent / "samples"
CASES = sorted(path.stem for path in SAMPLES.glob("*.pdf"))


@cache
def document_of(case: str) -> Document:
    return ratsplan.extract(SAMPLES / f"{case}.pdf")


@cache
def found_and_wanted(case: str) -> tuple[Any, Any]:
    wanted = json.loads((SAMPLES / f"{case}.expected.json").read_text(encoding="utf-8"))
    return plain(expected_form(document_of(case))), plain(wanted)


def test_there_are_samples() -> None:
    assert len(CASES) >= 2


@pytest.mark.parametrize("case", CASES)
class TestSample:
    @pytest.mark.parametrize("name", [*PAPER_FIELDS, "consultations", "attachments", "sections"])
    def test_paper(self, case: str, name: str) -> None:
        found, wanted = found_and_wanted(case)
        assert found["paper"][name] == wanted["paper"][name]

    @pytest.mark.parametrize("name", ["title", "status", "contributors"])
    def test_plan(self, case: str, name: str) -> None:
        found, wanted = found_and_wanted(case)
        assert found["plan"][name] == wanted["plan"][name]

    @pytest.mark.parametrize(
        "name", ["field_of_action", "problem", "measure", "target_group", "indicators", "responsibility_text"]
    )
    def test_measures(self, case: str, name: str) -> None:
        found, wanted = found_and_wanted(case)
        assert [m[name] for m in found["plan"]["measures"]] == [m[name] for m in wanted["plan"]["measures"]]

    def test_responsibilities(self, case: str) -> None:
        found, wanted = found_and_wanted(case)
        actors, roles = [], []
        for plan in (found["plan"], wanted["plan"]):
            entries = [(n, r) for n, m in enumerate(plan["measures"]) for r in m["responsibilities"]]
            actors.append([(n, r["actor"].casefold()) for n, r in entries])
            roles.append([(n, r["row"], r["role"]) for n, r in entries])
        assert f1(*actors) >= 0.95  # the rest are inflected forms that become one name
        assert f1(*roles) == 1.0

    def test_the_ledger_adds_up_and_leaves_no_word(self, case: str) -> None:
        ledger = document_of(case).ledger
        booked = ledger.paper + ledger.plan + ledger.prose + ledger.tables + ledger.furniture
        assert (booked, ledger.unassigned) == (ledger.words, [])
        assert document_of(case).status == "ok"

    def test_no_letter_of_the_plan_is_lost_or_invented(self, case: str) -> None:
        """The letters of all measures are letters of the annex, and each of them as often as it is printed."""
        with open_pdf((SAMPLES / f"{case}.pdf").read_bytes(), case) as pdf:
            printed = Counter(re.sub(r"\W", "", "".join(w.text for page in pdf.pages() for w in page.words)))
        plan = document_of(case).plan
        assert plan is not None
        texts, spanned = [], set()
        for measure in plan.measures:
            problem = (measure.problem, str(measure.source.get("problem")))
            texts += [
                text for label, text in measure.columns.items() if "Problem" not in label or problem not in spanned
            ]
            spanned.add(problem)
        told = Counter(re.sub(r"\W", "", "".join(texts)))
        assert not told - printed
        assert sum(told.values()) > 0.7 * sum(printed.values())

    def test_every_text_of_a_measure_says_where_it_stands(self, case: str) -> None:
        plan = document_of(case).plan
        assert plan is not None
        for measure in plan.measures:
            names = {"problem", "measure", "target_group"} & {n for n, v in measure.model_dump().items() if v}
            assert names <= set(measure.source)
            for places in measure.source.values():
                for place in places:
                    x0, top, x1, bottom = place.box
                    assert 0 <= x0 < x1 <= 900
                    assert 0 <= top < bottom <= 900

    def test_a_row_cut_by_a_page_break_names_both_pages(self, case: str) -> None:
        plan = document_of(case).plan
        assert plan is not None
        pages = [{p.page for p in m.source.get("indicators", [])} for m in plan.measures]
        assert any(len(numbers) == 2 for numbers in pages)

    def test_the_same_bytes_give_the_same_document(self, case: str) -> None:
        again = ratsplan.extract(SAMPLES / f"{case}.pdf")
        assert again.model_dump_json() == document_of(case).model_dump_json()
