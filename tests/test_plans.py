"""Which documents are drafts of one plan, in which order."""

from __future__ import annotations

from itertools import permutations

import pytest

from pipeline.plans import Draft, plans_of

TEXTS = tuple(f"Ausbau der Wege im Ortsteil Nummer {number}" for number in range(10))


def draft(name: str, texts: tuple[str, ...] = TEXTS, **more: str | None) -> Draft:
    told: dict[str, str | None] = {"reference": None, "body": None, "date": None, "title": "aktionsplan", **more}
    return Draft(name, f"{name}.pdf", told["reference"], told["body"], told["date"], told["title"], (), texts)


def names(*drafts: Draft, revises: dict[str, str] | None = None) -> list[list[str]]:
    return [[draft.document_id for draft in plan] for plan in plans_of(drafts, revises or {})]


def test_drafts_that_share_their_measures_are_one_plan() -> None:
    assert names(draft("a"), draft("b", TEXTS[:6])) == [["a", "b"]]


def test_a_title_alone_makes_no_plan() -> None:
    assert names(draft("a", TEXTS[:5]), draft("b", TEXTS[5:])) == [["a"], ["b"]]


def test_one_reference_makes_a_plan_of_drafts_that_share_little() -> None:
    one = draft("a", TEXTS[:5], reference="VO/2025/246", title="alt")
    assert names(one, draft("b", TEXTS[4:], reference="VO/2025/246-1", title="neu")) == [["a", "b"]]
    assert names(one, draft("b", TEXTS[4:], reference="VO/2025/247", title="neu")) == [["a"], ["b"]]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("VO/2025/246", "vo/2025/246", True),
        ("VO/2025/246", "VO/2025/246-1", True),
        ("BV 12/2024", "BV 12/2024a", True),
        ("2025/24", "2025/25", False),
        ("24-0123", "24-0124", False),
        ("2023-12", "2023-13", False),
    ],
)
def test_the_mark_of_a_further_version_is_no_part_of_a_reference(one: str, other: str, same: bool) -> None:
    assert (draft("a", reference=one).base == draft("b", reference=other).base) == same


def test_the_same_plan_of_two_towns_is_two_plans() -> None:
    one, other = (draft(name, reference="VO/1/2025", body=f"stadt {name}") for name in "ab")
    assert names(one, other) == [["a"], ["b"]]


def test_short_texts_are_no_sign_of_a_plan() -> None:
    assert names(draft("a", ("öffentlichkeit",)), draft("b", ("öffentlichkeit",))) == [["a"], ["b"]]


def test_what_a_user_says_holds_without_any_likeness() -> None:
    one, other = draft("a", TEXTS[:5], title="x"), draft("b", TEXTS[5:], title="y")
    assert names(one, other, revises={"a": "b"}) == [["b", "a"]]
    assert names(one, other, revises={"a": "gone"}) == [["a"], ["b"]]


def test_drafts_follow_their_dates_then_their_names() -> None:
    drafts = [
        draft("c", date="2024-01-01"), draft("a", date="2025-01-01"), draft("entwurf-9"), draft("entwurf-10"),
    ]  # fmt: skip
    wanted = [["c", "a", "entwurf-9", "entwurf-10"]]
    assert all(names(*order) == wanted for order in permutations(drafts))


def test_revisions_in_a_circle_end_with_the_youngest() -> None:
    one, other = draft("a", date="2024-01-01"), draft("b", date="2025-01-01")
    assert names(one, other, revises={"a": "b", "b": "a"}) == [["a", "b"]]


def test_a_draft_comes_back_from_json_as_it_was() -> None:
    import json
    from dataclasses import asdict

    own = draft("a", reference="x", date="2024-01-01")
    assert Draft.from_json(json.loads(json.dumps(asdict(own)))) == own
