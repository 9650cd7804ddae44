"""Hand-overs to programs that towns follow their plans with. One module each, all from the records.

docs/exports.md names the fields of each target and what they are filled with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, TypeAlias

from schemas.errors import UsageError

if TYPE_CHECKING:
    from schemas.records import Document

Settings: TypeAlias = Mapping[str, str]
Exporter: TypeAlias = "Callable[[Iterable[Document], Settings], str]"
"""Documents and settings -> the whole file as text."""


@dataclass(frozen=True, slots=True)
class Target:
    """A program that takes measures over: what it is, and the settings it takes with their defaults.

    A setting without a default (None) must be named.
    """

    told: str
    settings: Mapping[str, str | None] = field(default_factory=dict)


TARGETS: dict[str, Target] = {
    "localzero": Target(
        "LocalZero monitoring: fields of action and measures as a tree of tasks, a fixture for `manage.py loaddata`",
        {"city": None, "root": "1"},
    ),
    "kausal": Target("Kausal Watch: actions with responsible parties, as its REST API takes them"),
    "decidim": Target(
        "Decidim accountability: results for its CSV import",
        {"locale": "de", "separator": ";", "first_id": "2000000001"},
    ),
    "oparl": Target("OParl 1.1: the paper with its consultations and file", {"base": None, "body": ""}),
    "markdown": Target("Markdown: the plan as plain text"),
}
"""Name on the command line -> target; the module of that name writes it."""


def export(name: str, documents: Iterable[Document], settings: Sequence[str] = ()) -> str:
    """The documents in the form of a target, as text. `settings` are `name=value`.

    Raises UsageError where there is no such target or setting, or where one that it needs is missing.
    """
    target = TARGETS.get(name)
    if target is None:
        raise UsageError(f"{name}: no such target; there are {', '.join(TARGETS)}")
    values = dict(target.settings)
    for setting in settings:
        key, equals, value = setting.partition("=")
        if not equals or key not in values:
            known = ", ".join(values) or "none"
            raise UsageError(f"{setting}: no setting of {name}; write NAME=VALUE, known are: {known}")
        values[key] = value
    missing = [key for key, value in values.items() if value is None]
    if missing:
        raise UsageError(f"{name} needs {', '.join(f'--set {key}=...' for key in missing)}; see docs/exports.md")
    write: Exporter = import_module(f"pipeline.exporters.{name}").export
    return write(documents, {key: value for key, value in values.items() if value is not None})


def number_of(settings: Settings, name: str, least: int = 1) -> int:
    """A setting that is a whole number. Raises UsageError where it is none."""
    text = settings[name]
    if not text.isdecimal() or int(text) < least:
        raise UsageError(f"{name}={text}: must be a number from {least}")
    return int(text)
