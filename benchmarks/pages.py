"""How long review pages take to open: `python -m benchmarks.pages [--rounds N]`, in chromium, driven by Playwright.

Two pages, opened from the disk in a tab of a fresh profile each time: that of the sample of 25 pages, and that of a
built plan of about 60. The clock runs from the begin of the navigation; `text` is the first painting of text or
picture, `picture` the frame after the first page's picture was decoded, `load` the end of the event `load`, `ready`
when both are over. Seconds: median (least to most).
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Playwright, sync_playwright

import ratsplan
from benchmarks.bench import SAMPLES, built_plan
from pipeline.report.page import report_page

_GOAL = 2.0
"""Seconds in which a page is to be ready."""
_MOST = (6, 15)
"""Millions of bytes that the pages may have."""
_NAMES = ("chromium", "chromium-browser", "google-chrome")
_CLOCK = """async () => {
  const picture = document.querySelector('.paper img');
  await picture.decode();
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  const shown = performance.now();
  const [navigation] = performance.getEntriesByType('navigation');
  const paint = performance.getEntriesByName('first-contentful-paint')[0];
  const text = paint ? paint.startTime : NaN;
  return {text, picture: shown, load: navigation.loadEventEnd, ready: Math.max(shown, navigation.loadEventEnd)};
}"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    chromium = next(filter(None, map(shutil.which, _NAMES)), None)
    if chromium is None:
        print("no chromium: review pages were not opened (Debian: apt-get install chromium)", file=sys.stderr)
        return
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        files = [SAMPLES / "rd-eck-vo-2025-246.pdf", built_plan(Path(folder), 280)]
        for most, file in zip(_MOST, files, strict=True):
            page = Path(folder) / f"{file.stem}.html"
            document = ratsplan.extract(file)
            page.write_text(report_page(document), encoding="utf-8")
            size, pages = page.stat().st_size / 1e6, document.file.page_count
            print(f"\n{file.name}, {pages} pages: {size:.1f} MB of {most} MB; goal: ready in {_GOAL:.0f} s")
            _tell([_opened(playwright, chromium, page) for _ in range(rounds)])


def _opened(playwright: Playwright, chromium: str, page: Path) -> dict[str, float]:
    """Seconds from the begin of the navigation."""
    with _browser(playwright, chromium) as browser:
        tab = browser.new_page(viewport={"width": 1440, "height": 900})
        tab.goto(page.as_uri(), wait_until="load")
        told: dict[str, Any] = tab.evaluate(_CLOCK)
        return {name: float(value) / 1000 for name, value in told.items()}


@contextmanager
def _browser(playwright: Playwright, chromium: str) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
    try:
        # The first tab of a browser waits for the browser itself.
        browser.new_page().goto("about:blank")
        yield browser
    finally:
        browser.close()


def _tell(found: list[dict[str, float]]) -> None:
    for name in found[0]:
        taken = [one[name] for one in found]
        print(f"  {name:8}{median(taken):6.2f} ({min(taken):.2f} to {max(taken):.2f}) s")


if __name__ == "__main__":
    main()
