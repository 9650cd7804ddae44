"""Statistical tables as authorities print them, laid out by typst, with the grid that went in as truth.

Leaders, titles over several columns, units below them, labels of several lines, groups, currency signs in columns of
their own, rules between groups of columns only, and tables in one of two text columns.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

import typst

Texts = list[list[str | None]]
_STATES = ["Bayern", "Berlin", "Brandenburg", "Bremen", "Hamburg", "Hessen", "Niedersachsen", "Saarland", "Sachsen"]
_COUNTRIES = ["Austria", "Belgium", "Bulgaria", "Czech Republic", "Denmark", "Estonia", "France", "United Kingdom"]
_PROSE = [
    "The number of establishments in rural counties has grown more slowly than in metropolitan areas during the past "
    "decade, and the difference is largest in manufacturing. Wages followed the same pattern.",
    "Die Angaben beruhen auf einer Stichprobe und sind mit Unsicherheit behaftet. Wer eigene Schätzungen anstellt, "
    "möge die Quelle nennen und die Hinweise zur Erhebung beachten, die im Anhang abgedruckt sind.",
    "In 2011, Member States reported a total of 1 245 cases, an increase of 12 % compared with the previous year. "
    "Most of the cases were notified by four countries.",
]


@dataclass
class Entry:
    text: str
    cols: int = 1
    rows: int = 1
    align: str | None = None
    fill: str | None = None
    indent: int = 0


Rule = tuple[int, int, int | None]
"""A horizontal rule above a row, from a column to a column (None: to the end)."""


@dataclass
class Sheet:
    """A table: its entries, relative column widths, alignments and rules."""

    rows: list[list[Entry]]
    widths: list[float]
    align: list[str]
    rules: list[Rule] = field(default_factory=list)
    uprights: list[int] = field(default_factory=list)
    grid: bool = False
    leaders_from: int | None = None
    size: float = 9
    inset: str = "(x: 4pt, y: 2.5pt)"
    row_gap: float = 0

    def texts(self) -> Texts:
        """The text of each entry at its upper left, None where a span covers the position."""
        texts: Texts = []
        taken: set[tuple[int, int]] = set()
        for r, row in enumerate(self.rows):
            line: list[str | None] = [None] * len(self.widths)
            col = 0
            for entry in row:
                while (r, col) in taken:
                    col += 1
                line[col] = entry.text
                taken |= {(r + i, col + j) for i in range(entry.rows) for j in range(entry.cols)}
                col += entry.cols
            texts.append(line)
        return texts

    def source(self) -> str:
        """The table in typst's language."""
        lines = [f"table.hline(y: {y}, start: {a}, end: {b or 'none'}, stroke: 0.6pt)," for y, a, b in self.rules]
        lines += [f"table.vline(x: {x}, stroke: 0.5pt)," for x in self.uprights]
        for r, row in enumerate(self.rows):
            for c, entry in enumerate(row):
                led = self.leaders_from is not None and r >= self.leaders_from and c == 0
                lines.append(_cell(entry, led=led))
        widths = ", ".join(f"{width}fr" for width in self.widths)
        stroke = "0.5pt" if self.grid else "none"
        return (
            f"#[#set text(size: {self.size}pt); #set par(justify: false)\n#table(columns: ({widths},), "
            f"align: ({', '.join(self.align)},), stroke: {stroke}, inset: {self.inset}, row-gutter: {self.row_gap}pt,\n"
            + "\n".join(lines)
            + ")]\n\n"
        )


def _cell(entry: Entry, *, led: bool) -> str:
    body = _escaped(entry.text)
    if entry.indent:
        body = f"#h({entry.indent}pt){body}"
    if led:
        body += " #box(width: 1fr, repeat[.])"
    options = {"colspan": entry.cols, "rowspan": entry.rows, "align": entry.align, "fill": entry.fill}
    given = ", ".join(f"{name}: {value}" for name, value in options.items() if value not in (None, 1))
    return f"table.cell({given})[{body}],"


