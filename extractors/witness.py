"""pdfplumber as the independent witness: a second reading of the same bytes by other code.

It answers two questions: what did only one of the two readers see (`disagreements`), and what does a file say that
PDFium cannot open (`read_pages`). This is the only module that imports pdfplumber, and nothing imports it unless it
is asked: it takes twenty times as long as PDFium.
"""

from __future__ import annotations

import io
import math
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import pdfplumber

from extractors.pdf_bytes import check_bytes
from extractors.pdfium_text import is_broken
from extractors.pdfium_view import view_of
from schemas.errors import DamagedPdfError
from schemas.geometry import Fill, Image, Page, Rule, Word
from schemas.records import Problem

_THIN = 3.0
"""Points; filled rectangles thinner than this are rules."""
_WHITE = 0xF7F7F7
_NAMED = 5
"""Words of each side that a problem names."""
_BAND = 25.0
"""Points; words are looked up by the horizontal bands of a page they touch."""
_DASHES = str.maketrans("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufffe\x02", "-" * 9, "\u00ad\u200b\ufeff")

Bands = dict[int, list[Word]]
Shift = tuple[float, float]


def read_pages(data: bytes, name: str) -> list[Page]:
    """All pages as pdfplumber reads them, in the shape and the coordinates of `extractors.page`.

    Raises EmptyFileError and NotAPdfError, and DamagedPdfError when the file is cut, when pdfplumber cannot read it
    either, or when it finds no word in it.
    """
    pages = _read(data, name)
    if not any(page.words for page in pages):
        raise DamagedPdfError(name, "the file is damaged: no word can be read from it; ask for a new copy")
    return pages


def _read(data: bytes, name: str) -> list[Page]:
    check_bytes(data, name)
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            return [_page(page, number) for number, page in enumerate(pdf.pages, 1)]
    except Exception as error:  # a parser of hostile bytes may raise anything
        reason = f"pdfplumber cannot read it ({type(error).__name__})"
        raise DamagedPdfError(name, f"the file is damaged, {reason}; download or export it again") from error


def _page(page: Any, number: int) -> Page:
    visible = view_of(*_cut(page.page_obj.cropbox, page.page_obj.mediabox), page.rotation)
    # pdfplumber reckons from the corner of its MediaBox, whatever the CropBox leaves of it.
    left, bottom, right, top = page.page_obj.mediabox
    whole = view_of(left, bottom, right, top, page.rotation)
    shift = (visible.matrix[4] - whole.matrix[4] - page.bbox[0], visible.matrix[5] - whole.matrix[5] - page.bbox[1])
    words = [word for word in _words(page, number, shift) if visible.shows(word.box)]
    rules, fills = _drawings(page, shift)
    images = [Image(*_box(image, shift)) for image in page.images if visible.shows(_box(image, shift))]
    text = "".join(word.text for word in words)
    broken = is_broken(text)
    rules = [rule for rule in rules if visible.shows(rule.box)]
    fills = [fill for fill in fills if visible.shows(fill.box)]
    page.close()
    return Page(number, visible.width, visible.height, words, rules, fills, images, broken)


def _cut(crop: Sequence[float], media: Sequence[float]) -> tuple[float, float, float, float]:
    """What both boxes (x0, y0, x1, y1) have in common; the MediaBox when that is nothing."""
    x0, y0 = max(crop[0], media[0]), max(crop[1], media[1])
    x1, y1 = min(crop[2], media[2]), min(crop[3], media[3])
    return (x0, y0, x1, y1) if x0 < x1 and y0 < y1 else (media[0], media[1], media[2], media[3])


def _box(thing: Any, shift: Shift) -> tuple[float, float, float, float]:
    right, down = shift
    return (thing["x0"] + right, thing["top"] + down, thing["x1"] + right, thing["bottom"] + down)


def _words(page: Any, number: int, shift: Shift) -> Iterator[Word]:
    upright = page.filter(lambda thing: thing["object_type"] != "char" or _angle(thing) == 0.0)
    for found in upright.extract_words(x_tolerance_ratio=0.15, return_chars=True):
        yield _word(found, found["chars"][0], number, shift)
    yield from _turned_words([char for char in page.chars if _angle(char) != 0.0], number, shift)


