"""The help of the commands: each ends with examples, and each example is a command line that ratsplan takes."""

from __future__ import annotations

import argparse
import re
import shlex

import pytest

from pipeline.cli import command_line
from pipeline.commands import EXAMPLES
from pipeline.exporters import TARGETS
from tests.test_cli import command


def commands() -> dict[str, argparse.ArgumentParser]:
    (found,) = (action for action in command_line()._actions if isinstance(action, argparse._SubParsersAction))
    return dict(found.choices)


def printed(text: str) -> list[str]:
    """The examples that a help prints, as they would reach the program."""
    below = text.partition("\nexamples:\n")[2]
    lines = re.findall(r'^  (?:eval "\$\()?(ratsplan .*?)(?:\)"| > .*)?$', below, re.MULTILINE)
    return [str(line) for line in lines]


def test_every_command_has_examples() -> None:
    assert set(commands()) == set(EXAMPLES)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_help_of_a_command_shows_examples_that_it_takes(name: str) -> None:
    examples = printed(commands()[name].format_help())
    assert 2 <= len(examples) <= 5
    assert len(examples) == len(EXAMPLES[name])
    for example in examples:
        options = command_line().parse_args(shlex.split(example)[1:])
        assert options.command == name
        for setting in getattr(options, "set", ()):
            assert setting.partition("=")[0] in TARGETS[options.target].settings


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_help_keeps_each_example_on_a_line(name: str) -> None:
    text = command(name, "--help").stdout
    for line, purpose in EXAMPLES[name].items():
        assert f"\n  {line}\n      {purpose}\n" in text
    assert max(len(line) for line in EXAMPLES[name]) < 100


def test_the_help_of_run_still_tells_the_exit_codes() -> None:
    assert "\nexit codes: 0 all well; 1 some documents failed" in command("run", "--help").stdout
