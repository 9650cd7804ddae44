"""corrections.toml: a person's corrections of records by their ids. They are applied after every reading.

    ["plan-1a2b3c4d-m003"]                     # the id of a measure, an indicator or a responsibility
    measure = "Sprachkurse am Abend"           # what the field is to be
    period = { was = "bis 2052", now = "bis 2025" }   # only where it still reads so

    ["plan-1a2b3c4d".paper]                    # a document_id: fields of its paper or plan
    reference = "VO/2025/246"

docs/corrections.md tells it with examples. What was read stays in `as-read.json` beside document.json, so that a
correction that is taken out of the file is undone by the next run.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from extractors.values import INDICATOR_VALUES, MEASURE_VALUES
from pipeline.files import CORRECTIONS
from schemas.errors import UsageError
from schemas.records import PAPER_HEAD, Indicator, Measure, Paper, Plan, Record, Responsibility

ID = re.compile(r"(?P<document>.+-[0-9a-f]{8})(?:-m\d+(?:-(?P<kind>[ir])\d+)?)?")
"""An id of a record: it begins with the one of its document."""
_MEASURE_TEXTS = (
    "number", "field_of_action", "problem", "measure", "goal", "description", "target_group", "period", "cost",
    "priority", "progress", "responsibility_text",
)  # fmt: skip
FIELDS: dict[str, tuple[type[Record], tuple[str, ...]]] = {
    "measure": (Measure, (*_MEASURE_TEXTS, *(name for names in MEASURE_VALUES.values() for name in names))),
    "indicator": (Indicator, ("group", "text", *INDICATOR_VALUES)),
    "responsibility": (Responsibility, ("actor", "abbreviation", "text", "role")),
    "paper": (Paper, PAPER_HEAD),
    "plan": (Plan, ("title", "status", "date")),
}
"""Kind of record -> its type, and the fields that may be corrected."""
_ANY = object()


@dataclass(frozen=True, slots=True)
class Change:
    """One correction: the record's id, the field (`paper.date` of a document), its new value, and what it must read."""

    id: str
    field: str
    now: Any
    was: Any = _ANY

    @property
    def document_id(self) -> str:
        match = ID.fullmatch(self.id)
        return match["document"] if match else ""

    def fits(self, value: Any) -> bool:
        """Whether the field still reads what the correction was made for; spaces do not count."""
        return self.was is _ANY or _plain(self.was) == _plain(value)


@dataclass(frozen=True, slots=True)
class Corrections:
    """The corrections of a file, in its order; an empty one where there is no file."""

    path: Path
    changes: tuple[Change, ...] = ()
    sha256: str | None = None

    @classmethod
    def beside(cls, output: Path, named: Path | None = None) -> Corrections:
        """Those of the named file, or of corrections.toml in the output folder, which may be missing.

        Raises UsageError, naming file, id and field, when the file cannot be read or is broken.
        """
        path = named if named is not None else output / CORRECTIONS
        if named is None and not path.exists():
            return cls(path)
        try:
            data = path.read_bytes()
            tables = tomllib.loads(data.decode("utf-8-sig"))
        except OSError as error:
            raise UsageError(f"{path}: cannot be read ({error.strerror}); check the path") from error
        except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise UsageError(f"{path}: is no TOML: {error}") from error
        return cls(path, tuple(_changes(tables, path)), hashlib.sha256(data).hexdigest())

    def of_documents(self) -> dict[str, list[Change]]:
        """The corrections by document."""
        found: dict[str, list[Change]] = {}
        for change in self.changes:
            found.setdefault(change.document_id, []).append(change)
        return found


def kind_of(record_id: str) -> str | None:
    """Which kind of record an id is of: measure, indicator, responsibility, document; None where it is no id."""
    match = ID.fullmatch(record_id)
    if match is None:
        return None
    if match["kind"]:
        return "indicator" if match["kind"] == "i" else "responsibility"
    return "document" if match["document"] == record_id else "measure"


def _changes(tables: Mapping[str, Any], path: Path) -> Iterator[Change]:
    for record_id, fields in tables.items():
        kind = kind_of(record_id)
        if kind is None or not isinstance(fields, Mapping):
            message = 'is no id of a record; write ["<measure_id>"], as measure_id stands in measures.csv'
            raise UsageError(f"{path}: {record_id} {message}")
        if kind != "document":
            yield from (_change(record_id, kind, name, name, value, path) for name, value in fields.items())
            continue
        for part, values in fields.items():
            if part not in ("paper", "plan") or not isinstance(values, Mapping):
                raise UsageError(f'{path}: {record_id}: write ["{record_id}".paper] or ["{record_id}".plan]')
            yield from (_change(record_id, part, name, f"{part}.{name}", value, path) for name, value in values.items())


def _change(record_id: str, kind: str, name: str, field: str, value: Any, path: Path) -> Change:
    record, known = FIELDS[kind]
    where = f"{path}: {record_id}: {field}"
    if name not in known:
        raise UsageError(f"{where} cannot be corrected; what can is {', '.join(known)}")
    was = _ANY
    if isinstance(value, Mapping):
        if set(value) - {"was", "now"} or "now" not in value:
            raise UsageError(f"{where}: write a value, or {{ was = ..., now = ... }}")
        was, value = value.get("was", _ANY), value["now"]
    try:
        # A text may be emptied: that makes it unknown.
        annotation: Any = record.model_fields[name].annotation
        now: Any = TypeAdapter(annotation).validate_python(None if value == "" else value)
    except ValidationError as error:
        raise UsageError(f"{where}: {value!r} does not fit: {error.errors()[0]['msg']}") from error
    return Change(record_id, field, now, was)


def _plain(value: Any) -> Any:
    """A value for comparing it with another one."""
    if value is None:
        return ""
    if isinstance(value, str):
        return " ".join(value.split())
    return value.isoformat() if isinstance(value, date) else value
