"""Sums of money and shares of staff as they are printed, and what a cost cell says with them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from extractors.values.dates import DASH
from extractors.values.words import at_end, either, key, number_word, plain, setting, whole
from schemas.records import CostKind, Per

_FACTORS = {"t": 1e3, "k": 1e3, "mi": 1e6, "mr": 1e9}
_NUMBER = r"(?:\d{1,3}(?:[.\u00a0\u202f ]\d{3})+(?:,\d+)?|\d+(?:,\d+)?)"
_UNIT = r"(?:(?:tausend|tsd\.?|mio\.?|millionen?|mrd\.?|milliarden?)\s*|[tk]\s*(?=€|eur))"
_EURO = r"(?:€|euro\b|eur\b)"
_CENTS = r"(?:,(?:-{1,2}|–|—)|\.-{1,2})?"
_MONEY = re.compile(
    rf"(?<![\d.,])(?:(?P<first>{_NUMBER}){_CENTS}\s*(?P<first_unit>{_UNIT})?(?P<first_euro>{_EURO})?\s*"
    rf"(?:{DASH}|bis(?:\s+zu)?)\s*)?(?<![\d.,])(?P<number>{_NUMBER}){_CENTS}\s*(?P<unit>{_UNIT})?{_EURO}"
    rf"|(?<!\w)(?P<lead>{_UNIT})?{_EURO}\s*(?P<before>{_NUMBER})(?!\d)(?:\s*(?:{DASH}|bis)\s*(?P<to>{_NUMBER}))?"
    rf"{_CENTS}\s*(?P<before_unit>{_UNIT})?",
    re.IGNORECASE,
)
_PERS: tuple[Per, ...] = ("year", "half_year", "quarter", "month", "week", "day", "hour", "once")
_CLAUSE = re.compile(r"[;()\n]|\.\s(?=[A-ZÄÖÜ])|,\s|\bdavon\b")
_HEADER = re.compile(rf"(?P<unit>{_UNIT})?{_EURO}", re.IGNORECASE)
_BARE = re.compile(
    rf"(?:ca\.?\s*)?(?P<one>{_NUMBER})(?:\s*(?:{DASH}|bis)\s*(?P<two>{_NUMBER}))?{_CENTS}", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Money:
    """A sum in euros, or the least and the most of a span; `begin` and `stop` are offsets into the text."""

    least: float
    most: float
    begin: int
    stop: int


@dataclass(frozen=True, slots=True)
class Cost:
    """The values of a cost cell: euros, what they are for once, full-time posts, and what words say of the cost."""

    minimum: float | None = None
    maximum: float | None = None
    per: Per | None = None
    approximate: bool | None = None
    kind: CostKind | None = None
    staff_min: float | None = None
    staff_max: float | None = None


def money_in(text: str) -> list[Money]:
    """The sums of money of a text, in their order."""
    return [_money(match) for match in _MONEY.finditer(text)]


def read_cost(text: str, header: str | None = None) -> Cost:
    """The values of a cost cell. `header` is that of its column: it may name the unit of a number that stands alone.

    Several sums that are no span have a value only where one of them is called the total.
    """
    text = plain(text)
    kind = _kind(text)
    staff_min, staff_max = _staff(text)
    sums = [money for money in money_in(text) if not _is_other(text, money)]
    sums = sums or _by_header(text, header)
    chosen = sums[0] if len(sums) == 1 else _total(text, sums)
    if chosen is None:
        nothing = 0.0 if kind == "none" else None
        return Cost(nothing, nothing, kind=kind, staff_min=staff_min, staff_max=staff_max)
    before, after = text[: chosen.begin], text[chosen.stop :]
    least, most = _limits(before, chosen.least, chosen.most)
    approximate = at_end("cost", "approximate").search(before) is not None
    return Cost(least, most, read_per(before, after), approximate, kind, staff_min, staff_max)


def read_per(before: str, after: str) -> Per | None:
    """For what an amount is once, by the words before and after it: a year, a month, each piece, or for all times."""
    for per in _PERS:
        if _per_pattern(per, "^").match(after) or (per == "once" and whole("per", per).search(before + after)):
            return per
    for per in _PERS:
        if _per_pattern(per, "$").search(before):
            return per
    each = rf"\W*{either(setting('per', 'unit'))}\s+\w"
    if (
        re.match(each, after, re.IGNORECASE)
        or re.match(r"\s?/\s?[^\W\d]", after)
        or at_end("per", "unit").search(before)
    ):
        return "unit"
    return None


@cache
def _per_pattern(per: Per, end: str) -> re.Pattern[str]:
    words = either(setting("per", per))
    return re.compile(rf"[\s,(]*{words}(?![^\W\d])" if end == "^" else rf"(?<!\w){words}:?\s*$", re.IGNORECASE)


def _money(match: re.Match[str]) -> Money:
    most = _euros(
        match["number"] or match["to"] or match["before"], match["unit"] or match["lead"] or match["before_unit"]
    )
    least = most
    if match["first"]:
        # "1 bis 2 Mio. €": the unit stands once; "500.000 € bis 1 Mio. €": each has its own.
        own = match["first_unit"] if match["first_unit"] or match["first_euro"] else match["unit"]
        least = _euros(match["first"], own)
    elif match["to"]:
        least = _euros(match["before"], match["lead"] or match["before_unit"])
    begin = match.start()
    if least > most:  # no span: "in 2030 - 5.000 €"
        return Money(most, most, match.start("number") if match["number"] else begin, match.end())
    return Money(least, most, begin, match.end())


def _euros(number: str, unit: str | None) -> float:
    value = float(re.sub(r"[.\u00a0\u202f ]", "", number).replace(",", "."))
    unit = (unit or "").lower()
    factor = next((factor for stem, factor in _FACTORS.items() if unit.startswith(stem)), 1.0)
    return round(value * factor, 2)


def _by_header(text: str, header: str | None) -> list[Money]:
    unit = _HEADER.search(plain(header or ""))
    match = _BARE.fullmatch(text)
    if unit is None or match is None:
        return []
    one = _euros(match["one"], unit["unit"])
    two = _euros(match["two"] or match["one"], unit["unit"])
    return [Money(one, two, match.start("one"), match.end())] if one <= two else []


def _is_other(text: str, money: Money) -> bool:
    """Whether a sum is no cost: a grant, a saving, or what is to be multiplied."""
    multiplied = re.search(r"(?:\d\s?[x×*]|\bmal|%\s+(?:von|der|des))\s*$", text[: money.begin], re.IGNORECASE)
    return multiplied is not None or whole("cost", "other").search(_clause(text, money)) is not None


def _clause(text: str, money: Money) -> str:
    """The clause of a text in which a sum stands."""
    begin = max((match.end() for match in _CLAUSE.finditer(text, 0, money.begin)), default=0)
    end = _CLAUSE.search(text, money.stop)
    return text[begin : end.start() if end else len(text)]


def _total(text: str, sums: Sequence[Money]) -> Money | None:
    totals = [money for money in sums if whole("cost", "total").search(_clause(text, money))]
    return totals[0] if len(totals) == 1 else None


def _limits(before: str, least: float, most: float) -> tuple[float | None, float | None]:
    if least == most and at_end("cost", "at_most").search(before):
        return None, most
    if least == most and at_end("cost", "at_least").search(before):
        return least, None
    return least, most


def _kind(text: str) -> CostKind | None:
    """What words say of the cost: the whole text for short ones, a phrase of several words anywhere."""
    kinds: dict[CostKind, list[str]] = setting("cost", "kinds")
    told = key(text)
    for kind, words in kinds.items():
        if told in words:
            return kind
    neutral, existing = whole("cost", "kinds", "neutral").search(text), _running().search(text)
    return None if bool(neutral) == bool(existing) else "neutral" if neutral else "existing"


@cache
def _running() -> re.Pattern[str]:
    """`im Rahmen des laufenden Haushalts`, `mit vorhandenem Personal`."""
    which, what = either(setting("cost", "running", "which")), either(setting("cost", "running", "what"))
    return re.compile(
        rf"{whole('cost', 'kinds', 'existing').pattern}|(?<!\w){which}(?:e[nmrs]?)?\s+(?:\w+-)?{what}", re.I
    )


def _staff(text: str) -> tuple[float | None, float | None]:
    """Full-time posts, least and most; None twice where there are none, or several that are no span."""
    matches = list(_staff_pattern().finditer(text))
    if len(matches) != 1:
        return None, None
    match = matches[0]
    numbers = [_posts(piece) for piece in (match["one"], match["two"]) if piece]
    if numbers != sorted(numbers):
        return None, None
    return _limits(text[: match.start()], numbers[0], numbers[-1])


def _posts(text: str) -> float:
    fractions = {"½": 0.5, "¼": 0.25, "¾": 0.75, "1/2": 0.5, "1/4": 0.25, "3/4": 0.75}
    if text in fractions:
        return fractions[text]
    known = number_word(text.split()[-1])
    return known if known is not None else float(text.replace(",", "."))


@cache
def _staff_pattern() -> re.Pattern[str]:
    number = rf"(?:[½¼¾]|[13]/[24]|\d{{1,3}}(?:[.,]\d{{1,2}})?|(?:eine\s+)?{either(setting('numbers', 'words'))})"
    span, posts = rf"(?:(?:{DASH}|bis)\s*(?P<two>{number})\s*)?", either(setting("cost", "staff"))
    return re.compile(rf"(?<![\w.,/])(?P<one>{number})\s*{span}{posts}(?!\w)", re.IGNORECASE)
