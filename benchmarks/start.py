"""How long the program takes to answer: `python -m benchmarks.start [--rounds N]`: seconds of whole processes in turn.

The least, the median and the most are printed.
`import spacy` stands beside them: a tool that loads a language pipeline first pays that before it reads a page.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from benchmarks.bench import built_plan


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        paper = built_plan(Path(folder), 1)
        program = [sys.executable, "-m", "ratsplan"]
        commands = {
            "python, nothing": [sys.executable, "-c", "pass"],
            "ratsplan --help": [*program, "--help"],
            "ratsplan run, one page": [*program, "run", str(paper), "--force", "--output", str(Path(folder) / "out")],
            "import spacy": [sys.executable, "-c", "import spacy"],
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(rounds):
            for name, command in commands.items():
                began = time.perf_counter()
                subprocess.run(command, check=True, capture_output=True)
                times[name].append(time.perf_counter() - began)
    for name, taken in times.items():
        print(f"{name:24} {min(taken):6.2f} {median(taken):6.2f} {max(taken):6.2f} s")


if __name__ == "__main__":
    main()
