"""Speed and memory beside the peers: `python -m benchmarks.bench [--rounds N] [FILE ...]`.

Every reading runs in a process of its own, the tools in turn, so that a slow moment of the machine meets them all.
Each process first reads a plan of one page; that and the imports stand apart, as `start`. Then the file is opened and
read once: `wall` is what a clock says, `cpu` the processor's time, which other work on the machine disturbs less. Peak
memory is the largest resident set of the process.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

SAMPLES = Path(__file__).parent.parent / "samples"


def ratsplan_records(path: str) -> tuple[int, str]:
    """Everything up to records."""
    import ratsplan

    document = ratsplan.extract(path)
    measures = len(document.plan.measures) if document.plan is not None else 0
    return document.file.page_count, f"{measures} measures"


def pdfplumber_tables(path: str) -> tuple[int, str]:
    """`extract_tables` of every page, and no more."""
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        rows = [len(table) for page in pdf.pages for table in page.extract_tables()]
        return len(pdf.pages), f"{len(rows)} tables, {sum(rows)} rows"


def camelot_lattice(path: str) -> tuple[int, str]:
    """The lattice parser on every page, and no more."""
    import pypdfium2
    from camelot.io import read_pdf

    tables = read_pdf(path, pages="all", flavor="lattice", suppress_stdout=True)
    return len(pypdfium2.PdfDocument(path)), f"{len(tables)} tables, {sum(len(table.df) for table in tables)} rows"


TOOLS: dict[str, Callable[[str], tuple[int, str]]] = {
    "ratsplan": ratsplan_records,
    "pdfplumber": pdfplumber_tables,
    "camelot": camelot_lattice,
}
"""Path -> pages and what was found."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reading in a fresh process took; megabytes are 2**20 bytes."""

    start: float
    """Seconds for the imports and a plan of one page."""
    wall: float
    cpu: float
    """Seconds for the file."""
    megabytes: float
    pages: int
    found: str


def measure(tool: str, first: str, path: str) -> Reading:
    """Read the file `first`, then the file at `path`, once each, in this process."""
    read = TOOLS[tool]
    begin = time.perf_counter()
    read(first)
    wall, cpu = time.perf_counter(), time.process_time()
    start = wall - begin
    pages, found = read(path)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Reading(start, wall, cpu, peak, pages, found)


def measure_apart(tool: str, first: Path, path: Path) -> Reading:
    """The same in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.bench", "--tool", tool, str(first), str(path)]
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return Reading(**json.loads(output.splitlines()[-1]))


def compare(path: Path, first: Path, rounds: int) -> None:
    """Print a row for each tool: milliseconds a page, cpu in times of ratsplan's, start, peak memory, what it found."""
    readings: dict[str, list[Reading]] = {tool: [] for tool in TOOLS}
    for _ in range(rounds):
        for tool in TOOLS:
            readings[tool].append(measure_apart(tool, first, path))
    pages = readings["ratsplan"][0].pages
    own = median(reading.cpu for reading in readings["ratsplan"])
    print(f"\n{path.name}, {pages} pages, {rounds} rounds; milliseconds a page, median (least to most)")
    print(f"{'':12}{'wall':>24}{'cpu':>24}{'times':>7}{'start s':>9}{'peak MB':>9}  found")
    for tool, runs in readings.items():
        wall, cpu = (
            [1000 * seconds / pages for seconds in of] for of in zip(*((r.wall, r.cpu) for r in runs), strict=True)
        )
        times, start = median(cpu) * pages / 1000 / own, median(reading.start for reading in runs)
        peak = max(reading.megabytes for reading in runs)
        row = f"{tool:12}{_spread(wall):>24}{_spread(cpu):>24}{times:>7.1f}{start:>9.2f}{peak:>9.0f}"
        print(f"{row}  {runs[0].found}", flush=True)


def _spread(values: Sequence[float]) -> str:
    return f"{median(values):.1f} ({min(values):.1f} to {max(values):.1f})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, help="PDFs (default: the samples and a plan of 280 measures)")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--tool", choices=sorted(TOOLS), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.tool:
        print(json.dumps(asdict(measure(arguments.tool, *map(str, arguments.files)))))
        return
    with tempfile.TemporaryDirectory() as folder:
        files = arguments.files or [*sorted(SAMPLES.glob("*.pdf")), built_plan(Path(folder), 280)]
        first = built_plan(Path(folder), 1)
        for file in files:
            compare(file, first, arguments.rounds)


def built_plan(folder: Path, measures: int) -> Path:
    """A ruled plan, built in a process of its own so that this one stays small; 280 measures take about 60 pages."""
    path = folder / f"plan-{measures}.pdf"
    subprocess.run([sys.executable, "-m", "benchmarks.plans", str(path), str(measures)], check=True)
    return path


if __name__ == "__main__":
    main()
