"""The review page of a document and the page over a folder, in a browser."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import ratsplan
from pipeline.report.overview import Overview
from pipeline.report.page import report_page
from tests.drafts import document, make_measures
from tests.layouts.cases import RULED

SAMPLE = "rd-eck-vo-2025-246.pdf"


@pytest.fixture(scope="module")
def record(samples: Path) -> ratsplan.Document:
    return ratsplan.extract(samples / SAMPLE)


@pytest.fixture(scope="module")
def address(record: ratsplan.Document, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(report_page(record), encoding="utf-8")
    return path.as_uri()


def place_of_mark(tab: Page, selector: str) -> list[float]:
    """Box of the first mark that is lit, in points of its page. Measured at once: the page may be scrolling."""
    measured = """mark => {
      const image = mark.parentElement.querySelector("img");
      const [inner, outer] = [mark, image].map(element => element.getBoundingClientRect());
      const scale = image.getAttribute("width") / outer.width;
      return [inner.left - outer.left, inner.top - outer.top, inner.right - outer.left, inner.bottom - outer.top]
        .map(length => length * scale);
    }"""
    return list(tab.locator(selector).first.evaluate(measured))


def test_a_click_on_a_citation_lights_its_place(tab: Page, address: str, record: ratsplan.Document) -> None:
    assert record.plan is not None
    measure = record.plan.measures[3]
    place = measure.source["problem"][0]
    tab.goto(address)
    tab.locator(f"[id='{measure.measure_id}'] .cite[data-field=problem]").click()
    expect(tab.locator(".mark.on")).to_have_count(1)
    assert place_of_mark(tab, ".mark.on") == pytest.approx(place.box, abs=4)
    assert tab.locator(f"#page-{place.page} .mark.on").count() == 1
    expect(tab.locator(".mark.on")).to_be_in_viewport()


def test_a_click_on_a_record_lights_all_of_its_places(tab: Page, address: str, record: ratsplan.Document) -> None:
    assert record.plan is not None
    measure = record.plan.measures[3]
    tab.goto(address)
    tab.locator(f"[id='{measure.measure_id}'] h3").click()
    expect(tab.locator(".mark.on")).to_have_count(sum(len(places) for places in measure.source.values()))


def test_a_click_on_the_page_shows_the_record(tab: Page, address: str, record: ratsplan.Document) -> None:
    assert record.plan is not None
    measure = record.plan.measures[20]
    tab.goto(address)
    tab.locator(f".mark[data-records~='{measure.measure_id}'][data-field=measure]").first.click()
    card = tab.locator(f"[id='{measure.measure_id}']")
    expect(card).to_have_class("on")
    expect(card).to_be_in_viewport()
    assert tab.url.endswith(f"#{measure.measure_id}")


def test_a_link_opens_its_record(tab: Page, address: str, record: ratsplan.Document) -> None:
    assert record.plan is not None
    last = record.plan.measures[-1]
    tab.goto(f"{address}#{last.measure_id}")
    expect(tab.locator(f"[id='{last.measure_id}']")).to_be_in_viewport()
    expect(tab.locator(".mark.on").first).to_be_in_viewport()


def test_filters_by_field_actor_and_words(tab: Page, address: str, record: ratsplan.Document) -> None:
    assert record.plan is not None
    measures = record.plan.measures
    tab.goto(address)
    shown = tab.locator("#measures article:visible")
    name = str(measures[0].field_of_action)
    tab.locator("select[name=field]").select_option(name)
    expect(shown).to_have_count(sum(m.field_of_action == name for m in measures))
    tab.locator("button[type=reset]").click()
    actor = measures[0].responsibilities[0].actor_id
    tab.locator("select[name=actor]").select_option(actor)
    expect(shown).to_have_count(sum(actor in {r.actor_id for r in m.responsibilities} for m in measures))
    tab.locator("button[type=reset]").click()
    tab.locator("input[name=words]").fill("nothing says this")
    expect(shown).to_have_count(0)
    expect(tab.locator("#nothing")).to_be_visible()


def test_the_keyboard_goes_through_the_records(tab: Page, address: str, record: ratsplan.Document) -> None:
    assert record.plan is not None
    tab.goto(address)
    for _ in range(3):
        tab.keyboard.press("j")
    tab.keyboard.press("k")
    expect(tab.locator("article.on")).to_have_attribute("id", record.plan.measures[1].measure_id)
    tab.keyboard.press("/")
    assert tab.evaluate("document.activeElement.name") == "words"
    tab.keyboard.press("Escape")
    tab.keyboard.press("Escape")
    expect(tab.locator(".on")).to_have_count(0)


def test_both_languages_are_in_the_page(tab: Page, address: str) -> None:
    tab.goto(address)
    button = tab.locator("#language")
    heading = tab.locator("#measures > h2")
    if heading.inner_text() == "Measures":
        button.click()
    expect(heading).to_have_text("Maßnahmen", use_inner_text=True)
    button.click()
    expect(heading).to_have_text("Measures", use_inner_text=True)


@pytest.mark.parametrize("width", [375, 800, 1440])
def test_nothing_runs_over_the_side(tab: Page, address: str, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 900})
    tab.goto(address)
    assert tab.evaluate("document.documentElement.scrollWidth") <= width


def test_a_phone_shows_records_or_pages(tab: Page, address: str) -> None:
    tab.set_viewport_size({"width": 375, "height": 800})
    tab.goto(address)
    expect(tab.locator(".sheets")).to_be_hidden()
    tab.locator("#measures .cite").first.click()
    expect(tab.locator(".records")).to_be_hidden()
    expect(tab.locator(".mark.on").first).to_be_in_viewport()
    tab.locator("#switch").click()
    expect(tab.locator(".records")).to_be_visible()


def test_print_has_all_records_and_no_tools(tab: Page, address: str) -> None:
    tab.goto(address)
    tab.emulate_media(media="print")
    expect(tab.locator(".filters")).to_be_hidden()
    expect(tab.locator(".sheets")).to_be_hidden()
    assert tab.locator("#measures article:visible").count() == 39


def test_corrections_can_be_downloaded(tab: Page, address: str, record: ratsplan.Document) -> None:
    assert record.plan is not None
    measure = record.plan.measures[0]
    tab.goto(address)
    tab.locator("#correct").click()
    tab.locator(f".text[data-id='{measure.measure_id}'][data-name=problem]").fill('Neu: "Ä" \\ ok')
    tab.locator(f".text[data-id='{record.document_id}'][data-name=reference]").fill("VO/1")
    assert record.paper is not None
    assert tomllib.loads(str(tab.evaluate("toml()"))) == {
        measure.measure_id: {"problem": {"was": measure.problem, "now": 'Neu: "Ä" \\ ok'}},
        record.document_id: {"paper": {"reference": {"was": record.paper.reference, "now": "VO/1"}}},
    }
    with tab.expect_download() as download:
        tab.locator("#download").click()
    assert download.value.suggested_filename == "corrections.toml"


def test_texts_of_a_document_are_shown_and_never_run(tab: Page, tmp_path: Path) -> None:
    plan = document("evil", make_measures(random.Random(1), 2))
    assert plan.plan is not None
    plan.plan.measures[0].measure = "<script>document.title = 'run'</script><img src=x onerror=alert(1)>"
    plan.plan.title = "</title><script>document.title = 'run'</script>"
    path = tmp_path / "report.html"
    path.write_text(report_page(plan), encoding="utf-8")
    tab.goto(path.as_uri())
    assert tab.title() == "</title><script>document.title = 'run'</script>"
    expect(tab.locator("#measures h3").first).to_contain_text("<script>document.title")


def test_without_its_pdf_the_page_says_so_and_has_the_records(tab: Page, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text(report_page(document("gone", make_measures(random.Random(1), 2))), encoding="utf-8")
    tab.goto(path.as_uri())
    expect(tab.locator(".missing")).to_contain_text("are not shown")
    expect(tab.locator("#measures article")).to_have_count(2)


def test_pages_stay_small(record: ratsplan.Document, tmp_path: Path) -> None:
    assert len(report_page(record).encode()) < 6_000_000
    path = tmp_path / "plan.pdf"
    path.write_bytes(next(case for case in RULED if case.name == "sixty-pages").pdf())
    long = ratsplan.extract(path)
    assert long.plan is not None
    assert len(long.plan.measures) == 250
    assert len(report_page(long).encode()) < 15_000_000


@pytest.fixture(scope="module")
def folder(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An output folder with two drafts of a plan, and their pages."""
    output = tmp_path_factory.mktemp("run") / "output"
    command = [sys.executable, "-m", "ratsplan", "run", str(samples), "--output", str(output), "--report"]
    subprocess.run(command, check=True, capture_output=True)
    return output


