"""Lines -> text: paragraphs, items, hyphens."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.celltext import HARD_BREAK, join_words, leading_of, lined, prose, read_items
from extractors.lines import group_lines
from extractors.vocabulary import Vocabulary
from schemas.geometry import Part, Word

EMPTY = Vocabulary()


def words_of(*rows: tuple[float, float, str], page: int = 1, size: float = 10.0) -> list[Word]:
    """Words of rows (x, top, text), five points a character."""
    result = []
    for x, top, text in rows:
        for token in text.split(" "):
            result.append(Word(token, page, x, top, x + 5 * len(token), top + size, size))
            x += 5 * (len(token) + 1)
    return result


def part(*rows: tuple[float, float, str], width: float = 200, page: int = 1) -> Part:
    return Part(page, (0, 0, width, 500), words_of(*rows, page=page))


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("Zusammen-", "arbeit", "Zusammenarbeit"),
        ("Sprach-", "und Familienpatenschaften", "Sprach- und Familienpatenschaften"),
        ("Dach-", "bzw. Fassadenbegrünung", "Dach- bzw. Fassadenbegrünung"),
        ("Rendsburg-", "Eckernförde", "Rendsburg-Eckernförde"),
        ("2025-", "2027", "2025-2027"),
        ("CO2-", "arm", "CO2-arm"),
        ("E-", "bike", "E-bike"),
        ("KIT-", "netz", "KIT-netz"),
        ("Ausbildungsvorbereitung, -", "suche und -aufnahme", "Ausbildungsvorbereitung, -suche und -aufnahme"),
        ("ein Ort -", "ein Wort", "ein Ort - ein Wort"),
        ("Fortbildungen/", "Empowerment", "Fortbildungen/Empowerment"),
        ("Maß\u00ad", "nahme", "Maßnahme"),
        ("MASS-", "NAHMEN", "MASSNAHMEN"),
        ("HANDLUNGS-", "FELDER", "HANDLUNGSFELDER"),
        ("der", "Kreis", "der Kreis"),
    ],
)
def test_a_word_broken_at_the_line_end(left: str, right: str, expected: str) -> None:
    assert join_words(left, right, EMPTY) == expected


def test_the_documents_own_words_decide_about_a_hyphen() -> None:
    assert join_words("Klima-", "schutz", Vocabulary(["Klima-schutz"])) == "Klima-schutz"
    assert join_words("ENERGIE-", "PLAN", Vocabulary(["ENERGIE-PLAN,"])) == "ENERGIE-PLAN"


@given(
    st.lists(st.sampled_from(["Rad", "weg", "und", "Haus-", "Amt", "3.", "(neu)", "a/b", "–"]), min_size=1, max_size=12)
)
def test_joining_keeps_every_letter(tokens: list[str]) -> None:
    text = tokens[0]
    for token in tokens[1:]:
        text = join_words(text, token, EMPTY)
    letters = [c for c in "".join(tokens) if c not in "- "]
    assert [c for c in text if c not in "- "] == letters


def test_bullets_become_items_and_wrapped_lines_stay_with_them() -> None:
    items = read_items([part((5, 0, "- erste Sache"), (15, 12, "geht weiter"), (5, 24, "- zweite"))], EMPTY)
    assert [(item.level, item.text) for item in items] == [(1, "erste Sache geht weiter"), (1, "zweite")]


@pytest.mark.parametrize("mark", ["•", "\uf0b7", "–", "▪", "\uf0a7", "➢"])
def test_every_kind_of_mark_begins_an_item(mark: str) -> None:
    items = read_items([part((5, 0, f"{mark} eins"), (5, 12, f"{mark} zwei"))], EMPTY)
    assert [item.text for item in items] == ["eins", "zwei"]


def test_a_mark_glued_to_its_text_begins_an_item() -> None:
    assert [i.text for i in read_items([part((5, 0, "•eins"), (5, 12, "•zwei"))], EMPTY)] == ["eins", "zwei"]


def test_deeper_marks_are_deeper_levels() -> None:
    items = read_items([part((5, 0, "• oben"), (20, 12, "o unten"), (20, 24, "o auch"), (5, 36, "• wieder"))], EMPTY)
    assert [(i.level, i.text) for i in items] == [(1, "oben"), (2, "unten"), (2, "auch"), (1, "wieder")]


def test_numbers_are_marks_only_in_a_list() -> None:
    listed = read_items([part((5, 0, "1. planen"), (5, 12, "2. bauen"))], EMPTY)
    assert [i.text for i in listed] == ["planen", "bauen"]
    alone = read_items([part((5, 0, "3. Quartal 2026"))], EMPTY)
    assert [(i.level, i.text) for i in alone] == [(0, "3. Quartal 2026")]


def test_a_wider_gap_begins_a_paragraph() -> None:
    items = read_items([part((5, 0, "Jobcenter"), (5, 18, "Agentur für"), (5, 30, "Arbeit"))], EMPTY, 1.2)
    assert lined(items) == "Jobcenter\nAgentur für Arbeit"
    assert prose(items) == "Jobcenter Agentur für Arbeit"


def test_an_item_goes_on_over_a_page_break() -> None:
    parts = [part((5, 400, "- Informations- und")), part((15, 40, "Angebote schaffen"), (5, 52, "- neu"), page=2)]
    first = [*parts[:1]]
    assert [i.text for i in read_items(first, EMPTY)] == ["Informations- und"]
    assert [i.text for i in read_items(parts, EMPTY)] == ["Informations- und Angebote schaffen", "neu"]


def test_an_intro_line_left_of_the_items_begins_a_new_paragraph() -> None:
    rows = [(5, 0, "Vorher:"), (10, 12, "- eins und"), (20, 24, "mehr"), (5, 36, "Nachher:"), (10, 48, "- zwei")]
    items = read_items([part(*rows)], EMPTY)
    assert [(i.level, i.text) for i in items] == [(0, "Vorher:"), (1, "eins und mehr"), (0, "Nachher:"), (1, "zwei")]


def test_a_line_that_ends_early_is_a_hard_break() -> None:
    cell = part((5, 0, "Fachbereich 3"), (5, 12, "Vorsitz im Beirat des"), (5, 24, "Kreises"), width=120)
    (item,) = read_items([cell], EMPTY, hard_breaks=True)
    assert item.text == f"Fachbereich 3{HARD_BREAK}Vorsitz im Beirat des Kreises"


@pytest.mark.parametrize(
    ("above", "below", "expected"),
    [
        ("Gemeinschaftsschule", "n, Abschnitt 6", "Gemeinschaftsschulen, Abschnitt 6"),
        ("Gemeinschaftsschule", "und Eltern", "Gemeinschaftsschule und Eltern"),
        ("Gemeinschaft", "stärken", "Gemeinschaft stärken"),
    ],
)
def test_a_word_too_long_for_its_cell_is_one_word(above: str, below: str, expected: str) -> None:
    (item,) = read_items([part((4, 0, above), (4, 12, below), width=104)], Vocabulary())
    assert item.text == expected


def test_leading_is_the_usual_line_distance_in_font_sizes() -> None:
    lines = group_lines(words_of((0, 0, "a"), (0, 12, "b"), (0, 24, "c"), (0, 44, "d")))
    assert leading_of([lines]) == pytest.approx(1.2)


def test_lines_are_ordered_and_parted_at_wide_gaps() -> None:
    words = words_of((100, 0, "rechts"), (0, 0.6, "links"), (0, 12, "unten"))
    assert [line.text for line in group_lines(words)] == ["links rechts", "unten"]
    assert [line.text for line in group_lines(words, gap=1.0)] == ["links", "rechts", "unten"]


@given(st.permutations(words_of((0, 0, "ein Wort"), (0, 12, "noch zwei Worte"), (120, 12, "rechts"))))
def test_lines_do_not_depend_on_the_order_of_the_words(words: list[Word]) -> None:
    assert [line.text for line in group_lines(words)] == ["ein Wort", "noch zwei Worte rechts"]


def test_boxes_to_tick_on_one_line_are_no_bullets() -> None:
    (item,) = read_items([part((0, 0, "☐ 2026 ☒ 2027 ☐ 2028"))], Vocabulary())
    assert item.text == "☐ 2026 ☒ 2027 ☐ 2028"


UPWARDS = ((10.0, 60.0, "Älter"), (10.0, 20.0, "werden"), (24.0, 40.0, "heute"))
DOWNWARDS = ((24.0, 20.0, "Älter"), (24.0, 60.0, "werden"), (10.0, 40.0, "heute"))


@pytest.mark.parametrize(("angle", "places"), [(90.0, UPWARDS), (-90.0, DOWNWARDS)])
def test_turned_lines_are_read_in_their_direction(angle: float, places: tuple[tuple[float, float, str], ...]) -> None:
    turned = [Word(text, 1, x, y, x + 10, y + 30, 10, angle=angle) for x, y, text in places]
    assert prose(read_items([Part(1, (0, 0, 40, 100), turned)], Vocabulary())) == "Älter werden heute"


def test_a_word_behind_others_is_cut_where_its_rest_begins_as_no_word_does() -> None:
    cell = part((10, 10, "Kammer, Krei"), (10, 22, "shandwerkerschaft"), (10, 34, "und Vereine"), width=82)
    assert prose(read_items([cell], EMPTY)) == "Kammer, Kreishandwerkerschaft und Vereine"


def test_two_words_of_a_full_cell_stay_two() -> None:
    cell = part((10, 10, "die Stadtwerke"), (10, 22, "berichten dazu"), width=92)
    assert prose(read_items([cell], EMPTY)) == "die Stadtwerke berichten dazu"
