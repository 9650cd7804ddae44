"""Walking OParl endpoints, over real HTTP. The reading of PDFs is a stand-in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pipeline import batch, oparl
from pipeline.account import Account, Entry
from pipeline.batch import Settings
from pipeline.catalog import Catalog
from pipeline.engines import LocalEngine
from pipeline.manners import Manners
from pipeline.oparl_metadata import file_name, lay_beside, metadata_of, text_of
from tests.child_targets import read_made
from tests.council_server import CouncilServer
from tests.made_documents import made_document
from tests.test_cli import command

MANNERS = Manners(pause=0.0, timeout=10.0, attempts=3, longest_wait=0.05, file_bytes=1 << 20)
NOW = datetime.now(UTC).isoformat()


class Silent:
    def start(self, total: int) -> None: ...

    def note(self, entry: Entry) -> None: ...

    def advance(self, entry: Entry) -> None: ...

    def close(self) -> None: ...


@pytest.fixture
def council() -> Iterator[CouncilServer]:
    with CouncilServer() as server:
        for number in range(1, 6):
            server.paper(number, b"%PDF-1.7 plan " + str(number).encode())
        yield server


def run(start: str, output: Path, **more: Any) -> Account:
    settings = Settings(output, "1.0", manners=MANNERS, **more)
    return batch.run([start], settings, Silent(), engine=LocalEngine(1, read_made))


def ends(account: Account) -> list[str]:
    return sorted(entry.end for entry in account.entries)


def names(output: Path) -> list[str]:
    paths = sorted(output.glob("documents/*/document.json"))
    return [json.loads(path.read_bytes())["file"]["name"] for path in paths]


def test_every_page_of_papers_is_walked(council: CouncilServer, tmp_path: Path) -> None:
    account = run(council.system, tmp_path / "out")
    assert ends(account) == ["ok"] * 5
    assert names(tmp_path / "out") == [f"vorlage-{number}.pdf" for number in range(1, 6)]
    (agent,) = council.agents
    assert agent.startswith("ratsplan/")


def test_auxiliary_files_are_read_and_other_formats_left(council: CouncilServer, tmp_path: Path) -> None:
    extra = council.file("anlage", b"%PDF-1.7 annex")
    word = council.file("brief", b"PK", mimeType="application/msword", accessUrl=f"{council.base}/files/brief.doc")
    council.papers[0]["auxiliaryFile"] = [extra, word]
    account = run(council.system, tmp_path / "out")
    assert len(ends(account)) == 6
    assert any("1 files are no PDFs" in note for note in account.notes)


def test_a_second_walk_fetches_only_what_changed(council: CouncilServer, tmp_path: Path) -> None:
    run(council.system, tmp_path / "out")
    council.sent.clear()
    council.asked.clear()
    council.paper(6, b"%PDF-1.7 plan 6", NOW)
    council.papers[1]["modified"] = council.papers[1]["mainFile"]["modified"] = NOW
    council.files["/files/vorlage-2.pdf"] = b"%PDF-1.7 second draft"
    account = run(council.system, tmp_path / "out")
    assert council.sent == ["/files/vorlage-2.pdf", "/files/vorlage-6.pdf"]
    assert sum("/papers" in path for path in council.asked) == 1
    assert ends(account) == ["ok", "ok", "unchanged", "unchanged", "unchanged", "unchanged"]
    assert [old[:9] for old, _ in account.replaced] == ["vorlage-2"]


def test_a_file_that_only_says_it_changed_is_not_sent_again(council: CouncilServer, tmp_path: Path) -> None:
    run(council.system, tmp_path / "out")
    council.sent.clear()
    council.papers[1]["modified"] = council.papers[1]["mainFile"]["modified"] = NOW
    assert ends(run(council.system, tmp_path / "out")) == ["unchanged"] * 5
    assert council.asked[-1] == "/files/vorlage-2.pdf"
    assert council.sent == []


def test_a_deleted_paper_leaves_the_tables(council: CouncilServer, tmp_path: Path) -> None:
    run(council.system, tmp_path / "out")
    identity = council.papers[2]["id"]
    council.papers[2] = {"id": identity, "type": "Paper", "deleted": True, "modified": NOW}
    account = run(council.system, tmp_path / "out")
    assert account.deleted == 1
    assert account.rows["documents"] == 4
    assert len(names(tmp_path / "out")) == 5


@pytest.mark.parametrize("quirk", ["404 on nothing", "bare lists", "no types", "looping next", "filters dropped"])
def test_servers_that_break_the_specification_are_walked_whole(
    council: CouncilServer, tmp_path: Path, quirk: str
) -> None:
    council.quirks.add(quirk)
    assert ends(run(council.system, tmp_path / "out")) == ["ok"] * 5
    council.paper(6, b"%PDF-1.7 plan 6", NOW)
    for paper in council.papers[:3]:
        paper["modified"] = NOW
    assert ends(run(council.system, tmp_path / "out")) == ["ok"] + ["unchanged"] * 5
    council.asked.clear()
    assert ends(run(council.system, tmp_path / "out")) == ["unchanged"] * 6
    assert all("modified_since" in path for path in council.asked if path.startswith("/papers"))


def test_a_loop_that_hides_papers_is_told_and_the_walk_is_not_complete(council: CouncilServer, tmp_path: Path) -> None:
    council.quirks.add("early loop")
    account = run(council.system, tmp_path / "out")
    assert [entry.reason for entry in account.failures] == ["loop"]
    council.quirks.clear()
    assert ends(run(council.system, tmp_path / "out")) == ["ok"] * 3 + ["unchanged"] * 2


@pytest.mark.parametrize("failure", [(500, {}), (429, {"Retry-After": "0"}), (503, {"Retry-After": "soon"}), (200, {})])
def test_what_fails_for_a_while_is_asked_for_again(
    council: CouncilServer, tmp_path: Path, failure: tuple[int, dict[str, str]]
) -> None:
    council.failure = failure
    council.failing.update({"/papers": 2, "/files/vorlage-1.pdf": 2})
    assert ends(run(council.system, tmp_path / "out")) == ["ok"] * 5


def test_a_walk_that_broke_off_is_made_again_whole(council: CouncilServer, tmp_path: Path) -> None:
    run(council.system, tmp_path / "out")
    for paper in council.papers:
        paper["modified"] = NOW
    council.paper(6, b"%PDF-1.7 plan 6", NOW)
    council.failing["/papers"] = 99
    account = run(council.system, tmp_path / "out")
    assert [entry.reason for entry in account.failures] == ["server_error"]
    council.failing.clear()
    assert ends(run(council.system, tmp_path / "out")) == ["ok"] + ["unchanged"] * 5


def test_a_page_in_place_of_a_file_costs_only_that_file(council: CouncilServer, tmp_path: Path) -> None:
    council.paper(6, b"<html>Bitte anmelden</html>")
    account = run(council.system, tmp_path / "out")
    assert [entry.reason for entry in account.failures] == ["not_a_pdf"]
    assert ends(account) == ["failed"] + ["ok"] * 5


def test_a_file_beyond_the_limit_is_not_fetched(council: CouncilServer, tmp_path: Path) -> None:
    council.paper(6, b"%PDF-1.7" + bytes(2 << 20))
    account = run(council.system, tmp_path / "out")
    assert [entry.reason for entry in account.failures] == ["too_large"]
    assert max(path.stat().st_size for path in (tmp_path / "out" / "downloads").iterdir()) < 1000


def test_a_missing_file_is_asked_for_twice_and_then_set_aside(council: CouncilServer, tmp_path: Path) -> None:
    council.paper(6, b"gone")
    del council.files["/files/vorlage-6.pdf"]
    for _ in range(4):
        run(council.system, tmp_path / "out")
    assert council.asked.count("/files/vorlage-6.pdf") == 2


def test_the_command_line_reads_an_endpoint_tells_what_failed_and_tries_it_again(
    council: CouncilServer, tmp_path: Path, samples: Path
) -> None:
    council.papers.clear()
    council.paper(1, (samples / "rd-eck-vo-2025-246.pdf").read_bytes(), reference="VO/2025/999")
    council.paper(2, b"%PDF-1.7 half")
    council.paper(3, b"gone")
    gone = council.files.pop("/files/vorlage-3.pdf")
    for _ in range(2):
        done = command("run", council.system, "--output", tmp_path / "out")
    assert done.returncode == 1
    (path,) = (tmp_path / "out").glob("documents/vorlage-1-*/document.json")
    document = json.loads(path.read_bytes())
    assert document["file"]["source"] == f"{council.base}/files/vorlage-1.pdf"
    assert document["oparl"]["body_name"] == "Musterstadt"
    assert "oparl_differs" in {problem["code"] for problem in document["problems"]}
    told = json.loads(command("status", tmp_path / "out", "--json").stdout)
    assert [row["address"] for row in told["set_aside"]] == [f"{council.base}/file/vorlage-2"]
    assert [row["url"] for row in told["not_fetched"]] == [f"{council.base}/files/vorlage-3.pdf"]
    council.files["/files/vorlage-3.pdf"] = gone
    council.sent.clear()
    again = command("retry", tmp_path / "out")
    assert "vorlage-2.pdf: damaged" in again.stdout
    assert council.sent == ["/files/vorlage-3.pdf"]


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://127.0.0.1/x.pdf", "gopher://x", "//", "http://["])
def test_a_redirect_to_another_scheme_is_not_followed(council: CouncilServer, tmp_path: Path, target: str) -> None:
    council.redirects["/files/vorlage-1.pdf"] = target
    account = run(council.system, tmp_path / "out")
    assert len(account.failures) == 1
    assert ends(account).count("ok") == 4


def test_a_redirect_loop_ends(council: CouncilServer, tmp_path: Path) -> None:
    council.redirects["/files/vorlage-1.pdf"] = "/files/vorlage-1.pdf"
    assert [entry.reason for entry in run(council.system, tmp_path / "out").failures] == ["redirects"]


@pytest.mark.parametrize(
    "name", ["../../../etc/passwd", "..", "C:\\Windows\\x.pdf", "a\x00b\u202e.pdf", "/", "x" * 5000]
)
def test_no_name_from_a_server_leaves_the_output_folder(tmp_path: Path, name: str) -> None:
    with CouncilServer() as council:
        paper = council.paper(1, b"%PDF-1.7 plan", id=f"http://127.0.0.1/{name}")
        paper["mainFile"] |= {"fileName": name, "id": name}
        run(council.system, tmp_path / "deep" / "out")
    assert [path.name for path in tmp_path.iterdir()] == ["deep"]
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["out"]
    assert len(names(tmp_path / "deep" / "out")) == 1


def test_a_start_that_is_no_oparl_is_said_so(council: CouncilServer, tmp_path: Path) -> None:
    council.quirks.add("html for json")
    with pytest.raises(batch.SourceError, match="OParl"):
        run(council.system, tmp_path / "out")


def test_the_address_of_a_pdf_is_read_and_fetched_once(council: CouncilServer, tmp_path: Path) -> None:
    address = f"{council.base}/files/vorlage-1.pdf"
    assert ends(run(address, tmp_path / "out")) == ["ok"]
    council.sent.clear()
    account = run(address, tmp_path / "out")
    assert [entry.message for entry in account.failures] == []
    assert ends(account) == ["unchanged"]
    assert council.sent == []


def test_a_new_version_reads_again_without_asking_for_the_files(council: CouncilServer, tmp_path: Path) -> None:
    run(council.system, tmp_path / "out")
    council.asked.clear()
    settings = Settings(tmp_path / "out", "1.1", manners=MANNERS)
    account = batch.run([council.system], settings, Silent(), engine=LocalEngine(1, read_made))
    assert ends(account) == ["ok"] * 5
    assert not any("/files/" in path for path in council.asked)


# --- what OParl says beside the PDF


def test_metadata_stand_beside_the_records_and_differences_are_problems() -> None:
    paper = {"id": "p", "reference": "VO/2025/999", "date": "2025-08-28", "name": "kit - aktionsplan"}
    document = made_document()
    lay_beside(document, metadata_of({"name": "Musterstadt"}, paper, {"id": "f"}, "main"))
    assert document.oparl is not None
    assert (document.oparl.body_name, document.oparl.reference) == ("Musterstadt", "VO/2025/999")
    differing = [problem for problem in document.problems if problem.code == "oparl_differs"]
    assert [problem.message for problem in differing] == [
        "the number is VO/2025/246 in the PDF and VO/2025/999 in OParl"
    ]
    assert document.status == "review"


@pytest.mark.parametrize("value", [None, 5, [], {}, True])
def test_a_field_of_another_type_counts_as_absent(value: object) -> None:
    fields = ("id", "reference", "name", "paperType", "date", "web", "modified", "fileName")
    metadata = metadata_of(*(dict.fromkeys(fields, value) for _ in range(3)), "main")
    assert metadata.model_dump(exclude_none=True) == {"role": "main"}


def test_texts_from_a_server_are_one_line_without_control_codes() -> None:
    assert text_of("a\n\x1b[31m b\u202e") == "a \N{REPLACEMENT CHARACTER}[31m b\N{REPLACEMENT CHARACTER}"


def test_a_file_without_a_name_has_that_of_its_address() -> None:
    assert file_name({}, "https://x.example/a/Pl%C3%A4ne.pdf?id=1") == "Pläne.pdf"
    assert file_name({"fileName": ".."}, "https://x.example/") == "document.pdf"


def test_a_catalog_from_before_reasons_were_noted_goes_on(tmp_path: Path) -> None:
    with Catalog(tmp_path) as catalog:
        oparl.prepare(catalog)
        catalog.extend("ALTER TABLE oparl_files DROP COLUMN reason;")
        told = {
            "address": "a",
            "root": "r",
            "url": "https://a/1",
            "name": "n",
            "metadata": "{}",
            "wanted": 1,
            "failures": 2,
        }
        insert = f"INSERT INTO oparl_files ({', '.join(told)}) VALUES ({', '.join('?' * len(told))})"
        catalog.db.execute(insert, tuple(told.values()))
        assert [(row["url"], row["reason"]) for row in oparl.unfetched(catalog)] == [("https://a/1", None)]
        oparl.prepare(catalog)
        assert "reason" in catalog.columns("oparl_files")
