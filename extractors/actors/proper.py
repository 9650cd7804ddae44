"""Names that no actor noun heads: persons behind their titles, parties, acronyms that act."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from extractors.actors.lexicon import Token
from extractors.actors.names import is_number
from extractors.actors.words import (
    expansions,
    grammar,
    head_of,
    is_acronym,
    morphology,
    party_list,
    plain,
    printed_words,
    text_words,
)

_DOTTED = re.compile(r"^[A-ZÄÖÜ][\wäöüß-]+\.([A-ZÄÖÜ]{2,4})$")
_MOST_NAMES = 2
_PHRASE = frozenset({"Stadt", "Land"})
_GENITIVE = frozenset({"der", "den", "zu", "zur", "vom"})
_DECLINED = re.compile(r"(?:elle|ische|liche|ige)[nrsm]?$")


def begins_sentence(word: str) -> bool:
    """Whether a word with a capital is an article or preposition: a name before it has ended ("Stadt Münster Die")."""
    low = word.casefold()
    return low in grammar("articles") or low in grammar("prepositions")


def ends_name(word: str) -> bool:
    """Whether no name goes on with this word: a label of a form, or the short form of an actor noun."""
    low = word.casefold()
    return low in text_words("labels") or low in expansions()


def person_end(tokens: Sequence[Token], index: int) -> int | None:
    """The index behind "Frau Dr. Petersen-Jürgs" or "Stadtrat Kaspar Thömmes"; None where no person is named."""
    place = index
    while place < len(tokens) and _is_title(tokens, place, index):
        place += 1
    if place == index or (_only_academic(tokens, index, place) and not _given(tokens, place)):
        return None
    if place < len(tokens) and _is_rank(tokens[place - 1].text) and tokens[place].text in _GENITIVE:
        return None  # "Leiter der Gärtnerei"
    if place > index + 1 and tokens[place - 2].text.casefold() in grammar("relational"):
        council = head_of(tokens[place - 1].text)
        if council is not None and council.head.kind == "committee":
            return None  # "Vorsitzende Stadtrat Kronfeld" presides over a council
    formal = any(tokens[at].text.casefold() in text_words("formal") for at in range(index, place))
    if not formal and index and tokens[index - 1].text.casefold() in grammar("articles"):
        office = head_of(tokens[index].text)
        if (office is None or office.head.kind != "person") and not _is_rank(tokens[index].text):
            return None  # "der Stadtrat Kronfeld" is the council of a town
    end, names = place, 0
    while end < len(tokens) and names < _MOST_NAMES and _is_name(tokens, end):
        names += tokens[end].text[:1].isupper()
        end += 1
    while end > place and tokens[end - 1].text.casefold() in text_words("name_particles"):
        end -= 1
    return end if end > place else None


def _joined(tokens: Sequence[Token], place: int, first: int) -> bool:
    """Whether nothing but blanks, or the dot of "Dr.", stands before the token."""
    if place == first:
        return True
    gap, before = tokens[place].gap, tokens[place - 1].text
    dotted = before.casefold() in text_words("academic") | text_words("formal") or len(before) == 1
    return "\n" not in gap and (not gap.strip() or (gap.strip() == "." and dotted))


def _is_title(tokens: Sequence[Token], place: int, first: int) -> bool:
    word = tokens[place].text
    low = word.casefold()
    if not _joined(tokens, place, first):
        return False
    if low in text_words("formal") | text_words("academic"):
        return word[:1].isupper()
    found = head_of(word)
    if low in text_words("offices") or word in printed_words("office_letters") or _is_rank(word):
        return True
    return found is not None and found.head.kind == "person" and "s" in found.head.numbers and found.head.in_text


@lru_cache(maxsize=16384)
def _is_rank(word: str) -> bool:
    """ "Polizeihauptkommissar", "Oberbrandmeisterin", "Projektleiter": a rank or post at the end of a compound."""
    low = plain(word)
    return word[:1].isupper() and any(low.endswith(end) for end in text_words("office_ends"))


def _only_academic(tokens: Sequence[Token], index: int, place: int) -> bool:
    """ "Dr.-Haas-Straße" and "Dr. Oetker" name no person of a council."""
    return all(token.text.casefold() in text_words("academic") for token in tokens[index:place])


def _given(tokens: Sequence[Token], place: int) -> bool:
    """ "Prof. Dr. Anton Reuss": a given name behind the degrees."""
    return place < len(tokens) and tokens[place].text in printed_words("given_names")


def _is_name(tokens: Sequence[Token], place: int) -> bool:
    word = tokens[place].text
    if not _joined(tokens, place, -1):
        return False
    if word in text_words("name_particles"):
        after = tokens[place + 1].text if place + 1 < len(tokens) else ""
        return after[:1].isupper() or (word == "van" and after in text_words("name_particles"))
    if (
        not word[:1].isupper()
        or is_number(word)
        or word.casefold() in text_words("formal")
        or begins_sentence(word)
        or ends_name(word)
        or (tokens[place - 1].text[:1].isupper() and _DECLINED.search(word) and _noun_behind(tokens, place))
        or (is_acronym(word) and len(word) > 1)
    ):
        return False
    if _is_rank(tokens[place - 1].text) and plain(word) in grammar("topics") | grammar("tasks") | grammar("people"):
        return False  # "Leiterin Soziales"
    found = head_of(word)
    surname = found is not None and bool(found.stem) and found.head.kind == "group" and not found.head.in_text
    return not morphology("abstract").search(word) and (found is None or surname)  # "Winkelmann"


def _noun_behind(tokens: Sequence[Token], place: int) -> bool:
    """Whether a capitalised word follows, so that a declined one is its adjective: "Frau Kunze Finanzielle Folgen"."""
    return place + 1 < len(tokens) and tokens[place + 1].text[:1].isupper() and not tokens[place + 1].gap.strip()


def party_end(text: str, tokens: Sequence[Token], index: int) -> int | None:
    """The index behind the name of a party: "Bündnis 90/Die Grünen", "den Grünen"."""
    match = _parties().match(text, tokens[index].start)
    end = index
    while match is not None and end < len(tokens) and tokens[end].end <= match.end():
        end += 1
    if end > index and match is not None and tokens[end - 1].end == match.end():
        return end
    return index + 1 if _short_party(tokens, index) else None


def _behind_party(tokens: Sequence[Token], index: int) -> bool:
    """ "von SPD und Grünen": a party stands before the "und"."""
    return index > 1 and tokens[index - 1].text in grammar("joiners") and bool(_parties().match(tokens[index - 2].text))


def _short_party(tokens: Sequence[Token], index: int) -> bool:
    """ "Grünen" behind an article, and no noun behind it: "den Grünen", not "den Grünen Weg"."""
    if plain(tokens[index].text) not in text_words("party_words") or not index or not tokens[index].text[:1].isupper():
        return False
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    adjective = after is not None and after.text[:1].isupper() and not after.gap.strip()
    led = tokens[index - 1].text.casefold() in {"die", "der", "den"} or _behind_party(tokens, index)
    return not adjective and led and not tokens[index].gap.strip()


@cache
def _parties() -> re.Pattern[str]:
    names = sorted((name for name in party_list() if not name.isupper() or len(name) > 2), key=len, reverse=True)
    blank = re.compile(r"\\\s|(?<=/)|(?=/)")
    return re.compile(r"(?:" + "|".join(blank.sub(r"\\s*", re.escape(name)) for name in names) + r")(?![\w-])")


def acting_acronym(tokens: Sequence[Token], index: int) -> bool:
    """An acronym that acts like a name: "von den VBK", "das ZKM", "laut NLWKN", "VBK prüft", "LBV.SH"."""
    word = tokens[index].text
    dotted = _DOTTED.match(word)
    if dotted is not None:
        return not is_number(dotted.group(1))
    if not is_acronym(word) or len(word) < 3 or word.casefold() in text_words("not_actors"):
        return False
    if any(c.islower() for c in word) and morphology("law").search(word):
        return False
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    plain_after = after is not None and not after.gap.strip()
    # "die VHS Einsparungen vornimmt" acts; "der ÖPNV-Plan" and "die EOK Kurse" do not: a number makes it a thing.
    if after is not None and plain_after and after.text[:1].isdigit():
        return False
    if after is not None and plain_after and after.text in text_words("acts"):
        return True
    return (
        bool(index)
        and not tokens[index].gap.strip()
        and tokens[index - 1].text.casefold() in text_words("acronym_before")
    )


def _is_phrase(tokens: Sequence[Token], index: int) -> bool:
    """ "Stadt und Land" without an article before the first: no town and no state."""
    for first in (index, index - 2):
        words = [token.text for token in tokens[max(0, first) : first + 3]]
        led = first > 0 and tokens[first - 1].text.casefold() in grammar("articles")
        if words == ["Stadt", "und", "Land"] and not led:
            return True
    return False


def is_place(tokens: Sequence[Token], index: int, end: int) -> bool:
    """Whether Stadt, Kreis or Land is meant as a region: "in der Stadt", "aus dem Kreis"."""
    if tokens[index].text in _PHRASE and _is_phrase(tokens, index):
        return True
    before = [token.text.casefold() for token in tokens[max(0, index - 2) : index]]
    if not before or tokens[index].gap.strip():
        return False
    if tokens[index].text.casefold() in text_words("buildings") and before[-1] in text_words("building_before"):
        return True
    if tokens[index].text.casefold() not in text_words("regions"):
        return False
    if before[-1] in text_words("locative"):
        return True
    return len(before) > 1 and before[0] in text_words("locative") and before[1].islower()


def is_council(tokens: Sequence[Token], index: int) -> bool:
    """ "empfiehlt dem Rat", "der Rat beschließt"; not "mit Rat und Tat", "auf den Rat von Fachleuten"."""
    if tokens[index].text.casefold() not in text_words("councils") or not index or tokens[index].gap.strip():
        return False
    after = tokens[index + 1].text if index + 1 < len(tokens) else ""
    asked = after in {"von", "eines", "einer"} or after[:1].isupper()
    return tokens[index - 1].text.casefold() in text_words("council_before") and not asked
