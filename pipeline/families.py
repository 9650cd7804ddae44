"""Measures that were split into several, or merged into one, found among what the assignment left over.

A part says little that the whole did not say, and all parts together say more of the whole than one of them alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum, log
from typing import Any

import numpy as np
from scipy import sparse  # type: ignore[import-untyped]

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

Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class Family:
    """A whole and its parts, as indexes into the two lists, and the share of the whole that the parts have."""

    whole: int
    parts: tuple[int, ...]
    likeness: float


def find_splits(old: Sequence[Measure], new: Sequence[Measure], alignment: Alignment) -> list[Family]:
    """Old measures that became several new ones, in the old draft's order."""
    partner = {pair.old: pair.new for pair in alignment.pairs}
    return _Search(old, new).families(partner, alignment.added)


def find_merges(old: Sequence[Measure], new: Sequence[Measure], alignment: Alignment) -> list[Family]:
    """New measures that several old ones became, in the new draft's order: a split seen from the other side."""
    partner = {pair.new: pair.old for pair in alignment.pairs}
    return _Search(new, old).families(partner, alignment.removed)


class _Search:
    """Two lists of measures, the words of each, and how much each word tells: rare ones more."""

    def __init__(self, wholes: Sequence[Measure], parts: Sequence[Measure]) -> None:
        self.measures = parts
        self.wholes, self.parts = [_words(m) for m in wholes], [_words(m) for m in parts]
        everything = [*self.wholes, *self.parts]
        frequency = Counter(word for words in everything for word in words)
        self.weights = {word: log(1 + len(everything) / number) for word, number in frequency.items()}

    def families(self, partner: Mapping[int, int], free: Sequence[int]) -> list[Family]:
        """The families whose parts are a whole's partner and measures of `free`; no part is in two."""
        possible = self._possible(free)
        found = [f for i in possible if (f := self._family(i, partner.get(i), possible[i])) is not None]
        taken: set[int] = set()
        result: list[Family] = []
        for family in sorted(found, key=lambda f: (-f.likeness, f.whole)):
            if taken.isdisjoint(family.parts):
                taken.update(family.parts)
                result.append(family)
        return sorted(result, key=lambda f: f.whole)

    def _possible(self, free: Sequence[int]) -> dict[int, list[int]]:
        """Whole -> the free measures whose words it has, for all pairs at once."""
        if not free or not self.wholes or not self.weights:
            return {}
        whole, part = self._matrix(self.wholes), self._matrix([self.parts[k] for k in free])
        totals = np.asarray(part.sum(axis=1)).ravel()
        whole.data[:] = 1.0
        shared = np.asarray((whole @ part.T).todense())
        enough = (shared >= _PART * totals) & (totals > 0)
        return {int(i): [free[int(k)] for k in np.flatnonzero(enough[i])] for i in np.flatnonzero(enough.any(axis=1))}

    def _matrix(self, texts: Sequence[Words]) -> Any:
        column = {word: index for index, word in enumerate(self.weights)}
        ordered = [sorted(words) for words in texts]
        rows = np.repeat(np.arange(len(texts)), [len(words) for words in ordered])
        indices = [column[word] for words in ordered for word in words]
        values = [self.weights[word] for words in ordered for word in words]
        return sparse.csr_matrix((values, (rows, indices)), shape=(len(texts), len(column)))

    def _family(self, index: int, first: int | None, candidates: Sequence[int]) -> Family | None:
        whole = self.wholes[index]
        if first is not None and not self._share(whole, self.parts[first], of=self.parts[first]) >= _PART:
            return None
        members = [] if first is None else [first]
        covered = Words() if first is None else whole & self.parts[first]
        left = list(candidates)
        while left:
            # The part that adds most comes next; the first of equals, so that the answer is always the same.
            gains = [self._share(whole - covered, self.parts[k], of=whole) for k in left]
            best = max(range(len(left)), key=lambda n: (gains[n], -left[n]))
            chosen = left.pop(best)
            if gains[best] < _GAIN:
                break
            if all(self._close(chosen, member) for member in members):
                members.append(chosen)
                covered |= whole & self.parts[chosen]
        share = self._share(whole, covered, of=whole)
        alone = max((self._share(whole, self.parts[k], of=whole) for k in members), default=0.0)
        if len(members) < 2 or share < _WHOLE or share - alone < _GAIN:
            return None
        return Family(index, tuple(sorted(members)), round(share, 3))

    def _share(self, one: Words, other: Words, *, of: Words) -> float:
        """Weight of the words in both, as a share of the weight of the words in `of`."""
        total = fsum(self.weights[word] for word in of)
        return fsum(self.weights[word] for word in one & other) / total if total else 0.0

    def _close(self, one: int, other: int) -> bool:
        field = self.measures[one].field_of_action
        return abs(one - other) <= _APART or (field is not None and field == self.measures[other].field_of_action)


def _words(measure: Measure) -> Words:
    """The words that say what is done; problem and actors are shared by many measures."""
    texts = [measure.measure, measure.description, *(indicator.text for indicator in measure.indicators)]
    return frozenset(word for text in texts if text for word in words_of(text) if len(word) > 2)
