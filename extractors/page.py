"""Bytes of a PDF -> pages with words, rules, fills and images in the reader's coordinates, through PDFium.

This module and its helpers `pdfium_*.py` are the only ones that import pypdfium2. They use its raw functions:
wrapping every character in an object would triple the time. PDFium is not thread-safe; one process reads one
document at a time.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from types import TracebackType
from typing import Any

import PIL.Image
import pypdfium2.raw as pdfium

from extractors.pdf_bytes import check_bytes
from extractors.pdfium_paths import DrawingReader
from extractors.pdfium_text import TextReader
from extractors.pdfium_view import View, view_of
from schemas.errors import DamagedPdfError, DocumentError, EncryptedPdfError, NoPagesError
from schemas.geometry import Page

_LETTER = (0.0, 0.0, 612.0, 792.0)
"""What the specification's readers assume when a page has no usable box."""


class PdfFile:
    """An open PDF. Use it in a `with` statement; `open_pdf` makes it."""

    def __init__(self, data: bytes, name: str, password: str | None) -> None:
        check_bytes(data, name)
        # PDFium reads from this buffer as long as the document is open.
        self._data = data
        self.name = name
        self._document = pdfium.FPDF_LoadMemDocument64(data, len(data), password.encode() if password else None)
        if not self._document:
            raise _load_error(name, password)
        self.page_count: int = pdfium.FPDF_GetPageCount(self._document)
        if self.page_count < 1:
            self.close()
            raise NoPagesError(name, "the PDF has no pages; export it again")

    def __enter__(self) -> PdfFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give back the document's memory. Closing twice is harmless."""
        if self._document:
            pdfium.FPDF_CloseDocument(self._document)
            self._document = None

    @property
    def producer(self) -> str | None:
        """The program that wrote the PDF, as its metadata say."""
        size = pdfium.FPDF_GetMetaText(self._document, b"Producer", None, 0)
        if size <= 2:
            return None
        buffer = ctypes.create_string_buffer(size)
        pdfium.FPDF_GetMetaText(self._document, b"Producer", buffer, size)
        return buffer.raw.decode("utf-16-le", "replace").rstrip("\0").strip() or None

    def pages(self) -> Iterator[Page]:
        """Yield the pages in order, one at a time; PDFium's memory of a page is freed before it is yielded.

        Raises DamagedPdfError when a page cannot be loaded.
        """
        for number in range(1, self.page_count + 1):
            yield self._read(number)

    def render(self, number: int, scale: float) -> PIL.Image.Image:
        """The picture of page `number` (from 1) in RGB, `scale` pixels a point.

        Raises DamagedPdfError when the page cannot be loaded.
        """
        raw = self._load(number)
        try:
            view = _view(raw)
            width, height = max(round(view.width * scale), 1), max(round(view.height * scale), 1)
            bitmap = pdfium.FPDFBitmap_Create(width, height, 0)
            if not bitmap:
                raise DamagedPdfError(self.name, f"page {number} is too large to be drawn")
            try:
                pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
                pdfium.FPDF_RenderPageBitmap(bitmap, raw, 0, 0, width, height, 0, pdfium.FPDF_ANNOT)
                stride = pdfium.FPDFBitmap_GetStride(bitmap)
                pixels = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * height)
            finally:
                pdfium.FPDFBitmap_Destroy(bitmap)
        finally:
            pdfium.FPDF_ClosePage(raw)
        return PIL.Image.frombytes("RGB", (width, height), pixels, "raw", "BGRX", stride)

    def _read(self, number: int) -> Page:
        raw = self._load(number)
        text = pdfium.FPDFText_LoadPage(raw)
        try:
            view = _view(raw)
            drawing = DrawingReader(view).read(raw)
            page = Page(number, view.width, view.height, [], drawing.rules, drawing.fills, drawing.images)
            if text:
                reader = TextReader(text, view, number)
                page.words = reader.words()
                page.broken_text, page.hidden_text = reader.broken, reader.hidden
            return page
        finally:
            if text:
                pdfium.FPDFText_ClosePage(text)
            pdfium.FPDF_ClosePage(raw)

    def _load(self, number: int) -> Any:
        raw = pdfium.FPDF_LoadPage(self._document, number - 1)
        if not raw:
            raise DamagedPdfError(self.name, f"page {number} is broken; download or export the PDF again")
        return raw


def open_pdf(data: bytes, name: str = "document.pdf", password: str | None = None) -> PdfFile:
    """Open the bytes of a PDF; `name` is what messages call it.

    Raises EmptyFileError, NotAPdfError, DamagedPdfError, EncryptedPdfError or NoPagesError.
    """
    return PdfFile(data, name, password)


def _load_error(name: str, password: str | None) -> DocumentError:
    match pdfium.FPDF_GetLastError():
        case pdfium.FPDF_ERR_PASSWORD:
            message = "the password is wrong" if password else "the PDF asks for a password; save it without one"
            return EncryptedPdfError(name, message)
        case pdfium.FPDF_ERR_SECURITY:
            return EncryptedPdfError(name, "the PDF is encrypted in a way that cannot be read; save it without")
        case _:
            return DamagedPdfError(name, "the PDF is damaged; download or export it again")


def _view(raw_page: Any) -> View:
    rect = pdfium.FS_RECTF()
    box = _LETTER
    if pdfium.FPDF_GetPageBoundingBox(raw_page, rect) and rect.right > rect.left and rect.top > rect.bottom:
        box = (rect.left, rect.bottom, rect.right, rect.top)
    return view_of(*box, 90 * (pdfium.FPDFPage_GetRotation(raw_page) % 4))
