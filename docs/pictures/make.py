"""Make the pictures of the README from the pages of the samples: `python docs/pictures/make.py` (needs chromium)."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import PIL.Image
from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
QUIET = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


def main() -> None:
    """Read the samples, open their pages and write review.png, overview.png and comparison.png beside this file."""
    samples = sorted((ROOT / "samples").glob("*.pdf"), key=lambda path: len(path.name))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        output, comparison = Path(folder) / "output", Path(folder) / "comparison.html"
        ratsplan("run", *samples, "--output", output, "--report")
        ratsplan("compare", *samples, "--format", "html", "--output", comparison)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        tab = browser.new_page(viewport={"width": 1360, "height": 820}, locale="en", color_scheme="light")
        tab.emulate_media(reduced_motion="reduce")
        tab.goto((output / "report.html").as_uri())
        shoot(tab, "overview")
        tab.locator("tbody a").first.click()
        tab.locator("#measures article h3").nth(3).click()
        shoot(tab, "review")
        tab.goto(comparison.as_uri())
        shoot(tab, "comparison")
        browser.close()


def ratsplan(*arguments: str | Path) -> None:
    """Run the program, its messages unseen."""
    command = [sys.executable, "-m", "ratsplan", *map(str, arguments)]
    subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def shoot(tab: Page, name: str) -> None:
    """Save what the tab shows, in few colours: the pictures are in the repository."""
    tab.wait_for_timeout(500)
    picture = PIL.Image.open(io.BytesIO(tab.screenshot()))
    picture.convert("RGB").quantize(128).save(HERE / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
