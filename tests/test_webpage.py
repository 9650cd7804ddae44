"""The page of a comparison, in a browser: filters, citations with their pages, keyboard, widths, print."""

from __future__ import annotations

import random
import re
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import ratsplan
from pipeline.compare import compare_documents
from pipeline.views import Step
from pipeline.webpage import web_page
from tests.drafts import document, make_measures


@pytest.fixture(scope="module")
def address(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of the two samples."""
    names = ("rd-eck-vo-2025-246.pdf", "rd-eck-vo-2025-246-rev2.pdf")
    old, new = (ratsplan.extract(samples / name) for name in names)
    path = tmp_path_factory.mktemp("page") / "comparison.html"
    path.write_text(web_page([Step(compare_documents(old, new), old, new)]), encoding="utf-8")
    return path.as_uri()


def shown(tab: Page) -> list[str]:
    """The kinds of the changes that can be seen."""
    return [str(entry.get_attribute("data-kind")) for entry in tab.locator("article:visible").all()]


def test_everything_that_changed_is_shown_at_first(tab: Page, address: str) -> None:
    tab.goto(address)
    kinds = shown(tab)
    assert (len(kinds), kinds.count("changed"), "unchanged" in kinds) == (18, 10, False)
    expect(tab.locator("#shown")).to_have_text("18 of 43 shown")


def test_a_kind_is_shown_or_not_as_its_box_says(tab: Page, address: str) -> None:
    tab.goto(address)
    tab.get_by_role("checkbox", name="changed", exact=False).nth(1).uncheck()
    assert "changed" not in shown(tab)
    tab.get_by_role("checkbox", name="unchanged").check()
    assert shown(tab).count("unchanged") == 25


def test_a_field_shows_the_changes_that_name_it_and_only_its_row(tab: Page, address: str) -> None:
    tab.goto(address)
    tab.get_by_label("Field").select_option("indicators")
    assert sorted(shown(tab)) == ["changed", "changed", "changed", "split"]
    assert {row.get_attribute("data-name") for row in tab.locator("tr[data-name]:visible").all()} == {"indicators"}


def test_words_are_looked_for_in_all_that_a_change_says(tab: Page, address: str) -> None:
    tab.goto(address)
    tab.get_by_label("Words").fill("integrationsbeirates prüfen")
    assert shown(tab) == ["changed"]
    tab.get_by_role("button", name="Reset").click()
    expect(tab.locator("#shown")).to_have_text("18 of 43 shown")


def test_a_citation_shows_both_pages_with_the_box_marked_over_its_words(tab: Page, address: str) -> None:
    tab.goto(address)
    row = tab.locator("article", has_text="Zugangshürden").locator("tr[data-name=measure]")
    row.locator(".cite").first.click()
    figures = tab.locator("dialog figure")
    expect(figures).to_have_count(2)
    expect(tab.locator("dialog h3")).to_have_text(["Old: rd-eck-vo-2025-246.pdf", "New: rd-eck-vo-2025-246-rev2.pdf"])
    expect(tab.locator("dialog figcaption").first).to_contain_text("Page 6, box 241, 208.4, 393, 249.2 pt")
    page, mark = (tab.locator(f"dialog {name}").first.bounding_box() for name in (".page", ".mark"))
    assert page is not None
    assert mark is not None
    scale = page["width"] / 842
    assert mark["x"] - page["x"] == pytest.approx(239 * scale, abs=2)
    assert mark["y"] - page["y"] == pytest.approx(206.4 * scale, abs=2)
    assert mark["width"] == pytest.approx(156 * scale, abs=2)


@pytest.mark.parametrize("width", [375, 1440])
def test_a_larger_page_keeps_its_box_over_the_same_words(tab: Page, address: str, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 800})
    tab.goto(address)
    tab.locator("article", has_text="Zugangshürden").locator("tr[data-name=measure] .cite").first.click()
    tab.get_by_role("button", name="Larger").click()
    image, mark = (tab.locator(f"dialog {name}").first.bounding_box() for name in (".page img", ".mark"))
    assert image is not None
    assert mark is not None
    assert image["width"] > 1100
    assert (mark["x"] - image["x"]) / image["width"] == pytest.approx(239 / 842, abs=0.003)
    assert (mark["y"] - image["y"]) / image["height"] == pytest.approx(206.4 / 595, abs=0.003)


def test_pictures_are_drawn(tab: Page, address: str) -> None:
    tab.goto(address)
    tab.locator("article[data-kind=split] .cite").first.click()
    for image in tab.locator("dialog img").all():
        assert int(image.evaluate("image => image.decode().then(() => image.naturalWidth)")) > 800


def test_the_keyboard_is_enough(tab: Page, address: str) -> None:
    tab.goto(address)
    tab.keyboard.press("Tab")
    tab.keyboard.press("Space")
    assert "unchanged" in shown(tab)
    tab.locator("article:visible .cite").first.focus()
    tab.keyboard.press("Enter")
    expect(tab.locator("dialog")).to_be_visible()
    tab.keyboard.press("Escape")
    expect(tab.locator("dialog")).to_be_hidden()
    assert tab.evaluate("document.activeElement.className") == "cite"


@pytest.mark.parametrize("width", [375, 1440])
def test_nothing_is_wider_than_the_window(tab: Page, address: str, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 800})
    tab.goto(address)
    tab.get_by_role("checkbox", name="unchanged").check()
    assert tab.evaluate("document.documentElement.scrollWidth") == width
    tab.locator("article[data-kind=changed] .cite").first.click()
    assert tab.evaluate("document.querySelector('dialog .columns').scrollWidth") <= width


def test_print_shows_what_the_filter_shows_without_the_form(tab: Page, address: str) -> None:
    tab.goto(address)
    tab.get_by_label("Field").select_option("problem")
    tab.emulate_media(media="print")
    assert shown(tab) == ["changed"]
    expect(tab.get_by_label("Words")).to_be_hidden()
    assert len(tab.pdf(format="A4")) > 1000


def test_several_steps_have_a_heading_each_and_one_count(tab: Page, tmp_path: Path) -> None:
    plan = make_measures(random.Random(1), 6)
    drafts = [document(name, plan[:count]) for name, count in (("a", 4), ("b", 6), ("c", 5))]
    steps = [Step(compare_documents(a, b), a, b) for a, b in pairwise(drafts)]
    path = tmp_path / "steps.html"
    path.write_text(web_page(steps), encoding="utf-8")
    tab.goto(path.as_uri())
    expect(tab.locator("h2:visible")).to_have_text(["a.pdf → b.pdf", "b.pdf → c.pdf"])
    expect(tab.locator(".figure b")).to_have_text(["9", "2", "1"])
    expect(tab.locator(".missing").first).to_have_text("The pages of a.pdf are not shown: it was not read from a file.")


def test_texts_are_shown_as_they_are_and_run_nothing(tab: Page, tmp_path: Path) -> None:
    evil = "</script><script>document.title = 'mine'</script><img src=x onerror=alert(1)> '\" &amp;"
    old = make_measures(random.Random(1), 3)
    new = [measure.model_copy(deep=True) for measure in old]
    new[0].measure, new[1].field_of_action = f"{old[0].measure} {evil}", evil
    new[2].columns = {evil: "neu"}
    drafts = document("old", old), document(evil[:9], new)
    path = tmp_path / "evil.html"
    path.write_text(web_page([Step(compare_documents(*drafts), *drafts)]), encoding="utf-8")
    tab.goto(path.as_uri())
    assert tab.title() != "mine"
    assert tab.locator("article img").count() == 0
    expect(tab.locator("h3", has_text="onerror").first).to_contain_text(evil)
    tab.get_by_label("Field").select_option(f"columns.{evil}")
    assert len(shown(tab)) == 1


def test_the_page_is_one_file_and_the_same_every_time(samples: Path) -> None:
    own = ratsplan.extract(samples / "rd-eck-vo-2025-246.pdf")
    other = own.model_copy(deep=True)
    assert other.plan is not None
    other.plan.measures[0].measure = "Etwas anderes"
    step = Step(compare_documents(own, other), own, other)
    page = web_page([step])
    assert page == web_page([step])
    assert not re.search(r"""(?:src|href)=["'](?!data:)""", page)
    assert "://" not in page
