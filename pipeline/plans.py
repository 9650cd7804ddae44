"""Which documents are drafts of one plan, and in which order they came.

Two documents belong together where a user says so, or by reference, title and the measures they share; a common
title alone is not enough, and neither is the reference of another town. The answer depends on the documents alone,
not on the order in which they were read.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from pipeline.sametext import same_key, words_of
from schemas.records import Document

_LONG = 20
"""Letters from which the text of a measure tells one plan from others; "Öffentlichkeitsarbeit vor Ort" is in many."""
_COMMON = 30
"""Documents from which a text is no sign of anything."""
_ENOUGH_WITH_TITLE = 0.2
_ENOUGH_ALONE = 0.5
"""Share of the measures of the shorter plan that must stand in the other word by word."""
_SUFFIX = re.compile(r"(.*\d\D+\d+)(?:-\d{1,2}|\s?[a-z])")
"""A reference and the mark of a further version of the same paper: VO/2025/246-1, BV 12/2024a."""
_DRAFT_WORDS = frozenset(
    "entwurf entwurfsfassung fassung fassungen stand version anlage beschlussfassung endfassung vorläufige vorläufiger "
    "erste erster ersten zweite zweiter zweiten dritte dritter dritten überarbeitete überarbeiteter neufassung "
    "aktualisierte fortgeschriebene final finale januar februar märz april mai juni juli august september oktober "
    "november dezember der die das des zum zur für und".split()
)


@dataclass(frozen=True, slots=True)
class Draft:
    """What tells of a document which plan it is a draft of.

    `measures` are the ids of its measures in their order, `texts` what they say, as keys: equal where it is the same.
    """

    document_id: str
    name: str
    reference: str | None
    body: str | None
    date: str | None
    title: str | None
    measures: tuple[str, ...]
    texts: tuple[str, ...]

    @classmethod
    def of(cls, document: Document) -> Draft | None:
        """The draft in a document; None where it has no measures."""
        if document.plan is None or not document.plan.measures:
            return None
        paper, plan = document.paper, document.plan
        day = (paper.date if paper else None) or plan.date
        texts = (measure.measure or measure.description or "" for measure in plan.measures)
        return cls(
            document.document_id,
            document.file.name,
            paper.reference if paper else None,
            _bare(paper.body) if paper and paper.body else None,
            day.isoformat() if day else None,
            _bare_title(plan.title or (paper.name if paper else None) or "") or None,
            tuple(measure.measure_id for measure in plan.measures),
            tuple(sorted({same_key(text).casefold() for text in texts} - {""})),
        )

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Draft:
        return cls(**{**told, "measures": tuple(told["measures"]), "texts": tuple(told["texts"])})

    @property
    def base(self) -> str | None:
        """The reference without what marks a further version."""
        if self.reference is None:
            return None
        plain = " ".join(self.reference.casefold().split())
        match = _SUFFIX.fullmatch(plain)
        return match[1] if match else plain


def plans_of(drafts: Iterable[Draft], revises: Mapping[str, str]) -> list[list[Draft]]:
    """The drafts of each plan in their order; `revises` has what users said, document_id -> the one before it."""
    known = {draft.document_id: draft for draft in sorted(drafts, key=lambda draft: draft.document_id)}
    groups = _Groups(known)
    for one, other in revises.items():
        if one in known and other in known:
            groups.join(one, other)
    for one, other in _candidates(known.values()):
        if _related(known[one], known[other]):
            groups.join(one, other)
    plans = [_in_order([known[document_id] for document_id in group], revises) for group in groups.all()]
    return sorted(plans, key=lambda plan: plan[0].document_id)


class _Groups:
    """Sets that grow together."""

    def __init__(self, names: Iterable[str]) -> None:
        self._parent = {name: name for name in names}

    def root(self, name: str) -> str:
        while self._parent[name] != name:
            name = self._parent[name]
        return name

    def join(self, one: str, other: str) -> None:
        first, second = sorted((self.root(one), self.root(other)))
        self._parent[second] = first

    def all(self) -> Iterator[list[str]]:
        groups: dict[str, list[str]] = defaultdict(list)
        for name in self._parent:
            groups[self.root(name)].append(name)
        yield from groups.values()


def _candidates(drafts: Iterable[Draft]) -> list[tuple[str, str]]:
    """The pairs that have anything in common, so that not every document is held against every other."""
    having: dict[tuple[str, str], list[str]] = defaultdict(list)
    for draft in drafts:
        signs = [("reference", draft.base), ("title", draft.title), *(("text", text) for text in _telling(draft))]
        for kind, sign in signs:
            if sign:
                having[kind, sign].append(draft.document_id)
    pairs: set[tuple[str, str]] = set()
    for (kind, _), names in having.items():
        if kind != "text" or len(names) < _COMMON:
            pairs.update(combinations(names, 2))
    return sorted(pairs)


def _related(one: Draft, other: Draft) -> bool:
    if one.body and other.body and one.body != other.body:
        return False
    mine, theirs = _telling(one), _telling(other)
    shared = len(mine & theirs) / min(len(mine), len(theirs)) if mine and theirs else 0.0
    same_title = one.title is not None and one.title == other.title
    same_paper = one.base is not None and one.base == other.base
    if same_paper and (shared or same_title):
        return True
    return shared >= (_ENOUGH_WITH_TITLE if same_title else _ENOUGH_ALONE)


def _in_order(drafts: Sequence[Draft], revises: Mapping[str, str]) -> list[Draft]:
    """By date, else by reference and name; what a user said to revise another comes after it."""
    waiting = sorted(drafts, key=_age)
    result: list[Draft] = []
    while waiting:
        open_ids = {draft.document_id for draft in waiting}
        # A circle of revisions has no beginning: the oldest comes first.
        ready = (draft for draft in waiting if revises.get(draft.document_id) not in open_ids)
        chosen = next(ready, waiting[0])
        waiting.remove(chosen)
        result.append(chosen)
    return result


def _age(draft: Draft) -> tuple[str, list[tuple[int, str]], list[tuple[int, str]], str]:
    return draft.date or "9999", _natural(draft.reference or ""), _natural(draft.name), draft.document_id


def _natural(text: str) -> list[tuple[int, str]]:
    """Numbers in a text count as numbers: draft 9 comes before draft 10."""
    parts = re.findall(r"\d+|\D+", text.casefold())
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]


def _telling(draft: Draft) -> set[str]:
    return {text for text in draft.texts if len(text) >= _LONG}


def _bare(text: str) -> str:
    return " ".join(words_of(text))


def _bare_title(text: str) -> str:
    """A title without numbers and the words that say which draft it is."""
    return " ".join(word for word in words_of(text) if word.isalpha() and word not in _DRAFT_WORDS)