def _escaped(text: str) -> str:
    for sign in "\\#$*_@<>`~[]-":
        text = text.replace(sign, "\\" + sign)
    return text.replace("\n", " \\\n")


def _number(rng: random.Random, low: int, high: int) -> str:
    return f"{rng.randint(low, high):,}"


def _head(*texts: str) -> list[Entry]:
    return [Entry(text) for text in texts]


def _figures(rng: random.Random, labels: list[str], columns: int) -> list[list[Entry]]:
    return [[Entry(label), *(Entry(_number(rng, 10, 99_999)) for _ in range(columns))] for label in labels]


def _booktabs(rows: int, head: int) -> list[Rule]:
    return [(0, 0, None), (head, 0, None), (rows, 0, None)]


def leaders(rng: random.Random) -> Sheet:
    """Labels with dots to the figures, titles of two lines, a row of units of which one is for two columns."""
    head = [
        _head("State", "Area\nplanted", "Area\nharvested", "Yield\nper acre", "Production"),
        [Entry(""), Entry("1,000 acres", 2, align="center"), Entry("Bushels"), Entry("1,000\nbushels")],
    ]
    rows = [*head, *_figures(rng, _STATES, 4)]
    sheet = Sheet(rows, [2, 1, 1, 1, 1], ["left", *["right"] * 4], _booktabs(len(rows), 2))
    sheet.leaders_from = 2
    return sheet


def titles(rng: random.Random) -> Sheet:
    """Years over two or three columns each, titles of two lines below them."""
    upper = [Entry("Country", rows=2), *(Entry(year, n, align="center") for year, n in (("2009", 2), ("2011", 3)))]
    lower = _head("Cases", "Rate", "Reported\ncases", "Confirmed\ncases", "Rate per\n100 000")
    rows = [upper, lower, *_figures(rng, _COUNTRIES, 5)]
    rules: list[Rule] = [*_booktabs(len(rows), 2), (1, 1, 3), (1, 3, 6)]
    return Sheet(rows, [2.2, 1, 1, 1, 1, 1], ["left", *["right"] * 5], rules, size=8)


def groups_of_columns(rng: random.Random) -> Sheet:
    """Upright rules part the years only, not the columns in them."""
    sheet = titles(rng)
    sheet.uprights = [1, 3]
    return sheet


def long_title(rng: random.Random) -> Sheet:
    """A title over all columns of figures, and two levels below it."""
    rows = [
        [
            Entry("Sector", rows=3),
            Entry("Enterprises and persons employed, by size class", 4, align="center"),
        ],
        [Entry("Small", 2, align="center"), Entry("Large", 2, align="center")],
        _head("Firms", "Persons", "Firms", "Persons"),
        *_figures(rng, ["Mining", "Manufacturing", "Electricity", "Construction", "Trade", "Hotels"], 4),
    ]
    rules: list[Rule] = [*_booktabs(len(rows), 3), (1, 1, 5), (2, 1, 3), (2, 3, 5)]
    return Sheet(rows, [2, 1, 1, 1, 1], ["left", *["right"] * 4], rules)


def groups_of_rows(rng: random.Random) -> Sheet:
    """Headings of groups on lines of their own, labels of the group indented."""
    rows = [_head("Item", "Unit", "2008", "2009", "2010")]
    for group in ("Livestock", "Crops", "Land"):
        rows.append(_head(group, "", "", "", ""))
        for label in ("Cattle and calves", "Hogs", "Vegetables for sale"):
            values = [Entry(_number(rng, 10, 99_999)) for _ in range(3)]
            rows.append([Entry(label, indent=8), Entry("number"), *values])
    return Sheet(rows, [2.4, 0.8, 1, 1, 1], ["left", "left", *["right"] * 3], _booktabs(len(rows), 1))


