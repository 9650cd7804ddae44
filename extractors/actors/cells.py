"""A responsibility cell -> the actors it names, each with its role.

The text is cut at separators and role words first; what does not belong apart is joined again: the halves of
"Industrie- und Handelskammer", the topics of "Fachbereich Jugend, Familie und Bildung".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extractors.actors import lines
from extractors.actors.abbreviations import abbreviates, looks_short
from extractors.actors.joining import Document, joins, number_head, topics_follow
from extractors.actors.lexicon import general_lexicon
from extractors.actors.mentions import spans_of
from extractors.actors.names import actor_like, clean, is_number
from extractors.actors.roles import RoleMark, inner_label_at, label_at, mark_at, whole_role
from extractors.actors.words import grammar, head_of, plain, role_list
from schemas.records import Role

_PAREN = re.compile(r"\([^()]*(?:\([^()]*\)[^()]*)*\)?")
_PLUS = re.compile(r"\+(?=\s)")
_GENDER = r"[\w-]{2,60}/-?(?:innen|in|r|n)\b"
# Bounded, so that a long run of slashes costs no more than its length.
_TWO_IN_ONE = r"[^\s,;/()]{1,40}(?:/[^\s,;/()]{1,40}){1,3}-[A-ZÄÖÜ]\w+"
_WORD = re.compile(rf"{_TWO_IN_ONE}|{_GENDER}|und/oder|[^\s,;/()\n]+")
_LONGEST = 24
"""A name of so many words goes on no further: a cell that is no list must not cost the square of its length."""
_PROSE_WORDS = 30
_EXAMPLES = re.compile(
    r"(?:wie|z\.\s?B\.|bspw\.|beispielsweise|zum Beispiel)(?:\s+etwa|\s+z\.\s?B\.|:)?\s+(?=[A-ZÄÖÜ])[^;\n(]*"
)
_DASH = re.compile(r"[–—-](?=\s)")
_SEPARATORS = ",;/|•·▪‣►▸→⇒"


@dataclass(slots=True)
class Named:
    """An actor of a cell: its name, what is printed for it, its role, and what parentheses behind it say."""

    name: str
    text: str
    role: Role = "responsible"
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Atom:
    """Words between two separators. `words` leave out the parentheses, which are `notes`."""

    start: int
    end: int
    words: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    head: str = ""
    """The noun to put before a bare number: "Fachbereich" in "Fachbereich 3, 4"."""

    @property
    def text(self) -> str:
        return " ".join(self.words)


@dataclass(frozen=True, slots=True)
class _Sep:
    text: str


_Break = _Sep("\n")
_Piece = _Atom | _Sep | RoleMark


def read_cell(text: str, document: Document, role: Role = "responsible") -> list[Named]:
    """The actors of one cell (or one of its sub-rows), in order.

    `text` has line feeds between its paragraphs and U+2028 at early line ends. `role` is that of actors without a
    role word.
    """
    flat = lines.unfold(text)
    if _is_prose(flat):
        return _named_in(" ".join(flat.split()), role)
    pieces = _join(_unfuse(list(_cut(flat, document)), flat, document), document)
    _expand_numbers(pieces)
    return _with_roles(pieces, flat, document, role)


def _is_prose(text: str) -> bool:
    """Whether a cell is no list of actors but a long running text: mostly small words, with verbs among them."""
    words = text.split()
    small = sum(word[:1].islower() for word in words)
    verbs = sum(word in grammar("verbs") for word in words)
    return len(words) > _PROSE_WORDS and 2 * small > len(words) and verbs > 1


def _cut(text: str, document: Document) -> Iterator[_Piece]:
    """Atoms, separators and role words of the text, in order."""
    atom: _Atom | None = None
    place = 0
    while place < len(text):
        if text[place] in " \t":
            place += 1
            continue
        piece, end = _next(text, place, atom, document)
        if piece is None:
            atom = _grow(atom, text, place, end)
        else:
            if atom is not None:
                yield atom
            atom = None
            yield piece
        place = end
    if atom is not None:
        yield atom


def _next(text: str, place: int, atom: _Atom | None, document: Document) -> tuple[_Piece | None, int]:
    """The separator or role word at `place`, or None for a word of an atom; and where it ends."""
    char = text[place]
    fresh = atom is None or not atom.words
    if char == "\n":
        return _Break, place + 1
    if char == "(":
        match = _PAREN.match(text, place)
        return None, match.end() if match else place + 1
    protected = document.protected_at(text, place)
    if protected:
        return None, protected
    if char in _SEPARATORS or _PLUS.match(text, place):
        return _Sep(char), place + 1
    if fresh:
        mark, end = label_at(text, place)
        if mark is not None:
            return mark, end
    if place == 0 or not (text[place - 1].isalnum() or text[place - 1] == "-"):
        found = inner_label_at(text, place) or mark_at(text, place, fresh=fresh) or _bare_lead(text, place, atom)
        if found is not None:
            return found, found.end
    if _DASH.match(text, place) and (fresh or _parts_names(text, place, atom)):
        return (_Sep("–") if not fresh else None), place + 1
    examples = _EXAMPLES.match(text, place) if not fresh else None
    if examples is not None:
        return None, examples.end()
    word = _WORD.match(text, place)
    end = word.end() if word else place + 1
    if text[place:end].casefold() in grammar("joiners"):
        return _Sep(text[place:end].casefold()), end
    return None, end


def _parts_names(text: str, place: int, atom: _Atom | None) -> bool:
    """Whether a dash stands between two names: an explanation follows, or an actor follows one that is no number."""
    after = text[place + 1 : place + 80].lstrip()
    if re.match(r"[a-zäöü(]", after):
        return True
    found = head_of(re.split(r"[\s,;/()]", after, maxsplit=1)[0]) if after[:1].isupper() else None
    last = atom.words[-1] if atom is not None and atom.words else ""
    return found is not None and found.head.in_text and bool(last) and not is_number(last)


def _bare_lead(text: str, place: int, atom: _Atom | None) -> RoleMark | None:
    """A "mit" that means cooperation: a name stands before it and an actor comes after it."""
    match = re.compile(r"(\w+)\s+").match(text, place)
    if match is None or atom is None or match.group(1) not in role_list("supporting", "bare"):
        return None
    if plain(atom.words[-1]) in grammar("people") or not actor_like(atom.text):
        return None
    for word in re.split(r"[,;/()\n]", text[match.end() :], maxsplit=1)[0].split()[:4]:
        if head_of(word) is not None or actor_like(word):
            return RoleMark(place, match.end(), "supporting", "lead")
        if word[:1].isupper():
            break
    return None


def _grow(atom: _Atom | None, text: str, start: int, end: int) -> _Atom | None:
    printed = text[start:end]
    if printed.startswith("("):
        if atom is not None:
            atom.notes.append(printed.strip("()").strip())
            atom.end = end
            return atom
        return _Atom(start, end, [], [printed.strip("()").strip()])
    if atom is not None and _EXAMPLES.match(printed):
        atom.notes.append(printed)
        return atom
    if atom is None and printed in ("-", "–", "—", "*", "!"):
        return None
    if atom is None:
        return _Atom(start, end, printed.split())
    atom.words += printed.split()
    atom.end = end
    return atom


def _unfuse(pieces: list[_Piece], text: str, document: Document) -> list[_Piece]:
    """Cut atoms where one actor ends and the next begins with nothing but a blank between."""
    result: list[_Piece] = []
    for piece in pieces:
        if not isinstance(piece, _Atom):
            result.append(piece)
            continue
        while True:
            cut = _seam(piece, text, document)
            if cut is None:
                break
            left, piece = cut
            result += [left, _Sep("")]
        result.append(piece)
    return result


def _seam(atom: _Atom, text: str, document: Document) -> tuple[_Atom, _Atom] | None:
    printed = text[atom.start : atom.end]
    spots = [(match.start(), match.end()) for match in re.finditer(r"\([^()]*(?:\([^()]*\)[^()]*)*\)|\S+", printed)]
    tokens = [printed[start:end] for start, end in spots]
    for index in range(1, min(len(tokens), _LONGEST)):
        if tokens[index].startswith("(") or tokens[index - 1].endswith("-"):
            continue
        left, right = tokens[:index], tokens[index : index + _LONGEST]
        after_paren = tokens[index - 1].startswith("(") and actor_like(tokens[index]) and tokens[index][:1].isupper()
        if after_paren or document.seam([w for w in left if w[0] != "("], [w for w in right if w[0] != "("]):
            begin = atom.start + spots[index][0]
            return _atom_of(text, atom.start, atom.start + spots[index - 1][1]), _atom_of(text, begin, atom.end)
    return None


def _atom_of(text: str, start: int, end: int) -> _Atom:
    printed = text[start:end]
    notes = [note.strip("()").strip() for note in _PAREN.findall(printed)]
    return _Atom(start, end, _PAREN.sub(" ", printed).split(), notes)


def _join(pieces: Sequence[_Piece], document: Document) -> list[_Piece]:
    """Put together again what is one name although a separator stands in it."""
    result: list[_Piece] = []
    index = 0
    listing = False
    while index < len(pieces):
        piece = pieces[index]
        sep = result[-1] if result and isinstance(result[-1], _Sep) else None
        left = result[-2] if sep is not None and len(result) > 1 else None
        if isinstance(piece, _Atom) and sep is not None and isinstance(left, _Atom) and len(left.words) < _LONGEST:
            one = joins(left.text, sep.text, piece.text, document)
            goes_on = (
                not one and sep.text in ",/" and (listing or topics_follow(left.text, sep.text, _rest(pieces, index)))
            )
            if one or goes_on:
                listing = goes_on and sep.text == ","
                words = [*left.words, sep.text, *piece.words]
                result[-2:] = [_Atom(left.start, piece.end, words, left.notes + piece.notes)]
                index += 1
                continue
        listing = False if isinstance(piece, _Atom) else listing
        result.append(piece)
        index += 1
    return result


def _rest(pieces: Sequence[_Piece], index: int) -> list[tuple[str, str]]:
    """The atoms from `index` on with the separator behind each, as far as only separators stand between them."""
    rest: list[tuple[str, str]] = []
    while index < len(pieces) and isinstance(atom := pieces[index], _Atom):
        after = pieces[index + 1] if index + 1 < len(pieces) else None
        rest.append((atom.text, after.text if isinstance(after, _Sep) else ""))
        if not isinstance(after, _Sep) or atom.notes:
            break
        index += 2
    return rest


def _expand_numbers(pieces: Sequence[_Piece]) -> None:
    """ "Fachbereich 3, 4" is two: a bare number takes the noun of the name before it."""
    noun = ""
    for piece in pieces:
        if isinstance(piece, _Atom):
            if noun and len(piece.words) == 1 and is_number(piece.words[0]):
                piece.head = noun
            else:
                noun = number_head(piece.words)
                if noun and noun != piece.words[0]:
                    piece.words[0] = noun
        elif isinstance(piece, RoleMark) or piece is _Break:
            noun = ""


def _with_roles(pieces: Sequence[_Piece], text: str, document: Document, role: Role) -> list[Named]:
    names: list[Named] = []
    # The names that "A und B begleitend" speaks of, and those of the whole enumeration.
    chain: list[Named] = []
    listed: list[Named] = []
    lasting = role
    for index, piece in enumerate(pieces):
        if isinstance(piece, _Atom):
            clause = _is_clause(piece)
            found = _names_of(piece, text, role, document)
            names += found
            chain = found if clause else chain + found
            listed = found if clause else listed + found
        elif isinstance(piece, RoleMark):
            if piece.direction == "follow":
                several = text[piece.start : piece.end].split()[0].casefold() in role_list("syntax", "plural")
                for named in listed if several else chain:
                    named.role = piece.role
            else:
                role = piece.role
                lasting = role if piece.direction == "label" else lasting
            chain, listed = [], []
        elif not _role_next(pieces, index, piece.text):
            if piece.text in ("\n", ";", "|", "•"):
                role, listed = lasting, []
            if piece.text not in grammar("joiners"):
                chain = []
    return names


def _is_clause(atom: _Atom) -> bool:
    return len(atom.words) > 1 and any(
        word[:1].islower() and word.casefold() in grammar("verbs") for word in atom.words
    )


def _role_next(pieces: Sequence[_Piece], index: int, sep: str) -> bool:
    """Whether a role word that speaks of the name before stands right behind the separator."""
    after = pieces[index + 1] if index + 1 < len(pieces) else None
    return isinstance(after, RoleMark) and after.direction == "follow" and sep in (",", "–", "\n")


def _names_of(atom: _Atom, text: str, role: Role, document: Document) -> list[Named]:
    """The actor of an atom, and those that its parentheses give a role of their own."""
    printed = " ".join(text[atom.start : atom.end].split()).strip(" ,;:/+")
    if _is_clause(atom):
        return _named_in(printed, role)
    name = clean(f"{atom.head} {atom.text}" if atom.head else _numbered(atom, printed))
    named = Named(name, _without_lead(printed), role)
    short = re.fullmatch(r"(.+?)\s[–—-]\s(\S+)", name)
    if short and looks_short(short.group(2)) and abbreviates(short.group(2), short.group(1)):
        named.name = short.group(1)
        named.notes.append(short.group(2))
    found = [inner for note in atom.notes for inner in _read_note(note, named, document)]
    return [named, *found] if name and document.may_name(name, atom.words) else found


def _named_in(text: str, role: Role) -> list[Named]:
    """The actors of a running text."""
    spans = spans_of(text, general_lexicon())
    return [Named(clean(name), name, role) for span in spans if (name := text[span.start : span.end])]


def _numbered(atom: _Atom, printed: str) -> str:
    """The printed name; "Ämter 61" is one Amt, with the others behind it."""
    words = printed.split()
    return " ".join([*atom.words[:1], *words[1:]]) if len(words) == 2 and is_number(words[1]) else printed


def _read_note(note: str, named: Named, document: Document) -> list[Named]:
    """What a parenthesis says of the name before it: its role, further actors, or an explanation to keep."""
    alone = whole_role(note)
    mark = label_at(note, 0)[0] or mark_at(note, 0, fresh=True)
    first, _, rest = note.partition(" ")
    if alone is not None:
        named.role = alone
    elif mark is not None and mark.direction != "follow" and mark.end < len(note):
        return read_cell(note, document)
    elif first in role_list("supporting", "bare") and actor_like(rest):
        return read_cell(rest, document, "supporting")
    else:
        named.notes.append(note)
    return []


def _without_lead(printed: str) -> str:
    """The printed name without the article or filler before it."""
    words = printed.split(" ")
    while len(words) > 1 and plain(words[0]) + ("." if words[0].endswith(".") else "") in grammar("articles") | grammar(
        "fillers"
    ):
        words = words[1:]
    return " ".join(words)
