"""One actor, one name: what was printed is gathered by key, and the best of its forms becomes the name."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from extractors.actors.abbreviations import Abbreviations, short_key
from extractors.actors.names import (
    actor_id,
    actor_like,
    canonical_names,
    clean,
    head_index,
    is_number,
    kind_of,
    name_key,
    nominative,
    stem_key,
    tidy,
)
from extractors.actors.words import expansions, plain
from schemas.records import Actor, Problem

_SUFFIXED = re.compile(r"^(.+)-(\w{3,})$")
_OF_BODY = re.compile(r"^([^:]{3,40}):\s+(.{3,})$")
_LEAST_COMMON = 0.5
_SLIP, _SLIP_LENGTH = 94.0, 9
"""Likeness in percent, and letters, from which two names may differ by a slip of the pen."""


@dataclass(slots=True)
class Entry:
    """An actor while the document is read. `forms` are nominative names with how much speaks for each."""

    forms: Counter[str] = field(default_factory=Counter)
    printed: dict[str, None] = field(default_factory=dict)
    abbreviation: str | None = None
    mentions: int = 0

    @property
    def name(self) -> str:
        best = max(self.forms.values())
        names = [name for name, weight in self.forms.items() if weight >= best * _LEAST_COMMON]
        # Spelled out beats short forms; then the weight; then the first.
        return min(names, key=lambda name: (_short_forms(name), -self.forms[name]))

    @property
    def id(self) -> str:
        return actor_id(self.name)


def _may_be_one(one: str, other: str) -> bool:
    if other.startswith(one + " "):
        return len(other[len(one) :].split()) == 1 and not is_number(other.rsplit(" ", 1)[-1])
    digits = re.sub(r"\D", "", one) == re.sub(r"\D", "", other)
    return digits and min(len(one), len(other)) > _SLIP_LENGTH and fuzz.ratio(one, other) >= _SLIP


def _short_forms(name: str) -> int:
    return sum(plain(word) in expansions() or plain(word) + "." in expansions() for word in name.split())


CELL, LISTED, INTRODUCED, TEXT = 1000, 400, 300, 1
"""How much a form weighs by where it stands: cell, list of contributors, beside an abbreviation, running text."""


class Registry:
    """The actors of one document, in order of first appearance."""

    def __init__(self, abbreviations: Abbreviations) -> None:
        self.abbreviations = abbreviations
        self.entries: dict[str, Entry] = {}

    def find(self, name: str) -> tuple[str, str | None]:
        """The key of the actor that a printed name means, and the long form where it is an abbreviation."""
        name = self.bare(name)
        long = self.abbreviations.long(name)
        if long is None:
            long = self._suffixed(name)
        return (name_key(long), long) if long is not None else (name_key(name), None)

    def bare(self, name: str) -> str:
        """The name without the body before a colon: "Kreis RD-ECK: Jugendamt" is the Jugendamt."""
        name = clean(name)
        match = _OF_BODY.match(name)
        if (
            match
            and actor_like(match.group(1))
            and not is_number(match.group(1).split()[-1])
            and actor_like(match.group(2))
        ):
            return clean(match.group(2))
        return name

    def _suffixed(self, name: str) -> str | None:
        """The long form for "KIT-Stelle" where the name that KIT stands for ends in "stelle"."""
        match = _SUFFIXED.match(name)
        long = self.abbreviations.long(match.group(1)) if match else None
        if match is None or long is None:
            return None
        words = long.split()
        index = head_index(words)
        fits = index is not None and plain(nominative(words[index])).endswith(
            plain(nominative(match.group(2).capitalize()))
        )
        return long if fits else None

    def add(self, name: str, weight: int) -> Entry:
        """Note one appearance of a printed name, and return its actor."""
        key, long = self.find(name)
        entry = self.entries.setdefault(key, Entry())
        bare = tidy(self.bare(name))
        if long is not None:
            entry.abbreviation = entry.abbreviation or self._short(bare)
            entry.forms[nominative(long)] += INTRODUCED
        else:
            canonical = canonical_names().get(stem_key(bare))
            entry.forms[canonical or nominative(bare)] += weight
        entry.printed.setdefault(nominative(bare) if weight == TEXT else tidy(clean(name)))
        return entry

    def _short(self, name: str) -> str:
        for short in (name, name.rsplit("-", 1)[0]):
            key = short_key(short)
            if key in self.abbreviations.longs:
                return self.abbreviations.printed[key]
        return name

    def settle(self) -> None:
        """Give each actor the abbreviation that the document introduces for it, printed or not."""
        for key, longs in self.abbreviations.longs.items():
            entry = self.entries.get(name_key(longs[0]))
            if entry is not None and entry.abbreviation is None:
                entry.abbreviation = self.abbreviations.printed[key]

    def actors(self) -> list[Actor]:
        """The actors as records; two keys that lead to one id become one actor."""
        records: dict[str, Actor] = {}
        for entry in self.entries.values():
            name, identity = entry.name, entry.id
            aliases = [
                form for form in dict.fromkeys([*entry.forms, *entry.printed]) if form not in (name, entry.abbreviation)
            ]
            if identity in records:
                known = records[identity]
                known.mentions += entry.mentions
                known.aliases += [alias for alias in [name, *aliases] if alias not in [*known.aliases, known.name]]
                continue
            records[identity] = Actor(
                actor_id=identity,
                name=name,
                abbreviation=entry.abbreviation,
                aliases=aliases,
                kind=kind_of(name),
                mentions=entry.mentions,
            )
        return list(records.values())

    def problems(self) -> list[Problem]:
        """What a person should decide: abbreviations with two meanings, and names that may mean one actor."""
        return self._ambiguous() + self._close()

    def _close(self) -> list[Problem]:
        """Names kept apart that differ by a slip of the pen, or by a word more at the end ("Handwerkskammer Kiel")."""
        keys = sorted(key for key, entry in self.entries.items() if max(entry.forms.values()) >= LISTED)
        pairs = [
            (one, other) for place, one in enumerate(keys) for other in keys[place + 1 :] if _may_be_one(one, other)
        ]
        names = [(self.entries[one].name, self.entries[other].name) for one, other in pairs]
        # More than one word more is a name of its own: "Träger der Familienzentren".
        close = [f"{short} / {long}" for short, long in names if len(long.split()) - len(short.split()) < 2]
        if not close:
            return []
        message = f"these names may mean one actor and were kept apart: {'; '.join(close)}"
        return [Problem(code="actor_names_close", severity="info", message=message)]

    def _ambiguous(self) -> list[Problem]:
        return [
            Problem(
                code="abbreviation_ambiguous",
                severity="warning",
                message=f"{self.abbreviations.printed[short]} stands for {' and for '.join(longs)}; the first is taken",
            )
            for short, longs in self.abbreviations.longs.items()
            if len({name_key(long) for long in longs}) > 1
        ]
