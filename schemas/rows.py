"""Documents as rows of the tables in `columns.py`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial

from schemas.records import PAPER_HEAD, Actor, Document, Measure, Mention, Place, Record, Section, Source

_CHILD_IDS = {"indicators": "indicator_id", "responsibilities": "responsibility_id"}

Row = dict[str, object]
"""Column name -> str, int, float, bool, date, list, dict or None."""


def document_rows(document: Document) -> dict[str, Iterator[Row]]:
    """The rows of one document by table name; all tables but `actors`, which goes over many documents."""
    return {
        "documents": iter([_document(document)]),
        "consultations": _paper_children(document, "consultations"),
        "sections": _paper_children(document, "sections"),
        "attachments": _paper_children(document, "attachments"),
        "contributors": _contributors(document),
        "measures": map(partial(_measure, document), _measures(document)),
        "indicators": _measure_children(document, "indicators"),
        "responsibilities": _measure_children(document, "responsibilities"),
        "mentions": _mentions(document),
    }


@dataclass(slots=True)
class _Entry:
    """One actor over many documents: each name, abbreviation and kind with the mentions that speak for it."""

    names: Counter[str] = field(default_factory=Counter)
    abbreviations: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    identifiers: Counter[str] = field(default_factory=Counter)
    bodies: Counter[str] = field(default_factory=Counter)
    aliases: set[str] = field(default_factory=set)
    mentions: int = 0
    documents: int = 0


class ActorRegistry:
    """One row for each actor over all documents that were added, whatever their order."""

    def __init__(self) -> None:
        self._entries: dict[str, _Entry] = {}

    def add(self, document: Document) -> None:
        for actor in document.actors:
            entry = self._entries.setdefault(actor.actor_id, _Entry())
            _add_actor(entry, actor)

    def rows(self) -> Iterator[Row]:
        """The rows by actor_id. Where documents differ, the name, abbreviation and kind with most mentions stand."""
        similar = self._similar()
        for actor_id, entry in sorted(self._entries.items()):
            name = _most(entry.names)
            abbreviation = _most(entry.abbreviations)
            others = (entry.aliases | set(entry.names) | set(entry.abbreviations)) - {name, abbreviation}
            yield {
                "actor_id": actor_id,
                "name": name,
                "abbreviation": abbreviation,
                "aliases": sorted(others),
                "kind": _most(entry.kinds) or "other",
                "identifier": _most(entry.identifiers),
                "body": _most(entry.bodies),
                "mentions": entry.mentions,
                "documents": entry.documents,
                "similar": sorted(similar.get(actor_id, ())),
            }

    def _similar(self) -> dict[str, set[str]]:
        """Which actors may be one: of the same name in a town and in a document that names none; and a bare
        abbreviation beside the actor that another document introduces it for."""
        groups: dict[tuple[str, str], set[str]] = {}
        for actor_id, entry in self._entries.items():
            groups.setdefault(("name", actor_id.partition("--")[0]), set()).add(actor_id)
            for short in {*entry.abbreviations, *(name for name in entry.names if " " not in name)}:
                groups.setdefault(("short", short), set()).add(actor_id)
        found: dict[str, set[str]] = {}
        for group in groups.values():
            for one in group:
                for other in group - {one}:
                    if _may_be_one(one, other):
                        found.setdefault(one, set()).add(other)
        return found


def _may_be_one(one: str, other: str) -> bool:
    """Whether two ids may be of one actor: not where both name a town, and not the same one."""
    towns = {actor_id.partition("--")[2] for actor_id in (one, other)} - {""}
    return len(towns) < 2


def _add_actor(entry: _Entry, actor: Actor) -> None:
    weight = max(actor.mentions, 1)
    entry.names[actor.name] += weight
    if actor.abbreviation is not None:
        entry.abbreviations[actor.abbreviation] += weight
    if actor.kind != "other":
        entry.kinds[actor.kind] += weight
    if actor.identifier is not None:
        entry.identifiers[actor.identifier] += weight
    if actor.body is not None:
        entry.bodies[actor.body] += weight
    entry.aliases.update(actor.aliases)
    entry.mentions += actor.mentions
    entry.documents += 1


def _most(counter: Counter[str]) -> str | None:
    """The entry with the highest count; of several the first in the alphabet, so that no order decides."""
    return min(counter, key=lambda entry: (-counter[entry], entry), default=None)


def _document(document: Document) -> Row:
    file, paper, plan = document.file, document.paper, document.plan
    row: Row = {
        "document_id": document.document_id,
        "file_name": file.name,
        **_pick(file, "sha256", "size", "page_count", "producer", "source"),
        "status": document.status,
        "problems": list(dict.fromkeys(problem.code for problem in document.problems)),
        "words": document.ledger.words,
        "unassigned_words": len(document.ledger.unassigned),
    }
    row |= _pick(paper, *PAPER_HEAD) if paper else dict.fromkeys(PAPER_HEAD)
    row |= {f"plan_{name}": getattr(plan, name) if plan else None for name in ("title", "status", "date")}
    row["measures"] = len(plan.measures) if plan else 0
    return row | _corrected(document, document.document_id)


def _paper_children(document: Document, name: str) -> Iterator[Row]:
    if document.paper is None:
        return
    source = document.paper.source
    for position, child in enumerate(getattr(document.paper, name), start=1):
        values = {"position": position, **_values(child)}
        places = _places(source, f"{name}/{child.heading}" if isinstance(child, Section) else name)
        yield {"document_id": document.document_id, **values, **_pages(places)}


def _contributors(document: Document) -> Iterator[Row]:
    contributors = document.plan.contributors if document.plan else []
    for position, contributor in enumerate(contributors, start=1):
        yield {"document_id": document.document_id, "position": position, **_values(contributor)}


def _measures(document: Document) -> list[Measure]:
    return document.plan.measures if document.plan else []


def _measure(document: Document, measure: Measure) -> Row:
    values = _values(measure)
    for nested in ("indicators", "responsibilities", "source"):
        del values[nested]
    corrected = _corrected(document, measure.measure_id)
    return {"document_id": document.document_id, **values, **corrected, **_pages(measure.places())}


def _measure_children(document: Document, name: str) -> Iterator[Row]:
    for measure in _measures(document):
        ids = {"document_id": document.document_id, "measure_id": measure.measure_id}
        for child in getattr(measure, name):
            places = _places(measure.source, name) or measure.places()
            corrected = _corrected(document, getattr(child, _CHILD_IDS[name]))
            yield {**ids, **_values(child), **corrected, **_pages(places)}


def _corrected(document: Document, record_id: str) -> Row:
    return {"corrected": [entry.field for entry in document.corrections if entry.id == record_id]}


def _mentions(document: Document) -> Iterator[Row]:
    measures = {measure.measure_id: measure for measure in _measures(document)}
    for position, mention in enumerate(document.mentions, start=1):
        owner, path = _field(mention)
        measure = measures.get(owner)
        source = measure.source if measure else document.paper.source if document.paper else {}
        yield {
            "document_id": document.document_id,
            "measure_id": measure.measure_id if measure else None,
            "position": position,
            **_values(mention),
            **_pages(_places(source, path)),
        }


def _field(mention: Mention) -> tuple[str, str]:
    """Measure and path in it of `measures/<measure_id>/problem`; for `paper/name` the measure is empty."""
    owner, _, path = mention.field.partition("/")
    if owner != "measures":
        return "", path
    measure_id, _, path = path.partition("/")
    return measure_id, path


def _values(record: Record) -> Row:
    return dict(record)


def _pick(record: Record, *names: str) -> Row:
    return {name: getattr(record, name) for name in names}


def _places(source: Source, path: str) -> list[Place]:
    """The places of `indicators/3`: its own, where they are known, else those of all `indicators`."""
    return source.get(path) or source.get(path.partition("/")[0], [])


def _pages(places: Iterable[Place]) -> Row:
    pages = [place.page for place in places]
    return {"first_page": min(pages, default=None), "last_page": max(pages, default=None)}
