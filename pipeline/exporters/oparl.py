"""OParl 1.1 (https://oparl.org/spezifikation/, schemas in https://github.com/OParl/spec): papers as `Paper` objects.

A list in the form of OParl's external lists, each paper with its file and its consultations embedded. `Paper`,
`Consultation` and `File` must have `id` and `type`, `File` also `accessUrl`; addresses are URLs, dates ISO 8601, what
is unknown is left out (schema/Paper.json, Consultation.json, File.json). `underDirectionOf`, `originatorPerson`,
`organization` and `agendaItem` are addresses of other objects there: what a PDF prints is a name, and stands in
attributes of our own, which OParl wants named with a prefix: `ratsplan:organization`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote, urlsplit

from pipeline.exporters import Settings
from pipeline.tables.shown import shown
from schemas.errors import UsageError
from schemas.records import Consultation, Document, Paper

_TYPE = "https://schema.oparl.org/1.1/"


def export(documents: Iterable[Document], settings: Settings) -> str:
    """The papers under `base`, the address that they will be served from; `body` is the address of their body."""
    base, body = settings["base"].rstrip("/"), settings["body"]
    for name, address in (("base", base), ("body", body)):
        if address and not _is_url(address):
            raise UsageError(f"{name}={address}: must be an address that begins with https:// or http://")
    papers = [_paper(document, document.paper, base, body) for document in documents if document.paper]
    count = len(papers)
    pagination = {"totalElements": count, "elementsPerPage": count, "currentPage": 1, "totalPages": 1}
    envelope = {"data": papers, "pagination": pagination, "links": {"first": f"{base}/papers"}}
    return json.dumps(envelope, indent=1, ensure_ascii=False) + "\n"


def _paper(document: Document, paper: Paper, base: str, body: str) -> dict[str, Any]:
    address = f"{base}/papers/{document.document_id}"
    return _known(
        {
            "id": address,
            "type": f"{_TYPE}Paper",
            "body": body,
            "name": paper.name,
            "reference": paper.reference,
            "date": paper.date.isoformat() if paper.date else None,
            "paperType": paper.paper_type,
            "mainFile": _file(document, base),
            "consultation": [_consultation(entry, address, base) for entry in paper.consultations],
            "ratsplan:body": paper.body,
            "ratsplan:public": paper.public,
            "ratsplan:underDirectionOf": paper.under_direction_of,
            "ratsplan:contactPerson": paper.contact_person,
            "ratsplan:originatorPerson": paper.originator_person,
            "ratsplan:attachment": [attachment.name for attachment in paper.attachments],
            "ratsplan:section": [
                {"heading": section.heading, "kind": section.kind, "text": section.text} for section in paper.sections
            ],
        }
    )


def _file(document: Document, base: str) -> dict[str, Any]:
    file = document.file
    source = file.source or ""
    address = source if _is_url(source) else f"{base}/files/{quote(file.name)}"
    return _known(
        {
            "id": f"{base}/files/{document.document_id}",
            "type": f"{_TYPE}File",
            "name": file.name.removesuffix(".pdf"),
            "fileName": file.name,
            "mimeType": "application/pdf",
            "size": file.size,
            "accessUrl": address,
            "ratsplan:sha256Checksum": file.sha256,
        }
    )


def _consultation(entry: Consultation, paper: str, base: str) -> dict[str, Any]:
    return _known(
        {
            "id": f"{base}/consultations/{paper.rpartition('/')[2]}-{entry.position}",
            "type": f"{_TYPE}Consultation",
            "paper": paper,
            "role": entry.role,
            "ratsplan:organization": entry.organization,
            "ratsplan:date": entry.date.isoformat() if entry.date else None,
            "ratsplan:agendaItem": entry.agenda_item,
            "ratsplan:public": entry.public,
            "ratsplan:result": entry.result,
        }
    )


def _known(values: dict[str, Any]) -> dict[str, Any]:
    """What is known, with texts made harmless: OParl leaves out what is not."""
    return {name: _shown(value) for name, value in values.items() if value is not None and value not in ("", [])}


def _shown(value: Any) -> Any:
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, list):
        return [_shown(entry) for entry in value]
    return {name: _shown(entry) for name, entry in value.items()} if isinstance(value, dict) else value


def _is_url(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and not any(char.isspace() for char in text)
