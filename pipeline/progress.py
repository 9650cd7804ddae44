"""How a run goes on, told on stderr: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

from pipeline.account import Entry
from pipeline.names import printable

_QUIET = frozenset({"unchanged", "set_aside"})
"""What a run has said before is not said again: a nightly run has little to say."""


def describe(entry: Entry) -> str:
    """One line about how it went with one input."""
    name = printable(entry.name)
    match entry.end:
        case "failed" | "not_found":
            return f"{name}: {entry.end.replace('_', ' ')}: {printable(entry.message or '')}"
        case "set_aside":
            return f"{name}: set aside, it failed twice: {printable(entry.message or '')}"
        case "duplicate":
            return f"{name}: not read again, {printable(entry.message or '')}"
        case "unchanged":
            return f"{name}: unchanged"
    look = {"review": ", to review", "empty": ", neither paper nor plan"}.get(entry.end, "")
    what = f"{counted(entry.pages or 0, 'page')}, {counted(entry.measures or 0, 'measure')}"
    return f"{name}: {what}{look} ({entry.seconds:.1f} s)"


def counted(number: int, noun: str) -> str:
    """`1 page`, `2 pages`, `3 responsibilities`."""
    if number != 1:
        noun = f"{noun.removesuffix('y')}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number} {noun}"


class Lines:
    """One line for each document."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.total = self.count = 0

    def start(self, total: int) -> None:
        self.total = total

    def note(self, entry: Entry) -> None:
        if entry.end not in _QUIET:
            self._say(describe(entry))

    def advance(self, entry: Entry) -> None:
        self.count += 1
        self._say(f"[{self.count}/{self.total}] {describe(entry)}")

    def close(self) -> None:
        """Nothing is left open."""

    def _say(self, line: str) -> None:
        self.stream.write(line + "\n")
        self.stream.flush()


class Bar:
    """A bar; only what needs a person's eye stays above it as a line."""

    def __init__(self, stream: TextIO) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        self.console = Console(file=stream, highlight=False, markup=False, soft_wrap=True)
        name = TextColumn("{task.description}", markup=False)
        columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), name)
        self.bar = Progress(*columns, console=self.console, transient=True)
        self.task = self.bar.add_task("", total=None)

    def start(self, total: int) -> None:
        self.bar.update(self.task, total=total)
        self.bar.start()

    def note(self, entry: Entry) -> None:
        if entry.end not in _QUIET:
            self.console.print(describe(entry))

    def advance(self, entry: Entry) -> None:
        if entry.end == "failed":
            self.console.print(describe(entry))
        self.bar.update(self.task, advance=1, description=printable(Path(entry.name).name))

    def close(self) -> None:
        self.bar.stop()


class JsonLines:
    """One JSON object a line, for programs that collect logs."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def start(self, total: int) -> None:
        self.say("start", {"documents": total})

    def note(self, entry: Entry) -> None:
        if entry.end not in _QUIET:
            self.say("input", entry.as_json())

    def advance(self, entry: Entry) -> None:
        self.say("document", entry.as_json())

    def say(self, event: str, values: Mapping[str, Any]) -> None:
        """Write an event with the time, in UTC."""
        time = datetime.now(UTC).isoformat(timespec="milliseconds")
        self.stream.write(json.dumps({"time": time, "event": event, **values}, ensure_ascii=False) + "\n")
        self.stream.flush()

    def close(self) -> None:
        """Nothing is left open."""


def progress_on(stream: TextIO, log_format: str = "text") -> Bar | Lines | JsonLines:
    """JSON lines where they are asked for; else a bar on a terminal that can draw one, plain lines elsewhere."""
    if log_format == "json":
        return JsonLines(stream)
    if stream.isatty() and os.environ.get("TERM") != "dumb":
        return Bar(stream)
    return Lines(stream)
