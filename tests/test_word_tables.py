"""Tables as word processors print them: leaders, bands, empty cells, labels beside their figures."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

import ratsplan

SIZE = 9.0
BOLD = "Helvetica-Bold"
Text = tuple[float, str]
"""x of the left end, or of the right one where it is negative, and the text."""


def tables(*lines: tuple[float, Sequence[Text]], bold: Sequence[float] = ()) -> list[list[list[str | None]]]:
    """The cells of the tables of a page on which `lines` stand, each with its distance from the top in points."""
    file = BytesIO()
    canvas = Canvas(file, pagesize=(595, 842), invariant=1)
    for top, texts in lines:
        font = BOLD if top in bold else "Helvetica"
        canvas.setFont(font, SIZE)
        for x, text in texts:
            left = x if x > 0 else -x - stringWidth(text, font, SIZE)
            canvas.drawString(left, 842 - top, text)
    canvas.save()
    found = ratsplan.extract(file.getvalue()).tables
    return [[row.cells for row in table.rows] for table in found]


def led(label: str, figure: str, right: float = 300) -> str:
    """A label with dots up to a figure that ends at `right`, drawn as one text."""
    width = right - 60 - stringWidth(label + figure, "Helvetica", SIZE)
    return label + "." * int(width / stringWidth(".", "Helvetica", SIZE)) + figure


def test_a_leader_parts_a_label_from_its_figure() -> None:
    harvest = [("Alabama", "2,648", "82,469"), ("Arizona", "33,890", "19,630"), ("Delaware", "667", "5,153")]
    lines = [(114 + 14 * n, [(60, led(a, b)), (-400, c)]) for n, (a, b, c) in enumerate(harvest)]
    (table,) = tables((100, [(60, "State"), (-300, "Planted"), (-400, "Harvested")]), *lines, bold=[100])
    assert table[0] == ["State", "Planted", "Harvested"]
    assert [[(row[0] or "").rstrip(". "), *row[1:]] for row in table[1:]] == [list(row) for row in harvest]


def test_a_bold_title_in_the_middle_of_a_table_is_a_row_over_all_columns() -> None:
    lines: list[tuple[float, Sequence[Text]]] = [(100, [(60, "Item"), (180, "Unit"), (-330, "2005"), (-430, "2010")])]
    for part, name in enumerate(["Livestock", "Crops"]):
        top = 112 + 48 * part
        lines.append((top, [(245 - stringWidth(name, BOLD, SIZE) / 2, name)]))
        lines += [
            (top + 12 * n, [(60, item), (180, "number"), (-330, f"{n}4.820"), (-430, f"{n}7.359")])
            for n, item in enumerate(["Total", "Per farm", "Share of all"], 1)
        ]
    (table,) = tables(*lines, bold=[100, 112, 160])
    assert [row for row in table if row[0] in ("Livestock", "Crops")] == [
        ["Livestock", None, None, None],
        ["Crops", None, None, None],
    ]
    assert len(table) == 9


def test_a_label_with_few_figures_is_a_row() -> None:
    values = [("A", "0.31"), ("B", "0.97", "0.26"), ("C", "0.01", "0.50", "0.83"), ("D", "0.34", "0.91", "0.93", "0.9")]
    lines = [(112 + 12 * n, [(60 + 70 * col, text) for col, text in enumerate(row)]) for n, row in enumerate(values)]
    header = (100.0, [(130 + 70 * n, name) for n, name in enumerate("ABCD")])
    (table,) = tables(header, *lines, bold=[100])
    assert [[text for text in row if text] for row in table[-4:]] == [list(row) for row in values]


def test_figures_at_half_height_of_a_label_are_in_its_row() -> None:
    (table,) = tables(
        (100, [(60, "Indicator"), (260, "Value"), (340, "Target")]),
        (116, [(60, "Employment"), (260, "24.2"), (340, "75.3")]),
        (131, [(60, "Population aged 20 to 64 in")]),
        (137, [(260, "48.7"), (340, "22.0")]),
        (143, [(60, "Employment, of which women")]),
        (158, [(60, "Research"), (260, "35.2"), (340, "23.2")]),
        (173, [(60, "School leavers"), (260, "43.6"), (340, "55.9")]),
        bold=[100],
    )
    assert table[2] == ["Population aged 20 to 64 in Employment, of which women", "48.7", "22.0"]


def test_leaders_to_numbers_of_pages_are_no_table() -> None:
    chapters = ["Summary", "Background", "Data sources", "Results by region", "Outlook"]
    lines = [(100 + 14 * n, [(60, led(name, str(3 * n + 2)))]) for n, name in enumerate(chapters)]
    assert tables(*lines) == []


def test_a_numbered_list_is_no_table() -> None:
    entry = "Farmers reported that costs for fuel and fertilizer rose for the third year in a row, and"
    lines = [(100 + 13 * n, [(78, entry)] if n % 2 else [(60, f"{n // 2 + 1}."), (78, entry)]) for n in range(8)]
    assert tables(*lines) == []


def test_light_units_below_bold_titles_are_a_row_of_the_header() -> None:
    products = [("Wheat", "22,502", "61,368"), ("Barley", "48,905", "31,325"), ("Maize", "38,258", "84,801")]
    (table,) = tables(
        (100, [(60, "Product"), (-260, "Production"), (-380, "Imports")]),
        (112, [(-260, "1,000 t"), (-380, "1,000 t")]),
        *((124 + 12 * n, [(60, a), (-260, b), (-380, c)]) for n, (a, b, c) in enumerate(products)),
        bold=[100],
    )
    assert [[text or None for text in row] for row in table[:2]] == [
        ["Product", "Production", "Imports"],
        [None, "1,000 t", "1,000 t"],
    ]


def test_a_light_title_among_figures_is_a_row_over_all_columns() -> None:
    years = [
        (112 + 12 * n, [(60, f"200{n}"), (-220, f"{n}4,820"), (-310, f"{n}7,359"), (-400, f"{n}9,001")])
        for n in range(7)
    ]
    years[3] = (148, [(230 - stringWidth("Secondary", "Helvetica", SIZE) / 2, "Secondary")])
    (table,) = tables((100, [(60, "Year"), (-220, "Boys"), (-310, "Girls"), (-400, "Total")]), *years, bold=[100])
    assert table[4] == ["Secondary", None, None, None]


def test_titles_on_many_lines_do_not_hide_the_columns_below_them() -> None:
    states = [
        ("Alabama", "620", "3,702"),
        ("Alaska", "5,383", "2,605"),
        ("Arizona", "16", "281"),
        ("Iowa", "264", "513"),
    ]
    (table,) = tables(
        (100, [(-200, "Area"), (-260, "Area"), (-340, "Yield")]),
        (106, [(60, "State")]),
        (112, [(-200, "planted"), (-260, "harvested"), (-340, "per acre")]),
        (118, [(370, "Price")]),
        (124, [(170, "in 1,000 acres a year"), (-340, "Bushels")]),
        (130, [(370, "in dollars")]),
        *(
            (146 + 12 * n, [(60, a), (-200, b), (-260, c), (-340, f"{n}31.2"), (-400, f"{n}.5")])
            for n, (a, b, c) in enumerate(states)
        ),
    )
    assert [row[:3] for row in table[-4:]] == [list(row) for row in states]
