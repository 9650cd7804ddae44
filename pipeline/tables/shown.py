"""Texts of a PDF made harmless for programs that obey what they show: spreadsheets, browsers, Markdown.

document.json and the CSV files keep every text as it is printed. What is made for a program that obeys gets it without
characters that act on others, each replaced by U+FFFD, so that a reader sees that something stood there.
"""

from __future__ import annotations

import re

_OBEYED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # control codes but tab and line feed
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # direction of writing (UAX #9)
    "\u2028\u2029\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f"  # line ends, annotations, tags, no characters
    "\ud800-\udfff]"
)
_FORMULA = re.compile(r"[\s\u200b-\u200d\u2060\ufeff]*[=+\-@＝＋－＠|%\t]")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*\s?%?")
EXCEL_TEXT = 32767
"""Characters that a cell of Excel holds."""
_CUT = " […]"


def shown(text: str) -> str:
    """A text without control codes and without characters that turn the direction of writing."""
    return _OBEYED.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n").replace("\r", "\n"))


def in_cell(text: str) -> str:
    """A text as long as a cell of Excel may be; what is cut off ends with a mark."""
    text = shown(text)
    return text if len(text) <= EXCEL_TEXT else text[: EXCEL_TEXT - len(_CUT)] + _CUT


def without_formula(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe is put before what could begin one.

    A number stays as it is. The characters are those of OWASP's page on CSV injection, in their wide forms, too.
    """
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text
