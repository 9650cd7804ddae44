"""A run over many documents: what is new is read, each in its own process, and written with an account of the run."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from pipeline import reading
from pipeline.account import Account, End, Entry
from pipeline.isolate import Failure, Job, Outcome, run_isolated
from pipeline.journal import RUN, Journal, Read
from pipeline.names import document_id_of, writable
from pipeline.options import Options
from pipeline.reading import Reading, Task
from pipeline.sources import Found, Source
from pipeline.writers import DOCUMENTS, RECORD, prepare, write_document, write_tables, write_text
from schemas.generate import dump

_SECONDS = 60.0
_SECONDS_A_MEGABYTE = 30.0
_VERIFYING = 5.0
"""How many times longer a document may take when the witness reads it too."""
_READING_PICTURES = {"never": 1.0, "auto": 4.0, "always": 15.0}
"""How many times longer a document may take by its choice of OCR: a page takes about three seconds."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How to run: where to, how many documents at once, whether to read again what is known, as which version."""

    output: Path
    version: str
    options: Options
    jobs: int = 1
    force: bool = False


class Progress(Protocol):
    """Who is told how the run goes on."""

    def start(self, total: int) -> None:
        """So many documents will be read."""

    def note(self, entry: Entry) -> None:
        """An input needs no reading, or cannot be read at all."""

    def advance(self, entry: Entry) -> None:
        """A document was read, or failed."""


def run(
    found: Found, settings: Settings, progress: Progress, *, target: Callable[[Task], Reading] = reading.read
) -> Account:
    """Read what is new among `found`, then write the tables of all documents in the output folder, and run.json.

    A document that fails becomes an entry of the account. An interrupt from the keyboard ends the reading; what was
    read until then is written. Raises OutputError where the output folder cannot be written.
    """
    began = time.time()
    prepare(settings.output)
    journal = Journal.load(settings.output)
    account = Account()
    tasks = _plan(found, settings, journal, account)
    for entry in account.entries:
        progress.note(entry)
    progress.start(len(tasks))
    outcomes = run_isolated(target, _jobs(tasks, settings.options), workers=settings.jobs, preload=reading.PRELOAD)
    try:
        with closing(outcomes):
            for outcome in outcomes:
                entry = _take(outcome, settings, journal)
                account.entries.append(entry)
                progress.advance(entry)
    except KeyboardInterrupt:
        account.interrupted = True
    _finish(settings, journal, account, began)
    return account


def _plan(found: Found, settings: Settings, journal: Journal, account: Account) -> list[tuple[Task, int]]:
    """The tasks with the sizes of their files; inputs that need no reading go straight into the account."""
    tasks: list[tuple[Task, int]] = []
    for missing in found.unreadable:
        account.entries.append(Entry(missing.name, "failed", reason=missing.reason, message=missing.message))
    for source in found.sources:
        known = journal.of_bytes(source.sha256)
        # The same bytes under a new name stay one document, under the name by which they came first.
        name = known.name if known else source.name
        document_id = document_id_of(name, source.sha256)
        if known and not settings.force and known == Read.of(name, source.sha256, settings.version, settings.options):
            account.entries.append(Entry(writable(source.path), "unchanged", document_id))
        else:
            tasks.append((Task(source.path, name, writable(source.path), settings.options), source.size))
        account.entries += [_twin(twin, source, document_id) for twin in found.twins.get(source.sha256, [])]
    return tasks


def _twin(twin: Source, first: Source, document_id: str) -> Entry:
    message = f"has the same bytes as {writable(first.path)}"
    return Entry(writable(twin.path), "duplicate", document_id, message=message)


def _jobs(tasks: Iterable[tuple[Task, int]], options: Options) -> Iterable[Job[Task]]:
    factor = (_VERIFYING if options.verify else 1.0) * _READING_PICTURES[options.ocr]
    for task, size in tasks:
        yield Job(task, factor * (_SECONDS + _SECONDS_A_MEGABYTE * size / 1e6))


def _take(outcome: Outcome[Task, Reading], settings: Settings, journal: Journal) -> Entry:
    """Write a document that was read, and say how it went."""
    task, result, seconds = outcome.argument, outcome.result, round(outcome.seconds, 3)
    if isinstance(result, Failure):
        return Entry(
            task.source, "failed", seconds=seconds, reason=result.reason, message=result.message, detail=result.detail
        )
    write_document(settings.output, result.document_id, result.text)
    journal.add(result.document_id, Read.of(task.name, result.sha256, settings.version, settings.options))
    end: End = "review" if result.review else "ok"
    return Entry(task.source, end, result.document_id, result.pages, result.measures, seconds)


def _finish(settings: Settings, journal: Journal, account: Account, began: float) -> None:
    written = write_tables(settings.output)
    account.rows, account.review = written.rows, written.review
    for folder, message in written.broken:
        name = writable(settings.output / DOCUMENTS / folder / RECORD)
        account.entries.append(Entry(name, "failed", folder, reason="broken_record", message=message))
    account.entries.sort(key=lambda entry: (entry.name, entry.end))
    ended = time.time()
    run_json = {
        "ratsplan": settings.version,
        "started": _iso(began),
        "ended": _iso(ended),
        "seconds": round(ended - began, 3),
        "interrupted": account.interrupted,
        "options": {"jobs": settings.jobs, "force": settings.force, **asdict(settings.options)},
        "inputs": account.counts,
        "rows": account.rows,
        "review": account.review,
        "entries": [entry.as_json() for entry in account.entries],
        "documents": journal.as_json(),
    }
    write_text(settings.output / RUN, dump(run_json))


def _iso(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="seconds")
