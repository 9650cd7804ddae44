"""Rules, fills and images of a page out of PDFium's page objects."""

from __future__ import annotations

import ctypes
import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import Any

import pypdfium2.raw as pdfium

from extractors.pdfium_view import IDENTITY, Matrix, View, box_of, multiply, shown_color
from schemas.geometry import Box, Fill, Image, Rule

_THIN = 3.0
"""Points; a filled shape thinner than this is a rule, a bigger one a fill."""

_RECTANGULAR = 0.85
"""A filled shape that covers this share of its box is a rectangle (rounded corners included)."""

_SLANT = 0.01
"""A segment is parallel to an edge when it deviates by no more than this share of its length."""

_WHITE = 0xF7F7F7
_BUDGET = 200_000
"""Objects and segments looked at on one page; a map or a drawing beyond that must not hang the run."""

_DEEPEST_FORM = 8

_SQUARES = 16
"""White rules look for coloured fills in the squares they touch, of so many along the longer side of the page."""

Point = tuple[float, float]


@dataclass(slots=True)
class Drawing:
    """What is drawn on a page besides text."""

    rules: list[Rule] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)


@dataclass(slots=True)
class Subpath:
    """Points of one subpath in the reader's coordinates. `straight[i]` tells how point i was reached."""

    points: list[Point]
    straight: list[bool]
    closed: bool = False


