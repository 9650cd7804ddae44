"""The words of values.toml as the readers of values use them, and texts made ready to be compared with them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from extractors.knowledge import load

_SPACE = re.compile(r"[\s\u00a0\u202f\u2009]+")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-") | {"\u00ad": None, "\u200b": None})


def setting(*keys: str) -> Any:
    """What values.toml says at the path `keys`."""
    value: Any = load("values.toml")
    for key in keys:
        value = value[key]
    return value


def plain(text: str) -> str:
    """A text in one line with single spaces and plain dashes, without soft hyphens."""
    return _SPACE.sub(" ", text.translate(_DASHES)).strip()


def key(text: str) -> str:
    """A text for comparing it with a word: without case, brackets and marks at its ends."""
    return plain(text).lower().strip(" .,;:!?()[]*\"'„“”-")


def either(words: Iterable[str]) -> str:
    """A pattern for one of the words, the longest first; spaces may be any white space, a full stop may follow."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered) + ")"


@cache
def whole(*keys: str) -> re.Pattern[str]:
    """A pattern that finds one of the words at `keys` as a whole word, anywhere in a text."""
    return re.compile(rf"(?<!\w){either(setting(*keys))}(?!\w)\.?", re.IGNORECASE)


@cache
def at_end(*keys: str) -> re.Pattern[str]:
    """A pattern that finds one of the words at `keys` where a text ends with it, but for a colon or full stop."""
    return re.compile(rf"(?<!\w){either(setting(*keys))}\s*[.:]?\s*$", re.IGNORECASE)


def number_word(text: str) -> float | None:
    """The number that a German word is, or None."""
    value = setting("numbers", "words").get(text.lower())
    return None if value is None else float(value)
