"""Records as flat rows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from schemas.columns import ACTORS, TABLES, Table
from schemas.records import Actor, Document
from schemas.rows import ActorRegistry, Row, document_rows
from tests.made_documents import HARD, made_document


def rows_of(*documents: Document) -> dict[str, list[Row]]:
    rows: dict[str, list[Row]] = {table.name: [] for table in TABLES}
    registry = ActorRegistry()
    for document in documents:
        registry.add(document)
        for name, some in document_rows(document).items():
            rows[name] += some
    rows["actors"] = list(registry.rows())
    return rows


def all_columns() -> Iterator[tuple[Table, str]]:
    return ((table, name) for table in TABLES for name in table.names)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_row_has_exactly_the_columns_of_its_table(table: Table) -> None:
    rows = rows_of(made_document())[table.name]
    assert rows
    for row in rows:
        assert sorted(row) == sorted(table.names)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_required_columns_are_filled_and_types_hold(table: Table) -> None:
    types = {"string": str, "integer": int, "number": float, "boolean": bool, "array": list, "object": dict}
    for row in rows_of(made_document())[table.name]:
        for column in table.columns:
            value = row[column.name]
            assert value is not None or not column.required, column.name
            if value is not None and column.type != "date":
                assert type(value) is types[column.type], column.name
            if column.enum and value is not None:
                assert value in column.enum


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_primary_keys_are_unique_and_foreign_keys_hold_over_documents(table: Table) -> None:
    rows = rows_of(made_document("a.pdf", b"a"), made_document("b.pdf", b"b"))
    keys = [tuple(row[name] for name in table.primary_key) for row in rows[table.name]]
    assert len(set(keys)) == len(keys)
    for key in table.foreign_keys:
        targets = {tuple(row[name] for name in key.references) for row in rows[key.table]}
        for row in rows[table.name]:
            value = tuple(row[name] for name in key.columns)
            assert value in targets or value == (None,)


def test_every_column_says_what_it_is_in_both_languages() -> None:
    assert [(t.name, c) for t, c in all_columns() if not all(_title(t, c))] == []


def _title(table: Table, name: str) -> tuple[str, str]:
    column = table.columns[table.names.index(name)]
    return column.german, column.english


def test_parents_ids_stand_in_front() -> None:
    for table in TABLES:
        if table is not ACTORS:
            assert table.names[0] == "document_id"
        if table.name in ("indicators", "responsibilities", "mentions"):
            assert table.names[1] == "measure_id"


def test_pages_go_from_the_first_to_the_last_place_of_all_fields() -> None:
    first, second = rows_of(made_document())["measures"]
    assert (first["first_page"], first["last_page"]) == (3, 4)
    assert (second["first_page"], second["last_page"]) == (None, None)


def test_pages_of_indicators_are_those_of_their_own_field() -> None:
    assert {row["first_page"] for row in rows_of(made_document())["indicators"]} == {4}


def test_pages_of_a_child_without_places_are_those_of_its_measure() -> None:
    (row,) = rows_of(made_document())["responsibilities"]
    assert (row["first_page"], row["last_page"]) == (3, 4)


def test_pages_of_a_section_are_its_own() -> None:
    (row,) = rows_of(made_document())["sections"]
    assert (row["first_page"], row["last_page"]) == (1, 2)


def test_a_mention_stands_on_the_page_of_its_field() -> None:
    measure_id = f"{made_document().document_id}-m1"
    rows = rows_of(made_document())["mentions"]
    assert [(row["measure_id"], row["first_page"]) for row in rows] == [(measure_id, 3), (None, 1), (measure_id, 4)]


def test_a_document_without_paper_and_plan_has_one_row_with_empty_fields() -> None:
    bare = made_document().model_copy(update={"paper": None, "plan": None, "mentions": [], "actors": []})
    rows = rows_of(bare)
    assert rows["documents"][0]["reference"] is None
    assert rows["documents"][0]["measures"] == 0
    assert not any(rows[name] for name in rows if name != "documents")


def test_texts_and_columns_are_handed_on_as_they_are() -> None:
    row = rows_of(made_document())["measures"][0]
    assert row["measure"] == HARD
    assert row["columns"] == {"Maßnahme, neu": HARD, "Nr.": "1"}


def test_an_actor_of_two_documents_is_one_row_with_summed_mentions() -> None:
    rows = rows_of(made_document("a.pdf", b"a"), made_document("b.pdf", b"b"))["actors"]
    sums = [(row["actor_id"], row["mentions"], row["documents"]) for row in rows]
    assert sums == [("jobcenter", 4, 2), ("kit", 2, 2)]


def test_the_name_with_most_mentions_stands_and_the_others_are_aliases_whatever_the_order() -> None:
    seldom = made_document().model_copy(update={"actors": [Actor(actor_id="x", name="Job Center", mentions=1)]})
    often = made_document().model_copy(
        update={"actors": [Actor(actor_id="x", name="Jobcenter", abbreviation="JC", kind="authority", mentions=3)]}
    )
    for documents in ((seldom, often), (often, seldom)):
        (row,) = rows_of(*documents)["actors"]
        assert row == {
            "actor_id": "x",
            "name": "Jobcenter",
            "abbreviation": "JC",
            "aliases": ["Job Center"],
            "kind": "authority",
            "identifier": None,
            "body": None,
            "mentions": 4,
            "documents": 2,
            "similar": [],
        }
