"""Which measure of the new draft is which of the old one: an assignment over all pairs, never a first match.

Likeness of the texts decides. Numbers count as far as the sure pairs keep them, neighbours as far as they are paired
themselves; the place in the draft only parts duplicates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment  # type: ignore[import-untyped]

from pipeline.likeness import Likeness, Matrix, likeness_of
from pipeline.sametext import same_key
from schemas.records import Measure

SAME = 0.5
"""Likeness, with number and neighbours counted, from which two measures are one."""
_SURE = 0.75
_NUMBER = 0.15
_NEIGHBOUR = 0.04
_PLACE = 1e-5


@dataclass(frozen=True, slots=True)
class Pair:
    """Two measures that are one: their indexes, the likeness of their texts, and what speaks for the pair."""

    old: int
    new: int
    likeness: float
    reason: str


@dataclass(frozen=True, slots=True)
class Alignment:
    """The pairs in the old draft's order, and the measures without one."""

    pairs: list[Pair]
    removed: list[int]
    added: list[int]
    likeness: Likeness


def align(old: Sequence[Measure], new: Sequence[Measure]) -> Alignment:
    """Pair the measures of two drafts. The same drafts give the same pairs."""
    likeness = likeness_of(old, new)
    place = _place(len(old), len(new))
    first = _assign(likeness.total, place)
    score = likeness.total + _numbers(old, new, likeness.total, first) + _neighbours(first, likeness.total.shape)
    chosen = _assign(score, place)
    pairs = [Pair(i, j, _rounded(likeness.total[i, j]), _reason(likeness, old[i], new[j], i, j)) for i, j in chosen]
    before, after = {i for i, _ in chosen}, {j for _, j in chosen}
    return Alignment(
        pairs,
        [i for i in range(len(old)) if i not in before],
        [j for j in range(len(new)) if j not in after],
        likeness,
    )


def _assign(score: Matrix, place: Matrix) -> list[tuple[int, int]]:
    """The pairs with the greatest sum of scores; what is not alike enough must not push a good pair aside."""
    if not score.size:
        return []
    worth = np.where(score >= SAME, score + place, 0.0)
    rows, columns = linear_sum_assignment(worth, maximize=True)
    return [(int(i), int(j)) for i, j in zip(rows, columns, strict=True) if score[i, j] >= SAME]


def _place(n: int, m: int) -> Matrix:
    """A trace more for pairs at the same place of their drafts: it parts duplicates and nothing else."""
    before, after = np.linspace(0, 1, n) if n else np.zeros(0), np.linspace(0, 1, m) if m else np.zeros(0)
    return _PLACE * (1 - np.abs(np.subtract.outer(before, after)))


def _numbers(old: Sequence[Measure], new: Sequence[Measure], total: Matrix, pairs: Sequence[tuple[int, int]]) -> Matrix:
    """More for pairs with the same number, as far as numbers hold in this plan: one insertion may shift them all."""
    sure = [(old[i].number, new[j].number) for i, j in pairs if total[i, j] >= _SURE]
    told = [(before, after) for before, after in sure if before and after]
    if not told:
        return np.zeros(total.shape)
    trust = sum(same_key(before) == same_key(after) for before, after in told) / len(told)
    codes = {key: index for index, key in enumerate(sorted({same_key(m.number) for m in (*old, *new) if m.number}))}
    before, after = ([codes[same_key(m.number)] if m.number else -1 for m in side] for side in (old, new))
    same = np.equal.outer(before, after) & np.greater_equal(before, 0)[:, None]
    return np.asarray(_NUMBER * trust * trust * same, dtype=np.float64)


def _neighbours(pairs: Sequence[tuple[int, int]], shape: tuple[int, ...]) -> Matrix:
    """More for a pair whose neighbour before, or after, is a pair too; the edges of the drafts count as paired."""
    padded = np.zeros((shape[0] + 2, shape[1] + 2))
    padded[0, 0] = padded[-1, -1] = 1
    for i, j in pairs:
        padded[i + 1, j + 1] = 1
    return _NEIGHBOUR * (padded[:-2, :-2] + padded[2:, 2:])


def _reason(likeness: Likeness, old: Measure, new: Measure, i: int, j: int) -> str:
    parts = {name: float(matrix[i, j]) for name, matrix in likeness.parts.items()}
    same = [name for name, value in parts.items() if value == 1.0]
    alike = [f"{name} {value:.0%} alike" for name, value in parts.items() if 0.0 < value < 1.0]
    if old.number and new.number and same_key(old.number) == same_key(new.number):
        same.append("number")
    told = [f"same {' and '.join([', '.join(same[:-1]), same[-1]] if same[1:] else same)}"] if same else []
    return "; ".join(told + alike)


def _rounded(value: float) -> float:
    return round(min(max(float(value), 0.0), 1.0), 3)
