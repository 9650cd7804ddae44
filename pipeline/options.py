"""What a user may choose: how a document is read, and how a comparison is told."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Self, get_args

from schemas.errors import ProfileError

if TYPE_CHECKING:
    from extractors.actors.model import Model
    from extractors.knowledge import Additions

OcrMode = Literal["auto", "never", "always"]
OCR_MODES: tuple[OcrMode, ...] = get_args(OcrMode)

Format = Literal["terminal", "json", "csv", "html", "markdown", "daff"]
FORMATS: tuple[Format, ...] = get_args(Format)
"""How a comparison is told."""

HistoryFormat = Literal["terminal", "json", "csv"]
HISTORY_FORMATS: tuple[HistoryFormat, ...] = get_args(HistoryFormat)
"""How the story of measures is told."""

TableFormat = Literal["parquet", "excel", "sqlite"]
TABLE_FORMATS: dict[TableFormat, str] = {
    "parquet": "also write the tables as Parquet, with fixed types: parquet/",
    "excel": "also write them for a German Excel, as a workbook and as CSV files: excel/",
    "sqlite": "also write them as one SQLite file with keys and views: ratsplan.sqlite",
}
"""Further forms of the tables, and what each is."""


@dataclass(frozen=True, slots=True)
class ProfileFile:
    """A user's own profile: where it lies, and the SHA-256 of what it says, which alone makes it another one."""

    path: str = field(compare=False)
    sha256: str

    @classmethod
    def of(cls, path: str | Path) -> Self:
        """The profile at `path`. Raises ProfileError, with file and key, when it cannot be read or is broken."""
        data = _bytes(path)
        cls._read(data, path)
        return cls(str(path), hashlib.sha256(data).hexdigest())

    def additions(self) -> Additions:
        """What the profile adds to the knowledge. Raises ProfileError when it is another one by now, or gone."""
        data = _bytes(self.path)
        if hashlib.sha256(data).hexdigest() != self.sha256:
            raise ProfileError(f"{self.path}: was changed while documents were read with it; run again")
        return self._read(data, self.path)

    @classmethod
    def _read(cls, data: bytes, path: str | Path) -> Additions:
        from extractors.profile import read_profile

        return read_profile(data, str(path))


@dataclass(frozen=True, slots=True)
class ActorFile(ProfileFile):
    """A user's own registry of actors (docs/actors.md), held in the same way."""

    @classmethod
    def _read(cls, data: bytes, path: str | Path) -> Additions:
        from extractors.actor_file import read_actor_file

        return read_actor_file(data, str(path))


@dataclass(frozen=True, slots=True)
class Options:
    """Choices that change a document's records: a document read with other options is read again.

    `verify` has every page read a second time with pdfplumber, the independent witness.
    `ocr` says which pages are read from their pictures: "auto" those without text or with broken text.
    `profile` adds a user's own words to what ratsplan knows, `actors` a registry of actors that wins over everything.
    `ner_model` is an installed spaCy pipeline that looks for actors beside the rules.
    """

    verify: bool = False
    ocr: OcrMode = "auto"
    profile: ProfileFile | None = None
    actors: ActorFile | None = None
    ner_model: Model | None = None

    @property
    def key(self) -> str:
        """Hash of all choices; files and models count by what they say, not by where they lie."""
        files = {"profile": self.profile, "actors": self.actors, "ner_model": self.ner_model}
        choices = asdict(self) | {name: file.sha256 if file is not None else None for name, file in files.items()}
        return hashlib.sha256(json.dumps(choices, sort_keys=True).encode()).hexdigest()

    def additions(self) -> Additions:
        """What these options add to the knowledge. Raises ProfileError as `ProfileFile.additions` does."""
        from extractors.knowledge import merged

        additions: Additions = {}
        for file in (self.profile, self.actors):
            additions = merged(additions, file.additions()) if file is not None else additions
        return additions


def model_of(name: str) -> Model:
    """The installed spaCy pipeline of this name, loaded once so that a run does not begin with one that cannot be used.

    Raises ModelError.
    """
    from extractors.actors.model import Model

    model = Model.of(name)
    model.finder()
    return model


def _bytes(path: str | Path) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise ProfileError(f"{path}: cannot be read ({error.strerror}); check the path") from error
