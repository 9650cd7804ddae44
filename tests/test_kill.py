"""A run that is killed at any moment, and what the next one makes of it."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

import pytest

from benchmarks.kills import COUNT, build, killed_after, results, run


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes], float]:
    """The source folder, what an undisturbed run makes of it, and its seconds."""
    folder = tmp_path_factory.mktemp("kill")
    build(folder / "in")
    seconds = run(folder / "in", folder / "out")
    return folder / "in", results(folder / "out"), seconds


@pytest.mark.parametrize("seed", range(4))
def test_a_run_killed_at_any_moment_is_made_whole_by_the_next(
    undisturbed: tuple[Path, dict[str, bytes], float], tmp_path: Path, seed: int
) -> None:
    source, expected, seconds = undisturbed
    moment = random.Random(seed).uniform(0.2, 0.9) * seconds
    killed_after(moment, source, tmp_path / "out")
    run(source, tmp_path / "out")
    assert results(tmp_path / "out") == expected
    with sqlite3.connect(tmp_path / "out" / "catalog.sqlite") as db:
        assert db.execute("SELECT count(*), sum(strikes) FROM documents").fetchone() == (COUNT, 0)
