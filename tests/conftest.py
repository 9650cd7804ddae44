"""What all tests share: where the samples lie, and how hypothesis looks for examples."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# Speed is no property of the code under test, and a build server must fail for what changed, not for its luck.
settings.register_profile("local", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "local")

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder with the sample papers."""
    return ROOT / "samples"


@pytest.fixture(scope="session", params=sorted(path.name for path in (ROOT / "samples").glob("*.pdf")))
def sample(request: pytest.FixtureRequest) -> Path:
    """Each sample paper in turn."""
    return ROOT / "samples" / str(request.param)
