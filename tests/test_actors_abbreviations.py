"""Abbreviations that a document introduces, and their resolution everywhere in it."""

from __future__ import annotations

import pytest

from extractors.actors import ResponsibilityCell, recognise
from extractors.actors.abbreviations import abbreviates, collect


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        (
            "Das Bundesamt für Migration und Flüchtlinge (BAMF) lädt ein.",
            "BAMF",
            "Bundesamt für Migration und Flüchtlinge",
        ),
        (
            "Zuständig ist die BAMF (Bundesamt für Migration und Flüchtlinge).",
            "BAMF",
            "Bundesamt für Migration und Flüchtlinge",
        ),
        ("ASD = Amt für Soziale Dienste", "ASD", "Amt für Soziale Dienste"),
        ("Umwelt Technik Soziales e.V. (UTS e.V.) erwägt das.", "UTS e.V.", "Umwelt Technik Soziales e.V."),
        ("das Mobile Integrationsteam des DRK (MIT-Team)", "MIT-Team", "Mobile Integrationsteam des DRK"),
        ("die Verkehrsgesellschaft Nord mbH (kurz: VGN)", "VGN", "Verkehrsgesellschaft Nord mbH"),
    ],
)
def test_an_introduced_abbreviation_is_read(text: str, short: str, long: str) -> None:
    assert collect([text], []).long(short) == long


@pytest.mark.parametrize(
    "text",
    [
        "Der Erstorientierungskurs Schleswig-Holstein (EOK) beginnt.",
        "Menschen mit Migrationshintergrund (MH)",
        "Das Programm Grüne Dächer (PGD) läuft.",
    ],
)
def test_an_abbreviation_of_something_else_is_kept_apart(text: str) -> None:
    found = collect([text], [])
    assert found.longs == {}
    assert len(found.others) == 1


@pytest.mark.parametrize(
    ("short", "long"), [("ASD", "Jugendamt"), ("KIT", "Teilhabe in Kiel"), ("FB", "Fachbereich Beratung FB")]
)
def test_letters_must_stand_in_the_long_form_in_order(short: str, long: str) -> None:
    assert abbreviates(short, long) == (short == "FB")


def claims(cells: list[str], contributors: list[str], text: str = "") -> list[tuple[str, str | None, str]]:
    found = recognise([ResponsibilityCell([cell]) for cell in cells], contributors, [("facts", text)])
    return [(claim.actor, claim.abbreviation, claim.text) for cell in found.claims for claim in cell]


KIT = "Koordinierungsstelle Integration und Teilhabe"


def test_an_abbreviation_is_resolved_before_it_is_introduced() -> None:
    assert claims(["KIT", f"{KIT} (KIT)"], []) == [(KIT, "KIT", "KIT"), (KIT, "KIT", f"{KIT} (KIT)")]


def test_an_abbreviation_that_a_contributor_introduces_is_resolved_in_the_cells() -> None:
    assert claims(["KIT"], [f"{KIT} (KIT)"]) == [(KIT, "KIT", "KIT")]


def test_an_abbreviation_that_a_text_introduces_is_resolved_in_the_cells() -> None:
    assert claims(["KIT"], [], f"Die {KIT} (KIT) lädt ein.") == [(KIT, "KIT", "KIT")]


def test_an_abbreviation_with_the_noun_of_its_long_form_is_resolved() -> None:
    assert claims(["KIT-Stelle"], [f"{KIT} (KIT)"]) == [(KIT, "KIT", "KIT-Stelle")]


def test_an_abbreviation_with_another_noun_is_another_actor() -> None:
    assert claims(["KIT-Netzwerk"], [f"{KIT} (KIT)"]) == [("KIT-Netzwerk", None, "KIT-Netzwerk")]


def test_a_long_form_in_parentheses_behind_its_abbreviation_is_the_name() -> None:
    long = "Netzwerk Kooperations- und Interventionskonzept bei häuslicher Gewalt"
    assert claims([f"KIK-Netzwerk ({long})"], [])[0][:2] == (long, "KIK-Netzwerk")


def test_an_abbreviation_that_is_not_introduced_stays_as_printed() -> None:
    assert claims(["SSKB"], []) == [("SSKB", None, "SSKB")]


def test_an_abbreviation_does_not_reach_into_the_next_document() -> None:
    claims([f"{KIT} (KIT)"], [])
    assert claims(["KIT"], []) == [("KIT", None, "KIT")]


def test_an_abbreviation_with_two_meanings_is_reported() -> None:
    text = "Das Amt für Soziale Dienste (ASD) und die Agentur Service und Daten (ASD) planen."
    assert [p.code for p in recognise([], [], [("facts", text)]).problems] == ["abbreviation_ambiguous"]
