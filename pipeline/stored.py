"""Documents that have been read before: those of an output folder, or one that is named."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from pipeline.drafts import read_draft
from pipeline.files import DOCUMENTS, RECORD
from pipeline.tables.rows import read_rows
from schemas.columns import DOCUMENTS as TABLE
from schemas.errors import SourceError
from schemas.records import Document


def read_documents(path: Path) -> list[Document]:
    """The documents of an output folder that its tables hold, by id; or the one of a document.json or PDF.

    Raises SourceError where there are none or one cannot be read, DocumentError where a PDF cannot.
    """
    if not path.is_dir():
        return [read_draft(str(path))]
    return [read_stored(path, document_id) for document_id in document_ids(path)]


def document_ids(output: Path) -> list[str]:
    """The ids of the documents that the tables of an output folder hold. Raises SourceError where it has none."""
    if not (output / f"{TABLE.name}.csv").is_file():
        raise SourceError(f"{output}: has no tables; `ratsplan run INPUT --output {output}` makes them")
    return [str(row["document_id"]) for row in read_rows(output, TABLE)]


def read_stored(output: Path, document_id: str) -> Document:
    """A document of an output folder. Raises SourceError where its record cannot be read."""
    path = output / DOCUMENTS / document_id / RECORD
    try:
        return Document.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise SourceError(f"{path}: is missing, damaged or of another version; run its PDF again") from error
