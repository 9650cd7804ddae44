"""What a user may choose about how a document is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

OcrMode = Literal["auto", "never", "always"]
OCR_MODES: tuple[OcrMode, ...] = get_args(OcrMode)


@dataclass(frozen=True, slots=True)
class Options:
    """Choices that change a document's records: a document read with other options is read again.

    `verify` has every page read a second time with pdfplumber, the independent witness.
    `ocr` says which pages are read from their pictures: "auto" those without text or with broken text.
    """

    verify: bool = False
    ocr: OcrMode = "auto"
