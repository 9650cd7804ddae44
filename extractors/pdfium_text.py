"""The words of a page out of PDFium's text page.

One call gives the text of the whole page, a regular expression its words; only the first and the last character of
a word are then asked for their boxes. Size, angle, weight and colour belong to the text object and are asked once
for each.
"""

from __future__ import annotations

import ctypes
import math
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from extractors.pdfium_view import Matrix, View, angle_of, box_of, shown_color
from schemas.geometry import Box, Word

# Not \s: in Python that takes in U+001C to U+001F, which fonts without ToUnicode give instead of letters.
_SPACE = r" \t\n\r\f\v\x85\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
# U+0002 and U+FFFE are PDFium's marks for a hyphen at a line's end; the next line follows without a break.
_WORD = re.compile(rf"[^{_SPACE}\x02\ufffe]+[\x02\ufffe]?|[\x02\ufffe]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ufffd]")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u2060\ufeff"))
_LETTERS = {
    **_INVISIBLE,
    0x02: "-",
    0xFFFE: "-",
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
}
_SPECIAL = re.compile("[\ud800-\udfff" + "".join(map(chr, _LETTERS)) + "]")

_FEW_CONTROLS = 3
"""Up to so many control codes on a page are an accident; more, and its text cannot be trusted."""

_BOLD_NAME = re.compile(r"bold|black|heavy|demi|fett|(?<![a-z])bd(?![a-z])|-b$", re.IGNORECASE)
_ITALIC_NAME = re.compile(r"italic|oblique|kursiv|(?<![a-z])it(?![a-z])", re.IGNORECASE)
_NAMELESS = re.compile(r"^(?:[A-Z]{6}\+)?(?:CIDFont\+)?[A-Z]{0,2}[0-9]*$")
_FLAG_ITALIC, _FLAG_FORCE_BOLD = 1 << 6, 1 << 18
_BOLD_WEIGHT = 700

_SAME_PLACE = 0.15
"""Copies of a word closer than this share of its size are one word (fake bold, double layers)."""


@dataclass(frozen=True, slots=True)
class Style:
    """What all characters of one text object share."""

    size: float = 0.0
    bold: bool = False
    italic: bool = False
    angle: float = 0.0
    color: int = 0


