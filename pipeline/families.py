"""Measures that were split into several, or merged into one, found among what the assignment left over.

A part says little that the whole did not say, and all parts together say more of the whole than one of them alone.
What is said is counted in groups of letters, so that an inflected word is still the same; rare ones weigh more.
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
from pipeline.likeness import grams
from schemas.records import Measure

_PART = 0.6
"""Share of what a part says that the whole must say."""
_GAIN = 0.12
"""Share of the whole that each further part must add."""
_WHOLE = 0.6
"""Share of the whole that the parts must say together."""
_APART = 2
"""Places between parts of one measure, at most, where they are not in one field of action."""
_CERTAIN = 0.85
"""Share of what a part says from which it is a part wherever it stands, if it adds twice as much as others must."""

Grams = frozenset[str]


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
    """Two lists of measures, what each says, and how much each group of letters tells: rare ones more."""

    def __init__(self, wholes: Sequence[Measure], parts: Sequence[Measure]) -> None:
        self.measures = parts
        self.wholes, self.parts = [_grams_of(m) for m in wholes], [_grams_of(m) for m in parts]
        everything = [*self.wholes, *self.parts]
        frequency = Counter(gram for text in everything for gram in text)
        self.weights = {gram: log(1 + len(everything) / number) for gram, number in frequency.items()}

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
        """Whole -> the free measures that say little else, for all pairs at once."""
        if not free or not self.wholes or not self.weights:
            return {}
        whole, part = self._matrix(self.wholes), self._matrix([self.parts[k] for k in free])
        totals = np.asarray(part.sum(axis=1)).ravel()
        whole.data[:] = 1.0
        shared = np.asarray((whole @ part.T).todense())
        enough = (shared >= _PART * totals) & (totals > 0)
        return {int(i): [free[int(k)] for k in np.flatnonzero(enough[i])] for i in np.flatnonzero(enough.any(axis=1))}

    def _matrix(self, texts: Sequence[Grams]) -> Any:
        column = {gram: index for index, gram in enumerate(self.weights)}
        ordered = [sorted(text) for text in texts]
        rows = np.repeat(np.arange(len(texts)), [len(text) for text in ordered])
        indices = [column[gram] for text in ordered for gram in text]
        values = [self.weights[gram] for text in ordered for gram in text]
        return sparse.csr_matrix((values, (rows, indices)), shape=(len(texts), len(column)))

    def _family(self, index: int, first: int | None, candidates: Sequence[int]) -> Family | None:
        whole = self.wholes[index]
        if first is not None and not self._share(whole, self.parts[first], of=self.parts[first]) >= _PART:
            return None
        members = [] if first is None else [first]
        covered = Grams() if first is None else whole & self.parts[first]
        left = list(candidates)
        while left:
            # The part that adds most comes next; the first of equals, so that the answer is always the same.
            gains = [self._share(whole - covered, self.parts[k], of=whole) for k in left]
            best = max(range(len(left)), key=lambda n: (gains[n], -left[n]))
            chosen = left.pop(best)
            if gains[best] < _GAIN:
                break
            certain = (
                gains[best] >= 2 * _GAIN and self._share(whole, self.parts[chosen], of=self.parts[chosen]) >= _CERTAIN
            )
            if certain or all(self._close(chosen, member) for member in members):
                members.append(chosen)
                covered |= whole & self.parts[chosen]
        share = self._share(whole, covered, of=whole)
        alone = max((self._share(whole, self.parts[k], of=whole) for k in members), default=0.0)
        if len(members) < 2 or share < _WHOLE or share - alone < _GAIN:
            return None
        return Family(index, tuple(sorted(members)), round(share, 3))

    def _share(self, one: Grams, other: Grams, *, of: Grams) -> float:
        """Weight of what both say, as a share of the weight of `of`."""
        total = fsum(self.weights[gram] for gram in of)
        return fsum(self.weights[gram] for gram in one & other) / total if total else 0.0

    def _close(self, one: int, other: int) -> bool:
        field = self.measures[one].field_of_action
        return abs(one - other) <= _APART or (field is not None and field == self.measures[other].field_of_action)


def _grams_of(measure: Measure) -> Grams:
    """What says what is done, as groups of letters; problem and actors are shared by many measures."""
    texts = [measure.measure, measure.description, *(indicator.text for indicator in measure.indicators)]
    return frozenset(gram for text in texts if text for gram in grams(text))
