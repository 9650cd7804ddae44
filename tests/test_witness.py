"""pdfplumber as the independent witness: the same pages by other code, and what only one of the two saw."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from extractors.witness import agreement, disagreements, read_pages
from pipeline.document import process_document
from pipeline.options import Options
from schemas.errors import DamagedPdfError, DocumentError, EmptyFileError, NoPagesError, NotAPdfError
from schemas.geometry import Page, Word
from tests.pdfs import Pdf, locked_pdf, pdf, show, text_pdf
from tests.pdfs import read_pages as ours

LINES = ["Beschlussvorlage", "Der Kreistag beschließt den Aktionsplan".replace("ß", "ss")]
TURNED = {0: "1 0 0 1 100 600", 90: "0 1 -1 0 200 100", 180: "-1 0 0 -1 500 200", 270: "0 -1 1 0 400 700"}


def read(data: bytes) -> Page:
    (page,) = read_pages(data, "test.pdf")
    return page


def messages(pages: list[Page], data: bytes) -> list[str]:
    problems = disagreements(pages, data, "test.pdf")
    assert {problem.code for problem in problems} <= {"witness_disagrees"}
    return [problem.message for problem in problems]


def added(page: Page, text: str, x: float = 400, top: float = 40) -> Page:
    return replace(page, words=[*page.words, Word(text, page.number, x, top, x + 30, top + 12, 12.0)])


# --- the pages as pdfplumber sees them


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize(
    "boxes", ["", "/CropBox [50 70 530 760]", "/MediaBox [10 20 610 820] /CropBox [50 70 530 760]"]
)
def test_both_readers_place_words_and_rules_alike(rotate: int, boxes: str) -> None:
    content = f"BT /F1 12 Tf {TURNED[rotate]} Tm (Wort) Tj ET 100 250 200 1 re f "
    data = pdf(content, f"{boxes} /Rotate {rotate}")
    (mine,), theirs = ours(data), read(data)
    assert (theirs.width, theirs.height) == (mine.width, mine.height)
    assert theirs.words[0].upright
    assert theirs.words[0].x0 == pytest.approx(mine.words[0].x0, abs=0.5)
    assert theirs.words[0].middle == pytest.approx(mine.words[0].middle, abs=3)
    assert theirs.rules[0].box == pytest.approx(mine.rules[0].box, abs=0.1)


def test_words_have_size_weight_slant_and_colour() -> None:
    page = read(pdf("0.5 g " + show("fett", 100, 700, font="F2", size=14) + show("schief", 100, 600, font="F3")))
    bold, italic = page.words
    assert (bold.text, bold.size, bold.bold, bold.italic) == ("fett", 14, True, False)
    assert (italic.text, italic.size, italic.bold, italic.italic) == ("schief", 12, False, True)
    assert bold.color == 0x808080


@pytest.mark.parametrize(
    ("operator", "color"),
    [("1 0 0 rg", 0xFF0000), ("1 0 0 0 k", 0x00FFFF), ("0 0 0 1 k", 0), ("0.8 g", 0xCCCCCC), ("/Pattern cs /P scn", 0)],
)
def test_colours_of_every_space_become_one(operator: str, color: int) -> None:
    assert read(pdf(f"{operator} " + show("Wort", 100, 700))).words[0].color == color


@pytest.mark.parametrize(("matrix", "angle"), [("0 1 -1 0", 90), ("0 -1 1 0", -90), ("0.8 0.6 -0.6 0.8", 36.87)])
def test_turned_text_comes_as_words_with_their_angle(matrix: str, angle: float) -> None:
    page = read(pdf(f"BT /F1 30 Tf {matrix} 200 400 Tm (ENTWURF alt) Tj ET " + show("Wort", 100, 700)))
    assert {(word.text, round(word.angle, 2)) for word in page.words} == {
        ("Wort", 0),
        ("ENTWURF", angle),
        ("alt", angle),
    }


def test_rules_fills_and_pens_are_told_apart() -> None:
    page = read(
        pdf(
            "0 1 0 rg 100 100 80 40 re f 1 0 0 RG 2 w 100 300 m 300 300 l S 400 400 50 50 re S 0 g 9 9 99 1 re f "
            + show("Wort", 300, 700)
        )
    )
    assert [(fill.box, fill.color) for fill in page.fills] == [((100, 660, 180, 700), 0x00FF00)]
    line = next(rule for rule in page.rules if rule.x0 == 100)
    assert (line.box, line.color) == ((100, 499, 300, 501), 0xFF0000)
    assert len(page.rules) == 6


def test_slanted_lines_and_white_areas_are_left_out() -> None:
    page = read(pdf("1 g 100 100 80 40 re f 0 g 100 300 m 300 400 l S " + show("Wort", 100, 700)))
    assert (page.rules, page.fills) == ([], [])


def test_words_outside_the_crop_box_are_left_out() -> None:
    page = read(pdf(show("innen", 200, 400) + show("aussen", 20, 20), "/CropBox [100 100 500 700]"))
    assert [word.text for word in page.words] == ["innen"]


def test_text_without_letters_is_called_broken() -> None:
    assert read(pdf("BT /F1 12 Tf 100 700 Td (W\\001\\002\\003\\004\\005) Tj ET")).broken_text
    assert not read(text_pdf(LINES)).broken_text


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", EmptyFileError),
        (b"<html>", NotAPdfError),
        (text_pdf(LINES)[:-60], DamagedPdfError),
        (b"%PDF-1.7\nnothing of use\n%%EOF", DamagedPdfError),
        (text_pdf([]), DamagedPdfError),
        (locked_pdf("secret"), DamagedPdfError),
    ],
    ids=["empty", "html", "cut", "nonsense", "no word", "locked"],
)
def test_what_the_witness_cannot_read_either_is_told_with_its_name(data: bytes, error: type[DocumentError]) -> None:
    with pytest.raises(error, match=r"^akte\.pdf: "):
        read_pages(data, "akte.pdf")


# --- what only one of the two saw


def test_pages_that_both_read_alike_have_no_problem() -> None:
    data = text_pdf(LINES, LINES)
    assert messages(ours(data), data) == []
    assert agreement(ours(data), data, "test.pdf") == 1.0


def test_the_samples_are_read_alike(sample: Path) -> None:
    data = sample.read_bytes()
    pages = ours(data)
    assert agreement(pages, data, sample.name) >= 0.995
    assert disagreements(pages, data, sample.name) == []


def test_a_word_that_pdfium_lost_is_named_with_its_page() -> None:
    data = text_pdf(LINES, LINES)
    first, second = ours(data)
    second.words = [word for word in second.words if word.text != "Kreistag"]
    (problem,) = disagreements([first, second], data, "test.pdf")
    assert (problem.code, problem.severity, problem.page) == ("witness_disagrees", "warning", 2)
    assert problem.message == "only pdfplumber saw 'Kreistag'"


def test_a_word_that_pdfium_made_up_is_named() -> None:
    data = text_pdf(LINES)
    (page,) = ours(data)
    assert messages([added(page, "Geist")], data) == ["only PDFium saw 'Geist'"]


def test_a_lost_word_is_missed_even_when_it_stands_elsewhere_too() -> None:
    data = text_pdf(["Amt und Amt", "Kreis", "Stadtamt Amt"])
    (page,) = ours(data)
    page.words.remove(page.words[0])
    assert messages([page], data) == ["only pdfplumber saw 'Amt'"]


def test_five_words_of_each_side_are_named_and_the_others_counted() -> None:
    data = text_pdf([" ".join("abcdefgh")])
    (page,) = ours(data)
    page.words = [replace(word, text=word.text.upper()) for word in page.words]
    (message,) = messages([page], data)
    assert message == (
        "only pdfplumber saw 'a', 'b', 'c', 'd', 'e' and 3 more; only PDFium saw 'A', 'B', 'C', 'D', 'E' and 3 more"
    )


def test_a_word_in_pieces_is_no_disagreement() -> None:
    data = text_pdf(["Klimaschutz"])
    (page,) = ours(data)
    whole = page.words[0]
    middle = (whole.x0 + whole.x1) / 2
    page.words = [replace(whole, text="Klima", x1=middle), replace(whole, text="schutz", x0=middle)]
    assert messages([page], data) == []


def test_words_joined_are_no_disagreement() -> None:
    data = text_pdf(["Klima und Schutz"])
    (page,) = ours(data)
    page.words = [replace(page.words[0], text="KlimaundSchutz", x1=page.words[-1].x1)]
    assert messages([page], data) == []


def test_spelling_of_dashes_ligatures_and_soft_hyphens_is_no_disagreement() -> None:
    data = text_pdf(["finden", "2020-2030", "Nachbar"])
    (page,) = ours(data)
    for word, text in zip(page.words, ["\ufb01nden", "2020\u20132030", "Nach\u00adbar"], strict=True):
        word.text = text
    assert messages([page], data) == []


def test_turned_text_is_not_compared() -> None:
    data = text_pdf(LINES)
    (page,) = ours(data)
    turned = added(page, "ENTWURF")
    turned.words[-1].angle = 45.0
    assert messages([turned], data) == []


def test_words_from_a_picture_are_not_compared() -> None:
    data = text_pdf(LINES)
    (page,) = ours(data)
    scanned = added(page, "Stempel")
    scanned.words[-1].confidence = 0.9
    assert messages([scanned], data) == []


def test_a_missing_page_is_a_problem() -> None:
    data = text_pdf(LINES, LINES)
    assert messages(ours(data)[:1], data) == ["PDFium reads 1 pages, pdfplumber 2"]


def test_pages_without_text_agree() -> None:
    data = pdf("10 10 300 300 re S ")
    assert messages(ours(data), data) == []
    assert agreement(ours(data), data, "test.pdf") == 1.0


def test_a_witness_that_cannot_read_is_an_information() -> None:
    data = locked_pdf("secret")
    (problem,) = disagreements([], data, "test.pdf")
    assert (problem.code, problem.severity) == ("witness_failed", "info")


@hypothesis_settings(max_examples=25)
@given(st.lists(st.text("abcdefgäöü", min_size=1, max_size=8), min_size=1, max_size=12, unique=True), st.data())
def test_whichever_word_is_taken_away_is_named(words: list[str], data: st.DataObject) -> None:
    content = "".join(show(word, 50 + 170 * (at % 3), 700 - 30 * (at // 3)) for at, word in enumerate(words))
    written = pdf(content)
    (page,) = ours(written)
    lost = data.draw(st.sampled_from(page.words))
    page.words.remove(lost)
    assert messages([page], written) == [f"only pdfplumber saw '{lost.text}'"]


# --- the witness in the reading of a document


def codes(data: bytes, *, verify: bool = False) -> list[str]:
    options = Options(verify=verify, ocr="never")
    return [problem.code for problem in process_document(data, "test.pdf", options=options).problems]


def without(data: bytes, old: bytes, new: bytes) -> bytes:
    """A file of the same length in which one thing is wrong."""
    assert old in data
    return data.replace(old, new.ljust(len(old)), 1)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"/Root 1 0 R", b"/Root 9 0 R"),
        (b"/Pages 2 0 R", b"/Pagez 2 0 R"),
        (b"/Kids", b"/Kidz"),
        (b"/Count 2", b"/Count 3"),
        (b"1 0 obj", b"1 0 abj"),
    ],
)
def test_a_file_that_pdfium_cannot_read_is_read_by_the_witness(old: bytes, new: bytes) -> None:
    data = without(text_pdf(["Beschlussvorlage"], ["Anlage"]), old, new)
    with pytest.raises(DocumentError):
        ours(data)
    document = process_document(data, "test.pdf")
    assert (document.file.page_count, document.ledger.words) == (2, 2)
    assert document.status == "review"
    assert "second_reader" in [problem.code for problem in document.problems]


def test_a_file_with_a_catalogue_in_its_trailer_is_read_by_the_witness() -> None:
    data = text_pdf(LINES).replace(b"/Root 1 0 R", b"/Root << /Type /Catalog /Pages 2 0 R >>")
    assert "second_reader" in codes(data)


def test_a_file_without_pages_has_none_for_the_witness_either() -> None:
    with pytest.raises(NoPagesError, match=r"test\.pdf: the PDF has no pages"):
        process_document(Pdf().build(), "test.pdf")


@pytest.mark.parametrize("share", [0.5, 0.8, 0.95])
def test_a_cut_file_is_not_read_by_halves(share: float) -> None:
    data = text_pdf(*([f"Seite {number}"] for number in range(40)))
    with pytest.raises(DamagedPdfError, match="the end of the PDF is missing"):
        process_document(data[: int(share * len(data))], "test.pdf")


def unmapped_pdf() -> bytes:
    """A word whose letters each reader calls something else, beside one that both read."""
    made = Pdf()
    below = "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Z /CIDSystemInfo << /Registry (Adobe) "
    below += "/Ordering (Identity) /Supplement 0 >> >>"
    font = made.add(f"<< /Type /Font /Subtype /Type0 /BaseFont /Z /Encoding /Identity-H /DescendantFonts [{below}] >>")
    made.fonts += f" /X {font} 0 R"
    made.page(show("Vorlage", 100, 700) + "BT /X 12 Tf 100 600 Td <00050006> Tj ET")
    return made.build()


def test_verify_tells_what_only_one_reader_saw() -> None:
    document = process_document(unmapped_pdf(), "test.pdf", options=Options(verify=True, ocr="never"))
    (problem,) = (problem for problem in document.problems if problem.code == "witness_disagrees")
    assert problem.page == 1
    assert "only pdfplumber saw '(cid:5)(cid:6)'" in problem.message
    assert "Vorlage" not in problem.message
    assert document.status == "review"


def test_without_verify_the_witness_is_not_asked() -> None:
    assert "witness_disagrees" not in codes(unmapped_pdf())


def test_verify_has_nothing_to_tell_where_both_agree() -> None:
    assert not {code for code in codes(text_pdf(LINES), verify=True) if code.startswith("witness")}
