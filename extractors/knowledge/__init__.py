"""Knowledge as data: TOML files about words and labels, the one way to read them, and a user's additions to them."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import _lru_cache_wrapper, cache
from importlib.resources import files
from typing import Any

from schemas.errors import ProfileError

Additions = Mapping[str, Mapping[str, Any]]
"""What a user's profile adds: name of a knowledge file -> tables in the form of that file."""

_added: Additions = {}


@cache
def load(name: str) -> dict[str, Any]:
    """The TOML file `name` (such as "columns.toml") of this folder with the additions in force, read once.

    Raises ProfileError naming the file when it is missing or no TOML.
    """
    try:
        tables = tomllib.loads((files(__name__) / name).read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ProfileError(f"{name}: cannot be read as TOML: {error}") from error
    return merged(tables, added(name))


def words(name: str, *keys: str) -> list[str]:
    """The list of strings at the path `keys` of a knowledge file.

    Raises ProfileError naming file and key when it is missing or no list of strings.
    """
    value: Any = load(name)
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ProfileError(f"{name}: {'.'.join(keys)} must be a list of strings")
    return value


def added(name: str) -> Mapping[str, Any]:
    """What the additions in force say for one knowledge file; empty where they say nothing."""
    return _added.get(name, {})


@contextmanager
def using(additions: Additions) -> Iterator[None]:
    """Have `additions` in force inside the block; they hold for the whole process."""
    global _added
    before = _added
    if additions == before:
        yield
        return
    _added = additions
    _forget()
    try:
        yield
    finally:
        _added = before
        _forget()


def _forget() -> None:
    """Empty every cache of this package's functions: most hold what was made of words, some without saying so."""
    root = __name__.partition(".")[0]
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == root:
            for value in list(vars(module).values()):
                if isinstance(value, _lru_cache_wrapper):
                    value.cache_clear()


def merged(tables: Mapping[str, Any], additions: Mapping[str, Any]) -> dict[str, Any]:
    """`tables` (or additions) with `additions`: lists of the additions come first, tables are merged."""
    result = dict(tables)
    for key, value in additions.items():
        known = result.get(key)
        if isinstance(value, Mapping):
            result[key] = merged(known or {}, value)
        elif isinstance(known, list):
            result[key] = [*value, *(entry for entry in known if entry not in value)]
        else:
            result[key] = value
    return result
