"""From what a user names (files, folders, globs) to the PDFs to read."""

from __future__ import annotations

import glob
import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.names import document_id_of, writable

_CHUNK = 1 << 20  # bytes


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read. `name` is what records call it; `size` is in bytes; `sha256` is that of its bytes."""

    path: Path
    name: str
    size: int
    sha256: str

    @property
    def document_id(self) -> str:
        return document_id_of(self.name, self.sha256)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An input, or a file in it, that gives nothing to read: its name, a short code, and what to do."""

    name: str
    reason: str
    message: str


@dataclass(slots=True)
class Found:
    """What the inputs hold, in their order: files to read, the twins that have the same bytes, what cannot be read."""

    sources: list[Source] = field(default_factory=list)
    twins: dict[str, list[Source]] = field(default_factory=dict)
    """SHA-256 -> further files with the same bytes."""
    unreadable: list[Unreadable] = field(default_factory=list)


def find(inputs: Iterable[str]) -> Found:
    """The PDFs in `inputs`: files as they are, folders with all `*.pdf` in them at any depth, globs.

    The same bytes are read once: the first file stands in `sources`, the others in `twins`. An empty file is nobody's
    twin. Never raises for a bad input: what cannot be read is listed.
    """
    found = Found()
    paths: set[str] = set()
    first: set[str] = set()
    for path in _expand(inputs, found.unreadable):
        # The same file may be named twice, as itself and through its folder.
        real = os.path.realpath(path)
        if real in paths:
            continue
        paths.add(real)
        # To open a pipe or a device would wait for ever.
        if path.exists() and not path.is_file():
            found.unreadable.append(Unreadable(writable(path), "unreadable", "is no regular file; name a PDF file"))
            continue
        try:
            source = _source(path)
        except OSError as error:
            found.unreadable.append(Unreadable(writable(path), "unreadable", _why(error)))
            continue
        if source.size and source.sha256 in first:
            found.twins.setdefault(source.sha256, []).append(source)
        else:
            first.add(source.sha256)
            found.sources.append(source)
    return found


def document_id(name: str, data: bytes) -> str:
    """The id of a document out of its file's name and bytes: `rd-eck-vo-2025-246-1a2b3c4d`."""
    return document_id_of(name, hashlib.sha256(data).hexdigest())


def _expand(inputs: Iterable[str], unreadable: list[Unreadable]) -> Iterator[Path]:
    for text in inputs:
        path = Path(text)
        # A name with brackets may be a file; only what does not exist is taken for a pattern.
        if path.is_dir():
            yield from _folder(path, unreadable)
        elif path.exists() or not glob.has_magic(text):
            yield path
        else:
            matches = sorted(glob.glob(text, recursive=True))  # noqa: PTH207 (Path.glob takes no absolute pattern)
            if not matches:
                unreadable.append(Unreadable(writable(text), "no_match", "no file matches this pattern"))
            for match in map(Path, matches):
                if match.is_dir():
                    yield from _pdfs(match)
                else:
                    yield match


def _folder(folder: Path, unreadable: list[Unreadable]) -> Iterator[Path]:
    pdfs = list(_pdfs(folder))
    if not pdfs:
        message = "the folder has no PDF files, in it or below; name another folder or a file"
        unreadable.append(Unreadable(writable(folder), "no_pdfs", message))
    yield from pdfs


def _pdfs(folder: Path) -> Iterator[Path]:
    found = (Path(root, name) for root, _, names in os.walk(folder) for name in names if name.lower().endswith(".pdf"))
    yield from sorted(found, key=lambda path: path.relative_to(folder).parts)


def _source(path: Path) -> Source:
    digest = hashlib.sha256()
    size = 0
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return Source(path, writable(path.name), size, digest.hexdigest())


def _why(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file or folder; check the path"
    return f"cannot be read ({error.strerror}); check its permissions"
