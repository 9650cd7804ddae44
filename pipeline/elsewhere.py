"""Sources that are not files here: an OParl endpoint or a PDF on the web, and what fsspec opens (`s3://`, `zip://`)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from glob import has_magic
from pathlib import Path, PurePosixPath

from fsspec import AbstractFileSystem
from fsspec.core import url_to_fs

from pipeline import oparl
from pipeline.catalog import STRIKES, Catalog, FileSeen
from pipeline.downloads import Downloads, is_pdf
from pipeline.manners import Manners
from pipeline.names import writable
from pipeline.oparl_metadata import file_name, text_of
from pipeline.sources import Found, Source, Unreadable
from pipeline.web import Answer, Web
from schemas.errors import WebError
from schemas.records import OParl

_CHUNK = 1 << 20
NOT_MODIFIED = 304


@dataclass(slots=True)
class Elsewhere:
    """Finds what an address holds, with the catalog that knows it from earlier runs and a place for what is fetched."""

    catalog: Catalog
    downloads: Downloads
    manners: Manners
    force: bool = False

    def find(self, text: str, found: Found) -> None:
        """Add what the address holds to `found`. What cannot be had is listed there."""
        try:
            if text.lower().startswith(("http://", "https://")):
                self._web(text, found)
            else:
                self._store(text, found)
        except WebError as error:
            found.unreadable.append(Unreadable(writable(error.address), error.reason, error.message))

    # --- the web

    def _web(self, start: str, found: Found) -> None:
        oparl.prepare(self.catalog)
        with Web(start, self.manners) as web:
            known = self.catalog.file(start)
            if known is not None or self._is_pdf(start, web):
                self._fetch(start, start, _validators(known), web, found, start)
                seen = self.catalog.file(start)
                if seen is not None:
                    found.add(self._source(seen, file_name({}, start), start, None))
                return
            value = web.json(start)
            if not oparl.is_oparl(value):
                raise WebError(start, "not_oparl", "is neither a PDF nor an object of OParl; check the address")
            told = oparl.walk(start, value, web, self.catalog)
            found.notes += told.notes
            found.unreadable += [Unreadable(*problem) for problem in told.problems + told.missing]
            for address, url, validators in self._wanted(start):
                self._fetch(address, url, validators, web, found, start)
        self._add_files(start, found)

    def _is_pdf(self, start: str, web: Web) -> bool:
        """Whether the body begins as a PDF does; no more of it is fetched than that takes."""
        head = bytearray()

        def sink(pieces: Iterator[bytes]) -> None:
            head[:] = next(pieces, b"")[:1024]

        web.get(start, sink, limit=self.manners.file_bytes, headers={"Accept": "application/json, application/pdf"})
        return b"%PDF-" in head

    def _wanted(self, root: str) -> list[tuple[str, str, dict[str, str]]]:
        """Address, URL and what the server said the last time, of each file that is to be fetched."""
        rows = self.catalog.db.execute(
            """SELECT oparl_files.address, url, stamp FROM oparl_files LEFT JOIN files USING (address)
            WHERE oparl_files.root = ? AND wanted AND NOT deleted AND (failures < ? OR ?) ORDER BY address""",
            (root, STRIKES, self.force),
        )
        return [(row["address"], row["url"], json.loads(row["stamp"] or "{}")) for row in rows.fetchall()]

    def _fetch(self, address: str, url: str, validators: dict[str, str], web: Web, found: Found, root: str) -> None:
        """Fetch a file where it has changed. A failure is noted and listed; after two it is set aside."""
        before = self.catalog.file(address)
        here = before is not None and self.downloads.path(before.sha256).exists()
        try:
            with self.downloads.aside() as path:
                answer = web.file(url, path, known=validators if here else {})
                if answer.status != NOT_MODIFIED:
                    if not is_pdf(path):
                        kind = text_of(answer.headers.get("content-type")) or "something else"
                        raise WebError(url, "not_a_pdf", f"the server sent no PDF but {kind}; tell the council")
                    sha256, size = self.downloads.adopt(path)
                    self.catalog.note_files([FileSeen(address, root, sha256, size, _stamp(answer))])
        except WebError as error:
            self._note(address, "failures = failures + 1, reason = :reason", f"{error.reason}: {error.message}")
            found.unreadable.append(Unreadable(writable(error.address), error.reason, error.message))
        else:
            self._note(address, "wanted = 0, failures = 0, reason = :reason")

    def _note(self, address: str, change: str, reason: str | None = None) -> None:
        values = {"address": address, "reason": reason}
        self.catalog.db.execute(f"UPDATE oparl_files SET {change} WHERE address = :address", values)

    def _add_files(self, root: str, found: Found) -> None:
        rows = self.catalog.db.execute(
            """SELECT oparl_files.*, files.sha256, files.size, files.stamp FROM oparl_files
            JOIN files USING (address) WHERE oparl_files.root = ? ORDER BY address""",
            (root,),
        )
        for row in rows.fetchall():
            if row["deleted"]:
                found.deleted.append(row["address"])
                continue
            seen = FileSeen(row["address"], root, row["sha256"], row["size"], row["stamp"])
            metadata = OParl.model_validate_json(row["metadata"])
            found.add(self._source(seen, row["name"], row["url"], metadata))

    def _source(self, seen: FileSeen, name: str, url: str, metadata: OParl | None) -> Source:
        def fetch() -> None:
            with Web(url, self.manners) as web, self.downloads.aside() as path:
                web.file(url, path)
                sha256, _ = self.downloads.adopt(path)
            if sha256 != seen.sha256:
                raise WebError(url, "changed", "is another file by now; run again with --force")

        return Source(self.downloads.path(seen.sha256), name, writable(url), seen, metadata, fetch)

    # --- stores that fsspec opens

    def _store(self, text: str, found: Found) -> None:
        try:
            system, path = url_to_fs(text)
            names = _names(system, path)
        except (ImportError, ValueError) as error:
            message = f"cannot be opened ({error}); `pip install ratsplan[s3]` brings s3://"
            raise WebError(text, "unreadable", message) from error
        except Exception as error:  # each store has errors of its own
            raise WebError(text, "unreadable", f"cannot be read ({_said(error)}); check the address") from error
        if not names:
            raise WebError(text, "no_pdfs", "holds no PDF files; check the address")
        _, chain, rest = text.partition("::")
        addresses = {f"{system.unstrip_protocol(name)}{chain}{rest}": name for name in names}
        for address, name in addresses.items():
            try:
                found.add(self._stored(system, name, address, text))
            except WebError as error:
                found.unreadable.append(Unreadable(writable(address), error.reason, error.message))
            except Exception as error:
                found.unreadable.append(Unreadable(writable(address), "unreadable", f"cannot be read ({_said(error)})"))
        found.missing += [address for address in self.catalog.addresses(text) if address not in addresses]

    def _stored(self, system: AbstractFileSystem, name: str, address: str, root: str) -> Source:
        stamp, known = str(system.ukey(name)), self.catalog.file(address)

        def bring() -> tuple[str, int]:
            with self.downloads.aside() as path:
                _copy(system, name, path, self.manners.file_bytes, address)
                return self.downloads.adopt(path)

        def fetch() -> None:
            bring()

        if known is not None and known.stamp == stamp and not self.force:
            sha256, size = known.sha256, known.size
        else:
            sha256, size = bring()
        self.downloads.pass_through(sha256)
        seen = FileSeen(address, root, sha256, size, stamp)
        title = writable(PurePosixPath(name).name)
        return Source(self.downloads.path(sha256), title, writable(address), seen, None, fetch)


def _names(system: AbstractFileSystem, path: str) -> list[str]:
    """What a path in a store names: one file, all PDFs of a folder, the matches of a pattern."""
    if has_magic(path):
        return sorted(name for name in system.glob(path) if not system.isdir(name))
    if system.isdir(path):
        return sorted(name for name in system.find(path) if name.lower().endswith(".pdf"))
    return [path] if system.exists(path) else []


def _copy(system: AbstractFileSystem, name: str, path: Path, limit: int, address: str) -> None:
    size = 0
    with system.open(name, "rb") as stream, path.open("wb") as target:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > limit:
                raise WebError(address, "too_large", f"is larger than {limit >> 20} megabytes")
            target.write(chunk)


def _stamp(answer: Answer) -> str:
    """What the server is told the next time, to send the file only where it is another one."""
    names = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}
    return json.dumps({mine: answer.headers[theirs] for theirs, mine in names.items() if theirs in answer.headers})


def _validators(known: FileSeen | None) -> dict[str, str]:
    found: dict[str, str] = json.loads(known.stamp) if known is not None and known.stamp else {}
    return found


def _said(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())
