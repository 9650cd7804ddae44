"""Documents in the form of samples/<case>.expected.json, and the comparison that forgives how a thing is printed."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import Any

from schemas.records import Document

PAPER_FIELDS = (
    "reference",
    "name",
    "paper_type",
    "public",
    "date",
    "under_direction_of",
    "contact_person",
    "originator_person",
)
MEASURE_FIELDS = ("field_of_action", "problem", "measure", "target_group", "responsibility_text")


def expected_form(document: Document) -> dict[str, Any]:
    """The document in the form of the expected files: a paper and a plan, each null where there is none."""
    data = document.model_dump(mode="json")
    return {"paper": data["paper"] and _paper(data["paper"]), "plan": data["plan"] and _plan(data["plan"])}


def _paper(paper: dict[str, Any]) -> dict[str, Any]:
    return {
        **{name: paper[name] for name in PAPER_FIELDS},
        "consultations": [
            {name: c[name] for name in ("date", "organization", "role", "public")} for c in paper["consultations"]
        ],
        "sections": {section["heading"]: section["text"] for section in paper["sections"]},
        "attachments": paper["attachments"],
    }


def _plan(plan: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": plan["title"],
        "status": plan["status"],
        "contributors": [contributor["name"] for contributor in plan["contributors"]],
        "measures": [
            {
                **{name: measure[name] for name in MEASURE_FIELDS},
                "indicators": [{name: i[name] for name in ("row", "group", "text")} for i in measure["indicators"]],
                "responsibilities": [
                    {name: r[name] for name in ("row", "actor", "abbreviation", "role")}
                    for r in measure["responsibilities"]
                ],
            }
            for measure in plan["measures"]
        ],
    }


def plain(value: Any) -> Any:
    """The value with what printing may change made one: dashes, quotes, spaces around hyphens and slashes."""
    if isinstance(value, dict):
        return {key: plain(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [plain(entry) for entry in value]
    if not isinstance(value, str):
        return value
    text = unicodedata.normalize("NFKC", value)
    text = re.sub("[\u2010-\u2015\u2212]", "-", text)
    text = re.sub("[„“”«»]", '"', text)
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(r"\s*([-/])\s*", r"\1", text)
    return re.sub(r"\b(\w)\. (?=\w\.)", r"\1.", text)


def f1(found: list[Any], wanted: list[Any]) -> float:
    """F1 of two multisets; 1.0 where both are empty."""
    if not found and not wanted:
        return 1.0
    hits = sum((Counter(found) & Counter(wanted)).values())
    return 2 * hits / (len(found) + len(wanted))
