"""LocalZero monitoring (https://github.com/GermanZero-de/localzero-monitoring): fields and measures as a tree of tasks.

The file is a Django fixture for `manage.py loaddata`. Fields and their limits are those of the model `cpmonitor.Task`
(cpmonitor/models.py; a filled example is e2e_tests/database/test_database.json): `title` at most 255 characters,
`slugs` made of the titles as `django.utils.text.slugify` makes them and unique in a city, `execution_status` 0 unknown,
2 as planned, 4 complete, 6 delayed, 8 failed. The tree is django-treebeard's MP_Node: `path` has four characters of
0-9A-Z a level, `numchild` counts children (https://django-treebeard.readthedocs.io/en/latest/mp_tree.html).
Descriptions are Markdown. All tasks are drafts, so that nothing is published unseen.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from pipeline.exporters import Settings, number_of
from pipeline.exporters.texts import as_markdown, cut, names, one_line, sections, title_of
from schemas.records import Document, Measure, ProgressStatus

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_STEP = 4
_FIELD_LENGTH, _TITLE_LENGTH, _TEASER_LENGTH = 90, 150, 200
"""Characters of titles, and of the slug of a field."""
_SLUGS_LENGTH = 245
"""Characters of `field/measure`: 255, less what the number of a title that is there twice may need."""
_STATUS: dict[ProgressStatus, int] = {
    "planned": 2,
    "in_progress": 2,
    "ongoing": 2,
    "partly_done": 2,
    "done": 4,
    "delayed": 6,
    "paused": 6,
    "dropped": 8,
}
_NO_FIELD = "Ohne Handlungsfeld"


def export(documents: Iterable[Document], settings: Settings) -> str:
    """A task for each field of action, with one for each of its measures below it.

    `city` is the primary key of the city, `root` the number of the first free root of its tree.
    """
    city, root = number_of(settings, "city"), number_of(settings, "root")
    tasks: list[dict[str, Any]] = []
    slugs: set[str] = set()
    for document in documents:
        for field, measures in _by_field(document).items():
            parent = _task(city, _path(root), cut(one_line(field), _FIELD_LENGTH), "", slugs)
            parent["fields"]["numchild"] = len(measures)
            tasks.append(parent)
            for number, measure in enumerate(measures, start=1):
                path = parent["fields"]["path"] + _path(number)
                task = _task(city, path, cut(title_of(measure), _TITLE_LENGTH), parent["fields"]["slugs"] + "/", slugs)
                task["fields"] |= _content(measure)
                tasks.append(task)
            root += 1
    return json.dumps(tasks, indent=1, ensure_ascii=False) + "\n"


def _by_field(document: Document) -> dict[str, list[Measure]]:
    fields: dict[str, list[Measure]] = {}
    for measure in document.plan.measures if document.plan else []:
        fields.setdefault(measure.field_of_action or _NO_FIELD, []).append(measure)
    return fields


def _path(number: int) -> str:
    """A number as a step of a path: four digits to the base of 36."""
    digits = ""
    while number:
        number, digit = divmod(number, len(_DIGITS))
        digits = _DIGITS[digit] + digits
    return digits.rjust(_STEP, _DIGITS[0])


def _task(city: int, path: str, title: str, parent: str, slugs: set[str]) -> dict[str, Any]:
    """A task with the fields that all have; a title whose slug is taken gets a number."""
    while len(parent + slugify(title)) > (_SLUGS_LENGTH if parent else _FIELD_LENGTH):  # a letter may become several
        title = title[:-1]
    first, number = title, 1
    while parent + slugify(title) in slugs or not slugify(title):
        number += 1
        title = f"{first} ({number})"
    slugs.add(parent + slugify(title))
    return {
        "model": "cpmonitor.task",
        "pk": None,
        "fields": {
            "path": path,
            "depth": len(path) // _STEP,
            "numchild": 0,
            "city": city,
            "draft_mode": True,
            "source": 0,
            "frontpage": False,
            "title": title,
            "teaser": "",
            "description": "",
            "planned_start": None,
            "planned_completion": None,
            "responsible_organ": "",
            "plan_assessment": "",
            "execution_status": 0,
            "execution_justification": "",
            "execution_completion": None,
            "slugs": parent + slugify(title),
        },
    }


def _content(measure: Measure) -> dict[str, Any]:
    """What a task says of its measure, from the records."""
    parts = [("Maßnahme", [measure.measure])] if measure.measure else []
    told = [
        f"**{label}:** " + as_markdown(one_line(lines[0]))
        if len(lines) == 1
        else f"**{label}:**\n\n" + "\n".join(f"- {as_markdown(one_line(line))}" for line in lines)
        for label, lines in [*parts, *sections(measure)]
        if label != "Verantwortlich"
    ]
    responsible = names(measure.responsibilities, "responsible")
    others = names(measure.responsibilities, "supporting", "advisory", "funding")
    organ = "; ".join(responsible) + (f" (beteiligt: {'; '.join(others)})" if others else "")
    return {
        "teaser": cut(title_of(measure), _TEASER_LENGTH),
        "description": "\n\n".join(told),
        "planned_start": measure.period_start.isoformat() if measure.period_start else None,
        "planned_completion": measure.period_end.isoformat() if measure.period_end else None,
        "responsible_organ": one_line(organ) or one_line(measure.responsibility_text or ""),
        "execution_status": _STATUS.get(measure.progress_status, 0) if measure.progress_status else 0,
        "execution_justification": as_markdown(one_line(measure.progress or "")),
        "execution_completion": measure.progress_percent,
    }


def slugify(text: str) -> str:
    """A title as Django makes a slug of it: ASCII letters, digits, underscores and hyphens (django.utils.text)."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", ascii_text.lower())).strip("-_")
