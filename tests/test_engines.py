"""The same run on one process, on two, and on a Dask cluster of real worker processes, one of which is killed."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from distributed import LocalCluster

from pipeline import batch
from pipeline.account import Account, Entry
from pipeline.batch import Settings
from pipeline.engines import DaskEngine, Engine, LocalEngine
from schemas.errors import UsageError
from tests.child_targets import read_made, read_slowly
from tests.pdfs import text_pdf
from tests.test_batch import results

COUNT = 6


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None, silence_logs=50
    ) as cluster:
        yield cluster


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("papers")
    for number in range(COUNT):
        lines = [f"Beschlussvorlage VO/2025/{number:03}", "Sachverhalt", "Das Amt berichtet dem Rat."]
        (folder / f"{number}.pdf").write_bytes(text_pdf(lines))
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 half")
    return folder


class Killer:
    """Progress that kills a worker when the first document has come."""

    def __init__(self, victim: int | None = None) -> None:
        self.victim = victim
        self.entries: list[Entry] = []

    def start(self, total: int) -> None: ...

    def note(self, entry: Entry) -> None: ...

    def advance(self, entry: Entry) -> None:
        self.entries.append(entry)
        if self.victim is not None:
            os.kill(self.victim, signal.SIGKILL)
            self.victim = None


def run(papers: Path, output: Path, engine: Engine, progress: Killer | None = None) -> tuple[Account, Settings]:
    settings = Settings(output, "1.0")
    return batch.run([str(papers)], settings, progress or Killer(), engine=engine), settings


def test_one_process_two_and_a_cluster_give_the_same_bytes(papers: Path, tmp_path: Path, cluster: LocalCluster) -> None:
    engines: list[Engine] = [LocalEngine(1), LocalEngine(2), DaskEngine(cluster.scheduler_address)]
    runs = [run(papers, tmp_path / str(number), engine) for number, engine in enumerate(engines)]
    one, two, dask = (results(settings) for _, settings in runs)
    assert one == two == dask
    assert [account.counts for account, _ in runs] == [runs[0][0].counts] * 3
    assert len(list((tmp_path / "2").glob("documents/*/document.json"))) == COUNT


def test_a_killed_worker_costs_a_retry(papers: Path, tmp_path: Path, cluster: LocalCluster) -> None:
    victim = next(iter(cluster.workers.values())).pid
    progress = Killer(victim)
    account, _ = run(papers, tmp_path, DaskEngine(cluster.scheduler_address, read_slowly), progress)
    assert progress.victim is None
    assert account.counts["ok"] == len(progress.entries) == COUNT + 1
    with pytest.raises(ProcessLookupError):
        os.kill(victim, 0)


def test_a_document_that_crashes_costs_only_itself_on_a_cluster(tmp_path: Path, cluster: LocalCluster) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("one", "crash", "two"):
        (folder / f"{name}.pdf").write_bytes(name.encode())
    account, _ = run(folder, tmp_path / "out", DaskEngine(cluster.scheduler_address, read_made))
    assert [(Path(entry.name).name, entry.reason) for entry in account.failures] == [("crash.pdf", "crash")]
    assert account.counts["ok"] == 2


def test_a_cluster_that_does_not_answer_is_said_so(
    papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.engines._PATIENCE", 0.5)
    with pytest.raises(UsageError, match="--scheduler"):
        run(papers, tmp_path, DaskEngine("tcp://127.0.0.1:9"))
