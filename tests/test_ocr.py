"""Pages that are pictures: the same plans as elsewhere, printed, scanned, and read by OCR."""

from __future__ import annotations

import importlib.util
import io
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import PIL.Image
import PIL.ImageDraw
import pytest
from rapidfuzz import fuzz

import ratsplan
from extractors import ocr
from extractors.page import open_pdf
from extractors.picture import straightened, understood
from schemas.geometry import Image, Page, Word
from schemas.records import Document, Measure
from tests.scans import PLAN, SCALE, Row, printed, scanned

needs_engine = pytest.mark.skipif(
    importlib.util.find_spec("tesserocr") is None, reason=f"OCR is not installed: {ocr.REMEDY}"
)
LAYOUTS: dict[str, dict[str, Any]] = {
    "hyphens": {},
    "dots": {"bullet": "•"},
    "rows": {"rules": "LINEBELOW", "apart": True},
}


@cache
def read_scan(layout: str, skew: float) -> Document:
    return ratsplan.extract(scanned(printed(PLAN, **LAYOUTS[layout]), skew))


def record(measure: Measure) -> Row:
    return Row(
        measure.field_of_action or "",
        measure.problem or "",
        measure.measure or "",
        tuple(indicator.text for indicator in measure.indicators),
        measure.responsibility_text or "",
    )


@needs_engine
@pytest.mark.parametrize("skew", [0.0, 1.5])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_measures_of_a_scan_are_found(layout: str, skew: float) -> None:
    plan = read_scan(layout, skew).plan
    assert plan is not None
    likeness = [max(fuzz.ratio(m.measure or "", wanted.measure) for m in plan.measures) for wanted in PLAN]
    assert sum(value >= 90 for value in likeness) >= 0.95 * len(PLAN)
    assert len(plan.measures) <= len(PLAN) / 0.95
    exact = len({record(measure) for measure in plan.measures} & set(PLAN))
    assert exact >= 0.75 * len(PLAN)


@needs_engine
def test_every_page_that_was_read_by_ocr_is_told_and_is_no_reason_for_review() -> None:
    document = read_scan("hyphens", 0.0)
    told = [problem for problem in document.problems if problem.code == "read_by_ocr"]
    assert [problem.page for problem in told] == list(range(1, document.file.page_count + 1))
    assert {problem.severity for problem in told} == {"info"}
    assert document.ledger.words > 100


@needs_engine
def test_the_confidence_of_the_words_reaches_the_measures() -> None:
    sure, read = ratsplan.extract(printed(PLAN)).plan, read_scan("hyphens", 1.5).plan
    assert sure is not None
    assert read is not None
    pairs = zip(sure.measures, read.measures, strict=True)
    assert all(0.7 * one.confidence < other.confidence < one.confidence for one, other in pairs)


@needs_engine
def test_the_same_scan_gives_the_same_document() -> None:
    data = scanned(printed(PLAN[:2], bullet="•"), 0.7)
    assert ratsplan.extract(data).model_dump_json() == ratsplan.extract(data).model_dump_json()


@needs_engine
def test_words_and_rules_stand_where_the_page_shows_them() -> None:
    data = printed(PLAN[:3])
    with open_pdf(data) as pdf:
        (page,) = pdf.pages()
    with open_pdf(scanned(data)) as pdf:
        pages = list(pdf.pages())
        ocr.read_scans(pdf, pages, "auto")
    (read,) = pages
    assert (read.width, read.height) == pytest.approx((page.width, page.height), abs=1)
    for word in page.words:
        same = [other for other in read.words if other.text == word.text and near(other, word)]
        assert same, f"{word.text!r} at {word.box} is missing"
        assert same[0].bold == word.bold
        assert same[0].size == pytest.approx(word.size, abs=1)
    xs = {round(rule.x0) for rule in page.rules if not rule.horizontal}
    assert all(any(abs(rule.x0 - x) < 2 for rule in read.rules if not rule.horizontal) for x in xs)


def near(one: Word, other: Word) -> bool:
    return abs(one.x0 - other.x0) < 2.5 and abs(one.x1 - other.x1) < 2.5 and abs(one.middle - other.middle) < 3


