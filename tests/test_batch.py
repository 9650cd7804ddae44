"""A run over many documents. The reading itself is a stand-in that lives in child_targets."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline import batch
from pipeline.account import Account, Entry
from pipeline.batch import Settings
from pipeline.options import Options
from pipeline.sources import find
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
    return batch.run(find([str(inputs)]), settings, heard or Heard(), target=read_made)


def run_json(settings: Settings) -> dict[str, Any]:
    value: dict[str, Any] = json.loads((settings.output / "run.json").read_text(encoding="utf-8"))
    return value


def results(settings: Settings) -> dict[str, bytes]:
    """All files but run.json, which alone knows the time."""
    files = (path for path in settings.output.rglob("*") if path.is_file() and path.name != "run.json")
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


def test_a_broken_run_json_only_costs_time(inputs: Path, settings: Settings) -> None:
    run(inputs, settings)
    (settings.output / "run.json").write_text('{"documents": 1', encoding="utf-8")
    assert set(ends(run(inputs, settings)).values()) == {"ok"}


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


def test_a_failed_document_is_tried_again_in_the_next_run(inputs: Path, settings: Settings) -> None:
    (inputs / "b.pdf").write_bytes(b"locked")
    run(inputs, settings)
    assert ends(run(inputs, settings)) == {"a.pdf": "unchanged", "b.pdf": "failed", "c.pdf": "unchanged"}


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
    assert told["inputs"] == {"ok": 1, "review": 1, "unchanged": 0, "duplicate": 0, "failed": 1}
    assert told["rows"]["documents"] == 2
    assert told["review"] == 1
    by_name = {Path(entry["name"]).name: entry for entry in told["entries"]}
    assert by_name["b.pdf"]["reason"] == "error"
    assert "child_targets.py" in by_name["b.pdf"]["detail"]
    assert by_name["a.pdf"]["pages"] == 5
    assert [read["name"] for read in told["documents"].values()] == ["a.pdf", "c.pdf"]
