"""The ways in which German towns print catalogues of measures."""

from __future__ import annotations

import pytest

import ratsplan
from schemas.records import Document, Measure
from tests.layouts.catalogues import CATALOGUES, Layout, sums_between
from tests.layouts.first_sight import FIRST_SIGHT, measures_below_a_word_of_no_list
from tests.layouts.score import plain


def read(html: str) -> Document:
    try:
        from weasyprint import HTML
    except OSError as error:
        pytest.skip(f"WeasyPrint lacks a system library: {error}")
    return ratsplan.extract(HTML(string=html).write_pdf(), name="plan.pdf")


def value(measure: Measure, name: str) -> str:
    return str(len(measure.indicators)) if name == "indicators" else plain(getattr(measure, name))


@pytest.mark.parametrize("layout", [*CATALOGUES, *FIRST_SIGHT], ids=lambda layout: layout.__name__)
def test_every_measure_of_a_catalogue_is_exact(layout: Layout) -> None:
    html, wanted = layout()
    document = read(html)
    assert document.plan is not None
    found = [{name: value(m, name) for name in w} for m, w in zip(document.plan.measures, wanted, strict=True)]
    assert found == wanted
    assert document.ledger.unassigned == []


def test_a_row_of_sums_is_told_and_is_no_measure() -> None:
    html, _ = sums_between()
    told = [problem for problem in read(html).problems if problem.code == "sum_left_out"]
    assert [problem.message.split(": ")[1] for problem in told] == [
        "Summe Handlungsfeld 1 | 30.000 €",
        "Gesamt | 105.000 €",
    ]
    assert {problem.severity for problem in told} == {"info"}


def test_a_meaning_that_the_cells_tell_is_told_and_lowers_the_confidence() -> None:
    html, _ = measures_below_a_word_of_no_list()
    document = read(html)
    told = [problem.message for problem in document.problems if problem.code == "meaning_from_contents"]
    assert any("'Gegensteuerung' was taken for measure" in message for message in told)
    assert any("'Wo verortet' was taken for responsibilities" in message for message in told)
    assert document.plan is not None
    assert all(measure.confidence < 0.8 for measure in document.plan.measures)
