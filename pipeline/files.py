"""Files of the output folder. Each is written aside, in the same folder, and renamed: a reader sees the old one or the
new one whole. This module stays light: what a run needs before it knows whether there is anything to read is here.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from schemas.errors import OutputError

DOCUMENTS = "documents"
RECORD = "document.json"
CORRECTIONS = "corrections.toml"


def prepare(output: Path) -> None:
    """Make the output folder. Raises OutputError, before any work is done, where it cannot be written."""
    with output_errors(output):
        if output.exists() and not output.is_dir():
            raise OutputError(f"{output}: is a file, not a folder; name another folder with --output")
        (output / DOCUMENTS).mkdir(parents=True, exist_ok=True)
        for folder in (output, output / DOCUMENTS):
            probe = folder / f".{os.getpid()}.tmp"
            probe.touch()
            probe.unlink()


def write_document(output: Path, document_id: str, text: str) -> None:
    """Write `documents/<document_id>/document.json`. Raises OutputError."""
    folder = output / DOCUMENTS / document_id
    with output_errors(folder):
        folder.mkdir(exist_ok=True)
    write_text(folder / RECORD, text)


def has_documents(output: Path) -> bool:
    """Whether any document was written into the folder."""
    return next(records(output, ()), None) is not None


def records(output: Path, left_out: Collection[str]) -> Iterator[Path]:
    """Paths of the documents of the folder, by id."""
    for folder in sorted(entry.name for entry in os.scandir(output / DOCUMENTS)):
        path = output / DOCUMENTS / folder / RECORD
        if folder not in left_out and path.is_file():
            yield path


def write_text(path: Path, text: str) -> None:
    """Write a text as UTF-8 with LF, aside and then renamed. Raises OutputError."""
    with output_errors(path), aside(path) as stream:
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


@contextmanager
def output_errors(path: Path) -> Iterator[None]:
    """OSErrors of the block become OutputErrors that name the file, or `path`."""
    try:
        yield
    except OSError as error:
        named = str(error.filename or path)
        if isinstance(error, FileNotFoundError) and not path.parent.is_dir():
            raise OutputError(f"{path}: cannot be written, there is no folder {path.parent}; make it first") from error
        message = f"cannot be written ({error.strerror}); check its permissions, or name another place with --output"
        # The name of what is written aside tells the user nothing.
        raise OutputError(f"{path if named.endswith('.tmp') else named}: {message}") from error
