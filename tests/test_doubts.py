"""What of a plan reads as if it were not read right."""

from __future__ import annotations

from itertools import pairwise

import pytest

from extractors.doubts import plan_doubts
from extractors.lines import line_of
from extractors.measure_draft import MeasureDraft
from schemas.geometry import Block, BlockKind, Box
from tests.lines import words

NAMES = ["Radwege ausbauen", "Schulhof begrünen", "Ampeln umrüsten", "Busse takten", "Bäume pflanzen"]


def draft(name: str, box: Box, page: int = 1, field: str | None = None, **columns: str) -> MeasureDraft:
    texts = {"measure": name} | ({"field_of_action": field} if field else {})
    return MeasureDraft(texts=texts, spots={"measure": [(page, box)]}, columns=columns)


def drafts(count: int = 4, apart: float = 100.0) -> list[MeasureDraft]:
    """Measures one below the other, 40 points high."""
    return [draft(name, (50, apart * n, 500, apart * n + 40)) for n, name in enumerate(NAMES[:count], 1)]


def block(text: str, y: float, x: float = 60, page: int = 1, kind: BlockKind = BlockKind.PARAGRAPH) -> Block:
    line = words(text, x, y)
    for word in line:
        word.page = page
    return Block(kind, [line_of(line)])


def told(measures: list[MeasureDraft], *unread: Block) -> list[tuple[str, int | None]]:
    return [(problem.code, problem.page) for problem in plan_doubts(measures, unread)]


def named(*names: str) -> list[MeasureDraft]:
    return [draft(name, (50, 100.0 * n, 500, 100.0 * n + 40)) for n, name in enumerate(names, 1)]


def test_measures_with_nothing_beside_them_are_no_doubt() -> None:
    assert told(drafts()) == []


def test_what_a_reader_doubted_is_told_even_of_a_single_measure() -> None:
    (lone,) = drafts(1)
    lone.doubts.append(("measure_empty", 7, "a form has no title"))
    assert told([lone]) == [("measure_empty", 7)]


def test_a_text_amid_the_boxes_of_a_measure_is_told() -> None:
    assert told(drafts(), block("in keinem Datensatz", 215)) == [("text_unread", 1)]


@pytest.mark.parametrize("x", [520.0, 700.0], ids=["touching", "far"])
def test_a_text_beside_a_measure_is_of_another_column(x: float) -> None:
    assert told(drafts(), block("eine Spalte daneben", 215, x=x)) == []


def test_texts_below_most_measures_are_told_once_a_page() -> None:
    below = [block("eine Beschreibung, die fehlt", 100 * n + 50) for n in (1, 2, 3)]
    assert told(drafts(), *below) == [("text_unread", 1)]


def test_prose_between_two_parts_of_a_plan_is_no_doubt() -> None:
    assert told(drafts(5), block("Die Stadt will mehr Grün.", 250)) == []


def test_headings_between_measures_are_no_doubt() -> None:
    assert told(drafts(), *(block("Energie", 100 * n + 60, kind=BlockKind.HEADING) for n in (1, 2, 3))) == []


def broken() -> list[MeasureDraft]:
    """Measures of two pages: the last one of the first page ends at its foot."""
    return [*drafts(3), draft("Busse takten", (50, 300, 500, 340), page=2)]


def test_a_text_at_the_top_of_a_page_below_a_measure_at_the_foot_of_another_is_told() -> None:
    assert told(broken(), block("Rest der Beschreibung", 60, page=2)) == [("text_unread", 2)]


def test_a_heading_at_the_top_of_a_page_begins_something_new() -> None:
    heading = block("Energie", 40, page=2, kind=BlockKind.HEADING)
    assert told(broken(), heading, block("Die Stadt spart Strom.", 60, page=2)) == []


def test_prose_at_the_foot_of_a_page_goes_on_at_the_top_of_the_next() -> None:
    assert told(broken(), block("Die Stadt will", 400), block("mehr Grün.", 60, page=2)) == []


