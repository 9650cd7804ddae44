"""Printed pages as a scanner gives them: a picture on each page, askew, grainy, and without text."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import PIL.Image
import pypdfium2
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from extractors.page import open_pdf
from schemas.geometry import Word

_POOR = str.maketrans({"ä": "a", "ö": "o", "ü": "ii", "ß": "B", "m": "rn", "e": "c", "•": "»", "-": "~"})


@dataclass(frozen=True)
class Scanner:
    """How pages are scanned. `skew` is degrees counter-clockwise, `noise` the deviation of the grain in grey values."""

    dpi: int = 300
    skew: float = 0.0
    ink: Literal["grey", "one-bit"] = "grey"
    noise: float = 4.0
    quality: int = 75
    """Of the JPEG."""
    turned: bool = False
    """The picture is stored on its side and shown upright by /Rotate."""
    hidden: bool = False
    """The scanner has laid its own poor OCR under the picture."""
    kept: tuple[int, ...] = ()
    """Pages, from 1, that stay as they were printed."""

    def scan(self, data: bytes) -> bytes:
        """The pages of a PDF as pictures in another one."""
        out = io.BytesIO()
        canvas = Canvas(out, invariant=1)
        with open_pdf(data) as pdf:
            for page in pdf.pages():
                picture = self._picture(pdf.render(page.number, self.dpi / 72).convert("L"), page.number)
                self._place(canvas, picture, page.width, page.height, page.words if self.hidden else ())
        canvas.save()
        return _with_pages(out.getvalue(), data, self.kept) if self.kept else out.getvalue()

    def _picture(self, printed: PIL.Image.Image, seed: int) -> ImageReader:
        paper = 255 if self.ink == "one-bit" else 250
        faded = printed.point(lambda value: 20 + value * (paper - 20) // 255)
        faded = faded.rotate(self.skew, PIL.Image.Resampling.BICUBIC, fillcolor=paper)
        grain = np.random.default_rng(seed).normal(0, self.noise, (faded.height, faded.width))
        grey = PIL.Image.fromarray(np.clip(np.asarray(faded) + grain, 0, 255).astype(np.uint8))
        if self.ink == "one-bit":
            return ImageReader(grey.convert("1", dither=PIL.Image.Dither.NONE))
        jpeg = io.BytesIO()
        grey.save(jpeg, "JPEG", quality=self.quality)
        return ImageReader(jpeg)

    def _place(self, canvas: Canvas, picture: ImageReader, width: float, height: float, hidden: Sequence[Word]) -> None:
        # reportlab turns the sheet with the page: its size is the one that is seen.
        canvas.setPageSize((width, height))
        canvas.setPageRotation(90 if self.turned else 0)
        if self.turned:
            canvas.translate(height, 0)
            canvas.rotate(90)
        canvas.drawImage(picture, 0, 0, width, height)
        text = canvas.beginText()
        text.setTextRenderMode(3)
        for word in hidden:
            text.setFont("Helvetica", word.size)
            text.setTextOrigin(word.x0 + 2, height - word.bottom + 2)
            text.textOut(word.text.translate(_POOR))
        canvas.drawText(text)
        canvas.showPage()


def _with_pages(scanned: bytes, printed: bytes, kept: Sequence[int]) -> bytes:
    """A scan with the pages `kept` as they were printed."""
    pictures, texts = pypdfium2.PdfDocument(scanned), pypdfium2.PdfDocument(printed)
    mixed = pypdfium2.PdfDocument.new()
    for number in range(1, len(pictures) + 1):
        mixed.import_pages(texts if number in kept else pictures, pages=[number - 1])
    out = io.BytesIO()
    mixed.save(out)
    return out.getvalue()
