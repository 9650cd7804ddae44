"""The page over an output folder: its documents, and how measures spread over fields of action and actors."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Final

from pipeline.report.page import render, title_of
from schemas.records import Document

_BARS: Final = 20
"""Bars of a chart; the rest is told as a number."""
_ROWS, _COLUMNS = 25, 14


@dataclass(slots=True)
class Overview:
    """Counts over documents, taken one document at a time."""

    documents: list[dict[str, Any]] = field(default_factory=list)
    fields: Counter[str] = field(default_factory=Counter)
    actors: Counter[str] = field(default_factory=Counter)
    spread: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(actor, field of action) -> measures; an empty field of action is one that is not told."""
    names: dict[str, str] = field(default_factory=dict)

    def add(self, document: Document, link: str, *, superseded: bool = False) -> None:
        """Count a document; `link` is the address of its page as seen from this one.

        The measures of a draft that a later one supersedes are not counted: they would count twice.
        """
        measures = document.plan.measures if document.plan is not None else []
        self.documents.append(
            {
                "id": document.document_id,
                "title": title_of(document),
                "file": document.file.name,
                "link": link,
                "reference": document.paper.reference if document.paper is not None else None,
                "date": _date(document),
                "status": document.status,
                "pages": document.file.page_count,
                "measures": len(measures),
                "superseded": superseded,
            }
        )
        if superseded:
            return
        self.names |= {actor.actor_id: actor.name for actor in document.actors}
        for measure in measures:
            name = measure.field_of_action or ""
            self.fields[name] += 1
            for actor in {item.actor_id for item in measure.responsibilities}:
                self.actors[actor] += 1
                self.spread[actor, name] += 1

    def page(self) -> str:
        """The page as HTML."""
        documents = sorted(self.documents, key=lambda d: (d["title"].casefold(), d["id"]))
        totals = {
            "documents": len(documents),
            "to_review": sum(d["status"] == "review" for d in documents),
            "pages": sum(d["pages"] for d in documents),
            "measures": sum(d["measures"] for d in documents if not d["superseded"]),
            "actors": len(self.actors),
        }
        context = {
            "documents": documents,
            "totals": totals,
            "by_field": _bars(self.fields),
            "by_actor": [(self.names[actor], *rest) for actor, *rest in _bars(self.actors)],
            "more_fields": max(0, len(self.fields) - _BARS),
            "more_actors": max(0, len(self.actors) - _BARS),
            **self._matrix(),
        }
        return render("report/overview.html", context)

    def _matrix(self) -> dict[str, Any]:
        """Who is responsible in which field: the actors and fields of most measures."""
        columns = [name for name, _ in _ranked(self.fields)[:_COLUMNS]]
        rows = [actor for actor, _ in _ranked(self.actors)[:_ROWS]]
        most = max((self.spread[actor, name] for actor in rows for name in columns), default=1) or 1
        cells = [
            (self.names[actor], [(count, round(count / most, 3)) for count in (self.spread[actor, n] for n in columns)])
            for actor in rows
        ]
        return {"matrix_columns": columns, "matrix_rows": cells if len(columns) > 1 else []}


def _date(document: Document) -> str | None:
    dates = (document.paper.date if document.paper else None, document.plan.date if document.plan else None)
    return next((date.isoformat() for date in dates if date is not None), None)


def _ranked(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _bars(counts: Counter[str]) -> list[tuple[str, int, float]]:
    """Name, number and length of each bar, in per cent of the longest."""
    ranked = _ranked(counts)[:_BARS]
    most = ranked[0][1] if ranked else 1
    return [(name, count, round(100 * count / most, 2)) for name, count in ranked]
