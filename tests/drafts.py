"""Pairs of drafts with known edits, so that the truth about what changed comes from here.

`draft_pair(seed)` makes a plan out of phrases, copies it, edits the copy, prints some of it in another way, and
says which change each measure is in.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import groupby

from schemas.changes import Comparison
from schemas.records import Document, File, Indicator, LedgerRecord, Measure, Plan, Responsibility

VERBS = ["Aufbau", "Ausbau", "Einrichtung", "Erprobung", "Förderung", "Sanierung", "Bekanntmachung", "Vernetzung"]
THINGS = [
    "einer mobilen Beratungsstelle", "des kommunalen Radwegenetzes", "eines Jugendbeirats mit eigenem Budget",
    "der Begegnungsstätte am Markt", "von Dach- und Fassadenbegrünung", "einer digitalen Ehrenamtsbörse",
    "der Schulsozialarbeit", "eines mehrsprachigen Wegweisers", "von Ladesäulen für Elektrofahrzeuge",
    "des Starkregenschutzes", "der ambulanten Pflegeberatung", "eines Bürgerbusses",
]  # fmt: skip
PLACES = [
    "im Rathaus", "in allen Ortsteilen", "an den Grundschulen", "entlang der Kreisstraßen", "im Quartier Nordstadt",
    "mit den Nachbargemeinden", "für pädagogische Fachkräfte", "auf der Homepage", "im ländlichen Raum",
]  # fmt: skip
LACKS = ["Es fehlt an", "Bisher gibt es kaum", "Der Bedarf wächst bei", "Viele wissen nichts von", "Zu teuer sind"]
NEEDS = [
    "Angeboten für Familien mit kleinem Einkommen", "sicheren Wegen zwischen den Dörfern", "Räumen für Vereine",
    "Auskunft in einfacher Sprache", "Treffpunkten für ältere Menschen", "Schatten auf den Plätzen der Innenstadt",
    "Ausbildungsplätzen vor Ort", "ärztlicher Versorgung am Wochenende", "Beteiligung junger Menschen",
]  # fmt: skip
COUNTS = ["Anzahl der", "Zufriedenheit mit den", "jährlicher Bericht zu den", "Kosten je Fall bei den"]
COUNTED = ["Beratungen", "Veranstaltungen", "Teilnehmenden", "Anträgen", "neuen Standorten", "Kursen", "Einsätzen"]
ACTORS = [
    "Stadtwerke", "Amt für Umwelt", "Fachbereich Soziales", "Jobcenter", "Volkshochschule", "Feuerwehr",
    "Kreisjugendring", "Gleichstellungsbeauftragte", "Wirtschaftsförderung", "Diakonie", "Sportverein Eintracht",
]  # fmt: skip
FIELDS = ["Mobilität", "Bildung und Teilhabe", "Klimaanpassung", "Wohnen", "Ehrenamt"]
OTHER_WORDS = ["schrittweise", "dauerhaft", "gemeinschaftlich", "barrierefrei", "probeweise", "verbindlich"]

Truth = tuple[str, tuple[int, ...], tuple[int, ...], frozenset[str]]
"""Kind, positions in the old and in the new draft from 0, names of the fields that differ."""


@dataclass
class Entry:
    """A measure of the new draft, the old ones it comes from, and what was done to it."""

    measure: Measure
    origins: tuple[int, ...] = ()
    kind: str = "unchanged"
    fields: set[str] = field(default_factory=set)


@dataclass
class DraftPair:
    old: Document
    new: Document
    truth: set[Truth]


def document(name: str, measures: Iterable[Measure]) -> Document:
    """A document with these measures, given their ids and positions."""
    own = []
    for index, measure in enumerate(measures):
        own.append(measure.model_copy(deep=True, update={"measure_id": f"{name}-m{index + 1}", "position": index + 1}))
    return Document(
        document_id=name,
        file=File(name=f"{name}.pdf", sha256="0" * 64, size=1, page_count=1),
        ledger=LedgerRecord(words=0, paper=0, plan=0, prose=0, tables=0, furniture=0),
        plan=Plan(title="Aktionsplan", measures=own),
    )


def make_measures(rng: random.Random, count: int) -> list[Measure]:
    """Measures over three fields of action; some share a problem, and each field has one with the same title."""
    names = rng.sample(FIELDS, 3)
    texts = rng.sample([f"{verb} {thing} {place}" for verb in VERBS for thing in THINGS for place in PLACES], count)
    plan: list[Measure] = []
    for index, text in enumerate(texts):
        name = names[index * 3 // count]
        first = not plan or plan[-1].field_of_action != name
        shared = not first and rng.random() < 0.4
        problem = plan[-1].problem if shared else f"{rng.choice(LACKS)} {rng.choice(NEEDS)}"
        plan.append(make_measure(rng, "Öffentlichkeitsarbeit" if first else text, name, problem))
    return plan


def make_measure(rng: random.Random, text: str, name: str | None, problem: str | None) -> Measure:
    end = rng.randint(2026, 2031)
    measure = Measure(
        measure_id="", position=1, field_of_action=name, problem=problem, measure=text,
        period=f"bis 30.06.{end}", cost=f"{rng.randint(2, 90)}.000 €", priority=rng.choice(["hoch", "mittel"]),
        columns={"Bemerkung": rng.choice(["siehe Beschluss vom März", "Abstimmung läuft", "keine"])},
    )  # fmt: skip
    counted = rng.sample([f"{count} {thing}" for count in COUNTS for thing in COUNTED], rng.randint(2, 4))
    measure.indicators = [Indicator(indicator_id=f"i{n}", position=n, text=text) for n, text in enumerate(counted, 1)]
    set_actors(measure, rng.sample(ACTORS, rng.randint(1, 3)))
    return measure


def set_actors(measure: Measure, names: Iterable[str], supporting: Iterable[str] = ()) -> None:
    """Who does it, as records and as the printed cell."""
    roles = [(name, "responsible") for name in names] + [(name, "supporting") for name in supporting]
    measure.responsibilities = [
        Responsibility.model_validate({"responsibility_id": f"r{n}", "position": n, "actor_id": name.lower(),
                                       "actor": name, "text": name, "role": role})
        for n, (name, role) in enumerate(roles, 1)
    ]  # fmt: skip
    helpers = ", ".join(supporting)
    measure.responsibility_text = ", ".join(names) + (f" in Zusammenarbeit mit {helpers}" if helpers else "")


def actors_of(measure: Measure) -> list[str]:
    return [entry.actor for entry in measure.responsibilities]


def reword(rng: random.Random, entry: Entry) -> str:
    words = (entry.measure.measure or "").split()
    words.insert(rng.randint(1, len(words)), rng.choice(OTHER_WORDS))
    entry.measure.measure = " ".join(words)
    return "measure"


def other_problem(rng: random.Random, entry: Entry) -> str:
    entry.measure.problem = f"{entry.measure.problem}, vor allem {rng.choice(PLACES)}"
    return "problem"


def more_indicators(rng: random.Random, entry: Entry) -> str:
    at = rng.randint(0, len(entry.measure.indicators))
    entry.measure.indicators.insert(at, Indicator(indicator_id="i9", position=9, text="Evaluation liegt vor"))
    return "indicators"


def fewer_indicators(rng: random.Random, entry: Entry) -> str:
    entry.measure.indicators.pop(rng.randrange(len(entry.measure.indicators)))
    return "indicators"


def edited_indicator(rng: random.Random, entry: Entry) -> str:
    rng.choice(entry.measure.indicators).text += " pro Quartal"
    return "indicators"


def more_actors(rng: random.Random, entry: Entry) -> str:
    names = actors_of(entry.measure)
    set_actors(entry.measure, [*names, rng.choice([name for name in ACTORS if name not in names])])
    return "responsibilities responsibility_text"


def other_role(rng: random.Random, entry: Entry) -> str:
    names = actors_of(entry.measure)
    set_actors(entry.measure, ["Klimaschutzmanagement"], names)
    return "responsibilities responsibility_text"


def later(rng: random.Random, entry: Entry) -> str:
    entry.measure.period = f"{entry.measure.period}"[:-4] + "2033"
    return "period"


def dearer(rng: random.Random, entry: Entry) -> str:
    entry.measure.cost = "1" + (entry.measure.cost or "")
    return "cost"


def remark(rng: random.Random, entry: Entry) -> str:
    entry.measure.columns = {"Bemerkung": "vom Ausschuss vertagt"}
    return "columns.Bemerkung"


EDITS: list[list[Callable[[random.Random, Entry], str]]] = [
    [reword], [other_problem], [more_indicators, fewer_indicators, edited_indicator], [more_actors, other_role],
    [later], [dearer], [remark],
]  # fmt: skip
"""Edits of one part of a measure; two of the same part could undo each other."""


def change(rng: random.Random, entry: Entry) -> None:
    """Edit one or two fields of a measure."""
    for edits in rng.sample(EDITS, rng.randint(1, 2)):
        entry.fields.update(rng.choice(edits)(rng, entry).split())
    entry.kind = "changed" if entry.kind == "unchanged" else entry.kind


def move_to_other_field(rng: random.Random, draft: list[Entry]) -> None:
    """One measure, edited or not, goes to the end of another field of action."""
    entry = draft.pop(_free(rng, draft))
    others = sorted({str(e.measure.field_of_action) for e in draft} - {str(entry.measure.field_of_action)})
    entry.measure.field_of_action = rng.choice(others)
    entry.kind, entry.fields = "moved", {"field_of_action"}
    if rng.random() < 0.5:
        change(rng, entry)
    last = max(i for i, e in enumerate(draft) if e.measure.field_of_action == entry.measure.field_of_action)
    draft.insert(last + 1, entry)


def move_within_field(rng: random.Random, draft: list[Entry]) -> None:
    """The last measure of a field of action becomes its first; at least two stand between."""
    groups = [list(group) for _, group in groupby(draft, key=lambda e: e.measure.field_of_action)]
    group = rng.choice([g for g in groups if len(g) >= 4 and g[-1].kind == "unchanged" and g[-1].origins])
    group[-1].kind = "moved"
    group.insert(0, group.pop())
    draft[:] = [entry for g in groups for entry in g]


def add(rng: random.Random, draft: list[Entry]) -> None:
    at = rng.randrange(1, len(draft))
    name = draft[at - 1].measure.field_of_action
    text = f"Wettbewerb um {rng.choice(OTHER_WORDS)}e Ideen {rng.choice(PLACES)}"
    draft.insert(
        at, Entry(make_measure(rng, text, name, f"Ungenutzt bleiben Vorschläge zu {rng.choice(NEEDS)}"), kind="added")
    )


def remove(rng: random.Random, draft: list[Entry]) -> None:
    draft.pop(_free(rng, draft))


def replace(rng: random.Random, draft: list[Entry]) -> None:
    """Another measure at the same place, for the same problem."""
    at = _free(rng, draft)
    gone = draft[at].measure
    text = f"Machbarkeitsstudie zu Wärmenetzen ({rng.randint(1, 99)})"
    draft[at] = Entry(make_measure(rng, text, gone.field_of_action, gone.problem), kind="added")


def split(rng: random.Random, draft: list[Entry]) -> None:
    """A measure with two sentences and four indicators becomes two measures side by side."""
    at = next(i for i, e in enumerate(draft) if (e.measure.measure or "").count(". ") == 1 and e.kind == "unchanged")
    whole = draft[at]
    sentences = (whole.measure.measure or "").split(". ")
    parts = [whole.measure.model_copy(deep=True) for _ in sentences]
    half = len(whole.measure.indicators) // 2
    for part, text, own in zip(parts, sentences, (slice(half), slice(half, None)), strict=True):
        part.measure, part.indicators = text, part.indicators[own]
    draft[at : at + 1] = [Entry(part, whole.origins, "split", {"measure", "indicators"}) for part in parts]


def merge(rng: random.Random, draft: list[Entry]) -> None:
    """Two neighbours of one field of action become one, with all indicators; problem and actors stay the first's."""
    at = next(i for i in range(len(draft) - 1) if _mergeable(draft[i], draft[i + 1]))
    first, second = draft[at], draft[at + 1]
    whole = first.measure.model_copy(deep=True)
    whole.measure = f"{whole.measure}. {second.measure.measure}"
    whole.indicators = [*whole.indicators, *second.measure.indicators]
    fields = {"measure", "indicators"} | _differing(whole, second.measure)
    draft[at : at + 2] = [Entry(whole, (*first.origins, *second.origins), "merged", fields)]


