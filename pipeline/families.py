"""Measures that were split into several, or merged into one, found among what the assignment left over.

A part says little that the whole did not say, and all parts together say more of the whole than one of them alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log

from pipeline.align import Alignment
from pipeline.sametext import words_of
from schemas.records import Measure

_PART = 0.6
"""Share of a part's words that the whole must have."""
_GAIN = 0.12
"""Share of the whole's words that each further part must add."""
_WHOLE = 0.6
"""Share of the whole's words that the parts must have together."""
_APART = 2
"""Places between parts of one measure, at most, where they are not in one field of action."""

Words = Counter[str]


@dataclass(frozen=True, slots=True)
class Family:
    """A whole and its parts, as indexes into the two lists, and the share of the whole that the parts have."""

    whole: int
    parts: tuple[int, ...]
    likeness: float


@dataclass(frozen=True, slots=True)
class _Side:
    """The measures of one draft, their words, and how much each word tells."""

    measures: Sequence[Measure]
    words: list[Words]


def find_splits(old: Sequence[Measure], new: Sequence[Measure], alignment: Alignment) -> list[Family]:
    """Old measures that became several new ones, in the old draft's order."""
    partner = {pair.old: pair.new for pair in alignment.pairs}
    return _families(old, new, partner, alignment.added)


def find_merges(old: Sequence[Measure], new: Sequence[Measure], alignment: Alignment) -> list[Family]:
    """New measures that several old ones became, in the new draft's order: a split seen from the other side."""
    partner = {pair.new: pair.old for pair in alignment.pairs}
    return _families(new, old, partner, alignment.removed)


def _families(
    wholes: Sequence[Measure], parts: Sequence[Measure], partner: dict[int, int], free: Sequence[int]
) -> list[Family]:
    if not free:
        return []
    weigh = _weights([*wholes, *parts])
    whole_side, part_side = _Side(wholes, [_words(m) for m in wholes]), _Side(parts, [_words(m) for m in parts])
    found = [
        family
        for index in range(len(wholes))
        if (family := _family(index, whole_side, part_side, partner.get(index), free, weigh)) is not None
    ]
    taken: set[int] = set()
    result: list[Family] = []
    for family in sorted(found, key=lambda f: (-f.likeness, f.whole)):
        if taken.isdisjoint(family.parts):
            taken.update(family.parts)
            result.append(family)
    return sorted(result, key=lambda f: f.whole)


def _family(
    index: int, wholes: _Side, parts: _Side, first: int | None, free: Sequence[int], weigh: dict[str, float]
) -> Family | None:
    whole = wholes.words[index]
    total = _weight(whole, weigh)
    members = [] if first is None else [first]
    covered = whole & parts.words[first] if first is not None else Counter()
    if not total or (first is not None and not _is_part(whole, parts.words[first], weigh)):
        return None
    candidates = [k for k in free if _is_part(whole, parts.words[k], weigh)]
    while candidates:
        # The part that adds most comes next; the first of equals, so that the answer is always the same.
        gains = [_weight((whole & (covered | parts.words[k])) - covered, weigh) / total for k in candidates]
        best = max(range(len(candidates)), key=lambda n: (gains[n], -candidates[n]))
        chosen = candidates.pop(best)
        if gains[best] >= _GAIN and all(_close(parts.measures, chosen, member) for member in members):
            members.append(chosen)
            covered = whole & (covered | parts.words[chosen])
    share = _weight(covered, weigh) / total
    alone = max((_weight(whole & parts.words[k], weigh) / total for k in members), default=0.0)
    if len(members) < 2 or share < _WHOLE or share - alone < _GAIN:
        return None
    return Family(index, tuple(sorted(members)), round(share, 3))


def _is_part(whole: Words, part: Words, weigh: dict[str, float]) -> bool:
    total = _weight(part, weigh)
    return total > 0 and _weight(whole & part, weigh) / total >= _PART


def _close(measures: Sequence[Measure], one: int, other: int) -> bool:
    field = measures[one].field_of_action
    return abs(one - other) <= _APART or (field is not None and field == measures[other].field_of_action)


def _words(measure: Measure) -> Words:
    """The words that say what is done; problem and actors are shared by many measures."""
    texts = [measure.measure, measure.description, *(indicator.text for indicator in measure.indicators)]
    return Counter(word for text in texts if text for word in words_of(text) if len(word) > 2)


def _weights(measures: Iterable[Measure]) -> dict[str, float]:
    counts = [_words(measure) for measure in measures]
    frequency = Counter(word for count in counts for word in count)
    return {word: log(1 + len(counts) / number) for word, number in frequency.items()}


def _weight(words: Words, weigh: dict[str, float]) -> float:
    return sum(weigh[word] * count for word, count in words.items())
