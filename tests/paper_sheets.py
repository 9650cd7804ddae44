"""Look-alikes of council papers, drawn with reportlab: invented towns, people and projects.

Each function gives the bytes of a PDF whose truth stands in the test that calls it.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

LOREM = (
    "Die Gemeindevertretung hat im vergangenen Jahr mehrere Anträge zum Ausbau der Wege beraten. "
    "Die Verwaltung hat die Strecken geprüft und eine Reihenfolge vorgeschlagen. "
    "Für den Abschnitt am alten Bahnhof liegt eine Förderzusage des Landes vor."
)


class Sheet:
    """A canvas whose y grows downwards, in points."""

    def __init__(self, size: tuple[float, float] = A4) -> None:
        self.buffer = io.BytesIO()
        self.canvas = Canvas(self.buffer, pagesize=size, invariant=1)
        self.height = size[1]

    def text(self, x: float, y: float, text: str, size: float = 11, font: str = "Helvetica") -> None:
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, self.height - y, text)

    def bold(self, x: float, y: float, text: str, size: float = 11) -> None:
        self.text(x, y, text, size, "Helvetica-Bold")

    def paragraph(self, x: float, y: float, text: str, width: float = 450, size: float = 11) -> float:
        """Draw wrapped text; gives the y of the line after it."""
        for line in simpleSplit(text, "Helvetica", size, width):
            self.text(x, y, line, size)
            y += 1.25 * size
        return y

    def box(self, x0: float, top: float, x1: float, bottom: float) -> None:
        self.canvas.rect(x0, self.height - bottom, x1 - x0, bottom - top)

    def grid(
        self,
        x: float,
        y: float,
        widths: Sequence[float],
        rows: Sequence[Sequence[str]],
        *,
        row: float = 18,
        size: float = 10,
    ) -> float:
        """A ruled table; gives its lower edge. "\\n" in a text begins a new line of the cell."""
        for texts in rows:
            height = row + (size * 1.2) * max(text.count("\n") for text in texts)
            left = x
            for width, text in zip(widths, texts, strict=True):
                self.box(left, y, left + width, y + height)
                for number, line in enumerate(text.split("\n")):
                    self.text(left + 4, y + 12 + number * size * 1.2, line, size)
                left += width
            y += height
        return y

    def page(self, size: tuple[float, float] = A4) -> None:
        self.canvas.showPage()
        self.canvas.setPageSize(size)
        self.height = size[1]

    def pdf(self) -> bytes:
        self.canvas.save()
        return self.buffer.getvalue()


def allris() -> bytes:
    """ALLRIS 4: title on top, two columns below it, committees with their role in brackets, then an annex."""
    sheet = Sheet()
    sheet.bold(70, 140, "Radverkehr: Ausbau der Wege zwischen Moorbek und", 14)
    sheet.bold(70, 158, "Hohenfelde in den Jahren 2026 bis 2028", 14)
    sheet.bold(70, 195, "VO/2026/031-1", 12)
    sheet.text(70, 213, "nichtöffentlich", 10)
    sheet.text(70, 230, "FD 4.1 Verkehr und Mobilität", 10, "Helvetica-Oblique")
    sheet.bold(305, 195, "Mitteilungsvorlage nichtöffentlich", 12)
    sheet.text(305, 213, "Datum: 03.02.2026", 10)
    sheet.text(305, 230, "Ansprechpartner/in: Imke Brodersen", 10)
    sheet.text(305, 247, "Bearbeiter/in: Thore Asmussen", 10)
    rows = [
        ["Datum", "Gremium (Zuständigkeit)", "Ö / N"],
        ["24.02.2026", "Bau- und Umweltausschuss (Vorberatung)", "N"],
        ["09.03.2026", "Gemeindevertretung Moorbek (Entscheidung)", "N"],
    ]
    sheet.grid(66, 275, [78, 340, 45], rows)
    sheet.bold(70, 350, "Begründung der Nichtöffentlichkeit", 12)
    sheet.text(70, 368, "Grundstücksangelegenheiten")
    sheet.bold(70, 400, "Sachverhalt", 12)
    y = sheet.paragraph(70, 418, LOREM)
    sheet.bold(70, y + 14, "Finanzielle Auswirkungen", 12)
    sheet.text(70, 760, "Ausdruck vom: 04.02.2026", 8)
    sheet.text(70, 770, "Seite: 1/2", 8)
    sheet.page()
    sheet.bold(70, 80, "Relevanz für den Klimaschutz", 12)
    sheet.text(70, 98, "positiv")
    sheet.bold(70, 130, "Anlage/n:", 12)
    sheet.grid(66, 140, [30, 430], [["1", "Lageplan Moorbek"], ["2", "Kostenschätzung 2026"]])
    sheet.text(70, 760, "Ausdruck vom: 04.02.2026", 8)
    sheet.text(70, 770, "Seite: 2/2", 8)
    sheet.page(landscape(A4))
    sheet.bold(70, 80, "Aktionsplan Radverkehr", 16)
    sheet.paragraph(70, 110, LOREM, 650)
    return sheet.pdf()


def koblenz() -> bytes:
    """SessionNet with a form: head and committees in one grid, nine boxes to tick beside each committee."""
    sheet = Sheet()
    sheet.bold(225, 78, "Beschlussvorlage", 20)
    sheet.box(57, 94, 539, 112)
    sheet.canvas.line(410, sheet.height - 94, 410, sheet.height - 112)
    sheet.text(62, 106, "Vorlage:", 12)
    sheet.bold(110, 106, "BV/0042/2027", 12)
    sheet.text(440, 106, "Datum: 05.01.2027", 12)
    sheet.box(57, 112, 539, 131)
    sheet.bold(270, 125, "Dezernat 3", 12)
    sheet.grid(57, 131, [68, 285, 129], [["Verfasser:", "41-Amt für Kultur", "Az.: 41/ Re"]], row=18, size=12)
    sheet.box(57, 149, 539, 191)
    sheet.bold(62, 163, "Betreff:", 12)
    sheet.bold(62, 182, "Neubau der Stadtbücherei Rebenau", 12)
    sheet.box(57, 191, 539, 206)
    sheet.text(265, 203, "Gremienweg:", 12)
    committees = [("18.03.2027", "Stadtrat", "öffentlich"), ("02.02.2027", "Kulturausschuss", "nicht öffentlich")]
    for number, (day, name, public) in enumerate(committees):
        _vote_form(sheet, 206 + 50 * number, day, name, public)
    sheet.bold(57, 330, "Beschlussentwurf:", 12)
    y = sheet.paragraph(57, 345, "Der Stadtrat beschließt den Neubau der Stadtbücherei am Rebenauer Markt.", 480, 12)
    sheet.bold(57, y + 14, "Begründung:", 12)
    y = sheet.paragraph(57, y + 29, LOREM, 480, 12)
    sheet.bold(57, y + 14, "Anlage/n:", 12)
    sheet.text(57, y + 42, "1. Lageplan Rebenauer Markt", 12)
    sheet.text(57, y + 56, "2. Entwurf Architekturbüro", 12)
    sheet.bold(57, y + 84, "Finanzielle Auswirkungen:", 12)
    sheet.text(57, y + 98, "vgl. Begründung", 12)
    sheet.bold(57, y + 126, "Historie:", 12)
    sheet.text(430, 800, "Seite 1 von 1 aus Vorlage: BV/0042/2027", 8)
    return sheet.pdf()


def _vote_form(sheet: Sheet, top: float, day: str, name: str, public: str) -> None:
    sheet.box(57, top, 125, top + 50)
    sheet.box(125, top, 360, top + 50)
    sheet.text(62, top + 12, day, 12)
    sheet.text(130, top + 12, name, 12)
    sheet.text(130, top + 46, "TOP", 12)
    sheet.text(225, top + 46, public, 12)
    sheet.box(360, top, 539, top + 50)
    words = "einstimmig mehrheitl. ohne_BE abgelehnt Kenntnis abgesetzt verwiesen vertagt geändert".split()
    for number, word in enumerate(words):
        left, upper = 360 + number % 3 * 60, top + number // 3 * 12.5
        sheet.box(left, upper, left + 14, upper + 12.5)
        sheet.text(left + 16, upper + 10, word.replace("_", " "), 9)
    sheet.box(360, top + 37.5, 388, top + 50)
    sheet.text(390, top + 47, "Enthaltungen", 9)
    sheet.box(446, top + 37.5, 472, top + 50)
    sheet.text(475, top + 47, "Gegenstimmen", 9)


def dessau() -> bytes:
    """SessionNet with boxes: reference and office in a grid, the title and the resolution below it."""
    sheet = Sheet()
    sheet.text(71, 66, "Stadt Lindenau an der Fuhle", 20)
    sheet.text(71, 94, "14.05.2024", 12)
    sheet.bold(268, 150, "Vorlage", 16)
    rows = [
        ["Drucksachen-Nr.:", "BV/077/2024/II-61"],
        ["Einreicher:", "Der Oberbürgermeister"],
        ["Verantwortlich für die Umsetzung:", "Amt für Stadtgrün"],
    ]
    sheet.grid(68, 170, [170, 290], rows, row=22)
    rows = [
        ["Beratungsfolge", "Status", "Termin", "Für", "Gegen", "Enthaltung", "Bestätigung"],
        ["Dienstberatung des\nOberbürgermeisters", "nicht\nöffentlich", "13.05.2024", "", "", "", ""],
        ["Ausschuss für Stadtent-\nwicklung und Umwelt", "öffentlich", "06.06.2024", "7", "1", "2", ""],
        ["Stadtrat", "öffentlich", "19.06.2024", "", "", "", ""],
    ]
    sheet.grid(68, 250, [130, 58, 64, 38, 45, 64, 61], rows, size=9)
    sheet.bold(71, 390, "Titel:", 12)
    title = "Pflanzung von einhundert Straßenbäumen im Stadtteil Neulindenau und in der Gartenstadt"
    y = sheet.paragraph(71, 404, title, 450, 12)
    sheet.bold(71, y + 20, "Beschluss:", 12)
    y = sheet.paragraph(71, y + 34, "Die Pflanzung von einhundert Straßenbäumen wird beschlossen.", 450, 12)
    rows = [["Gesetzliche Grundlagen:", "Baumschutzsatzung"], ["Hinweise zur Veröffentlichung:", ""]]
    y = sheet.grid(66, y + 10, [230, 235], rows)
    sheet.text(71, y + 30, "Finanzbedarf/Finanzierung: -", 12)
    sheet.bold(71, y + 60, "Begründung:", 12)
    sheet.text(150, y + 60, "siehe Anlage 1", 12)
    sheet.text(71, y + 100, "beschlossen im Stadtrat am:", 12)
    sheet.text(71, y + 140, "Gesine Vollrath", 12)
    sheet.text(240, 800, "BV/077/2024/II-61", 12)
    sheet.page()
    sheet.text(518, 50, "2", 12)
    sheet.bold(71, 90, "Anlage 1:", 12)
    sheet.paragraph(71, 118, LOREM, 450, 12)
    sheet.text(240, 800, "BV/077/2024/II-61", 12)
    sheet.page()
    sheet.bold(71, 90, "Kostenübersicht", 16)
    sheet.text(71, 130, "Ein Baum kostet mit Pflege 850 Euro.", 12)
    return sheet.pdf()


def bonn() -> bytes:
    """BoRIS: labels above their values, no rules, roles as numbers with a legend, crosses for the finances."""
    sheet = Sheet()
    sheet.text(46, 72, "Bundesstadt Rheinau", 14)
    sheet.text(46, 98, "Die Oberbürgermeisterin", 14)
    sheet.text(46, 112, "Amt 66", 11)
    sheet.text(286, 66, "TOP", 8)
    sheet.text(286, 92, "BE", 8)
    sheet.text(315, 95, "Frau Nettekoven", 11)
    sheet.text(286, 114, "Beschlussvorlage", 14)
    sheet.text(286, 125, "- öffentlich nach § 48 Abs. 2 Satz 1 GO NRW", 8)
    sheet.bold(286, 152, "Drucksachen-Nr.", 8)
    sheet.bold(386, 152, "Kosten der Drucksachen-Gruppe", 8)
    sheet.bold(286, 170, "1310077", 14)
    sheet.text(386, 168, "412,50 € 04.03.13", 11)
    sheet.bold(286, 182, "Externe Dokumente", 8)
    sheet.text(286, 196, "- Querschnitt", 10)
    sheet.bold(46, 217, "Betreff", 8)
    title = "Umbau der Haltestelle am Hafen und barrierefreie Gestaltung der Wege zwischen der"
    sheet.text(46, 229, title, 11, "Times-Roman")
    sheet.text(46, 242, "Hafenstraße und dem Bahnhof", 11, "Times-Roman")
    for x, cross, label in ((46, 159, "Finanzielle Auswirkungen"), (286, 399, "Stellenplanmäßige Auswirkungen")):
        sheet.bold(x, 266, label, 8)
        sheet.text(x + 14, 275, "Ja, sh. Begründung", 8)
        sheet.text(cross, 277, "X", 10, "Times-Roman")
        sheet.text(cross + 16, 275, "Nein", 8)
    sheet.bold(46, 315, "Verwaltungsinterne Abstimmung", 8)
    sheet.bold(329, 315, "Datum", 8)
    sheet.bold(399, 315, "Unterschrift", 8)
    offices = [("Federführung: Amt 66", "04.03.2013"), ("Amt 20", "06.03.2013")]
    for number, (office, day) in enumerate(offices):
        sheet.text(46, 326 + 12 * number, office, 10, "Times-Roman")
        sheet.text(329, 326 + 12 * number, day, 10, "Times-Roman")
        sheet.text(399, 326 + 12 * number, "gez. Overath", 10, "Times-Roman")
    _bonn_consultations(sheet)
    sheet.text(43, 495, "Beschlussvorschlag", 14)
    y = sheet.paragraph(43, 522, "Dem Umbau der Haltestelle wird zugestimmt.", 500)
    sheet.bold(43, y + 14, "Hafenstraße 12", 11)
    y = sheet.paragraph(43, y + 42, LOREM, 500)
    sheet.text(43, y + 40, "Begründung", 14)
    sheet.paragraph(43, y + 68, LOREM, 500)
    return sheet.pdf()


def _bonn_consultations(sheet: Sheet) -> None:
    sheet.text(46, 401, "* Zuständigkeiten", 8)
    legend = [(164, "1 = Beschluss"), (249, "2 = Empf. an Rat"), (329, "3 = Empf. an HA"), (433, "4 = Empf. an BV")]
    for x, text in legend:
        sheet.text(x, 401, text, 8)
    sheet.text(164, 410, "9 = Anhörung", 8)
    for x, text in ((46, "Beratungsfolge"), (329, "Sitzung"), (400, "Ergebnis"), (527, "Z. *")):
        sheet.bold(x, 429, text, 8)
    rows = [
        ("Verkehrsausschuss", "16.04.2013", "E 2 Enth. (siehe EB)", "4"),
        ("Bezirksvertretung Rheinau-Süd", "25.04.2013", "", "1"),
    ]
    for number, row in enumerate(rows):
        for x, text in zip((46, 329, 400, 527), row, strict=True):
            sheet.text(x, 441 + 12 * number, text, 10)


def karlsruhe() -> bytes:
    """A box of labels, the title without a label below it, columns Gremien, Termin, TOP, Ö / N, Zuständigkeit."""
    sheet = Sheet()
    sheet.bold(60, 50, "STELLUNGNAHME zum Antrag", 16)
    rows = [["Vorlage Nr.:", "2023/0412"], ["Verantwortlich:", "Dez. 5"], ["Dienststelle:", "Gartenbauamt"]]
    sheet.grid(330, 140, [90, 130], rows)
    sheet.bold(60, 215, "Mehr Bänke im Stadtpark Hainfeld", 13)
    sheet.text(60, 232, "Antrag: Fraktion im Gemeinderat vom 2. März", 10)
    rows = [
        ["Gremien", "Termin", "TOP", "Ö / N", "Zuständigkeit"],
        ["Ausschuss für Umwelt", "20.04.2023", "7", "Ö", "Vorberatung"],
        ["Gemeinderat", "23.05.2023", "12.1", "NÖ", "Entscheidung"],
    ]
    sheet.grid(56, 250, [170, 80, 50, 50, 120], rows)
    sheet.bold(60, 340, "Kurzfassung", 12)
    y = sheet.paragraph(60, 358, "Die Verwaltung stellt zehn Bänke auf.")
    sheet.bold(60, y + 20, "Ergänzende Erläuterungen", 12)
    sheet.paragraph(60, y + 38, LOREM)
    return sheet.pdf()


def generic() -> bytes:
    """No known system: several labels on a line, values behind, beside and below them, committees as a list."""
    sheet = Sheet()
    sheet.text(60, 60, "Gemeinde Ober-Wiesental", 12)
    sheet.text(400, 60, "öffentlich", 10)
    sheet.bold(60, 100, "Sitzungsvorlage", 18)
    sheet.text(60, 130, "Vorlagen-Nr.: 17/2025   Az.: 022.31   Datum: 7. Oktober 2025", 10)
    sheet.text(60, 150, "Amt:", 10)
    sheet.text(180, 150, "Hauptamt", 10)
    sheet.text(60, 166, "Sachbearbeiterin:", 10)
    sheet.text(180, 166, "Wiebke Nordhoff, Tel. 0555 1234", 10)
    sheet.text(60, 190, "Betreff:", 10)
    sheet.bold(60, 206, "Erneuerung der Heizung in der Grundschule und in der", 11)
    sheet.bold(60, 220, "Turnhalle Ober-Wiesental", 11)
    sheet.bold(60, 250, "Beratungsfolge:", 10)
    sheet.text(60, 266, "Verwaltungsausschuss", 10)
    sheet.text(250, 266, "14.10.2025", 10)
    sheet.text(340, 266, "nichtöffentlich", 10)
    sheet.text(430, 266, "Vorberatung", 10)
    sheet.text(60, 280, "Gemeinderat (Beschlussfassung)", 10)
    sheet.text(250, 280, "21.10.2025", 10)
    sheet.text(340, 280, "öffentlich", 10)
    sheet.bold(60, 320, "I. Beschlussvorschlag", 12)
    sheet.text(60, 340, "Der Gemeinderat beschließt die Erneuerung der Heizung.", 11)
    sheet.bold(60, 370, "II. Sachverhalt", 12)
    y = sheet.paragraph(60, 388, LOREM)
    for number, item in enumerate(["Austausch des Kessels", "Dämmung der Leitungen"]):
        sheet.text(70, y + 8 + 15 * number, f"- {item}", 11)
    sheet.bold(60, y + 60, "III. Wartung der Anlage", 12)
    sheet.text(60, y + 78, "Die Wartung übernimmt der Bauhof.", 11)
    sheet.bold(60, y + 110, "Hinweis", 12)
    sheet.text(60, y + 128, "Der Zeitplan wird fortgeschrieben.", 11)
    sheet.text(60, y + 160, "gez. Nordhoff", 11)
    sheet.text(60, y + 176, "Bürgermeister", 11)
    return sheet.pdf()


def hannover() -> bytes:
    """Committees as lines "In den ..." in the head, the date at the very end."""
    sheet = Sheet()
    sheet.bold(60, 70, "Landeshauptstadt Hannover", 12)
    sheet.bold(400, 70, "Beschlussdrucksache", 12)
    sheet.text(60, 110, "In den Stadtbezirksrat Ahlem-Nord", 11)
    sheet.text(60, 125, "In den Verwaltungsausschuss", 11)
    sheet.text(400, 110, "Drucksache Nr. 1312/2031", 11)
    sheet.text(400, 125, "Anzahl der Anlagen 2", 11)
    sheet.bold(60, 170, "Sanierung des Jugendzentrums am Lindenplatz", 12)
    sheet.bold(60, 200, "Antrag,", 11)
    sheet.text(60, 215, "der Sanierung des Jugendzentrums zuzustimmen.", 11)
    sheet.bold(60, 250, "Begründung des Antrages", 11)
    y = sheet.paragraph(60, 265, LOREM)
    sheet.text(60, y + 30, "Hannover / 02.05.2031", 11)
    return sheet.pdf()


def letter() -> bytes:
    """An answer to a question: labels in boxes, prose without a heading, numbered answers."""
    sheet = Sheet()
    sheet.grid(230, 140, [230, 110], [["Beantwortung zur Anfrage", "88/2019"]], row=26)
    sheet.text(71, 70, "Landeshauptstadt Stuttgart", 12)
    sheet.text(400, 70, "Stuttgart, 03.04.2019", 12)
    sheet.text(71, 84, "Der Oberbürgermeister", 12)
    for top, label, value in (
        (200, "Stadträtinnen/Stadträte – Fraktionen", "Fraktionsgemeinschaft Neue Mitte"),
        (236, "Datum", "11.02.2019"),
        (272, "Betreff", "Schatten an Haltestellen"),
    ):
        sheet.box(68, top, 530, top + 36)
        sheet.text(71, top + 9, label, 7)
        sheet.text(92, top + 26, value, 11)
    y = sheet.paragraph(71, 350, LOREM, 450)
    sheet.bold(71, y + 16, "Antwort zu 1", 11)
    sheet.paragraph(71, y + 44, LOREM, 450)
    return sheet.pdf()


def framed() -> bytes:
    """Sections inside ruled boxes of one column, with vote columns that the meeting filled."""
    sheet = Sheet()
    sheet.text(60, 60, "Samtgemeinde Auenland", 12)
    sheet.bold(60, 90, "Mitteilungsvorlage 2030/119", 14)
    sheet.grid(56, 110, [120, 340], [["Betreff", "Sachstand zum Hochwasserschutz"], ["Fachbereich", "FB 3 Bauen"]])
    rows = [
        ["Gremium", "Sitzungstermin", "Beratungsart", "Ja", "Nein", "Enth."],
        ["Bauausschuss", "04.06.2030", "Kenntnisnahme", "9", "0", "1"],
    ]
    sheet.grid(56, 170, [130, 100, 110, 40, 40, 40], rows)
    rows = [["Sachverhalt:\nDer Deich wird im Herbst erhöht."], ["Finanzielle Auswirkungen:\nkeine"]]
    sheet.grid(56, 230, [460], rows)
    return sheet.pdf()


def minutes() -> bytes:
    """Minutes: no paper, although they print labels and dates."""
    sheet = Sheet()
    sheet.text(71, 66, "Stadt Lindenau an der Fuhle", 20)
    sheet.text(71, 94, "14.05.2024", 12)
    sheet.bold(254, 130, "N i e d e r s c h r i f t", 14)
    sheet.bold(132, 160, "über die Sitzung des Ortschaftsrates Neulindenau am 04.04.2024")
    sheet.bold(71, 190, "Sitzungsbeginn:")
    sheet.bold(230, 190, "17:30 Uhr")
    sheet.bold(71, 230, "Beschluss:")
    sheet.paragraph(71, 250, LOREM)
    sheet.bold(71, 330, "Begründung:")
    sheet.paragraph(71, 350, LOREM)
    return sheet.pdf()


def annex() -> bytes:
    """A plan on its own: no paper."""
    sheet = Sheet(landscape(A4))
    sheet.text(71, 60, "Anlage zur Vorlage BV/077/2024", 11)
    sheet.bold(71, 90, "Aktionsplan Stadtgrün", 18)
    sheet.paragraph(71, 120, LOREM, 650)
    rows = [["Maßnahme", "Indikator", "Zuständigkeit"], ["Bäume pflanzen", "Anzahl", "Amt 67"]]
    sheet.grid(71, 220, [200, 200, 200], rows)
    return sheet.pdf()


def allris3() -> bytes:
    """ALLRIS 3: labelled head, author and clerk, a table without rules with Ö and N."""
    sheet = Sheet()
    sheet.text(60, 80, "Vorlage-Nr: VO/2019/0815", 10)
    sheet.text(330, 80, "Status: öffentlich", 10)
    sheet.text(60, 96, "Vorlage-Art: Beschlussvorlage", 10)
    sheet.text(330, 96, "Datum: 21.08.2019", 10)
    sheet.text(60, 112, "Federführend: Amt für Schule und Sport", 10)
    sheet.text(330, 112, "Verfasser: Jelle Hansen", 10)
    sheet.text(330, 128, "Bearbeiter/-in: Ocke Petersen", 10)
    sheet.bold(60, 160, "Betreff:", 10)
    sheet.bold(60, 176, "Neue Sporthalle in Westerhusen", 12)
    sheet.bold(60, 210, "Beratungsfolge:", 10)
    for x, text in ((60, "Status"), (110, "Datum"), (190, "Gremium"), (420, "Zuständigkeit")):
        sheet.text(x, 226, text, 10)
    rows = [
        ("Ö", "03.09.2019", "Schulausschuss der Gemeinde Westerhusen", "Vorberatung"),
        ("N", "17.09.2019", "Verwaltungsausschuss", "Entscheidung"),
    ]
    for number, row in enumerate(rows):
        for x, text in zip((60, 110, 190, 420), row, strict=True):
            sheet.text(x, 240 + 13 * number, text, 10)
    sheet.bold(60, 290, "Beschlussvorschlag:", 11)
    sheet.text(60, 306, "Die Halle wird gebaut.", 11)
    sheet.bold(60, 340, "Sachverhalt:", 11)
    long = " ".join([LOREM] * 9)
    sheet.paragraph(60, 356, long[: long.index("vorgeschlagen", 1700)], 450)
    sheet.page()
    sheet.paragraph(60, 60, "vorgeschlagen und mit den Schulen abgestimmt.", 450)
    sheet.bold(60, 100, "Anlagen:", 11)
    sheet.text(60, 116, "- Raumprogramm", 11)
    sheet.text(60, 130, "- Lageplan", 11)
    return sheet.pdf()


def oldenburg() -> bytes:
    """Label above its number at the right, a column "Beratung" that says öffentlich, attachments as plain lines."""
    sheet = Sheet()
    sheet.text(60, 60, "Ausdruck vom: 12.04.2022", 8)
    sheet.text(450, 60, "Seite: 1/1", 8)
    sheet.text(60, 150, "Amt für Jugend")
    sheet.text(330, 150, "Vorlagen-Nr:")
    sheet.text(60, 165, "Stadt Hasselbergen")
    sheet.text(330, 165, "22/0317")
    sheet.text(330, 180, "Datum:  11.04.2022")
    sheet.text(60, 190, "öffentlich")
    sheet.bold(60, 215, "Beschlussvorlage", 14)
    sheet.bold(60, 250, "Neufassung der Satzung über die Erhebung von Beiträgen für die", 12)
    sheet.bold(60, 265, "Kindertagespflege", 12)
    rows = [["Beratungsfolge", "Termin", "Beratung"], ["Rat der Stadt Hasselbergen", "30.05.2022", "öffentlich"]]
    sheet.grid(56, 290, [250, 100, 100], rows)
    sheet.bold(60, 370, "Sachverhalt und Begründung:")
    sheet.paragraph(60, 385, LOREM)
    sheet.bold(60, 480, "Auswirkungen:")
    sheet.text(60, 495, "a) Finanzen: keine")
    sheet.text(60, 510, "b) Klima: keine")
    sheet.bold(60, 540, "Anlagen:")
    sheet.text(60, 555, "Satzung")
    sheet.text(60, 569, "Synopse")
    return sheet.pdf()
