"""All readers of a paper's parts together: pages, tables and blocks -> `PaperReading`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from extractors.blocks import block_text_size
from extractors.celltext import bullet_of, join_lines
from extractors.lines import group_lines
from extractors.paper.consultations import read_consultations
from extractors.paper.extent import BlocksOn, last_page
from extractors.paper.head import Head, is_refused, read_head, read_running
from extractors.paper.headings import start_of
from extractors.paper.pieces import part_of, pieces_of, places_of, running_pieces, text_of
from extractors.paper.profiles import Profile, load_profiles, recognise, without_number
from extractors.paper.sections import (
    AttachmentDraft,
    SectionDraft,
    Sections,
    Spot,
    cell_text,
    flow_of,
    read_sections,
    read_ticked,
)
from extractors.paper.signatures import ends_sections, is_place_and_date
from extractors.paper.values import find_date
from extractors.paper.visits import Consultations
from extractors.vocabulary import Vocabulary
from schemas.geometry import Block, Line, Page, Table, Word
from schemas.records import Attachment, Paper, Place, Problem, Section

_ENOUGH = 3
"""Signs of a council paper that a first page must show."""
_PROSE_LINES, _PROSE_WIDTH, _PROSE_TOP = 3, 0.5, 0.2
_SIGNATURE = 50
"""Letters of a line with a signature, at most."""
_HEAD_ONLY = frozenset({"resolution", "facts", "reasons"})


@dataclass(slots=True)
class PaperReading:
    """A paper as read. `words` are all words that its fields, labels, sections and tables took, each once."""

    paper: Paper
    last_page: int
    top: Spot
    """Where the head ends: page, y in points."""
    profile: Profile
    words: list[Word] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_paper(
    pages: Sequence[Page],
    tables: Sequence[Table],
    blocks_on: BlocksOn,
    vocabulary: Vocabulary,
    profiles: Sequence[Profile] | None = None,
) -> PaperReading | None:
    """The paper that begins on the first page; None when that page prints no head of a council paper.

    `tables` (stitched) are those of all `pages`, in reading order; `blocks_on` gives the blocks of one page beside
    them, and is asked for the pages of the paper and the one after it only. `profiles` are the council systems to
    choose from, the generic one last (None: those that come with ratsplan).
    """
    if not pages:
        return None
    return _Reader(pages, tables, blocks_on, vocabulary, profiles).read()


def is_of_meeting(page: Page, tables: Sequence[Table]) -> bool:
    """Whether a first page is titled as minutes, an invitation or an agenda; `tables` are its ruled ones."""
    here = [table for table in tables if table.page == page.number]
    return is_refused(pieces_of(page, here), load_profiles()[-1])


class _Reader:
    def __init__(
        self,
        pages: Sequence[Page],
        tables: Sequence[Table],
        blocks_on: BlocksOn,
        vocabulary: Vocabulary,
        profiles: Sequence[Profile] | None,
    ) -> None:
        self.pages, self.tables, self.blocks_on, self.vocabulary = pages, tables, blocks_on, vocabulary
        first = pages[0].number
        self.first_tables = [table for table in tables if table.page == first]
        self.pieces = pieces_of(pages[0], self.first_tables)
        self.profile = recognise((piece.text for piece in self.pieces), profiles)
        self.first_blocks = self._blocks(pages[0])

    def read(self) -> PaperReading | None:
        end = self._head_end()
        pieces = [piece for piece in self.pieces if piece.line.top < end - 1]
        if is_refused(pieces, self.profile):
            return None
        ticked = read_ticked((piece.line for piece in pieces), self.profile)
        gone = {id(word) for draft in ticked for word in [*draft.label, *draft.words]}
        head_tables = [table for table in self.first_tables if table.box[1] < end]
        consultations = read_consultations(pieces, head_tables, self.profile, self.vocabulary)
        gone |= {id(word) for word in consultations.words}
        left = [(piece, [word for word in piece.words if id(word) not in gone]) for piece in pieces]
        rest = [piece if words == piece.words else part_of(piece, words) for piece, words in left if words]
        above = [block for block in self.first_blocks if block.lines[0].top < end - 1]
        free = [replace(block, lines=lines) for block in above if (lines := _lines_without(block, gone))]
        head = read_head(rest, free, self.profile, self.vocabulary)
        read_running(head, running_pieces(self.pages[0]), self.profile)
        if head.paper_type is None and "reference" not in head.labelled:
            return None
        last = last_page(self.pages, self.blocks_on, head.reference, self.profile)
        sections = self._sections(end, last, consultations)
        if self._signs(head, consultations, sections) < _ENOUGH:
            return None
        closing = find_date(" ".join(word.text for word in sections.closing))
        if head.date is None and closing is not None:
            head.date = closing[0]
            head.spots["date"] = sections.closing
        return self._reading(head, consultations, [*ticked, *sections.drafts], sections, end, last)

    def _blocks(self, page: Page) -> list[Block]:
        return [part for block in self.blocks_on(page) for part in _parted(block, self.profile)]

    def _head_end(self) -> float:
        """The y on the first page where the head ends: the first heading of a section, else the first prose."""
        body = block_text_size([line for block in self.first_blocks for line in block.lines])
        flow = flow_of(self.first_blocks, self.first_tables, self.profile, body)
        starts = [
            block.lines[0].top
            for block in flow
            if isinstance(block, Block)
            and (start := start_of(block, self.profile)) is not None
            and start.kind is not None
            and not self.profile.has("sections.ticked", start.heading)
            and (all(w.bold for w in start.words) or (start.kind in _HEAD_ONLY and start.standing))
            and not self._titles(block)
            and not self._is_role(block)
        ]
        starts += [
            cell.parts[0].box[1]
            for table in self.first_tables
            for cell in table.cells
            if table.n_cols == 2 and cell.col == 0 and self.profile.kind_of(cell_text(cell)) in _HEAD_ONLY
        ]
        return min(starts) if starts else self._prose(body)

    def _prose(self, body: float) -> float:
        """The y of the first paragraph of the body, for a paper without known headings."""
        page = self.pages[0]
        prose = [
            at
            for at, block in enumerate(self.first_blocks)
            if len(block.lines) >= _PROSE_LINES
            and block.box[2] - block.box[0] > _PROSE_WIDTH * page.width
            and block.size <= body + 0.6
            and block.lines[0].top > _PROSE_TOP * page.height
            and not block.bold
        ]
        if not prose:
            return page.height
        first = min(prose, key=lambda at: self.first_blocks[at].lines[0].top)
        above = self.first_blocks[first - 1] if first else None
        headed = above is not None and above.bold and above.lines[-1].text.endswith(":")
        return self.first_blocks[first - headed].lines[0].top

    def _titles(self, block: Block) -> bool:
        """Whether the block is the type of the paper ("Anfrage") and no heading: the first such word of the page."""
        text = " ".join(line.text for line in block.lines)
        if text.endswith(":") or not self.profile.has("types.exact", text):
            return False
        above = [p.text for p in self.pieces if p.line.bottom < block.lines[0].top + 1]
        return not any(
            self.profile.has("types.exact", text) and not self.profile.has("types.generic", text) for text in above
        )

    def _is_role(self, block: Block) -> bool:
        """Whether "Kenntnisnahme" stands in a row of the Beratungsfolge: something is left of it."""
        line = block.lines[0]
        left = [p for p in self.pieces if p.line.x1 < line.x0 and abs(p.line.bottom - line.bottom) < 0.6 * line.size]
        return bool(left) and self.profile.has("consultations.roles", line.text)

    def _sections(self, end: float, last: int, consultations: Consultations) -> Sections:
        first = self.pages[0].number

        def below(page: int, y: float) -> bool:
            return first < page <= last or (page == first and y >= end - 1)

        paper = [page for page in self.pages if page.number <= last]
        blocks = [b for page in paper for b in self._blocks(page) if below(b.page, b.lines[0].top)]
        tables = [t for t in self.tables if below(t.page, t.box[3]) and t not in consultations.tables]
        body = block_text_size([line for block in blocks for line in block.lines])
        flow = flow_of(blocks, tables, self.profile, body)
        flow = [b for b in flow if isinstance(b, Table) or below(b.page, b.lines[0].top)]
        return read_sections(flow, self.profile, self.vocabulary, (first, end))

    def _signs(self, head: Head, consultations: Consultations, sections: Sections) -> int:
        kinds = {draft.kind for draft in sections.drafts} & _HEAD_ONLY
        signs = [head.paper_type is not None, head.reference is not None, "name" in head.labelled]
        return sum(signs) + min(2, len(kinds)) + bool(consultations.entries)

    def _reading(
        self,
        head: Head,
        consultations: Consultations,
        drafts: Sequence[SectionDraft],
        sections: Sections,
        end: float,
        last: int,
    ) -> PaperReading:
        attachments = self._head_attachments(head) + sections.attachments
        paper = Paper(
            reference=head.reference,
            name=head.name,
            paper_type=head.paper_type,
            public=head.public,
            date=head.date,
            **head.texts,
            consultations=consultations.entries,
            sections=[Section(heading=d.heading, kind=d.kind, text=self._section_text(d)) for d in drafts],
            attachments=[Attachment(position=n, name=a.name) for n, a in enumerate(attachments, 1)],
            source=_sources(head, consultations, drafts, attachments),
        )
        words = [*head.words(), *consultations.words, *sections.labels]
        words += [word for draft in drafts for word in [*draft.label, *draft.words]]
        words += [word for attachment in attachments for word in attachment.words]
        taken = {id(word) for word in words}
        for table in self.tables:
            if any(id(word) in taken for word in table.words):
                words += table.words
        top = (self.pages[0].number, end)
        return PaperReading(paper, last, top, self.profile, _once(words), self._problems(paper))

    def _head_attachments(self, head: Head) -> list[AttachmentDraft]:
        drafts = []
        for words in head.attachments:
            for part in _items(words):
                text = text_of(part, self.vocabulary)
                mark = bullet_of(group_lines(part)[0]) or ""
                drafts.append(AttachmentDraft(text.removeprefix(mark).lstrip("-–• "), part))
        return drafts

    def _section_text(self, draft: SectionDraft) -> str:
        return "\n".join(filter(None, (self._paragraph(lines) for lines in draft.paragraphs)))

    def _paragraph(self, lines: Sequence[Line]) -> str:
        text = join_lines(lines, self.vocabulary)
        mark = bullet_of(lines[0])
        if mark is not None and "\uf000" <= mark <= "\uf0ff":
            return "• " + text.lstrip(f"• {mark}")  # a glyph of Symbol or Wingdings is no letter
        return text

    def _problems(self, paper: Paper) -> list[Problem]:
        problems = []
        page = self.pages[0].number
        for name in ("reference", "name"):
            if getattr(paper, name) is None:
                message = f"the head of the paper prints no {name} that could be recognised"
                problems.append(Problem(code=f"paper_{name}_missing", severity="warning", message=message, page=page))
        return problems


def _sources(
    head: Head,
    consultations: Consultations,
    drafts: Sequence[SectionDraft],
    attachments: Sequence[AttachmentDraft],
) -> dict[str, list[Place]]:
    spots: dict[str, list[Word]] = {name: words for name, words in head.spots.items() if name != "attachments"}
    spots |= head.running
    spots["consultations"] = consultations.words
    for draft in drafts:
        spots[f"sections/{draft.heading}"] = [*draft.label, *draft.words]
    spots["attachments"] = [word for attachment in attachments for word in attachment.words]
    return {name: places_of(words) for name, words in spots.items() if words}


def _parted(block: Block, profile: Profile) -> list[Block]:
    """The block, cut where a heading, a signature or place and date begin: lines of a head stand close."""
    lines = block.lines
    starts = {at for at, line in enumerate(lines) if at and _begins(line, profile)}
    dates = {at for at, line in enumerate(lines) if is_place_and_date(line.text, profile)}
    bounds = [0, *sorted((starts | dates | {at + 1 for at in dates}) - {0, len(lines)}), len(lines)]
    return [replace(block, lines=lines[a:b]) for a, b in pairwise(bounds)]


def _lines_without(block: Block, gone: set[int]) -> list[Line]:
    """The lines of a block in which no word is among those that are `gone`, by their ids."""
    return [line for line in block.lines if not any(id(word) in gone for word in line.words)]


def _begins(line: Line, profile: Profile) -> bool:
    """Whether a known heading with its colon or in a bold line with its number, or a signature, begins there."""
    kind = profile.kind_of(line.text)
    if line.text.endswith(":"):
        heads = kind in _HEAD_ONLY or (kind is not None and line.bold)
    else:
        heads = kind in _HEAD_ONLY and line.bold and without_number(line.text) != line.text
    return heads or _signs(line, profile) or profile.has("consultations.headings", line.text)


def _signs(line: Line, profile: Profile) -> bool:
    return len(line.text) <= _SIGNATURE and ends_sections(line, profile)


def _items(words: Sequence[Word]) -> list[list[Word]]:
    """The words of a list of one page, parted before each line that begins with a bullet or number."""
    items: list[list[Word]] = []
    for line in group_lines(words):
        if items and bullet_of(line) is None:
            items[-1] += line.words
        else:
            items.append(list(line.words))
    return items


def _once(words: Iterable[Word]) -> list[Word]:
    return list({id(word): word for word in words}.values())
