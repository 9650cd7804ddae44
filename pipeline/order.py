"""Where measures stand: which left their place, which numbers only count, which fields of action got a new name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from pipeline.sametext import same_key
from schemas.records import Measure

_COUNT = re.compile(r"(.*?)(\d+)\W*")
IndexPair = tuple[int, int]


def out_of_order(pairs: Sequence[IndexPair]) -> set[IndexPair]:
    """The fewest pairs that must be taken out so that the others stand in one order in both drafts.

    Of several choices that are as few, those are taken out that went farthest.
    """
    ordered = sorted(pairs)
    if all(one[1] < other[1] for one, other in pairwise(ordered)):
        return set()
    old, new = np.array(ordered, dtype=np.int64).T
    distance = np.abs(old - new)
    # What the best rising row that ends at each pair is worth: its length first, then how little it moved.
    worth = np.zeros(len(ordered), dtype=np.int64)
    before = np.full(len(ordered), -1, dtype=np.int64)
    own = int(distance.sum()) + 1 - distance
    for index in range(len(ordered)):
        rising = np.where(new[:index] < new[index], worth[:index], 0)
        if rising.any():
            before[index] = rising.argmax()
        worth[index] = own[index] + rising.max(initial=0)
    kept: set[int] = set()
    index = int(worth.argmax())
    while index >= 0:
        kept.add(index)
        index = int(before[index])
    return {pair for index, pair in enumerate(ordered) if index not in kept}


def in_runs(measures: Sequence[Measure]) -> bool:
    """Whether the measures of each field of action stand together."""
    names = [measure.field_of_action for measure in measures]
    begun = [name for index, name in enumerate(names) if index == 0 or names[index - 1] != name]
    return len(begun) == len(set(begun))


def counted(measures: Sequence[Measure]) -> set[int]:
    """Indexes of measures whose number only counts: one more than the number before, or 1 at a beginning."""
    found: set[int] = set()
    last, prefix = 0, None
    for index, measure in enumerate(measures):
        match = _COUNT.fullmatch(measure.number or "")
        if match is None:
            last, prefix = 0, None
            continue
        number = int(match[2])
        if (last and number == last + 1) or (number == 1 and match[1] != prefix):
            found.add(index)
        last, prefix = number, match[1]
    return found


def renamed_fields(old: Sequence[Measure], new: Sequence[Measure], pairs: Sequence[IndexPair]) -> dict[str, str]:
    """Fields of action, old name -> new name, that only changed their name; several may have become one.

    Neither name is in both drafts, most measures of the old field went to the new one, and most of those that came to
    the new field came from such old ones.
    """
    went: Counter[tuple[str, str]] = Counter()
    for i, j in pairs:
        before, after = old[i].field_of_action, new[j].field_of_action
        if before and after:
            went[before, after] += 1
    old_names = {same_key(measure.field_of_action or "") for measure in old}
    new_names = {same_key(measure.field_of_action or "") for measure in new}
    left, came = Counter[str](), Counter[str]()
    for (before, after), count in went.items():
        left[before] += count
        came[after] += count
    found = {
        (before, after): count
        for (before, after), count in went.items()
        if same_key(before) not in new_names and same_key(after) not in old_names and 2 * count > left[before]
    }
    brought = Counter[str]()
    for (_, after), count in found.items():
        brought[after] += count
    return {before: after for before, after in found if 2 * brought[after] > came[after]}
