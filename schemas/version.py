"""The version of what ratsplan writes. It stands apart so that a run can know it without loading the records."""

from __future__ import annotations

from typing import Final

SCHEMA_VERSION: Final = "1"
