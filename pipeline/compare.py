"""Two documents -> what changed: which measure is which (align, families), where it stands, and what it says."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from pipeline.align import SAME, Alignment, Pair, align
from pipeline.families import Family, find_merges, find_splits
from pipeline.fielddiff import family_change, in_words, measure_changes, text_change
from pipeline.headings import Headers, renamed_columns, with_headers
from pipeline.likeness import Matrix
from pipeline.order import counted, in_runs, out_of_order, renamed_fields
from pipeline.papers import paper_changes
from pipeline.sametext import same_key
from schemas.changes import KINDS, Change, Comparison, FieldChange, Kind, RenamedField
from schemas.records import Document, Measure


def compare_documents(old: Document, new: Document) -> Comparison:
    """What changed from one draft to the next. The same documents give the same answer.

    Measures are paired by an assignment over all pairs; what only the layout changes is no change. A document without a
    plan has no measures.
    """
    before, after = (document.plan.measures if document.plan else [] for document in (old, new))
    alignment = align(before, after)
    splits = find_splits(before, after, alignment)
    merges = _apart_from(splits, find_merges(before, after, alignment))
    drafts = _Drafts(before, after, alignment, splits, merges)
    changes = drafts.changes()
    counts = Counter(change.kind for change in changes)
    return Comparison(
        old=old.document_id,
        new=new.document_id,
        summary={kind: counts[kind] for kind in KINDS},
        renamed_fields=[RenamedField(old=a, new=b) for a, b in drafts.renamed.items()],
        changes=changes,
        paper=paper_changes(old, new, drafts.fields_renamed, drafts.renamed_columns),
    )


def _apart_from(splits: Sequence[Family], merges: Sequence[Family]) -> list[Family]:
    """The merges that share no measure with a split."""
    wholes, parts = {split.whole for split in splits}, {part for split in splits for part in split.parts}
    return [merge for merge in merges if merge.whole not in parts and wholes.isdisjoint(merge.parts)]


class _Drafts:
    """Two lists of measures with everything that is known about which is which."""

    def __init__(
        self,
        old: Sequence[Measure],
        new: Sequence[Measure],
        alignment: Alignment,
        splits: Sequence[Family],
        merges: Sequence[Family],
    ) -> None:
        self.alignment = alignment
        self.renamed_columns = renamed_columns(old, new, [(p.old, p.new) for p in alignment.pairs])
        old = [with_headers(measure, self.renamed_columns) for measure in old]
        self.old, self.new = old, new
        self.splits, self.merges = splits, merges
        old_used = {split.whole for split in splits} | {part for merge in merges for part in merge.parts}
        new_used = {merge.whole for merge in merges} | {part for split in splits for part in split.parts}
        # A pair that a split or a merge takes one side of leaves no measure behind: the other side is in it too.
        self.pairs = [p for p in alignment.pairs if p.old not in old_used and p.new not in new_used]
        paired_old, paired_new = {p.old for p in self.pairs}, {p.new for p in self.pairs}
        self.removed = [i for i in range(len(old)) if i not in old_used | paired_old]
        self.added = [j for j in range(len(new)) if j not in new_used | paired_new]
        self.headers = Headers.of(old, new)
        kin = [(p.old, p.new) for p in self.pairs]
        kin += [(split.whole, part) for split in splits for part in split.parts]
        kin += [(part, merge.whole) for merge in merges for part in merge.parts]
        self.renamed = renamed_fields(old, new, kin)
        self.fields_renamed = {same_key(a): same_key(b) for a, b in self.renamed.items()}
        self.fields_told = any(m.field_of_action for m in old) and any(m.field_of_action for m in new)
        self.moved = self._moved()
        self.counted = (counted(old), counted(new))
        self.numbers_told = any(m.number for m in old) and any(m.number for m in new)

    def changes(self) -> list[Change]:
        """One change for each measure of both drafts: the old draft's order, then what was added."""
        placed: list[tuple[int, int, Change]] = []
        placed += [(pair.old, 0, self._of_pair(pair)) for pair in self.pairs]
        placed += [(split.whole, 0, self._of_split(split)) for split in self.splits]
        placed += [(merge.parts[0], 0, self._of_merge(merge)) for merge in self.merges]
        placed += [(i, 0, self._of_removed(i)) for i in self.removed]
        placed += [(len(self.old), j, self._of_added(j)) for j in self.added]
        return [change for _, _, change in sorted(placed, key=lambda entry: entry[:2])]

    def _of_pair(self, pair: Pair) -> Change:
        old, new = self.old[pair.old], self.new[pair.new]
        other_field = self._other_field(old, new)
        fields = [*self._head_changes(pair), *measure_changes(old, new, self.headers)]
        moved = other_field or (pair.old, pair.new) in self.moved
        kind: Kind = "moved" if moved else "changed" if fields else "unchanged"
        notes = [text for change in fields for text in in_words(change)]
        if other_field:
            notes.insert(0, f"from {old.field_of_action or 'no field'} to {new.field_of_action or 'no field'}")
        elif moved:
            notes.insert(0, f"from place {old.position} to {new.position}")
        if not fields and same_key(old.number or "") != same_key(new.number or ""):
            notes.append(f"renumbered from {old.number or 'none'} to {new.number or 'none'}")
        said_else = any(change.field not in ("number", "field_of_action") for change in fields)
        likeness = pair.likeness if said_else else 1.0
        return Change(
            kind=kind,
            old=[old.measure_id],
            new=[new.measure_id],
            likeness=likeness,
            reason="; ".join(filter(None, [pair.reason, *notes])),
            fields=fields,
        )

    def _head_changes(self, pair: Pair) -> list[FieldChange]:
        """Number and field of action, as far as they are more than a count or a new name."""
        old, new = self.old[pair.old], self.new[pair.new]
        found: list[FieldChange | None] = []
        if self.numbers_told and not (pair.old in self.counted[0] and pair.new in self.counted[1]):
            found.append(text_change("number", old.number, new.number))
        if self._other_field(old, new):
            found.append(text_change("field_of_action", old.field_of_action, new.field_of_action))
        return [change for change in found if change is not None]

    def _of_split(self, split: Family) -> Change:
        whole, parts = self.old[split.whole], [self.new[j] for j in split.parts]
        return Change(
            kind="split",
            old=[whole.measure_id],
            new=[part.measure_id for part in parts],
            likeness=split.likeness,
            fields=self._family_changes([whole], parts),
            reason=f"{len(parts)} measures say together what one said before",
        )

    def _of_merge(self, merge: Family) -> Change:
        whole, parts = self.new[merge.whole], [self.old[i] for i in merge.parts]
        return Change(
            kind="merged",
            old=[part.measure_id for part in parts],
            new=[whole.measure_id],
            likeness=merge.likeness,
            fields=self._family_changes(parts, [whole]),
            reason=f"one measure says what {len(parts)} said before",
        )

    def _family_changes(self, old: Sequence[Measure], new: Sequence[Measure]) -> list[FieldChange]:
        """The fields in which some part differs from the whole, each told for all parts together."""
        names = {
            change.field: None
            for before in old
            for after in new
            for change in measure_changes(before, after, self.headers)
        }
        if any(self._other_field(before, after) for before in old for after in new):
            names["field_of_action"] = None
        return [family_change(name, old, new) for name in names]

    def _of_removed(self, i: int) -> Change:
        reason = _left_over(self.alignment.likeness.total[i], self.new, "new")
        return Change(kind="removed", old=[self.old[i].measure_id], new=[], likeness=0.0, reason=reason)

    def _of_added(self, j: int) -> Change:
        reason = _left_over(self.alignment.likeness.total[:, j], self.old, "old")
        return Change(kind="added", old=[], new=[self.new[j].measure_id], likeness=0.0, reason=reason)

    def _other_field(self, old: Measure, new: Measure) -> bool:
        """Whether the field of action is another one, not the same with another name."""
        before, after = same_key(old.field_of_action or ""), same_key(new.field_of_action or "")
        return self.fields_told and self.fields_renamed.get(before, before) != after

    def _moved(self) -> set[tuple[int, int]]:
        """The pairs that stand at another place among those that kept their field of action.

        Where the measures of each field stand together, a field that moves as a whole moves no measure.
        """
        groups: dict[str, list[tuple[int, int]]] = defaultdict(list)
        apart = in_runs(self.old) and in_runs(self.new)
        for pair in self.pairs:
            old, new = self.old[pair.old], self.new[pair.new]
            if not self._other_field(old, new):
                groups[same_key(new.field_of_action or "") if apart else ""].append((pair.old, pair.new))
        return {stray for group in groups.values() for stray in out_of_order(group)}


def _left_over(likeness: Matrix, others: Sequence[Measure], draft: str) -> str:
    """Why a measure has no partner in the other draft, from its likeness with all measures there."""
    if not others:
        return f"the {draft} draft has no measures"
    best = int(likeness.argmax())
    if likeness[best] < SAME:
        return f"no measure of the {draft} draft is alike enough (best {likeness[best]:.0%})"
    return f"what is most like it in the {draft} draft, at place {best + 1} ({likeness[best]:.0%}), is another measure"
