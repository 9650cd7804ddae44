"""`ratsplan completion SHELL`: the script that lets a shell complete commands, options, choices and paths."""

from __future__ import annotations

import argparse
import sys
from typing import Any, Final

from pipeline.commands import add_command

SHELLS: Final = ("bash", "zsh", "fish")
_FILES: Final = {
    "INPUT": ("*.pdf", "*.PDF"),
    "OLD": ("*.pdf", "*.PDF", "*.json"),
    "NEW": ("*.pdf", "*.PDF", "*.json"),
    "FILE.toml": ("*.toml", "*.TOML"),  # zsh takes a pattern that is alone for a qualifier
    "FILE": (),
    "DIR|FILE": (),
}
"""The names of files for each kind of argument; folders are offered as well, and all files where there are none."""


def add_completion(commands: Any) -> None:
    """`completion` among the subparsers of the command line."""
    parser = add_command(commands, "completion", "print the script by which a shell completes ratsplan's command lines")
    parser.add_argument("shell", choices=SHELLS, help="which shell")


def completion_command(shell: str, parser: argparse.ArgumentParser) -> int:
    """Print the script for one of SHELLS, made from the parser of the whole command line."""
    import shtab

    _mark_paths(parser)
    sys.stdout.write(shtab.complete(parser, shell))
    sys.stdout.flush()
    return 0


def _mark_paths(parser: argparse.ArgumentParser) -> None:
    """Tell shtab which arguments are paths; it looks for an attribute `complete` at each of them."""
    import shtab

    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for command in action.choices.values():
                _mark_paths(command)
        elif action.metavar == "DIR":
            action.complete = shtab.DIRECTORY  # type: ignore[attr-defined]
        elif action.metavar in _FILES:
            patterns = _FILES[str(action.metavar)]
            action.complete = shtab.glob(*patterns) if patterns else shtab.FILE  # type: ignore[attr-defined]
