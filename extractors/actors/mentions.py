"""Actors in running text: names the document knows, abbreviations, and names built by the rules of German."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from extractors.actors.names import is_number, stem
from extractors.actors.words import (
    HeadWord,
    grammar,
    head_of,
    is_acronym,
    known_names,
    legal_form,
    plain,
    text_words,
)
from schemas.records import MentionOrigin

_TOKEN = re.compile(r"[^\W_]+(?:[-–:*./&’'][^\W_]+)*(?:-(?=\s|,))?")
_STOP = re.compile(r"[^\s„“\"'»«(]|\s{2,}|\n")
_PROPER = re.compile(r"^[A-ZÄÖÜ][\wäöüß.-]*$")
_ABSTRACT = re.compile(r"(?:ung|ungen|heit|heiten|keit|keiten|tion|tionen|schaft|mittel|nahme|nahmen|ismus|ität|nis|tum|bedarf|konzept|kosten|euro|prozent)$")
_ADJECTIVAL = re.compile(r"(?:ische|liche|ige|sche|er)[nrsm]?$|^(?:Deutsche|Rote|Freie|Hohe|Neue|Alte)[nrsm]?$")
_LAW = re.compile(r"(?:G|GB|VO|V|O|gG)$")
_KNOWN, _RULE, _ACRONYM = 0.95, 0.85, 0.6


@dataclass(frozen=True, slots=True)
class Token:
    text: str
    start: int
    end: int
    gap: str
    """What stands between this token and the one before."""


@dataclass(frozen=True, slots=True)
class Span:
    """A name in a text, with offsets. `key` is the actor's where the lexicon knows it."""

    start: int
    end: int
    origin: MentionOrigin
    confidence: float
    key: str | None = None


def tokens_of(text: str) -> list[Token]:
    found: list[Token] = []
    end = 0
    for match in _TOKEN.finditer(text):
        found.append(Token(match.group(), match.start(), match.end(), text[end : match.start()]))
        end = match.end()
    return found


class Lexicon:
    """Names to be found in running text, in any declension: a trie of word stems."""

    def __init__(self) -> None:
        self._root: dict[str, Any] = {}
        self.shorts: dict[str, str] = {}

    def add(self, name: str, key: str | None, origin: MentionOrigin) -> None:
        """A name to find; `key` is the actor that it means."""
        stems = [stem(token.text) for token in tokens_of(legal_form().sub("", name) or name) if not _skipped(token.text)]
        if not stems or not any(c.isupper() for c in name):
            return
        node = self._root
        for word in stems:
            node = node.setdefault(word, {})
        node.setdefault("", (key, origin))

    def add_short(self, short: str, key: str) -> None:
        """An abbreviation, found only as it is printed."""
        words = short.split()
        if len(words) == 1:
            self.shorts.setdefault(short, key)
        else:
            self.add(short, key, "abbreviation")

    def longest(self, tokens: Sequence[Token], index: int) -> tuple[int, str | None, MentionOrigin] | None:
        """The index behind the longest name that begins at `index`, its key and its origin."""
        if not tokens[index].text[:1].isupper() and not _adjective_start(tokens, index):
            return None
        node, place = self._root, index
        best: tuple[int, str | None, MentionOrigin] | None = None
        while place < len(tokens):
            token = tokens[place]
            if place > index and (_broken(token.gap) or _skipped(token.text)):
                if _broken(token.gap):
                    break
                place += 1
                continue
            node = node.get(stem(token.text), {})
            if not node:
                break
            place += 1
            if "" in node:
                best = (place, *node[""])
        return best


def _adjective_start(tokens: Sequence[Token], index: int) -> bool:
    return index + 1 < len(tokens) and tokens[index + 1].text[:1].isupper()


def _skipped(word: str) -> bool:
    return word.casefold() == "für" or word.casefold() in grammar("articles")


def _broken(gap: str) -> bool:
    return bool(_STOP.search(gap.strip(" ,"))) or "\n" in gap or (bool(gap.strip()) and gap.strip() not in ",&")


def spans_of(text: str, lexicon: Lexicon) -> list[Span]:
    """The actors of a text, without overlap, in order."""
    tokens = tokens_of(text)
    found: list[Span] = []
    index = 0
    while index < len(tokens):
        hit = _at(text, tokens, index, lexicon)
        if hit is None:
            index += 1
            continue
        begin, end, origin, confidence, key = hit
        stop = _with_legal_form(text, tokens[end - 1].end)
        found.append(Span(tokens[begin].start, stop, origin, confidence, key))
        while index < len(tokens) and tokens[index].start < stop:
            index += 1
    return found


