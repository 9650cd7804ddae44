"""Words of one page -> lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from schemas.geometry import Line, Word, union


def group_lines(words: Iterable[Word], gap: float | None = None) -> list[Line]:
    """Lines of upright `words` of one page, from top to bottom, each from left to right.

    `gap` breaks a line where the blank between two words is wider than that many times the font size, so that
    columns stand apart; None never breaks. A word belongs to a line when it shares at least half of the smaller
    height with the word that began the line: comparing with the seed keeps slanted rows from growing together.
    """
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (w.middle, w.x0)):
        for row in rows[:-5:-1]:
            if _same_line(row[0], word):
                row.append(word)
                break
        else:
            rows.append([word])
    lines: list[Line] = []
    for row in rows:
        row.sort(key=lambda w: (w.x0, w.x1))
        lines.extend(line_of(run) for run in runs(row, gap))
    return lines


def turned_lines(words: Sequence[Word]) -> list[Line]:
    """Lines of words that are turned by a quarter, in reading order: upwards from left to right, or the reverse."""
    rows: list[list[Word]] = []
    sign = 1 if all(word.angle > 0 for word in words) else -1
    for word in sorted(words, key=lambda w: (sign * (w.x0 + w.x1), -sign * w.middle)):
        if rows and min(rows[-1][0].x1, word.x1) - max(rows[-1][0].x0, word.x0) > 0.5 * (word.x1 - word.x0):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [line_of(sorted(row, key=lambda w: -sign * w.middle)) for row in rows]


def _same_line(seed: Word, word: Word) -> bool:
    shared = min(seed.bottom, word.bottom) - max(seed.top, word.top)
    return shared >= 0.5 * min(seed.bottom - seed.top, word.bottom - word.top)


def runs(row: list[Word], gap: float | None) -> list[list[Word]]:
    """The words of one line, from left to right, parted where the blank is wider than `gap` times the font size."""
    if gap is None:
        return [row]
    parts = [[row[0]]]
    for word in row[1:]:
        last = parts[-1][-1]
        if word.x0 - last.x1 > gap * max(word.size, last.size, 4.0):
            parts.append([word])
        else:
            parts[-1].append(word)
    return parts


def line_of(words: list[Word]) -> Line:
    """One line out of words that are already in order. Raises ValueError when there are none."""
    x0, top, x1, bottom = union(word.box for word in words)
    return Line(words, words[0].page, x0, top, x1, bottom)
