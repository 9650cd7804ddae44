"""What the children of test_isolate do. They must be importable by name in another process."""

from __future__ import annotations

import ctypes
import os
import time

from schemas.errors import EncryptedPdfError


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
        case "hog":
            bytearray(1 << 40)
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
