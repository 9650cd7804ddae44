"""The picture of a scanned page: straightened, its rules and shades found, and what is left for reading its letters.

Pictures are arrays of grey values (0 black, 255 white) with `scale` pixels a point. Thin dark strokes are told from
shades and watermarks by their width alone (a "black hat"), so that paper and shading may have any brightness.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from schemas.geometry import Box, Fill, Rule

Grey = NDArray[np.uint8]

MAX_SKEW = 5.0
"""Degrees; a page that lies more askew was turned on purpose."""
_SMALL = 1.4
"""Pixels a point that are enough to see the skew."""
_THICK = 4.0
"""Points; a dark stroke of a rule is thinner."""
_STROKE = 8.0
"""Points; a stroke of a letter is thinner, that of a watermark is not."""
_LONG = 14.0
"""Points; a horizontal stroke of a letter is shorter."""
_TALL = 9.5
"""Points; a vertical rule between two horizontal ones may be that short."""
_CONTRAST = 28
_DARK = 110
"""Grey values; letters on a darker shade are white."""
_SHADE = 5
"""Grey values between the paper and a shade."""
_TOUCH = 3.0
_DOT = (1.4, 7.0)
"""Points; the width of a bullet."""


@dataclass(slots=True)
class Picture:
    """What a picture shows: rules and fills in points, and the letters alone, black on white."""

    letters: Grey
    rules: list[Rule]
    fills: list[Fill]
    dots: list[Box]
    """The bullets of list items, in points: engines take them for any small letter."""


def straightened(grey: Grey, scale: float) -> Grey:
    """The picture turned about its middle so that its lines are level; as it is where it lies straight enough."""
    angle = _skew(grey, scale)
    return grey if abs(angle) < 0.04 else _turned(grey, angle, cv2.INTER_CUBIC)


def understood(grey: Grey, scale: float) -> Picture:
    """The rules, fills and letters of a straight picture."""
    fills = _fills(grey, scale)
    grey = grey.copy()
    for fill in fills:
        if (fill.color & 0xFF) < _DARK:
            x0, top, x1, bottom = (round(value * scale) for value in fill.box)
            grey[top:bottom, x0:x1] = 255 - grey[top:bottom, x0:x1]
    horizontal = _strokes(grey, scale, across=True)
    vertical = _strokes(grey, scale, across=False)
    mask = np.zeros_like(grey)
    across = _boxes(horizontal, mask, None, scale)
    down = _boxes(vertical, mask, across, scale)
    background = cv2.morphologyEx(grey, cv2.MORPH_CLOSE, _kernel(_STROKE * scale, _STROKE * scale))
    letters: Grey = np.asarray(255 - cv2.subtract(background, grey), np.uint8)
    letters[cv2.dilate(mask, _kernel(3, 3)) > 0] = 255
    dots = _take_dots(letters, scale)
    return Picture(letters, [Rule(*box) for box in across + down], fills, dots)


def _kernel(width: float, height: float) -> Grey:
    return np.ones((max(round(height), 1), max(round(width), 1)), np.uint8)


def _turned(grey: Grey, angle: float, how: int) -> Grey:
    height, width = grey.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    paper = float(np.median(grey))
    turned = cv2.warpAffine(
        grey, matrix, (width, height), flags=how, borderMode=cv2.BORDER_CONSTANT, borderValue=(paper,)
    )
    return turned.astype(np.uint8)


def _skew(grey: Grey, scale: float) -> float:
    """The angle at which the lines of the picture are level: where the ink of its rows differs most."""
    ratio = min(_SMALL / scale, 1.0)
    small = cv2.resize(grey, None, fx=ratio, fy=ratio, interpolation=cv2.INTER_AREA).astype(np.uint8)
    hat = cv2.morphologyEx(small, cv2.MORPH_BLACKHAT, _kernel(9, 9)).astype(np.uint8)
    if not hat.any():
        return 0.0

    def sharpness(angle: float) -> float:
        rows = _turned(hat, angle, cv2.INTER_LINEAR).sum(axis=1, dtype=np.float64)
        return float(np.square(np.diff(rows)).sum())

    best = 0.0
    for reach, step in ((MAX_SKEW, 0.5), (0.5, 0.1), (0.1, 0.02)):
        angles = [best + step * k for k in range(-round(reach / step), round(reach / step) + 1)]
        best = max(angles, key=lambda angle: (sharpness(angle), -abs(angle)))
    return best if abs(best) <= MAX_SKEW else 0.0


def _strokes(grey: Grey, scale: float, *, across: bool) -> Grey:
    """A mask of the long thin dark strokes of one direction."""
    thick, length = _THICK * scale, (_LONG if across else _TALL) * scale
    thin = cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, _kernel(1, thick) if across else _kernel(thick, 1))
    dark = (thin > _CONTRAST).astype(np.uint8)
    # A pixel to each side bridges the steps of a line that is not quite level.
    dark = cv2.dilate(dark, _kernel(1, 3) if across else _kernel(3, 1)).astype(np.uint8)
    return cv2.morphologyEx(dark, cv2.MORPH_OPEN, _kernel(length, 1) if across else _kernel(1, length)).astype(np.uint8)


def _boxes(strokes: Grey, mask: Grey, across: list[Box] | None, scale: float) -> list[Box]:
    """The rules, in points, among `strokes`; their pixels are added to `mask`. Verticals need one of `across`."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(strokes, connectivity=8)
    boxes: list[Box] = []
    for index in range(1, count):
        x, y, width, height, _ = (int(value) for value in stats[index])
        box = (x / scale, y / scale, (x + width) / scale, (y + height) / scale)
        long, short = (width, height) if across is None else (height, width)
        if short > (_THICK + 1) * scale or long < 5 * short or not (across is None or _rule_like(box, across)):
            continue
        boxes.append(box)
        part = labels[y : y + height, x : x + width] == index
        mask[y : y + height, x : x + width][part] = 1
    return boxes


