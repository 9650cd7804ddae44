"""Drafts as PDFs: the records of a draft set in one of several layouts by one of four producers, and read again."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import ratsplan
from schemas.records import Document
from schemas.records import Measure as Record
from tests.drafts import DraftPair, draft_pair
from tests.layouts.cases import OFFICE, PRODUCERS
from tests.layouts.plans import TablePlan, sheet_of
from tests.layouts.records import Indicator, Measure
from tests.layouts.sheets import Look

COLUMNS = (
    "number", "problem", "measure", "indicators", "responsibility_text", "period", "cost", "priority", "remark",
)  # fmt: skip


@dataclass(frozen=True)
class Layout:
    """How a draft is printed."""

    producer: str
    design: TablePlan = field(default_factory=lambda: TablePlan(columns=COLUMNS))
    look: Look = field(default_factory=lambda: Look(wide=True, size=8))

    def pdf(self, plan: list[Measure]) -> bytes:
        """The plan as a PDF; a plan without numbers has no column for them."""
        columns = tuple(name for name in self.design.columns if name != "number" or any(m.number for m in plan))
        return PRODUCERS[self.producer](sheet_of(plan, replace(self.design, columns=columns), self.look))


LAYOUTS = {
    "plain": Layout("reportlab"),
    "narrow pages": Layout("reportlab", look=Look(size=7, foot=False)),
    "bands": Layout("weasyprint", TablePlan(columns=COLUMNS, fields="band"), Look(wide=True, size=7.5, head="Entwurf")),
    "hyphenated": Layout(
        "typst", TablePlan(columns=COLUMNS, repeat_header=True), Look(wide=True, size=8, hyphenate=True)
    ),
    "field column": Layout("fpdf2", TablePlan(columns=("field_of_action", *COLUMNS), fields="none")),
    "other order": Layout("typst", TablePlan(columns=COLUMNS[::-1]), Look(wide=True, size=8, bullets=("•", "-"))),
    "other words": Layout("reportlab", TablePlan(columns=COLUMNS, labels=OFFICE, rules="inner", repeat_header=True)),
    "no bullets": Layout("typst", TablePlan(columns=COLUMNS), Look(wide=True, size=8.5, bullets=None)),
}
PAIRS = [
    ("plain", "hyphenated"), ("bands", "plain"), ("other order", "narrow pages"), ("field column", "other words"),
    ("plain", "other order"), ("hyphenated", "field column"),
]  # fmt: skip
"""Layouts of the old and of the new draft; one after the other."""


def printed(record: Record) -> Measure:
    """A measure as the builders of layouts want it."""
    return Measure(
        measure=record.measure or "", problem=record.problem or "", field_of_action=record.field_of_action or "",
        number=record.number or "", goal="", description="", target_group="", period=record.period or "",
        cost=record.cost or "", priority=record.priority or "", progress="",
        indicators=[Indicator(indicator.text) for indicator in record.indicators],
        responsibility_text=record.responsibility_text or "", remark=record.columns.get("Bemerkung", ""),
    )  # fmt: skip


def read_again(document: Document, layout: Layout) -> Document:
    """What ratsplan reads from the PDF of a draft."""
    assert document.plan is not None
    plan = [printed(measure) for measure in document.plan.measures]
    return ratsplan.extract(layout.pdf(plan), name=f"{document.document_id}.pdf")


def pdf_pair(seed: int) -> tuple[DraftPair, Document, Document]:
    """A pair of drafts with known edits, and both as they are read from their PDFs, each in another layout."""
    pair = draft_pair(seed, 15, reprint=False)
    old, new = PAIRS[seed % len(PAIRS)]
    return pair, read_again(pair.old, LAYOUTS[old]), read_again(pair.new, LAYOUTS[new])
