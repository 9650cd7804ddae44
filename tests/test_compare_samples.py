"""The two drafts in samples/ differ in what their `.changes.json` says, written from the pages, and in no more."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import ratsplan
from pipeline.compare import compare_documents
from schemas.changes import Comparison, FieldChange
from schemas.records import Document
from tests.drafts import Truth, found_in

OPPOSITE = {"added": "removed", "removed": "added", "split": "merged"}


@pytest.fixture(scope="module")
def wanted(samples: Path) -> Any:
    return json.loads((samples / "rd-eck-vo-2025-246-rev2.changes.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def drafts(samples: Path, wanted: Any) -> tuple[Document, Document]:
    return ratsplan.extract(samples / f"{wanted['old']}.pdf"), ratsplan.extract(samples / f"{wanted['new']}.pdf")


@pytest.fixture(scope="module")
def comparison(drafts: tuple[Document, Document]) -> Comparison:
    return compare_documents(*drafts)


def told(changes: set[Truth]) -> set[Truth]:
    return {change for change in changes if change[0] != "unchanged"}


def truths(wanted: Any) -> set[Truth]:
    """The entries of the file with positions from 0."""
    return {
        (c["kind"], *(tuple(n - 1 for n in c[side]) for side in ("old", "new")), frozenset(c.get("fields", ())))
        for c in wanted["changes"]
    }


def marked(field: FieldChange) -> dict[str, list[str]]:
    operations = {"gone": "delete", "come": "insert"}
    return {
        name: [text.strip() for op, text in field.segments if op == operation] for name, operation in operations.items()
    }


def test_each_change_has_its_kind_and_its_fields_and_nothing_else_is_marked(
    comparison: Comparison, drafts: tuple[Document, Document], wanted: Any
) -> None:
    assert told(found_in(comparison, *drafts)) == truths(wanted)
    assert {renamed.old: renamed.new for renamed in comparison.renamed_fields} == wanted["renamed_fields"]


def test_the_words_that_differ_are_marked_and_no_others(comparison: Comparison, wanted: Any) -> None:
    for change in wanted["changes"]:
        found = next(
            c
            for c in comparison.changes
            if [[int(i[-3:]) for i in ids] for ids in (c.old, c.new)] == [change["old"], change["new"]]
        )
        for field in found.fields:
            words = change["fields"][field.field]
            assert words is None or marked(field) == words


def test_the_paper_differs_in_what_its_pages_show(comparison: Comparison, wanted: Any) -> None:
    assert {field.field: marked(field) for field in comparison.paper} == wanted["paper"]


def test_read_backwards_what_was_split_is_merged(drafts: tuple[Document, Document], wanted: Any) -> None:
    new, old = drafts
    found = told(found_in(compare_documents(old, new), old, new))
    assert found == {(OPPOSITE.get(kind, kind), new, old, fields) for kind, old, new, fields in truths(wanted)}
