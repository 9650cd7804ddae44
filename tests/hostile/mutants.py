"""PDFs that chance has harmed, in their bytes or in their structure. The same seed gives the same bytes."""

from __future__ import annotations

import io
import random
import re
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2

from tests.hostile import SAMPLES
from tests.pdfs import text_pdf

_OBJECT = re.compile(rb"(?:^|\s)(\d+) 0 obj\b(.*?)\bendobj", re.DOTALL)
_REFERENCE = re.compile(rb"\b\d+ 0 R\b")
_NUMBER = re.compile(rb"(?<=[\s\[])-?\d+(?:\.\d+)?(?=[\s\]/>])")
_NAME = re.compile(rb"/[A-Za-z]\w*")
_STREAM = re.compile(rb"(.*?)\bstream\r?\n(.*)\r?\nendstream", re.DOTALL)
_ODD = (b"0", b"-1", b"2147483648", b"-99999999999", b"1e38", b"nan", b"null", b"true", b"(text)", b"[1 2", b"<<>>")

Objects = dict[int, bytes]


def mutants(seed: int, count: int) -> tuple[bytes, ...]:
    """Pages of the samples and a plain PDF, each harmed once."""
    sources = [excerpt(path) for path in sorted(SAMPLES.glob("*.pdf"))]
    sources.append(text_pdf(["Vorlage 12/2025", "Beschluss"], ["Anlage"]))
    return tuple(mutant(sources[n % len(sources)], f"{seed} {n}") for n in range(count))


def excerpt(path: Path) -> bytes:
    """The first page of a PDF and three pages from its middle."""
    source, made, out = pypdfium2.PdfDocument(path), pypdfium2.PdfDocument.new(), io.BytesIO()
    middle = len(source) // 2
    made.import_pages(source, [0, middle, middle + 1, middle + 2])
    made.save(out)
    made.close()
    source.close()
    return out.getvalue()


def mutant(data: bytes, seed: str) -> bytes:
    """The PDF with bits turned over, bytes lost, doubled or moved; or, as often, objects, values or drawing harmed."""
    chance = random.Random(seed)
    if chance.random() < 0.5:
        return _harm_bytes(bytearray(data), chance)
    objects = {int(number): body for number, body in _OBJECT.findall(data)}
    harm = chance.choice([_references, _numbers, _names, _lost, _swapped, _drawing])
    for _ in range(chance.choice([1, 1, 3, 10])):
        harm(objects, chance)
    return _file(objects)


def _harm_bytes(made: bytearray, chance: random.Random) -> bytes:
    at = chance.randrange(len(made))
    length = chance.choice([1, 10, 100, 1000])
    match chance.choice(["bits", "bits", "digits", "lost", "doubled", "zeros", "cut"]):
        case "bits":
            for _ in range(chance.choice([1, 10, 100])):
                made[chance.randrange(len(made))] ^= 1 << chance.randrange(8)
        case "digits":
            digits = [n for n, byte in enumerate(made) if 48 <= byte <= 57]
            for n in chance.sample(digits, 20):
                made[n] = 48 + chance.randrange(10)
        case "lost":
            del made[at : at + length]
        case "doubled":
            made[at:at] = made[at : at + length]
        case "zeros":
            made[at : at + length] = bytes(len(made[at : at + length]))
        case "cut":
            # The end mark is left: what was cut must be noticed, or borne, without its help.
            made[at:] = b"\nstartxref\n0\n%%EOF\n" if chance.random() < 0.5 else b""
    return bytes(made)


def _references(objects: Objects, chance: random.Random) -> None:
    """Some object speaks of another one than before, of itself perhaps."""
    _replace(objects, chance, _REFERENCE, lambda: b"%d 0 R" % chance.choice([*objects, 99999]))


def _numbers(objects: Objects, chance: random.Random) -> None:
    _replace(objects, chance, _NUMBER, lambda: chance.choice(_ODD))


def _names(objects: Objects, chance: random.Random) -> None:
    names = [name for body in objects.values() for name in _NAME.findall(_STREAM.sub(rb"\1", body))]
    _replace(objects, chance, _NAME, lambda: chance.choice(names))


def _lost(objects: Objects, chance: random.Random) -> None:
    if len(objects) > 1:
        del objects[chance.choice(sorted(objects))]


def _swapped(objects: Objects, chance: random.Random) -> None:
    one, other = chance.choice(sorted(objects)), chance.choice(sorted(objects))
    objects[one], objects[other] = objects[other], objects[one]


def _drawing(objects: Objects, chance: random.Random) -> None:
    """Operators of a page are turned into others; the stream itself stays whole."""
    for number in chance.sample(sorted(objects), len(objects)):
        parts = _STREAM.fullmatch(objects[number].strip())
        if parts is None or b"/FlateDecode" not in parts[1]:
            continue
        try:
            plain = bytearray(zlib.decompress(parts[2]))
        except zlib.error:
            continue
        for _ in range(20):
            at, to = chance.randrange(len(plain) + 1), chance.randrange(len(plain) + 1)
            plain[at : at + 8] = plain[to : to + 8]
        packed = zlib.compress(bytes(plain))
        head = re.sub(rb"/Length \d+(?: 0 R)?", b"/Length %d" % len(packed), parts[1])
        objects[number] = head + b"stream\n" + packed + b"\nendstream"
        return


def _replace(objects: Objects, chance: random.Random, what: re.Pattern[bytes], by: Callable[[], bytes]) -> None:
    """Replace one match in the dictionary of an object that has one."""
    for number in chance.sample(sorted(objects), len(objects)):
        body = objects[number]
        end = body.find(b"stream")
        matches = list(what.finditer(body, 0, end if end >= 0 else len(body)))
        if matches:
            match = chance.choice(matches)
            objects[number] = body[: match.start()] + by() + body[match.end() :]
            return


def _file(objects: Objects) -> bytes:
    """The objects as a file whose cross-reference table is right."""
    out = bytearray(b"%PDF-1.7\n")
    places: dict[int, int] = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj%sendobj\n" % (number, body)
    start, size = len(out), max(places) + 1
    out += b"xref\n0 %d\n" % size
    out += b"".join(_entry(places.get(number)) for number in range(size))
    root = next(_roots(objects), 1)
    return bytes(out + b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, root, start))


def _entry(place: int | None) -> bytes:
    return b"0000000000 65535 f \n" if place is None else b"%010d 00000 n \n" % place


def _roots(objects: Objects) -> Iterator[int]:
    return (number for number, body in objects.items() if re.search(rb"/Type\s*/Catalog\b", body))
