"""Names of files as ids and as text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.names import document_id_of, printable, slug, writable


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("rd-eck-vo-2025-246.pdf", "rd-eck-vo-2025-246"),
        ("Maßnahmen für Öffentliche Plätze.PDF", "massnahmen-fuer-oeffentliche-plaetze"),
        ("Maßnahmenu\u0308bersicht.pdf", "massnahmenuebersicht"),
        ("Café & Crème.pdf", "cafe-creme"),
        ("../../etc/passwd.pdf", "passwd"),
        ("..\\..\\boot.pdf", "boot"),
        ("plan\u202efdp.exe.pdf", "planfdp-exe"),
        ("a\x00b\nc\x1b[31m.pdf", "a-b-c-31m"),
        (".pdf", "document"),
        ("", "document"),
        ("日本.pdf", "document"),
        ("VO_2025__246 (1).pdf", "vo-2025-246-1"),
    ],
)
def test_a_slug_is_the_stem_in_plain_letters(name: str, expected: str) -> None:
    assert slug(name) == expected


@given(st.text())
def test_a_slug_is_safe_as_the_name_of_a_folder_whatever_the_name(name: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug(name))
    assert len(slug(name)) <= 80


def test_an_id_is_the_slug_and_eight_digits_of_the_hash() -> None:
    assert document_id_of("rd-eck-vo-2025-246.pdf", "1a2b3c4d5e6f") == "rd-eck-vo-2025-246-1a2b3c4d"


@given(st.text())
def test_printable_text_is_one_line_that_steers_no_terminal(text: str) -> None:
    shown = printable(text)
    assert len(shown) == len(text)
    assert len(shown.splitlines()) <= 1
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)


def test_a_name_that_is_no_utf8_can_be_written() -> None:
    assert writable("Stra\udcdfe.pdf").encode("utf-8") == "Stra\ufffde.pdf".encode()
