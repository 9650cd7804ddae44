"""A user's own registry of actors: `actors.toml`, or the same tables in a profile. It wins over everything else.

    body = "Kreis Rendsburg-Eckernförde"                       town or county of all documents read with it

    [[actor]]
    name = "Koordinierungsstelle Integration und Teilhabe"     the one name of the actor
    aliases = ["KIT", "KIT-Stelle"]                            what documents print for it
    kind = "unit"                                              one of the kinds of actors.csv
    wikidata = "Q64"                                           or identifier = "isni:0000000123456789"
    body = "Kreis Rendsburg-Eckernförde"                       town or county that it belongs to, if not all

docs/actors.md tells it with an example.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from typing import Any, get_args

from extractors.knowledge import Additions
from schemas.errors import ProfileError
from schemas.records import ActorKind

_KEYS = ("name", "aliases", "kind", "identifier", "wikidata", "body")
REGISTRY_KEYS = ("actor", "body")
"""Keys of the file, and of a profile, that this module reads."""
_WIKIDATA = re.compile(r"Q[1-9]\d*")


def read_actor_file(data: bytes, name: str) -> Additions:
    """The additions that the bytes of a registry file make; `name` is what messages call the file.

    Raises ProfileError naming file and key when something is unknown, of the wrong kind, given twice, or no TOML.
    """
    try:
        tables = tomllib.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ProfileError(f"{name}: cannot be read as TOML: {error}") from error
    unknown = next((key for key in tables if key not in REGISTRY_KEYS), None)
    if unknown is not None:
        raise ProfileError(f"{name}: {unknown} is not known; an actor begins with [[actor]]")
    return {"actors.toml": registered_actors(tables, name)}


def registered_actors(tables: Mapping[str, Any], name: str) -> dict[str, Any]:
    """`body` and the entries of `[[actor]]`, checked, in the form of an addition to knowledge/actors.toml.

    Raises ProfileError as `read_actor_file` does.
    """
    body = {"body": _text(tables["body"], name, "body")} if "body" in tables else {}
    entries = tables.get("actor", [])
    if not isinstance(entries, list) or not all(isinstance(entry, Mapping) for entry in entries):
        raise ProfileError(f"{name}: actor must be a list of tables: [[actor]]")
    actors = [_actor(entry, name, f"actor {number}") for number, entry in enumerate(entries, 1)]
    taken: dict[str, str] = {}
    for actor in actors:
        for printed in dict.fromkeys([actor["name"], *actor["aliases"]]):
            other = taken.setdefault(printed.casefold(), actor["name"])
            if other != actor["name"]:
                raise ProfileError(f"{name}: {printed!r} is a name of {other!r} and of {actor['name']!r}")
    return body | ({"registry": actors} if actors else {})


def _actor(entry: Mapping[str, Any], name: str, path: str) -> dict[str, Any]:
    unknown = next((key for key in entry if key not in _KEYS), None)
    if unknown is not None:
        raise ProfileError(f"{name}: {path}: {unknown} is not known; it may be one of {', '.join(_KEYS)}")
    if "name" not in entry:
        raise ProfileError(f"{name}: {path}: name is missing")
    texts = {key: _text(entry[key], name, f"{path}: {key}") for key in _KEYS if key in entry and key != "aliases"}
    kinds = get_args(ActorKind)
    if texts.get("kind", kinds[0]) not in kinds:
        raise ProfileError(f"{name}: {path}: kind must be one of {', '.join(kinds)}")
    return {
        "name": texts["name"],
        "aliases": _aliases(entry.get("aliases", []), name, f"{path}: aliases"),
        "kind": texts.get("kind"),
        "identifier": _identifier(texts, name, path),
        "body": texts.get("body"),
    }


def _aliases(value: Any, name: str, path: str) -> Sequence[str]:
    if not isinstance(value, list):
        raise ProfileError(f"{name}: {path} must be a list of strings")
    return [_text(alias, name, path) for alias in value]


def _identifier(texts: Mapping[str, str], name: str, path: str) -> str | None:
    wikidata = texts.get("wikidata")
    if wikidata is None:
        return texts.get("identifier")
    if "identifier" in texts:
        raise ProfileError(f"{name}: {path}: wikidata and identifier exclude each other")
    if not _WIKIDATA.fullmatch(wikidata):
        raise ProfileError(f'{name}: {path}: wikidata must be the number of an item, such as "Q64"')
    return f"wikidata:{wikidata}"


def _text(value: Any, name: str, path: str) -> str:
    if not isinstance(value, str) or not any(c.isalnum() for c in value):
        raise ProfileError(f"{name}: {path} must be a text")
    return " ".join(value.split())
