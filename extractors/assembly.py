"""What the readers found -> the records of a `Document`: ids, actors, mentions, sources."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from extractors.actors import Recognition, ResponsibilityCell, recognise
from extractors.actors.model import Model
from extractors.celltext import lined, read_items
from extractors.ledger import rounded
from extractors.measure_draft import MeasureDraft, Spot
from extractors.plan import PlanReading
from extractors.values import indicator_values, measure_values
from extractors.vocabulary import Vocabulary
from schemas.geometry import Table
from schemas.records import (
    Contributor,
    Indicator,
    Measure,
    Paper,
    Place,
    Plan,
    Responsibility,
    TableRecord,
    TableRow,
)

_MENTION_FIELDS = ("problem", "measure", "goal", "description", "target_group", "progress")


def recognise_actors(
    document_id: str, plan: PlanReading | None, paper: Paper | None, model: Model | None = None
) -> Recognition:
    """The actors of a document: of responsibility cells and contributors, and where its texts name them."""
    drafts = plan.measures if plan is not None else []
    cells = [
        ResponsibilityCell([draft.responsibility_rows[row] for row in sorted(draft.responsibility_rows)])
        for draft in drafts
    ]
    texts = [
        entry for number, draft in enumerate(drafts, 1) for entry in _texts(measure_id(document_id, number), draft)
    ]
    if paper is not None:
        texts += [(f"paper/sections/{section.heading}", section.text) for section in paper.sections if section.text]
    return recognise(
        cells,
        plan.contributors if plan is not None else [],
        texts,
        committees=[c.organization for c in paper.consultations if c.organization] if paper is not None else [],
        body=paper.body if paper is not None else None,
        finder=model.finder() if model is not None else None,
    )


def _texts(owner: str, draft: MeasureDraft) -> Iterable[tuple[str, str]]:
    for name in _MENTION_FIELDS:
        if draft.texts.get(name):
            yield f"measures/{owner}/{name}", draft.texts[name]
    for position, indicator in enumerate(draft.indicators, 1):
        yield f"measures/{owner}/indicators/{position}", indicator.text


def measure_id(document_id: str, position: int) -> str:
    return f"{document_id}-m{position:03d}"


def plan_record(document_id: str, plan: PlanReading, recognition: Recognition) -> Plan:
    contributors = [
        Contributor(name=name, actor_id=actor)
        for name, actor in zip(plan.contributors, recognition.contributors, strict=True)
    ]
    measures = [_measure(document_id, number, draft, recognition) for number, draft in enumerate(plan.measures, 1)]
    return Plan(title=plan.title, status=plan.status, date=plan.date, contributors=contributors, measures=measures)


def _measure(document_id: str, position: int, draft: MeasureDraft, recognition: Recognition) -> Measure:
    own = measure_id(document_id, position)
    rows = sorted(draft.responsibility_rows)
    fields: dict[str, Any] = {**draft.texts, **measure_values(draft.texts, draft.columns)}
    return Measure(
        measure_id=own,
        position=position,
        **fields,
        indicators=[
            Indicator(
                indicator_id=f"{own}-i{n:02d}",
                position=n,
                row=i.row,
                group=i.group,
                level=i.level,
                text=i.text,
                **indicator_values(i.text),
            )
            for n, i in enumerate(draft.indicators, 1)
        ],
        responsibility_text=draft.responsibility_text,
        responsibilities=[
            Responsibility(
                responsibility_id=f"{own}-r{n:02d}",
                position=n,
                row=rows[claim.row - 1],
                actor_id=claim.actor_id,
                actor=claim.actor,
                abbreviation=claim.abbreviation,
                text=claim.text,
                role=claim.role,
            )
            for n, claim in enumerate(recognition.claims[position - 1], 1)
        ],
        columns=draft.columns,
        confidence=round(draft.confidence, 2),
        source={name: places(spots) for name, spots in draft.spots.items()},
    )


def places(spots: Iterable[Spot]) -> list[Place]:
    return [Place(page=page, box=rounded(box)) for page, box in spots]


def table_record(table: Table, vocabulary: Vocabulary) -> TableRecord:
    """A table that is no plan, as a grid of texts; covered positions of spanned cells are null."""
    rows: list[list[str | None]] = [[None] * table.n_cols for _ in range(table.n_rows)]
    pages = [table.page] * table.n_rows
    for cell in table.cells:
        rows[cell.row][cell.col] = lined(read_items(cell.parts, vocabulary))
        pages[cell.row] = max(pages[cell.row], cell.parts[0].page)
    return TableRecord(
        source=places(table.pieces),
        rows=[TableRow(page=page, cells=cells) for page, cells in zip(pages, rows, strict=True)],
    )
