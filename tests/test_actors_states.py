"""Sentences and cells of councils of many states: how well actors are found in words that no rule was made for."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extractors.actors import Claim, ResponsibilityCell, find_actors, recognise
from tests.test_actors_cells import alike, wanted

DATA = Path(__file__).parent / "data"
LABELS = {"ORG", "STELLE", "GREMIUM", "PER", "GRUPPE"}
Range = tuple[int, int]


def sentences(held_out: bool | None = None) -> Iterator[dict[str, Any]]:
    for line in (DATA / "council_sentences.jsonl").read_text(encoding="utf-8").splitlines():
        sentence = json.loads(line)
        if held_out is None or sentence["held_out"] == held_out:
            yield sentence


def cells(held_out: bool) -> Iterator[tuple[list[str], list[Claim]]]:
    """Claims as they should be, "one ~ other | role | short", and as they are read."""
    for plan in tomllib.loads((DATA / "cells_of_states.toml").read_text(encoding="utf-8"))["plan"]:
        result = recognise([ResponsibilityCell([cell["text"]]) for cell in plan["cells"]], [], [])
        for cell, claims in zip(plan["cells"], result.claims, strict=True):
            if cell.get("held_out", False) == held_out:
                yield cell["claims"], claims


def overlap(one: Range, others: list[Range]) -> bool:
    return any(one[0] < other[1] and other[0] < one[1] for other in others)


def test_the_sentences_come_from_all_states_and_their_offsets_are_right() -> None:
    found = list(sentences())
    assert len(found) >= 80
    assert len({sentence["state"] for sentence in found}) == 16
    assert len(list(sentences(held_out=True))) >= len(found) // 3
    for sentence in found:
        for span in [*sentence["spans"], *sentence["ignore"]]:
            assert sentence["text"][span["start"] : span["end"]] == span["text"]
        assert {span["label"] for span in sentence["spans"]} <= LABELS


@pytest.mark.parametrize("held_out", [False, True], ids=["worked on", "set aside"])
def test_mentions_in_sentences_of_many_states_are_found(held_out: bool) -> None:
    hits = many = wrong = 0
    for sentence in sentences(held_out):
        gold = [(span["start"], span["end"]) for span in sentence["spans"]]
        other = [(span["start"], span["end"]) for span in sentence["ignore"]]
        found = [(mention.start, mention.end) for mention in find_actors(sentence["text"])]
        hits += sum(overlap(one, found) for one in gold)
        many += len(gold)
        wrong += sum(not overlap(one, gold + other) for one in found)
    assert hits >= 0.80 * many
    assert hits >= 0.92 * (hits + wrong)


@pytest.mark.parametrize("held_out", [False, True], ids=["worked on", "set aside"])
def test_cells_of_many_states_become_actors_with_roles(held_out: bool) -> None:
    many = found = hits = roles = 0
    for gold, claims in cells(held_out):
        left = list(claims)
        many, found = many + len(gold), found + len(claims)
        for line in gold:
            names, role, short, _ = wanted(line)
            match = next((c for c in left if any(alike(name, c.actor) for name in names.split(" ~ "))), None)
            if match is not None:
                left.remove(match)
                hits += 1
                roles += (role, short) == (match.role, match.abbreviation)
    assert 2 * hits >= 0.92 * (many + found)
    assert roles >= 0.92 * hits
