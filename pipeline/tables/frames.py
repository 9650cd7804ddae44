"""Documents as pandas data frames, one a table, with the same dtypes whatever the rows."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from schemas.columns import TABLES, Column
from schemas.records import Document
from schemas.rows import ActorRegistry, Row, document_rows

DTYPES = {
    "string": "string",
    "integer": "Int64",
    "number": "Float64",
    "boolean": "boolean",
    "date": "datetime64[s]",
    "array": "object",
    "object": "object",
}
"""Type of a column -> dtype; an empty cell is pd.NA, pd.NaT for dates, None for lists and mappings."""


def frames(documents: Iterable[Document]) -> dict[str, pd.DataFrame]:
    """The tables of some documents by name, with the rows that the CSV files of their output folder have."""
    rows: dict[str, list[Row]] = {table.name: [] for table in TABLES}
    registry = ActorRegistry()
    for document in documents:
        registry.add(document)
        for name, some in document_rows(document).items():
            rows[name] += some
    rows["actors"] = list(registry.rows())
    return {table.name: _frame(table.columns, rows[table.name]) for table in TABLES}


def _frame(columns: Iterable[Column], rows: list[Row]) -> pd.DataFrame:
    series = {column.name: _series(column, [row[column.name] for row in rows]) for column in columns}
    return pd.DataFrame(series)


def _series(column: Column, values: list[object]) -> pd.Series:
    if column.type == "string":
        values = [value or None for value in values]  # a CSV file knows no empty text
    return pd.Series(values, dtype=DTYPES[column.type])
