"""The one place that says which tables there are, which columns they have, and what each of them means.

Every writer of tables, the data package and the README of the output folder follow `TABLES`; `rows.py` fills them. The
types are those of Table Schema (https://datapackage.org/standard/table-schema/); cells of type `array` and `object`
hold JSON.
"""

from __future__ import annotations

from typing import get_args

from schemas.records import ActorKind, MentionOrigin, Role, SectionKind
from schemas.table import Column as Column
from schemas.table import ForeignKey as ForeignKey
from schemas.table import Table as Table
from schemas.table import Type as Type
from schemas.value_columns import TARGET, VALUES

_DOCUMENT = Column(
    "document_id", "Dokument", "document", "slug of the file's name and 8 digits of its SHA-256", required=True
)
_MEASURE = Column("measure_id", "Maßnahme", "measure", "unique over all documents", required=True)
_ACTOR = Column(
    "actor_id",
    "Akteur",
    "actor",
    "the same actor has the same id in every document; of local actors it names the town",
    required=True,
)
_POSITION = Column("position", "Position", "position", "place in reading order, from 1", "integer", required=True)
_ROW = Column("row", "Teilzeile", "sub-row", "which sub-row of the measure, from 1", "integer")
_PAGES = (
    Column("first_page", "erste Seite", "first page", "page of the PDF on which it begins, from 1", "integer"),
    Column("last_page", "letzte Seite", "last page", "page of the PDF on which it ends", "integer"),
)
_CORRECTED = Column(
    "corrected", "korrigiert", "corrected", "fields that a person has corrected", "array", required=True
)
_OF_DOCUMENT = ForeignKey(("document_id",), "documents", ("document_id",))
_OF_MEASURE = ForeignKey(("measure_id",), "measures", ("measure_id",))
_OF_ACTOR = ForeignKey(("actor_id",), "actors", ("actor_id",))

DOCUMENTS = Table(
    "documents",
    "Dokumente",
    "One row for each PDF: the file, the paper (Vorlage) and the plan in it.",
    (
        _DOCUMENT,
        Column("file_name", "Datei", "file name", required=True),
        Column("sha256", "Prüfsumme", "SHA-256", "of the bytes of the PDF", required=True),
        Column("size", "Größe", "size", "bytes", "integer", required=True),
        Column("page_count", "Seiten", "pages", "", "integer", required=True),
        Column("producer", "Erzeuger", "producer", "program that made the PDF"),
        Column("source", "Herkunft", "source", "path or address as it was given"),
        Column(
            "status",
            "Stand",
            "status",
            "`review` where a person should look at it",
            required=True,
            enum=("ok", "review"),
        ),
        Column(
            "problems",
            "Hinweise",
            "problems",
            "codes of what to look at; document.json has text and page",
            "array",
            required=True,
        ),
        Column("words", "Wörter", "words", "words on all pages", "integer", required=True),
        Column(
            "unassigned_words",
            "nicht zugeordnete Wörter",
            "unassigned words",
            "words that are in no record, listed in document.json",
            "integer",
            required=True,
        ),
        Column("reference", "Vorlagennummer", "reference", "number of the paper"),
        Column("name", "Betreff", "name", "title of the paper"),
        Column("paper_type", "Vorlagenart", "paper type", "such as Beschlussvorlage"),
        Column("public", "öffentlich", "public", "", "boolean"),
        Column("date", "Datum", "date", "date of the paper", "date"),
        Column("body", "Körperschaft", "body", "town or county"),
        Column("under_direction_of", "Federführung", "under direction of", "department in charge"),
        Column("contact_person", "Ansprechpartner/in", "contact person"),
        Column("originator_person", "Bearbeiter/in", "originator"),
        Column("plan_title", "Titel des Plans", "title of the plan"),
        Column("plan_status", "Stand des Plans", "status of the plan", "such as Entwurf"),
        Column("plan_date", "Datum des Plans", "date of the plan", "", "date"),
        Column("measures", "Maßnahmen", "measures", "how many measures the plan has", "integer", required=True),
        _CORRECTED,
    ),
    ("document_id",),
)