def _at(
    text: str, tokens: Sequence[Token], index: int, lexicon: Lexicon
) -> tuple[int, int, MentionOrigin, float, str | None] | None:
    """The name that begins at the token: (first, behind the last, origin, confidence, key)."""
    token = tokens[index]
    known = lexicon.longest(tokens, index)
    rule = _rule(text, tokens, index)
    if known is not None and _is_place(tokens, index, known[0]):
        known = None
    if rule is not None and (known is None or rule > known[0]):
        return index, rule, "rule", _RULE, None
    if known is not None:
        return index, known[0], known[2], _KNOWN, known[1]
    if token.text in lexicon.shorts:
        return index, index + 1, "abbreviation", _KNOWN, lexicon.shorts[token.text]
    head, _, tail = token.text.rpartition("-")
    if head in lexicon.shorts and tail[:1].isupper() and lexicon.shorts[head].split(" ")[0].endswith(tail.casefold()):
        return index, index + 1, "abbreviation", _KNOWN, lexicon.shorts[head]
    if _bare_acronym(tokens, index):
        return index, index + 1, "rule", _ACRONYM, None
    return None


def _with_legal_form(text: str, end: int) -> int:
    match = legal_form().match(text, end + 1) if text[end : end + 1] == " " else None
    return match.end() if match else end


def _rule(text: str, tokens: Sequence[Token], index: int) -> int | None:
    """The index behind a name that the rules build from `index` on; None where none begins."""
    place = _head_place(tokens, index)
    if place is None:
        return _company(text, tokens, index)
    found = _text_head(tokens[place].text)
    if found is None:
        return _company(text, tokens, index)
    end = _extend(text, tokens, place, found)
    alone = end == place + 1 and place == index and not found.stem
    if alone and found.head.nominative in grammar("vague") and not _legal_next(text, tokens[place].end):
        return None
    return None if _is_place(tokens, place, end) else end


@lru_cache(maxsize=65536)
def _text_head(word: str) -> HeadWord | None:
    found = head_of(word) if word[:1].isupper() else None
    return found if found is not None and found.head.in_text else None


def _head_place(tokens: Sequence[Token], index: int) -> int | None:
    """Where the actor noun stands of a name whose first word is at `index`: behind adjectives, "Sozial- und", a first name."""
    place = index
    while place < len(tokens) - 1 and place < index + 5:
        word = tokens[place].text
        if place > index and _broken(tokens[place].gap):
            return None
        if word.endswith("-"):
            place += 2 if tokens[place + 1].text.casefold() in grammar("joiners") else 1
            continue
        if _text_head(word) is not None:
            return place
        if not _leads_name(tokens, place, index):
            return None
        place += 1
    return place if place < len(tokens) and _text_head(tokens[place].text) is not None and (
        place == index or not _broken(tokens[place].gap)
    ) else None


@lru_cache(maxsize=1)
def _name_adjectives() -> frozenset[str]:
    return frozenset(stem(word) for word in text_words("adjectives"))


def _leads_name(tokens: Sequence[Token], place: int, index: int) -> bool:
    """Whether a word before the noun belongs to the name."""
    word = tokens[place].text
    if stem(word) in _name_adjectives():
        return True
    if not word[:1].isupper() or head_of(word) is not None or word.casefold() in grammar("articles"):
        return False
    if _sentence_start(tokens, place):
        return False
    if _ADJECTIVAL.search(word):
        return True
    # A proper name before the noun: "die Baden-Württemberg Stiftung".
    before = tokens[place - 1].text.casefold() if place else ""
    return place == index and before in grammar("articles") and ("-" in word or word.isupper())


def _sentence_start(tokens: Sequence[Token], place: int) -> bool:
    return place == 0 or bool(re.search(r"[.!?:\n]", tokens[place].gap))


def _extend(text: str, tokens: Sequence[Token], place: int, found: HeadWord) -> int:
    """The index behind the name whose noun stands at `place`."""
    end = place + 1
    noun = found.head.nominative
    while end < len(tokens) and not _broken(tokens[end].gap) and not tokens[end].gap.strip():
        word = tokens[end].text
        if is_number(word) and found.head.kind in ("unit", "department") and (word[0].isdigit() or word.isupper()):
            end += 1
        elif word == "für" and end + 1 < len(tokens):
            behind = _topics(tokens, end + 1)
            if behind is None:
                break
            return behind
        elif word in ("der", "des") and noun in grammar("relational"):
            return _genitive(text, tokens, end) or end
        elif _names_on(tokens, end, found):
            end = _topics(tokens, end) or end + 1 if noun in grammar("open") else end + 1
        else:
            break
    return end


def _names_on(tokens: Sequence[Token], end: int, found: HeadWord) -> bool:
    """Whether the capitalised word at `end` goes on the name: a topic, or a place."""
    word = tokens[end].text
    if not _PROPER.match(word) or _text_head(word) is not None or is_number(word):
        return False
    if found.head.nominative in grammar("open"):
        return found.head.numbers != "p"
    if "p" in found.head.numbers and found.head.nominative not in ("stadtwerke", "verkehrsbetriebe"):
        return False
    return not _ABSTRACT.search(word) and head_of(word) is None and found.head.kind not in ("group", "person")


