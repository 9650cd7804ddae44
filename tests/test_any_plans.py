"""Tables of plans that are laid out at random."""

from __future__ import annotations

import ratsplan
from tests.layouts.any_plans import Design, design, plan_pdf


def wrong(made: Design) -> list[str]:
    """What differs between the measures read and those that the plan was made of."""
    plan = ratsplan.extract(plan_pdf(made)).plan
    measures = plan.measures if plan else []
    if len(measures) != len(made.rows):
        return [f"{len(measures)} of {len(made.rows)} measures"]
    found: list[str] = []
    for measure, row in zip(measures, made.rows, strict=True):
        if measure.field_of_action != row.field_of_action:
            found.append(f"field {measure.field_of_action!r}, not {row.field_of_action!r}")
        read = {label: " ".join(text.split()) for label, text in measure.columns.items()}
        for kind, text in row.texts.items():
            label = made.labels[kind]
            printed = read.get(label, read.get(f"Umsetzung {label}"))  # the label of its group stands above it
            found += [f"{label}: {printed!r}, not {text!r}"] if printed != text else []
    return found


def test_nine_of_ten_plans_are_exact_to_the_last_cell() -> None:
    failed = {seed: found[:3] for seed in range(60) if (found := wrong(design(seed)))}
    assert len(failed) <= 6, failed
