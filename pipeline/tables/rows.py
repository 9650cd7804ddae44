"""The rows of a table from its CSV file, with the types that `columns.py` says."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from schemas.columns import Column, Table
from schemas.errors import SourceError
from schemas.rows import Row

_AGAIN = "write it again with `ratsplan run`"


def read_rows(output: Path, table: Table) -> Iterator[Row]:
    """The rows of `<table>.csv` in their order, each cell as str, int, float, bool, date, list, dict, or None if empty.

    Raises SourceError naming file, line and column when the file is missing, of another version, or changed by hand.
    """
    csv.field_size_limit(sys.maxsize)
    path = output / f"{table.name}.csv"
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            yield from _typed(csv.reader(stream, strict=True), path, table)
    except OSError as error:
        raise SourceError(f"{path}: cannot be read ({error.strerror}); {_AGAIN}") from error
    except (csv.Error, UnicodeDecodeError) as error:
        raise SourceError(f"{path}: is no CSV file as ratsplan writes it ({error}); {_AGAIN}") from error


def _typed(lines: Iterator[list[str]], path: Path, table: Table) -> Iterator[Row]:
    header = next(lines, [])
    if tuple(header) != table.names:
        raise SourceError(f"{path}: has other columns than this version of ratsplan writes; {_AGAIN}")
    readers = [(column, _READERS[column.type]) for column in table.columns]
    for number, cells in enumerate(lines, start=2):
        if len(cells) != len(readers):
            raise SourceError(f"{path}: row {number} has {len(cells)} cells, not {len(readers)}; {_AGAIN}")
        yield {column.name: _value(column, read, text, path, number) for (column, read), text in zip(readers, cells)}  # noqa: B905


def _value(column: Column, read: Callable[[str], object], text: str, path: Path, number: int) -> object:
    try:
        return read(text) if text else None
    except ValueError as error:
        raise SourceError(
            f"{path}: row {number}: {column.name} is no {column.type}: {text[:40]!r}; {_AGAIN}"
        ) from error


def _boolean(text: str) -> bool:
    if text not in ("true", "false"):
        raise ValueError(text)
    return text == "true"


_READERS: dict[str, Callable[[str], object]] = {
    "string": str,
    "integer": int,
    "number": float,
    "boolean": _boolean,
    "date": date.fromisoformat,
    "array": json.loads,
    "object": json.loads,
}
