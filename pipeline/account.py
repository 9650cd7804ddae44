"""How a run went: an entry for each input, and what the output folder holds after it."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, get_args

End = Literal["ok", "review", "empty", "unchanged", "duplicate", "set_aside", "not_found", "failed"]
"""ok, review, empty: read, and nothing to look at, or a doubt, or neither a paper nor a plan in it. set_aside: failed
too often before. not_found: the input names nothing."""
ENDS: tuple[End, ...] = get_args(End)
READ: frozenset[End] = frozenset({"ok", "review", "empty"})


@dataclass(frozen=True, slots=True)
class Entry:
    """How it went with one input.

    `seconds` of work, the most `megabytes` that its process held, the seconds of a `processor` that it used; `reason`,
    `message`, `detail` where it failed.
    """

    name: str
    end: End
    document_id: str | None = None
    pages: int | None = None
    measures: int | None = None
    seconds: float | None = None
    megabytes: float | None = None
    processor: float | None = None
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
    replaced: list[tuple[str, str]] = field(default_factory=list)
    """Ids of documents that left the tables, each with that of the newer one from the same address."""
    gone: int = 0
    """Files that an earlier run read and that are no longer there."""
    deleted: int = 0
    """Documents that their publisher took back."""
    notes: list[str] = field(default_factory=list)
    verified: int | None = None
    """With `--verify`, documents that were read twice."""
    disagreeing: int = 0
    """Those of them in which the two readers saw other words."""
    seconds: float = 0.0
    interrupted: bool = False

    @property
    def counts(self) -> dict[End, int]:
        """How many inputs ended how."""
        counter = Counter(entry.end for entry in self.entries)
        return {end: counter[end] for end in ENDS}

    @property
    def read(self) -> int:
        return sum(entry.end in READ for entry in self.entries)

    @property
    def pages(self) -> int:
        return sum(entry.pages or 0 for entry in self.entries)

    @property
    def failures(self) -> list[Entry]:
        """Inputs that failed or were not found."""
        return [entry for entry in self.entries if entry.end in ("failed", "not_found")]

    @property
    def reasons(self) -> dict[str, int]:
        """How many inputs failed for which reason, the most frequent first."""
        counter = Counter(entry.reason or "failed" for entry in self.failures)
        return dict(sorted(counter.items(), key=lambda item: (-item[1], item[0])))
