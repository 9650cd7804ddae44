"""A run over many documents: what is new is read, each in its own process, and written with an account of the run."""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from pipeline.account import Account, End, Entry
from pipeline.catalog import GONE_DELETED, GONE_MISSING, STRIKES, Catalog, DocumentKnown
from pipeline.downloads import Downloads
from pipeline.engines import LOST, Engine, LocalEngine
from pipeline.files import DOCUMENTS, RECORD, has_documents, write_document, write_text
from pipeline.folder import clear_leftovers, open_folder
from pipeline.isolate import Failure, Job, Outcome
from pipeline.manners import Manners
from pipeline.names import document_id_of, writable
from pipeline.options import Options
from pipeline.reading import SECONDS, Reading, Task
from pipeline.sources import Found, Source, find
from schemas.errors import SourceError, WebError
from schemas.version import SCHEMA_VERSION

if TYPE_CHECKING:
    from pipeline.corrections import Corrections

RUN = "run.json"
Finish = Callable[[Account], None]
_NOT_FOUND = frozenset({"not_found", "no_match", "no_pdfs"})


@dataclass(frozen=True, slots=True)
class Settings:
    """How to run: where to, how many documents at once, whether to read again what is known, as which version."""

    output: Path
    version: str
    options: Options = field(default_factory=Options)
    jobs: int = 1
    force: bool = False
    line: tuple[str, ...] = ()
    """The command line, so that `retry` can do the same again."""
    manners: Manners = field(default_factory=Manners)
    revises: str | None = None
    """The document_id that the one document of the run is a later draft of."""
    corrections: Corrections | None = None
    """Of the file that the user names; None for corrections.toml in the output folder."""


class Progress(Protocol):
    """Who is told how the run goes on."""

    def start(self, total: int) -> None:
        """So many documents will be read."""

    def note(self, entry: Entry) -> None:
        """An input needs no reading, or cannot be read at all."""

    def advance(self, entry: Entry) -> None:
        """A document was read, or failed."""


def run(
    inputs: Sequence[str],
    settings: Settings,
    progress: Progress,
    *,
    engine: Engine | None = None,
    finish: Finish | None = None,
) -> Account:
    """Read what is new among `inputs`, then write the tables of all documents in the output folder, and run.json.

    A document that fails becomes an entry of the account. An interrupt from the keyboard ends the reading; what was
    read until then is written. `finish` makes what else is made from the tables, while the folder is still held. Raises
    SourceError where there is nothing to read, and OutputError where the output folder cannot be written or another
    run is at work in it.
    """
    with open_folder(settings.output) as catalog:
        return _Run(settings, catalog, progress, engine or LocalEngine(settings.jobs), finish).over(inputs)


