"""Captions above the tables of a plan."""

from __future__ import annotations

import pytest

from schemas.records import Plan
from tests.test_designs import NAMES, OFFICES, YEARS, document

HEADER = "<tr><td><b>Maßnahme</b></td><td><b>Zuständigkeit</b></td><td><b>Zeitraum</b></td></tr>"
GRID = "<style>td{border:1px solid} .c{font-style:italic}</style><h1>Leitlinien und Maßnahmen</h1>"


def tables(*captions: str, heading: str = "") -> Plan:
    """What is read of a plan with a table of measures below each caption."""
    values = zip(NAMES, OFFICES, YEARS, strict=True)
    rows = "".join(f"<tr><td>{name}</td><td>{office}</td><td>{year}</td></tr>" for name, office, year in values)
    body = (
        f"{heading}<p class=c>{caption}</p><table>{HEADER}{rows}</table><p>Quelle: Stadt</p>" for caption in captions
    )
    plan = document(GRID + "".join(body)).plan
    assert plan is not None
    return plan


def fields(plan: Plan) -> list[str | None]:
    return list(dict.fromkeys(measure.field_of_action for measure in plan.measures))


@pytest.mark.parametrize("label", ["", "Maßnahmen im Bereich ", "Maßnahmen im Handlungsfeld "])
def test_captions_that_differ_name_the_fields_of_action(label: str) -> None:
    plan = tables(f"Tabelle 1: {label}Verkehr", f"Tabelle 2: {label}Wohnen und Bauen")
    assert fields(plan) == ["Verkehr", "Wohnen und Bauen"]


def test_a_caption_with_a_label_names_the_field_of_action_below_a_heading_as_well() -> None:
    plan = tables("Tabelle 1: Maßnahmen im Handlungsfeld Verkehr", heading="<h2>Was wir tun wollen</h2>")
    assert fields(plan) == ["Verkehr"]


def test_captions_below_headings_name_no_field_of_action_without_a_label() -> None:
    captions = ("Tabelle 1: Schritte des ersten Jahres", "Tabelle 2: Schritte danach")
    assert fields(tables(*captions, heading="<h2>Wohnen und Bauen</h2>")) == ["Wohnen und Bauen"]


@pytest.mark.parametrize("captions", [("Tabelle 1: Maßnahmen",), ("Tabelle 1: Stand 2024", "Tabelle 2: Stand 2025")])
def test_captions_that_tell_no_more_than_the_year_name_no_field_of_action(captions: tuple[str, ...]) -> None:
    assert fields(tables(*captions)) == [None]
