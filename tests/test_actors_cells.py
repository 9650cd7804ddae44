"""Responsibility cells: the corpus in many styles, and each rule of splitting and of roles by itself."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.fuzz import ratio

from extractors.actors import Claim, ResponsibilityCell, recognise

CORPUS = Path(__file__).parent / "data" / "responsibility_cells.toml"
Found = tuple[str, str, str | None, int]
"""Actor, role, abbreviation, sub-row."""


def claims_of(*rows: str, contributors: tuple[str, ...] = (), text: str = "") -> list[Claim]:
    return recognise([ResponsibilityCell(list(rows))], contributors, [("facts", text)]).claims[0]


def actors_of(cell: str) -> list[str]:
    return [claim.actor for claim in claims_of(cell)]


def roles_of(cell: str) -> dict[str, str]:
    return {claim.actor: claim.role for claim in claims_of(cell)}


@dataclass
class Score:
    """Counts over the corpus: claims wanted and found, names alike, and of these those with the right role or short."""

    wanted: int = 0
    found: int = 0
    alike: int = 0
    roles: int = 0
    shorts: int = 0

    @property
    def f1(self) -> float:
        return 2 * self.alike / (self.wanted + self.found)


def corpus(held_out: bool) -> Iterator[tuple[list[Found], list[Found]]]:
    for plan in tomllib.loads(CORPUS.read_text(encoding="utf-8"))["plan"]:
        cells = [ResponsibilityCell(cell.get("rows") or [cell["text"]]) for cell in plan["cells"]]
        result = recognise(cells, plan["contributors"], [("facts", text) for text in plan["texts"]])
        for cell, claims in zip(plan["cells"], result.claims, strict=True):
            if cell.get("held_out", False) == held_out:
                yield (
                    [wanted(line) for line in cell["claims"]],
                    [(c.actor, c.role, c.abbreviation, c.row) for c in claims],
                )


def wanted(line: str) -> Found:
    parts = [part.strip() for part in line.split("|")] + [""] * 3
    return parts[0], parts[1] or "responsible", parts[2] or None, int(parts[3] or 1)


def alike(one: str, other: str) -> bool:
    """Inflection and blanks beside dots, hyphens and slashes are forgiven."""
    first, second = (re.sub(r"(?<=[./-])\s|\s(?=[/-])", "", name).casefold() for name in (one, other))
    return ratio(first, second) >= 90


def score(held_out: bool) -> Score:
    total = Score()
    for gold, found in corpus(held_out):
        total.wanted += len(gold)
        total.found += len(found)
        left = list(found)
        for claim in gold:
            match = next((other for other in left if alike(claim[0], other[0])), None)
            if match is not None:
                left.remove(match)
                total.alike += 1
                total.roles += (claim[1], claim[3]) == (match[1], match[3])
                total.shorts += claim[2] == match[2]
    return total


def test_the_corpus_has_cells_in_many_styles_and_keeps_some_aside() -> None:
    cells = [list(corpus(held_out)) for held_out in (False, True)]
    assert len(cells[0]) + len(cells[1]) >= 150
    assert len(cells[1]) >= 45


@pytest.mark.parametrize(("held_out", "least"), [(False, 0.97), (True, 0.92)])
def test_actors_of_the_corpus_are_found(held_out: bool, least: float) -> None:
    assert score(held_out).f1 >= least


@pytest.mark.parametrize("held_out", [False, True])
def test_roles_sub_rows_and_abbreviations_of_the_corpus_are_right(held_out: bool) -> None:
    total = score(held_out)
    assert total.roles >= 0.97 * total.alike
    assert total.shorts >= 0.97 * total.alike


@pytest.mark.parametrize("separator", [", ", "; ", " / ", "/", " + ", " und ", " sowie ", "\n", " & "])
def test_a_separator_parts_two_actors(separator: str) -> None:
    assert actors_of(f"Jobcenter{separator}Polizei") == ["Jobcenter", "Polizei"]


@pytest.mark.parametrize(
    "name",
    [
        "Fachbereich Jugend, Familie und Bildung",
        "Industrie- und Handelskammer",
        "Fachdienst Schul- und Kulturwesen",
        "Ministerium für Soziales, Jugend, Familie und Gleichstellung",
        "Netzwerk Arbeit und Integration",
        "Vertreter der Vereine und Verbände",
        "Bürgerinnen und Bürger",
        "Ärztinnen und Ärzte",
        "CDU/FDP-Fraktion",
        "Ansprechpartner/in",
        "Beirat für Menschen mit Behinderung",
        "Frau und Beruf",
        "Müller & Söhne GmbH",
        "I/61",
    ],
)
def test_a_separator_inside_a_name_does_not_part_it(name: str) -> None:
    assert actors_of(name) == [name]
    assert actors_of(f"{name}, Polizei") == [name, "Polizei"]


def test_a_name_that_the_list_of_contributors_vouches_for_stays_whole() -> None:
    claims = claims_of("Licht und Schatten, Polizei", contributors=("Licht und Schatten",))
    assert [claim.actor for claim in claims] == ["Licht und Schatten", "Polizei"]


@pytest.mark.parametrize(
    ("cell", "actors"),
    [
        ("Fachbereich 3, 4", ["Fachbereich 3", "Fachbereich 4"]),
        ("Ämter 61 und 66", ["Amt 61", "Amt 66"]),
        ("Amt 10/20", ["Amt 10", "Amt 20"]),
        ("Dezernate II, III", ["Dezernat II", "Dezernat III"]),
    ],
)
def test_a_bare_number_is_another_unit_of_the_same_kind(cell: str, actors: list[str]) -> None:
    assert actors_of(cell) == actors


def test_the_text_of_a_claim_is_what_is_printed() -> None:
    claims = claims_of("Fachbereich 3, 4\u2028Brücke e. V. (Beratung), ggf. die Kommunen")
    assert [claim.text for claim in claims] == ["Fachbereich 3", "4", "Brücke e. V. (Beratung)", "Kommunen"]


def test_a_line_that_ends_early_parts_actors_where_another_begins() -> None:
    assert actors_of("Amt 61\u2028Polizei") == ["Amt 61", "Polizei"]


def test_a_line_that_ends_early_inside_a_name_does_not_part_it() -> None:
    assert actors_of("Netzwerk Frühe\u2028Hilfen") == ["Netzwerk Frühe Hilfen"]
    assert actors_of("Koordinierungsstelle\u2028Integration und\u2028Teilhabe") == [
        "Koordinierungsstelle Integration und Teilhabe"
    ]


def test_a_paragraph_goes_on_behind_a_noun_that_needs_a_topic() -> None:
    assert actors_of("Runder Tisch\nAusbildung") == ["Runder Tisch Ausbildung"]


def test_list_items_are_actors() -> None:
    assert actors_of("- Jobcenter\n- Amt für Umwelt\n- Polizei") == ["Jobcenter", "Amt für Umwelt", "Polizei"]


def test_fused_actors_are_parted_where_a_closed_noun_ends() -> None:
    assert actors_of("Jobcenter Agentur für Arbeit") == ["Jobcenter", "Agentur für Arbeit"]


def test_parentheses_that_list_examples_make_no_claims() -> None:
    assert actors_of("Beratungsstellen (z.B. Frau und Beruf, Caritas, etc.)") == ["Beratungsstellen"]
    assert actors_of("Kammern (Handwerkskammer, Landwirtschaftskammer)") == ["Kammern"]


@pytest.mark.parametrize("empty", ["", "-", "N.N.", "noch offen", "wird noch geklärt", "ggf. weitere", "etc."])
def test_a_cell_that_names_nobody_has_no_claims(empty: str) -> None:
    assert actors_of(empty) == []


def test_a_cell_with_text_but_no_actor_is_reported() -> None:
    result = recognise([ResponsibilityCell(["wird noch geklärt"])], [], [])
    assert [problem.code for problem in result.problems] == ["responsibility_unread"]


def test_actors_of_a_sentence_are_found_in_it() -> None:
    assert roles_of("Die Stadt Ahrenfeld setzt die Maßnahme um und wird vom Jobcenter unterstützt.") == {
        "Stadt Ahrenfeld": "responsible",
        "Jobcenter": "supporting",
    }


def test_the_sub_row_of_a_claim_is_counted_from_one() -> None:
    assert [(claim.row, claim.actor) for claim in claims_of("Jobcenter", "Polizei")] == [
        (1, "Jobcenter"),
        (2, "Polizei"),
    ]


@pytest.mark.parametrize(
    ("cell", "roles"),
    [
        ("Verantwortlich: Polizei Begleitend: Jobcenter", {"Polizei": "responsible", "Jobcenter": "supporting"}),
        ("Finanzierung: Land\nBeratung: Polizei", {"Land": "funding", "Polizei": "advisory"}),
        ("Finanzierung Land, Beratung Polizei", {"Land": "funding", "Polizei": "advisory"}),
        ("Polizei in enger Abstimmung mit dem Jobcenter", {"Polizei": "responsible", "Jobcenter": "supporting"}),
        ("Polizei mit den Schulen", {"Polizei": "responsible", "Schulen": "supporting"}),
        ("Polizei (begleitend durch Jobcenter)", {"Polizei": "responsible", "Jobcenter": "supporting"}),
        ("Polizei (beratend), Jobcenter (Federführung)", {"Polizei": "advisory", "Jobcenter": "responsible"}),
        ("Polizei, finanziert durch den Kreis", {"Polizei": "responsible", "Kreis": "funding"}),
        ("Polizei berät", {"Polizei": "advisory"}),
        ("Polizei – beratend", {"Polizei": "advisory"}),
    ],
)
def test_a_role_word_gives_its_role(cell: str, roles: dict[str, str]) -> None:
    assert roles_of(cell) == roles


def test_a_word_behind_an_actor_speaks_of_that_one_alone() -> None:
    assert roles_of("Polizei, Jobcenter begleitend") == {"Polizei": "responsible", "Jobcenter": "supporting"}


def test_a_word_behind_two_actors_joined_by_und_speaks_of_both() -> None:
    assert roles_of("Kreistag, Polizei und Jobcenter begleitend") == {
        "Kreistag": "responsible",
        "Polizei": "supporting",
        "Jobcenter": "supporting",
    }


def test_a_verb_in_the_plural_speaks_of_the_whole_enumeration() -> None:
    assert set(roles_of("Kreistag, Polizei und Jobcenter werden beteiligt").values()) == {"supporting"}


@pytest.mark.parametrize("end", ["\n", "; "])
def test_a_phrase_holds_to_the_end_of_the_paragraph_or_a_semicolon(end: str) -> None:
    assert roles_of(f"Polizei zusammen mit Jobcenter, Kommunen{end}Kreistag") == {
        "Polizei": "responsible",
        "Jobcenter": "supporting",
        "Kommunen": "supporting",
        "Kreistag": "responsible",
    }


def test_a_label_holds_until_the_next_label() -> None:
    assert roles_of("Mitwirkung:\nPolizei\nJobcenter\nFinanzierung: Land") == {
        "Polizei": "supporting",
        "Jobcenter": "supporting",
        "Land": "funding",
    }


def test_what_explains_a_role_is_no_actor() -> None:
    assert roles_of("Jobcenter begleitend bei Fragen der Mehrsprachigkeit") == {"Jobcenter": "supporting"}


@pytest.mark.parametrize("piece", ["a/", "aa und ", "Wort ", "Träger der Stadt ", "Amt, ", "(", "Bau- und ", "Amt\n"])
def test_a_cell_that_is_no_list_of_actors_ends_all_the_same(piece: str) -> None:
    assert len(claims_of(piece * 300)) <= 300


@given(st.text(alphabet="AmtundKIT ,;/()+:\n\u2028-für.3", max_size=80))
def test_no_cell_invents_words(cell: str) -> None:
    printed = " ".join(cell.replace("\u2028", " ").split())
    assert all(claim.text in printed for claim in claims_of(cell))
