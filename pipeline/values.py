"""How a date or an amount changed from one text to another, in words; and texts with their values in one form."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from extractors.values.amounts import Money, money_in, read_cost
from extractors.values.dates import Day, Time, times_in
from extractors.values.periods import read_period
from extractors.values.states import read_priority, read_status

_FEW_DAYS = 60
"""Days up to which a shift is told in days."""
_MONTH = 30.4
"""Days of a month."""


def dates_in(text: str) -> list[Day]:
    """The dates of a text in their order; a span of time is its last one."""
    return [time.days[-1] for time in times_in(text)]


def amounts_in(text: str) -> list[float]:
    """The sums of money of a text, in euros; a span is its least and its most."""
    return [amount for money in money_in(text) for amount in dict.fromkeys((money.least, money.most))]


def as_value(text: str) -> str:
    """The text with its dates and amounts in one form, so that two ways to print a value are the same text."""
    for money in reversed(money_in(text)):
        text = f"{text[: money.begin]}{_sum(money)}{text[money.stop :]}"
    for time in reversed(times_in(text)):
        text = text if time.vague else f"{text[: time.begin]}{_date(time)}{text[time.stop :]}"
    return text


def later_or_earlier(old: str, new: str) -> str | None:
    """`later by 6 months`, from the last dates of two texts, and `begins later by 1 year` from the first of spans.

    None where one has no date, or they say the same.
    """
    before, after = ([day for time in times_in(text) for day in time.days] for text in (old, new))
    if not before or not after:
        return None
    ends = _shift(before[-1], after[-1])
    begins = _shift(before[0], after[0]) if len(before) > 1 and len(after) > 1 else None
    if begins is None or begins == ends:
        return ends
    return f"begins {begins}, ends {ends}" if ends else f"begins {begins}"


def more_or_less(old: str, new: str) -> str | None:
    """`higher by 5.000 €`, from the sum, or the span of sums, of two texts; None where that cannot be said."""
    if read_cost(old).per != read_cost(new).per:
        return None
    before, after = amounts_in(old), amounts_in(new)
    by = {round(b - a, 2) for a, b in zip(before, after, strict=False)}
    if len(before) != len(after) or len(by) != 1 or by == {0}:
        return None
    (more,) = by
    return f"{'higher' if more > 0 else 'lower'} by {_euros(abs(more))}"


def other_state(field: str, old: str, new: str) -> str | None:
    """`now done, before in progress`, from what two texts of the field `progress`, `priority` or `period` mean.

    None where one of them names no state, or they name the same.
    """
    before, after = (_STATES[field](text) for text in (old, new))
    if before is None or after is None or before == after:
        return None
    return f"now {after.replace('_', ' ')}, before {before.replace('_', ' ')}"


_STATES: Mapping[str, Callable[[str], str | None]] = {
    "progress": lambda text: read_status(text)[0],
    "priority": lambda text: read_priority(text).level,
    "period": lambda text: read_period(text).term,
}


def _shift(old: Day, new: Day) -> str | None:
    """By how much a date moved, as exact as both are printed."""
    if old == new:
        return None
    word = "later" if new > old else "earlier"
    if not (old.month and new.month):  # a year against a month: only whole years are sure
        years = abs(new.year - old.year)
        return f"{word} by {_count(years, 'year')}" if years else None
    months = abs(new.months - old.months)
    if old.day and new.day and not _same_day(old, new):
        days = abs((new.first - old.first).days)
        return f"{word} by {_count(days, 'day') if days < _FEW_DAYS else f'about {round(days / _MONTH)} months'}"
    if not months:
        return None
    return f"{word} by {_count(months // 12, 'year') if months % 12 == 0 else _count(months, 'month')}"


def _same_day(old: Day, new: Day) -> bool:
    """Whether both are the same day of their months; the last day of one is the last of any."""
    return old.day == new.day or all(day.first == Day(day.year, day.month).last for day in (old, new))


def _euros(amount: float) -> str:
    return f"{amount:,.2f}".removesuffix(".00").translate(str.maketrans(",.", ".,")) + " €"


def _sum(money: Money) -> str:
    return " - ".join(f"{amount:.2f} EUR" for amount in dict.fromkeys((money.least, money.most)))


def _date(time: Time) -> str:
    return " - ".join(str(day) for day in time.days)


def _count(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
