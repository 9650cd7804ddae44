"""Plans laid out in many ways by several producers come out as the records that went in."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Sequence
from functools import cache
from statistics import mean

import pytest

import ratsplan
from extractors.ocr import REMEDY
from schemas.records import Document
from tests.layouts import cases, figures, office
from tests.layouts.cases import (
    CARDS,
    HELD_CARDS,
    HELD_PRINTED,
    HELD_RULED,
    HELD_SCANS,
    HELD_UNRULED,
    PRINTED,
    RULED,
    SCANS,
    UNNAMED,
    UNRULED,
    CardCase,
    Case,
    ScanCase,
)
from tests.layouts.figures import LISTS, TableCase
from tests.layouts.places import misplaced
from tests.layouts.score import Score
from tests.layouts.sheets import Look, Sheet
from tests.pdfs import read_pages

AnyCase = Case | CardCase | ScanCase
READ: list[AnyCase] = [*SCANS, *HELD_SCANS, UNNAMED]
"""What is read by OCR."""
DRAWN: list[AnyCase] = [*RULED, *UNRULED, *CARDS, *HELD_RULED, *HELD_UNRULED, *HELD_CARDS]
EVERY: list[AnyCase] = [*DRAWN, *READ, *PRINTED, *HELD_PRINTED]
CASES = {case.name: case for case in EVERY}


@cache
def missing(producer: str) -> str | None:
    """Why a producer cannot draw here, or the reader cannot read; None where it can."""
    if producer == "ocr":
        return None if importlib.util.find_spec("tesserocr") else f"OCR is not installed: {REMEDY}"
    if producer in ("word", "excel"):
        return office.missing()
    if producer != "weasyprint":
        return None
    try:
        import weasyprint  # noqa: F401
    except OSError as error:
        return f"WeasyPrint lacks a system library: {error}"
    return None


@cache
def printed(name: str) -> bytes:
    return CASES[name].pdf()


@cache
def document(name: str) -> Document:
    return ratsplan.extract(printed(name), name=f"{name}.pdf")


@cache
def score(name: str) -> Score:
    return CASES[name].score(document(name))


def scores(group: Sequence[AnyCase]) -> list[Score]:
    usable = [case for case in group if not any(map(missing, needs(case)))]
    if not usable:
        pytest.skip(str(missing(needs(group[0])[0])))
    return [score(case.name) for case in usable]


def needs(case: AnyCase) -> list[str]:
    return [case.producer, "ocr"] if case in READ else [case.producer]


def need(*producers: str) -> None:
    for reason in map(missing, producers):
        if reason is not None:
            pytest.skip(reason)


@pytest.mark.parametrize("name", CASES)
def test_no_layout_loses_or_invents_measures(name: str) -> None:
    need(*needs(CASES[name]))
    result = score(name)
    assert result.recall >= 0.8, result.differences
    assert result.precision >= 0.8, result.differences


def test_the_corpus_is_large_enough_to_say_something() -> None:
    assert len(CASES) >= 40
    assert len([*HELD_RULED, *HELD_UNRULED, *HELD_CARDS]) >= 8
    assert {case.producer for case in CASES.values()} == set(cases.PRODUCERS)


@pytest.mark.parametrize(
    ("group", "exact"),
    [
        pytest.param(RULED, 0.95, id="ruled"),
        pytest.param(UNRULED, 0.85, id="unruled"),
        pytest.param(CARDS, 0.95, id="cards"),
        pytest.param(HELD_RULED, 0.9, id="held-ruled"),
        pytest.param(HELD_UNRULED, 0.8, id="held-unruled"),
        pytest.param(HELD_CARDS, 0.9, id="held-cards"),
        pytest.param(PRINTED, 0.95, id="word-and-excel"),
        pytest.param(HELD_PRINTED, 0.8, id="held-word-and-excel"),
        pytest.param(SCANS, 0.85, id="scans"),
        pytest.param(HELD_SCANS, 0.75, id="held-scans"),
        pytest.param([UNNAMED], 0.75, id="unnamed-letters"),
    ],
)
def test_records_are_exact(group: Sequence[AnyCase], exact: float) -> None:
    results = scores(group)
    assert mean(result.exactness for result in results) >= exact, [d for r in results for d in r.differences]


@pytest.mark.parametrize(
    "group",
    [[*RULED, *HELD_RULED], [*UNRULED, *HELD_UNRULED], [*CARDS, *HELD_CARDS], READ, [*PRINTED, *HELD_PRINTED]],
    ids=["ruled", "unruled", "cards", "scans", "word-and-excel"],
)
def test_measures_are_found_and_none_is_invented(group: Sequence[AnyCase]) -> None:
    results = scores(group)
    assert mean(result.recall for result in results) >= 0.95, [d for r in results for d in r.differences]
    assert mean(result.precision for result in results) >= 0.95, [d for r in results for d in r.differences]


def test_sixty_pages_with_250_measures_come_out_whole() -> None:
    found = document("sixty-pages")
    assert found.file.page_count >= 50
    assert found.plan is not None
    assert len(found.plan.measures) == 250


@pytest.mark.parametrize("name", ["grid", "horizontal", "cards-left", "blank-typst"])
def test_every_word_of_a_plan_is_booked(name: str) -> None:
    assert document(name).ledger.unassigned == []


@pytest.mark.parametrize("name", [case.name for case in EVERY if case not in READ])
def test_every_text_of_a_measure_stands_where_its_record_says(name: str) -> None:
    need(*needs(CASES[name]))
    assert misplaced(document(name), read_pages(printed(name))) == []


@pytest.mark.parametrize("case", LISTS, ids=lambda case: case.name)
def test_other_lists_are_no_plan_and_stand_in_tables(case: TableCase) -> None:
    need(case.producer)
    found = ratsplan.extract(cases.PRODUCERS[case.producer](case.sheet()))
    assert found.plan is None
    assert len(found.tables) == len(case.kinds)


@pytest.mark.parametrize("producer", cases.PRODUCERS)
@pytest.mark.parametrize("page", [figures.contents_page, figures.prose_page])
def test_contents_and_prose_are_no_plan(page: Callable[[Look], Sheet], producer: str) -> None:
    need(producer)
    assert ratsplan.extract(cases.PRODUCERS[producer](page(Look()))).plan is None
