"""Files that came from elsewhere, in `downloads/` of the output folder, each under the hash of its bytes."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable
from pathlib import Path

DOWNLOADS = "downloads"


class Downloads:
    """No name from outside names a file here, so none can leave the folder."""

    def __init__(self, output: Path) -> None:
        self.folder = output / DOWNLOADS
        self._passing: set[Path] = set()

    def path(self, sha256: str) -> Path:
        return self.folder / f"{sha256}.pdf"

    def take(self, write: Callable[[Path], None], *, keep: bool) -> tuple[str, int, bytes]:
        """Have `write` fill a file, and put it under its hash; hash, size and first bytes.

        What is not to be kept is deleted by `clear`. When `write` raises, nothing is left.
        """
        self.folder.mkdir(exist_ok=True)
        aside = self.folder / ".download.tmp"
        try:
            aside.touch()
            write(aside)
            with aside.open("rb") as stream:
                sha256, head = hashlib.file_digest(stream, "sha256").hexdigest(), b""
                stream.seek(0)
                head = stream.read(1024)
            size = aside.stat().st_size
            aside.replace(self.path(sha256))
        finally:
            aside.unlink(missing_ok=True)
        if not keep:
            self._passing.add(self.path(sha256))
        return sha256, size, head

    def passing(self, sha256: str) -> None:
        """The file is not to be kept beyond this run."""
        self._passing.add(self.path(sha256))

    def clear(self) -> None:
        """Delete what was only passing through, and the folder if it is empty then."""
        for path in self._passing:
            path.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            self.folder.rmdir()