def _mergeable(first: Entry, second: Entry) -> bool:
    same_field = first.measure.field_of_action == second.measure.field_of_action
    plain = all(e.kind == "unchanged" and len((e.measure.measure or "").split()) > 3 for e in (first, second))
    return same_field and plain and not any(". " in (e.measure.measure or "") for e in (first, second))


def _differing(one: Measure, other: Measure) -> set[str]:
    names = ("problem", "period", "cost", "priority", "responsibility_text")
    found = {name for name in names if getattr(one, name) != getattr(other, name)}
    if "responsibility_text" in found and sorted(actors_of(one)) == sorted(actors_of(other)):
        found.discard("responsibility_text")
    if sorted(actors_of(one)) != sorted(actors_of(other)):
        found.add("responsibilities")
    return found | ({"columns.Bemerkung"} if one.columns != other.columns else set())


def print_otherwise(rng: random.Random, measure: Measure) -> None:
    """The same text as another program prints it: spaces, dashes, quotes, hyphenation, bullets, order of items."""
    for name in ("measure", "problem", "responsibility_text"):
        text = getattr(measure, name) or ""
        words = text.split(" ")
        at = rng.randrange(len(words))
        if len(words[at]) > 9 and words[at].isalpha():
            words[at] = f"{words[at][:5]}-{words[at][5:]}"
        text = rng.choice([" ", "  ", "\u00a0"]).join(words)
        setattr(measure, name, text.replace("- und", "\u2010 und").replace(" – ", " - "))
    for indicator in measure.indicators:
        indicator.text = rng.choice(["", "• ", "- ", "„"]) + indicator.text
    rng.shuffle(measure.indicators)
    measure.cost = (measure.cost or "").replace(".000 €", " 000,00 EUR")


