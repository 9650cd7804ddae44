"""Actors that a trained spaCy pipeline of the user's finds beside the rules. spaCy is imported here, and only here."""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.actors.mentions import Span
from extractors.actors.names import clean
from extractors.actors.words import grammar, text_words
from schemas.errors import ModelError
from schemas.records import ActorKind

if TYPE_CHECKING:
    from spacy.language import Language

Finder = Callable[[Sequence[str]], Iterator[list[Span]]]
"""Texts in, the spans of each out, in the same order."""

_KINDS: dict[str, ActorKind] = {
    "ORG": "other",
    "ORGANIZATION": "other",
    "ORGANISATION": "other",
    "ORGANIZATION-COMPANY": "company",
    "STELLE": "unit",
    "GREMIUM": "committee",
    "GRUPPE": "group",
    "PER": "person",
    "PERSON": "person",
}
"""Entity labels that name actors. Places, dates and works do not: with them precision falls below use."""
_CONFIDENCE = 0.5
_BATCH = 64
_META = "meta.json"


@dataclass(frozen=True, slots=True)
class Model:
    """An installed pipeline: what the user calls it, and the SHA-256 of its files, which alone makes it another one."""

    name: str
    sha256: str

    @classmethod
    def of(cls, name: str) -> Model:
        """The pipeline called `name`: a package or a folder. It is not loaded, and nothing is downloaded.

        Raises ModelError where there is none.
        """
        folder = _folder(name)
        digest = hashlib.sha256()
        for path in sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts):
            digest.update(f"{path.relative_to(folder).as_posix()}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
        return cls(name, digest.hexdigest())

    def finder(self) -> Finder:
        """What finds actors with this pipeline. Raises ModelError where it cannot be loaded or finds no entities."""
        nlp = _load(self.name, self.sha256)

        def find(texts: Sequence[str]) -> Iterator[list[Span]]:
            for text, doc in zip(texts, nlp.pipe(texts, batch_size=_BATCH), strict=True):
                found = ((ent.start_char, ent.end_char, ent.label_) for ent in doc.ents)
                yield [span for start, end, label in found if (span := _span(text, start, end, label)) is not None]

        return find


def _folder(name: str) -> Path:
    """Where the files of the pipeline lie; a package comes first, as spaCy has it."""
    spec = importlib.util.find_spec(name) if name.isidentifier() else None
    package = Path(spec.origin).parent if spec is not None and spec.origin else None
    if package is not None and (package / _META).is_file():
        return package
    folder = Path(name)
    if not name or not folder.is_dir():
        raise ModelError(
            f"{name}: no spaCy pipeline of this name is installed, and there is no such folder; "
            "install its package into this Python, or name the folder of a pipeline (nothing is downloaded)"
        )
    if not (folder / _META).is_file():
        raise ModelError(f"{name}: is no spaCy pipeline, for there is no {_META} in it; name another one")
    return folder


@lru_cache(maxsize=1)
def _load(name: str, sha256: str) -> Language:
    import spacy
    from spacy.about import __version__

    try:
        nlp = spacy.load(name)
    except (OSError, ValueError, ImportError, KeyError, TypeError) as error:
        reason = " ".join(str(error).split())[:300]
        raise ModelError(f"{name}: cannot be loaded with spaCy {__version__}: {reason}") from error
    if not any("doc.ents" in nlp.get_pipe_meta(pipe).assigns for pipe in nlp.pipe_names):
        raise ModelError(f"{name}: finds no entities; name a pipeline with a component such as ner or entity_ruler")
    return nlp


def _span(text: str, start: int, end: int, label: str) -> Span | None:
    """The entity as a span: without the article and blanks around it; None where it names no actor."""
    kind = _KINDS.get(label.upper())
    printed = text[start:end]
    while (first := printed.split(" ", 1))[0].casefold() in grammar("articles") and len(first) == 2:
        start, printed = start + len(first[0]) + 1, first[1]
    start += len(printed) - len(printed.lstrip(" \n,;:("))
    printed = text[start:end].rstrip(" \n,;:(")
    if kind is None or not clean(printed) or "\n" in printed or not any(c.isupper() for c in printed):
        return None
    if printed.casefold() in text_words("not_actors"):
        return None
    return Span(start, start + len(printed), "model", _CONFIDENCE, kind=kind)
