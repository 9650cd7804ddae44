"""What the bytes alone tell, before any PDF library sees them."""

from __future__ import annotations

import re

from schemas.errors import DamagedPdfError, EmptyFileError, NotAPdfError

_OBJECT = re.compile(rb"\d\s+\d+\s+obj\b")
_HEADER_WITHIN = 1024
"""Readers look for "%PDF-" in the first 1024 bytes; what stands before it is skipped."""

_OTHER_FORMATS: tuple[tuple[bytes, str], ...] = (
    (b"<!doctype html", "an HTML page"),
    (b"<html", "an HTML page"),
    (b"<?xml", "an XML file"),
    (b"pk\x03\x04", "a ZIP archive or an Office document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"\x89png", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"ii*\x00", "a TIFF picture"),
    (b"mm\x00*", "a TIFF picture"),
    (b"{\\rtf", "an RTF text"),
)


def check_bytes(data: bytes, name: str) -> None:
    """Raise EmptyFileError, NotAPdfError or DamagedPdfError when `data` cannot be a whole PDF file."""
    if not data:
        raise EmptyFileError(name, "the file is empty; download or export it again")
    if b"%PDF-" not in data[:_HEADER_WITHIN]:
        raise NotAPdfError(name, f"this is {_looks_like(data)}, not a PDF; download or export it as PDF")
    if _is_cut(data):
        raise DamagedPdfError(name, "the end of the PDF is missing; download it again")


def _looks_like(data: bytes) -> str:
    start = data[:64].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for magic, label in _OTHER_FORMATS:
        if start.startswith(magic):
            return label
    return "a file of another kind"


def _is_cut(data: bytes) -> bool:
    """True when there is no end mark, or an object begins after the last one.

    A reader would repair such a file in silence and lose what was on the missing end, so it is refused.
    """
    end = max(data.rfind(b"%%EOF"), data.rfind(b"startxref"))
    return end < 0 or _OBJECT.search(data, end) is not None
