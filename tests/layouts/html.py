"""Sheets drawn by WeasyPrint, by way of HTML."""

from __future__ import annotations

from html import escape

from tests.layouts.sheets import Cell, Columns, Grid, Look, NewPage, Para, Sheet, Text

_TAGS = {"title": "h1", "heading": "h2", "body": "p", "note": "p class=note"}


def build(sheet: Sheet) -> bytes:
    """The sheet as a PDF. Raises OSError where the libraries of WeasyPrint are missing."""
    from weasyprint import HTML

    data = HTML(string=source(sheet)).write_pdf()
    assert isinstance(data, bytes)
    return data


def source(sheet: Sheet) -> str:
    """The sheet as HTML."""
    wide = sheet.look.wide
    parts = [f'<div class="{_page(wide)}">']
    for element in sheet.elements:
        if isinstance(element, Text):
            tag = _TAGS[element.kind]
            parts.append(f"<{tag}>{_markup(element.para)}</{tag.split()[0]}>")
        elif isinstance(element, NewPage):
            wide = wide if element.wide is None else element.wide
            parts.append(f'</div><div class="{_page(wide)} new">')
        elif isinstance(element, Columns):
            parts.append('<div class="columns">' + "".join(f"<p>{escape(t)}</p>" for t in element.texts) + "</div>")
        else:
            parts.append(_table(element, sheet.look))
    body = "".join(parts)
    return f'<html lang="de"><head><style>{_style(sheet.look)}</style></head><body>{body}</div></body></html>'


def _page(wide: bool) -> str:
    return "wide" if wide else "tall"


def _style(look: Look) -> str:
    foot = '@bottom-center { content: "Seite " counter(page); font-size: 7pt }' if look.foot else ""
    head = f'@top-left {{ content: "{look.head}"; font-size: 7pt }}' if look.head else ""
    return f"""
        @page {{ margin: 20mm; {foot} {head} }}
        @page tall {{ size: A4 portrait }} @page wide {{ size: A4 landscape }}
        .tall {{ page: tall }} .wide {{ page: wide }} .new {{ break-before: page }}
        body {{ font: {look.size}pt "DejaVu Sans"; hyphens: {"auto" if look.hyphenate else "manual"} }}
        h1 {{ font-size: 17pt }} h2 {{ font-size: 12pt; margin: 12pt 0 4pt }} .note {{ font-size: 7pt }}
        table {{ border-collapse: collapse; table-layout: fixed; margin: 4pt 0 8pt }}
        td, th {{ vertical-align: top; text-align: left; padding: 3pt 4pt; overflow-wrap: normal }}
        td.right {{ text-align: right }} td p, th p {{ margin: 0 }} ul {{ margin: 0; padding-left: 11pt }}
        .keep tr {{ break-inside: avoid }} .columns {{ columns: 2; column-gap: 18pt; text-align: justify }}
        .grid td, .grid th {{ border: 0.5pt solid black }} .shade {{ background: #ddd }}
        .inner td, .inner th {{ border-top: 0.5pt solid black; border-left: 0.5pt solid black }}
        .inner tr:first-child > * {{ border-top: none }} .inner tr > *:first-child {{ border-left: none }}
        .horizontal tr {{ border-bottom: 0.5pt solid black; border-top: 0.5pt solid black }}
        .booktabs {{ border-top: 1pt solid black; border-bottom: 1pt solid black }}
        .booktabs thead {{ border-bottom: 0.5pt solid black }}
        .shaded tbody tr:nth-child(even) {{ background: #eee }}
    """


def _table(grid: Grid, look: Look) -> str:
    columns = "".join(f'<col style="width: {share * 100:.2f}%">' for share in grid.widths)
    rows = ["<tr>" + "".join(_cell(entry, "td", look, grid) for entry in row) + "</tr>" for row in grid.rows]
    head, body = "".join(rows[: grid.header_rows]), "".join(rows[grid.header_rows :])
    section = "thead" if grid.repeat_header or grid.rules == "booktabs" else "tbody"
    keep = " keep" if grid.keep_rows else ""
    return (
        f'<table class="{grid.rules}{keep}" style="width: {grid.share * 100:.0f}%"><colgroup>{columns}</colgroup>'
        f"<{section}>{head}</{section}><tbody>{body}</tbody></table>"
    )


def _cell(entry: Cell, tag: str, look: Look, grid: Grid) -> str:
    spans = f' colspan="{entry.cols}" rowspan="{entry.rows}"'
    shade = entry.shade and grid.rules not in ("none", "booktabs")
    kind = " ".join(name for name, on in (("shade", shade), ("right", entry.right)) if on)
    gap = f' style="padding-bottom: {3 + grid.row_gap}pt"' if grid.row_gap else ""
    return f'<{tag} class="{kind}"{spans}{gap}>{_paras(entry.paras, look)}</{tag}>'


def _paras(paras: list[Para], look: Look) -> str:
    parts: list[str] = []
    level = 0
    for para in paras:
        wanted = para.level if look.bullets is not None else 0
        while level < wanted:
            assert look.bullets is not None
            parts.append(f"""<ul style="list-style-type: '{look.bullets[level]} '">""")
            level += 1
        while level > wanted:
            parts.append("</ul>")
            level -= 1
        tag = "li" if wanted else "p"
        parts.append(f"<{tag}>{_markup(para)}</{tag}>")
    return "".join(parts) + "</ul>" * level


def _markup(para: Para) -> str:
    text = escape(para.text)
    if para.label:
        return f"<b>{escape(para.label)}</b> {text}"
    return f"<b>{text}</b>" if para.bold else text
