"""The project itself: what is locked, what imports what, and whether the documents name things that are there."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from pipeline.cli import main

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CODE = sorted(
    [
        ROOT / "ratsplan.py",
        *(path for home in ("schemas", "extractors", "pipeline") for path in (ROOT / home).rglob("*.py")),
    ]
)
PDF_LIBRARIES = {
    "pypdfium2": {"page.py", "pdfium_view.py", "pdfium_text.py", "pdfium_paths.py"},
    "pdfplumber": {"witness.py"},
}
"""Library -> the only modules of the extractors that may import it."""
OUTSIDE = {
    "socket",
    "ssl",
    "http",
    "urllib",
    "requests",
    "httpx",
    "subprocess",
    "multiprocessing",
    "tempfile",
    "shutil",
}
"""Modules that reach beyond the bytes of a PDF."""
WRITES = {"open", "write_text", "write_bytes", "mkdir", "unlink", "touch"}
"""Functions that an extractor has no use for. Knowledge is read with `read_text`."""


def imports(path: Path) -> Iterator[str]:
    """The full names of the modules that a module imports, anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module or ""


def called(path: Path) -> set[str]:
    """The names of the functions and methods that a module calls; of `x.open()` and `open()` only the bare one."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            names.add(node.func.id)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr != "open":
            names.add(node.func.attr)
    return names


def roots(path: Path) -> set[str]:
    return {name.split(".")[0] for name in imports(path)}


def home(path: Path) -> str:
    return path.relative_to(ROOT).parts[0]


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def text_files() -> Iterator[Path]:
    """The project's own files of text, without what tools and runs leave behind."""
    homes = ("schemas", "extractors", "pipeline", "samples", "tests", "benchmarks", ".ci")
    alone = ("Makefile", "README.md", "pyproject.toml", "requirements.lock", "ratsplan.py", "output/README.md")
    yield from (ROOT / name for name in alone)
    for path in sorted(path for name in homes for path in (ROOT / name).rglob("*")):
        if path.is_file() and path.suffix not in {".pdf", ".pyc"}:
            yield path


def locked() -> dict[str, tuple[set[str], int]]:
    """Package -> its pinned versions (one for each range of Python versions) and how many hashes they have."""
    pins: dict[str, tuple[set[str], int]] = {}
    for entry in re.split(r"\n(?=[a-z0-9])", (ROOT / "requirements.lock").read_text(encoding="utf-8")):
        match = re.match(r"([a-z0-9.-]+)==(\S+)", entry)
        if match:
            name, version = match.groups()
            versions, hashes = pins.get(name, (set(), 0))
            pins[name] = (versions | {version}, hashes + entry.count("--hash=sha256:"))
    return pins


@pytest.mark.parametrize(
    ("package", "forbidden"), [("schemas", {"extractors", "pipeline"}), ("extractors", {"pipeline"})]
)
def test_imports_run_against_no_arrow(package: str, forbidden: set[str]) -> None:
    wrong = [named(path) for path in CODE if home(path) == package and roots(path) & (forbidden | {"ratsplan"})]
    assert wrong == []


def test_schemas_and_extractors_reach_nothing_outside() -> None:
    wrong = [named(path) for path in CODE if home(path) in {"schemas", "extractors"} and roots(path) & OUTSIDE]
    assert wrong == []


def test_extractors_write_no_files() -> None:
    wrong = [named(path) for path in CODE if home(path) == "extractors" and called(path) & WRITES]
    assert wrong == []


@pytest.mark.parametrize("library", PDF_LIBRARIES)
def test_each_pdf_library_has_its_own_modules(library: str) -> None:
    users = {path.name for path in CODE if library in roots(path)}
    assert users
    assert users <= PDF_LIBRARIES[library]


def test_no_rule_knows_a_sample() -> None:
    numbers = {"VO/2025/246", "rd-eck-vo"}
    files = [path for path in (ROOT / "extractors").rglob("*") if path.suffix in {".py", ".toml"}]
    assert [
        named(path) for path in files if any(number in path.read_text(encoding="utf-8") for number in numbers)
    ] == []


def test_every_locked_package_has_hashes() -> None:
    pins = locked()
    assert len(pins) > 20
    assert [name for name, (_, hashes) in pins.items() if hashes == 0] == []


def test_the_lock_names_no_index_and_no_path() -> None:
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if re.search(r"://|^\s*-(?!-hash=sha256:)|@ |file:|(?<![\w.])/", line)] == []


def test_the_lock_covers_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [
        *project["dependencies"],
        *(name for extra in project["optional-dependencies"].values() for name in extra),
    ]
    pins = locked()
    for requirement in map(Requirement, wanted):
        versions, _ = pins[canonicalize_name(requirement.name)]
        assert all(version in requirement.specifier for version in versions), requirement


def test_every_imported_library_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    asked = [*project["dependencies"], *extras["ocr"], *extras["tables"], *extras["cluster"]]
    declared = {canonicalize_name(Requirement(text).name) for text in asked}
    packages = {"PIL": "pillow", "cv2": "opencv-python-headless", "camelot": "camelot-py"}
    own = {"ratsplan", "schemas", "extractors", "pipeline"}
    imported = {name for path in CODE for name in roots(path)} - own - sys.stdlib_module_names
    assert {packages.get(name, name) for name in imported} <= declared


def test_no_file_names_a_folder_of_somebodys_machine() -> None:
    pattern = re.compile(r"(?<![\w.~])/(?:home|root|work|Users|opt|mnt)/\w")
    found = [
        f"{named(path)}: {line.strip()}"
        for path in text_files()
        for line in path.read_text(encoding="utf-8").splitlines()
        if pattern.search(line)
    ]
    assert found == []


def test_every_sample_has_its_truth_and_its_source() -> None:
    pdfs = sorted((ROOT / "samples").glob("*.pdf"))
    sources = (ROOT / "samples" / "SOURCES.md").read_text(encoding="utf-8")
    assert pdfs
    assert [pdf.name for pdf in pdfs if not pdf.with_suffix(".expected.json").is_file()] == []
    assert [pdf.name for pdf in pdfs if f"`{pdf.name}`" not in sources] == []


def test_the_readme_names_modules_that_are_there() -> None:
    names = {name.split("/")[-1] for name in re.findall(r"`([\w/]+\.(?:py|toml))`", README)}
    assert len(names) > 10
    folders = [ROOT / home for home in ("schemas", "extractors", "pipeline", "tests")]
    assert sorted(name for name in names if not any(any(folder.rglob(name)) for folder in folders)) == []


@pytest.mark.parametrize("command", re.findall(r"^ratsplan (\w+)", README, re.MULTILINE))
def test_the_readme_names_options_that_are_there(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    synopsis = re.search(rf"^ratsplan {command}.*(?:\n  .*)*", README, re.MULTILINE)
    assert synopsis is not None
    with pytest.raises(SystemExit):
        main([command, "--help"])
    options = set(re.findall(r"--[a-z-]+", capsys.readouterr().out)) - {"--help"}
    assert set(re.findall(r"--[a-z-]+", synopsis.group())) == options


def test_the_readme_tells_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    commands = set(re.findall(r"^    (\w+)(?: |$)", capsys.readouterr().out, re.MULTILINE))
    assert commands
    assert commands == set(re.findall(r"^ratsplan (\w+)", README, re.MULTILINE))
