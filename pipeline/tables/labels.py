"""What people read above the columns: the German terms, each once in a table."""

from __future__ import annotations

from collections import Counter

from schemas.columns import Table


def headers(table: Table) -> list[str]:
    """The German term of each column, with the column's name behind it where two have the same one."""
    counts = Counter(column.german for column in table.columns)
    return [f"{c.german} ({c.name})" if counts[c.german] > 1 else c.german for c in table.columns]
