"""The numbers that measures carry: "3", "1.2.4", "M 5", "KS-3a", "HF1-M3"."""

from __future__ import annotations

import re
from collections.abc import Sequence

_PARTS = r"(?:[.\-_][A-ZÄÖÜ]{0,3}\d{1,3})"
_LETTERS = r"(?:[A-ZÄÖÜ]{1,4}[.\-_])?[A-ZÄÖÜ]{1,4}[ .\-_]?"
NUMBER = rf"(?:{_LETTERS})?\d{{1,3}}{_PARTS}*[a-z]?"
"""Pattern of any number of a measure."""
CODE = rf"(?:{_LETTERS}\d{{1,3}}{_PARTS}*[a-z]?|\d{{1,2}}{_PARTS}+[a-z]?)"
"""Pattern of a number that is no mere count: it has letters, or parts."""
_SEVERAL = re.compile(rf"{NUMBER}(?:[\s,]+{NUMBER})+")
_NUMBER = re.compile(rf"{NUMBER}[.):]?")
_CODE = re.compile(rf"{CODE}\.?:?")


def is_number(text: str) -> bool:
    """Whether a text is the number of a measure, and nothing else."""
    return _NUMBER.fullmatch(text) is not None


def is_code(text: str) -> bool:
    """Whether a text is a number that has letters or parts, as the number of a measure has beside its title."""
    return _CODE.fullmatch(text) is not None


def begins_with_code(words: Sequence[str]) -> bool:
    """Whether the first word, or the first two, are such a number, before others: "M 5 Radwege"."""
    return len(words) > 1 and (is_code(words[0]) or (len(words) > 2 and is_code(" ".join(words[:2]))))


def are_several(text: str) -> bool:
    """Whether a text is several numbers of one series: "M 1 M 2"."""
    if is_number(text) or _SEVERAL.fullmatch(text) is None:
        return False
    numbers = [match[0] for match in re.finditer(NUMBER, text)]
    return len({re.split(r"\d", number)[0] for number in numbers}) == 1
