"""The Beratungsfolge: a ruled table, a table without rules, or a list of lines."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from extractors.celltext import clean
from extractors.lines import group_lines
from extractors.paper.courses import sentence_of, visits_of
from extractors.paper.pieces import Piece, colon_label, part_of, text_of
from extractors.paper.profiles import Profile, label_key
from extractors.paper.session import read_session
from extractors.paper.values import find_date, without_date
from extractors.paper.visits import Consultations, VisitReader
from extractors.vocabulary import Vocabulary
from schemas.geometry import Cell, Line, Table, Word
from schemas.records import Consultation

_SESSION = re.compile(r"(?:\d{1,3}\. ?)?(?:\(?(?:nicht ?)?öffentliche\)? )?Sitzung de[sr]\b")
_LEGEND = re.compile(r"(\d{1,2})\s*=\s*(.+?)(?=\s+\d{1,2}\s*=|$)")
_FAR = 2.2
"""Blank between two lines, as a multiple of the font size, that ends a Beratungsfolge without rules."""


def read_consultations(
    pieces: Sequence[Piece], tables: Sequence[Table], profile: Profile, vocabulary: Vocabulary
) -> Consultations:
    """The Beratungsfolge out of the ruled `tables` of the paper, else out of the free `pieces` of its head."""
    reading = Consultations()
    reader = _Reader(profile, vocabulary, _legend(pieces))
    for table in tables:
        if reader.headed(table, reading) or reader.banded(table, reading):
            reading.tables.append(table)
    if not reading.entries:
        free = [piece for piece in pieces if piece.cell is None]
        for read in (reader.columns, reader.listed, reader.told, reader.prefixed):
            if read(free, reading):
                return reading
        read_session(pieces, reader.visits, reading)
    return reading


def _legend(pieces: Sequence[Piece]) -> dict[str, str]:
    """Numbers that stand for roles ("1 = Beschluss  2 = Anhörung")."""
    return {m.group(1): clean(m.group(2)) for piece in pieces for m in _LEGEND.finditer(piece.text)}


class _Reader:
    def __init__(self, profile: Profile, vocabulary: Vocabulary, legend: dict[str, str]) -> None:
        self.profile = profile
        self.vocabulary = vocabulary
        self.visits = VisitReader(profile, vocabulary, legend)

    # tables with a header row

    def headed(self, table: Table, reading: Consultations) -> bool:
        """Read a ruled table whose header row names the columns; False when it has none."""
        for top in range(table.n_rows):
            header = {cell: self._column(_raw(cell.words)) for cell in table.row(top)}
            if _is_header(header.values()) and sum(map(bool, header.values())) * 2 > len(header):
                break
        else:
            return False
        columns = [(cell, name or "") for cell, name in header.items()]
        for number in range(top + 1, table.n_rows):
            cells = [(name, _raw(head.words), table.at(number, head.col)) for head, name in columns]
            row = [(name, label, cell.words) for name, label, cell in cells if cell is not None and cell.row == number]
            reading.add(self.visits.joined(row), [])
        reading.words += [word for cell in table.cells if cell.row >= top for word in cell.words]
        return True

    def _column(self, text: str) -> str | None:
        return self.profile.column_of(text)

    # tables without a header row: one band for each date

    def banded(self, table: Table, reading: Consultations) -> bool:
        """Read the rows of a ruled table below a heading such as "Gremienweg:"; False when there is none."""
        heading = next((c for c in table.cells if self.profile.has("consultations.headings", _raw(c.words))), None)
        if heading is None:
            return False
        below = [c for c in table.cells if c.row > heading.last_row or (c.row == heading.row and c.col > heading.col)]
        dates = [cell for cell in below if _is_date(_raw(cell.words))]
        for cell in dates:
            band = [c for c in below if c is not cell and c.row <= cell.last_row and c.last_row >= cell.row]
            cells = self._sorted_out([_raw(cell.words)], band)
            reading.add(self.visits.refined(cells), [])
        if dates:
            reading.words += heading.words + [w for c in below for w in c.words]
        return bool(dates)

    def _sorted_out(self, texts: Sequence[str], band: Sequence[Cell]) -> dict[str, str]:
        """The meaning of what stands in a band without column headers, told by what it is."""
        cells = {"date": texts[0]}
        for cell in sorted(band, key=lambda c: (c.col, c.row)):
            lines = [piece for page in _pages(cell.words) for piece in group_lines(page, gap=1.0)]
            name_lines: list[Line] = []
            for line in lines:
                printed = self.profile.has("consultations.ticks", line.text)
                if not printed and not self.visits.take_known(line.text, cells):
                    name_lines.append(line)
            if name_lines and "organization" not in cells:
                cells["organization"] = text_of([w for line in name_lines for w in line.words], self.vocabulary)
        return cells

    # columns without rules

    def columns(self, pieces: Sequence[Piece], reading: Consultations) -> bool:
        """Read rows below a line of column headers; False when no line is one."""
        lines = group_lines([word for piece in pieces for word in piece.words])
        line_at = {id(word): at for at, line in enumerate(lines) for word in line.words}
        pieces_of: dict[int, list[Piece]] = defaultdict(list)
        for piece in sorted(pieces, key=lambda p: p.line.x0):
            pieces_of[line_at[id(piece.words[0])]].append(piece)
        for at in range(len(lines)):
            own = [part for piece in pieces_of[at] for part in self._headers(piece)]
            double = self._double(own, pieces_of[at + 1])
            header = [(p, name) for p in double or own if (name := self._column(p.text)) is not None]
            if len(header) * 2 > len(own) and _is_header(name for _, name in header):
                last = at + 1 if double else at
                rows = self._rows(lines[last + 1 :], lines[last], header)
                for row in rows:
                    parts = [(name, piece.text, row.get(place, [])) for place, (piece, name) in enumerate(header)]
                    reading.add(self.visits.joined(parts), _flat(row))
                if rows:
                    reading.words += [word for above in lines[at : last + 1] for word in above.words]
                    return True
        return False

    def _double(self, upper: Sequence[Piece], lower: Sequence[Piece]) -> list[Piece]:
        """The headers of two tight lines, each as one piece; none when a piece of the lower line ends no header."""
        above = [next((p for p in upper if abs(p.line.x0 - low.line.x0) < 3), None) for low in lower]
        tight = [
            p is not None and 0 <= low.line.top - p.line.bottom + low.size < 1.6 * low.size
            for p, low in zip(above, lower, strict=True)
        ]
        if not lower or not all(tight):
            return []
        joined = {id(p): part_of(p, [*p.words, *low.words]) for p, low in zip(above, lower, strict=True) if p}
        known = all(self._column(piece.text) is not None for piece in joined.values())
        return [joined.get(id(piece), piece) for piece in upper] if known else []

    def _headers(self, piece: Piece) -> list[Piece]:
        """The piece, or the known column headers that stand so close together that they are its words."""
        if self._column(piece.text) is not None:
            return [piece]
        parts: list[Piece] = []
        words = piece.words
        while words:
            counts = range(len(words), 0, -1)
            count = next((n for n in counts if self._column(_raw(words[:n])) is not None), 0)
            if not count:
                return [piece]
            parts.append(part_of(piece, words[:count]))
            words = words[count:]
        return parts

    def _rows(
        self, lines: Sequence[Line], above: Line, header: Sequence[tuple[Piece, str]]
    ) -> list[dict[int, list[Word]]]:
        """The words of each row by the position of the column; it begins with a date, or a committee after a gap."""
        rows: list[dict[int, list[Word]]] = []
        columns: dict[str, set[int]] = defaultdict(set)
        for at, (_, name) in enumerate(header):
            columns[name].add(at)
        edges = [piece.line.x0 for piece, _ in header]
        places = range(len(edges))
        light = bool(lines) and not lines[0].bold
        for line in lines:
            gap = line.top - above.bottom
            text = line.text.rstrip(":")
            if gap > _FAR * line.size or self.profile.kind_of(text) is not None or self._heads(line):
                break
            if rows and light and line.bold:
                break  # the title of the paper
            row: dict[int, list[Word]] = {}
            for word in line.words:
                row.setdefault(max((at for at in places if edges[at] - 6 <= word.x0), default=0), []).append(word)
            begins = bool(columns["date"] & row.keys()) if columns["date"] else gap > 0.3 * line.size or len(row) > 1
            if columns["date"] and columns["organization"] & row.keys() and gap > 0.6 * line.size:
                begins = True
            if begins or not rows:
                rows.append(row)
            else:
                for at, words in row.items():
                    rows[-1].setdefault(at, []).extend(words)
            above = line
        return [row for row in rows if columns["organization"] & row.keys()]

    def _heads(self, line: Line) -> bool:
        """Whether a line begins with the label of a field of the head, or is a bold heading."""
        count = colon_label(line.words, self.profile)
        label = label_key(_raw(line.words[:count]))
        return (bool(count) and self.profile.labels[label][0] != "none") or (line.bold and line.text.endswith(":"))

    # lists

    def prefixed(self, pieces: Sequence[Piece], reading: Consultations) -> bool:
        """Read pieces such as "In den Bauausschuss", each a committee; a tight line below goes on from it."""
        last: Line | None = None
        for piece in sorted(pieces, key=lambda p: (p.line.top, p.line.x0)):
            line = piece.line
            prefix = self._prefix(piece.text)
            if prefix is not None:
                reading.add(self.visits.refined({"organization": piece.text[len(prefix) :]}), piece.words)
                last = line
            elif last is not None and abs(line.x0 - last.x0) < 3 and line.top - last.bottom < 0.2 * line.size:
                reading.entries[-1].organization = f"{reading.entries[-1].organization} {piece.text}"
                reading.words += piece.words
                last = line
        return bool(reading.entries)

    def listed(self, pieces: Sequence[Piece], reading: Consultations) -> bool:
        """Read the lines below a heading, each with a committee and what is said about it."""
        lines = group_lines([word for piece in pieces for word in piece.words])
        heading = next((line for line in lines if self.profile.has("consultations.headings", line.text)), None)
        if heading is None:
            return False
        above = heading
        for line in lines[lines.index(heading) + 1 :]:
            if line.top - above.bottom > _FAR * line.size or self.profile.kind_of(line.text) is not None:
                break
            cells = self._list_entry(line)
            session = _SESSION.match(cells["organization"]) if cells is not None else None
            if cells is not None and session is not None and reading.entries and reading.entries[-1].date is None:
                self._held(reading.entries[-1], cells, line)
                reading.words += line.words
            elif cells is not None:
                reading.add(cells, line.words)
            elif reading.entries and line.top - above.bottom < 0.5 * line.size:
                reading.entries[-1].organization = f"{reading.entries[-1].organization} {line.text}"
                reading.words += line.words
            else:
                break
            above = line
        if reading.entries:
            reading.words += heading.words
        return bool(reading.entries)

    def told(self, pieces: Sequence[Piece], reading: Consultations) -> bool:
        """Read a sentence behind a heading; False when there is none with a date."""
        sentence = sentence_of(pieces, self.profile)
        for visit in visits_of(sentence[0]) if sentence else []:
            reading.add(self.visits.refined(visit), [])
        if sentence and reading.entries:
            reading.words += sentence[1]
        return bool(reading.entries)

    def _list_entry(self, line: Line) -> dict[str, str] | None:
        """The parts of one line of a list; None when nothing but a name stands there."""
        text = line.text.strip(" -–•")
        cells: dict[str, str] = {}
        found = find_date(text)
        if found is not None:
            cells["date"] = found[1]
        rest: list[str] = []
        for piece in group_lines(line.words, gap=1.0):
            parts = without_date(piece.text, found[1]).split("\n") if found else [piece.text]
            plain = [text for part in parts if (text := clean(part).strip(" ,;:-–•"))]
            rest += [left for text in plain if (left := self.visits.take_end(text, cells))]
        cells["organization"] = " ".join(rest)
        cells = self.visits.refined(cells)
        return cells if len(cells) > 1 else None

    def _held(self, entry: Consultation, cells: dict[str, str], line: Line) -> None:
        """Put the session that a second line names, and its result at the right end, to the committee above it."""
        found = find_date(cells.get("date", ""))
        entry.date = found[0] if found else None
        words = [word.text for word in line.words]
        ends = [" ".join(words[at:]) for at in range(1, len(words))]
        entry.result = next((end for end in ends if self.profile.has("consultations.results", end)), None)

    def _prefix(self, text: str) -> str | None:
        return next((p for p in self.profile.prefixes if text.casefold().startswith(p)), None)


def _is_header(names: Iterable[str | None]) -> bool:
    found = {name for name in names if name is not None}
    return "organization" in found and bool(found & {"date", "role", "public"})


def _is_date(text: str) -> bool:
    found = find_date(text)
    return found is not None and not label_key(without_date(text, found[1]))


def _raw(words: Iterable[Word]) -> str:
    return " ".join(word.text for word in words)


def _pages(words: Sequence[Word]) -> list[list[Word]]:
    return [[w for w in words if w.page == page] for page in sorted({w.page for w in words})]


def _flat(row: dict[int, list[Word]]) -> list[Word]:
    return [word for words in row.values() for word in words]
