"""Imported by the process that documents are forked from: what every document needs is read there, once.

A document of one page would else spend most of its time on reading the knowledge files again.
"""

from __future__ import annotations

import pipeline.document  # noqa: F401  the readers, and with them PDFium
from extractors.actors import ResponsibilityCell, recognise
from extractors.celltext import Vocabulary, join_words
from extractors.headers import meaning_of
from extractors.paper.profiles import load_profiles

load_profiles()
meaning_of("Maßnahme")
join_words("Zusammen-", "arbeit", Vocabulary())
# One cell and one text pass through every rule, so that their patterns are compiled.
recognise([ResponsibilityCell(["Amt (AB) mit Trägern"])], ["Amt"], [("text", "Das Amt berät den Rat.")])
