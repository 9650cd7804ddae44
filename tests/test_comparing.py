"""`compare` and `history` from the command line, in every format."""

from __future__ import annotations

import csv
import io
import json
import random
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.writers import document_json
from schemas.changes import Comparison
from tests.drafts import document, make_measures


@pytest.fixture
def drafts(tmp_path: Path) -> list[str]:
    """Three drafts as document.json: a measure is reworded and put off, then another one is dropped."""
    first = make_measures(random.Random(1), 5)
    second = [measure.model_copy(deep=True) for measure in first]
    second[1].measure, second[1].period = f"{first[1].measure} *schrittweise*", "bis 31.12.2040"
    paths: list[str] = []
    for name, plan in (("a", first), ("b", second), ("c", second[:4])):
        path = tmp_path / f"{name}.json"
        path.write_text(document_json(document(name, plan)), encoding="utf-8")
        paths.append(str(path))
    return paths


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["compare", *arguments]) == 0
    return capsys.readouterr().out


def test_the_terminal_has_the_summary_first_and_marks_words(
    drafts: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    text = told(capsys, *drafts[:2])
    assert text.startswith("5 measures before, 5 now: 4 unchanged, 1 changed\n")
    assert "{+*schrittweise*+}" in text
    assert "[-30.06." in text
    assert "period: later by" in text
    assert not any(line.endswith(" ") for line in text.splitlines())


def test_json_is_a_comparison_and_a_list_of_them_for_steps(
    drafts: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert Comparison.model_validate_json(told(capsys, *drafts[:2], "--format", "json")).summary["changed"] == 1
    steps = [Comparison.model_validate(step) for step in json.loads(told(capsys, *drafts, "--format", "json"))]
    assert [(step.old, step.new, step.summary["removed"]) for step in steps] == [("a", "b", 0), ("b", "c", 1)]


def test_csv_has_a_line_for_each_field_that_changed(drafts: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    rows = list(csv.DictReader(io.StringIO(told(capsys, *drafts, "--format", "csv"))))
    assert [(row["new_document_id"], row["kind"], row["field"]) for row in rows] == [
        ("b", "changed", "measure"), ("b", "changed", "period"), ("c", "removed", ""),
    ]  # fmt: skip
    assert rows[1]["new"] == "bis 31.12.2040"


def test_markdown_marks_words_and_shows_marks_of_its_own_as_they_are(
    drafts: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    text = told(capsys, *drafts, "--format", "markdown")
    assert text.startswith("# a → b\n\n**5 measures before, 5 now: 4 unchanged, 1 changed**\n")
    assert r"**\*schrittweise\***" in text
    assert "# b → c" in text


def test_steps_are_told_one_after_the_other(drafts: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    text = told(capsys, *drafts)
    assert text.index("a -> b") < text.index("CHANGED") < text.index("b -> c") < text.index("REMOVED")


def test_a_file_takes_the_result(drafts: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, *drafts[:2], "--format", "html", "--output", str(tmp_path / "x.html")) == ""
    assert (tmp_path / "x.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_the_exit_code_tells_of_changes_where_it_is_asked_to(drafts: list[str]) -> None:
    assert main(["compare", *drafts[:2], "--exit-code"]) == 1
    assert main(["compare", drafts[0], drafts[0], "--exit-code"]) == 0


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("{folder}", "{a}"), 3, "is a folder; name a PDF or a document.json"),
        (("{a}", "{folder}/none.pdf"), 3, "cannot be read (No such file or directory); check the path"),
        (("{a}", "{a}", "{a}", "--format", "daff"), 2, "name two drafts only"),
        (("{a}", "{a}", "--output", "{a}/x"), 4, "cannot be written"),
    ],
)
def test_what_cannot_be_compared_is_an_error_that_says_what_to_do(
    drafts: list[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    code: int,
    message: str,
) -> None:
    given = [text.format(folder=tmp_path, a=drafts[0]) for text in arguments]
    assert main(["compare", *given]) == code
    out = capsys.readouterr()
    assert out.out == ""
    assert message in out.err


def test_a_run_and_its_history(samples: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("rd-eck-vo-2025-246-rev2.pdf", "rd-eck-vo-2025-246.pdf"):
        assert main(["run", str(samples / name), "--output", str(tmp_path)]) == 0
    capsys.readouterr()
    assert main(["history", str(tmp_path)]) == 0
    assert "2 drafts, 43 lineages" in capsys.readouterr().out
    told = json.loads((tmp_path / "lineage.json").read_text(encoding="utf-8"))
    branches = [
        event["related"]
        for plan in told["plans"]
        for lineage in plan["lineages"]
        for event in lineage["events"]
        if event["kind"] == "split"
    ]
    assert len(branches) == 2
    assert main(["history", str(tmp_path), branches[0][0], "--format", "json"]) == 0
    (story,) = json.loads(capsys.readouterr().out)
    assert len(story["drafts"]) == len([event for event in story["drafts"] if event["kind"] in ("first", "split")])


def test_a_folder_without_lineage_has_no_history(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["history", str(tmp_path)]) == 3
    assert "`ratsplan run" in capsys.readouterr().err


def test_revises_wants_one_document_and_one_that_is_there(
    samples: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", str(samples), "--output", str(tmp_path / "a"), "--revises", "x"]) == 2
    assert "name one PDF alone" in capsys.readouterr().err
    pdf = str(samples / "rd-eck-vo-2025-246.pdf")
    assert main(["run", pdf, "--output", str(tmp_path / "b"), "--revises", "x"]) == 2
    assert "documents.csv has the ids" in capsys.readouterr().err
