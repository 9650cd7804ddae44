"""How a run went: an entry for each input, and what the output folder holds after it."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

End = Literal["ok", "review", "unchanged", "duplicate", "failed"]


@dataclass(frozen=True, slots=True)
class Entry:
    """How it went with one input: `seconds` of work; `reason`, `message` and `detail` where it failed."""

    name: str
    end: End
    document_id: str | None = None
    pages: int | None = None
    measures: int | None = None
    seconds: float | None = None
    reason: str | None = None
    message: str | None = None
    detail: str | None = None

    def as_json(self) -> dict[str, Any]:
        return {key: value for key, value in asdict(self).items() if value is not None}


@dataclass(slots=True)
class Account:
    entries: list[Entry] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)
    """Rows by table, of this run and those before it."""
    review: int = 0
    """Documents of the output folder that a person should look at."""
    interrupted: bool = False

    @property
    def counts(self) -> dict[End, int]:
        """How many inputs ended how."""
        counter = Counter(entry.end for entry in self.entries)
        ends: tuple[End, ...] = ("ok", "review", "unchanged", "duplicate", "failed")
        return {end: counter[end] for end in ends}

    @property
    def failures(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.end == "failed"]
