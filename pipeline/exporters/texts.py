"""Texts of records in the forms that targets show: plain, as HTML, as Markdown. Nothing in them is obeyed."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence

from pipeline.tables.shown import shown
from schemas.records import Indicator, Measure, Responsibility, Role

_MARKDOWN = re.compile(r"([\\`*_{}\[\]|~$^])")
_LINE_START = re.compile(r"^(\s*)(#{1,6}(?=\s|$)|[-+=>](?=\s|$|[-=>+])|\d{1,9}(?=[.)](?:\s|$)))", re.MULTILINE)
_LINK = re.compile(r"(?i)\b(https?|ftp|mailto|javascript|data|xmpp)(:)|\b(www)(\.)")

LABELS = (
    ("problem", "Problemstellung"),
    ("goal", "Ziel"),
    ("description", "Beschreibung"),
    ("target_group", "Zielgruppe"),
    ("period", "Zeitraum"),
    ("cost", "Kosten"),
    ("priority", "Priorität"),
    ("progress", "Sachstand"),
)
"""Fields of a measure that are told with a label, in the order of a plan."""
ROLES: dict[Role, str] = {
    "responsible": "verantwortlich",
    "supporting": "begleitend",
    "advisory": "beratend",
    "funding": "finanzierend",
}


def title_of(measure: Measure) -> str:
    """What a measure is called in one line: its text, or else what its plan prints of it."""
    text = measure.measure or measure.description or measure.goal or measure.problem or measure.number
    return one_line(text or measure.measure_id)


def one_line(text: str) -> str:
    return re.sub(r"\s+", " ", shown(text)).strip()


def cut(text: str, length: int) -> str:
    """A text of at most `length` characters, cut between words and then ending with an ellipsis."""
    if len(text) <= length:
        return text
    head = text[: length - 2] if text[length - 2] == " " else text[: length - 2].rsplit(" ", 1)[0]
    return head.rstrip(" ,.;:-") + " …"


def sections(measure: Measure) -> list[tuple[str, list[str]]]:
    """Label and lines of everything that a measure says beside its title, in the order of a plan."""
    told = [(label, [text]) for field, label in LABELS if (text := getattr(measure, field))]
    if measure.indicators:
        told.append(("Indikatoren", [indicator_line(indicator) for indicator in measure.indicators]))
    if measure.responsibilities:
        told.append(("Verantwortlich", [actor_line(entry) for entry in measure.responsibilities]))
    elif measure.responsibility_text:
        told.append(("Verantwortlich", [measure.responsibility_text]))
    return told


def indicator_line(indicator: Indicator) -> str:
    return f"{indicator.group} {indicator.text}" if indicator.group else indicator.text


def actor_line(entry: Responsibility) -> str:
    name = f"{entry.actor} ({entry.abbreviation})" if entry.abbreviation else entry.actor
    return name if entry.role == "responsible" else f"{name}, {ROLES[entry.role]}"


def names(entries: Iterable[Responsibility], *roles: Role) -> list[str]:
    """The actors with one of the roles, each once."""
    return list(dict.fromkeys(entry.actor for entry in entries if entry.role in roles))


def as_html(told: Sequence[tuple[str, list[str]]]) -> str:
    """Sections as HTML: a paragraph each, a list where there are several lines; every text escaped."""
    return "".join(_html_section(label, [html.escape(shown(line)) for line in lines]) for label, lines in told)


def _html_section(label: str, lines: Sequence[str]) -> str:
    head = f"<strong>{html.escape(label)}:</strong>" if label else ""
    if len(lines) == 1:
        return f"<p>{head} {lines[0]}</p>".replace("<p> ", "<p>").replace("\n", "<br>")
    items = "".join(f"<li>{line}</li>" for line in lines).replace("\n", "<br>")
    return f"<p>{head}</p><ul>{items}</ul>"


def as_markdown(text: str) -> str:
    """A text with every character that Markdown or HTML would obey escaped."""
    text = html.escape(shown(text), quote=False)
    text = _MARKDOWN.sub(r"\\\1", text)
    text = _LINE_START.sub(r"\1\\\2", text)
    # "12." begins a list: the full stop is escaped, for a digit cannot be.
    text = re.sub(r"^(\s*)\\(\d+)", r"\1\2\\", text, flags=re.MULTILINE)
    return _LINK.sub(lambda m: f"{m[1]}&#58;" if m[1] else f"{m[3]}&#46;", text)
