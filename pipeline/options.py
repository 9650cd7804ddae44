"""What a user may choose about how a document is read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """Choices that change a document's records: a document read with other options is read again.

    `verify` has every page read a second time with pdfplumber, the independent witness.
    """

    verify: bool = False