def signs(rng: random.Random) -> Sheet:
    """The sign of the currency in columns of its own, in the first and the last row."""
    labels = ["Net sales", "Cost of goods sold", "Gross profit", "Research and development", "Net income"]
    rows = [[Entry(""), Entry("2010", 2, align="center"), Entry("2009", 2, align="center")]]
    for label in labels:
        sign = "$" if label in (labels[0], labels[-1]) else ""
        rows.append([Entry(label), *(e for _ in range(2) for e in (Entry(sign), Entry(_number(rng, 100, 99_999))))])
    align = ["left", "left", "right", "left", "right"]
    return Sheet(rows, [3, 0.25, 1, 0.25, 1], align, [(1, 1, 3), (1, 3, 5), (len(rows), 0, None)])


def units(rng: random.Random) -> Sheet:
    """A unit that stands alone on its line, over all columns of figures."""
    rows = [
        _head("Product", "Imports", "Exports", "Balance"),
        [Entry(""), Entry("(tonnes)", 3, align="center")],
        *_figures(rng, ["Wheat", "Barley", "Maize", "Rice", "Sugar", "Olive oil"], 3),
    ]
    return Sheet(rows, [2, 1, 1, 1], ["left", *["right"] * 3], _booktabs(len(rows), 2))


def long_labels(rng: random.Random) -> Sheet:
    """Labels and descriptions of several lines; the figures stand on the first one."""
    parts = [
        ("Competitiveness and innovation", "Support for small and medium-sized enterprises in the border regions"),
        ("Education", "Training of teachers and exchange of pupils"),
        ("Transport infrastructure", "Roads and railways of the trans-European networks; studies for new crossings"),
        ("Environment and water", "Sewage treatment in towns with more than 10 000 inhabitants"),
    ]
    rows = [_head("Programme area", "Description of activity", "Budget\n(million euro)", "Share")]
    for label, text in parts:
        rows.append(_head(label, text, f"{rng.randint(10, 900)}.{rng.randint(0, 9)}", f"{rng.randint(1, 60)} %"))
    align = ["left", "left", "right", "right"]
    return Sheet(rows, [1.1, 2, 1, 0.6], align, _booktabs(len(rows), 1))


def upright_rules(rng: random.Random) -> Sheet:
    """Rules between all columns and below the header, none between the rows."""
    sheet = long_labels(rng)
    sheet.uprights = [0, 1, 2, 3, 4]
    return sheet


def words(_: random.Random) -> Sheet:
    """Cells of words on one or two lines, with nothing but the text to tell the rows."""
    rows = [_head("Species", "Common name", "Habitat", "Status")]
    rows += [
        _head(
            "Acipenser sturio",
            "Common sturgeon,\nBaltic sturgeon",
            "Rivers and waters of the\nNorth",
            "Critically\nrare",
        ),
        _head("Salmo salar", "Atlantic salmon", "Rivers", "Vulnerable"),
        _head("Anguilla anguilla", "European eel", "Rivers, lakes and estuaries;\nspawns at sea", "Critically\nrare"),
        _head("Coregonus oxyrinchus", "Houting", "Wadden Sea", "Extinct"),
        _head("Alosa alosa", "Allis shad", "Large rivers", "Least concern"),
    ]
    return Sheet(rows, [1.2, 1.1, 1.8, 0.9], ["left"] * 4, _booktabs(len(rows), 1))


def answers(rng: random.Random) -> Sheet:
    """Yes and no."""
    labels = ["Agreements with industry", "Taxes on landfill", "Deposit schemes", "Public procurement", "Labels"]
    rows = [_head("Measure taken", "AT", "BE", "DE", "FR")]
    rows += [[Entry(label), *(Entry(rng.choice(["Yes", "No"])) for _ in range(4))] for label in labels]
    return Sheet(rows, [3, 0.7, 0.7, 0.7, 0.7], ["left", *["center"] * 4], _booktabs(len(rows), 1))


def short(rng: random.Random) -> Sheet:
    """Years and two columns, without any rule."""
    rows = [_head("Year", "Sites", "Visits")]
    rows += [_head(str(1995 + n), str(rng.randint(3, 60)), _number(rng, 1000, 9999)) for n in range(9)]
    return Sheet(rows, [1, 1, 1], ["left", "right", "right"], size=8.5)


