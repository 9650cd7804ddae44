"""Words set with blanks between their letters."""

from __future__ import annotations

import pytest

from extractors.letterspaced import join_letters
from schemas.geometry import Word
from tests.test_designs import EXPECTED, each, measures, told


def letters(*texts: str, gap: float = 1.5, size: float = 7.0) -> list[Word]:
    """Words on one line, four points a letter."""
    words: list[Word] = []
    x = 50.0
    for text in texts:
        words.append(Word(text, 1, x, 100, x + 4 * len(text), 100 + size, size))
        x += 4 * len(text) + gap
    return words


def texts(words: list[Word]) -> list[str]:
    return [word.text for word in words]


def test_letters_with_even_blanks_that_no_text_says_are_a_word() -> None:
    (word,) = join_letters(letters("Z", "I", "E", "L"), [False, True, True, True])
    assert (word.text, word.x0, word.x1) == ("ZIEL", 50.0, 70.5)


def test_a_pair_of_letters_that_stand_close_is_of_the_word() -> None:
    joined = join_letters(letters("Z", "U", "S", "TÄ", "N", "D", "I", "G"), [False] + [True] * 7)
    assert texts(joined) == ["ZUSTÄNDIG"]


@pytest.mark.parametrize(
    ("words", "invented"),
    [
        (letters("A", "B", "C", "D"), [False, False, False, False]),
        (letters("A", "B", "C", gap=30), [False, True, True]),
        (letters("x", "x", "x"), [False, True, True]),
        (letters("U", "3"), [False, True]),
        (letters("Ziel", "der", "Stadt"), [False, True, True]),
    ],
    ids=["blanks of the text", "far apart", "marks", "too few", "words"],
)
def test_other_words_stay_apart(words: list[Word], invented: list[bool]) -> None:
    assert texts(join_letters(words, invented)) == [word.text for word in words]


def test_spaced_labels_of_a_form_are_read() -> None:
    label = "<p style='letter-spacing:1.5pt;font-size:7pt;color:#777;margin:2pt 0 0'>{}</p><p style='margin:0'>{}</p>"
    rows = [("ZUSTÄNDIG", "{office}"), ("ZEITRAUM", "{year}"), ("ZIEL", "Alle kommen gut durch die Stadt")]
    sheet = "<h3>{n}. {name}</h3>" + "".join(label.format(*row) for row in rows)
    found = measures("<h1>Maßnahmen des Kulturplans</h1>" + each(sheet))
    assert [
        (name, office, m.columns["ZEITRAUM"]) for m, (name, office, _) in zip(found, told(found), strict=True)
    ] == EXPECTED
