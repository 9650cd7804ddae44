"""A child that dies costs only itself."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import subprocess
import sys

import pytest

from pipeline.isolate import Failure, Job, Outcome, run_isolated
from tests.child_targets import double, misbehave, process_id

PATIENCE = 60.0


def run(*hows: str, limit: float = PATIENCE, workers: int = 2) -> dict[str, Outcome[str, str]]:
    jobs = [Job(how, limit) for how in hows]
    outcomes = run_isolated(misbehave, jobs, workers=workers, memory=2 << 30)
    return {outcome.argument: outcome for outcome in outcomes}


def failure(outcome: Outcome[str, str]) -> Failure:
    assert isinstance(outcome.result, Failure)
    return outcome.result


def test_every_job_gives_its_result() -> None:
    outcomes = run_isolated(double, [Job(n, PATIENCE) for n in range(5)], workers=2)
    assert sorted((o.argument, o.result) for o in outcomes) == [(n, 2 * n) for n in range(5)]


def test_every_job_has_a_process_of_its_own() -> None:
    pids = [o.result for o in run_isolated(process_id, [Job(n, PATIENCE) for n in range(3)], workers=1)]
    assert len(set(pids)) == 3
    assert os.getpid() not in pids


def test_a_result_larger_than_a_pipe_comes_through() -> None:
    assert run("big")["big"].result == "x" * (8 << 20)


@pytest.mark.parametrize(
    ("how", "reason", "words"),
    [
        ("exit", "crash", "exit code 7"),
        ("segfault", "crash", "SIGSEGV"),
        ("hog", "out_of_memory", "memory"),
        ("locked", "encrypted", "asks for a password"),
        ("bug", "error", "KeyError"),
    ],
)
def test_a_bad_job_fails_with_its_reason_and_the_others_go_on(how: str, reason: str, words: str) -> None:
    outcomes = run("one", how, "two", workers=1)
    assert failure(outcomes[how]).reason == reason
    assert words in failure(outcomes[how]).message
    assert [outcomes[name].result for name in ("one", "two")] == ["one", "two"]


def test_a_job_over_its_time_is_killed_and_the_others_go_on() -> None:
    outcomes = run("hang", "one", limit=0.5)
    assert failure(outcomes["hang"]).reason == "timeout"
    assert outcomes["one"].result == "one"


def test_a_job_may_ask_for_more_time_or_less() -> None:
    assert run("more time", limit=1.0)["more time"].result == "more time"
    told = failure(run("less time")["less time"])
    assert (told.reason, told.message) == ("timeout", "gave no result within 1 seconds and was stopped")


def test_time_runs_from_the_begin_of_the_work() -> None:
    # Together they take longer than any of them may.
    outcomes = run("nap", "nap again", "last nap", limit=2.5, workers=1)
    assert [outcome.result for outcome in outcomes.values()] == ["nap", "nap again", "last nap"]


def test_a_message_is_one_line_and_the_traceback_stands_apart() -> None:
    told = failure(run("bug")["bug"])
    assert "\n" not in told.message
    assert told.detail is not None
    assert "child_targets.py" in told.detail


def test_a_child_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    assert run("chatter")["chatter"].result == "chatter"
    assert capfd.readouterr() == ("", "")


def test_closing_kills_the_children_at_work() -> None:
    outcomes = run_isolated(misbehave, [Job("one", PATIENCE), Job("hang", 600.0)], workers=2)
    next(outcomes)
    assert multiprocessing.active_children()
    outcomes.close()
    assert multiprocessing.active_children() == []


def test_no_jobs_give_no_outcomes() -> None:
    assert list(run_isolated(double, [])) == []


def test_the_next_job_is_at_work_while_an_outcome_is_looked_at() -> None:
    jobs = iter([Job(n, PATIENCE) for n in range(3)])
    with contextlib.closing(run_isolated(double, jobs, workers=1)) as outcomes:
        assert next(outcomes).result == 0
        assert [job.argument for job in jobs] == [2]


def test_warming_up_reads_a_plan_to_its_end() -> None:
    # A plan that is not recognised would warm nothing, and tell nobody.
    code = "import gc; from pipeline.warm import warm_up; print(warm_up(), gc.get_freeze_count() > 0)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["2", "True"]
