"""How like each measure of one draft is to each of another: a matrix over all pairs, from several fields at once.

Texts are compared by their groups of letters, so that inflection and small edits cost little, and rare groups weigh
more than those that half the plan has. Everything is arithmetic on whole matrices: 1,000 by 1,000 takes about a second.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse  # type: ignore[import-untyped]

from pipeline.sametext import same_key, words_of
from schemas.records import Measure

Matrix = NDArray[np.float64]
_GRAM = 4


@dataclass(frozen=True, slots=True)
class Evidence:
    """A part of a measure that speaks for its identity, and how loud."""

    name: str
    weight: float
    text: Callable[[Measure], str]


EVIDENCE = (
    Evidence("measure", 5.0, lambda m: m.measure or ""),
    Evidence("description", 2.0, lambda m: f"{m.description or ''} {m.goal or ''}".strip()),
    Evidence("problem", 2.0, lambda m: m.problem or ""),
    Evidence("indicators", 2.0, lambda m: " ".join(i.text for i in m.indicators)),
    Evidence("responsibilities", 1.0, lambda m: m.responsibility_text or ""),
    Evidence("target group", 0.5, lambda m: m.target_group or ""),
)


@dataclass(frozen=True, slots=True)
class Likeness:
    """`total` of all pairs from 0 to 1, and the same for each part that both drafts have."""

    total: Matrix
    parts: dict[str, Matrix]


def likeness_of(old: Sequence[Measure], new: Sequence[Measure]) -> Likeness:
    """Likeness of all pairs, without number and place: a part that many measures share says little about each."""
    shape = (len(old), len(new))
    total, weights = np.zeros(shape), np.full(shape, 1e-9)
    parts: dict[str, Matrix] = {}
    for evidence in EVIDENCE:
        before, after = [evidence.text(m) for m in old], [evidence.text(m) for m in new]
        if not any(before) or not any(after):
            continue  # a column that only one of the drafts has says nothing
        part = text_likeness(before, after)
        rarity = np.sqrt(np.outer(_rarity(before), _rarity(after)))
        weight = evidence.weight * rarity * _presence(before, after)
        total += weight * part
        weights += weight
        parts[evidence.name] = part
    return Likeness(total / weights, parts)


def text_likeness(old: Sequence[str], new: Sequence[str]) -> Matrix:
    """Cosine of the weighted groups of letters of all pairs; 1 exactly where the texts say the same."""
    counts = [Counter(grams(text)) for text in (*old, *new)]
    rows = _normalised(counts)
    product = np.asarray((rows[: len(old)] @ rows[len(old) :].T).todense(), dtype=np.float64)
    # Rounding keeps what is equal equal on every machine; below 1 what is not the same text.
    product = np.minimum(np.round(product, 6), 0.999)
    codes = _codes([*old, *new])
    same = np.equal.outer(codes[: len(old)], codes[len(old) :]) & (codes[: len(old)] > 0)[:, None]
    return np.where(same, 1.0, product)


def grams(text: str) -> list[str]:
    """The groups of letters of a text, word by word, an edge of a word counted as a letter."""
    padded = [f" {word} " for word in words_of(text)]
    return [word[at : at + _GRAM] for word in padded for at in range(max(1, len(word) - _GRAM + 1))]


def _normalised(counts: Sequence[Counter[str]]) -> Any:
    """One row of unit length for each text: how often each group occurs, by how rare it is."""
    column: dict[str, int] = {}
    indices = np.array([column.setdefault(gram, len(column)) for count in counts for gram in count], dtype=np.int64)
    times = np.array([times for count in counts for times in count.values()], dtype=np.float64)
    rows = np.repeat(np.arange(len(counts)), [len(count) for count in counts])
    frequency = np.bincount(indices, minlength=len(column))
    values = (1 + np.log(times)) * np.log(1 + len(counts) / np.maximum(frequency, 1))[indices]
    lengths = np.sqrt(np.bincount(rows, values**2, minlength=len(counts)))
    return sparse.csr_matrix((values / lengths[rows], (rows, indices)), shape=(len(counts), len(column)))


def _codes(texts: Sequence[str]) -> NDArray[np.int64]:
    """A number for each text, the same for texts that say the same; 0 for no text."""
    numbers = {"": 0}
    return np.array([numbers.setdefault(same_key(text), len(numbers)) for text in texts], dtype=np.int64)


def _rarity(texts: Sequence[str]) -> Matrix:
    counts = Counter(same_key(text) for text in texts)
    return np.array([1.0 / np.sqrt(counts[same_key(text)]) if text else 1.0 for text in texts])


def _presence(old: Sequence[str], new: Sequence[str]) -> Matrix:
    """1 where both have the part, half where one has, nothing where none has."""
    return np.add.outer([float(bool(text)) for text in old], [float(bool(text)) for text in new]) / 2
