"""Names of actors: cleaned, put in the nominative, compared, turned into ids and kinds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from extractors.actors.words import (
    HeadWord,
    association_forms,
    expansions,
    grammar,
    head_of,
    is_acronym,
    known_names,
    legal_form,
    morphology,
    plain,
    text_words,
    ungender,
)
from schemas.records import ActorKind

_SPACE = re.compile(r"\s+")
_PARENS = re.compile(r"\s*\([^()]*(?:\([^()]*\)[^()]*)*\)")
_BROKEN_HYPHEN = re.compile(r"(?<=\w)-\s+(?=[A-ZÄÖÜ])")
_EDGES = " \t,;:/+|•*–—-.!?"
_NUMBER = re.compile(r"^(?!\d{1,2}\.\d{1,2}\.\d)(?:\d[\d.]*[a-z]?|[IVX]{1,5})$")
_DOTTED = re.compile(r"(?:\b\w{1,2}\.\s?)+$")
_LATIN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def is_number(word: str) -> bool:
    """Whether the word numbers a unit: "3", "2.3", "66a", "IV"; not a date."""
    return bool(_NUMBER.match(word.strip(".,;:")))


def without_parens(text: str) -> str:
    return _SPACE.sub(" ", _PARENS.sub(" ", text)).strip()


def tidy(text: str) -> str:
    """Single spaces, and no blank beside the hyphen of a name that a line break tore ("Rendsburg- Eckernförde")."""
    return _BROKEN_HYPHEN.sub("-", _SPACE.sub(" ", text)).strip()


@lru_cache(maxsize=1)
def _leading() -> re.Pattern[str]:
    words = sorted(grammar("fillers") | grammar("articles"), key=len, reverse=True)
    shares = r"\d+(?:[.,]\d+)?\s?%"
    return re.compile(rf"(?:(?:{shares}|{'|'.join(map(re.escape, words))})\s[\s,;:/+|•*–—-]*)+", re.IGNORECASE)


@lru_cache(maxsize=1)
def _trailing() -> re.Pattern[str]:
    words = sorted(grammar("empty"), key=len, reverse=True)
    return re.compile(r"(?:[\s,;:/+–—-]+(?:" + "|".join(map(re.escape, words)) + r"))+$", re.IGNORECASE)


@lru_cache(maxsize=16384)
def clean(text: str) -> str:
    """The name alone: no parentheses, article, filler ("ggf.") or punctuation around it; "" where nothing is left."""
    name = tidy(without_parens(text)).strip(_EDGES.replace(".", ""))
    if name.casefold() in grammar("empty") | grammar("fillers") | grammar("articles"):
        return ""
    leading = _leading().match(name)
    name = name[leading.end() :] if leading else name
    name = _trailing().sub("", name).rstrip(_EDGES.replace(".", ""))
    if name.endswith(".") and not _DOTTED.search(name):
        name = name[:-1]
    return "" if name.casefold() in grammar("empty") | grammar("fillers") | grammar("articles") else name


def head_index(words: Sequence[str]) -> int | None:
    """Where the noun stands that says what the actor is: the first actor noun that is no half of "Sozial- und"."""
    for index, word in enumerate(words):
        if not word.endswith("-") and head_of(word) is not None:
            return index
    return None


@lru_cache(maxsize=16384)
def nominative(name: str) -> str:
    """The name with its head noun, and the adjectives before it, in the nominative, as far as the noun is known."""
    words = name.split(" ")
    index = head_index(words)
    if index is None:
        return name
    found = head_of(words[index])
    if found is None:
        return name
    head = found.head
    core = words[index].strip("„“\"',;:")
    if head.kind == "person" and core.casefold().endswith(f"{head.lemma}en") and words[index + 1 :]:
        words[index] = core[:-2]  # "Dezernenten Lukas" is one person
    elif (
        ungender(core) == core
        and core.casefold() != (found.stem + head.nominative).casefold()
        and not core.endswith(".")
    ):
        words[index] = words[index].replace(core, found.nominative)
    # Double forms decline together: "Künstlerinnen und Künstlern".
    if (
        index + 2 < len(words)
        and words[index + 1] in grammar("joiners")
        and same_person(words[index], words[index + 2])
    ):
        words[index + 2] = nominative(words[index + 2])
    for place in range(index):
        words[place] = _adjective(words[place], found)
    return " ".join(words)


def _adjective(word: str, noun: HeadWord) -> str:
    ending = morphology("adjective").search(word)
    if ending is None or (word[:1].isupper() and head_of(word) is not None) or plain(word) in grammar("topics"):
        return word
    numbers, gender = noun.head.numbers, noun.head.gender
    printed = ending.group(1)
    base = word[: -len(printed)]
    if numbers != "s":
        return base + "e" if printed in ("en", "em") else word
    if printed in ("en", "em", "e"):
        return base + {"f": "e", "n": "es", "m": "er"}[gender]
    return base + "e" if gender == "f" and printed == "er" else word


def same_person(first: str, second: str) -> bool:
    """Whether two nouns are the two gendered forms of one: "Ärztinnen" and "Ärzte"."""
    female = [word for word in (first, second) if re.search(r"in(?:nen)?$", word)]
    if len(female) != 1:
        return False
    stems = [_fold(re.sub(r"in(?:nen)?$", "", word)) for word in (first, second)]
    short = min(len(stems[0]), len(stems[1]))
    return short > 2 and stems[0][: short - 1] == stems[1][: short - 1] and abs(len(stems[0]) - len(stems[1])) < 4


def _fold(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


@lru_cache(maxsize=16384)
def name_key(name: str) -> str:
    """What two names of one actor have in common.

    Words in the nominative, short forms spelled out; no article, no "für", no gender ending, no legal form.
    """
    words = nominative(_without_form(clean(name))).split()
    kept: list[str] = []
    for index, word in enumerate(words):
        low = plain(word)
        if not low or low in grammar("articles") or low in grammar("purpose"):
            continue
        if (
            low in grammar("joiners")
            and kept
            and index + 1 < len(words)
            and same_person(words[index - 1], words[index + 1])
        ):
            kept.pop()
            continue
        if kept and index > 1 and words[index - 1] in grammar("joiners") and same_person(words[index - 2], word):
            kept.append(_word_key(word if not word.endswith("innen") else words[index - 2]))
            continue
        kept.append(_word_key(word))
    return " ".join(kept)


def _without_form(name: str) -> str:
    """The name without the legal form at its end, unless too little would be left."""
    for form in legal_form().finditer(name):
        shorter = name[: form.start()].strip(_EDGES)
        if form.end() == len(name) and (len(shorter) > 3 or is_acronym(shorter)):
            return shorter
    return name


def legal_form_at_end(name: str) -> bool:
    """Whether a name ends in a legal form: "Lernwelt Haselau e.V.", or is one."""
    return any(form.end() == len(name) for form in legal_form().finditer(name))


def _word_key(word: str) -> str:
    found = head_of(word)
    if found is not None and word in known_names() and is_acronym(word):
        return ".".join(word.casefold())  # the BUND is not the Bund
    if found is not None and ungender(word) == word and not word.endswith("."):
        word = found.nominative
    low = plain(ungender(word.strip("„“\"'”’")))
    low = expansions().get(low, expansions().get(low + ".", low))
    if found is not None and "-" in low.strip("-") and not is_acronym(word.split("-")[0]):
        low = low.replace("-", "")
    return low


@lru_cache(maxsize=16384)
def actor_id(name: str) -> str:
    """The slug of the normalised name: the same for every spelling of the actor."""
    key = name_key(name) or name.casefold()
    slug = re.sub(r"[^a-z0-9]+", "-", _fold(key.translate(_LATIN))).strip("-")
    return slug or "actor"


def actor_like(text: str) -> bool:
    """Whether a text names an actor as far as words tell: an actor noun, an acronym, a legal form, a known name."""
    words = text.split()
    return (
        any(head_of(word) is not None or is_acronym(word) for word in words if not word.endswith("-"))
        or bool(legal_form().search(text))
        or name_key(text) in known_keys()
        or (bool(words) and plain(words[0]) in text_words("titles"))
    )


def known_keys() -> dict[str, ActorKind]:
    """Key of every name of actors.toml -> its kind."""
    return _known()


@lru_cache(maxsize=1)
def _known() -> dict[str, ActorKind]:
    return {name_key(name): kind for name, kind in known_names().items()}


@lru_cache(maxsize=1)
def canonical_names() -> dict[str, str]:
    """Key of every name of actors.toml, adjectives declined in any way -> the name."""
    return {stem_key(name): name for name in known_names() if " " in name}


@lru_cache(maxsize=16384)
def stem_key(name: str) -> str:
    """A key that also forgives the endings of adjectives and of words that no list knows."""
    return " ".join(stem(word) for word in name_key(name).split())


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The word without an ending of declension; short words stay."""
    low = _word_key(word)
    return re.sub(r"(?:en|em|er|es|e|s|n)$", "", low) if len(low) > 3 and not is_acronym(word) else low


