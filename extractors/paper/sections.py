"""The sections of a paper: headings with the text below them, and the list of attachments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from extractors.blocks import block_text_size, blocks_of
from extractors.celltext import bullet_of, join_lines
from extractors.lines import group_lines
from extractors.paper.headings import Start, line_of, printed_heading, start_of, style_of
from extractors.paper.profiles import Profile, label_key
from extractors.paper.signatures import ends_sections, is_place_and_date, signatures_from
from extractors.vocabulary import Vocabulary
from schemas.geometry import Block, BlockKind, Cell, Line, Table, Word
from schemas.records import SectionKind

_LEAP = 5.0
"""Blank above a block, as a multiple of the font size, that ends the list of attachments."""
_COUNTED = re.compile(r"(?:^|[-–—|,;(] ?)Seite:? (\d{1,3})(?: ?(?:/|von) ?\d{1,3})?$")
"""The foot of a page: "Vorlage 17/2024 - Seite 1 von 1"."""
_CHOSEN = frozenset({"x", "☒", "☑", "✓", "✔", "✗", "\uf078", "\uf0fe", "\uf054", "\uf052", "\uf0fc"})
_BULLET = re.compile(r"^\s*[•▪◦\uf000-\uf0ff]\s*")
_NOTHING = frozenset({"", "keine", "keineanlagen", "entfällt"})

Spot = tuple[int, float]


@dataclass(slots=True)
class SectionDraft:
    heading: str
    kind: SectionKind
    label: list[Word]
    paragraphs: list[list[Line]] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)


@dataclass(slots=True)
class AttachmentDraft:
    name: str
    words: list[Word]


@dataclass(slots=True)
class Sections:
    drafts: list[SectionDraft] = field(default_factory=list)
    attachments: list[AttachmentDraft] = field(default_factory=list)
    labels: list[Word] = field(default_factory=list)
    closing: list[Word] = field(default_factory=list)
    """Place and date at the end of the paper."""


Flow = list[Block | Table]


def flow_of(blocks: Sequence[Block], tables: Sequence[Table], profile: Profile, body_size: float) -> Flow:
    """Blocks and tables in reading order. Of a table that is but a frame around sections its blocks stand there."""
    flow: Flow = []
    waiting = sorted(tables, key=lambda t: (t.page, t.box[1]))

    def put(table: Table) -> None:
        flow.extend(_opened(table, profile, body_size) or [table])

    for block in blocks:
        while waiting and (waiting[0].page, waiting[0].box[1]) < (block.page, block.lines[0].top):
            put(waiting.pop(0))
        if not _page_number(block):
            flow.append(block)
    for table in waiting:
        put(table)
    return flow


def _opened(table: Table, profile: Profile, body_size: float) -> list[Block]:
    """The blocks of a table of one column whose cells hold sections; empty when it is a table in its own right."""
    cells = [cell for cell in table.cells if not cell.empty]
    if any(cell.col_span < table.n_cols or len({word.page for word in cell.words}) > 1 for cell in cells):
        return []
    texts = [blocks_of(group_lines(cell.words), body_size) for cell in cells]
    framed = any(start_of(block, profile) is not None for blocks in texts for block in blocks)
    return [block for blocks in texts for block in blocks] if framed else []


def read_sections(flow: Flow, profile: Profile, vocabulary: Vocabulary, top: Spot) -> Sections:
    """The sections out of the `flow` of a paper below its head, which ends at `top` (page, y in points)."""
    return _SectionReader(flow, profile, vocabulary, top).read()


class _SectionReader:
    def __init__(self, flow: Flow, profile: Profile, vocabulary: Vocabulary, top: Spot) -> None:
        self.profile = profile
        self.vocabulary = vocabulary
        self.top = top
        self.result = Sections()
        self.flow = flow
        self.body_size = block_text_size([line for b in flow if isinstance(b, Block) for line in b.lines])
        self.right = max((b.box[2] for b in flow if isinstance(b, Block)), default=0.0)
        known = [style_of(b) for b in self.flow if isinstance(b, Block) and start_of(b, profile) and _whole(b, profile)]
        self.styles = frozenset(known)
        self.current: SectionDraft | None = None
        self.opening = True
        """Whether no heading was seen yet: the text of a letter stands in a section without one."""
        self.listing = False
        self.strict = False
        """Whether the label of the attachments looks like a heading, so that plain lines below it are none."""
        self.marked = False
        """Whether the list of attachments began on the line of its label, or has bullets: other lines end it."""
        self.last: Line | None = None

    def read(self) -> Sections:
        ending = signatures_from(self.flow, self.profile)
        for at, element in enumerate(self.flow):
            if isinstance(element, Table):
                self._read_table(element)
            elif at >= ending and self._signed():
                self.current, self.listing = None, False
            else:
                self._read_block(element)
                self.last = element.lines[-1]
        return self.result

    def _signed(self) -> bool:
        """Whether the text before a name is complete: a name after a colon is part of it."""
        paragraphs = self.current.paragraphs if self.current is not None else []
        return not self.listing and (not self.current or bool(paragraphs and paragraphs[-1][-1].text[-1] in ".!?"))

    def _read_block(self, block: Block) -> None:
        start = start_of(block, self.profile) or self._unknown(block)
        if start is not None and not self._leads_in(start) and not self._is_item(block):
            self._begin(start)
            return
        if is_place_and_date(block.text, self.profile):
            self.result.closing = block.words
            self.current, self.listing = None, False
        elif ends_sections(block.lines[0], self.profile):
            self.current, self.listing = None, False
        elif self.listing:
            self._list(block)
        elif self.current is not None or self.opening:
            if self.current is None:
                self._begin(Start("", "other", [], []))
            self._add(block.lines, block.kind)

    def _begin(self, start: Start) -> None:
        self.opening = False
        if start.kind is None:
            self.listing, self.current = True, None
            self.result.labels += start.words
            self.marked = bool(start.rest) and not start.standing
            self.strict = all(word.bold for word in start.words) or start.words[-1].text.endswith(":")
            if start.rest:
                self._attach(start.rest)
            return
        self.listing = False
        self.current = SectionDraft(start.heading, start.kind, list(start.words))
        self.result.drafts.append(self.current)
        if start.rest:
            self._add(start.rest, BlockKind.PARAGRAPH)

    def _unknown(self, block: Block) -> Start | None:
        """A heading that no list knows, when it looks like the known ones."""
        text = block.text
        if block.kind is not BlockKind.HEADING:
            return None
        style = style_of(block)
        if self.styles:
            alike = style in self.styles or (not style[3] and style[:3] in {known[:3] for known in self.styles})
        else:
            alike = block.bold and not style[3] and bullet_of(block.lines[0]) is None
        if not alike:
            return None
        return Start(printed_heading(text), self.profile.likely_kind(text), block.words, [])

    def _leads_in(self, start: Start) -> bool:
        """Whether it is text below a heading alike: "Der Rat möge beschließen:", "Gesamtkosten: 120.000 Euro"."""
        current = self.current
        if current is None or start.kind != current.kind:
            return False
        inline = bool(start.rest) and not start.standing and not start.words[0].bold
        return inline or (
            not current.paragraphs
            and self.profile.leads_in(start.heading)
            and not self.profile.leads_in(current.heading)
        )

    def _is_item(self, block: Block) -> bool:
        """Whether "Zeitplan" is an attachment: in their list, and neither bold nor with a colon as headings are."""
        return self.listing and self.strict and not block.bold and not block.text.endswith(":")

    def _add(self, lines: Sequence[Line], kind: BlockKind) -> None:
        """A further paragraph, or the end of one that a page break has cut."""
        assert self.current is not None
        paragraphs = self.current.paragraphs
        if paragraphs and kind is BlockKind.PARAGRAPH and self._cut(paragraphs[-1][-1], lines[0]):
            paragraphs[-1] += lines
        else:
            paragraphs.append(list(lines))
        self.current.words += [word for line in lines for word in line.words]

    def _cut(self, above: Line, line: Line) -> bool:
        if above.page == line.page or abs(block_text_size([above]) - block_text_size([line])) > 0.6:
            return False
        return line.text[0].islower() or above.text[-1] not in ".!?:;"

    def _list(self, block: Block) -> None:
        last, first = self.last, block.lines[0]
        leaps = last is not None and last.page == block.page and first.top - last.bottom > _LEAP * block.size
        if leaps or (self.marked and not _lists(first)):
            self.listing = False
            return
        self._attach(block.lines)

    def _attach(self, lines: Sequence[Line]) -> None:
        """Attachments line by line: a line that the one before had no room for goes on from it."""
        groups: list[list[Line]] = []
        for line in lines:
            wrapped = bool(groups) and not _lists(line)
            if wrapped and groups[-1][-1].x1 + (line.words[0].x1 - line.words[0].x0) > self.right - line.size:
                groups[-1].append(line)
            else:
                groups.append([line])
        self.marked = self.marked or _lists(groups[0][0])
        for group in groups:
            self.attach([word for line in group for word in line.words], join_lines(group, self.vocabulary))

    def attach(self, words: list[Word], text: str) -> None:
        mark = bullet_of(line_of([w for w in words if w.page == words[0].page]))
        name = _BULLET.sub("", text[len(mark) :] if mark and text.startswith(mark) else text).strip()
        name = name.removeprefix(f"{len(self.result.attachments) + 1} ")  # the number of the row
        if label_key(name) in _NOTHING:
            self.result.labels += words
        else:
            self.result.attachments.append(AttachmentDraft(name, words))

    def _read_table(self, table: Table) -> None:
        if self.listing and table.n_cols <= 4 and not self.result.attachments:
            self._list_table(table)
        elif table.n_cols == 2:
            self._read_labelled(table)

    def _list_table(self, table: Table) -> None:
        """Attachments as rows: a number and a name; the longest text of a row is the name."""
        for row in range(table.n_rows):
            cells = [c for c in table.row(row) if not c.empty and not cell_text(c).strip(".").isdigit()]
            if not cells:
                self.result.labels += [w for c in table.row(row) for w in c.words]
                continue
            name = max(cells, key=lambda c: len(cell_text(c)))
            self.attach(name.words, join_lines(group_lines(name.words), self.vocabulary))
            self.marked = True
            self.result.labels += [w for c in table.row(row) if c is not name for w in c.words]

    def _read_labelled(self, table: Table) -> None:
        """Rows of heading and text side by side, when most of the first cells are known headings."""
        pairs = [(table.at(row, 0), table.at(row, 1)) for row in range(table.n_rows)]
        rows = [(left, right) for left, right in pairs if left is not None and _spot(left) >= self.top]
        known = [self.profile.kind_of(cell_text(left)) for left, _ in rows]
        if not known or sum(kind is not None for kind in known) * 2 <= len(known):
            return
        for (left, right), kind in zip(rows, known, strict=False):
            if right is None or left is right:
                continue
            draft = SectionDraft(printed_heading(cell_text(left)), kind or "other", list(left.words))
            for block in blocks_of(group_lines(right.words), self.body_size) if right.words else []:
                draft.paragraphs.append(block.lines)
            draft.words = list(right.words)
            self.result.drafts.append(draft)
        self.current = None


def read_ticked(pieces: Iterable[Line], profile: Profile) -> list[SectionDraft]:
    """Sections of the head that are a label over boxes to tick: the text is what stands behind the cross."""
    lines = sorted(pieces, key=lambda line: (line.top, line.x0))
    labels = [line for line in lines if profile.has("sections.ticked", line.text)]
    drafts: list[SectionDraft] = []
    for label in labels:
        right = min((o.x0 for o in labels if abs(o.top - label.top) < 3 and o.x0 > label.x0), default=float("inf"))
        below = [
            word
            for line in lines
            if 0 < line.top - label.top < 4 * label.size
            for word in line.words
            if label.x0 - 3 <= word.x0 < right
        ]
        cross = next((i for i, word in enumerate(below) if word.text.casefold() in _CHOSEN), None)
        draft = SectionDraft(printed_heading(label.text), profile.kind_of(label.text) or "other", label.words)
        if cross is not None:
            mark = below[cross]
            row = [w for w in below if w.x0 >= mark.x1 and abs(w.middle - mark.middle) < 0.6 * label.size]
            if row:
                draft.paragraphs = [[group_lines(row, gap=1.0)[0]]]
                draft.words = below
        drafts.append(draft)
    return drafts


def _lists(line: Line) -> bool:
    return bullet_of(line) is not None or line.text.startswith("Anlage ")


def _page_number(block: Block) -> bool:
    """A page number that furniture could not tell: two pages are too few to count."""
    text = block.text
    told = _COUNTED.search(text) if len(block.lines) == 1 else None
    return text.strip("-–— ") == str(block.page) or (told is not None and told.group(1) == str(block.page))


def _whole(block: Block, profile: Profile) -> bool:
    start = start_of(block, profile)
    return start is not None and not start.rest


def _spot(cell: Cell) -> Spot:
    return (cell.parts[0].page, cell.parts[0].box[3])


def cell_text(cell: Cell) -> str:
    """The words of a cell with blanks between them."""
    return " ".join(word.text for word in cell.words)
