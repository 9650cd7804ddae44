"""Plans of measures made from phrases in the manner of council plans; the same seed gives the same plan."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

PROBLEMS = [
    "Angebote sind in der Fläche unbekannt und werden nicht genutzt",
    "Fehlende Radwege zwischen den Ortsteilen",
    "Hohe Energiekosten in kommunalen Gebäuden",
    "Zu wenig bezahlbarer Wohnraum für Familien mit geringem Einkommen",
    "Ärztliche Versorgung ist im ländlichen Raum nicht gesichert",
    "Jugendliche werden an Planungen selten beteiligt",
    "Starkregen überflutet regelmäßig Keller und Unterführungen",
    "Die Innenstadt verliert Geschäfte, Besucherinnen und Besucher",
]
MEASURES = [
    "Aufbau einer zentralen Beratungsstelle im Rathaus",
    "Ausbau des Radwegenetzes entlang der Kreisstraßen mit sicheren Querungen",
    "Energetische Sanierung der Grund- und Gemeinschaftsschulen",
    "Einführung eines Förderprogramms für Dach- und Fassadenbegrünung",
    "Einrichtung eines Jugendbeirats mit eigenem Budget",
    "Erstellung einer Starkregengefahrenkarte für das gesamte Stadtgebiet",
    "Ansprache von Eigentümerinnen und Eigentümern leer stehender Gebäude",
    "Fortbildungsreihe für pädagogische Fachkräfte in Kindertagesstätten",
    "Veröffentlichung eines mehrsprachigen Wegweisers (digital und gedruckt)",
    "Schulungen für 5- bis 10-jährige Kinder und ihre Eltern",
    "E-Mail-Verteiler und Online-Plattform für Vereine betreiben",
    "Kooperationsvereinbarung mit den Nachbargemeinden zum Bürgerbus",
]
INDICATORS = [
    "Anzahl der Beratungen je Quartal",
    "Länge der neu gebauten Radwege in Kilometern",
    "Der Energieverbrauch ist um 20 % gesunken",
    "mindestens zwölf Veranstaltungen im Jahr finden statt",
    "Rückmeldungen der Teilnehmenden werden ausgewertet und veröffentlicht",
    "Konzept liegt vor und ist mit den Beteiligten abgestimmt",
    "Zahl der geförderten Vorhaben",
    "Bekanntmachung auf der Homepage und in der örtlichen Presse",
]
ACTORS = [
    "Stadtwerke",
    "Amt für Umwelt",
    "Fachbereich Soziales",
    "Jobcenter",
    "Volkshochschule",
    "Freiwillige Feuerwehr",
    "Kreisjugendring",
    "Gleichstellungsbeauftragte",
    "Wirtschaftsförderung",
    "Sportverein Eintracht e.V.",
]
FIELDS = ["Mobilität", "Bildung und Teilhabe", "Klimaanpassung", "Wohnen", "Ehrenamt", "Gesundheit"]
GROUPS = ["Beratung", "Öffentlichkeitsarbeit", "Umsetzung vor Ort"]
DESCRIPTIONS = [
    "Die Verwaltung prüft geeignete Standorte und legt dem Ausschuss einen Vorschlag vor.",
    "In einem ersten Schritt werden die Bestandsdaten erhoben; danach folgt die Abstimmung mit den Ortsräten.",
    "Gemeinsam mit den Trägern entsteht ein niedrigschwelliges Angebot, das auch ohne Anmeldung besucht werden kann.",
]
AUDIENCES = ["Familien", "Seniorinnen und Senioren", "Vereine", "Unternehmen der Region"]


@dataclass
class Indicator:
    text: str
    group: str | None = None


@dataclass
class Measure:
    """One measure as it is put into the PDF, and as it should come out."""

    measure: str
    problem: str
    field_of_action: str
    number: str
    goal: str
    description: str
    target_group: str
    period: str
    cost: str
    priority: str
    progress: str
    indicators: list[Indicator]
    responsibility_text: str
    remark: str = ""
    blank: set[str] = field(default_factory=set)
    """Fields whose cells stay empty."""

    def printed(self, name: str) -> str:
        """The text of a field; "" where its cell is empty."""
        return "" if name in self.blank else str(getattr(self, name))


def make_plan(
    seed: int, count: int = 12, fields: int = 3, *, nested: bool = False, gaps: bool = False, long: int = 0
) -> list[Measure]:
    """`count` measures over `fields` fields of action.

    `nested` groups some indicators, `gaps` leaves some cells empty, and the description of the measure in the middle
    has `long` further sentences.
    """
    rng = random.Random(seed)
    names = rng.sample(FIELDS, fields)
    plan: list[Measure] = []
    used: set[str] = set()
    for index in range(count):
        text = rng.choice(MEASURES)
        if text in used:
            text = f"{text}, Abschnitt {index + 1}"
        used.add(text)
        name = names[index * fields // count]
        shared = bool(plan) and plan[-1].field_of_action == name and rng.random() < 0.4
        measure = Measure(
            measure=text,
            problem=plan[-1].problem if shared else f"{rng.choice(PROBLEMS)} ({index + 1})",
            field_of_action=name,
            number=f"{names.index(name) + 1}.{index + 1}",
            goal=f"Bis 2030 ist die Lage bei Punkt {index + 1} besser",
            description=rng.choice(DESCRIPTIONS),
            target_group=rng.choice(AUDIENCES),
            period=rng.choice(["2025 bis 2027", "laufend", "ab 2026", "bis Ende 2026"]),
            cost=rng.choice(["20.000 €", "keine", "ca. 5.000 € pro Jahr"]),
            priority=rng.choice(["hoch", "mittel", "niedrig"]),
            progress=rng.choice(["in Arbeit", "abgeschlossen", "noch nicht begonnen"]),
            indicators=_indicators(rng, nested),
            responsibility_text=", ".join(rng.sample(ACTORS, rng.randint(1, 3))),
            remark=rng.choice(["siehe Beschluss vom März", "Abstimmung mit dem Land läuft", "keine"]),
        )
        if gaps:
            measure.blank = {name for name in ("cost", "period", "priority", "remark") if rng.random() < 0.35}
        plan.append(measure)
    if long:
        middle = plan[count // 2]
        middle.description = " ".join(f"Im Schritt {n + 1} gilt: {rng.choice(DESCRIPTIONS)}" for n in range(long))
    return plan


def _indicators(rng: random.Random, nested: bool) -> list[Indicator]:
    texts = rng.sample(INDICATORS, rng.randint(1, 4))
    if not nested or len(texts) < 3:
        return [Indicator(text) for text in texts]
    group = rng.choice(GROUPS)
    return [Indicator(texts[0]), *(Indicator(text, group) for text in texts[1:])]
