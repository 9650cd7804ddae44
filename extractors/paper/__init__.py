"""The paper (Vorlage, Drucksache, Antrag, ...) of a document: number, title, people, Beratungsfolge, sections, annexes.

profiles.py        what each council system prints (knowledge/papers/*.toml)
pieces.py          the head as runs of words, free or in cells
labels.py          labels and the values beside, below or behind them
head.py            the fields of the head, labelled or not
consultations.py   the Beratungsfolge
courses.py         a Beratungsfolge that is a sentence
sections.py        headings with their text, attachments
signatures.py      who has signed at the end
inner.py           tables without rules inside the sections
extent.py          the last page of the paper
reader.py          all of it together: read_paper
"""

from extractors.paper.inner import inner_tables
from extractors.paper.reader import PaperReading, is_of_meeting, read_paper

__all__ = ["PaperReading", "inner_tables", "is_of_meeting", "read_paper"]
