"""A run over many documents. The reading itself is a stand-in that lives in child_targets."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Generator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline import batch, writers
from pipeline.account import Account, Entry
from pipeline.batch import Settings
from pipeline.catalog import Catalog
from pipeline.cli import main
from pipeline.engines import LocalEngine
from pipeline.isolate import Outcome
from pipeline.options import Options
from pipeline.reading import Reading, Task
from pipeline.summary import status
from schemas.errors import OutputError
from tests.child_targets import read_made


class Heard:
    """Progress that remembers; it may break the run off after some documents."""

    def __init__(self, break_after: int | None = None) -> None:
        self.total = 0
        self.noted: list[Entry] = []
        self.advanced: list[Entry] = []
        self.break_after = break_after

    def start(self, total: int) -> None:
        self.total = total

    def note(self, entry: Entry) -> None:
        self.noted.append(entry)

    def advance(self, entry: Entry) -> None:
        self.advanced.append(entry)
        if len(self.advanced) == self.break_after:
            raise KeyboardInterrupt


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("a.pdf", "b.pdf", "c.pdf"):
        (folder / name).write_bytes(name.encode())
    return folder


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "out", "1.0", Options(), jobs=2)


def run(inputs: Path, settings: Settings, heard: Heard | None = None) -> Account:
    return batch.run([str(inputs)], settings, heard or Heard(), engine=LocalEngine(settings.jobs, read_made))


def run_json(settings: Settings) -> dict[str, Any]:
    value: dict[str, Any] = json.loads((settings.output / "run.json").read_text(encoding="utf-8"))
    return value


def results(settings: Settings) -> dict[str, bytes]:
    """All files that a reader opens, but run.json, which alone knows the time."""
    apart = {"run.json", "catalog.sqlite", ".lock"}
    files = (path for path in settings.output.rglob("*") if path.is_file() and path.name not in apart)
    return {str(path.relative_to(settings.output)): path.read_bytes() for path in files}


def ends(account: Account) -> dict[str, str]:
    return {Path(entry.name).name: entry.end for entry in account.entries}


def documents(settings: Settings) -> Iterator[str]:
    return (path.parent.name for path in sorted(settings.output.glob("documents/*/document.json")))


def test_every_document_is_read_and_written(inputs: Path, settings: Settings) -> None:
    account = run(inputs, settings)
    assert ends(account) == {"a.pdf": "ok", "b.pdf": "ok", "c.pdf": "ok"}
    assert [name[:2] for name in documents(settings)] == ["a-", "b-", "c-"]
    assert account.rows["measures"] == 6


def test_the_number_of_workers_does_not_show(inputs: Path, settings: Settings, tmp_path: Path) -> None:
    other = replace(settings, output=tmp_path / "other", jobs=1)
    run(inputs, settings)
    run(inputs, other)
    assert results(settings) == results(other)


def test_a_second_run_reads_nothing_and_changes_nothing(inputs: Path, settings: Settings) -> None:
    run(inputs, settings)
    before, heard = results(settings), Heard()
    account = run(inputs, settings, heard)
    assert set(ends(account).values()) == {"unchanged"}
    assert heard.total == 0
    assert results(settings) == before


def test_a_new_file_is_read_and_the_old_ones_stay(inputs: Path, settings: Settings) -> None:
    run(inputs, settings)
    (inputs / "d.pdf").write_bytes(b"d")
    heard = Heard()
    account = run(inputs / "d.pdf", settings, heard)
    assert [Path(entry.name).name for entry in heard.advanced] == ["d.pdf"]
    assert account.rows["documents"] == 4


@pytest.mark.parametrize("change", [{"force": True}, {"version": "1.1"}, {"options": Options(verify=True)}])
def test_force_or_another_version_or_option_reads_again(
    inputs: Path, settings: Settings, change: dict[str, Any]
) -> None:
    run(inputs, settings)
    assert set(ends(run(inputs, replace(settings, **change))).values()) == {"ok"}


def test_a_deleted_record_is_read_again(inputs: Path, settings: Settings) -> None:
    run(inputs, settings)
    next(settings.output.glob("documents/b-*/document.json")).unlink()
    assert ends(run(inputs, settings)) == {"a.pdf": "unchanged", "b.pdf": "ok", "c.pdf": "unchanged"}


def test_a_deleted_catalog_only_costs_time(inputs: Path, settings: Settings) -> None:
    run(inputs, settings)
    before = results(settings)
    (settings.output / "catalog.sqlite").unlink()
    assert set(ends(run(inputs, settings)).values()) == {"ok"}
    assert results(settings) == before


def test_bytes_that_occur_twice_are_read_once(inputs: Path, settings: Settings) -> None:
    (inputs / "twin.pdf").write_bytes(b"a.pdf")
    heard = Heard()
    account = run(inputs, settings, heard)
    assert ends(account)["twin.pdf"] == "duplicate"
    assert [entry.message for entry in heard.noted] == [f"has the same bytes as {inputs / 'a.pdf'}"]
    assert account.rows["documents"] == 3


@pytest.mark.parametrize("force", [False, True])
def test_a_renamed_file_stays_one_document(inputs: Path, settings: Settings, force: bool) -> None:
    run(inputs, settings)
    before = list(documents(settings))
    (inputs / "a.pdf").rename(inputs / "z.pdf")
    run(inputs, replace(settings, force=force))
    assert list(documents(settings)) == before


@pytest.mark.parametrize(("data", "reason"), [(b"crash", "crash"), (b"locked", "encrypted"), (b"bug", "error")])
def test_a_bad_document_costs_only_itself(inputs: Path, settings: Settings, data: bytes, reason: str) -> None:
    (inputs / "b.pdf").write_bytes(data)
    account = run(inputs, settings)
    assert ends(account) == {"a.pdf": "ok", "b.pdf": "failed", "c.pdf": "ok"}
    assert [(Path(entry.name).name, entry.reason) for entry in account.failures] == [("b.pdf", reason)]
    assert account.rows["documents"] == 2


def test_a_document_that_failed_twice_is_set_aside(inputs: Path, settings: Settings) -> None:
    (inputs / "b.pdf").write_bytes(b"locked")
    told = [ends(run(inputs, settings))["b.pdf"] for _ in range(4)]
    assert told == ["failed", "failed", "set_aside", "set_aside"]


@pytest.mark.parametrize("change", [{"version": "1.1"}, {"options": Options(verify=True)}, {"force": True}])
def test_what_is_set_aside_is_tried_when_the_reading_would_be_another(
    inputs: Path, settings: Settings, change: dict[str, Any]
) -> None:
    (inputs / "b.pdf").write_bytes(b"locked")
    for _ in range(3):
        run(inputs, settings)
    assert ends(run(inputs, replace(settings, **change)))["b.pdf"] == "failed"


def test_what_is_set_aside_is_tried_when_its_bytes_change(inputs: Path, settings: Settings) -> None:
    (inputs / "b.pdf").write_bytes(b"locked")
    for _ in range(3):
        run(inputs, settings)
    (inputs / "b.pdf").write_bytes(b"whole")
    assert ends(run(inputs, settings))["b.pdf"] == "ok"


def test_a_file_that_changed_takes_the_place_of_its_earlier_document(inputs: Path, settings: Settings) -> None:
    run(inputs, settings)
    (old,) = (name for name in documents(settings) if name.startswith("b-"))
    (inputs / "b.pdf").write_bytes(b"second draft")
    account = run(inputs, settings)
    assert [pair[0] for pair in account.replaced] == [old]
    assert account.rows["documents"] == 3
    assert old not in (settings.output / "documents.csv").read_text(encoding="utf-8")
    assert (settings.output / "documents" / old / "document.json").is_file()
    assert not run(inputs, settings).replaced


def test_a_file_that_changes_back_stands_again(inputs: Path, settings: Settings) -> None:
    run(inputs, settings)
    before = (settings.output / "documents.csv").read_bytes()
    for data in (b"second draft", b"b.pdf"):
        (inputs / "b.pdf").write_bytes(data)
        run(inputs, settings)
    assert (settings.output / "documents.csv").read_bytes() == before


def test_an_earlier_document_stays_until_the_new_bytes_can_be_read(inputs: Path, settings: Settings) -> None:
    run(inputs, settings)
    before = results(settings)
    (inputs / "b.pdf").write_bytes(b"locked")
    assert run(inputs, settings).replaced == []
    assert results(settings) == before
    (inputs / "b.pdf").write_bytes(b"third draft")
    assert len(run(inputs, settings).replaced) == 1


def test_a_document_with_another_copy_is_not_replaced(inputs: Path, settings: Settings) -> None:
    (inputs / "copy.pdf").write_bytes(b"b.pdf")
    run(inputs, settings)
    (inputs / "b.pdf").write_bytes(b"second draft")
    account = run(inputs, settings)
    assert account.replaced == []
    assert account.rows["documents"] == 4


def test_a_document_whose_file_is_gone_stays_and_is_told(inputs: Path, settings: Settings) -> None:
    run(inputs, settings)
    before = results(settings)
    (inputs / "b.pdf").unlink()
    account = run(inputs, settings)
    assert account.gone == 1
    assert results(settings) == before
    (inputs / "b.pdf").write_bytes(b"b.pdf")
    assert run(inputs, settings).gone == 0


def test_a_run_with_nothing_new_starts_no_process(inputs: Path, settings: Settings) -> None:
    class Idle:
        def outcomes(self, jobs: object) -> Generator[Outcome[Task, Reading], None, None]:
            pytest.fail("processes were started")

    run(inputs, settings)
    assert set(ends(batch.run([str(inputs)], settings, Heard(), engine=Idle())).values()) == {"unchanged"}


def test_a_run_begins_without_loading_the_records() -> None:
    heavy = "{'pydantic', 'httpx', 'pandas', 'rich', 'spacy', 'jinja2', 'pypdfium2', 'numpy'}"
    code = f"import sys, pipeline.cli, pipeline.batch, pipeline.summary; sys.exit(str({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stderr == "set()\n"


def test_a_run_with_nothing_new_opens_no_record(
    inputs: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(inputs, settings)
    monkeypatch.setattr(writers, "write_tables", lambda *_: pytest.fail("the tables were made again"))
    assert run(inputs, settings).rows["documents"] == 3


def test_tables_that_a_killed_run_did_not_come_to_are_written_though_nothing_is_read(
    inputs: Path, settings: Settings
) -> None:
    run(inputs, settings)
    before = results(settings)
    with Catalog(settings.output) as catalog:
        catalog.db.execute("DELETE FROM state")
    (settings.output / "measures.csv").unlink()
    run(inputs, settings)
    assert results(settings) == before


@pytest.mark.parametrize("table", ["measures.csv", "datapackage.json"])
def test_a_table_that_was_changed_by_hand_is_made_again(inputs: Path, settings: Settings, table: str) -> None:
    run(inputs, settings)
    before = results(settings)
    (settings.output / table).write_text("mine", encoding="utf-8")
    run(inputs, settings)
    assert results(settings) == before


def test_no_tables_are_written_where_nothing_could_be_read(inputs: Path, settings: Settings) -> None:
    for path in inputs.iterdir():
        path.write_bytes(b"locked")
    run(inputs, settings)
    assert not list(settings.output.rglob("*.csv"))


def test_a_second_run_in_one_folder_is_refused_while_the_first_is_at_work(inputs: Path, settings: Settings) -> None:
    class Impatient(Heard):
        def advance(self, entry: Entry) -> None:
            with pytest.raises(OutputError, match=r"another run is at work here \(process \d+\)"):
                run(inputs, settings)
            super().advance(entry)

    assert len(run(inputs, settings, Impatient()).entries) == 3
    assert set(ends(run(inputs, settings)).values()) == {"unchanged"}


def test_what_is_made_from_the_tables_is_made_while_the_folder_is_held(inputs: Path, settings: Settings) -> None:
    seen: list[tuple[bool, bool]] = []

    def finish(account: Account) -> None:
        with pytest.raises(OutputError, match="another run is at work here"):
            run(inputs, settings)
        seen.append((bool(account.rows), (settings.output / "measures.csv").is_file()))

    batch.run([str(inputs)], settings, Heard(), engine=LocalEngine(2, read_made), finish=finish)
    assert seen == [(True, True)]


def test_a_run_whose_last_files_cannot_be_written_has_ended(inputs: Path, settings: Settings) -> None:
    def finish(_: Account) -> None:
        raise OutputError("the disk is full")

    with pytest.raises(OutputError, match="full"):
        batch.run([str(inputs)], settings, Heard(), engine=LocalEngine(2, read_made), finish=finish)
    with Catalog(settings.output) as catalog:
        last = catalog.last_run()
        assert last is not None
        assert last["ended"] is not None
    assert set(ends(run(inputs, settings)).values()) == {"unchanged"}


@pytest.mark.parametrize("line", [("tables", "--sqlite", "{}"), ("report", "--output", "{}")])
def test_commands_that_write_are_refused_while_a_run_is_at_work(
    inputs: Path, settings: Settings, capsys: pytest.CaptureFixture[str], line: tuple[str, ...]
) -> None:
    codes: list[int] = []

    class Writing(Heard):
        def advance(self, entry: Entry) -> None:
            codes.append(main([word.format(settings.output) for word in line]))
            super().advance(entry)

    run(inputs, settings)
    run(inputs, replace(settings, force=True), Writing())
    assert codes == [4, 4, 4]
    assert "another run is at work here" in capsys.readouterr().err
    assert not list(settings.output.glob("r*.sqlite")) + list(settings.output.rglob("report.html"))


def test_the_lock_of_a_dead_process_does_not_count(inputs: Path, settings: Settings) -> None:
    settings.output.mkdir()
    (settings.output / ".lock").write_text("process 1", encoding="utf-8")
    assert set(ends(run(inputs, settings)).values()) == {"ok"}


def test_what_a_killed_run_left_half_written_is_cleared(inputs: Path, settings: Settings) -> None:
    run(inputs, settings)
    before = results(settings)
    with Catalog(settings.output) as catalog:
        catalog.begin_run({})
    (settings.output / ".measures.csv.17.tmp").write_text("half", encoding="utf-8")
    (settings.output / "documents" / "new-1a2b3c4d").mkdir()
    (settings.output / "documents" / "new-1a2b3c4d" / ".document.json.17.tmp").write_text("half", encoding="utf-8")
    run(inputs, settings)
    assert results(settings) == before
    assert not (settings.output / "documents" / "new-1a2b3c4d").exists()


def test_an_interrupt_leaves_whole_tables_of_what_was_read(inputs: Path, settings: Settings) -> None:
    account = run(inputs, replace(settings, jobs=1), Heard(break_after=1))
    assert account.interrupted
    assert account.rows["documents"] == 1
    assert run_json(settings)["interrupted"] is True
    assert not list(settings.output.rglob("*.tmp"))
    assert sorted(ends(run(inputs, settings)).values()) == ["ok", "ok", "unchanged"]


def test_a_broken_record_of_an_earlier_run_is_a_failure_with_its_remedy(inputs: Path, settings: Settings) -> None:
    run(inputs, settings)
    next(settings.output.glob("documents/b-*/document.json")).write_text("{", encoding="utf-8")
    account = run(inputs, settings)
    assert [entry.reason for entry in account.failures] == ["broken_record"]
    assert "--force" in str(account.failures[0].message)
    assert not run(inputs, replace(settings, force=True)).failures


def test_run_json_says_how_it_went(inputs: Path, settings: Settings) -> None:
    (inputs / "b.pdf").write_bytes(b"bug")
    (inputs / "c.pdf").write_bytes(b"review")
    run(inputs, settings)
    told = run_json(settings)
    assert {end: count for end, count in told["inputs"].items() if count} == {"ok": 1, "review": 1, "failed": 1}
    assert told["reasons"] == {"error": 1}
    assert told["pages"] == 10
    assert told["rows"]["documents"] == 2
    assert told["review"] == 1
    by_name = {Path(entry["name"]).name: entry for entry in told["entries"]}
    assert by_name["b.pdf"]["reason"] == "error"
    assert "child_targets.py" in by_name["b.pdf"]["detail"]
    assert by_name["a.pdf"]["pages"] == 5


def test_a_catalog_is_read_where_it_may_not_be_written_and_leaves_no_file(inputs: Path, settings: Settings) -> None:
    run(inputs, settings)
    before = sorted(path.name for path in settings.output.iterdir())
    with Catalog(settings.output, read_only=True) as catalog:
        told = status(catalog, settings.output)
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            catalog.begin_run({})
    assert (told["documents"], told["run"]["state"]) == (3, "ended")
    assert sorted(path.name for path in settings.output.iterdir()) == before


def test_a_file_that_may_not_be_looked_at_is_not_gone(
    inputs: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(inputs, settings)
    hidden, look = next(inputs.glob("*.pdf")), Path.stat

    def refusing(path: Path, **options: bool) -> os.stat_result:
        if path == hidden:
            raise PermissionError(13, "Permission denied", str(path))
        return look(path, **options)

    monkeypatch.setattr(Path, "stat", refusing)
    assert [batch._is_gone(str(path)) for path in (hidden, inputs / "lost.pdf")] == [False, True]


def test_a_catalog_of_a_newer_version_is_not_read_either(inputs: Path, settings: Settings) -> None:
    run(inputs, settings)
    with Catalog(settings.output) as catalog:
        catalog.db.execute("PRAGMA user_version = 99")
        catalog.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with pytest.raises(OutputError, match="newer ratsplan"):
        Catalog(settings.output, read_only=True)
