"""Who does the work: the same task, in a child process of its own, on this machine."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from typing import Protocol

from pipeline import reading
from pipeline.isolate import Job, Outcome, run_isolated
from pipeline.reading import Reading, Task


class Engine(Protocol):
    """Does jobs and yields their outcomes as they come, in any order. Closing the generator ends all work."""

    def outcomes(self, jobs: Iterable[Job[Task]]) -> Generator[Outcome[Task, Reading], None, None]:
        """The outcome of each job, once."""


@dataclass(frozen=True, slots=True)
class LocalEngine:
    """Child processes of this one, `workers` at once."""

    workers: int = 1
    target: Callable[[Task], Reading] = reading.read

    def outcomes(self, jobs: Iterable[Job[Task]]) -> Generator[Outcome[Task, Reading], None, None]:
        return run_isolated(self.target, jobs, workers=self.workers, preload=reading.PRELOAD)
