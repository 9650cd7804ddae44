"""A plan as plain Markdown (CommonMark, https://spec.commonmark.org/0.31.2/): a heading for each field and measure.

All texts of the PDF are escaped, those that look like HTML, links or lists as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.exporters import Settings
from pipeline.exporters.texts import as_markdown, one_line, sections, title_of
from schemas.records import Document, Measure, Paper, Plan


def export(documents: Iterable[Document], settings: Settings) -> str:
    """Every document's paper and plan, one behind the other."""
    return "\n".join("\n".join(_lines(document)) for document in documents)


def _lines(document: Document) -> Iterator[str]:
    plan, paper = document.plan, document.paper
    title = (plan.title if plan else None) or (paper.name if paper else None) or document.file.name
    yield f"# {as_markdown(one_line(title))}"
    yield ""
    yield from _facts(document, paper, plan)
    field: str | None = None
    for position, measure in enumerate(plan.measures if plan else []):
        if measure.field_of_action != field or position == 0:
            field = measure.field_of_action
            yield f"## {as_markdown(one_line(field)) if field else 'Ohne Handlungsfeld'}"
            yield ""
        yield from _measure(measure)


def _facts(document: Document, paper: Paper | None, plan: Plan | None) -> Iterator[str]:
    facts = [
        ("Vorlage", paper.reference if paper else None),
        ("Körperschaft", paper.body if paper else None),
        ("Datum", paper.date.strftime("%d.%m.%Y") if paper and paper.date else None),
        ("Stand", plan.status if plan else None),
        ("Datei", document.file.name),
    ]
    yield from (f"- {label}: {as_markdown(one_line(text))}" for label, text in facts if text)
    yield ""


def _measure(measure: Measure) -> Iterator[str]:
    number = f"{one_line(measure.number)} " if measure.number else ""
    yield f"### {as_markdown(number + title_of(measure))}"
    yield ""
    for label, lines in sections(measure):
        if len(lines) == 1 and label not in ("Indikatoren", "Verantwortlich"):
            yield f"**{label}:** {as_markdown(one_line(lines[0]))}"
        else:
            yield f"**{label}:**"
            yield ""
            yield from (f"- {as_markdown(one_line(line))}" for line in lines)
        yield ""
