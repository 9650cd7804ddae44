"""Small real PDFs: written by hand where a test needs a certain operator or defect, with reportlab where not."""

from __future__ import annotations

import io
from collections.abc import Sequence

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from extractors.page import open_pdf
from schemas.geometry import Page

WIDTH, HEIGHT = 600, 800

_FONTS = {"F1": "Helvetica", "F2": "Helvetica-Bold", "F3": "Helvetica-Oblique", "F4": "Courier"}
_FONT = "<< /Type /Font /Subtype /Type1 /BaseFont /{} /Encoding /WinAnsiEncoding >>"


class Pdf:
    """A PDF in the making. Objects 1 and 2 are the catalogue and the page tree.

    The fonts of every page: F1 Helvetica, F2 bold, F3 oblique, F4 Courier; `fonts` adds others by their references.
    """

    def __init__(self, *, fonts: str = "") -> None:
        self.objects: list[bytes] = [b"", b""]
        self.kids: list[int] = []
        self.catalog = ""
        own = (f"/{key} {self.add(_FONT.format(name))} 0 R" for key, name in _FONTS.items())
        self.fonts = " ".join(own) + fonts

    def add(self, body: str | bytes) -> int:
        """Add an object; the result is its number."""
        self.objects.append(body if isinstance(body, bytes) else body.encode("latin-1"))
        return len(self.objects)

    def stream(self, data: str | bytes, keys: str = "") -> int:
        """Add a stream object; `keys` are further entries of its dictionary."""
        raw = data if isinstance(data, bytes) else data.encode("latin-1")
        return self.add(f"<< /Length {len(raw)} {keys} >>\nstream\n".encode("latin-1") + raw + b"\nendstream")

    def form(self, content: str, keys: str = "", xobjects: str = "") -> int:
        """Add a form XObject as large as a page."""
        resources = f"/Resources << /Font << {self.fonts} >> /XObject << {xobjects} >> >>"
        box = "" if "/BBox" in keys else f"/BBox [0 0 {WIDTH} {HEIGHT}]"
        return self.stream(content, f"/Type /XObject /Subtype /Form {box} {resources} {keys}")

    def page(self, content: str | bytes, keys: str = "", xobjects: str = "", resources: str = "") -> int:
        """Add a page of 600 x 800 points; `keys` are further entries of its dictionary, /Rotate for instance."""
        box = "" if "/MediaBox" in keys else f"/MediaBox [0 0 {WIDTH} {HEIGHT}]"
        contents = self.stream(content)
        page = self.add(
            f"<< /Type /Page /Parent 2 0 R {box} /Contents {contents} 0 R /Resources "
            f"<< /Font << {self.fonts} >> /XObject << {xobjects} >> {resources} >> {keys} >>"
        )
        self.kids.append(page)
        return page

    def build(self, *, trailer: str = "") -> bytes:
        """The bytes of the file, with a cross-reference table that is right."""
        if not self.objects[0]:
            self.objects[0] = f"<< /Type /Catalog /Pages 2 0 R {self.catalog} >>".encode()
        if not self.objects[1]:
            kids = " ".join(f"{kid} 0 R" for kid in self.kids)
            self.objects[1] = f"<< /Type /Pages /Kids [{kids}] /Count {len(self.kids)} >>".encode()
        out = bytearray(b"%PDF-1.7\n")
        places = []
        for number, body in enumerate(self.objects, 1):
            places.append(len(out))
            out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
        start = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
        out += b"".join(b"%010d 00000 n \n" % place for place in places)
        out += f"trailer\n<< /Size {len(places) + 1} /Root 1 0 R {trailer} >>\n".encode()
        return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def pdf(content: str | bytes, keys: str = "", *, xobjects: str = "", resources: str = "") -> bytes:
    """A PDF of one page of 600 x 800 points with this content stream."""
    made = Pdf()
    made.page(content, keys, xobjects, resources)
    return made.build()


def show(text: str, x: float, y: float, *, font: str = "F1", size: float = 12) -> str:
    """Operators that write `text` with its base line beginning at (x, y), y upwards."""
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /{font} {size} Tf {x} {y} Td ({escaped}) Tj ET\n"


def text_pdf(*pages: Sequence[str]) -> bytes:
    """A PDF of pages with lines of text, one below the other."""
    made = Pdf()
    for lines in pages:
        made.page("".join(show(line, 50, HEIGHT - 60 - 16 * row) for row, line in enumerate(lines)))
    return made.build()


def locked_pdf(password: str, owner: str = "owner") -> bytes:
    """A PDF of one page that asks for `password`; with an empty one it only forbids, as many authorities' do."""
    out = io.BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption(password, ownerPassword=owner, canPrint=0))
    canvas.drawString(100, 700, "Geheime Vorlage")
    canvas.save()
    return out.getvalue()


def read_pages(data: bytes) -> list[Page]:
    with open_pdf(data, "test.pdf") as opened:
        return list(opened.pages())


def read_page(data: bytes) -> Page:
    """The only page of a PDF."""
    (page,) = read_pages(data)
    return page
