"""What a reader takes for the same text, and which words differ."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sametext import diff, same_key, sides

TEXTS = st.lists(
    st.sampled_from(
        ["Aufbau", "Zusammen", "arbeit", "Rad-", "und", "5", "10", "1.3.2025", "–", "-", "„", "“", ",", "\n"]
    ),
    max_size=12,
).flatmap(lambda words: st.sampled_from([" ".join(words), "".join(words)]))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Aufbau  einer\nStelle", "Aufbau einer Stelle"),
        ("Zusammen-\narbeit", "Zusammenarbeit"),
        ("Zusammen\u00adarbeit", "Zusammenarbeit"),
        ("Sprach‐ und Lesekurse", "Sprach- und Lesekurse"),
        ("Rad – Weg", "Rad - Weg"),
        ("„Haus“", '"Haus"'),
        ("• Haus", "- Haus"),
        ("\uf0b7 Haus", "Haus"),
        ("* Haus", "Haus"),
        ("2025 – 2027", "2025-2027"),
        ("20.000 Haushalte", "20000 Haushalte"),
        ("ﬁnden", "finden"),
    ],
)
def test_layout_is_no_difference(one: str, other: str) -> None:
    assert same_key(one) == same_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("5-10 Kurse", "510 Kurse"),
        ("1 2", "12"),
        ("-5 %", "5 %"),
        ("1.5", "15"),
        ("Mitarbeiter*innen", "Mitarbeiterinnen"),
        ("Ja", "ja"),
        ("a, b", "a b"),
        ("nicht", ""),
    ],
)
def test_content_is_a_difference(one: str, other: str) -> None:
    assert same_key(one) != same_key(other)


def test_words_that_differ_are_marked_and_no_others() -> None:
    assert diff("Abbau von Hürden zu Kursen", "Abbau aller Hürden zu Kursen") == [
        ("equal", "Abbau "), ("delete", "von "), ("insert", "aller "), ("equal", "Hürden zu Kursen"),
    ]  # fmt: skip


def test_a_text_that_goes_on_begins_with_its_space() -> None:
    assert diff("Übersicht", "Übersicht (digital)") == [("equal", "Übersicht"), ("insert", " (digital)")]


def test_layout_beside_a_change_stands_as_the_new_draft_prints_it() -> None:
    segments = diff("„Rad-\nwege“ im Norden", "Radwege im Süden")
    assert segments == [("equal", "Radwege im "), ("delete", "Norden"), ("insert", "Süden")]


@given(TEXTS, TEXTS)
def test_the_new_side_is_the_new_text_and_the_old_side_says_the_same_as_the_old(old: str, new: str) -> None:
    before, after = sides(diff(old, new))
    assert after == new.strip()
    # A dash that only layout moved before a number may look like its sign.
    assert same_key(before).replace("-", "") == same_key(old).replace("-", "")


@given(TEXTS, TEXTS)
def test_something_is_marked_just_where_the_texts_differ(old: str, new: str) -> None:
    marked = any(operation != "equal" for operation, _ in diff(old, new))
    assert marked == (same_key(old) != same_key(new))


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_can_be_compared(old: str, new: str) -> None:
    assert sides(diff(old, new))[1] == new.strip()
    assert diff(old, old) == ([("equal", old.strip())] if old.strip() else [])