class TextReader:
    """Reads the words of one page. The page must stay loaded while it is used."""

    def __init__(self, text_page: Any, view: View, number: int) -> None:
        self._raw = text_page
        self._view = view
        self._number = number
        self._rect = pdfium.FS_RECTF()
        self._matrix = pdfium.FS_MATRIX()
        self._rgba = [ctypes.c_uint() for _ in range(4)]
        self._styles: dict[int, Style] = {}
        self._fonts: dict[int, tuple[bool, bool]] = {}
        self.broken = False

    def words(self) -> list[Word]:
        """The words in the order of the text layer; `broken` is set when the text cannot be trusted."""
        text = self._text()
        controls = len(_CONTROL.findall(text)) - text.count("\r") - text.count("\n") - text.count("\t")
        self.broken = controls - text.count("\x02") > _FEW_CONTROLS or "(cid:" in text
        found: list[Word] = []
        for match in _WORD.finditer(text):
            start, end = match.span()
            found.extend(self._word(match.group(), start, end))
        return _without_copies(found)

    def _text(self) -> str:
        """The page's text, in which the n-th character is PDFium's character n."""
        count = pdfium.FPDFText_CountChars(self._raw)
        if count <= 0:
            return ""
        # Room for surrogate pairs and the final NUL.
        buffer = (ctypes.c_ushort * (2 * count + 2))()
        written = pdfium.FPDFText_GetText(self._raw, 0, count, buffer)
        text = bytes(memoryview(buffer)[: max(written - 1, 0)]).decode("utf-16-le", "surrogatepass")
        if written - 1 == count and len(text) == count:
            return text
        # Characters were left out or lie beyond the BMP, which are two for PDFium: text and character index differ.
        return "".join(map(self._character, range(count)))

    def _character(self, index: int) -> str:
        code = pdfium.FPDFText_GetUnicode(self._raw, index)
        return chr(code) if code <= 0x10FFFF else "\ufffd"

    def _word(self, text: str, start: int, end: int) -> Iterator[Word]:
        style = self._style(start)
        first, last = self._box(start), self._box(end - 1)
        if first is None or last is None or not _runs_on(first, last, style, len(text)):
            yield from self._made(text, start, end, first, last, style)
            return
        for piece, at in self._pieces(text, start, style):
            stop = at + len(piece)
            yield from self._made(piece, at, stop, self._box(at), self._box(stop - 1), self._style(at))

    def _made(
        self, text: str, start: int, end: int, first: Box | None, last: Box | None, style: Style
    ) -> Iterator[Word]:
        box = _around(first, last) or self._box_of_any(start, end)
        if box is None or not self._view.shows(box):
            return
        if _SPECIAL.search(text):
            text = text.translate(_LETTERS).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
            if not text:
                return
        yield Word(text, self._number, *box, style.size, style.bold, style.italic, style.angle, style.color)

    def _box(self, index: int) -> Box | None:
        rect = self._rect
        if not pdfium.FPDFText_GetLooseCharBox(self._raw, index, rect):
            return None
        box = box_of(rect.left, rect.bottom, rect.right, rect.top, self._view.matrix)
        return box if box and (box[2] > box[0] or box[3] > box[1]) else None

    def _box_of_any(self, start: int, end: int) -> Box | None:
        boxes = [box for box in map(self._box, range(start, end)) if box]
        return _around(boxes[0], boxes[-1]) if boxes else None

    def _pieces(self, text: str, start: int, style: Style) -> Iterator[tuple[str, int]]:
        """The word cut where the next character does not stand beside the one before."""
        begin, before = 0, self._box(start)
        for offset in range(1, len(text)):
            here = self._box(start + offset)
            if here is None:
                continue
            if before is not None and _apart(before, here, style):
                yield text[begin:offset], start + begin
                begin = offset
            before = here
        yield text[begin:], start + begin

    def _style(self, index: int) -> Style:
        pointer = pdfium.FPDFText_GetTextObject(self._raw, index)
        if not pointer:
            return Style()
        key = ctypes.addressof(pointer.contents)
        style = self._styles.get(key)
        if style is None:
            style = self._styles[key] = self._read_style(pointer, index)
        return style

    def _read_style(self, text_object: Any, index: int) -> Style:
        raw = self._matrix
        pdfium.FPDFText_GetMatrix(self._raw, index, raw)
        matrix: Matrix = (raw.a, raw.b, raw.c, raw.d, 0.0, 0.0)
        along = math.hypot(raw.a, raw.b)
        high = abs(raw.a * raw.d - raw.b * raw.c) / along if along else math.hypot(raw.c, raw.d)
        size = abs(pdfium.FPDFText_GetFontSize(self._raw, index)) * high
        bold, italic = self._font(pdfium.FPDFTextObj_GetFont(text_object))
        stroked = pdfium.FPDFTextObj_GetTextRenderMode(text_object) == pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE
        return Style(
            size=round(size, 3) if math.isfinite(size) else 0.0,
            bold=bold or stroked,
            italic=italic,
            angle=angle_of(matrix, self._view.rotation),
            color=self._color(text_object),
        )

    def _color(self, text_object: Any) -> int:
        red, green, blue, alpha = self._rgba
        if not pdfium.FPDFPageObj_GetFillColor(text_object, red, green, blue, alpha):
            return 0
        return shown_color(red.value, green.value, blue.value, alpha.value)

    def _font(self, font: Any) -> tuple[bool, bool]:
        if not font:
            return False, False
        key = ctypes.addressof(font.contents)
        known = self._fonts.get(key)
        if known is None:
            known = self._fonts[key] = _bold_italic(font)
        return known


