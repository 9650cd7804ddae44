"""Dates and amounts as values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.values import Day, amounts_in, as_value, dates_in, later_or_earlier, more_or_less, other_state


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("bis 30.06.2026", [Day(2026, 6, 30)]),
        ("1. März 2025", [Day(2025, 3, 1)]),
        ("ab Sept. 2026", [Day(2026, 9)]),
        ("06/2027", [Day(2027, 6)]),
        ("3. Quartal 2026", [Day(2026, 9)]),
        ("2025 bis 2027", [Day(2025), Day(2027)]),
        ("2025-03-01", [Day(2025, 3, 1)]),
        ("2.025 €", []),
        ("2025 Euro", []),
        ("laufend", []),
    ],
)
def test_dates_are_read_as_exact_as_they_are_printed(text: str, dates: list[Day]) -> None:
    assert dates_in(text) == dates


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("20.000 €", [20000.0]),
        ("20 000,50 Euro", [20000.5]),
        ("1,5 Mio. €", [1500000.0]),
        ("30 Tsd. EUR", [30000.0]),
        ("500,- €", [500.0]),
        ("20 Kurse", []),
        ("5.000 € bis 8.000 €", [5000.0, 8000.0]),
    ],
)
def test_amounts_are_euros(text: str, amounts: list[float]) -> None:
    assert amounts_in(text) == amounts


def test_two_ways_to_print_a_value_are_one() -> None:
    assert as_value("bis 1. März 2025, 20.000 €") == as_value("bis 01.03.2025, 20 000,00 EUR")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("bis 30.06.2026", "bis 31.12.2026", "later by 6 months"),
        ("bis 2028", "bis 2027", "earlier by 1 year"),
        ("2025 bis 2027", "2025 bis 2029", "later by 2 years"),
        ("01.03.2026", "15.03.2026", "later by 14 days"),
        ("06/2026", "2028", "later by 2 years"),
        ("15.03.2026", "01.09.2026", "later by about 6 months"),
        ("31.03.2026", "01.04.2026", "later by 1 day"),
        ("31.01.2026", "28.02.2026", "later by 1 month"),
        ("3. Quartal 2026", "1. Quartal 2027", "later by 6 months"),
        ("2025 - 2027", "2026 - 2027", "begins later by 1 year"),
        ("2025 - 2027", "2026 - 2028", "later by 1 year"),
        ("2025 - 2027", "2026 - 2030", "begins later by 1 year, ends later by 3 years"),
        ("2026", "06/2026", None),
        ("laufend", "bis 2027", None),
        ("bis 2027", "2027", None),
        ("31.02.2026", "30.02.2027", None),
    ],
)
def test_a_shift_is_said_in_words(old: str, new: str, said: str | None) -> None:
    assert later_or_earlier(old, new) == said


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("20.000 €", "25.000 €", "higher by 5.000 €"),
        ("20.000 €", "19.999,50 €", "lower by 0,50 €"),
        ("5.000 € bis 8.000 €", "6.000 € bis 9.000 €", "higher by 1.000 €"),
        ("5.000 € bis 8.000 €", "6.000 € bis 8.000 €", None),
        ("5.000 € pro Jahr", "6.000 €", None),
        ("1,2 Mio. Euro", "1,5 Mio. Euro", "higher by 300.000 €"),
        ("keine", "5 €", None),
        ("5 €", "5,00 Euro", None),
    ],
)
def test_a_difference_is_said_in_words(old: str, new: str, said: str | None) -> None:
    assert more_or_less(old, new) == said


@pytest.mark.parametrize(
    ("field", "old", "new", "said"),
    [
        ("progress", "in Arbeit", "abgeschlossen", "now done, before in progress"),
        ("priority", "mittel", "hoch", "now high, before medium"),
        ("period", "kurzfristig", "langfristig", "now long, before short"),
        ("progress", "in Arbeit", "wird bearbeitet", None),
        ("progress", "", "abgeschlossen", None),
        ("priority", "siehe oben", "hoch", None),
    ],
)
def test_another_state_is_said_in_words(field: str, old: str, new: str, said: str | None) -> None:
    assert other_state(field, old, new) == said


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_has_words_or_none(old: str, new: str) -> None:
    for say in (later_or_earlier, more_or_less):
        assert say(old, old) is None
        assert say(old, new) is None or "by" in str(say(old, new))
