"""A user's own profile: the example of docs/profile.md, and what happens when one is broken."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
from reportlab.lib import colors
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

import ratsplan
from extractors.knowledge import using
from extractors.meanings import meaning_of
from extractors.profile import read_profile
from pipeline.cli import main

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "profile.md").read_text(encoding="utf-8")
HEADER = ("Was uns fehlt", "Was wir anpacken", "Woran wir es merken", "Wer sich kümmert")


def example() -> str:
    (profile,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    return str(profile)


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    path = tmp_path / "muehlbach.toml"
    path.write_text(example(), encoding="utf-8")
    return path


def paper_of_muehlbach() -> bytes:
    """The paper that docs/profile.md shows, with a plan of two fields of action."""
    styles = getSampleStyleSheet()
    body, bold = styles["BodyText"], styles["Heading3"]
    story: list[Flowable] = [Paragraph("Stadt Mühlbach an der Schlei", styles["Title"])]
    head = {"Vorgangskennung": "2026/017", "Worum es geht": "Zukunftsplan Mühlbach"}
    head["Wer es geschrieben hat"] = "Frau Petersen"
    story += [Paragraph(f"<b>{label}:</b> {value}", body) for label, value in head.items()]
    story += [Spacer(1, 12), Paragraph("Das soll der Rat entscheiden", bold)]
    story += [Paragraph("Der Rat beschließt den Zukunftsplan.", body), PageBreak()]
    story += [Paragraph("Zukunftsplan", styles["Title"])]
    for heading, rows in {
        "Baustein 1: Wohnen": [
            ("Junge Leute ziehen weg", "Zehn Wohnungen am Hafen", "- Wohnungen sind bezogen",
             "Kümmerei, packt mit an: Hafenkontor"),
            ("Häuser stehen leer", "Leerstand erfassen", "- Liste liegt vor", "Kümmerei"),
        ],
        "Baustein 2: Wege": [
            ("Der Weg zum Hafen ist dunkel", "Laternen am Hafenweg", "- Laternen leuchten", "Hafenkontor"),
        ],
    }.items():  # fmt: skip
        cells = [[Paragraph(text, body) for text in row] for row in (HEADER, *rows)]
        grid = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP")]
        story += [Paragraph(heading, bold), Table(cells, colWidths=[120] * 4, style=grid)]
    out = io.BytesIO()
    SimpleDocTemplate(out, invariant=1).build(story)
    return out.getvalue()


def test_the_example_of_the_documentation_is_read_as_it_says(profile: Path) -> None:
    document = ratsplan.extract(paper_of_muehlbach(), profile=profile)
    assert document.paper is not None
    assert document.paper.reference == "2026/017"
    assert document.paper.name == "Zukunftsplan Mühlbach"
    assert document.paper.contact_person == "Frau Petersen"
    assert [(s.kind, s.text) for s in document.paper.sections] == [
        ("resolution", "Der Rat beschließt den Zukunftsplan.")
    ]
    assert document.plan is not None
    assert [m.field_of_action for m in document.plan.measures] == ["Wohnen", "Wohnen", "Wege"]
    first = document.plan.measures[0]
    assert (first.problem, first.measure) == ("Junge Leute ziehen weg", "Zehn Wohnungen am Hafen")
    assert [i.text for i in first.indicators] == ["Wohnungen sind bezogen"]
    assert [(r.actor, r.role) for r in first.responsibilities] == [
        ("Kümmerei", "responsible"),
        ("Hafenkontor", "supporting"),
    ]
    assert {a.name: a.kind for a in document.actors} == {
        "Kümmerei": "unit",
        "Hafenkontor": "company",
        "Rat": "committee",
    }


def test_without_the_profile_nothing_of_the_example_is_known_before_and_after(profile: Path) -> None:
    data = paper_of_muehlbach()
    before = ratsplan.extract(data)
    assert before.plan is None
    ratsplan.extract(data, profile=profile)
    assert ratsplan.extract(data) == before


def test_what_ratsplan_knows_is_known_with_a_profile_too(profile: Path) -> None:
    sample = ROOT / "samples" / "rd-eck-vo-2025-246.pdf"
    assert ratsplan.extract(sample, profile=profile) == ratsplan.extract(sample)


def test_a_word_of_the_profile_wins_over_its_known_meaning() -> None:
    assert meaning_of("Titel")[0] == "measure"
    with using(read_profile(b'[columns]\ngoal = ["Titel"]', "town.toml")):
        assert meaning_of("Titel") == ("goal", 1.0)
        assert meaning_of("Projekt")[0] == "measure"
    assert meaning_of("Titel")[0] == "measure"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[columns\n", "cannot be read as TOML"),
        ('[colums]\nmeasure = ["x"]', "colums is not known"),
        ('[columns]\nmassnahme = ["x"]', r"columns\.massnahme is not known; .*measure"),
        ('[columns]\nmeasure = "x"', r"columns\.measure must be a list"),
        ("columns = 1", "columns must be a table"),
        ('[labels]\nnummer = ["x"]', r"labels\.nummer is not known"),
        ("[labels]\nreference = [1]", r"labels\.reference must be a list"),
        ('[patterns]\nreference = ["("]', r"patterns\.reference holds a broken regular expression"),
        ('[sections]\nresolution = [""]', r"sections\.resolution must be a list of non-empty strings"),
        ('[fields_of_action]\nwords = ["ein Baustein"]', r"fields_of_action\.words: 'ein baustein' must be a single"),
        ('[actors]\nhelden = ["x"]', r"actors\.helden is not known"),
        ('[roles]\nsupporting = ["x"]', r"roles\.supporting must be a table"),
        ('[roles.helper]\nlabels = ["x"]', r"roles\.helper is not known"),
        ('[roles.supporting]\nwords = ["x"]', r"roles\.supporting\.words is not known"),
    ],
)
def test_a_broken_profile_is_refused_with_file_and_key(text: str, said: str) -> None:
    with pytest.raises(ratsplan.ProfileError, match=rf"^town\.toml: {said}"):
        read_profile(text.encode(), "town.toml")


def test_a_broken_profile_ends_the_run_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "town.toml").write_text('[columns]\nmassnahme = ["Tat"]\n')
    (tmp_path / "paper.pdf").write_bytes(paper_of_muehlbach())
    inputs = ["run", str(tmp_path / "paper.pdf"), "--output", str(tmp_path / "out")]
    assert main([*inputs, "--profile", str(tmp_path / "town.toml")]) == 2
    assert "town.toml: columns.massnahme is not known" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_missing_profile_ends_the_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", str(ROOT / "samples"), "--profile", str(tmp_path / "none.toml")]) == 2
    assert "none.toml: cannot be read" in capsys.readouterr().err


def test_documents_are_read_again_when_the_profile_changes(tmp_path: Path, profile: Path) -> None:
    (tmp_path / "paper.pdf").write_bytes(paper_of_muehlbach())
    command = ["run", str(tmp_path / "paper.pdf"), "--output", str(tmp_path / "out"), "--jobs", "1"]

    def ends(*more: str) -> tuple[str, int]:
        assert main([*command, *more]) == 0
        account = json.loads((tmp_path / "out" / "run.json").read_text())
        return account["entries"][0]["end"], account["rows"]["measures"]

    assert ends() == ("empty", 0)
    assert ends("--profile", str(profile)) == ("ok", 3)
    assert ends("--profile", str(profile)) == ("unchanged", 3)
    moved = profile.rename(tmp_path / "moved.toml")
    assert ends("--profile", str(moved)) == ("unchanged", 3)
    moved.write_text(example() + '[roles.funding]\nlabels = ["zahlt"]\n', encoding="utf-8")
    assert ends("--profile", str(moved)) == ("ok", 3)
