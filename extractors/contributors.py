"""Who took part in a plan: the list of names that it prints beside its tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise

from extractors.celltext import bullet_of, clean, join_lines
from extractors.knowledge import load
from extractors.vocabulary import Vocabulary
from schemas.geometry import Block, Line, Word

_FULL_LINE = 0.93
"""A line that reaches this share of the text's width may go on in the next one."""


@cache
def _phrases() -> tuple[str, ...]:
    return tuple(load("columns.toml")["plan"]["contributors"]["phrases"])


def contributors_of(blocks: Sequence[Block], vocabulary: Vocabulary) -> tuple[list[str], list[Word]]:
    """The names in the list after a line such as "An diesem Aktionsplan haben mitgewirkt:", and the words of it."""
    lines = [line for block in blocks for line in block.lines]
    for index, line in enumerate(lines):
        head, colon, rest = line.text.partition(":")
        if not colon or not any(phrase in head.casefold() for phrase in _phrases()):
            continue
        if rest.strip():
            block = next(b for b in blocks if line in b.lines)
            return _listed(join_lines(block.lines, vocabulary).partition(":")[2]), block.words
        names = _name_lines(lines[index + 1 :])
        return _names(names, vocabulary), [word for used in [line, *names] for word in used.words]
    return [], []


def _listed(text: str) -> list[str]:
    names = re.split(r"[;,]\s+|\s+und\s+(?=[^,;]*$)", text.strip().rstrip("."))
    return [name.strip() for name in names if name.strip()]


def _name_lines(lines: Sequence[Line]) -> list[Line]:
    """The run of lines that look like the first: same size and weight, or all of them list items."""
    if not lines:
        return []
    first = lines[0]
    listed = bullet_of(first) is not None
    run: list[Line] = []
    for line in lines:
        same = line.bold == first.bold and abs(line.size - first.size) < 0.6
        if not same or (listed and bullet_of(line) is None and line.x0 <= first.x0 + 1):
            break
        if not listed and not first.bold and run and _apart(run, line):
            break
        run.append(line)
    return run


def _apart(run: Sequence[Line], line: Line) -> bool:
    """Whether a wider gap than between the lines before ends a list of plain lines."""
    if line.page != run[-1].page:
        return False
    gaps = [b.top - a.top for a, b in pairwise(run) if a.page == b.page]
    return bool(gaps) and line.top - run[-1].top > 1.4 * min(gaps)


def _names(lines: Sequence[Line], vocabulary: Vocabulary) -> list[str]:
    if not lines:
        return []
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    listed = any(bullet_of(line) for line in lines)
    groups: list[list[Line]] = []
    for line in lines:
        full = bool(groups) and not listed and groups[-1][-1].x1 - left > max(_FULL_LINE * (right - left), 300)
        if groups and (full or (listed and bullet_of(line) is None)):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [name for group in groups if (name := _name(group, vocabulary))]


def _name(lines: Iterable[Line], vocabulary: Vocabulary) -> str:
    rows = list(lines)
    text = join_lines(rows, vocabulary)
    mark = bullet_of(rows[0])
    return clean(text[len(mark) :] if mark else text).rstrip(",;").strip()