def test_run_writes_a_page_for_each_document_and_one_over_all(tab: Page, folder: Path) -> None:
    tab.goto((folder / "report.html").as_uri())
    expect(tab.locator("tbody a")).to_have_count(2)
    tab.locator("tbody a").first.click()
    expect(tab.locator("#measures article").first).to_be_visible()


def test_earlier_drafts_are_not_counted_twice(tab: Page, folder: Path) -> None:
    tab.goto((folder / "report.html").as_uri())
    expect(tab.locator(".totals li").nth(3).locator("b")).to_have_text("41")


def test_the_report_is_written_anew_only_where_the_record_changed(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "output"
    shutil.copytree(folder, output)
    pages = sorted(output.glob("documents/*/report.html"))
    before = [page.stat().st_mtime_ns for page in pages]
    changed = pages[0].with_name("document.json")
    record = json.loads(changed.read_text(encoding="utf-8"))
    record["plan"]["title"] = "Ein anderer Titel"
    changed.write_text(json.dumps(record), encoding="utf-8")
    command = [sys.executable, "-m", "ratsplan", "report", "--output", str(output)]
    told = subprocess.run(command, check=True, capture_output=True, text=True)
    assert told.stdout == f"{output / 'report.html'}\n"
    after = [page.stat().st_mtime_ns for page in pages]
    assert after[0] > before[0]
    assert after[1] == before[1]


def test_a_folder_without_documents_is_told() -> None:
    command = [sys.executable, "-m", "ratsplan", "report", "--output", "nowhere"]
    told = subprocess.run(command, capture_output=True, text=True)
    assert told.returncode == 3
    assert "nowhere" in told.stderr


def test_the_overview_says_who_is_responsible_in_which_field(record: ratsplan.Document) -> None:
    assert record.plan is not None
    overview = Overview()
    overview.add(record, "report.html")
    page = overview.page()
    assert str(record.plan.measures[0].responsibilities[0].actor) in page
    assert page.count("<rect") >= 20
