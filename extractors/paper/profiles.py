"""What the papers of each council system print: TOML files of knowledge/papers/, checked and merged with generic.toml.

Every table of a profile holds lists of strings; `_KEYS` names them all. A profile adds to generic.toml; where both
name the same label or heading, the profile wins. A new system is one more file.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain
from typing import Any, cast, get_args

from extractors.knowledge import added
from schemas.errors import ProfileError
from schemas.records import PAPER_HEAD, SectionKind

FIELDS = (*PAPER_HEAD, "attachments")
_KINDS = frozenset(get_args(SectionKind))
_KEYS: dict[str, frozenset[str]] = {
    "recognise": frozenset({"all", "any"}),
    "labels": frozenset({*FIELDS, "none"}),
    "patterns": frozenset(
        {"reference", "date", "body", "under_direction_of", "no_name", "session", "agenda_item", "titled", "type"}
    ),
    "types": frozenset({"exact", "generic", "endings", "refused"}),
    "consultations": frozenset(
        {"headings", "date", "organization", "role", "agenda_item", "public", "not_public", "result", "votes"}
        | {"roles", "results", "ticks", "prefixes", "fillers"}
    ),
    "session": frozenset({"organization", "date", "agenda_item"}),
    "sections": _KINDS | {"end", "ticked"},
    "stems": _KINDS,
    "endings": _KINDS,
    "annexes": frozenset({"titles"}),
    "stops": frozenset({"person"}),
    "signatures": frozenset({"before"}),
}
PAPER = "papers"
"""What a user's profile adds to the profiles of all council systems goes by this name."""
TABLES = frozenset(_KEYS) - {"recognise"}
"""The tables that a user's profile may have."""
_GENERIC = "generic.toml"
_GENDER = re.compile(r"(?<=\w)(?:\s?[/*:_·]\s?-?in(?:nen)?\b|\(in(?:nen)?\))", re.IGNORECASE)
_BRACKETED = re.compile(r"\([^()]*\)")
_NUMBERING = re.compile(r"^(?:\(?(?:\d{1,2}|[IVX]{1,4}|[A-Za-z])[.)]|\d{1,2}(?:\.\d{1,2})+\.?)\s+")

Tables = dict[str, dict[str, tuple[str, ...]]]


@lru_cache(maxsize=20_000)
def label_key(text: str) -> str:
    """A printed label as letters and digits only: "Ansprechpartner/-in:" and "Ansprechpartner" are the same."""
    text = unicodedata.normalize("NFKC", text).casefold().replace("ß", "ss")
    return "".join(re.findall(r"[^\W_]+", _GENDER.sub("", text)))


def without_number(text: str) -> str:
    """A heading without its numbering ("2. Sachverhalt", "I. Beschluss")."""
    return _NUMBERING.sub("", text, count=1)


@dataclass(slots=True, frozen=True, eq=False)
class Profile:
    """The words of one council system, ready to look up."""

    system: str
    needs: tuple[str, ...]
    hints: tuple[str, ...]
    labels: Mapping[str, tuple[str, int]]
    """Label key -> (field, rank): the lower rank wins where two labels name one field."""
    columns: Mapping[str, str]
    """Key of a column header of the Beratungsfolge -> field of the consultation."""
    headings: Mapping[str, SectionKind]
    stems: Sequence[tuple[str, SectionKind]]
    """Parts of headings that no list knows."""
    endings: Sequence[tuple[str, SectionKind]]
    """Ends of headings that name who decides ("Der Kreistag möge beschließen")."""
    lists: Mapping[str, frozenset[str]]
    """"table.key" -> keys of its words."""
    prefixes: tuple[str, ...]
    """What stands before a committee in a list ("in den"), in lower case."""
    patterns: Mapping[str, tuple[re.Pattern[str], ...]]

    def kind_of(self, heading: str) -> SectionKind | None:
        """The kind of a section heading that is known; numbering and colon do not matter."""
        key = label_key(without_number(heading))
        known = self.headings.get(key) or self.headings.get(label_key(heading))
        return known or next((kind for ending, kind in self.endings if key.endswith(ending)), None)

    def leads_in(self, heading: str) -> bool:
        """Whether the heading is a sentence that goes on in the text below it."""
        return any(label_key(heading).endswith(ending) for ending, _ in self.endings)

    def likely_kind(self, heading: str) -> SectionKind:
        """The kind that the words of an unknown heading suggest, or "other"."""
        key = label_key(heading)
        return next((kind for stem, kind in self.stems if stem in key), "other")

    def column_of(self, header: str) -> str | None:
        """The field of the consultation that a column holds, by its header: "geplante Sitzungstermine (2024)"."""
        plain = _BRACKETED.sub("", header)
        words = [word for word in plain.split() if not self.has("consultations.fillers", word)]
        tries = (header, plain, " ".join(words), plain.split("/")[0])
        return next((name for text in tries if (name := self.columns.get(label_key(text)))), None)

    def has(self, name: str, text: str) -> bool:
        return label_key(text) in self.lists[name]

    def score(self, page_key: str) -> int:
        """How surely a first page, given as one long key, is of this system; 0 when it is not."""
        if not all(need in page_key for need in self.needs):
            return 0
        found = sum(hint in page_key for hint in self.hints)
        return 0 if self.hints and not found else len(self.needs) + found


