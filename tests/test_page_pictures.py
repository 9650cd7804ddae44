"""Pictures of pages: which are drawn, how large they are, and what is said where there are none."""

from __future__ import annotations

import base64
import io
from pathlib import Path

import PIL.Image
import pytest

from pipeline.page_pictures import draw_pages, pictures_of
from schemas.errors import NotAPdfError
from schemas.records import Document
from tests.drafts import document


def picture(uri: str) -> PIL.Image.Image:
    kind, _, data = uri.partition(",")
    assert kind == "data:image/webp;base64"
    return PIL.Image.open(io.BytesIO(base64.b64decode(data)))


def read_from(source: str | None, sha256: str = "0" * 64) -> Document:
    own = document("draft", [])
    own.file.source, own.file.sha256 = source, sha256
    return own


def test_only_the_pages_that_are_asked_for_are_drawn(samples: Path) -> None:
    data = (samples / "rd-eck-vo-2025-246.pdf").read_bytes()
    found = draw_pages(data, "x.pdf", [7, 1, 7, 0, 99])
    assert list(found) == [1, 7]


def test_a_picture_has_its_page_in_points_and_is_small(samples: Path) -> None:
    data = (samples / "rd-eck-vo-2025-246.pdf").read_bytes()
    page = draw_pages(data, "x.pdf", [6])[6]
    assert (page.width, page.height) == pytest.approx((842, 595), abs=1)
    drawn = picture(page.uri)
    assert drawn.width / drawn.height == pytest.approx(page.width / page.height, abs=0.01)
    assert len(page.uri) < 60_000
    assert draw_pages(data, "x.pdf", [6])[6] == page


def test_what_is_no_pdf_cannot_be_drawn() -> None:
    with pytest.raises(NotAPdfError):
        draw_pages(b"nonsense", "x.pdf", [1])


def test_a_pdf_that_changed_is_not_drawn(tmp_path: Path, samples: Path) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes((samples / "rd-eck-vo-2025-246.pdf").read_bytes())
    found = pictures_of(read_from(str(path)), [1])
    assert (found.pictures, found.missing) == (
        {}, f"The pages of draft.pdf are not shown: {path} has changed since it was read.",
    )  # fmt: skip


@pytest.mark.parametrize("source", ["gone.pdf", "https://example.org/x.pdf", "\0"])
def test_a_pdf_that_is_not_here_is_not_looked_for_elsewhere(source: str) -> None:
    found = pictures_of(read_from(source), [1])
    assert found.missing == f"The pages of draft.pdf are not shown: there is no PDF at {source}."
