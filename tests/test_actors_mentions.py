"""Actors in running text."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.actors import ResponsibilityCell, find_actors, recognise

DATA = Path(__file__).parent / "data"
_MARK = re.compile(r"\[\[(.*?)\]\]|\{\{(.*?)\}\}")
Range = tuple[int, int]


def annotated(name: str, file: str = "actor_sentences.toml") -> list[tuple[str, list[Range], list[Range]]]:
    """Sentences without marks, with the ranges of actors and of what does not count."""
    result = []
    for sentence in tomllib.loads((DATA / file).read_text(encoding="utf-8"))[name]:
        plain, place = "", 0
        wanted: list[Range] = []
        ignored: list[Range] = []
        for match in _MARK.finditer(sentence):
            plain += sentence[place : match.start()]
            begin = len(plain)
            plain += match.group(1) or match.group(2)
            (wanted if match.group(1) else ignored).append((begin, len(plain)))
            place = match.end()
        result.append((plain + sentence[place:], wanted, ignored))
    return result


def overlap(one: Range, others: list[Range]) -> bool:
    return any(one[0] < other[1] and other[0] < one[1] for other in others)


@pytest.mark.parametrize(
    ("file", "name", "exact"),
    [
        ("actor_sentences.toml", "tuned", 0.9),
        ("actor_sentences.toml", "held_out", 0.9),
        ("mention_kinds.toml", "first", 0.85),
        ("mention_kinds.toml", "second", 0.8),
        ("mention_kinds.toml", "third", 0.85),
        ("mention_kinds.toml", "fourth", 0.8),
        ("mention_kinds.toml", "fifth", 0.8),
    ],
)
def test_actors_of_annotated_sentences_are_found(file: str, name: str, exact: float) -> None:
    hits = wanted_count = wrong = whole = 0
    for text, wanted, ignored in annotated(name, file):
        found = [(mention.start, mention.end) for mention in find_actors(text)]
        hits += sum(overlap(one, found) for one in wanted)
        whole += sum(one in found for one in wanted)
        wanted_count += len(wanted)
        wrong += sum(not overlap(one, wanted + ignored) for one in found)
    assert hits >= 0.9 * wanted_count
    assert whole >= exact * wanted_count
    assert hits >= 0.95 * (hits + wrong)


def texts(text: str) -> list[str]:
    return [mention.text for mention in find_actors(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Der Ausschuss für Bildung, Kultur und Sport tagt.", ["Ausschuss für Bildung, Kultur und Sport"]),
        ("Das Amt 61 prüft.", ["Amt 61"]),
        ("Der Sozial- und Gesundheitsausschuss tagt.", ["Sozial- und Gesundheitsausschuss"]),
        ("Die untere Wasserbehörde prüft.", ["untere Wasserbehörde"]),
        ("Die Umwelt Technik Soziales e.V. erwägt das.", ["Umwelt Technik Soziales e.V."]),
        ("Die Stadtwerke Wiesenau GmbH baut.", ["Stadtwerke Wiesenau GmbH"]),
        ("Die CDU/FDP-Fraktion stimmt zu.", ["CDU/FDP-Fraktion"]),
        ("Die Gesellschafterversammlung der Licht GmbH tagt.", ["Gesellschafterversammlung der Licht GmbH"]),
        ("Der AWO Unterbezirk Westküste hilft.", ["AWO Unterbezirk Westküste"]),
        ("Bedarf von Verwaltung/Servicestelle Ehrenamt", ["Verwaltung", "Servicestelle Ehrenamt"]),
        ("Der TSV Eintracht Wulften und die DJK Bergheim 04 spielen.", ["TSV Eintracht Wulften", "DJK Bergheim 04"]),
        ("Vorgestellt hat es Lars Petri.", ["Lars Petri"]),
        ("Prof. Dr. Anton Reuss trug vor.", ["Prof. Dr. Anton Reuss"]),
        ("Oberbrandmeisterin Wulf berichtet.", ["Oberbrandmeisterin Wulf"]),
        ("Die Kirchengemeinde St. Marien lädt ein.", ["Kirchengemeinde St. Marien"]),
        ("Die Gruppe FDP/Piraten enthält sich.", ["Gruppe FDP/Piraten"]),
        ("Die Industrie- und Handelskammer zu Ahrstedt prüft.", ["Industrie- und Handelskammer zu Ahrstedt"]),
    ],
)
def test_a_rule_finds_a_whole_name(text: str, names: list[str]) -> None:
    assert texts(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "In der Stadt fehlen Wohnungen.",
        "Die Baustelle liegt an der Haltestelle.",
        "Auf dem Land fehlen Ärzte.",
        "Das Ehrenamt wird gestärkt.",
        "Der Verein hat geladen.",
        "Das BauGB gilt.",
        "Vertreten sind (Landes)-Fachtage.",
        "Die Haltestelle am Klinikum wird umgebaut.",
        "Der Leiter der Gärtnerei kam.",
        "Der Weg führt zur Martin Lutherstraße und zum Max Planck Gymnasium.",
        "Der SV Antrag wurde vertagt.",
        "Stadt und Land brauchen Busse.",
        "Die Bushaltestelle Krankenhaus wird verlegt.",
    ],
)
def test_what_is_no_actor_is_not_found(text: str) -> None:
    assert texts(text) == []


def test_an_acronym_behind_an_article_is_found_with_less_confidence() -> None:
    (mention,) = find_actors("Die Planung wird von den VBK untersucht.")
    assert (mention.text, mention.confidence < 0.7) == ("VBK", True)


def test_an_acronym_that_the_text_introduces_for_something_else_is_not_found() -> None:
    assert texts("Die Kosten der Unterkunft (KDU) steigen. Die KDU sind hoch.") == []


def test_an_abbreviation_that_the_text_introduces_is_linked_to_its_actor() -> None:
    found = find_actors("Das Amt für Soziale Dienste (ASD) lädt ein. ASD und Polizei kommen.")
    assert [(mention.text, mention.actor_id) for mention in found] == [
        ("Amt für Soziale Dienste", "amt-soziale-dienste"),
        ("ASD", "amt-soziale-dienste"),
        ("ASD", "amt-soziale-dienste"),
        ("Polizei", "polizei"),
    ]


@pytest.mark.parametrize(
    ("text", "label"),
    [("Das Jobcenter kommt.", "ORG"), ("Die Bürgermeisterin kommt.", "PER"), ("Die freien Träger kommen.", "MISC")],
)
def test_the_kind_of_an_actor_gives_the_label(text: str, label: str) -> None:
    assert [mention.label for mention in find_actors(text)] == [label]


def test_actors_of_the_cells_are_found_in_the_texts_in_any_declension() -> None:
    cells = [ResponsibilityCell(["Lichtpaten, Kulturvermittler der VHS"])]
    result = recognise(cells, [], [("measures/1/problem", "Bedarf des Kulturvermittlers der VHS und von Lichtpaten")])
    assert [(m.text, m.origin, m.field) for m in result.mentions] == [
        ("Kulturvermittlers der VHS", "lexicon", "measures/1/problem"),
        ("Lichtpaten", "lexicon", "measures/1/problem"),
    ]


def test_a_longer_name_that_a_rule_finds_wins_over_a_known_shorter_one() -> None:
    text = ("facts", "Das Netzwerk Frauen und Integration tagt.")
    result = recognise([ResponsibilityCell(["Netzwerk Frauen"])], [], [text])
    assert [mention.text for mention in result.mentions] == ["Netzwerk Frauen und Integration"]


@given(st.text(alphabet="Amt der Stdfü(KIT) ,.-/:e.V\n", max_size=120))
def test_offsets_are_exact_and_mentions_do_not_overlap(text: str) -> None:
    end = 0
    for mention in find_actors(text):
        assert mention.text == text[mention.start : mention.end] != ""
        assert mention.start >= end
        end = mention.end