def draft_pair(seed: int, count: int = 18, *, reprint: bool = True) -> DraftPair:
    """A plan and its next draft, with about a third of the measures edited. The same seed gives the same pair.

    With `reprint`, some of the next draft is printed in another way.
    """
    rng = random.Random(seed)
    plan = make_measures(rng, count)
    plan[
        rng.randrange(1, count)
    ].measure = "Schulung ehrenamtlicher Lotsinnen und Lotsen. Anschaffung zweier Lastenräder für die Ausleihe"
    numbered = rng.random() < 0.5
    draft = [Entry(m.model_copy(deep=True), (index,)) for index, m in enumerate(plan)]
    split(rng, draft)
    merge(rng, draft)
    if rng.random() < 0.7:
        move_within_field(rng, draft)
    for edit in rng.sample([move_to_other_field, add, remove, replace, add, remove], 4):
        edit(rng, draft)
    for entry in rng.sample([e for e in draft if e.kind == "unchanged"], 4):
        change(rng, entry)
    if rng.random() < 0.5:
        _rename_a_field(rng, draft)
    for entry in draft:
        if reprint and rng.random() < 0.4:
            print_otherwise(rng, entry.measure)
    for measures in (plan, [entry.measure for entry in draft]) if numbered else ():
        for number, measure in enumerate(measures, 1):
            measure.number = str(number)
    old, new = document(f"old-{seed}", plan), document(f"new-{seed}", [entry.measure for entry in draft])
    return DraftPair(old, new, _truth(count, draft))


