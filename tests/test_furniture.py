"""Running heads and feet, page numbers, watermarks: marked where they are, and nowhere else."""

from __future__ import annotations

import pytest

from extractors.furniture import body_size_of, mark_furniture, status_of
from schemas.geometry import Mark, Page, Rule, Word

HEIGHT = 800.0


def words(text: str, page: int, x: float, top: float, size: float = 10.0, **style: object) -> list[Word]:
    result = []
    for token in text.split():
        result.append(Word(token, page, x, top, x + 5 * len(token), top + size, size, **style))  # type: ignore[arg-type]
        x += 5 * (len(token) + 1)
    return result


def pages_of(*texts: list[tuple[str, float, float]]) -> list[Page]:
    """Pages of (text, x, top) lines over twenty lines of body text that differ from page to page."""
    pages = []
    for number, rows in enumerate(texts, 1):
        page = Page(number, 600, HEIGHT)
        for line in range(20):
            page.words += words(
                f"Zeile {chr(96 + number) * 3} {chr(97 + line)} steht im Text der Seite", number, 60, 200 + 14 * line
            )
        for text, x, top in rows:
            page.words += words(text, number, x, top)
        pages.append(page)
    return pages


def marked(pages: list[Page]) -> list[tuple[int, str, Mark]]:
    mark_furniture(pages, body_size_of(pages))
    return [(page.number, word.text, word.mark) for page in pages for word in page.words if word.mark is not None]


def test_a_line_at_the_same_height_of_all_pages_is_a_head() -> None:
    found = marked(pages_of(*[[("Kreis Beispiel", 60, 30)]] * 4))
    assert found == [(n, t, Mark.HEAD) for n in (1, 2, 3, 4) for t in ("Kreis", "Beispiel")]


def test_a_foot_may_hold_numbers_that_change() -> None:
    found = marked(pages_of(*[[(f"Ausdruck vom: 0{n}.09.2025 Blatt {n}", 60, 770)] for n in (1, 2, 3)]))
    assert {mark for _, _, mark in found} == {Mark.FOOT}
    assert len(found) == 15


@pytest.mark.parametrize("text", ["{}", "- {} -", "Seite {}", "Seite {} von 3", "{}/3"])
def test_page_numbers(text: str) -> None:
    found = marked(pages_of(*[[(text.format(n), 300, 770)] for n in (1, 2, 3)]))
    assert {page for page, _, _ in found} == {1, 2, 3}
    assert {mark for _, _, mark in found} <= {Mark.PAGE_NUMBER, Mark.FOOT}


def test_page_numbers_may_begin_anywhere() -> None:
    assert len(marked(pages_of(*[[(str(n + 41), 300, 770)] for n in (1, 2, 3)]))) == 3


def test_numbers_that_do_not_count_are_no_page_numbers() -> None:
    assert marked(pages_of(*[[(str(n), 300, 770)] for n in (17, 4, 250)])) == []


def test_the_number_of_a_paper_is_no_page_number() -> None:
    assert marked(pages_of([("2023/0412", 60, 40)])) == []


def test_a_heading_said_once_is_no_head() -> None:
    found = marked(pages_of([("Sprache", 60, 30)], [("Arbeit", 60, 30)], [("Gesundheit", 60, 30)]))
    assert found == []


def test_a_line_in_the_middle_of_the_page_is_no_furniture() -> None:
    assert marked(pages_of(*[[("immer dasselbe", 60, 150)]] * 4)) == []


def test_a_cell_that_says_the_same_on_two_pages_is_no_furniture() -> None:
    rows = [[("laufend", 400, 700), (f"Maßnahme {'abc'[n]} ist anders", 60, 700)] for n in range(3)]
    assert marked(pages_of(*rows)) == []


def test_a_label_above_signs_that_each_page_prints_is_no_foot() -> None:
    pages = pages_of(*[[("CO2-Wirkung", 400, 730), ("★★★", 400, 745)] for _ in range(3)])
    assert marked(pages) == []


