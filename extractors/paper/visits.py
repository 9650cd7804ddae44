"""What the words of one visit to a committee say: its date, name, role, item of the agenda, publicity and result."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from extractors.celltext import clean
from extractors.paper.pieces import text_of
from extractors.paper.profiles import Profile
from extractors.paper.values import find_date, find_public, is_ticked, without_date, without_public
from extractors.vocabulary import Vocabulary
from schemas.geometry import Table, Word
from schemas.records import Consultation

_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]{1,60})[)\]]")
_ITEM = re.compile(r"\bTOP[:\s]*(?:Ö|N|NÖ)?\s*(\d{1,3}(?:\.\d{1,3})*)\b|^(?:Ö|N)?\s*(\d{1,3}(?:\.\d{1,3})*)$")
_TOP = re.compile(r"\bTOP\b[:\s]*(?:(?:Ö|N|NÖ)?\s*\d{1,3}(?:\.\d{1,3})*)?")
_TOP_NUMBER = re.compile(r"\bTOP[:\s]*(?:Ö|N|NÖ)?\s*(\d{1,3}(?:\.\d{1,3})*)\b")
_SIGN = re.compile(r"\b(Ö|NÖ|N)(?=\b| ?\d)")

_GENITIVE = re.compile(r"^(\w*(?:[Rr]at|[Tt]ag|[Aa]usschuss|[Bb]eirat|[Vv]orstand))e?s\b")
_SIGN_LETTERS = 2


@dataclass(slots=True)
class Consultations:
    entries: list[Consultation] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    """Tables that hold (a part of) the Beratungsfolge."""

    def add(self, cells: dict[str, str], rows: Iterable[Word]) -> None:
        entry = _entry(cells, len(self.entries) + 1)
        if entry is not None:
            if entry.organization is not None:  # "1. Bauausschuss" in a numbered list
                entry.organization = entry.organization.removeprefix(f"{entry.position}. ")
            self.entries.append(entry)
        self.words += rows


def _entry(cells: dict[str, str], position: int) -> Consultation | None:
    organization = cells.get("organization") or None
    found = find_date(cells.get("date", ""))
    if organization is None:
        return None
    public: bool | None = find_public(cells.get("public", "")) if cells.get("public") else None
    return Consultation(
        position=position,
        date=found[0] if found else None,
        organization=organization,
        role=cells.get("role") or None,
        agenda_item=cells.get("agenda_item") or None,
        public=public,
        result=cells.get("result") or None,
    )


class VisitReader:
    """Tells by the words of a profile what the parts of a visit are; `legend` resolves numbers that stand for roles."""

    def __init__(self, profile: Profile, vocabulary: Vocabulary, legend: dict[str, str]) -> None:
        self.profile = profile
        self.vocabulary = vocabulary
        self.legend = legend

    def joined(self, parts: Sequence[tuple[str, str, Sequence[Word]]]) -> dict[str, str]:
        """The texts of a row by their meaning. Each part is (meaning, header, words)."""
        cells: dict[str, str] = {}
        votes: list[str] = []
        for name, label, words in parts:
            text = text_of(words, self.vocabulary) if words else ""
            if not text:
                continue
            name = self._by_content(name, text)
            if name == "votes":
                votes.append(f"{label} {text}")
            elif name in ("public", "not_public"):
                said = "nichtöffentlich" if name == "not_public" else "öffentlich"
                ticked = is_ticked(text)
                if ticked is not False:
                    cells["public"] = said if ticked or name == "not_public" else text
            elif name:
                cells[name] = f"{cells[name]} {text}" if name in cells else text
        role = without_public(cells.get("role", ""))
        if role != cells.get("role") and self.profile.has("consultations.roles", role):
            cells.setdefault("public", cells["role"])
            cells["role"] = role
        if votes and "result" not in cells:
            cells["result"] = ", ".join(votes)
        return self.refined(cells)

    def _by_content(self, name: str, text: str) -> str:
        """Columns such as "Beratung" or "Status" hold the publicity in one town and the role in the next."""
        if name in ("", "role", "public", "organization") or (name == "date" and find_date(text) is None):
            if find_public(text) is not None and (not without_public(text) or len(text) <= _SIGN_LETTERS):
                return "public"
            if self.profile.has("consultations.roles", text):
                return "role"
        return name if name or not self.profile.has("consultations.results", text) else "result"

    def refined(self, cells: dict[str, str]) -> dict[str, str]:
        """The role, the date and the publicity that stand in the cell of the committee are taken out of it."""
        text = cells.get("organization", "")
        found = find_date(text)
        if found is not None and "date" not in cells:
            cells["date"] = found[1]
            text = without_date(text, found[1])
        for match in list(_BRACKETS.finditer(text)):
            known: dict[str, str] = {}
            parts = [part for part in map(str.strip, re.split("[,;/|]", match.group(1))) if part]
            if all(self.take_known(part, known) for part in parts):
                cells.update((name, value) for name, value in known.items() if not cells.get(name))
                text = text.replace(match.group(), " ", 1)
        item = _ITEM.search(cells.get("agenda_item", "")) or _TOP_NUMBER.search(cells.get("date", ""))
        if item:
            sign = _SIGN.search(item.group())
            if sign and "public" not in cells:
                cells["public"] = sign.group(1)
            cells["agenda_item"] = next(filter(None, item.groups()))
        printed = find_date(cells.get("date", ""))
        beside = without_date(cells["date"], printed[1]).strip() if printed else ""
        if beside and self.profile.has("consultations.roles", beside):
            cells.setdefault("role", beside)
        if cells.get("role") in self.legend:
            cells["role"] = self.legend[cells["role"]]
        cells["organization"] = _GENITIVE.sub(r"\1", clean(text).strip(" ,;:-–"))
        return cells

    def take_end(self, text: str, cells: dict[str, str]) -> str:
        """`text` without the item, publicity, role or result at its end, which are put into `cells`."""
        if self.take_known(text, cells):
            return ""
        words = text.split()
        for at in range(1, len(words)):
            if words[at - 1][0].isupper() and words[at][0].isalnum() and self.take_known(" ".join(words[at:]), cells):
                return " ".join(words[:at])
        return text

    def take_known(self, text: str, cells: dict[str, str]) -> bool:
        """Whether `text` is the item of the agenda, the publicity or the role; it is put into `cells` then."""
        rest = without_public(text)
        public = find_public(text) if rest != text.strip(" -,;/\t") or len(text) <= _SIGN_LETTERS else None
        if public is not None:
            cells["public"] = "öffentlich" if public else "nichtöffentlich"
            rest = "" if len(text) <= _SIGN_LETTERS else rest
        item = _TOP.search(rest)
        if item:
            number = _ITEM.search(rest)
            if number:
                cells["agenda_item"] = number.group(1) or number.group(2)
                if sign := _SIGN.search(item.group()):
                    cells.setdefault("public", sign.group(1))
            rest = (rest[: item.start()] + rest[item.end() :]).strip(" ,;-–")
        if rest and self.profile.has("consultations.roles", rest):
            cells["role"] = rest
            rest = ""
        elif rest and self.profile.has("consultations.results", rest):
            cells["result"] = rest
            rest = ""
        return not rest and bool(text)
