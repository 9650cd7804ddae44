"""Printed values -> typed fields of records, beside the printed text. What cannot be read for sure stays None."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from extractors.values.amounts import read_cost
from extractors.values.periods import read_period
from extractors.values.states import read_priority, read_status
from extractors.values.targets import read_target

Values = dict[str, Any]
"""Name of a typed field -> its value, of the type that the record says."""

__all__ = ["MEASURE_VALUES", "indicator_values", "measure_values", "read_cost", "read_period", "read_priority"]

MEASURE_VALUES = {
    "period": (
        "period_start", "period_end", "period_open", "period_approximate", "period_times_per_year", "period_term",
        "period_months_min", "period_months_max",
    ),
    "cost": (
        "cost_min", "cost_max", "cost_per", "cost_approximate", "cost_kind", "staff_min", "staff_max",
    ),
    "priority": ("priority_level", "priority_rank", "priority_points", "priority_points_max"),
    "progress": ("progress_status", "progress_percent"),
}  # fmt: skip
"""Printed field of a measure -> the typed fields that are read from it, in the order of their readers."""
INDICATOR_VALUES = ("target_value", "target_max", "target_comparison", "target_unit", "target_per", "target_date")


def measure_values(texts: Mapping[str, str | None], columns: Mapping[str, str]) -> Values:
    """The typed fields of a measure from its printed ones; `columns` are its cells by header, for units in headers."""
    values: Values = {}
    for field, names in MEASURE_VALUES.items():
        text = texts.get(field)
        values |= zip(names, _read(field, text, columns), strict=True) if text else dict.fromkeys(names)
    return values


def indicator_values(text: str) -> Values:
    """The typed fields of an indicator from its text."""
    return dict(zip(INDICATOR_VALUES, asdict(read_target(text)).values(), strict=True))


def _read(field: str, text: str, columns: Mapping[str, str]) -> tuple[Any, ...]:
    if field == "progress":
        return read_status(text)
    if field == "cost":
        header = next((header for header, cell in columns.items() if cell == text), None)
        return tuple(asdict(read_cost(text, header)).values())
    return tuple(asdict((read_period if field == "period" else read_priority)(text)).values())
