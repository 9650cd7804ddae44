"""Which fields of a measure differ, word by word and item by item, and the same said in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.process import cdist
from scipy.optimize import linear_sum_assignment  # type: ignore[import-untyped]

from pipeline.headings import Headers, column_text, text_under
from pipeline.sametext import diff, grouped, same_key, sides, words_of
from pipeline.values import as_value, later_or_earlier, more_or_less, other_state
from schemas.changes import FieldChange, Segment
from schemas.records import Indicator, Measure, Responsibility

_TEXTS = (
    "problem", "measure", "goal", "description", "target_group", "period", "cost", "priority", "progress",
)  # fmt: skip
_VALUES = frozenset({"period", "cost", "priority", "progress"})
_ALIKE = 55.0
"""Likeness in percent from which two items of a list are one that was edited."""
_PROSE = frozenset({"problem", "measure", "goal", "description", "target_group", "indicators", "responsibility_text"})


def text_change(field: str, old: str | None, new: str | None, *, value: bool = False) -> FieldChange | None:
    """The change of one text, or None where both say the same. With `value`, dates and amounts count as values."""
    if (old or "") == (new or "") or same_key(old or "") == same_key(new or ""):
        return None
    if value and same_key(as_value(old or "")) == same_key(as_value(new or "")):
        return None
    return _change(field, old, new, diff(old or "", new or ""))


def list_change(field: str, old: Sequence[str], new: Sequence[str]) -> FieldChange | None:
    """The change of a list: items added, removed and edited. Order is none, and neither is another parting into items.

    Items are told one a line in the new draft's order.
    """
    if list(old) == list(new):
        return None
    before, after = [same_key(item) for item in old], [same_key(item) for item in new]
    if Counter(before) == Counter(after) or "".join(before) == "".join(after):
        return None
    return _change(field, "\n".join(old) or None, "\n".join(new) or None, _list_segments(old, new))


def measure_changes(old: Measure, new: Measure, headers: Headers) -> list[FieldChange]:
    """The fields in which two measures differ, but for number and field of action."""
    found = [text_change(name, getattr(old, name), getattr(new, name), value=name in _VALUES) for name in _TEXTS]
    found.append(list_change("indicators", *(_indicators(m.indicators) for m in (old, new))))
    actors = responsibilities_change(old.responsibilities, new.responsibilities)
    found.append(actors)
    if actors is not None or _words(old.responsibility_text) != _words(new.responsibility_text):
        found.append(text_change("responsibility_text", old.responsibility_text, new.responsibility_text))
    for key, header in headers.names.items():
        found.append(text_change(f"columns.{header}", column_text(old, key), column_text(new, key), value=True))
    return [change for change in found if change is not None]


def responsibilities_change(old: Sequence[Responsibility], new: Sequence[Responsibility]) -> FieldChange | None:
    """Actors added, removed, and with another role; how an actor is printed or abbreviated is no change."""
    known = [(_names(entry), entry) for entry in new]
    before: list[str] = []
    for entry in old:
        twin = next((other for names, other in known if names & _names(entry)), None)
        before.append(_actor_line(entry, twin.actor if twin else None))
    after = [_actor_line(entry) for entry in new]
    # One actor may stand in several sub-rows: that is layout.
    return list_change("responsibilities", list(dict.fromkeys(before)), list(dict.fromkeys(after)))


def family_change(field: str, old: Sequence[Measure], new: Sequence[Measure]) -> FieldChange:
    """One field of a measure that was split or merged, its parts told one below the other."""
    before, after = (list(dict.fromkeys(line for m in side for line in _lines(field, m))) for side in (old, new))
    if field in ("indicators", "responsibilities"):
        return _change(field, "\n".join(before) or None, "\n".join(after) or None, _list_segments(before, after))
    texts = "\n".join(before), "\n".join(after)
    return _change(field, texts[0] or None, texts[1] or None, diff(*texts))


def _lines(field: str, measure: Measure) -> list[str]:
    if field == "indicators":
        return _indicators(measure.indicators)
    if field == "responsibilities":
        return [_actor_line(entry) for entry in measure.responsibilities]
    header = field.removeprefix("columns.")
    text = getattr(measure, field) if header == field else text_under(measure, header)
    return [text] if text else []


def in_words(change: FieldChange) -> list[str]:
    """What a change means, where it can be said shortly: later by 6 months, lead is now X."""
    old, new = change.old or "", change.new or ""
    if change.field == "responsibilities":
        return _actors_in_words(old.splitlines(), new.splitlines())
    name = change.field.removeprefix("plan.")
    if change.field in _PROSE or change.field.startswith("sections."):
        return []
    said = [later_or_earlier(old, new), more_or_less(old, new)]
    if name in ("priority", "progress", "period"):
        said.append(other_state(name, old, new))
    if not any(said) and new and name in ("priority", "progress", "status"):
        said = [f"now {new}"]
    return [f"{name}: {text}" for text in said if text]


def _change(field: str, old: str | None, new: str | None, segments: list[Segment]) -> FieldChange:
    before, after = sides(segments)
    return FieldChange(
        field=field, old=before if old is not None else None, new=after if new is not None else None, segments=segments
    )


def _list_segments(old: Sequence[str], new: Sequence[str]) -> list[Segment]:
    """Each new item beside the old one it was, what went behind the item it stood behind."""
    partner = _partners(old, new)
    paired = {i: j for j, i in partner.items()}
    gone: dict[int, list[int]] = {}
    last = -1
    for i in range(len(old)):
        last = paired.get(i, last)
        if i not in paired:
            gone.setdefault(last, []).append(i)
    lines: list[tuple[bool, bool, list[Segment]]] = [(True, False, [("delete", old[i])]) for i in gone.get(-1, [])]
    for j, item in enumerate(new):
        lines.append((True, True, diff(old[partner[j]], item)) if j in partner else (False, True, [("insert", item)]))
        lines += [(True, False, [("delete", old[i])]) for i in gone.get(j, [])]
    return grouped(_with_line_ends(lines))


def _with_line_ends(lines: Sequence[tuple[bool, bool, list[Segment]]]) -> list[Segment]:
    """The lines with a line feed before each that is not the first of its draft."""
    result: list[Segment] = []
    begun = [False, False]
    for in_old, in_new, segments in lines:
        feeds = (in_old and begun[0], in_new and begun[1])
        if feeds == (True, True):
            result.append(("equal", "\n"))
        elif feeds[0]:
            result.append(("delete", "\n"))
        elif feeds[1]:
            result.append(("insert", "\n"))
        begun = [begun[0] or in_old, begun[1] or in_new]
        result += segments
    return result


def _partners(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """New item -> the old item it was: an assignment over all pairs, equal ones first."""
    if not old or not new:
        return {}
    before, after = [same_key(item) for item in old], [same_key(item) for item in new]
    likeness = cdist(before, after, scorer=fuzz.ratio, dtype=np.float64)
    likeness = np.where(np.equal.outer(np.array(before, dtype=object), np.array(after, dtype=object)), 300.0, likeness)
    likeness = np.where(likeness >= _ALIKE, likeness, 0.0)
    place = 1e-3 / (1 + np.abs(np.subtract.outer(np.arange(len(old)), np.arange(len(new)))))
    rows, columns = linear_sum_assignment(likeness + place, maximize=True)
    return {int(j): int(i) for i, j in zip(rows, columns, strict=True) if likeness[i, j] >= _ALIKE}


def _indicators(indicators: Iterable[Indicator]) -> list[str]:
    return [f"{indicator.group}: {indicator.text}" if indicator.group else indicator.text for indicator in indicators]


def _names(entry: Responsibility) -> set[str]:
    names = (entry.actor_id, entry.actor, entry.abbreviation, entry.text)
    return {same_key(name).casefold() for name in names if name}


def _words(text: str | None) -> Counter[str]:
    return Counter(words_of(text or ""))


def _actors_in_words(old: Sequence[str], new: Sequence[str]) -> list[str]:
    before, after = dict(map(_actor, old)), dict(map(_actor, new))
    leads = [name for name, role in after.items() if role == "responsible"]
    new_lead = leads[0] if len(leads) == 1 and before.get(leads[0]) != "responsible" else None
    said = [f"lead is now {new_lead}"] if new_lead else []
    for name, role in after.items():
        if name not in before and name != new_lead:
            said.append(f"{name} added ({role})")
        elif before.get(name, role) != role and name != new_lead:
            said.append(f"{name} is now {role}")
    return said + [f"{name} removed" for name in before if name not in after]


def _actor_line(entry: Responsibility, name: str | None = None) -> str:
    return f"{name or entry.actor} ({entry.role})"


def _actor(line: str) -> tuple[str, str]:
    name, _, role = line.rpartition(" (")
    return name, role.removesuffix(")")
