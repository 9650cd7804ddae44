"""Files that came from elsewhere, in `downloads/` of the output folder, each under the hash of its bytes."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DOWNLOADS = "downloads"
_MAGIC = b"%PDF-"


class Downloads:
    """No name from outside names a file here, so none can leave the folder."""

    def __init__(self, output: Path) -> None:
        self.folder = output / DOWNLOADS
        self._passing: set[Path] = set()

    def path(self, sha256: str) -> Path:
        return self.folder / f"{sha256}.pdf"

    @contextmanager
    def aside(self) -> Iterator[Path]:
        """A path to write to; what lies there when the block ends, and was not adopted, is deleted."""
        self.folder.mkdir(exist_ok=True)
        path = self.folder / ".download.tmp"
        try:
            yield path
        finally:
            path.unlink(missing_ok=True)

    def adopt(self, path: Path) -> tuple[str, int]:
        """Put a file under the hash of its bytes; the hash and its size."""
        with path.open("rb") as stream:
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
        size = path.stat().st_size
        path.replace(self.path(sha256))
        return sha256, size

    def pass_through(self, sha256: str) -> None:
        """The file is not to be kept beyond this run: it can be had again from where it came."""
        self._passing.add(self.path(sha256))

    def clear(self) -> None:
        """Delete what was only passing through, and the folder if it is empty then."""
        for path in self._passing:
            path.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            self.folder.rmdir()


def is_pdf(path: Path) -> bool:
    """Whether a file begins as a PDF does, at most 1,024 bytes late, as readers allow."""
    with path.open("rb") as stream:
        return _MAGIC in stream.read(1024 + len(_MAGIC))
