"""A comparison as daff's highlighter CSV, so that the viewers made for that format show it.

The format is specified at http://paulfitz.github.io/daff-doc/spec.html: the first column says what became of a row
(`+++` came, `---` went, `->` changed, `:` moved, `...` left out), a row `!` before the header `@@` which columns came,
went or got another name. A row that moved and changed is `->`, as daff itself writes it; a split or a merge is rows
that went beside rows that came. What is equal stands as the new draft has it; the paper has no place in this
table of measures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.headings import Headers, text_under
from pipeline.views import Entry, Step, entries
from pipeline.writers import csv_line
from schemas.records import Measure

_FIELDS = (
    "number", "field_of_action", "problem", "measure", "goal", "description", "target_group", "period", "cost",
    "priority", "progress", "indicators", "responsibility_text", "responsibilities",
)  # fmt: skip
_CONTEXT = 1
"""Unchanged rows that are shown before and after a change."""
_NULL = re.compile(r"_*NULL")

Row = list[str]


@dataclass(frozen=True, slots=True)
class _Column:
    """A field of the measures: its name, its old header where that is another one, and which drafts have it."""

    name: str
    renamed: str | None
    in_old: bool
    in_new: bool

    @property
    def mark(self) -> str:
        if self.in_old and self.in_new:
            return f"({self.renamed})" if self.renamed else ""
        return "+++" if self.in_new else "---"

    @property
    def header(self) -> str:
        return self.name.removeprefix("columns.")

    def text(self, measure: Measure) -> str:
        if self.name == "indicators":
            return "\n".join(f"{i.group}: {i.text}" if i.group else i.text for i in measure.indicators)
        if self.name == "responsibilities":
            return "\n".join(f"{entry.actor} ({entry.role})" for entry in measure.responsibilities)
        if self.header == self.name:
            return getattr(measure, self.name) or ""
        told = text_under(measure, self.header)
        return told if told is not None else text_under(measure, self.renamed or self.header) or ""


def highlighter_csv(step: Step) -> str:
    """The table of measures with its changes marked, in the order of the new draft."""
    columns = _columns(step)
    rows = [row for entry in entries(step) for row in _rows(entry, columns)]
    head = ["@@", *(column.header for column in columns)]
    marks = ["!", *(column.mark for column in columns)]
    schema = [marks] if any(marks[1:]) else []
    return "".join(csv_line(row) for row in [*schema, head, *_near_changes(rows)])


def _columns(step: Step) -> list[_Column]:
    """The fields and further columns that say something in one of the drafts."""
    old, new = (document.plan.measures if document.plan else [] for document in (step.old, step.new))
    renames = next((f for f in step.comparison.paper if f.field == "plan.columns"), None)
    now = dict(zip((renames.new or "").split("\n"), (renames.old or "").split("\n"), strict=True)) if renames else {}
    headers = [name for name in Headers.of(old, new).names.values() if name not in now.values()]
    columns = [_Column(name, None, True, True) for name in _FIELDS]
    columns += [_Column(f"columns.{header}", now.get(header), True, True) for header in headers]
    both = bool(old and new)
    found: list[_Column] = []
    for column in columns:
        in_old, in_new = (any(column.text(measure) for measure in side) for side in (old, new))
        if in_old or in_new:
            found.append(replace(column, in_old=in_old or not both, in_new=in_new or not both))
    return found


def _rows(entry: Entry, columns: Sequence[_Column]) -> Iterator[Row]:
    change = entry.change
    if change.kind not in ("unchanged", "changed", "moved"):
        yield from (["---", *_cells(measure, columns, {})] for measure in entry.old)
        yield from (["+++", *_cells(measure, columns, {})] for measure in entry.new)
        return
    # A cell of a column that only one draft has is shown as it is: the schema row says which draft that is.
    whole = {column.name for column in columns if column.in_old != column.in_new}
    edits = {f.field: (f.old or "", f.new or "") for f in change.fields if f.field not in whole}
    if edits:
        arrow = _arrow([text for column in columns for text in _texts(entry, column, edits)])
        told = {name: f"{_escaped(old)}{arrow}{_escaped(new)}" for name, (old, new) in edits.items()}
        yield [arrow, *_cells(entry.new[0], columns, told, entry.old[0])]
    else:
        filled = any(column.text(m) for m in (*entry.old, *entry.new) for column in columns if column.name in whole)
        mark = ":" if change.kind == "moved" else "+" if filled else ""
        yield [mark, *_cells(entry.new[0], columns, {}, entry.old[0])]


def _texts(entry: Entry, column: _Column, edits: Mapping[str, tuple[str, str]]) -> tuple[str, ...]:
    return edits.get(column.name, ()) + tuple(column.text(measure) for measure in (*entry.old, *entry.new))


def _cells(measure: Measure, columns: Sequence[_Column], told: Mapping[str, str], old: Measure | None = None) -> Row:
    """The cells of a measure; `told` has those that changed, `old` is asked for columns that the new draft lacks."""
    own = [old if old is not None and not column.in_new else measure for column in columns]
    return [told.get(c.name, _escaped(c.text(m))) for c, m in zip(columns, own, strict=True)]


def _arrow(texts: Sequence[str]) -> str:
    """`->` with as many dashes as no text of the row has."""
    arrow = "->"
    while any(arrow in text for text in texts):
        arrow = f"-{arrow}"
    return arrow


def _escaped(text: str) -> str:
    """The text NULL would stand for no value."""
    return f"_{text}" if _NULL.fullmatch(text) else text


def _near_changes(rows: Sequence[Row]) -> Iterator[Row]:
    """The rows that changed with their neighbours; what lies between is left out as one row of `...`."""
    changed = [index for index, row in enumerate(rows) if row[0]]
    near = {index + by for index in changed for by in range(-_CONTEXT, _CONTEXT + 1)}
    left_out = False
    for index, row in enumerate(rows):
        if index in near:
            yield row
        elif not left_out:
            yield ["..."] * len(row)
        left_out = index not in near
