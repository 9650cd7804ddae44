"""Comparisons as text: JSON for programs, CSV for tables, and for people a terminal, Markdown and a page of HTML.

Every renderer takes the steps from draft to draft, one or several, and gives the whole text.
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from pipeline.highlighter import highlighter_csv
from pipeline.names import printable
from pipeline.options import Format
from pipeline.views import Entry, Step, entries, field_label, shortened, summary_line
from pipeline.webpage import web_page
from pipeline.writers import cell, csv_line
from schemas.changes import FieldChange, Segment
from schemas.errors import UsageError
from schemas.generate import dump

CSV_COLUMNS = (
    "old_document_id", "new_document_id", "kind", "field", "old_measure_id", "new_measure_id", "field_of_action",
    "measure", "likeness", "reason", "old", "new", "old_page", "new_page",
)  # fmt: skip
"""Columns of the CSV of changes: a line for each field that differs, and one for a change that names no field.
`kind` is the kind of the change, `paper`, or `renamed_field`. What is unchanged is left out."""

KIND_STYLES: dict[str, str] = {
    "unchanged": "dim", "changed": "yellow", "moved": "cyan", "added": "green", "removed": "red",
    "split": "magenta", "merged": "magenta", "returned": "green",
}  # fmt: skip
"""How a terminal colours what became of a measure."""
_MARKS = {"delete": ("[-", "-]", "red"), "insert": ("{+", "+}", "green")}
_MARKDOWN = re.compile(r"([\\`*_\[\]~|])")


def render(steps: Sequence[Step], form: Format) -> str:
    """The steps in one of the formats, with a line feed at the end. Without color, 100 characters wide.

    Raises UsageError where a format has no room for several steps.
    """
    if form == "terminal":
        stream = io.StringIO()
        show(steps, Console(file=stream, width=100, color_system=None))
        return without_trailing_spaces(stream.getvalue())
    renderers: dict[str, Callable[[Sequence[Step]], str]] = {
        "json": _json, "csv": _csv, "html": web_page, "markdown": _markdown, "daff": _daff,
    }  # fmt: skip
    return renderers[form](steps)


def without_trailing_spaces(text: str) -> str:
    """Lines that end with their last letter: a terminal fills them, a file need not."""
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())


def show(steps: Sequence[Step], console: Console) -> None:
    """Print the steps on a terminal: the summary first, then what changed in reading order."""
    for step in steps:
        comparison = step.comparison
        if len(steps) > 1:
            console.print(Text(f"{comparison.old} -> {comparison.new}", style="bold underline"))
        console.print(Text(summary_line(comparison), style="bold"))
        for renamed in comparison.renamed_fields:
            line = f"field of action renamed: {renamed.old} -> {renamed.new}"
            console.print(Text(printable(line), style="cyan"))
        for entry in entries(step):
            if entry.change.kind != "unchanged":
                _show_entry(entry, console)
        if comparison.paper:
            console.print()
            console.print(Text("PAPER", style="bold"))
            show_fields(comparison.paper, console)


def _show_entry(entry: Entry, console: Console) -> None:
    kind = entry.change.kind
    head = Text(kind.upper(), style=f"bold {KIND_STYLES[kind]}")
    head.append(f"  {printable(entry.title)}", style="default")
    console.print()
    console.print(head)
    where = " · ".join(text for text in (entry.field_of_action, _page_note(entry)) if text)
    console.print(Padding(Text(printable(where), style="dim"), (0, 0, 0, 4), expand=False))
    console.print(Padding(Text(printable(entry.change.reason), style="dim italic"), (0, 0, 0, 4), expand=False))
    show_fields(entry.change.fields, console)


def show_fields(fields: Iterable[FieldChange], console: Console) -> None:
    """Print fields that changed, each with its words marked, below what they are about."""
    for change in fields:
        console.print(Padding(Text(f"{printable(field_label(change))}:", style="bold"), (0, 0, 0, 4), expand=False))
        line = Text()
        for operation, text in shortened(change.segments):
            begin, end, style = _MARKS.get(operation, ("", "", ""))
            plain = "\n".join(map(printable, text.split("\n")))
            body = plain.strip() if begin else plain
            start = plain.find(body) if body else len(plain)
            before, after = plain[:start], plain[start + len(body) :]
            # The mark stands at the letters of its text, not at the space or the end of the line beside them.
            shown = f"{begin}{body or '⏎'}{end}" if begin else body
            line.append(before if body else "").append(shown, style=style)
            line.append(after)
        console.print(Padding(line, (0, 0, 0, 8), expand=False))


def _json(steps: Sequence[Step]) -> str:
    """One comparison as an object, several as a list."""
    told = [step.comparison.model_dump(mode="json") for step in steps]
    return dump(told[0] if len(told) == 1 else told)


def _csv(steps: Sequence[Step]) -> str:
    lines = [csv_line(CSV_COLUMNS)]
    for step in steps:
        head = {"old_document_id": step.comparison.old, "new_document_id": step.comparison.new}
        for row in _rows(step):
            full = head | row
            lines.append(csv_line(cell(full.get(name)) for name in CSV_COLUMNS))
    return "".join(lines)


def _daff(steps: Sequence[Step]) -> str:
    if len(steps) > 1:
        raise UsageError("daff's format has one table: name two drafts only, or choose --format csv")
    return highlighter_csv(steps[0])


def _rows(step: Step) -> Iterator[dict[str, object]]:
    for renamed in step.comparison.renamed_fields:
        yield {"kind": "renamed_field", "field": "field_of_action", "old": renamed.old, "new": renamed.new}
    for entry in entries(step):
        change = entry.change
        if change.kind == "unchanged":
            continue
        row: dict[str, object] = {
            "kind": change.kind,
            "old_measure_id": " ".join(change.old),
            "new_measure_id": " ".join(change.new),
            "field_of_action": entry.field_of_action,
            "measure": entry.title,
            "likeness": change.likeness,
            "reason": change.reason,
        }
        fields: list[FieldChange | None] = [*change.fields] or [None]
        for field in fields:
            old, new = entry.pages(field.field if field else None)
            told = {"field": field.field, "old": field.old, "new": field.new} if field else {}
            yield row | told | {"old_page": old, "new_page": new}
    for field in step.comparison.paper:
        yield {"kind": "paper", "field": field.field, "old": field.old, "new": field.new}


def _markdown(steps: Sequence[Step]) -> str:
    return "\n".join(line for step in steps for line in _markdown_lines(step)) + "\n"


def _markdown_lines(step: Step) -> Iterator[str]:
    comparison = step.comparison
    yield f"# {_plain(comparison.old)} → {_plain(comparison.new)}\n"
    yield f"**{summary_line(comparison)}**\n"
    for renamed in comparison.renamed_fields:
        yield f"- field of action renamed: {_plain(renamed.old)} → {_plain(renamed.new)}\n"
    for entry in entries(step):
        if entry.change.kind == "unchanged":
            continue
        yield f"## {entry.change.kind.capitalize()}: {_plain(entry.title)}\n"
        where = f"in {entry.field_of_action}" if entry.field_of_action else ""
        told = [_page_note(entry), where, entry.change.reason]
        yield " · ".join(_plain(text) for text in told if text) + "\n"
        yield from _markdown_fields(entry.change.fields)
    if comparison.paper:
        yield "## Paper\n"
        yield from _markdown_fields(comparison.paper)


def _markdown_fields(fields: Sequence[FieldChange]) -> Iterator[str]:
    for field in fields:
        text = "".join(_marked(segment) for segment in shortened(field.segments))
        yield f"- **{_plain(field_label(field))}**: {text}"
    if fields:
        yield ""


def _marked(segment: Segment) -> str:
    """A segment in Markdown: marks must touch letters, and a list of items stays in its line."""
    operation, text = segment
    mark = {"equal": "", "delete": "~~", "insert": "**"}[operation]
    lines = [line.strip() for line in text.split("\n")]
    told = " / ".join(f"{mark}{_plain(line)}{mark}" if line else "" for line in lines)
    return f"{' ' if text[:1].isspace() else ''}{told}{' ' if text[-1:].isspace() else ''}"


def _plain(text: str) -> str:
    """A text that Markdown shows as it is."""
    return _MARKDOWN.sub(r"\\\1", html.escape(printable(text.replace("\n", " ")), quote=False))


def _page_note(entry: Entry) -> str:
    old, new = entry.pages()
    told = [f"old p. {old}" if old else "", f"new p. {new}" if new else ""]
    return ", ".join(note for note in told if note)
