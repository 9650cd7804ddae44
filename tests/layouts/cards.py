"""A plan of measures as "Steckbriefe": one labelled box after another, one form a measure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tests.layouts.records import Measure
from tests.layouts.score import Wanted, wanted_of
from tests.layouts.sheets import Cell, Element, Grid, Look, NewPage, Para, Rules, Sheet, Text

_LABELS = {
    "number": "Nr.",
    "field_of_action": "Handlungsfeld",
    "description": "Beschreibung",
    "goal": "Zielsetzung",
    "target_group": "Zielgruppe",
    "indicators": "Erfolgsindikatoren",
    "responsibility_text": "Zuständigkeit",
    "period": "Zeitrahmen",
    "cost": "Kosten",
    "priority": "Priorität",
}
_REPORTS = {"Sachstand 2015/2016": "Im ersten Jahr begonnen.", "Sachstand 2017/2018": "Wird im Jahr 2019 fortgeführt."}


@dataclass
class CardPlan:
    """How a plan is set as forms."""

    style: Literal["left", "above", "lines"] = "left"
    boxes: tuple[str, ...] = (
        "field_of_action",
        "description",
        "target_group",
        "indicators",
        "responsibility_text",
        "period",
    )
    titled: bool = True
    """The measure is the title of its form; else it stands in a box of its own, labelled "Maßnahme"."""
    reports: bool = False
    own_page: bool = False
    rules: Rules = "grid"


def sheet_of(plan: list[Measure], design: CardPlan, look: Look) -> Sheet:
    elements: list[Element] = [Text("title", Para("Maßnahmenkatalog Klimaschutz"))]
    for number, measure in enumerate(plan):
        if design.own_page and number:
            elements.append(NewPage())
        elements += {"left": _left, "above": _above, "lines": _lines}[design.style](measure, design)
    return Sheet(look, elements)


def wanted(plan: list[Measure], design: CardPlan) -> list[Wanted]:
    keys = {name: _LABELS[name] for name in design.boxes}
    entries = [wanted_of(m, keys, field_known="field_of_action" in keys, listed=design.style != "lines") for m in plan]
    for entry in entries:
        entry.update({f"column {label}": text for label, text in _REPORTS.items() if design.reports})
    return entries


def _entries(measure: Measure, design: CardPlan) -> list[tuple[str, list[Para]]]:
    """Label and text of each box, in order."""
    found = [] if design.titled else [("Maßnahme", [Para(measure.measure)])]
    for name in design.boxes:
        if name != "indicators":
            found.append((_LABELS[name], [Para(measure.printed(name))]))
        elif design.style == "lines":
            found.append((_LABELS[name], [Para(" ".join(i.text for i in measure.indicators))]))
        else:
            found.append((_LABELS[name], [Para(indicator.text, level=1) for indicator in measure.indicators]))
    if design.reports:
        found += [(label, [Para(text)]) for label, text in _REPORTS.items()]
    return found


def _left(measure: Measure, design: CardPlan) -> list[Element]:
    title = [Cell([Para(measure.measure, bold=True)], cols=2, shade=True)]
    rows = [[Cell([Para(label, bold=True)]), Cell(paras)] for label, paras in _entries(measure, design)]
    return [Grid([title, *rows] if design.titled else rows, [0.28, 0.72], 0, rules=design.rules)]


def _above(measure: Measure, design: CardPlan) -> list[Element]:
    title = [Cell([Para(measure.measure, bold=True)], cols=2, shade=True)]
    boxes = [Cell([Para(label, bold=True), *paras]) for label, paras in _entries(measure, design)]
    if len(boxes) % 2:
        boxes[-1].cols = 2
    rows = [boxes[start : start + 2] for start in range(0, len(boxes), 2)]
    return [Grid([title, *rows] if design.titled else rows, [0.5, 0.5], 0, rules=design.rules)]


def _lines(measure: Measure, design: CardPlan) -> list[Element]:
    texts: list[Element] = [Text("heading", Para(measure.measure))] if design.titled else []
    return texts + [Text("body", Para(paras[0].text, label=f"{label}:")) for label, paras in _entries(measure, design)]
