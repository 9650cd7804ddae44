"""Words, rules, fills and images of real PDFs, in the coordinates of a reader."""

from __future__ import annotations

import io
import re

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PIL import Image as Picture
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from extractors.page import open_pdf
from schemas.errors import (
    DamagedPdfError,
    DocumentError,
    EmptyFileError,
    EncryptedPdfError,
    NoPagesError,
    NotAPdfError,
)
from schemas.geometry import Box, Page, Word
from tests.pdfs import HEIGHT, WIDTH, Pdf, locked_pdf, pdf, read_page, read_pages, show, text_pdf

RULE = "100 600 200 1 re f\n"
"""A rule of 200 x 1 points, its upper edge 199 points below the upper edge of the page."""


def word(page: Page, text: str) -> Word:
    (found,) = (word for word in page.words if word.text == text)
    return found


def texts(page: Page) -> list[str]:
    return [word.text for word in page.words]


def rounded(box: Box) -> tuple[int, int, int, int]:
    x0, top, x1, bottom = map(round, box)
    return x0, top, x1, bottom


def boxes(page: Page) -> list[tuple[int, int, int, int]]:
    """The middles of the rules, so that their thickness does not matter."""
    return [rounded(rule.box) for rule in page.rules]


# --- the page as a reader sees it


@pytest.mark.parametrize(
    ("rotate", "size", "rule"),
    [
        (0, (600, 800), (100, 199, 300, 200)),
        (90, (800, 600), (600, 100, 601, 300)),
        (180, (600, 800), (300, 600, 500, 601)),
        (270, (800, 600), (199, 300, 200, 500)),
        (-90, (800, 600), (199, 300, 200, 500)),
        (450, (800, 600), (600, 100, 601, 300)),
    ],
)
def test_rotate_turns_the_page_and_its_rules(
    rotate: int, size: tuple[float, float], rule: tuple[int, int, int, int]
) -> None:
    page = read_page(pdf(RULE, f"/Rotate {rotate}"))
    assert (page.width, page.height) == size
    assert boxes(page) == [rule]


@pytest.mark.parametrize(
    ("rotate", "matrix"),
    [(0, "1 0 0 1 100 600"), (90, "0 1 -1 0 200 100"), (180, "-1 0 0 -1 500 200"), (270, "0 -1 1 0 400 700")],
)
def test_text_that_stands_upright_on_a_turned_page_reads_from_left_to_right(rotate: int, matrix: str) -> None:
    page = read_page(pdf(f"BT /F1 12 Tf {matrix} Tm (erstes zweites) Tj ET", f"/Rotate {rotate}"))
    first, second = word(page, "erstes"), word(page, "zweites")
    assert first.upright
    assert second.upright
    assert round(first.x0) == 100
    assert first.top < 200 < first.bottom
    assert second.x0 > first.x1
    assert second.top == pytest.approx(first.top, abs=0.01)


def test_text_that_runs_along_a_turned_page_has_an_angle() -> None:
    turned = word(read_page(pdf(show("Wort", 100, 700), "/Rotate 90")), "Wort")
    assert turned.angle == -90
    assert turned.x1 - turned.x0 < turned.bottom - turned.top


def test_crop_box_is_the_page() -> None:
    page = read_page(pdf(show("Wort", 100, 700) + RULE, "/CropBox [50 100 500 750]"))
    assert (page.width, page.height) == (450, 650)
    assert boxes(page) == [(50, 149, 250, 150)]
    assert round(word(page, "Wort").x0) == 50


def test_crop_box_is_turned_with_the_page() -> None:
    page = read_page(pdf(RULE, "/CropBox [50 100 500 750] /Rotate 90"))
    assert (page.width, page.height) == (650, 450)
    assert boxes(page) == [(500, 50, 501, 250)]


def test_crop_box_larger_than_the_sheet_is_cut_to_it() -> None:
    page = read_page(pdf(RULE, "/CropBox [-100 -100 2000 2000]"))
    assert (page.width, page.height) == (WIDTH, HEIGHT)


