"""Actors: who is responsible, in which role, under one name, and where else the document mentions them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.actors.abbreviations import Abbreviations, abbreviates, collect, looks_short
from extractors.actors.cells import Named, read_cell
from extractors.actors.joining import Document
from extractors.actors.lexicon import Lexicon, add_known
from extractors.actors.mentions import Span, spans_of
from extractors.actors.names import clean, kind_of, label_of, nominative
from extractors.actors.registry import CELL, LISTED, TEXT, Entry, Registry
from extractors.actors.words import party_list
from schemas.records import Actor, Mention, Problem, Role

__all__ = ["Claim", "Recognition", "ResponsibilityCell", "find_actors", "recognise"]


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
    cells: Sequence[ResponsibilityCell], contributors: Sequence[str], texts: Sequence[tuple[str, str]]
) -> Recognition:
    """The actors of one document.

    `texts` are (path of the field, its text); mentions carry that path and offsets in that text. Raises ProfileError
    where a file of knowledge is broken.
    """
    rows = [row for cell in cells for row in cell.rows]
    abbreviations = collect([*rows, *(text for _, text in texts)], contributors)
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
    result = Recognition(problems=registry.problems() + _unread(cells, read))
    placed = _mentions(registry, texts)
    result.claims = [[_claim(row, named, entry) for row, named, entry in cell] for cell in read]
    result.contributors = [entry.id if entry is not None else None for entry in listed]
    result.actors = registry.actors()
    kinds = {actor.actor_id: actor.kind for actor in result.actors}
    result.mentions = [
        _mention(path, text, span, entry.id, label_of(kinds[entry.id])) for path, text, span, entry in placed
    ]
    return result


def find_actors(text: str) -> list[Mention]:
    """The actors that a plain text names, by rule and by the abbreviations that the text introduces."""
    registry = Registry(collect([text], []))
    found = _mentions(registry, [("text", text)])
    return [_mention(path, full, span, entry.id, label_of(kind_of(entry.name))) for path, full, span, entry in found]


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


def _claim(row: int, named: Named, entry: Entry) -> Claim:
    return Claim(row, entry.id, entry.name, entry.abbreviation, named.text, named.role)


def _mentions(registry: Registry, texts: Sequence[tuple[str, str]]) -> list[tuple[str, str, Span, Entry]]:
    lexicon = Lexicon()
    for key, entry in registry.entries.items():
        for name in [*entry.forms, *entry.printed]:
            if registry.abbreviations.long(name) is None:
                lexicon.add(name, key, "lexicon")
    for short, longs in registry.abbreviations.longs.items():
        lexicon.add_short(registry.abbreviations.printed[short], registry.find(longs[0])[0])
        lexicon.add(longs[0], registry.find(longs[0])[0], "abbreviation")
    add_known(lexicon)
    lexicon.others = frozenset(registry.abbreviations.others)
    placed: list[tuple[str, str, Span, Entry]] = []
    for path, text in texts:
        for span in spans_of(text, lexicon):
            printed = text[span.start : span.end]
            known = registry.entries.get(span.key) if span.key else None
            entry = known or registry.add(printed, TEXT)
            entry.printed.setdefault(nominative(printed))
            entry.mentions += 1
            placed.append((path, text, span, entry))
    return placed


def _mention(path: str, text: str, span: Span, identity: str, label: str) -> Mention:
    return Mention(
        actor_id=identity,
        label=label,
        text=text[span.start : span.end],
        field=path,
        start=span.start,
        end=span.end,
        origin=span.origin,
        confidence=span.confidence,
    )
