"""The records that ratsplan writes: one `Document` for each PDF, with its paper, plan, actors and ledger.

The names are a contract: other programs read them. `Paper` and `Consultation` use the names of OParl 1.1
(https://oparl.org/spezifikation/). Dates are ISO 8601. Boxes are `[x0, top, x1, bottom]` in points from the upper
left corner of the page as a reader sees it; pages count from 1.
"""

from __future__ import annotations

from datetime import date as Date
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from schemas.version import SCHEMA_VERSION

Role = Literal["responsible", "supporting", "advisory", "funding"]
Severity = Literal["info", "warning", "error"]
SectionKind = Literal["resolution", "facts", "reasons", "finance", "climate", "non_public", "annexes", "other"]
ActorKind = Literal[
    "authority",
    "unit",
    "department",
    "committee",
    "company",
    "association",
    "network",
    "person",
    "group",
    "place",
    "other",
]
PeriodTerm = Literal["immediate", "short", "short_to_medium", "medium", "medium_to_long", "long", "short_to_long"]
Per = Literal["year", "half_year", "quarter", "month", "week", "day", "hour", "unit", "once"]
CostKind = Literal["none", "neutral", "existing", "low", "medium", "high"]
ProgressStatus = Literal[
    "open", "planned", "in_progress", "ongoing", "partly_done", "done", "delayed", "paused", "dropped"
]
PriorityLevel = Literal["very_high", "high", "medium", "low", "very_low"]
TargetComparison = Literal[
    "at_least",
    "more_than",
    "at_most",
    "less_than",
    "about",
    "increase_by",
    "increase_to",
    "decrease_by",
    "decrease_to",
]
MentionOrigin = Literal["lexicon", "abbreviation", "rule", "model"]


class Record(BaseModel):
    model_config = ConfigDict(extra="forbid", json_schema_serialization_defaults_required=True)


class Place(Record):
    """Where a value stands: a page and a box on it."""

    page: int = Field(ge=1)
    box: tuple[float, float, float, float]


Source = dict[str, list[Place]]
"""Field name -> places of its text, in reading order; several where the text goes on over a page break."""


class File(Record):
    name: str
    sha256: str
    size: int = Field(description="bytes")
    page_count: int
    producer: str | None = None
    source: str | None = Field(default=None, description="path or address as the user gave it")


class Problem(Record):
    """Something that a person should look at."""

    code: str = Field(description="stable snake_case name, such as row_join_unsure")
    severity: Severity
    message: str
    page: int | None = None


class UnassignedWord(Place):
    text: str


class LedgerRecord(Record):
    """How many words went where. The counts and the unassigned words add up to `words`."""

    words: int
    paper: int
    plan: int
    prose: int
    tables: int
    furniture: int
    unassigned: list[UnassignedWord] = []


class Consultation(Record):
    position: int
    date: Date | None = None
    organization: str | None = None
    role: str | None = None
    agenda_item: str | None = None
    public: bool | None = None
    result: str | None = None


class Section(Record):
    heading: str
    kind: SectionKind
    text: str


class Attachment(Record):
    position: int
    name: str


class Paper(Record):
    reference: str | None = None
    name: str | None = None
    paper_type: str | None = None
    public: bool | None = None
    date: Date | None = None
    body: str | None = None
    under_direction_of: str | None = None
    contact_person: str | None = None
    originator_person: str | None = None
    consultations: list[Consultation] = []
    sections: list[Section] = []
    attachments: list[Attachment] = []
    source: Source = {}


class Contributor(Record):
    name: str
    actor_id: str | None = None


class Indicator(Record):
    indicator_id: str
    position: int
    row: int = Field(default=1, description="sub-row of the measure, from 1")
    group: str | None = None
    level: int = Field(default=1, description="depth in a nested list, from 1")
    text: str
    target_value: float | None = Field(default=None, description="the number that the text names as a target")
    target_max: float | None = Field(default=None, description="the greater number of a span")
    target_comparison: TargetComparison | None = Field(default=None, description="null: the very number")
    target_unit: str | None = Field(default=None, description="what is counted, as printed; x for times")
    target_per: Per | None = None
    target_date: Date | None = Field(default=None, description="last day by which it is to be reached")


class Responsibility(Record):
    responsibility_id: str
    position: int
    row: int = 1
    actor_id: str
    actor: str = Field(description="full name as the document resolves it")
    abbreviation: str | None = None
    text: str = Field(description="as printed")
    role: Role = "responsible"


