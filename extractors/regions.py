"""The lines of a table on one page, once it is known where the table begins and ends."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, field

from extractors.heads import Head
from extractors.lines import line_of, runs
from schemas.geometry import Line, Page, Word

_LABEL_WORDS = 3
APART = 0.7
"""Blank, in font sizes, that parts the texts of a line."""
_MIDDLE = 3.0
"""Points by which the middles of lines may differ, twice, and by which their ends do."""
Type = tuple[int, bool, bool]
"""Font size in half points, and whether a line is bold, or italic."""


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

    def titles_alone(self) -> set[Type]:
        """How the titles are set that are one line each."""
        return {type_of(band[0]) for band in self.bands if len(band) == 1}

    def mark_titles(self, types: Set[Type], x: float) -> None:
        """Let each line that is set as titles are, and as no text of several columns is, be one.

        Titles begin at `x`; or several stand in the middle of the table, in bold, each as wide as its words.
        """
        beside = [line for line in self.lines if has_several(line)]
        # A title in the first column may be set as the texts there, and no other column's.
        several = {type_of(other) for line in beside for other in (line, line_of(runs(line.words, APART)[0]))}
        bands = {id(line) for band in self.bands for line in band}
        free = [line for line in self.lines if id(line) not in bands and type_of(line) not in several]
        found = [line for line in free if abs(line.x0 - x) < line.size and type_of(line) in types]
        plain = not any(word.bold for line in beside for word in line.words)  # else lines of a cell may be bold
        bold = [line for line in free if line.bold and plain]
        found += [line for line in bold if line not in found and any(_centred(line, other) for other in bold)]
        self.bands += [[line] for line in found]

    @property
    def words(self) -> list[Word]:
        head = self.head.words if self.head is not None else []
        return [*head, *(word for line in self.lines for word in line.words)]


def has_several(line: Line) -> bool:
    """Whether the texts of several columns stand on a line."""
    return len(runs(line.words, APART)) > 1


def _centred(line: Line, other: Line) -> bool:
    """Whether two lines have the same middle, and other ends."""
    return abs(line.x0 + line.x1 - other.x0 - other.x1) < _MIDDLE and abs(line.x0 - other.x0) > _MIDDLE


def type_of(line: Line) -> Type:
    """How the words of a line are set, where they are set alike; else how most of its letters are."""
    word = max(line.words, key=lambda w: len(w.text))
    return round(2 * word.size), line.bold, all(word.italic for word in line.words)


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
