"""A run over many documents: `python -m benchmarks.throughput [--count 300] [--jobs 2]`.

Built plans of 10 to 39 measures, each with words of its own, go through the command line. Told are pages a second, the
share of the time that is not the reading of documents, the peak memory of parent and child, and how long a second run
takes that finds nothing new.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.plans import build_plan


def build(folder: Path, count: int) -> None:
    folder.mkdir()
    for number in range(count):
        build_plan(folder / f"plan-{number:05}.pdf", 10 + number % 30, seed=number)


def run(source: Path, output: Path, jobs: int) -> tuple[dict[str, Any], float, float]:
    """A run of the command line: run.json, and the parent's seconds of processor time and peak megabytes."""
    line = [sys.executable, "-m", "ratsplan", "run", str(source), "--output", str(output), "--jobs", str(jobs)]
    process = subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"exit code {process.returncode}")
    told = json.loads((output / "run.json").read_bytes())
    return told, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--jobs", type=int, default=2)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        build(folder / "in", arguments.count)
        told, parent, megabytes = run(folder / "in", folder / "out", arguments.jobs)
        began = time.monotonic()
        again, _, _ = run(folder / "in", folder / "out", arguments.jobs)
        second = time.monotonic() - began
        size = sum(path.stat().st_size for path in (folder / "out").rglob("*") if path.is_file())
    entries, pages = told["entries"], told["pages"]
    children = sum(entry["processor"] for entry in entries)
    waiting = 1 - sum(entry["seconds"] for entry in entries) / (arguments.jobs * told["seconds"])
    print(f"{len(entries)} documents, {pages} pages in {told['seconds']:.0f} s with {arguments.jobs} jobs:")
    print(f"  {pages / (children + parent):.1f} pages a second of processor time ({children + parent:.0f} s in all)")
    print(f"  not reading: {parent / (children + parent):.1%} of the processor's time, {waiting:.1%} of the jobs' time")
    print(f"  largest child {max(entry['megabytes'] for entry in entries):.0f} MB, parent {megabytes:.0f} MB")
    print(f"  output {size / 2**20:.0f} MB; a second run, {again['inputs']['unchanged']} unchanged: {second:.2f} s")


if __name__ == "__main__":
    main()
