"""The command line, run as a process of its own on real files."""

from __future__ import annotations

import csv
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

import ratsplan

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "samples"
SAMPLE = SAMPLES / "rd-eck-vo-2025-246.pdf"

NO_PAGES = b"""%PDF-1.4
1 0 obj
<< /Type /Catalog /Pages 2 0 R >>
endobj
2 0 obj
<< /Type /Pages /Kids [] /Count 0 >>
endobj
xref
0 3
0000000000 65535 f\x20
0000000009 00000 n\x20
0000000058 00000 n\x20
trailer
<< /Root 1 0 R /Size 3 >>
startxref
110
%%EOF
"""

BAD = {
    "brief.pdf": ("not_a_pdf", "not a PDF"),
    "leer.pdf": ("empty_file", "empty"),
    "abgebrochen.pdf": ("damaged", "the end of the PDF is missing"),
    "geheim.pdf": ("encrypted", "password"),
    "ohne-seiten.pdf": ("no_pages", "no pages"),
}
"""File name -> code, and what the message must say."""


def command(*arguments: str | Path, seed: str = "0", cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed}
    line = [sys.executable, "-m", "ratsplan", *map(str, arguments)]
    return subprocess.run(line, capture_output=True, text=True, encoding="utf-8", env=environment, cwd=cwd, check=False)


def simple_pdf(path: Path, text: str = "Guten Tag", encryption: StandardEncryption | None = None) -> Path:
    canvas = Canvas(str(path), invariant=1, encrypt=encryption)
    canvas.drawString(72, 720, text)
    canvas.save()
    return path


