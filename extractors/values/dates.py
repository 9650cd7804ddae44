"""Times as they are printed: a day, a month, a quarter, a school year, ... -> the first and last day of each.

One reader for all who need it: the typed periods of measures, and the comparison of drafts.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from extractors.values.words import either, setting

DASH = r"(?:-|‐|‑|‒|–|—)"
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_ORDINALS = {"erste": 1, "zweite": 2, "dritte": 3, "vierte": 4}
_YEARS = re.compile(r"\d\d")
"""What a text without any time lacks: each has a year, of two digits at least."""
_CENTURY = 50
"""A two-digit year up to this one is of the 21st century."""

Part = Mapping[str, str | None]


@dataclass(frozen=True, slots=True, order=True)
class Day:
    """A date as exact as it is printed; `month` and `day` are 0 where only the year or the month is."""

    year: int
    month: int = 0
    day: int = 0

    @property
    def months(self) -> int:
        """Months since year 0."""
        return self.year * 12 + max(self.month - 1, 0)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"

    @property
    def first(self) -> date:
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        return last_of(self.year, self.month or 12) if not self.day else self.first


@dataclass(frozen=True, slots=True)
class Time:
    """A time in a text: `days` are the one date that is printed, or the first and the last of a span of time.

    `begin` and `stop` are offsets into the text; `vague` says that its words name no exact days; `bare` that it is
    nothing but a year, or two.
    """

    days: tuple[Day, ...]
    begin: int
    stop: int
    vague: bool = False
    bare: bool = False

    @property
    def first(self) -> date:
        return self.days[0].first

    @property
    def last(self) -> date:
        return self.days[-1].last


def times_in(text: str) -> list[Time]:
    """The times of a text in their order; what names a day that does not exist is none."""
    found: list[Time] = []
    if not _YEARS.search(text):
        return found
    taken: list[tuple[int, int]] = []  # also by what names no time that exists: its year alone would be wrong
    for form, pattern in _patterns():
        for match in pattern.finditer(text):
            if not any(match.start() < stop and begin < match.end() for begin, stop in taken):
                taken.append(match.span())
                found += _times(form, match)
    return sorted(found, key=lambda time: time.begin)


def last_of(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def month_number(name: str) -> int:
    """Which month a printed name is."""
    return _months()[name.lower().rstrip(".")]


def _iso(part: Part) -> tuple[Day, ...]:
    return (Day(*(int(piece) for piece in str(part["day"]).split("-"))),)


def _day_span(part: Part) -> tuple[Day, ...]:
    end = Day(_full(part["y2"]), int(part["m2"] or 0), int(part["d2"] or 0))
    year = _full(part["y1"]) if part.get("y1") else end.year
    return Day(year, int(part.get("m1") or end.month), int(part["d1"] or 0)), end


def _day(part: Part) -> tuple[Day, ...]:
    month = part.get("month")
    number = int(month) if month else month_number(str(part["name"]))
    day = Day(_full(part["year"]), number, int(part["day"] or 0))
    if not day.day or not 1 <= number <= 12:
        raise ValueError
    return (day,)


def _month_span(part: Part) -> tuple[Day, ...]:
    year = int(part["year"] or 0)
    return Day(year, month_number(str(part["one"]))), Day(year, month_number(str(part["two"])))


def _month(part: Part) -> tuple[Day, ...]:
    name = part.get("name")
    month = month_number(name) if name else int(part["number"] or 0)
    return (Day(_full(part["year"]), month),)


def _quarters(part: Part) -> tuple[Day, ...]:
    numbers = _ordinals(part)
    year = _full(part["year"])
    return Day(year, 3 * numbers[0] - 2), Day(year, 3 * numbers[-1])


def _half(part: Part) -> tuple[Day, ...]:
    number = _ordinals(part)[0]
    if number > 2:
        raise ValueError
    year = _full(part["year"])
    return Day(year, 6 * number - 5), Day(year, 6 * number)


def _weeks(part: Part) -> tuple[Day, ...]:
    """Calendar weeks of ISO 8601, Monday to Sunday."""
    first = int(part["one"] or 0)
    last, year = int(part.get("two") or first), int(part["year"] or 0)
    days = date.fromisocalendar(year, first, 1), date.fromisocalendar(year, last, 7)
    return tuple(Day(day.year, day.month, day.day) for day in days)


def _school_year(part: Part) -> tuple[Day, ...]:
    return Day(_next_year(part) - 1, 8), Day(_next_year(part), 7)


def _winter_term(part: Part) -> tuple[Day, ...]:
    return Day(_next_year(part) - 1, 10), Day(_next_year(part), 3)


def _summer_term(part: Part) -> tuple[Day, ...]:
    return Day(int(part["year"] or 0), 4), Day(int(part["year"] or 0), 9)


def _season(part: Part) -> tuple[Day, ...]:
    first, last = setting("time", "seasons")[str(part["name"]).lower()]
    year = int(part["year"] or 0)
    if first < last:
        return () if part.get("next") else (Day(year, first), Day(year, last))
    # "Winter 2025" may be the one before or after: only "Winter 2025/26" says which.
    return (Day(_next_year(part) - 1, first), Day(_next_year(part), last)) if part.get("next") else ()


def _part(part: Part) -> tuple[Day, ...]:
    name, year = str(part["name"]).lower(), int(part["year"] or 0)
    if part.get("month"):
        month = month_number(str(part["month"]))
        first, last = setting("time", "month_parts")[name]
        return Day(year, month, first), Day(year, month, min(last, calendar.monthrange(year, month)[1]))
    first, last = setting("time", "parts")[name]
    return Day(year, first), Day(year, last)


def _whole_part(part: Part) -> tuple[Day, ...]:
    name = setting("time", "whole_parts")[str(part["name"]).lower()]
    return _part({"name": name, "year": part["year"]})


def _years(part: Part) -> tuple[Day, ...]:
    first = int(part["year"] or 0)
    last = int(str(first)[: 4 - len(str(part["next"]))] + str(part["next"]))
    if last <= first:
        raise ValueError
    return Day(first), Day(last)


def _year(part: Part) -> tuple[Day, ...]:
    return (Day(int(part["year"] or 0)),)


@dataclass(frozen=True, slots=True)
class _Form:
    """How a time is printed: a pattern with `«name»` for the pieces of `_pieces`, and the reader of its groups."""

    read: Callable[[Part], tuple[Day, ...]]
    pattern: str
    vague: bool = False
    bare: bool = False


_FORMS = (
    _Form(_iso, r"(?<!\d)(?P<day>\d{4}-\d\d-\d\d)(?!\d)"),
    _Form(
        _day_span,
        r"(?<![\d.])(?P<d1>\d{1,2})\.\s*(?:(?P<m1>\d{1,2})\.\s*(?P<y1>«YEAR»|\d\d(?!\d))?)?\s*(?:«dash»|bis(?:\s+zum)?)\s*"
        r"(?P<d2>\d{1,2})\.\s*(?P<m2>\d{1,2})\.\s*(?P<y2>«YEAR»|\d\d)(?!\d)",
    ),
    _Form(
        _day,
        r"(?<![\d.])(?P<day>\d{1,2})\.\s*(?:(?P<month>\d{1,2})\.\s*|(?P<name>«month»)\b\.?\s+)(?P<year>«YEAR»|\d\d)(?!\d)",
    ),
    _Form(_month_span, r"\b(?P<one>«month»)\b\.?«to»(?P<two>«month»)\b\.?«between»(?P<year>«year»)"),
    _Form(
        _part,
        r"\b(?P<name>«parts»)\s+(?:des\s+jahres\s+)?(?:(?P<month>«month»)\b\.?\s+)?(?P<year>«year»)(?!\s*[-–/]\s*\d\d)",
        vague=True,
    ),
    _Form(_whole_part, r"\b(?P<name>«whole_parts»)\s+(?P<year>«year»)", vague=True),
    _Form(_month, r"\b(?P<name>«month»)\b\.?«between»(?P<year>«year»)"),
    _Form(
        _quarters,
        r"(?<![\d.,\w])(?P<one>«ordinal»)\.?(?:«to»(?P<two>«ordinal»)\.?)?\s*«quarter»\b\.?«between»(?P<year>«short»)",
    ),
    _Form(
        _quarters,
        r"\b«quarter»\s*(?P<one>«ordinal»)\b(?:«to»(?:«quarter»\s*)?(?P<two>[1-4]|i{1,3}|iv)\b(?!\d))?«between»(?P<year>«short»)",
    ),
    _Form(
        _quarters,
        r"(?<![\d.,])(?P<year>«YEAR»)\s*[/,-]?\s*(?:q\s*(?P<one>[1-4])\b|(?P<two>«ordinal»)\.?\s*«quarter»\b)",
    ),
    _Form(
        _quarters, r"(?<![\w./])(?P<one>iii|ii|iv|i)(?:\s?(?:«dash»|/)\s?(?P<two>iii|ii|iv|i))?\s?/\s?(?P<year>«year»)"
    ),
    _Form(_half, r"(?<![\d.,\w])(?P<one>«ordinal»)\.?\s*«half»\b\.?«between»(?P<year>«short»)"),
    _Form(_half, r"\b(?:«half»\s*|h\s?)(?P<one>[12]|ii?)\b«between»(?P<year>«year»)"),
    _Form(_half, r"(?<![\d.,])(?P<year>«YEAR»)\s*[/,-]?\s*(?:h\s?(?P<one>[12])\b|(?P<two>«ordinal»)\.?\s*«half»\b)"),
    _Form(_weeks, r"\b«week»\s*(?P<one>\d{1,2})(?:\s*(?:«dash»|bis)\s*(?P<two>\d{1,2}))?«between»(?P<year>«year»)"),
    _Form(_weeks, r"(?<!\d)(?P<one>\d{1,2})\.\s*«week»\b«between»(?P<year>«year»)"),
    _Form(_month, r"(?<![\d.,/])(?P<number>0?[1-9]|1[0-2])\s?/\s?(?P<year>«year»)"),
    _Form(_month, r"(?<![\d.,])(?P<number>0[1-9]|1[0-2])\.(?P<year>«year»)"),
    _Form(_school_year, r"\b«school_year»\s+(?P<year>«YEAR»)«next»"),
    _Form(_winter_term, r"\b«winter_term»\s+(?P<year>«YEAR»)«next»"),
    _Form(_summer_term, r"\b«summer_term»\s+(?P<year>«year»)"),
    _Form(_season, r"\b(?P<name>«seasons»)\s+(?:des\s+jahres\s+)?(?P<year>«YEAR»)(?:«next»|(?!\d))", vague=True),
    _Form(
        _years,
        r"(?<![\d.,/])(?<!\d[-–])(?P<year>«YEAR»)\s?(?:/|«dash»)\s?(?P<next>20\d\d|\d\d)(?![\d.,]*\d|\s*(?:«money»|%)|-\d)",
        bare=True,
    ),
    _Form(_year, r"(?<![\d.,])(?P<year>«YEAR»)(?![\d.,]*\d|\s*«money»)", bare=True),
)
"""Of two forms at one place of a text the first one counts."""


def _full(year: str | None) -> int:
    number = int((year or "0").lstrip("'’"))
    return number if number > 99 else number + (2000 if number <= _CENTURY else 1900)


def _next_year(part: Part) -> int:
    """The second year of `2025/26`. Raises ValueError where it is not the one after the first."""
    first, second = int(part["year"] or 0), int(part["next"] or 0)
    if second not in (first + 1, (first + 1) % 100):
        raise ValueError
    return first + 1


def _ordinals(part: Part) -> list[int]:
    texts = part.get("one"), part.get("two")
    return [_ordinal(text) for text in texts if text]


def _ordinal(text: str) -> int:
    text = text.lower()
    return _ROMAN.get(text) or _ORDINALS.get(text.rstrip("nrs")) or int(text)


@cache
def _months() -> dict[str, int]:
    names: Iterable[list[str]] = setting("time", "months")
    return {name: number for number, forms in enumerate(names, 1) for name in forms}


@cache
def _patterns() -> tuple[tuple[_Form, re.Pattern[str]], ...]:
    pieces = _pieces()
    filled = (re.sub("«(\\w+)»", lambda match: pieces[match[1]], form.pattern) for form in _FORMS)
    return tuple((form, re.compile(pattern, re.IGNORECASE)) for form, pattern in zip(_FORMS, filled, strict=True))


def _pieces() -> dict[str, str]:
    """What stands for the names in the patterns."""
    year = r"(?:19|20)\d\d"
    return {
        "YEAR": year,
        "year": rf"{year}(?!\d|[.,]\d)",
        "short": rf"(?:{year}(?!\d)|['’]?\d\d(?!\d))",
        "next": r"\s*/\s*(?P<next>(?:20)?\d\d)(?!\d)",
        "dash": DASH,
        "to": rf"\s*(?:{DASH}|/|bis|und|&)\s*",
        "between": rf"\s*(?:/|,|{DASH}|des\s+jahres|im\s+jahre?|in)?\s*",
        "ordinal": r"(?:iii|ii|iv|i|[1-4]|(?:erste|zweite|dritte|vierte)[nrs]?)",
        "money": r"(?:€|euro\b|eur\b|t€|teur\b|tsd\b)",
        "month": either(_months()),
        "parts": either(setting("time", "parts")),
        "whole_parts": either(setting("time", "whole_parts")),
        "seasons": either(setting("time", "seasons")),
        "quarter": either(setting("time", "quarters")),
        "half": either(setting("time", "halves")),
        "week": either(setting("time", "weeks")),
        "school_year": either(setting("time", "school_years")),
        "winter_term": either(setting("time", "winter_terms")),
        "summer_term": either(setting("time", "summer_terms")),
    }


def _times(form: _Form, match: re.Match[str]) -> list[Time]:
    """The time of a match; none where it names a day that does not exist, or ends before it begins."""
    try:
        days = form.read(match.groupdict())
        if not days or days[0].first > days[-1].last:
            return []
    except ValueError:
        return []
    return [Time(days, match.start(), match.end(), form.vague, form.bare)]
