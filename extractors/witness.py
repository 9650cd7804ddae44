"""pdfplumber as the independent witness: a second reading of the same bytes by other code.

It answers two questions: what did only one of the two readers see (`disagreements`), and what does a file say that
PDFium cannot open (`read_pages`). This is the only module that imports pdfplumber, and nothing imports it unless it
is asked: it takes twenty times as long as PDFium.
"""

from __future__ import annotations

import io
import math
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import pdfplumber

from schemas.errors import DamagedPdfError
from schemas.geometry import Fill, Image, Page, Rule, Word
from schemas.records import Problem

_THIN = 3.0
_NAMED = 5
"""Words of each side that a problem names."""
_DASHES = str.maketrans("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufffe\x02", "-" * 9, "\u00ad\u200b\ufeff")


def read_pages(data: bytes, name: str) -> list[Page]:
    """All pages as pdfplumber reads them, in the shape and the coordinates of `extractors.page`.

    Raises DamagedPdfError when pdfplumber cannot read the file either, or finds no page in it.
    """
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            pages = [_page(page, number) for number, page in enumerate(pdf.pages, 1)]
    except Exception as error:  # a parser of hostile bytes may raise anything
        raise DamagedPdfError(
            name, f"the file is damaged, neither PDFium nor pdfplumber can read it ({error})"
        ) from error
    if not any(page.words for page in pages):
        raise DamagedPdfError(name, "the file is damaged: no word can be read from it; ask for a new copy")
    return pages


def _page(page: Any, number: int) -> Page:
    rules, fills = _drawings(page)
    images = [Image(i["x0"], i["top"], i["x1"], i["bottom"]) for i in page.images]
    return Page(number, float(page.width), float(page.height), list(_words(page, number)), rules, fills, images)


def _words(page: Any, number: int) -> Iterator[Word]:
    upright = page.filter(lambda thing: thing["object_type"] != "char" or _angle(thing) == 0.0)
    for found in upright.extract_words(x_tolerance_ratio=0.15, extra_attrs=["fontname", "size"]):
        yield _word(found, number, 0.0)
    for char in page.chars:  # what stands on its side or slanted is kept, letter by letter
        if _angle(char) != 0.0 and not char["text"].isspace():
            yield _word(char, number, _angle(char))


def _angle(char: Any) -> float:
    """Degrees between the writing direction of a character and the horizontal; 0.0 for (nearly) upright ones."""
    a, b = char["matrix"][:2]
    angle = math.degrees(math.atan2(b, a))
    return angle if abs(angle) >= 1.0 else 0.0


def _word(found: Any, number: int, angle: float) -> Word:
    font = str(found["fontname"]).casefold()
    return Word(
        found["text"],
        number,
        float(found["x0"]),
        float(found["top"]),
        float(found["x1"]),
        float(found["bottom"]),
        float(found["size"]),
        bold="bold" in font or "black" in font,
        italic="italic" in font or "oblique" in font,
        angle=angle,
    )


def _drawings(page: Any) -> tuple[list[Rule], list[Fill]]:
    rules = [Rule(line["x0"], line["top"], line["x1"], line["bottom"]) for line in page.lines]
    fills: list[Fill] = []
    for r in page.rects:
        x0, top, x1, bottom = r["x0"], r["top"], r["x1"], r["bottom"]
        if min(x1 - x0, bottom - top) < _THIN:
            rules.append(Rule(x0, top, x1, bottom))
            continue
        if r["fill"]:
            fills.append(Fill(x0, top, x1, bottom))
        if r["stroke"]:
            rules += [Rule(x0, top, x1, top), Rule(x0, bottom, x1, bottom)]
            rules += [Rule(x0, top, x0, bottom), Rule(x1, top, x1, bottom)]
    return rules, fills


def disagreements(pages: Sequence[Page], data: bytes, name: str) -> list[Problem]:
    """One problem for each page on which only one of the two readers saw some words.

    Only upright words are compared: pdfplumber falls apart on text that stands on its side. A word that one reader
    splits and the other joins is no disagreement.
    """
    try:
        witness = read_pages(data, name)
    except DamagedPdfError as error:
        return [Problem(code="witness_failed", severity="info", message=error.message)]
    problems: list[Problem] = []
    for ours, theirs in zip(pages, witness, strict=False):
        missing, extra = _only(theirs, ours), _only(ours, theirs)
        if missing or extra:
            seen = [(reader, words) for reader, words in (("pdfplumber", missing), ("PDFium", extra)) if words]
            message = "; ".join(f"only {reader} saw {_named(words)}" for reader, words in seen)
            problems.append(Problem(code="witness_disagrees", severity="warning", message=message, page=ours.number))
    if len(pages) != len(witness):
        message = f"PDFium reads {len(pages)} pages, pdfplumber {len(witness)}"
        problems.append(Problem(code="witness_disagrees", severity="warning", message=message))
    return problems


def agreement(pages: Sequence[Page], data: bytes, name: str) -> float:
    """The share of pdfplumber's upright words that `pages` hold with the same text, page by page; 1.0 without words.

    Raises DamagedPdfError when pdfplumber cannot read the file.
    """
    found = total = 0
    for ours, theirs in zip(pages, read_pages(data, name), strict=False):
        wanted = _texts(theirs)
        found += sum((wanted & _texts(ours)).values())
        total += sum(wanted.values())
    return found / total if total else 1.0


def _texts(page: Page) -> Counter[str]:
    return Counter(key for word in page.words if word.upright and (key := _key(word.text)))


def _key(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(_DASHES)


def _only(one: Page, other: Page) -> list[str]:
    """Words of `one` that `other` has neither as words nor as parts or joints of words."""
    run = "".join(_key(word.text) for word in other.words)
    return sorted(text for text in (_texts(one) - _texts(other)).elements() if text not in run)


def _named(words: Sequence[str]) -> str:
    more = f" and {len(words) - _NAMED} more" if len(words) > _NAMED else ""
    return ", ".join(f"'{word}'" for word in words[:_NAMED]) + more
