"""A user's own registry of actors: read and checked, and stronger than rules and documents."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import ratsplan
from extractors.actor_file import read_actor_file
from extractors.actors import Recognition, ResponsibilityCell, find_actors, recognise
from extractors.knowledge import using
from extractors.profile import read_profile
from pipeline.cli import main
from pipeline.options import ActorFile, Options, ProfileFile
from schemas.errors import ProfileError

KIT = """
[[actor]]
name = "Koordinierungsstelle Integration und Teilhabe"
aliases = ["KIT", "KIT-Stelle", "Koordinierung Integration"]
kind = "unit"
wikidata = "Q64"
"""


@contextmanager
def registry(text: str) -> Iterator[None]:
    with using(read_actor_file(text.encode(), "actors.toml")):
        yield


def read(cell: str, *texts: str, contributors: tuple[str, ...] = ()) -> Recognition:
    return recognise([ResponsibilityCell([cell])], contributors, [("facts", text) for text in texts])


def test_an_alias_becomes_the_name_with_kind_and_identifier() -> None:
    with registry(KIT):
        result = read("KIT-Stelle, Koordinierung Integration, Jobcenter")
    assert [claim.actor for claim in result.claims[0]] == [
        "Koordinierungsstelle Integration und Teilhabe",
        "Koordinierungsstelle Integration und Teilhabe",
        "Jobcenter",
    ]
    actor = result.actors[0]
    assert (actor.name, actor.kind, actor.identifier) == (
        "Koordinierungsstelle Integration und Teilhabe",
        "unit",
        "wikidata:Q64",
    )
    assert {"KIT-Stelle", "Koordinierung Integration"} <= set(actor.aliases)
    assert result.actors[1].identifier is None


def test_the_registry_wins_over_an_abbreviation_of_the_document_and_says_so() -> None:
    text = "Das Karlsruher Institut für Technologie (KIT) forscht. Das KIT berät."
    assert [c.actor for c in read("KIT", text).claims[0]] == ["Karlsruher Institut für Technologie"]
    with registry(KIT):
        result = read("KIT", text)
    assert [c.actor for c in result.claims[0]] == ["Koordinierungsstelle Integration und Teilhabe"]
    (problem,) = [problem for problem in result.problems if problem.code == "actor_overruled"]
    assert "KIT is Koordinierungsstelle Integration und Teilhabe, not Karlsruher Institut" in problem.message


def test_the_long_form_that_a_document_introduces_leads_to_the_registered_actor() -> None:
    with registry(KIT):
        result = read("KoIn", "Die Koordinierung Integration (KoIn) berät.")
    assert [c.actor for c in result.claims[0]] == ["Koordinierungsstelle Integration und Teilhabe"]


def test_registered_names_are_found_in_texts_declined_and_as_abbreviations() -> None:
    text = "Mit der KIT und dem Hafenkontor, auch seitens des Hafenkontors."
    with registry(KIT + '[[actor]]\nname = "Hafenkontor"\nkind = "company"\n'):
        found = find_actors(text)
    assert [(m.text, m.actor_id, m.label) for m in found] == [
        ("KIT", "koordinierungsstelle-integration-und-teilhabe", "ORG"),
        ("Hafenkontor", "hafenkontor", "ORG"),
        ("Hafenkontors", "hafenkontor", "ORG"),
    ]
    assert find_actors(text) != found


def test_a_name_with_separators_is_one_actor() -> None:
    with registry('[[actor]]\nname = "Meier, Schulz und Söhne"\n'):
        assert [c.actor for c in read("Meier, Schulz und Söhne; Bauhof").claims[0]] == [
            "Meier, Schulz und Söhne",
            "Bauhof",
        ]


def test_the_kind_is_that_of_the_rules_where_the_registry_names_none() -> None:
    with registry('[[actor]]\nname = "Umweltamt Nord"\naliases = ["UAN"]\n'):
        assert [(a.name, a.kind, a.abbreviation) for a in read("UAN").actors] == [("Umweltamt Nord", "unit", "UAN")]


def test_a_profile_may_hold_the_registry_and_the_file_of_its_own_wins(tmp_path: Path) -> None:
    profile, actors = tmp_path / "town.toml", tmp_path / "actors.toml"
    profile.write_text('body = "Stadt Seeheim"\n' + KIT, encoding="utf-8")
    actors.write_text('[[actor]]\nname = "Kulturinitiative"\naliases = ["KIT"]\n', encoding="utf-8")
    with using(Options(profile=ProfileFile.of(profile)).additions()):
        assert read("KIT").claims[0][0].actor == "Koordinierungsstelle Integration und Teilhabe"
    with using(Options(profile=ProfileFile.of(profile), actors=ActorFile.of(actors)).additions()):
        result = read("KIT, Jugendamt")
    assert [claim.actor for claim in result.claims[0]] == ["Kulturinitiative", "Jugendamt"]
    assert result.actors[1].body == "Stadt Seeheim"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[actor]\n", "cannot be read as TOML"),
        ("[actors]\n", "actors is not known"),
        ("actor = 3\n", "actor must be a list of tables"),
        ("[[actor]]\nkind = 'unit'\n", "actor 1: name is missing"),
        ("[[actor]]\nname = 5\n", "actor 1: name must be a text"),
        ("[[actor]]\nname = '-'\n", "actor 1: name must be a text"),
        ("[[actor]]\nname = 'A'\nalias = ['B']\n", "actor 1: alias is not known"),
        ("[[actor]]\nname = 'A'\naliases = 'B'\n", "actor 1: aliases must be a list of strings"),
        ("[[actor]]\nname = 'A'\naliases = [1]\n", "actor 1: aliases must be a text"),
        ("[[actor]]\nname = 'A'\nkind = 'office'\n", "actor 1: kind must be one of"),
        ("[[actor]]\nname = 'A'\nwikidata = '64'\n", "actor 1: wikidata must be the number of an item"),
        ("[[actor]]\nname = 'A'\nwikidata = 'Q6'\nidentifier = 'x:1'\n", "exclude each other"),
        ("[[actor]]\nname = 'A'\n[[actor]]\nname = 'B'\naliases = ['a']\n", "'a' is a name of 'A' and of 'B'"),
        ("body = 1\n", "body must be a text"),
    ],
)
def test_a_broken_file_names_file_and_key(text: str, message: str) -> None:
    with pytest.raises(ProfileError, match=r"^mine\.toml: ") as caught:
        read_actor_file(text.encode(), "mine.toml")
    assert message in str(caught.value)


def test_a_broken_registry_in_a_profile_names_file_and_key() -> None:
    with pytest.raises(ProfileError, match=r"^town\.toml: actor 1: name is missing$"):
        read_profile(b"[[actor]]\nkind = 'unit'\n", "town.toml")


def test_the_command_line_fails_at_once_with_a_broken_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "actors.toml").write_text("[[actor]]\n", encoding="utf-8")
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4")
    output = tmp_path / "out"
    code = main(["run", str(tmp_path / "a.pdf"), "--output", str(output), "--actors", str(tmp_path / "actors.toml")])
    assert code == 2
    assert "actors.toml: actor 1: name is missing" in capsys.readouterr().err
    assert not output.exists()


def test_extract_takes_a_registry_and_another_one_makes_other_options(tmp_path: Path) -> None:
    path = tmp_path / "actors.toml"
    path.write_text(KIT.replace('"Koordinierung Integration"', '"Jobcenter"'), encoding="utf-8")
    before = Options(actors=ActorFile.of(path)).key
    document = ratsplan.extract("samples/rd-eck-vo-2025-246.pdf", actors=path)
    assert "wikidata:Q64" in {actor.identifier for actor in document.actors}
    assert "Jobcenter" not in {actor.name for actor in document.actors}
    path.write_text(KIT, encoding="utf-8")
    assert Options(actors=ActorFile.of(path)).key != before != Options().key


def test_the_registry_of_the_documentation_is_one(tmp_path: Path) -> None:
    page = (Path(__file__).parent.parent / "docs" / "actors.md").read_text(encoding="utf-8")
    blocks = [block.partition("```")[0] for block in page.split("```toml\n")[1:]]
    assert blocks
    for block in blocks:
        assert read_actor_file(block.encode(), "docs/actors.md")["actors.toml"]["registry"]
