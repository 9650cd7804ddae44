"""Which separators stand inside a name, and which blanks stand between two."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from extractors.actors.names import actor_like, clean, head_index, is_number, name_key, nominative, same_person
from extractors.actors.words import (
    grammar,
    head_of,
    is_acronym,
    known_names,
    legal_form,
    plain,
    text_words,
)

_INNER = re.compile(r"[,/&+;]|\s(?:und|sowie|oder)\s")


class Document:
    """The names that one document (and the knowledge) vouches for while its cells are cut."""

    def __init__(self, names: Iterable[str] = (), shorts: Iterable[str] = (), parties: Iterable[str] = ()) -> None:
        names = [clean(name) for name in names]
        self._keys = {name_key(name) for name in names} | {name_key(name) for name in known_names()}
        self._shorts = {short.casefold() for short in shorts}
        inner = {name for name in [*names, *known_names(), *parties] if _INNER.search(name)}
        choice = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in sorted(inner, key=len, reverse=True))
        self._inner = re.compile(rf"(?:{choice})(?![\w-])") if choice else None

    def protected_at(self, text: str, place: int) -> int:
        """The end of a known name with a separator inside that begins at `place`; 0 where none does."""
        if self._inner is None or (place and (text[place - 1].isalnum() or text[place - 1] == "-")):
            return 0
        match = self._inner.match(text, place)
        return match.end() if match else 0

    def knows(self, name: str) -> bool:
        return name_key(name) in self._keys or name.casefold() in self._shorts

    def is_short(self, name: str) -> bool:
        """Whether the document introduces the name as an abbreviation of an actor."""
        return name.casefold() in self._shorts

    def seam(self, left: Sequence[str], right: Sequence[str]) -> bool:
        """Whether one actor ends with `left` and another begins with `right`, though only a blank stands between."""
        if not left or not right or left[-1].endswith((":", "–", "—")) or self.knows(" ".join([*left, *right])):
            return False
        if plain(right[0]) in text_words("regions") and len(right) > 1:
            return False  # "Gesundheitsamt Kreis Moorau"
        closed = _closed(left[-1])
        known = self.knows(clean(" ".join(left)))
        start = 1 if len(right) > 1 and _is_adjective(right[0]) and head_of(right[1]) is not None else 0
        heads = head_of(right[start]) is not None and plain(right[start]) not in grammar("people") | grammar("topics")
        if closed and (heads or (is_acronym(right[0]) and self.knows(right[0]))):
            return not _explains(left)
        short = " ".join(left).casefold() in self._shorts
        if short and head_of(right[0]) is not None and (_closed(right[0]) or self.knows(" ".join(right))):
            return True
        return known and not _open(left[-1]) and (self.knows(" ".join(right)) or (heads and _closed(right[start])))

    def may_name(self, name: str, words: Sequence[str]) -> bool:
        """Whether an atom can be an actor at all: not "wird noch geklärt", not "bei Fragen der Technik"."""
        if self.knows(name):
            return True
        first = next((word for word in words if word), "")
        if plain(first) in grammar("prepositions") and first[:1].islower():
            return False
        return any(c.isupper() for c in name) or is_number(name)


def _is_adjective(word: str) -> bool:
    particles = grammar("articles") | grammar("prepositions") | grammar("joiners")
    return word[:1].islower() and word not in particles and bool(re.search(r"(?:e|en|er|es|em)$", word))


def _closed(word: str) -> bool:
    found = head_of(word)
    low = found.head.nominative if found is not None else plain(word)
    return low in grammar("closed") or (found is not None and plain(found.nominative) in grammar("closed"))


def _open(word: str) -> bool:
    found = head_of(word)
    return (found is not None and found.head.nominative in grammar("open")) or plain(word) in grammar("open")


def _explains(words: Sequence[str]) -> bool:
    """Whether a word before makes the last one a part of the name: "Beirat für Schulen"."""
    return any(word.casefold() in grammar("articles") | grammar("purpose") | grammar("genitive") for word in words)


def is_open(name: str) -> bool:
    """Whether topics may follow: the name has an open noun, or "für", and is no list of bare actors."""
    words = name.split()
    index = head_index(words)
    if index is None:
        return False
    return any(word in grammar("purpose") for word in words) or (_open(words[index]) and index < len(words) - 1)


def is_topic(text: str) -> bool:
    """Whether a text is a topic rather than an actor: "Familie", "Bildung", "häusliche Gewalt"."""
    words = [word for word in text.split() if word[:1].isupper()]
    if not words or is_number(words[-1]):
        return False
    last = plain(words[-1])
    found = head_of(words[-1])
    if last in grammar("topics") | grammar("people") or (
        found is not None and found.head.nominative in grammar("tasks")
    ):
        return len(words) == 1
    return not actor_like(text)


def topics_follow(left: str, sep: str, rest: Sequence[tuple[str, str]]) -> bool:
    """Whether the atoms `rest` (each with the separator behind it) go on the list of topics that `left` begins:
    up to an "und", all of them are topics; without one, the next must be a well-known topic."""
    if _represents(left):
        return _closes(rest, lambda text: len(text.split()) == 1 and head_of(text) is not None)
    if not is_open(left) or not rest or _full(left):
        return False
    if sep == "," and _closes(rest, is_topic):
        return True
    return plain(rest[0][0]) in grammar("topics") and head_of(rest[0][0]) is None


def _closes(rest: Sequence[tuple[str, str]], fits: object) -> bool:
    assert callable(fits)
    for index, (text, after) in enumerate(rest[:-1]):
        if not fits(text):
            return False
        if after in grammar("joiners"):
            return bool(fits(rest[index + 1][0]))
        if after != ",":
            return False
    return False


def _full(left: str) -> bool:
    """Whether the list of topics is closed by an "und" already: "Fachbereich Jugend, Familie und Bildung"."""
    words = left.split()
    joined = [i for i, word in enumerate(words) if word in grammar("joiners") and not words[i - 1].endswith("-")]
    return bool(joined) and "," in words[: joined[-1]]


def _represents(left: str) -> bool:
    words = left.split()
    index = head_index(words)
    if index is None or index + 2 >= len(words):
        return False
    found = head_of(words[index])
    return (
        found is not None and found.head.nominative in grammar("represents") and words[index + 1] in grammar("genitive")
    )


def joins(left: str, sep: str, right: str, document: Document) -> bool:
    """Whether `left`, the separator and `right` are one name. One without words, a bracket alone, joins nothing."""
    if not left.split() or not right.split():
        return False
    if left.endswith("-") or (right.startswith("-") and right[1:2].isalpha()):
        return sep not in (";", "\n", "")
    if sep == "/":
        if is_number(left.split()[-1]) and is_number(right):
            # "I/61" is an office of a department, "61/62" are two offices.
            return is_number(left) and left[0].isdigit() != right[0].isdigit()
        return not actor_like(left) and not actor_like(right)
    if sep == "," or sep not in grammar("joiners"):
        return False
    if is_number(right):
        return False
    if same_person(left.split()[-1], right.split()[0]):
        return True
    return _joined_by_and(left, sep, right, document)


def _joined_by_and(left: str, sep: str, right: str, document: Document) -> bool:
    if document.is_short(left) and not document.knows(f"{left} {sep} {right}"):
        return False
    if document.knows(clean(right)) and actor_like(left) and not is_topic(right):
        return False
    if _represents(left) and len(right.split()) == 1 and not is_acronym(right):
        return True
    if is_open(left) and not _full(left):
        return is_topic(clean(right))
    if _open_end(left) and is_topic(clean(right)):
        return True
    if not actor_like(left) and not actor_like(right):
        return not document.knows(clean(left)) and not document.knows(clean(right)) and sep != "sowie"
    if sep == "&" and bool(legal_form().search(right)):
        return True
    return plain(right) in grammar("topics") and not _closed(left.split()[-1])


def _open_end(left: str) -> bool:
    """A unit whose name is its task: "Stadtplanung und Umwelt"."""
    return len(left.split()) > 1 and _open(left.split()[0])


def number_head(words: Sequence[str]) -> str:
    """The noun, in the singular, of a unit with a number: "Amt" for "Ämter 61"; "" where there is none."""
    if len(words) != 2 or not is_number(words[1]):
        return ""
    found = head_of(words[0])
    if found is None:
        return ""
    if found.head.numbers == "p":
        lemma = found.head.lemma
        return found.stem + lemma if found.stem else lemma[:1].upper() + lemma[1:]
    return words[0] if words[0].endswith(".") or is_acronym(words[0]) else nominative(words[0])