@pytest.fixture(scope="session")
def bad(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one file for each way to be bad."""
    folder = tmp_path_factory.mktemp("bad")
    (folder / "brief.pdf").write_bytes(b"Sehr geehrte Damen und Herren")
    (folder / "leer.pdf").touch()
    (folder / "abgebrochen.pdf").write_bytes(SAMPLE.read_bytes()[:200_000])
    simple_pdf(folder / "geheim.pdf", encryption=StandardEncryption("secret"))
    (folder / "ohne-seiten.pdf").write_bytes(NO_PAGES)
    return folder


@pytest.fixture(scope="session")
def sample_run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """One run over both samples, and its output folder."""
    output = tmp_path_factory.mktemp("run") / "out"
    return output, command("run", SAMPLES, "--output", output)


def results(output: Path) -> dict[str, bytes]:
    apart = {"run.json", "catalog.sqlite", ".lock"}
    files = (path for path in output.rglob("*") if path.is_file() and path.name not in apart)
    return {str(path.relative_to(output)): path.read_bytes() for path in files}


def rows(output: Path, table: str) -> list[dict[str, str]]:
    with (output / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, strict=True))


def run_json(output: Path) -> dict[str, object]:
    value: dict[str, object] = json.loads((output / "run.json").read_text(encoding="utf-8"))
    return value


def test_a_run_over_the_samples_ends_well(sample_run: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    output, done = sample_run
    assert done.returncode == 0
    assert {row["file_name"] for row in rows(output, "documents")} == {path.name for path in SAMPLES.glob("*.pdf")}
    assert "Traceback" not in done.stderr


def test_stdout_has_the_summary_and_stderr_a_line_for_each_document(
    sample_run: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    output, done = sample_run
    assert re.search(r"^2 read, 0 unchanged, 0 failed; 49 pages in \d+\.\d s$", done.stdout, re.MULTILINE)
    for table in ("documents", "measures", "indicators", "responsibilities", "actors"):
        assert re.search(rf"^ *{len(rows(output, table))} {table}$", done.stdout, re.MULTILINE), table
    assert str(output) in done.stdout
    assert sorted(re.findall(r"^\[(\d)/2\] \S+\.pdf: 2[45] pages", done.stderr, re.MULTILINE)) == ["1", "2"]
    assert "[1/2]" not in done.stdout


def test_the_same_bytes_give_the_same_output(
    sample_run: tuple[Path, subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    output, _ = sample_run
    done = command("run", SAMPLES, "--output", tmp_path / "out", "--jobs", "1", seed="4711")
    assert done.returncode == 0
    assert results(tmp_path / "out") == results(output)


def test_foreign_keys_of_the_data_package_hold(sample_run: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    output, _ = sample_run
    package = json.loads((output / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        keys = [tuple(row[name] for name in resource["schema"]["primaryKey"]) for row in rows(output, resource["name"])]
        assert len(set(keys)) == len(keys), resource["name"]
        for key in resource["schema"]["foreignKeys"]:
            (column,), (target,) = key["fields"], key["reference"]["fields"]
            targets = {row[target] for row in rows(output, key["reference"]["resource"])}
            assert {row[column] for row in rows(output, resource["name"])} - {""} <= targets, (resource["name"], column)


def test_a_second_run_reads_nothing_again(tmp_path: Path) -> None:
    simple_pdf(tmp_path / "a.pdf")
    first = command("run", tmp_path / "a.pdf", "--output", tmp_path / "out")
    before = results(tmp_path / "out")
    second = command("run", tmp_path / "a.pdf", "--output", tmp_path / "out")
    assert "1 read, 0 unchanged" in first.stdout
    assert "0 read, 1 unchanged" in second.stdout
    assert (second.returncode, second.stderr) == (0, "")
    assert results(tmp_path / "out") == before
    assert "1 read, 0 unchanged" in command("run", tmp_path / "a.pdf", "--output", tmp_path / "out", "--force").stdout


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_gives_one_clear_line_and_exit_code_1(bad: Path, tmp_path: Path, name: str) -> None:
    reason, words = BAD[name]
    done = command("run", bad / name, "--output", tmp_path / "out")
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert name in line
    assert re.search(words, line)
    assert f"{name}: {reason}: " in done.stdout
    assert "no tables were written" in done.stdout
    assert not list((tmp_path / "out").rglob("*.csv"))


def test_bad_files_leave_the_others_in_the_run_unharmed(
    bad: Path, sample_run: tuple[Path, subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    output, _ = sample_run
    (tmp_path / "empty").mkdir()
    done = command("run", bad, tmp_path / "empty", tmp_path / "missing.pdf", SAMPLES, "--output", tmp_path / "out")
    assert done.returncode == 1
    assert f"2 read, 0 unchanged, {len(BAD) + 2} failed (" in done.stdout
    assert results(tmp_path / "out") == results(output)
    for name in BAD:
        assert f"{name}: failed: " in done.stderr
    for name in ("empty", "missing.pdf"):
        assert f"{name}: not found: " in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("name", "words"), [("missing.pdf", "no such file"), ("empty", "no PDF files"), ("*.pdf", "no file matches")]
)
def test_nothing_to_read_is_exit_code_3_and_writes_nothing(tmp_path: Path, name: str, words: str) -> None:
    (tmp_path / "empty").mkdir()
    done = command("run", tmp_path / name, "--output", tmp_path / "out")
    assert (done.returncode, done.stdout) == (3, "")
    (line,) = done.stderr.splitlines()
    assert str(tmp_path / name) in line
    assert words in line
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("output", ["occupied", "occupied/below"])
def test_an_output_folder_that_cannot_be_written_is_exit_code_4(tmp_path: Path, output: str) -> None:
    (tmp_path / "occupied").write_text("mine", encoding="utf-8")
    simple_pdf(tmp_path / "a.pdf")
    done = command("run", tmp_path / "a.pdf", "--output", tmp_path / output)
    assert (done.returncode, done.stdout) == (4, "")
    (line,) = done.stderr.splitlines()
    assert str(tmp_path / "occupied") in line
    assert "--output" in line
    assert (tmp_path / "occupied").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("run",),
        ("fly",),
        ("run", "a.pdf", "--jobs", "0"),
        ("run", "a.pdf", "--jobs", "x"),
        ("schema", "nothing"),
        ("report", "a", "--output", "b"),
    ],
)
def test_a_wrong_command_line_is_exit_code_2(arguments: tuple[str, ...]) -> None:
    done = command(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("usage: ratsplan")


def test_files_with_strange_names_are_read_and_cannot_steer_the_terminal(tmp_path: Path) -> None:
    name = "Maßnahmen \x1b[31mrot\u202e [bold] (1).pdf"
    simple_pdf(tmp_path / name)
    done = command("run", tmp_path, "--output", tmp_path / "out")
    assert done.returncode == 0
    assert not re.search("[\x1b\u202e]", done.stdout + done.stderr)
    (folder,) = (tmp_path / "out" / "documents").iterdir()
    assert re.fullmatch(r"massnahmen-31mrot-bold-1-[0-9a-f]{8}", folder.name)


def test_duplicates_are_read_once_and_said_so(tmp_path: Path) -> None:
    for name in ("a.pdf", "b.pdf"):
        simple_pdf(tmp_path / name)
    done = command("run", tmp_path, "--output", tmp_path / "out")
    assert done.returncode == 0
    assert "1 read, 0 unchanged, 0 failed; 1 page in" in done.stdout
    assert "1 with the bytes of another file" in done.stdout
    assert f"b.pdf: not read again, has the same bytes as {tmp_path / 'a.pdf'}" in done.stderr


def test_verify_reads_again_what_was_read_without(tmp_path: Path) -> None:
    simple_pdf(tmp_path / "a.pdf")
    command("run", tmp_path / "a.pdf", "--output", tmp_path / "out")
    done = command("run", tmp_path / "a.pdf", "--output", tmp_path / "out", "--verify")
    assert done.returncode == 0
    assert "1 read, 0 unchanged" in done.stdout
    assert "1 document read twice; in 1 both readers saw the same words" in done.stdout


def test_a_broken_profile_is_named_with_its_path(tmp_path: Path) -> None:
    (tmp_path / "town.toml").write_text("[nonsense]\n", encoding="utf-8")
    done = command("run", SAMPLE, "--output", tmp_path / "out", "--profile", tmp_path / "town.toml")
    assert (done.returncode, done.stdout) == (2, "")
    assert str(tmp_path / "town.toml") in done.stderr


def test_the_output_folder_cannot_be_the_source(tmp_path: Path) -> None:
    simple_pdf(tmp_path / "a.pdf")
    done = command("run", tmp_path, "--output", tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--output" in done.stderr
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".csv"] == []


def test_status_tells_what_failed_and_retry_tries_it_again(bad: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    simple_pdf(tmp_path / "a.pdf")
    for _ in range(2):
        command("run", tmp_path / "a.pdf", bad / "geheim.pdf", "--output", output)
    told = command("status", output)
    assert told.returncode == 0
    assert "1 document, " in told.stdout
    assert "1 set aside" in told.stdout
    assert f"{bad / 'geheim.pdf'}: encrypted: " in told.stdout
    quiet = command("run", tmp_path / "a.pdf", bad / "geheim.pdf", "--output", output)
    assert (quiet.returncode, quiet.stderr) == (0, "")
    again = command("retry", output)
    assert again.returncode == 1
    assert "geheim.pdf: encrypted: " in again.stdout
    assert json.loads(command("status", output, "--json").stdout)["failed"][0]["strikes"] == 1


def test_retry_reads_as_the_last_run_did_wherever_it_is_called(tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "town.toml").write_text("", encoding="utf-8")
    (tmp_path / "here" / "a.pdf").write_bytes(b"%PDF-1.4\nhalf")
    line = ("run", "a.pdf", "--output", "out", "--ocr", "never", "--profile", "town.toml")
    command(*line, cwd=tmp_path / "here")
    simple_pdf(tmp_path / "here" / "a.pdf")
    done = command("retry", tmp_path / "here" / "out")
    assert "1 read" in done.stdout
    options = run_json(tmp_path / "here" / "out")["options"]
    assert isinstance(options, dict)
    assert (options["ocr"], options["profile"]["path"]) == ("never", "town.toml")


def test_the_cluster_engine_needs_an_address(tmp_path: Path) -> None:
    done = command("run", SAMPLE, "--output", tmp_path / "out", "--engine", "dask")
    assert (done.returncode, done.stdout) == (2, "")
    assert "--scheduler" in done.stderr
    assert not (tmp_path / "out").exists()


def test_an_address_of_a_cluster_needs_its_engine(tmp_path: Path) -> None:
    done = command("run", SAMPLE, "--output", tmp_path / "out", "--scheduler", "tcp://127.0.0.1:1")
    assert (done.returncode, done.stdout) == (2, "")
    assert "--engine dask" in done.stderr


def test_a_file_in_the_place_of_a_command_is_told_to_be_run(tmp_path: Path) -> None:
    done = command(SAMPLE)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"did you mean `ratsplan run {SAMPLE}`?" in done.stderr


def test_status_names_what_the_last_run_did_not_find(tmp_path: Path) -> None:
    simple_pdf(tmp_path / "a.pdf")
    command("run", tmp_path / "a.pdf", tmp_path / "lost.pdf", "--output", tmp_path / "out")
    assert f"{tmp_path / 'lost.pdf'}: there is no such file" in command("status", tmp_path / "out").stdout


def test_a_missing_folder_for_a_file_is_named(tmp_path: Path) -> None:
    target = tmp_path / "none" / "changes.csv"
    done = command("compare", SAMPLE, SAMPLE, "--format", "csv", "--output", target)
    assert (done.returncode, done.stdout) == (4, "")
    assert f"{target}: cannot be written, there is no folder {tmp_path / 'none'}" in done.stderr


@pytest.mark.parametrize("name", ["status", "retry"])
def test_a_folder_without_a_run_has_no_status(tmp_path: Path, name: str) -> None:
    done = command(name, tmp_path)
    assert (done.returncode, done.stdout) == (3, "")
    assert str(tmp_path) in done.stderr


def test_progress_can_be_told_as_json_lines(bad: Path, tmp_path: Path) -> None:
    done = command("run", SAMPLE, bad / "geheim.pdf", "--output", tmp_path / "out", "--log-format", "json")
    told = [json.loads(line) for line in done.stderr.splitlines()]
    assert [line["event"] for line in told] == ["start", "document", "document", "end"]
    assert {line["end"] for line in told[1:3]} == {"ok", "failed"}
    assert (told[-1]["exit_code"], told[-1]["pages"]) == (1, 25)
    error = command("run", tmp_path / "missing.pdf", "--output", tmp_path / "none", "--log-format", "json")
    assert json.loads(error.stderr)["exit_code"] == 3


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_ends_at_once_with_whole_files(tmp_path: Path, number: signal.Signals) -> None:
    source = tmp_path / "in"
    source.mkdir()
    for count in range(200):
        simple_pdf(source / f"{count:03}.pdf", text=str(count))
    line = [sys.executable, "-m", "ratsplan", "run", str(source), "--output", str(tmp_path / "out"), "--jobs", "2"]
    process = subprocess.Popen(
        line,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # What a shell starts in its background ignores Ctrl-C, and hands that on to what the tests start.
        preexec_fn=lambda: signal.signal(number, signal.SIG_DFL),
    )
    assert process.stderr is not None
    assert process.stderr.readline().startswith("[1/200]")
    # Ctrl-C reaches the children as well.
    os.killpg(process.pid, number)
    stdout, stderr = process.communicate()
    assert process.returncode == 130
    assert "interrupted" in stderr
    assert "Traceback" not in stderr
    told = run_json(tmp_path / "out")
    assert told["interrupted"] is True
    written = len(list((tmp_path / "out").glob("documents/*/document.json")))
    assert 0 < written < 200
    assert len(rows(tmp_path / "out", "documents")) == written
    assert f"{written} read" in stdout
    assert "was interrupted; run again" in command("status", tmp_path / "out").stdout


@pytest.mark.parametrize("what", ["document", "comparison", "datapackage"])
def test_schema_prints_what_the_repository_holds(what: str) -> None:
    file = "datapackage.json" if what == "datapackage" else f"{what}.schema.json"
    done = command("schema", what)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (ROOT / "schemas" / file).read_text(encoding="utf-8")


def test_a_reader_that_goes_away_is_no_traceback() -> None:
    line = [sys.executable, "-m", "ratsplan", "schema", "document"]
    process = subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert b"Traceback" not in process.stderr.read()
    process.stderr.close()
    process.wait()


def test_version_is_that_of_the_package() -> None:
    assert command("--version").stdout == f"ratsplan {ratsplan.__version__}\n"


@pytest.mark.parametrize("arguments", [("--help",), ("run", "--help")])
def test_help_answers_without_loading_what_reads_pdfs(arguments: tuple[str, ...]) -> None:
    code = (
        "import sys, ratsplan, pipeline.cli\n"
        "try: pipeline.cli.main(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        "heavy = {'spacy', 'pandas', 'pypdfium2', 'pdfplumber', 'pydantic', 'rich', 'numpy'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
    )
    line = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("usage: ratsplan")
    assert done.stderr == "[]\n"


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_on_a_terminal_progress_is_a_bar(tmp_path: Path) -> None:
    import pty

    simple_pdf(tmp_path / "a.pdf")
    ours, theirs = pty.openpty()
    line = [sys.executable, "-m", "ratsplan", "run", str(tmp_path / "a.pdf"), "--output", str(tmp_path / "out")]
    environment = {**os.environ, "TERM": "xterm"}
    process = subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE, stderr=theirs, env=environment)
    os.close(theirs)
    told = b""
    while True:
        try:
            piece = os.read(ours, 4096)
        except OSError:  # Linux: the other end is closed
            break
        if not piece:
            break
        told += piece
    stdout, _ = process.communicate()
    os.close(ours)
    assert process.returncode == 0
    assert b"1/1" in told
    assert b"[1/1]" not in told
    assert b"\x1b" not in stdout
