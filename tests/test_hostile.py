"""No PDF, however broken or malicious, costs more than itself: each ends as a document or an error that says why."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.isolate import Failure, Job, run_isolated
from schemas.errors import DamagedPdfError, DocumentError
from schemas.records import Document
from tests import hostile
from tests.hostile import outcome
from tests.hostile.mutants import mutants
from tests.pdfs import Pdf, pdf, read_page, show


def read(data: bytes) -> Document:
    ended = outcome(data)
    assert isinstance(ended, Document), ended
    return ended


def words(data: bytes) -> list[str]:
    return [word.text for word in read_page(data).words]


# --- structure


def test_a_page_tree_that_holds_itself_ends() -> None:
    ended = outcome(hostile.looping_page_tree())
    assert isinstance(ended, DocumentError) or ended.status == "review"


def test_a_page_tree_3000_deep_ends() -> None:
    ended = outcome(hostile.deep_page_tree())
    assert isinstance(ended, DamagedPdfError) or ended.file.page_count == 1


@pytest.mark.parametrize("count", [-5, 0, 100_000, 2_000_000_000, 99_999_999_999_999])
def test_a_wrong_number_of_pages_is_not_believed(count: int) -> None:
    ended = outcome(hostile.claimed_pages(count))
    assert isinstance(ended, DocumentError) or ended.file.page_count == 1


def test_a_page_listed_500_times_is_read_as_often() -> None:
    made = Pdf()
    made.page(show("Text", 100, 700))
    made.kids *= 500
    assert read(made.build()).file.page_count == 500


def test_a_form_that_draws_itself_is_read_once() -> None:
    assert words(hostile.looping_form()) == ["Text", "innen"]


@pytest.mark.parametrize(
    "build", [hostile.looping_revisions, hostile.looping_length, hostile.deep_array, hostile.deep_states]
)
def test_the_text_beside_a_trap_is_read(build: Callable[[], bytes]) -> None:
    assert "Text" in words(build())
    assert read(build()).file.page_count == 1


def test_scripts_and_attachments_are_ignored() -> None:
    document = read(hostile.active())
    assert words(hostile.active()) == ["Text"]
    assert "x.exe" not in document.model_dump_json()


def test_a_bomb_of_objects_that_nobody_needs_is_not_unpacked() -> None:
    (ended,) = run_isolated(hostile.outcome_code, [Job(hostile.object_bomb(), 60.0)], memory=2 << 30)
    assert ended.result in {"ok", "review", "damaged"}


@pytest.mark.parametrize("build", [hostile.form_bomb, hostile.stream_bomb])
def test_a_bomb_costs_its_own_process_alone(build: Callable[[], bytes]) -> None:
    jobs = [Job(build(), 30.0), Job(pdf(show("Text", 100, 700)), 30.0)]
    bomb, good = run_isolated(hostile.outcome_code, jobs, memory=700 << 20)
    assert isinstance(bomb.result, Failure)
    assert bomb.result.reason in {"out_of_memory", "crash", "timeout"}
    assert good.result in {"ok", "review"}


# --- much of everything


@pytest.mark.parametrize("build", [hostile.rows_of_rules, hostile.fence_of_rules])
def test_20000_rules_on_a_page_are_read(build: Callable[[int], bytes]) -> None:
    data = build(20_000)
    assert len(read_page(data).rules) == 20_000
    assert read(data).ledger.words == 0


def test_a_table_of_5000_cells_is_read() -> None:
    document = read(hostile.grid_of_cells(50, 100))
    assert document.ledger.words == 5_000
    assert len(document.tables) == 1


def test_50000_words_on_a_page_are_read() -> None:
    assert read(hostile.many_words(50_000)).ledger.words == 50_000


def test_a_million_words_on_a_page_are_stopped_at_their_limit() -> None:
    jobs = [Job(hostile.many_words(1_000_000), 1.0), Job(pdf(show("Text", 100, 700)), 60.0)]
    many, good = run_isolated(hostile.outcome_code, jobs, memory=2 << 30)
    assert isinstance(many.result, Failure)
    assert many.result.reason == "timeout"
    assert good.result in {"ok", "review"}


def test_lines_that_overlap_each_other_are_read() -> None:
    assert read(hostile.many_lines(12_000)).ledger.words == 12_000


def test_text_drawn_a_thousand_times_at_one_place_is_read_once() -> None:
    assert read(pdf(show("Entwurf des Plans", 100, 400) * 1000)).ledger.words == 3


# --- coordinates


@pytest.mark.parametrize(
    "operators",
    [
        "nan inf 1 1 re f",
        "1e400 -1e400 10 10 re S",
        "1e38 1e38 1e38 1e38 re B",
        "99999999999999999999 0 1 1 re f",
        "-3.4e38 -3.4e38 m 3.4e38 3.4e38 l S",
        "q 1e38 0 0 1e38 0 0 cm 1e38 0 0 1e38 0 0 cm 0 0 1 1 re B Q",
        "q 0 0 0 0 0 0 cm 0 0 10 10 re B Q",
        "1e38 w 0 0 m 0 0 l S 1 w",
        "BT /F1 1e38 Tf 1e38 0 0 1e38 1e38 1e38 Tm (fern) Tj ET",
        "BT /F1 12 Tf nan 0 0 nan 0 0 Tm (nirgends) Tj ET",
        "BT /F1 12 Tf 0 0 0 0 100 600 Tm (flach) Tj ET",
        "BT /F1 0 Tf 100 600 Td (nichts) Tj ET",
        "BT /F1 12 Tf 1e30 Tc 1e30 Tw 1e30 Tz 100 500 Td (weit weg) Tj ET",
    ],
)
def test_coordinates_that_are_no_places_harm_nothing_else(operators: str) -> None:
    data = pdf(f"q {operators} Q 0 g 0 0 0 1 0 k BT 0 Tc 0 Tw 100 Tz ET\n" + show("Text", 100, 700) + "9 9 90 1 re f")
    page = read_page(data)
    assert "Text" in [word.text for word in page.words]
    places = [value for thing in [*page.words, *page.rules, *page.fills] for value in thing.box]
    assert all(abs(value) < 1e6 for value in places)
    assert (9, 790, 99, 791) in [tuple(map(round, rule.box)) for rule in page.rules]
    read(data)


@pytest.mark.parametrize(
    "box",
    ["0 0 0 0", "0 0 0.001 0.001", "5 5 5 900", "0 0 nan nan", "0 0 1e9 1e9", "-1e38 -1e38 1e38 1e38", "(x)", "1 2"],
)
def test_a_page_of_no_size_or_any_size_ends(box: str) -> None:
    document = read(pdf(show("Text", 1, 1), f"/MediaBox [{box}]"))
    assert document.file.page_count == 1


# --- letters


def test_text_in_a_broken_font_does_not_hide_other_text() -> None:
    assert "drei" in words(hostile.broken_font())
    read(hostile.broken_font())


def test_letters_without_meaning_are_flagged_and_can_be_written() -> None:
    assert read_page(hostile.unnamed_letters()).broken_text
    assert read(hostile.unnamed_letters()).status == "review"


# --- chance


def test_harmed_pages_end_as_documents_or_errors() -> None:
    (ended,) = run_isolated(hostile.outcome_codes, [Job(mutants(seed=2025, count=60), 120.0)], memory=4 << 30)
    assert isinstance(ended.result, list), ended.result
    assert len(ended.result) == 60
    assert set(ended.result) <= {"ok", "review", "damaged", "not_a_pdf", "no_pages", "encrypted", "empty_file"}
    # The harm is real, and does not reach everything.
    assert "damaged" in ended.result
    assert {"ok", "review"} & set(ended.result)


@pytest.mark.parametrize("share", [0.2, 0.5, 0.8, 0.99])
def test_a_cut_sample_is_called_damaged(share: float) -> None:
    data = (hostile.SAMPLES / "rd-eck-vo-2025-246.pdf").read_bytes()
    ended = outcome(data[: int(share * len(data))])
    assert isinstance(ended, DamagedPdfError)
    assert "the end of the PDF is missing" in str(ended)
