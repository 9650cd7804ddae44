"""What every document of an output folder was read from and with, so that a later run reads only what is new."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from pipeline.options import Options
from pipeline.writers import DOCUMENTS, RECORD
from schemas.records import SCHEMA_VERSION

RUN = "run.json"
"""Holds the journal under `documents`, beside the account of the last run."""


@dataclass(frozen=True, slots=True)
class Read:
    """What made a document: the file's name and bytes, the versions, and the options. Another one makes it anew."""

    name: str
    sha256: str
    ratsplan: str
    schema_version: str
    options: Options

    @classmethod
    def of(cls, name: str, sha256: str, version: str, options: Options) -> Read:
        return cls(name, sha256, version, SCHEMA_VERSION, options)


class Journal:
    """What is known of the documents in an output folder, by document_id."""

    def __init__(self, known: dict[str, Read]) -> None:
        self.known = known
        self._by_bytes = {read.sha256: read for read in known.values()}

    @classmethod
    def load(cls, output: Path) -> Journal:
        """The journal that the last run left. A document without a record, or a broken journal, is not known."""
        try:
            stored = json.loads((output / RUN).read_bytes())["documents"]
            known = TypeAdapter(dict[str, Read]).validate_python(stored)
        except (OSError, ValueError, KeyError, TypeError, ValidationError):
            return cls({})
        return cls({key: read for key, read in known.items() if (output / DOCUMENTS / key / RECORD).is_file()})

    def of_bytes(self, sha256: str) -> Read | None:
        return self._by_bytes.get(sha256)

    def add(self, document_id: str, read: Read) -> None:
        self.known[document_id] = read
        self._by_bytes[read.sha256] = read

    def as_json(self) -> dict[str, Any]:
        return {document_id: asdict(read) for document_id, read in sorted(self.known.items())}
