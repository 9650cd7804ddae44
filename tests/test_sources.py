"""From inputs to the files to read."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.sources import Found, document_id, find, stamp_of
from schemas.errors import UsageError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "b" / "deep").mkdir(parents=True)
    (tmp_path / "z.pdf").write_bytes(b"z")
    (tmp_path / "b" / "deep" / "X.PDF").write_bytes(b"x")
    (tmp_path / "b" / "a.pdf").write_bytes(b"a")
    (tmp_path / "b" / "notes.txt").write_bytes(b"t")
    return tmp_path


def names(found: Found) -> list[str]:
    return [source.name for source in found.sources]


def reasons(found: Found) -> list[str]:
    return [missing.reason for missing in found.unreadable]


def test_a_folder_gives_its_pdfs_at_any_depth_in_order(folder: Path) -> None:
    assert names(find([str(folder)])) == ["a.pdf", "X.PDF", "z.pdf"]


def test_a_file_is_taken_whatever_its_name(folder: Path) -> None:
    assert names(find([str(folder / "b" / "notes.txt")])) == ["notes.txt"]


def test_a_glob_gives_its_matches_in_order(folder: Path) -> None:
    assert names(find([str(folder / "**" / "*.pdf")])) == ["a.pdf", "z.pdf"]


def test_a_file_with_brackets_in_its_name_is_no_glob(tmp_path: Path) -> None:
    (tmp_path / "plan[1].pdf").write_bytes(b"p")
    assert names(find([str(tmp_path / "plan[1].pdf")])) == ["plan[1].pdf"]


def test_a_file_named_twice_is_read_once_and_is_no_twin(folder: Path) -> None:
    found = find([str(folder / "z.pdf"), str(folder)])
    assert names(found) == ["z.pdf", "a.pdf", "X.PDF"]
    assert found.twins == {}


def test_a_file_with_the_bytes_of_another_is_its_twin(folder: Path) -> None:
    (folder / "copy.pdf").write_bytes(b"z")
    found = find([str(folder)])
    assert names(found) == ["a.pdf", "X.PDF", "copy.pdf"]
    assert [[twin.name for twin in twins] for twins in found.twins.values()] == [["z.pdf"]]


def test_an_empty_file_is_nobodys_twin(tmp_path: Path) -> None:
    for name in ("one.pdf", "two.pdf"):
        (tmp_path / name).touch()
    assert names(find([str(tmp_path)])) == ["one.pdf", "two.pdf"]


def test_what_cannot_be_read_is_listed_and_the_others_are_found(folder: Path) -> None:
    (folder / "empty").mkdir()
    os.mkfifo(folder / "pipe.pdf")
    inputs = [folder / "missing.pdf", folder / "empty", folder / "*.doc", folder / "pipe.pdf", folder / "z.pdf"]
    found = find(map(str, inputs))
    assert names(found) == ["z.pdf"]
    assert reasons(found) == ["not_found", "no_pdfs", "no_match", "unreadable"]


def test_a_list_names_inputs_a_line_each(folder: Path) -> None:
    (folder / "list.txt").write_text(f"# new\n{folder / 'z.pdf'}\n\n  {folder / 'b'}\n", encoding="utf-8")
    assert names(find([f"@{folder / 'list.txt'}"])) == ["z.pdf", "a.pdf", "X.PDF"]


def test_a_list_that_is_not_there_or_no_text_is_listed(folder: Path) -> None:
    (folder / "list.txt").write_bytes(b"\xff\xfe\xff")
    assert reasons(find([f"@{folder / 'missing.txt'}", f"@{folder / 'list.txt'}"])) == ["not_found", "unreadable"]


def test_the_output_folder_is_not_searched_and_that_is_said(folder: Path) -> None:
    found = find([str(folder)], output=folder / "b")
    assert names(found) == ["z.pdf"]
    assert "is not searched" in found.notes[0]


def test_the_output_folder_cannot_be_the_source(folder: Path) -> None:
    with pytest.raises(UsageError, match="--output"):
        find([str(folder)], output=folder / "b" / "..")


def test_a_file_that_is_as_it_was_is_not_opened(folder: Path) -> None:
    path = folder / "z.pdf"
    os.utime(path, (1, 1))
    (source,) = find([str(path)]).sources
    seen = replace(source.seen, sha256="as known", stamp=stamp_of(path))
    assert find([str(path)], known=lambda _: seen).sources[0].sha256 == "as known"
    path.write_bytes(b"y")
    assert find([str(path)], known=lambda _: seen).sources[0].sha256 != "as known"


def test_a_file_changed_just_now_is_opened_next_time(folder: Path) -> None:
    assert [source.seen.stamp for source in find([str(folder)]).sources] == [None, None, None]


def test_the_id_follows_name_and_bytes(folder: Path) -> None:
    (source,) = find([str(folder / "z.pdf")]).sources
    assert source.document_id == document_id("z.pdf", b"z") == "z-594e519a"


def test_a_folder_that_may_not_be_searched_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Rights do not stop the superuser, as whom tests may run.
    scan = os.scandir

    def refusing(path: str) -> object:
        if str(path) == str(folder / "b"):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refusing)
    found = find([str(folder)])
    assert names(found) == ["z.pdf"]
    (missing,) = found.unreadable
    assert (missing.name, missing.reason) == (str(folder / "b"), "unreadable")
    assert "permissions" in missing.message
