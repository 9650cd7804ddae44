"""Pages of words that the tests of tables are made of."""

from __future__ import annotations

from schemas.geometry import Fill, Page, Rule, Word

LETTER = 5.0
"""Points a letter is wide."""
BLANK = 2.5


def words(text: str, x: float, y: float, *, bold: bool = False, size: float = 10) -> list[Word]:
    """The words of a text that begins at x, with its base line 8 points below y."""
    made: list[Word] = []
    for token in text.split():
        made.append(Word(token, 1, x, y, x + LETTER * len(token), y + size, size, bold))
        x += LETTER * len(token) + BLANK
    return made


def row(y: float, *texts: tuple[float, str], bold: bool = False, size: float = 10) -> list[Word]:
    """The words of texts side by side: (x, text)."""
    return [word for x, text in texts for word in words(text, x, y, bold=bold, size=size)]


def page(*rows: list[Word], rules: list[Rule] | None = None, fills: list[Fill] | None = None) -> Page:
    return Page(1, 800, 600, [word for line in rows for word in line], rules or [], fills or [])


def upright(x: float, top: float, bottom: float) -> Rule:
    return Rule(x, top, x, bottom)


def level(y: float, x0: float, x1: float) -> Rule:
    return Rule(x0, y, x1, y)
