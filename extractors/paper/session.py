"""The visits that the head names outside a Beratungsfolge: by labels ("Gremium:", "Sitzung am:") or in a title line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.paper.courses import plain_name
from extractors.paper.labels import Label, LabelReader
from extractors.paper.pieces import Piece, text_of
from extractors.paper.profiles import Profile
from extractors.paper.values import find_date, find_public, without_date
from extractors.paper.visits import Consultations, VisitReader
from extractors.vocabulary import Vocabulary
from schemas.geometry import Word

_PARTS = re.compile(r"[,;()\[\]|/]|\b(?=TOP\b)|(?<=\d) (?=zur?\b)")
_SITTING = re.compile(r"\s*\b(?:in )?(?:der |einer )?((?:nicht ?)?öffentliche)[nr] Sitzung\b", re.IGNORECASE)
_FIELDS = ("organization", "date", "agenda_item")


def read_session(pieces: Sequence[Piece], visits: VisitReader, reading: Consultations) -> bool:
    """Put the visits that labels of the head name into `reading`, else the one of a title line; False when none."""
    for read in (_labelled, _titled):
        for cells, words in read(pieces, visits):
            reading.add(visits.refined(cells), words)
        if reading.entries:
            return True
    return False


def _labelled(pieces: Sequence[Piece], visits: VisitReader) -> list[tuple[dict[str, str], list[Word]]]:
    """The cells and words of each visit whose committee and date stand behind labels."""
    reader = LabelReader(pieces, visits.profile, visits.vocabulary)
    labels = sorted(reader.labels.values(), key=lambda label: (round(label.piece.line.top), label.piece.line.x0))
    found: list[tuple[dict[str, str], list[Word]]] = []
    for label in labels:
        name = _meaning(label, visits.profile)
        words = reader.value_of(label) if name else []
        if name is None or not words:
            continue
        if not found or name in found[-1][0]:
            found.append(({}, []))
        cells, taken = found[-1]
        cells |= _said(name, words, visits, visits.vocabulary)
        taken += [*label.words, *words]
    return [(cells, words) for cells, words in found if cells.get("organization") and find_date(cells.get("date", ""))]


def _meaning(label: Label, profile: Profile) -> str | None:
    text = "".join(word.text for word in label.words)
    return next((name for name in _FIELDS if profile.has(f"session.{name}", text)), None)


def _said(name: str, words: Sequence[Word], visits: VisitReader, vocabulary: Vocabulary) -> dict[str, str]:
    """What the value of a label says: "Bauausschuss am 3.5.2025, TOP 4", "6 (öffentlich)"."""
    text = text_of(words, vocabulary)
    cells = visit_of(text, visits)
    if name == "organization":
        return cells
    if name == "agenda_item" and visits.take_known(f"TOP {text}", cells):
        return {key: value for key, value in cells.items() if key in ("agenda_item", "public")}
    return {name: text} | {key: value for key, value in cells.items() if key not in ("organization", name)}


def visit_of(text: str, visits: VisitReader) -> dict[str, str]:
    """Committee, date, and what else a line says: "Rat am 3.5.2025, öffentlich, TOP 4 zur Beschlussfassung"."""
    cells: dict[str, str] = {}
    found = find_date(text)
    if found is not None:
        cells["date"] = found[1]
        text = without_date(text, found[1])
    name, _, rest = text.partition("\n")
    if not name.strip():
        name, rest = rest, ""
    sitting = _SITTING.search(name)
    if sitting is not None:
        cells["public"] = "nichtöffentlich" if find_public(sitting.group(1)) is False else "öffentlich"
        name = name[: sitting.start()] + name[sitting.end() :]
    for part in filter(None, map(str.strip, _PARTS.split(rest))):
        visits.take_known(part, cells)
    return {**cells, "organization": plain_name(name)}


def _titled(pieces: Sequence[Piece], visits: VisitReader) -> list[tuple[dict[str, str], list[Word]]]:
    """The cells and words of a line such as "Vorlage für die Sitzung des Stadtrates am 3.5.2025"."""
    patterns = visits.profile.patterns
    for piece in pieces:
        below = next((other for other in pieces if other.follows(piece) and other.line.bold == piece.line.bold), None)
        own = [*piece.words, *(below.words if below is not None and find_date(piece.text) is None else [])]
        text = text_of(own, visits.vocabulary)
        match = next((m for pattern in patterns["session"] if (m := pattern.match(text))), None)
        cells = visit_of(match.group(1), visits) if match else {}
        if not cells.get("date"):
            continue
        words = own[visits.profile.has("types.exact", own[0].text) :]  # the type is a field of its own
        for other in pieces:
            item = next((m for pattern in patterns["agenda_item"] if (m := pattern.match(other.text))), None)
            if item is not None and "agenda_item" not in cells:
                visits.take_known(f"TOP {item.group(1)} {other.text[item.end() :]}", cells)
                words += other.words
        return [(cells, words)]
    return []
