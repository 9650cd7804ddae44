"""The words of a page out of PDFium's text page.

One call gives the text of the whole page, a regular expression its words; only the first and the last character of
a word are then asked for their boxes. Size, angle, weight and colour belong to the text object and are asked once
for each.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from extractors.letterspaced import join_letters
from extractors.pdfium_view import Matrix, View, angle_of, box_of, shown_color
from schemas.geometry import Box, Word

# Not \s: in Python that takes in U+001C to U+001F, which fonts without ToUnicode give instead of letters.
_SPACE = r" \t\n\r\f\v\x85\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
# U+0002 and U+FFFE are PDFium's marks for a hyphen at a line's end; the next line follows without a break.
_WORD = re.compile(rf"[^{_SPACE}\x02\ufffe]+[\x02\ufffe]?|[\x02\ufffe]")
_LEADER = re.compile(r"[.…]{6,}")
"""A run of dots that leads from a label to what stands at the right."""
_LED_TO = re.compile(rf"{_LEADER.pattern}\s*(\S*)")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ufffd]")
# The second row turns the direction of what follows: in a cell of a table it would swap words that are none of its.
_INVISIBLE = "\u200b\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_LETTERS: dict[int, str | None] = {
    **dict.fromkeys((*range(0x20), *range(0x7F, 0xA0)), "\ufffd"),
    **dict.fromkeys(map(ord, _INVISIBLE)),
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
"""Up to so many control codes on a page are an accident."""
_BROKEN = 0.01
"""Share of a page's characters from which control codes say that its text cannot be trusted."""

_BOLD_NAME = re.compile(
    r"bold|black|heavy|demi(?![a-z])|fett|(?<![a-z])bd(?![a-z])|-b$|(?<=[a-z])bx\d+$", re.IGNORECASE
)
_ITALIC_NAME = re.compile(r"italic|oblique|kursiv|(?<![a-z])it(?![a-z])", re.IGNORECASE)
_NAMELESS = re.compile(r"^(?:[A-Z]{6}\+)?(?:CIDFont\+)?[A-Z]{0,2}[0-9_]*$")
"""Names some producers make up, as "CIDFont+F1" or "F2"."""
_FLAG_ITALIC, _FLAG_FORCE_BOLD = 1 << 6, 1 << 18
_NAME_BYTES = 256
_NAMES_WITHIN = 1024
_LARGEST_FONT = 1 << 26

_ASCENT, _DESCENT = 0.75, 0.21
"""Height above and depth below the baseline of upright text, as shares of its size: those of common fonts."""

_TOUCHING = 0.06
"""Gap, as a share of the size, below which two letters stand side by side."""

_BULLET = re.compile(r"[-*·•‣⁃‐-―←-⇿■-◿✓-➿\ue000-\uf8ff]")
_BULLET_GAP = 0.1
"""A bullet this share of the size away from its text is a word of its own; PDFium may see no space there."""

_SAME_PLACE = 0.15
"""Copies of a word closer than this share of its size are one word (fake bold, double layers)."""
_FARTHEST_COPY = 4.0
"""Points; no copy lies farther away, however large the letters are."""


@dataclass(frozen=True, slots=True)
class Style:
    """What all characters of one text object share."""

    size: float = 0.0
    bold: bool = False
    italic: bool = False
    angle: float = 0.0
    color: int = 0
    line: tuple[float, float] | None = None
    """Top and bottom of the line of upright text: the same for all words of one size on one baseline."""


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
        self._invisible = 0
        self.broken = False

    @property
    def hidden(self) -> bool:
        """Whether most of the text that was read is invisible: what a scanner's OCR lays under its picture."""
        return 2 * self._invisible > len(self._styles)

    def words(self) -> list[Word]:
        """The words in the order of the text layer; `broken` is set when the text cannot be trusted."""
        text = self._text()
        self.broken = is_broken(text)
        found: list[Word] = []
        invented: list[bool] = []
        before = -1
        led = _LEADER.search(text) is not None and not _is_contents(text)
        for match in _WORD.finditer(text):
            start, end = match.span()
            if led and _LEADER.search(match.group()):
                made = list(self._led(match.group(), start))
            else:
                made = list(self._word(match.group(), start, end))
            close = bool(made and found) and start == before + 1
            if close and self._wrongly_parted(found[-1], made[0], before):
                found[-1].text += made[0].text
                found[-1].x1 = made[0].x1
                del made[0]
                close = False
            if made:
                gap = close and pdfium.FPDFText_IsGenerated(self._raw, before) == 1
                invented += [gap, *(False for _ in made[1:])]
            found += made
            before = end
        return _without_copies(join_letters(found, invented))

    def _wrongly_parted(self, one: Word, other: Word, index: int) -> bool:
        """True when the space at `index` is PDFium's own invention between two pieces of text that touch."""
        return (
            one.top == other.top
            and one.size == other.size
            and -0.2 * one.size < other.x0 - one.x1 < _TOUCHING * one.size
            and bool(one.upright and pdfium.FPDFText_IsGenerated(self._raw, index))
        )

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

    def _led(self, text: str, start: int) -> Iterator[Word]:
        """A word parted at its leaders; the box of a leader ends with its first dots: it would fill the gutter."""
        at = 0
        for leader in _LEADER.finditer(text):
            if leader.start() > at:
                yield from self._word(text[at : leader.start()], start + at, start + leader.start())
            for word in self._word(leader.group(), start + leader.start(), start + leader.end()):
                word.x1 = min(word.x1, word.x0 + word.size)
                yield word
            at = leader.end()
        if at < len(text):
            yield from self._word(text[at:], start + at, start + len(text))

    def _word(self, text: str, start: int, end: int) -> Iterator[Word]:
        style = self._style(start)
        first, last = self._box(start), self._box(end - 1)
        if first and end - start > 1 and _BULLET.match(text) and self._stands_off(first, start + 1, style):
            yield from self._made(text[0], start, start + 1, first, first, style)
            text, start, style = text[1:], start + 1, self._style(start + 1)
            first = self._box(start)
        if first is None or last is None or not _runs_on(first, last, style, len(text)):
            yield from self._made(text, start, end, first, last, style)
            return
        for piece, at in self._pieces(text, start, style):
            stop = at + len(piece)
            yield from self._made(piece, at, stop, self._box(at), self._box(stop - 1), self._style(at))

    def _stands_off(self, first: Box, index: int, style: Style) -> bool:
        """True when the upright character at `index` begins a gap to the right of `first`."""
        second = self._box(index)
        return bool(second and style.line and second[0] - first[2] > _BULLET_GAP * style.size)

    def _made(
        self, text: str, start: int, end: int, first: Box | None, last: Box | None, style: Style
    ) -> Iterator[Word]:
        box = _around(first, last) or self._box_of_any(start, end)
        if box and style.line:
            box = (box[0], style.line[0], box[2], style.line[1])
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
        mode = pdfium.FPDFTextObj_GetTextRenderMode(text_object)
        self._invisible += mode == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
        size = round(size, 3) if math.isfinite(size) else 0.0
        angle = angle_of(matrix, self._view.rotation)
        line = self._line(raw.e, raw.f, size) if abs(angle) < 0.1 else None
        return Style(
            size, bold or mode == pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE, italic, angle, self._color(text_object), line
        )

    def _line(self, x: float, y: float, size: float) -> tuple[float, float] | None:
        """Top and bottom of upright text whose baseline goes through (x, y) in user space.

        The loose boxes of PDFium differ from letter to letter and from font to font, and some fonts claim to be
        three lines high; what is grouped into lines and cells must not depend on that.
        """
        spot = box_of(x, y, x, y, self._view.matrix)
        return (spot[1] - _ASCENT * size, spot[1] + _DESCENT * size) if spot and size else None

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


