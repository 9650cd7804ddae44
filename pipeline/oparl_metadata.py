"""What OParl says of a file, beside what the file says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import PurePosixPath
from typing import Any, Literal
from urllib.parse import unquote, urlsplit

from pipeline.names import printable
from schemas.records import Document, OParl, Paper, Problem, Severity

_LONGEST = 1000
_COMPARED: tuple[tuple[str, str, Severity], ...] = (
    ("reference", "number", "warning"),
    ("date", "date", "info"),
    ("paper_type", "type", "info"),
    ("name", "title", "info"),
)
"""Field of paper and metadata, its name in a message, and how much a difference matters."""


def metadata_of(body: dict[str, Any], paper: dict[str, Any], file: dict[str, Any], role: str) -> OParl:
    """The fields of OParl's objects that tell of a file. What has another type than it should counts as absent."""
    found: Literal["main", "auxiliary"] = "main" if role == "main" else "auxiliary"
    return OParl(
        body=text_of(body.get("id")),
        body_name=text_of(body.get("name")),
        paper=text_of(paper.get("id")),
        file=text_of(file.get("id")),
        role=found,
        reference=text_of(paper.get("reference")),
        name=text_of(paper.get("name")),
        paper_type=text_of(paper.get("paperType")),
        date=_date(paper.get("date")),
        file_name=text_of(file.get("name")) or text_of(file.get("fileName")),
        web=text_of(paper.get("web")),
        modified=text_of(file.get("modified")) or text_of(paper.get("modified")),
    )


def file_name(file: dict[str, Any], address: str) -> str:
    """A name for records and ids. A server's name may hold a path or control codes: neither is left of it."""
    for name in (file.get("fileName"), unquote(urlsplit(address).path), file.get("name")):
        told = text_of(name)
        last = PurePosixPath(told.replace("\\", "/")).name.strip(". ") if told else ""
        if re.search(r"\w", last):
            return last[-200:]
    return "document.pdf"


def text_of(value: object) -> str | None:
    """A text on one line without what a terminal would obey; None for anything else."""
    if not isinstance(value, str):
        return None
    return printable(" ".join(value.encode("utf-8", "replace").decode().split()))[:_LONGEST] or None


def lay_beside(document: Document, metadata: OParl) -> None:
    """Put the metadata into a document, with a problem entry for what the paper itself says otherwise."""
    document.oparl = metadata
    if document.paper is None or metadata.role != "main":
        return
    document.problems += _differences(document.paper, metadata)
    if any(problem.severity != "info" for problem in document.problems):
        document.status = "review"


def _differences(paper: Paper, metadata: OParl) -> Iterator[Problem]:
    for field, name, severity in _COMPARED:
        printed, told = getattr(paper, field), getattr(metadata, field)
        if printed is None or told is None or _plain(printed) == _plain(told):
            continue
        # A title of one side is often the other's with an addition.
        if field in ("name", "paper_type") and (_plain(printed) in _plain(told) or _plain(told) in _plain(printed)):
            continue
        message = f"the {name} is {printed} in the PDF and {told} in OParl"
        yield Problem(code="oparl_differs", severity=severity, message=message)


def _plain(value: object) -> str:
    return re.sub(r"[\W_]+", "", str(value)).casefold()


def _date(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None
