"""Sheets drawn by typst."""

from __future__ import annotations

from tests.layouts.sheets import Cell, Columns, Grid, Look, NewPage, Para, Sheet, Text

_SIZES = {"title": 17, "heading": 12, "body": 10, "note": 7.5}
_STROKES = {
    "grid": "0.5pt",
    "inner": "(x, y) => (left: if x > 0 { 0.5pt }, top: if y > 0 { 0.5pt })",
    "horizontal": "(x, y) => (top: 0.5pt, bottom: 0.5pt)",
}


def build(sheet: Sheet) -> bytes:
    """The sheet as a PDF."""
    import typst

    data = typst.compile(source(sheet).encode())
    assert isinstance(data, bytes)
    return data


def source(sheet: Sheet) -> str:
    """The sheet in typst's own language."""
    look = sheet.look
    foot = "footer: context align(center, text(7pt)[Seite #counter(page).display()])," if look.foot else ""
    head = f"header: text(7pt)[{_escape(look.head)}]," if look.head else ""
    mark = f"foreground: rotate(-35deg, text(80pt, luma(215))[{look.watermark}])," if look.watermark else ""
    parts = [
        f'#set page(paper: "a4", flipped: {_bool(look.wide)}, margin: 20mm, {foot} {head} {mark})',
        f'#set text(font: "Libertinus Serif", size: {look.size}pt, lang: "de", hyphenate: {_bool(look.hyphenate)})',
        "#set par(leading: 0.55em, spacing: 0.65em)",
    ]
    if look.bullets is not None:
        marks = ", ".join(f"[{_escape(mark)}]" for mark in look.bullets)
        parts.append(f"#set list(marker: ({marks}))")
    wide = look.wide
    for element in sheet.elements:
        if isinstance(element, Text):
            strong = element.para.bold or element.kind in ("title", "heading")
            body = _para(Para(element.para.text, strong, label=element.para.label))
            parts.append(f"#block(above: 12pt, below: 8pt, text({_SIZES[element.kind]}pt)[{body}])")
        elif isinstance(element, NewPage):
            turned = element.wide is not None and element.wide != wide
            wide = wide if element.wide is None else element.wide
            parts.append(f"#set page(flipped: {_bool(wide)})" if turned else "#pagebreak()")
        elif isinstance(element, Columns):
            parts.append("#columns(2)[#set par(justify: true)\n" + "\n\n".join(map(_escape, element.texts)) + "]")
        else:
            parts.append(_table(element, look))
    return "\n\n".join(parts)


def _bool(value: bool) -> str:
    return "true" if value else "false"


def _escape(text: str) -> str:
    return "".join(f"\\{c}" if c in "\\#$*_`<>@~/-+=[]\"'" else c for c in text)


def _table(grid: Grid, look: Look) -> str:
    columns = ", ".join(f"{share * grid.share * 100:.2f}%" for share in grid.widths)
    stroke = _STROKES.get(grid.rules, "none")
    breakable = "" if not grid.keep_rows else "#show table.cell: set block(breakable: false)\n"
    options = [
        f"columns: ({columns})",
        f"stroke: {stroke}",
        "align: left + top",
        f"inset: (x: 4pt, top: 3pt, bottom: {3 + grid.row_gap}pt)",
    ]
    if grid.rules == "shaded":
        options.append(
            f"fill: (_, y) => if y >= {grid.header_rows} and calc.even(y - {grid.header_rows}) {{ luma(235) }}"
        )
    rows = [", ".join(_cell(entry, look, grid) for entry in row) for row in grid.rows]
    if grid.rules == "booktabs":
        thick, thin = "table.hline(stroke: 1pt)", "table.hline(stroke: 0.5pt)"
        rows = [thick, *rows[: grid.header_rows], thin, *rows[grid.header_rows :], thick]
    elif grid.repeat_header and grid.header_rows:
        rows = [f"table.header({', '.join(rows[: grid.header_rows])})", *rows[grid.header_rows :]]
    content = ",\n".join([*options, *rows])
    return f"#block(width: 100%)[{breakable}#table(\n{content})]"


def _cell(entry: Cell, look: Look, grid: Grid) -> str:
    body = "\n\n".join(_item(para, look) for para in entry.paras)
    if entry.turned:
        body = f"#rotate(-90deg, reflow: true)[{body}]"
    options = [f"colspan: {entry.cols}", f"rowspan: {entry.rows}"]
    options += ["align: right"] if entry.right else []
    options += ["fill: luma(220)"] if entry.shade and grid.rules not in ("none", "booktabs") else []
    return f"table.cell({', '.join(options)})[{body}]"


def _item(para: Para, look: Look) -> str:
    if para.level and look.bullets is not None:
        return f"{'  ' * (para.level - 1)}- {_para(para)}"
    return _para(para)


def _para(para: Para) -> str:
    if para.label:
        return f"#strong[{_escape(para.label)}] {_escape(para.text)}"
    return f"#strong[{_escape(para.text)}]" if para.bold else _escape(para.text)
