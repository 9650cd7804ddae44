"""Captions of tables that say what their measures are about: "Tabelle 3: Maßnahmen im Bereich Mobilität"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.field_names import caption_text, field_name, goes_on, has_field_label
from schemas.geometry import Block

_MOST = 0.75
"""Share of the tables with a caption that names a field of action."""
_NEAR = 2.5
"""Blank between a caption and its table, in font sizes, at most."""
_DIGIT = re.compile(r"\d")
Place = tuple[int, float]
"""A page and a height on it, in points."""


def captions_above(starts: Sequence[Place], blocks: Sequence[Block], *, headed: bool) -> list[Block | None]:
    """The caption right above each table, by the place where it begins; None for all unless most name fields of action.

    They do so with a label, "Maßnahmen im Handlungsfeld Mobilität"; or if they differ, where no headings stand above
    tables.
    """
    captions = [block for block in blocks if caption_text(block.text) is not None]
    found = [next((block for block in captions if _is_above(block, start)), None) for start in starts]
    on = [block is not None and goes_on(block.text) for block in found]  # the field of action is that before it
    found = [None if further else block for block, further in zip(found, on, strict=True)]
    texts = [block.text for block in found if block is not None and _names_field(block.text)]
    differ = len({field_name(text) for text in texts}) > 1 and not headed
    count = len(texts) if differ else sum(map(has_field_label, texts))
    enough = count > 0 and count >= _MOST * (len(starts) - sum(on))
    return found if enough else [None for _ in starts]


def _is_above(block: Block, start: Place) -> bool:
    page, top = start
    return block.page == page and -1 <= top - block.box[3] < _NEAR * block.size


def _names_field(text: str) -> bool:
    """Whether a caption tells more than the year of a table."""
    return has_field_label(text) or not _DIGIT.search(field_name(text))