def test_origin_of_the_media_box_is_taken_off() -> None:
    page = read_page(pdf(RULE, "/MediaBox [-100 500 500 700]"))
    assert (page.width, page.height) == (600, 200)
    assert boxes(page) == [(200, 99, 400, 100)]


def test_corners_of_a_box_may_come_in_any_order() -> None:
    page = read_page(pdf(RULE, "/MediaBox [600 800 0 0]"))
    assert boxes(page) == [(100, 199, 300, 200)]


def test_words_outside_the_page_are_left_out() -> None:
    content = show("innen", 100, 700) + show("links", -300, 700) + show("oben", 100, 900) + show("unten", 100, -50)
    assert texts(read_page(pdf(content))) == ["innen"]


def test_words_cropped_away_are_left_out() -> None:
    content = show("innen", 100, 700) + show("aussen", 300, 100)
    assert texts(read_page(pdf(content, "/CropBox [0 400 600 800]"))) == ["innen"]


def test_pages_are_numbered_from_one() -> None:
    pages = read_pages(text_pdf(["eins"], ["zwei"], ["drei"]))
    assert [(page.number, texts(page), page.words[0].page) for page in pages] == [
        (1, ["eins"], 1),
        (2, ["zwei"], 2),
        (3, ["drei"], 3),
    ]


# --- words


@given(
    st.lists(
        st.tuples(
            st.integers(0, 3),
            st.text("abcdefghijklmnopqrstuvwxyzäöüßABCÄÖÜ0123456789.,:;()/&%§", min_size=1, max_size=12),
            st.floats(0, 40),
            st.floats(0, 14),
            st.sampled_from([6.0, 8.5, 10.0, 12.0]),
        ),
        min_size=1,
        max_size=12,
    )
)
@hypothesis_settings(max_examples=60)
def test_words_come_back_with_their_text_and_place(placed: list[tuple[int, str, float, float, float]]) -> None:
    content, wanted = "", set()
    for row, (column, text, dx, dy, size) in enumerate(placed):
        x, y = round(20 + 140 * column + dx, 2), round(760 - 50 * row + dy, 2)
        content += show(text, x, y, size=size)
        wanted.add((text, round(x), round(HEIGHT - y), size))
    found = set()
    for one in read_page(pdf(content)).words:
        (match,) = (w for w in wanted if w[0] == one.text and abs(w[1] - one.x0) < 1.1 and one.top < w[2] < one.bottom)
        found.add((*match[:3], one.size))
    assert found == wanted


@pytest.mark.parametrize(
    "operators",
    [
        "/F1 24 Tf 1 0 0 1 100 700 Tm",
        "/F1 1 Tf 24 0 0 24 100 700 Tm",
        "/F1 240 Tf 0.1 0 0 0.1 100 700 Tm",
        "/F1 -24 Tf -1 0 0 -1 100 700 Tm",
        "/F1 12 Tf 1 0 0 2 100 700 Tm",
        "/F1 24 Tf 50 Tz 1 0 0 1 100 700 Tm",
    ],
)
def test_size_is_the_height_of_the_letters_whatever_makes_it(operators: str) -> None:
    page = read_page(pdf(f"BT {operators} (Titel) Tj ET"))
    assert word(page, "Titel").size == pytest.approx(24)


def test_size_follows_the_matrix_of_the_page() -> None:
    page = read_page(pdf("0.5 0 0 0.5 0 0 cm " + show("Titel", 200, 1400, size=24)))
    assert word(page, "Titel").size == pytest.approx(12)
    assert rounded(word(page, "Titel").box)[0] == 100


def test_size_of_slanted_text_is_that_of_its_letters() -> None:
    page = read_page(pdf("BT /F1 40 Tf 0.8 0.6 -0.6 0.8 200 300 Tm (ENTWURF) Tj ET"))
    assert word(page, "ENTWURF").size == pytest.approx(40, rel=0.01)


