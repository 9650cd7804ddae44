"""Role words of a responsibility cell: where they stand in its text, and which way they point."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from typing import Literal

from extractors.actors.names import actor_like, is_number
from extractors.actors.words import role_list, roles
from schemas.records import Role

Direction = Literal["label", "lead", "follow"]


@dataclass(frozen=True, slots=True)
class RoleMark:
    """Role words at `start`:`end` of a text. Labels and leads point ahead, follows to the name before."""

    start: int
    end: int
    role: Role
    direction: Direction


_WORD_LABEL = re.compile(r"([A-ZÄÖÜ][\w-]*)\s*:(?=\s)")
_LABEL = re.compile(r"([^:,;()\n\u2028]{1,60}?)\s*:(?=\s|$)")
_WORD_END = r"(?![\w-])"


def _phrase(text: str) -> str:
    """A phrase as a pattern: any white space; "~" is one word that may be missing."""
    return r"\s+".join(re.escape(word) for word in text.split()).replace(r"\~\s+", r"(?:[\w-]+\s+)?")


def _choice(phrases: list[str]) -> str:
    return "|".join(_phrase(text) for text in sorted(phrases, key=len, reverse=True))


@cache
def _links() -> str:
    return r"(?:\s+(?:" + _choice(list(role_list("syntax", "links"))) + r")(?=\s))"


@cache
def _leads() -> list[tuple[Role, re.Pattern[str]]]:
    return [
        (words.role, re.compile(f"(?:{_choice(list(words.leads))}){_WORD_END}{_links()}?", re.I)) for words in roles()
    ]


@cache
def _follows() -> list[tuple[Role, re.Pattern[str]]]:
    return [
        (words.role, re.compile(f"(?:{_choice(list(words.follows))}){_WORD_END}({_links()})?", re.I))
        for words in roles()
    ]


@cache
def _nouns() -> list[tuple[Role, re.Pattern[str]]]:
    return [
        (words.role, re.compile(f"(?:{_choice(list(words.nouns))}){_WORD_END}({_links()})?", re.I)) for words in roles()
    ]


@cache
def _labels() -> list[tuple[Role, re.Pattern[str]]]:
    before = "|".join(map(re.escape, sorted(role_list("syntax", "prefixes"))))
    stems = [(words.role, "|".join(map(re.escape, words.labels))) for words in roles()]
    return [(role, re.compile(rf"\b(?:\w+-)?(?:{before})?(?:{choice})")) for role, choice in stems]


def role_of_label(label: str) -> Role | None:
    """The role that a label before a colon gives; None where it gives none."""
    low = label.casefold().strip(" .")
    if len(low) < 3 and (letters := next((words.role for words in roles() if low in words.letters), None)):
        return letters
    return next((role for role, pattern in _labels() if pattern.search(low)), None)


def label_at(text: str, place: int) -> tuple[RoleMark | None, int]:
    """A label that begins at `place`: its role, if it is a label of one, and where it ends (0: no label here).

    A label that names an actor ("FB 1: Zentrale Dienste") is none, unless it has a role word.
    """
    match = _LABEL.match(text, place)
    if match is None or len(match.group(1).split()) > 4:
        return None, 0
    label = match.group(1).strip()
    role = role_of_label(label)
    before = list(takewhile(lambda word: role_of_label(word) is None, label.split()))
    if role is not None and before and actor_like(" ".join(before)):
        return None, 0  # "X Begleitend: Y" has the label behind an actor
    if role is not None and not is_number(label.split()[-1]):
        return RoleMark(place, match.end(), role, "label"), match.end()
    if label.casefold() in role_list("syntax", "neutral") or not actor_like(label) or _numbers(label):
        return RoleMark(place, match.end(), "responsible", "label"), match.end()
    return None, 0


def _numbers(label: str) -> bool:
    """Whether a label only counts: "II.:"."""
    return is_number(label) and not label.isdigit()


def inner_label_at(text: str, place: int) -> RoleMark | None:
    """A label of one word behind a name that no separator closes: "X Begleitend: Y"."""
    match = _WORD_LABEL.match(text, place)
    role = role_of_label(match.group(1)) if match else None
    return RoleMark(place, match.end(), role, "label") if match and role is not None else None


def mark_at(text: str, place: int, *, fresh: bool) -> RoleMark | None:
    """The role words that begin at `place`, if any. `fresh` says that no name has begun before them."""
    best: RoleMark | None = None
    for found in (_lead_at(text, place), _follow_at(text, place, fresh), _noun_at(text, place, fresh)):
        if found is not None and (best is None or found.end > best.end):
            best = found
    return best


def _lead_at(text: str, place: int) -> RoleMark | None:
    hits = [(match.end(), role) for role, pattern in _leads() if (match := pattern.match(text, place))]
    return RoleMark(place, max(hits)[0], max(hits)[1], "lead") if hits else None


def _follow_at(text: str, place: int, fresh: bool) -> RoleMark | None:
    if not fresh and text[place].isupper() and not text[place : place + 2].isupper():
        return None
    for role, pattern in _follows():
        match = pattern.match(text, place)
        if match is None:
            continue
        leads = match.group(1) is not None or (fresh and bool(re.match(r"\s+\w", text[match.end() :])))
        return RoleMark(place, match.end(), role, "lead" if leads else "follow")
    return None


def _noun_at(text: str, place: int, fresh: bool) -> RoleMark | None:
    for role, pattern in _nouns():
        match = pattern.match(text, place)
        if match is None:
            continue
        rest = re.split(r"[,;/+(\n\u2028]", text[match.end() :].lstrip(), maxsplit=1)[0]
        if match.group(1) is not None or (fresh and rest and actor_like(" ".join(rest.split()[:3]))):
            return RoleMark(place, match.end(), role, "lead")
    return None


def whole_role(text: str) -> Role | None:
    """The role that a text gives when it is nothing else than role words: "Federführung", "beratend"."""
    core = text.strip(" .:–-").casefold()
    for words in roles():
        if core in words.follows or core in words.nouns:
            return words.role
    for words in roles():
        if " " not in core and any(core.startswith(stem) for stem in words.labels) and not actor_like(text):
            return words.role
    return None
