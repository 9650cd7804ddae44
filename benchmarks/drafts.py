"""Two drafts of 1,000 measures beside csv-diff: `python -m benchmarks.drafts [MEASURES]`.

The second draft is the first with known edits. ratsplan compares the records; csv-diff, which needs a key, the same
measures as rows, by their number and, as the kinder choice, by their text. Told is how long each takes and what it
reports beside what was done.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from csv_diff import compare as csv_compare

from pipeline.compare import compare_documents
from schemas.records import Document, File, Indicator, LedgerRecord, Measure, Plan

_VERBS = "Aufbau Ausbau Einrichtung Erprobung Förderung Sanierung Bekanntmachung Vernetzung Pflege Planung".split()
_THINGS = (
    "einer Beratungsstelle", "des Radwegenetzes", "eines Jugendbeirats", "der Begegnungsstätte", "eines Wegweisers",
    "der Dachbegrünung", "der Schulsozialarbeit", "eines Bürgerbusses", "des Starkregenschutzes", "von Ladesäulen",
)  # fmt: skip
_PLACES = (
    "im Rathaus", "in allen Ortsteilen", "an den Grundschulen", "entlang der Kreisstraßen", "in der Nordstadt",
    "mit den Nachbargemeinden", "für Fachkräfte", "auf der Homepage", "im ländlichen Raum", "am Bahnhof",
)  # fmt: skip
_COUNTED = "Beratungen Veranstaltungen Anträge Standorte Kurse Einsätze Teilnehmende Berichte".split()
_FIELDS = ("Mobilität", "Bildung", "Klimaanpassung", "Wohnen", "Ehrenamt", "Gesundheit", "Sprache")


def make_plan(count: int) -> list[Measure]:
    """A plan of so many measures, numbered, over seven fields of action; the same every time."""
    rng = random.Random(count)
    texts = [f"{a} {b} {c}" for a in _VERBS for b in _THINGS for c in _PLACES]
    rng.shuffle(texts)
    return [
        _measure(rng, f"{texts[index % len(texts)]} (Abschnitt {index % 89})", _FIELDS[index * len(_FIELDS) // count])
        for index in range(count)
    ]


def next_draft(plan: Sequence[Measure]) -> tuple[list[Measure], Counter[str]]:
    """The plan with known edits, and how many of each kind: all numbers shift with the first insertion."""
    rng = random.Random(1)
    draft = [measure.model_copy(deep=True) for measure in plan]
    share = max(len(plan) // 50, 1)
    chosen = rng.sample(range(len(draft)), 3 * share)
    for index in chosen[:share]:
        draft[index].measure = f"{draft[index].measure} mit allen Beteiligten"
    for index in chosen[share : 2 * share]:
        draft[index].period = "bis 31.12.2039"
    gone = set(chosen[2 * share :])
    draft = [measure for index, measure in enumerate(draft) if index not in gone]
    for place in [0, *rng.sample(range(len(draft)), share - 1)]:
        text = f"Wettbewerb um neue Ideen Nummer {rng.randint(1, 10**6)} zur Gestaltung der Ortsmitte"
        draft.insert(place, _measure(rng, text, draft[place].field_of_action or ""))
    unchanged = len(plan) - 3 * share
    return draft, Counter(unchanged=unchanged, changed=2 * share, removed=share, added=share)


def _measure(rng: random.Random, text: str, name: str) -> Measure:
    counted = rng.sample(_COUNTED, rng.randint(2, 4))
    indicators = [Indicator(indicator_id=f"i{n}", position=n, text=f"Anzahl der {w}") for n, w in enumerate(counted, 1)]
    problem = f"Es fehlt an {rng.choice(_COUNTED)} {rng.choice(_PLACES)}"
    return Measure(
        measure_id="", position=1, field_of_action=name, problem=problem, measure=text,
        period=f"bis 30.06.{rng.randint(2026, 2035)}", indicators=indicators,
    )  # fmt: skip


def document(name: str, measures: Iterable[Measure]) -> Document:
    """A document with these measures, numbered from 1."""
    own = [
        measure.model_copy(update={"measure_id": f"{name}-m{n}", "position": n, "number": str(n)})
        for n, measure in enumerate(measures, start=1)
    ]
    file = File(name=f"{name}.pdf", sha256="0" * 64, size=1, page_count=1)
    ledger = LedgerRecord(words=0, paper=0, plan=0, prose=0, tables=0, furniture=0)
    return Document(document_id=name, file=file, ledger=ledger, plan=Plan(title="Aktionsplan", measures=own))


def rows_by(key: str, draft: Document) -> dict[str, dict[str, Any]]:
    """The measures as csv-diff takes a table: rows by their key; of equal keys the last one stays."""
    rows = [
        {
            "number": m.number, "field_of_action": m.field_of_action, "problem": m.problem, "measure": m.measure,
            "period": m.period, "indicators": "; ".join(i.text for i in m.indicators),
        }
        for m in (draft.plan.measures if draft.plan else [])
    ]  # fmt: skip
    # Where the text is the key, a number that only counts is left out: it would mark every row.
    left_out = {"number"} - {key}
    return {str(row[key]): {name: text for name, text in row.items() if name not in left_out} for row in rows}


def told_by_csv_diff(key: str, old: Document, new: Document) -> str:
    """What csv-diff reports for the two drafts by this key."""
    before, after = rows_by(key, old), rows_by(key, new)
    found = csv_compare(before, after)
    counts = {name: len(found[name]) for name in ("changed", "removed", "added")}
    unchanged = len(set(before) & set(after)) - counts["changed"]
    lost = sum(len(draft.plan.measures if draft.plan else []) for draft in (old, new)) - len(before) - len(after)
    text = ", ".join([f"{unchanged} unchanged", *(f"{count} {name}" for name, count in counts.items())])
    return text + (f"; {lost} rows lost to equal keys" if lost else "")


def main(count: int = 1000) -> None:
    """Print a row for the truth and for each tool: seconds, and what it reports."""
    plan = make_plan(count)
    draft, truth = next_draft(plan)
    old, new = document("old", plan), document("new", draft)
    print(f"\nTwo drafts of {count} and {len(draft)} measures; seconds, and what is reported")
    print(f"{'what was done':24}{'':>8}  {', '.join(f'{n} {kind}' for kind, n in truth.items())}")
    begin = time.perf_counter()
    summary = compare_documents(old, new).summary
    told = ", ".join(f"{count} {kind}" for kind, count in summary.items() if count)
    print(f"{'ratsplan':24}{time.perf_counter() - begin:>8.2f}  {told}")
    for key in ("number", "measure"):
        begin = time.perf_counter()
        told = told_by_csv_diff(key, old, new)
        print(f"{f'csv-diff by {key}':24}{time.perf_counter() - begin:>8.2f}  {told}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
