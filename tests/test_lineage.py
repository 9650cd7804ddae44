"""A measure keeps its identity through the drafts of its plan."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Callable, Sequence
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from pipeline.catalog import Catalog
from pipeline.compare import compare_documents
from pipeline.files import DOCUMENTS, write_document
from pipeline.history import read_history, render_history
from pipeline.lineage import Event, check_revision, revise, trace, write_lineage
from pipeline.writers import document_json, write_tables
from schemas.changes import Change
from schemas.errors import SourceError, UsageError
from schemas.records import Document, Measure
from tests.drafts import document, make_measures

SENTENCES = ("Schulung ehrenamtlicher Lotsen in allen Gemeinden", "Anschaffung zweier Lastenräder für die Ausleihe")


class Memory:
    """Drafts that lie in memory."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.documents = {document.document_id: document for document in documents}

    def measures(self, document_id: str) -> Sequence[Measure]:
        plan = self.documents[document_id].plan
        return plan.measures if plan else []

    def ids(self, document_id: str) -> Sequence[str]:
        return [measure.measure_id for measure in self.measures(document_id)]

    def changes(self, old: str, new: str) -> Sequence[Change]:
        return compare_documents(self.documents[old], self.documents[new]).changes


def drafts(*edits: Callable[[list[Measure]], object]) -> list[Document]:
    """A plan of six measures and a further draft after each edit: a, b, c, ..."""
    plans = [make_measures(random.Random(1), 6)]
    for edit in edits:
        plans.append([measure.model_copy(deep=True) for measure in plans[-1]])
        edit(plans[-1])
    return [document(chr(ord("a") + number), plan) for number, plan in enumerate(plans)]


def events_of(*edits: Callable[[list[Measure]], object]) -> list[Event]:
    own = drafts(*edits)
    return trace([document.document_id for document in own], Memory(own))


def story(events: Sequence[Event], lineage: str) -> list[tuple[str, str | None]]:
    return [(event.kind, event.measure_id) for event in events if event.lineage_id == lineage]


def split(plan: list[Measure]) -> None:
    plan[2:3] = [plan[2].model_copy(deep=True, update={"measure": text}) for text in SENTENCES]


def merge(plan: list[Measure]) -> None:
    plan[2].measure = ". ".join(SENTENCES)
    plan.pop(3)


def whole(plan: list[Measure]) -> None:
    plan[2].measure = ". ".join(SENTENCES)


def reword(plan: list[Measure]) -> None:
    plan[1].measure = f"{plan[1].measure} schrittweise"


def test_a_lineage_goes_on_through_edits_and_places() -> None:
    events = events_of(reword, lambda plan: plan.insert(0, plan.pop(1)))
    assert story(events, "a-m2") == [("first", "a-m2"), ("changed", "b-m2"), ("moved", "c-m1")]


def test_what_was_removed_ends_and_what_was_added_begins() -> None:
    def replace(plan: list[Measure]) -> None:
        plan.pop(5)
        plan.append(make_measures(random.Random(99), 3)[2])

    events = events_of(replace)
    assert story(events, "a-m6") == [("first", "a-m6"), ("removed", None)]
    assert story(events, "b-m6") == [("added", "b-m6")]


def test_a_part_of_a_split_goes_on_and_the_other_begins_and_names_it() -> None:
    events = events_of(whole, split)
    assert story(events, "a-m3")[-1][0] == "split"
    (branch,) = [event for event in events if event.kind == "split" and event.lineage_id != "a-m3"]
    assert (branch.lineage_id, branch.related, branch.previous) == (branch.measure_id, ["a-m3"], ["b-m3"])


def test_of_a_merge_one_lineage_goes_on_and_the_other_ends_in_it() -> None:
    events = events_of(whole, split, merge)
    merged = [event for event in events if event.kind == "merged"]
    assert {event.measure_id for event in merged} == {"d-m3", None}
    heir, ended = sorted(merged, key=lambda event: event.measure_id is None)
    assert (heir.related, ended.related) == ([ended.lineage_id], [heir.lineage_id])
    assert heir.previous == ["c-m3", "c-m4"]


def test_a_measure_that_comes_back_goes_on_with_its_lineage() -> None:
    own = make_measures(random.Random(1), 6)[4]
    events = events_of(lambda plan: plan.pop(4), lambda plan: plan.append(own))
    assert story(events, "a-m5") == [("first", "a-m5"), ("removed", None), ("returned", "c-m6")]


def test_every_measure_of_every_draft_has_exactly_one_lineage() -> None:
    own = drafts(whole, split, merge, reword, lambda plan: plan.pop(0))
    events = trace([document.document_id for document in own], Memory(own))
    ids = [m.measure_id for document in own if document.plan for m in document.plan.measures]
    assert sorted(event.measure_id for event in events if event.measure_id) == sorted(ids)
    assert len({(event.lineage_id, event.document_id) for event in events}) == len(events)