@pytest.mark.parametrize(("matrix", "angle"), [("0.8 0.6 -0.6 0.8", 36.87), ("0.8 -0.6 0.6 0.8", -36.87)])
def test_angle_counts_counter_clockwise(matrix: str, angle: float) -> None:
    page = read_page(pdf(f"BT /F1 40 Tf {matrix} 200 400 Tm (ENTWURF) Tj ET"))
    assert word(page, "ENTWURF").angle == pytest.approx(angle, abs=0.01)
    assert not word(page, "ENTWURF").upright


@pytest.mark.parametrize(
    ("operator", "color"),
    [("0 g", 0x000000), ("0.8 g", 0xCCCCCC), ("1 0 0 rg", 0xFF0000), ("/DeviceRGB cs 0 0 1 sc", 0x0000FF)],
)
def test_words_have_the_colour_they_are_filled_with(operator: str, color: int) -> None:
    assert word(read_page(pdf(f"{operator}\n" + show("Wort", 100, 700))), "Wort").color == color


def test_colour_of_transparent_text_is_what_shines_through() -> None:
    watermark = read_page(pdf("/G1 gs " + show("ENTWURF", 100, 700), resources="/ExtGState << /G1 << /ca 0.2 >> >>"))
    assert word(watermark, "ENTWURF").color == 0xCCCCCC


@pytest.mark.parametrize(
    ("name", "bold", "italic"),
    [
        ("Helvetica", False, False),
        ("Helvetica-Bold", True, False),
        ("Helvetica-Oblique", False, True),
        ("Helvetica-BoldOblique", True, True),
        ("ABCDEF+Calibri-Bold", True, False),
        ("ABCDEF+Arial,BoldItalic", True, True),
        ("ArialNarrow-Italic", False, True),
        ("Frutiger-BlackCn", True, False),
        ("TheSans-B", True, False),
        ("Bodoni", False, False),
        ("Fruitiger-Italian", False, False),
    ],
)
def test_bold_and_italic_are_in_the_name_of_the_font(name: str, bold: bool, italic: bool) -> None:
    made = Pdf()
    made.fonts += f" /X {made.add(f'<< /Type /Font /Subtype /Type1 /BaseFont /{name} >>')} 0 R"
    made.page(show("Wort", 100, 700, font="X"))
    found = word(read_page(made.build()), "Wort")
    assert (found.bold, found.italic) == (bold, italic)


def test_the_breadth_of_stems_makes_no_font_bold() -> None:
    made = Pdf()
    made_up = made.add("<< /Type /FontDescriptor /FontName /Calibri /Flags 32 /StemV 800 /FontBBox [0 0 1000 1000] >>")
    font = made.add(f"<< /Type /Font /Subtype /TrueType /BaseFont /Calibri /FontDescriptor {made_up} 0 R >>")
    made.fonts += f" /X {font} 0 R"
    made.page(show("Wort", 100, 700, font="X"))
    assert not word(read_page(made.build()), "Wort").bold


@pytest.mark.parametrize(("style", "file"), [("plain", "Vera.ttf"), ("bold", "VeraBd.ttf"), ("italic", "VeraIt.ttf")])
def test_a_font_without_a_telling_name_says_in_its_program_what_it_is(style: str, file: str) -> None:
    pdfmetrics.registerFont(TTFont(file, file))
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.setFont(file, 12)
    canvas.drawString(100, 700, "Wort")
    canvas.save()
    # reportlab does not compress the font's dictionaries: the names can be taken out of them.
    name = {"Vera.ttf": b"Roman", "VeraBd.ttf": b"Bold", "VeraIt.ttf": b"Oblique"}[file]
    data = out.getvalue()
    assert name in data
    found = read_page(nameless(data))
    assert (word(found, "Wort").bold, word(found, "Wort").italic) == (style == "bold", style == "italic")


def nameless(data: bytes) -> bytes:
    """The same file with fonts called F1 and nothing in the flags; offsets in the file stay."""

    def blank(match: re.Match[bytes]) -> bytes:
        return (match[1] + b" /F1").ljust(len(match[0]))

    return re.sub(rb"(/(?:BaseFont|FontName)) /[^\s/]+", blank, data)