@needs_engine
def test_always_reads_printed_text_by_ocr_too_and_never_reads_no_picture() -> None:
    data = printed(PLAN[:1])
    assert "read_by_ocr" in codes(ratsplan.extract(data, ocr="always"))
    assert "read_by_ocr" not in codes(ratsplan.extract(data))
    unread = ratsplan.extract(scanned(data), ocr="never")
    assert codes(unread) == {"no_text"}
    assert unread.plan is None


def test_without_the_engine_the_problem_names_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "_model", lambda: None)
    document = ratsplan.extract(scanned(printed(PLAN[:1])))
    (problem,) = document.problems
    assert (problem.code, problem.page) == ("no_text", 1)
    assert "pip install ratsplan[ocr]" in problem.message
    assert document.status == "review"


def codes(document: Document) -> set[str]:
    return {problem.code for problem in document.problems}


@needs_engine
def test_a_picture_without_text_is_told() -> None:
    out = io.BytesIO()
    PIL.Image.new("L", (1240, 1754), 255).save(out, "PDF", resolution=150)
    assert codes(ratsplan.extract(out.getvalue())) == {"no_text"}


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        (Page(1, 600, 800), False),
        (Page(1, 600, 800, images=[Image(0, 0, 600, 800)]), True),
        (Page(1, 600, 800, [Word("Anlage", 1, 0, 0, 9, 9)], images=[Image(0, 0, 600, 800)]), False),
        (Page(1, 600, 800, [Word("\x01\x02", 1, 0, 0, 9, 9)], broken_text=True), True),
    ],
)
def test_a_page_is_read_by_ocr_where_its_text_is_missing_or_broken(page: Page, wanted: bool) -> None:
    assert ocr.needs_ocr(page) is wanted


@pytest.mark.parametrize("skew", [-4.0, -0.6, 0.0, 2.5])
def test_a_picture_is_straightened(skew: float) -> None:
    grey = drawing(lambda draw: [draw.line((300, y, 2100, y), 0, 4) for y in range(300, 3200, 120)], skew)
    straight, angle = straightened(grey, SCALE)
    assert angle == pytest.approx(-skew, abs=0.1)
    rules = understood(straight, SCALE).rules
    assert len(rules) == 25
    assert all(rule.bottom - rule.top < 2.5 for rule in rules)


def test_shades_are_fills_and_thick_bars_are_no_rules() -> None:
    grey = drawing(lambda draw: draw.rectangle((300, 300, 2100, 400), 211))
    picture = understood(grey, SCALE)
    (fill,) = picture.fills
    assert fill.box == pytest.approx((72, 72, 504, 96), abs=1.5)
    assert fill.color == 0xD3D3D3
    assert picture.rules == []


def test_stems_of_letters_that_touch_a_rule_are_no_rules() -> None:
    def draw_letters(draw: PIL.ImageDraw.ImageDraw) -> None:
        draw.line((300, 300, 2100, 300), 0, 4)
        draw.line((300, 400, 2100, 400), 0, 4)
        draw.line((300, 300, 300, 400), 0, 4)
        draw.rectangle((500, 304, 505, 350), 0)

    rules = understood(drawing(draw_letters), SCALE).rules
    assert [round(rule.x0) for rule in rules if not rule.horizontal] == [72]


def test_bullets_are_taken_from_the_letters_and_full_stops_are_not() -> None:
    def draw_list(draw: PIL.ImageDraw.ImageDraw) -> None:
        draw.ellipse((300, 315, 314, 329), 0)
        draw.rectangle((340, 300, 344, 336), 0)
        draw.rectangle((360, 310, 364, 336), 0)
        draw.rectangle((370, 328, 377, 335), 0)

    picture = understood(drawing(draw_list), SCALE)
    assert [round(dot[0]) for dot in picture.dots] == [72]
    assert picture.letters[320, 307] == 255
    assert picture.letters[331, 373] == 0


def drawing(draw: Callable[[PIL.ImageDraw.ImageDraw], object], skew: float = 0.0) -> np.ndarray:
    picture = PIL.Image.new("L", (2480, 3508), 255)
    draw(PIL.ImageDraw.Draw(picture))
    return np.asarray(picture.rotate(skew, PIL.Image.Resampling.BICUBIC, fillcolor=255))
