"""Names of fields of action."""

from __future__ import annotations

import pytest

from extractors.field_names import field_name, has_field_label


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Handlungsfeld 3: Sprache", "Sprache"),
        ("Handlungsfeld: Verkehr", "Verkehr"),
        ("Handlungsfeld Verkehr", "Verkehr"),
        ("Handlungsfeld 3 Verkehr und Lärm", "Verkehr und Lärm"),
        ("Handlungsfeld 3 – Verkehr", "Verkehr"),
        ("Handlungsfeld IV - ÖPNV", "ÖPNV"),
        ("Handlungsfeld A. Energie", "Energie"),
        ("Handlungsfeld ÖPNV", "ÖPNV"),
        ("HF 2 | Wohnen", "Wohnen"),
        ("Themenfeld: Wohnen", "Wohnen"),
        ("Schwerpunkt 2: Bildung", "Bildung"),
        ("Maßnahmen im Handlungsfeld Verkehr", "Verkehr"),
        ("3.2 Handlungsfeld Mobilität", "Mobilität"),
        ("Handlungsfeld Verkehr (Fortsetzung)", "Verkehr"),
        ("Verkehr – Forts.", "Verkehr"),
        ("3. Verkehr", "Verkehr"),
        ("3.2 Mobilität", "Mobilität"),
        ("II. Wohnen", "Wohnen"),
        ("B) Freiraum", "Freiraum"),
        ("Tabelle 3: Verkehr", "Verkehr"),
        ("Tab. 4-2 Maßnahmen im Handlungsfeld Verkehr", "Verkehr"),
        ("Tabelle 3: Maßnahmen im Bereich Verkehr", "Verkehr"),
    ],
)
def test_label_and_number_are_no_part_of_the_name(printed: str, name: str) -> None:
    assert field_name(printed) == name


@pytest.mark.parametrize(
    "name",
    [
        "Kinder und Jugendliche - Bildung",
        "Handlungsfeld",
        "Handlungsfeld 3",
        "Handlungsfeld IV",
        "Handlungsfelder der Stadt",
        "Handlungsfeld der Verwaltung",
        "Bereich Verkehr",
        "Tabelle 3 zeigt die Wege",
        "Ziele: Wohnen und Leben",
        "10 Punkte für das Klima",
        "Maßnahmen",
        "",
    ],
)
def test_a_name_without_label_stays_whole(name: str) -> None:
    assert field_name(name) == name


@pytest.mark.parametrize(
    ("printed", "labelled"),
    [("Handlungsfeld 1", True), ("Maßnahmen zum Themenfeld Wohnen", True), ("Maßnahmen", False), ("Verkehr", False)],
)
def test_a_heading_that_says_that_it_names_a_field_is_told(printed: str, labelled: bool) -> None:
    assert has_field_label(printed) is labelled
