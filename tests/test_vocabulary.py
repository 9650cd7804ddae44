"""Words that narrow cells cut."""

from __future__ import annotations

import pytest

from extractors.vocabulary import Vocabulary
from schemas.geometry import Page
from tests.lines import row


def vocabulary(*lines: str) -> Vocabulary:
    words = [word for n, line in enumerate(lines) for word in row(20.0 * n, (50, line))]
    return Vocabulary.of([Page(1, 800, 600, words)])


def cut(word: str, rest: str, *lines: str, full: bool = True, alone: bool = True) -> bool:
    return vocabulary(*lines).is_cut(word, rest, full=full, alone=alone)


@pytest.mark.parametrize(
    ("word", "rest"),
    [
        ("langfristi", "g"),
        ("gerin", "g"),
        ("Energetisch", "en"),
        ("Gleichstellungsbeauf", "tragte"),
        ("Klimaanpass", "ung"),
        ("Grünfläc", "hen"),
        ("Vernetzu", "ng"),
        ("Beratungsstellen", "."),
        ("30.06.20", "27"),
        ("1.200.00", "0"),
        ("Freiwilligenzentr", "um"),
        ("Krei", "shandwerkerschaft"),
        ("Ausbild", "ungsjahr"),
        ("Schwerbehindertenvert", "retung"),
    ],
)
def test_a_word_that_fills_its_cell_goes_on(word: str, rest: str) -> None:
    assert cut(word, rest)


@pytest.mark.parametrize(
    ("word", "rest"),
    [
        ("Ehrenamtlichen", "wissen"),
        ("Bibliotheken", "geschaffen"),
        ("Förderantrag", "gestellt"),
        ("Stadtverwaltung", "und"),
        ("Beratungsstelle", "im"),
        ("Radwege", "Bauamt"),
        ("Radwege", "für"),
        ("Gesundheit", "neu"),
        ("2026", "2027"),
        ("20.000", "5"),
        ("Sprachmittlerpool", "aufbauen"),
        ("Parkgesellschaft", "mbH"),
        ("Energieagentur", "gGmbH"),
        ("Sportverein", "e.V."),
        ("Abstimmungen", "bzgl."),
    ],
)
def test_two_words_stay_two(word: str, rest: str) -> None:
    assert not cut(word, rest)


def test_a_word_with_room_behind_it_ends() -> None:
    assert not cut("Klimaanpass", "ung", full=False)


def test_a_word_that_stands_elsewhere_as_a_whole_is_joined_though_there_was_room() -> None:
    assert cut("Klimaanpass", "ung", "Die Klimaanpassung", full=False)


def test_words_that_stand_behind_others_on_a_line_are_whole() -> None:
    assert cut("Aufbauhelf", "stark")
    assert not cut("Aufbauhelf", "stark", "Wir sind stark")


def test_a_word_that_follows_several_others_is_no_ending() -> None:
    assert not cut("Aufbauhelf", "stark", "Wege", "stark", "Netze", "stark")


def test_an_abbreviation_is_no_ending() -> None:
    assert not cut("Beratungsstelle", "z.", alone=False)


def test_a_letter_with_a_full_stop_ends_a_word_or_begins_an_abbreviation() -> None:
    assert cut("Generatione", "n.", alone=False)
    assert not cut("Generationen", "z.", alone=False)


def test_a_letter_alone_on_its_line_ends_the_word_above_it_wherever_the_cell_ends() -> None:
    assert cut("Volkshochschul", "e", full=False)
    assert not cut("Klasse", "b", full=False)
