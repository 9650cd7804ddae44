"""One child process for each job, so that a job that hangs, crashes or eats the memory costs only itself.

Pools were tried and are not used: a worker that is killed takes its result, or the whole pool, with it. Here each job
has its own process and pipe; the end of the pipe tells of the process's end, whatever the cause.
"""

from __future__ import annotations

import contextlib
import math
import multiprocessing
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import forkserver, resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerContext, SpawnContext
from multiprocessing.process import BaseProcess
from typing import Generic, TypeVar, cast

from schemas.errors import DocumentError

if sys.platform != "win32":
    import resource

A = TypeVar("A")
R = TypeVar("R")

MEMORY = 4 << 30
"""Address space of a child in bytes. Generous: libraries reserve far more than they use."""
_START_LIMIT = 120.0
"""Seconds from the start of the process until its work begins; imports happen in this time."""
_CPU_SHARE = 8
"""A child whose parent was killed ends itself after its time limit times this, in seconds of processor time."""


@dataclass(frozen=True, slots=True)
class Job(Generic[A]):
    """What to call the target with, and for how many seconds it may work, unless it asks for others with `allow`."""

    argument: A
    limit: float


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no result: a short code, one sentence for people, and a traceback where there is one."""

    reason: str
    message: str
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome(Generic[A, R]):
    """How a job ended: with a result or a failure, after so many seconds of work."""

    argument: A
    result: R | Failure
    seconds: float


def run_isolated(
    target: Callable[[A], R],
    jobs: Iterable[Job[A]],
    *,
    workers: int = 1,
    memory: int | None = MEMORY,
    preload: Sequence[str] = (),
) -> Generator[Outcome[A, R], None, None]:
    """Call `target` for each job in a process of its own, `workers` at once; yield the outcomes as they come.

    `target` must be importable by its name, its argument and result picklable. `preload` names modules that are
    imported once for all children, where the system can fork from a server. `memory` limits a child's address space,
    in bytes. When the generator is closed, all children are killed.
    """
    context = _context(preload)
    waiting = iter(jobs)
    running: dict[Connection, _Child[A, R]] = {}

    def fill() -> None:
        while len(running) < workers and (job := next(waiting, None)) is not None:
            child = _Child(context, target, job, memory)
            running[child.connection] = child

    try:
        fill()
        while running:
            for connection in _ready(running):
                outcome = running[connection].outcome()
                if outcome is not None:
                    running.pop(connection).stop()
                    fill()  # before the outcome is looked at: the next child works meanwhile
                    yield outcome
    finally:
        for child in running.values():
            child.stop()


def warm_up(preload: Sequence[str]) -> None:
    """Start the server that children are forked from, where there is one; it imports `preload` while we go on."""
    if isinstance(_context(preload), ForkServerContext):
        with _interrupts_held():
            forkserver.ensure_running()


class _Child(Generic[A, R]):
    """One process. It says when its work begins; from then on its time runs."""

    def __init__(
        self, context: ForkServerContext | SpawnContext, target: Callable[[A], R], job: Job[A], memory: int | None
    ) -> None:
        self.job = job
        self.connection, theirs = context.Pipe(duplex=False)
        self.process: BaseProcess = context.Process(target=_work, args=(theirs, target, job, memory), daemon=True)
        with _interrupts_held():
            self.process.start()
        # Only the child may hold the writing end, or its end would not be seen.
        theirs.close()
        self.began = time.monotonic()
        self.limit = job.limit
        self.working = False

    @property
    def deadline(self) -> float:
        return self.began + (self.limit if self.working else _START_LIMIT)

    def outcome(self) -> Outcome[A, R] | None:
        """The outcome, or None while the child is at work. Called when something is in the pipe, or time is over."""
        if not self.connection.poll():
            if time.monotonic() < self.deadline:
                return None
            message = (
                f"gave no result within {self.limit if self.working else _START_LIMIT:.0f} seconds and was stopped"
            )
            return self._ended(Failure("timeout", message))
        try:
            answer = self.connection.recv()
        except EOFError:
            return self._ended(self._death())
        if answer == _BEGIN:
            self.began, self.working = time.monotonic(), True
            return None
        if isinstance(answer, float):
            self.limit = answer
            return None
        return self._ended(cast("R | Failure", answer[0]))

    def stop(self) -> None:
        """End the process, at once if it still runs, and give back what it holds."""
        self.process.kill()
        self.process.join()
        self.process.close()
        self.connection.close()

    def _ended(self, result: R | Failure) -> Outcome[A, R]:
        return Outcome(self.job.argument, result, time.monotonic() - self.began)

    def _death(self) -> Failure:
        self.process.join()
        code = self.process.exitcode or 0
        if code == -signal.SIGKILL:
            return Failure("out_of_memory", "was stopped by the system, most likely for want of memory")
        if code == -getattr(signal, "SIGXCPU", 0):
            return Failure("timeout", "used up its processor time and was stopped")
        how = f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
        return Failure("crash", f"the process that read it crashed ({how})")


_BEGIN = "begin"
_parent: Connection | None = None
"""In a child, the way to its parent."""


def allow(seconds: float) -> None:
    """Called by a target that knows by now how much it has to do: it may work for so many seconds from its begin."""
    if _parent is not None:
        _limit_processor(seconds)
        _parent.send(float(seconds))


@contextlib.contextmanager
def _interrupts_held() -> Iterator[None]:
    """Children inherit this mask: Ctrl-C reaches the whole group of processes, but is their parent's to answer."""
    if sys.platform == "win32":
        yield
        return
    # Started later, inside the block, it would lift the mask.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _ready(running: dict[Connection, _Child[A, R]]) -> list[Connection]:
    """The pipes that have something to tell, and those whose time is over."""
    now = time.monotonic()
    first = min(child.deadline for child in running.values())
    ready = cast("list[Connection]", wait(list(running), timeout=max(0.0, first - now)))
    now = time.monotonic()
    return ready + [key for key, child in running.items() if key not in ready and child.deadline <= now]


def _context(preload: Sequence[str]) -> ForkServerContext | SpawnContext:
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(preload))
    return context


def _work(connection: Connection, target: Callable[[A], R], job: Job[A], memory: int | None) -> None:
    """What a child does. It prints nothing: the terminal is its parent's."""
    global _parent
    _silence()
    _limit_processor(job.limit)
    _limit_memory(memory)
    connection.send(_BEGIN)
    _parent = connection
    try:
        result: R | Failure = target(job.argument)
    except DocumentError as error:
        result = Failure(error.reason, error.message)
    except MemoryError:
        result = Failure("out_of_memory", "needs more memory than a document may have")
    except Exception as error:
        result = Failure("error", f"could not be read: {_one_line(error)}", traceback.format_exc())
    # A parent that is gone needs no answer.
    with contextlib.suppress(BrokenPipeError):
        connection.send((result,))


def _silence() -> None:
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.dup2(null, 2)
    os.close(null)


def _limit_processor(seconds: float) -> None:
    if sys.platform != "win32":
        _set_limit(resource.RLIMIT_CPU, math.ceil(seconds * _CPU_SHARE))


def _limit_memory(size: int | None) -> None:
    if sys.platform != "win32" and size is not None:
        _set_limit(resource.RLIMIT_AS, size)


def _set_limit(kind: int, value: int) -> None:
    """Set what counts, not what bounds it: it may be raised later."""
    _, hard = resource.getrlimit(kind)
    resource.setrlimit(kind, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))


def _one_line(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())
