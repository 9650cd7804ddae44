"""Sentences and cells of councils of many states: how well actors are found in words that no rule was made for."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extractors.actors import Claim, ResponsibilityCell, find_actors, find_named, recognise
from tests.test_actors_cells import alike, wanted

DATA = Path(__file__).parent / "data"
LABELS = {"ORG", "STELLE", "GREMIUM", "PER", "GRUPPE"}
Range = tuple[int, int]


def sentences(held_out: bool | None = None, file: str = "council_sentences.jsonl") -> Iterator[dict[str, Any]]:
    for line in (DATA / file).read_text(encoding="utf-8").splitlines():
        sentence = json.loads(line)
        if held_out is None or sentence["held_out"] == held_out:
            yield sentence


def cells(held_out: bool) -> Iterator[tuple[list[str], list[Claim]]]:
    """Claims as they should be, "one ~ other | role | short", and as they are read."""
    for plan in tomllib.loads((DATA / "cells_of_states.toml").read_text(encoding="utf-8"))["plan"]:
        result = recognise([ResponsibilityCell([cell["text"]]) for cell in plan["cells"]], [], [])
        for cell, claims in zip(plan["cells"], result.claims, strict=True):
            if cell.get("held_out", False) == held_out:
                yield cell["claims"], claims


def overlap(one: Range, others: list[Range]) -> bool:
    return any(one[0] < other[1] and other[0] < one[1] for other in others)


def test_the_sentences_come_from_all_states_and_their_offsets_are_right() -> None:
    found = list(sentences())
    assert len(found) >= 80
    assert len({sentence["state"] for sentence in found}) == 16
    assert len(list(sentences(held_out=True))) >= len(found) // 3
    assert len({sentence["state"] for sentence in sentences(file="minutes_sentences.jsonl")}) >= 10
    for sentence in [*found, *sentences(file="minutes_sentences.jsonl")]:
        for span in [*sentence["spans"], *sentence["ignore"]]:
            assert sentence["text"][span["start"] : span["end"]] == span["text"]
        assert {span["label"] for span in sentence["spans"]} <= LABELS


@pytest.mark.parametrize(
    ("file", "held_out"),
    [("council_sentences.jsonl", False), ("council_sentences.jsonl", True), ("minutes_sentences.jsonl", False)],
    ids=["worked on", "set aside", "minutes and cover sheets, worked on"],
)
def test_mentions_in_sentences_of_many_states_are_found(file: str, held_out: bool) -> None:
    hits = many = wrong = 0
    for sentence in sentences(held_out, file):
        gold = [(span["start"], span["end"]) for span in sentence["spans"]]
        other = [(span["start"], span["end"]) for span in sentence["ignore"]]
        found = [(mention.start, mention.end) for mention in find_actors(sentence["text"])]
        hits += sum(overlap(one, found) for one in gold)
        many += len(gold)
        wrong += sum(not overlap(one, gold + other) for one in found)
    assert hits >= 0.80 * many
    assert hits >= 0.92 * (hits + wrong)


@pytest.mark.parametrize("held_out", [False, True], ids=["worked on", "set aside"])
def test_cells_of_many_states_become_actors_with_roles(held_out: bool) -> None:
    many = found = hits = roles = 0
    for gold, claims in cells(held_out):
        left = list(claims)
        many, found = many + len(gold), found + len(claims)
        for line in gold:
            names, role, short, _ = wanted(line)
            match = next((c for c in left if any(alike(name, c.actor) for name in names.split(" ~ "))), None)
            if match is not None:
                left.remove(match)
                hits += 1
                roles += (role, short) == (match.role, match.abbreviation)
    assert 2 * hits >= 0.92 * (many + found)
    assert roles >= 0.92 * hits


def texts(text: str) -> list[str]:
    return [mention.text for mention in find_actors(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Es berichtet Frau Dr. Petersen-Jürgs.", ["Frau Dr. Petersen-Jürgs"]),
        ("Herr Günter Winkelmann eröffnet die Sitzung.", ["Herr Günter Winkelmann"]),
        ("Anwesend: Hr. Dees, Fr. Aßmus.", ["Hr. Dees", "Fr. Aßmus"]),
        ("Stadtrat Dr. Haberkorn fragt nach.", ["Stadtrat Dr. Haberkorn"]),
        ("Der Stadtrat Kronfeld tagt.", ["Stadtrat Kronfeld"]),
        ("Oberbürgermeisterin Ute von Lengerke dankt.", ["Oberbürgermeisterin Ute von Lengerke"]),
        ("Die Fraktion der Freien Wähler stimmt zu.", ["Fraktion der Freien Wähler"]),
        ("Der Antrag der Grünen wird abgelehnt.", ["Grünen"]),
        ("Die Fraktion Bündnis 90/Die Grünen fragt.", ["Fraktion Bündnis 90/Die Grünen"]),
        ("Der Ortsbeirat 9 stimmt zu.", ["Ortsbeirat 9"]),
        ("Der LBV.SH zählt den Verkehr.", ["LBV.SH"]),
        ("Laut NLWKN liegt der Deich hoch.", ["NLWKN"]),
        ("Im Sommer prüft man, VBK plant neu.", ["VBK"]),
        ("Die Kessler Bau GmbH & Co. KG baut.", ["Kessler Bau GmbH & Co. KG"]),
        ("Dem Wirtschaftsplan der Kreisentwicklungsgesellschaft mbH", ["Kreisentwicklungsgesellschaft mbH"]),
        ("Das zahlt die Stadt Münster Die Bilanz folgt.", ["Stadt Münster"]),
        ("Beteiligt: Stadtkämmerei, Tiefbauamt Aktenzeichen: 621.41", ["Stadtkämmerei", "Tiefbauamt"]),
        ("Federführung: Amt 56 Städtisches Gebäudemanagement", ["Amt 56", "Städtisches Gebäudemanagement"]),
        ("Beteiligt: Amt 63 Dez. III", ["Amt 63"]),
        ("Verfasser: Frau Dr. Kunze Finanzielle Auswirkungen: keine", ["Frau Dr. Kunze"]),
        ("Hinweis Herr Petzel Anträge kommen zuerst.", ["Herr Petzel"]),
        ("Bürgermeister- und Presseamt Hr. Kalbe", ["Bürgermeister- und Presseamt", "Hr. Kalbe"]),
        ("Jan Rumpel Vorsitzender Ortschaftsrat Kornfeld", ["Ortschaftsrat Kornfeld"]),
        ("Er dankt der Feuerwehr für den Einsatz und dem Bürgermeister für das Wort.", ["Feuerwehr", "Bürgermeister"]),
        ("Der Beirat für Grün und Klima tagt.", ["Beirat für Grün und Klima"]),
        ("Deshalb ist die Verwaltung der Auffassung, dass Eile nottut.", ["Verwaltung"]),
        ("Es gibt von den Stadtwerken Dienstleistungsangebote.", ["Stadtwerken"]),
        ("BzStR Korte antwortet, StR Huber fragt.", ["BzStR Korte", "StR Huber"]),
        ("Mit den Stimmen von SPD und Grünen abgelehnt.", ["SPD", "Grünen"]),
        ("Die WIRO Wohnen in Rostow GmbH baut.", ["WIRO Wohnen in Rostow GmbH"]),
        ("Projektträger: Stadtwerke Wiesenau", ["Stadtwerke Wiesenau"]),
        ("Träger der Maßnahme ist die Caritas.", ["Caritas"]),
        ("Träger ist der Caritasverband für die Diözese Lohr e. V.", ["Caritasverband für die Diözese Lohr e. V."]),
        ("Er rügt die Kreiswerke Bernau GmbH.", ["Kreiswerke Bernau GmbH"]),
        ("Der Ausschuss für Umwelt empfiehlt dem Rat die Annahme.", ["Ausschuss für Umwelt", "Rat"]),
        ("Die AG Radverkehr tagt, die Bauriese AG baut.", ["AG Radverkehr", "Bauriese AG"]),
        ("Eigenbetrieb Abwasser Wirtschaftsplan 2025", ["Eigenbetrieb Abwasser"]),
        ("Wenn die Stadt Mittel bereitstellt, beginnt der Bau.", ["Stadt"]),
    ],
)
def test_persons_parties_and_acronyms_are_named_whole(text: str, names: list[str]) -> None:
    assert texts(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "Der Kreis der Begünstigten wächst.",
        "Das Amt des Schriftführers bleibt unbesetzt.",
        "Wir sitzen im Grünen Haus und auf den grünen Bänken.",
        "Daten von Mehrfamilienhäusern (MFH) fehlen, auch von der MFH.",
        "Die Kommunale Wärmeplanung (KWP) beginnt, die KWP dauert lange.",
        "Eine Lüftung mit Wärmerückgewinnung spart Strom.",
        "Das gilt in unser Land und unserer Gemeinde.",
        "Auf den Rat eines Fachmanns hin geht es mit Rat und Tat weiter.",
        "Nach der HOAI und dem GEG gilt das.",
        "Die Brettschichtträger tragen das Dach, die Kühlkammer ist leer.",
    ],
)
def test_things_that_look_like_actors_are_none(text: str) -> None:
    assert texts(text) == []


def test_a_person_behind_the_name_of_a_council_is_a_person() -> None:
    text = "Stadtrat Zschoche fragt nach. Der Stadtrat Kronfeld tagt."
    assert [mention.label for mention in find_actors(text)] == ["PER", "ORG"]


def test_a_person_is_named_in_the_nominative_singular() -> None:
    (found,) = find_named("Das Projekt leitet der Stab des Baudezernenten Dr. Lukas.")
    assert found[1].name == "Baudezernent Dr. Lukas"


def test_an_actor_whose_name_begins_with_a_known_one_is_of_its_kind() -> None:
    actors = recognise([], ["DAA Rendsburg & Eckernförde", "IBAF Nord"], []).actors
    assert [actor.kind for actor in actors] == ["association", "other"]


def test_a_long_running_text_in_a_cell_names_only_the_actors_in_it() -> None:
    text = (
        "In den Netzen werden neben großen Windparks, Dächern und neuen Anlagen künftig auch geplante oder schon "
        "genehmigte Speicher angeschlossen, und die Angaben über diese Vorhaben, die das Bauamt führt, "
        "werden für eine Einschätzung der heute und später benötigten Leistung gebraucht und geprüft"
    )
    claims = recognise([ResponsibilityCell([text])], [], []).claims[0]
    assert [claim.actor for claim in claims] == ["Bauamt"]


def test_a_date_behind_an_office_is_no_number() -> None:
    assert texts("Zuständig: Amt 68 am 23.12.2011, Amt 02 30.12.2011") == ["Amt 68", "Amt 02"]


def test_an_abbreviation_of_a_cell_may_stand_for_a_vague_noun() -> None:
    text = "Der Allgemeine Soziale Dienst (ASD) hilft."
    result = recognise([ResponsibilityCell(["ASD"])], [], [("facts", text)])
    assert [claim.actor for claim in result.claims[0]] == ["Allgemeiner Sozialer Dienst"]


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Wohlfahrtsverbände wie AWO, Caritas und Diakonie", ["Wohlfahrtsverbände"]),
        ("Bildungsträger z. B. DAA, Grone; Bauhof", ["Bildungsträger", "Bauhof"]),
    ],
)
def test_examples_explain_and_name_no_further_actors(cell: str, names: list[str]) -> None:
    assert [claim.actor for claim in recognise([ResponsibilityCell([cell])], [], []).claims[0]] == names


@pytest.mark.parametrize(
    ("cell", "claims"),
    [
        ("V: FB Soziales  M: Träger, Vereine", "FB Soziales responsible, Träger supporting, Vereine supporting"),
        ("R: Amt 61, C: Beirat", "Amt 61 responsible, Beirat advisory"),
        ("I.: FB 3, II.: FB 4", "FB 3 responsible, FB 4 responsible"),
        ("Schulamt → Schulen", "Schulamt responsible, Schulen responsible"),
        ("Landkreis als Träger, Kommunen", "Landkreis responsible, Kommunen responsible"),
        ("Volkshochschule; Kosten trägt das Land", "Volkshochschule responsible, Land funding"),
        (
            "Amt für Jugend und Familie – Abteilung Kita",
            "Amt für Jugend und Familie responsible, Abteilung Kita responsible",
        ),
        ("Jobcenter i. V. m. Schuldnerberatung", "Jobcenter responsible, Schuldnerberatung supporting"),
        ("Gemeinderat nach Beratung durch den Kulturausschuss", "Gemeinderat responsible, Kulturausschuss advisory"),
        (
            "Eigenbetrieb (verantwortlich) / Gesundheitsamt (Mitarbeit)",
            "Eigenbetrieb responsible, Gesundheitsamt supporting",
        ),
        (
            "Jugendhilfeausschuss beschließt, Verwaltung setzt um",
            "Jugendhilfeausschuss responsible, Verwaltung responsible",
        ),
    ],
)
def test_more_styles_of_cells_are_read(cell: str, claims: str) -> None:
    found = recognise([ResponsibilityCell([cell])], [], []).claims[0]
    assert ", ".join(f"{claim.actor} {claim.role}" for claim in found) == claims