def test_a_header_row_without_rules_is_no_head() -> None:
    row = [("Maßnahme", 60, 40), ("Zuständigkeit", 250, 40), ("Zeitraum", 450, 40)]
    assert marked(pages_of(row, row, row)) == []


def test_a_ruled_table_that_reaches_into_the_margin_is_no_head() -> None:
    pages = pages_of(*[[("Titel", 65, 60), ("Wert", 305, 60)]] * 3)
    for page in pages:
        page.rules = [Rule(60, y, 540, y) for y in (50, 80, 400)] + [Rule(x, 50, x, 400) for x in (60, 300, 540)]
    assert marked(pages) == []


def test_a_slanted_large_word_is_a_watermark_and_the_status() -> None:
    pages = pages_of([], [])
    for page in pages:
        page.words += words("ENTWURF", page.number, 200, 300, 80, angle=35.0, color=0xDDDDDD)
    assert {(text, mark) for _, text, mark in marked(pages)} == {("ENTWURF", Mark.WATERMARK)}
    assert status_of(pages) == "Entwurf"


def test_a_watermark_in_single_letters_is_read() -> None:
    (page,) = pages_of([])
    for index, letter in enumerate("ENTWURF"):
        page.words += words(letter, 1, 200 + 40 * index, 300 - 20 * index, 80, angle=35.0, color=0xDDDDDD)
    mark_furniture([page], body_size_of([page]))
    assert status_of([page]) == "Entwurf"


def test_upright_words_of_a_table_header_on_their_side_are_no_watermark() -> None:
    (page,) = pages_of([])
    page.words += words("Zuständigkeit", 1, 100, 300, 10, angle=90.0)
    assert marked([page]) == []


def test_without_a_watermark_there_is_no_status() -> None:
    assert status_of(pages_of([("Entwurf", 60, 150)])) is None


def test_the_body_size_is_that_of_most_characters() -> None:
    pages = pages_of([("GROSS", 60, 100)])
    pages[0].words += words("Titel", 1, 60, 60, 24)
    assert body_size_of(pages) == 10.0


def test_pages_without_words_have_a_body_size() -> None:
    assert body_size_of([Page(1, 600, 800)]) == 10.0


def test_a_text_in_the_side_margin_of_all_pages_is_furniture() -> None:
    pages = pages_of([("Ortsplan", 10, 305)], [("Ortsplan", 10, 305)], [("Ortsplan", 10, 305)])
    assert marked(pages) == [(number, "Ortsplan", Mark.HEAD) for number in (1, 2, 3)]


@pytest.mark.parametrize("top", [284, 298])
def test_a_text_at_the_side_on_the_base_lines_of_the_text_is_a_cell(top: float) -> None:
    assert marked(pages_of(*([[("hoch", 20, top)]] * 3))) == []


def test_a_text_at_the_side_that_differs_is_no_furniture() -> None:
    pages = pages_of([("Wohnen", 10, 305)], [("Verkehr", 10, 305)], [("Klima", 10, 305)])
    assert marked(pages) == []


@pytest.mark.parametrize(("size", "texts"), [(7, ("Blatt A", "Blatt B")), (10, ("Plan A", "Plan A"))])
def test_what_stands_right_above_a_title_is_no_head_where_it_differs(size: float, texts: tuple[str, str]) -> None:
    pages = pages_of([], [], [], [])
    for page, text in zip(pages, texts * 2, strict=True):
        page.words += words(text, page.number, 60, 52, size=size)
        page.words += words(f"Titel {chr(96 + page.number) * 4}", page.number, 60, 62, size=14)
    found = {word for _, word, _ in marked(pages)}
    assert found == (set() if size == 7 else {"Plan", "A"})


def test_the_number_of_the_only_page_is_furniture_where_it_stands_apart() -> None:
    assert marked(pages_of([("1", 300, 760)])) == [(1, "1", Mark.PAGE_NUMBER)]
    assert marked(pages_of([("1", 300, 760), ("Kosten", 60, 745)])) == []
