"""Names that begin with a sign of their own: clubs ("TSV Moorbek 1896"), persons by their given name ("Lars Petri")."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.actors.lexicon import Token
from extractors.actors.names import is_number
from extractors.actors.proper import begins_sentence, ends_name
from extractors.actors.words import (
    grammar,
    head_of,
    is_acronym,
    legal_form,
    morphology,
    plain,
    printed_words,
    text_words,
)

_MOST = 3
"""The longest name of a club or family, in words."""


def club_end(tokens: Sequence[Token], index: int) -> int | None:
    """The index behind "SV Grün-Weiß Ebersdorf"; None where no sign of a club begins a name."""
    if tokens[index].text not in printed_words("clubs"):
        return None
    end, named = index + 1, False
    while end < len(tokens) and end <= index + _MOST and not tokens[end].gap.strip() and "\n" not in tokens[end].gap:
        word = tokens[end].text
        proper = word[:1].isupper() and not is_number(word) and head_of(word) is None and not _is_noun(word)
        if not (proper or (word.isdigit() and len(word) in (2, 4))):
            break
        named = named or proper
        end += 1
    return end if named else None


def named_end(tokens: Sequence[Token], index: int) -> int | None:
    """The index behind "Ursula Brandhorst": a given name and a family name, and no further noun behind them."""
    if tokens[index].text not in printed_words("given_names"):
        return None
    end = index + 1
    while end < len(tokens) and _joined(tokens[end]) and tokens[end].text in printed_words("given_names"):
        end += 1
    while end < len(tokens) and _joined(tokens[end]) and tokens[end].text in text_words("name_particles"):
        end += 1
    if end >= len(tokens) or not _joined(tokens[end]) or not _family(tokens[end].text):
        return None
    return None if _noun_behind(tokens, end + 1) else end + 1


def _joined(token: Token) -> bool:
    return not token.gap.strip() and "\n" not in token.gap


def _family(word: str) -> bool:
    if not word[:1].isupper() or is_number(word) or is_acronym(word) or ends_name(word) or begins_sentence(word):
        return False
    return not _is_noun(word) and not any(word.casefold().endswith(end) for end in text_words("place_ends"))


def _is_noun(word: str) -> bool:
    noun = plain(word)
    known = noun in grammar("topics") | grammar("people") | grammar("tasks") | grammar("things")
    return known or ends_name(word) or begins_sentence(word) or bool(morphology("abstract").search(word))


def _noun_behind(tokens: Sequence[Token], index: int) -> bool:
    """Whether "Friedrich Ebert" is but the beginning of a name: "Stiftung", "Straße", "GmbH" follows."""
    if index >= len(tokens) or not _joined(tokens[index]):
        return False
    word = tokens[index].text
    return bool(legal_form().fullmatch(word)) or (
        word[:1].isupper() and not ends_name(word) and not begins_sentence(word) and word != "Uhr"
    )
