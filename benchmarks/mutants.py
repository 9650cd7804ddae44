"""A run over harmed copies of the samples: `python -m benchmarks.mutants [--count 2000] [--first 0] [--seed 2025]`.

Every twentieth mutant is one of a whole sample, the others of four of its pages; among them lie copies that nobody
harmed. Told are the outcomes, the slowest document, the memory of the parent while the run goes on, and whether the
unharmed documents have the same bytes as in a run of their own. Pictures are not read: that needs no text to harm.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from pipeline.account import Entry
from pipeline.batch import Settings, run
from pipeline.options import Options
from tests.hostile import SAMPLES
from tests.hostile.mutants import excerpt, mutant

_WHOLE = 20


class Watch:
    """Progress that notes this process's resident memory, in megabytes, after each document."""

    def __init__(self) -> None:
        self.megabytes: list[float] = []

    def start(self, total: int) -> None: ...

    def note(self, entry: Entry) -> None: ...

    def advance(self, entry: Entry) -> None:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        self.megabytes.append(pages * os.sysconf("SC_PAGE_SIZE") / 2**20)


def build(folder: Path, seed: int, first: int, count: int) -> None:
    """Write the mutants with the numbers from `first`, and the samples as they are."""
    folder.mkdir()
    samples = sorted(SAMPLES.glob("*.pdf"))
    whole, parts = [path.read_bytes() for path in samples], [excerpt(path) for path in samples]
    for number in range(first, first + count):
        sources = whole if number % _WHOLE == 0 else parts
        data = mutant(sources[number // _WHOLE % len(sources)], f"{seed} {number}")
        (folder / f"mutant-{number:05}.pdf").write_bytes(data)
    untouched(folder)


def untouched(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for path in SAMPLES.glob("*.pdf"):
        (folder / f"mutant-00{path.stem}.pdf").write_bytes(path.read_bytes())


def records(output: Path) -> dict[str, bytes]:
    """document.json of each unharmed document."""
    paths = output.glob("documents/mutant-00rd-*/document.json")
    # The folder that a document came from is part of its record.
    return {path.parent.name: path.read_bytes().replace(b"/alone/", b"/all/") for path in paths}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seed", type=int, default=2025)
    parser.add_argument("--jobs", type=int, default=2)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder, watch, options = Path(place), Watch(), Options(ocr="never")
        build(folder / "all", arguments.seed, arguments.first, arguments.count)
        untouched(folder / "alone")
        run([str(folder / "alone")], Settings(folder / "one", "0", options), Watch())
        began = time.monotonic()
        account = run([str(folder / "all")], Settings(folder / "many", "0", options, arguments.jobs), watch)
        seconds = time.monotonic() - began
        same = records(folder / "one") == records(folder / "many") and len(records(folder / "one")) > 0
    ends = Counter(entry.reason or entry.end for entry in account.entries)
    slowest = max(entry.seconds or 0.0 for entry in account.entries)
    told = watch.megabytes
    marks = [told[(len(told) - 1) * step // 4] for step in range(5)]
    child = max(entry.megabytes or 0.0 for entry in account.entries)
    print(f"{len(account.entries)} documents in {seconds:.0f} s with {arguments.jobs} jobs, slowest {slowest:.1f} s")
    print("  " + ", ".join(f"{number} {end}" for end, number in ends.most_common()))
    print(
        f"  parent MB at 0, 25, 50, 75, 100 %: {', '.join(f'{mark:.0f}' for mark in marks)}; largest child {child:.0f}"
    )
    print(f"  unharmed documents have the same bytes as alone: {'yes' if same else 'NO'}")
    sys.exit(not same)


if __name__ == "__main__":
    main()
