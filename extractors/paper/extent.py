"""How far a paper goes in a file that holds its annexes too."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from extractors.lines import group_lines
from extractors.paper.profiles import Profile, label_key
from schemas.geometry import Block, BlockKind, Mark, Page

BlocksOn = Callable[[Page], Sequence[Block]]
"""The blocks of a page, in reading order: asked for page by page, since most pages of a file are no paper's."""

_OF = re.compile(r"(?:Seite|Blatt|S\.)?\s*:?\s*(\d{1,4})\s*(?:/|von)\s*(\d{1,4})\b")
_NUMBER = re.compile(r"\d{1,4}")
_ANNEX = re.compile(r"(?:Anlage|Anhang)\s+(?:Nr\.?\s*)?(?:\d{1,2}[a-z]?|[IVX]{1,4}|[A-Z])(?:\s+zur?\s.*)?")
_HEAD = 0.2
"""Share of a page's height in which it says that it is an annex."""
_MARGIN = 0.14
_SHAPE = 8.0
"""Points by which pages of one paper may differ in size."""
_TOP = 0.4


def last_page(pages: Sequence[Page], blocks_on: BlocksOn, reference: str | None, profile: Profile) -> int:
    """The number of the last page of the paper that begins on the first of `pages`.

    The foot "Seite 1 von 3" decides; else the paper ends before the first page that has another shape, counts from 1
    again, lacks the running number of the paper, or begins with the title of an annex.
    """
    total = _total(pages)
    if total is not None:
        return pages[total - 1].number
    running = reference is not None and any(_runs(page, reference) for page in pages[1:])
    last = pages[0]
    for page in pages[1:]:
        if running and reference is not None and _runs(page, reference):
            last = page
            continue
        if running or _other_shape(pages[0], page) or _restarts(last, page) or _annex(page, blocks_on(page), profile):
            break
        last = page
    return last.number


def opens_annex(page: Page) -> bool:
    """Whether a page says at its top that it is an annex: "Vorlage 12/2025" and "Anlage 2" on lines of their own."""
    top = [word for word in page.words if word.upright and word.bottom < _HEAD * page.height]
    return any(_ANNEX.fullmatch(line.text) for line in group_lines(top, gap=1.0))


def _total(pages: Sequence[Page]) -> int | None:
    """How many pages the foot or head of the first page counts, when the page with the last number says so too."""
    for first, total in _counts(pages[0]):
        if first == 1 and 1 <= total <= len(pages) and (total, total) in _counts(pages[total - 1]):
            return total
    return None


def _counts(page: Page) -> list[tuple[int, int]]:
    return [(int(m.group(1)), int(m.group(2))) for text in _margins(page) for m in [_OF.search(text)] if m]


def _margins(page: Page) -> list[str]:
    """The lines at the head and foot of a page that speak of pages, marked as furniture or not."""
    outer = [
        word
        for word in page.words
        if word.upright and (word.mark in (Mark.FOOT, Mark.HEAD, Mark.PAGE_NUMBER) or not _inside(word.middle, page))
    ]
    return [line.text for line in group_lines(outer, gap=2.5)]


def _inside(y: float, page: Page) -> bool:
    return _MARGIN * page.height < y < (1 - _MARGIN) * page.height


def _runs(page: Page, reference: str) -> bool:
    key = label_key(reference)
    return any(key in label_key(text) for text in _margins(page))


def _other_shape(first: Page, page: Page) -> bool:
    return abs(first.width - page.width) > _SHAPE or abs(first.height - page.height) > _SHAPE


def _restarts(last: Page, page: Page) -> bool:
    """Whether the printed page number is 1 although it is not the first page."""
    before, here = _printed_number(last), _printed_number(page)
    return (here == 1 and before != 0) or (before is not None and here is not None and here <= before)


def _printed_number(page: Page) -> int | None:
    marked = [word for word in page.words if word.mark is Mark.PAGE_NUMBER]
    text = " ".join(word.text for word in sorted(marked, key=lambda w: (w.top, w.x0)))
    found = _NUMBER.search(text)
    return int(found.group()) if found else None


def _annex(page: Page, blocks: Sequence[Block], profile: Profile) -> bool:
    """Whether the page begins with the title of an annex."""
    opening = [b for b in blocks if b.box[3] < _TOP * page.height][:2]
    for block in opening:
        words = block.lines[0].text.split()
        starts = [" ".join(words[:count]) for count in range(1, min(4, len(words)) + 1)]
        titled = any(profile.has("annexes.titles", start) for start in starts)
        alone = block.kind is BlockKind.HEADING or (len(block.lines) == 1 and len(words) <= 6)
        if titled and alone and not block.lines[0].text.rstrip().endswith(":"):
            return True
    return False
