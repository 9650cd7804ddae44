"""Pages whose pictures were turned to make their lines level: their boxes as a reader sees them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from pydantic import BaseModel

from extractors.ledger import rounded
from schemas.geometry import Box, Page
from schemas.records import Place


def as_seen(box: Box, page: Page) -> Box:
    """The upright box around `box`, of the turned page, as it lies on the page that a reader sees. Points."""
    if not page.skew:
        return box
    sine, cosine = math.sin(math.radians(page.skew)), math.cos(math.radians(page.skew))
    mid_x, mid_y = page.width / 2, page.height / 2
    corners = [(x - mid_x, y - mid_y) for x in (box[0], box[2]) for y in (box[1], box[3])]
    xs = [mid_x + x * cosine - y * sine for x, y in corners]
    ys = [mid_y + x * sine + y * cosine for x, y in corners]
    inside_x, inside_y = [_within(x, page.width) for x in xs], [_within(y, page.height) for y in ys]
    return (min(inside_x), min(inside_y), max(inside_x), max(inside_y))


def _within(value: float, end: float) -> float:
    return min(max(value, 0.0), end)


def put_back(record: BaseModel, pages: Iterable[Page]) -> None:
    """Change every place in `record`, at any depth, from the turned page to the page as a reader sees it."""
    askew = {page.number: page for page in pages if page.skew}
    if not askew:
        return
    places = {id(place): place for place in _places(record) if place.page in askew}
    for place in places.values():
        place.box = rounded(as_seen(place.box, askew[place.page]))


def _places(value: object) -> Iterator[Place]:
    """Every place in a record, at any depth; one that stands there twice comes twice."""
    if isinstance(value, Place):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _places(getattr(value, name))
    elif isinstance(value, (list, tuple, dict)):
        for entry in value.values() if isinstance(value, dict) else value:
            yield from _places(entry)
