"""kill -9 of a whole run at random moments: `python -m benchmarks.kills [--moments N] [--seed N]`.

Each time a run over 60 PDFs is killed with all its processes, then made again. The output must have the same bytes as
that of a run nobody disturbed.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

COUNT = 60
_APART = {"run.json", "catalog.sqlite", ".lock"}
"""Files that tell of runs, not of documents."""


def build(folder: Path) -> None:
    """Write 60 papers of one page."""
    folder.mkdir(parents=True)
    for number in range(COUNT):
        canvas = Canvas(str(folder / f"vorlage-{number:02}.pdf"), invariant=1)
        lines = (f"Beschlussvorlage VO/2025/{number:03}", "Status: öffentlich", "Sachverhalt", "Das Amt berichtet.")
        for line, text in enumerate(lines):
            canvas.drawString(72, 720 - 30 * line, text)
        canvas.save()


def command(source: Path, output: Path) -> list[str]:
    return [sys.executable, "-m", "ratsplan", "run", str(source), "--output", str(output), "--jobs", "2"]


def run(source: Path, output: Path) -> None:
    """A run to its end. Raises RuntimeError with what it said when it fails."""
    done = subprocess.run(command(source, output), check=False, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"exit code {done.returncode}\n{done.stdout}\n{done.stderr}")


def killed_at(documents: int, seconds: float, source: Path, output: Path) -> bool:
    """A run that is killed with all its processes so many seconds after it told of that many documents.

    Returns whether it was still at work.
    """
    process = subprocess.Popen(
        command(source, output), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
    )
    assert process.stderr is not None
    with process.stderr:
        for _ in range(documents):
            process.stderr.readline()
        time.sleep(seconds)
        at_work = process.poll() is None
        if at_work:
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    return at_work


def moment(chance: random.Random) -> tuple[int, float]:
    """After how many documents, and how many seconds later; a quarter of them while the tables are made."""
    documents = min(chance.randrange(COUNT * 4 // 3), COUNT)
    return documents, chance.uniform(0.0, 1.0 if documents in (0, COUNT) else 0.1)


def results(output: Path) -> dict[str, bytes]:
    """Path -> bytes of everything in an output folder that documents decide."""
    files = (path for path in output.rglob("*") if path.is_file() and path.name not in _APART)
    return {str(path.relative_to(output)): path.read_bytes() for path in files}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--moments", type=int, default=50)
    parser.add_argument("--seed", type=int, default=2025)
    arguments = parser.parse_args()
    chance = random.Random(arguments.seed)
    with tempfile.TemporaryDirectory() as folder:
        source, output = Path(folder, "in"), Path(folder, "out")
        build(source)
        run(source, output)
        expected = results(output)
        at_work = documents = wrong = 0
        for number in range(arguments.moments):
            again = Path(folder, f"out-{number}")
            at_work += killed_at(*moment(chance), source, again)
            documents += len(list(again.glob("documents/*/document.json")))
            run(source, again)
            wrong += results(again) != expected
        print(f"{arguments.moments} moments in runs over {COUNT} documents; {at_work} were at work,")
        print(f"{documents / arguments.moments:.0f} documents were written on average; {wrong} outputs differ")
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main()
