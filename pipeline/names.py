"""Names of files: as ids that are safe as folder names, and as text that is safe to print."""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path, PurePosixPath

_LENGTH = 80
"""Characters of a slug; the name of a folder may have 255 bytes."""
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Unicode categories that steer a terminal or turn the direction of writing instead of showing a character."""


def slug(name: str) -> str:
    """The stem of a file's name in lower case ASCII letters, digits and single hyphens; `document` if none are left.

    Umlauts are written out (`ä` -> `ae`), other accents dropped. Whatever the name holds, the slug is a safe file name.
    """
    file = PurePosixPath(name.replace("\\", "/")).name
    stem = re.sub(r"\.[^.\s]{1,5}$", "", file)
    text = unicodedata.normalize("NFC", stem).lower().translate(_GERMAN)
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")
    return words[:_LENGTH].rstrip("-") or "document"


def document_id_of(name: str, sha256: str) -> str:
    """`rd-eck-vo-2025-246-1a2b3c4d`: the slug of the name and the first 8 hex digits of the SHA-256 of the bytes."""
    return f"{slug(name)}-{sha256[:8]}"


def writable(path: Path | str) -> str:
    """A path as text that can be written as UTF-8, whatever bytes the file system holds."""
    return os.fsencode(path).decode("utf-8", "replace")


def printable(text: str) -> str:
    """The text on one line, with a mark in place of each character that a terminal would obey."""
    return "".join("\N{REPLACEMENT CHARACTER}" if unicodedata.category(char) in _HIDDEN else char for char in text)