CONSULTATIONS = Table(
    "consultations",
    "Beratungsfolge",
    "One row for each body that deals with the paper, in order.",
    (
        _DOCUMENT,
        _POSITION,
        Column("date", "Sitzungstermin", "date of the meeting", "", "date"),
        Column("organization", "Gremium", "organization"),
        Column("role", "Zuständigkeit", "role", "such as Beratung or Entscheidung"),
        Column("agenda_item", "Tagesordnungspunkt", "agenda item"),
        Column("public", "öffentlich", "public", "", "boolean"),
        Column("result", "Ergebnis", "result", "of the vote, where it is printed"),
        *_PAGES,
    ),
    ("document_id", "position"),
    (_OF_DOCUMENT,),
)

SECTIONS = Table(
    "sections",
    "Abschnitte",
    "One row for each section of the paper.",
    (
        _DOCUMENT,
        _POSITION,
        Column("heading", "Überschrift", "heading", "as printed"),
        Column(
            "kind",
            "Art",
            "kind",
            "resolution is the Beschlussvorschlag, facts the Sachverhalt",
            required=True,
            enum=get_args(SectionKind),
        ),
        Column("text", "Text", "text", "paragraphs are separated by a line feed"),
        *_PAGES,
    ),
    ("document_id", "position"),
    (_OF_DOCUMENT,),
)

ATTACHMENTS = Table(
    "attachments",
    "Anlagen",
    "One row for each annex that the paper names.",
    (_DOCUMENT, _POSITION, Column("name", "Anlage", "name"), *_PAGES),
    ("document_id", "position"),
    (_OF_DOCUMENT,),
)

CONTRIBUTORS = Table(
    "contributors",
    "Beteiligte",
    "One row for each contributor that the plan names.",
    (
        _DOCUMENT,
        _POSITION,
        Column("name", "Name", "name", "as printed"),
        Column("actor_id", "Akteur", "actor"),
    ),
    ("document_id", "position"),
    (_OF_DOCUMENT, _OF_ACTOR),
)

MEASURES = Table(
    "measures",
    "Maßnahmen",
    "One row for each measure of each plan.",
    (
        _DOCUMENT,
        _MEASURE,
        _POSITION,
        Column("number", "Nummer", "number", "as printed"),
        Column("field_of_action", "Handlungsfeld", "field of action"),
        Column("problem", "Problemstellung", "problem", "repeated on each measure where its cell spans several"),
        Column("measure", "Maßnahme", "measure", "what is to be done"),
        Column("goal", "Ziel", "goal"),
        Column("description", "Beschreibung", "description"),
        Column("target_group", "Zielgruppe", "target group"),
        Column("period", "Zeitraum", "period"),
        Column("cost", "Kosten", "cost"),
        Column("priority", "Priorität", "priority"),
        Column("progress", "Sachstand", "progress"),
        *VALUES,
        Column(
            "responsibility_text",
            "Verantwortlichkeit",
            "responsibility",
            "the whole cell; split in responsibilities.csv",
        ),
        Column(
            "columns",
            "Spalten",
            "columns",
            "every column or labelled box by its header as printed",
            "object",
            required=True,
        ),
        Column("confidence", "Sicherheit", "confidence", "0 to 1", "number", required=True),
        _CORRECTED,
        *_PAGES,
    ),
    ("measure_id",),
    (_OF_DOCUMENT,),
)

INDICATORS = Table(
    "indicators",
    "Indikatoren",
    "One row for each indicator of each measure.",
    (
        _DOCUMENT,
        _MEASURE,
        Column("indicator_id", "Indikator", "indicator", "unique over all documents", required=True),
        _POSITION,
        _ROW,
        Column("group", "Gruppe", "group", "the line ending in a colon above the bullets"),
        Column("level", "Ebene", "level", "depth in a nested list, from 1", "integer"),
        Column("text", "Text", "text"),
        *TARGET,
        _CORRECTED,
        *_PAGES,
    ),
    ("indicator_id",),
    (_OF_DOCUMENT, _OF_MEASURE),
)

RESPONSIBILITIES = Table(
    "responsibilities",
    "Verantwortlichkeiten",
    "One row for each actor in the responsibility cell of each measure.",
    (
        _DOCUMENT,
        _MEASURE,
        Column("responsibility_id", "Verantwortlichkeit", "responsibility", "unique over all documents", required=True),
        _POSITION,
        _ROW,
        _ACTOR,
        Column("actor", "Akteur", "actor", "full name as the document resolves it"),
        Column("abbreviation", "Abkürzung", "abbreviation"),
        Column("text", "Text", "text", "as printed"),
        Column(
            "role",
            "Rolle",
            "role",
            "verantwortlich, begleitend, beratend, finanzierend",
            required=True,
            enum=get_args(Role),
        ),
        _CORRECTED,
        *_PAGES,
    ),
    ("responsibility_id",),
    (_OF_DOCUMENT, _OF_MEASURE, _OF_ACTOR),
)

