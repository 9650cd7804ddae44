"""Files of the output folder. Each is written aside, in the same folder, and renamed: a reader sees the old one or the
new one whole. The same documents give the same bytes, whatever the order in which they were read.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
from collections.abc import Collection, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TextIO

from pydantic import ValidationError

from schemas.columns import ACTORS, FOLDER_TABLES, LINEAGE, TABLES, Table
from schemas.errors import OutputError
from schemas.generate import datapackage, dump
from schemas.records import Document
from schemas.rows import ActorRegistry, Row, document_rows

DOCUMENTS = "documents"
RECORD = "document.json"
_QUOTED = re.compile('[",\r\n]')
_NUMBERS = re.compile(r"\[\s+(-?[\d.eE+-]+(?:,\s+-?[\d.eE+-]+)*)\s+\]")


@dataclass(slots=True)
class Written:
    """What the tables hold after a run: rows by table, documents to review, and records that could not be read."""

    rows: dict[str, int] = field(default_factory=dict)
    review: int = 0
    broken: list[tuple[str, str]] = field(default_factory=list)
    """Folder of the record and what is wrong with it."""


def prepare(output: Path) -> None:
    """Make the output folder. Raises OutputError, before any work is done, where it cannot be written."""
    with _output_errors(output):
        if output.exists() and not output.is_dir():
            raise OutputError(f"{output}: is a file, not a folder; name another folder with --output")
        (output / DOCUMENTS).mkdir(parents=True, exist_ok=True)
        for folder in (output, output / DOCUMENTS):
            probe = folder / f".{os.getpid()}.tmp"
            probe.touch()
            probe.unlink()


def document_json(document: Document) -> str:
    """document.json as text: indented, each box on one line, a line feed at the end."""
    text = document.model_dump_json(indent=2)
    # Strings hold no line feeds in JSON, so only lists of numbers can match.
    return _NUMBERS.sub(lambda match: "[" + re.sub(r"\s+", " ", match[1]) + "]", text) + "\n"


def write_document(output: Path, document_id: str, text: str) -> None:
    """Write `documents/<document_id>/document.json`. Raises OutputError."""
    folder = output / DOCUMENTS / document_id
    with _output_errors(folder):
        folder.mkdir(exist_ok=True)
    write_text(folder / RECORD, text)


def has_documents(output: Path) -> bool:
    """Whether any document was written into the folder."""
    return next(_records(output, ()), None) is not None


def tables_state(output: Path, left_out: Collection[str] = ()) -> str:
    """A hash that changes when a document or a table of the folder does; no record is opened for it."""
    package = dump(datapackage())
    digest = hashlib.sha256(package.encode())
    files = [output / f"{table.name}.csv" for table in FOLDER_TABLES] + [output / "datapackage.json"]
    for path in (*files, *_records(output, left_out)):
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
    with _output_errors(output), ExitStack() as files:
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


def write_text(path: Path, text: str) -> None:
    """Write a text as UTF-8 with LF, aside and then renamed. Raises OutputError."""
    with _output_errors(path), aside(path) as stream:
        stream.write(text)


@contextmanager
def aside(path: Path) -> Iterator[TextIO]:
    """A stream into a file beside `path` that takes its place when the block ends well, and vanishes when it does not.

    The bytes are on the disk before the name changes, so that a power cut leaves no empty file under the name.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("w", encoding="utf-8", newline="\n") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


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


def _records(output: Path, left_out: Collection[str]) -> Iterator[Path]:
    """Paths of the documents of the folder, by id."""
    for folder in sorted(entry.name for entry in os.scandir(output / DOCUMENTS)):
        path = output / DOCUMENTS / folder / RECORD
        if folder not in left_out and path.is_file():
            yield path


def _documents(output: Path, left_out: Collection[str], broken: list[tuple[str, str]]) -> Iterator[Document]:
    """The documents of the folder by id. A record that cannot be read is noted in `broken` and left out."""
    for path in _records(output, left_out):
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


@contextmanager
def _output_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        message = f"cannot be written ({error.strerror}); name another folder with --output"
        raise OutputError(f"{error.filename or path}: {message}") from error
