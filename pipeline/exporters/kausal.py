"""Kausal Watch (https://github.com/kausaltech/kausal-watch): actions with their responsible parties.

The names are those of `ActionSerializer` in actions/api.py, which `POST /v1/plan/<id>/actions/` reads: `identifier`
unique in a plan, `name`, `official_name`, `description` (HTML), `start_date`, `end_date`, `completion` in percent. A
responsible party maps `organization` to a number and `role` to `primary`, `collaborator` or null, each organization
once in an action (`ActionResponsiblePartySerializer`, `ActionResponsibleParty.Role`). `status` and
`implementation_phase` are told by the identifiers that every plan begins with (actions/defaults.py). Numbers of
organizations, categories and phases exist only in an installation: they point into the lists of this file, which an
import looks up or makes by their names, as the commands in actions/management/commands do.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from pipeline.exporters import Settings
from pipeline.exporters.texts import ROLES, as_html, cut, one_line, sections, title_of
from schemas.records import Document, Measure, ProgressStatus, Role

_NAME_LENGTH, _IDENTIFIER_LENGTH = 1000, 50
_PHASES: dict[ProgressStatus, str] = {
    "open": "not_started",
    "planned": "planning",
    "in_progress": "implementation",
    "ongoing": "implementation",
    "partly_done": "implementation",
    "done": "completed",
}
_STATUSES: dict[ProgressStatus, str] = {"delayed": "late", "paused": "cancelled", "dropped": "cancelled"}
_ROLES: dict[Role, str | None] = {
    "responsible": "primary",
    "supporting": "collaborator",
    "advisory": None,
    "funding": None,
}
CATEGORY_TYPE = "handlungsfeld"


def export(documents: Iterable[Document], settings: Settings) -> str:
    """The plans with organizations, categories and actions."""
    return json.dumps({"plans": [_plan(d) for d in documents if d.plan]}, indent=1, ensure_ascii=False) + "\n"


def _plan(document: Document) -> dict[str, Any]:
    measures = document.plan.measures if document.plan else []
    actors = dict.fromkeys(entry.actor_id for measure in measures for entry in measure.responsibilities)
    numbers = {actor: number for number, actor in enumerate(actors, start=1)}
    names = {entry.actor_id: entry for measure in measures for entry in measure.responsibilities}
    fields = dict.fromkeys(measure.field_of_action for measure in measures if measure.field_of_action)
    categories = {field: number for number, field in enumerate(fields, start=1)}
    title = (document.plan.title if document.plan else None) or document.file.name
    return {
        "identifier": document.document_id,
        "name": one_line(title),
        "primary_language": "de",
        "organizations": [
            {
                "id": number,
                "name": one_line(names[actor].actor),
                "abbreviation": one_line(names[actor].abbreviation or ""),
                "identifier": actor,
            }
            for actor, number in numbers.items()
        ],
        "category_types": [
            {
                "identifier": CATEGORY_TYPE,
                "name": "Handlungsfeld",
                "categories": [
                    {"id": number, "identifier": str(number), "name": one_line(field)}
                    for field, number in categories.items()
                ],
            }
        ],
        "actions": [
            _action(measure, order, numbers, categories.get(measure.field_of_action or ""))
            for order, measure in enumerate(measures)
        ],
    }


def _action(measure: Measure, order: int, numbers: dict[str, int], category: int | None) -> dict[str, Any]:
    status = measure.progress_status
    return {
        "identifier": measure.measure_id[-_IDENTIFIER_LENGTH:].lstrip("-"),
        "name": cut(title_of(measure), _NAME_LENGTH),
        "official_name": title_of(measure),
        "description": as_html([part for part in sections(measure) if part[0] != "Verantwortlich"]),
        "start_date": measure.period_start.isoformat() if measure.period_start else None,
        "end_date": measure.period_end.isoformat() if measure.period_end else None,
        "completion": measure.progress_percent,
        "status": _STATUSES.get(status) if status else None,
        "implementation_phase": _PHASES.get(status) if status else None,
        "manual_status_reason": one_line(measure.progress or ""),
        "categories": {CATEGORY_TYPE: [category]} if category else {},
        "responsible_parties": _parties(measure, numbers),
        "order": order,
    }


def _parties(measure: Measure, numbers: dict[str, int]) -> list[dict[str, Any]]:
    """Each organization once, with the first of its roles in the order of Kausal's; what it does as `specifier`."""
    ranked = sorted(measure.responsibilities, key=lambda entry: list(_ROLES).index(entry.role))
    parties: dict[str, dict[str, Any]] = {}
    for entry in ranked:
        specifier = "" if _ROLES[entry.role] else ROLES[entry.role]
        party = {"organization": numbers[entry.actor_id], "role": _ROLES[entry.role], "specifier": specifier}
        parties.setdefault(entry.actor_id, party)
    return list(parties.values())
