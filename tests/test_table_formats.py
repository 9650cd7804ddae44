"""The tables as Parquet, for Excel, in SQLite and as data frames: the same rows everywhere."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import sqlite3
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pandas as pd
import pyarrow.parquet
import pytest
from frictionless import Package

import ratsplan
from pipeline import tables
from pipeline.cli import main
from pipeline.files import prepare, write_document
from pipeline.options import TABLE_FORMATS
from pipeline.tables import formats_for, out_of_date, write_formats
from pipeline.tables.excel import LEGEND, WORKBOOK
from pipeline.tables.labels import headers
from pipeline.tables.parquet import arrow_schema
from pipeline.tables.rows import read_rows
from pipeline.tables.shown import in_cell
from pipeline.writers import cell, document_json, write_tables
from schemas.columns import FOLDER_TABLES, MEASURES, TABLES, Table
from schemas.errors import OutputError, SourceError
from schemas.records import Document
from schemas.rows import Row
from tests.made_documents import HARD, made_document

ROOT = Path(__file__).resolve().parent.parent
QUERIES = (ROOT / "docs" / "queries.md").read_text(encoding="utf-8")

Cells = list[list[str]]


def valued_document() -> Document:
    """A document with a value in every typed field, and a text that a spreadsheet would run."""
    document = made_document("b.pdf", b"b")
    assert document.plan is not None
    first, second = document.plan.measures
    first.number, first.cost_min, first.cost_max, first.staff_min = "-5", -5.0, 1234.5, 0.5
    first.period_start, first.period_end, first.period_open = date(2024, 1, 1), date(2026, 12, 31), False
    first.period_months_min, first.priority_rank, first.progress_percent = 12, 1, 50
    first.indicators[0].target_value, first.indicators[0].target_date = 0.1, date(2026, 2, 28)
    second.measure, second.number = '=HYPERLINK("http://example.org";"Klick")', "1.2"
    return document


def written(output: Path, *documents: Document) -> Path:
    prepare(output)
    for document in documents:
        write_document(output, document.document_id, document_json(document))
    write_tables(output, (), map(lineage_row, sorted(documents, key=lambda document: document.document_id)))
    return output


def lineage_row(document: Document) -> Row:
    measure = document.plan.measures[0].measure_id if document.plan else None
    return {
        "plan_id": document.document_id,
        "draft": 1,
        "document_id": document.document_id,
        "lineage_id": measure,
        "measure_id": measure,
        "kind": "changed",
        "previous": [measure],
        "related": [],
        "fields": ["period"],
        "likeness": 0.75,
        "reason": HARD,
    }


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An output folder of two made documents with the tables in every form."""
    folder = written(tmp_path_factory.mktemp("tables"), made_document("a.pdf", b"a"), valued_document())
    write_formats(folder, TABLE_FORMATS)
    return folder


@pytest.fixture(scope="module")
def sample_output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples")
    documents = [ratsplan.extract(path) for path in sorted((ROOT / "samples").glob("*.pdf"))]
    written(folder, *documents)
    write_formats(folder, ["sqlite"])
    return folder