def _turned_words(chars: Sequence[Any], number: int, shift: Shift) -> Iterator[Word]:
    """Text that is slanted or stands on its side: letters of one direction that follow each other closely."""
    word: Word | None = None
    before: Any = None
    for char in chars:
        if char["text"].isspace():
            before = None
            continue
        if word and before and _follows(before, char):
            x0, top, x1, bottom = _box(char, shift)
            word.text += char["text"]
            word.x0, word.top = min(word.x0, x0), min(word.top, top)
            word.x1, word.bottom = max(word.x1, x1), max(word.bottom, bottom)
        else:
            if word:
                yield word
            word = _word(char, char, number, shift)
        before = char
    if word:
        yield word


def _follows(one: Any, other: Any) -> bool:
    reach = math.hypot(other["matrix"][4] - one["matrix"][4], other["matrix"][5] - one["matrix"][5])
    return abs(_angle(one) - _angle(other)) < 1.0 and reach < 1.2 * max(one["adv"], 0.1 * one["size"])


def _angle(char: Any) -> float:
    """Degrees between the writing direction of a character and the horizontal; 0.0 for (nearly) upright ones."""
    a, b = char["matrix"][:2]
    angle = math.degrees(math.atan2(b, a))
    return angle if abs(angle) >= 1.0 else 0.0


def _word(found: Any, char: Any, number: int, shift: Shift) -> Word:
    font = str(char["fontname"]).casefold()
    return Word(
        found["text"],
        number,
        *_box(found, shift),
        size=float(char["size"]),
        bold="bold" in font or "black" in font,
        italic="italic" in font or "oblique" in font,
        angle=_angle(char),
        color=_color(char["non_stroking_color"]),
    )


def _color(value: Any) -> int:
    """0xRRGGBB of a grey, RGB or CMYK colour with parts from 0 to 1; black for patterns and what is not set."""
    parts = value if isinstance(value, (tuple, list)) else (value,)
    if not parts or not all(isinstance(part, (int, float)) for part in parts):
        return 0
    if len(parts) == 4:
        parts = [(1 - part) * (1 - parts[3]) for part in parts[:3]]
    red, green, blue = (*parts, *parts, *parts)[:3] if len(parts) != 3 else parts
    return sum(round(255 * min(max(part, 0), 1)) << shift for part, shift in ((red, 16), (green, 8), (blue, 0)))


def _drawings(page: Any, shift: Shift) -> tuple[list[Rule], list[Fill]]:
    rules: list[Rule] = []
    fills: list[Fill] = []
    for edge in [*page.lines, *page.curve_edges]:
        x0, top, x1, bottom = _box(edge, shift)
        if min(x1 - x0, bottom - top) < 0.1 and edge.get("stroke", True):
            rules += _pens([(x0, top, x1, bottom)], edge)
    for rect in page.rects:
        x0, top, x1, bottom = _box(rect, shift)
        if rect["stroke"]:
            sides = [(x0, top, x1, top), (x0, bottom, x1, bottom), (x0, top, x0, bottom), (x1, top, x1, bottom)]
            rules += _pens(sides, rect)
        color = _color(rect["non_stroking_color"])
        if not rect["fill"] or all(color >> bits & 0xFF >= _WHITE >> bits & 0xFF for bits in (0, 8, 16)):
            continue
        if min(x1 - x0, bottom - top) < _THIN:
            rules.append(Rule(x0, top, x1, bottom, color))
        else:
            fills.append(Fill(x0, top, x1, bottom, color))
    return rules, fills


def _pens(lines: Sequence[tuple[float, float, float, float]], drawn: Any) -> Iterator[Rule]:
    """The lines as thick as the pen they are drawn with."""
    half, color = (drawn.get("linewidth") or 0.0) / 2, _color(drawn.get("stroking_color"))
    for x0, top, x1, bottom in lines:
        if x1 - x0 >= bottom - top:
            yield Rule(x0, top - half, x1, bottom + half, color)
        else:
            yield Rule(x0 - half, top, x1 + half, bottom, color)


