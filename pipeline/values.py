"""Dates, spans of time and amounts of money in German texts, as values: for comparing them and saying by how much."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MONTHS = (
    ("jan",), ("feb",), ("mär", "mrz", "maer"), ("apr",), ("mai",), ("jun",),
    ("jul",), ("aug",), ("sep",), ("okt",), ("nov",), ("dez",),
)  # fmt: skip
_MONTH = "|".join(f"{stem}[a-zä]*" for stems in _MONTHS for stem in stems)
_DATE = re.compile(
    rf"(?P<iso>(?<!\d)\d{{4}}-\d\d-\d\d(?!\d))"
    rf"|(?<!\d)(?P<day>\d{{1,2}})\.\s*(?:(?P<month>\d{{1,2}})\.\s*|(?P<name>{_MONTH})\.?\s+)(?P<year>\d{{4}})(?!\d)"
    rf"|\b(?P<only>{_MONTH})\.?\s+(?P<of>\d{{4}})\b"
    rf"|(?<!\d)(?P<number>0?[1-9]|1[0-2])/(?P<slash>\d{{4}})\b"
    rf"|\b(?P<quarter>[1-4])\.\s*quartal\s+(?P<quarter_year>\d{{4}})\b"
    rf"|(?<![\d.,])(?P<plain>20\d\d|19\d\d)(?![\d.,]*\d|\s*(?:€|euro|eur)\b)",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"(?<![\d.,])(?P<number>\d{1,3}(?:[. \u00a0\u202f]\d{3})+(?:,\d+)?|\d+(?:,\d+)?)(?:,[-–—]+)?\s*"
    r"(?P<unit>(?:tausend|tsd\.?|t|mio\.?|millionen?|mrd\.?|milliarden?)\s*)?(?:€|euro\b|eur\b)",
    re.IGNORECASE,
)
_FACTORS = {"t": 1e3, "mi": 1e6, "mr": 1e9}


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


def dates_in(text: str) -> list[Day]:
    """The dates of a text in their order; a quarter is its last month."""
    return [_day(match) for match in _DATE.finditer(text)]


def amounts_in(text: str) -> list[float]:
    """The sums of money of a text, in euros."""
    return [_euros(match) for match in _AMOUNT.finditer(text)]


def as_value(text: str) -> str:
    """The text with its dates and amounts in one form, so that two ways to print a value are the same text."""
    text = _AMOUNT.sub(lambda match: f"{_euros(match):.2f} EUR", text)
    return _DATE.sub(lambda match: "{0.year:04d}-{0.month:02d}-{0.day:02d}".format(_day(match)), text)


def later_or_earlier(old: str, new: str) -> str | None:
    """`later by 6 months`, from the last dates of two texts; None where they have none or the same."""
    before, after = dates_in(old), dates_in(new)
    if not before or not after or before[-1] == after[-1]:
        return None
    ends = before[-1], after[-1]
    word = "later" if ends[1] > ends[0] else "earlier"
    months = abs(ends[1].months - ends[0].months)
    if not (ends[0].month and ends[1].month):
        months = 12 * abs(ends[1].year - ends[0].year)  # a year against a month: only whole years are sure
    if months and months % 12 == 0:
        return f"{word} by {_count(months // 12, 'year')}"
    if months:
        return f"{word} by {_count(months, 'month')}"
    days = abs(ends[1].day - ends[0].day)
    return f"{word} by {_count(days, 'day')}" if ends[0].day and ends[1].day else None


def more_or_less(old: str, new: str) -> str | None:
    """`higher by 5.000 €`, from the sums of two texts; None unless each has exactly one."""
    before, after = amounts_in(old), amounts_in(new)
    if len(before) != 1 or len(after) != 1 or before == after:
        return None
    by = abs(after[0] - before[0])
    amount = f"{by:,.2f}".removesuffix(".00").translate(str.maketrans(",.", ".,"))
    return f"{'higher' if after > before else 'lower'} by {amount} €"


def _day(match: re.Match[str]) -> Day:
    part = match.groupdict()
    if part["iso"]:
        return Day(*map(int, part["iso"].split("-")))
    if part["year"]:
        month = int(part["month"]) if part["month"] else _month(part["name"])
        return Day(int(part["year"]), month, int(part["day"]))
    if part["of"]:
        return Day(int(part["of"]), _month(part["only"]))
    if part["slash"]:
        return Day(int(part["slash"]), int(part["number"]))
    if part["quarter"]:
        return Day(int(part["quarter_year"]), 3 * int(part["quarter"]))
    return Day(int(part["plain"]))


def _month(name: str) -> int:
    return next(number for number, stems in enumerate(_MONTHS, 1) if name.lower().startswith(stems))


def _euros(match: re.Match[str]) -> float:
    number = float(re.sub(r"[. \u00a0\u202f]", "", match["number"]).replace(",", "."))
    unit = (match["unit"] or "").lower()
    return number * next((factor for stem, factor in _FACTORS.items() if unit.startswith(stem)), 1.0)


def _count(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
