"""What changed between two drafts of a plan: the records that `ratsplan compare` writes.

The names are a contract: other programs read them. Texts are given without layout noise: where the two drafts differ
only in spaces, hyphenation, dashes, quotes or bullets, or in the order of equal things, `old` is told as `new`
prints it.
"""

from __future__ import annotations

from typing import Final, Literal, get_args

from pydantic import Field

from schemas.records import Record
from schemas.version import SCHEMA_VERSION

Kind = Literal["unchanged", "changed", "moved", "added", "removed", "split", "merged"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
Operation = Literal["equal", "delete", "insert"]
Segment = tuple[Operation, str]
"""The texts of `equal` and `delete` in a row give the old text, those of `equal` and `insert` the new one."""


class FieldChange(Record):
    """One field that differs. Indicators, actors and other lists are told one a line."""

    field: str = Field(description="name of the record's field, or columns.<header>, sections.<heading>, plan.<field>")
    old: str | None
    new: str | None
    segments: list[Segment]


class Change(Record):
    """What became of a measure. Each measure of both drafts is in exactly one change."""

    kind: Kind
    old: list[str] = Field(description="measure_id in the old draft: none if added, several if merged")
    new: list[str] = Field(description="measure_id in the new draft: none if removed, several if split")
    likeness: float = Field(ge=0.0, le=1.0)
    reason: str = Field(description="why these belong together, and what changed, in words")
    fields: list[FieldChange] = Field(default=[])


class RenamedField(Record):
    """A field of action that only changed its name; its measures are not moved by that."""

    old: str
    new: str


class Comparison(Record):
    """Two drafts side by side. `changes` follow the old draft; what was added comes last, in the new draft's order."""

    schema_version: Literal["1"] = SCHEMA_VERSION
    old: str = Field(description="document_id")
    new: str = Field(description="document_id")
    summary: dict[Kind, int] = Field(description="how many changes of each kind")
    renamed_fields: list[RenamedField] = Field(default=[])
    changes: list[Change] = Field(default=[])
    paper: list[FieldChange] = Field(default=[], description="the paper, and what the plan says of itself")
