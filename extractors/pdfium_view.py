"""From PDFium's coordinates (user space, y upwards, unrotated) to the reader's (points, y downwards, rotated)."""

from __future__ import annotations

import math
from dataclasses import dataclass

from schemas.geometry import Box

Matrix = tuple[float, float, float, float, float, float]
"""(a, b, c, d, e, f) as in a PDF: x' = a*x + c*y + e, y' = b*x + d*y + f."""

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

_FAR = 1e6
"""Points; a coordinate beyond it is an error of the producer, not a place."""


@dataclass(frozen=True, slots=True)
class View:
    """The visible part of a page: its size as the reader sees it and the way to get there."""

    matrix: Matrix
    width: float
    height: float
    rotation: int
    """Degrees clockwise: 0, 90, 180 or 270."""

    def shows(self, box: Box) -> bool:
        """True when some of the box lies on the visible page."""
        return box[2] >= 0 and box[0] <= self.width and box[3] >= 0 and box[1] <= self.height


def view_of(left: float, bottom: float, right: float, top: float, rotation: int) -> View:
    """The view of a page whose visible box is given in user space; `rotation` in degrees clockwise."""
    wide, high = right - left, top - bottom
    match rotation:
        case 90:
            return View((0.0, 1.0, 1.0, 0.0, -bottom, -left), high, wide, 90)
        case 180:
            return View((-1.0, 0.0, 0.0, 1.0, right, -bottom), wide, high, 180)
        case 270:
            return View((0.0, -1.0, -1.0, 0.0, top, right), high, wide, 270)
        case _:
            return View((1.0, 0.0, 0.0, -1.0, -left, top), wide, high, 0)


def multiply(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that does `first` and `then` the other."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def box_of(x0: float, y0: float, x1: float, y1: float, matrix: Matrix) -> Box | None:
    """The upright box around the transformed rectangle, or None when a coordinate is no number or absurdly far."""
    a, b, c, d, e, f = matrix
    if (b == 0.0 and c == 0.0) or (a == 0.0 and d == 0.0):
        xs = (a * x0 + c * y0 + e, a * x1 + c * y1 + e)
        ys = (b * x0 + d * y0 + f, b * x1 + d * y1 + f)
        left, right = (xs[0], xs[1]) if xs[0] <= xs[1] else (xs[1], xs[0])
        top, bottom = (ys[0], ys[1]) if ys[0] <= ys[1] else (ys[1], ys[0])
    else:
        corners = ((x0, y0), (x1, y0), (x0, y1), (x1, y1))
        all_x = [a * x + c * y + e for x, y in corners]
        all_y = [b * x + d * y + f for x, y in corners]
        left, right, top, bottom = min(all_x), max(all_x), min(all_y), max(all_y)
    # A comparison with NaN is False, so one chain refuses NaN, infinity and nonsense.
    if -_FAR < left <= right < _FAR and -_FAR < top <= bottom < _FAR:
        return (left, top, right, bottom)
    return None


def shown_color(red: int, green: int, blue: int, alpha: int) -> int:
    """0xRRGGBB as it looks on white paper; each of the four from 0 to 255."""
    return sum((255 - (255 - part) * alpha // 255) << shift for part, shift in ((red, 16), (green, 8), (blue, 0)))


def angle_of(matrix: Matrix, rotation: int) -> float:
    """Degrees counter-clockwise between the writing direction and the reader's horizontal, in (-180, 180]."""
    turned = math.degrees(math.atan2(matrix[1], matrix[0])) - rotation
    turned = (turned + 180.0) % 360.0 - 180.0
    return 180.0 if turned == -180.0 else round(turned, 3) + 0.0
