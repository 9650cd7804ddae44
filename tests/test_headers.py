"""Header cells -> meanings."""

from __future__ import annotations

import pytest

import ratsplan
from extractors.headers import Column, is_plan
from extractors.meanings import key_of, meaning_of
from tests.layouts.cases import Case
from tests.layouts.plans import TablePlan


@pytest.mark.parametrize(
    ("label", "meaning"),
    [
        ("Identifizierung Problem/ Herausforderung", "problem"),
        ("Ausgangslage", "problem"),
        ("Maßnahmen-Nummer", "number"),
        ("Themen-feld", "field_of_action"),
        ("HSK-Nr.", "number"),
        ("Maßnahmen-Titel", "measure"),
        ("Handlungsbedarf", "problem"),
        ("Maßnahme", "measure"),
        ("Massnahmen", "measure"),
        ("Maßnahmen (Was?)", "measure"),
        ("Teilmaßnahme", "measure"),
        ("Titel der Maßnahme", "measure"),
        ("Handlungsempfehlung", "measure"),
        ("Maßnahmenbeschreibung", "description"),
        ("Projektbeschreibung", "description"),
        ("Indikatoren", "indicators"),
        ("Erfolgsindikatoren", "indicators"),
        ("Kennzahl", "indicators"),
        ("Erfolgskriterien", "indicators"),
        ("Zuständigkeit", "responsibilities"),
        ("Verantwortlich", "responsibilities"),
        ("Verantwortliche Stelle", "responsibilities"),
        ("Federführung", "responsibilities"),
        ("Umsetzungsverantwortung", "responsibilities"),
        ("Wer?", "responsibilities"),
        ("Zeitraum", "period"),
        ("Umsetzungszeitraum", "period"),
        ("Wann?", "period"),
        ("Kosten", "cost"),
        ("Finanzierung", "cost"),
        ("Priorität", "priority"),
        ("Umsetzungsstand", "progress"),
        ("Sachstand 2015/2016", "progress"),
        ("Zielgruppe(n)", "target_group"),
        ("Ziel", "goal"),
        ("Zielsetzung", "goal"),
        ("Handlungsfeld", "field_of_action"),
        ("Nr.", "number"),
        ("lfd. Nr.", "number"),
        ("Maßnahmen-Nr.", "number"),
        ("Zustandigkeit", "responsibilities"),
        ("Ziel der Maßnahme", "goal"),
        ("Ort der Maßnahme", None),
        ("Art der Maßnahme", None),
        ("Flankierende Maßnahmen", None),
        ("Erwarteter Nutzen", "goal"),
        ("Klimaziel", "goal"),
        ("Geplanter Beginn", "period"),
        ("Träger / Akteure", "responsibilities"),
        ("Akteur*innen", "responsibilities"),
        ("Ansprechpartner/-in", "responsibilities"),
        ("Handlungsschritte und Zeitplan", "description"),
        ("Wer kümmert sich darum?", "responsibilities"),
        ("Wer hilft uns dabei?", "partners"),
        ("Bis wann soll es fertig sein?", "period"),
        ("Stand 12/2024", "progress"),
        ("3 Jahre", None),
        ("Amt für Umwelt", None),
        ("Kostenträger", None),
        ("Telefon", None),
        ("", None),
    ],
)
def test_a_label_has_its_meaning(label: str, meaning: str | None) -> None:
    assert meaning_of(label)[0] == meaning


def test_a_word_behind_a_noun_that_is_not_known_says_too_little_to_be_believed() -> None:
    label = "Zahl der geförderten Vorhaben"
    assert meaning_of(label)[1] < 0.6
    assert not is_plan([Column(0, label, *meaning_of(label)), Column(1, "Träger", "responsibilities", 1.0)])


def test_a_sentence_is_no_label() -> None:
    text = "Im Rahmen der Maßnahme werden weitere Angebote geschaffen und bekannt gemacht"
    assert meaning_of(text) == (None, 0.0)


def test_a_key_forgives_case_punctuation_and_ss() -> None:
    assert key_of("MASSNAHMEN-Nr.:") == key_of("Maßnahmen Nr")


def columns(*labels: str) -> list[Column]:
    return [Column(i, label, *meaning_of(label)) for i, label in enumerate(labels)]


@pytest.mark.parametrize(
    "labels",
    [
        ("Problem", "Maßnahme", "Indikatoren", "Zuständigkeit"),
        ("Nr.", "Maßnahme", "Verantwortlich"),
        ("Maßnahme", "Ziel", "Zeitraum"),
        ("Was?", "Wer?", "Wann?"),
        ("Handlungsfeld", "Maßnahme", "Priorität", "Status"),
        ("Amt", "Vorhaben", "Fertig bis", "Ansatz"),
        ("Ziffer", "Beschreibung der Maßnahme", "Zuständig", "Kosten (brutto)", "Haushaltsjahr"),
    ],
)
def test_such_columns_are_a_plan(labels: tuple[str, ...]) -> None:
    assert is_plan(columns(*labels))


@pytest.mark.parametrize(
    "labels",
    [
        ("Maßnahme", "Ansatz 2025", "Ansatz 2026"),
        ("Datum", "Gremium (Zuständigkeit)", "Ö / N"),
        ("Gremien", "Termin", "TOP", "Ö / N", "Zuständigkeit"),
        ("Name", "Funktion", "anwesend"),
        ("Für", "Gegen", "Enthaltung"),
        ("Uhrzeit", "Thema", "Ort"),
        ("Kapitel", "Seite"),
        ("Maßnahme", "Gesamtkosten", "Einzahlungen", "Auszahlungen"),
        ("Handlungsfeld", "Ziel-Nummer"),
        ("Amt", "Stellungnahme"),
        ("Schule", "Träger", "Angebot", "Plätze"),
        ("Nr.", "Akteur", "Ansprechperson", "Rolle"),
        ("Datum", "Format", "Beteiligte", "Ergebnis"),
        ("TOP", "Beschluss", "Zuständig", "Termin"),
    ],
)
def test_such_columns_are_no_plan(labels: tuple[str, ...]) -> None:
    assert not is_plan(columns(*labels))


def test_a_label_below_a_spanned_one_says_what_its_column_holds() -> None:
    columns = ("measure", "description", "responsibility_text", "period")
    design = TablePlan(columns, {"measure": "Bezeichnung"}, spanned={"Maßnahmen": ("measure", "description")})
    plan = ratsplan.extract(Case("spanned", design).pdf()).plan
    assert plan is not None
    assert all(measure.measure and measure.description for measure in plan.measures)
