"""What `import ratsplan` offers."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import ratsplan
from schemas import records

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "samples" / "rd-eck-vo-2025-246.pdf"

PUBLIC = """
    Actor Attachment Change Comparison Consultation Contributor DamagedPdfError Document DocumentError EmptyFileError
    EncryptedPdfError FieldChange File Indicator LedgerRecord Measure Mention ModelError NoPagesError NotAPdfError Paper
    Place Plan Problem ProfileError RatsplanError Responsibility Section SourceError TableRecord TableRow UnassignedWord
    __version__ compare extract find_actors frames
""".split()


def test_the_public_names_are_pinned() -> None:
    assert ratsplan.__all__ == PUBLIC


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(ratsplan, name) is not None
    assert name in dir(ratsplan)


def test_record_types_are_those_of_the_records() -> None:
    assert ratsplan.Measure is records.Measure


def test_find_actors_names_those_of_a_text() -> None:
    text = "Das Jobcenter berät, die Agentur für Arbeit hilft."
    assert [text[m.start : m.end] for m in ratsplan.find_actors(text)] == ["Jobcenter", "Agentur für Arbeit"]


def test_another_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = ratsplan.nothing


def test_the_import_is_light() -> None:
    heavy = "{'spacy', 'pandas', 'pypdfium2', 'pydantic', 'numpy'}"
    code = f"import sys, ratsplan; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_extract_reads_a_path_and_says_where_the_document_came_from() -> None:
    document = ratsplan.extract(SAMPLE)
    assert isinstance(document, ratsplan.Document)
    assert (document.file.name, document.file.source) == (SAMPLE.name, str(SAMPLE))
    assert document.file.page_count == 25
    assert document.document_id.startswith("rd-eck-vo-2025-246-")


def test_extract_reads_bytes_under_the_name_that_is_given() -> None:
    data = SAMPLE.read_bytes()
    named = ratsplan.extract(data, name="Vorlage 246.pdf")
    assert named.document_id.startswith("vorlage-246-")
    assert named.file.source is None
    assert ratsplan.extract(data).file.name == "document.pdf"


def test_extract_of_a_path_and_of_its_bytes_is_the_same_but_for_the_source() -> None:
    from_path = ratsplan.extract(str(SAMPLE))
    from_bytes = ratsplan.extract(SAMPLE.read_bytes(), name=SAMPLE.name)
    assert from_bytes.file.source is None
    from_bytes.file.source = from_path.file.source
    assert from_bytes == from_path


def test_a_missing_file_is_a_source_error_with_its_name() -> None:
    with pytest.raises(ratsplan.SourceError, match=r"nowhere\.pdf: cannot be read"):
        ratsplan.extract("nowhere.pdf")


def test_a_folder_is_a_source_error_that_names_the_remedy() -> None:
    with pytest.raises(ratsplan.SourceError, match=r"samples: is a folder; .* `ratsplan run`"):
        ratsplan.extract(SAMPLE.parent)


def test_bytes_that_are_no_pdf_are_a_document_error_with_the_name() -> None:
    with pytest.raises(ratsplan.NotAPdfError, match=r"^brief\.pdf: "):
        ratsplan.extract(b"Sehr geehrte Damen und Herren", name="brief.pdf")
