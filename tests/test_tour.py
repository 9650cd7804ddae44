"""The tour: its commands are typed into a shell one after the other, and what they answer is what it shows."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TOUR = (ROOT / "docs" / "tour.md").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Step:
    """What is to be run, by which program, and what the tour says that it answers."""

    program: tuple[str, ...]
    code: str
    shown: str


def steps() -> list[Step]:
    """The steps of the tour: each command of a `console` block, and each `python` block with the `text` after it."""
    found: list[Step] = []
    pattern = r"```console\n(.*?)```|```python\n(.*?)```\n\n```text\n(.*?)```"
    for console, python, shown in re.findall(pattern, TOUR, re.DOTALL):
        if python:
            found.append(Step((sys.executable, "-c"), python, shown))
        for command in re.split(r"^\$ ", console, flags=re.MULTILINE)[1:]:
            typed, *lines = command.splitlines()
            more = [line.removeprefix("> ") for line in lines if line.startswith("> ")]
            shown = "".join(f"{line}\n" for line in lines[len(more) :])
            found.append(Step(("bash", "-c"), "\n".join([typed, *more]), shown))
    return found


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What the steps answer, in a folder with the samples; stopped by the first that fails."""
    place = tmp_path_factory.mktemp("tour")
    shutil.copytree(ROOT / "samples", place / "samples")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "LC_ALL": "C.UTF-8"}
    told = []
    for step in steps():
        done = subprocess.run(
            [*step.program, step.code], cwd=place, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        told.append(done.stdout.decode())
        assert done.returncode == 0, (step.code, told[-1])
    return told


@pytest.mark.parametrize("place", range(len(steps())), ids=[step.code.split("\n")[0][:40] for step in steps()])
def test_a_step_of_the_tour_answers_what_it_shows(answers: list[str], place: int) -> None:
    shown = re.escape(re.sub(r"\d+\.\d s\b", "0.0 s", steps()[place].shown))
    expected = re.sub(r"^\\\.\\\.\\\.\\\n", "(?:.*\n)+", shown, flags=re.MULTILINE)
    answered = re.sub(r"\d+\.\d s\b", "0.0 s", answers[place])
    assert re.fullmatch(expected, answered), answered


def test_the_tour_visits_what_it_promises() -> None:
    typed = " ".join(step.code for step in steps())
    words = ("ratsplan run", "--report", "pandas", "measures.csv", "ratsplan compare", "ratsplan history", "--profile")
    assert [word for word in words if word not in typed] == []
    assert "(docs/tour.md)" in (ROOT / "README.md").read_text(encoding="utf-8")