@pytest.mark.parametrize("name", ["Nummer:", "M 3", "Zuständigkeit", "sich in der Innenstadt wenden können."])
def test_what_is_no_name_of_a_measure_is_told(name: str) -> None:
    assert told(named(*NAMES, name)) == [("measure_doubtful", 1)]


def test_names_that_all_begin_in_lower_case_are_no_doubt() -> None:
    assert told(named("mehr Bäume", "neue Wege", "bessere Busse")) == []


@pytest.mark.parametrize(("number", "several"), [("M 2 M 3", True), ("M4 M5", True), ("HF1 M3", False), ("M 2", False)])
def test_several_numbers_in_one_measure_are_told(number: str, several: bool) -> None:
    measures = drafts()
    measures[1].texts["number"] = number
    assert told(measures) == [("measure_doubtful", 1)] * several


@pytest.mark.parametrize(
    "field",
    [
        "Maßnahme 3: Radwege ausbauen",
        "Beschluss des Rates vom 12.03.2024",
        "Die Stadt will bis zum Jahr mehr Grün schaffen.",
        "die auf kommunalen Flächen",
    ],
    ids=["name", "date", "sentence", "rest"],
)
def test_what_is_no_field_of_action_is_told_once(field: str) -> None:
    measures = drafts()
    for measure in measures:
        measure.texts["field_of_action"] = field
    assert told(measures) == [("field_doubtful", 1)]


@pytest.mark.parametrize("field", ["Energie", "a) Vorsorge", "Handlungsfeld 2: Verkehr", "Bauen, Wohnen, Leben"])
def test_a_field_of_action_is_no_doubt(field: str) -> None:
    measures = drafts()
    for measure in measures:
        measure.texts["field_of_action"] = field
    assert told(measures) == []


def test_a_field_of_action_for_each_measure_may_be_its_name() -> None:
    measures = drafts(5)
    for measure, field in zip(measures, NAMES, strict=True):
        measure.texts["field_of_action"] = field
    assert told(measures) == [("field_doubtful", 1)]
    measures[1].texts["field_of_action"] = NAMES[0]
    assert told(measures) == []


def test_texts_that_hold_their_own_labels_again_are_two_forms() -> None:
    measures = drafts()
    measures[1].columns = {"Laufzeit": "2026 Laufzeit 2027", "Kosten": "hoch Kosten gering"}
    assert told(measures) == [("forms_joined", 1)]
    measures[1].columns = {"Laufzeit": "2026", "Kosten": "Die Kosten sind Kosten der Stadt"}
    assert told(measures) == []


def test_responsibilities_that_are_sentences_are_told() -> None:
    measures = drafts()
    for measure in measures:
        measure.responsibility_text = (
            "Die Stadt baut bis zum Ende des Jahres alle Wege aus und pflegt sie danach mit den Vereinen."
        )
    assert told(measures) == [("responsibility_doubtful", 1)]
    for measure in measures[:3]:
        measure.responsibility_text = "Tiefbauamt"
    assert told(measures) == []


def test_a_number_between_those_of_the_measures_before_an_unread_text_is_told() -> None:
    measures = drafts()
    for measure, number in zip(measures, ["M1", "M2", "M4", "M5"], strict=True):
        measure.texts["number"] = number
    assert told(measures, block("M3 Bänke aufstellen", 500, page=3)) == [("measure_missing", 3)]
    assert told(measures, block("siehe auch M3", 500, page=3)) == []
    assert told(measures, block("M7 Bänke aufstellen", 500, page=3)) == []


def test_every_doubt_names_a_page_and_is_a_warning() -> None:
    measures = named(*NAMES, "Nummer:")
    problems = plan_doubts(measures, [block("verloren", 215)])
    assert len(problems) == 2
    assert all(problem.page and problem.severity == "warning" for problem in problems)
    assert all(a.message != b.message for a, b in pairwise(problems))