ACTORS = Table(
    "actors",
    "Akteure",
    "One row for each actor over all documents.",
    (
        _ACTOR,
        Column("name", "Name", "name", required=True),
        Column("abbreviation", "Abkürzung", "abbreviation"),
        Column("aliases", "andere Schreibweisen", "aliases", "other names that were printed", "array", required=True),
        Column("kind", "Art", "kind", "", required=True, enum=get_args(ActorKind)),
        Column("identifier", "Kennung", "identifier", "from the user's registry, such as wikidata:Q64"),
        Column(
            "body", "Körperschaft", "body", "town or county; empty where the actor is the same everywhere, or unknown"
        ),
        Column(
            "mentions",
            "Nennungen",
            "mentions",
            "rows of responsibilities.csv and mentions.csv",
            "integer",
            required=True,
        ),
        Column("documents", "Dokumente", "documents", "how many documents name the actor", "integer", required=True),
        Column(
            "similar",
            "ähnlich",
            "similar",
            "ids of actors that may be the same and were kept apart: a person should decide",
            "array",
            required=True,
        ),
    ),
    ("actor_id",),
)

MENTIONS = Table(
    "mentions",
    "Nennungen",
    "One row for each place in the text of a record where an actor is named.",
    (
        _DOCUMENT,
        Column("measure_id", "Maßnahme", "measure", "empty where the text is no measure's"),
        _POSITION,
        _ACTOR,
        Column("label", "Etikett", "label", "entity label: ORG, PER, LOC or MISC", required=True),
        Column("text", "Text", "text", "as printed"),
        Column("field", "Feld", "field", "where the text stands, such as measures/<measure_id>/problem", required=True),
        Column(
            "start", "Anfang", "start", "offset in the field's text, in characters, from 0", "integer", required=True
        ),
        Column("end", "Ende", "end", "offset behind the last character", "integer", required=True),
        Column("origin", "Quelle", "origin", "how it was found", required=True, enum=get_args(MentionOrigin)),
        Column("confidence", "Sicherheit", "confidence", "0 to 1", "number", required=True),
        *_PAGES,
    ),
    ("document_id", "position"),
    (_OF_DOCUMENT, _OF_MEASURE, _OF_ACTOR),
)

LINEAGE = Table(
    "lineage",
    "Werdegang",
    "One row for each measure in each draft of its plan, and one where a lineage ends: which measure became which.",
    (
        Column("plan_id", "Plan", "plan", "document_id of the first draft of the plan", required=True),
        Column("draft", "Fassung", "draft", "place among the drafts of the plan, from 1", "integer", required=True),
        _DOCUMENT,
        Column(
            "lineage_id",
            "Werdegang",
            "lineage",
            "measure_id of the measure with which the lineage begins",
            required=True,
        ),
        Column("measure_id", "Maßnahme", "measure", "empty where the lineage has no measure in this draft"),
        Column(
            "kind",
            "Art",
            "kind",
            "what became of it since the draft before; `returned` was missing in between",
            required=True,
            enum=("first", "unchanged", "changed", "moved", "added", "removed", "split", "merged", "returned"),
        ),
        Column("previous", "davor", "before", "measure_id of the measures it comes from", "array", required=True),
        Column(
            "related",
            "verwandt",
            "related",
            "of a split the lineages that branch off, or the one it comes from; of a merge those that end, or the heir",
            "array",
            required=True,
        ),
        Column("fields", "Felder", "fields", "the fields that changed", "array", required=True),
        Column("likeness", "Ähnlichkeit", "likeness", "0 to 1", "number"),
        Column("reason", "Grund", "reason", "why these belong together, and what changed, in words"),
    ),
    ("lineage_id", "document_id"),
    (_OF_DOCUMENT, _OF_MEASURE),
)

TABLES = (
    DOCUMENTS,
    CONSULTATIONS,
    SECTIONS,
    ATTACHMENTS,
    CONTRIBUTORS,
    MEASURES,
    INDICATORS,
    RESPONSIBILITIES,
    ACTORS,
    MENTIONS,
)
"""The tables that documents fill, in the order of the contract."""
FOLDER_TABLES = (*TABLES, LINEAGE)
"""All tables of an output folder: lineage goes over several documents."""