def grants(rng: random.Random) -> Sheet:
    """Texts, amounts and dates, all to the left."""
    rows = [_head("Chapter", "Beneficiary", "Country", "Amount", "Date of decision")]
    for n in range(8):
        body = rng.choice(["University of Leuven", "Ministry of Transport", "Port Authority", "City of Turin"])
        day = f"{rng.randint(1, 28)} March 200{rng.randint(1, 9)}"
        rows.append(_head(f"{n + 1}.2", body, rng.choice(_COUNTRIES), f"EUR {_number(rng, 1000, 99_999)}", day))
    return Sheet(rows, [0.6, 2, 1, 1, 1.2], ["left"] * 5, _booktabs(len(rows), 1), size=8.5)


def totals(rng: random.Random) -> Sheet:
    """Rules under the figures only, below the header too: the titles stand over one column each."""
    labels = ["Revenue", "Grants", "Total income", "Staff", "Buildings", "Total expenses"]
    rows = [_head("Item", "Q1", "Q2", "Q3", "Year"), *_figures(rng, labels, 4)]
    rules: list[Rule] = [(row, 1, None) for row in (1, 3, 4, 6, 7)]
    return Sheet(rows, [2, 1, 1, 1, 1], ["left", *["right"] * 4], rules)


def shares_of_groups(rng: random.Random) -> Sheet:
    """Numbers and shares in parentheses, in pairs under one title."""
    upper = [Entry("Age", rows=2), *(Entry(title, 2, align="center") for title in ("Men", "Women"))]
    rows = [upper, _head("n", "%", "n", "%")]
    for label in ("0–4", "5–14", "15–24", "25–44", "65 and over", "Unknown"):
        shares = [Entry(f"({rng.random() * 40:.1f})") for _ in range(2)]
        counts = [Entry(str(rng.randint(1, 900))) for _ in range(2)]
        rows.append([Entry(label), counts[0], shares[0], counts[1], shares[1]])
    return Sheet(rows, [1.3, 1, 1, 1, 1], ["left", *["right"] * 4], _booktabs(len(rows), 2), size=8)


Kind = Callable[[random.Random], Sheet]


@dataclass
class StatisticsCase:
    """A document with tables between prose; `columns` is the number of text columns of its pages."""

    name: str
    kinds: tuple[Kind, ...]
    columns: int = 1
    font: str = "Libertinus Serif"

    def sheets(self) -> list[Sheet]:
        rng = random.Random(self.name)
        return [kind(rng) for kind in self.kinds]

    def pdf(self) -> bytes:
        parts = [
            f'#set page(width: 210mm, height: 297mm, margin: 22mm, columns: {self.columns}, numbering: "1")',
            f'#set text(font: "{self.font}", size: 10pt)\n#set par(justify: true)',
            "= Results and discussion",
            _PROSE[0],
        ]
        for number, sheet in enumerate(self.sheets()):
            parts += [f'#text(size: 9pt, weight: "bold")[Table {number + 1}: Overview]', sheet.source()]
            parts += [_PROSE[(number + 1) % 3], _PROSE[number % 3]]
        parts += _PROSE if self.columns > 1 else []
        return bytes(typst.compile("\n\n".join(parts).encode()))


_KINDS: list[Kind] = [
    leaders,
    titles,
    groups_of_columns,
    long_title,
    groups_of_rows,
    signs,
    units,
    long_labels,
    upright_rules,
    words,
    answers,
    short,
    grants,
    totals,
    shares_of_groups,
]
STATISTICS = [
    *(StatisticsCase(kind.__name__, (kind,)) for kind in _KINDS),
    StatisticsCase("several", (groups_of_rows, units, answers), font="New Computer Modern"),
    StatisticsCase("text-columns-short", (short, units), 2),
    StatisticsCase("text-columns-answers", (answers, short), 2, "New Computer Modern"),
]
