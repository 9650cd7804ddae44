"""Headers of plans, found by their words."""

from __future__ import annotations

import pytest

from extractors.heads import Head, find_heads
from extractors.lines import group_lines
from schemas.geometry import Fill, Page, Word
from tests.lines import level, page, row, upright

BODY = [
    row(100, (50, "Radwege bauen"), (200, "Mehr Menschen fahren Rad"), (400, "Bauamt"), (500, "2026")),
    row(130, (50, "Schulhof begrünen"), (200, "Der Hof ist kühler"), (400, "Schulamt"), (500, "2027")),
]


def heads(made: Page) -> list[Head]:
    return find_heads(made, group_lines(made.body))


def labels(made: Page) -> list[str]:
    (head,) = heads(made)
    return [label.text for label in head.labels]


HEADER = row(40, (50, "Maßnahme"), (200, "Ziel"), (400, "Zuständigkeit"), (500, "Zeitraum"), bold=True)


def test_a_line_of_labels_of_a_plan_is_a_header() -> None:
    assert labels(page(HEADER, *BODY)) == ["Maßnahme", "Ziel", "Zuständigkeit", "Zeitraum"]


def test_labels_closer_than_columns_usually_are_stay_apart() -> None:
    close = row(40, (50, "Maßnahme"), (95, "Ziel"), (400, "Zuständigkeit"), bold=True)
    assert labels(page(close, *BODY)) == ["Maßnahme", "Ziel", "Zuständigkeit"]


def test_an_upright_rule_parts_labels_that_nearly_touch() -> None:
    close = row(40, (50, "Maßnahme"), (92, "Ziel"), (400, "Zuständigkeit"), bold=True)
    assert labels(page(close, *BODY, rules=[upright(91, 30, 200)])) == ["Maßnahme", "Ziel", "Zuständigkeit"]


def test_a_label_of_two_lines_is_one() -> None:
    first = row(40, (50, "Maßnahme"), (200, "Ziel der"), (400, "Verantwortliche"), bold=True)
    second = row(52, (200, "Maßnahme"), (400, "Stelle"), bold=True)
    assert labels(page(first, second, *BODY)) == ["Maßnahme", "Ziel der Maßnahme", "Verantwortliche Stelle"]


def test_a_label_in_the_middle_of_taller_ones_is_of_the_same_header() -> None:
    upper, lower = row(36, (400, "Verantwortliche")), row(48, (400, "Stelle"))
    middle = row(42, (50, "Maßnahme"), (200, "Ziel"), (520, "Zeitraum"))
    assert labels(page(upper, middle, lower, *BODY)) == ["Maßnahme", "Ziel", "Verantwortliche Stelle", "Zeitraum"]


@pytest.mark.parametrize(
    "broken", [("Handlungsempfeh", "lung"), ("Handlungsempfeh-", "lung"), ("HANDLUNGSEMPFEH", "LUNG")]
)
def test_a_word_that_its_column_broke_is_whole(broken: tuple[str, str]) -> None:
    first = row(40, (50, broken[0]), (200, "Ziel"), (400, "Zuständigkeit"), bold=True)
    second = row(52, (50, broken[1]), bold=True)
    assert labels(page(first, second, *BODY))[0].casefold() == "handlungsempfehlung"


def grouped(x: float) -> Page:
    first = row(40, (50, "Maßnahme"), (200, "Ziel"), (x, "Umsetzung"), bold=True)
    second = row(55, (400, "Zuständigkeit"), (500, "Zeitraum"), bold=True)
    return page(first, second, *BODY)


@pytest.mark.parametrize("x", [400, 450, 452])
def test_a_label_above_two_others_names_a_group(x: float) -> None:
    (head,) = heads(grouped(x))
    assert [label.text for label in head.groups] == ["Umsetzung"]
    assert [label.text for label in head.labels] == ["Maßnahme", "Ziel", "Zuständigkeit", "Zeitraum"]


@pytest.mark.parametrize("x", [450, 476, 520])
def test_a_label_above_three_others_names_a_group(x: float) -> None:
    first = row(40, (50, "Maßnahme"), (200, "Ziel"), (x, "Umsetzung"), (650, "Anmerkung"), bold=True)
    second = row(55, (350, "Zuständigkeit"), (440, "Kosten"), (590, "Priorität"), bold=True)
    body = [row(80 + 20 * n, (50, "Radwege"), (200, "Mehr"), (350, "Bauamt"), (440, "viel")) for n in range(4)]
    (head,) = heads(page(first, second, *body))
    assert [label.text for label in head.groups] == ["Umsetzung"]
    assert [label.text for label in head.labels][2:] == ["Zuständigkeit", "Kosten", "Priorität", "Anmerkung"]


