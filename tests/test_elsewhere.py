"""Stores that fsspec opens: in memory, in a ZIP file, S3 on a local server."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest

from pipeline import batch
from pipeline.account import Account
from pipeline.batch import Settings
from pipeline.engines import LocalEngine
from pipeline.manners import Manners
from schemas.errors import SourceError
from tests.child_targets import read_made
from tests.test_oparl import Silent, ends, names


def run(address: str, output: Path) -> Account:
    settings = Settings(output, "1.0", manners=Manners(file_bytes=1 << 20))
    return batch.run([address], settings, Silent(), engine=LocalEngine(1, read_made))


@pytest.fixture
def memory() -> Iterator[fsspec.AbstractFileSystem]:
    system = fsspec.filesystem("memory")
    for name in ("a.pdf", "deep/b.PDF", "notes.txt"):
        system.pipe(f"/council/{name}", name.encode())
    yield system
    system.rm("/council", recursive=True)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("memory://council", ["a.pdf", "b.PDF"]),
        ("memory://council/*.pdf", ["a.pdf"]),
        ("memory://council/notes.txt", ["notes.txt"]),
    ],
)
@pytest.mark.usefixtures("memory")
def test_a_folder_a_pattern_or_a_file_of_a_store_is_read(tmp_path: Path, address: str, expected: list[str]) -> None:
    run(address, tmp_path)
    assert names(tmp_path) == expected
    assert not (tmp_path / "downloads").exists()


def test_a_second_run_opens_only_what_changed(
    memory: fsspec.AbstractFileSystem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("memory://council", tmp_path)
    memory.pipe("/council/a.pdf", b"second draft")
    memory.rm("/council/deep/b.PDF")
    memory.pipe("/council/c.pdf", b"c")
    opened: list[str] = []
    original = type(memory).open
    monkeypatch.setattr(
        type(memory), "open", lambda own, path, *rest: opened.append(path) or original(own, path, *rest)
    )
    account = run("memory://council", tmp_path)
    assert opened == ["/council/a.pdf", "/council/c.pdf"]
    assert ends(account) == ["ok", "ok"]
    assert (len(account.replaced), account.gone) == (1, 1)


def test_pdfs_in_a_zip_file_are_read_and_no_name_leaves_the_folder(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "plans.zip", "w") as packed:
        packed.writestr("2025/a.pdf", b"a")
        packed.writestr("../../b.pdf", b"b")
        packed.writestr("bomb.pdf", bytes(4 << 20))
    with pytest.raises(SourceError, match="is larger than 1 megabytes"):
        run(f"zip://bomb.pdf::{tmp_path / 'plans.zip'}", tmp_path / "out")
    account = run(f"zip://2025::{tmp_path / 'plans.zip'}", tmp_path / "out")
    assert ends(account) == ["ok"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "plans.zip"]


def test_objects_of_s3_are_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        monkeypatch.setenv("AWS_ENDPOINT_URL_S3", f"http://{host}:{port}")
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "nobody")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "nothing")
        monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        store = fsspec.filesystem("s3")
        store.mkdir("plans")
        store.pipe({"plans/2025/a.pdf": b"a", "plans/2025/b.pdf": b"b"})
        assert ends(run("s3://plans/2025", tmp_path)) == ["ok", "ok"]
        assert ends(run("s3://plans/2025/*.pdf", tmp_path)) == ["unchanged", "unchanged"]
        store.pipe("plans/2025/b.pdf", b"b, second draft")
        assert ends(run("s3://plans/2025", tmp_path)) == ["ok", "unchanged"]
        with pytest.raises(SourceError, match="no PDF files"):
            run("s3://plans/2024", tmp_path)
    finally:
        server.stop()


@pytest.mark.parametrize("address", ["nonsense://x/y.pdf", "memory://nowhere", "zip://a.pdf::/nowhere.zip"])
def test_an_address_that_cannot_be_opened_says_so(tmp_path: Path, address: str) -> None:
    with pytest.raises(SourceError, match=address.partition(":")[0]):
        run(address, tmp_path / "out")
    assert not (tmp_path / "out").exists()
