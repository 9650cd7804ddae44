"""The numbers of measures."""

from __future__ import annotations

import pytest

from extractors.numbering import is_code, is_number


@pytest.mark.parametrize("text", ["3", "3.", "12)", "1.2.4", "M 5", "M-01", "KS-3a", "KS_03", "HF1-M3", "II.4", "Ö 7"])
def test_the_number_of_a_measure_is_known(text: str) -> None:
    assert is_number(text)


@pytest.mark.parametrize("text", ["", "Maßnahme", "M", "3 Stellen", "2.000 €", "1234", "12.03.2024", "Nov 3", "3/4"])
def test_other_texts_are_no_number_of_a_measure(text: str) -> None:
    assert not is_number(text)


@pytest.mark.parametrize(("text", "code"), [("M 5", True), ("1.2", True), ("A.3:", True), ("2030", False)])
def test_a_code_is_more_than_a_count(text: str, code: bool) -> None:
    assert is_code(text) is code
