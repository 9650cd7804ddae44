"""The whole of a recognition: contributors, actors, counts, and the files of knowledge."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from extractors.actors import ResponsibilityCell, recognise, words
from schemas.errors import ProfileError


def test_each_contributor_has_the_id_of_its_actor() -> None:
    result = recognise(
        [ResponsibilityCell(["KIT"])], ["Koordinierungsstelle Teilhabe (KT)", "Kreis A: Bauamt", " "], []
    )
    assert result.contributors == ["koordinierungsstelle-teilhabe", "bauamt", None]


def test_a_contributor_is_one_actor_whatever_separators_it_has() -> None:
    result = recognise([], ["Fachbereich Jugend, Familie und Bildung / Kita"], [])
    assert len(result.actors) == 1


def test_every_id_of_claims_contributors_and_mentions_is_an_actor() -> None:
    result = recognise(
        [ResponsibilityCell(["Jobcenter und Polizei (begleitend)"])],
        ["Caritas"],
        [("facts", "Der Kreistag bittet das Jobcenter.")],
    )
    ids = {actor.actor_id for actor in result.actors}
    used = {claim.actor_id for cell in result.claims for claim in cell} | {
        mention.actor_id for mention in result.mentions
    }
    assert used | set(result.contributors) == ids


def test_actors_stand_in_the_order_of_their_appearance() -> None:
    result = recognise([ResponsibilityCell(["Polizei"])], ["Caritas"], [("facts", "Der Kreistag tagt.")])
    assert [actor.name for actor in result.actors] == ["Caritas", "Polizei", "Kreistag"]


def test_claims_and_mentions_are_counted_together() -> None:
    result = recognise(
        [ResponsibilityCell(["Jobcenter"])], [], [("a", "Das Jobcenter kommt."), ("b", "des Jobcenters")]
    )
    assert [(actor.name, actor.mentions) for actor in result.actors] == [("Jobcenter", 3)]


def test_an_actor_has_the_same_id_in_every_document() -> None:
    first = recognise([ResponsibilityCell(["FB 3"])], [], [])
    second = recognise([ResponsibilityCell(["Polizei mit dem Fachbereich 3"])], [], [])
    assert first.actors[0].actor_id == second.actors[1].actor_id


def test_the_same_input_gives_the_same_result() -> None:
    cells = [ResponsibilityCell(["Jobcenter, KIT"])]
    texts = [("facts", "Die Koordinierungsstelle Integration und Teilhabe (KIT) tagt.")]
    assert recognise(cells, ["Caritas"], texts) == recognise(cells, ["Caritas"], texts)


def test_importing_the_package_does_not_import_spacy() -> None:
    code = "import sys, extractors.actors; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ({}, "heads"),
        ({"heads": {"alien": {}}}, "heads.alien"),
        ({"heads": {"unit": {"words": []}}}, "heads.unit.words"),
    ],
)
def test_a_broken_table_of_nouns_is_named(monkeypatch: pytest.MonkeyPatch, table: dict[str, Any], key: str) -> None:
    monkeypatch.setattr(words, "load", lambda name: table)
    with pytest.raises(ProfileError, match=rf"actors\.toml: {key}"):
        words._heads.__wrapped__()


def test_a_noun_without_gender_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "load", lambda name: {"heads": {"unit": {"text": ["amt"]}}})
    monkeypatch.setattr(words, "_list", lambda *path: ["amt"])
    with pytest.raises(ProfileError, match="'amt' must be a gender"):
        words._heads.__wrapped__()


def test_a_missing_role_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "load", lambda name: {"funding": {}})
    with pytest.raises(ProfileError, match=r"roles\.toml: \[advisory\] is missing"):
        words.roles.__wrapped__()


def test_a_pattern_that_cannot_be_read_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "load", lambda name: {"morphology": {"law": "("}})
    with pytest.raises(ProfileError, match=r"actors\.toml: morphology\.law"):
        words.morphology.__wrapped__("law")
