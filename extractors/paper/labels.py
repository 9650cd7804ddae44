"""Labels of the head and the values beside, below or behind them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.paper.pieces import Piece, colon_label, part_of, split_at_labels, text_of, with_colons
from extractors.paper.profiles import Profile, label_key
from extractors.paper.values import find_date, find_public
from extractors.vocabulary import Vocabulary
from schemas.geometry import Cell, Word

_BARE = frozenset({"reference", "date"})
"""Fields whose label may stand without colon before its value on one line: their values have a shape of their own."""
_NEAR = 2.6
"""How far below its label a value may begin, and _TIGHT how far below its first line the next, as multiples of size."""
_TIGHT = 0.75
_ALIGNED = 28.0


@dataclass(slots=True, eq=False)
class Label:
    """A printed label: its field, its words, and those of its value in the same piece."""

    piece: Piece
    field: str
    rank: int
    words: list[Word]
    inline: list[Word]


@dataclass(slots=True, eq=False)
class Value:
    field: str
    rank: int
    words: list[Word]
    label: Label


def _whole_labels(pieces: Sequence[Piece], profile: Profile) -> list[Piece]:
    """The pieces, those of a cell made one where its lines are one label: "Ansprechpart-" "nerin:"."""
    labels = {id(p.cell): p for p in pieces if p.cell is not None and _is_label(p.cell, profile)}
    result = []
    for piece in pieces:
        first = labels.get(id(piece.cell)) if piece.cell is not None else None
        if first is None:
            result.append(piece)
        elif piece.cell is not None and piece.words[0] is piece.cell.words[0]:
            result.append(part_of(piece, piece.cell.words))
    return result


def _is_label(cell: Cell, profile: Profile) -> bool:
    words = cell.words
    if not 1 < len(words) < 7 or len({round(word.middle) for word in words}) < 2:
        return False
    return label_key("".join(word.text for word in words)) in profile.labels


class LabelReader:
    """Finds labelled values among the pieces of a head."""

    def __init__(self, pieces: Sequence[Piece], profile: Profile, vocabulary: Vocabulary) -> None:
        self.profile = profile
        self.vocabulary = vocabulary
        self.pieces = split_at_labels(_whole_labels(with_colons(pieces), profile), profile)
        self.labels = {id(p): label for p in self.pieces if (label := self._label(p)) is not None}

    def values(self) -> list[Value]:
        """All labelled values that have the shape of their field, the best label of a field first."""
        found: list[Value] = []
        for label in self.labels.values():
            words = self.value_of(label)
            if words and self._fits(label.field, text_of(words, self.vocabulary)):
                found.append(Value(label.field, label.rank, words, label))
        return sorted(found, key=lambda value: value.rank)

    def _label(self, piece: Piece) -> Label | None:
        words = piece.words
        count = colon_label(words, self.profile)
        if not count and label_key(piece.text) in self.profile.labels and self._stands_alone(piece):
            count = len(words)
        if count:
            name, rank = self.profile.labels[label_key("".join(w.text for w in words[:count]))]
            return Label(piece, name, rank, words[:count], words[count:])
        for count in range(min(4, len(words) - 1), 0, -1):
            hit = self.profile.labels.get(label_key("".join(w.text for w in words[:count])))
            rest = " ".join(w.text for w in words[count:]).lstrip("- –")
            named = words[0].text[0].isupper() and words[1].text[0].isdigit()  # "Aktenzeichen 902.41"
            if hit and hit[0] == "none" and count == 1 and named:
                return Label(piece, hit[0], hit[1], words[:count], words[count:])
            if hit and hit[0] in _BARE and self._fits(hit[0], rest) and (hit[0] != "date" or find_date(rest)):
                inline = words[count + 1 :] if words[count].text in ("-", "–") else words[count:]
                return Label(piece, hit[0], hit[1], words[:count], inline)
        return None

    def _stands_alone(self, piece: Piece) -> bool:
        """A label without colon: no title such as "Vorlage", nor one of several column headers side by side."""
        if self.profile.has("types.exact", piece.text):
            return False
        if piece.cell is None or piece.table is None:
            return True
        row = [c for c in piece.table.row(piece.cell.row) if not c.empty]
        bare = [c for c in row if label_key(" ".join(w.text for w in c.words)) in self.profile.labels]
        return len(row) < 3 or len(bare) < len(row)

    def _fits(self, field: str, text: str) -> bool:
        if field == "date":
            return find_date(text) is not None
        if field == "public":
            return find_public(text) is not None
        if field == "reference":
            return any(c.isdigit() for c in text) and len(text.split()) <= 4 and find_date(text) is None
        return bool(text.strip(" .-–_/:"))

    def value_of(self, label: Label) -> list[Word]:
        """The words beside, below or behind a label, whatever their shape."""
        if label.inline:
            return label.inline + self._continued(label.piece, label.inline, label)
        if label.piece.cell is not None:
            return self._in_cells(label)
        right = self._right_of(label.piece)
        below = self._below(label)
        if right and below and self._belongs_above(right[0]):
            right = []
        if right and (not below or not self._like(right[0], label.piece) or label.piece.text.endswith(":")):
            words = [w for piece in right for w in piece.words]
            return words + self._continued(label.piece, right[0].words, label)
        return [w for piece in below for w in piece.words]

    def _in_cells(self, label: Label) -> list[Word]:
        cell, table = label.piece.cell, label.piece.table
        if cell is None or table is None:
            return []
        own = [p for p in self.pieces if p.cell is cell]
        after = own[own.index(label.piece) + 1 :]
        words = [w for piece in self._until_label(after) for w in piece.words]
        if words or after:
            return words
        beside = table.at(cell.row, cell.last_col + 1)
        below = table.at(cell.last_row + 1, cell.col)
        for other in (beside, below):
            if other is None or other is cell:
                continue
            pieces = [p for p in self.pieces if p.cell is other]
            if pieces and id(pieces[0]) not in self.labels:
                return [w for piece in self._until_label(pieces) for w in piece.words]
            if other is beside and not pieces:
                return []  # an empty field of the form
        return []

    def _until_label(self, pieces: Sequence[Piece]) -> Iterator[Piece]:
        for piece in pieces:
            if id(piece) in self.labels:
                return
            yield piece

    def _right_of(self, piece: Piece) -> list[Piece]:
        same = [
            other
            for other in self.pieces
            if other.cell is None
            and other.line.x0 >= piece.line.x1 - 1
            and abs(other.line.bottom - piece.line.bottom) < 0.6 * max(other.size, piece.size)
        ]
        return list(self._until_label(sorted(same, key=lambda other: other.line.x0)))

    def _below(self, label: Label) -> list[Piece]:
        """The free pieces below a label: the nearest one at about its left edge, and the lines that go on from it."""
        origin = label.piece.line
        found: list[Piece] = []
        last = origin
        for piece in sorted(self.pieces, key=lambda p: (p.line.top, p.line.x0)):
            line = piece.line
            if piece.cell is not None or line.top < last.top + 1 or line.page != origin.page:
                continue
            first = not found
            edge = origin.x0 if first else found[0].line.x0
            if not (-3 <= line.x0 - edge <= (_ALIGNED if first else 3)):
                continue
            gap = line.top - last.bottom
            if id(piece) in self.labels or gap > (_NEAR if first else _TIGHT) * piece.size:
                break
            if not first and abs(piece.size - found[0].size) > 0.6:
                break
            if self._heads(piece) and label.field != "paper_type":
                break
            found.append(piece)
            last = line
        return found

    def _continued(self, piece: Piece, words: Sequence[Word], label: Label) -> list[Word]:
        """The lines below that go on from a value which began on the line of its label."""
        named = self.profile.has("session.organization", "".join(word.text for word in label.words))
        if label.field not in ("name", "under_direction_of", "attachments") and not named:
            return []
        lines: list[Word] = []
        bottom, x0, size = piece.line.bottom, words[0].x0, words[0].size
        own = sorted(self.pieces, key=lambda p: (p.line.top, p.line.x0))
        for other in own:
            line = other.line
            if other.cell is not piece.cell or line.top < bottom - 0.3 * size or line.page != piece.line.page:
                continue
            near = line.top - bottom < _TIGHT * size and abs(other.size - size) < 0.6
            aligned = abs(line.x0 - x0) < 3 or (label.field == "name" and abs(line.x0 - piece.line.x0) < 3)
            if not aligned:
                continue
            lighter = words[0].bold and not other.words[0].bold
            if not near or lighter or id(other) in self.labels or self._heads(other) or self._beside_label(other):
                break
            lines += other.words
            bottom = line.bottom
        return lines

    def _beside_label(self, piece: Piece) -> bool:
        """Whether a label stands to the left on the same line: the piece is its value."""
        return any(
            label.piece.cell is piece.cell
            and label.piece.line.x1 <= piece.line.x0
            and abs(label.piece.line.bottom - piece.line.bottom) < 0.6 * piece.size
            for label in self.labels.values()
        )

    def _belongs_above(self, piece: Piece) -> bool:
        """Whether the piece stands right below a label that has nothing beside it: it is the value of that one."""
        return any(
            not label.inline
            and label.piece.cell is piece.cell
            and abs(label.piece.line.x0 - piece.line.x0) < 3
            and 0 <= piece.line.top - label.piece.line.bottom + 1 < _NEAR * piece.size
            and not self._right_of(label.piece)
            for label in self.labels.values()
        )

    def _heads(self, piece: Piece) -> bool:
        """Whether the piece is the title of the paper, or the heading of a section or of the Beratungsfolge."""
        if self.profile.has("types.exact", piece.text):
            return True
        known = self.profile.kind_of(piece.text) is not None or self.profile.has("consultations.headings", piece.text)
        return known and (piece.text.endswith(":") or piece.line.bold)

    @staticmethod
    def _like(first: Piece, second: Piece) -> bool:
        return first.line.bold == second.line.bold and abs(first.size - second.size) < 0.6
