"""Tesseract on pictures of straight pages: what stands where, and a second reading of what it is unsure of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import PIL.Image

from schemas.geometry import Box, Rule

_LANGUAGE = "deu"
_ROW = 0.94
"""Tesseract's height of a row as a share of the font size."""
_DOUBT = 0.85
"""Confidence below which a word is read again, with those beside it."""
_FEW, _FEW_DOUBT = 5, 0.93
"""So few letters, alone on a line, show too little to be sure of: they are read again sooner."""
_SIZES = (0.7, 0.85, 1.0, 1.2, 1.4, 1.7, 2.0)
"""Sizes of the second readings: what is misread at one size is often read well at others."""
_OUTLINE = re.compile(r"\d+(\.\d+)+\.?")
_MARGIN = 20
"""Pixels of white paper around a piece that is read again."""

_SMOOTH = PIL.Image.Resampling.LANCZOS


@dataclass(slots=True)
class Found:
    """A word as the engine gives it: `level` is its base line; words with one `line` stand on one line of a column."""

    text: str
    confidence: float
    box: Box
    level: float
    size: float
    line: int


class Engine:
    """An open Tesseract. `read` may be called for any number of pictures; `close` gives back the model's memory."""

    def __init__(self, model: Path) -> None:
        import tesserocr

        self._levels, self._modes = tesserocr.RIL, tesserocr.PSM
        self._iterate = tesserocr.iterate_level
        self._api: Any = tesserocr.PyTessBaseAPI(path=str(model.parent), lang=_LANGUAGE)

    def close(self) -> None:
        self._api.End()

    def read(self, letters: PIL.Image.Image, scale: float, rules: Sequence[Rule]) -> list[Found]:
        """The words of a page, in points: `letters` is its picture, black on white, with `scale` pixels a point.

        `rules` part what stands on one line: the words of one cell are read together when they are read again.
        """
        # One column of lines of any size: the columns of tables are ours to find, bullets and cells must not be lost.
        found = list(self._words(letters, self._modes.SINGLE_COLUMN, scale))
        # A page with nothing but its number is no column to the engine.
        found = found or list(self._words(letters, self._modes.SPARSE_TEXT, scale))
        result: list[Found] = []
        for piece in _pieces(found, rules):
            result += self._again(letters, scale, piece) if _doubtful(piece) else piece
        return result

    def _again(self, letters: PIL.Image.Image, scale: float, piece: list[Found]) -> list[Found]:
        """The likeliest of several readings of a piece of a line."""
        x0, top, x1, bottom = (value * scale for value in _around(piece))
        cut = letters.crop((round(x0) - 3, round(top) - 3, round(x1) + 3, round(bottom) + 3))
        image = PIL.Image.new("L", (cut.width + 2 * _MARGIN, cut.height + 2 * _MARGIN), 255)
        image.paste(cut, (_MARGIN, _MARGIN))
        left, above = (round(x0) - 3 - _MARGIN) / scale, (round(top) - 3 - _MARGIN) / scale
        readings = [piece]
        for size in _SIZES:
            resized = image.resize(
                (round(image.width * size), round(image.height * size)), PIL.Image.Resampling.LANCZOS
            )
            words = self._words(resized, self._modes.SINGLE_LINE, scale * size)
            readings.append([_moved(word, left, above, piece[0]) for word in words])
        return _likeliest(readings)

    def _words(self, image: PIL.Image.Image, mode: Any, scale: float) -> Iterator[Found]:
        """What the engine finds, in points and in its order."""
        self._api.SetPageSegMode(mode)
        self._api.SetImage(image)
        self._api.SetSourceResolution(300)
        self._api.Recognize()
        iterator = self._api.GetIterator()
        if iterator is None:
            return
        word, line = self._levels.WORD, self._levels.TEXTLINE
        number = 0
        # The engine's iterator hands out itself, moved on.
        for at in self._iterate(iterator, word):
            number += at.IsAtBeginningOf(line)
            if at.Empty(word) or not (text := at.GetUTF8Text(word).strip()):
                continue
            box = tuple(value / scale for value in at.BoundingBox(word))
            base = at.Baseline(word)
            level = (base[0][1] + base[1][1]) / 2 / scale if base else box[3]
            size = at.RowAttributes()["row_height"] / scale / _ROW
            yield Found(text, at.Confidence(word) / 100, box, level, size, number)


def _pieces(found: Sequence[Found], rules: Sequence[Rule]) -> list[list[Found]]:
    """The words that stand on one line of one cell."""
    upright = [rule for rule in rules if not rule.horizontal]
    pieces: list[list[Found]] = []
    for _, line in groupby(found, key=lambda f: f.line):
        words = list(line)
        pieces.append(words[:1])
        for before, word in pairwise(words):
            if word.box[0] - before.box[2] > word.size or _parted(before, word, upright):
                pieces.append([])
            pieces[-1].append(word)
    return pieces


def _parted(one: Found, other: Found, upright: Sequence[Rule]) -> bool:
    left, right = one.box[2] - 1, other.box[0] + 1
    return any(left <= r.x0 <= right and r.top < one.box[3] and r.bottom > one.box[1] for r in upright)


def _doubtful(piece: Sequence[Found]) -> bool:
    few = sum(len(f.text) for f in piece) <= _FEW
    return min(f.confidence for f in piece) < (_FEW_DOUBT if few else _DOUBT)


def _around(piece: Sequence[Found]) -> Box:
    boxes = [f.box for f in piece]
    return (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))


def _moved(word: Found, left: float, above: float, first: Found) -> Found:
    """A word of a piece at its place on the page, on the line that it had."""
    x0, top, x1, bottom = word.box
    box = (x0 + left, top + above, x1 + left, bottom + above)
    return replace(word, box=box, level=first.level, size=first.size, line=first.line)


def _likeliest(readings: Sequence[list[Found]]) -> list[Found]:
    """Of the texts that were read, the one whose readings are surest together; of its readings, the surest."""
    readings = [words for words in readings if words]
    weights: dict[str, float] = {}
    for words in readings:
        text = _text(words)
        # The full stop of "1.1" is often missed and never made up.
        weights[text] = weights.get(text, 0.0) + _sureness(words) * (1.5 if _OUTLINE.fullmatch(text) else 1.0)
    return max(readings, key=lambda words: (weights[_text(words)], _sureness(words)))


def _text(words: Sequence[Found]) -> str:
    return " ".join(word.text for word in words)


def _sureness(words: Sequence[Found]) -> float:
    return min(word.confidence for word in words) ** 2
