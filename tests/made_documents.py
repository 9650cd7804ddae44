"""Documents made by hand, with everything in their texts that a CSV file finds hard."""

from __future__ import annotations

import hashlib
from datetime import date

from pipeline.names import document_id_of
from schemas.records import (
    Actor,
    Attachment,
    Consultation,
    Contributor,
    Document,
    File,
    Indicator,
    LedgerRecord,
    Measure,
    Mention,
    Paper,
    Place,
    Plan,
    Problem,
    Responsibility,
    Section,
    UnassignedWord,
)

HARD = 'Träger, Vereine; "Verbände"\nund\rweitere'
BOX = (72.0, 100.25, 200.5, 112.0)


def place(page: int) -> Place:
    return Place(page=page, box=BOX)


def made_document(name: str = "Plan.pdf", data: bytes = b"plan", *, status: str = "ok") -> Document:
    """A paper with a plan of two measures; the first goes from page 3 to page 4. The ids follow the name and bytes."""
    sha256 = hashlib.sha256(data).hexdigest()
    document_id = document_id_of(name, sha256)
    return Document(
        document_id=document_id,
        file=File(name=name, sha256=sha256, size=len(data), page_count=5, producer=None, source=f"in/{name}"),
        status="review" if status == "review" else "ok",
        problems=[Problem(code="row_join_unsure", severity="warning", message="look", page=3)],
        ledger=LedgerRecord(
            words=10,
            paper=4,
            plan=5,
            prose=0,
            tables=0,
            furniture=0,
            unassigned=[UnassignedWord(page=5, box=BOX, text="übrig")],
        ),
        paper=_paper(),
        plan=Plan(
            title="Aktionsplan",
            status="Entwurf",
            contributors=[Contributor(name="Jobcenter", actor_id="jobcenter")],
            measures=[_first(document_id), _second(document_id)],
        ),
        actors=[
            Actor(actor_id="jobcenter", name="Jobcenter", aliases=["Job-Center"], kind="authority", mentions=2),
            Actor(actor_id="kit", name="Koordinierungsstelle Integration und Teilhabe", abbreviation="KIT", mentions=1),
        ],
        mentions=[
            Mention(
                actor_id="jobcenter",
                label="ORG",
                text="Jobcenter",
                field=f"measures/{document_id}-m1/problem",
                start=4,
                end=13,
                origin="lexicon",
                confidence=0.9,
            ),
            Mention(actor_id="kit", label="ORG", text="KIT", field="paper/name", start=0, end=3, origin="abbreviation"),
            Mention(
                actor_id="kit",
                label="ORG",
                text="Zahl",
                field=f"measures/{document_id}-m1/indicators/2",
                start=0,
                end=4,
                origin="rule",
            ),
        ],
    )


def _paper() -> Paper:
    return Paper(
        reference="VO/2025/246",
        name="KIT: Aktionsplan",
        public=True,
        date=date(2025, 8, 28),
        consultations=[Consultation(position=1, date=date(2025, 9, 23), organization="Kreistag", public=False)],
        sections=[Section(heading="Sachverhalt", kind="facts", text=HARD)],
        attachments=[Attachment(position=1, name="Anlage 1")],
        source={"name": [place(1)], "consultations": [place(2)], "sections/Sachverhalt": [place(1), place(2)]},
    )


def _first(document_id: str) -> Measure:
    measure_id = f"{document_id}-m1"
    return Measure(
        measure_id=measure_id,
        position=1,
        field_of_action="Sprache",
        problem="Das Jobcenter fehlt",
        measure=HARD,
        indicators=[
            Indicator(indicator_id=f"{measure_id}-i1", position=1, text=HARD),
            Indicator(indicator_id=f"{measure_id}-i2", position=2, group="Vor der Ausbildung:", text="Zahl"),
        ],
        responsibility_text="KIT",
        responsibilities=[
            Responsibility(
                responsibility_id=f"{measure_id}-r1",
                position=1,
                actor_id="kit",
                actor="Koordinierungsstelle Integration und Teilhabe",
                abbreviation="KIT",
                text="KIT",
                role="advisory",
            )
        ],
        columns={"Maßnahme, neu": HARD, "Nr.": "1"},
        confidence=0.5,
        source={"problem": [place(3)], "measure": [place(3), place(4)], "indicators": [place(4)]},
    )


def _second(document_id: str) -> Measure:
    return Measure(measure_id=f"{document_id}-m2", position=2, measure="=1+1")
