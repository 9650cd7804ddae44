"""Comparisons as one self-contained page of HTML: nothing is loaded from anywhere, every text is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from pipeline.views import Entry, Step, entries, field_label, summary_line
from schemas.changes import KINDS, FieldChange
from schemas.records import Place

_WHOLE = ("problem", "goal", "description", "target_group", "period", "cost", "priority", "progress")


def web_page(steps: Sequence[Step]) -> str:
    """The page. It can be filtered by kind, field and word, with the keyboard alone, and printed as it is filtered."""
    told = [_step(step) for step in steps]
    fields = sorted({name for step in told for entry in step["entries"] for name in entry["names"]})
    return _template().render(steps=told, kinds=KINDS, fields=fields) + "\n"


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("pipeline"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    return environment.get_template("comparison.html")


def _step(step: Step) -> dict[str, Any]:
    return {
        "comparison": step.comparison,
        "summary": summary_line(step.comparison),
        "old": step.old.file.name,
        "new": step.new.file.name,
        "entries": [_entry(entry) for entry in entries(step)],
        "paper": [_field(change, [], []) for change in step.comparison.paper],
    }


def _entry(entry: Entry) -> dict[str, Any]:
    places = entry.places()
    return {
        "change": entry.change,
        "title": entry.title,
        "field_of_action": entry.field_of_action,
        "names": [change.field for change in entry.change.fields],
        "fields": [_field(change, *entry.places(change.field)) for change in entry.change.fields],
        "old_text": [measure.measure or "" for measure in entry.old],
        "new_text": [measure.measure or "" for measure in entry.new],
        "whole": _whole(entry),
        "old_places": _cited(places[0][:1]),
        "new_places": _cited(places[1][:1]),
    }


def _whole(entry: Entry) -> list[tuple[str, str]]:
    """What a measure says that was added or removed: there is nothing to set it beside."""
    if entry.change.kind not in ("added", "removed"):
        return []
    measure = (entry.new or entry.old)[0]
    told = [(name.replace("_", " "), getattr(measure, name) or "") for name in _WHOLE]
    told.append(("indicators", "\n".join(indicator.text for indicator in measure.indicators)))
    told.append(("responsibility text", measure.responsibility_text or ""))
    return [(name, text) for name, text in told if text]


def _field(change: FieldChange, old: Sequence[Place], new: Sequence[Place]) -> dict[str, Any]:
    return {
        "name": change.field,
        "label": field_label(change),
        "old": [segment for segment in change.segments if segment[0] != "insert"],
        "new": [segment for segment in change.segments if segment[0] != "delete"],
        "old_places": _cited(old),
        "new_places": _cited(new),
    }


def _cited(places: Sequence[Place]) -> list[dict[str, str]]:
    """Each place as a short note and its box in full."""
    return [
        {"page": f"p. {place.page}", "box": f"box {', '.join(f'{edge:g}' for edge in place.box)} pt"}
        for place in places
    ]
