"""The picture of a scanned page: straightened, its rules and shades found, and what is left for reading its letters.

Pictures are arrays of grey values (0 black, 255 white) with `scale` pixels a point. Thin dark strokes are told from
shades and watermarks by their width alone (a "black hat"), so that paper and shading may have any brightness.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
_FAINT = 225
"""Grey value; fainter ink is grain of the paper, which the engine takes for letters on an empty page."""
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


def straightened(grey: Grey, scale: float) -> tuple[Grey, float]:
    """The picture turned about its middle so that its lines are level, and by how many degrees counter-clockwise."""
    angle = _skew(grey, scale)
    return (grey, 0.0) if abs(angle) < 0.04 else (_turned(grey, angle, cv2.INTER_CUBIC), angle)


def understood(grey: Grey, scale: float) -> Picture:
    """The rules, fills and letters of a straight picture."""
    fills = _fills(grey, scale)
    grey = grey.copy()
    for fill in fills:
        if (fill.color & 0xFF) < _DARK:
            x0, top, x1, bottom = (round(value * scale) for value in fill.box)
            grey[top:bottom, x0:x1] = 255 - grey[top:bottom, x0:x1]
    level, upright = _Strokes(grey, scale, across=True), _Strokes(grey, scale, across=False)
    level_kept = _level_rules(level.boxes, upright.boxes)
    across = [level.boxes[index] for index in sorted(level_kept)]
    upright_kept = _upright_rules(upright.boxes, across)
    mask = np.zeros_like(grey)
    level.mark(mask, level_kept)
    upright.mark(mask, upright_kept)
    background = cv2.morphologyEx(grey, cv2.MORPH_CLOSE, _kernel(_STROKE * scale, _STROKE * scale))
    letters: Grey = np.asarray(255 - cv2.subtract(background, grey), np.uint8)
    letters[cv2.dilate(mask, _kernel(3, 3)) > 0] = 255
    letters[letters > _FAINT] = 255
    dots = _take_dots(letters, scale)
    return Picture(
        letters,
        [Rule(*box) for box in [*across, *(upright.boxes[index] for index in sorted(upright_kept))]],
        fills,
        dots,
    )


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


class _Strokes:
    """The long thin strokes of one direction: those that may be rules, by their number, in points."""

    def __init__(self, grey: Grey, scale: float, *, across: bool) -> None:
        count, self._labels, self._stats, _ = cv2.connectedComponentsWithStats(_strokes(grey, scale, across=across))
        self.boxes: dict[int, Box] = {}
        for index in range(1, count):
            x, y, width, height, _ = (int(value) for value in self._stats[index])
            long, short = (width, height) if across else (height, width)
            if short <= (_THICK + 1) * scale and long >= 5 * short:
                self.boxes[index] = (x / scale, y / scale, (x + width) / scale, (y + height) / scale)

    def mark(self, mask: Grey, kept: Iterable[int]) -> None:
        """Add the pixels of the strokes `kept` to `mask`."""
        for index in kept:
            x, y, width, height, _ = (int(value) for value in self._stats[index])
            part = self._labels[y : y + height, x : x + width] == index
            mask[y : y + height, x : x + width][part] = 1


def _level_rules(across: dict[int, Box], down: dict[int, Box]) -> set[int]:
    """The level strokes that are rules: long, or with a vertical stroke at each end, as feet of letters have not."""
    return {
        index
        for index, box in across.items()
        if box[2] - box[0] > 3 * _LONG or all(any(_touches(d, x, box) for d in down.values()) for x in (box[0], box[2]))
    }


def _touches(stroke: Box, x: float, rule: Box) -> bool:
    return (
        abs((stroke[0] + stroke[2]) / 2 - x) <= _TOUCH
        and stroke[1] - _TOUCH <= rule[3]
        and rule[1] <= stroke[3] + _TOUCH
    )


def _upright_rules(down: dict[int, Box], across: Sequence[Box]) -> set[int]:
    """The vertical strokes that are rules: very long, across a level rule, or with ends at some, as no letter is.

    In a row that goes on over the page, three of one height that are held at one end are rules as well. A stroke that
    goes on where a rule ends is one (in a shaded header), and one from a level rule to nowhere in line with a rule.
    """
    held = {index: _held(box, across) for index, box in down.items()}
    kept = {index for index in down if held[index] > 1 or (held[index] and len(_peers(down, index)) > 2)}
    while more := {i for i, box in down.items() if i not in kept and any(_in_line(down[k], box, across) for k in kept)}:
        kept |= more
    return kept


def _peers(down: dict[int, Box], index: int) -> list[int]:
    """The strokes, taller than those of headings, with the same ends as a stroke."""
    _, top, _, bottom = down[index]
    tall = bottom - top > 1.2 * _LONG
    return [i for i, b in down.items() if tall and abs(b[1] - top) <= 1 and abs(b[3] - bottom) <= 1]


def _held(box: Box, across: Sequence[Box]) -> int:
    """At how many of its ends a vertical stroke is held by level rules; a very long one, or one across a rule: 2."""
    x = (box[0] + box[2]) / 2
    levels = [(rule[1] + rule[3]) / 2 for rule in across if rule[0] - _TOUCH <= x <= rule[2] + _TOUCH]
    length = box[3] - box[1]
    crossed = any(box[1] + _TALL < level < box[3] - _TALL for level in levels)
    ends = sum(any(abs(level - end) <= _TOUCH for level in levels) for end in (box[1], box[3]))
    return 2 if crossed or length > 4 * _LONG or (ends and length > 2 * _LONG) else ends


def _in_line(rule: Box, box: Box, across: Sequence[Box]) -> bool:
    if abs(rule[0] + rule[2] - box[0] - box[2]) / 2 >= 1.0:
        return False
    return min(abs(rule[3] - box[1]), abs(box[3] - rule[1])) <= _TOUCH or _held(box, across) > 0


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
