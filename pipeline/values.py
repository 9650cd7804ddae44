"""How a date or an amount changed from one text to another, in words; and texts with their values in one form."""

from __future__ import annotations

from extractors.values.amounts import Money, money_in
from extractors.values.dates import Day, Time, times_in


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


def _sum(money: Money) -> str:
    return " - ".join(f"{amount:.2f} EUR" for amount in dict.fromkeys((money.least, money.most)))


def _date(time: Time) -> str:
    return " - ".join(str(day) for day in time.days)


def _count(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
