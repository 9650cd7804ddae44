"""Documents that have been read before: those of an output folder, or one that is named."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from pipeline.drafts import read_draft
from pipeline.tables.rows import read_rows
from pipeline.writers import DOCUMENTS, RECORD
from schemas.columns import DOCUMENTS as TABLE
from schemas.errors import SourceError
from schemas.records import Document


def read_documents(path: Path) -> list[Document]:
    """The documents of an output folder that its tables hold, by id; or the one of a document.json or PDF.

    Raises SourceError where there are none or one cannot be read, DocumentError where a PDF cannot.
    """
    if not path.is_dir():
        return [read_draft(str(path))]
    if not (path / f"{TABLE.name}.csv").is_file():
        raise SourceError(f"{path}: has no tables; `ratsplan run INPUT --output {path}` makes them")
    return [_read(path / DOCUMENTS / str(row["document_id"]) / RECORD) for row in read_rows(path, TABLE)]


def _read(path: Path) -> Document:
    try:
        return Document.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise SourceError(f"{path}: is missing, damaged or of another version; run its PDF again") from error