def _bold_italic(font: Any) -> tuple[bool, bool]:
    """Bold and italic of a font: by its name, its flags, its weight; by the font program when the name says nothing."""
    buffer = ctypes.create_string_buffer(256)
    length = pdfium.FPDFFont_GetBaseFontName(font, buffer, 256)
    name = buffer.raw[: max(min(length, 256) - 1, 0)].decode("utf-8", "replace")
    flags = max(pdfium.FPDFFont_GetFlags(font), 0)
    bold = bool(_BOLD_NAME.search(name) or flags & _FLAG_FORCE_BOLD)
    italic = bool(_ITALIC_NAME.search(name) or flags & _FLAG_ITALIC)
    if not bold and pdfium.FPDFFont_GetWeight(font) >= _BOLD_WEIGHT:
        bold = True
    if not (bold or italic) and _NAMELESS.match(name):
        return _program_style(font)
    return bold, italic


def _program_style(font: Any) -> tuple[bool, bool]:
    """Bold and italic as an embedded TrueType program says it (macStyle of its "head" table)."""
    size = ctypes.c_size_t()
    if not pdfium.FPDFFont_GetFontData(font, None, 0, size) or not 12 < size.value < 1 << 26:
        return False, False
    buffer = (ctypes.c_uint8 * size.value)()
    if not pdfium.FPDFFont_GetFontData(font, buffer, size.value, size):
        return False, False
    data = bytes(buffer)
    for at in range(12, 12 + 16 * min(struct.unpack_from(">H", data, 4)[0], 64), 16):
        if data[at : at + 4] == b"head" and at + 16 <= len(data):
            offset = struct.unpack_from(">I", data, at + 8)[0] + 44
            if offset + 2 <= len(data):
                style = struct.unpack_from(">H", data, offset)[0]
                return bool(style & 1), bool(style & 2)
    return False, False


def _around(first: Box | None, last: Box | None) -> Box | None:
    if first is None or last is None:
        return first or last
    return (min(first[0], last[0]), min(first[1], last[1]), max(first[2], last[2]), max(first[3], last[3]))


def _runs_on(first: Box, last: Box, style: Style, length: int) -> bool:
    """True when first and last character cannot belong to one word: another line, backwards, or far too wide."""
    if abs(style.angle) < 1.0:
        return (
            abs(last[3] - first[3]) > 0.6 * style.size
            or last[0] < first[0] - 0.1 * style.size
            or last[2] - first[0] > 1.5 * length * style.size
        )
    reach = max(abs(last[0] - first[0]), abs(last[1] - first[1]))
    return reach > 1.5 * length * style.size


def _apart(before: Box, here: Box, style: Style) -> bool:
    size = style.size or before[3] - before[1]
    if abs(style.angle) < 1.0:
        gap = here[0] - before[2]
        return abs(here[3] - before[3]) > 0.6 * size or gap > 0.8 * size or gap < -1.5 * size
    return max(abs(here[0] - before[0]), abs(here[1] - before[1])) > 2.0 * size


def _without_copies(words: list[Word]) -> list[Word]:
    """Words drawn several times at nearly the same place kept once, bold when the copies are shifted."""
    places: dict[tuple[str, int, int], list[Word]] = {}
    kept: list[Word] = []
    for word in words:
        near = max(_SAME_PLACE * word.size, 0.3)
        column, row = int(word.x0 / 4), int(word.top / 4)
        twin = None
        for key in ((word.text, column + i, row + j) for i in (0, -1, 1) for j in (0, -1, 1)):
            for other in places.get(key, ()):
                if abs(other.x0 - word.x0) < near and abs(other.top - word.top) < near:
                    twin = other
        if twin is None:
            kept.append(word)
            places.setdefault((word.text, column, row), []).append(word)
        elif abs(twin.x0 - word.x0) + abs(twin.top - word.top) > 0.05:
            twin.bold = True
    return kept
