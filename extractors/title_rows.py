"""Rows of a plan that hold the title of a measure alone, over all columns, above the row with its other texts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from extractors.headers import Column, Header
from extractors.meanings import meaning_of, names_measure
from extractors.measure_draft import Cited
from extractors.numbering import begins_with_code

_LEAST = 3
"""Titles that show by their place alone what they are."""
_SURE = 0.9
_LABEL = re.compile(r"([A-ZÄÖÜ][\w-]+)\s+(?:Nr\.?\s*)?[\dIVX.]+\s*[:–-]\s")
"""A label with its number before a title: "Maßnahme 3: "."""


def names_no_measure(header: Header) -> bool:
    """Whether no label of a header says that its column names the measures."""
    return not any(column.meaning == "measure" and _means_measure(column.label) for column in header.columns)


def title_rows(bands: Mapping[int, Cited], header: Header, n_rows: int) -> dict[int, Cited]:
    """Those of the `bands`, texts over all columns by their row, that are titles of measures.

    They say so with a label or a number; else each stands above a single row, where no column has titles.
    """
    said = {row: band for row, band in bands.items() if _says_measure(band.text)}
    if 2 * len(said) > len(bands) and len(said) > 1:
        return said
    rows = [*sorted(bands), n_rows]
    single = all(below - above == 2 for above, below in pairwise(rows))
    return dict(bands) if single and len(bands) >= _LEAST and rows[0] == header.rows else {}


def below_titles(header: Header) -> Header:
    """A header whose columns mean what their labels say, now that the titles stand in rows of their own.

    A column of measures then describes them.
    """
    described = any(column.meaning == "description" for column in header.columns)
    columns: list[Column] = []
    for column in header.columns:
        meaning = meaning_of(column.label)[0] if column.meaning == "measure" else column.meaning
        if meaning == "measure":
            meaning = None if described else "description"
        columns.append(replace(column, meaning=meaning))
    return Header(header.rows, columns)


def _means_measure(label: str) -> bool:
    meaning, likeness = meaning_of(label)
    return meaning == "measure" and likeness >= _SURE


def _says_measure(text: str) -> bool:
    label = _LABEL.match(text)
    if label is not None and (names_measure(label[1]) or _means_measure(label[1])):
        return True
    return begins_with_code(text.split())
