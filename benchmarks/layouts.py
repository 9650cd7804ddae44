"""Speed of each layout of the test corpus: `python -m benchmarks.layouts [--rounds N]`, from the project's folder.

Processor time, up to records, in one process that has read a plan before; the shortest of the rounds. `times` is the
time beside that of the ruled sample, read again in each round (what else the machine does is then the same for both),
for a page and for a word: the pages of the corpus are fuller than the sample's, and its documents short. Pages read by
OCR are left out.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import ratsplan
from tests.layouts.cases import CARDS, HELD_CARDS, HELD_RULED, HELD_UNRULED, RULED, UNRULED, CardCase, Case

RULED_SAMPLE = Path(__file__).parent.parent / "samples" / "rd-eck-vo-2025-246.pdf"


class Reading(NamedTuple):
    """One reading of a document, or the shortest of some: milliseconds for a page and for a word."""

    pages: int
    words: int
    page: float
    word: float


def read(data: bytes) -> Reading:
    begin = time.process_time()
    document = ratsplan.extract(data, name="plan.pdf")
    took, pages, words = 1000 * (time.process_time() - begin), document.file.page_count, document.ledger.words
    return Reading(pages, words, took / pages, took / words)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    sample = RULED_SAMPLE.read_bytes()
    first = read(sample)
    print(f"{'layout':32}{'pages':>6}{'words a page':>14}{'ms a page':>11}{'times':>7}{'by word':>9}")
    words = first.words / first.pages
    print(f"{RULED_SAMPLE.stem:32}{first.pages:>6}{words:>14.0f}{first.page:>11.1f}{1.0:>7.1f}{1.0:>9.1f}")
    groups: list[Sequence[Case | CardCase]] = [RULED, UNRULED, CARDS, HELD_RULED, HELD_UNRULED, HELD_CARDS]
    for case in (case for group in groups for case in group):
        data = case.pdf()
        pairs = [(read(sample), read(data)) for _ in range(rounds)]
        usual, own = (min(side, key=lambda reading: reading.page) for side in zip(*pairs, strict=True))
        times = f"{own.page / usual.page:>7.1f}{own.word / usual.word:>9.1f}"
        print(f"{case.name:32}{own.pages:>6}{own.words / own.pages:>14.0f}{own.page:>11.1f}{times}", flush=True)


if __name__ == "__main__":
    main()
