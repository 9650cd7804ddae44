"""What a person wants to know: at the end of a run, and of an output folder at any time."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.account import Account
from pipeline.batch import RUN
from pipeline.catalog import GONE_DELETED, STRIKES, Catalog
from pipeline.folder import at_work
from pipeline.names import printable
from pipeline.progress import counted

_TOLD = 20
"""So many failures are listed, and as many files that are gone."""


def summary(account: Account, output: Path) -> str:
    """The closing account of a run."""
    ends = account.counts
    lines = [f"{account.read} read, {ends['unchanged']} unchanged, {len(account.failures)} failed"]
    if account.failures:
        lines[0] += f" ({', '.join(f'{number} {reason}' for reason, number in account.reasons.items())})"
    if account.read:
        lines[0] += f"; {counted(account.pages, 'page')} in {account.seconds:.1f} s"
    elif not account.failures:
        lines.append("Nothing is new.")
    lines += _listed([f"{entry.name}: {entry.reason}: {entry.message}" for entry in account.failures], RUN)
    if account.verified is not None:
        agreed = account.verified - account.disagreeing
        lines.append(
            f"  {counted(account.verified, 'document')} read twice; in {agreed} both readers saw the same words"
        )
    others = {
        "without a paper or a plan": ends["empty"],
        "with the bytes of another file": ends["duplicate"],
        "set aside after failing twice (`ratsplan retry` tries again)": ends["set_aside"],
        "gone since an earlier run (the documents stay)": account.gone,
        "taken back by the publisher (the documents left the tables)": account.deleted,
    }
    lines += [f"  {number} {what}" for what, number in others.items() if number]
    lines += [
        f"  {new} takes the place of {old}: the file has changed, documents/ keeps both"
        for old, new in account.replaced
    ]
    lines += [f"  note: {printable(note)}" for note in account.notes]
    return "\n".join([*lines, *_tables(account, output)])


def _tables(account: Account, output: Path) -> Iterator[str]:
    if not account.rows:
        yield "No document could be read, no tables were written"
        return
    yield f"In {printable(str(output))}/ (documents.csv, measures.csv, ...; explained in datapackage.json):"
    for table in ("documents", "measures", "indicators", "responsibilities", "actors"):
        yield f"{account.rows[table]:8} {table}"
    yield f"{account.review:8} to review"


def status(catalog: Catalog, output: Path) -> dict[str, Any]:
    """How an output folder stands: its last run, documents by outcome, what failed, what is gone."""
    from pipeline.oparl import unfetched  # what opens addresses is large

    run, left_out = catalog.last_run(), catalog.left_out()
    documents = [document for document in catalog.documents() if document.document_id not in left_out]
    told = _last_account(output)
    ended = run["ended"] if run is not None else None
    state = "none" if run is None else "killed" if not ended else "interrupted" if told.get("interrupted") else "ended"
    failed = [dict(row) for row in catalog.failed()]
    return {
        "output": str(output),
        "run": {
            "started": run["started"] if run is not None else None,
            "ended": ended,
            "state": "at work" if at_work(output) else state,
        },
        "documents": sum(document.written for document in documents),
        "review": sum(document.review for document in documents),
        "outcomes": dict(sorted(Counter(document.outcome for document in documents).items())),
        "failed": [row for row in failed if row["strikes"] < STRIKES],
        "set_aside": [row for row in failed if row["strikes"] >= STRIKES],
        "not_found": [entry for entry in told.get("entries", ()) if entry["end"] == "not_found"],
        "not_fetched": [dict(row) for row in unfetched(catalog)],
        "replaced": [d.document_id for d in catalog.documents() if d.superseded_by is not None],
        "gone": [{"address": address, "why": why} for address, why in catalog.gone()],
    }


def _last_account(output: Path) -> dict[str, Any]:
    """run.json of the last run that came to its end; empty where there is none."""
    try:
        told = json.loads((output / RUN).read_bytes())
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def status_text(told: dict[str, Any]) -> str:
    """`status` in words."""
    run = told["run"]
    lines = [f"{told['output']}: {counted(told['documents'], 'document')}, {told['review']} to review"]
    states = {
        "at work": f"A run is at work since {run['started']}.",
        "killed": f"The run of {run['started']} was killed; the next one goes on where it was.",
        "interrupted": f"The run of {run['started']} was interrupted; run again for what it did not read.",
        "ended": f"The last run began at {run['started']} and ended at {run['ended']}.",
        "none": "There was no run yet.",
    }
    lines.append(states[run["state"]])
    heads = {
        "failed": "failed, and will be tried again by the next run:",
        "set_aside": "set aside after failing twice; `ratsplan retry` tries again:",
    }
    for name, head in heads.items():
        if told[name]:
            lines.append(f"{len(told[name])} {head}")
            lines += _listed([f"{row['address']}: {row['outcome']}: {row['message']}" for row in told[name]])
    if told["not_found"]:
        lines.append(f"{len(told['not_found'])} not found by the last run:")
        lines += _listed([f"{entry['name']}: {entry['message']}" for entry in told["not_found"]])
    if told["not_fetched"]:
        lines.append(f"{len(told['not_fetched'])} could not be fetched; `ratsplan retry` asks again:")
        lines += _listed([f"{row['url']}: {row['reason']}" for row in told["not_fetched"]])
    if told["replaced"]:
        lines.append(f"{len(told['replaced'])} replaced by newer bytes of the same file, not in the tables:")
        lines += _listed(told["replaced"])
    whys = {GONE_DELETED: "taken back by the publisher, not in the tables"}
    if told["gone"]:
        lines.append(f"{len(told['gone'])} no longer there:")
        lines += _listed([f"{row['address']}: {whys.get(row['why'], 'the document stays')}" for row in told["gone"]])
    return "\n".join(printable(line) for line in lines)


def status_json(told: dict[str, Any]) -> str:
    return json.dumps(told, indent=2, ensure_ascii=False)


def _listed(lines: list[str], more: str = "--json") -> list[str]:
    told = [f"  {printable(line)}" for line in lines[:_TOLD]]
    return told + [f"  and {len(lines) - _TOLD} more, see {more}"] * (len(lines) > _TOLD)
