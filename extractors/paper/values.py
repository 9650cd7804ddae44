"""Printed values -> dates, yes or no, references."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = ("jan", "feb", "mär", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez")
_NUMERIC = re.compile(r"(?<![\d.])(\d{1,2})\. ?(\d{1,2})\. ?(\d{4}|\d{2})(?!\d)")
_SPELLED = re.compile(r"(?<![\d.])(\d{1,2})\. ?([A-Za-zä]{3,9})\.? (\d{4})(?!\d)")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_CLOSED = re.compile(r"\bnicht\s?-?\s?öffentlich|\bvertraulich\b|\bnichtöff\b|\bnö\b", re.IGNORECASE)
_OPEN = re.compile(r"\böffentlich|\böff\b|\böffentl\b", re.IGNORECASE)
_BEFORE_DATE = (
    r"(?:\b(?:am|vom|zum) +)?"
    r"(?:\b(?:Mo|Di|Mi|Do|Fr|Sa|So)(?:ntag|enstag|ttwoch|nnerstag|eitag|mstag|nnabend)?\b[., ]*)?"
    r"(?:\b(?:am|den|dem) +)?"
)
_BOX = re.compile(r"([☐☒☑□■✓✔✗\uf06f\uf0a8\uf0fe\uf078\uf052\uf0fc]|\[[ xX]?\]|\([ xX]\))")
"""Boxes to tick; those of the private use area are from Wingdings."""
_TICKED = re.compile(r"[☒☑■✓✔✗\uf0fe\uf078\uf052\uf0fcxX]")
_CENTURY = 50
"""A two-digit year up to this one is of the 21st century."""


def find_date(text: str) -> tuple[date, str] | None:
    """The first date that `text` prints, and how it is printed; None without a date that exists."""
    for pattern in (_NUMERIC, _SPELLED, _ISO):
        for match in pattern.finditer(text):
            found = _date(match, pattern is _ISO)
            if found is not None:
                return found, match.group()
    return None


def without_date(text: str, printed: str) -> str:
    """`text` with a line break for the date `printed`, its weekday and preposition ("am Dienstag, den 3.5.2024")."""
    return re.sub(_BEFORE_DATE + re.escape(printed), "\n", text, count=1, flags=re.IGNORECASE)


def _date(match: re.Match[str], iso: bool) -> date | None:
    first, month, last = match.groups()
    day, year = (last, first) if iso else (first, last)
    number = int(month) if month.isdigit() else _month(month)
    full = int(year) if len(year) == 4 else int(year) + (2000 if int(year) <= _CENTURY else 1900)
    try:
        return date(full, number, int(day))
    except ValueError:
        return None


def _month(name: str) -> int:
    short = name.casefold()[:3].replace("mae", "mär").replace("mrz", "mär")
    return _MONTHS.index(short) + 1 if short in _MONTHS else 0


def chosen(text: str) -> str:
    """The text at the ticked boxes ("☐ öffentlich ☒ nichtöffentlich"); the whole text where there are no boxes.

    The boxes stand behind their texts where the first thing is a text and the last one a box.
    """
    parts = _BOX.split(text.strip())
    if len(parts) == 1:
        return text
    texts = parts[:-1:2] if parts[0] and not parts[-1] else parts[2::2]
    return " ".join(part for mark, part in zip(parts[1::2], texts, strict=True) if _TICKED.search(mark)).strip()


def is_ticked(text: str) -> bool | None:
    """Whether a cell holds a cross, a ticked box or "ja"; None when it holds neither these nor their opposites."""
    key = text.strip(" .").casefold()
    if key in ("x", "ja"):
        return True
    if key in ("nein", "-", "–"):
        return False
    return bool(_TICKED.search(text)) if _BOX.fullmatch(text.strip()) else None


def find_public(text: str) -> bool | None:
    """True for "öffentlich", "Ö"; False for "nichtöffentlich", "N", "NÖ"; None where the text says neither or both."""
    text = chosen(text)
    key = text.strip().strip("().").casefold()
    if key in ("ö", "öff", "o"):
        return True
    if key in ("n", "nö", "nichtö", "n.ö"):
        return False
    rest, closed = _CLOSED.subn("", text)
    opened = _OPEN.search(rest) is not None
    return None if opened == bool(closed) else opened


def without_public(text: str) -> str:
    """`text` without "öffentlich" or "nichtöffentlich" and the brackets around it."""
    pattern = r"[(\[]?\s*-?\s*\b(?:nicht\s?-?\s?)?öffentliche?[rs]?\b\s*[)\]]?"
    return re.sub(pattern, " ", text, flags=re.IGNORECASE).strip(" -,;/\t")
