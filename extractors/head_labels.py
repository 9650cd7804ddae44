"""The labels of a header: words of several lines that name one column, and labels above several others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.headers import group_labels
from extractors.lines import group_lines, line_of, runs
from extractors.meanings import ends_open, joined_label, key_of, meaning_of
from schemas.geometry import Line, Rule, Word

RUN = 0.4
"""Blank, in font sizes, that parts two labels."""
KNOWN = 0.75
"""Likeness from which a label is a known one."""
_OWN = 0.9
"""Likeness from which a label above two columns is one of its own, and names no group of them."""
_ALIGNED = 3.5
"""Points between the ends, or the middles, of the lines of one label, at most."""
BEGINS = 1.5
"""Points between the left ends of a label and of the texts below it, at most."""


@dataclass(slots=True)
class Label:
    """The label of one column: its words on all lines."""

    words: list[Word]
    x0: float
    x1: float

    @classmethod
    def of(cls, words: list[Word]) -> Label:
        return cls(words, min(word.x0 for word in words), max(word.x1 for word in words))

    @property
    def top(self) -> float:
        return top_of(self.words)

    @property
    def bottom(self) -> float:
        return bottom_of(self.words)

    @property
    def text(self) -> str:
        """The label as it reads, a word that its column broke made whole."""
        return joined_label(group_lines(self.words))


def top_of(words: Sequence[Word]) -> float:
    return min(word.top for word in words)


def bottom_of(words: Sequence[Word]) -> float:
    return max(word.bottom for word in words)


def parted(line: Line, upright: Sequence[Rule]) -> list[Line]:
    """The pieces of a line: parted at blanks wider than those between words, and at the `upright` rules."""
    walls = [rule.x0 for rule in upright if rule.top <= (line.top + line.bottom) / 2 <= rule.bottom]
    pieces: list[Line] = []
    for run in runs(line.words, RUN):
        start = 0
        for at in range(1, len(run)):
            if any(run[at - 1].x1 - 1 <= wall <= run[at].x0 + 1 for wall in walls):
                pieces.append(line_of(run[start:at]))
                start = at
        pieces.append(line_of(run[start:]))
    return pieces


def labels_of_lines(
    lines: Sequence[Line], body: Sequence[Line], upright: Sequence[Rule]
) -> tuple[list[Label], list[Label]]:
    """The labels of the lines of a header, from left to right, and those above several of them."""
    begun = [piece for line in body for piece in parted(line, upright)]
    labels: list[Label] = []
    groups: list[Label] = []
    for line in sorted(lines, key=lambda other: -other.bottom):
        pieces = parted(line, upright)
        for piece in pieces:
            # Texts below it make it the label of a column; the same header may be printed again there.
            own = sum(abs(text.x0 - piece.x0) < BEGINS and text.text != piece.text for text in begun) > 1
            over = [label for label in labels if piece.width_within(label.x0, label.x1) > 1]
            lower = not any(_same_line(label, piece) for label in over)
            if lower and (_over_several(piece, over, labels) if over else not own and _amid(piece, labels, pieces)):
                groups.append(Label.of(list(piece.words)))
                continue
            joined = over[:1] if over and not _same_line(over[0], piece) else []
            words = [*piece.words, *(word for label in joined for word in label.words)]
            labels = [label for label in labels if label not in joined]
            labels.append(Label.of(words))
    return _whole(labels), sorted(groups, key=lambda label: label.x0)


def _whole(labels: Sequence[Label]) -> list[Label]:
    """The labels from left to right, each with the words right of it that begin none: "Kosten", "in €"."""
    whole: list[Label] = []
    for label in sorted(labels, key=lambda other: other.x0):
        rest = label.text[0].islower() or label.text[0] in "(€"
        if whole and rest and not re.search(r"[^\W\d_]{4}", label.text):
            whole[-1] = Label.of([*whole[-1].words, *label.words])
        else:
            whole.append(label)
    return whole


def _over_several(piece: Line, over: Sequence[Label], labels: Sequence[Label]) -> bool:
    """Whether a piece names a group of columns: it stands over several labels, or in the middle of several."""
    if len(over) > 1:
        return True
    label = over[0]
    if _heads_group(piece, label, labels):
        return True
    ends = (piece.x0 - label.x0, piece.x1 - label.x1, (piece.x0 + piece.x1 - label.x0 - label.x1) / 2)
    if min(map(abs, ends)) < _ALIGNED or len(labels) < 2:
        return False
    ordered = sorted(labels, key=lambda other: other.x0)
    at = ordered.index(label)
    beside = ordered[at - 1 : at] if ends[2] < 0 else ordered[at + 1 : at + 2]
    middle = (piece.x0 + piece.x1) / 2
    return any(min(other.x0, label.x0) < middle < max(other.x1, label.x1) and _level(other, label) for other in beside)


def _heads_group(piece: Line, label: Label, labels: Sequence[Label]) -> bool:
    """Whether a label above another, both whole, has a further one to its right below it, with nothing above that."""
    after = min((other for other in labels if other.x0 > label.x1), key=lambda other: other.x0, default=None)
    own, below = meaning_of(piece.text), meaning_of(label.text)
    group = key_of(piece.text) in group_labels()
    whole = below[1] >= KNOWN and (group or (own[1] >= KNOWN and own[0] != below[0]))
    if after is None or not whole or not _level(label, after) or ends_open(piece.text) or label.text[0].islower():
        return False
    return meaning_of(after.text)[1] >= KNOWN and min(word.top for word in after.words) >= piece.bottom - 1


def _amid(piece: Line, labels: Sequence[Label], beside: Sequence[Line]) -> bool:
    """Whether a piece that is no label itself stands in the middle of the columns of several labels below it.

    Alone on its line it is none, whatever it says: "Umsetzung" above "verantwortlich" and "bis".
    """
    meaning, likeness = meaning_of(piece.text)
    if len(beside) > 1 and meaning is not None and likeness >= _OWN and key_of(piece.text) not in group_labels():
        return False
    ordered = sorted((label for label in labels if not _same_line(label, piece)), key=lambda other: other.x0)
    begun = [x0 for x0 in (*(label.x0 for label in ordered), *(other.x0 for other in beside)) if x0 != piece.x0]
    for first, left in enumerate(ordered):
        for right in ordered[first + 1 :]:
            if not _level(left, right):
                break
            end = min((x0 for x0 in begun if x0 > right.x1), default=2 * right.x1 - left.x0)
            middle = left.x0 + right.x1 - _ALIGNED < piece.x0 + piece.x1 < left.x0 + end + _ALIGNED
            if middle and left.x1 <= piece.x0 + 1 and piece.x1 <= right.x0 + 1:
                return True
    return False


def _level(label: Label, other: Label) -> bool:
    return any(abs(a.bottom - b.bottom) < 1 for a in label.words for b in other.words)


def _same_line(label: Label, piece: Line) -> bool:
    return any(abs(word.bottom - piece.bottom) < 1 for word in label.words)
