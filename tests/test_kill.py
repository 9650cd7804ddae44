"""A run that is killed at any moment, and what the next one makes of it."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

import pytest

from benchmarks.kills import COUNT, build, killed_at, moment, results, run


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    """The source folder, and what an undisturbed run makes of it."""
    folder = tmp_path_factory.mktemp("kill")
    build(folder / "in")
    run(folder / "in", folder / "out")
    return folder / "in", results(folder / "out")


@pytest.mark.parametrize("seed", range(4))
def test_a_run_killed_at_any_moment_is_made_whole_by_the_next(
    undisturbed: tuple[Path, dict[str, bytes]], tmp_path: Path, seed: int
) -> None:
    source, expected = undisturbed
    killed_at(*moment(random.Random(seed)), source, tmp_path / "out")
    run(source, tmp_path / "out")
    assert results(tmp_path / "out") == expected
    with sqlite3.connect(tmp_path / "out" / "catalog.sqlite") as db:
        assert db.execute("SELECT count(*), sum(strikes) FROM documents").fetchone() == (COUNT, 0)
