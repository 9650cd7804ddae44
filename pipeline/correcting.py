"""Corrections onto documents: from what was read to what is told, as often as one likes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from extractors.values import MEASURE_VALUES, indicator_values, measure_values
from pipeline.corrections import Change, Corrections, kind_of
from pipeline.files import DOCUMENTS, RECORD, write_text
from pipeline.writers import document_json
from schemas.errors import OutputError
from schemas.generate import dump
from schemas.records import Actor, Correction, Document, Indicator, Measure, Paper, Plan, Record, Responsibility

AS_READ = "as-read.json"
REPORT = "corrections.json"
_Named = tuple[Change, str]
"""A correction, and why it does not fit."""


@dataclass(slots=True)
class Applied:
    """What became of the corrections."""

    corrections: list[Correction] = field(default_factory=list)
    unfit: list[_Named] = field(default_factory=list)

    def notes(self, path: Path) -> list[str]:
        """What a person should know, in sentences."""
        notes = [f"{path}: {change.id}: {change.field} was not corrected: {why}" for change, why in self.unfit]
        if self.corrections:
            notes.append(f"{path}: {len(self.corrections)} fields corrected")
        return notes


def correct_folder(output: Path, corrections: Corrections) -> Applied:
    """Apply corrections to the documents of an output folder, undo those that are gone, and write corrections.json.

    Documents without corrections are not opened. Raises OutputError where something cannot be written.
    """
    told = Applied()
    by_document = corrections.of_documents()
    before = {path.parent.name for path in (output / DOCUMENTS).glob(f"*/{AS_READ}")}
    for document_id in sorted(before | set(by_document)):
        _correct_stored(output / DOCUMENTS / document_id, by_document.get(document_id, []), told)
    if corrections.sha256 is None and not (output / REPORT).exists():
        return told
    write_text(output / REPORT, dump(_report(corrections, told)))
    return told


def corrected(document: Document, changes: Sequence[Change]) -> tuple[Document, list[_Named]]:
    """A copy of a document as it was read, with the corrections that fit, and those that do not with the reason."""
    document = document.model_copy(deep=True, update={"corrections": []})
    unfit: list[_Named] = []
    # What is read from a text follows the text, unless it is corrected itself.
    for change in sorted(changes, key=lambda change: change.field not in (*MEASURE_VALUES, "text", "actor")):
        why = _apply(document, change)
        if why is not None:
            unfit.append((change, why))
    document.corrections.sort(key=lambda correction: (correction.id, correction.field))
    if document.corrections:
        _settle_mentions(document)
    return document, unfit


def _correct_stored(folder: Path, changes: Sequence[Change], told: Applied) -> None:
    record, kept = folder / RECORD, folder / AS_READ
    try:
        text = record.read_text(encoding="utf-8")
        document = Document.model_validate_json(text)
        # A document that was read again holds no corrections: what was kept is that of an earlier reading.
        original = kept.read_text(encoding="utf-8") if document.corrections and kept.exists() else text
        result, unfit = corrected(Document.model_validate_json(original), changes)
    except FileNotFoundError:
        told.unfit += [
            (change, "there is no such document; its PDF has changed, or was not read") for change in changes
        ]
        return
    except (OSError, ValidationError):
        told.unfit += [(change, "its document.json is damaged or of another version") for change in changes]
        return
    told.unfit += unfit
    told.corrections += result.corrections
    new = document_json(result) if result.corrections else original
    if result.corrections and (not kept.exists() or kept.read_text(encoding="utf-8") != original):
        write_text(kept, original)
    if new != text:
        write_text(record, new)
    if not result.corrections:
        _drop(kept)


def _drop(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(f"{path}: cannot be deleted ({error.strerror})") from error


def _apply(document: Document, change: Change) -> str | None:
    """Change one field; the reason where it does not fit."""
    record = _record(document, change)
    if record is None:
        return "there is no such record any more"
    name = change.field.rpartition(".")[2]
    value = getattr(record, name)
    if not change.fits(value):
        return "it is empty by now" if value is None else f"it now reads {str(value)[:60]!r}"
    if value == change.now:
        return "it is so already"
    setattr(record, name, change.now)
    document.corrections.append(Correction(id=change.id, field=change.field, read=_told(value), now=_told(change.now)))
    _follow(document, record, name)
    return None


def _follow(document: Document, record: Record, name: str) -> None:
    """What follows from a correction: values from their text, an actor's id from its name."""
    if isinstance(record, Measure) and name in MEASURE_VALUES:
        values = measure_values({name: getattr(record, name)}, record.columns)
        for field_name in MEASURE_VALUES[name]:
            setattr(record, field_name, values[field_name])
    elif isinstance(record, Indicator) and name == "text":
        for field_name, value in indicator_values(record.text).items():
            setattr(record, field_name, value)
    elif isinstance(record, Responsibility) and name == "actor":
        actor = _actor(document, record.actor)
        record.actor_id, record.abbreviation = actor.actor_id, actor.abbreviation


def _actor(document: Document, name: str) -> Actor:
    """The actor of that name in the document, or a new one."""
    for actor in document.actors:
        if name in (actor.name, actor.abbreviation, *actor.aliases):
            return actor
    from extractors.actors.names import actor_id  # late: few corrections name a new actor

    actor = Actor(actor_id=actor_id(name), name=name)
    known = next((other for other in document.actors if other.actor_id == actor.actor_id), None)
    if known is None:
        document.actors.append(actor)
    return known or actor


def _record(document: Document, change: Change) -> Record | None:
    if kind_of(change.id) == "document":
        part: Paper | Plan | None = document.paper if change.field.startswith("paper.") else document.plan
        return part if change.id == document.document_id else None
    return next((record for own, record in _records(document) if own == change.id), None)


def _records(document: Document) -> Iterator[tuple[str, Record]]:
    for measure in document.plan.measures if document.plan else []:
        yield measure.measure_id, measure
        yield from ((indicator.indicator_id, indicator) for indicator in measure.indicators)
        yield from ((entry.responsibility_id, entry) for entry in measure.responsibilities)


def _settle_mentions(document: Document) -> None:
    """Drop the mentions that no longer stand where they were in a corrected text, and count them again."""
    texts = dict(_mention_texts(document))
    document.mentions = [
        mention
        for mention in document.mentions
        if mention.field not in texts or texts[mention.field][mention.start : mention.end] == mention.text
    ]
    counts = Counter(mention.actor_id for mention in document.mentions)
    for measure in document.plan.measures if document.plan else []:
        counts.update(entry.actor_id for entry in measure.responsibilities)
    for actor in document.actors:
        actor.mentions = counts[actor.actor_id]


def _mention_texts(document: Document) -> Iterator[tuple[str, str]]:
    """Path of a mention -> the text there, for the texts that were corrected."""
    changed = {(correction.id, correction.field) for correction in document.corrections}
    for measure in document.plan.measures if document.plan else []:
        for own, name in changed:
            if own == measure.measure_id:
                yield f"measures/{own}/{name}", str(getattr(measure, name) or "")
        for indicator in measure.indicators:
            if (indicator.indicator_id, "text") in changed:
                yield f"measures/{measure.measure_id}/indicators/{indicator.position}", indicator.text


def _told(value: Any) -> str | int | float | bool | None:
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str | int | float | bool) else None


def _report(corrections: Corrections, told: Applied) -> dict[str, Any]:
    return {
        "file": corrections.path.name,
        "sha256": corrections.sha256,
        "corrected": [correction.model_dump() for correction in told.corrections],
        "unfit": [{"id": change.id, "field": change.field, "reason": why} for change, why in told.unfit],
    }