def test_letters_with_an_outline_are_bold() -> None:
    page = read_page(pdf("BT 2 Tr 0.4 w /F1 12 Tf 100 700 Td (fett) Tj ET BT 0 Tr /F1 12 Tf 100 600 Td (mager) Tj ET"))
    assert word(page, "fett").bold
    assert not word(page, "mager").bold


@pytest.mark.parametrize("shift", [0.0, 0.2, 0.5])
def test_a_word_drawn_twice_for_boldness_is_one_word(shift: float) -> None:
    page = read_page(pdf(show("fetter Text", 100, 700) + show("fetter Text", 100 + shift, 700)))
    assert texts(page) == ["fetter", "Text"]


def test_layers_with_the_same_text_far_apart_in_the_stream_are_one_text() -> None:
    lines = [show(f"Zeile {n} Ende", 100, 700 - 20 * n) for n in range(20)]
    assert len(read_page(pdf("".join(lines + lines))).words) == 60


def test_a_word_repeated_beside_itself_stays_twice() -> None:
    assert texts(read_page(pdf(show("ja ja", 100, 700) + show("l l l 1 1 1", 100, 600)))) == [
        *"ja ja l l l 1 1 1".split()
    ]


def test_a_hyphen_at_the_end_of_a_line_ends_its_word() -> None:
    page = read_page(pdf("BT /F1 12 Tf 14 TL 100 700 Td (Der Nachbar-) Tj T* (schaft und) Tj T* (weiter) Tj ET"))
    assert texts(page) == ["Der", "Nachbar-", "schaft", "und", "weiter"]


def test_a_soft_hyphen_at_the_end_of_a_line_is_a_hyphen() -> None:
    page = read_page(pdf("BT /F1 12 Tf 14 TL 100 700 Td (Der Nachbar\\255) Tj T* (schaft und) Tj ET"))
    assert texts(page) == ["Der", "Nachbar-", "schaft", "und"]


def test_the_box_of_a_hyphenated_word_holds_its_hyphen() -> None:
    page = read_page(pdf("BT /F4 10 Tf 14 TL 100 700 Td (Nach-) Tj T* (bar) Tj ET"))
    assert word(page, "Nach-").x1 - word(page, "Nach-").x0 == pytest.approx(30, abs=0.5)


def test_a_hyphen_within_a_line_stays_in_its_word() -> None:
    assert texts(read_page(pdf(show("Sprach- und Kreis-Haus", 100, 700)))) == ["Sprach-", "und", "Kreis-Haus"]


@pytest.mark.parametrize("gap", [8, 20, 200])
def test_a_column_gap_without_a_space_ends_the_word(gap: int) -> None:
    page = read_page(pdf(f"BT /F4 10 Tf 100 700 Td (links) Tj {30 + gap} 0 Td (rechts) Tj ET"))
    assert [(one.text, round(one.x0)) for one in page.words] == [("links", 100), ("rechts", 130 + gap)]


def test_a_gap_in_one_array_of_text_ends_the_word() -> None:
    page = read_page(pdf("BT /F4 10 Tf 100 700 Td [(Amt) -15000 (Frist)] TJ ET"))
    assert [(one.text, round(one.x0)) for one in page.words] == [("Amt", 100), ("Frist", 268)]


def test_letters_moved_a_little_apart_are_one_word() -> None:
    assert texts(read_page(pdf("BT /F1 12 Tf 100 700 Td [(W) 80 (ort) -60 (laut)] TJ ET"))) == ["Wortlaut"]


def test_letters_drawn_one_by_one_are_one_word() -> None:
    content = "".join(show(letter, 100 + 7.2 * at, 700, font="F4") for at, letter in enumerate("Satzung"))
    assert texts(read_page(pdf(content))) == ["Satzung"]


def test_lines_without_a_space_between_them_do_not_run_together() -> None:
    page = read_page(pdf("BT /F1 12 Tf 14 TL 100 700 Td (erste) Tj T* (zweite) Tj ET"))
    assert texts(page) == ["erste", "zweite"]


