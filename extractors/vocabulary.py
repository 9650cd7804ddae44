"""The words of a document, and what they tell of words that a line end cuts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import pairwise

from extractors.knowledge import words as knowledge_words
from schemas.geometry import Page

_EDGE = re.compile(r"^[\W_]+|[\W_]+$")
_WHOLE_NUMBER = re.compile(r"\d{1,2}\.\d{1,2}\.(?:19|20)\d\d|\d{1,3}(?:\.\d{3})+")
_CLOSING = re.compile(r"[.,;:!?)]{1,2}")
"""Signs that end a text and never begin a line."""
_CUT_LETTERS = 9
"""A word of a cell that is cut at its end has so many letters before the cut, at least."""
_SHORT_LETTERS = 3
"""Letters up to which the words are known that begin in lower case."""
_ENDING_LETTERS = 5
"""Letters from which the rest of a word that is cut seldom reads as another that stands there, too."""
_CONSONANTS = re.compile(r"[bcdfghjklmnpqrstvwxzß]{2,}(?=.)")
_NOUN = re.compile(r"[a-zäöüß]{2,}(?:(?<!j)ung|ungen|heit|keit|schaft|schaften|tion|tionen|ität)")
"""Endings of nouns, which begin with a capital where they are whole."""
_VERB = re.compile(
    r"(?:auf|aus|ein|an|ab|um|durch|vor|weiter|be|ver|er|ent|über|unter|zusammen|nach|mit)[a-zäöüß]{3,9}en"
)
"""Infinitives as they end the names of measures: "Radwege", "ausbauen"."""
_OPEN = re.compile(r"[a-zäöü]{4}[bcdfgkpt][lr]$")
"""Consonants with which no word ends: "Zentr"."""
_INFLECTED = ("en", "er", "em", "es", "t", "ung", "ungen")
"""Endings of words that are inflected; a word that is cut anywhere seldom has one at both ends."""


class Vocabulary:
    """The words of one document: which of them a hyphen at a line end parts, and which a narrow cell cuts."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._words = {bare(text).casefold() for text in texts}
        self._whole: set[str] = set()
        self._usual: set[str] = set()

    @classmethod
    def of(cls, pages: Iterable[Page]) -> Vocabulary:
        words = [word for page in pages for word in page.words]
        keys = [bare(word.text).casefold() for word in words]
        vocabulary = cls()
        vocabulary._words = set(keys)
        before: dict[str, str] = {}
        for (left, right), (left_key, key) in zip(pairwise(words), pairwise(keys), strict=True):
            if before.setdefault(key, left_key) != left_key:
                vocabulary._usual.add(key)
            if 0 < right.x0 - left.x1 < 0.5 * left.size and left.top < right.middle < left.bottom:
                vocabulary._whole.add(key)
        return vocabulary

    def __contains__(self, word: str) -> bool:
        return bare(word).casefold() in self._words

    def is_cut(self, word: str, rest: str, *, full: bool, alone: bool) -> bool:
        """Whether `word`, alone on its line, goes on with `rest`, the first word of the next one, without a hyphen.

        `full` says that the cell has no room for another letter behind `word`, `alone` that `rest` fills its line.
        """
        if _WHOLE_NUMBER.fullmatch(word + rest) and not _WHOLE_NUMBER.fullmatch(word):
            return True  # a date, or an amount with points between its thousands
        if _CLOSING.fullmatch(rest):
            return True
        if not word[-1].isalpha() or not rest[0].islower():
            return False
        if full and (_OPEN.search(word) is not None or self.is_rest(rest)):
            return True
        if _is_whole(rest):
            return False
        if alone and len(rest) == 1 and len(word) >= _CUT_LETTERS:
            return True  # no line is a letter
        known = len(word) >= _CUT_LETTERS and word + rest in self
        return known or (full and self._goes_on(word, rest, alone))

    def is_rest(self, text: str) -> bool:
        """Whether no word begins as a text does: it is the rest of one, "shandwerkerschaft"."""
        key = bare(text).casefold()
        consonants = _CONSONANTS.match(key)
        strange = consonants is not None and consonants[0] not in _onsets() and key not in self._whole
        return not _is_whole(text) and (strange or key.startswith(_rests()) or _NOUN.fullmatch(key) is not None)

    def _goes_on(self, word: str, rest: str, alone: bool) -> bool:
        key = bare(rest).casefold()
        if len(key) == 1:
            return alone or rest != f"{key}." or key not in _short_words()  # "z. B." goes on
        if len(key) <= _SHORT_LETTERS:
            return key not in _short_words()
        participle = key.startswith("ge") and key.endswith(("t", "en")) and len(key) > _ENDING_LETTERS
        two = (
            participle
            or _VERB.fullmatch(key) is not None
            or (word.endswith(_INFLECTED) and key.endswith(_INFLECTED) and len(key) >= _ENDING_LETTERS)
        )
        return len(word) >= _CUT_LETTERS and not two and not self._are_words(bare(word).casefold(), key)

    def _are_words(self, word: str, rest: str) -> bool:
        """Whether one of two stands behind others on their lines, or the second behind several words."""
        usual = len(rest) >= _ENDING_LETTERS and rest in self._usual
        return usual or word in self._whole or rest in self._whole


def _is_whole(rest: str) -> bool:
    """Whether the first word of a line is surely none that the line before cut: "mbH", "e.V.", "und"."""
    key = bare(rest)
    inner = any(letter.isupper() or letter == "." for letter in key[1:])
    return not rest[0].islower() or inner or key.casefold() in _small_words()


def bare(text: str) -> str:
    """The text without the signs before and behind it."""
    return _EDGE.sub("", text)


@cache
def _small_words() -> frozenset[str]:
    kinds = ("open_ended", "verbs", "abbreviations")
    return frozenset(word for kind in kinds for word in knowledge_words("text.toml", kind, "words"))


@cache
def _rests() -> tuple[str, ...]:
    return tuple(knowledge_words("text.toml", "rests", "words"))


@cache
def _onsets() -> frozenset[str]:
    return frozenset(knowledge_words("text.toml", "onsets", "words"))


@cache
def _short_words() -> frozenset[str]:
    return frozenset(knowledge_words("text.toml", "short", "words"))
