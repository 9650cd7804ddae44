"""Knowledge as data: TOML files about words and labels, and the one way to read them."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from schemas.errors import ProfileError


@cache
def load(name: str) -> dict[str, Any]:
    """The TOML file `name` (such as "columns.toml") of this folder, read once.

    Raises ProfileError naming the file when it is missing or no TOML.
    """
    try:
        return tomllib.loads((files(__name__) / name).read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ProfileError(f"{name}: cannot be read as TOML: {error}") from error


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
