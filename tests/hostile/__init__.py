"""PDFs that were made to do harm; and what reading them ends in. `mutants` has those that chance has harmed."""

from __future__ import annotations

import zlib
from pathlib import Path

from pipeline.document import process_document
from pipeline.options import Options
from schemas.errors import DocumentError
from schemas.records import Document
from tests.pdfs import Pdf, pdf, show

_DEFAULTS = Options()
SAMPLES = Path(__file__).parents[2] / "samples"


def outcome(data: bytes, options: Options = _DEFAULTS) -> Document | DocumentError:
    """The records of a PDF, which must survive the way to JSON and back, or the error that says why there are none."""
    try:
        document = process_document(data, "feindlich.pdf", options=options)
    except DocumentError as error:
        return error
    assert Document.model_validate_json(document.model_dump_json()) == document
    return document


def outcome_code(data: bytes) -> str:
    """`outcome` in one word, for a child process to report.

    Broken pages are not read from their pictures: that takes seconds a page, and needs no text layer to be hostile.
    """
    ended = outcome(data, Options(ocr="never"))
    return ended.reason if isinstance(ended, DocumentError) else ended.status


def outcome_codes(samples: tuple[bytes, ...]) -> list[str]:
    return [outcome_code(data) for data in samples]


# --- structure


def looping_page_tree() -> bytes:
    made = Pdf()
    made.page(show("Text", 100, 700))
    made.objects[1] = b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"
    return made.build()


def deep_page_tree() -> bytes:
    made = Pdf()
    kid = made.page(show("Text", 100, 700))
    for _ in range(3000):
        kid = made.add(f"<< /Type /Pages /Kids [{kid} 0 R] /Count 1 >>")
    made.kids = [kid]
    return made.build()


def claimed_pages(count: int) -> bytes:
    """One page, whatever number of pages the file says it has."""
    made = Pdf()
    page = made.page(show("Text", 100, 700))
    made.objects[1] = f"<< /Type /Pages /Kids [{page} 0 R] /Count {count} >>".encode()
    return made.build()


def looping_form() -> bytes:
    made = Pdf()
    own = len(made.objects) + 1
    made.form("q /Fm Do Q " + show("innen", 100, 600), xobjects=f"/Fm {own} 0 R")
    made.page(show("Text", 100, 700) + "/Fm Do", xobjects=f"/Fm {own} 0 R")
    return made.build()


def looping_revisions() -> bytes:
    made = Pdf()
    made.page(show("Text", 100, 700))
    return made.build(trailer=f"/Prev {made.build().rfind(b'xref', 0, -40)}")


def looping_length() -> bytes:
    made = Pdf()
    own = len(made.objects) + 1
    made.add(f"<< /Length {own} 0 R >>\nstream\n{show('innen', 100, 600)}\nendstream")
    made.page(show("Text", 100, 700), f"/Contents [{own} 0 R {own + 1} 0 R]")
    return made.build()


def deep_array() -> bytes:
    return pdf("[" * 100_000 + "]" * 100_000 + show("Text", 100, 700))


def deep_states() -> bytes:
    return pdf("q " * 100_000 + show("Text", 100, 700))


def active() -> bytes:
    """JavaScript on opening, an attachment with a path for a name, a launch of a program."""
    made = Pdf()
    script = "<< /S /JavaScript /JS (while \\(true\\) app.alert\\(1\\)) >>"
    file = made.stream("MZ", "/Type /EmbeddedFile")
    attached = f"<< /Names [(../../x.exe) << /Type /Filespec /F (../../x.exe) /EF << /F {file} 0 R >> >>] >>"
    made.catalog = f"/OpenAction {script} /Names << /EmbeddedFiles {attached} >>"
    made.page(show("Text", 100, 700), f"/AA << /O {script} /C << /S /Launch /F (x.exe) >> >>")
    return made.build()


def form_bomb() -> bytes:
    """Eleven forms, each of which draws the next ten times."""
    made = Pdf()
    form = made.form("0 0 100 1 re f")
    for _ in range(10):
        form = made.form("/Fm Do " * 10, xobjects=f"/Fm {form} 0 R")
    made.page("/Fm Do", xobjects=f"/Fm {form} 0 R")
    return made.build()