def disagreements(pages: Sequence[Page], data: bytes, name: str) -> list[Problem]:
    """One problem for each page on which only one of the two readers saw some words.

    Only upright words are compared: pdfplumber falls apart on text that stands on its side. A word that one reader
    splits and the other joins at the same place is no disagreement, nor is a word that came out of a picture.
    """
    try:
        witness = _read(data, name)
    except DamagedPdfError as error:
        return [Problem(code="witness_failed", severity="info", message=error.message)]
    problems: list[Problem] = []
    for ours, theirs in zip(pages, witness, strict=False):
        missing, extra = _unmatched(_only(theirs, ours), _only(ours, theirs))
        if missing or extra:
            seen = [(reader, words) for reader, words in (("pdfplumber", missing), ("PDFium", extra)) if words]
            message = "; ".join(f"only {reader} saw {_named(words)}" for reader, words in seen)
            problems.append(Problem(code="witness_disagrees", severity="warning", message=message, page=ours.number))
    if len(pages) != len(witness):
        message = f"PDFium reads {len(pages)} pages, pdfplumber {len(witness)}"
        problems.append(Problem(code="witness_disagrees", severity="warning", message=message))
    return problems


def agreement(pages: Sequence[Page], data: bytes, name: str) -> float:
    """The share of pdfplumber's upright words that `pages` hold with the same text, page by page; 1.0 without words.

    Raises DamagedPdfError when pdfplumber cannot read the file.
    """
    found = total = 0
    for ours, theirs in zip(pages, _read(data, name), strict=False):
        wanted = _texts(theirs)
        found += sum((wanted & _texts(ours)).values())
        total += sum(wanted.values())
    return found / total if total else 1.0


def _compared(page: Page) -> list[Word]:
    return [word for word in page.words if word.upright and word.confidence == 1.0 and _key(word.text)]


def _texts(page: Page) -> Counter[str]:
    return Counter(_key(word.text) for word in _compared(page))


def _key(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(_DASHES)


def _unmatched(one: list[Word], others: list[Word]) -> tuple[list[str], list[str]]:
    """The texts left on each side when equal words on one line are taken out: pdfplumber may misjudge spacing."""
    left = list(others)
    alone: list[str] = []
    for word in one:
        twin = next(
            (other for other in left if _key(other.text) == _key(word.text) and _on_one_line(word, other)), None
        )
        if twin:
            left.remove(twin)
        else:
            alone.append(word.text)
    return alone, [word.text for word in left]


def _only(one: Page, other: Page) -> list[Word]:
    """Words of `one` whose letters `other` does not have at the same place."""
    bands: Bands = defaultdict(list)
    for word in _compared(other):
        for band in _bands(word):
            bands[band].append(word)
    return [word for word in _compared(one) if not _seen(word, bands)]


def _bands(word: Word) -> range:
    return range(math.floor(word.top / _BAND), math.floor(word.bottom / _BAND) + 1)


def _seen(word: Word, bands: Bands) -> bool:
    near = {id(other): other for band in _bands(word) for other in bands.get(band, ()) if _overlap(word, other)}
    key = _key(word.text)
    if any(key in _key(other.text) for other in near.values()):
        return True
    return key in "".join(_key(other.text) for other in sorted(near.values(), key=lambda other: other.x0))


def _overlap(one: Word, other: Word) -> bool:
    return min(one.x1, other.x1) - max(one.x0, other.x0) > -0.5 and _on_one_line(one, other)


def _on_one_line(one: Word, other: Word) -> bool:
    """True when two words stand on one line; readers differ by a point or two about the height of letters."""
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared > 0.3 * min(one.bottom - one.top, other.bottom - other.top)


def _named(words: Sequence[str]) -> str:
    more = f" and {len(words) - _NAMED} more" if len(words) > _NAMED else ""
    return ", ".join(f"'{word}'" for word in words[:_NAMED]) + more