def fill(folder: Path, documents: Sequence[Document]) -> None:
    (folder / DOCUMENTS).mkdir(parents=True, exist_ok=True)
    for own in documents:
        write_document(folder, own.document_id, document_json(own))


def written(folder: Path) -> tuple[str, str]:
    """lineage.csv and lineage.json as a run writes them."""
    with Catalog(folder) as catalog:
        write_tables(folder, (), write_lineage(folder, catalog, ()))
    return (folder / "lineage.csv").read_text("utf-8"), (folder / "lineage.json").read_text("utf-8")


def test_the_order_in_which_drafts_come_does_not_matter(tmp_path: Path) -> None:
    own = drafts(reword, whole)
    found = set()
    for number, order in enumerate(permutations(own)):
        folder = tmp_path / str(number)
        for draft in order:
            fill(folder, [draft])
            last = written(folder)
        found.add(last)
    assert len(found) == 1


def test_what_is_known_is_not_read_again_and_stays_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path, drafts(reword))
    first = written(tmp_path)
    monkeypatch.setattr("pipeline.compare.compare_documents", lambda *_: pytest.fail("compared again"))
    assert written(tmp_path) == first


def test_a_document_that_changed_is_compared_again(tmp_path: Path) -> None:
    own = drafts(reword)
    fill(tmp_path, own)
    first = written(tmp_path)[0]
    assert own[1].plan is not None
    own[1].plan.measures[0].period = "bis 2040"
    fill(tmp_path, own)
    assert first.count(",changed,") + 1 == written(tmp_path)[0].count(",changed,")


def test_lineage_json_has_each_plan_with_its_drafts_and_lineages(tmp_path: Path) -> None:
    fill(tmp_path, drafts(reword))
    told: Any = json.loads(written(tmp_path)[1])
    (plan,) = told["plans"]
    assert [draft["document_id"] for draft in plan["drafts"]] == ["a", "b"]
    assert [event["kind"] for event in plan["lineages"][1]["events"]] == ["first", "changed"]


def test_a_user_says_what_a_document_revises(tmp_path: Path) -> None:
    one, other = document("a", make_measures(random.Random(1), 3)), document("b", make_measures(random.Random(2), 3))
    fill(tmp_path, [one, other])
    assert "b,2,a," not in written(tmp_path)[0]
    with Catalog(tmp_path) as catalog:
        revise(catalog, ["a"], "b")
    assert "b,2,a," in written(tmp_path)[0]


def test_a_revision_of_what_is_not_there_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    with Catalog(tmp_path) as catalog:
        with pytest.raises(UsageError, match="has the ids"):
            check_revision(catalog, 1, "gone")
        with pytest.raises(UsageError, match="one PDF alone"):
            check_revision(catalog, 2, "gone")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    fill(tmp_path, drafts(whole, split, merge))
    written(tmp_path)
    return tmp_path


def test_a_story_is_found_by_any_of_its_measures_and_says_which_words_changed(folder: Path) -> None:
    (own,) = read_history(folder, "b-m3")
    assert (own.lineage_id, [chapter.event["kind"] for chapter in own.chapters][:2]) == ("a-m3", ["first", "changed"])
    assert [change.field for change in own.chapters[1].fields] == ["measure"]
    text = render_history([own], "terminal", whole=True)
    assert "2  CHANGED  b.pdf" in text
    assert "{+Schulung ehrenamtlicher Lotsen" in text
    assert "branches off" in text


def test_all_stories_are_listed_under_their_plan(folder: Path) -> None:
    text = render_history(read_history(folder), "terminal", whole=False)
    assert "4 drafts, 7 lineages" in text
    assert "first > changed > split > merged" in text


def test_a_history_is_told_as_json_and_csv(folder: Path) -> None:
    stories = read_history(folder, "a-m3")
    (told,) = json.loads(render_history(stories, "json", whole=True))
    assert [draft["draft"] for draft in told["drafts"]] == [1, 2, 3, 4]
    assert told["drafts"][1]["changes"][0]["field"] == "measure"
    rows = list(csv.DictReader(render_history(stories, "csv", whole=True).splitlines()))
    assert [row["kind"] for row in rows if row["draft"] == "2"] == ["changed"]
    assert rows[1]["new"] == ". ".join(SENTENCES)


def test_an_unknown_lineage_and_a_folder_without_any_are_errors(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="`ratsplan history"):
        read_history(folder, "nonsense")
    with pytest.raises(SourceError, match="`ratsplan run"):
        read_history(tmp_path / "documents")