def parse_profile(
    data: Mapping[str, Any], file: str, base: Tables | None = None, over: Tables | None = None
) -> Profile:
    """A profile out of the tables of a TOML file, on top of `base` (the tables of generic.toml) and below `over`.

    Raises ProfileError naming `file` and the key that is unknown or holds no list of strings.
    """
    own = checked_tables({table: content for table, content in data.items() if table != "system"}, file)
    layers = [over or {}, own, base or {}]
    merged = {table: {key: _joined(layers, table, key) for key in sorted(keys)} for table, keys in _KEYS.items()}
    system = data.get("system")
    if not isinstance(system, str) or not system:
        raise ProfileError(f"{file}: system must be the name of the council system")
    return Profile(
        system=system,
        needs=_keys(own.get("recognise", {}).get("all", ())),
        hints=_keys(own.get("recognise", {}).get("any", ())),
        labels=_labels(layers),
        columns={key: name for layer in reversed(layers) for key, name in _columns(layer).items()},
        headings={key: kind for layer in reversed(layers) for key, kind in _headings(layer).items()},
        stems=_parts(layers, "stems"),
        endings=_parts(layers, "endings"),
        lists={f"{table}.{key}": frozenset(_keys(words)) for table in merged for key, words in merged[table].items()},
        prefixes=tuple(f"{word.casefold()} " for word in merged["consultations"]["prefixes"]),
        patterns=compiled_patterns(merged["patterns"], file),
    )


def _joined(layers: Iterable[Tables], table: str, key: str) -> tuple[str, ...]:
    return tuple(chain.from_iterable(layer.get(table, {}).get(key, ()) for layer in layers))


def checked_tables(data: Mapping[str, Any], file: str) -> Tables:
    """The tables of a profile, without its name. Raises ProfileError naming `file` and the key that is wrong."""
    tables: Tables = {}
    for table, content in data.items():
        if table not in _KEYS or not isinstance(content, dict):
            raise ProfileError(f"{file}: {table} is not known; tables are {', '.join(sorted(_KEYS))}")
        for key, words in content.items():
            if key not in _KEYS[table]:
                raise ProfileError(f"{file}: {table}.{key} is not known; keys are {', '.join(sorted(_KEYS[table]))}")
            if not isinstance(words, list) or not all(isinstance(word, str) and word.strip() for word in words):
                raise ProfileError(f"{file}: {table}.{key} must be a list of non-empty strings")
            tables.setdefault(table, {})[key] = tuple(words)
    return tables


def compiled_patterns(patterns: Mapping[str, Iterable[str]], file: str) -> dict[str, tuple[re.Pattern[str], ...]]:
    """The regular expressions of the table [patterns]. Raises ProfileError naming `file` and the key."""
    compiled: dict[str, tuple[re.Pattern[str], ...]] = {}
    for key, words in patterns.items():
        try:
            compiled[key] = tuple(re.compile(word) for word in words)
        except re.error as error:
            raise ProfileError(f"{file}: patterns.{key} holds a broken regular expression: {error}") from error
    return compiled


def _keys(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(label_key(word) for word in words)


def _labels(layers: Sequence[Tables]) -> dict[str, tuple[str, int]]:
    labels: dict[str, tuple[str, int]] = {}
    for depth, layer in enumerate(layers):
        for name, words in layer.get("labels", {}).items():
            for rank, word in enumerate(words):
                labels.setdefault(label_key(word), (name, 100 * depth + rank))
    for word in chain.from_iterable(words for layer in layers for words in layer.get("session", {}).values()):
        labels.setdefault(label_key(word), ("none", 0))
    return labels


def _columns(layer: Tables) -> dict[str, str]:
    names = ("date", "organization", "role", "agenda_item", "public", "not_public", "result", "votes")
    table = layer.get("consultations", {})
    return {label_key(word): name for name in names for word in table.get(name, ())}


def _headings(layer: Tables) -> dict[str, SectionKind]:
    return {label_key(word): kind for kind in _kinds(layer, "sections") for word in layer["sections"][kind]}


def _parts(layers: Sequence[Tables], table: str) -> list[tuple[str, SectionKind]]:
    return [(label_key(word), kind) for at in layers for kind in _kinds(at, table) for word in at[table][kind]]


def _kinds(layer: Tables, table: str) -> list[SectionKind]:
    return [kind for kind in get_args(SectionKind) if kind in layer.get(table, {})]


@cache
def load_profiles() -> tuple[Profile, ...]:
    """The profiles that come with ratsplan, a user's own labels on top of each; the generic one is the last.

    Raises ProfileError naming the file that is broken.
    """
    folder = files("extractors.knowledge") / "papers"
    found = [entry for entry in folder.iterdir() if entry.name.endswith(".toml")]
    tables = {entry.name: _read(entry.name, entry.read_bytes()) for entry in found}
    generic = tables[_GENERIC]
    base = checked_tables({table: content for table, content in generic.items() if table != "system"}, _GENERIC)
    over = cast(Tables, added(PAPER))
    special = [parse_profile(tables[name], name, base, over) for name in sorted(tables) if name != _GENERIC]
    return (*special, parse_profile(generic, _GENERIC, over=over))


def _read(name: str, data: bytes) -> dict[str, Any]:
    try:
        return tomllib.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ProfileError(f"papers/{name}: cannot be read as TOML: {error}") from error


def recognise(texts: Iterable[str], profiles: Sequence[Profile] | None = None) -> Profile:
    """The profile whose words the lines `texts` of a first page print; the generic one when none fits."""
    known = profiles if profiles is not None else load_profiles()
    page_key = "|".join(label_key(text) for text in texts)
    scores = [profile.score(page_key) for profile in known[:-1]]
    best = max(scores, default=0)
    return known[scores.index(best)] if best > 0 else known[-1]
