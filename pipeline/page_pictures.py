"""Pictures of the pages that a web page cites, as data URIs, and where a box lies on them.

`templates/pictures.html` has the macros that show them: a button for each citation, a dialog with the pages beside each
other, each cited box marked. A page of a document costs about 30 kB.
"""

from __future__ import annotations

import base64
import hashlib
import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import PIL.Image

from extractors.page import open_pdf
from schemas.errors import DocumentError
from schemas.records import Document

_SCALE = 1.4
"""Pixels a point: the text of a table can be read."""
_MOST_PIXELS = 1600
"""Length of the longer side of a picture, at most."""
_COLOURS = 128
_PHOTO = 120_000
"""Bytes from which a picture without loss is taken for a photo, which a lossy one shows as well."""
_LOSSY_QUALITY = 45


@dataclass(frozen=True, slots=True)
class PagePicture:
    """The picture of a page: its width and height in points, as the boxes are, and a data URI."""

    page: int
    width: float
    height: float
    uri: str


@dataclass(frozen=True, slots=True)
class DocumentPictures:
    """The pictures of some pages of a document by number, or the sentence that says why there are none."""

    pictures: dict[int, PagePicture]
    missing: str | None = None


def pictures_of(document: Document, pages: Iterable[int]) -> DocumentPictures:
    """The pictures of these pages (from 1), drawn from the PDF at the document's `source`.

    There are none where that file is gone, lies elsewhere than on this machine, or is another one by now.
    """
    name, source = document.file.name, document.file.source
    if source is None:
        return DocumentPictures({}, f"The pages of {name} are not shown: it was not read from a file.")
    try:
        data = Path(source).read_bytes()
    except (OSError, ValueError):
        return DocumentPictures({}, f"The pages of {name} are not shown: there is no PDF at {source}.")
    if hashlib.sha256(data).hexdigest() != document.file.sha256:
        return DocumentPictures({}, f"The pages of {name} are not shown: {source} has changed since it was read.")
    try:
        return DocumentPictures(draw_pages(data, name, pages))
    except DocumentError as error:
        return DocumentPictures({}, f"The pages of {name} are not shown: {error}.")


def draw_pages(data: bytes, name: str, pages: Iterable[int]) -> dict[int, PagePicture]:
    """Pictures of pages (from 1) by number. The same bytes give the same pictures.

    Raises DocumentError where the PDF cannot be opened or a page cannot be drawn.
    """
    found: dict[int, PagePicture] = {}
    with open_pdf(data, name) as pdf:
        for page in sorted({page for page in pages if 1 <= page <= pdf.page_count}):
            picture = pdf.render(page, _SCALE)
            width, height = (length / _SCALE for length in picture.size)
            found[page] = PagePicture(page, round(width, 1), round(height, 1), _data_uri(picture))
    return found


def _data_uri(picture: PIL.Image.Image) -> str:
    picture.thumbnail((_MOST_PIXELS, _MOST_PIXELS))
    buffer = io.BytesIO()
    picture.quantize(_COLOURS, PIL.Image.Quantize.FASTOCTREE).convert("RGB").save(
        buffer, "WEBP", lossless=True, method=2
    )
    if buffer.tell() > _PHOTO:
        buffer = io.BytesIO()
        picture.save(buffer, "WEBP", quality=_LOSSY_QUALITY, method=4)
    return f"data:image/webp;base64,{base64.b64encode(buffer.getvalue()).decode('ascii')}"
