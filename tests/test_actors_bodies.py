"""The same actor in several documents, and the same name in several towns."""

from __future__ import annotations

import pytest

from extractors.actors import Recognition, ResponsibilityCell, recognise
from extractors.actors.bodies import body_key, is_body, is_local, leading_body
from schemas.records import Actor, Document
from schemas.rows import ActorRegistry, Row
from tests.made_documents import made_document


def read(cell: str, *texts: str, body: str | None = None) -> Recognition:
    return recognise([ResponsibilityCell([cell])], [], [("facts", text) for text in texts], body=body)


def ids(result: Recognition) -> list[str]:
    return [actor.actor_id for actor in result.actors]


LOCAL = """Jugendamt, Verwaltung, Stadt, Träger, Stadtwerke, Bürgerverein e.V., Amt 61, Frau Müller, VBK,
    Volkshochschule, Fachbereich Jugend und Bildung, Sozialausschuss, Netzwerk Frühe Hilfen"""
EVERYWHERE = """Deutsches Rotes Kreuz, ADFC, Agentur für Arbeit, Bundesamt für Migration und Flüchtlinge, Stadt Seeheim,
    Regierungspräsidium Stuttgart, Stadtwerke Wiesenau GmbH, Lernwelt Haselau e.V., Kreis Moorau"""


@pytest.mark.parametrize("name", [name.strip() for name in LOCAL.split(",")])
def test_these_names_mean_another_actor_in_every_town(name: str) -> None:
    assert is_local(name)


@pytest.mark.parametrize("name", [name.strip() for name in EVERYWHERE.split(",")])
def test_these_names_mean_one_actor_everywhere(name: str) -> None:
    assert not is_local(name)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bundesstadt Bonn", "Stadt Bonn"),
        ("Kreis Moorau", "Landkreis Moorau"),
        ("Landkreis Moorau", "Landratsamt Moorau"),
        ("Hansestadt Wismund", "Stadt Wismund"),
    ],
)
def test_names_of_one_body_have_one_key(one: str, other: str) -> None:
    assert body_key(one) == body_key(other)


def test_a_town_and_the_county_of_its_name_are_two() -> None:
    assert body_key("Stadt Moorau") != body_key("Kreis Moorau")


def test_a_body_has_a_name() -> None:
    assert is_body("Kreis Moorau")
    assert not is_body("Kreis")
    assert not is_body("Gemeinde Soziales")


def test_the_body_that_stands_out_speaks() -> None:
    assert leading_body({"Kreis Moorau": 5, "Stadt Seeheim": 1, "Polizei": 9}) == "Kreis Moorau"
    assert leading_body({"Kreis Moorau": 5, "Stadt Seeheim": 4}) is None
    assert leading_body({"Kreis Moorau": 2}) is None


def test_local_actors_of_one_town_have_one_id_in_all_its_documents() -> None:
    first = read("Jugendamt, ADFC", body="Bundesstadt Bonn")
    second = read("ADFC; Jugendamts", body="Stadt Bonn")
    assert set(ids(first)) == set(ids(second)) == {"jugendamt--stadt-bonn", "adfc"}
    assert {actor.name: actor.body for actor in first.actors} == {"Jugendamt": "Bundesstadt Bonn", "ADFC": None}


def test_local_actors_of_two_towns_are_two() -> None:
    assert ids(read("Jugendamt", body="Stadt Bonn")) != ids(read("Jugendamt", body="Stadt Köln"))


def test_the_town_is_found_in_the_texts_where_the_paper_names_none() -> None:
    text = "Die Gemeinde Altenholm baut. Der Bauhof hilft der Gemeinde Altenholm. Die Gemeinde Altenholm zahlt."
    result = read("Bauhof", text)
    assert "bauhof--gemeinde-altenholm" in ids(result)
    assert not [problem for problem in result.problems if problem.code == "actor_body_unknown"]


def test_the_town_is_found_before_the_colons_of_the_contributors() -> None:
    contributors = [f"Kreis Haselau: {name}" for name in ("Jugendamt", "Sozialamt", "Gesundheitsamt")]
    result = recognise([], contributors, [])
    assert result.contributors == [
        "jugendamt--kreis-haselau",
        "sozialamt--kreis-haselau",
        "gesundheitsamt--kreis-haselau",
    ]


def test_claims_mentions_and_contributors_use_the_same_ids() -> None:
    result = recognise(
        [ResponsibilityCell(["Jugendamt"])], ["Bauhof"], [("facts", "Das Jugendamt hilft.")], body="Stadt Bonn"
    )
    known = set(ids(result))
    assert {claim.actor_id for cell in result.claims for claim in cell} <= known
    assert {mention.actor_id for mention in result.mentions} <= known
    assert set(result.contributors) <= known


def test_a_document_that_names_no_town_says_so() -> None:
    (problem,) = read("Jugendamt, ADFC").problems
    assert (problem.code, problem.severity) == ("actor_body_unknown", "info")
    assert "Jugendamt" in problem.message
    assert not read("ADFC").problems


def test_an_abbreviation_of_one_document_means_nothing_in_another() -> None:
    first = read("KIT", "Die Koordinierungsstelle Integration und Teilhabe (KIT) berät.", body="Stadt Bonn")
    second = read("KIT", body="Stadt Bonn")
    assert [actor.name for actor in first.actors] == ["Koordinierungsstelle Integration und Teilhabe"]
    assert [actor.name for actor in second.actors] == ["KIT"]
    assert not set(ids(first)) & set(ids(second))


def rows_of(*actors: Actor) -> dict[str, Row]:
    registry = ActorRegistry()
    for actor in actors:
        document: Document = made_document().model_copy(update={"actors": [actor]})
        registry.add(document)
    return {str(row["actor_id"]): row for row in registry.rows()}


def test_actors_that_may_be_one_are_kept_apart_and_named_to_each_other() -> None:
    rows = rows_of(
        Actor(actor_id="jugendamt", name="Jugendamt"),
        Actor(actor_id="jugendamt--stadt-bonn", name="Jugendamt", body="Stadt Bonn"),
        Actor(actor_id="jugendamt--stadt-koeln", name="Jugendamt", body="Stadt Köln"),
    )
    assert rows["jugendamt"]["similar"] == ["jugendamt--stadt-bonn", "jugendamt--stadt-koeln"]
    assert rows["jugendamt--stadt-bonn"]["similar"] == ["jugendamt"]
    assert rows["jugendamt--stadt-koeln"]["body"] == "Stadt Köln"


def test_a_bare_abbreviation_is_similar_to_the_actor_of_another_document() -> None:
    rows = rows_of(
        Actor(actor_id="kit", name="KIT"),
        Actor(actor_id="koordinierungsstelle", name="Koordinierungsstelle", abbreviation="KIT"),
        Actor(actor_id="bauhof", name="Bauhof"),
    )
    assert rows["kit"]["similar"] == ["koordinierungsstelle"]
    assert rows["koordinierungsstelle"]["similar"] == ["kit"]
    assert rows["bauhof"]["similar"] == []


def test_the_identifier_comes_to_the_table() -> None:
    rows = rows_of(
        Actor(actor_id="kit", name="KIT", identifier="wikidata:Q64", mentions=1), Actor(actor_id="kit", name="KIT")
    )
    assert rows["kit"]["identifier"] == "wikidata:Q64"
