"""The words of knowledge/actors.toml and knowledge/roles.toml, ready to ask."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import cast, get_args

from extractors.knowledge import load
from extractors.knowledge import words as _list
from schemas.errors import ProfileError
from schemas.records import ActorKind, Role

ACTORS = "actors.toml"
ROLES = "roles.toml"
_GENDERED = re.compile(r"(?:[:*_]|/-?)(?:innen|in|r|n)$", re.IGNORECASE)
_INNER_I = re.compile(r"(?<=[a-zäöüß])In(?:nen)?$")
_ACRONYM = re.compile(
    r"^(?:[A-ZÄÖÜ][A-ZÄÖÜ0-9&]{1,7}|[A-ZÄÖÜ]?[a-zäöü]{0,3}[A-ZÄÖÜ][a-zäöüß]{0,4}(?:[A-ZÄÖÜ][a-zäöüß]{0,3}){1,5})$"
)


@dataclass(frozen=True, slots=True)
class Head:
    """A form of a noun that names actors: "Ämtern" is `nominative` "ämter" of `lemma` "amt"."""

    kind: ActorKind | None
    lemma: str
    nominative: str
    gender: str
    numbers: str
    """"s", "p", or "sp" where the form may be both."""
    in_text: bool


@dataclass(frozen=True, slots=True)
class HeadWord:
    """A word that ends in an actor noun: `stem` is what stands before it in a compound, as printed."""

    stem: str
    head: Head

    @property
    def nominative(self) -> str:
        noun = self.head.nominative
        return self.stem + noun if self.stem and self.stem[-1] not in "-/" else self.stem + noun[:1].upper() + noun[1:]


def plain(word: str) -> str:
    """The word for comparing: lower case, ss for the sharp s, no edges of punctuation."""
    return word.casefold().strip("„“”\"'‚‘’«».,;:!?()[]")


@dataclass(frozen=True, slots=True)
class _Heads:
    """Forms of actor nouns: those that stand alone, and those that end a compound."""

    alone: dict[str, Head]
    compound: dict[str, Head]


@cache
def _heads() -> _Heads:
    table = load(ACTORS).get("heads")
    if not isinstance(table, dict):
        raise ProfileError(f"{ACTORS}: heads must be a table")
    found = _Heads({}, {})
    for kind, lists in table.items():
        if kind != "none" and kind not in get_args(ActorKind):
            raise ProfileError(f"{ACTORS}: heads.{kind} is no kind of actor")
        for name in lists:
            if name not in (("words",) if kind == "none" else ("text", "cell")):
                raise ProfileError(f"{ACTORS}: heads.{kind}.{name} is not known")
            for entry in _list(ACTORS, "heads", kind, name):
                _decline(found, entry, None if kind == "none" else cast(ActorKind, kind), name == "text")
    return found


def _decline(found: _Heads, entry: str, kind: ActorKind | None, in_text: bool) -> None:
    gender, _, rest = entry.partition(" ")
    if gender not in ("m", "f", "n") or not rest:
        raise ProfileError(f"{ACTORS}: heads: {entry!r} must be a gender (m, f or n) and a noun")
    mark, rest = (rest[0], rest[1:]) if rest[0] in "=+" else ("", rest)
    tables = [table for table, other in ((found.alone, "+"), (found.compound, "=")) if mark != other]
    lemma = rest.split()[0].casefold()
    for number, group in zip("sp", rest.split("/"), strict=False):
        noun, *endings = group.casefold().split()
        for form in [noun, *(noun + ending[1:] for ending in endings)]:
            for table in tables:
                known = table.get(form)
                if known is None or (known.kind is not None and kind is None):
                    table[form] = Head(kind, lemma, noun, gender, number, in_text)
                elif known.lemma == lemma and number not in known.numbers:
                    # "Menschen" is an oblique singular too, but as a nominative it is the plural.
                    nominative = noun if form == noun else known.nominative
                    table[form] = replace(known, nominative=nominative, numbers=known.numbers + number)


@lru_cache(maxsize=65536)
def head_of(word: str) -> HeadWord | None:
    """The actor noun at the end of the word, or None. The word must begin with a capital, as German nouns do."""
    word = ungender(word).strip("„“”\"'‚‘’«»,;:!?()[]")
    if not any(c.isupper() for c in word):
        return None
    tables = _heads()
    for form in (word.casefold(), word.casefold().rstrip(".")):
        if form in tables.alone:
            return HeadWord("", tables.alone[form]) if tables.alone[form].kind else None
    word = word.rstrip(".")
    low = word.casefold()
    for start in range(2, len(low) - 1):
        head = tables.compound.get(low[start:])
        if head is None:
            continue
        # The stem is cut from the end, for casefolding makes two letters of a sharp s.
        stem = word[: len(word) - _printed_length(low[start:], word)]
        if head.kind is None:
            return None
        if len(stem) >= 3:
            return HeadWord(stem, head)
    return None


def _printed_length(form: str, word: str) -> int:
    """How many letters of `word` the casefolded `form` at its end takes."""
    length = len(form)
    return length - word[-length:].count("ß") if "ß" in word else length


def ungender(word: str) -> str:
    """The word without a gendered ending: "Bürger:innen", "Manager/in", "AkteurInnen"."""
    return _INNER_I.sub("", _GENDERED.sub("", word))


def is_acronym(word: str) -> bool:
    """Whether a word looks like an abbreviation: two capitals or more, short."""
    core = word.strip("„“\"'.,;:()[]")
    return len(core) > 1 and bool(_ACRONYM.match(core)) and sum(c.isupper() for c in core) > 1


@cache
def grammar(name: str) -> frozenset[str]:
    """A word list of [grammar], casefolded. Raises ProfileError naming the key when it is missing."""
    return frozenset(word.casefold() for word in _list(ACTORS, "grammar", name))


@cache
def text_words(name: str) -> frozenset[str]:
    """A word list of [text], casefolded."""
    return frozenset(word.casefold() for word in _list(ACTORS, "text", name))


@cache
def printed_words(name: str) -> frozenset[str]:
    """A word list of [text] as it is printed, for words whose capitals count."""
    return frozenset(_list(ACTORS, "text", name))


@cache
def morphology(name: str) -> re.Pattern[str]:
    """A pattern of [morphology]. Raises ProfileError naming the key when it is missing or no regular expression."""
    pattern = load(ACTORS).get("morphology", {}).get(name)
    try:
        return re.compile(pattern)
    except (TypeError, re.error) as error:
        raise ProfileError(f"{ACTORS}: morphology.{name} must be a regular expression: {error}") from error


@cache
def expansions() -> dict[str, str]:
    table = load(ACTORS).get("expand")
    if not isinstance(table, dict) or not all(isinstance(value, str) for value in table.values()):
        raise ProfileError(f"{ACTORS}: expand must be a table of strings")
    return {key.casefold(): value for key, value in table.items()}


@dataclass(frozen=True, slots=True)
class Registered:
    """An actor of a user's registry file."""

    name: str
    aliases: tuple[str, ...]
    kind: ActorKind | None
    identifier: str | None
    body: str | None


