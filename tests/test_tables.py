"""Tables that are no plans come out cell by cell: adjacency relations, as at the ICDAR 2013 table competition."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from statistics import mean

import pytest

import ratsplan
from tests.layouts import cases, figures
from tests.layouts.figures import HELD, LISTS, TABLES, TableCase
from tests.layouts.score import relations, score_tables, table_f1
from tests.layouts.sheets import Look
from tests.layouts.statistics import STATISTICS, StatisticsCase
from tests.test_layouts import missing, need

ALL = {case.name: case for case in [*TABLES, *LISTS, *HELD]}


@cache
def f1(name: str) -> float:
    case = ALL[name]
    return table_f1(ratsplan.extract(cases.PRODUCERS[case.producer](case.sheet())), case.grids())


def test_relations_pair_each_text_with_its_neighbours() -> None:
    assert dict(relations([["a", "", "b"], ["c", None, "d"]])) == {
        ("a", "b", "right"): 1,
        ("a", "c", "below"): 1,
        ("b", "d", "below"): 1,
        ("c", "d", "right"): 1,
    }


@pytest.mark.parametrize("name", ALL)
def test_no_table_is_lost(name: str) -> None:
    need(ALL[name].producer)
    assert f1(name) >= 0.5


@pytest.mark.parametrize(
    ("group", "least"), [(TABLES, 0.95), (LISTS, 0.95), (HELD, 0.85)], ids=["tables", "lists", "held"]
)
def test_cells_have_their_neighbours(group: Sequence[TableCase], least: float) -> None:
    values = {case.name: f1(case.name) for case in group if missing(case.producer) is None}
    assert mean(values.values()) >= least, values


@pytest.mark.parametrize("producer", ["reportlab", "typst", "fpdf2"])
def test_columns_of_prose_are_no_table(producer: str) -> None:
    document = ratsplan.extract(cases.PRODUCERS[producer](figures.prose_page(Look())))
    assert document.tables == []


@pytest.mark.parametrize("case", STATISTICS, ids=lambda case: case.name)
def test_statistical_tables_come_out_as_printed(case: StatisticsCase) -> None:
    document = ratsplan.extract(case.pdf())
    assert document.plan is None
    assert len(document.tables) == len(case.kinds)
    assert score_tables(document, [sheet.texts() for sheet in case.sheets()]) >= 0.95


def test_captions_and_notes_are_no_rows() -> None:
    case = ALL["finance-blank"]
    document = ratsplan.extract(cases.PRODUCERS[case.producer](case.sheet()))
    texts = [text or "" for table in document.tables for row in table.rows for text in row.cells]
    assert not any("Quelle" in text or "Tabelle" in text for text in texts)
