"""Comparisons as one self-contained page of HTML: nothing is loaded from anywhere, every text is escaped.

Each change cites page and box in both drafts; the pictures of the cited pages are in the page, drawn from the PDFs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from pipeline.page_pictures import DocumentPictures, pictures_of
from pipeline.views import Entry, Step, entries, field_label, measure_title, paper_places, summary_line
from schemas.changes import KINDS, FieldChange, Operation, Segment
from schemas.records import Document, Place

_WHOLE = ("problem", "goal", "description", "target_group", "period", "cost", "priority", "progress")


def web_page(steps: Sequence[Step]) -> str:
    """The page. It can be filtered by kind, field and word, with the keyboard alone, and printed as it is filtered."""
    told = [_step(step) for step in steps]
    documents = {d.document_id: d for step in steps for d in (step.old, step.new)}
    pictures = {key: pictures_of(document, _cited_pages(told, key)) for key, document in documents.items()}
    return _template().render(
        steps=told,
        drafts=[steps[0].old.file.name, *(step.new.file.name for step in steps)],
        counts=_counts(told),
        fields=_fields(told),
        notes=[found.missing for found in pictures.values() if found.missing],
        pictures={key: _shown(documents[key], found) for key, found in pictures.items()},
    ) + "\n"  # fmt: skip


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("pipeline"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    return environment.get_template("comparison.html")


def _counts(told: Iterable[dict[str, Any]]) -> dict[str, int]:
    """How many there are of each kind, over all steps; kinds that nothing is of are left out."""
    counts: dict[str, int] = {kind: sum(step["comparison"].summary.get(kind, 0) for step in told) for kind in KINDS}
    counts["paper"] = sum(bool(step["paper"]) for step in told)
    return {kind: count for kind, count in counts.items() if count}


def _fields(told: Iterable[dict[str, Any]]) -> dict[str, str]:
    """The names of all fields that changed, with what people call them, in the order of these labels."""
    shown = [field for step in told for entry in (*step["entries"], step) for field in entry["fields"]]
    names = {field["name"]: field["label"] for field in shown}
    return dict(sorted(names.items(), key=lambda item: (item[1].casefold(), item[0])))


def _cited_pages(told: Iterable[dict[str, Any]], document: str) -> set[int]:
    """The pages of a document that a change cites; what is unchanged needs no picture."""
    shown = (entry for step in told for entry in step["entries"] if entry["change"].kind != "unchanged")
    cited = [place for entry in shown for place in _all_places(entry)]
    cited += [place for step in told for place in _field_places(step["paper"])]
    return {place["page"] for place in cited if place["document"] == document}


def _all_places(entry: dict[str, Any]) -> list[dict[str, Any]]:
    family = [place for _, measures in entry["family"] for _, places in measures for place in places]
    return [*entry["places"], *_field_places(entry["fields"]), *family]


def _field_places(fields: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [place for field in fields for side in ("old", "new") for place in field[f"{side}_places"]]


def _shown(document: Document, found: DocumentPictures) -> dict[str, Any]:
    pages = {str(page): asdict(picture) for page, picture in found.pictures.items()}
    return {"name": document.file.name, "note": found.missing, "pages": pages}


def _step(step: Step) -> dict[str, Any]:
    paper = [_paper_field(change, step) for change in step.comparison.paper]
    return {
        "comparison": step.comparison,
        "summary": summary_line(step.comparison),
        "old": step.old.file.name,
        "new": step.new.file.name,
        "entries": [_entry(entry, step) for entry in entries(step)],
        "paper": paper,
        "fields": paper,
        "paper_names": [field["name"] for field in paper],
    }


def _entry(entry: Entry, step: Step) -> dict[str, Any]:
    old, new = entry.places()
    if entry.change.kind == "unchanged":
        old = []
    return {
        "change": entry.change,
        "title": entry.title,
        "field_of_action": entry.field_of_action,
        "names": [change.field for change in entry.change.fields],
        "fields": [_entry_field(change, entry, step) for change in entry.change.fields],
        "family": _family(entry, step),
        "whole": _whole(entry),
        "places": _cited(old, step.old, "Old", whole=True) + _cited(new, step.new, "New", whole=True),
    }


def _family(entry: Entry, step: Step) -> list[tuple[str, list[tuple[str, list[dict[str, Any]]]]]]:
    """Of a split or a merge, the measures before and now, each with its title and places."""
    if entry.change.kind not in ("split", "merged"):
        return []
    sides = (("Before", entry.old, step.old, "Old"), ("Now", entry.new, step.new, "New"))
    return [
        (name, [(measure_title(m), _cited(m.places(), document, side, whole=True)) for m in measures])
        for name, measures, document, side in sides
    ]


def _whole(entry: Entry) -> list[tuple[str, str]]:
    """What a measure says that was added or removed: there is nothing to set it beside."""
    if entry.change.kind not in ("added", "removed"):
        return []
    measure = (entry.new or entry.old)[0]
    told = [(name.replace("_", " "), getattr(measure, name) or "") for name in _WHOLE]
    told.append(("indicators", "\n".join(indicator.text for indicator in measure.indicators)))
    told.append(("responsibility text", measure.responsibility_text or ""))
    return [(name, text) for name, text in told if text]


def _entry_field(change: FieldChange, entry: Entry, step: Step) -> dict[str, Any]:
    """A field with where it stands; what has no place of its own is cited as the whole measure."""
    places = entry.places(change.field)
    whole = [not own for own in places]
    old, new = (own or everything for own, everything in zip(places, entry.places(), strict=True))
    return _field(change, _cited(old, step.old, "Old", whole=whole[0]), _cited(new, step.new, "New", whole=whole[1]))


def _paper_field(change: FieldChange, step: Step) -> dict[str, Any]:
    old, new = (paper_places(document, change.field) for document in (step.old, step.new))
    return _field(change, _cited(old, step.old, "Old"), _cited(new, step.new, "New"))


def _field(change: FieldChange, old: list[dict[str, Any]], new: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "name": change.field,
        "label": field_label(change),
        "old": _marked(change.segments, "insert"),
        "new": _marked(change.segments, "delete"),
        "old_places": old,
        "new_places": new,
    }


def _marked(segments: Iterable[Segment], left_out: Operation) -> list[tuple[str, str, str, str]]:
    """The segments of one side as operation, space before, text, space after: marks begin and end at a letter."""
    own = [(operation, text) for operation, text in segments if operation != left_out]
    return [
        (
            operation,
            text[: len(text) - len(text.lstrip())],
            text.strip(),
            text[len(text.rstrip()) :] if text.strip() else "",
        )
        for operation, text in own
    ]


def _cited(places: Iterable[Place], document: Document, side: str, *, whole: bool = False) -> list[dict[str, Any]]:
    """A citation for each page with its boxes; `whole` takes one box around all of them."""
    boxes: dict[int, list[tuple[float, ...]]] = defaultdict(list)
    for place in places:
        if place.box not in boxes[place.page]:
            boxes[place.page].append(place.box)
    if whole:
        boxes = defaultdict(list, {page: [_around(found)] for page, found in boxes.items()})
    return [
        {
            "document": document.document_id,
            "side": side,
            "page": page,
            "boxes": found,
            "said": "; ".join(", ".join(f"{edge:.0f}" for edge in box) for box in found),
        }
        for page, found in sorted(boxes.items())
    ]


def _around(boxes: Sequence[tuple[float, ...]]) -> tuple[float, ...]:
    x0, top, x1, bottom = zip(*boxes, strict=True)
    return min(x0), min(top), max(x1), max(bottom)
