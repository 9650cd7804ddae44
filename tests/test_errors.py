"""The tree of errors: exit codes, messages, and the way through a pipe."""

from __future__ import annotations

import pickle

import pytest

from schemas import errors

DOCUMENT_ERRORS = [
    errors.DocumentError,
    errors.NotAPdfError,
    errors.EmptyFileError,
    errors.DamagedPdfError,
    errors.EncryptedPdfError,
    errors.NoPagesError,
]


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (errors.RatsplanError, 1),
        (errors.UsageError, 2),
        (errors.ProfileError, 2),
        (errors.SourceError, 3),
        (errors.OutputError, 4),
        *((kind, 1) for kind in DOCUMENT_ERRORS),
    ],
)
def test_every_error_has_its_exit_code(kind: type[errors.RatsplanError], code: int) -> None:
    assert kind.exit_code == code


@pytest.mark.parametrize("kind", DOCUMENT_ERRORS)
def test_a_document_error_comes_through_a_pipe_whole(kind: type[errors.DocumentError]) -> None:
    error = pickle.loads(pickle.dumps(kind("brief.pdf", "asks for a password")))
    assert type(error) is kind
    assert (error.name, error.message) == ("brief.pdf", "asks for a password")
    assert str(error) == "brief.pdf: asks for a password"


def test_every_document_error_has_a_reason_of_its_own() -> None:
    assert len({kind.reason for kind in DOCUMENT_ERRORS}) == len(DOCUMENT_ERRORS)
