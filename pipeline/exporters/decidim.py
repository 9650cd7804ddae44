"""Decidim accountability (https://github.com/decidim/decidim): results for *Accountability, Import results, CSV*.

The columns are those that `ResultsCsvImporter` (decidim-accountability/app/services/decidim/accountability) reads from
a file as `ResultSerializer` writes it: `id`, `category/id`, `scope/id`, `parent/id`, `title/<locale>`,
`description/<locale>`, `start_date`, `end_date`, `status/id`, `progress`, `proposal_urls`. `ResultForm` wants a title
and a description in the organization's default locale. `id` ties children to parents within the file: an id that a
result of the component already has would overwrite that one, so that ours begin far above. Categories, scopes and
states have numbers in an installation only and stay empty: fields of action are parents. Descriptions are HTML.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from pipeline.exporters import Settings, number_of
from pipeline.exporters.texts import as_html, cut, one_line, sections, title_of
from pipeline.tables.shown import without_formula
from schemas.errors import UsageError
from schemas.records import Document, Measure

_TITLE_LENGTH = 500
_NO_FIELD = "Ohne Handlungsfeld"


def export(documents: Iterable[Document], settings: Settings) -> str:
    """A result for each field of action and one below it for each of its measures, as CSV.

    `locale` is the organization's default locale, `separator` its `Decidim.default_csv_col_sep`, `first_id` a number
    above the ids of all results.
    """
    locale, separator = settings["locale"], settings["separator"]
    if len(separator) != 1 or not locale:
        raise UsageError("separator must be one character, and locale a language such as de")
    columns = [
        "id",
        "category/id",
        "scope/id",
        "parent/id",
        f"title/{locale}",
        f"description/{locale}",
        "start_date",
        "end_date",
        "status/id",
        "progress",
        "proposal_urls",
    ]
    stream = io.StringIO()
    writer = csv.DictWriter(stream, columns, restval="", delimiter=separator, lineterminator="\n")
    writer.writeheader()
    writer.writerows(_rows(documents, number_of(settings, "first_id"), locale))
    return stream.getvalue()


def _rows(documents: Iterable[Document], number: int, locale: str) -> Iterator[dict[str, str]]:
    for document in documents:
        fields: dict[str, list[Measure]] = {}
        for measure in document.plan.measures if document.plan else []:
            fields.setdefault(measure.field_of_action or _NO_FIELD, []).append(measure)
        for field, measures in fields.items():
            parent = number
            told = as_html([("", [f"{len(measures)} Maßnahmen aus {_source(document)}"])])
            yield _row(parent, "", one_line(field), told, locale)
            for measure in measures:
                number += 1
                row = _row(number, str(parent), title_of(measure), _description(measure, document), locale)
                row["start_date"] = measure.period_start.isoformat() if measure.period_start else ""
                row["end_date"] = measure.period_end.isoformat() if measure.period_end else ""
                row["progress"] = _progress(measure)
                yield row
            number += 1


def _row(number: int, parent: str, title: str, description: str, locale: str) -> dict[str, str]:
    return {
        "id": str(number),
        "parent/id": parent,
        f"title/{locale}": without_formula(cut(title, _TITLE_LENGTH)),
        f"description/{locale}": description,
    }


def _description(measure: Measure, document: Document) -> str:
    """Everything that is printed of a measure; never empty, since Decidim asks for a description."""
    return as_html([("", [title_of(measure)]), *sections(measure), ("Quelle", [_source(document)])])


def _source(document: Document) -> str:
    paper = document.paper
    return (paper.reference if paper else None) or document.file.name


def _progress(measure: Measure) -> str:
    if measure.progress_percent is not None:
        return str(measure.progress_percent)
    return "100" if measure.progress_status == "done" else ""
