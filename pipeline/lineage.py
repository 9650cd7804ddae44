"""The lineage of measures over the drafts of a plan: which became which, kept in the output folder's catalog.

A measure's `lineage_id` is the id of the measure with which its lineage begins, in the oldest draft that has it. It
stays through all later drafts; of a split the part that is most alike keeps it and the others begin lineages that name
it, of a merge the whole keeps that of the part most alike and the other lineages end in it.

Lineage is a property of the folder, not of a document: which draft was the first depends on what else has been read. So
it stands in lineage.csv and lineage.json, and never in a document.json, which must be the same bytes wherever it is
written. It is worked out from the documents alone, whatever the order in which they were read; what is kept in the
catalog only saves work.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any, Protocol

from pydantic import TypeAdapter, ValidationError

from pipeline.catalog import Catalog
from pipeline.files import DOCUMENTS, RECORD, write_text
from pipeline.plans import Draft, plans_of
from schemas.changes import Change
from schemas.columns import LINEAGE
from schemas.errors import UsageError
from schemas.generate import dump
from schemas.records import Document, Measure
from schemas.rows import Row
from schemas.version import SCHEMA_VERSION

LINEAGE_JSON = "lineage.json"
_RETURNED = 0.75
"""Likeness from which a measure that comes new is one that an earlier draft had and a later one had not."""
_TABLES = """
CREATE TABLE IF NOT EXISTS drafts (document_id TEXT PRIMARY KEY, stamp TEXT NOT NULL, draft TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS revisions (document_id TEXT PRIMARY KEY, revises TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS steps (
    old TEXT NOT NULL, new TEXT NOT NULL, stamp TEXT NOT NULL, changes TEXT NOT NULL, PRIMARY KEY (old, new)
) WITHOUT ROWID;
"""
_CHANGES = TypeAdapter(list[Change])


@dataclass(slots=True)
class Event:
    """What became of one lineage in one draft. `measure_id` is None where the lineage has no measure there."""

    plan_id: str
    draft: int
    document_id: str
    lineage_id: str
    measure_id: str | None
    kind: str
    previous: list[str] = field(default_factory=list)
    related: list[str] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    likeness: float | None = None
    reason: str | None = None


class Drafts(Protocol):
    """Where the measures of drafts come from, and what changed from one draft to the next."""

    def ids(self, document_id: str) -> Sequence[str]: ...

    def measures(self, document_id: str) -> Sequence[Measure]: ...

    def changes(self, old: str, new: str) -> Sequence[Change]: ...


def check_revision(catalog: Catalog, documents: int, revised: str | None) -> None:
    """Raise UsageError where `--revises` names no document of the folder, or there is not just one that revises it."""
    if revised is None:
        return
    if documents != 1:
        raise UsageError(f"--revises tells of one document, but {documents} were named; name one PDF alone")
    if catalog.bytes_of(revised) is None:
        raise UsageError(f"--revises {revised}: the output folder has no such document; documents.csv has the ids")


def revise(catalog: Catalog, documents: Collection[str], revised: str) -> None:
    """Note that documents revise another one."""
    catalog.extend(_TABLES)
    with catalog.transaction() as db:
        db.executemany(
            "INSERT OR REPLACE INTO revisions VALUES (?, ?)", [(own, revised) for own in documents if own != revised]
        )


def write_lineage(output: Path, catalog: Catalog, left_out: Collection[str]) -> list[Row]:
    """Work out the lineage of all measures of the folder and write lineage.json; returns the rows of lineage.csv.

    `left_out` are the documents that the tables leave out. Raises OutputError where the file cannot be written.
    """
    catalog.extend(_TABLES)
    folder = _Folder(output, catalog)
    revisions = {row["document_id"]: row["revises"] for row in catalog.db.execute("SELECT * FROM revisions")}
    plans = plans_of(folder.drafts(left_out), revisions)
    stories: list[list[Event]] = []
    for plan in plans:
        stories.append(trace([draft.document_id for draft in plan], folder))
        folder.forget()
    write_text(output / LINEAGE_JSON, dump(_told(plans, stories)))
    return [{name: getattr(event, name) for name in LINEAGE.names} for story in stories for event in story]


def trace(documents: Sequence[str], drafts: Drafts) -> list[Event]:
    """The events of all lineages of a plan, draft by draft, from the documents that are its drafts in their order."""
    return _Trace(documents, drafts).events()


class _Trace:
    """The lineages of one plan while its drafts are gone through."""

    def __init__(self, documents: Sequence[str], drafts: Drafts) -> None:
        self.documents, self.drafts = documents, drafts
        self.lineage: dict[str, str] = {}
        """Measure of the draft just gone through -> its lineage."""
        self.gone: dict[str, Measure] = {}
        """Lineage that was removed -> the last measure it had."""

    def events(self) -> list[Event]:
        first, *_ = self.documents
        result = [self._event(1, own, own, "first") for own in self.drafts.ids(first)]
        self.lineage = {event.lineage_id: event.lineage_id for event in result}
        for draft, (old, new) in enumerate(pairwise(self.documents), start=2):
            changes = self.drafts.changes(old, new)
            place = {own: number for number, own in enumerate(self.drafts.ids(new))}
            events = [event for change in changes for event in self._change(draft, change)]
            self._bring_back(new, events)
            self._note_gone(old, changes)
            self.lineage = {e.measure_id: e.lineage_id for e in events if e.measure_id is not None}
            result += sorted(events, key=lambda e: (place.get(e.measure_id or "", len(place)), e.lineage_id))
        return result

    def _event(self, draft: int, lineage_id: str, measure_id: str | None, kind: str, **more: Any) -> Event:
        return Event(self.documents[0], draft, self.documents[draft - 1], lineage_id, measure_id, kind, **more)

    def _change(self, draft: int, change: Change) -> Iterator[Event]:
        """The events of a change: one for each measure of the new draft, and one for each lineage that ends."""
        more: dict[str, Any] = {
            "previous": change.old,
            "fields": [field.field for field in change.fields],
            "likeness": change.likeness if change.old and change.new else None,
            "reason": change.reason,
        }
        before = [self.lineage[measure_id] for measure_id in change.old]
        if change.kind == "added":
            yield from (self._event(draft, own, own, "added", **more) for own in change.new)
        elif change.kind == "removed":
            yield self._event(draft, before[0], None, "removed", **more)
        elif change.kind == "split":
            heir = self._most_alike(draft, change.new, change.old[0])
            branches = [own for own in change.new if own != heir]
            yield self._event(draft, before[0], heir, "split", related=branches, **more)
            yield from (self._event(draft, own, own, "split", related=before, **more) for own in branches)
        elif change.kind == "merged":
            heir = self._most_alike(draft, change.old, change.new[0])
            kept = self.lineage[heir]
            others = [lineage for lineage in before if lineage != kept]
            yield self._event(draft, kept, change.new[0], "merged", related=others, **more)
            yield from (self._event(draft, other, None, "merged", related=[kept], **more) for other in others)
        else:
            yield self._event(draft, before[0], change.new[0], change.kind, **more)

    def _most_alike(self, draft: int, parts: Sequence[str], whole: str) -> str:
        """The part that is most like the whole; the first of equals."""
        from pipeline.align import align  # late: it brings SciPy, which a run without drafts can do without

        measures = {
            measure.measure_id: measure
            for document in self.documents[draft - 2 : draft]
            for measure in self.drafts.measures(document)
        }
        total = align([measures[part] for part in parts], [measures[whole]]).likeness.total[:, 0]
        return parts[int(total.argmax())]

    def _bring_back(self, document: str, events: Sequence[Event]) -> None:
        """A measure that comes new, and that an earlier draft had, goes on with its old lineage."""
        if not self.gone:
            return
        from pipeline.align import align

        new = {measure.measure_id: measure for measure in self.drafts.measures(document)}
        added = [event for event in events if event.kind == "added"]
        lineages = sorted(self.gone)
        found = align([self.gone[lineage] for lineage in lineages], [new[event.lineage_id] for event in added])
        for pair in found.pairs:
            if pair.likeness >= _RETURNED:
                event, last = added[pair.new], self.gone.pop(lineages[pair.old])
                event.kind, event.lineage_id, event.likeness = "returned", lineages[pair.old], pair.likeness
                event.previous, event.reason = [last.measure_id], f"was there before: {pair.reason}"

    def _note_gone(self, document: str, changes: Iterable[Change]) -> None:
        removed = [change.old[0] for change in changes if change.kind == "removed"]
        old = {measure.measure_id: measure for measure in self.drafts.measures(document)} if removed else {}
        self.gone |= {self.lineage[measure_id]: old[measure_id] for measure_id in removed}


class _Folder:
    """The drafts of an output folder; what they are and what changed is kept in its catalog."""

    def __init__(self, output: Path, catalog: Catalog) -> None:
        self.output, self.catalog = output, catalog
        self._read: dict[str, Document] = {}
        self._ids: dict[str, Sequence[str]] = {}

    def drafts(self, left_out: Collection[str]) -> list[Draft]:
        """All documents that hold a plan. A record is opened only where it has changed since it was seen last."""
        known = {row["document_id"]: row for row in self.catalog.db.execute("SELECT * FROM drafts")}
        found: list[Draft] = []
        fresh: list[tuple[str, str, str | None]] = []
        for path in sorted((self.output / DOCUMENTS).glob(f"*/{RECORD}")):
            document_id = path.parent.name
            if document_id in left_out:
                continue
            stamp = self._stamp(document_id)
            row = known.get(document_id)
            if row is not None and row["stamp"] == stamp:
                draft = Draft.from_json(json.loads(row["draft"])) if row["draft"] else None
            else:
                document = self._document(document_id)
                draft = Draft.of(document) if document is not None else None
                fresh.append((document_id, stamp, json.dumps(asdict(draft)) if draft else None))
                self.forget()
            if draft is not None:
                found.append(draft)
                self._ids[document_id] = draft.measures
        with self.catalog.transaction() as db:
            db.executemany("INSERT OR REPLACE INTO drafts VALUES (?, ?, ?)", fresh)
        return found

    def forget(self) -> None:
        """Let the documents go that were read; a folder may hold thousands."""
        self._read.clear()

    def ids(self, document_id: str) -> Sequence[str]:
        return self._ids[document_id]

    def measures(self, document_id: str) -> Sequence[Measure]:
        document = self._document(document_id)
        return document.plan.measures if document is not None and document.plan is not None else []

    def changes(self, old: str, new: str) -> Sequence[Change]:
        stamp = hashlib.sha256(f"{self._stamp(old)} {self._stamp(new)} {SCHEMA_VERSION}".encode()).hexdigest()
        query = "SELECT changes FROM steps WHERE old = ? AND new = ? AND stamp = ?"
        row = self.catalog.db.execute(query, (old, new, stamp)).fetchone()
        if row is not None:
            return _CHANGES.validate_json(row["changes"])
        before, after = self._document(old), self._document(new)
        from pipeline.compare import compare_documents

        changes = compare_documents(before, after).changes if before is not None and after is not None else []
        told = _CHANGES.dump_json(changes).decode()
        with self.catalog.transaction() as db:
            db.execute("INSERT OR REPLACE INTO steps VALUES (?, ?, ?, ?)", (old, new, stamp, told))
        return changes

    def _stamp(self, document_id: str) -> str:
        """What changes when the record does: the hash of its bytes would mean to read every one in every run."""
        told = (self.output / DOCUMENTS / document_id / RECORD).stat()
        return f"{told.st_size} {told.st_mtime_ns}"

    def _document(self, document_id: str) -> Document | None:
        """The document, or None where its record is broken: the tables tell of that."""
        if document_id not in self._read:
            path = self.output / DOCUMENTS / document_id / RECORD
            try:
                self._read[document_id] = Document.model_validate_json(path.read_bytes())
            except (ValidationError, OSError):
                return None
        return self._read[document_id]


def _told(plans: Sequence[Sequence[Draft]], stories: Sequence[Sequence[Event]]) -> dict[str, Any]:
    """lineage.json: each plan with its drafts and, by lineage, what became of each measure."""
    told: list[dict[str, Any]] = []
    for plan, story in zip(plans, stories, strict=True):
        lineages: dict[str, list[dict[str, Any]]] = {}
        for event in story:
            own = {name: value for name, value in asdict(event).items() if name not in ("plan_id", "lineage_id")}
            lineages.setdefault(event.lineage_id, []).append(own)
        drafts = [
            {"draft": number, "document_id": d.document_id, "name": d.name, "reference": d.reference, "date": d.date}
            for number, d in enumerate(plan, start=1)
        ]
        told.append(
            {
                "plan_id": plan[0].document_id,
                "drafts": drafts,
                "lineages": [{"lineage_id": name, "events": events} for name, events in lineages.items()],
            }
        )
    return {"schema_version": SCHEMA_VERSION, "plans": told}
