"""Papers of several council systems, drawn for the test, and the two samples: read_paper finds what they print."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.blocks import find_blocks
from extractors.furniture import body_size_of, mark_furniture
from extractors.grid import find_tables
from extractors.page import open_pdf
from extractors.paper import PaperReading, read_paper
from extractors.paper.extent import last_page
from extractors.paper.profiles import Tables, label_key, load_profiles, parse_profile, recognise
from extractors.paper.values import find_date, find_public, is_ticked, without_public
from extractors.stitch import stitch
from extractors.vocabulary import Vocabulary
from schemas.errors import ProfileError
from schemas.geometry import Block, Page, Word
from schemas.records import Consultation
from tests import paper_sheets
from tests.paper_sheets import LOREM, Sheet


def pages_of(data: bytes) -> list[Page]:
    with open_pdf(data, "paper.pdf") as pdf:
        pages = list(pdf.pages())
    mark_furniture(pages)
    return pages


def read(data: bytes) -> PaperReading | None:
    pages = pages_of(data)
    body_size, vocabulary = body_size_of(pages), Vocabulary.of(pages)
    tables = stitch(pages, list(chain.from_iterable(map(find_tables, pages))), body_size, vocabulary)
    return read_paper(pages, tables, lambda page: find_blocks(page, tables, body_size), vocabulary)


def paper(data: bytes) -> PaperReading:
    reading = read(data)
    assert reading is not None
    return reading


def fields(reading: PaperReading) -> dict[str, object]:
    return reading.paper.model_dump(exclude={"consultations", "sections", "attachments", "source"}, exclude_none=True)


def sections(reading: PaperReading) -> dict[str, str]:
    return {section.heading: section.text for section in reading.paper.sections}


def kinds(reading: PaperReading) -> dict[str, str]:
    return {section.heading: section.kind for section in reading.paper.sections}


def attachments(reading: PaperReading) -> list[tuple[int, str]]:
    return [(attachment.position, attachment.name) for attachment in reading.paper.attachments]


# the systems


def test_allris_head_without_labels() -> None:
    reading = paper(paper_sheets.allris())
    assert fields(reading) == {
        "reference": "VO/2026/031-1",
        "name": "Radverkehr: Ausbau der Wege zwischen Moorbek und Hohenfelde in den Jahren 2026 bis 2028",
        "paper_type": "Mitteilungsvorlage",
        "public": False,
        "date": date(2026, 2, 3),
        "under_direction_of": "FD 4.1 Verkehr und Mobilität",
        "contact_person": "Imke Brodersen",
        "originator_person": "Thore Asmussen",
    }


def test_role_in_brackets_is_taken_out_of_the_committee() -> None:
    first = paper(paper_sheets.allris()).paper.consultations[0]
    assert first == Consultation(
        position=1, date=date(2026, 2, 24), organization="Bau- und Umweltausschuss", role="Vorberatung", public=False
    )


def test_empty_section_is_kept_with_empty_text() -> None:
    assert sections(paper(paper_sheets.allris()))["Finanzielle Auswirkungen"] == ""


def test_attachments_as_a_table_are_no_section() -> None:
    reading = paper(paper_sheets.allris())
    assert attachments(reading) == [(1, "Lageplan Moorbek"), (2, "Kostenschätzung 2026")]
    assert list(sections(reading)) == [
        "Begründung der Nichtöffentlichkeit",
        "Sachverhalt",
        "Finanzielle Auswirkungen",
        "Relevanz für den Klimaschutz",
    ]


def test_foot_with_the_page_count_ends_the_paper_before_its_annex() -> None:
    assert paper(paper_sheets.allris()).last_page == 2


def test_allris3_labelled_head_and_consultations_without_rules() -> None:
    reading = paper(paper_sheets.allris3())
    assert fields(reading) == {
        "reference": "VO/2019/0815",
        "name": "Neue Sporthalle in Westerhusen",
        "paper_type": "Beschlussvorlage",
        "public": True,
        "date": date(2019, 8, 21),
        "under_direction_of": "Amt für Schule und Sport",
        "originator_person": "Jelle Hansen",
    }
    assert [(c.organization, c.role, c.public) for c in reading.paper.consultations] == [
        ("Schulausschuss der Gemeinde Westerhusen", "Vorberatung", True),
        ("Verwaltungsausschuss", "Entscheidung", False),
    ]


def test_sentence_cut_by_the_page_break_is_one_paragraph() -> None:
    text = sections(paper(paper_sheets.allris3()))["Sachverhalt"]
    assert text.endswith("eine Reihenfolge vorgeschlagen und mit den Schulen abgestimmt.")
    assert "\nvorgeschlagen" not in text


def test_attachments_as_bullets() -> None:
    assert attachments(paper(paper_sheets.allris3())) == [(1, "Raumprogramm"), (2, "Lageplan")]


def test_koblenz_head_in_one_grid() -> None:
    assert fields(paper(paper_sheets.koblenz())) == {
        "reference": "BV/0042/2027",
        "name": "Neubau der Stadtbücherei Rebenau",
        "paper_type": "Beschlussvorlage",
        "date": date(2027, 1, 5),
        "under_direction_of": "41-Amt für Kultur",
    }


def test_empty_boxes_of_a_vote_form_are_no_results() -> None:
    assert paper(paper_sheets.koblenz()).paper.consultations == [
        Consultation(position=1, date=date(2027, 3, 18), organization="Stadtrat", public=True),
        Consultation(position=2, date=date(2027, 2, 2), organization="Kulturausschuss", public=False),
    ]


def test_koblenz_sections_and_numbered_attachments() -> None:
    reading = paper(paper_sheets.koblenz())
    assert sections(reading) == {
        "Beschlussentwurf": "Der Stadtrat beschließt den Neubau der Stadtbücherei am Rebenauer Markt.",
        "Begründung": LOREM,
        "Finanzielle Auswirkungen": "vgl. Begründung",
        "Historie": "",
    }
    assert attachments(reading) == [(1, "Lageplan Rebenauer Markt"), (2, "Entwurf Architekturbüro")]


def test_dessau_labels_in_a_grid_and_date_below_the_town() -> None:
    reading = paper(paper_sheets.dessau())
    assert fields(reading) == {
        "reference": "BV/077/2024/II-61",
        "name": "Pflanzung von einhundert Straßenbäumen im Stadtteil Neulindenau und in der Gartenstadt",
        "paper_type": "Vorlage",
        "date": date(2024, 5, 14),
        "body": "Stadt Lindenau an der Fuhle",
        "under_direction_of": "Amt für Stadtgrün",
    }


def test_votes_of_filled_columns_are_the_result() -> None:
    entries = paper(paper_sheets.dessau()).paper.consultations
    assert [(c.organization, c.public, c.result) for c in entries] == [
        ("Dienstberatung des Oberbürgermeisters", False, None),
        ("Ausschuss für Stadtentwicklung und Umwelt", True, "Für 7, Gegen 1, Enthaltung 2"),
        ("Stadtrat", True, None),
    ]


def test_headings_beside_their_text_in_a_box_are_sections() -> None:
    found = sections(paper(paper_sheets.dessau()))
    assert found["Gesetzliche Grundlagen"] == "Baumschutzsatzung"
    assert found["Hinweise zur Veröffentlichung"] == ""


def test_heading_and_text_on_one_line() -> None:
    found = sections(paper(paper_sheets.dessau()))
    assert found["Begründung"] == "siehe Anlage 1"
    assert found["Finanzbedarf/Finanzierung"] == "-"


def test_annex_in_the_paper_is_a_section_of_its_own() -> None:
    reading = paper(paper_sheets.dessau())
    assert sections(reading)["Anlage 1"] == LOREM
    assert kinds(reading)["Anlage 1"] == "annexes"


def test_running_reference_holds_the_paper_together() -> None:
    assert paper(paper_sheets.dessau()).last_page == 2


def test_bonn_labels_above_values() -> None:
    reading = paper(paper_sheets.bonn())
    assert fields(reading) == {
        "reference": "1310077",
        "name": "Umbau der Haltestelle am Hafen und barrierefreie Gestaltung der Wege zwischen der "
        "Hafenstraße und dem Bahnhof",
        "paper_type": "Beschlussvorlage",
        "public": True,
        "body": "Bundesstadt Rheinau",
        "under_direction_of": "Amt 66",
    }
    assert attachments(reading) == [(1, "Querschnitt")]


def test_numbers_of_roles_are_resolved_with_the_legend() -> None:
    entries = paper(paper_sheets.bonn()).paper.consultations
    assert [(c.date, c.organization, c.role, c.result) for c in entries] == [
        (date(2013, 4, 16), "Verkehrsausschuss", "Empf. an BV", "E 2 Enth. (siehe EB)"),
        (date(2013, 4, 25), "Bezirksvertretung Rheinau-Süd", "Beschluss", None),
    ]


def test_crossed_box_of_the_head_is_the_text_of_its_section() -> None:
    found = sections(paper(paper_sheets.bonn()))
    assert found["Finanzielle Auswirkungen"] == "Nein"
    assert found["Stellenplanmäßige Auswirkungen"] == "Nein"


def test_bold_line_in_another_style_than_the_headings_is_no_section() -> None:
    found = sections(paper(paper_sheets.bonn()))
    assert list(found)[2:] == ["Beschlussvorschlag", "Begründung"]
    assert "Hafenstraße 12" in found["Beschlussvorschlag"]


def test_karlsruhe_title_without_label_and_columns_of_the_consultations() -> None:
    reading = paper(paper_sheets.karlsruhe())
    assert fields(reading) == {
        "reference": "2023/0412",
        "name": "Mehr Bänke im Stadtpark Hainfeld",
        "paper_type": "STELLUNGNAHME zum Antrag",
        "under_direction_of": "Gartenbauamt",
    }
    assert [(c.agenda_item, c.role, c.public) for c in reading.paper.consultations] == [
        ("7", "Vorberatung", True),
        ("12.1", "Entscheidung", False),
    ]


def test_unknown_town_with_labels_behind_beside_and_above_values() -> None:
    assert fields(paper(paper_sheets.generic())) == {
        "reference": "17/2025",
        "name": "Erneuerung der Heizung in der Grundschule und in der Turnhalle Ober-Wiesental",
        "paper_type": "Sitzungsvorlage",
        "public": True,
        "date": date(2025, 10, 7),
        "body": "Gemeinde Ober-Wiesental",
        "under_direction_of": "Hauptamt",
        "originator_person": "Wiebke Nordhoff",
    }


def test_consultations_as_a_list_of_lines() -> None:
    entries = paper(paper_sheets.generic()).paper.consultations
    assert [(c.date, c.organization, c.role, c.public) for c in entries] == [
        (date(2025, 10, 14), "Verwaltungsausschuss", "Vorberatung", False),
        (date(2025, 10, 21), "Gemeinderat", "Beschlussfassung", True),
    ]


def test_unknown_headings_in_the_style_of_known_ones_are_other_sections() -> None:
    reading = paper(paper_sheets.generic())
    assert list(kinds(reading).items()) == [
        ("I. Beschlussvorschlag", "resolution"),
        ("II. Sachverhalt", "facts"),
        ("III. Wartung der Anlage", "other"),
        ("Hinweis", "other"),
    ]


def test_signature_ends_the_last_section() -> None:
    assert sections(paper(paper_sheets.generic()))["Hinweis"] == "Der Zeitplan wird fortgeschrieben."


def test_list_items_of_a_section_are_lines() -> None:
    text = sections(paper(paper_sheets.generic()))["II. Sachverhalt"]
    assert text.split("\n") == [LOREM, "- Austausch des Kessels", "- Dämmung der Leitungen"]


def test_committees_named_by_lines_of_the_head_and_date_at_the_end() -> None:
    reading = paper(paper_sheets.hannover())
    assert [c.organization for c in reading.paper.consultations] == [
        "Stadtbezirksrat Ahlem-Nord",
        "Verwaltungsausschuss",
    ]
    assert reading.paper.date == date(2031, 5, 2)
    assert reading.paper.reference == "1312/2031"


def test_letter_keeps_the_prose_before_its_first_heading() -> None:
    reading = paper(paper_sheets.letter())
    assert sections(reading) == {"": LOREM, "Antwort zu 1": LOREM}
    assert reading.paper.date == date(2019, 4, 3)  # that of the answer, not of the question


def test_sections_in_frames_and_type_before_the_reference() -> None:
    reading = paper(paper_sheets.framed())
    assert sections(reading) == {"Sachverhalt": "Der Deich wird im Herbst erhöht.", "Finanzielle Auswirkungen": "keine"}
    assert (reading.paper.paper_type, reading.paper.reference) == ("Mitteilungsvorlage", "2030/119")
    assert reading.paper.consultations[0].result == "Ja 9, Nein 0, Enth. 1"


def test_number_below_its_label_at_the_right() -> None:
    assert fields(paper(paper_sheets.oldenburg())) == {
        "reference": "22/0317",
        "name": "Neufassung der Satzung über die Erhebung von Beiträgen für die Kindertagespflege",
        "paper_type": "Beschlussvorlage",
        "public": True,
        "date": date(2022, 4, 11),  # not that of the print
        "body": "Stadt Hasselbergen",
        "under_direction_of": "Amt für Jugend",
    }


def test_column_of_the_consultations_is_read_by_what_it_holds() -> None:
    assert paper(paper_sheets.oldenburg()).paper.consultations == [
        Consultation(position=1, date=date(2022, 5, 30), organization="Rat der Stadt Hasselbergen", public=True)
    ]


def test_lettered_lines_of_a_section_are_no_sections() -> None:
    found = sections(paper(paper_sheets.oldenburg()))
    assert found["Auswirkungen"] == "a) Finanzen: keine\nb) Klima: keine"


def test_short_lines_below_the_heading_are_attachments_of_their_own() -> None:
    assert attachments(paper(paper_sheets.oldenburg())) == [(1, "Satzung"), (2, "Synopse")]


@pytest.mark.parametrize("build", [paper_sheets.minutes, paper_sheets.annex], ids=["minutes", "annex"])
def test_what_is_no_paper(build: Callable[[], bytes]) -> None:
    assert read(build()) is None


def test_no_pages_are_no_paper() -> None:
    assert read_paper([], [], lambda page: [], Vocabulary()) is None


SHEETS = [
    paper_sheets.allris,
    paper_sheets.allris3,
    paper_sheets.koblenz,
    paper_sheets.dessau,
    paper_sheets.bonn,
    paper_sheets.karlsruhe,
    paper_sheets.generic,
    paper_sheets.framed,
    paper_sheets.oldenburg,
]


@pytest.mark.parametrize("build", SHEETS, ids=lambda build: build.__name__)
def test_words_of_a_paper_are_taken_once(build: Callable[[], bytes]) -> None:
    reading = paper(build())
    assert len({id(word) for word in reading.words}) == len(reading.words)
    assert all(word.page <= reading.last_page for word in reading.words)


@pytest.mark.parametrize("build", SHEETS, ids=lambda build: build.__name__)
def test_every_field_has_its_place(build: Callable[[], bytes]) -> None:
    found = paper(build()).paper
    named = set(found.model_dump(exclude={"source", "consultations", "sections", "attachments"}, exclude_none=True))
    named |= {"consultations"} if found.consultations else set()
    named |= {f"sections/{section.heading}" for section in found.sections}
    named |= {"attachments"} if found.attachments else set()
    assert named <= set(found.source)
    assert all(place.box[0] < place.box[2] for places in found.source.values() for place in places)


def test_missing_reference_is_a_problem() -> None:
    sheet = Sheet()
    sheet.bold(60, 60, "Beschlussvorlage", 18)
    sheet.text(60, 100, "Betreff: Neue Spielgeräte")
    sheet.bold(60, 140, "Beschlussvorschlag:")
    sheet.text(60, 160, "Die Geräte werden beschafft.")
    sheet.bold(60, 190, "Sachverhalt:")
    sheet.text(60, 210, "Die alten sind verschlissen.")
    assert [problem.code for problem in paper(sheet.pdf()).problems] == ["paper_reference_missing"]


PIECES = st.lists(
    st.tuples(
        st.sampled_from(
            "Beschlussvorlage Vorlage: Betreff: Datum: 1.2.2024 BV/1/2024 öffentlich Beratungsfolge: Gremium Termin "
            "Anlagen: Sachverhalt: Begründung: - 1. X Rat Der gez. Gremienweg: Drucksachen-Nr. In den".split()
        ),
        st.integers(0, 5),
        st.integers(0, 40),
        st.booleans(),
    ),
    max_size=30,
)


@given(PIECES)
def test_no_arrangement_of_labels_breaks_the_reader(places: list[tuple[str, int, int, bool]]) -> None:
    words = [
        Word(text, 1, 60 + 90 * x, 40 + 14 * y, 64 + 90 * x + 5 * len(text), 50 + 14 * y, 10.0, bold)
        for text, x, y, bold in places
    ]
    page = Page(1, 595, 842, words)
    reading = read_paper([page], [], lambda page: find_blocks(page, []), Vocabulary.of([page]))
    if reading is not None:
        assert len({id(word) for word in reading.words}) == len(reading.words)
        assert {id(word) for word in reading.words} <= {id(word) for word in words}


# the extent


def _pages(*texts: str, foot: str = "") -> list[Page]:
    sheet = Sheet()
    for number, text in enumerate(texts, 1):
        if number > 1:
            sheet.page()
        sheet.bold(60, 80, text, 14)
        sheet.text(60, 120, LOREM[:60])
        if foot:
            sheet.text(60, 810, foot.format(number), 8)
    return pages_of(sheet.pdf())


def _extent(pages: list[Page], reference: str | None = None) -> int:
    return last_page(pages, lambda page: find_blocks(page, []), reference, load_profiles()[-1])


def test_title_of_an_annex_ends_the_paper() -> None:
    assert _extent(_pages("Beschlussvorlage", "Sachverhalt", "Anlage 1 zur Vorlage", "Maßnahmen")) == 2


def test_paper_without_annex_goes_to_the_last_page() -> None:
    assert _extent(_pages("Beschlussvorlage", "Sachverhalt", "Begründung")) == 3


def test_reference_in_the_foot_overrules_the_title_of_an_annex() -> None:
    pages = _pages("Beschlussvorlage", "Anlage 1", "Begründung", foot="BV/12/2024")
    assert _extent(pages, "BV/12/2024") == 3


def test_page_count_of_the_whole_file_is_believed_only_when_its_last_page_says_so() -> None:
    assert _extent(_pages("Beschlussvorlage", "Sachverhalt", "Anlage", foot="Seite {} von 9")) == 2


# values


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Datum: 03.02.2026", date(2026, 2, 3)),
        ("am 3. 2. 26 um 18 Uhr", date(2026, 2, 3)),
        ("7. Oktober 2025", date(2025, 10, 7)),
        ("1. März 1999", date(1999, 3, 1)),
        ("2024-05-31", date(2024, 5, 31)),
        ("31.02.2024", None),
        ("Nr. 12.34", None),
        ("5. Bauabschnitt 2024", None),
    ],
)
def test_dates(text: str, expected: date | None) -> None:
    found = find_date(text)
    assert (found[0] if found else None) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("öffentlich", True),
        ("Ö", True),
        ("nicht öffentlich", False),
        ("nichtöffentliche Sitzung", False),
        ("nicht-öffentlich", False),
        ("NÖ", False),
        ("N", False),
        ("öffentlich / nichtöffentlich", None),
        ("Beratung", None),
    ],
)
def test_publicity(text: str, expected: bool | None) -> None:
    assert find_public(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("öffentlich ☒ nichtöffentlich ☐", True), ("öffentlich ☐ nichtöffentlich ☒", False), ("☐ öffentlich ☐", None)],
)
def test_boxes_may_stand_behind_their_words(text: str, expected: bool | None) -> None:
    assert find_public(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"), [("X", True), ("☒", True), ("ja", True), ("☐", False), ("[ ]", False), ("öffentlich", None)]
)
def test_tick_of_a_column(text: str, expected: bool | None) -> None:
    assert is_ticked(text) is expected


def test_column_header_may_say_more_than_its_word() -> None:
    generic = load_profiles()[-1]
    assert generic.column_of("Geplante Sitzungstermine") == "date"
    assert generic.column_of("Gremium / Beratungsfolge (2024)") == "organization"
    assert generic.column_of("Bemerkung") is None


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("Stadt Rothenburg o.d.T.", "Stadt Rothenburg o.d.T."),
        ("Der Magistrat der Universitätsstadt Lahnfels", "Universitätsstadt Lahnfels"),
        ("Kreis Sauerberg Der Landrat", "Kreis Sauerberg"),
        ("Bezirksregierung Westmark", "Bezirksregierung Westmark"),
        ("Kreis Bördeland unterstützen", None),
        ("Stadt Musterhausen 12", None),
    ],
)
def test_line_that_names_a_town(text: str, town: str | None) -> None:
    found = next((m for pattern in load_profiles()[-1].patterns["body"] if (m := pattern.match(text))), None)
    assert (found.group(found.lastindex or 0) if found else None) == town


def test_publicity_is_cut_out_of_a_committee() -> None:
    assert without_public("Verwaltungsausschuss (nicht-öffentlich)") == "Verwaltungsausschuss"


@pytest.mark.parametrize("ending", ["/in:", "/-in", ":in", "*in:", "(in)", ""])
def test_spellings_of_a_label_are_the_same(ending: str) -> None:
    assert label_key(f"Ansprechpartner{ending}") == label_key("ansprechpartner")


# the profiles


def test_profiles_that_come_along_are_valid_and_the_generic_one_is_last() -> None:
    profiles = load_profiles()
    assert profiles[-1].system == "any"
    assert {"ALLRIS 3", "ALLRIS 4", "BoRIS", "KSD", "SIM", "Karlsruhe", "SD.NET", "more! rubin"} <= {
        profile.system for profile in profiles
    }


@pytest.mark.parametrize(
    ("texts", "system"),
    [
        (["Datum", "Gremium (Zuständigkeit)", "Ö / N"], "ALLRIS 4"),
        (["Drucksachen-Nr.", "Verwaltungsinterne Abstimmung"], "BoRIS"),
        (["Gremienweg:"], "SessionNet, Koblenz"),
        (["Beschlussvorlage"], "any"),
        ([], "any"),
    ],
)
def test_profile_is_recognised_by_what_is_printed(texts: list[str], system: str) -> None:
    assert recognise(texts).system == system


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"system": "X", "labells": {}}, "town.toml: labells is not known"),
        ({"system": "X", "labels": {"titel": ["Titel"]}}, "town.toml: labels.titel is not known"),
        ({"system": "X", "labels": {"name": "Titel"}}, "town.toml: labels.name must be a list"),
        ({"system": "X", "labels": {"name": [7]}}, "town.toml: labels.name must be a list"),
        ({"system": "X", "patterns": {"date": ["("]}}, "town.toml: patterns.date holds a broken regular expression"),
        ({"labels": {"name": ["Titel"]}}, "town.toml: system must be"),
    ],
)
def test_broken_profile_is_named_with_file_and_key(data: dict[str, object], message: str) -> None:
    with pytest.raises(ProfileError, match=r"town\.toml") as raised:
        parse_profile(data, "town.toml")
    assert str(raised.value).startswith(message)


def test_profile_overrules_the_generic_one() -> None:
    base: Tables = {"labels": {"originator_person": ("Verfasser",)}}
    profile = parse_profile({"system": "X", "labels": {"under_direction_of": ["Verfasser"]}}, "town.toml", base)
    assert profile.labels[label_key("Verfasser")][0] == "under_direction_of"


def test_added_profile_reads_labels_of_its_town() -> None:
    sheet = Sheet()
    sheet.bold(60, 60, "Beschlussvorlage", 18)
    sheet.text(60, 100, "Kennziffer: 7-2024")
    sheet.text(60, 120, "Worum es geht: Neue Spielgeräte")
    sheet.bold(60, 160, "Sachverhalt:")
    sheet.text(60, 180, "Die alten sind verschlissen.")
    pages = pages_of(sheet.pdf())
    town = {
        "system": "Spielstadt",
        "recognise": {"all": ["Kennziffer"]},
        "labels": {"reference": ["Kennziffer"], "name": ["Worum es geht"]},
        "types": {"exact": ["Beschlussvorlage"]},
        "sections": {"facts": ["Sachverhalt"]},
    }
    profiles = [parse_profile(town, "town.toml"), load_profiles()[-1]]
    reading = read_paper(pages, [], lambda page: find_blocks(page, []), Vocabulary.of(pages), profiles)
    assert reading is not None
    assert (reading.paper.reference, reading.paper.name) == ("7-2024", "Neue Spielgeräte")


# the samples


def test_sample_paper_is_read_whole(samples: Path) -> None:
    reading = paper((samples / "rd-eck-vo-2025-246.pdf").read_bytes())
    assert reading.last_page == 2
    assert fields(reading)["reference"] == "VO/2025/246"
    assert fields(reading)["under_direction_of"] == "FD 2.3 Zuwanderung"
    assert [(c.organization, c.role) for c in reading.paper.consultations] == [
        ("Sozial- und Gesundheitsausschuss", "Beratung"),
        ("Kreistag des Kreises Rendsburg-Eckernförde", "Entscheidung"),
    ]
    assert list(kinds(reading).items()) == [
        ("Begründung der Nichtöffentlichkeit", "non_public"),
        ("Beschlussvorschlag", "resolution"),
        ("Sachverhalt", "facts"),
        ("Relevanz für den Klimaschutz", "climate"),
        ("Finanzielle Auswirkungen", "finance"),
    ]
    assert attachments(reading) == [(1, "2025 08 28 Entwurfsfassung Aktionsplan für SoGA")]


def test_every_word_of_the_sample_paper_is_taken(sample: Path) -> None:
    data = sample.read_bytes()
    reading = paper(data)
    taken = {(word.page, word.box, word.text) for word in reading.words}
    pages = [page for page in pages_of(data) if page.number <= reading.last_page]
    printed = [(word.page, word.box, word.text) for page in pages for word in page.body]
    assert [word for word in printed if word not in taken] == []


def test_no_page_behind_the_paper_is_cut_into_blocks() -> None:
    pages = _pages("Maßnahmenplan", "Handlungsfeld Sprache", "Handlungsfeld Bildung")
    asked: list[int] = []

    def blocks_on(page: Page) -> list[Block]:
        asked.append(page.number)
        return find_blocks(page, [])

    assert read_paper(pages, [], blocks_on, Vocabulary.of(pages)) is None
    assert asked == [1]
