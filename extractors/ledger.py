"""Accounts for every word of the document, exactly once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal

from schemas.geometry import Page, Word
from schemas.records import LedgerRecord, UnassignedWord

Account = Literal["paper", "plan", "prose", "tables", "furniture"]


class Ledger:
    """Books words on accounts; what was booked stays where it is, what never was is unassigned."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self._words = [word for page in pages for word in page.words]
        self._known = {id(word) for word in self._words}
        self._account: dict[int, Account] = {}
        self.twice: list[Word] = []
        """Words that two parts of the program both took for theirs: a defect, and tested to be empty."""
        self.book((word for word in self._words if word.mark is not None), "furniture")

    def book(self, words: Iterable[Word], account: Account) -> None:
        """Put `words` on `account`. Words that are not of these pages are ignored (stand-ins made on the way)."""
        for word in words:
            if id(word) not in self._known:
                continue
            if id(word) in self._account:
                self.twice.append(word)
            else:
                self._account[id(word)] = account

    def free(self, words: Iterable[Word]) -> list[Word]:
        """Those of `words` that are on no account yet."""
        return [word for word in words if id(word) not in self._account]

    @property
    def unassigned(self) -> list[Word]:
        return self.free(self._words)

    def record(self) -> LedgerRecord:
        counts = Counter(self._account.values())
        return LedgerRecord(
            words=len(self._words),
            paper=counts["paper"],
            plan=counts["plan"],
            prose=counts["prose"],
            tables=counts["tables"],
            furniture=counts["furniture"],
            unassigned=[UnassignedWord(page=w.page, box=rounded(w.box), text=w.text) for w in self.unassigned],
        )


def rounded(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """A box to a tenth of a point, the same on every machine."""
    x0, top, x1, bottom = (round(value, 1) + 0.0 for value in box)
    return (x0, top, x1, bottom)