class _Run:
    """One run, while it holds the output folder."""

    def __init__(
        self, settings: Settings, catalog: Catalog, progress: Progress, engine: Engine, finish: Finish | None
    ) -> None:
        self.settings, self.catalog, self.progress, self.engine = settings, catalog, progress, engine
        self.finish = finish
        self.account = Account()
        self.downloads = Downloads(settings.output)
        self.began = time.time()

    def over(self, inputs: Sequence[str]) -> Account:
        try:
            return self._over(inputs)
        finally:
            self.downloads.clear()

    def _over(self, inputs: Sequence[str]) -> Account:
        settings, catalog = self.settings, self.catalog
        elsewhere = partial(_elsewhere, catalog, self.downloads, settings)
        found = find(inputs, output=settings.output, known=catalog.file, elsewhere=elsewhere)
        if not found.sources:
            raise SourceError("; ".join(f"{missing.name}: {missing.message}" for missing in found.unreadable))
        line = {"line": self.settings.line, "folder": str(Path.cwd())}
        if settings.revises is not None:
            from pipeline.lineage import check_revision

            check_revision(catalog, len(found.sources), settings.revises)
        number, ended_well = self.catalog.begin_run(line)
        if not ended_well:
            clear_leftovers(self.settings.output)
        self.account.notes += found.notes
        tasks = self._plan(found)
        for entry in self.account.entries:
            self.progress.note(entry)
        self.progress.start(len(tasks))
        self._read(tasks)
        self.account.replaced = self.catalog.settle()
        self._note_revision()
        self._correct()
        self._write_tables()
        self._write_account()
        try:
            if self.finish is not None and self.account.rows:
                self.finish(self.account)
        finally:
            self.catalog.end_run(number)
        return self.account

    def _plan(self, found: Found) -> list[tuple[Task, Source]]:
        """What is to be read; inputs that need no reading go straight into the account."""
        tasks: list[tuple[Task, Source]] = []
        entries = self.account.entries
        for missing in found.unreadable:
            end: End = "not_found" if missing.reason in _NOT_FOUND else "failed"
            entries.append(Entry(missing.name, end, reason=missing.reason, message=missing.message))
        twins = [twin for several in found.twins.values() for twin in several]
        self.catalog.note_files(source.seen for source in (*found.sources, *twins))
        gone = [address for address in self.catalog.local_addresses() if _is_gone(address)]
        self.catalog.note_gone(gone + found.missing, GONE_MISSING)
        self.catalog.note_gone(found.deleted, GONE_DELETED)
        why = Counter(why for _, why in self.catalog.gone())
        self.account.gone, self.account.deleted = why[GONE_MISSING], why[GONE_DELETED]
        for source in found.sources:
            known = self.catalog.document(source.sha256)
            # The same bytes under a new name stay one document, under the name by which they came first.
            name = known.name if known else source.name
            document_id = document_id_of(name, source.sha256)
            entry = self._settled(source, known, document_id)
            if entry is not None:
                entries.append(entry)
            else:
                tasks += self._task(source, name)
            entries += [_twin(twin, source, document_id) for twin in found.twins.get(source.sha256, [])]
        return tasks

    def _task(self, source: Source, name: str) -> Iterator[tuple[Task, Source]]:
        """The task for a file, once its bytes are here; or an entry that says why they are not."""
        try:
            path = source.obtain()
        except (OSError, WebError) as error:
            message = error.message if isinstance(error, WebError) else f"cannot be fetched ({error})"
            reason = error.reason if isinstance(error, WebError) else "unreadable"
            self.account.entries.append(Entry(source.label, "failed", reason=reason, message=message))
        else:
            yield Task(path, name, source.label, self.settings.options, source.metadata), source

    def _settled(self, source: Source, known: DocumentKnown | None, document_id: str) -> Entry | None:
        """The entry of a file that needs no reading; None for one that does."""
        holder = self.catalog.bytes_of(document_id)
        if holder not in (None, source.sha256):
            message = f"another file has the id {document_id}; give this one another name"
            return Entry(source.label, "failed", reason="id_taken", message=message)
        if known is None or self.settings.force or known.key != self._key(source):
            return None
        if not known.failed:
            record = self.settings.output / DOCUMENTS / document_id / RECORD
            return Entry(source.label, "unchanged", document_id) if record.is_file() else None
        if known.strikes < STRIKES:
            return None
        return Entry(source.label, "set_aside", reason=known.outcome, message=known.message)

    def _key(self, source: Source) -> tuple[str, str]:
        """Version and options: what makes the same bytes another document.json."""
        # Servers touch their dates without changing anything: that is no reason to read a file again.
        metadata = source.metadata.model_dump_json(exclude={"modified"}) if source.metadata is not None else ""
        told = f"{SCHEMA_VERSION} {self.settings.options.key} {metadata}"
        return self.settings.version, hashlib.sha256(told.encode()).hexdigest()

    def _read(self, tasks: Sequence[tuple[Task, Source]]) -> None:
        if not tasks:
            return
        sources = {task.path: source for task, source in tasks}
        outcomes = self.engine.outcomes(Job(task, SECONDS) for task, _ in tasks)
        # What is needed when all is read loads here, while the processes that read are starting.
        import pipeline.correcting
        import pipeline.lineage  # noqa: F401

        try:
            with closing(outcomes):
                for outcome in outcomes:
                    entry = self._take(outcome, sources[outcome.argument.path])
                    self.account.entries.append(entry)
                    self.progress.advance(entry)
        except KeyboardInterrupt:
            self.account.interrupted = True

    def _take(self, outcome: Outcome[Task, Reading], source: Source) -> Entry:
        """Write a document that was read, then note it; and say how it went."""
        task, result, seconds = outcome.argument, outcome.result, round(outcome.seconds, 3)
        known = DocumentKnown(
            sha256=source.sha256,
            document_id=document_id_of(task.name, source.sha256),
            name=task.name,
            key=self._key(source),
            outcome="success",
            message=None,
            strikes=0,
            written=True,
            review=False,
            superseded_by=None,
        )
        if isinstance(result, Reading) and result.sha256 != source.sha256:
            return _failed(task.source, seconds, Failure("changed", "was changed while it was read; run again"))
        if isinstance(result, Failure):
            failed = replace(known, outcome=result.reason, message=result.message, written=False)
            if result.reason != LOST:
                self.catalog.note_failure(failed, seconds)
            return _failed(task.source, seconds, result)
        write_document(self.settings.output, result.document_id, result.text)
        known = replace(known, outcome="empty" if result.empty else "success", review=result.review)
        self.catalog.note_read(known, result.pages, result.measures, seconds)
        if self.settings.options.verify:
            self.account.verified = (self.account.verified or 0) + 1
            self.account.disagreeing += result.disagreements > 0
        end: End = "empty" if result.empty else "review" if result.review else "ok"
        cost = seconds, round(result.megabytes, 1), round(result.processor, 3)
        return Entry(task.source, end, result.document_id, result.pages, result.measures, *cost)

    def _note_revision(self) -> None:
        """Note which document the one that was named revises; the lineage of measures is then another one."""
        revised = self.settings.revises
        if revised is None:
            return
        from pipeline.lineage import revise

        read = [entry.document_id for entry in self.account.entries if entry.document_id is not None]
        if read:
            revise(self.catalog, set(read), revised)
            kept = self.catalog.recall("tables")
            self.catalog.keep("tables", kept and {**kept, "state": ""})

    def _correct(self) -> None:
        """Apply the user's corrections to the documents of the folder, those of earlier runs too."""
        from pipeline.correcting import correct_folder
        from pipeline.corrections import Corrections

        corrections = self.settings.corrections or Corrections.beside(self.settings.output)
        self.account.notes += correct_folder(self.settings.output, corrections).notes(corrections.path)

    def _write_tables(self) -> None:
        """Write the tables, where a document or a table has changed since they were written last."""
        from pipeline.lineage import write_lineage
        from pipeline.writers import tables_state, write_tables

        output, left_out, account = self.settings.output, self.catalog.left_out(), self.account
        kept = self.catalog.recall("tables")
        if kept is not None and kept["state"] == tables_state(output, left_out):
            account.rows, account.review = kept["rows"], kept["review"]
            return
        if kept is None and not has_documents(output):
            return
        written = write_tables(output, left_out, write_lineage(output, self.catalog, left_out))
        account.rows, account.review = written.rows, written.review
        for folder, message in written.broken:
            name = writable(output / DOCUMENTS / folder / RECORD)
            account.entries.append(Entry(name, "failed", folder, reason="broken_record", message=message))
        # What is broken is to be told by every run, until it is mended.
        state = "" if written.broken else tables_state(output, left_out)
        self.catalog.keep("tables", {"state": state, "rows": written.rows, "review": written.review})

    def _write_account(self) -> None:
        from schemas.generate import dump

        account, ended = self.account, time.time()
        account.entries.sort(key=lambda entry: (entry.name, entry.end))
        account.seconds = round(ended - self.began, 3)
        run_json = {
            "ratsplan": self.settings.version,
            "started": _iso(self.began),
            "ended": _iso(ended),
            "seconds": account.seconds,
            "interrupted": account.interrupted,
            "options": self._told(),
            "inputs": account.counts,
            "reasons": account.reasons,
            "pages": account.pages,
            "rows": account.rows,
            "review": account.review,
            "gone": account.gone,
            "deleted": account.deleted,
            "verified": {"read_twice": account.verified, "disagreeing": account.disagreeing},
            "replaced": [{"old": old, "new": new} for old, new in account.replaced],
            "entries": [entry.as_json() for entry in account.entries],
        }
        write_text(self.settings.output / RUN, dump(run_json))

    def _told(self) -> dict[str, Any]:
        return {"jobs": self.settings.jobs, "force": self.settings.force, **asdict(self.settings.options)}


def _elsewhere(catalog: Catalog, downloads: Downloads, settings: Settings, text: str, found: Found) -> None:
    from pipeline.elsewhere import Elsewhere  # what opens addresses is large, and few runs need it

    Elsewhere(catalog, downloads, settings.manners, settings.force).find(text, found)


def _is_gone(address: str) -> bool:
    """Whether a file is there no more; one that may not be looked at may well be there."""
    try:
        Path(address).stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except (OSError, ValueError):
        pass
    return False


def _twin(twin: Source, first: Source, document_id: str) -> Entry:
    return Entry(twin.label, "duplicate", document_id, message=f"has the same bytes as {first.label}")


def _failed(name: str, seconds: float, why: Failure) -> Entry:
    return Entry(name, "failed", seconds=seconds, reason=why.reason, message=why.message, detail=why.detail)


def _iso(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="seconds")
