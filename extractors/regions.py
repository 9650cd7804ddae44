"""The lines of a table on one page, once it is known where the table begins and ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.heads import Head
from schemas.geometry import Line, Page, Word

_LABEL_WORDS = 3


@dataclass(slots=True)
class Region:
    """The lines of a table on one page, its header among them or not."""

    page: Page
    lines: list[Line]
    head: Head | None
    bands: list[list[Line]] = field(default_factory=list)
    """Those of the lines that run over several columns: titles between rows."""

    def add(self, titles: Sequence[Line], *lines: Line) -> None:
        """Put lines at the end, those of `titles` between rows before them."""
        self.bands += parted_bands(titles)
        self.lines += [*titles, *lines]

    def drop_last(self) -> None:
        """Take the last line away, from its title as well."""
        line = self.lines.pop()
        self.bands = [kept for band in self.bands if (kept := [other for other in band if other is not line])]

    @property
    def words(self) -> list[Word]:
        head = self.head.words if self.head is not None else []
        return [*head, *(word for line in self.lines for word in line.words)]


def parted_bands(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines over several columns as titles: each begins with another type, or with a label, "Leitziel: ..."."""
    bands: list[list[Line]] = []
    for line in lines:
        above = bands[-1][-1] if bands else None
        alike = above is not None and above.bold == line.bold and abs(above.size - line.size) < 0.5
        if alike and not any(word.text.endswith(":") for word in line.words[:_LABEL_WORDS]):
            bands[-1].append(line)
        else:
            bands.append([line])
    return bands
