"""What the children of test_isolate and test_batch do. They must be importable by name in another process."""

from __future__ import annotations

import ctypes
import os
import time

from pipeline.isolate import allow
from pipeline.reading import Reading, Task, packed
from schemas.errors import EncryptedPdfError
from tests.made_documents import made_document


def double(number: int) -> int:
    return 2 * number


def misbehave(how: str) -> str:
    match how:
        case "exit":
            os._exit(7)
        case "segfault":
            ctypes.string_at(0)
        case "hang":
            time.sleep(600)
        case "nap" | "nap again" | "last nap":
            time.sleep(1.0)
        case "more time":
            allow(60.0)
            time.sleep(2.0)
        case "less time":
            allow(1.0)
            time.sleep(600)
        case "hog":
            bytearray(4 << 30)
        case "locked":
            raise EncryptedPdfError("brief.pdf", "asks for a password")
        case "bug":
            raise KeyError("no such\nkey")
        case "chatter":
            os.write(1, b"noise on stdout\n")
            os.write(2, b"noise on stderr\n")
        case "big":
            return "x" * (8 << 20)
    return how


def process_id(_: int) -> int:
    return os.getpid()


def read_made(task: Task) -> Reading:
    """Stands in for the reading of a PDF: the bytes say what happens."""
    data = task.data if task.data is not None else task.path.read_bytes()
    match data:
        case b"crash":
            os._exit(7)
        case b"locked":
            raise EncryptedPdfError(task.name, "asks for a password")
        case b"bug":
            raise ValueError("no such row")
        case b"review":
            return packed(made_document(task.name, data, status="review"))
    return packed(made_document(task.name, data))


def read_slowly(task: Task) -> Reading:
    """Long enough for a worker to be killed meanwhile."""
    time.sleep(0.5)
    return read_made(task)
