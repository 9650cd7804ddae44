"""Words of state and priority: "in Umsetzung", "zu 50 % umgesetzt"; "hoch", "Priorität 1", "A", "●●○"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extractors.values.dates import times_in
from extractors.values.words import either, key, plain, setting
from schemas.records import PriorityLevel, ProgressStatus

_CUT = re.compile(r"\s*[:,;(/|]\s*|\s+-\s+|\.\s+|·")
_PERCENT = re.compile(r"(?<![\d.,])(\d{1,3})(?:,0+)?\s*(?:%|Prozent\b)", re.IGNORECASE)
_PERCENT_ONLY = re.compile(
    r"(?:zu\s+|ca\.?\s+|etwa\s+)?·(?:\s*(?:umgesetzt|erreicht|erledigt|erfüllt|abgeschlossen))?", re.I
)
_RANKS = {"a": 1, "b": 2, "c": 3, "d": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4}
_LAST_RANK = 20


@dataclass(frozen=True, slots=True)
class Priority:
    """A priority: as a level where words say it, as a rank ("Priorität 1", "A"), as points of so many ("●●○")."""

    level: PriorityLevel | None = None
    rank: int | None = None
    points: int | None = None
    points_max: int | None = None


def read_status(text: str) -> tuple[ProgressStatus | None, int | None]:
    """State and percentage of a progress cell; prose that tells more than a state has none."""
    text = _without_label(plain(text))
    percent = _percent(text)
    if percent is not None and _PERCENT_ONLY.fullmatch(_PERCENT.sub("·", text).strip(" .")):
        return ("done" if percent == 100 else None), percent
    for time in reversed(times_in(text)):
        text = f"{text[: time.begin]}·{text[time.stop :]}"
    for told in (text, _CUT.split(_PERCENT.sub("·", text))[0]):
        status = _statuses().get(_bare(told))
        if status is not None:
            return status, percent
    return None, None


def read_priority(text: str) -> Priority:
    """The values of a priority cell; all None where it is none of the forms."""
    text = plain(text)
    points = _points(text)
    if points is not None:
        return points
    told = key(_without_label(text))
    labelled = told != key(text)
    rank = int(told) if re.fullmatch(r"\d{1,2}", told) else _RANKS.get(told)
    if rank is not None and 1 <= rank <= _LAST_RANK:
        return Priority(rank=rank)
    level = _levels().get(told) or _levels().get(key(text))
    if level is None and not labelled:
        level = _levels().get(key(_CUT.split(text)[0]))
    return Priority(level=level)


def _points(text: str) -> Priority | None:
    marks = re.sub(r"\s", "", text)
    filled, empty = setting("priority_labels", "filled"), setting("priority_labels", "empty")
    if not marks or marks.strip(filled + empty):
        return None
    count = sum(mark in filled for mark in marks)
    if not count:  # "-" is no points, it is nothing
        return None
    return Priority(points=count, points_max=len(marks) if count < len(marks) else None)


def _percent(text: str) -> int | None:
    found = [int(match[1]) for match in _PERCENT.finditer(text)]
    return found[0] if len(found) == 1 and found[0] <= 100 else None


def _bare(text: str) -> str:
    """A told state without what stands for a date or percentage, and without the small words around that."""
    text = re.sub(r"(?:\b(?:seit|bis|in|im|ab|zu|voraussichtlich|für)\s*)*·", " ", text)
    return key(re.sub(r"^(?:die\s+)?(?:maßnahme\s+)?(?:ist|wurde)\s+", "", key(text)))


def _without_label(text: str) -> str:
    return _label().sub("", text, count=1)


@cache
def _label() -> re.Pattern[str]:
    words = [*setting("status_labels", "words"), *setting("priority_labels", "words")]
    return re.compile(rf"^{either(words)}(?:\s*[:.]\s*|\s+(?=[\dA-DIV]{{1,3}}\b)|\s*-\s+)", re.IGNORECASE)


@cache
def _statuses() -> dict[str, ProgressStatus]:
    table: dict[ProgressStatus, list[str]] = setting("status")
    return {key(word): status for status, words in table.items() for word in words}


@cache
def _levels() -> dict[str, PriorityLevel]:
    table: dict[PriorityLevel, list[str]] = setting("priority")
    return {key(word): level for level, words in table.items() for word in words}