@pytest.mark.parametrize("leading", [12.0, 13.5, 14.0])
def test_a_label_in_the_middle_of_a_header_with_a_group_is_of_it(leading: float) -> None:
    lines = [
        row(40, (460, "Umsetzung"), bold=True),
        row(40 + leading, (50, "Maßnahme"), bold=True),
        row(40 + 2 * leading, (400, "Zuständigkeit"), (500, "Zeitraum"), bold=True),
    ]
    (head,) = heads(page(*lines, *BODY))
    assert [label.text for label in head.groups] == ["Umsetzung"]
    assert [label.text for label in head.labels] == ["Maßnahme", "Zuständigkeit", "Zeitraum"]


def test_a_group_stays_one_where_the_header_is_printed_again_below() -> None:
    upper, lower = [(480.0, "Umsetzung")], [(50.0, "Maßnahme"), (400.0, "Zuständigkeit"), (560.0, "Zeitraum")]
    again = [row(y, *texts, bold=True) for y, texts in ((240, upper), (254, lower), (340, upper), (354, lower))]
    head = heads(page(row(40, *upper, bold=True), row(54, *lower, bold=True), *BODY, *again))[0]
    assert [label.text for label in head.groups] == ["Umsetzung"]


def test_the_end_of_a_text_above_is_of_no_header() -> None:
    texts = [row(20, (200, "Der Hof wird")), row(31, (200, "im Sommer")), row(42, (200, "kühl"))]
    plain = row(60, (50, "Maßnahme"), (200, "Ziel"), (400, "Zuständigkeit"))
    assert labels(page(*texts, plain, *BODY)) == ["Maßnahme", "Ziel", "Zuständigkeit"]


def test_a_sign_that_its_column_broke_off_is_of_the_label() -> None:
    first, second = row(40, (50, "M-Nr"), (100, "Maßnahme"), (400, "Zuständigkeit")), row(52, (50, "."))
    assert labels(page(first, second, *BODY))[0] == "M-Nr."


def test_a_label_between_others_above_texts_of_its_own_is_a_column() -> None:
    first = row(40, (200, "Partner"), bold=True)
    second = row(46, (50, "Maßnahme"), (300, "Zuständigkeit"), (500, "Zeitraum"), bold=True)
    body = [row(70 + 20 * n, (50, "Radwege"), (200, "Vereine"), (300, "Bauamt"), (500, "2026")) for n in range(4)]
    assert labels(page(first, second, *body)) == ["Maßnahme", "Partner", "Zuständigkeit", "Zeitraum"]


def test_the_rest_of_a_stretched_label_is_no_column() -> None:
    spread = row(40, (50, "Maßnahme"), (200, "Ziel"), (400, "Kosten"), (445, "in €"), (500, "Zeitraum"), bold=True)
    assert labels(page(spread, *BODY)) == ["Maßnahme", "Ziel", "Kosten in €", "Zeitraum"]


def test_all_lines_in_the_shading_are_of_the_header() -> None:
    first = row(40, (50, "Maßnahme"), (200, "Ziel"), (400, "Zuständigkeit"))
    second = row(52, (400, "im Haus"))
    shade = Fill(45, 35, 560, 64, 0xCCCCCC)
    assert labels(page(first, second, *BODY, fills=[shade]))[2] == "Zuständigkeit im Haus"


@pytest.mark.parametrize("x", [50, 46])
def test_a_bold_heading_above_labels_that_are_not_is_of_no_header(x: float) -> None:
    heading = row(26, (x, "Wege und Plätze"), bold=True)
    light = row(40, (50, "Maßnahme"), (200, "Ziel"), (400, "Zuständigkeit"), (500, "Zeitraum"))
    made = page(heading, light, *BODY, rules=[level(20, 45, 560), level(54, 45, 560)])
    assert labels(made) == ["Maßnahme", "Ziel", "Zuständigkeit", "Zeitraum"]


def test_a_rule_closes_the_header_off() -> None:
    first = row(40, (50, "Maßnahme"), (200, "Ziel"), (400, "Zuständigkeit"))
    second = row(52, (400, "im Haus"))
    assert labels(page(first, second, *BODY, rules=[level(64, 45, 560)]))[2] == "Zuständigkeit im Haus"


@pytest.mark.parametrize(
    "line",
    [
        row(40, (50, "Zeitraum: 2026"), (200, "Kosten: 500 €"), (400, "Zuständigkeit: Bauamt")),
        row(40, (50, "Name"), (200, "Institution"), (400, "Anwesend"), bold=True),
        row(40, (50, "Die Maßnahme"), (200, "hat ein Ziel und eine Zuständigkeit im Rathaus der Stadt")),
        row(40, (50, "Maßnahme"), bold=True),
        row(40, (50, "Projektträger"), (200, "Beteiligte"), (400, "Zeitrahmen"), bold=True),
        row(40, (50, "Maßnahme:"), (200, "Verantwortung")),
        row(40, (50, "Projekt"), (200, "Aufbau eines Netzes Energie und Umsetzung")),
    ],
    ids=["boxes", "attendance", "sentence", "one-label", "boxes-of-a-form", "colon", "phrase"],
)
def test_other_lines_are_no_header(line: list[Word]) -> None:
    assert heads(page(line, *BODY)) == []