def _rule_like(box: Box, across: list[Box]) -> bool:
    """Whether a vertical stroke is a rule: it is very long, or ends at horizontal rules, as no letter does."""
    x = (box[0] + box[2]) / 2
    levels = [(rule[1] + rule[3]) / 2 for rule in across if rule[0] - _TOUCH <= x <= rule[2] + _TOUCH]
    held = [any(abs(level - end) <= _TOUCH for level in levels) for end in (box[1], box[3])]
    length = box[3] - box[1]
    return length > 4 * _LONG or all(held) or (any(held) and length > 2 * _LONG)


def _fills(grey: Grey, scale: float) -> list[Fill]:
    """Even rectangles that are darker than the paper: the shading of cells and rows."""
    ratio = min(_SMALL / scale, 1.0)
    small = cv2.resize(grey, None, fx=ratio, fy=ratio, interpolation=cv2.INTER_AREA)
    ground = cv2.morphologyEx(small, cv2.MORPH_CLOSE, _kernel(_STROKE * _SMALL, _STROKE * _SMALL)).astype(np.uint8)
    paper = int(np.bincount(ground.ravel(), minlength=256).argmax())
    shaded = (ground.astype(np.int16) < paper - _SHADE).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(shaded, connectivity=4)
    fills: list[Fill] = []
    for index in range(1, count):
        x, y, width, height, area = (int(value) for value in stats[index])
        if width < 12 * _SMALL or height < 7 * _SMALL or area < 0.9 * width * height:
            continue
        inside = ground[y : y + height, x : x + width][labels[y : y + height, x : x + width] == index]
        if float(inside.std()) > 12:  # a photograph
            continue
        level = int(np.median(inside))
        x0, top, x1, bottom = (value / (scale * ratio) for value in (x, y, x + width, y + height))
        fills.append(Fill(x0, top, x1, bottom, level * 0x010101))
    return fills


def _take_dots(letters: Grey, scale: float) -> list[Box]:
    """Remove the bullets from `letters`: full round or square spots with nothing but text to their right."""
    ink = (letters < 128).astype(np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    dots: list[Box] = []
    for index in range(1, count):
        x, y, width, height, area = (int(value) for value in stats[index])
        size = max(width, height)
        if not _DOT[0] * scale <= size <= _DOT[1] * scale or min(width, height) < 0.75 * size or area < 0.7 * size**2:
            continue
        if _stands_alone(ink, x, y, width, height, scale):
            letters[max(y - 2, 0) : y + height + 2, max(x - 2, 0) : x + width + 2] = 255
            dots.append((x / scale, y / scale, (x + width) / scale, (y + height) / scale))
    return dots


def _stands_alone(ink: Grey, x: int, y: int, width: int, height: int, scale: float) -> bool:
    """Whether a spot has text to its right, beside its middle and below, and nothing near it elsewhere."""
    near, far, gap = round(6 * scale), round(26 * scale), round(1.2 * scale)
    left = ink[max(y - height // 2, 0) : y + 2 * height, max(x - near, 0) : x]
    above = ink[max(y - round(1.2 * height), 0) : y - 1, max(x - gap, 0) : x + width + gap]
    below = ink[y + height + 1 : y + round(2.2 * height), max(x - gap, 0) : x + width + gap]
    close = ink[y : y + height, x + width : x + width + gap]
    if left.any() or above.any() or below.any() or close.any():
        return False
    beside = ink[y : y + height, x + width + gap : x + width + far]
    under = ink[y + height + max(height // 4, 1) : y + 2 * height, x + width + gap : x + width + far]
    return bool(beside.any() and under.any())
