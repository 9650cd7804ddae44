"""What became of measures over the drafts of their plan, told from the tables and documents of an output folder."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from pipeline.compare import compare_documents
from pipeline.drafts import read_draft
from pipeline.files import DOCUMENTS as FOLDER
from pipeline.files import RECORD
from pipeline.names import printable
from pipeline.options import HistoryFormat
from pipeline.render import KIND_STYLES, show_fields, without_trailing_spaces
from pipeline.tables.rows import read_rows
from pipeline.writers import cell, csv_line
from schemas.changes import FieldChange
from schemas.columns import DOCUMENTS, LINEAGE, MEASURES
from schemas.errors import SourceError
from schemas.generate import dump
from schemas.rows import Row

CSV_COLUMNS = (
    "plan_id", "lineage_id", "draft", "document_id", "date", "kind", "measure_id", "field_of_action", "number",
    "measure", "previous", "related", "likeness", "reason", "field", "old", "new",
)  # fmt: skip
"""Columns of the history as CSV: a line for each field that changed, and one for an event that names none."""


@dataclass(slots=True)
class Chapter:
    """A lineage in one draft: its row of lineage.csv, those of its document and measure, and what changed."""

    event: Row
    document: Row
    measure: Row | None
    fields: list[FieldChange] = field(default_factory=list)

    @property
    def title(self) -> str:
        if self.measure is None:
            return ""
        text = str(self.measure["measure"] or self.measure["description"] or self.measure["problem"] or "")
        return f"{self.measure['number']} {text}" if self.measure["number"] else text

    @property
    def date(self) -> str:
        return cell(self.document["date"] or self.document["plan_date"])


@dataclass(slots=True)
class Story:
    """A lineage over all drafts of its plan."""

    lineage_id: str
    plan_id: str
    chapters: list[Chapter]

    @property
    def title(self) -> str:
        """What the measure is called, in the last draft that has it."""
        return next((chapter.title for chapter in reversed(self.chapters) if chapter.title), self.lineage_id)


def read_history(output: Path, lineage: str | None = None) -> list[Story]:
    """The stories of all lineages of an output folder, or of one, named by its id or that of any of its measures.

    Only the story of one says which words changed. Raises SourceError where the folder has no tables, or no such
    lineage.
    """
    if not (output / f"{LINEAGE.name}.csv").is_file():
        raise SourceError(f"{output}: has no {LINEAGE.name}.csv; `ratsplan run INPUT --output {output}` makes it")
    events = list(read_rows(output, LINEAGE))
    if lineage is not None:
        own = {event["lineage_id"] for event in events if lineage in (event["lineage_id"], event["measure_id"])}
        if not own:
            raise SourceError(f"{lineage}: no lineage or measure of {output}; `ratsplan history {output}` lists them")
        events = [event for event in events if event["lineage_id"] in own]
    documents = {str(row["document_id"]): row for row in read_rows(output, DOCUMENTS)}
    wanted = {event["measure_id"] for event in events}
    measures = {row["measure_id"]: row for row in read_rows(output, MEASURES) if row["measure_id"] in wanted}
    chapters: dict[str, list[Chapter]] = defaultdict(list)
    for event in events:
        chapter = Chapter(event, documents[str(event["document_id"])], measures.get(event["measure_id"]))
        chapters[str(event["lineage_id"])].append(chapter)
    stories = [Story(name, str(found[0].event["plan_id"]), found) for name, found in chapters.items()]
    if lineage is not None:
        for story in stories:
            _tell_words(story, output)
    return stories


def _tell_words(story: Story, output: Path) -> None:
    """Add to each chapter the words that changed since the draft before."""
    order = _drafts_of(output, story.plan_id)
    for chapter in story.chapters:
        number = _draft(chapter.event)
        if not chapter.event["fields"]:
            continue
        paths = (output / FOLDER / order[place] / RECORD for place in (number - 1, number))
        old, new = map(read_draft, paths)
        previous = chapter.event["previous"]
        changes = compare_documents(old, new).changes
        chapter.fields = next((change.fields for change in changes if change.old == previous), [])


def _drafts_of(output: Path, plan_id: str) -> dict[int, str]:
    """Place among the drafts of a plan -> document_id."""
    rows = (row for row in read_rows(output, LINEAGE) if row["plan_id"] == plan_id)
    return {_draft(row): str(row["document_id"]) for row in rows}


def _draft(event: Row) -> int:
    return int(str(event["draft"]))


def render_history(stories: Sequence[Story], form: HistoryFormat, *, whole: bool) -> str:
    """The stories as text. `whole` tells each draft of a story; else a story is one line under its plan."""
    if form == "json":
        return dump([_as_json(story) for story in stories])
    if form == "csv":
        return "".join([csv_line(CSV_COLUMNS), *map(_csv_line, _rows(stories))])
    stream = io.StringIO()
    show_history(stories, Console(file=stream, width=100, color_system=None), whole=whole)
    return without_trailing_spaces(stream.getvalue())


def show_history(stories: Sequence[Story], console: Console, *, whole: bool) -> None:
    """Print the stories on a terminal."""
    if whole:
        for story in stories:
            _show_story(story, console)
        return
    plans: dict[str, list[Story]] = defaultdict(list)
    for story in stories:
        plans[story.plan_id].append(story)
    for number, plan in enumerate(plans.values()):
        if number:
            console.print()
        _show_plan(plan, console)


def _show_plan(stories: Sequence[Story], console: Console) -> None:
    """A plan with its drafts; where it has several, a line for each lineage."""
    documents = {_draft(c.event): c for story in stories for c in story.chapters}
    latest = documents[max(documents)]
    count = f"{len(documents)} draft{'s' if len(documents) > 1 else ''}, {len(stories)} lineages"
    console.print(Text(printable(str(latest.document["plan_title"] or latest.document["file_name"])), style="bold"))
    console.print(Text(count, style="dim"))
    for name, chapter in sorted(documents.items()):
        told = f"  {name}  {chapter.date or 'no date':10}  {chapter.document['file_name']}"
        console.print(Text(printable(told), style="dim"))
    if len(documents) == 1:
        return
    for story in stories:
        line = Text(f"  {story.lineage_id}  ", style="dim")
        for place, chapter in enumerate(story.chapters):
            kind = str(chapter.event["kind"])
            line.append(" > " if place else "", style="dim").append(kind, style=KIND_STYLES.get(kind, "dim"))
        console.print(line.append(f"  {printable(story.title)}", style="default"), overflow="ellipsis", no_wrap=True)


def _show_story(story: Story, console: Console) -> None:
    console.print(Text(printable(story.title), style="bold"))
    console.print(Text(f"lineage {story.lineage_id}", style="dim"))
    for chapter in story.chapters:
        event, kind = chapter.event, str(chapter.event["kind"])
        console.print()
        head = Text(f"{event['draft']}  ", style="bold").append(
            kind.upper(), style=f"bold {KIND_STYLES.get(kind, 'dim')}"
        )
        where = " · ".join(filter(None, [chapter.date, str(chapter.document["file_name"]), _page(chapter)]))
        console.print(head.append(f"  {printable(where)}", style="dim"))
        for text in filter(None, [chapter.title, event["reason"] and str(event["reason"]), _related(event)]):
            console.print(Padding(Text(printable(str(text))), (0, 0, 0, 4), expand=False))
        show_fields(chapter.fields, console)


def _page(chapter: Chapter) -> str:
    page = chapter.measure["first_page"] if chapter.measure else None
    return f"p. {page}" if page else ""


def _related(event: Row) -> str:
    names = ", ".join(map(str, _list(event["related"])))
    if not names:
        return ""
    if event["kind"] == "split":
        begins = event["lineage_id"] == event["measure_id"]
        return f"branches off from lineage {names}" if begins else f"lineage {names} branches off"
    return f"lineage {names} ends here" if event["measure_id"] else f"goes on in lineage {names}"


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _as_json(story: Story) -> dict[str, Any]:
    drafts = [
        {
            **{name: value for name, value in chapter.event.items() if name not in ("plan_id", "lineage_id")},
            "file_name": chapter.document["file_name"],
            "date": chapter.date or None,
            "measure": chapter.title or None,
            "changes": [change.model_dump(mode="json") for change in chapter.fields],
        }
        for chapter in story.chapters
    ]
    return {"lineage_id": story.lineage_id, "plan_id": story.plan_id, "measure": story.title, "drafts": drafts}


def _rows(stories: Iterable[Story]) -> Iterator[Row]:
    for story in stories:
        for chapter in story.chapters:
            own = chapter.measure or {}
            row: Row = {**chapter.event, "date": chapter.date}
            row |= {name: own.get(name) for name in ("field_of_action", "number", "measure")}
            changes: list[FieldChange | None] = [*chapter.fields] or [None]
            for change in changes:
                told = {"field": change.field, "old": change.old, "new": change.new} if change else {}
                yield row | told


def _csv_line(row: Row) -> str:
    return csv_line(cell(row.get(name)) for name in CSV_COLUMNS)