def _topics(tokens: Sequence[Token], index: int) -> int | None:
    """The index behind a list of topics: "Umwelt", "Kinder und Jugend", "Bildung, Kultur und Sport"."""
    place = index
    while place < len(tokens) and tokens[place].text.casefold() in grammar("articles") and not tokens[place].gap.strip():
        place += 1
    while place < len(tokens) and tokens[place].text[:1].islower() and _adjective_start(tokens, place) and _ends_like_adjective(tokens[place].text):
        place += 1
    if place >= len(tokens) or not tokens[place].text[:1].isupper():
        return None
    end = place + 1
    while end < len(tokens):
        step = _next_topic(tokens, end)
        if step is None:
            break
        end = step
    if end + 1 < len(tokens) and tokens[end].text == "mit" and plain(tokens[end - 1].text) in grammar("people"):
        end += 2
    return end


def _ends_like_adjective(word: str) -> bool:
    return word.endswith(("e", "en", "er", "es", "em")) and word not in grammar("prepositions")


def _next_topic(tokens: Sequence[Token], end: int) -> int | None:
    word, gap = tokens[end].text, tokens[end].gap.strip()
    if gap == "" and word.casefold() in ("und", "sowie", "&") and end + 1 < len(tokens):
        after = tokens[end + 1].text
        if after[:1].isupper() and _text_head(after) is None and not is_acronym(after) and not tokens[end + 1].gap.strip():
            return end + 2
        return None
    if gap == "&" and word[:1].isupper():
        return end + 1
    if gap == "," and word[:1].isupper() and _text_head(word) is None:
        for place in range(end, min(end + 6, len(tokens) - 1)):
            if tokens[place].text in ("und", "&"):
                return end + 1 if tokens[place + 1].text[:1].isupper() and _text_head(tokens[place + 1].text) is None else None
            if place > end and tokens[place].gap.strip() != ",":
                return None
        return None
    return end + 1 if gap == "" and tokens[end - 1].text.endswith("-") and word[:1].isupper() else None


def _genitive(text: str, tokens: Sequence[Token], index: int) -> int | None:
    """The index behind "der VOLKSWOHNUNG GmbH", "des Kreises Ostholstein", "der Länder"."""
    place = index + 1
    while place < len(tokens) and tokens[place].text[:1].isupper() and not tokens[place].gap.strip():
        found = _text_head(tokens[place].text)
        place += 1
        if found is not None and not (place < len(tokens) and _names_on(tokens, place, found)):
            break
    return place if place > index + 1 else None


def _legal_next(text: str, end: int) -> bool:
    return bool(legal_form().match(text, end + 1))


def _company(text: str, tokens: Sequence[Token], index: int) -> int | None:
    """The index behind "Umwelt Technik Soziales e.V.": capitalised words before a legal form."""
    place = index
    while place < len(tokens) and place < index + 7:
        token = tokens[place]
        if place > index and (_broken(token.gap) or "," in token.gap):
            return None
        proper = token.text[:1].isupper() or token.text[:1].isdigit()
        joined = place > index and token.text in ("und", "für", "der", "am", "im", "von", "zu")
        if not proper and not joined:
            return None
        if proper and place == index and (token.text[:1].isdigit() or token.text.casefold() in grammar("articles")):
            return None
        if proper and not joined and _legal_next(text, token.end) and text[token.end] == " ":
            return place + 1
        place += 1
    return None


def _is_place(tokens: Sequence[Token], index: int, end: int) -> bool:
    """Whether Stadt, Kreis or Land is meant as a region: "in der Stadt", "aus dem Kreis"."""
    if tokens[index].text.casefold() not in text_words("regions"):
        return False
    before = [token.text.casefold() for token in tokens[max(0, index - 2) : index]]
    if not before or tokens[index].gap.strip():
        return False
    if before[-1] in text_words("locative"):
        return True
    return len(before) > 1 and before[0] in text_words("locative") and before[1].islower()


def _bare_acronym(tokens: Sequence[Token], index: int) -> bool:
    """An acronym behind an article, where it acts like a name: "von den VBK", "das ZKM"."""
    word = tokens[index].text
    if not is_acronym(word) or len(word) < 3 or word.casefold() in text_words("not_actors") or not index:
        return False
    if any(c.islower() for c in word) and _LAW.search(word):
        return False
    if tokens[index - 1].text.casefold() not in text_words("acronym_before") or tokens[index].gap.strip():
        return False
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    # "die VHS Einsparungen vornimmt" acts; "der ÖPNV-Plan" and "die EOK Kurse" do not: a number makes it a thing.
    return not (after is not None and not after.gap.strip() and after.text[:1].isdigit())


def known_lexicon(lexicon: Lexicon) -> Lexicon:
    """`lexicon` with the names that every council knows."""
    for name in known_names():
        lexicon.add(name, None, "rule")
    return lexicon


def party_names(names: Iterable[str]) -> list[str]:
    return sorted(names, key=len, reverse=True)
