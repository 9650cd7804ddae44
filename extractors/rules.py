"""Horizontal rules that are drawn in pieces, cell by cell or column by column."""

from __future__ import annotations

from collections.abc import Iterable

from schemas.geometry import Rule

_TOUCH = 1.0
"""Points between two pieces of one rule, at most."""


def joined_rules(rules: Iterable[Rule]) -> list[Rule]:
    """The horizontal ones of some rules; those that are drawn cell by cell are one."""
    joined: list[Rule] = []
    for rule in sorted((r for r in rules if r.horizontal), key=lambda r: (round(_height(r)), r.x0)):
        last = joined[-1] if joined else None
        if last is not None and round(_height(last)) == round(_height(rule)) and rule.x0 <= last.x1 + _TOUCH:
            joined[-1] = Rule(last.x0, last.top, max(last.x1, rule.x1), last.bottom)
        else:
            joined.append(rule)
    return joined


def rule_widths(rules: Iterable[Rule], x0: float, x1: float) -> dict[int, float]:
    """Height, in whole points -> the width from `x0` to `x1` that horizontal rules cover there, together."""
    widths: dict[int, float] = {}
    for rule in (rule for rule in rules if rule.horizontal):
        at = round(_height(rule))
        widths[at] = widths.get(at, 0.0) + rule.width_within(x0, x1)
    return widths


def _height(rule: Rule) -> float:
    return (rule.top + rule.bottom) / 2