@lru_cache(maxsize=1)
def name_adjectives() -> frozenset[str]:
    """Stems of the adjectives that belong to names."""
    return frozenset(stem(word) for word in text_words("adjectives"))


@lru_cache(maxsize=16384)
def kind_of(name: str) -> ActorKind:
    """What kind of actor the name tells; "other" where it tells nothing."""
    key = name_key(name)
    known = known_keys().get(key, "other")
    if known != "other":
        return known
    words = name.split()
    titles = text_words("titles") | {title.rstrip(".") for title in text_words("titles")}
    if any(plain(word) in titles for word in words[:2]):
        return "person"
    form = legal_form().search(name)
    if form is not None and not is_number(form.group()):
        return "association" if form.group().casefold().replace(" ", "") in association_forms() else "company"
    index = head_index(words)
    found = head_of(words[index]) if index is not None else None
    if found is not None:
        return found.head.kind or "other"
    # "DAA Rendsburg" is what the DAA is.
    return _known_start(words)


def _known_start(words: Sequence[str]) -> ActorKind:
    """The kind of the longest known name that the words begin with."""
    keys = (name_key(" ".join(words[:end])) for end in range(len(words) - 1, 0, -1))
    return next((known_keys()[key] for key in keys if key in known_keys()), "other")


def label_of(kind: ActorKind) -> str:
    """The spaCy entity label for a kind."""
    return {"person": "PER", "place": "LOC", "group": "MISC"}.get(kind, "ORG")
