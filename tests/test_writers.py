"""Files of the output folder."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pandas as pd
import pytest

from pipeline.files import aside, prepare, write_document
from pipeline.writers import document_json, write_tables
from schemas.columns import FOLDER_TABLES, MEASURES, TABLES
from schemas.errors import OutputError
from schemas.generate import datapackage
from schemas.records import Document
from tests.made_documents import HARD, made_document


def write(output: Path, *documents: Document) -> None:
    prepare(output)
    for document in documents:
        write_document(output, document.document_id, document_json(document))
    write_tables(output)


def contents(output: Path) -> dict[str, bytes]:
    return {str(path.relative_to(output)): path.read_bytes() for path in output.rglob("*") if path.is_file()}


def rows(output: Path, table: str) -> list[dict[str, str]]:
    with (output / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, strict=True))


def test_document_json_gives_the_document_back() -> None:
    document = made_document()
    assert Document.model_validate_json(document_json(document)) == document


def test_document_json_has_boxes_on_one_line_and_umlauts_as_they_are() -> None:
    text = document_json(made_document())
    assert '"box": [72.0, 100.25, 200.5, 112.0]' in text
    assert "Träger" in text


def test_document_json_leaves_a_text_that_looks_like_a_box_alone() -> None:
    document = made_document()
    document.problems[0].message = "[\n  1,\n  2\n]"
    assert Document.model_validate_json(document_json(document)) == document


def test_the_folder_holds_the_files_of_the_contract(tmp_path: Path) -> None:
    document = made_document()
    write(tmp_path, document)
    expected = {f"documents/{document.document_id}/document.json", "datapackage.json"}
    assert set(contents(tmp_path)) == expected | {f"{table.name}.csv" for table in FOLDER_TABLES}


def test_csv_is_utf8_without_bom_with_comma_and_lf(tmp_path: Path) -> None:
    write(tmp_path, made_document())
    data = (tmp_path / "measures.csv").read_bytes()
    assert data.startswith(b"document_id,measure_id,position,")
    assert data.endswith(b"\n")
    assert b"\r\n" not in data


def test_cells_with_quotes_commas_and_line_ends_come_back(tmp_path: Path) -> None:
    write(tmp_path, made_document())
    measure = rows(tmp_path, "measures")[0]
    assert measure["measure"] == HARD
    assert json.loads(measure["columns"]) == {"Maßnahme, neu": HARD, "Nr.": "1"}
    assert rows(tmp_path, "sections")[0]["text"] == HARD


@pytest.mark.parametrize("text", ["=1+1", "+49 4331", "-5", "@amt", "\tText", "=cmd|' /C calc'!A0"])
def test_a_cell_that_looks_like_a_formula_comes_back_as_it_is(tmp_path: Path, text: str) -> None:
    document = made_document()
    assert document.plan is not None
    document.plan.measures[0].measure = text
    write(tmp_path, document)
    assert rows(tmp_path, "measures")[0]["measure"] == text


def test_a_cell_with_semicolons_only_is_not_quoted(tmp_path: Path) -> None:
    document = made_document()
    assert document.plan is not None
    document.plan.measures[1].measure = "a; b"
    write(tmp_path, document)
    assert ",a; b," in (tmp_path / "measures.csv").read_text(encoding="utf-8")


def test_values_are_written_as_table_schema_reads_them(tmp_path: Path) -> None:
    write(tmp_path, made_document())
    row = rows(tmp_path, "documents")[0]
    assert (row["public"], row["date"], row["producer"], row["size"]) == ("true", "2025-08-28", "", "4")
    assert rows(tmp_path, "consultations")[0]["public"] == "false"
    assert json.loads(row["problems"]) == ["row_join_unsure"]
    assert rows(tmp_path, "measures")[0]["confidence"] == "0.5"


def test_pandas_reads_the_tables(tmp_path: Path) -> None:
    write(tmp_path, made_document())
    frame = pd.read_csv(tmp_path / "measures.csv")
    assert list(frame.columns) == list(MEASURES.names)
    assert len(frame) == 2


def test_foreign_keys_hold_in_the_files_over_documents(tmp_path: Path) -> None:
    write(tmp_path, made_document("a.pdf", b"a"), made_document("b.pdf", b"b"))
    for resource in datapackage()["resources"]:
        for key in resource["schema"]["foreignKeys"]:
            (column,), (target,) = key["fields"], key["reference"]["fields"]
            targets = {row[target] for row in rows(tmp_path, key["reference"]["resource"])}
            assert {row[column] for row in rows(tmp_path, resource["name"])} - {""} <= targets


def test_the_order_of_writing_does_not_show(tmp_path: Path) -> None:
    one, two = made_document("a.pdf", b"a"), made_document("b.pdf", b"b")
    write(tmp_path / "x", one, two)
    write(tmp_path / "y", two, one)
    assert contents(tmp_path / "x") == contents(tmp_path / "y")


def test_a_second_write_keeps_earlier_documents(tmp_path: Path) -> None:
    write(tmp_path, made_document("a.pdf", b"a"))
    write(tmp_path, made_document("b.pdf", b"b"))
    assert [row["file_name"] for row in rows(tmp_path, "documents")] == ["a.pdf", "b.pdf"]


def test_a_document_whose_folder_is_deleted_leaves_the_tables(tmp_path: Path) -> None:
    gone = made_document("a.pdf", b"a")
    write(tmp_path, gone, made_document("b.pdf", b"b"))
    (tmp_path / "documents" / gone.document_id / "document.json").unlink()
    write_tables(tmp_path)
    assert [row["file_name"] for row in rows(tmp_path, "documents")] == ["b.pdf"]


@pytest.mark.parametrize("text", ["{", "{}", '{"schema_version": "0"}'])
def test_a_broken_record_is_named_and_left_out(tmp_path: Path, text: str) -> None:
    write(tmp_path, made_document("a.pdf", b"a"))
    write_document(tmp_path, "broken", text)
    written = write_tables(tmp_path)
    assert [folder for folder, _ in written.broken] == ["broken"]
    assert written.rows["documents"] == 1


def test_a_copied_record_is_named_and_left_out(tmp_path: Path) -> None:
    document = made_document()
    write(tmp_path, document)
    write_document(tmp_path, "copy", document_json(document))
    written = write_tables(tmp_path)
    assert [folder for folder, _ in written.broken] == ["copy"]
    assert written.rows["documents"] == 1


def test_no_documents_give_tables_with_headers_only(tmp_path: Path) -> None:
    write(tmp_path)
    assert all(rows(tmp_path, table.name) == [] for table in TABLES)
    assert (tmp_path / "actors.csv").read_text(encoding="utf-8").startswith("actor_id,")


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "file.txt"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(UnicodeEncodeError), aside(path) as stream:
        stream.write("new \udc00")
    assert contents(tmp_path) == {"file.txt": b"old"}


def test_a_file_in_place_of_the_output_folder_is_an_output_error(tmp_path: Path) -> None:
    (tmp_path / "out").touch()
    with pytest.raises(OutputError, match="is a file, not a folder"):
        prepare(tmp_path / "out")
    with pytest.raises(OutputError, match="cannot be written"):
        prepare(tmp_path / "out" / "below")
