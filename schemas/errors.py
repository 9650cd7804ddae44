"""Everything that can go wrong, and the exit code of each.

    RatsplanError                   1
    ├── UsageError                  2   the command line or an argument is off
    │   ├── ProfileError            2   a user's own TOML file is broken (file and key are named)
    │   └── ModelError              2   a spaCy pipeline is not installed, or cannot be used
    ├── SourceError                 3   nothing to read: no such file, a folder without PDFs
    │   └── WebError                3   a server gave no usable answer
    ├── OutputError                 4   the output folder cannot be written
    └── DocumentError               1   one document failed; the others go on
        ├── NotAPdfError            the bytes are no PDF
        ├── EmptyFileError          the file has no bytes
        ├── DamagedPdfError         the PDF is cut or broken
        ├── EncryptedPdfError       the PDF asks for a password
        └── NoPagesError            the PDF has no pages

A `DocumentError` never ends a run: it becomes the document's outcome. The exit code of a run in which some
documents failed is 1.
"""

from __future__ import annotations

from typing import ClassVar


class RatsplanError(Exception):
    """Base of all errors that ratsplan raises on purpose. `str()` of it is one sentence that says what to do."""

    exit_code: ClassVar[int] = 1


class UsageError(RatsplanError):
    exit_code = 2


class ProfileError(UsageError):
    """A TOML file of knowledge or a user's profile is broken."""


class ModelError(UsageError):
    """A spaCy pipeline that the user names is not installed, cannot be loaded, or finds no entities."""


class SourceError(RatsplanError):
    exit_code = 3


class WebError(SourceError):
    """A server gave no usable answer. `reason` is a short code; `status` that of HTTP, where there was one."""

    def __init__(self, address: str, reason: str, message: str, status: int | None = None) -> None:
        super().__init__(f"{address}: {message}")
        self.address, self.reason, self.message, self.status = address, reason, message, status


class OutputError(RatsplanError):
    exit_code = 4


class DocumentError(RatsplanError):
    """One document cannot be read. `name` is the file's name, `reason` a short code for run.json."""

    reason: ClassVar[str] = "failed"

    def __init__(self, name: str, message: str) -> None:
        super().__init__(f"{name}: {message}")
        self.name = name
        self.message = message

    def __reduce__(self) -> tuple[type[DocumentError], tuple[str, str]]:
        # The default would hand the one joined message to a two-argument constructor when a child process reports.
        return type(self), (self.name, self.message)


class NotAPdfError(DocumentError):
    reason = "not_a_pdf"


class EmptyFileError(DocumentError):
    reason = "empty_file"


class DamagedPdfError(DocumentError):
    reason = "damaged"


class EncryptedPdfError(DocumentError):
    reason = "encrypted"


class NoPagesError(DocumentError):
    reason = "no_pages"
