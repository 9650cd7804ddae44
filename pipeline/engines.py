"""Who does the work: the same task, in a child process of its own, on this machine or on those of a Dask cluster."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol

from pipeline import reading
from pipeline.isolate import Failure, Job, Outcome, run_isolated, warm_up
from pipeline.reading import Reading, Task
from ratsplan import __version__
from schemas.errors import UsageError

if TYPE_CHECKING:
    from distributed import Client

Target = Callable[[Task], Reading]
LOST = "lost_worker"
"""Reason of a failure that says nothing about the document."""
_AHEAD = 2
"""Tasks that are on their way for each that is at work: so many PDFs are in memory at once."""
_PATIENCE = 30.0
"""Seconds until a scheduler must have answered, and a worker be there."""


class Engine(Protocol):
    """Does jobs and yields their outcomes as they come, in any order. Closing the generator ends all work."""

    def outcomes(self, jobs: Iterable[Job[Task]]) -> Generator[Outcome[Task, Reading], None, None]:
        """The outcome of each job, once."""


@dataclass(frozen=True, slots=True)
class LocalEngine:
    """Child processes of this one, `workers` at once."""

    workers: int = 1
    target: Target = reading.read

    def outcomes(self, jobs: Iterable[Job[Task]]) -> Generator[Outcome[Task, Reading], None, None]:
        warm_up(reading.PRELOAD)
        return run_isolated(self.target, jobs, workers=self.workers, preload=reading.PRELOAD)


@dataclass(frozen=True, slots=True)
class DaskEngine:
    """The workers of a Dask cluster; in each of them a document has a child process of its own, as here.

    The bytes of a PDF travel with its task, so that workers need no folder of this machine. A task whose worker is lost
    goes to another one; after the cluster's `allowed-failures` it ends as a failure that is no strike.
    """

    scheduler: str
    target: Target = reading.read

    def outcomes(self, jobs: Iterable[Job[Task]]) -> Generator[Outcome[Task, Reading], None, None]:
        """As `Engine.outcomes`. Raises UsageError where there is no cluster, or one with another ratsplan."""
        from distributed import as_completed

        with _connected(self.scheduler) as client:
            waiting, sent = iter(jobs), dict[Any, Job[Task]]()
            running = as_completed(loop=client.loop)
            try:
                for future in self._submitted(client, waiting, sent, _AHEAD * _threads(client)):
                    running.add(future)
                for future in running:
                    job = sent.pop(future)
                    outcome = _outcome(future, job)
                    for following in self._submitted(client, waiting, sent, 1):
                        running.add(following)
                    yield outcome
            finally:
                client.cancel(list(sent))

    def _submitted(
        self, client: Client, waiting: Iterator[Job[Task]], sent: dict[Any, Job[Task]], most: int
    ) -> Iterator[Any]:
        for _, job in zip(range(most), waiting, strict=False):
            task = replace(job.argument, data=job.argument.path.read_bytes())
            future = client.submit(_isolated, self.target, replace(job, argument=task), pure=False)
            sent[future] = job
            yield future


def _outcome(future: Any, job: Job[Task]) -> Outcome[Task, Reading]:
    from distributed import KilledWorker

    try:
        result, seconds = future.result()
    except KilledWorker:
        message = "the workers that read it were lost; run again, and look at the cluster"
        return Outcome(job.argument, Failure(LOST, message), 0.0)
    return Outcome(job.argument, result, seconds)


def _isolated(target: Target, job: Job[Task]) -> tuple[Reading | Failure, float]:
    """What a worker does: a child process, as on one machine."""
    # A nanny starts its workers as daemons, which multiprocessing forbids to have children. These are joined below.
    multiprocessing.current_process()._config["daemon"] = False  # type: ignore[attr-defined]
    with closing(run_isolated(target, [job], preload=reading.PRELOAD)) as outcomes:
        outcome = next(outcomes)
    return outcome.result, outcome.seconds


def _connected(scheduler: str) -> Client:
    try:
        from distributed import Client
    except ImportError as error:
        raise UsageError("--engine dask needs a package more; install ratsplan[cluster]") from error
    try:
        client = Client(scheduler, timeout=_PATIENCE, set_as_default=False)
        client.wait_for_workers(1, timeout=_PATIENCE)
    except (OSError, ValueError) as error:  # a time-out is an OSError
        message = f"no cluster with workers answers ({error or type(error).__name__}); start it, or check --scheduler"
        raise UsageError(f"{scheduler}: {message}") from error
    others = {version for version in client.run(_version).values() if version != __version__}
    if others:
        client.close()
        message = f"its workers have ratsplan {', '.join(sorted(others))}, this is {__version__}; install the same"
        raise UsageError(f"{scheduler}: {message}")
    return client


def _version() -> str:
    return __version__


def _threads(client: Client) -> int:
    """How many tasks the cluster does at once."""
    threads: dict[str, int] = client.nthreads()
    return max(1, sum(threads.values()))
