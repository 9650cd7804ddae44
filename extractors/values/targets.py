"""The target that an indicator names: "12x im Jahr", "mindestens 30 %", "3 Gruppen bis 2026", "Steigerung um 10 %".

A number counts where the text begins with it, where a word of comparison leads it, or where it says by or to how much
something changes; any other number is no target.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from extractors.values.amounts import read_per
from extractors.values.dates import DASH, times_in
from extractors.values.words import at_end, either, number_word, plain, setting, whole
from schemas.records import Per, TargetComparison

_NUMBER = r"(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?)"
_PERS: tuple[Per, ...] = ("year", "half_year", "quarter", "month", "week", "day")
_LEADS: tuple[TargetComparison, ...] = ("at_least", "more_than", "at_most", "less_than", "about")
_UNIT = re.compile(
    r"\s*(?:%|Prozent(?:punkte)?\b|€|Euro\b|EUR\b|°C|m²|kWp?\b|kWh\b|t\b|[A-ZÄÖÜ][\w/*:-]*|[a-zäöüß][\w-]{2,})"
)
_MORE = re.compile(r"(?:\bund|\bsowie|\bplus|[,;/+])\s*\d+\s+[^\W\d]", re.IGNORECASE)
"""A second count beside the first one: "10 Schulen und 5 Kitas"."""
_UNIT_NAMES = {"prozent": "%", "euro": "€", "eur": "€"}


@dataclass(frozen=True, slots=True)
class Target:
    """A target: `value`, with `maximum` of a span; `unit` is the word that is printed; `per` for what it is once."""

    value: float | None = None
    maximum: float | None = None
    comparison: TargetComparison | None = None
    unit: str | None = None
    per: Per | None = None
    date: date | None = None


def read_target(text: str) -> Target:
    """The target of an indicator's text; all None where it names none, or more than one."""
    text = plain(text)
    if not _numbers().search(text):
        return Target()
    times = times_in(text)
    masked = text
    for time in times:
        masked = masked[: time.begin] + "\x00" * (time.stop - time.begin) + masked[time.stop :]
    found = [target for match in _numbers().finditer(masked) if (target := _target(masked, match)) is not None]
    if len(found) != 1 or _MORE.search(masked):
        return Target()
    target = found[0]
    ends = [time.last for time in times if at_end("time", "until").search(text[: time.begin])]
    by = ends[0] if len(ends) == 1 else None
    return Target(target.value, target.maximum, target.comparison, target.unit, target.per, by)


def _target(text: str, match: re.Match[str]) -> Target | None:
    before, after = text[: match.start()], text[match.end() :]
    if at_end("target", "not_a_target").search(before) or re.match(r"\.\s|\)|/\d|[:]\d", after):
        return None
    comparison = _comparison(before)
    if comparison is None and not _begins(before):
        return None
    value, maximum = _value(match["one"]), _value(match["two"]) if match["two"] else None
    if value is None or (maximum is not None and maximum < value):
        return None
    if match["one"].isalpha() and value <= 1 and match["times"] is None and comparison is None:
        return None  # "ein Konzept": an article, not a count
    unit, rest = ("x", after) if match["times"] else _unit(after)
    if (unit is None and comparison is None and match["times"] is None) or unit in setting("target", "fractions"):
        return None
    return Target(value, maximum, comparison, unit, read_per("", rest) or _recurring(rest) or _recurring(before))


def _comparison(before: str) -> TargetComparison | None:
    """What leads a number: a word of comparison, or of change with "um" or "auf"."""
    changed = re.search(r"\b(um|auf)\s+(?:\w+\.?\s+){0,2}$|(?<![\w])([+±-])\s?$", before, re.IGNORECASE)
    for direction in ("increase", "decrease"):
        if changed and changed[1] and whole("target", direction).search(before):
            return f"{direction}_{'by' if changed[1].lower() == 'um' else 'to'}"  # type: ignore[return-value]
    if changed and changed[2] == "+":
        return "increase_by"
    return next((lead for lead in _LEADS if at_end("target", lead).search(before)), None)


def _begins(before: str) -> bool:
    """Whether a number stands first in its text, but for "jährlich" and for a label such as "Ziel" or "Anteil:"."""
    lead = f"{either(setting('target', 'labels'))}|{either(setting('time', 'rhythms'))}|[^:.;]*:"
    return re.fullmatch(rf"\W*(?:(?:{lead})\s*)?", before, re.IGNORECASE) is not None


def _unit(after: str) -> tuple[str | None, str]:
    """The word that is counted, behind words such as "neue"; and the text behind it."""
    skipped = set(setting("target", "not_a_unit"))
    rest = after
    for _ in range(3):
        match = _UNIT.match(rest)
        if match is None:
            return None, after
        word = match[0].strip()
        rest = rest[match.end() :]
        if word[0].isupper() or not word[0].isalpha() or word in ("kWh", "kWp", "kW", "m²", "t"):
            return _UNIT_NAMES.get(word.lower(), word), rest
        if word not in skipped and not re.search(r"(?:e|en|er|es|ige|liche)$", word):
            return None, after
    return None, after


def _recurring(rest: str) -> Per | None:
    """`4 Sitzungen des Arbeitskreises im Jahr`: for what the count is once, told behind what is counted."""
    rest = re.split(r"[.;,]\s", rest)[0]
    found = {per for per in _PERS if whole("per", per).search(rest)}
    return found.pop() if len(found) == 1 else None


def _value(text: str) -> float | None:
    known = number_word(text)
    return known if known is not None else float(text.replace(".", "").replace(",", "."))


@cache
def _numbers() -> re.Pattern[str]:
    number = rf"(?:{_NUMBER}|{either(setting('numbers', 'words'))})"
    return re.compile(
        rf"(?<![\w.,/\x00-])(?P<one>{number})(?:\s*(?:{DASH}|bis)\s*(?P<two>{number}))?"
        rf"(?P<times>\s?{either(setting('target', 'times'))}(?!\w))?(?![\w]|[.,]\d)",
        re.IGNORECASE,
    )
