"""Words of running text, and the names that a document looks for in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from extractors.actors.names import stem
from extractors.actors.words import grammar, is_acronym, known_names, legal_form, party_list
from schemas.records import MentionOrigin

_TOKEN = re.compile(
    r"[A-ZÄÖÜ]\w*[A-ZÄÖÜ](?:/[A-ZÄÖÜ]+(?!\w))+(?:-\w+)*"  # CDU/FDP-Fraktion
    r"|[^\W_]+(?:(?:[-–:*.&’']|/-?(?=in|r\b|n\b))[^\W_]+)*(?:-(?=\s|,))?"
)
_STOP = re.compile(r"[^\s„“\"'»«(]|\s{2,}|\n")


@dataclass(frozen=True, slots=True)
class Token:
    text: str
    start: int
    end: int
    gap: str
    """What stands between this token and the one before."""


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
        self.others: frozenset[str] = frozenset()
        """Abbreviations, casefolded, that the document introduces for something that is no actor."""

    def add(self, name: str, key: str | None, origin: MentionOrigin) -> None:
        """A name to find; `key` is the actor that it means."""
        stems = [
            stem(token.text) for token in tokens_of(legal_form().sub("", name) or name) if not is_skipped(token.text)
        ]
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
        if not tokens[index].text[:1].isupper() and not noun_follows(tokens, index):
            return None
        node, place = self._root, index
        best: tuple[int, str | None, MentionOrigin] | None = None
        while place < len(tokens):
            token = tokens[place]
            if place > index and (broken(token.gap) or is_skipped(token.text)):
                if broken(token.gap):
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


def noun_follows(tokens: Sequence[Token], index: int) -> bool:
    return index + 1 < len(tokens) and tokens[index + 1].text[:1].isupper()


def is_skipped(word: str) -> bool:
    return word.casefold() in grammar("articles") | grammar("purpose")


def broken(gap: str) -> bool:
    return bool(_STOP.search(gap.strip(" ,"))) or "\n" in gap or (bool(gap.strip()) and gap.strip() not in ",&")


def add_known(lexicon: Lexicon) -> Lexicon:
    """`lexicon` with the names that every council knows."""
    for name in [*known_names(), *filter(is_acronym, party_list())]:
        lexicon.add(name, None, "rule")
    return lexicon


@lru_cache(maxsize=1)
def general_lexicon() -> Lexicon:
    """The names that every council knows, and no others."""
    return add_known(Lexicon())
