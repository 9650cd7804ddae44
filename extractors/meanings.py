"""What a printed label means: the record field that "Zuständig" names. The words are in knowledge/columns.toml."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from rapidfuzz import fuzz

from extractors.celltext import HYPHENS
from extractors.knowledge import added, load
from schemas.errors import ProfileError
from schemas.geometry import Line

_FILE = "columns.toml"
_LONGEST = 120
"""Characters; what is longer is a text and no label."""
_LABEL_TOKENS = 9
_COMPOUND = re.compile(r"(?<=[a-zäöüß])-(?=[A-ZÄÖÜ])")
"""The hyphen of a compound that is also written without: "Maßnahmen-Nummer"."""
_CUT = re.compile(r"(?<=[a-zäöüß])-(?=[a-zäöüß]{3})(?!und\b|oder\b)")
_SERIAL = re.compile(r"[A-ZÄÖÜ]{1,5}[- ]?(?:Nr\.?|Nummer|ID)")
"""The label of numbers that begin with letters: "HSK-Nr."."""
_LINKED = re.compile(r"(?:und|oder|bzw\.|sowie)\s")
"""What follows a hyphen that stands for the rest of a word: "Ziel- und Zeitplanung"."""
_REST = re.compile(r"[.:)]+$|[a-zäöüß](?=\s|:|$)")
"""What begins no line: signs that close a label, and the last letter of a word that its cell broke."""
_INFINITIVE = re.compile(r"\s(?!extern|intern)[a-zäöüß]{3,}(?:en|eln|ern)$")
_SENTENCE_TOKENS = 5
_GENDER = re.compile(r"(?<=[a-zäöüß])(?:[*:_/]-?|/)(?:innen|in|r|n|e|s)\b")
"""The endings of "Akteur*innen", "Verantwortliche:r", "Ansprechpartner/-in", "Maßnahme/n"."""
_PARTS = re.compile(r"\s*[/|&+,;]\s*|\s+(?:und|oder|bzw\.?|sowie)\s+")
_HEAD = 0.97
"""Likeness of a label of several words whose first noun is a known label: "Ziel der Maßnahme"."""
SECOND = 0.92
"""Likeness of a label that is named second only."""
_NEXT = 0.05
"""How much less the second of two labels counts, "Ort / Ziel", and the last word of several, "Erwarteter Nutzen"."""
_ASKED = 0.9
_TOLD_MORE = 0.6
"""How much a word counts behind a noun that is not known: "Ort der Maßnahme" is no measure."""
_WHOLE = 0.93
"""Likeness from which two parts of a word are one label."""
_TYPO = 88.0
"""Likeness, in percent, from which a word of at least seven letters counts as a slip of the pen."""


@dataclass(slots=True, frozen=True)
class _Meaning:
    name: str
    weight: float
    exact: frozenset[str]
    stems: tuple[str, ...]


def key_of(text: str) -> str:
    """A header as words: lower case, no punctuation, no parentheses, the sharp s and spelling variants kept."""
    text = _GENDER.sub("", unicodedata.normalize("NFKC", text).casefold().replace("ss", "ß"))
    text = re.sub(r"\([^)]*\)", " ", text) if not text.strip().startswith("(") else text
    return " ".join(re.findall(r"[\w€#]+", text))


def meaning_names() -> tuple[str, ...]:
    """The record fields that a column or a labelled box may mean."""
    return tuple(name for name in load(_FILE) if name != "plan")


@cache
def _meanings() -> tuple[_Meaning, ...]:
    return tuple(_meaning(name, load(_FILE)[name]) for name in meaning_names())


def _meaning(name: str, table: Any) -> _Meaning:
    # A word that a user's profile gives to one field is taken from all others.
    taken = {word for other, lists in added(_FILE).items() if other not in (name, "plan") for word in lists["exact"]}
    try:
        exact = frozenset(key_of(word) for word in table["exact"]) - taken
        stems = tuple(stem for word in table["stems"] if (stem := key_of(word)) not in taken)
        return _Meaning(name, float(table["weight"]), exact, stems)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ProfileError(f"{_FILE}: [{name}] needs weight, exact and stems: {error!r}") from error


@lru_cache(maxsize=20_000)
def meaning_of(label: str) -> tuple[str | None, float]:
    """(record field, likeness from 0 to 1) of a printed label; (None, 0.0) where nothing fits.

    1.0 is an exact label; 0.9 a label that begins with a known word; less for a known word further back and for slips.
    """
    if len(label) > _LONGEST:
        return None, 0.0
    key = key_of(label)
    if not key:
        return None, 0.0
    if _SERIAL.fullmatch(label.strip(": ")) is not None:
        return "number", _HEAD
    if (exact := _exact(key) or _exact(key_of(_COMPOUND.sub("", label)))) is not None:
        return exact, 1.0
    if (cut := _CUT.sub("", label)) != label:
        return meaning_of(cut)  # "Themen-feld", cut by hand for a narrow column
    tokens = key.split()
    if len(tokens) > _LABEL_TOKENS or _running(label, len(tokens)) or key.replace(" ", "") in _unknown():
        return None, 0.0
    asked = _asked(key) if label.rstrip().endswith("?") else None
    if asked is not None:
        return asked, _ASKED
    likeness = _stem_likeness(key, tokens, _cut_at(label, tokens))
    for name, hit in _head_meanings(label):
        likeness[name] = max(likeness.get(name, 0.0), hit)
    order = {meaning.name: -rank for rank, meaning in enumerate(_meanings())}
    return max(((n, v) for n, v in likeness.items()), key=lambda e: (e[1], order[e[0]]), default=(None, 0.0))


def weight_of(name: str) -> float:
    """How much a label of that meaning speaks for a plan."""
    return next(meaning.weight for meaning in _meanings() if meaning.name == name)


def meanings_of_parts(label: str) -> set[str | None]:
    """What the parts of a label mean, where it has several: "Ziel / Maßnahme"."""
    parts = _PARTS.split(label) if len(label) <= _LONGEST else []
    return {name for name, hit in map(meaning_of, parts) if hit >= _ASKED} if len(parts) > 1 else set()


def _stem_likeness(key: str, tokens: Sequence[str], cut: int) -> dict[str, float]:
    """Record field -> likeness by the stems in the words; those from `cut` on count less."""
    likeness: dict[str, float] = {}
    for position, token in enumerate(tokens):
        for name, hit in _token_meanings(token):
            weight = (0.95 - 0.04 * position) * (_TOLD_MORE if position >= cut else 1.0)
            likeness[name] = max(likeness.get(name, 0.0), hit * weight)
    for name, stem in _stems()[1]:
        if key.startswith(stem):
            likeness[name] = 0.95
    return likeness


def _cut_at(label: str, tokens: Sequence[str]) -> int:
    """The place of the first word behind "der", "für" or their like, where a noun stands before it."""
    at = next((place for place, token in enumerate(tokens) if token in _cuts()), len(tokens))
    first = re.search(r"\w", label)
    return at if at > 0 and first is not None and first[0].isupper() else len(tokens)


def _head_meanings(label: str) -> list[tuple[str, float]]:
    """(record field, likeness) by the nouns that head the parts of a label: "Ziel der Maßnahme", "Frist / Termin"."""
    found: list[tuple[str, float]] = []
    plain = _GENDER.sub("", re.sub(r"\([^)]*\)", " ", label))
    for place, part in enumerate(_PARTS.split(plain)[:3]):
        words = part.split()
        cut = next((n for n, word in enumerate(words) if n and key_of(word) in _cuts()), len(words))
        head = words[:cut]
        while head and re.search(r"\d", head[-1]):
            head.pop()  # "Stand 2024"
        if (
            not head
            or any(character.isdigit() for word in head for character in word)
            or not head[0][:1].isupper()
            or (len(head) < len(words) and key_of(head[-1]) in _whole())
        ):
            continue
        whole, last = _exact(key_of(" ".join(head))), _exact(key_of(head[-1]))
        if whole is not None:
            found.append((whole, _HEAD - place * _NEXT))
        elif last is not None and head[-1][:1].isupper():
            found.append((last, _HEAD - (place + 1) * _NEXT))
    return found


def _exact(key: str) -> str | None:
    return next((meaning.name for meaning in _meanings() if key in meaning.exact), None)


def _asked(key: str) -> str | None:
    """The field that answers a question: the one with the longest beginning that fits."""
    starts = ((start, name) for name, words in load(_FILE)["plan"]["questions"].items() for start in words)
    fits = [(len(start), name) for start, name in starts if f"{key} ".startswith(f"{key_of(start)} ")]
    return max(fits)[1] if fits else None


@cache
def _unknown() -> frozenset[str]:
    return frozenset(key_of(label).replace(" ", "") for label in load(_FILE)["plan"]["unknown"]["exact"])


@cache
def _whole() -> frozenset[str]:
    return frozenset(load(_FILE)["plan"]["cuts"]["whole"])


@cache
def _cuts() -> frozenset[str]:
    return frozenset(load(_FILE)["plan"]["cuts"]["words"])


def names_measure(label: str) -> bool:
    """Whether a label, numbers aside, says that its text is the name of the measure."""
    key = " ".join(token for token in key_of(label).split() if not any(c.isdigit() for c in token))
    return key in _names()


@cache
def _names() -> frozenset[str]:
    return frozenset(key_of(label) for label in load(_FILE)["plan"]["titles"]["exact"])


def _running(label: str, tokens: int) -> bool:
    """Whether a text is part of a sentence: it begins in lower case, or a sentence ends in it."""
    first = label.split()[0]
    within = re.search(r"[a-zäöüß]{4}\.\s+[A-ZÄÖÜ]", label) is not None
    if sum(word[0].isalpha() for word in label.split()) == 2 and _INFINITIVE.search(label.rstrip(": ")):
        return True  # "Kosten senken" is a title
    return tokens >= _SENTENCE_TOKENS and ((first.isalpha() and first.islower()) or within)


@cache
def _stems() -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    """(field, stem) of all stems of one word, and of all stems of several."""
    pairs = [(meaning.name, stem) for meaning in _meanings() for stem in meaning.stems]
    return tuple(p for p in pairs if " " not in p[1]), tuple(p for p in pairs if " " in p[1])


@lru_cache(maxsize=20_000)
def _token_meanings(token: str) -> tuple[tuple[str, float], ...]:
    """(field, likeness) for each field of which a stem is in the word, or nearly is."""
    hits = [(name, stem) for name, stem in _stems()[0] if stem in token]
    if not hits and len(token) >= 7:
        hits = [(name, stem) for name, stem in _stems()[0] if len(stem) >= 6 and token[0] == stem[0]]
    ends = tuple((name, 0.9) for name, end in _ends() if len(end) < len(token) and token.endswith(end))
    return ends + tuple((name, hit) for name, stem in hits if (hit := _token_likeness(token, stem)))


@cache
def _ends() -> tuple[tuple[str, str], ...]:
    return tuple((name, key_of(end)) for name, ends in load(_FILE)["plan"]["ends"].items() for end in ends)


def _token_likeness(token: str, stem: str) -> float:
    """How much a word is a form or a compound of a stem; in German compounds the last part says what a thing is."""
    at = token.find(stem)
    if at >= 0:
        if at and len(stem) < 5:
            return 0.0
        whole_end = len(token) - at - len(stem) <= 3
        return (1.0 if at == 0 else 0.98) if whole_end else (0.93 if at == 0 else 0.9)
    likeness = max(fuzz.ratio(token[: len(stem)], stem), fuzz.ratio(token[: len(stem) + 1], stem))
    return 0.85 if likeness >= _TYPO else 0.0


def joined_label(lines: Sequence[Line]) -> str:
    """The lines of a label as one text: a word cut at a line end is whole again."""
    text = ""
    for line in lines:
        lower = line.text[:1].islower() or (line.text.isupper() and text.isupper()) or not line.text[:1].isalnum()
        hyphen = text.endswith(HYPHENS) and not _LINKED.match(line.text)
        if hyphen and (lower or text[-2:-1].isalnum()):
            text = (text[:-1] if lower else text) + line.text
        elif text.endswith("/") or _REST.match(line.text) or (lower and _one_word(text, line.text)):
            text += line.text
        else:
            text = f"{text} {line.text}"
    return text.strip()


def _one_word(text: str, below: str) -> bool:
    """Whether a narrow cell broke a label anywhere, without a hyphen: "Kurzbeschreib", "ung"."""
    together = meaning_of(f"{text}{below}".strip(": "))[1]
    return together >= _WHOLE and together > meaning_of(f"{text} {below}".strip(": "))[1]


def ends_open(label: str) -> bool:
    """Whether a label goes on in the next line: it ends with a hyphen, or with "der", "für" or their like."""
    last = label.split()[-1]
    links = (*load(_FILE)["plan"]["cuts"]["words"], *load(_FILE)["plan"]["cuts"]["links"])
    return last.endswith((*HYPHENS, "/", "&")) or key_of(last) in links
