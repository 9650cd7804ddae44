"""The output folder as a run holds it: made, locked against other runs, cleared of what a killed run left behind."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pipeline.catalog import CATALOG, Catalog
from pipeline.files import DOCUMENTS, prepare
from schemas.errors import OutputError, SourceError

LOCK = ".lock"


@contextmanager
def open_folder(output: Path) -> Iterator[Catalog]:
    """Make and lock the output folder; the block gets its catalog.

    The lock is the system's: it ends with the process that holds it, however that ends. A folder that was made here
    vanishes again when the block finds nothing to read. Raises OutputError where the folder cannot be written, or where
    another run is at work in it.
    """
    fresh = not output.exists()
    prepare(output)
    with _locked(output), Catalog(output) as catalog:
        try:
            yield catalog
        except SourceError:
            if fresh:
                shutil.rmtree(output)
            raise


@contextmanager
def hold(output: Path) -> Iterator[None]:
    """Lock a folder that runs write to, as they do, without touching what is in it; any other path is left alone.

    Raises OutputError where a run is at work in it, or where it cannot be written.
    """
    if (output / DOCUMENTS).is_dir():
        prepare(output)
        with _locked(output):
            yield
    else:
        yield


def existing_catalog(output: Path, *, read_only: bool = False) -> Catalog:
    """The catalog of a folder that an earlier run wrote.

    Raises SourceError where there is none, and OutputError where it cannot be written, but is not to be `read_only`.
    """
    if not (output / CATALOG).is_file():
        raise SourceError(f"{output}: holds no {CATALOG}; name the output folder of an earlier `ratsplan run`")
    writable = os.access(output, os.W_OK) and os.access(output / CATALOG, os.W_OK)
    if not writable and not read_only:
        prepare(output)
    return Catalog(output, read_only=not writable)


def at_work(output: Path) -> bool:
    """Whether a run holds the folder."""
    try:
        with (output / LOCK).open(encoding="utf-8") as stream:
            fcntl.flock(stream, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return False


def clear_leftovers(output: Path) -> None:
    """Delete the files that a killed run was about to write, and folders of documents that it had not filled."""
    for leftover in output.rglob(".*.tmp"):
        with suppress(OSError):
            leftover.unlink()
    for folder in (output / DOCUMENTS).iterdir():
        with suppress(OSError):  # only an empty one goes
            folder.rmdir()


@contextmanager
def _locked(output: Path) -> Iterator[None]:
    path = output / LOCK
    # Opened for appending: the name of the holder must survive that another run looks at it.
    with path.open("a+", encoding="utf-8") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            stream.seek(0)
            holder = stream.read().strip() or "another process"
            message = f"another run is at work here ({holder}); wait for its end, or name another folder with --output"
            raise OutputError(f"{output}: {message}") from error
        stream.truncate(0)
        stream.write(f"process {os.getpid()}")
        stream.flush()
        yield
        stream.truncate(0)
