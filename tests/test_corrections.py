"""corrections.toml: fields of records changed by their ids, surviving runs, told where they no longer fit."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.correcting import AS_READ, REPORT, correct_folder, corrected
from pipeline.corrections import FIELDS, Corrections, kind_of
from pipeline.files import prepare, write_document
from pipeline.writers import document_json, write_tables
from schemas.errors import UsageError
from schemas.records import Document, Measure
from tests.made_documents import made_document
from tests.test_table_formats import digests

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "samples" / "rd-eck-vo-2025-246.pdf"
ID = made_document().document_id
M1, I1, R1 = f"{ID}-m1", f"{ID}-m1-i1", f"{ID}-m1-r1"


def write(folder: Path, text: str) -> Path:
    path = folder / "corrections.toml"
    path.write_text(text.replace("DOC", ID), encoding="utf-8")
    return path


def folder_of(output: Path, document: Document) -> Path:
    prepare(output)
    write_document(output, document.document_id, document_json(document))
    return output


def after(tmp_path: Path, text: str, document: Document | None = None) -> tuple[Document, list[str]]:
    """A document with the corrections of a text, and why those that do not fit do not."""
    path = write(tmp_path, text)
    result, unfit = corrected(document or made_document(), Corrections.beside(tmp_path, path).changes)
    return Document.model_validate_json(document_json(result)), [why for _, why in unfit]


def first(document: Document) -> Measure:
    assert document.plan is not None
    return document.plan.measures[0]


def test_a_field_of_a_measure_is_changed_and_told(tmp_path: Path) -> None:
    document, unfit = after(tmp_path, '["DOC-m1"]\ngoal = "Mehr Kurse"\n')
    assert first(document).goal == "Mehr Kurse"
    (correction,) = document.corrections
    assert (correction.id, correction.field, correction.read, correction.now) == (M1, "goal", None, "Mehr Kurse")
    assert unfit == []


def test_indicators_responsibilities_paper_and_plan_can_be_corrected(tmp_path: Path) -> None:
    text = """
        ["DOC-m1-i1"]
        text = "12x im Jahr"
        ["DOC-m1-r1"]
        role = "responsible"
        ["DOC".paper]
        date = 2025-09-01
        public = false
        ["DOC".plan]
        title = "Integrationsplan"
    """
    document, unfit = after(tmp_path, text)
    assert unfit == []
    assert document.paper is not None
    assert document.plan is not None
    indicator, responsibility = first(document).indicators[0], first(document).responsibilities[0]
    assert (indicator.text, indicator.target_value, indicator.target_per) == ("12x im Jahr", 12, "year")
    assert responsibility.role == "responsible"
    assert (document.paper.date, document.paper.public, document.plan.title) == (
        date(2025, 9, 1),
        False,
        "Integrationsplan",
    )
    assert [(entry.id, entry.field) for entry in document.corrections] == [
        (ID, "paper.date"), (ID, "paper.public"), (ID, "plan.title"), (I1, "text"), (R1, "role"),
    ]  # fmt: skip


def test_values_follow_a_corrected_text_unless_they_are_corrected_themselves(tmp_path: Path) -> None:
    text = '["DOC-m1"]\nperiod_end = 2030-06-30\nperiod = "2025 bis 2026"\ncost = "5.000 €"\n'
    measure = first(after(tmp_path, text)[0])
    assert (measure.period_start, measure.period_end) == (date(2025, 1, 1), date(2030, 6, 30))
    assert (measure.cost_min, measure.cost_max) == (5000, 5000)


def test_an_empty_text_makes_a_field_unknown(tmp_path: Path) -> None:
    document, _ = after(tmp_path, '["DOC-m1"]\nproblem = ""\n')
    assert first(document).problem is None


def test_was_guards_a_correction(tmp_path: Path) -> None:
    text = '["DOC-m1"]\nproblem = { was = "Das  Jobcenter fehlt", now = "Es fehlt" }\ngoal = { was = "x", now = "y" }\n'
    document, unfit = after(tmp_path, text)
    assert (first(document).problem, first(document).goal) == ("Es fehlt", None)
    assert unfit == ["it is empty by now"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('["DOC-m9"]\ngoal = "x"\n', "there is no such record any more"),
        ('["DOC-m1"]\nproblem = "Das Jobcenter fehlt"\n', "it is so already"),
    ],
)
def test_what_does_not_fit_is_told_with_its_reason(tmp_path: Path, text: str, why: str) -> None:
    document, unfit = after(tmp_path, text)
    assert unfit == [why]
    assert document == made_document()


def test_another_actor_is_one_of_the_document_or_a_new_one(tmp_path: Path) -> None:
    document, _ = after(tmp_path, '["DOC-m1-r1"]\nactor = "Job-Center"\n')
    (entry,) = first(document).responsibilities
    assert (entry.actor_id, entry.abbreviation) == ("jobcenter", None)
    assert {actor.actor_id: actor.mentions for actor in document.actors} == {"jobcenter": 2, "kit": 2}
    document, _ = after(tmp_path, '["DOC-m1-r1"]\nactor = "Volkshochschule"\nabbreviation = "VHS"\n')
    (entry,) = first(document).responsibilities
    assert (entry.actor, entry.abbreviation) == ("Volkshochschule", "VHS")
    assert entry.actor_id in {actor.actor_id for actor in document.actors}


def test_mentions_in_a_corrected_text_stay_only_where_the_text_still_says_so(tmp_path: Path) -> None:
    kept, _ = after(tmp_path, '["DOC-m1"]\nproblem = "Das Jobcenter ist weit"\n')
    gone, _ = after(tmp_path, '["DOC-m1"]\nproblem = "Niemand berät"\n')
    assert [mention.text for mention in kept.mentions] == ["Jobcenter", "KIT", "Zahl"]
    assert [mention.text for mention in gone.mentions] == ["KIT", "Zahl"]


def test_a_folder_is_corrected_and_told_in_tables_and_a_report(tmp_path: Path) -> None:
    output = folder_of(tmp_path, made_document())
    write(output, '["DOC-m1"]\ngoal = "Mehr Kurse"\n["DOC-m7"]\ngoal = "x"\n["weg-00000000-m001"]\ngoal = "x"\n')
    corrections = Corrections.beside(output)
    notes = correct_folder(output, corrections).notes(corrections.path)
    write_tables(output)
    with (output / "measures.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [(row["goal"], row["corrected"]) for row in rows] == [("Mehr Kurse", '["goal"]'), ("", "[]")]
    assert notes[-1].endswith("corrections.toml: 1 fields corrected")
    report = json.loads((output / REPORT).read_text(encoding="utf-8"))
    assert [entry["field"] for entry in report["corrected"]] == ["goal"]
    assert [entry["reason"] for entry in report["unfit"]] == [
        "there is no such record any more",
        "there is no such document; its PDF has changed, or was not read",
    ]


def test_correcting_twice_is_correcting_once_and_taking_it_out_undoes_it(tmp_path: Path) -> None:
    output = folder_of(tmp_path, made_document())
    before = digests(output)
    path = write(output, '["DOC-m1"]\nperiod = "2025"\n["DOC-m1-r1"]\nactor = "Volkshochschule"\n')
    correct_folder(output, Corrections.beside(output))
    once = digests(output)
    correct_folder(output, Corrections.beside(output))
    assert digests(output) == once
    assert (output / "documents" / ID / AS_READ).is_file()
    path.unlink()
    correct_folder(output, Corrections.beside(output))
    assert {name: digest for name, digest in digests(output).items() if name != REPORT} == before


def test_a_document_that_is_read_again_is_corrected_again_from_the_new_reading(tmp_path: Path) -> None:
    output = folder_of(tmp_path, made_document())
    write(output, '["DOC-m1"]\ngoal = "Mehr Kurse"\n')
    correct_folder(output, Corrections.beside(output))
    newer = made_document()
    first(newer).description = "neu gelesen"
    write_document(output, ID, document_json(newer))
    correct_folder(output, Corrections.beside(output))
    document = Document.model_validate_json((output / "documents" / ID / "document.json").read_bytes())
    assert (first(document).goal, first(document).description) == ("Mehr Kurse", "neu gelesen")


def test_no_corrections_touch_nothing(tmp_path: Path) -> None:
    output = folder_of(tmp_path, made_document())
    before = digests(output)
    correct_folder(output, Corrections.beside(output))
    assert digests(output) == before


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a = ", "is no TOML"),
        ('["measure"]\ngoal = "x"\n', r"measure is no id of a record; write \[\"<measure_id>\"\]"),
        ('["DOC-m1"]\nsource = "x"\n', "DOC-m1: source cannot be corrected; what can is number, field_of_action"),
        ('["DOC-m1"]\nperiod_end = "bald"\n', "period_end: 'bald' does not fit: "),
        ('["DOC-m1-r1"]\nactor = ""\n', "actor: '' does not fit: "),
        ('["DOC-m1-r1"]\nrole = "chef"\n', "role: 'chef' does not fit: Input should be 'responsible'"),
        ('["DOC-m1"]\ngoal = { was = "x" }\n', "write a value, or { was = ..., now = ... }"),
        ('["DOC"]\nname = "x"\n', r'write \["DOC".paper\] or \["DOC".plan\]'),
    ],
)
def test_a_broken_file_is_an_error_that_names_file_id_and_field(tmp_path: Path, text: str, words: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(UsageError, match=rf"corrections\.toml: .*{words.replace('DOC', ID)}"):
        Corrections.beside(tmp_path, path)


def test_a_named_file_that_is_missing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no\.toml: cannot be read"):
        Corrections.beside(tmp_path, tmp_path / "no.toml")


@pytest.mark.parametrize(
    ("record_id", "kind"),
    [(M1, "measure"), (I1, "indicator"), (R1, "responsibility"), (ID, "document"), ("jobcenter", None), ("", None)],
)
def test_an_id_tells_its_kind(record_id: str, kind: str | None) -> None:
    assert kind_of(record_id) == kind


def test_every_field_that_can_be_corrected_is_one_of_its_record() -> None:
    for record, names in FIELDS.values():
        assert set(names) <= set(record.model_fields)


def test_the_documentation_names_every_field() -> None:
    text = (ROOT / "docs" / "corrections.md").read_text(encoding="utf-8")
    missing = [name for _, names in FIELDS.values() for name in names if f"`{name}`" not in text]
    assert missing == []


def test_a_run_applies_corrections_without_reading_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = tmp_path / "out"
    run = ["run", str(SAMPLE), "--output", str(output), "--jobs", "1"]
    assert main(run) == 0
    before = {name: digest for name, digest in digests(output).items() if name.endswith((".csv", "document.json"))}
    (folder,) = (output / "documents").iterdir()
    path = tmp_path / "mine.toml"
    path.write_text(
        f'["{folder.name}-m001"]\nfield_of_action = "Deutsch"\n["{folder.name}-m999"]\ngoal = "x"\n', "utf-8"
    )
    capsys.readouterr()
    assert main([*run, "--corrections", str(path)]) == 0
    told = capsys.readouterr().out
    assert "0 read, 1 unchanged" in told
    assert "m999: goal was not corrected: there is no such record any more" in told
    assert "1 fields corrected" in told
    assert ",Deutsch," in (output / "measures.csv").read_text(encoding="utf-8")
    assert main(run) == 0
    assert {name: digest for name, digest in digests(output).items() if name in before} == before


def test_a_broken_file_ends_a_run_before_any_work(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("[", encoding="utf-8")
    assert main(["run", str(SAMPLE), "--output", str(tmp_path / "out"), "--corrections", str(path)]) == 2
    assert "mine.toml: is no TOML" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
