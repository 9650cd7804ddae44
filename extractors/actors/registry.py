"""One actor, one name: what was printed is gathered by key, and the best of its forms becomes the name."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache, lru_cache

from rapidfuzz import fuzz

from extractors.actors.abbreviations import Abbreviations, looks_short, short_key
from extractors.actors.bodies import body_key, is_local
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
from extractors.actors.words import Registered, expansions, plain, registered
from schemas.records import Actor, ActorKind, Problem

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
    own: Registered | None = None
    """The actor of the user's registry file that this is."""
    said: ActorKind | None = None
    """What a model says that it is."""

    @property
    def name(self) -> str:
        if self.own is not None:
            return self.own.name
        best = max(self.forms.values())
        names = [name for name, weight in self.forms.items() if weight >= best * _LEAST_COMMON]
        # Spelled out beats short forms; then the weight; then the first.
        return min(names, key=lambda name: (_short_forms(name), -self.forms[name]))

    @property
    def kind(self) -> ActorKind:
        known = self.own.kind if self.own is not None else None
        kind = known or kind_of(self.name)
        return self.said if self.said is not None and (kind == "other" or self.said == "person") else kind


@cache
def _registered_by_key() -> dict[str, Registered]:
    """Keys of the names and aliases of the user's registry; of two entries with one key the first counts."""
    found: dict[str, Registered] = {}
    for own in registered():
        for name in (own.name, *own.aliases):
            for key in (short_key(name), name_key(name)):
                found.setdefault(key, own)
    return found


def registered_name(key: str | None) -> str | None:
    """The name of the actor of the user's registry that has the key."""
    own = _registered_by_key().get(key) if key else None
    return own.name if own is not None else None


def registered_as(name: str) -> Registered | None:
    """The actor of the user's registry that a printed name means."""
    known = _registered_by_key()
    return known.get(short_key(clean(name))) or known.get(name_key(name)) if known else None


def _may_be_one(one: str, other: str) -> bool:
    if other.startswith(one + " "):
        return len(other[len(one) :].split()) == 1 and not is_number(other.rsplit(" ", 1)[-1])
    if min(len(one), len(other)) <= _SLIP_LENGTH or fuzz.ratio(one, other, score_cutoff=_SLIP) < _SLIP:
        return False
    return re.sub(r"\D", "", one) == re.sub(r"\D", "", other)


@lru_cache(maxsize=4096)
def _short_forms(name: str) -> int:
    return sum(plain(word) in expansions() or plain(word) + "." in expansions() for word in name.split())


CELL, LISTED, INTRODUCED, TEXT = 1000, 400, 300, 1
"""How much a form weighs by where it stands: cell, list of contributors, beside an abbreviation, running text."""


class Registry:
    """The actors of one document, in order of first appearance."""

    def __init__(self, abbreviations: Abbreviations) -> None:
        self.abbreviations = abbreviations
        self.entries: dict[str, Entry] = {}
        self.body: str | None = None
        """The town or county of the document, once it is known: ids of its own actors name it."""
        self._overruled = self._overrule()

    def _overrule(self) -> list[str]:
        """Take the abbreviations of the user's registry from other actors; what the document said of them."""
        overruled: list[str] = []
        for own in registered():
            for short in filter(looks_short, own.aliases):
                longs = self.abbreviations.longs.get(short_key(short), [])
                others = [long for long in longs if registered_as(long) is not own]
                overruled += [f"{short} is {own.name}, not {long}" for long in others]
                self.abbreviations.others.discard(short_key(short))
                self.abbreviations.prefer(short, own.name)
                self.abbreviations.longs[short_key(short)] = [own.name]
        return overruled

    def body_of(self, entry: Entry) -> str | None:
        """The town or county that an actor belongs to; None for those that are the same everywhere, or not known."""
        if entry.own is not None:
            return entry.own.body
        return self.body if self.body is not None and is_local(entry.name) else None

    def id_of(self, entry: Entry) -> str:
        """The slug of the name; behind it that of the town or county, where the name alone does not tell the actor."""
        body = self.body_of(entry)
        return f"{actor_id(entry.name)}--{body_key(body)}" if body else actor_id(entry.name)

    def find(self, name: str) -> tuple[str, str | None]:
        """The key of the actor that a printed name means, and the long form where it is an abbreviation."""
        own = registered_as(name) or registered_as(self.bare(name))
        if own is not None:
            return name_key(own.name), None
        name = self.bare(name)
        long = self.abbreviations.long(name)
        if long is None:
            long = self._suffixed(name)
        if long is not None and (own := registered_as(long)) is not None:
            return name_key(own.name), long
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
        if entry.own is None and registered():
            entry.own = registered_as(long or name) or registered_as(self.bare(name))
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
            name, identity = entry.name, self.id_of(entry)
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
                kind=entry.kind,
                identifier=entry.own.identifier if entry.own is not None else None,
                body=self.body_of(entry),
                mentions=entry.mentions,
            )
        return list(records.values())

    def problems(self) -> list[Problem]:
        """What a person should decide: abbreviations with two meanings, and names that may mean one actor."""
        return self._ambiguous() + self._close() + self._against_registry()

    def _against_registry(self) -> list[Problem]:
        if not self._overruled:
            return []
        message = f"the registry of actors was followed against the document: {'; '.join(self._overruled)}"
        return [Problem(code="actor_overruled", severity="info", message=message)]

    def bodiless(self) -> list[Problem]:
        """Actors that every town has, in a document that names no town: over several documents they may be several."""
        names = [entry.name for entry in self.entries.values() if entry.own is None and is_local(entry.name)]
        if self.body is not None or not names:
            return []
        message = (
            f"the document names no town or county that {len(names)} of its actors ({names[0]}, ...) could belong to; "
            'a profile may name it: body = "..."'
        )
        return [Problem(code="actor_body_unknown", severity="info", message=message)]

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
