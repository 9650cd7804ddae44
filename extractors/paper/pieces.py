"""The head of a paper as pieces: runs of words that stand together, each in its cell or free on the page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractors.blocks import block_text_size
from extractors.celltext import join_lines
from extractors.ledger import rounded
from extractors.lines import group_lines
from extractors.paper.profiles import Profile, label_key
from extractors.paper.values import find_date
from extractors.vocabulary import Vocabulary
from schemas.geometry import Cell, Line, Mark, Page, Table, Word, union
from schemas.records import Place

_GAP = 1.0
"""Blank, as a multiple of the font size, that parts two pieces of one line."""
_TIGHT = 0.75
"""Blank between two lines that go together, as a multiple of the font size."""
_LABEL_WORDS = 6


@dataclass(slots=True, eq=False)
class Piece:
    """A run of words on one line; `cell` is the cell it stands in."""

    line: Line
    cell: Cell | None = None
    table: Table | None = None

    @property
    def words(self) -> list[Word]:
        return self.line.words

    @property
    def text(self) -> str:
        return self.line.text

    def follows(self, above: Piece) -> bool:
        """Whether it stands right below `above`, at the same edge or centred, and in the same cell."""
        left, right = self.line.x0 - above.line.x0, self.line.x1 - above.line.x1
        edge = self.cell is above.cell and (abs(left) < 3 or abs(left + right) < 6)
        # Asked of all pairs of pieces, so what costs most comes last.
        return edge and -0.3 < (self.line.top - above.line.bottom) / self.size < _TIGHT

    @property
    def size(self) -> float:
        return block_text_size([self.line])


def pieces_of(page: Page, tables: Iterable[Table]) -> list[Piece]:
    """The pieces of a page: its free words first, from top to bottom, then those of each table, cell by cell.

    What stands in a table of one column is free: it is but frames.
    """
    tables = [table for table in tables if table.n_cols > 1]
    held = {id(word) for table in tables for word in table.words}
    free = [word for word in page.body if word.upright and id(word) not in held]
    pieces = [Piece(line) for line in group_lines(free, gap=_GAP)]
    for table in tables:
        for cell in table.cells:
            words = [word for word in cell.words if word.page == page.number and word.upright]
            pieces += [Piece(line, cell, table) for line in group_lines(words, gap=_GAP)]
    return pieces


def running_pieces(page: Page) -> list[Piece]:
    """The pieces of the running heads and feet of a page."""
    words = [word for word in page.words if word.upright and word.mark in (Mark.HEAD, Mark.FOOT)]
    return [Piece(line) for line in group_lines(words, gap=_GAP)]


def split_at_labels(pieces: Iterable[Piece], profile: Profile) -> list[Piece]:
    """The pieces, cut where a further known label with its colon stands inside ("Datum: 1.2.2024 Az.: 65")."""
    result: list[Piece] = []
    for piece in pieces:
        start = 0
        words = piece.words
        for at in range(1, len(words)):
            if at == start:
                continue
            labelled = _labelled(words[at:], profile) and not _labelled_over(words[start:], at - start, profile)
            if labelled or _dated(words[at - 1 :], profile):
                result.append(part_of(piece, words[start:at]))
                start = at
        result.append(part_of(piece, words[start:]) if start else piece)
    return result


def with_colons(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, those that begin with a colon put to the one left of them ("Datum", ": 1.2.2024")."""
    result: list[Piece] = []
    for piece in pieces:
        left = result[-1] if result else None
        level = left is not None and abs(left.line.bottom - piece.line.bottom) < 0.6 * piece.size
        if left is not None and level and left.cell is piece.cell and piece.text.startswith(":"):
            result[-1] = part_of(left, [*left.words, *piece.words])
        else:
            result.append(piece)
    return result


def _labelled(words: Sequence[Word], profile: Profile) -> bool:
    return bool(colon_label(words, profile))


def _dated(words: Sequence[Word], profile: Profile) -> bool:
    """Whether a reference, the label of a date and the date stand there: "188/2023 vom 3.8.2023"."""
    if len(words) < 3 or not any(pattern.match(words[0].text) for pattern in profile.patterns["reference"]):
        return False
    date = profile.labels.get(label_key(words[1].text), ("", 0))[0] == "date"
    return date and find_date(" ".join(word.text for word in words[2:5])) is not None


def _labelled_over(words: Sequence[Word], count: int, profile: Profile) -> bool:
    """Whether the label at the start of `words` reaches over the first `count` of them."""
    return colon_label(words, profile) > count


def colon_label(words: Sequence[Word], profile: Profile) -> int:
    """How many words at the start are a known label with a colon; 0 when none."""
    text = ""
    for count, word in enumerate(words[:_LABEL_WORDS], 1):
        text += word.text
        if word.text.endswith(":"):
            return count if label_key(text) in profile.labels else 0
    return 0


def part_of(piece: Piece, words: list[Word]) -> Piece:
    """The piece that only `words` of a piece make."""
    return Piece(Line(words, piece.line.page, *union(word.box for word in words)), piece.cell, piece.table)


def text_of(words: Sequence[Word], vocabulary: Vocabulary) -> str:
    """The text of words of one or more lines, hyphenation undone."""
    pages = sorted({word.page for word in words})
    return join_lines([line for page in pages for line in group_lines(w for w in words if w.page == page)], vocabulary)


def places_of(words: Iterable[Word]) -> list[Place]:
    """One place for each page that the words stand on."""
    by_page: dict[int, list[Word]] = {}
    for word in words:
        by_page.setdefault(word.page, []).append(word)
    return [Place(page=page, box=rounded(union(w.box for w in by_page[page]))) for page in sorted(by_page)]
