"""Small lines above the titles of forms."""

from __future__ import annotations

import pytest

from schemas.records import Measure
from tests.test_designs import NAMES, OFFICES, YEARS, measures

STYLE = "<style>.k{{font-size:7pt;color:#777;margin:0}} h2{{font-size:13pt;margin:0}}</style>"
SHEET = f"""{STYLE}{{start}}<p class=k>{{kicker}}</p><h2>{{name}}</h2><table>
<tr><td><b>Verantwortlich</b></td><td>{{office}}</td></tr><tr><td><b>Zeitraum</b></td><td>{{year}}</td></tr>
<tr><td><b>Beschreibung</b></td><td>Die Stadt geht {{name}} an und berichtet im Ausschuss</td></tr></table>"""
NEW_PAGE = "<p style='page-break-before:always;margin:0'></p>"


def sheets(*kickers: str, start: str = "") -> list[Measure]:
    """What is read of a fact sheet below each kicker."""
    values = zip(kickers, NAMES, OFFICES, YEARS, strict=True)
    each = (SHEET.format(start=start, kicker=k, name=name, office=o, year=y) for k, name, o, y in values)
    return measures("".join(each))


COUNTED = [f"Projektblatt {n}" for n in range(1, 5)]
GROUPS = ["Mobilität", "Mobilität", "Wohnen im Ort", "Wohnen im Ort"]
UNEVEN = ["Mobilität", "Mobilität", "Mobilität", "Wohnen im Ort"]


@pytest.mark.parametrize("start", ["", NEW_PAGE], ids=["one page", "a page each"])
def test_a_kicker_that_counts_is_the_number(start: str) -> None:
    found = sheets(*COUNTED, start=start)
    assert [(m.number, m.measure, m.field_of_action) for m in found] == [
        (str(n), name, None) for n, name in enumerate(NAMES, 1)
    ]


@pytest.mark.parametrize("start", ["", NEW_PAGE], ids=["one page", "a page each"])
@pytest.mark.parametrize("groups", [GROUPS, UNEVEN], ids=["even", "uneven"])
def test_a_kicker_that_comes_back_names_the_field_of_action(start: str, groups: list[str]) -> None:
    found = sheets(*groups, start=start)
    assert [(m.measure, m.field_of_action) for m in found] == list(zip(NAMES, groups, strict=True))


@pytest.mark.parametrize("kickers", [["Steckbrief"] * 4, ["Anlage 3"] * 4], ids=["word", "number"])
def test_what_stands_above_all_titles_tells_nothing(kickers: list[str]) -> None:
    assert [(m.number, m.field_of_action) for m in sheets(*kickers, start=NEW_PAGE)] == [(None, None)] * 4