@pytest.fixture(scope="module")
def late_output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan with a measure that is late and costs something each year, one without an actor, and a problem."""
    document = valued_document()
    assert document.plan is not None
    late = document.plan.measures[0]
    late.period_start, late.period_end, late.cost_per = date(2019, 1, 1), date(2020, 12, 31), "year"
    folder = written(tmp_path_factory.mktemp("late"), document)
    write_formats(folder, ["sqlite"])
    return folder


def from_csv(output: Path, table: Table) -> Cells:
    with (output / f"{table.name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream, strict=True))[1:]


def from_parquet(output: Path, table: Table) -> Cells:
    rows = pyarrow.parquet.read_table(output / "parquet" / f"{table.name}.parquet").to_pylist()
    return [[told(row[c.name], c.type) for c in table.columns] for row in rows]


def from_duckdb(output: Path, table: Table) -> Cells:
    with duckdb.connect() as base:
        path = output / "parquet" / f"{table.name}.parquet"
        rows = base.execute(f"SELECT * FROM '{path}'").fetchall()
    return [[told(value, c.type) for value, c in zip(row, table.columns, strict=True)] for row in rows]


def from_duckdb_csv(output: Path, table: Table) -> Cells:
    with duckdb.connect() as base:
        rows = base.execute(f"FROM read_csv('{output / table.name}.csv', all_varchar=true, header=true)").fetchall()
    return [[cell(value) for value in row] for row in rows]


def from_pandas_csv(output: Path, table: Table) -> Cells:
    frame = pd.read_csv(output / f"{table.name}.csv", dtype="string", keep_default_na=False)
    return [list(map(str, row)) for row in frame.itertuples(index=False)]


def from_pandas_sqlite(output: Path, table: Table) -> Cells:
    kinds = {"integer": "Int64", "number": "Float64", "boolean": "Int64"}
    kept = {column.name: kinds.get(column.type, "string") for column in table.columns}
    with closing(sqlite3.connect(output / "ratsplan.sqlite")) as base:
        frame = pd.read_sql(f'SELECT * FROM "{table.name}" ORDER BY rowid', base, dtype=kept)
    return [
        [told(None if missing(value) else value, c.type) for value, c in zip(row, table.columns, strict=True)]
        for row in frame.itertuples(index=False)
    ]


def from_pandas_parquet(output: Path, table: Table) -> Cells:
    frame = pd.read_parquet(output / "parquet" / f"{table.name}.parquet", dtype_backend="pyarrow")
    rows = [[value.as_py() for value in frame[c.name].array.__arrow_array__()] for c in table.columns]
    return [[told(v, c.type) for v, c in zip(row, table.columns, strict=True)] for row in zip(*rows, strict=True)]


def from_sqlite(output: Path, table: Table) -> Cells:
    with closing(sqlite3.connect(output / "ratsplan.sqlite")) as base:
        rows = base.execute(f'SELECT * FROM "{table.name}" ORDER BY rowid').fetchall()
    return [[told(value, c.type) for value, c in zip(row, table.columns, strict=True)] for row in rows]


def from_workbook(output: Path, table: Table) -> Cells:
    book = openpyxl.load_workbook(output / "excel" / WORKBOOK)
    sheet = book[table.title]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    return [[told(value, c.type) for value, c in zip(row, table.columns, strict=True)] for row in rows]


def from_excel_csv(output: Path, table: Table) -> Cells:
    with (output / "excel" / f"{table.name}.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream, delimiter=";", strict=True))[1:]
    return [[german(text, c.type) for text, c in zip(row, table.columns, strict=True)] for row in rows]


def from_frames(output: Path, table: Table) -> Cells:
    documents = [Document.model_validate_json(path.read_bytes()) for path in sorted(output.glob("documents/*/*.json"))]
    frame = ratsplan.frames(documents)[table.name]
    return [
        [told(None if missing(value) else value, c.type) for value, c in zip(row, table.columns, strict=True)]
        for row in frame.itertuples(index=False)
    ]


def missing(value: object) -> bool:
    return value is None or value is pd.NA or value is pd.NaT


def told(value: Any, kind: str) -> str:
    """A value of whatever reader as the text of a CSV cell."""
    if isinstance(value, datetime):
        value = value.date()
    if kind == "boolean" and value is not None:
        value = bool(value)
    if kind == "number" and value is not None:
        value = float(value)
    if kind == "object" and not isinstance(value, str | None):
        value = dict(value)
    return cell(value)


def german(text: str, kind: str) -> str:
    """A cell of a CSV file for a German Excel as the text of a CSV cell."""
    if kind == "boolean":
        return {"WAHR": "true", "FALSCH": "false", "": ""}[text]
    if kind == "date" and text:
        return datetime.strptime(text, "%d.%m.%Y").date().isoformat()
    if kind == "number" and text:
        return str(float(text.replace(",", ".")))
    return text.removeprefix("'")


READERS = {
    "parquet": from_parquet,
    "duckdb": from_duckdb,
    "duckdb csv": from_duckdb_csv,
    "pandas csv": from_pandas_csv,
    "pandas parquet": from_pandas_parquet,
    "pandas sqlite": from_pandas_sqlite,
    "sqlite": from_sqlite,
    "workbook": from_workbook,
    "excel csv": from_excel_csv,
    "frames": from_frames,
}


@pytest.mark.parametrize(
    ("form", "table"),
    [(form, table) for form in READERS for table in (TABLES if form == "frames" else FOLDER_TABLES)],
    ids=lambda value: value if isinstance(value, str) else value.name,
)
def test_every_form_has_the_rows_of_the_csv_file(output: Path, form: str, table: Table) -> None:
    expected = from_csv(output, table)
    if form in ("workbook", "excel csv"):  # control codes are shown, not kept
        expected = [[in_cell(text) for text in row] for row in expected]
    assert READERS[form](output, table) == expected
    assert expected


def digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_same_rows_give_the_same_bytes(output: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    again = written(tmp_path / "again", valued_document(), made_document("a.pdf", b"a"))
    write_formats(again, TABLE_FORMATS)
    assert digests(again) == digests(output)


def test_no_temporary_file_is_left(output: Path) -> None:
    assert [path for path in output.rglob(".*") if path.name != ".lock"] == []


@pytest.mark.parametrize("table", FOLDER_TABLES, ids=lambda table: table.name)
def test_parquet_has_the_same_types_whatever_the_rows(output: Path, tmp_path: Path, table: Table) -> None:
    empty = written(tmp_path)
    write_formats(empty, ["parquet"])
    for folder in (output, empty):
        path = folder / "parquet" / f"{table.name}.parquet"
        schema = pyarrow.parquet.read_schema(path)
        assert schema.equals(arrow_schema(table))
        assert [field.metadata[b"title"].decode() for field in schema] == [column.title for column in table.columns]


def test_frames_have_the_same_dtypes_whatever_the_rows() -> None:
    some, none = ratsplan.frames([valued_document()]), ratsplan.frames([])
    for table in TABLES:
        assert some[table.name].dtypes.equals(none[table.name].dtypes)
    measures = some["measures"]
    assert {name: str(measures[name].dtype) for name in ("measure", "position", "cost_min", "period_open")} == {
        "measure": "string",
        "position": "Int64",
        "cost_min": "Float64",
        "period_open": "boolean",
    }
    assert str(measures["period_start"].dtype) == "datetime64[s]"


def test_frames_join_by_their_ids() -> None:
    frames = ratsplan.frames([made_document("a.pdf", b"a"), made_document("b.pdf", b"b")])
    joined = frames["responsibilities"].merge(frames["measures"], on=["document_id", "measure_id"])
    assert list(joined["field_of_action"]) == ["Sprache", "Sprache"]


def test_a_workbook_has_a_sheet_a_table_with_filters_widths_and_a_header_that_stays(output: Path) -> None:
    book = openpyxl.load_workbook(output / "excel" / WORKBOOK)
    assert book.sheetnames == [*(table.title for table in FOLDER_TABLES), LEGEND]
    for table in FOLDER_TABLES:
        sheet = book[table.title]
        assert [c.value for c in sheet[1]] == headers(table)
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert all(sheet.column_dimensions[letter].width > 8 for letter in sheet.column_dimensions)


def test_a_workbook_holds_no_formula_and_each_value_has_its_type(output: Path) -> None:
    book = openpyxl.load_workbook(output / "excel" / WORKBOOK)
    assert {c.data_type for sheet in book for row in sheet.iter_rows() for c in row} == {"s", "n", "b", "d"}
    columns = {name: place for place, name in enumerate(MEASURES.names)}
    rows = {row[columns["number"]].value: row for row in book["Maßnahmen"].iter_rows(min_row=2)}
    typed, attack = rows["-5"], rows["1.2"]
    assert typed[columns["cost_min"]].value == -5
    assert typed[columns["period_end"]].value == datetime(2026, 12, 31)
    assert typed[columns["period_end"]].number_format == "dd.mm.yyyy"
    assert attack[columns["measure"]].value.startswith("=HYPERLINK")
    assert attack[columns["measure"]].data_type == "s"


def test_a_workbook_goes_on_with_a_further_sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.tables.excel.SHEET_ROWS", 2)
    folder = written(tmp_path, made_document())
    write_formats(folder, ["excel"])
    book = openpyxl.load_workbook(folder / "excel" / WORKBOOK)
    assert [name for name in book.sheetnames if name.startswith("Maßnahmen")] == ["Maßnahmen", "Maßnahmen 2"]
    assert [book[name].max_row for name in ("Maßnahmen", "Maßnahmen 2")] == [2, 2]


def test_csv_for_excel_is_what_a_german_excel_opens(output: Path) -> None:
    data = (output / "excel" / "measures.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfDokument;")
    assert data.endswith(b"\r\n")
    text = data.decode("utf-8-sig")
    assert ";-5;" in text  # a text that is a number, and a number
    assert ";1234,5;" in text
    assert ";01.01.2024;31.12.2026;FALSCH;" in text


def test_a_formula_in_free_text_is_a_text_for_excel(output: Path) -> None:
    text = (output / "excel" / "measures.csv").read_text(encoding="utf-8-sig")
    assert "\"'=HYPERLINK(" in text
    assert not re.search(r'(?:^|;)"?[=@+]', text, re.MULTILINE)


@pytest.mark.parametrize(
    "text", ["=1+1", "+49 431 1", "-A1", "@SUM(A1)", "\t=1", " =1", "＝1", "|cmd", "%0A=1", "\u200b=1", "- Punkt"]
)
def test_what_begins_like_a_formula_gets_an_apostrophe(text: str) -> None:
    assert tables_shown(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-5", "+3", "-1.234,50", "-5 %", "a=b", "10-20", "", "Sprach- und"])
def test_numbers_and_plain_texts_stay_as_they_are(text: str) -> None:
    assert tables_shown(text) == text


def tables_shown(text: str) -> str:
    from pipeline.tables.shown import without_formula

    return without_formula(text)


def test_a_text_longer_than_a_cell_of_excel_is_cut_with_a_mark() -> None:
    assert in_cell("a" * 32767) == "a" * 32767
    cut = in_cell("a" * 40000)
    assert (len(cut), cut[-4:]) == (32767, " […]"[-4:])


def test_sqlite_keeps_the_keys(output: Path) -> None:
    with closing(sqlite3.connect(output / "ratsplan.sqlite")) as base:
        base.execute("PRAGMA foreign_keys = ON")
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        for table in FOLDER_TABLES:
            keys = base.execute(f'PRAGMA foreign_key_list("{table.name}")').fetchall()
            assert {(row[3], row[2]) for row in keys} == {(key.columns[0], key.table) for key in table.foreign_keys}
        with pytest.raises(sqlite3.IntegrityError):
            base.execute("UPDATE measures SET confidence = 'much'")


def test_the_views_count_measures(output: Path) -> None:
    with closing(sqlite3.connect(output / "ratsplan.sqlite")) as base:
        by_actor = base.execute("SELECT actor_id, measures, advisory, documents FROM measures_by_actor").fetchall()
        by_field = base.execute(
            "SELECT field_of_action, measures, indicators, actors FROM measures_by_field"
        ).fetchall()
        opened = base.execute("SELECT count(*) FROM open_measures").fetchone()
    assert by_actor == [("kit", 2, 2, 2)]
    assert sorted(by_field, key=str) == [("Sprache", 1, 2, 1), ("Sprache", 1, 2, 1), (None, 1, 0, 0), (None, 1, 0, 0)]
    assert opened == (4,)


def test_duckdb_attaches_the_sqlite_file(output: Path) -> None:
    with duckdb.connect() as base:
        found = "FROM duckdb_extensions() SELECT installed WHERE extension_name = 'sqlite_scanner'"
        if base.execute(found).fetchall() != [(True,)]:
            pytest.skip("DuckDB has no SQLite extension here; it would have to be downloaded: INSTALL sqlite")
        base.execute(f"ATTACH '{output / 'ratsplan.sqlite'}' AS plans (TYPE sqlite, READ_ONLY)")
        for table in FOLDER_TABLES:
            rows = base.execute(f'FROM plans."{table.name}" ORDER BY ALL').fetchall()
            kinds = [column.type for column in table.columns]
            texts = [[told(value, kind) for value, kind in zip(row, kinds, strict=True)] for row in rows]
            assert sorted(texts) == sorted(from_csv(output, table)), table.name


def queries() -> list[str]:
    return re.findall(r"```sql\n(.*?)```", QUERIES, re.DOTALL)


def test_there_are_ten_documented_queries() -> None:
    assert len(queries()) >= 10


@pytest.mark.parametrize("query", queries(), ids=lambda query: query.split("\n")[0][:30])
def test_a_documented_query_finds_rows(sample_output: Path, late_output: Path, query: str) -> None:
    # The samples print no periods and no costs, and nothing is to be reviewed or without an actor.
    made = any(word in query for word in ("period_end", "euros_a_year", "problem.value", "responsible IS NULL"))
    with closing(sqlite3.connect((late_output if made else sample_output) / "ratsplan.sqlite")) as base:
        assert base.execute(query).fetchall()


def test_frictionless_finds_the_data_package_of_the_samples_valid(sample_output: Path) -> None:
    report = Package(sample_output / "datapackage.json").validate()
    assert report.valid, report.flatten(["title", "message"])[:3]
    assert len(report.tasks) == len(FOLDER_TABLES)


def test_frictionless_would_see_a_foreign_key_that_does_not_hold(tmp_path: Path) -> None:
    folder = written(tmp_path, made_document())
    path = folder / "actors.csv"
    path.write_text("".join(path.read_text(encoding="utf-8").splitlines(keepends=True)[:-1]), encoding="utf-8")
    report = Package(folder / "datapackage.json").validate()
    assert "foreign-key" in {error.type for task in report.tasks for error in task.errors}


def test_sqlite_refuses_tables_whose_keys_do_not_hold(tmp_path: Path) -> None:
    folder = written(tmp_path, made_document())
    path = folder / "actors.csv"
    path.write_text("".join(path.read_text(encoding="utf-8").splitlines(keepends=True)[:-1]), encoding="utf-8")
    with pytest.raises(SourceError, match=r"\.csv: FOREIGN KEY of row \d+ is not in actors\.csv"):
        write_formats(folder, ["sqlite"])
    assert not (folder / "ratsplan.sqlite").exists()


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("\n", "\nx\n", r"row 2 has 1 cells"),
        (",0.5,", ",viel,", r"row 2: confidence is no number: 'viel'"),
        ("document_id", "dokument", "other columns"),
    ],
)
def test_a_csv_file_changed_by_hand_is_named_with_row_and_column(
    tmp_path: Path, old: str, new: str, words: str
) -> None:
    folder = written(tmp_path, made_document())
    path = folder / "measures.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SourceError, match=rf"measures\.csv: .*{words}.*ratsplan run"):
        list(read_rows(folder, MEASURES))


def test_a_form_that_is_there_is_kept_up_to_date(tmp_path: Path) -> None:
    assert formats_for(tmp_path, []) == []
    (tmp_path / "ratsplan.sqlite").touch()
    assert formats_for(tmp_path, ["excel"]) == ["excel", "sqlite"]


def test_a_form_is_written_again_only_when_a_csv_file_is_newer(tmp_path: Path) -> None:
    folder = written(tmp_path, made_document())
    assert out_of_date(folder, ["excel", "sqlite"]) == ["excel", "sqlite"]
    write_formats(folder, ["excel", "sqlite"])
    assert out_of_date(folder, ["excel", "sqlite"]) == []
    (folder / "measures.csv").touch()
    assert out_of_date(folder, ["excel", "sqlite"]) == ["excel", "sqlite"]


def test_a_missing_package_is_an_error_before_any_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "find_spec", lambda name: None)
    with pytest.raises(OutputError, match=r"pyarrow is not installed.*install ratsplan\[tables\]$"):
        formats_for(tmp_path, ["parquet"])


def test_the_command_writes_the_forms_and_names_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = written(tmp_path, made_document())
    assert main(["tables", str(folder), "--sqlite", "--excel"]) == 0
    assert capsys.readouterr().out == f"{folder / 'excel'}\n{folder / 'ratsplan.sqlite'}\n"
    assert (folder / "excel" / WORKBOOK).is_file()


def test_the_command_says_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tables", str(tmp_path), "--sqlite"]) == 3
    assert "has no tables; `ratsplan run INPUT" in capsys.readouterr().err
    assert main(["tables", str(tmp_path)]) == 2
    assert "--parquet, --excel, --sqlite" in capsys.readouterr().err


def test_the_hard_text_comes_back_from_sqlite(output: Path) -> None:
    with closing(sqlite3.connect(output / "ratsplan.sqlite")) as base:
        texts = {text for (text,) in base.execute("SELECT text FROM indicators")}
        columns = [json.loads(text) for (text,) in base.execute("SELECT columns FROM measures")]
    assert HARD in texts
    assert {"Maßnahme, neu": HARD, "Nr.": "1"} in columns


def test_every_header_of_a_table_is_told_once() -> None:
    for table in FOLDER_TABLES:
        assert len(set(headers(table))) == len(table.columns)
