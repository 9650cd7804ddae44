"""How a server is asked."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Manners:
    """Pauses and limits in seconds, files in bytes."""

    pause: float = 0.5
    """Between two requests."""
    timeout: float = 60.0
    """For a sign of life."""
    whole: float = 900.0
    """For one answer with its body."""
    attempts: int = 5
    longest_wait: float = 300.0
    """Between two attempts, also where the server asks for more."""
    file_bytes: int = 200 << 20
