"""From what a user names (files, folders, globs, lists of them) to the PDFs to read."""

from __future__ import annotations

import glob
import hashlib
import os
import re
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.catalog import FileSeen
from pipeline.names import document_id_of, writable
from schemas.errors import UsageError

if TYPE_CHECKING:
    from schemas.records import OParl

_CHUNK = 1 << 20  # bytes
_SETTLED = 2.0
"""Seconds for which a file must be as it is before its times are trusted to tell of a change."""
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
LIST = "@"
"""What an input begins with that names a list of inputs."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read: where its bytes lie, what records call it and where they say it came from, and how it was seen.

    `size` is in bytes; `sha256` is that of its bytes.
    """

    path: Path
    name: str
    label: str
    seen: FileSeen
    metadata: OParl | None = None
    fetch: Callable[[], None] | None = None
    """Brings the bytes to `path`, where they come from elsewhere. Raises WebError or OSError."""

    def obtain(self) -> Path:
        """The path, with the bytes there. Raises WebError or OSError."""
        if self.fetch is not None and not self.path.exists():
            self.fetch()
        return self.path

    @property
    def size(self) -> int:
        return self.seen.size

    @property
    def sha256(self) -> str:
        return self.seen.sha256

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
    notes: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    """Addresses of files that were there in earlier runs, and that a whole listing no longer has."""
    deleted: list[str] = field(default_factory=list)
    """Addresses of files that their publisher took back."""
    _first: set[str] = field(default_factory=set)

    def add(self, source: Source) -> None:
        """Take a file up. The same bytes are read once; an empty file is nobody's twin."""
        if source.size and source.sha256 in self._first:
            self.twins.setdefault(source.sha256, []).append(source)
        else:
            self._first.add(source.sha256)
            self.sources.append(source)


Known = Callable[[str], FileSeen | None]
"""What is known of an address from earlier runs."""
Elsewhere = Callable[[str, Found], None]
"""Adds what an address with a scheme (`s3://`, `https://`, ...) holds."""


def find(
    inputs: Iterable[str],
    *,
    output: Path | None = None,
    known: Known = lambda _: None,
    elsewhere: Elsewhere | None = None,
) -> Found:
    """The PDFs in `inputs`: files as they are, folders with all `*.pdf` in them at any depth, globs, `@FILE` for lists.

    `output` is the folder that is written to: no source lies in it. A file whose times and size are those that `known`
    tells is not opened. Addresses are left to `elsewhere`. What cannot be read is listed; raises UsageError only where
    `output` is itself an input.
    """
    found = Found()
    seen: set[str] = set()
    for text in _listed(inputs, found.unreadable):
        if elsewhere is not None and _ADDRESS.match(text) and not Path(text).exists():
            elsewhere(text, found)
            continue
        for path in _expand(text, output, found):
            # The same file may be named twice, as itself and through its folder.
            address = os.path.realpath(path)
            if address in seen:
                continue
            seen.add(address)
            try:
                found.add(_source(path, address, text, known))
            except OSError as error:
                found.unreadable.append(_why(path, error))
    return found


def document_id(name: str, data: bytes) -> str:
    """The id of a document out of its file's name and bytes: `rd-eck-vo-2025-246-1a2b3c4d`."""
    return document_id_of(name, hashlib.sha256(data).hexdigest())


def _listed(inputs: Iterable[str], unreadable: list[Unreadable]) -> Iterator[str]:
    """The inputs, and in place of each list the lines of its file but empty ones and those that begin with `#`."""
    for text in inputs:
        if not text.startswith(LIST) or Path(text).exists():
            yield text
            continue
        try:
            lines = Path(text.removeprefix(LIST)).read_text(encoding="utf-8-sig").splitlines()
        except OSError as error:
            unreadable.append(_why(Path(text.removeprefix(LIST)), error))
        except UnicodeDecodeError:
            unreadable.append(Unreadable(writable(text), "unreadable", "is no text in UTF-8; name a list of inputs"))
        else:
            yield from (line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#"))


def _expand(text: str, output: Path | None, found: Found) -> Iterator[Path]:
    path = Path(text)
    # A name with brackets may be a file; only what does not exist is taken for a pattern.
    if path.is_dir():
        pdfs = list(_pdfs(path, output, found))
        if not pdfs:
            message = "the folder has no PDF files, in it or below; name another folder or a file"
            found.unreadable.append(Unreadable(writable(path), "no_pdfs", message))
        yield from pdfs
    elif path.exists() or not glob.has_magic(text):
        yield path
    else:
        matches = sorted(glob.glob(text, recursive=True))  # noqa: PTH207 (Path.glob takes no absolute pattern)
        if not matches:
            message = "no file matches this pattern; check the path, and put the pattern into quotes"
            found.unreadable.append(Unreadable(writable(text), "no_match", message))
        for match in map(Path, matches):
            if match.is_dir():
                yield from _pdfs(match, output, found)
            else:
                yield match


def _pdfs(folder: Path, output: Path | None, found: Found) -> Iterator[Path]:
    """All PDFs of a folder and of those below it, but the output folder."""
    skipped = os.path.realpath(output) if output is not None else None
    if os.path.realpath(folder) == skipped:
        raise UsageError(f"{writable(folder)}: is the source and the output folder; name another one with --output")
    pdfs: list[Path] = []

    def refused(error: OSError) -> None:
        message = f"cannot be searched ({error.strerror}); check its permissions"
        found.unreadable.append(Unreadable(writable(str(error.filename)), "unreadable", message))

    for root, folders, names in os.walk(folder, onerror=refused):
        if skipped is not None and any(os.path.realpath(Path(root, name)) == skipped for name in folders):
            folders[:] = [name for name in folders if os.path.realpath(Path(root, name)) != skipped]
            note = f"the output folder {writable(str(output))} lies in {writable(folder)}; it is not searched for PDFs"
            found.notes.append(note)
        pdfs += [Path(root, name) for name in names if name.lower().endswith(".pdf")]
    yield from sorted(pdfs, key=lambda path: path.relative_to(folder).parts)


def _source(path: Path, address: str, root: str, known: Known) -> Source:
    # To open a pipe or a device would wait for ever.
    if path.exists() and not path.is_file():
        raise OSError(None, "is no regular file")
    told = path.stat()
    stamp = stamp_of(path)
    before = known(writable(address))
    if before is not None and before.stamp == stamp:
        sha256, size = before.sha256, before.size
    else:
        sha256, size = _hash(path)
    # A file that was changed just now may change once more without another time.
    settled = time.time() - max(told.st_mtime, told.st_ctime) > _SETTLED
    seen = FileSeen(writable(address), writable(os.path.realpath(root)), sha256, size, stamp if settled else None)
    return Source(path, writable(path.name), writable(path), seen)


def stamp_of(path: Path) -> str:
    """What changes with a file's bytes: size, times and inode."""
    told = path.stat()
    return f"{told.st_size} {told.st_mtime_ns} {told.st_ctime_ns} {told.st_ino}"


def _hash(path: Path) -> tuple[str, int]:
    """SHA-256 and size of a file."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return digest.hexdigest(), size


def _why(path: Path, error: OSError) -> Unreadable:
    if isinstance(error, FileNotFoundError):
        return Unreadable(writable(path), "not_found", "there is no such file or folder; check the path")
    if error.errno is None:
        return Unreadable(writable(path), "unreadable", f"{error.strerror}; name a PDF file")
    return Unreadable(writable(path), "unreadable", f"cannot be read ({error.strerror}); check its permissions")
