"""Words outside tables become headings, paragraphs and items, in the order in which a reader takes them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extractors.blocks import find_blocks, read_columns
from extractors.grid import find_tables
from extractors.page import open_pdf
from schemas.geometry import Block, BlockKind, Mark, Page, Word
from tests.paper_sheets import LOREM, Sheet


def page_of(sheet: Sheet) -> Page:
    with open_pdf(sheet.pdf(), "blocks.pdf") as pdf:
        return next(iter(pdf.pages()))


def blocks(sheet: Sheet, body_size: float | None = None) -> list[Block]:
    page = page_of(sheet)
    return find_blocks(page, find_tables(page), body_size)


def text(block: Block) -> str:
    return " ".join(line.text for line in block.lines)


def texts(sheet: Sheet) -> list[str]:
    return [text(block) for block in blocks(sheet)]


def prose() -> Sheet:
    """A sheet with enough text to tell what the usual size is."""
    sheet = Sheet()
    sheet.paragraph(60, 600, LOREM)
    return sheet


def test_wrapped_paragraph_is_one_block() -> None:
    sheet = Sheet()
    sheet.paragraph(60, 100, LOREM)
    assert texts(sheet) == [LOREM]


def test_paragraphs_part_at_a_bigger_gap() -> None:
    sheet = Sheet()
    y = sheet.paragraph(60, 100, LOREM)
    sheet.paragraph(60, y + 6, LOREM)
    assert texts(sheet) == [LOREM, LOREM]


def test_paragraphs_part_at_an_indented_first_line() -> None:
    sheet = Sheet()
    lines = ["Der Kreistag hat die Richtlinie über die Vergabe", "der Mittel geändert und die Verwaltung gebeten"]
    for number in range(2):
        sheet.text(80, 100 + number * 28, lines[0])
        sheet.text(60, 114 + number * 28, lines[1])
    assert texts(sheet) == [" ".join(lines)] * 2


def test_paragraphs_part_where_a_sentence_ends_early_on_its_line() -> None:
    sheet = Sheet()
    sheet.text(60, 100, "Der Ausschuss hat die Vorlage in seiner Sitzung im Mai beraten und")
    sheet.text(60, 114, "angenommen.")
    sheet.text(60, 128, "Die Verwaltung hat danach die Angebote eingeholt und sie geprüft.")
    assert [len(block.lines) for block in blocks(sheet)] == [2, 1]


def test_bold_short_line_is_a_heading() -> None:
    sheet = prose()
    sheet.bold(60, 100, "Sachverhalt")
    sheet.text(60, 114, "Der Weg ist gesperrt.")
    first, second, *_ = blocks(sheet)
    assert (first.kind, text(first)) == (BlockKind.HEADING, "Sachverhalt")
    assert (second.kind, text(second)) == (BlockKind.PARAGRAPH, "Der Weg ist gesperrt.")


def test_larger_line_is_a_heading_even_if_light() -> None:
    sheet = prose()
    sheet.text(60, 100, "Aktionsplan", 16)
    assert blocks(sheet)[0].kind is BlockKind.HEADING


def test_two_lines_of_a_large_title_are_one_heading() -> None:
    sheet = prose()
    sheet.bold(60, 100, "Aktionsplan für mehr Grün in der", 16)
    sheet.bold(60, 119, "Stadt und auf dem Land", 16)
    assert text(blocks(sheet)[0]) == "Aktionsplan für mehr Grün in der Stadt und auf dem Land"


def test_bold_sentence_is_no_heading() -> None:
    sheet = prose()
    sheet.bold(60, 100, "Der Antrag wird abgelehnt.")
    assert blocks(sheet)[0].kind is BlockKind.PARAGRAPH


def test_bold_tells_nothing_on_a_bold_page() -> None:
    sheet = Sheet()
    sheet.bold(60, 100, "Alle Zeilen dieser Seite sind fett gedruckt und")
    sheet.bold(60, 114, "keine ist deshalb eine Überschrift")
    assert [block.kind for block in blocks(sheet)] == [BlockKind.PARAGRAPH]


def test_bullets_begin_items_and_wrapped_lines_stay_with_them() -> None:
    sheet = Sheet()
    sheet.text(60, 100, "Vorgesehen sind:")
    sheet.text(70, 114, "- der Bau eines Radwegs entlang der Straße")
    sheet.text(78, 128, "nach Moorbek")
    sheet.text(70, 142, "- eine Brücke")
    found = blocks(sheet)
    assert [block.kind for block in found] == [BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.ITEM]
    assert text(found[1]) == "- der Bau eines Radwegs entlang der Straße nach Moorbek"


def test_numbered_items() -> None:
    sheet = Sheet()
    for number in range(3):
        sheet.text(60, 100 + 14 * number, f"{number + 1}. Standort am Bahnhof")
    assert [block.kind for block in blocks(sheet)] == [BlockKind.ITEM] * 3


def test_number_at_a_line_start_inside_a_sentence_is_no_item() -> None:
    sheet = Sheet()
    sheet.text(60, 100, "Die erste Beratung findet nach Auskunft der Leitung am")
    sheet.text(60, 114, "5. Dezember im Rathaus der Gemeinde in Moorbek statt")
    assert len(blocks(sheet)) == 1


def test_dash_at_a_line_start_inside_a_sentence_is_no_item() -> None:
    sheet = Sheet()
    sheet.text(60, 100, "Der Plan hat den Titel Maßnahmen, die alle Menschen verbinden")
    sheet.text(60, 114, "– ein Konzept für echte Gleichheit und für Vielfalt im ganzen")
    assert len(blocks(sheet)) == 1


def test_columns_of_a_head_are_not_fused() -> None:
    sheet = Sheet()
    pairs = [("VO/2025/1", "Vorlage"), ("öffentlich", "Datum: 1.2.2025"), ("FD 1", "Frau A")]
    for number, (left, right) in enumerate(pairs):
        sheet.text(60, 100 + 17 * number, left)
        sheet.text(300, 100 + 17 * number, right)
    assert all(block.box[2] < 300 or block.box[0] >= 299 for block in blocks(sheet))


def test_two_columns_of_prose_are_read_one_after_the_other() -> None:
    sheet = Sheet()
    sheet.bold(60, 70, "Ein Titel, der über beide Spalten des Textes reicht und nicht zu ihnen gehört", 12)
    sheet.paragraph(60, 100, LOREM, 210)
    sheet.paragraph(310, 100, "Rechts " + LOREM, 210)
    assert texts(sheet)[1:] == [LOREM, "Rechts " + LOREM]


def test_three_columns() -> None:
    sheet = Sheet()
    for column, x in enumerate((60, 230, 400)):
        sheet.paragraph(x, 100, f"Spalte {column} " + LOREM[:92], 140)
    assert [found[:8] for found in texts(sheet)] == ["Spalte 0", "Spalte 1", "Spalte 2"]


def test_wide_blanks_of_justified_lines_are_no_columns() -> None:
    sheet = Sheet()
    sheet.text(60, 100, "Zur")
    sheet.text(96, 100, "Umsetzung ist ein Konzept nötig, das die Verwaltung erstellt")
    sheet.text(60, 114, "und der Rat beschließt, bevor die Mittel freigegeben werden")
    assert len(blocks(sheet)) == 1


def test_words_of_tables_are_left_out() -> None:
    sheet = prose()
    sheet.grid(60, 100, [100, 100], [["Nr.", "Name"], ["1", "Lageplan"]])
    assert texts(sheet) == [LOREM]


def test_furniture_is_left_out() -> None:
    foot = Word("Seite", 1, 60, 800, 90, 810, 8, mark=Mark.FOOT)
    page = Page(1, 595, 842, [foot, Word("Text", 1, 60, 100, 90, 110, 10)])
    assert [text(block) for block in find_blocks(page, [])] == ["Text"]


def test_turned_words_come_last() -> None:
    page = Page(
        1,
        595,
        842,
        [Word("quer", 1, 20, 50, 30, 90, 10, angle=90.0), Word("gerade", 1, 60, 300, 99, 310, 10)],
    )
    assert [text(block) for block in find_blocks(page, [])] == ["gerade", "quer"]


def test_empty_page_has_no_blocks() -> None:
    assert find_blocks(Page(1, 595, 842), []) == []


WORDS = st.lists(
    st.builds(
        lambda text, x, y, size, bold: Word(text, 1, x, y, x + 5.0 * len(text), y + size, size, bold),
        st.sampled_from(["Rat", "-", "1.", "Ende.", "Anlage:", "sehrlangesWort", "o"]),
        st.floats(0, 560),
        st.floats(0, 800),
        st.floats(4, 20),
        st.booleans(),
    ),
    max_size=40,
)


@given(WORDS)
def test_no_word_is_lost_or_doubled(words: list[Word]) -> None:
    found = [word for block in find_blocks(Page(1, 595, 842, words), []) for word in block.words]
    assert sorted(map(id, found)) == sorted(map(id, words))


@given(WORDS.filter(bool))
def test_lines_of_a_column_go_down(words: list[Word]) -> None:
    for column in read_columns(words):
        middles = [line.top + line.bottom for line in column]
        assert middles == sorted(middles)
