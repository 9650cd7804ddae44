"""Words that are set with blanks between their letters: "Z I E L" in the labels of designers."""

from __future__ import annotations

from collections.abc import Sequence

from schemas.geometry import Word, union

_LEAST = 3
"""Letters of such a word, at least."""
_PAIR = 2
"""Letters that stand so close for their shapes, as "TÄ", that no blank is seen between them."""
_WIDEST = 0.5
"""Blank between two letters, in font sizes, at most."""
_EVEN = 0.2
"""Font sizes by which the blanks of one word differ, at most: their boxes are not quite those of the letters."""


def join_letters(words: Sequence[Word], invented: Sequence[bool]) -> list[Word]:
    """The words with runs of single letters made one; `invented` says which have no blank of the text before them."""
    if not any(invented):
        return list(words)
    joined: list[Word] = []
    run: list[Word] = []
    for word, made_up in zip(words, invented, strict=True):
        if run and not (made_up and _goes_on(run, word)):
            joined += _whole(run)
            run = []
        run.append(word)
    return joined + _whole(run)


def _goes_on(run: Sequence[Word], word: Word) -> bool:
    above, size = run[-1], run[-1].size
    gap = word.x0 - above.x1
    letters = all(len(text) <= _PAIR and text.isalpha() for text in (above.text, word.text))
    level = above.upright and abs(above.bottom - word.bottom) < 0.1 * size and above.size == word.size
    even = len(run) < 2 or abs(gap - (above.x0 - run[-2].x1)) < _EVEN * size
    return letters and level and 0 < gap < _WIDEST * size and even


def _whole(run: Sequence[Word]) -> list[Word]:
    if sum(len(word.text) == 1 for word in run) < _LEAST or len({word.text for word in run}) == 1:
        return list(run)  # "x", "x", "x" are marks in narrow columns
    first = run[0]
    first.text = "".join(word.text for word in run)
    first.x0, first.top, first.x1, first.bottom = union(word.box for word in run)
    return [first]
