"""Papers in the ways of council programs and of towns: every field, visit, section, annex and row of costs.

tests/data/papers/ holds their sources, for WeasyPrint or typst, beside what a reader finds in them.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import ratsplan
from schemas.records import Document

PAPERS = sorted(path for path in (Path(__file__).parent / "data" / "papers").iterdir() if path.suffix != ".json")
HEAD = ("reference", "name", "paper_type", "public", "date", "body")
PEOPLE = ("under_direction_of", "contact_person", "originator_person")
VISIT = ("date", "organization", "role", "agenda_item", "public", "result")


def read(path: Path) -> Document:
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".typ":
        import typst

        return ratsplan.extract(typst.compile(source.encode()), name=path.name)
    try:
        from weasyprint import HTML
    except OSError as error:
        pytest.skip(f"WeasyPrint lacks a system library: {error}")
    return ratsplan.extract(HTML(string=source).write_pdf(), name=path.name)


def found(document: Document) -> dict[str, Any]:
    """What was read, in the form of the JSON files."""
    paper = document.model_dump(mode="json")["paper"]
    if paper is None:
        return {"no_paper": True}
    rows = [[" ".join((cell or "").split()) for cell in row.cells] for table in document.tables for row in table.rows]
    return {
        **{name: paper[name] for name in (*HEAD, *PEOPLE)},
        "consultations": [[visit[name] for name in VISIT] for visit in paper["consultations"]],
        "sections": [[section["heading"], section["kind"], section["text"]] for section in paper["sections"]],
        "attachments": [attachment["name"] for attachment in paper["attachments"]],
        "rows": rows,
    }


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
def test_every_part_of_a_paper_is_exact(path: Path) -> None:
    document = read(path)
    assert found(document) == json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    assert document.plan is None
    assert document.ledger.unassigned == []
