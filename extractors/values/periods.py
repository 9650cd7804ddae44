"""What a period cell says, as values: first and last day, whether it goes on, how often a year, in which term.

The days are the outer bounds of what is printed. What is not printed stays None; "2024" in a text of another kind, or
the date of a resolution, is no period.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from extractors.values.dates import DASH, Time, times_in
from extractors.values.words import at_end, either, key, number_word, plain, setting, whole
from schemas.records import PeriodTerm

_TERMS: tuple[PeriodTerm, ...] = ("immediate", "short", "medium", "long")
_WORD = re.compile(r"[^\W\d_]+")
_FREE_WORDS = 3
"""So many words beside those of time may stand in a cell whose single words are taken for its period."""
_TO = re.compile(rf"\s*(?:{DASH}|bis(?:\s+(?:zum|zur|einschließlich|einschl\.|inkl\.))?)\s*", re.IGNORECASE)
_OPEN_END = re.compile(
    rf"\s*(?:{DASH}\s*$|ff\b|und\s+(?:später|folgende|fortlaufend|laufend)\b|fortlaufend\b|laufend\b)", re.I
)


@dataclass(frozen=True, slots=True)
class Period:
    """The values of a period cell; `months_*` is a duration, `open` says that no end is named."""

    start: date | None = None
    end: date | None = None
    open: bool | None = None
    approximate: bool | None = None
    times_per_year: float | None = None
    term: PeriodTerm | None = None
    months_min: int | None = None
    months_max: int | None = None


@dataclass(frozen=True, slots=True)
class _Bound:
    """One time, or a span between two, and whether something begins or ends with it."""

    first: date | None
    last: date | None
    open: bool
    vague: bool


def read_period(text: str) -> Period:
    """The values of a period cell; all None where it says nothing that is sure."""
    text = plain(text)
    times = times_in(text)
    rest = _without(text, times)
    clean = len(_free_words(rest)) <= _FREE_WORDS
    bounds = _bounds(text, times, clean=not _free_words(rest))
    start, end, goes_on = _outer(bounds)
    ongoing = clean and whole("time", "ongoing").search(rest) is not None
    if ongoing and not bounds:
        goes_on = True
    if ongoing and start is not None and end is None:
        goes_on = True
    months = (None, None) if _free_words(rest) else _duration(rest)
    known = bool(bounds) or ongoing
    vague = any(bound.vague for bound in bounds) or (
        bool(bounds) and whole("time", "approximate").search(rest) is not None
    )
    return Period(
        start,
        end,
        goes_on and months == (None, None) if known else None,
        vague if bounds else None,
        _rhythm(rest),
        _term(rest) if clean else None,
        *months,
    )


def _bounds(text: str, times: Sequence[Time], *, clean: bool) -> list[_Bound]:
    bounds: list[_Bound] = []
    index = 0
    while index < len(times):
        first = last = times[index]
        before = text[: first.begin]
        if index + 1 < len(times) and _TO.fullmatch(text[first.stop : times[index + 1].begin]):
            last = times[index + 1]
            index += 1
        index += 1
        after = text[last.stop :]
        if not _counts(first, before, clean=clean or first is not last):
            continue
        bounds.append(_bound(first, last, before, after))
    return bounds


def _counts(time: Time, before: str, *, clean: bool) -> bool:
    """Whether a time is one of the period: a bare year needs a word of time before it, or nothing else around it."""
    if at_end("time", "from").search(before) or at_end("time", "until").search(before):
        return True
    if at_end("time", "not_a_period").search(before):
        return len(time.days) > 1 and not time.bare  # "vom 1.1.2025 bis 31.12.2025"
    return clean or not time.bare or at_end("time", "before_year").search(before) is not None


def _bound(first: Time, last: Time, before: str, after: str) -> _Bound:
    if first is not last:
        return _Bound(first.first, last.last, False, first.vague or last.vague)
    if at_end("time", "until").search(before):
        return _Bound(None, last.last, False, first.vague and last.last.month != 12)
    if at_end("time", "from").search(before) or _OPEN_END.match(after):
        return _Bound(first.first, None, True, first.vague)
    return _Bound(first.first, last.last, False, first.vague)


def _outer(bounds: Sequence[_Bound]) -> tuple[date | None, date | None, bool]:
    """The first day, the last day, and whether it goes on after that."""
    starts = [bound.first for bound in bounds if bound.first]
    ends = [bound.last for bound in bounds if bound.last]
    start, end = min(starts, default=None), max(ends, default=None)
    opened = max((bound.first for bound in bounds if bound.open and bound.first), default=None)
    if opened and (end is None or end < opened):
        return start, None, True
    # Something ends before the first beginning that is named: when it begins nobody says.
    if start and any(bound.first is None and bound.last and bound.last < start for bound in bounds):
        start = None
    return (start, end, False) if not (start and end) or start <= end else (None, None, False)


def _without(text: str, times: Sequence[Time]) -> str:
    for time in reversed(times):
        text = f"{text[: time.begin]} · {text[time.stop :]}"
    return text


def _free_words(text: str) -> list[str]:
    """The words of a text that are neither words of time nor fillers."""
    for pattern in _time_words():
        text = pattern.sub(" ", text)
    fillers = set(setting("time", "fillers"))
    return [word for word in _WORD.findall(text.lower()) if word not in fillers]


@cache
def _time_words() -> tuple[re.Pattern[str], ...]:
    terms = tuple(whole("time", "terms", term) for term in _TERMS)
    return (
        _durations(), _often(), _joined_terms(), whole("time", "rhythms"), whole("time", "ongoing"), *terms,
        whole("time", "from"), whole("time", "until"), whole("time", "approximate"),
    )  # fmt: skip


@cache
def _durations() -> re.Pattern[str]:
    number = rf"(?:\d+(?:,5)?|{either(setting('numbers', 'words'))})"
    return re.compile(
        rf"(?<!ab )(?<!ab)(?P<less><|≤|bis\s+zu|unter|weniger\s+als|innerhalb(?:\s+von)?|binnen|max\.?|maximal)?\s*"
        rf"(?P<more>>|≥|über|mehr\s+als|mindestens|mind\.|länger\s+als)?\s*(?<![\w.,/])(?P<one>{number})"
        rf"\s*(?:(?:{DASH}|bis|/)\s*(?P<two>{number}))?\s*-?(?P<unit>jahre?n?|monate?n?|j\.)(?!\w)",
        re.IGNORECASE,
    )


@cache
def _often() -> re.Pattern[str]:
    """`2x im Jahr`, `3 mal jährlich`, `alle 2 Jahre`."""
    number = rf"(?:\d+|{either(setting('numbers', 'words'))})"
    times = either(setting("target", "times"))
    return re.compile(
        rf"(?<!\w)alle\s+(?P<years>{number})\s+jahre\b|(?<!\w)alle\s+(?P<months>{number})\s+monate\b"
        rf"|(?<![\w.,])(?P<times>{number})\s?{times}\s*(?:im|pro|je|/)?\s*"
        r"(?P<per>jährlich|jahr|monatlich|monat|wöchentlich|woche|quartal|halbjahr)\b",
        re.IGNORECASE,
    )


_A_YEAR = {"j": 1, "h": 2, "q": 4, "m": 12, "w": 52}


def _rhythm(text: str) -> float | None:
    """How many times a year; None where the text says it in two ways."""
    found: set[float] = set()
    often = _often()
    for match in often.finditer(text):
        if match["times"]:
            found.add((_number(match["times"]) or 0) * _A_YEAR[match["per"][0].lower()])
        else:
            step = _number(match["years"] or match["months"]) or 0
            found.add(round((1 if match["years"] else 12) / step, 4) if step else 0)
    rhythms = setting("time", "rhythms")
    found |= {float(rhythms[key(match[0])]) for match in whole("time", "rhythms").finditer(often.sub(" ", text))}
    return found.pop() if len(found) == 1 and min(found) > 0 else None


def _duration(text: str) -> tuple[int | None, int | None]:
    """A duration in months, least and most; None twice where there is none, or more than one."""
    matches = list(_durations().finditer(_often().sub(" ", text)))
    if len(matches) != 1:
        return None, None
    match = matches[0]
    factor = 12 if match["unit"].lower().startswith("j") else 1
    numbers = [number * factor for piece in (match["one"], match["two"]) if piece and (number := _number(piece))]
    if not numbers or numbers != sorted(numbers) or numbers[-1] > 1200:
        return None, None
    least, most = int(numbers[0]), int(numbers[-1])
    return (None if match["less"] else least), (None if match["more"] else most)


@cache
def _joined_terms() -> re.Pattern[str]:
    """`kurz- bis mittelfristig`."""
    stem = "(kurz|mittel|lang)"
    return re.compile(
        rf"(?<!\w){stem}(?:fristig)?-?(?:\s*(?:bis|und|,|/|-)+\s*(?:zu\s*)?{stem}(?:fristig\w{{0,2}}\b|-))+", re.I
    )


def _term(text: str) -> PeriodTerm | None:
    joined = _joined_terms().search(text)
    if joined is not None:
        stems = {stem for stem in ("kurz", "mittel", "lang") if stem in joined[0].lower()}
        if "kurz" in stems:
            return "short_to_long" if "lang" in stems else "short_to_medium"
        return "medium_to_long" if "lang" in stems else None
    found = {term for term in _TERMS if _term_pattern(term).search(text)}
    return found.pop() if len(found) == 1 else None


@cache
def _term_pattern(term: PeriodTerm) -> re.Pattern[str]:
    """A word for a term; the short ones only as the whole text, for "lang" says other things too."""
    words = setting("time", "terms", term)
    short = [word for word in words if len(word) <= 6 and word != "sofort"]
    long = [word for word in words if word not in short]
    whole_text = rf"|^\W*{either(short)}\W*$" if short else ""
    return re.compile(rf"(?<!\w){either(long)}(?:e|er|en|es)?(?!\w){whole_text}", re.IGNORECASE)


def _number(text: str) -> float | None:
    known = number_word(text)
    return known if known is not None else float(text.replace(",", "."))
