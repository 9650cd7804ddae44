"""Actors: who is responsible, in which role, under one name, and where else the document mentions them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extractors.actors.abbreviations import Abbreviations, abbreviates, collect, looks_short
from extractors.actors.bodies import leading_body
from extractors.actors.cells import Named, read_cell
from extractors.actors.joining import Document
from extractors.actors.lexicon import Lexicon, add_known
from extractors.actors.mentions import Span, beside, spans_of
from extractors.actors.names import clean, label_of, nominative
from extractors.actors.registry import CELL, LISTED, TEXT, Entry, Registry, registered_name
from extractors.actors.words import known_body, party_list, registered
from schemas.records import Actor, Mention, Problem, Role

if TYPE_CHECKING:
    from extractors.actors.model import Finder

__all__ = ["Claim", "Recognition", "ResponsibilityCell", "find_actors", "find_named", "recognise"]


@dataclass(slots=True)
class ResponsibilityCell:
    """The responsibility cell of one measure: the text of each sub-row, in order.

    A line feed stands between paragraphs and list items, U+2028 where a line ended although the next word would fit.
    """

    rows: list[str]


@dataclass(slots=True)
class Claim:
    """An actor of a cell. `row` is the sub-row, from 1; `actor` the full name; `text` what is printed."""

    row: int
    actor_id: str
    actor: str
    abbreviation: str | None
    text: str
    role: Role


@dataclass(slots=True)
class Recognition:
    """What `recognise` found: claims for each cell, an actor id for each contributor, the actors, where they stand."""

    claims: list[list[Claim]] = field(default_factory=list)
    contributors: list[str | None] = field(default_factory=list)
    actors: list[Actor] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def recognise(
    cells: Sequence[ResponsibilityCell],
    contributors: Sequence[str],
    texts: Sequence[tuple[str, str]],
    *,
    committees: Iterable[str] = (),
    body: str | None = None,
    finder: Finder | None = None,
) -> Recognition:
    """The actors of one document.

    `texts` are (path of the field, its text); mentions carry that path and offsets in that text. `committees` are names
    to look for in the texts, `body` is the town or county as the paper prints it, and `finder` a model to ask for what
    the rules do not find. Raises ProfileError where a file of knowledge is broken.
    """
    rows = [row for cell in cells for row in cell.rows]
    abbreviations = collect([text for _, text in texts], contributors, rows)
    first = _document(contributors, abbreviations, [])
    names = [named for row in rows for named in read_cell(row, first)]
    _introduce(abbreviations, names)
    document = _document(contributors, abbreviations, [named.name for named in names])
    registry = Registry(abbreviations)
    listed = [registry.add(name, LISTED) if clean(name) else None for name in contributors]
    read = [
        [
            (row + 1, named, registry.add(named.name, CELL))
            for row, text in enumerate(cell.rows)
            for named in read_cell(text, document)
        ]
        for cell in cells
    ]
    for _, _, entry in (found for cell in read for found in cell):
        entry.mentions += 1
    registry.settle()
    placed = _mentions(registry, texts, committees, finder)
    registry.body = known_body() or body or leading_body(_counts(registry, contributors))
    result = Recognition(problems=registry.problems() + _unread(cells, read))
    if cells:
        result.problems += registry.bodiless()
    result.claims = [[_claim(row, named, entry, registry) for row, named, entry in cell] for cell in read]
    result.contributors = [registry.id_of(entry) if entry is not None else None for entry in listed]
    result.actors = registry.actors()
    result.mentions = [_mention(path, text, span, entry, registry) for path, text, span, entry in placed]
    return result


def find_actors(text: str, *, names: Iterable[str] = (), finder: Finder | None = None) -> list[Mention]:
    """The actors that a plain text names: by rule, by the abbreviations that the text introduces, and by the `names`
    that it is read with. `finder` is a model to ask for what they do not find."""
    return [mention for mention, _ in find_named(text, names=names, finder=finder)]


def find_named(text: str, *, names: Iterable[str] = (), finder: Finder | None = None) -> list[tuple[Mention, Actor]]:
    """What `find_actors` gives, each mention with the actor that it means."""
    registry = Registry(collect([text], []))
    found = _mentions(registry, [("text", text)], names, finder)
    actors = {actor.actor_id: actor for actor in registry.actors()}
    mentions = (_mention(path, full, span, entry, registry) for path, full, span, entry in found)
    return [(mention, actors[mention.actor_id]) for mention in mentions]


def _counts(registry: Registry, contributors: Iterable[str]) -> Counter[str]:
    """How often each actor is named, also before a colon: "Kreis Haselau: Fachdienst Soziales"."""
    counts = Counter({entry.name: entry.mentions for entry in registry.entries.values()})
    counts.update(name.partition(":")[0].strip() for name in contributors if ":" in name)
    return counts


def _document(contributors: Sequence[str], abbreviations: Abbreviations, names: Sequence[str]) -> Document:
    longs = [long for found in abbreviations.longs.values() for long in found]
    return Document([*contributors, *longs, *names], abbreviations.longs, party_list())


def _introduce(abbreviations: Abbreviations, names: Sequence[Named]) -> None:
    """Abbreviations in parentheses behind a whole name of a cell; these win over what running text suggests."""
    for named in names:
        for note in named.notes:
            if looks_short(note) and abbreviates(note, named.name):
                abbreviations.prefer(note, nominative(named.name))
            elif looks_short(named.name) and abbreviates(named.name, note):
                abbreviations.prefer(named.name, clean(note))


def _unread(cells: Sequence[ResponsibilityCell], read: Sequence[Sequence[tuple[int, Named, Entry]]]) -> list[Problem]:
    return [
        Problem(
            code="responsibility_unread", severity="info", message=f"no actor was found in {' / '.join(cell.rows)!r}"
        )
        for cell, found in zip(cells, read, strict=True)
        if not found and any(any(c.isalpha() for c in row) for row in cell.rows)
    ]


def _claim(row: int, named: Named, entry: Entry, registry: Registry) -> Claim:
    return Claim(row, registry.id_of(entry), entry.name, entry.abbreviation, named.text, named.role)


def _lexicon(registry: Registry, names: Iterable[str]) -> Lexicon:
    """What to look for in the texts of a document, the user's own actors first."""
    lexicon = Lexicon()
    for own in registered():
        for name in (own.name, *own.aliases):
            key = registry.find(own.name)[0]
            lexicon.add_short(name, key) if looks_short(name) else lexicon.add(name, key, "lexicon")
    for key, entry in registry.entries.items():
        for name in [*entry.forms, *entry.printed]:
            if registry.abbreviations.long(name) is None:
                lexicon.add(name, key, "lexicon")
    for short, longs in registry.abbreviations.longs.items():
        lexicon.add_short(registry.abbreviations.printed[short], registry.find(longs[0])[0])
        lexicon.add(longs[0], registry.find(longs[0])[0], "abbreviation")
    for name in names:
        lexicon.add(clean(name), None, "lexicon")
    add_known(lexicon)
    lexicon.others = frozenset(registry.abbreviations.others)
    return lexicon


def _mentions(
    registry: Registry, texts: Sequence[tuple[str, str]], names: Iterable[str], finder: Finder | None
) -> list[tuple[str, str, Span, Entry]]:
    lexicon = _lexicon(registry, names)
    spans = [spans_of(text, lexicon) for _, text in texts]
    if finder is not None:
        found = finder([text for _, text in texts])
        spans = [beside(ours, theirs) for ours, theirs in zip(spans, found, strict=True)]
    placed: list[tuple[str, str, Span, Entry]] = []
    for (path, text), here in zip(texts, spans, strict=True):
        for span in here:
            printed = text[span.start : span.end]
            known = registry.entries.get(span.key) if span.key else None
            entry = known or registry.add(registered_name(span.key) or printed, TEXT)
            entry.said = entry.said or span.kind
            entry.printed.setdefault(nominative(printed))
            entry.mentions += 1
            placed.append((path, text, span, entry))
    return placed


def _mention(path: str, text: str, span: Span, entry: Entry, registry: Registry) -> Mention:
    return Mention(
        actor_id=registry.id_of(entry),
        label=label_of(entry.kind),
        text=text[span.start : span.end],
        field=path,
        start=span.start,
        end=span.end,
        origin=span.origin,
        confidence=span.confidence,
    )
