"""The components of spaCy pipelines, and models of the user's beside the rules."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

import ratsplan
from extractors.actors.components import ABBREVIATIONS, ACTORS
from pipeline.cli import main
from pipeline.options import Options, model_of
from schemas.errors import ModelError

TEXT = "Frau Dr. Petersen vom Jugendamt berät den Kreistag und die Träger der Region."


@pytest.fixture
def nlp() -> Language:
    return spacy.blank("de")


def test_the_component_gives_what_find_actors_gives_with_kinds_beside_labels(nlp: Language) -> None:
    nlp.add_pipe("ratsplan_actors")
    doc = nlp(TEXT)
    found = [(ent.text, ent.label_, ent.id_) for ent in doc.ents]
    assert found == [(m.text, m.label, m.actor_id) for m in ratsplan.find_actors(TEXT)]
    assert [ent._.actor_kind for ent in doc.ents] == ["person", "unit", "committee", "group"]
    assert [span.text for span in doc.spans[ACTORS]] == [ent.text for ent in doc.ents]
    assert all(ent._.actor_origin == "rule" and 0 < ent._.actor_confidence <= 1 for ent in doc.ents)


def test_spans_take_in_whole_tokens_and_the_names_are_in_the_nominative(nlp: Language) -> None:
    nlp.add_pipe("ratsplan_actors")
    (ent,) = nlp("Die Satzung des Vereins Lernwelt Haselau e. V. gilt.").ents
    assert ent.text == "Vereins Lernwelt Haselau e. V."
    assert ent._.actor_name == "Verein Lernwelt Haselau e. V."


def test_entities_of_other_components_give_way_where_they_overlap(nlp: Language) -> None:
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "LOC", "pattern": "Jugendamt"}, {"label": "LOC", "pattern": "Kiel"}])  # type: ignore[attr-defined]
    nlp.add_pipe("ratsplan_actors")
    assert [(ent.text, ent.label_) for ent in nlp("Das Jugendamt plant in Kiel.").ents] == [
        ("Jugendamt", "ORG"),
        ("Kiel", "LOC"),
    ]


def test_entities_can_be_left_alone(nlp: Language) -> None:
    nlp.add_pipe("ratsplan_actors", config={"ents": False})
    doc = nlp("Das Jugendamt plant.")
    assert not doc.ents
    assert [span.text for span in doc.spans[ACTORS]] == ["Jugendamt"]


def test_names_of_a_document_are_found(nlp: Language) -> None:
    text = "Am Ende hilft das Hafenkontor."
    assert not [ent.text for ent in spacy.blank("de")(text).ents]
    nlp.add_pipe("ratsplan_actors", config={"names": ["Hafenkontor"]})
    assert [ent.text for ent in nlp(text).ents] == ["Hafenkontor"]


def test_abbreviations_that_name_actors_are_set_on_the_document(nlp: Language) -> None:
    nlp.add_pipe(ABBREVIATIONS)
    doc = nlp("Die Kreisvolkshochschule (KVHS) bietet Erstorientierungskurse (EOK) an.")
    assert doc._.actor_abbreviations == {"KVHS": ["Kreisvolkshochschule"]}


def test_a_pipeline_with_the_components_is_saved_and_loaded(nlp: Language, tmp_path: Path) -> None:
    nlp.add_pipe("ratsplan_actors", config={"names": ["Hafenkontor"]})
    nlp.to_disk(tmp_path / "actors")
    again = spacy.load(tmp_path / "actors")
    assert [ent.text for ent in again("Das Hafenkontor und die Polizei.").ents] == ["Hafenkontor", "Polizei"]


def test_spacy_is_not_imported_until_it_is_needed() -> None:
    code = (
        "import sys, ratsplan; ratsplan.find_actors('Das Jugendamt plant.'); "
        "ratsplan.extract('samples/rd-eck-vo-2025-246.pdf'); print('spacy' in sys.modules)"
    )
    root = Path(__file__).parent.parent
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root, check=True)
    assert run.stdout.strip() == "False"


@pytest.fixture
def ruled(nlp: Language, tmp_path: Path) -> str:
    """A pipeline of an entity ruler, saved to disk."""
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns(  # type: ignore[attr-defined]
        [
            {"label": "ORG", "pattern": "Zapfhahn"},
            {"label": "PER", "pattern": "Zeno Quast"},
            {"label": "ORG", "pattern": "das Jugendamt Zapfhahn"},
            {"label": "LOC", "pattern": "Quickborn"},
        ]
    )
    nlp.to_disk(tmp_path / "ruled")
    return str(tmp_path / "ruled")


def test_a_model_adds_actors_with_lower_confidence_and_no_places(ruled: str) -> None:
    text = "In Quickborn hilft der Zapfhahn, sagt Zeno Quast dem Kreistag."
    found = {mention.text: mention for mention in ratsplan.find_actors(text, ner_model=ruled)}
    assert set(found) == {"Zapfhahn", "Zeno Quast", "Kreistag"}
    assert (found["Zapfhahn"].origin, found["Zapfhahn"].label) == ("model", "ORG")
    assert (found["Zeno Quast"].origin, found["Zeno Quast"].label) == ("model", "PER")
    assert found["Zapfhahn"].confidence < found["Kreistag"].confidence
    assert text[found["Zapfhahn"].start : found["Zapfhahn"].end] == "Zapfhahn"


def test_a_model_never_overrides_a_rule(ruled: str) -> None:
    text = "Heute tagt das Jugendamt Zapfhahn."
    assert ratsplan.find_actors(text, ner_model=ruled) == ratsplan.find_actors(text)


def test_a_trained_model_of_ones_own_is_used(nlp: Language, tmp_path: Path) -> None:
    ner = nlp.add_pipe("ner")
    ner.add_label("ORG")  # type: ignore[attr-defined]
    sentence = "Heute hilft der Zapfhahn allen."
    example = Example.from_dict(nlp.make_doc(sentence), {"entities": [(16, 24, "ORG")]})
    optimizer = nlp.initialize(lambda: [example])
    for _ in range(30):
        nlp.update([example], sgd=optimizer)
    nlp.to_disk(tmp_path / "trained")
    assert [m.text for m in ratsplan.find_actors(sentence, ner_model=str(tmp_path / "trained"))] == ["Zapfhahn"]


def test_a_package_is_found_by_its_name(ruled: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "site" / "de_of_the_test"
    (package).mkdir(parents=True)
    data = package / "de_of_the_test-1.0"
    Path(ruled).rename(data)
    meta = json.loads((data / "meta.json").read_text(encoding="utf-8"))
    (package / "meta.json").write_text(json.dumps(meta | {"name": "of_the_test", "version": "1.0"}), encoding="utf-8")
    (package / "__init__.py").write_text(
        "from pathlib import Path\n"
        "from spacy.util import load_model_from_init_py\n"
        "def load(**overrides):\n    return load_model_from_init_py(__file__, **overrides)\n",
        encoding="utf-8",
    )
    info = tmp_path / "site" / "de_of_the_test-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: de_of_the_test\nVersion: 1.0\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    assert [m.text for m in ratsplan.find_actors("Der Zapfhahn.", ner_model="de_of_the_test")] == ["Zapfhahn"]


@pytest.mark.parametrize("name", ["de_nowhere_lg", "no/such/folder", "json", ""])
def test_a_model_that_is_not_installed_is_a_clear_error(name: str) -> None:
    with pytest.raises(ModelError, match="nothing is downloaded"):
        ratsplan.find_actors("Text", ner_model=name)


def test_a_folder_that_is_no_pipeline_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="is no spaCy pipeline"):
        model_of(str(tmp_path))


def test_a_pipeline_that_cannot_be_loaded_is_a_clear_error(ruled: str) -> None:
    config = Path(ruled) / "config.cfg"
    config.write_text(config.read_text(encoding="utf-8").replace('"entity_ruler"', '"no_such_factory"'), "utf-8")
    with pytest.raises(ModelError, match="cannot be loaded"):
        model_of(ruled)


def test_a_pipeline_without_entities_is_a_clear_error(nlp: Language, tmp_path: Path) -> None:
    nlp.add_pipe("sentencizer")
    nlp.to_disk(tmp_path / "plain")
    with pytest.raises(ModelError, match="finds no entities"):
        model_of(str(tmp_path / "plain"))


def test_another_model_makes_other_options(ruled: str) -> None:
    before = Options(ner_model=model_of(ruled)).key
    assert before == Options(ner_model=model_of(ruled)).key
    assert before != Options().key
    patterns = Path(ruled) / "entity_ruler" / "patterns.jsonl"
    patterns.write_text(patterns.read_text(encoding="utf-8").replace("Zapfhahn", "Zapfsäule"), encoding="utf-8")
    assert before != Options(ner_model=model_of(ruled)).key


def test_a_model_looks_at_every_text_of_a_document(nlp: Language, tmp_path: Path) -> None:
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "ORG", "pattern": "Sprache"}])  # type: ignore[attr-defined]
    nlp.to_disk(tmp_path / "speech")
    sample = Path(__file__).parent.parent / "samples" / "rd-eck-vo-2025-246.pdf"
    document = ratsplan.extract(sample, ner_model=str(tmp_path / "speech"))
    found = [mention for mention in document.mentions if mention.origin == "model"]
    assert {mention.text for mention in found} == {"Sprache"}
    assert {mention.actor_id for mention in found} <= {actor.actor_id for actor in document.actors}


def test_the_command_line_names_the_missing_model_and_reads_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4")
    code = main(["run", str(tmp_path / "a.pdf"), "--output", str(tmp_path / "out"), "--ner-model", "de_nowhere_lg"])
    assert code == ModelError.exit_code == 2
    assert "de_nowhere_lg: no spaCy pipeline of this name is installed" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_documents_of_the_component_may_be_empty(nlp: Language) -> None:
    nlp.add_pipe("ratsplan_actors")
    assert isinstance(nlp(""), Doc)
    assert not nlp("").ents
