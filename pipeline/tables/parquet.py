"""`parquet/<table>.parquet`: the same columns with the same types, whatever the rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

from pipeline.tables import PATHS
from pipeline.tables.files import path_aside
from pipeline.tables.rows import read_rows
from schemas.columns import FOLDER_TABLES, Column, Table
from schemas.rows import Row

_ROWS = 10_000
"""Rows of a row group: so many are in memory at once."""
_TYPES: dict[str, pa.DataType] = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "array": pa.list_(pa.string()),
    "object": pa.map_(pa.string(), pa.string()),
}


def write(output: Path) -> None:
    """Write every table of an output folder as Parquet, from its CSV file. Raises SourceError and OutputError."""
    for table in FOLDER_TABLES:
        schema = arrow_schema(table)
        with (
            path_aside(output / PATHS["parquet"] / f"{table.name}.parquet") as path,
            parquet.ParquetWriter(path, schema, compression="zstd") as writer,
        ):
            for rows in _batches(read_rows(output, table)):
                writer.write_batch(pa.RecordBatch.from_pylist(rows, schema))


def arrow_schema(table: Table) -> pa.Schema:
    """The columns of a table as Arrow has them, each with its title and meaning."""
    return pa.schema([_field(column) for column in table.columns])


def _field(column: Column) -> pa.Field:
    told = {"title": column.title, "description": column.description}
    return pa.field(column.name, _TYPES[column.type], nullable=not column.required, metadata=told)


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    left = iter(rows)
    while batch := list(islice(left, _ROWS)):
        yield batch
