"""A plan of measures as a table: which columns it has, what they are called, and where the field of action stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal

from tests.layouts.records import Measure
from tests.layouts.sheets import Cell, Element, Grid, Look, NewPage, Para, Rules, Sheet, Text

LABELS = {
    "number": "Nr.",
    "field_of_action": "Handlungsfeld",
    "problem": "Problem",
    "measure": "Maßnahme",
    "indicators": "Indikatoren",
    "responsibility_text": "Zuständigkeit",
    "period": "Zeitraum",
    "cost": "Kosten",
    "goal": "Ziel",
    "description": "Beschreibung",
    "target_group": "Zielgruppe",
    "priority": "Priorität",
    "progress": "Status",
    "remark": "Bemerkung",
}
_WEIGHTS = {
    "number": 0.45,
    "indicators": 1.4,
    "measure": 1.3,
    "description": 1.5,
    "period": 0.8,
    "cost": 0.8,
    "responsibility_text": 1.3,
}


@dataclass
class TablePlan:
    """How a plan is set as a table."""

    columns: tuple[str, ...] = ("problem", "measure", "indicators", "responsibility_text")
    labels: dict[str, str] = field(default_factory=dict)
    spanned: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """A label of the upper header row -> the columns (neighbours) under it."""
    header: bool = True
    fields: Literal["heading", "band", "column", "none"] = "heading"
    rules: Rules = "grid"
    repeat_header: bool = False
    span_problem: bool = True
    turned: tuple[str, ...] = ()
    """Columns whose header is turned by 90 degrees."""
    row_gap: float = 0.0
    keep_rows: bool = False
    mixed: bool = False
    """Every second field of action stands on pages of the other orientation."""
    weights: dict[str, float] = field(default_factory=dict)
    title: str = "Aktionsplan Beispielstadt"

    def label(self, column: str) -> str:
        return self.labels.get(column, LABELS[column])

    def key(self, column: str) -> str:
        """The label of a column in the records: with the one above it."""
        above = next((upper for upper, columns in self.spanned.items() if column in columns), None)
        return f"{above} {self.label(column)}" if above else self.label(column)


def sheet_of(plan: list[Measure], design: TablePlan, look: Look) -> Sheet:
    elements: list[Element] = [
        Text("title", Para(design.title)),
        Text("body", Para("Der Rat hat die Verwaltung beauftragt, die folgenden Schritte umzusetzen.")),
    ]
    if design.fields != "heading":
        return Sheet(look, [*elements, _grid(plan, design, look)])
    for number, (name, part) in enumerate(groupby(plan, key=lambda measure: measure.field_of_action)):
        if design.mixed and number:
            elements.append(NewPage(wide=look.wide != bool(number % 2)))
        elements += [Text("heading", Para(name)), _grid(list(part), design, look)]
    return Sheet(look, elements)


def _grid(plan: list[Measure], design: TablePlan, look: Look) -> Grid:
    rows: list[list[Cell]] = _header(design) if design.header else []
    header_rows = len(rows)
    body: list[list[Cell]] = []
    for name, part in groupby(plan, key=lambda measure: measure.field_of_action):
        measures = list(part)
        if design.fields == "band":
            body.append([Cell([Para(name, bold=True)], cols=len(design.columns), shade=True)])
        body += _rows(measures, design, look)
    weights = _WEIGHTS | design.weights
    widths = [weights.get(column, 1.0) for column in design.columns]
    return Grid(
        rows + body,
        [width / sum(widths) for width in widths],
        header_rows,
        design.repeat_header,
        design.rules,
        row_gap=design.row_gap,
        keep_rows=design.keep_rows,
    )


def _header(design: TablePlan) -> list[list[Cell]]:
    if not design.spanned:
        return [[_label(design, column, 1) for column in design.columns]]
    upper: list[Cell] = []
    lower: list[Cell] = []
    for column in design.columns:
        above = next((label for label, columns in design.spanned.items() if column in columns), None)
        if above is None:
            upper.append(_label(design, column, 2))
            continue
        if design.spanned[above][0] == column:
            upper.append(Cell([Para(above, bold=True)], cols=len(design.spanned[above]), shade=True))
        lower.append(_label(design, column, 1))
    return [upper, lower]


def _label(design: TablePlan, column: str, rows: int) -> Cell:
    return Cell([Para(design.label(column), bold=True)], rows=rows, shade=True, turned=column in design.turned)


def _rows(plan: list[Measure], design: TablePlan, look: Look) -> list[list[Cell]]:
    """The rows of one field of action; cells of shared problems, and of the field, span rows where rules are drawn."""
    ruled = design.rules in ("grid", "inner")
    rows: list[list[Cell]] = []
    open_problem: Cell | None = None
    for number, measure in enumerate(plan):
        row: list[Cell] = []
        shared = number > 0 and plan[number - 1].problem == measure.problem
        for column in design.columns:
            if column == "field_of_action" and design.fields == "column" and ruled:
                if number == 0:
                    row.append(Cell([Para(measure.field_of_action)], rows=len(plan)))
            elif column == "problem" and design.span_problem and ruled and shared and open_problem is not None:
                open_problem.rows += 1
            else:
                row.append(Cell(_paras(measure, column, look)))
                open_problem = row[-1] if column == "problem" else open_problem
        rows.append(row)
    return rows


def _paras(measure: Measure, column: str, look: Look) -> list[Para]:
    if column != "indicators":
        text = measure.printed(column)
        return [Para(text)] if text else []
    if look.bullets is None:
        return [Para(" ".join(indicator.text for indicator in measure.indicators))]
    paras: list[Para] = []
    group: str | None = None
    for indicator in measure.indicators:
        if indicator.group is not None and indicator.group != group:
            paras.append(Para(f"{indicator.group}:", level=1))
        group = indicator.group
        paras.append(Para(indicator.text, level=2 if group else 1))
    return paras
