"""One document in a child process: the file's bytes in, document.json as text and a few counts out."""

from __future__ import annotations

import contextlib
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.isolate import allow
from pipeline.options import Options
from schemas.errors import DocumentError

if sys.platform != "win32":
    import resource

if TYPE_CHECKING:
    from schemas.records import Document, OParl

PRELOAD = ("pipeline.warm",)
"""What every child needs, imported once for all of them. This module itself stays light: the parent imports it."""

SECONDS = 60.0
"""For a document, whatever it holds."""
_SECONDS_A_PAGE = 2.0
_VERIFYING = 5.0
"""How many times longer a page may take when the witness reads it too."""
_READING_PICTURES = {"never": 1.0, "auto": 4.0, "always": 15.0}
"""How many times longer a page may take by the choice of OCR: it takes about three seconds."""
_MOST_SECONDS = 4 * 3600.0
"""A file may claim any number of pages."""


@dataclass(frozen=True, slots=True)
class Task:
    """A file to read: where it is, what records call it and where they say it came from, and how to read it.

    `metadata` is laid beside the records. `data` holds the bytes where the path means nothing to who reads.
    """

    path: Path
    name: str
    source: str
    options: Options
    metadata: OParl | None = None
    data: bytes | None = None


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
    disagreements: int
    """Places where the two readers of `--verify` saw other words."""
    megabytes: float
    """The most memory that the process held, in 2**20 bytes."""
    processor: float
    """Seconds of a processor that it used."""


def read(task: Task) -> Reading:
    """Read one document. Raises DocumentError, and OSError where the file is gone."""
    from extractors.page import open_pdf
    from pipeline.document import process_document

    data = task.data if task.data is not None else task.path.read_bytes()
    # What cannot be opened is reported, or read in another way, by what follows.
    with contextlib.suppress(DocumentError), open_pdf(data, task.name) as pdf:
        allow(limit_of(pdf.page_count, task.options))
    document = process_document(data, task.name, source=task.source, options=task.options)
    if task.metadata is not None:
        from pipeline.oparl_metadata import lay_beside

        lay_beside(document, task.metadata)
    return packed(document)


def limit_of(pages: int, options: Options) -> float:
    """Seconds that a document of so many pages may take."""
    factor = (_VERIFYING if options.verify else 1.0) * _READING_PICTURES[options.ocr]
    return min(SECONDS + pages * _SECONDS_A_PAGE * factor, _MOST_SECONDS)


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
        disagreements=sum(problem.code == "witness_disagrees" for problem in document.problems),
        megabytes=_peak(),
        processor=time.process_time(),
    )


def _peak() -> float:
    if sys.platform == "win32":
        return 0.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
