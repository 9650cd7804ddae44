"""Lines of a cell, a paragraph or a section -> text: paragraphs, list items, hyphenation undone.

Line-end hyphens follow what 1,179 of them in German council papers showed: before a lower-case letter the word goes
on, unless the next word is "und", "oder" and their like; before an upper-case letter the hyphen is a real one.
The document's own words overrule both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from statistics import median

from extractors.knowledge import load
from extractors.knowledge import words as knowledge_words
from extractors.lines import group_lines, turned_lines
from extractors.vocabulary import Vocabulary, bare
from schemas.geometry import Line, Part, Word

HARD_BREAK = "\u2028"
"""Stands in `Item.text` of `read_items(..., hard_breaks=True)` where a line ended although the next word would fit."""

_HYPHENS = "-\u2010\u2011"
_SOFT = "\u00ad"
HYPHENS = (*_HYPHENS, _SOFT)
"""Signs that end the first part of a word that goes on in the next line."""
_BOXES = "☐☑☒□■◻✓✗"
_NUMBER_MARK = re.compile(r"^(?:\(?(\d{1,2}|[a-z]|[ivx]{1,4})[.)])$")
_PRIVATE = re.compile("[\uf000-\uf0ff]")
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff]")
_LETTER, _WIDE_LETTER = 1.2, 1.8
"""Room, in usual letters of the word, in which the next letter does not fit, and "m" or "w" does not."""
_DEFAULT_LEADING = 1.22
_PARAGRAPH_EXTRA = 0.28
"""A paragraph begins where the distance of two base lines exceeds the usual one by this share of the font size."""


@dataclass(slots=True)
class Item:
    """A paragraph or a list item. `level` is 0 for a paragraph and the depth, from 1, for an item."""

    text: str
    level: int
    mark: str | None = None
    lines: list[Line] = field(default_factory=list)


@cache
def _keep_before() -> frozenset[str]:
    return frozenset(knowledge_words("text.toml", "hyphen", "keep_before"))


@cache
def _marks() -> tuple[frozenset[str], frozenset[str]]:
    return (
        frozenset(knowledge_words("text.toml", "bullets", "marks")),
        frozenset(knowledge_words("text.toml", "bullets", "weak")),
    )


@cache
def _glyphs() -> dict[str, str]:
    return dict(load("text.toml")["glyphs"])


def join_words(left: str, right: str, vocabulary: Vocabulary) -> str:
    """The text of two neighbours where `left` ends a line and `right` begins the next."""
    if left.endswith(_SOFT):
        return left[:-1] + right
    last = left.rsplit(" ", 1)[-1]
    first = right.split(" ", 1)[0]
    if last[-1:] == "/" and last[-2:-1].isalnum():
        return left + right
    if last[-1:] in "–—" and last[-2:-1].isdigit() and first[:1].isdigit():
        return left + right
    if last[-1:] not in _HYPHENS or not last:
        return f"{left} {right}"
    if len(last) == 1:
        # A hyphen alone belongs to the word after it only in a list such as "-vorbereitung, -suche".
        return left + right if left[:-1].rstrip().endswith(",") and first[:1].islower() else f"{left} {right}"
    if first.casefold().rstrip(",;:") in _keep_before() or not first[:1].isalnum():
        return f"{left} {right}"
    return left + right if _real_hyphen(last[:-1], first, vocabulary) else left[:-1] + right


def _real_hyphen(stem: str, first: str, vocabulary: Vocabulary) -> bool:
    if not stem[-1].isalpha() or first[0].isdigit():
        return True
    with_hyphen, without = f"{stem}-{first}" in vocabulary, stem + first in vocabulary
    if with_hyphen != without:
        return with_hyphen
    core = bare(stem)
    if first[0].islower():
        tail = core.rsplit("-", 1)[-1]
        return len(tail) == 1 or (len(tail) > 1 and tail.isupper())
    shouting = len(bare(first)) > 1 and bare(first).isupper() and core.isupper() and len(core) > 3
    return not shouting


def clean(text: str) -> str:
    """Single spaces, no invisible characters, no soft hyphens, private-use glyphs as the signs they show."""
    text = _PRIVATE.sub(lambda glyph: _glyphs().get(glyph[0], glyph[0]), text)
    return re.sub(r"\s+", " ", _INVISIBLE.sub("", text).replace(_SOFT, "")).strip()


def join_lines(
    lines: Sequence[Line],
    vocabulary: Vocabulary,
    hard_after: frozenset[int] = frozenset(),
    cut_after: frozenset[int] = frozenset(),
) -> str:
    """One text out of `lines`; hyphenation undone.

    `hard_after` are the indices of lines that end with a hard break, `cut_after` of those that end within a word.
    """
    text = ""
    for number, line in enumerate(lines):
        printed = _INVISIBLE.sub("", line.text)
        if not text:
            text = printed
        elif number - 1 in cut_after:
            text += printed
        elif number - 1 in hard_after and text[-1] not in _HYPHENS + _SOFT:
            text += HARD_BREAK + printed
        else:
            text = join_words(text, printed, vocabulary)
    return HARD_BREAK.join(clean(piece) for piece in text.split(HARD_BREAK))


def part_lines(parts: Iterable[Part]) -> list[tuple[Line, int]]:
    """The lines of a cell with the index of the part they stand on."""
    result: list[tuple[Line, int]] = []
    for index, part in enumerate(parts):
        if part.lines is None or sum(len(line.words) for line in part.lines) != len(part.words):
            turned = part.words and all(45 < abs(word.angle) < 135 for word in part.words)
            part.lines = turned_lines(part.words) if turned else group_lines(part.words)
        result += [(line, index) for line in part.lines]
    return result


def leading_of(groups: Iterable[Sequence[Line]]) -> float:
    """The usual distance of base lines, as a multiple of the font size, over many cells or paragraphs."""
    ratios = sorted(
        round((level_of(below) - level_of(above)) / above.size, 2)
        for lines in groups
        for above, below in pairwise(lines)
        if above.page == below.page and above.size > 0 and 0.8 < (level_of(below) - level_of(above)) / above.size < 2.2
    )
    # The lower half are lines within paragraphs; its middle is steadier than the most frequent value.
    return ratios[len(ratios) // 4] if ratios else _DEFAULT_LEADING


def level_of(line: Line) -> float:
    """The usual top of the words of a line: steadier than its box, which follows raised digits and descenders."""
    return median(word.top for word in line.words)


def is_mark(text: str) -> bool:
    """Whether a word is nothing but the mark of a list item."""
    return text in _marks()[0] or (len(text) == 1 and "\uf000" <= text <= "\uf0ff")


def bullet_of(line: Line) -> str | None:
    """The mark with which the line begins, or None."""
    text = line.words[0].text
    strong, weak = _marks()
    if "\uf000" <= text[0] <= "\uf0ff":
        return text[0]
    if len(line.words) > 1 and (text in strong or text in weak or _NUMBER_MARK.match(text)):
        return text
    if len(text) > 1 and text[0] in strong and text[0] not in "-–—−*+" and text[1].isalnum():
        return text[0]
    return None


def _drop_mark(line: Line, mark: str) -> Line | None:
    """The line without its mark; None where nothing else stands on it."""
    head = line.words[0]
    rest = line.words[1:]
    if head.text != mark:
        stripped = Word(
            head.text[len(mark) :], head.page, head.x0, head.top, head.x1, head.bottom, head.size, head.bold
        )
        rest = [stripped, *rest]
    if not rest:
        return None
    return Line(rest, line.page, rest[0].x0, line.top, line.x1, line.bottom)


def read_items(
    parts: Sequence[Part], vocabulary: Vocabulary, leading: float = _DEFAULT_LEADING, *, hard_breaks: bool = False
) -> list[Item]:
    """The paragraphs and list items of a cell, over all its parts (pages), in reading order.

    `leading` is the usual line distance of the table as a multiple of the font size. With `hard_breaks` the texts
    hold HARD_BREAK where a line ends early.
    """
    return _ItemReader(parts, vocabulary, leading, hard_breaks).read()


class _ItemReader:
    def __init__(self, parts: Sequence[Part], vocabulary: Vocabulary, leading: float, hard_breaks: bool) -> None:
        self.parts = parts
        self.vocabulary = vocabulary
        self.leading = leading
        self.hard_breaks = hard_breaks
        self.lines = part_lines(parts)
        self.marks = self._trusted_marks()
        self.hanging = self._hangs()

    def read(self) -> list[Item]:
        items: list[tuple[str | None, float, list[tuple[Line, int]]]] = []
        previous: tuple[Line, int] | None = None
        indent = 0.0
        for (line, part), mark in zip(self.lines, self.marks, strict=True):
            x = line.x0 - self.parts[part].box[0]
            if mark is not None:
                body = _drop_mark(line, mark)
                items.append((mark, x, [(body, part)] if body else []))
                indent = (body.x0 if body else line.x1 + line.size * 0.3) - self.parts[part].box[0]
            elif previous is None or self._begins(previous, (line, part), items[-1][0], x, indent):
                items.append((None, x, [(line, part)]))
            else:
                items[-1][2].append((line, part))
            previous = (line, part)
        return self._finish(items)

    def _trusted_marks(self) -> list[str | None]:
        """Marks of the lines; weak ones and numbers only where they form a list."""
        found = [bullet_of(line) for line, _ in self.lines]
        _, weak = _marks()
        strong = any(mark and mark not in weak and not _NUMBER_MARK.match(mark) for mark in found)
        kinds = {mark for mark in found if mark}
        numbers = [mark for mark in found if mark and _NUMBER_MARK.match(mark)]
        listed = len(numbers) > 1 and numbers[0].strip("(.)") in ("1", "a", "i")
        trusted: list[str | None] = []
        for mark, (line, _) in zip(found, self.lines, strict=True):
            refused = mark is not None and (
                (mark in weak and not strong)
                or (_NUMBER_MARK.match(mark) and not listed)
                or (_glyphs().get(mark, mark) in "→⇒➔" and len(kinds) > 1)  # an arrow in an item of a list
                or _is_choice(mark, line)
            )
            trusted.append(None if refused else mark)
        return trusted

    def _hangs(self) -> bool:
        """True where wrapped lines of items stand under the text of the item and not under its mark."""
        for index, mark in enumerate(self.marks[:-1]):
            if mark is None or self.marks[index + 1] is not None:
                continue
            (line, part), (after, after_part) = self.lines[index], self.lines[index + 1]
            body = _drop_mark(line, mark)
            if body and part == after_part and abs(after.x0 - body.x0) < 2.5 and after.x0 - line.x0 > 2.5:
                return True
        return False

    def _begins(
        self, previous: tuple[Line, int], current: tuple[Line, int], mark: str | None, x: float, indent: float
    ) -> bool:
        """Whether a line without a mark begins a new paragraph."""
        above, line = previous[0], current[0]
        if len(above.words[-1].text) > 1 and above.words[-1].text[-1] in _HYPHENS + _SOFT:
            return False  # a word goes on
        if mark is not None and self.hanging:
            return x < indent - 2.5
        if previous[1] != current[1]:
            return False
        size = max(above.size, line.size, 1.0)
        apart = (level_of(line) - level_of(above)) / size > self.leading + _PARAGRAPH_EXTRA
        return apart if mark is None or not self.hanging else False

    def _finish(self, items: list[tuple[str | None, float, list[tuple[Line, int]]]]) -> list[Item]:
        steps: list[float] = []
        for mark, x, _ in items:
            if mark is not None and not any(abs(x - step) < 3 for step in steps):
                steps.append(x)
        steps.sort()
        result: list[Item] = []
        for mark, x, rows in items:
            if not rows:
                continue
            level = 0 if mark is None else 1 + min(range(len(steps)), key=lambda i: abs(steps[i] - x))
            lines = [line for line, _ in rows]
            hard = self._hard_after(rows) if self.hard_breaks else frozenset()
            result.append(Item(join_lines(lines, self.vocabulary, hard, self._cut_after(rows)), level, mark, lines))
        return result

    def _cut_after(self, rows: Sequence[tuple[Line, int]]) -> frozenset[int]:
        """Indices of lines that end in a word cut where the cell ends: programs do that to what is too long for it.

        The word is alone on its line, or its rest begins as no word does.
        """
        cut: set[int] = set()
        for index, ((line, part), (after, _)) in enumerate(pairwise(rows)):
            word, rest = line.words[-1].text, after.words[0].text
            several = len(line.words) > 1
            if line.page != after.page or (several and not self.vocabulary.is_rest(rest)):
                continue
            letter = (
                (line.words[-1].x1 - line.words[-1].x0) / len(word) * (_WIDE_LETTER if rest[0] in "mw" else _LETTER)
            )
            full = self._end(part) - line.x1 < letter
            if self.vocabulary.is_cut(word, rest, full=full, alone=len(after.words) == 1):
                cut.add(index)
        return frozenset(cut)

    def _end(self, part: int) -> float:
        """Where the texts of a part of the cell end: its padding is the same on both sides."""
        box = self.parts[part].box
        padding = max(2.0, min(line.x0 for line, number in self.lines if number == part) - box[0])
        return box[2] - padding

    def _hard_after(self, rows: Sequence[tuple[Line, int]]) -> frozenset[int]:
        """Indices of lines after which the first word of the next line would still have fitted."""
        hard: set[int] = set()
        for index, ((line, part), (after, _)) in enumerate(pairwise(rows)):
            word = after.words[0]
            if line.x1 + 0.25 * line.size + (word.x1 - word.x0) < self._end(part) - 1.0:
                hard.add(index)
        return frozenset(hard)


def _is_choice(mark: str, line: Line) -> bool:
    """Whether a mark is a box to tick, one of several on its line: "☐ 2026 ☒ 2027"."""
    signs = [_glyphs().get(word.text[0], word.text[0]) for word in line.words]
    return _glyphs().get(mark, mark) in _BOXES and sum(sign in _BOXES for sign in signs) > 1


def prose(items: Sequence[Item]) -> str:
    """The items as one running text."""
    return " ".join(item.text for item in items if item.text)


def lined(items: Sequence[Item]) -> str:
    """The items with line feeds between them."""
    return "\n".join(item.text for item in items if item.text)
