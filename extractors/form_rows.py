"""Forms drawn as tables in which a row of labels stands above each row of texts."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.celltext import clean
from extractors.form_labels import cell_lines
from extractors.forms import Box
from extractors.meanings import joined_label, meaning_of
from schemas.geometry import Cell, Table

_KNOWN = 0.75
_FIELDS = 3
"""Fields that the labels of such a form mean, at least."""
_SMALLER = 0.4
"""Points by which labels are smaller than the texts below them, where that shows what they are."""
_SHARE = 0.4
"""Share of its labels that are known, at least."""


def label_rows(table: Table) -> set[int]:
    """The rows of labels of a form whose labels stand in rows of their own, above their texts; else none."""
    rows = [[cell for cell in table.row(number) if not cell.empty] for number in range(table.n_rows)]
    found = {number for number in range(table.n_rows - 1) if _above(rows[number], rows[number + 1])}
    labels = [meaning for number in found for cell in rows[number] for meaning in [_meaning(cell)]]
    known = [meaning for meaning in labels if meaning is not None]
    several = len({tuple(_text(cell) for cell in rows[number]) for number in found}) > 1  # one alone is a header
    enough = several and len(set(known)) >= _FIELDS and len(known) >= _SHARE * len(labels)
    texts = {number + 1 for number in found}
    # Rows that are neither are titles; where many are, labels stand elsewhere.
    return found if enough and 3 * len(found | texts) >= 2 * table.n_rows else set()


def _above(labels: Sequence[Cell], texts: Sequence[Cell]) -> bool:
    """Whether a row is one of labels, and the next one of their texts: another style, in the same columns."""
    if not labels or not texts or len(texts) > len(labels):
        return False
    if any(len({word.bold for word in cell.words}) > 1 for cell in labels):
        return False  # a label above its own text
    same = all(any(cell.col == label.col and cell.col_span == label.col_span for label in labels) for cell in texts)
    bold = all(word.bold for cell in labels for word in cell.words)
    plain = not any(all(word.bold for word in cell.words) for cell in texts)
    known = all(_meaning(cell) is not None for cell in labels)
    known = known and (_set_smaller(labels, texts) or not any(_meaning(cell) for cell in texts))
    return same and ((bold and plain) or known)


def _set_smaller(labels: Sequence[Cell], texts: Sequence[Cell]) -> bool:
    sizes = [word.size for cell in texts for word in cell.words]
    return max(word.size for cell in labels for word in cell.words) < min(sizes) - _SMALLER


def _meaning(cell: Cell) -> str | None:
    meaning, likeness = meaning_of(_text(cell))
    return meaning if likeness >= _KNOWN else None


def _text(cell: Cell) -> str:
    return clean(joined_label(cell_lines(cell))).rstrip(": ")


def boxes_below(table: Table, labels: set[int], before: Sequence[Box]) -> list[Box]:
    """The boxes of such a form, from its rows of `labels`; a row above all labels goes on with the boxes `before`.

    A row without a row of labels above it is a title, or goes on with the texts above it.
    """
    boxes: list[Box] = []
    cut = bool(before) and any(word.page < table.page for word in before[-1].words[-1:])
    open_boxes = {box.col: box for box in before if cut and box.col is not None}
    for number in range(table.n_rows):
        cells = [cell for cell in table.row(number) if not cell.empty]
        if number in labels:
            open_boxes = {cell.col: Box(_text(cell), _meaning(cell), [], list(cell.words), cell.col) for cell in cells}
            boxes += open_boxes.values()
            continue
        for cell in cells:
            held = open_boxes.get(cell.col)
            titled = number - 1 not in labels and all(word.bold for word in cell.words)
            if held is None or titled:
                boxes.append(Box(None, None, list(cell.parts)))
                open_boxes = {}
            else:
                held.parts += cell.parts
    return boxes
