"""A user's own profile: the words of one town, in one TOML file, as additions to the knowledge of ratsplan.

    [columns]             header of a column or label of a box:  record field = [words]
    [fields_of_action]    words = [...]: what stands before the name of a field of action
    [actors]              whole names:  kind of actor = [names]
    body, [[actor]]       a registry of actors with aliases and identifiers, as in actor_file.py
    [roles.<role>]        role words of a responsibility cell:  labels, leads, follows, nouns = [...]
    [labels], [sections], [consultations], ...   what papers print, as in knowledge/papers/*.toml

docs/profile.md tells it with an example. What a profile says wins over what ratsplan knows.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from typing import Any, get_args

from extractors.actor_file import REGISTRY_KEYS, registered_actors
from extractors.knowledge import Additions
from extractors.meanings import key_of, meaning_names
from extractors.paper.profiles import PAPER, TABLES, checked_tables, compiled_patterns
from schemas.errors import ProfileError
from schemas.records import ActorKind, Role

_OWN = ("columns", "fields_of_action", "actors", "roles")
_ROLE_WORDS = ("labels", "leads", "follows", "nouns")
_COMPOUND = 5
"""Letters from which a single word of a column counts inside longer words, too."""


def read_profile(data: bytes, name: str) -> Additions:
    """The additions that the bytes of a profile make; `name` is what messages call the file.

    Raises ProfileError naming file and key when something is unknown, of the wrong kind, or no TOML.
    """
    try:
        tables = tomllib.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ProfileError(f"{name}: cannot be read as TOML: {error}") from error
    _known(tables, {*_OWN, *REGISTRY_KEYS, *TABLES}, name, "")
    paper = checked_tables({key: value for key, value in tables.items() if key in TABLES}, name)
    compiled_patterns(paper.get("patterns", {}), name)
    fields = _fields_of_action(_table(tables, "fields_of_action", name), name)
    return {
        "columns.toml": {**_columns(_table(tables, "columns", name), name), **fields},
        "actors.toml": _actors(_table(tables, "actors", name), name) | registered_actors(tables, name),
        "roles.toml": _roles(_table(tables, "roles", name), name),
        PAPER: paper,
    }


def _columns(table: Mapping[str, Any], name: str) -> dict[str, Any]:
    _known(table, meaning_names(), name, "columns")
    added: dict[str, Any] = {}
    for key, value in table.items():
        words = [key_of(word) for word in _strings(value, name, f"columns.{key}")]
        added[key] = {"exact": words, "stems": [word for word in words if " " not in word and len(word) >= _COMPOUND]}
    return added


def _fields_of_action(table: Mapping[str, Any], name: str) -> dict[str, Any]:
    _known(table, ("words",), name, "fields_of_action")
    words = [key_of(word) for word in _strings(table.get("words", []), name, "fields_of_action.words")]
    wrong = next((word for word in words if " " in word), None)
    if wrong is not None:
        raise ProfileError(f"{name}: fields_of_action.words: {wrong!r} must be a single word")
    return {"plan": {"field_labels": {"words": words}}} if words else {}


def _actors(table: Mapping[str, Any], name: str) -> dict[str, Any]:
    _known(table, get_args(ActorKind), name, "actors")
    names = {kind: _strings(value, name, f"actors.{kind}") for kind, value in table.items()}
    return {"names": names} if names else {}


def _roles(table: Mapping[str, Any], name: str) -> dict[str, Any]:
    _known(table, get_args(Role), name, "roles")
    added: dict[str, Any] = {}
    for role, lists in table.items():
        if not isinstance(lists, Mapping):
            raise ProfileError(f"{name}: roles.{role} must be a table with {', '.join(_ROLE_WORDS)}")
        _known(lists, _ROLE_WORDS, name, f"roles.{role}")
        added[role] = {
            key: [word.casefold() for word in _strings(value, name, f"roles.{role}.{key}")]
            for key, value in lists.items()
        }
    return added


def _known(table: Mapping[str, Any], keys: Collection[str], name: str, path: str) -> None:
    unknown = next((key for key in table if key not in keys), None)
    if unknown is not None:
        where = f"{path}.{unknown}" if path else unknown
        raise ProfileError(f"{name}: {where} is not known; it may be one of {', '.join(sorted(keys))}")


def _table(tables: Mapping[str, Any], key: str, name: str) -> Mapping[str, Any]:
    table = tables.get(key, {})
    if not isinstance(table, Mapping):
        raise ProfileError(f"{name}: {key} must be a table: [{key}]")
    return table


def _strings(value: Any, name: str, path: str) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(word, str) and word.strip() for word in value):
        raise ProfileError(f"{name}: {path} must be a list of non-empty strings")
    return value
