"""Printed lines of a cell -> text in which a line feed is a boundary between actors."""

from __future__ import annotations

import re

from extractors.actors.names import actor_like, is_number, name_adjectives, stem
from extractors.actors.roles import label_at, mark_at
from extractors.actors.words import grammar, head_of, legal_form, plain, role_list

_BREAK = re.compile(r"([\n\u2028])")
_BULLET = re.compile(r"^\s*(?:[-–—•*▪◦]|\d{1,2}[.)])\s+")


def unfold(text: str) -> str:
    """The cell with a line feed where a name ends, and a blank where it only wraps."""
    parts = _BREAK.split(text)
    result = _BULLET.sub("", parts[0]).strip()
    for mark, part in zip(parts[1::2], parts[2::2], strict=True):
        bullet = bool(_BULLET.match(part))
        line = _BULLET.sub("", part).strip()
        if not line:
            continue
        apart = bullet or _apart(result, line, hard=mark == "\n")
        result = f"{result}\n{line}" if apart and result else f"{result} {line}".strip()
    return result


def _apart(above: str, line: str, *, hard: bool) -> bool:
    """Whether an actor (or role) begins with the line. `hard` is a paragraph; else the line above only ended early."""
    if not above:
        return True
    last_line = above.rsplit("\n", 1)[-1]
    words, first = last_line.split(), line.split()[0]
    last = plain(words[-1])
    if above.count("(") > above.count(")") or last_line.endswith((",", "-", "/", "+", "&")):
        return False
    if last in grammar("joiners") | grammar("articles") | grammar("prepositions") | grammar("genitive") | role_list(
        "supporting", "bare"
    ):
        return False
    if (
        first.startswith("(")
        or first.casefold() in grammar("joiners") | grammar("continues")
        or legal_form().match(line)
    ):
        return False
    if label_at(line, 0)[0] is not None or mark_at(line, 0, fresh=True) is not None:
        return True
    if last_line.endswith(":"):
        return True
    begins = _begins_actor(line)
    if (_needs_topic(words[-1]) and not begins) or _wants_noun(words[-1], first):
        return False
    return hard or (begins and (actor_like(last_line) or is_number(words[-1])))


def _needs_topic(word: str) -> bool:
    found = head_of(word)
    return found is not None and found.head.nominative in grammar("open")


def _wants_noun(word: str, following: str) -> bool:
    """Whether the word is an adjective whose noun is on the next line: "Untere" "Wasserbehörde", "Frühe" "Hilfen"."""
    if head_of(word) is not None or not re.search(r"(?:e|er|es|en|em)$", word):
        return False
    found = head_of(following)
    weak = found is not None and (found.head.nominative in grammar("tasks") or not found.head.in_text)
    return word[:1].islower() or stem(word) in name_adjectives() or (weak and plain(word) not in grammar("topics"))


def _begins_actor(line: str) -> bool:
    """Whether an actor noun or acronym stands first, behind adjectives at most, or the first name has a legal form."""
    if legal_form().search(re.split(r"[,;/(]", line, maxsplit=1)[0]):
        return True
    for word in line.split()[:3]:
        if actor_like(word.strip(",;")):
            return True
        if word[:1].isupper() and not word.endswith(("e", "er", "es", "en")):
            return False
    return False