def test_slanted_letters_that_touch_are_one_word() -> None:
    # The oblique "l" leans over its advance; PDFium measures the gap from there and sees a space.
    place = 100 + stringWidth("verantwortl", "Helvetica-Oblique", 11)
    page = read_page(
        pdf(show("verantwortl", 100, 700, font="F3", size=11) + show("ich", place + 1.3, 700, font="F3", size=11))
    )
    assert texts(page) == ["verantwortlich"]
    assert word(page, "verantwortlich").x1 > place + 10


def test_a_bullet_that_stands_off_its_text_is_a_word_of_its_own() -> None:
    place = 100 + stringWidth("-", "Helvetica", 12)
    page = read_page(pdf(show("-", 100, 700) + show("Jugend", place + 1.6, 700) + show("-fach", 100, 600)))
    assert texts(page) == ["-", "Jugend", "-fach"]
    assert round(word(page, "Jugend").x0) == round(place + 1.6)


def test_a_line_of_bullets_is_read_to_its_end() -> None:
    spaced = "BT /F1 12 Tf 1.5 Tc 10 700 Td (" + "*" * 80 + ") Tj ET"
    assert "".join(texts(read_page(pdf(spaced)))) == "*" * 80


def test_words_on_one_line_are_as_high_whatever_their_letters_and_weight() -> None:
    content = show("an", 100, 700) + show("\xc4gypten", 120, 700) + show("fett", 200, 700, font="F2")
    page = read_page(pdf(content))
    assert len({(one.top, one.bottom) for one in page.words}) == 1
    assert page.words[0].top < HEIGHT - 700 < page.words[0].bottom


@pytest.mark.parametrize("ligature", [("ﬁ", "fi"), ("ﬂ", "fl"), ("ﬀ", "ff"), ("ﬃ", "ffi"), ("ﬄ", "ffl")])
def test_ligatures_become_letters(ligature: tuple[str, str]) -> None:
    glyph, letters = ligature
    page = read_page(mapped_pdf({1: "P", 2: glyph, 3: "cht"}, b"\x01\x02\x03"))
    assert texts(page) == [f"P{letters}cht"]


def test_invisible_letters_are_dropped() -> None:
    assert texts(read_page(mapped_pdf({1: "A", 2: "\u200b", 3: "mt"}, b"\x01\x02\x03"))) == ["Amt"]


def test_a_control_code_for_a_letter_is_shown_as_unknown() -> None:
    assert texts(read_page(mapped_pdf({1: "A", 2: "\x1b", 3: "t"}, b"\x01\x02\x03"))) == ["A\ufffdt"]


def test_marks_that_turn_the_direction_of_text_are_dropped() -> None:
    assert texts(read_page(mapped_pdf({1: "A", 2: "\u202e", 3: "mt"}, b"\x01\x02\x03"))) == ["Amt"]


def test_letters_beyond_the_basic_plane_do_not_shift_what_follows() -> None:
    page = read_page(mapped_pdf({1: "\U0001f600", 2: "A", 3: " ", 4: "B"}, b"\x01\x03\x02\x03\x04"))
    assert [(one.text, round(one.x0)) for one in page.words] == [("\U0001f600", 100), ("A", 120), ("B", 140)]


def mapped_pdf(unicode: dict[int, str], codes: bytes) -> bytes:
    """Text in a font of 10 points' width a letter whose codes mean what `unicode` says."""
    lines = "".join(f"<{code:02x}> <{text.encode('utf-16-be').hex()}>\n" for code, text in unicode.items())
    made = Pdf()
    cmap = made.stream(
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n1 begincodespacerange <00> <ff> "
        f"endcodespacerange\n{len(unicode)} beginbfchar\n{lines}endbfchar\nendcmap end end"
    )
    widths = " ".join(["1000"] * 256)
    font = made.add(
        f"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /FirstChar 0 /LastChar 255 /Widths [{widths}] "
        f"/ToUnicode {cmap} 0 R >>"
    )
    made.fonts += f" /X {font} 0 R"
    made.page(f"BT /X 10 Tf 100 700 Td <{codes.hex()}> Tj ET")
    return made.build()


def test_control_codes_for_letters_break_the_text_of_the_page() -> None:
    broken = read_page(mapped_pdf({n: chr(0x1F) for n in range(10)}, bytes(range(10))))
    assert broken.broken_text


