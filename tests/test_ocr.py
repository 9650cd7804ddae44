"""Pages that are pictures: the same plans as elsewhere, printed, scanned, and read by OCR."""

from __future__ import annotations

import cmath
import importlib.util
import io
import math
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import PIL.Image
import PIL.ImageDraw
import pytest
from rapidfuzz import fuzz
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import SimpleDocTemplate, Table

import ratsplan
from extractors import ocr
from extractors.page import open_pdf
from extractors.picture import straightened, understood
from schemas.geometry import Image, Page, Word
from schemas.records import Document, Measure, Place
from tests.layouts.scanner import Scanner
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


@needs_engine
@pytest.mark.parametrize("skew", [2.5, -1.5])
def test_boxes_of_a_page_that_lies_askew_are_those_that_a_reader_sees(skew: float) -> None:
    data = printed(PLAN[:3])
    straight, askew = (ratsplan.extract(file).plan for file in (data, scanned(data, skew)))
    assert straight is not None
    assert askew is not None
    for one, other in zip(straight.measures, askew.measures, strict=True):
        (place,) = one.source["measure"]
        (seen,) = other.source["measure"]
        assert middle(seen) == pytest.approx(turned(middle(place), skew), abs=3)


def middle(place: Place) -> tuple[float, float]:
    x0, top, x1, bottom = place.box
    return (x0 + x1) / 2, (top + bottom) / 2


def turned(point: tuple[float, float], degrees: float) -> tuple[float, float]:
    """A point of a wide A4 page that is turned counter-clockwise about its middle."""
    mid = complex(841.89 / 2, 595.28 / 2)
    moved = mid + (complex(*point) - mid) * cmath.exp(-1j * math.radians(degrees))
    return moved.real, moved.imag


@needs_engine
def test_hidden_text_of_a_scanner_is_read_again_and_told_where_it_cannot_be() -> None:
    data = Scanner(hidden=True).scan(printed(PLAN[:2]))
    read, unread = ratsplan.extract(data), ratsplan.extract(data, ocr="never")
    assert codes(read) >= {"read_by_ocr"}
    assert read.plan is not None
    assert read.plan.measures[0].measure == PLAN[0].measure
    assert codes(unread) >= {"hidden_text"}
    assert unread.ledger.words > 20


@needs_engine
def test_a_page_with_nothing_but_its_number_is_read() -> None:
    canvas = Canvas(out := io.BytesIO())
    canvas.drawString(280, 30, "Seite 12")
    canvas.save()
    document = ratsplan.extract(Scanner().scan(out.getvalue()))
    assert document.ledger.words == 2
    assert "no_text" not in codes(document)


@needs_engine
def test_a_scanned_table_that_is_no_plan_is_told() -> None:
    rows = [["Ort", "Tag", "Zahl"], ["Norden", "Montag", "12"], ["Süden", "Dienstag", "15"], ["Westen", "Freitag", "9"]]
    table = Table(rows, colWidths=[120] * 3, style=[("GRID", (0, 0), (-1, -1), 0.5, "black")])
    SimpleDocTemplate(out := io.BytesIO()).build([table])
    document = ratsplan.extract(Scanner().scan(out.getvalue()))
    assert [p.page for p in document.problems if p.code == "scanned_table"] == [1]
    assert len(document.tables) == 1


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        (Page(1, 600, 800), False),
        (Page(1, 600, 800, images=[Image(0, 0, 600, 800)]), True),
        (Page(1, 600, 800, [Word("Anlage", 1, 0, 0, 9, 9)], images=[Image(0, 0, 600, 800)]), False),
        (Page(1, 600, 800, [Word("An", 1, 0, 0, 9, 9)], images=[Image(0, 0, 6, 8)], hidden_text=True), True),
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


def test_open_rows_at_the_end_of_a_page_keep_their_rules() -> None:
    def draw_open_row(draw: PIL.ImageDraw.ImageDraw) -> None:
        draw.line((300, 300, 2100, 300), 0, 4)
        for x in (300, 900, 1500, 2100):
            draw.line((x, 300, x, 390), 0, 4)

    rules = understood(drawing(draw_open_row), SCALE).rules
    assert [round(rule.x0 / 72) for rule in rules if not rule.horizontal] == [1, 3, 5, 7]
    assert {round(rule.top) for rule in rules if rule.horizontal} == {72}


def test_feet_of_letters_in_a_row_are_no_rules() -> None:
    grey = drawing(lambda draw: [draw.line((x, 400, x + 65, 400), 0, 4) for x in range(300, 2000, 300)])
    assert understood(grey, SCALE).rules == []


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