def found_in(comparison: Comparison, old: Document, new: Document) -> set[Truth]:
    """What a comparison says, in the form of the truth."""
    at = {m.measure_id: m.position - 1 for d in (old, new) if d.plan for m in d.plan.measures}
    return {
        (c.kind, tuple(at[i] for i in c.old), tuple(at[i] for i in c.new), frozenset(f.field for f in c.fields))
        for c in comparison.changes
    }


def _free(rng: random.Random, draft: list[Entry]) -> int:
    """A measure that nothing was done to and that has no title in common with others."""
    return rng.choice([i for i, e in enumerate(draft) if e.kind == "unchanged" and " " in (e.measure.measure or "")])


def _rename_a_field(rng: random.Random, draft: list[Entry]) -> None:
    name = rng.choice(sorted({str(e.measure.field_of_action) for e in draft}))
    for entry in draft:
        if entry.measure.field_of_action == name:
            entry.measure.field_of_action = f"{name} und Nachbarschaft"


def _truth(count: int, draft: list[Entry]) -> set[Truth]:
    truth: dict[tuple[int, ...], Truth] = {}
    result: set[Truth] = set()
    for index, entry in enumerate(draft):
        if not entry.origins:
            result.add(("added", (), (index,), frozenset()))
            continue
        before = truth.get(entry.origins)
        parts = (*before[2], index) if before else (index,)
        truth[entry.origins] = (entry.kind, entry.origins, parts, frozenset(entry.fields))
    kept = {i for origins in truth for i in origins}
    return result | set(truth.values()) | {("removed", (i,), (), frozenset()) for i in range(count) if i not in kept}
