"""Shell completion: the scripts are loaded by real shells, which then complete command lines."""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.completion import SHELLS
from tests.test_cli import command

BASH = """
source {script}
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
_shtab_ratsplan ratsplan "${{COMP_WORDS[COMP_CWORD]}}" ""
printf '%s\\n' "${{COMPREPLY[@]}}"
"""
LINES = {
    "com": {"compare", "completion"},
    "run --oc": {"--ocr"},
    "run --ocr ": {"auto", "never", "always"},
    "export ": {"localzero", "kausal", "decidim", "oparl", "markdown"},
    "compare a.pdf b.pdf --format m": {"markdown"},
    "run ": {"a b.pdf", "folder"},
    "run x.pdf --profile ": {"town.toml", "folder"},
    "compare x.pdf ": {"a b.pdf", "records.json", "folder"},
    "history ": {"folder"},
    "run x.pdf --output ": {"folder"},
}
"""What is typed after the program's name, and what a shell offers in the folder below."""


def needs(shell: str) -> str:
    """The path of a shell; without it the test is skipped."""
    path = shutil.which(shell)
    if path is None:
        pytest.skip(f"there is no {shell} here")
    return path


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with files of several kinds, and beside it the script for each shell."""
    place = tmp_path_factory.mktemp("completion") / "place"
    (place / "folder").mkdir(parents=True)
    for name in ("a b.pdf", "town.toml", "records.json", "notes.txt"):
        (place / name).touch()
    for shell in SHELLS:
        done = command("completion", shell)
        assert (done.returncode, done.stderr) == (0, "")
        (place.parent / shell).write_text(done.stdout, encoding="utf-8")
    return place


@pytest.mark.parametrize("line", LINES)
def test_bash_completes(place: Path, line: str) -> None:
    words = ["ratsplan", *line.split(" ")]
    script = BASH.format(script=place.parent / "bash")
    done = subprocess.run([needs("bash"), "-c", script, "bash", *words], cwd=place, capture_output=True, text=True)
    assert done.stderr == ""
    assert set(done.stdout.splitlines()) == LINES[line]


@pytest.mark.parametrize("line", LINES)
def test_fish_completes(place: Path, line: str) -> None:
    code = f"source {place.parent / 'fish'}; complete -C 'ratsplan {line}'"
    environment = {**os.environ, "XDG_CONFIG_HOME": str(place.parent), "XDG_DATA_HOME": str(place.parent)}
    done = subprocess.run([needs("fish"), "-c", code], cwd=place, capture_output=True, text=True, env=environment)
    assert {told.split("\t")[0].rstrip("/") for told in done.stdout.splitlines()} == LINES[line]


@pytest.mark.parametrize("line", LINES)
def test_zsh_completes(place: Path, line: str) -> None:
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "dumb", "COLUMNS": "200"}
    shell = subprocess.Popen(
        [needs("zsh"), "-f", "-i"], cwd=place, stdin=theirs, stdout=theirs, stderr=theirs, env=environment
    )
    os.close(theirs)
    dump, script = place.parent / "zdump", place.parent / "zsh"
    os.write(ours, f'autoload -U compinit; compinit -u -d {dump}; eval "$(cat {script})"; PS1="go""> "\n'.encode())
    until(ours, "go> ")
    # Control-D lists what is offered, control-U clears the line.
    os.write(ours, f'ratsplan {line}\x04\x15echo do""ne\n'.encode())
    told = until(ours, "\ndone")
    shell.kill()
    shell.wait()
    os.close(ours)
    assert [name for name in LINES[line] if name.replace(" ", r"\ ") not in told and name not in told] == []
    assert "notes.txt" not in told


def until(terminal: int, word: str) -> str:
    """What a terminal says up to a word. Raises TimeoutError where it does not come."""
    told, ends = "", time.monotonic() + 30
    while word not in told:
        if not select.select([terminal], [], [], max(0.0, ends - time.monotonic()))[0]:
            raise TimeoutError(told)
        told += re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", os.read(terminal, 4096).decode(errors="replace"))
    return told


def test_a_shell_that_is_not_known_is_told() -> None:
    done = command("completion", "ksh")
    assert done.returncode == 2
    assert "ksh" in done.stderr


def test_the_package_for_completion_is_loaded_by_its_command_alone() -> None:
    code = "import sys, pipeline.cli; pipeline.cli.command_line(); sys.exit('shtab' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
