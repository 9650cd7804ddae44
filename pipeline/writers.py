"""The tables of the output folder, and what a document is as text.

The same documents give the same bytes, whatever the order in which they were read.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
from collections.abc import Collection, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TextIO

from pydantic import ValidationError

from pipeline.files import aside, output_errors, records, write_text
from schemas.columns import ACTORS, FOLDER_TABLES, LINEAGE, TABLES, Table
from schemas.generate import datapackage, dump
from schemas.records import Document
from schemas.rows import ActorRegistry, Row, document_rows

_QUOTED = re.compile('[",\r\n]')
_NUMBERS = re.compile(r"\[\s+(-?[\d.eE+-]+(?:,\s+-?[\d.eE+-]+)*)\s+\]")


@dataclass(slots=True)
class Written:
    """What the tables hold after a run: rows by table, documents to review, and records that could not be read."""

    rows: dict[str, int] = field(default_factory=dict)
    review: int = 0
    broken: list[tuple[str, str]] = field(default_factory=list)
    """Folder of the record and what is wrong with it."""


def document_json(document: Document) -> str:
    """document.json as text: indented, each box on one line, a line feed at the end."""
    text = document.model_dump_json(indent=2)
    # Strings hold no line feeds in JSON, so only lists of numbers can match.
    return _NUMBERS.sub(lambda match: "[" + re.sub(r"\s+", " ", match[1]) + "]", text) + "\n"


def tables_state(output: Path, left_out: Collection[str] = ()) -> str:
    """A hash that changes when a document or a table of the folder does; no record is opened for it."""
    package = dump(datapackage())
    digest = hashlib.sha256(package.encode())
    files = [output / f"{table.name}.csv" for table in FOLDER_TABLES] + [output / "datapackage.json"]
    for path in (*files, *records(output, left_out)):
        with contextlib.suppress(FileNotFoundError):
            told = path.stat()
            digest.update(f"{path.relative_to(output)} {told.st_size} {told.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def write_tables(output: Path, left_out: Collection[str] = (), lineage: Iterable[Row] = ()) -> Written:
    """Write all tables and datapackage.json from the documents in the folder, one at a time. Raises OutputError.

    `left_out` are ids of documents that stay in their folders but leave the tables; `lineage` are the rows of the table
    that goes over several documents.
    """
    written = Written(dict.fromkeys((table.name for table in FOLDER_TABLES), 0))
    registry = ActorRegistry()
    with output_errors(output), ExitStack() as files:
        streams = {table.name: files.enter_context(aside(output / f"{table.name}.csv")) for table in FOLDER_TABLES}
        for table in FOLDER_TABLES:
            streams[table.name].write(csv_line(table.names))
        for document in _documents(output, left_out, written.broken):
            written.review += document.status == "review"
            registry.add(document)
            rows = document_rows(document)
            for table in TABLES:
                written.rows[table.name] += _write_rows(streams[table.name], table, rows.get(table.name, ()))
        written.rows[ACTORS.name] = _write_rows(streams[ACTORS.name], ACTORS, registry.rows())
        written.rows[LINEAGE.name] = _write_rows(streams[LINEAGE.name], LINEAGE, lineage)
    write_text(output / "datapackage.json", dump(datapackage()))
    return written


def cell(value: object) -> str:
    """A value as the text of a CSV cell, before quoting. None is the empty cell."""
    match value:
        case str():
            return value
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case date():
            return value.isoformat()
        case list() | dict():
            return json.dumps(value, ensure_ascii=False)
    return str(value)


def _write_rows(stream: TextIO, table: Table, rows: Iterable[Row]) -> int:
    names = table.names
    lines = [csv_line([cell(row[name]) for name in names]) for row in rows]
    stream.writelines(lines)
    return len(lines)


def csv_line(cells: Iterable[str]) -> str:
    """One record as RFC 4180 has it; csv.writer of some versions leaves a lone carriage return unquoted."""
    return ",".join('"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text for text in cells) + "\n"


def _documents(output: Path, left_out: Collection[str], broken: list[tuple[str, str]]) -> Iterator[Document]:
    """The documents of the folder by id. A record that cannot be read is noted in `broken` and left out."""
    for path in records(output, left_out):
        folder = path.parent.name
        try:
            document = Document.model_validate_json(path.read_bytes())
        except (ValidationError, OSError):
            broken.append((folder, "document.json is damaged or of another version; run its PDF again with --force"))
            continue
        if document.document_id != folder:
            broken.append((folder, f"document.json is that of {document.document_id}; delete this folder"))
            continue
        yield document