@cache
def registered() -> tuple[Registered, ...]:
    """The actors of the user's registry file (and profile), in their order."""
    entries = load(ACTORS).get("registry", [])
    return tuple(Registered(**{**entry, "aliases": tuple(entry["aliases"])}) for entry in entries)


def known_body() -> str | None:
    """The town or county that the user's profile or registry names for all documents."""
    body = load(ACTORS).get("body")
    return body if isinstance(body, str) else None


@cache
def known_names() -> dict[str, ActorKind]:
    """The whole names of [names] and of the user's registry with their kind."""
    table = load(ACTORS).get("names")
    if not isinstance(table, dict):
        raise ProfileError(f"{ACTORS}: names must be a table")
    kinds = [kind for kind in table if kind in get_args(ActorKind)]
    names = {name: cast(ActorKind, kind) for kind in kinds for name in _list(ACTORS, "names", kind)}
    return names | {name: own.kind or "other" for own in registered() for name in (own.name, *own.aliases)}


@cache
def legal_form() -> re.Pattern[str]:
    """A legal form such as "e.V." or "GmbH & Co. KG" as a whole word."""
    forms = sorted(_list(ACTORS, "legal_forms", "forms"), key=len, reverse=True)
    return re.compile(
        r"(?<![\w.])(?:" + "|".join(re.escape(form).replace(r"\ ", r"\s?") for form in forms) + r")(?!\w)"
    )


@cache
def association_forms() -> frozenset[str]:
    """The legal forms of associations, casefolded and without blanks."""
    return frozenset(form.casefold().replace(" ", "") for form in _list(ACTORS, "legal_forms", "associations"))


@dataclass(frozen=True, slots=True)
class RoleWords:
    role: Role
    labels: tuple[str, ...]
    leads: tuple[str, ...]
    follows: tuple[str, ...]
    nouns: tuple[str, ...]
    letters: tuple[str, ...]


@cache
def roles() -> tuple[RoleWords, ...]:
    """The role words in the order of roles.toml. Raises ProfileError where a role or a list is missing."""
    table = load(ROLES)
    missing = set(get_args(Role)) - set(table)
    if missing:
        raise ProfileError(f"{ROLES}: [{min(missing)}] is missing")
    names = [name for name in table if name in get_args(Role)]
    return tuple(
        RoleWords(
            cast(Role, name),
            *(tuple(_list(ROLES, name, key)) for key in ("labels", "leads", "follows", "nouns", "letters")),
        )
        for name in names
    )


@cache
def role_list(*path: str) -> frozenset[str]:
    return frozenset(_list(ROLES, *path))


@cache
def party_list() -> tuple[str, ...]:
    """Names of parties and groups as printed."""
    return tuple(_list(ACTORS, "text", "parties"))
