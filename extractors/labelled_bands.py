"""Rows of a plan that are one cell over all columns with a label of its own: "Sachstand: ...", "Leitziel 2: ...".

Such a row says more of the measure above it, or something of all measures below. Where one stands before the first
measure, or right below the title of a field of action, all rows with that label speak of what follows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.meanings import key_of, meaning_of
from extractors.measure_draft import MeasureDraft, Spot

_CERTAIN = 0.85
"""Likeness of a label from which its meaning is beyond doubt."""
_TEXTS = ("problem", "goal", "description", "target_group", "period", "cost", "priority", "progress")
_REFUSED = (None, "field_of_action", "number", "measure")
_COUNT = re.compile(r"\s+(?:Nr\.?\s*)?[\dIVX.]+$")


@dataclass(slots=True, frozen=True)
class LabelledRow:
    """A label, its text, and the record field it means."""

    label: str
    text: str
    meaning: str
    spots: list[Spot]

    @classmethod
    def of(cls, text: str, spots: list[Spot]) -> LabelledRow | None:
        """What a row's text says; None where no known label stands before a colon in it."""
        label, colon, rest = text.partition(":")
        name = _COUNT.sub("", label.strip())
        meaning, likeness = meaning_of(name) if colon and rest.strip() else (None, 0.0)
        if meaning in _REFUSED or likeness < _CERTAIN:
            return None
        return cls(name, rest.strip(), str(meaning), spots)

    def add_to(self, draft: MeasureDraft) -> None:
        """Let a measure say it, too: under its label, and as a known field that is still empty."""
        said = draft.columns.get(self.label)
        draft.columns[self.label] = f"{said}\n{self.text}" if said else self.text
        meaning = self.meaning
        if meaning in _TEXTS and meaning not in draft.texts:
            draft.texts[meaning] = " ".join(self.text.split())
        else:
            meaning = f"columns/{self.label}"
        draft.spots.setdefault(meaning, []).extend(self.spots)


class LabelledBands:
    """The labelled rows of a table while its measures are read."""

    def __init__(self, rows: dict[int, LabelledRow], first: int, titles: set[int]) -> None:
        """`first` is the first row below the header, `titles` are the rows that name a field of action."""
        self._rows = rows
        self._above: set[str] = set()
        for row, labelled in sorted(rows.items()):
            if row == first or row - 1 in titles or (row - 1 in rows and key_of(rows[row - 1].label) in self._above):
                self._above.add(key_of(labelled.label))
        self._open: dict[str, LabelledRow] = {}

    def begins(self, row: int) -> bool:
        """Whether a row says something of the measures below it."""
        labelled = self._rows.get(row)
        if labelled is None or key_of(labelled.label) not in self._above:
            return False
        self._open[key_of(labelled.label)] = labelled
        return True

    def end(self) -> None:
        """Forget what was said of the measures of a field of action."""
        self._open.clear()

    def add_to(self, draft: MeasureDraft, row: int) -> bool:
        """Add a labelled row to the measure above it; False for any other row."""
        labelled = self._rows.get(row)
        if labelled is not None:
            labelled.add_to(draft)
        return labelled is not None

    def say(self, draft: MeasureDraft) -> None:
        """Add to a measure what was said above it."""
        for labelled in self._open.values():
            labelled.add_to(draft)
