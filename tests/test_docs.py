"""The documents of the project: what they name is there, and what is there is named."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import ratsplan
from schemas.records import Measure, Paper

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
UNTOLD = {"measure_id", "position", "columns", "confidence", "source", "sections"}
"""Fields that are no word of a paper."""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_documents_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?://|#)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_page_for_contributors_names_files_that_are_there() -> None:
    text = (ROOT / "docs" / "contributing.md").read_text(encoding="utf-8")
    paths = re.findall(r"`((?:extractors|pipeline|schemas|tests)/[\w./]+)`", text)
    assert len(paths) > 15
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_the_glossary_has_the_word_for_every_printed_field() -> None:
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    values = ("period_", "cost_", "staff_", "priority_", "progress_")
    fields = [name for name in (*Measure.model_fields, *Paper.model_fields) if not name.startswith(values)]
    assert [name for name in fields if name not in UNTOLD and f"`{name}`" not in text] == []


def test_the_citation_is_of_this_version() -> None:
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    keys = dict(re.findall(r"^([\w-]+): *(.*)$", text, re.MULTILINE))
    assert keys["version"] == ratsplan.__version__
    assert {"cff-version", "message", "title", "authors", "license"} <= set(keys)


def test_the_changelog_tells_of_this_version() -> None:
    assert f"## {ratsplan.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_every_code_of_a_problem_is_explained() -> None:
    sources = [*(ROOT / "extractors").rglob("*.py"), *(ROOT / "pipeline").rglob("*.py")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    codes = set(re.findall(r'code="([a-z_]+)"|doubts\.append\(\("([a-z_]+)"', text))
    used = {one or other for one, other in codes} | {"paper_name_missing", "paper_reference_missing"}
    page = (ROOT / "docs" / "problems.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([a-z_]+)`", page, re.MULTILINE)) == used


def test_the_readme_shows_the_lines_of_a_table_as_they_are(tmp_path: Path) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = text.split("first lines of `indicators.csv` as they are:\n\n```\n", 1)[1].split("```", 1)[0]
    line = [sys.executable, "-m", "ratsplan", "run", "samples/rd-eck-vo-2025-246.pdf", "--output", str(tmp_path)]
    subprocess.run(line, cwd=ROOT, check=True, capture_output=True)
    assert (tmp_path / "indicators.csv").read_text(encoding="utf-8").startswith(shown)
