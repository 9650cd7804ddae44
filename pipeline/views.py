"""A comparison as people read it: each change with its titles and pages, in reading order, and short texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from schemas.changes import KINDS, Change, Comparison, FieldChange, Segment
from schemas.records import Document, Measure, Place

_CONTEXT = 40
"""Characters of unchanged text that are shown beside a change."""


@dataclass(frozen=True, slots=True)
class Step:
    """Two drafts, one after the other, and what changed between them."""

    comparison: Comparison
    old: Document
    new: Document


@dataclass(frozen=True, slots=True)
class Entry:
    """A change with the measures that it is about."""

    change: Change
    old: list[Measure]
    new: list[Measure]

    @property
    def title(self) -> str:
        """What the measure is called: in the new draft, if it is there."""
        return " + ".join(measure_title(measure) for measure in self.new or self.old)

    @property
    def field_of_action(self) -> str:
        return (self.new or self.old)[0].field_of_action or ""

    def places(self, field: str | None = None) -> tuple[list[Place], list[Place]]:
        """Where the field, or the measure, stands in the old and in the new draft."""
        return _places(self.old, field), _places(self.new, field)

    def pages(self, field: str | None = None) -> tuple[str, str]:
        """The same as pages: `6`, `6, 7`, or nothing."""
        old, new = self.places(field)
        return _pages(old), _pages(new)


def entries(step: Step) -> list[Entry]:
    """All changes in the new draft's order; what was removed follows what it followed."""
    old, new = ({m.measure_id: m for m in d.plan.measures} if d.plan else {} for d in (step.old, step.new))
    placed: list[tuple[int, int, Entry]] = []
    last = 0
    for change in step.comparison.changes:
        entry = Entry(change, [old[i] for i in change.old], [new[i] for i in change.new])
        place = entry.new[0].position if entry.new else last
        last = place if change.old else last
        placed.append((place, not entry.new, entry))
    return [entry for _, _, entry in sorted(placed, key=lambda item: item[:2])]


def summary_line(comparison: Comparison) -> str:
    """`39 measures before, 41 now: 25 unchanged, 10 changed, ...`."""
    before, now = sum(len(c.old) for c in comparison.changes), sum(len(c.new) for c in comparison.changes)
    counts = [f"{comparison.summary[kind]} {kind}" for kind in KINDS if comparison.summary.get(kind)]
    return ": ".join(filter(None, [f"{before} measures before, {now} now", ", ".join(counts)]))


def changed(comparison: Comparison) -> bool:
    """Whether the drafts differ in anything."""
    measures = any(change.kind != "unchanged" for change in comparison.changes)
    return bool(measures or comparison.renamed_fields or comparison.paper)


def shortened(segments: Sequence[Segment]) -> list[Segment]:
    """The segments with long unchanged texts cut to what stands beside a change."""
    result: list[Segment] = []
    for index, (operation, text) in enumerate(segments):
        first, last = index == 0, index + 1 == len(segments)
        result.append((operation, _cut(text, head=not first, tail=not last) if operation == "equal" else text))
    return result


def field_label(change: FieldChange) -> str:
    """The field's name for people: `period`, `Bemerkung`, `fields of action`."""
    for prefix in ("columns.", "sections."):
        if change.field.startswith(prefix):
            return change.field.removeprefix(prefix)
    return change.field.replace(".", ": ").replace("_", " ")


def measure_title(measure: Measure) -> str:
    """Number and text of a measure, or what else it says first."""
    text = measure.measure or measure.description or measure.problem or measure.measure_id
    return f"{measure.number} {text}" if measure.number else text


def paper_places(document: Document, field: str) -> list[Place]:
    """Where a field of the paper stands; nowhere for what the plan says of itself."""
    name = field.replace("sections.", "sections/", 1)
    return document.paper.source.get(name, []) if document.paper is not None else []


def _places(measures: Iterable[Measure], field: str | None) -> list[Place]:
    if field is None:
        return [place for measure in measures for place in measure.places()]
    name = "responsibilities" if field == "responsibility_text" else field.replace("columns.", "columns/", 1)
    return [place for measure in measures for place in measure.source.get(name, [])]


def _pages(places: Iterable[Place]) -> str:
    return ", ".join(map(str, sorted({place.page for place in places})))


def _cut(text: str, *, head: bool, tail: bool) -> str:
    before = text[:_CONTEXT].rpartition(" ")[0] if head else ""
    after = text[-_CONTEXT:].partition(" ")[2] if tail else ""
    short = f"{before} … {after}" if before and after else f"{before} …" if before else f"… {after}" if after else text
    return short if len(short) < len(text) else text
