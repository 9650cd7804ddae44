"""daff's highlighter CSV: daff itself reads it, and makes the new draft out of the old one with it."""

from __future__ import annotations

import csv
import io
import random
from collections import Counter
from collections.abc import Callable
from typing import Any

import daff
import pytest

from pipeline.compare import compare_documents
from pipeline.highlighter import highlighter_csv
from pipeline.render import render
from pipeline.views import Step
from schemas.errors import UsageError
from schemas.records import Document, Measure
from tests.drafts import document, draft_pair, make_measures

Rows = list[list[str]]


def step_of(old: Document, new: Document) -> Step:
    return Step(compare_documents(old, new), old, new)


def rows_of(old: list[Measure], new: list[Measure]) -> Rows:
    return read(highlighter_csv(step_of(document("old", old), document("new", new))))


def read(text: str) -> Rows:
    return list(csv.reader(io.StringIO(text)))


def copies(measures: list[Measure]) -> list[Measure]:
    return [measure.model_copy(deep=True) for measure in measures]


def table(plan: Document, header: list[str]) -> Rows:
    """The measures of a draft as a table with these columns."""
    assert plan.plan is not None
    lists: dict[str, Callable[[Measure], str]] = {
        "indicators": lambda m: "\n".join(i.text for i in m.indicators),
        "responsibilities": lambda m: "\n".join(f"{r.actor} ({r.role})" for r in m.responsibilities),
    }
    cells = [
        [lists[n](m) if n in lists else m.columns[n] if n in m.columns else getattr(m, n) or "" for n in header]
        for m in plan.plan.measures
    ]
    return [header, *cells]


def patched(old: Rows, diff: Rows) -> Rows:
    """The old table as daff changes it by the diff."""
    result: list[Any] = [list(row) for row in old]
    assert daff.HighlightPatch(daff.PythonTableView(result), daff.PythonTableView(diff)).apply()
    return result


@pytest.mark.parametrize("seed", range(12))
def test_daff_makes_the_new_draft_out_of_the_old_one(seed: int) -> None:
    pair = draft_pair(seed, reprint=False)
    for draft in (pair.old, pair.new):
        for measure in draft.plan.measures if draft.plan else []:
            measure.number = None
            measure.field_of_action = (measure.field_of_action or "").removesuffix(" und Nachbarschaft")
    diff = read(highlighter_csv(step_of(pair.old, pair.new)))
    header = next(row for row in diff if row[0] == "@@")[1:]
    found = patched(table(pair.old, header), diff)
    assert Counter(map(tuple, found)) == Counter(map(tuple, table(pair.new, header)))


def test_daff_renders_it() -> None:
    pair = draft_pair(3)
    renderer = daff.DiffRender()
    renderer.render(daff.PythonTableView(read(highlighter_csv(step_of(pair.old, pair.new)))))
    html = renderer.html()
    assert all(f'<tr class="{kind}">' in html for kind in ("header", "add", "remove"))
    assert 'class="modify"' in html


def test_a_changed_cell_has_both_texts_and_its_row_an_arrow() -> None:
    old = make_measures(random.Random(1), 6)
    new = copies(old)
    new[2].period = "bis 2040"
    rows = rows_of(old, new)
    (row,) = [row for row in rows if row[0] == "->"]
    assert f"{old[2].period}->bis 2040" in row
    assert [row[0] for row in rows] == ["@@", "...", "", "->", "", "..."]


def test_an_arrow_in_a_text_makes_the_arrow_of_the_row_longer() -> None:
    old = make_measures(random.Random(1), 3)
    old[1].problem = "Weg A->B und B-->C fehlen"
    new = copies(old)
    new[1].period = "bis 2040"
    (row,) = [row for row in rows_of(old, new) if row[0].endswith(">")]
    assert row[0] == "--->"
    assert f"{old[1].period}--->bis 2040" in row


def test_a_moved_row_is_marked_at_its_new_place() -> None:
    old = make_measures(random.Random(1), 12)
    new = copies(old)
    new.insert(0, new.pop(3))
    assert [row[0] for row in rows_of(old, new)] == ["@@", ":", "", "..."]


def test_a_column_that_one_draft_has_is_told_in_the_schema_row() -> None:
    old = make_measures(random.Random(1), 4)
    new = copies(old)
    for draft, name in ((old, "cost"), (new, "priority")):
        for measure in draft:
            setattr(measure, name, None)
    new[0].period = "bis 2040"
    schema, header, *rows = rows_of(old, new)
    marks = dict(zip(header, schema, strict=True))
    assert (marks["@@"], marks["cost"], marks["priority"], marks["measure"]) == ("!", "+++", "---", "")
    assert [row[0] for row in rows] == ["->", "+", "+", "+"]
    assert rows[1][header.index("priority")] == old[1].priority


def test_a_column_with_a_new_header_has_the_old_one_in_the_schema_row() -> None:
    old = make_measures(random.Random(1), 4)
    new = copies(old)
    for measure in new:
        measure.columns = {"Haushaltsstelle": measure.columns["Bemerkung"]}
    schema, header, *_ = rows_of(old, new)
    assert dict(zip(header, schema, strict=True))["Haushaltsstelle"] == "(Bemerkung)"


def test_the_word_null_is_no_missing_value() -> None:
    new = make_measures(random.Random(1), 2)
    new[1].measure = "NULL"
    assert "_NULL" in rows_of(new[:1], new)[-1]


def test_drafts_that_say_the_same_leave_all_rows_out() -> None:
    plan = make_measures(random.Random(1), 3)
    assert [row[0] for row in rows_of(plan, plan)] == ["@@", "..."]


def test_several_steps_have_no_room_in_it() -> None:
    own = document("a", make_measures(random.Random(1), 2))
    with pytest.raises(UsageError, match="two drafts only"):
        render([step_of(own, own)] * 2, "daff")
