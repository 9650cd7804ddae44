"""What is generated is fresh, and says what is written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from schemas.columns import FOLDER_TABLES, TABLES
from schemas.generate import datapackage, document_schema, generated
from schemas.records import Document

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize("path", generated())
def test_a_generated_file_is_fresh(path: str) -> None:
    """When this fails, run `python -m schemas.generate`."""
    assert (ROOT / path).read_text(encoding="utf-8") == generated()[path]


def test_the_document_schema_requires_every_field_that_is_always_written() -> None:
    schema = document_schema()
    assert schema["required"] == list(Document.model_fields)
    assert schema["additionalProperties"] is False


def test_the_data_package_names_every_table_with_its_columns_in_order() -> None:
    resources = {resource["name"]: resource for resource in datapackage()["resources"]}
    assert list(resources) == [table.name for table in FOLDER_TABLES]
    for table in FOLDER_TABLES:
        assert [field["name"] for field in resources[table.name]["schema"]["fields"]] == list(table.names)


def test_every_foreign_key_points_to_a_primary_key_of_the_package() -> None:
    resources: dict[str, Any] = {resource["name"]: resource["schema"] for resource in datapackage()["resources"]}
    for schema in resources.values():
        for key in schema["foreignKeys"]:
            assert resources[key["reference"]["resource"]]["primaryKey"] == key["reference"]["fields"]


def test_the_readme_explains_every_column() -> None:
    text = generated()["output/README.md"]
    for table in TABLES:
        section = text.split(f"## {table.name}.csv")[1].split("\n## ")[0]
        for column in table.columns:
            assert f"| `{column.name}` | {column.german} |" in section
