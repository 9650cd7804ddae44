"""`ratsplan.sqlite`: the tables with their types, keys and foreign keys, and views for the questions asked most.

SQLite and not DuckDB's own format: Python brings it along, its format has been stable since 2004, every analyst's tool
opens it, DuckDB included (`ATTACH 'ratsplan.sqlite' (TYPE sqlite)`), and it holds writers to foreign keys.
Dates are ISO 8601 texts, booleans 0 and 1, arrays and objects JSON texts, which `json_each` opens.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from importlib.resources import files
from pathlib import Path

from pipeline.tables import PATHS
from pipeline.tables.files import path_aside
from pipeline.tables.rows import read_rows
from schemas.columns import FOLDER_TABLES, Column, Table
from schemas.errors import SourceError

_TYPES = {"integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}
_APPLICATION = 0x72617473
"""`rats`: what the file says it is, in its header."""


def write(output: Path) -> None:
    """Write the tables of a folder as one SQLite file, from its CSV files. Raises SourceError and OutputError."""
    with path_aside(output / PATHS["sqlite"]) as path:
        path.unlink(missing_ok=True)
        with closing(sqlite3.connect(path, isolation_level=None)) as base:
            # The file is aside until it is whole: neither a journal nor waiting for the disk would help anybody.
            base.executescript(
                f"PRAGMA application_id = {_APPLICATION}; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
            )
            base.execute("PRAGMA foreign_keys = ON")
            base.execute("BEGIN")
            for table in FOLDER_TABLES:
                base.execute(create_table(table))
            for table in FOLDER_TABLES:
                _fill_table(base, output, table)
            for statement in _statements(files("pipeline.tables").joinpath("views.sql").read_text(encoding="utf-8")):
                base.execute(statement)
            try:
                base.execute("COMMIT")
            except sqlite3.IntegrityError as error:
                table, row, target, _ = base.execute("PRAGMA foreign_key_check").fetchone()
                message = f"FOREIGN KEY of row {row + 1} is not in {target}.csv; write both again with `ratsplan run`"
                raise SourceError(f"{output / table}.csv: {message}") from error


def _fill_table(base: sqlite3.Connection, output: Path, table: Table) -> None:
    marks = ", ".join("?" * len(table.columns))
    rows = ([_stored(row[name]) for name in table.names] for row in read_rows(output, table))
    try:
        base.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', rows)
    except sqlite3.IntegrityError as error:
        path = output / f"{table.name}.csv"
        raise SourceError(f"{path}: {error}; write it again with `ratsplan run`") from error
    for key in table.foreign_keys:
        names = ", ".join(f'"{name}"' for name in key.columns)
        base.execute(f'CREATE INDEX "{table.name}_{"_".join(key.columns)}" ON "{table.name}" ({names})')


def create_table(table: Table) -> str:
    """The statement that makes a table: strict types, the primary key, foreign keys, and what a column may hold."""
    lines = [_definition(column) for column in table.columns]
    lines.append(f"PRIMARY KEY ({_quoted(table.primary_key)})")
    lines += [
        f'FOREIGN KEY ({_quoted(key.columns)}) REFERENCES "{key.table}" ({_quoted(key.references)}) '
        "DEFERRABLE INITIALLY DEFERRED"
        for key in table.foreign_keys
    ]
    return f'CREATE TABLE "{table.name}" (\n  ' + ",\n  ".join(lines) + "\n) STRICT"


def _definition(column: Column) -> str:
    text = f'"{column.name}" {_TYPES.get(column.type, "TEXT")}{" NOT NULL" if column.required else ""}'
    if column.type == "boolean":
        return f'{text} CHECK ("{column.name}" IN (0, 1))'
    if column.type in ("array", "object"):
        return f'{text} CHECK (json_valid("{column.name}"))'
    if column.enum:
        return f'{text} CHECK ("{column.name}" IN ({", ".join(repr(value) for value in column.enum)}))'
    return text


def _quoted(names: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _stored(value: object) -> object:
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return value.isoformat() if isinstance(value, date) else value


def _statements(script: str) -> Iterator[str]:
    """The statements of a script, one by one: `executescript` would end the transaction."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