def test_sound_text_is_not_called_broken() -> None:
    lines = ["Der Kreis-", "tag be-", "schliesst die Nach-", "barschaft mit Rends-", "burg und Eckern-", "foerde"]
    assert not read_page(text_pdf(lines)).broken_text


def test_words_inside_a_form_are_read_where_it_is_drawn() -> None:
    made = Pdf()
    form = made.form(show("Wort", 50, 700), "/Matrix [1 0 0 1 30 0]")
    made.page("1 0 0 1 20 -100 cm /Fm Do", xobjects=f"/Fm {form} 0 R")
    found = word(read_page(made.build()), "Wort")
    assert round(found.x0) == 100
    assert found.top < 200 < found.bottom


# --- rules and fills


def test_thin_filled_rectangles_are_rules() -> None:
    page = read_page(pdf("100 600 200 0.5 re 100 400 1.5 200 re f"))
    assert [rule.horizontal for rule in page.rules] == [True, False]
    assert page.fills == []


def test_strokes_are_rules_as_thick_as_the_pen() -> None:
    page = read_page(pdf("3 w 100 600 m 300 600 l S"))
    (rule,) = page.rules
    assert rule.box == pytest.approx((100, 198.5, 300, 201.5), abs=0.01)


def test_the_pen_grows_with_the_matrix() -> None:
    page = read_page(pdf("2 0 0 2 0 0 cm 2 w 50 300 m 150 300 l S"))
    (rule,) = page.rules
    assert rule.box == pytest.approx((100, 198, 300, 202), abs=0.01)


def test_stroked_rectangles_are_four_rules() -> None:
    page = read_page(pdf("0 w 100 600 200 50 re S"))
    assert sorted(boxes(page)) == [
        (100, 150, 100, 200),
        (100, 150, 300, 150),
        (100, 200, 300, 200),
        (300, 150, 300, 200),
    ]


def test_a_filled_and_stroked_rectangle_is_a_fill_with_four_rules() -> None:
    page = read_page(pdf("0.9 g 1 0 0 RG 100 600 200 50 re B"))
    assert len(page.fills) == 1
    assert [rule.color for rule in page.rules] == [0xFF0000] * 4


def test_a_rectangle_of_lines_is_four_rules_when_it_is_closed() -> None:
    path = "100 600 m 300 600 l 300 650 l 100 650 l"
    assert len(read_page(pdf(f"{path} h S")).rules) == 4
    assert len(read_page(pdf(f"{path} S")).rules) == 3


def test_every_subpath_of_a_path_is_read() -> None:
    lines = " ".join(f"100 {700 - 20 * n} m 300 {700 - 20 * n} l" for n in range(5))
    rects = " ".join(f"100 {500 - 20 * n} 200 0.5 re" for n in range(5))
    assert len(read_page(pdf(f"{lines} S {rects} f")).rules) == 10


def test_a_frame_filled_between_two_rectangles_is_four_rules() -> None:
    page = read_page(pdf("100 600 200 100 re 101 601 198 98 re f*"))
    assert len(page.rules) == 4
    assert page.fills == []


def test_rules_inside_nested_forms_are_read_where_they_are_drawn() -> None:
    made = Pdf()
    inner = made.form("0 0 100 0.5 re f", "/Matrix [2 0 0 2 0 0]")
    outer = made.form("1 0 0 1 50 250 cm /In Do", "/Matrix [1 0 0 1 50 0]", xobjects=f"/In {inner} 0 R")
    made.page("1 0 0 1 0 350 cm /Out Do", xobjects=f"/Out {outer} 0 R")
    assert boxes(read_page(made.build())) == [(100, 199, 300, 200)]


def test_a_form_drawn_twice_is_there_twice() -> None:
    made = Pdf()
    form = made.form(RULE)
    made.page("q /Fm Do Q q 1 0 0 1 0 -100 cm /Fm Do Q", xobjects=f"/Fm {form} 0 R")
    assert boxes(read_page(made.build())) == [(100, 199, 300, 200), (100, 299, 300, 300)]


