"""A run over many documents: `python -m benchmarks.throughput [--count 300] [--jobs 2]`.

The documents are copies of the samples that differ in a comment behind their end, so that each is read. Told are pages
a second, the share of the time that is not the reading of documents, the peak memory of parent and child, and
how long a second run takes that finds nothing new.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from pathlib import Path

from benchmarks.mutants import Watch
from pipeline.batch import Settings, run
from tests.hostile import SAMPLES


def build(folder: Path, count: int) -> None:
    folder.mkdir()
    samples = [path.read_bytes() for path in sorted(SAMPLES.glob("*.pdf"))]
    for number in range(count):
        (folder / f"vorlage-{number:05}.pdf").write_bytes(samples[number % len(samples)] + b"%% %d\n" % number)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--jobs", type=int, default=2)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        build(folder / "in", arguments.count)
        settings, watch = Settings(folder / "out", "0", jobs=arguments.jobs), Watch()
        account = run([str(folder / "in")], settings, watch)
        own = time.process_time()
        began = time.monotonic()
        again = run([str(folder / "in")], settings, Watch())
        second = time.monotonic() - began
        size = sum(path.stat().st_size for path in (folder / "out").rglob("*") if path.is_file())
    children = sum(entry.processor or 0.0 for entry in account.entries)
    waiting = 1 - sum(entry.seconds or 0.0 for entry in account.entries) / (arguments.jobs * account.seconds)
    print(f"{account.read} documents, {account.pages} pages in {account.seconds:.0f} s with {arguments.jobs} jobs:")
    print(f"  {account.pages / (children + own):.1f} pages a second of processor time ({children + own:.0f} s in all)")
    print(f"  not reading: {own / (children + own):.1%} of the processor's time, {waiting:.1%} of the jobs' time")
    print(f"  largest child {max(entry.megabytes or 0.0 for entry in account.entries):.0f} MB, ", end="")
    print(f"parent {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB, output {size / 2**20:.0f} MB")
    print(f"  a second run, {again.counts['unchanged']} unchanged: {second:.2f} s")


if __name__ == "__main__":
    main()
