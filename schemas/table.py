"""What a table and a column are, in the terms of Table Schema (https://datapackage.org/standard/table-schema/)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Type = Literal["string", "integer", "number", "boolean", "date", "array", "object"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `german` is the word an analyst finds in the documents, `english` the same for everybody else."""

    name: str
    german: str
    english: str
    description: str = ""
    type: Type = "string"
    required: bool = False
    enum: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        return f"{self.german} / {self.english}"


@dataclass(frozen=True, slots=True)
class ForeignKey:
    columns: tuple[str, ...]
    table: str
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: `<name>.csv`, its columns in order, and the keys that hold over the whole output folder."""

    name: str
    title: str
    description: str
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)
