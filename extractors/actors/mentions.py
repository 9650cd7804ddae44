"""Actors in running text: names the document knows, abbreviations, and names built by rule."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractors.actors.clubs import named_end
from extractors.actors.lexicon import Lexicon, Token, tokens_of
from extractors.actors.proper import acting_acronym, is_place, party_end, person_end
from extractors.actors.rules import branch_end, rule_end
from extractors.actors.words import legal_form
from schemas.records import ActorKind, MentionOrigin

_KNOWN, _RULE, _ACRONYM = 0.95, 0.85, 0.6
"""How sure a mention is: a known name, a name built by rule, a bare acronym behind an article."""


@dataclass(frozen=True, slots=True)
class Span:
    """A name in a text, with offsets. `key` is the actor's where the lexicon knows it."""

    start: int
    end: int
    origin: MentionOrigin
    confidence: float
    key: str | None = None
    kind: ActorKind | None = None
    """What a model says that the actor is; or a person behind a title, who else seems a council: "Stadtrat Huber"."""


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
        stop = _with_legal_form(text, tokens[end - 1])
        named = origin == "rule" and end in (person_end(tokens, begin), named_end(tokens, begin))
        kind: ActorKind | None = "person" if named else None
        found.append(Span(tokens[begin].start, stop, origin, confidence, key, kind))
        while index < len(tokens) and tokens[index].start < stop:
            index += 1
    return found


def _at(
    text: str, tokens: Sequence[Token], index: int, lexicon: Lexicon
) -> tuple[int, int, MentionOrigin, float, str | None] | None:
    """The name that begins at the token: (first, behind the last, origin, confidence, key)."""
    token = tokens[index]
    if text.startswith(")-", token.end):
        return None  # "(Landes)-Fachtage" is one word
    known = lexicon.longest(tokens, index)
    rule = rule_end(text, tokens, index)
    if known is not None and is_place(tokens, index, known[0]):
        known = None
    if rule is not None and (known is None or rule > known[0]):
        return index, rule, "rule", _RULE, None
    if known is not None:
        branch = branch_end(text, tokens, known[0])
        return (index, branch, "rule", _RULE, None) if branch else (index, known[0], known[2], _KNOWN, known[1])
    party = party_end(text, tokens, index) if token.text[:1].isupper() else None
    if party is not None:
        return index, party, "rule", _RULE, None
    if token.text in lexicon.shorts:
        return index, index + 1, "abbreviation", _KNOWN, lexicon.shorts[token.text]
    head, _, tail = token.text.rpartition("-")
    if head in lexicon.shorts and tail[:1].isupper() and lexicon.shorts[head].split(" ")[0].endswith(tail.casefold()):
        return index, index + 1, "abbreviation", _KNOWN, lexicon.shorts[head]
    if token.text.casefold() not in lexicon.others and acting_acronym(tokens, index):
        return index, index + 1, "rule", _ACRONYM, None
    return None


def _with_legal_form(text: str, last: Token) -> int:
    """Where a name ends whose last token is `last`, with the legal form there: "GmbH & Co. KG", the dot of "e.V."."""
    end = last.end
    match = legal_form().match(text, last.start) or (
        legal_form().match(text, end + 1) if text[end : end + 1] == " " else None
    )
    if match is None and text[end : end + 1] == ".":
        # The last dot of "UTS e.V." is no part of the token.
        match = next(
            (form for form in legal_form().finditer(text, max(0, end - 6), end + 1) if form.end() == end + 1), None
        )
    return match.end() if match else end


def beside(spans: Sequence[Span], found: Iterable[Span]) -> list[Span]:
    """`spans` of the rules and those of `found` that touch none of them, in order. A model never overrides a rule."""
    result = list(spans)
    for span in found:
        if not any(span.start < other.end and other.start < span.end for other in result):
            result.append(span)
    return sorted(result, key=lambda span: span.start)
