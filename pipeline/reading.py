"""One document in a child process: the file's bytes in, document.json as text and a few counts out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.options import Options

if TYPE_CHECKING:
    from schemas.records import Document

PRELOAD = ("pipeline.warm", "pipeline.writers")
"""What every child needs, imported once for all of them. This module itself stays light: the parent imports it."""


@dataclass(frozen=True, slots=True)
class Task:
    """A file to read: where it is, what records call it and where they say it came from, and how to read it."""

    path: Path
    name: str
    source: str
    options: Options


@dataclass(frozen=True, slots=True)
class Reading:
    """A document that was read, as text ready to be written; the text is made in the child to spare the parent."""

    document_id: str
    sha256: str
    text: str
    review: bool
    empty: bool
    """Neither a paper nor a plan was recognised."""
    pages: int
    measures: int
    problems: int


def read(task: Task) -> Reading:
    """Read one document. Raises DocumentError, and OSError where the file is gone."""
    from pipeline.document import process_document

    return packed(process_document(task.path.read_bytes(), task.name, source=task.source, options=task.options))


def packed(document: Document) -> Reading:
    """The document as it travels from the child to its parent."""
    from pipeline.writers import document_json

    return Reading(
        document_id=document.document_id,
        sha256=document.file.sha256,
        text=document_json(document),
        review=document.status == "review",
        empty=document.paper is None and document.plan is None,
        pages=document.file.page_count,
        measures=len(document.plan.measures) if document.plan else 0,
        problems=len(document.problems),
    )
