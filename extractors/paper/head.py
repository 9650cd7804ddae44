"""The head of a paper: what labels name, then what stands there without a label."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date as Date

from extractors.paper.labels import LabelReader, Value
from extractors.paper.pieces import Piece, text_of
from extractors.paper.profiles import Profile, label_key
from extractors.paper.values import chosen, find_date, find_public, without_public
from extractors.vocabulary import Vocabulary
from schemas.geometry import Block, BlockKind, Word

_TYPE_WORDS, _PUBLIC_WORDS = 7, 12
_TITLE_CHARS = 12
_SESSION = re.compile(r"(?:zur|in|für die) (?:nicht ?)?öffentliche[nr] Sitzung", re.IGNORECASE)
_NUMBER = re.compile(r"[ .-]+(?:Nr\.?|Nummer)$")

_ADDRESS = re.compile(r" [·•|] ")
"""What parts an office from its address."""


@dataclass(slots=True)
class Head:
    """The fields of the head, the words of each, and the words of labels."""

    reference: str | None = None
    name: str | None = None
    paper_type: str | None = None
    public: bool | None = None
    date: Date | None = None
    texts: dict[str, str] = field(default_factory=dict)
    """body, under_direction_of, contact_person, originator_person."""
    attachments: list[list[Word]] = field(default_factory=list)
    spots: dict[str, list[Word]] = field(default_factory=dict)
    labels: list[Word] = field(default_factory=list)
    labelled: set[str] = field(default_factory=set)
    """Fields that a label named."""
    running: dict[str, list[Word]] = field(default_factory=dict)
    """Words of fields that only a running head prints: they are furniture."""

    def words(self) -> list[Word]:
        return [word for words in self.spots.values() for word in words] + self.labels


def is_refused(pieces: Iterable[Piece], profile: Profile) -> bool:
    """Whether a title says that the document is no paper, such as minutes ("N i e d e r s c h r i f t", too)."""
    return any(profile.has("types.refused", _unspaced(piece.text)) for piece in pieces)


def read_head(pieces: Sequence[Piece], blocks: Sequence[Block], profile: Profile, vocabulary: Vocabulary) -> Head:
    """The fields of the head out of its `pieces`; `blocks` are the free blocks of the same place."""
    return _HeadReader(pieces, blocks, profile, vocabulary).read()


def read_running(head: Head, pieces: Iterable[Piece], profile: Profile) -> None:
    """Put the town into `head` that only the running head or foot of the first page prints, given as `pieces`."""
    for piece in pieces:
        town = next((m for pattern in profile.patterns["body"] if (m := pattern.match(piece.text))), None)
        if town is not None and "body" not in head.texts:
            head.texts["body"] = town.group(town.lastindex or 0)
            head.running["body"] = piece.words


class _HeadReader:
    def __init__(
        self, pieces: Sequence[Piece], blocks: Sequence[Block], profile: Profile, vocabulary: Vocabulary
    ) -> None:
        self.profile = profile
        self.vocabulary = vocabulary
        self.reader = LabelReader(pieces, profile, vocabulary)
        self.blocks = blocks
        self.head = Head()
        self.used: set[int] = set()

    def read(self) -> Head:
        for value in self.reader.values():
            if value.field != "none" and not self._taken(value.words):
                self._take_value(value)
        for label in self.reader.labels.values():
            if not self._taken(label.words):
                self.head.labels += label.words
                self.used |= {id(word) for word in label.words}
        nothing_named = [v for v in self.reader.values() if v.field == "none"]
        bound = {id(word) for value in nothing_named for word in value.words}
        self._read_types(bound)
        self._read_type_labels()
        for piece in self.reader.pieces:
            if not self._taken(piece.words) and not bound & {id(word) for word in piece.words}:
                self._read_free(piece)
        if self.head.name is None:
            self._read_title(bound)
        if self.head.paper_type is None and self.head.name is not None:
            opening = self.head.name.split()[0]
            named = self.profile.has("types.exact", opening) and self._matches("titled", self.head.name)
            self.head.paper_type = opening if named else None
        return self.head

    def _taken(self, words: Iterable[Word]) -> bool:
        return any(id(word) in self.used for word in words)

    def _take(self, name: str, words: Sequence[Word]) -> None:
        self.head.spots[name] = list(words)
        self.used |= {id(word) for word in words}

    def _take_value(self, value: Value) -> None:
        head, name, words = self.head, value.field, value.words
        text = text_of(words, self.vocabulary)
        if name == "attachments":
            head.attachments.append(list(words))
        elif name in head.labelled:
            return
        elif name == "date":
            found = find_date(text)
            head.date = found[0] if found else None
        elif name == "public":
            head.public = find_public(text)
        elif name == "reference":
            head.reference = text.strip(" :")
        elif name == "name":
            head.name = text
        elif name == "paper_type":
            head.paper_type = without_public(text) or text
        else:
            name = self._office_or_person(name, text)
            if name in head.labelled:
                return
            head.texts[name] = self._person(text) if name.endswith("_person") else text
        head.labelled.add(name)
        self._take(name, [*head.spots.get(name, []), *words])
        head.labels += value.label.words
        self.used |= {id(word) for word in value.label.words}

    def _office_or_person(self, name: str, text: str) -> str:
        """ "Verfasser" and its like may name an office instead of a person."""
        return "under_direction_of" if name.endswith("_person") and self._matches("under_direction_of", text) else name

    def _person(self, text: str) -> str:
        """A name without the telephone number behind it."""
        tokens = text.split()
        for at, token in enumerate(tokens[1:], 1):
            if self.profile.has("stops.person", token):
                return " ".join(tokens[:at]).rstrip(" ,;(-–/")
        return text

    def _read_types(self, bound: set[int]) -> None:
        """The type of the paper: the largest piece that is the word for one."""
        free = [p for p in self.reader.pieces if not self._taken(p.words) and not bound & {id(w) for w in p.words}]
        free.sort(key=lambda p: (-round(p.size), p.line.top))
        titles = [(piece, found) for piece in free if (found := self._type_of(piece)) is not None]
        if not titles or self.head.paper_type is not None:
            return
        special = [title for title in titles if not self.profile.has("types.generic", title[1][0])]
        shown = [title for title in special if title[0].line.bold or title[0].size > titles[0][0].size - 0.6]
        piece, (name, reference) = (shown or titles)[0]
        self.head.paper_type = name
        self._take("paper_type", piece.words)
        public = find_public(piece.text)
        if public is not None and self.head.public is None:
            self.head.public = public
            self.head.spots["public"] = []
        if reference and self.head.reference is None:
            self.head.reference = reference

    def _read_type_labels(self) -> None:
        """The type that is the label of the reference: "Mitteilungsvorlage 2030/119"."""
        for label in self.reader.labels.values():
            printed = " ".join(word.text for word in label.words)
            bare = label.field == "reference" and not printed.endswith(":")
            printed = _NUMBER.sub("", printed)
            if self.head.paper_type is None and bare and self.profile.has("types.exact", printed):
                self.head.paper_type = printed
                self.head.labels = [word for word in self.head.labels if word not in label.words]
                self._take("paper_type", label.words)

    def _type_of(self, piece: Piece) -> tuple[str, str | None] | None:
        """(type as printed, reference behind it) when the piece is the title of a kind of paper."""
        text = _unspaced(piece.text)
        tokens = text.split()
        reference = None
        if len(tokens) > 1 and any(p.match(tokens[-1]) for p in self.profile.patterns["reference"]):
            reference = tokens.pop()
            while len(tokens) > 1 and label_key(tokens[-1]) in ("", "nr", "nummer"):
                tokens.pop()
        name = without_public(" ".join(tokens)).strip(" :-–")
        titled = self._matches("type", text)
        if titled is not None:
            return titled.group(1), None
        if not name or len(tokens) > _TYPE_WORDS:
            return None
        single = label_key(name) if " " not in name else ""
        ends = single and any(single.endswith(ending) for ending in self.profile.lists["types.endings"])
        if self.profile.has("types.exact", name) or ends:
            return name, reference
        return None

    def _read_free(self, piece: Piece) -> None:
        head, text = self.head, piece.text
        if text in (head.reference, head.paper_type):
            head.labels += piece.words  # printed a second time
            self.used |= {id(word) for word in piece.words}
        elif head.reference is None and self._matches("reference", text):
            head.reference = text
            self._take("reference", piece.words)
        elif head.date is None and (stamp := self._matches("date", text)):
            found = find_date(stamp.group(1))
            if found is not None:
                head.date = found[0]
                self._take("date", piece.words)
        elif (public := self._says_public(text)) is not None and head.public in (None, public):
            head.public = public
            self._take("public", [*head.spots.get("public", []), *piece.words])
        elif "body" not in head.texts and (town := self._town(piece)):
            head.texts["body"], words = town
            self._take("body", words)
        elif "under_direction_of" not in head.texts and self._matches("under_direction_of", text):
            head.texts["under_direction_of"] = _ADDRESS.split(text)[0]
            self._take("under_direction_of", piece.words)

    def _town(self, piece: Piece) -> tuple[str, list[Word]] | None:
        """The town and its words: those of a piece, or of the next one below too ("Große Kreisstadt" "Bergfelden")."""
        town = self._matches("body", piece.text)
        if town is not None:
            return town.group(town.lastindex or 0), piece.words
        below = next((other for other in self.reader.pieces if other.follows(piece)), None)
        joined = self._matches("body", f"{piece.text} {below.text}") if below is not None else None
        if below is None or joined is None or self._taken(below.words) or below.line.bold != piece.line.bold:
            return None
        return joined.group(joined.lastindex or 0), [*piece.words, *below.words]

    @staticmethod
    def _says_public(text: str) -> bool | None:
        opens = label_key(chosen(text)).startswith(("öffentlich", "nichtöffentlich")) or _SESSION.match(text)
        return find_public(text) if opens and len(text.split()) <= _PUBLIC_WORDS else None

    def _matches(self, name: str, text: str) -> re.Match[str] | None:
        return next((m for pattern in self.profile.patterns[name] if (m := pattern.match(text))), None)

    def _read_title(self, bound: set[int]) -> None:
        """The title without a label: the largest, else the bold heading of the head that nothing else explains."""
        free = [b for b in self.blocks if not self._taken(b.words) and not bound & {id(w) for w in b.words}]
        free = [b for b in free if len(b.text) >= _TITLE_CHARS and self.profile.kind_of(b.text) is None]
        free = [b for b in free if not self._matches("no_name", b.text)]
        headings = [b for b in free if b.kind is BlockKind.HEADING or b.bold]
        if not headings:
            return
        size = max(b.size for b in headings)
        title = next(b for b in headings if b.size > size - 0.6)
        self.head.name = text_of(title.words, self.vocabulary)
        self._take("name", title.words)


def _unspaced(text: str) -> str:
    """Letter-spaced words made one: "V o r l a g e"."""
    tokens = text.split()
    return "".join(tokens) if len(tokens) >= 5 and all(len(token) == 1 for token in tokens) else text