def is_broken(text: str) -> bool:
    """Whether a page's text cannot be trusted: codes of characters, or control codes, stand for its letters."""
    controls = len(_CONTROL.findall(text)) - sum(map(text.count, "\r\n\t\x02"))  # PDFium marks hyphens by \x02
    return controls > max(_FEW_CONTROLS, _BROKEN * len(text)) or "(cid:" in text


def _is_contents(text: str) -> bool:
    """Whether the leaders of a page lead to numbers of pages: then a line is one entry, and no row of a table."""
    numbers = [word for word in _LED_TO.findall(text) if word]
    return all(word.isdecimal() and len(word) < 4 for word in numbers) and numbers == sorted(numbers, key=int)


def _bold_italic(font: Any) -> tuple[bool, bool]:
    """Bold and italic of a font, by its name and flags, or by its program when the name says nothing.

    PDFium's weight is no help: it is derived from StemV, which many producers fill with anything.
    """
    buffer = ctypes.create_string_buffer(_NAME_BYTES)
    length = pdfium.FPDFFont_GetBaseFontName(font, buffer, _NAME_BYTES)
    name = buffer.raw[: max(min(length, _NAME_BYTES) - 1, 0)].decode("utf-8", "replace")
    if _NAMELESS.match(name):
        return _program_style(font)
    flags = max(pdfium.FPDFFont_GetFlags(font), 0)
    bold = bool(_BOLD_NAME.search(name) or flags & _FLAG_FORCE_BOLD)
    return bold, bool(_ITALIC_NAME.search(name) or flags & _FLAG_ITALIC)


def _program_style(font: Any) -> tuple[bool, bool]:
    """Bold and italic as the embedded font program tells them."""
    size = ctypes.c_size_t()
    if not pdfium.FPDFFont_GetFontData(font, None, 0, size) or not 12 < size.value < _LARGEST_FONT:
        return False, False
    buffer = (ctypes.c_uint8 * size.value)()
    if not pdfium.FPDFFont_GetFontData(font, buffer, size.value, size):
        return False, False
    data = bytes(buffer)
    if data[:4] in (b"\0\1\0\0", b"true"):
        style = _mac_style(data)
        return bool(style & 1), bool(style & 2)
    # Type 1 and CFF programs carry their names in the first bytes.
    names = data[:_NAMES_WITHIN].decode("latin-1")
    return bool(_BOLD_NAME.search(names)), bool(re.search(r"italic|oblique", names, re.IGNORECASE))


def _mac_style(data: bytes) -> int:
    """The macStyle of the "head" table of a TrueType program: bit 0 is bold, bit 1 italic."""
    for at in range(12, min(12 + 16 * int.from_bytes(data[4:6]), len(data) - 15), 16):
        if data[at : at + 4] == b"head":
            offset = int.from_bytes(data[at + 8 : at + 12]) + 44
            return int.from_bytes(data[offset : offset + 2])
    return 0


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
    counts = Counter(word.text for word in words)
    rows: dict[tuple[str, int], list[Word]] = {}
    kept: list[Word] = []
    for word in words:
        if counts[word.text] == 1:
            kept.append(word)
            continue
        row = int(word.top / _FARTHEST_COPY)
        near = min(max(_SAME_PLACE * word.size, 0.3), _FARTHEST_COPY)
        others = [other for at in (row - 1, row, row + 1) for other in rows.get((word.text, at), ())]
        twin = next((o for o in others if abs(o.x0 - word.x0) < near and abs(o.top - word.top) < near), None)
        if twin is None:
            kept.append(word)
            rows.setdefault((word.text, row), []).append(word)
        elif abs(twin.x0 - word.x0) + abs(twin.top - word.top) > 0.05:
            twin.bold = True
    return kept
