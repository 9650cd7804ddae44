"""Abbreviations that a document introduces: "Koordinierungsstelle Teilhabe (KT)", legends, "kurz KT"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from extractors.actors.names import clean, head_index, known_keys, name_key, tidy
from extractors.actors.words import grammar, head_of, is_acronym, legal_form, plain

_PAREN = re.compile(r"\((?:(?:kurz|im Folgenden|nachfolgend|abgekürzt):?\s)?\s*([^()\n,;]{2,24})\)")
_CUT = re.compile(r"[()\n;:|]")
_REACH = 140
"""How many characters before the parenthesis the long form may begin."""
_AFTER = re.compile(r"(?<![\w-])([A-ZÄÖÜa-zäöü][\w&.-]{1,14})\s*\(([^()\n;]{8,120})\)")
_LEGEND = re.compile(r"(?:^|[\n;,|•]\s*)([A-ZÄÖÜa-zäöü][\w&./-]{1,11})\s*(?:=|:|\s[–—-])\s+([A-ZÄÖÜ][^\n;|=]{5,110})")
_LAST_SENTENCE = re.compile(r"(?<=[a-zäöüß]{3}[.!?])\s+(?=[A-ZÄÖÜ])")
_MOST_WORDS = 12


@dataclass(slots=True)
class Abbreviations:
    """Short form (casefolded) -> long forms that name actors, in order; and short forms of other things."""

    longs: dict[str, list[str]] = field(default_factory=dict)
    printed: dict[str, str] = field(default_factory=dict)
    others: set[str] = field(default_factory=set)

    def add(self, short: str, long: str) -> None:
        key = short_key(short)
        self.printed.setdefault(key, short)
        if long not in self.longs.setdefault(key, []):
            self.longs[key].append(long)

    def prefer(self, short: str, long: str) -> None:
        """Add a long form and put it before all others."""
        self.add(short, long)
        longs = self.longs[short_key(short)]
        longs.insert(0, longs.pop(longs.index(long)))

    def long(self, short: str) -> str | None:
        found = self.longs.get(short_key(short))
        return found[0] if found else None


def short_key(short: str) -> str:
    return re.sub(r"\s+", " ", short).casefold().strip(" .,;:")


def looks_short(text: str) -> bool:
    """Whether a text may be an abbreviation: up to three words with an acronym among them."""
    words = text.split()
    return 0 < len(words) <= 3 and any(is_acronym(part) for word in words for part in (word, *word.split("-")))


def abbreviates(short: str, long: str) -> bool:
    """Whether the letters of `short` stand in `long` in this order, the first where a word begins.

    Whole parts of `short` that `long` repeats ("MIT-Team", "UTS e.V.") count as found.
    """
    words = long.split()
    rest = {plain(word) for word in words} | {plain(part) for word in words for part in word.split("-")}
    parts = [part for part in re.split(r"[\s-]+", legal_form().sub(" ", short)) if part]
    letters = "".join(part for part in parts if plain(part) not in rest or len(part) < 3)
    letters = "".join(c for c in letters if c.isalnum()).casefold()
    text = long.casefold()
    if not letters or len(short) >= len(long):
        return False
    starts = [match.start() for match in re.finditer(r"\b\w", text) if text[match.start()] == letters[0]]
    return any(_in_order(letters, text, start) for start in starts[:1])


def _in_order(letters: str, text: str, start: int) -> bool:
    place = start - 1
    for letter in letters:
        place = text.find(letter, place + 1)
        if place < 0:
            return False
    return True


def long_form(before: str, short: str) -> str | None:
    """The shortest run of words at the end of `before` that `short` abbreviates and that begins a name."""
    sentence = _LAST_SENTENCE.split(before)[-1]
    words = tidy(sentence).split(" ")[-_MOST_WORDS:]
    first = next((c for c in short if c.isalnum()), "").casefold()
    for start in range(len(words) - 1, -1, -1):
        candidate = " ".join(words[start:])
        if words[start][:1].casefold() == first and abbreviates(short, candidate) and _no_gap(words[start:]):
            return clean(" ".join(words[_widen(words, start) :]))
    return None


def _no_gap(words: list[str]) -> bool:
    """Commas may stand in a name only where "und" closes the list."""
    commas = [index for index, word in enumerate(words) if word.endswith(",")]
    return not commas or any(word in grammar("joiners") for word in words[commas[-1] :])


def _widen(words: list[str], start: int) -> int:
    """Take in the adjectives and the first half of a name before its matched part."""
    while start > 0 and words[start - 1][:1].isupper() and re.search(r"(?:e|er|es|en|em)$", words[start - 1]):
        if head_of(words[start - 1]) is not None or plain(words[start - 1]) in grammar("articles"):
            break
        start -= 1
    return start


def names_actor(long: str, *, in_cell: bool = False) -> bool:
    """Whether a long form names an actor. Out of a cell "Mehrfamilienhäuser (MFH)" names none, though "Haus" may."""
    words = long.split()
    index = head_index(words)
    found = head_of(words[index]) if index is not None else None
    if found is not None and not in_cell and found.head.nominative in grammar("tasks") | grammar("things"):
        found = None
    known = found is not None and _heads_the_name(words, index or 0)
    return known or bool(legal_form().search(long)) or name_key(long) in known_keys()


def _heads_the_name(words: list[str], index: int) -> bool:
    """The actor noun must not stand behind a preposition: "Erstberatung in Gemeinden" names none."""
    return not any(word.casefold() in grammar("prepositions") | grammar("genitive") for word in words[:index])


def collect(texts: Iterable[str], names: Iterable[str], rows: Iterable[str] = ()) -> Abbreviations:
    """The abbreviations of actors that `texts` and `rows` of cells introduce, and those behind whole `names`.

    What a cell prints is an actor, so a short form that stands in one may have a long form that is vague elsewhere.
    """
    found = Abbreviations()
    for name in names:
        _from_name(found, name)
    rows = list(rows)
    used = {word.strip(".,;:()") for row in rows for word in re.split(r"[\s/,]+", row)}
    for text in [*rows, *texts]:
        flat = text.replace("\u2028", " ")
        if "(" in flat:
            _from_text(found, flat, used)
        for match in _LEGEND.finditer(flat):
            _legend(found, match.group(1), match.group(2), used)
    found.others -= found.longs.keys()
    return found


def _from_name(found: Abbreviations, name: str) -> None:
    match = re.fullmatch(r"(.+?)\s*\(([^()]{2,24})\)", name.strip())
    if match and looks_short(match.group(2)) and abbreviates(match.group(2), match.group(1)):
        found.add(match.group(2).strip(), clean(match.group(1)))


def _from_text(found: Abbreviations, text: str, used: set[str]) -> None:
    for match in _PAREN.finditer(text):
        short = match.group(1).strip(' .„“"')
        before = _CUT.split(text[max(0, match.start() - _REACH) : match.start()])[-1]
        long = long_form(before, short) if looks_short(short) and before.strip() else None
        if long is not None:
            _keep(found, short, long, used)
    for match in _AFTER.finditer(text):
        short, long = match.group(1), clean(match.group(2))
        if looks_short(short) and abbreviates(short, long):
            _keep(found, short, long, used)


def _legend(found: Abbreviations, short: str, rest: str, used: set[str]) -> None:
    long = clean(re.split(r"\.\s|,\s(?=[A-ZÄÖÜ][\w&]*\s*[=:])", rest.rstrip("."))[0])
    words = long.split()
    if looks_short(short) and len(words) <= _MOST_WORDS and _no_gap(words) and abbreviates(short, long):
        _keep(found, short, long, used)


def _keep(found: Abbreviations, short: str, long: str, used: set[str]) -> None:
    if names_actor(long, in_cell=used.issuperset(short.split())):
        found.add(short, long)
    else:
        found.others.add(short_key(short))
