"""Files that take their place whole, for writers that want a path and not a stream."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from schemas.errors import OutputError


@contextmanager
def path_aside(path: Path) -> Iterator[Path]:
    """A path beside `path` whose file takes its place when the block ends well, and vanishes when it does not.

    The folder is made where it is missing. Raises OutputError where it cannot be written.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(exist_ok=True)
        yield temporary
        with temporary.open("rb+") as stream:
            os.fsync(stream.fileno())
        temporary.replace(path)
    except OSError as error:
        message = f"cannot be written ({error.strerror or error}); close it where it is open, or name another folder"
        raise OutputError(f"{path}: {message}") from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
