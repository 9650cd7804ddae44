"""Hand-overs: each against the rules of the program that takes it."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import marko
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.cli import main
from pipeline.exporters import TARGETS, export
from pipeline.exporters.localzero import slugify
from pipeline.exporters.texts import as_markdown, cut
from pipeline.files import prepare, write_document
from pipeline.writers import document_json, write_tables
from schemas.errors import UsageError
from schemas.records import Document, Measure, Responsibility
from tests.made_documents import HARD, made_document

ROOT = Path(__file__).resolve().parent.parent
DOCS = (ROOT / "docs" / "exports.md").read_text(encoding="utf-8")
SETTINGS = {"localzero": ["city=3"], "oparl": ["base=https://ratsinfo.example.org/oparl/"]}
URL = r"^https?://[^\s/]+/\S*$"


def plan_document() -> Document:
    """A plan with every field that a target takes, a field of action twice, and two measures of the same name."""
    document = made_document()
    assert document.plan is not None
    first, second = document.plan.measures
    first.measure, first.goal, first.period, first.progress = "Sprachkurse öffnen", "Mehr Plätze", "2025-2026", "läuft"
    first.period_start, first.period_end = date(2025, 1, 1), date(2026, 12, 31)
    first.progress_status, first.progress_percent = "in_progress", 40
    first.responsibilities.append(
        Responsibility(responsibility_id="r2", position=2, actor_id="kit", actor="KIT", text="KIT", role="responsible")
    )
    first.responsibilities.append(
        Responsibility(
            responsibility_id="r3", position=3, actor_id="vhs", actor="Volkshochschule", text="VHS", role="supporting"
        )
    )
    second.measure, second.progress_status = "<b>=1+1</b> & mehr", "done"
    third = first.model_copy(update={"measure_id": "x-m3", "position": 3})
    document.plan.measures = [first, second, third]
    return document


def made(name: str, document: Document | None = None, *settings: str) -> str:
    return export(name, [document or plan_document()], [*SETTINGS.get(name, []), *settings])


def localzero(document: Document | None = None, *settings: str) -> list[dict[str, Any]]:
    tasks = json.loads(made("localzero", document, *settings))
    assert all((task["model"], task["pk"]) == ("cpmonitor.task", None) for task in tasks)
    return [task["fields"] for task in tasks]


def test_localzero_tasks_are_a_tree_as_treebeard_wants_it() -> None:
    """The rules are those of `MP_Node.find_problems`: characters, step length, orphans, depth, number of children."""
    tasks = localzero(None, "root=35")
    paths = [task["path"] for task in tasks]
    assert len(set(paths)) == len(paths)
    assert paths == sorted(paths)
    for task in tasks:
        assert re.fullmatch(r"(?:[0-9A-Z]{4})+", task["path"])
        assert task["depth"] == len(task["path"]) // 4
        assert task["depth"] == 1 or task["path"][:-4] in paths
        assert task["numchild"] == sum(
            path.startswith(task["path"]) for path in paths if len(path) == len(task["path"]) + 4
        )
    assert paths == ["000Z", "000Z0001", "000Z0002", "0010", "00100001"]


def test_localzero_slugs_are_those_that_django_would_make_and_unique() -> None:
    tasks = {task["path"]: task for task in localzero()}
    slugs = [task["slugs"] for task in tasks.values()]
    assert len(set(slugs)) == len(slugs)
    for task in tasks.values():
        parent = tasks.get(task["path"][:-4])
        assert task["slugs"] == (parent["slugs"] + "/" if parent else "") + slugify(task["title"])
        assert re.fullmatch(r"[-a-z0-9_/]{1,255}", task["slugs"])
        assert len(task["title"]) <= 255
    assert [task["title"] for task in tasks.values() if "Sprachkurse" in task["title"]] == [
        "Sprachkurse öffnen",
        "Sprachkurse öffnen (2)",
    ]


@pytest.mark.parametrize(
    ("text", "slug"),
    [("Mobilität", "mobilitat"), ("U-Bahn Strecke verlängern", "u-bahn-strecke-verlangern"), (" a -- b_ ", "a-b")],
)
def test_slugs_are_those_of_django(text: str, slug: str) -> None:
    assert slugify(text) == slug


def test_localzero_says_period_state_and_who_is_responsible() -> None:
    task = next(task for task in localzero() if task["title"] == "Sprachkurse öffnen")
    assert (task["planned_start"], task["planned_completion"]) == ("2025-01-01", "2026-12-31")
    assert (task["execution_status"], task["execution_completion"]) == (2, 40)
    others = "Koordinierungsstelle Integration und Teilhabe; Volkshochschule"
    assert task["responsible_organ"] == f"KIT (beteiligt: {others})"
    assert "**Ziel:** Mehr Plätze" in task["description"]
    assert (task["city"], task["draft_mode"]) == (3, True)
    done = next(task for task in localzero() if task["execution_status"] == 4)
    assert done["title"].startswith("<b>")
    assert "&lt;b&gt;" in done["description"]


@given(st.lists(st.tuples(st.text(max_size=300), st.text(max_size=400)), max_size=6))
@example([("㎯" * 300, "㎯" * 300), ("㎯" * 300, "㎯" * 300)])
def test_localzero_keeps_its_limits_whatever_the_texts(texts: list[tuple[str, str]]) -> None:
    document = made_document()
    assert document.plan is not None
    document.plan.measures = [
        Measure(measure_id=f"m{n}", position=n, field_of_action=field, measure=text)
        for n, (field, text) in enumerate(texts)
    ]
    tasks = localzero(document)
    slugs = [task["slugs"] for task in tasks]
    assert len(set(slugs)) == len(slugs)
    assert all(0 < len(task["slugs"]) <= 255 and 0 < len(task["title"]) <= 255 for task in tasks)


def test_kausal_actions_have_what_the_serializer_reads() -> None:
    (plan,) = json.loads(made("kausal"))["plans"]
    identifiers = [action["identifier"] for action in plan["actions"]]
    assert len(set(identifiers)) == len(identifiers)
    organizations = {organization["id"] for organization in plan["organizations"]}
    categories = {category["id"] for kind in plan["category_types"] for category in kind["categories"]}
    for action in plan["actions"]:
        assert 0 < len(action["identifier"]) <= 50
        assert 0 < len(action["name"]) <= 1000
        assert action["implementation_phase"] in (None, "not_started", "planning", "implementation", "completed")
        assert action["status"] in (None, "on_time", "late", "cancelled")
        assert action["completion"] is None or 0 <= action["completion"] <= 100
        parties = [party["organization"] for party in action["responsible_parties"]]
        assert len(set(parties)) == len(parties)  # "Organization occurs multiple times as responsible party"
        assert set(parties) <= organizations
        assert {party["role"] for party in action["responsible_parties"]} <= {"primary", "collaborator", None}
        assert {number for numbers in action["categories"].values() for number in numbers} <= categories


def test_kausal_takes_the_strongest_role_of_an_organization() -> None:
    (plan,) = json.loads(made("kausal"))["plans"]
    names = {organization["id"]: organization["identifier"] for organization in plan["organizations"]}
    roles = [(names[party["organization"]], party["role"]) for party in plan["actions"][0]["responsible_parties"]]
    assert roles == [("kit", "primary"), ("vhs", "collaborator")]
    assert (plan["actions"][0]["implementation_phase"], plan["actions"][1]["implementation_phase"]) == (
        "implementation",
        "completed",
    )
    assert "<script" not in plan["actions"][1]["description"]


def decidim(document: Document | None = None, *settings: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(made("decidim", document, *settings)), delimiter=";", strict=True))


def test_decidim_rows_have_the_importers_columns_and_what_the_form_asks_for() -> None:
    rows = decidim()
    columns = (
        "id category/id scope/id parent/id title/de description/de start_date end_date status/id progress proposal_urls"
    )
    assert list(rows[0]) == columns.split()
    assert all(row["title/de"] and row["description/de"] for row in rows)
    for row in rows:
        for name in ("start_date", "end_date"):
            assert not row[name] or date.fromisoformat(row[name])
        assert not row["progress"] or 0 <= float(row["progress"]) <= 100


def test_decidim_parents_stand_before_their_children_under_ids_of_their_own() -> None:
    seen: list[str] = []
    for row in decidim():
        assert row["id"] not in seen
        assert not row["parent/id"] or row["parent/id"] in seen
        assert 2_000_000_000 < int(row["id"]) < 2**31
        seen.append(row["id"])
    assert [row["parent/id"] for row in decidim()] == ["", "2000000001", "2000000001", "", "2000000004"]


def test_decidim_follows_the_organizations_language_and_separator() -> None:
    header = made("decidim", None, "locale=en", "separator=,").splitlines()[0]
    assert header.startswith("id,category/id,scope/id,parent/id,title/en,description/en,")


def test_decidim_descriptions_are_escaped() -> None:
    row = next(row for row in decidim() if "=1+1" in row["title/de"])
    assert row["description/de"].startswith("<p>&lt;b&gt;=1+1&lt;/b&gt; &amp; mehr</p>")


OBJECT = {
    "type": "object",
    "required": ["id", "type"],
    "properties": {"id": {"type": "string", "pattern": URL}},
    "additionalProperties": False,
    "patternProperties": {"^ratsplan:[a-z][A-Za-z0-9]*$": {}},
}


def oparl_schema(kind: str, required: list[str], /, **properties: Any) -> dict[str, Any]:
    """What OParl 1.1 says of an object, after its schema files; other attributes need a prefix."""
    types = {"const": f"https://schema.oparl.org/1.1/{kind}"}
    own = {**OBJECT["properties"], "type": types, **properties}  # type: ignore[dict-item]
    return {**OBJECT, "required": ["id", "type", *required], "properties": own}


TEXT, ADDRESS = {"type": "string", "minLength": 1}, {"type": "string", "pattern": URL}
FILE = oparl_schema(
    "File", ["accessUrl"], name=TEXT, fileName=TEXT, mimeType=TEXT, size={"type": "integer"}, accessUrl=ADDRESS
)
CONSULTATION = oparl_schema("Consultation", [], paper=ADDRESS, role=TEXT)
PAPER = oparl_schema(
    "Paper",
    [],
    body=ADDRESS,
    name=TEXT,
    reference=TEXT,
    date={"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"},
    paperType=TEXT,
    mainFile=FILE,
    consultation={"type": "array", "minItems": 1, "items": CONSULTATION},
)


def test_oparl_papers_are_as_the_specification_has_them() -> None:
    envelope = json.loads(made("oparl", None, "body=https://ratsinfo.example.org/oparl/body/1"))
    assert set(envelope) == {"data", "pagination", "links"}
    (paper,) = envelope["data"]
    jsonschema.Draft202012Validator(PAPER).validate(paper)
    assert (paper["reference"], paper["date"]) == ("VO/2025/246", "2025-08-28")
    assert paper["consultation"][0]["paper"] == paper["id"]
    assert paper["consultation"][0]["ratsplan:organization"] == "Kreistag"
    assert paper["id"].startswith("https://ratsinfo.example.org/oparl/papers/plan-")


def test_the_oparl_schema_of_the_test_can_fail() -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(PAPER).validate({"id": "urn:x", "type": "https://schema.oparl.org/1.1/Paper"})


def test_oparl_takes_the_address_that_a_file_came_from() -> None:
    document = plan_document()
    document.file.source = "https://example.org/vo/246.pdf"
    (paper,) = json.loads(made("oparl", document))["data"]
    assert paper["mainFile"]["accessUrl"] == "https://example.org/vo/246.pdf"


def test_markdown_has_a_heading_for_each_field_and_measure() -> None:
    headings = re.findall(r"^(#+) (.*)$", made("markdown"), re.MULTILINE)
    assert [level for level, _ in headings] == ["#", "##", "###", "##", "###", "##", "###"]
    assert ("##", "Sprache") in headings


@given(st.text(max_size=80))
def test_markdown_texts_hold_nothing_that_is_obeyed(text: str) -> None:
    page = marko.convert(f"- {as_markdown(' '.join(text.split()))}\n")
    tags = set(re.findall(r"<[^>]*>", page)) - {"<ul>", "</ul>", "<li>", "</li>"}
    assert tags == set()


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "![x](http://e.org/p.png)",
        *("# Titel", "1. eins", "- a", "> b", "`code`", "*a* __b__", "http://e.org", "<http://e.org>", "www.e.org"),
        *("&lt;b&gt;", "a\n===", "---", "+ c", "1) x"),
    ],
)
def test_markdown_shows_a_hard_text_as_it_is(text: str) -> None:
    page = marko.convert(f"- {as_markdown(text)}\n")
    inner = re.sub(r"</?(?:ul|li)>", "", page).strip()
    assert "<" not in inner
    assert html.unescape(inner) == text


def test_a_text_is_cut_between_words() -> None:
    assert cut("eins zwei drei", 14) == "eins zwei drei"
    assert cut("eins zwei drei", 11) == "eins zwei …"
    assert len(cut("a" * 50, 10)) <= 10


@pytest.mark.parametrize("name", TARGETS)
def test_a_document_without_a_plan_gives_an_empty_hand_over(name: str) -> None:
    bare = made_document().model_copy(update={"plan": None, "paper": None})
    text = made(name, bare)
    assert HARD not in text
    assert text.endswith("\n")


@pytest.mark.parametrize("name", TARGETS)
def test_the_same_records_give_the_same_bytes(name: str) -> None:
    assert made(name) == made(name)


@pytest.mark.parametrize(
    ("name", "settings", "words"),
    [
        ("localzero", [], "localzero needs --set city"),
        ("localzero", ["city=x"], "city=x: must be a number from 1"),
        ("oparl", ["base=ftp://x"], "must be an address that begins with https"),
        ("kausal", ["a=b"], "no setting of kausal"),
        ("decidim", ["separator"], "write NAME=VALUE, known are: locale, separator, first_id"),
        ("decidim", ["separator=;;"], "one character"),
        ("asana", [], "there are localzero, kausal, decidim, oparl, markdown"),
    ],
)
def test_a_setting_that_is_off_is_a_usage_error(name: str, settings: list[str], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        export(name, [plan_document()], settings)


@pytest.fixture
def output(tmp_path: Path) -> Path:
    prepare(tmp_path)
    for document in (made_document("a.pdf", b"a"), made_document("b.pdf", b"b")):
        write_document(tmp_path, document.document_id, document_json(document))
    write_tables(tmp_path)
    return tmp_path


def test_the_command_exports_a_folder_to_a_file_or_to_stdout(output: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "markdown", str(output)]) == 0
    printed = capsys.readouterr().out
    assert printed.count("# Aktionsplan\n") == 2
    assert main(["export", "markdown", str(output), "--output", str(output / "plan.md")]) == 0
    assert capsys.readouterr().out == ""
    assert (output / "plan.md").read_text(encoding="utf-8") == printed


def test_the_command_exports_one_document(output: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (path, _) = sorted(output.glob("documents/*/document.json"))
    assert main(["export", "oparl", str(path), "--set", "base=https://example.org"]) == 0
    assert len(json.loads(capsys.readouterr().out)["data"]) == 1


def test_the_command_says_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "markdown", str(tmp_path)]) == 3
    assert main(["export", "markdown", str(tmp_path / "no.json")]) == 3
    assert "has no tables; `ratsplan run INPUT" in capsys.readouterr().err


@pytest.mark.parametrize("name", TARGETS)
def test_the_documentation_names_every_target_with_its_settings(name: str) -> None:
    section = re.search(rf"^## .*\(`{name}`\)\n(.*?)(?=^## |\Z)", DOCS, re.DOTALL | re.MULTILINE)
    assert section is not None
    assert [setting for setting in TARGETS[name].settings if f"`{setting}`" not in section.group()] == []


def test_the_documentation_names_every_field_of_localzero_kausal_and_decidim() -> None:
    (plan,) = json.loads(made("kausal"))["plans"]
    names = {*localzero()[0], *plan["actions"][0], *(name.partition("/")[0] for name in decidim()[0])}
    assert [name for name in sorted(names) if f"`{name}" not in DOCS] == []