def test_rules_follow_a_matrix_that_turns_them() -> None:
    (rule,) = read_page(pdf("0 1 -1 0 400 100 cm 0 100 200 1 re f")).rules
    assert not rule.horizontal
    assert rounded(rule.box) == (299, 500, 300, 700)


@pytest.mark.parametrize("operators", ["100 600 m 300 600 l n", "100 600 200 50 re W n", "100 600 200 1 re n"])
def test_paths_that_are_not_painted_are_no_rules(operators: str) -> None:
    page = read_page(pdf(operators))
    assert (page.rules, page.fills) == ([], [])


def test_fully_transparent_paths_are_no_rules() -> None:
    page = read_page(pdf("/G gs 100 600 m 300 600 l S " + RULE, resources="/ExtGState << /G << /ca 0 /CA 0 >> >>"))
    assert page.rules == []


def test_slanted_lines_and_curves_are_no_rules() -> None:
    assert read_page(pdf("100 600 m 300 650 l S 100 500 m 150 550 250 550 300 500 c S")).rules == []


def test_nearly_level_lines_are_rules() -> None:
    assert len(read_page(pdf("100 600 m 300 600.5 l S")).rules) == 1


def test_a_dashed_line_is_one_rule() -> None:
    assert boxes(read_page(pdf("[3 2] 0 d 1 w 100 600.5 m 300 600.5 l S"))) == [(100, 199, 300, 200)]


@pytest.mark.parametrize(("operator", "color"), [("1 0 0 rg", 0xFF0000), ("0.5 g", 0x808080), ("0 0 0.2 rg", 0x000033)])
def test_fills_have_their_colour(operator: str, color: int) -> None:
    (fill,) = read_page(pdf(f"{operator} 100 600 200 50 re f")).fills
    assert rounded(fill.box) == (100, 150, 300, 200)
    assert fill.color == pytest.approx(color, abs=0x010101)


def test_white_rectangles_are_no_fills() -> None:
    assert read_page(pdf("1 g 100 600 200 50 re f 0 0 0 0 k 100 400 200 50 re f")).fills == []


def test_white_rules_count_only_where_they_divide_coloured_cells() -> None:
    white = "1 g 100 600 200 1 re f "
    assert read_page(pdf(white)).rules == []
    assert len(read_page(pdf("0.8 g 100 550 200 100 re f " + white)).rules) == 1


def test_shapes_that_are_no_rectangles_are_no_fills() -> None:
    assert read_page(pdf("0.5 g 100 600 m 300 600 l 200 700 l f")).fills == []


def test_rectangles_with_round_corners_are_fills() -> None:
    path = "110 600 m 290 600 l 300 600 300 610 300 610 c 300 640 l 300 650 290 650 290 650 c 110 650 l "
    path += "100 650 100 640 100 640 c 100 610 l 100 600 110 600 110 600 c f"
    (fill,) = read_page(pdf("0.5 g " + path)).fills
    assert rounded(fill.box) == (100, 150, 300, 200)


def test_drawing_outside_the_page_is_left_out() -> None:
    page = read_page(pdf("700 600 200 1 re f 0.5 g 100 900 200 50 re f 100 -300 m 300 -300 l S"))
    assert (page.rules, page.fills) == ([], [])


def test_images_have_their_place() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT))
    canvas.drawImage(ImageReader(Picture.new("RGB", (4, 4), "red")), 100, 600, 200, 50)
    canvas.save()
    (image,) = read_page(out.getvalue()).images
    assert rounded(image.box) == (100, 150, 300, 200)


# --- the file


def test_a_password_opens_a_locked_pdf() -> None:
    with open_pdf(locked_pdf("geheim"), "brief.pdf", "geheim") as opened:
        assert [texts(page) for page in opened.pages()] == [["Geheime", "Vorlage"]]


def test_a_pdf_that_only_forbids_printing_is_read() -> None:
    assert texts(read_page(locked_pdf(""))) == ["Geheime", "Vorlage"]


