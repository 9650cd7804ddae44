"""What an output folder knows: files seen, documents read, runs made. SQLite in WAL mode, in `catalog.sqlite`.

A document is known by the hash of its bytes; it stands as it is while the version of ratsplan and the options that
matter are the same. Each step is one transaction, taken after the files it tells of are on the disk: whenever a run is
killed, the next one goes on from here. Other modules keep tables of their own in the same file: see `Catalog.extend`.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from schemas.errors import OutputError

CATALOG = "catalog.sqlite"
STRIKES = 2
"""So often a document may fail before it is set aside until its bytes, the version or the options change."""
GONE_MISSING = "missing"
GONE_DELETED = "deleted"
"""Why a file is gone: nobody finds it any more (its document stays), or its publisher took it back (it leaves)."""

_FORMAT = 1
_TABLES = """
CREATE TABLE IF NOT EXISTS files (
    address TEXT PRIMARY KEY,   -- absolute path, or address
    root TEXT NOT NULL,         -- the input that led to it
    sha256 TEXT NOT NULL,
    previous TEXT,              -- its bytes before these, until these are read
    size INTEGER NOT NULL,
    stamp TEXT,                 -- while it is the same, the bytes are
    gone TEXT                   -- NULL, 'missing' or 'deleted'
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS files_by_bytes ON files (sha256);
CREATE TABLE IF NOT EXISTS documents (
    sha256 TEXT PRIMARY KEY,
    document_id TEXT NOT NULL,
    name TEXT NOT NULL,
    ratsplan TEXT NOT NULL,
    options TEXT NOT NULL,      -- hash of the options that matter
    outcome TEXT NOT NULL,      -- 'success', 'empty', or the reason of the failure
    message TEXT,
    strikes INTEGER NOT NULL DEFAULT 0,
    written INTEGER NOT NULL DEFAULT 0,   -- 1: a document.json was written, by this reading or one before
    review INTEGER NOT NULL DEFAULT 0,
    pages INTEGER,
    measures INTEGER,
    seconds REAL,
    finished TEXT NOT NULL,
    superseded_by TEXT          -- document_id of what took its place under the same address
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS documents_by_id ON documents (document_id);
CREATE TABLE IF NOT EXISTS runs (
    run INTEGER PRIMARY KEY,
    started TEXT NOT NULL,
    ended TEXT,                 -- NULL: at work, or killed
    settings TEXT NOT NULL      -- JSON
);
CREATE TABLE IF NOT EXISTS state (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
_CURRENT = """
    superseded_by IS NULL AND NOT (
        EXISTS (SELECT 1 FROM files WHERE files.sha256 = documents.sha256)
        AND NOT EXISTS (SELECT 1 FROM files WHERE files.sha256 = documents.sha256 AND gone IS NOT 'deleted')
    )
"""


@dataclass(frozen=True, slots=True)
class FileSeen:
    """A file as it was seen: its address, the input that led to it, hash and size of its bytes, a stamp of them."""

    address: str
    root: str
    sha256: str
    size: int
    stamp: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentKnown:
    """What is known of a document: `key` is version and options; `outcome` as in the table `documents`."""

    sha256: str
    document_id: str
    name: str
    key: tuple[str, str]
    outcome: str
    message: str | None
    strikes: int
    written: bool
    review: bool
    superseded_by: str | None

    @property
    def failed(self) -> bool:
        return self.outcome not in ("success", "empty")


class Catalog:
    """The catalog of one output folder. Use it in a `with` statement."""

    def __init__(self, output: Path, *, read_only: bool = False) -> None:
        """Open, or make, the catalog of the folder. Raises OutputError when it is damaged or of a newer version.

        `read_only` is for a folder that may not be written: SQLite would else make files beside the catalog.
        """
        self.path = output / CATALOG
        try:
            where = f"{self.path.absolute().as_uri()}?immutable=1" if read_only else self.path
            self.db = sqlite3.connect(where, timeout=30.0, isolation_level=None, uri=read_only)
            self.db.row_factory = sqlite3.Row
            self._check_format()
            if not read_only:
                self.db.execute("PRAGMA journal_mode = WAL")
                self.db.execute("PRAGMA synchronous = NORMAL")
                self._migrate()
        except sqlite3.Error as error:
            message = f"cannot be used ({error}); delete it and run again, documents are then read anew"
            raise OutputError(f"{self.path}: {message}") from error

    def __enter__(self) -> Catalog:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self.db.close()

    def extend(self, tables: str) -> None:
        """Make tables of another module, with a script of `CREATE ... IF NOT EXISTS` statements."""
        self.db.executescript(tables)

    def columns(self, table: str) -> set[str]:
        """The names of the columns of a table; none where there is no such table."""
        return {row["name"] for row in self.db.execute("SELECT name FROM pragma_table_info(?)", (table,))}

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All changes in the block are kept, or none."""
        self.db.execute("BEGIN IMMEDIATE")
        try:
            yield self.db
        except BaseException:
            self.db.execute("ROLLBACK")
            raise
        self.db.execute("COMMIT")

    # --- runs

    def begin_run(self, settings: Mapping[str, Any]) -> tuple[int, bool]:
        """Note that a run begins. Its number, and whether the one before it came to its end."""
        last = self.db.execute("SELECT ended FROM runs ORDER BY run DESC LIMIT 1").fetchone()
        cursor = self.db.execute("INSERT INTO runs (started, settings) VALUES (?, ?)", (_now(), json.dumps(settings)))
        return int(cursor.lastrowid or 0), last is None or last["ended"] is not None

    def end_run(self, run: int) -> None:
        self.db.execute("UPDATE runs SET ended = ? WHERE run = ?", (_now(), run))

    def last_run(self) -> sqlite3.Row | None:
        """The row of the last run that was begun, or None."""
        row: sqlite3.Row | None = self.db.execute("SELECT * FROM runs ORDER BY run DESC LIMIT 1").fetchone()
        return row

    # --- files

    def file(self, address: str) -> FileSeen | None:
        row = self.db.execute(
            "SELECT address, root, sha256, size, stamp FROM files WHERE address = ?", (address,)
        ).fetchone()
        return FileSeen(**row) if row else None

    def note_files(self, files: Iterable[FileSeen]) -> None:
        """Note files as they are now. The bytes that a file had before stay noted until the new ones are read."""
        statement = """
            INSERT INTO files (address, root, sha256, size, stamp)
            VALUES (:address, :root, :sha256, :size, :stamp)
            ON CONFLICT (address) DO UPDATE SET
                previous = CASE WHEN sha256 = excluded.sha256 THEN previous ELSE coalesce(previous, sha256) END,
                root = excluded.root, sha256 = excluded.sha256, size = excluded.size, stamp = excluded.stamp,
                gone = NULL
        """
        with self.transaction() as db:
            db.executemany(statement, [{name: getattr(file, name) for name in file.__slots__} for file in files])

    def note_gone(self, addresses: Iterable[str], why: str) -> None:
        with self.transaction() as db:
            db.executemany("UPDATE files SET gone = ? WHERE address = ?", [(why, address) for address in addresses])

    def addresses(self, root: str) -> list[str]:
        """The addresses of files that an input led to and that are not gone."""
        query = "SELECT address FROM files WHERE gone IS NULL AND root = ? ORDER BY address"
        return [row["address"] for row in self.db.execute(query, (root,))]

    def local_addresses(self) -> list[str]:
        """Paths of files on this machine that are not gone."""
        query = "SELECT address FROM files WHERE gone IS NULL AND root NOT LIKE '%://%' ORDER BY address"
        return [row["address"] for row in self.db.execute(query)]

    def gone(self) -> list[tuple[str, str]]:
        """Address of each file that is gone, and why."""
        rows = self.db.execute("SELECT address, gone FROM files WHERE gone IS NOT NULL ORDER BY address")
        return [(row["address"], row["gone"]) for row in rows]

    # --- documents

    def document(self, sha256: str) -> DocumentKnown | None:
        row = self.db.execute("SELECT * FROM documents WHERE sha256 = ?", (sha256,)).fetchone()
        return _known(row) if row else None

    def documents(self) -> Iterator[DocumentKnown]:
        """Every document that was ever tried, by id."""
        return map(_known, self.db.execute("SELECT * FROM documents ORDER BY document_id"))

    def bytes_of(self, document_id: str) -> str | None:
        """The hash of the bytes that have this id, or None."""
        row = self.db.execute("SELECT sha256 FROM documents WHERE document_id = ?", (document_id,)).fetchone()
        return str(row["sha256"]) if row else None

    def note_read(self, document: DocumentKnown, pages: int, measures: int, seconds: float) -> None:
        """Note a document whose document.json is on the disk."""
        self._put(document, pages, measures, seconds)

    def note_failure(self, document: DocumentKnown, seconds: float) -> int:
        """Note that a document failed; what an earlier reading wrote stays. Returns its strikes."""
        before = self.document(document.sha256)
        again = before is not None and before.failed and before.key == document.key
        strikes = before.strikes + 1 if before is not None and again else 1
        self._put(document, None, None, seconds, strikes)
        return strikes

    def forgive(self) -> None:
        """Let every document that failed be tried again."""
        self.db.execute("UPDATE documents SET strikes = 0 WHERE outcome NOT IN ('success', 'empty')")

    def failed(self) -> list[sqlite3.Row]:
        """Of each document that failed and is still wanted: address, root, outcome, message, strikes."""
        query = f"""
            SELECT min(files.address) AS address, root, outcome, message, strikes FROM documents
            JOIN files ON files.sha256 = documents.sha256 AND files.gone IS NULL
            WHERE outcome NOT IN ('success', 'empty') AND {_CURRENT}
            GROUP BY documents.sha256 ORDER BY address
        """
        return self.db.execute(query).fetchall()

    def settle(self) -> list[tuple[str, str]]:
        """Where a file's new bytes have been read, they take the place of the old ones.

        Returns the pairs of ids, old and new. What was replaced earlier and is back stands again.
        """
        with self.transaction() as db:
            db.execute(
                """UPDATE documents SET superseded_by = NULL WHERE superseded_by IS NOT NULL
                AND EXISTS (SELECT 1 FROM files WHERE files.sha256 = documents.sha256 AND gone IS NULL)"""
            )
            replaced = db.execute(
                """SELECT old.sha256, old.document_id AS old, min(new.document_id) AS new FROM files
                JOIN documents AS new ON new.sha256 = files.sha256 AND new.outcome IN ('success', 'empty')
                JOIN documents AS old ON old.sha256 = files.previous AND old.sha256 != new.sha256
                WHERE NOT EXISTS (SELECT 1 FROM files AS f WHERE f.sha256 = old.sha256 AND f.gone IS NULL)
                GROUP BY old.sha256 ORDER BY old.document_id"""
            ).fetchall()
            for row in replaced:
                db.execute("UPDATE documents SET superseded_by = ? WHERE sha256 = ?", (row["new"], row["sha256"]))
            db.execute(
                """UPDATE files SET previous = NULL WHERE previous IS NOT NULL AND EXISTS
                (SELECT 1 FROM documents WHERE sha256 = files.sha256 AND outcome IN ('success', 'empty'))"""
            )
        return [(row["old"], row["new"]) for row in replaced]

    def left_out(self) -> frozenset[str]:
        """The ids of documents that the tables leave out: replaced, or taken back by their publisher."""
        rows = self.db.execute(f"SELECT document_id FROM documents WHERE NOT ({_CURRENT})")
        return frozenset(row["document_id"] for row in rows)

    # --- small things to remember

    def recall(self, name: str) -> Any:
        """The JSON value kept under a name, or None."""
        row = self.db.execute("SELECT value FROM state WHERE name = ?", (name,)).fetchone()
        return json.loads(row["value"]) if row else None

    def keep(self, name: str, value: object) -> None:
        self.db.execute("INSERT OR REPLACE INTO state (name, value) VALUES (?, ?)", (name, json.dumps(value)))

    def _put(
        self, document: DocumentKnown, pages: int | None, measures: int | None, seconds: float, strikes: int = 0
    ) -> None:
        values = {
            "sha256": document.sha256,
            "document_id": document.document_id,
            "name": document.name,
            "ratsplan": document.key[0],
            "options": document.key[1],
            "outcome": document.outcome,
            "message": document.message,
            "strikes": strikes,
            "written": int(document.written),
            "review": int(document.review),
            "pages": pages,
            "measures": measures,
            "seconds": seconds,
            "finished": _now(),
        }
        names, marks = ", ".join(values), ", ".join(f":{name}" for name in values)
        changes = ", ".join(f"{name} = excluded.{name}" for name in values if name not in ("sha256", "written"))
        statement = f"""
            INSERT INTO documents ({names}) VALUES ({marks})
            ON CONFLICT (sha256) DO UPDATE SET {changes}, written = max(written, excluded.written)
        """
        self.db.execute(statement, values)

    def _check_format(self) -> None:
        (version,) = self.db.execute("PRAGMA user_version").fetchone()
        if version > _FORMAT:
            raise OutputError(f"{self.path}: was written by a newer ratsplan; use that one, or another output folder")

    def _migrate(self) -> None:
        self.db.executescript(_TABLES)
        self.db.execute(f"PRAGMA user_version = {_FORMAT}")


def _known(row: sqlite3.Row) -> DocumentKnown:
    return DocumentKnown(
        sha256=row["sha256"],
        document_id=row["document_id"],
        name=row["name"],
        key=(row["ratsplan"], row["options"]),
        outcome=row["outcome"],
        message=row["message"],
        strikes=row["strikes"],
        written=bool(row["written"]),
        review=bool(row["review"]),
        superseded_by=row["superseded_by"],
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
