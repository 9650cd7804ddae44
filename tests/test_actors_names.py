"""One actor, one name: cleaning, nominative, keys, ids, kinds."""

from __future__ import annotations

import pytest

from extractors.actors import recognise
from extractors.actors.names import actor_id, clean, kind_of, name_key, nominative, same_person
from extractors.actors.words import head_of, is_acronym
from tests.test_actors_cells import ResponsibilityCell


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("des Jobcenters", "Jobcenters"),
        ("ggf. die Kommunen", "Kommunen"),
        ("! Via Frauenberatung", "Via Frauenberatung"),
        ("Jobcenter (Team 3), etc.", "Jobcenter"),
        ("Brücke Rendsburg- Eckernförde e. V.", "Brücke Rendsburg-Eckernförde e. V."),
        ("50 % Land", "Land"),
        ("u. a.", ""),
        ("noch offen", ""),
    ],
)
def test_what_is_no_part_of_a_name_is_cut_off(printed: str, name: str) -> None:
    assert clean(printed) == name


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Sprachkursträgern", "Sprachkursträger"),
        ("Jobcenters", "Jobcenter"),
        ("interessierten Kommunen", "interessierte Kommunen"),
        ("unteren Naturschutzbehörde", "untere Naturschutzbehörde"),
        ("Staatlichen Schulamtes", "Staatliches Schulamt"),
        ("Allgemeine Soziale Dienst", "Allgemeiner Sozialer Dienst"),
        ("junger Menschen", "junger Menschen"),
        ("Trägern der Familienzentren", "Träger der Familienzentren"),
        ("Künstlerinnen und Künstlern", "Künstlerinnen und Künstler"),
        ("Umweltausschusses", "Umweltausschuss"),
        ("Via Frauenberatung", "Via Frauenberatung"),
    ],
)
def test_a_declined_name_is_put_in_the_nominative(printed: str, name: str) -> None:
    assert nominative(printed) == name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Brücke e.V.", "Brücke e. V."),
        ("Rendsburg- Eckernförde Stiftung", "Rendsburg-Eckernförde Stiftung"),
        ("Koordinierungsstelle für Integration und Teilhabe", "Koordinierungsstelle Integration und Teilhabe"),
        ("FB 3", "Fachbereich 3"),
        ("FG Gesundheit", "Fachgruppe Gesundheit"),
        ("Träger*innen", "Träger"),
        ("Bürgerinnen und Bürger", "Bürger:innen"),
        ("Integrations-Team", "Integrationsteam"),
        ("Sozialausschuß", "Sozialausschuss"),
        ("dem Jobcenter", "Jobcenters"),
    ],
)
def test_spellings_of_one_actor_have_one_id(one: str, other: str) -> None:
    assert actor_id(one) == actor_id(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Unternehmensverband", "Unternehmensverband Nord"),
        ("Fachbereich 3", "Fachbereich 4"),
        ("BUND", "Bund"),
        ("Handwerkskammer", "Handwerkskammer Kiel"),
        ("Angebotsträger", "weitere Angebotsträger"),
        ("KIT-Stelle", "KIT-Netzwerk"),
    ],
)
def test_different_actors_have_different_ids(one: str, other: str) -> None:
    assert actor_id(one) != actor_id(other)


def test_an_id_has_only_small_latin_letters_digits_and_hyphens() -> None:
    assert actor_id("Größe & Übermut GmbH, Außenstelle 2") == "groesse-uebermut-gmbh-aussenstelle-2"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Jobcenter", "authority"),
        ("Umweltamt", "unit"),
        ("Fachbereich Zentrale Dienste", "department"),
        ("FB 3", "department"),
        ("Sozial- und Gesundheitsausschuss", "committee"),
        ("Stadtwerke Wiesenau GmbH", "company"),
        ("Wüstenblumen e.V.", "association"),
        ("Netzwerk Sprache", "network"),
        ("Klimaschutzmanager:in", "person"),
        ("Frau Dr. Berger", "person"),
        ("Ehrenamtliche", "group"),
        ("Region Nord", "place"),
        ("XYZ", "other"),
    ],
)
def test_the_noun_of_a_name_tells_its_kind(name: str, kind: str) -> None:
    assert kind_of(name) == kind


@pytest.mark.parametrize(
    "word", ["Ehrenamt", "Vorrat", "Personenkreis", "Haltestelle", "Innenstadt", "insgesamt", "Energieträger"]
)
def test_a_word_that_only_ends_like_an_actor_is_none(word: str) -> None:
    assert head_of(word) is None


@pytest.mark.parametrize("word", ["KIT", "gAGS", "LaNeMo", "EnBW", "MBWK"])
def test_an_acronym_is_seen(word: str) -> None:
    assert is_acronym(word)


@pytest.mark.parametrize("word", ["Kiel", "und", "A", "Jobcenter"])
def test_a_plain_word_is_no_acronym(word: str) -> None:
    assert not is_acronym(word)


def test_the_two_gendered_forms_of_a_noun_belong_together() -> None:
    assert same_person("Ärztinnen", "Ärzte")
    assert not same_person("Ärztinnen", "Apotheken")


def test_a_key_keeps_the_words_that_tell_actors_apart() -> None:
    assert name_key("des Amtes für Umwelt und Naturschutz") == "amt umwelt und naturschutz"


def test_one_actor_has_one_name_however_it_is_printed() -> None:
    cells = [ResponsibilityCell(["Polizei mit den Sprachkursträgern"]), ResponsibilityCell(["Sprachkursträger"])]
    result = recognise(cells, [], [])
    assert [claim.actor for cell in result.claims for claim in cell] == [
        "Polizei",
        "Sprachkursträger",
        "Sprachkursträger",
    ]


def test_other_spellings_are_kept_as_aliases() -> None:
    result = recognise([ResponsibilityCell(["Fachgruppe Gesundheit"])], ["Kreis RD: FG Gesundheit"], [])
    assert [(actor.name, actor.aliases) for actor in result.actors] == [
        ("Fachgruppe Gesundheit", ["FG Gesundheit", "Kreis RD: FG Gesundheit"])
    ]


@pytest.mark.parametrize(
    ("one", "other", "doubt"),
    [
        ("Handwerkskammer", "Handwerkskammer Kiel", True),
        ("Kreisseniorenbeirat", "Kreissenioresenbeirat", True),
        ("Fachbereich 3", "Fachbereich 4", False),
        ("Umweltamt", "Jugendamt", False),
    ],
)
def test_names_that_may_mean_one_actor_are_kept_apart_and_reported(one: str, other: str, doubt: bool) -> None:
    result = recognise([ResponsibilityCell([one])], [other], [])
    assert len(result.actors) == 2
    assert ("actor_names_close" in [problem.code for problem in result.problems]) == doubt