def stream_bomb() -> bytes:
    """A few kilobytes that unpack to a page of six million lines."""
    packed = zlib.compress(zlib.compress(b"0 0 m 1 1 l S " * 6_000_000, 1), 9)
    made = Pdf()
    made.page("")
    bomb = made.stream(packed, "/Filter [/FlateDecode /FlateDecode]")
    made.objects[made.kids[0] - 1] = (
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {bomb} 0 R >>".encode()
    )
    return made.build()


def object_bomb() -> bytes:
    """A compressed stream of objects, of which it claims two billion, that unpacks to 200 megabytes."""
    made = Pdf()
    made.page(show("Text", 100, 700))
    packed = zlib.compress(zlib.compress(b"9 0 " * 50_000_000, 1), 9)
    keys = "/Type /ObjStm /N 2000000000 /First 2000000000 /Filter [/FlateDecode /FlateDecode]"
    bomb = made.stream(packed, keys)
    page = made.page(show("danach", 100, 700), f"/Annots {bomb} 0 R /PieceInfo {bomb + 9} 0 R")
    made.objects[page - 1] = made.objects[page - 1].replace(b"/Contents", b"/Metadata %d 0 R /Contents" % bomb)
    return made.build()


# --- much of everything


def rows_of_rules(count: int) -> bytes:
    """Rules that touch nothing, 200 in a row."""
    return pdf("".join(f"{n % 200 * 3} {n // 200 * 8} 2.5 0.4 re f " for n in range(count)))


def fence_of_rules(count: int) -> bytes:
    """Rules as long as the page, so close to each other that all of them touch."""
    half = count // 2
    level = "".join(f"0 {n * 800 / half:.2f} 600 0.02 re f " for n in range(half))
    return pdf(level + "".join(f"{n * 600 / half:.2f} 0 0.02 800 re f " for n in range(half)))


def grid_of_cells(columns: int, rows: int) -> bytes:
    """A table as large as the page with a word in each cell."""
    wide, high = 600 / columns, 800 / rows
    places = [(n % columns * wide, n // columns * high) for n in range(columns * rows)]
    boxes = "".join(f"{x:.2f} {y:.2f} {wide:.2f} {high:.2f} re S " for x, y in places)
    return pdf("0.3 w " + boxes + "".join(show(f"w{x:.0f}", x + 1, y + 2, size=1.5) for x, y in places))


def many_words(count: int) -> bytes:
    """Words in 100 columns, a tenth of a point between their lines' letters."""
    return pdf("".join(show(f"w{n % 977}", n % 100 * 6, n // 100 * 1.6, size=1.5) for n in range(count)))


def many_lines(count: int) -> bytes:
    """Words of seven columns on lines that overlap each other."""
    texts = [f"a{n} b{n} c{n}" for n in range(count // 3)]
    return pdf("".join(show(text, n % 7 * 80, n // 7 * 0.3 + 1, size=0.6) for n, text in enumerate(texts)))


# --- letters


def broken_font() -> bytes:
    made = Pdf()
    program = made.stream(b"\0\1\0\0\xff\xff" + b"junk" * 50)
    descriptor = made.add(
        f"<< /Type /FontDescriptor /FontName /F1 /Flags 99999999999 /FontFile2 {program} 0 R /FontBBox [nan 0 1] >>"
    )
    font = made.add(
        f"<< /Type /Font /Subtype /TrueType /BaseFont /F1 /FontDescriptor {descriptor} 0 R /FirstChar 300 "
        f"/LastChar -3 /Widths [1e38 x] /Encoding /Nonsense /ToUnicode {descriptor} 0 R >>"
    )
    made.fonts += f" /Broken {font} 0 R /Gone 9999 0 R"
    lines = [show("eins", 100, 700, font="Broken"), show("zwei", 100, 600, font="Gone"), show("drei", 100, 500)]
    made.page("".join(lines))
    return made.build()


def unnamed_letters() -> bytes:
    """Two-byte codes that nothing maps to letters."""
    made = Pdf()
    below = (
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Z "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
    )
    font = made.add(f"<< /Type /Font /Subtype /Type0 /BaseFont /Z /Encoding /Identity-H /DescendantFonts [{below}] >>")
    made.fonts += f" /X {font} 0 R"
    made.page("BT /X 12 Tf 100 700 Td <0001000200030004000500060007ffffd800dc00> Tj ET")
    return made.build()