def test_producer_is_the_program_of_the_metadata() -> None:
    made = Pdf()
    made.page("")
    info = made.add("<< /Producer (ALLRIS \\374ber Word) >>")
    with open_pdf(made.build(trailer=f"/Info {info} 0 R")) as opened:
        assert opened.producer == "ALLRIS über Word"


def test_a_pdf_without_metadata_has_no_producer() -> None:
    with open_pdf(text_pdf(["Text"])) as opened:
        assert opened.producer is None


def test_closing_twice_is_harmless() -> None:
    opened = open_pdf(text_pdf(["Text"]))
    opened.close()
    opened.close()


def test_bytes_before_the_header_are_skipped() -> None:
    assert texts(read_page(b"\n\n" + text_pdf(["Text"]))) == ["Text"]


def test_bytes_after_the_end_are_skipped() -> None:
    assert texts(read_page(text_pdf(["Text"]) + b"\n<!-- gesendet vom Ratsserver -->\n")) == ["Text"]


def test_a_wrong_cross_reference_table_is_repaired() -> None:
    assert texts(read_page(text_pdf(["Text"]).replace(b"0000", b"0009"))) == ["Text"]


def no_pages() -> bytes:
    return Pdf().build()


@pytest.mark.parametrize(
    ("data", "error", "remedy"),
    [
        (b"", EmptyFileError, "the file is empty; download or export it again"),
        (b"<!DOCTYPE html><html><body>404</body></html>", NotAPdfError, "an HTML page, not a PDF"),
        (b"\xef\xbb\xbf\n<html>", NotAPdfError, "an HTML page, not a PDF"),
        (b"PK\x03\x04word/document.xml", NotAPdfError, "a ZIP archive or an Office document, not a PDF"),
        (b"Guten Tag", NotAPdfError, "a file of another kind, not a PDF; download or export it as PDF"),
        (text_pdf(["Text"])[:-60], DamagedPdfError, "the end of the PDF is missing; download it again"),
        (text_pdf(["Text"])[:200], DamagedPdfError, "download"),
        (b"%PDF-1.7\nnothing else\n%%EOF", DamagedPdfError, "the PDF is damaged; download or export it again"),
        (locked_pdf("geheim"), EncryptedPdfError, "the PDF asks for a password; save it without one"),
        (no_pages(), NoPagesError, "the PDF has no pages; export it again"),
    ],
)
def test_what_cannot_be_read_is_told_with_name_and_remedy(data: bytes, error: type[DocumentError], remedy: str) -> None:
    with pytest.raises(error) as caught:
        open_pdf(data, "vorlage.pdf")
    assert type(caught.value) is error
    assert str(caught.value).startswith("vorlage.pdf: ")
    assert remedy in str(caught.value)


def test_a_wrong_password_is_told() -> None:
    with pytest.raises(EncryptedPdfError, match=r"brief\.pdf: the password is wrong"):
        open_pdf(locked_pdf("geheim"), "brief.pdf", "falsch")


def test_an_update_that_was_cut_is_told() -> None:
    update = text_pdf(["Text"]) + b"3 0 obj\n<< /Type /Page /Parent 2 0 R"
    with pytest.raises(DamagedPdfError, match="the end of the PDF is missing"):
        open_pdf(update, "vorlage.pdf")


def test_a_page_that_is_none_is_told_with_its_number() -> None:
    made = Pdf()
    made.page(show("eins", 100, 700))
    made.kids.append(made.add("(no page)"))
    with open_pdf(made.build(), "vorlage.pdf") as opened, pytest.raises(DamagedPdfError, match="page 2 is broken"):
        list(opened.pages())


@pytest.mark.parametrize("rotate", [0, 90])
def test_a_page_is_drawn_as_a_reader_sees_it(rotate: int) -> None:
    with open_pdf(pdf("1 0 0 rg 0 700 100 100 re f", f"/Rotate {rotate}")) as opened:
        picture = opened.render(1, 0.5)
    assert picture.size == ((300, 400) if rotate == 0 else (400, 300))
    corner = (10, 10) if rotate == 0 else (390, 10)
    assert picture.getpixel(corner) == (255, 0, 0)
    assert picture.getpixel((150, 150)) == (255, 255, 255)