class Measure(Record):
    measure_id: str
    position: int
    number: str | None = None
    field_of_action: str | None = None
    problem: str | None = None
    measure: str | None = None
    goal: str | None = None
    description: str | None = None
    target_group: str | None = None
    period: str | None = None
    cost: str | None = None
    priority: str | None = None
    progress: str | None = None
    period_start: Date | None = Field(default=None, description="first day of the period")
    period_end: Date | None = Field(default=None, description="last day of the period")
    period_open: bool | None = Field(default=None, description="whether it goes on without a named end")
    period_approximate: bool | None = Field(default=None, description="whether the days follow from vague words")
    period_times_per_year: float | None = Field(default=None, description="how often a year")
    period_term: PeriodTerm | None = None
    period_months_min: int | None = Field(default=None, description="duration in months, least")
    period_months_max: int | None = Field(default=None, description="duration in months, most")
    cost_min: float | None = Field(default=None, description="euros, least")
    cost_max: float | None = Field(default=None, description="euros, most")
    cost_per: Per | None = Field(default=None, description="for what the cost is once; null where nothing is said")
    cost_approximate: bool | None = None
    cost_kind: CostKind | None = Field(default=None, description="what words say: existing is out of running budgets")
    staff_min: float | None = Field(default=None, description="full-time posts, least")
    staff_max: float | None = Field(default=None, description="full-time posts, most")
    priority_level: PriorityLevel | None = None
    priority_rank: int | None = Field(default=None, description="1 is first: Priorität 1, A")
    priority_points: int | None = Field(default=None, description="filled marks of ●●○")
    priority_points_max: int | None = Field(default=None, description="all marks of ●●○")
    progress_status: ProgressStatus | None = None
    progress_percent: int | None = None
    indicators: list[Indicator] = []
    responsibility_text: str | None = None
    responsibilities: list[Responsibility] = []
    columns: dict[str, str] = Field(default={}, description="every column or labelled box as printed")
    confidence: float = Field(default=1.0, ge=0.0, le=1.0)
    source: Source = {}

    def places(self) -> list[Place]:
        """Where the measure itself stands: all places but that of its field of action, a heading above many."""
        own = [place for name, places in self.source.items() if name != "field_of_action" for place in places]
        return own or [place for places in self.source.values() for place in places]


PAPER_HEAD: Final = (
    "reference",
    "name",
    "paper_type",
    "public",
    "date",
    "body",
    "under_direction_of",
    "contact_person",
    "originator_person",
)
"""The fields of a paper's head, each one value."""


class Plan(Record):
    title: str | None = None
    status: str | None = None
    date: Date | None = None
    contributors: list[Contributor] = []
    measures: list[Measure] = []


class Actor(Record):
    actor_id: str
    name: str
    abbreviation: str | None = None
    aliases: list[str] = []
    kind: ActorKind = "other"
    identifier: str | None = Field(default=None, description="from the user's registry, such as wikidata:Q64")
    body: str | None = Field(
        default=None, description="town or county that it belongs to; null for actors that are the same everywhere"
    )
    mentions: int = 0


class Mention(Record):
    """A place in the text of a record where an actor is named. Offsets count characters of that field's text."""

    actor_id: str
    label: str = Field(description="spaCy entity label: ORG, PER, LOC or MISC")
    text: str
    field: str = Field(description="where: e.g. measures/<measure_id>/problem")
    start: int
    end: int
    origin: MentionOrigin
    confidence: float = Field(default=1.0, ge=0.0, le=1.0)


class TableRow(Record):
    page: int
    cells: list[str | None]


class TableRecord(Record):
    """A table that is no plan. The text of a spanned cell stands at its upper left, what it covers is null."""

    source: list[Place]
    rows: list[TableRow]


class OParl(Record):
    """What the council's server says of the file (https://oparl.org/spezifikation/); addresses are its object ids."""

    body: str | None = None
    body_name: str | None = None
    paper: str | None = None
    file: str | None = None
    role: Literal["main", "auxiliary"] = Field(default="main", description="of the file in the paper")
    reference: str | None = None
    name: str | None = None
    paper_type: str | None = None
    date: Date | None = None
    file_name: str | None = None
    web: str | None = Field(default=None, description="page of the paper for people")
    modified: str | None = Field(default=None, description="of the file, as the server says")


class Correction(Record):
    """A field that a person has corrected: what was read, and what it is now. Dates are ISO 8601 texts."""

    id: str = Field(description="of the measure, indicator, responsibility or document")
    field: str = Field(description="its field; paper.<field> or plan.<field> of a document")
    read: str | int | float | bool | None = None
    now: str | int | float | bool | None = None


class Document(Record):
    schema_version: Literal["1"] = SCHEMA_VERSION
    document_id: str
    file: File
    status: Literal["ok", "review"] = "ok"
    problems: list[Problem] = []
    ledger: LedgerRecord
    paper: Paper | None = None
    plan: Plan | None = None
    actors: list[Actor] = []
    mentions: list[Mention] = []
    tables: list[TableRecord] = []
    corrections: list[Correction] = Field(default=[], description="by a person; the records hold what it is now")
    oparl: OParl | None = Field(default=None, description="beside what the PDF says, where it came through OParl")