class DrawingReader:
    """Reads the drawing of one page. The page must stay loaded while it is used."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._left = _BUDGET
        self._drawing = Drawing()
        self._white: list[Rule] = []
        self._matrix = pdfium.FS_MATRIX()
        self._floats = [ctypes.c_float() for _ in range(4)]
        self._rgba = [ctypes.c_uint() for _ in range(4)]
        self._fill_mode = ctypes.c_int()
        self._stroked = ctypes.c_int()

    def read(self, raw_page: Any) -> Drawing:
        """Everything drawn on the page, through form XObjects, in drawing order."""
        for index in range(pdfium.FPDFPage_CountObjects(raw_page)):
            if self._left <= 0:
                break
            self._object(pdfium.FPDFPage_GetObject(raw_page, index), self._view.matrix, 0)
        drawing = self._drawing
        # White rules show only where they divide coloured cells.
        drawing.rules.extend(_touching(self._white, drawing.fills, self._view) if self._white else ())
        return drawing

    def _object(self, item: Any, outer: Matrix, depth: int) -> None:
        self._left -= 1
        match pdfium.FPDFPageObj_GetType(item):
            case pdfium.FPDF_PAGEOBJ_PATH:
                self._path(item, outer)
            case pdfium.FPDF_PAGEOBJ_IMAGE:
                self._image(item, outer)
            case pdfium.FPDF_PAGEOBJ_FORM if depth < _DEEPEST_FORM:
                inner = multiply(self._own_matrix(item), outer)
                for index in range(pdfium.FPDFFormObj_CountObjects(item)):
                    if self._left <= 0:
                        return
                    self._object(pdfium.FPDFFormObj_GetObject(item, index), inner, depth + 1)

    def _own_matrix(self, item: Any) -> Matrix:
        raw = self._matrix
        if not pdfium.FPDFPageObj_GetMatrix(item, raw):
            return IDENTITY
        return (raw.a, raw.b, raw.c, raw.d, raw.e, raw.f)

    def _image(self, item: Any, outer: Matrix) -> None:
        left, bottom, right, top = self._floats
        if pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top):
            box = box_of(left.value, bottom.value, right.value, top.value, outer)
            if box and self._view.shows(box):
                self._drawing.images.append(Image(*box))

    def _path(self, item: Any, outer: Matrix) -> None:
        if not pdfium.FPDFPath_GetDrawMode(item, self._fill_mode, self._stroked):
            return
        fill = self._color(pdfium.FPDFPageObj_GetFillColor, item) if self._fill_mode.value else None
        stroke = self._color(pdfium.FPDFPageObj_GetStrokeColor, item) if self._stroked.value else None
        if fill is None and stroke is None:
            return
        matrix = multiply(self._own_matrix(item), outer)
        subpaths = self._subpaths(item, matrix)
        if fill is not None:
            self._fill(subpaths, fill)
        if stroke is not None:
            width = self._floats[0]
            pdfium.FPDFPageObj_GetStrokeWidth(item, width)
            scale = math.sqrt(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]))
            self._stroke(subpaths, stroke, width.value * scale)

    def _color(self, getter: Any, item: Any) -> int | None:
        """0xRRGGBB as it looks, or None when the colour is fully transparent."""
        red, green, blue, alpha = self._rgba
        if not getter(item, red, green, blue, alpha):
            return 0
        return shown_color(red.value, green.value, blue.value, alpha.value) if alpha.value else None

    def _subpaths(self, item: Any, matrix: Matrix) -> list[Subpath]:
        a, b, c, d, e, f = matrix
        x, y = self._floats[0], self._floats[1]
        subpaths: list[Subpath] = []
        count = pdfium.FPDFPath_CountSegments(item)
        self._left -= count
        for index in range(min(count, _BUDGET)):
            segment = pdfium.FPDFPath_GetPathSegment(item, index)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            point = (a * x.value + c * y.value + e, b * x.value + d * y.value + f)
            if kind == pdfium.FPDF_SEGMENT_MOVETO or not subpaths:
                subpaths.append(Subpath([point], [True]))
                continue
            subpaths[-1].points.append(point)
            subpaths[-1].straight.append(kind == pdfium.FPDF_SEGMENT_LINETO)
            if pdfium.FPDFPathSegment_GetClose(segment):
                subpaths[-1].closed = True
        return subpaths

    def _fill(self, subpaths: list[Subpath], color: int) -> None:
        shapes = [(subpath, box) for subpath in subpaths if (box := self._visible_box(subpath))]
        if len(shapes) == 2 and (frame := _frame(shapes[0][1], shapes[1][1])):
            for side in frame:
                self._rule(side, color)
            return
        for subpath, box in shapes:
            if min(box[2] - box[0], box[3] - box[1]) < _THIN:
                self._rule(box, color)
            elif not _is_white(color) and _area(subpath) >= _RECTANGULAR * (box[2] - box[0]) * (box[3] - box[1]):
                self._drawing.fills.append(Fill(*box, color))

    def _visible_box(self, subpath: Subpath) -> Box | None:
        xs = [point[0] for point in subpath.points]
        ys = [point[1] for point in subpath.points]
        box = box_of(min(xs), min(ys), max(xs), max(ys), IDENTITY)
        return box if box and len(xs) > 1 and box[:2] != box[2:] and self._view.shows(box) else None

    def _stroke(self, subpaths: list[Subpath], color: int, width: float) -> None:
        half = width / 2
        for subpath in subpaths:
            points, straight = subpath.points, subpath.straight
            if subpath.closed:
                points, straight = [*points, points[0]], [*straight, True]
            for (x0, y0), (x1, y1), line in zip(points, points[1:], straight[1:], strict=False):
                wide, high = abs(x1 - x0), abs(y1 - y0)
                if not line or min(wide, high) > _SLANT * max(wide, high) or wide == high:
                    continue
                if wide > high:
                    box = box_of(min(x0, x1), (y0 + y1) / 2 - half, max(x0, x1), (y0 + y1) / 2 + half, IDENTITY)
                else:
                    box = box_of((x0 + x1) / 2 - half, min(y0, y1), (x0 + x1) / 2 + half, max(y0, y1), IDENTITY)
                if box and self._view.shows(box):
                    self._rule(box, color)

    def _rule(self, box: Box, color: int) -> None:
        (self._white if _is_white(color) else self._drawing.rules).append(Rule(*box, color))


def _is_white(color: int) -> bool:
    return all(color >> shift & 0xFF >= _WHITE >> shift & 0xFF for shift in (0, 8, 16))


def _touching(rules: list[Rule], fills: list[Fill], view: View) -> Iterator[Rule]:
    """The rules that lie on or beside a fill."""
    near: dict[tuple[int, int], list[Box]] = defaultdict(list)
    for fill in fills:
        for square in _squares(fill.box, view):
            near[square].append(fill.box)
    for rule in rules:
        if any(_touch(rule.box, box) for square in _squares(rule.box, view) for box in near.get(square, ())):
            yield rule


def _squares(box: Box, view: View) -> Iterator[tuple[int, int]]:
    """The squares of a coarse grid over the page that lie under the box and a point around it."""
    side = max(view.width, view.height) / _SQUARES
    left, top = (int(max(at - 1, 0) / side) for at in box[:2])
    right, bottom = (int(min(at + 1, end) / side) for at, end in zip(box[2:], (view.width, view.height), strict=True))
    return product(range(left, right + 1), range(top, bottom + 1))


def _touch(one: Box, other: Box) -> bool:
    return one[0] <= other[2] + 1 and one[2] >= other[0] - 1 and one[1] <= other[3] + 1 and one[3] >= other[1] - 1


def _area(subpath: Subpath) -> float:
    points = subpath.points
    turned = zip(points, points[1:] + points[:1], strict=True)
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in turned)) / 2


def _frame(one: Box, other: Box) -> list[Box] | None:
    """The four sides when one box is a thin frame around the other, as some producers fill borders."""
    out, hole = (one, other) if one[2] - one[0] >= other[2] - other[0] else (other, one)
    gaps = (hole[0] - out[0], hole[1] - out[1], out[2] - hole[2], out[3] - hole[3])
    if not all(0 <= gap < _THIN for gap in gaps) or not any(gaps):
        return None
    sides = (
        (out[0], out[1], hole[0], out[3]),
        (out[0], out[1], out[2], hole[1]),
        (hole[2], out[1], out[2], out[3]),
        (out[0], hole[3], out[2], out[3]),
    )
    return [side for side, gap in zip(sides, gaps, strict=True) if gap > 0]
