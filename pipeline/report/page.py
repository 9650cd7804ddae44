"""The review page of a document: one file of HTML with the pictures of its pages, each record marked on them.

Nothing is loaded from anywhere, every text is escaped, and the page works from a disk, by keyboard and in print.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from pipeline.page_pictures import DocumentPictures, PagePicture, pictures_of
from pipeline.report.view import Mark, entries, marks, paper_fields, shares
from pipeline.report.words import WORDS
from schemas.records import Document, Paper

_MOST_PAGES: Final = 150
"""Pages up to which all of a document are shown; of a longer one those with records, and no more than these."""
_PAD: Final = 1.5
"""Points that a mark is larger than its box."""
_KINDS: Final = {
    "measure": "measure",
    "goal": "goal",
    "description": "description",
    "number": "number",
    "problem": "problem",
    "field_of_action": "field_of_action",
    "indicators": "indicators",
    "responsibilities": "responsibilities",
    "table": "table",
    "unassigned": "unassigned",
}


def report_page(document: Document) -> str:
    """The page as HTML. Where the PDF is not at hand it has the records alone, and says so."""
    on_pages = marks(document)
    found = pictures_of(document, _shown_pages(document, on_pages))
    shown = entries(document)
    counts = Counter(actor for entry in shown for actor in entry.actors)
    fields = dict.fromkeys(entry.measure.field_of_action for entry in shown if entry.measure.field_of_action)
    context: dict[str, Any] = {
        "document": document,
        "title": title_of(document),
        "entries": [_with_places(entry) for entry in shown],
        "fields": list(fields),
        "named": sorted((a for a in document.actors if counts[a.actor_id]), key=lambda a: a.name.casefold()),
        "actors": sorted(
            ((a, counts[a.actor_id]) for a in document.actors), key=lambda pair: (-pair[1], pair[0].name.casefold())
        ),
        "shares": shares(document),
        "paper_fields": paper_fields(document),
        "section_ids": [f"section-{number}" for number in range(1, 1 + _sections(document.paper))],
        "section_pages": _section_pages(document.paper),
        "sheets": _sheets(document, found, on_pages),
        "missing": found.missing,
    }
    return render("report/document.html", context)


def title_of(document: Document) -> str:
    """What a reader calls the document: the name of its paper, the title of its plan, or its file's name."""
    titles = (document.paper.name if document.paper else None, document.plan.title if document.plan else None)
    return next((title for title in titles if title), document.file.name)


def render(template: str, context: dict[str, Any]) -> str:
    """A template of `pipeline/templates`, with the words of both languages."""
    return _environment().get_template(template).render(words=WORDS, **context).strip() + "\n"


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("pipeline"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip


def _shown_pages(document: Document, on_pages: dict[int, list[Mark]]) -> list[int]:
    if document.file.page_count <= _MOST_PAGES:
        return list(range(1, document.file.page_count + 1))
    told = {problem.page for problem in document.problems if problem.page is not None}
    return sorted({*on_pages, *told})[:_MOST_PAGES]


def _with_places(entry: Any) -> dict[str, Any]:
    """An entry with the pages of each field by name."""
    places = {name: sorted({place.page for place in found}) for name, found in entry.measure.source.items()}
    names = ("id", "title", "measure", "fields", "actors", "unsure", "pages", "corrected", "others")
    return {**{name: getattr(entry, name) for name in names}, "places": places}


def _sections(paper: Paper | None) -> int:
    return len(paper.sections) if paper is not None else 0


def _section_pages(paper: Paper | None) -> list[list[int]]:
    if paper is None:
        return []
    places = [paper.source.get(f"sections/{section.heading}", []) for section in paper.sections]
    return [sorted({place.page for place in found}) for found in places]


def _sheets(document: Document, found: DocumentPictures, on_pages: dict[int, list[Mark]]) -> list[dict[str, Any]]:
    sections = document.paper.sections if document.paper is not None else []
    ids = {f"paper-sections/{section.heading}": f"section-{n}" for n, section in enumerate(sections, 1)}
    titles = {entry.id: entry.title for entry in entries(document)}
    return [
        {"picture": picture, "marks": [_mark(mark, picture, ids, titles) for mark in on_pages.get(page, ())]}
        for page, picture in sorted(found.pictures.items())
    ]


def _mark(mark: Mark, picture: PagePicture, ids: dict[str, str], titles: dict[str, str]) -> dict[str, Any]:
    """A mark with its place in per cent of the page."""
    x0, top, x1, bottom = mark.box
    records = [ids.get(record, record) for record in mark.records]
    name = WORDS[mark.field][0] if mark.field in WORDS else mark.field.removeprefix("sections/")
    of_paper = any(record.startswith(("paper-", "section-")) for record in records)
    title = titles.get(records[0])
    return {
        "field": mark.field,
        "kind": "paper" if of_paper else _KINDS.get(mark.field, "columns"),
        "records": records,
        "box": mark.box,
        "label": f"{name}: {title[:80]}" if title and mark.field != "measure" else (title or name)[:100],
        "left": round(100 * (x0 - _PAD) / picture.width, 3),
        "top": round(100 * (top - _PAD) / picture.height, 3),
        "width": round(100 * (x1 - x0 + 2 * _PAD) / picture.width, 3),
        "height": round(100 * (bottom - top + 2 * _PAD) / picture.height, 3),
    }
