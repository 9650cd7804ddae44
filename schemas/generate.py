"""What is generated from the records and columns: `python -m schemas.generate` writes it into the repository.

JSON Schemas, the description of the data package, and the README of the output folder. A test fails when one is stale.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from schemas.changes import Comparison
from schemas.columns import FOLDER_TABLES, Column, Table
from schemas.records import Document

_FOLDER = """\
# What ratsplan writes

This page is generated from `schemas/columns.py`.

| file | what it holds |
|---|---|
| `documents/<document_id>/document.json` | everything about one PDF, nested, each value with page and box |
| `documents/<document_id>/report.html` | with `--report`: its review page, records beside the pages they stand on |
| `report.html` | with `--report`: the page over all documents |
{tables}
| `datapackage.json` | [Data Package v2](https://datapackage.org/): types, primary and foreign keys of the CSV files |
| `parquet/<table>.parquet` | with `--parquet`: the same rows with fixed types |
| `excel/ratsplan.xlsx`, `excel/<table>.csv` | with `--excel`: the same rows for a German Excel, under German headers |
| `ratsplan.sqlite` | with `--sqlite`: the same rows with keys and views, see docs/queries.md |
| `run.json` | the last run: counts, seconds, failures and their reasons |
| `catalog.sqlite` | what has been seen and read, with which version; the next run goes on from there |
| `downloads/` | PDFs that came from a council's server; may be deleted, they are fetched again when they are needed |

The CSV files hold every document in `documents/`, those of earlier runs too, but not those that newer bytes of the same
file replaced, or that their publisher took back. To drop a document, delete its folder and
run again. `document_id` is the slug of the file's name and the first 8 hex digits of its SHA-256.

**CSV**: UTF-8 without BOM, comma, LF, quoted as RFC 4180 says; a cell may hold line feeds. An empty cell is an unknown
value. Dates are ISO 8601, booleans `true` and `false`, numbers have a decimal point. Cells of type `array` and `object`
are JSON. For Excel, take the files of `--excel`.

**Parquet**: dates are `date32`, arrays lists, objects maps. **SQLite**: dates are ISO 8601 texts, booleans 0 and 1,
arrays and objects JSON texts. **Excel**: the workbook has a sheet for each table with filters, and says of each cell
what it is; the CSV files have semicolons, a byte order mark, decimal commas and dates as 31.12.2026. Nothing in either
is a formula: where a text begins like one, the CSV file has an apostrophe before it. Control characters and characters
that turn the direction of writing stand as U+FFFD (`�`) in both, and a text longer than Excel's
32,767 characters ends with […]; document.json, CSV, Parquet and SQLite keep every text as it is printed. A form that is
in the folder is kept up to date by later runs.

**Typed values** (`period_start`, `cost_min`, `priority_rank`, `target_value`, ...) stand beside the printed text. They
are empty where the text says nothing sure: two sums that are no span, or a number without a unit, give no value. Words
without exact days count as `extractors/knowledge/values.toml` says (Mitte 2025 is June) and set `period_approximate`.

**Pages** count from 1. Boxes, in document.json only, are `[x0, top, x1, bottom]` in points (1/72 inch) from the upper
left corner of the page as a reader sees it.

**Two things to look at first**: `status` in documents.csv is `review` where a person should look at the document, and
`problems` in document.json says at what and on which page; `confidence` in measures.csv is below 1 where something
about the measure was not sure.
"""


def document_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of document.json."""
    schema = Document.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def comparison_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of what `ratsplan compare --format json` prints for two drafts."""
    schema = Comparison.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def datapackage() -> dict[str, Any]:
    """The Data Package (v2) that describes the CSV files of an output folder."""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "ratsplan",
        "title": "Maßnahmen, Indikatoren und Verantwortliche aus Ratsdokumenten",
        "resources": [_resource(table) for table in FOLDER_TABLES],
    }


def output_readme() -> str:
    """The README of the output folder, in Markdown."""
    files = "\n".join(f"| `{table.name}.csv` | {table.title}. {table.description} |" for table in FOLDER_TABLES)
    sections = "".join("\n".join(_readme_table(table)) + "\n" for table in FOLDER_TABLES)
    return _FOLDER.format(tables=files) + sections


def dump(value: object) -> str:
    """JSON as ratsplan prints it: indented, umlauts as they are, a line feed at the end."""
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def generated() -> dict[str, str]:
    """Path in the repository -> text, for every generated file."""
    return {
        "schemas/document.schema.json": dump(document_schema()),
        "schemas/comparison.schema.json": dump(comparison_schema()),
        "schemas/datapackage.json": dump(datapackage()),
        "output/README.md": output_readme(),
    }


def _resource(table: Table) -> dict[str, Any]:
    return {
        "name": table.name,
        "type": "table",
        "path": f"{table.name}.csv",
        "title": table.title,
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": {
            "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
            "missingValues": [""],
            "fields": [_field(column, key=(column.name,) == table.primary_key) for column in table.columns],
            "primaryKey": list(table.primary_key),
            "foreignKeys": [
                {
                    "fields": list(key.columns),
                    "reference": {"resource": key.table, "fields": list(key.references)},
                }
                for key in table.foreign_keys
            ],
        },
    }


def _field(column: Column, *, key: bool) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": column.type, "title": column.title}
    if column.description:
        field["description"] = column.description
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    if key:
        constraints["unique"] = True
    if column.enum:
        constraints["enum"] = list(column.enum)
    if constraints:
        field["constraints"] = constraints
    return field


def _readme_table(table: Table) -> Iterator[str]:
    yield f"\n## {table.name}.csv ({table.title})\n"
    yield f"{table.description} Key: {', '.join(f'`{name}`' for name in table.primary_key)}.\n"
    yield "| column | German term | type | meaning |"
    yield "|---|---|---|---|"
    links = {name: key.table for key in table.foreign_keys for name in key.columns}
    for column in table.columns:
        meaning = "; ".join(_meaning(column, links.get(column.name)))
        yield f"| `{column.name}` | {column.german} | {column.type} | {meaning} |"


def _meaning(column: Column, link: str | None) -> Iterator[str]:
    yield column.english
    if column.description:
        yield column.description
    if column.enum:
        yield "one of " + ", ".join(f"`{value}`" for value in column.enum)
    if link:
        yield f"stands in {link}.csv"


def main() -> None:
    root = Path(__file__).resolve().parent.parent
    for path, text in generated().items():
        (root / path).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
