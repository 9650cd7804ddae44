"""What changed in the paper: its head, Beratungsfolge, sections and annexes, and what the plan says of itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pipeline.fielddiff import list_change, text_change
from pipeline.sametext import same_key
from schemas.changes import FieldChange
from schemas.records import PAPER_HEAD, Consultation, Document, Measure, Paper, Plan, Section


def paper_changes(
    old: Document, new: Document, renamed: Mapping[str, str], columns: Mapping[str, str]
) -> list[FieldChange]:
    """The changes outside the measures.

    `renamed` has the keys of fields of action that only changed their name, `columns` the headers that did.
    """
    found: list[FieldChange | None] = []
    if old.paper and new.paper:
        found += [text_change(name, _text(old.paper, name), _text(new.paper, name)) for name in PAPER_HEAD]
        before, after = ([_consultation(c) for c in paper.consultations] for paper in (old.paper, new.paper))
        found.append(list_change("consultations", before, after))
        found += _sections(old.paper.sections, new.paper.sections)
        before, after = ([a.name for a in paper.attachments] for paper in (old.paper, new.paper))
        found.append(list_change("attachments", before, after))
    else:
        found.append(text_change("paper", _title(old.paper), _title(new.paper)))
    if old.plan and new.plan:
        found += _plan(old.plan, new.plan, renamed)
        found.append(text_change("plan.columns", "\n".join(columns), "\n".join(columns.values())))
    return [change for change in found if change is not None]


def _plan(old: Plan, new: Plan, renamed: Mapping[str, str]) -> Iterator[FieldChange | None]:
    for name in ("title", "status", "date"):
        yield text_change(f"plan.{name}", _text(old, name), _text(new, name))
    before, after = ([contributor.name for contributor in plan.contributors] for plan in (old, new))
    yield list_change("plan.contributors", before, after)
    before, after = _fields(old.measures), _fields(new.measures)
    now = [renamed.get(same_key(name), same_key(name)) for name in before]
    both = [key for key in map(same_key, after) if key in now]
    if [key for key in now if key in both] != both or bool(before) != bool(after):
        yield text_change("plan.fields_of_action", "\n".join(before), "\n".join(after))


def _sections(old: Sequence[Section], new: Sequence[Section]) -> Iterator[FieldChange | None]:
    """Sections of one heading, or else of one kind, are the same; their order is none."""
    left = list(old)
    partners: dict[int, Section] = {}
    for same in (lambda a, b: _heading(a) == _heading(b), lambda a, b: a.kind == b.kind != "other"):
        for index, section in enumerate(new):
            twin = next((s for s in left if index not in partners and same(s, section)), None)
            if twin is not None:
                partners[index] = twin
                left.remove(twin)
    for index, section in enumerate(new):
        twin = partners.get(index)
        if twin is None or _heading(twin) == _heading(section):
            yield text_change(f"sections.{section.heading}", twin.text if twin else None, section.text)
        else:
            texts = (f"{s.heading}\n{s.text}" for s in (twin, section))
            yield text_change(f"sections.{section.heading}", *texts)
    for section in left:
        yield text_change(f"sections.{section.heading}", section.text, None)


def _heading(section: Section) -> str:
    return same_key(section.heading).casefold()


def _consultation(consultation: Consultation) -> str:
    day = consultation.date.isoformat() if consultation.date else None
    public = {True: "public", False: "not public", None: None}[consultation.public]
    more = ", ".join(
        text for text in (consultation.role, public, consultation.agenda_item, consultation.result) if text
    )
    line = " ".join(text for text in (day, consultation.organization) if text)
    return f"{line} ({more})" if more else line


def _fields(measures: Sequence[Measure]) -> list[str]:
    return list(dict.fromkeys(measure.field_of_action for measure in measures if measure.field_of_action))


def _text(record: Paper | Plan, name: str) -> str | None:
    value = getattr(record, name)
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if value is not None else None


def _title(paper: Paper | None) -> str | None:
    return " ".join(text for text in (paper.reference, paper.name) if text) if paper else None
