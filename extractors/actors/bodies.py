"""Towns and counties: which one a document is about, and which actors are the same everywhere.

The Jugendamt of one town is not that of another: ids of such actors name their town, where it is known. The Deutsches
Rotes Kreuz, the Bundesamt für Migration or the Stadtwerke Wiesenau GmbH are one actor in every document.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from extractors.actors.names import (
    actor_id,
    clean,
    head_index,
    is_number,
    known_keys,
    legal_form_at_end,
    name_key,
)
from extractors.actors.words import grammar, head_of, is_acronym, morphology, plain, text_words

_LEAST_MENTIONS, _LEAD = 3, 2
"""A body speaks for a document that names it so often, and so many times as often as any other."""


@lru_cache(maxsize=16384)
def is_local(name: str) -> bool:
    """Whether the name alone does not tell which actor is meant: "Jugendamt", "Träger", "Frau Müller"."""
    known = known_keys().get(name_key(name))
    if known is not None:
        return known in ("unit", "department", "group")
    words = name.split()
    index = head_index(words)
    found = head_of(words[index]) if index is not None else None
    if found is not None and plain(words[index or 0]).startswith(("bundes", "deutsch")):
        return False
    if legal_form_at_end(name):
        return not any(_is_proper(words, place) for place in range(len(words)))
    authority = found is not None and found.head.kind == "authority"
    return not (authority and index is not None and index + 1 < len(words) and _is_proper(words, len(words) - 1))


def _is_proper(words: list[str], place: int) -> bool:
    """Whether a word is a name of its own rather than a noun of tasks or actors."""
    word = words[place].strip("„“\"',;:()")
    if not word[:1].isupper() or is_number(word) or len(word) < 3 or legal_form_at_end(word):
        return False
    if place and words[place - 1].casefold() in grammar("purpose") | grammar("joiners"):
        return False
    topic = plain(word) in grammar("topics") | grammar("people") | grammar("tasks")
    return not topic and head_of(word) is None and not morphology("abstract").search(word)


def body_key(body: str) -> str:
    """What two names of one town or county have in common: "Bundesstadt Bonn" and "Stadt Bonn" are "stadt-bonn"."""
    words = clean(body).split()
    index = next((place for place, word in enumerate(words) if plain(word) in text_words("bodies")), None)
    if index is None:
        return actor_id(body)
    noun = plain(words[index])
    class_ = next((name for name in ("kreis", "gemeinde", "stadt") if name in noun), noun)
    class_ = "kreis" if noun == "landratsamt" else class_
    rest = " ".join(words[index + 1 :])
    return actor_id(f"{class_} {rest}") if rest else actor_id(body)


def is_body(name: str) -> bool:
    """Whether a name is that of a town or county: "Kreis Rendsburg-Eckernförde"."""
    words = name.split()
    place = next((place for place, word in enumerate(words) if plain(word) in text_words("bodies")), None)
    return (
        place is not None and place < len(words) - 1 and _is_proper(words, len(words) - 1) and not is_acronym(words[-1])
    )


def leading_body(mentions: Mapping[str, int]) -> str | None:
    """The town or county that speaks in a document: the one of `mentions` (name -> how often) that stands out."""
    counts: dict[str, int] = {}
    names: dict[str, str] = {}
    for name, count in mentions.items():
        if is_body(name):
            key = body_key(name)
            counts[key] = counts.get(key, 0) + count
            names.setdefault(key, name)
    ranked = sorted(counts, key=lambda key: (-counts[key], key))
    if not ranked or counts[ranked[0]] < _LEAST_MENTIONS:
        return None
    if len(ranked) > 1 and counts[ranked[0]] < _LEAD * counts[ranked[1]]:
        return None
    return names[ranked[0]]
