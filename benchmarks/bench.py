"""Speed and memory beside the peers: `python -m benchmarks.bench [--rounds N] [FILE ...]`.

Every reading runs in a process of its own, the tools in turn, so that a slow moment of the machine meets them all.
Imports are not counted; opening the file is. Peak memory is the largest resident set of that process.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from benchmarks.plans import build_plan

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


def warm_up(tool: str) -> None:
    """Import what the tool needs, so that imports are not counted."""
    if tool == "ratsplan":
        import pipeline.document  # noqa: F401
    elif tool == "camelot":
        import camelot  # noqa: F401
    else:
        import pdfplumber  # noqa: F401


def measure(tool: str, path: str) -> None:
    """Run one tool once in this process and print a line of JSON."""
    warm_up(tool)
    start = time.perf_counter()
    pages, found = TOOLS[tool](path)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "pages": pages, "megabytes": peak, "found": found}))


def run(tool: str, path: Path) -> dict[str, object]:
    command = [sys.executable, "-m", "benchmarks.bench", "--tool", tool, str(path)]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    result: dict[str, object] = json.loads(output.splitlines()[-1])
    return result


def compare(path: Path, rounds: int) -> None:
    """Print a row for each tool: milliseconds a page (median, least, most), peak memory, and what it found."""
    results: dict[str, list[dict[str, object]]] = {tool: [] for tool in TOOLS}
    for _ in range(rounds):
        for tool in TOOLS:
            results[tool].append(run(tool, path))
    own = None
    print(f"\n{path.name}, {results['ratsplan'][0]['pages']} pages, {rounds} rounds")
    print(f"{'':12}{'ms a page':>10}{'least':>8}{'most':>8}{'MB':>7}{'ratio':>7}  found")
    for tool, runs in results.items():
        times = [1000 * float(str(r["seconds"])) / int(str(r["pages"])) for r in runs]
        memory = max(float(str(r["megabytes"])) for r in runs)
        own = own or median(times)
        ratio = median(times) / own
        row = f"{tool:12}{median(times):>10.1f}{min(times):>8.1f}{max(times):>8.1f}{memory:>7.0f}{ratio:>7.1f}"
        print(f"{row}  {runs[0]['found']}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, help="PDFs (default: the samples and a plan of 250 measures)")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--tool", choices=sorted(TOOLS), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.tool:
        measure(arguments.tool, str(arguments.files[0]))
        return
    with tempfile.TemporaryDirectory() as folder:
        files = arguments.files
        if not files:
            built = Path(folder) / "plan-250.pdf"
            build_plan(built, 250)
            files = [*sorted(SAMPLES.glob("*.pdf")), built]
        for file in files:
            compare(file, arguments.rounds)


if __name__ == "__main__":
    main()
