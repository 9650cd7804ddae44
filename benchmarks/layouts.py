"""Speed of each layout of the test corpus: `python -m benchmarks.layouts [--rounds N]`, from the project's folder.

Processor time, up to records, in one process that has read a plan before; the shortest of the rounds. `times` is the
time beside that of the ruled sample, for a page and for a word: the pages of the corpus are fuller than the sample's,
and its documents short. Pages read by OCR are left out.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

import ratsplan
from tests.layouts.cases import CARDS, HELD_CARDS, HELD_RULED, HELD_UNRULED, RULED, UNRULED, CardCase, Case

RULED_SAMPLE = Path(__file__).parent.parent / "samples" / "rd-eck-vo-2025-246.pdf"


def measured(data: bytes, rounds: int) -> tuple[float, int, int]:
    """Milliseconds, pages and words of a document."""
    best, pages, words = float("inf"), 0, 0
    for _ in range(rounds):
        begin = time.process_time()
        document = ratsplan.extract(data, name="plan.pdf")
        best = min(best, time.process_time() - begin)
        pages, words = document.file.page_count, document.ledger.words
    return 1000 * best, pages, words


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    sample = RULED_SAMPLE.read_bytes()
    measured(sample, 1)
    usual, pages, words = measured(sample, rounds)
    page, word = usual / pages, usual / words
    print(f"{'layout':32}{'pages':>6}{'words a page':>14}{'ms a page':>11}{'times':>7}{'by word':>9}")
    print(f"{RULED_SAMPLE.stem:32}{pages:>6}{words / pages:>14.0f}{page:>11.1f}{1.0:>7.1f}{1.0:>9.1f}")
    groups: list[Sequence[Case | CardCase]] = [RULED, UNRULED, CARDS, HELD_RULED, HELD_UNRULED, HELD_CARDS]
    for case in (case for group in groups for case in group):
        took, pages, words = measured(case.pdf(), rounds)
        times = f"{took / pages / page:>7.1f}{took / words / word:>9.1f}"
        print(f"{case.name:32}{pages:>6}{words / pages:>14.0f}{took / pages:>11.1f}{times}", flush=True)


if __name__ == "__main__":
    main()
