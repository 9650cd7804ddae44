"""A measure while it is read: what a row or a form says, before ids and actors."""

from __future__ import annotations

from dataclasses import dataclass, field

from schemas.geometry import Box

Spot = tuple[int, Box]
"""A page and a box on it."""


@dataclass(slots=True, frozen=True)
class Cited:
    """A text and where it stands."""

    text: str
    spots: list[Spot]


@dataclass(slots=True)
class IndicatorDraft:
    row: int
    group: str | None
    level: int
    text: str


@dataclass(slots=True)
class MeasureDraft:
    """A measure before ids and actors: what one row of a table, or one form, says."""

    texts: dict[str, str] = field(default_factory=dict)
    indicators: list[IndicatorDraft] = field(default_factory=list)
    responsibility_rows: dict[int, str] = field(default_factory=dict)
    """Sub-row -> text of its responsibility cell; paragraphs parted by line feeds, early line ends by U+2028."""
    responsibility_text: str | None = None
    columns: dict[str, str] = field(default_factory=dict)
    spots: dict[str, list[Spot]] = field(default_factory=dict)
    confidence: float = 1.0
    doubts: list[tuple[str, int, str]] = field(default_factory=list)
    """(code, page, message) of what is unsure."""

    @classmethod
    def under(cls, field_of_action: Cited | None) -> MeasureDraft:
        """A measure of which nothing is known but its field of action."""
        if field_of_action is None or not field_of_action.text:
            return cls()
        name = "field_of_action"
        return cls(texts={name: field_of_action.text}, spots={name: list(field_of_action.spots)})
