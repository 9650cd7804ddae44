"""ratsplan reads German council PDFs and returns their plans of action as records with sources.

    >>> import ratsplan
    >>> document = ratsplan.extract("samples/rd-eck-vo-2025-246.pdf")
    >>> document.plan.measures[0].field_of_action
    'Sprache'

Importing it is cheap: what reads PDFs is imported when it is first used.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING

from schemas.errors import (
    DamagedPdfError,
    DocumentError,
    EmptyFileError,
    EncryptedPdfError,
    ModelError,
    NoPagesError,
    NotAPdfError,
    ProfileError,
    RatsplanError,
    SourceError,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas

    from pipeline.options import OcrMode
    from schemas.changes import Change, Comparison, FieldChange
    from schemas.records import (
        Actor,
        Attachment,
        Consultation,
        Contributor,
        Document,
        File,
        Indicator,
        LedgerRecord,
        Measure,
        Mention,
        Paper,
        Place,
        Plan,
        Problem,
        Responsibility,
        Section,
        TableRecord,
        TableRow,
        UnassignedWord,
    )

__version__ = "0.1.0"

__all__ = [
    "Actor",
    "Attachment",
    "Change",
    "Comparison",
    "Consultation",
    "Contributor",
    "DamagedPdfError",
    "Document",
    "DocumentError",
    "EmptyFileError",
    "EncryptedPdfError",
    "FieldChange",
    "File",
    "Indicator",
    "LedgerRecord",
    "Measure",
    "Mention",
    "ModelError",
    "NoPagesError",
    "NotAPdfError",
    "Paper",
    "Place",
    "Plan",
    "Problem",
    "ProfileError",
    "RatsplanError",
    "Responsibility",
    "Section",
    "SourceError",
    "TableRecord",
    "TableRow",
    "UnassignedWord",
    "__version__",
    "compare",
    "extract",
    "find_actors",
    "frames",
]


def extract(
    path_or_bytes: str | Path | bytes,
    *,
    name: str | None = None,
    verify: bool = False,
    ocr: OcrMode = "auto",
    profile: str | Path | None = None,
    actors: str | Path | None = None,
    ner_model: str | None = None,
) -> Document:
    """Everything that one PDF says, as records.

    `path_or_bytes` is a file's path or the PDF itself. `name` is what ids and messages call it: by default the file's
    name, or `document.pdf` for bytes. `verify` reads each page a second time with pdfplumber and reports, among the
    document's problems, words that only one of the two readers saw. `ocr` says which pages are read
    from their pictures: "auto" those without text or with broken text, "never" none, "always" all. Without the extra
    `ocr` they stay unread. `profile` is the path of a TOML file with the words of a town (docs/profile.md),
    `actors` that of a registry of actors (docs/actors.md). `ner_model` is an installed spaCy pipeline, by the name of
    its package or folder, that looks for actors beside the rules; nothing is downloaded.

    Raises SourceError when there is no such file, ProfileError when the profile or registry is broken, ModelError when
    there is no such pipeline, and a DocumentError when the
    file cannot be read as a PDF. The work is done in this process; `ratsplan run` has one process for each document.
    """
    from pipeline.names import writable

    if isinstance(path_or_bytes, bytes):
        data, source = path_or_bytes, None
    else:
        source = writable(path_or_bytes)
        try:
            data = Path(path_or_bytes).read_bytes()
        except IsADirectoryError as error:
            message = "is a folder; name one PDF, or read the folder with `ratsplan run`"
            raise SourceError(f"{source}: {message}") from error
        except OSError as error:
            raise SourceError(f"{source}: cannot be read ({error.strerror}); check the path") from error
        name = name or Path(source).name

    from pipeline.document import process_document
    from pipeline.options import ActorFile, Options, ProfileFile, model_of

    options = Options(
        verify,
        ocr,
        ProfileFile.of(profile) if profile is not None else None,
        ActorFile.of(actors) if actors is not None else None,
        model_of(ner_model) if ner_model is not None else None,
    )
    return process_document(data, name or "document.pdf", source=source, options=options)


def compare(old: str | Path | Document, new: str | Path | Document) -> Comparison:
    """What changed from one draft of a plan to the next: every measure of both is in exactly one change.

    A draft is the path of a PDF or of a document.json, or what `extract` gave. What only the layout changes is no
    change. Raises SourceError and DocumentError as `extract` does.
    """
    from pipeline.compare import compare_documents
    from pipeline.drafts import read_draft

    before, after = (read_draft(draft) if isinstance(draft, str | Path) else draft for draft in (old, new))
    return compare_documents(before, after)


def find_actors(text: str, *, ner_model: str | None = None) -> list[Mention]:
    """The actors that a plain text names, in its order, with offsets into it.

    They are found by rules, by abbreviations that the text itself introduces, and, with `ner_model`, by an installed
    spaCy pipeline of this name beside them; see `Mention.origin`. Raises ModelError when there is no such pipeline.
    """
    from extractors.actors import find_actors as find

    if ner_model is None:
        return find(text)
    from pipeline.options import model_of

    return find(text, finder=model_of(ner_model).finder())


def frames(documents: Iterable[Document]) -> dict[str, pandas.DataFrame]:
    """The tables of some documents as pandas data frames by name, with the same dtypes whatever the rows.

        >>> tables = ratsplan.frames([ratsplan.extract("samples/rd-eck-vo-2025-246.pdf")])
        >>> tables["responsibilities"].merge(tables["measures"], on=["document_id", "measure_id"])

    Texts are `string`, whole numbers `Int64`, numbers `Float64`, yes or no `boolean`, dates `datetime64[s]`.
    """
    from pipeline.tables.frames import frames as make

    return make(documents)


def __getattr__(name: str) -> object:
    if name in __all__:
        module = "schemas.changes" if name in ("Change", "Comparison", "FieldChange") else "schemas.records"
        return getattr(importlib.import_module(module), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(set(globals()) | set(__all__))


if __name__ == "__main__":
    import sys

    from pipeline.cli import main

    sys.exit(main())
