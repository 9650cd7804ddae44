"""Drafts to compare: PDFs, or the document.json of PDFs that were read before."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from pipeline.document import process_document
from pipeline.names import writable
from schemas.errors import SourceError
from schemas.records import Document


def read_draft(path: str | Path) -> Document:
    """The document of a PDF, or of a document.json.

    Raises SourceError when there is no such file or its JSON is none of ours, DocumentError when it is no readable PDF.
    """
    name = writable(path)
    if Path(path).is_dir():
        raise SourceError(f"{name}: is a folder; name a PDF or a document.json (`ratsplan history` tells of a folder)")
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise SourceError(f"{name}: cannot be read ({error.strerror}); check the path and its permissions") from error
    if not data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        return process_document(data, Path(name).name, source=name)
    try:
        return Document.model_validate_json(data.removeprefix(b"\xef\xbb\xbf"))
    except ValidationError as error:
        message = "is damaged or of another version; read its PDF again"
        raise SourceError(f"{name}: {message} ({error.error_count()} errors)") from error
