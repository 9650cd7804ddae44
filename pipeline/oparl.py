"""Walking an OParl endpoint (1.0 and 1.1, https://oparl.org/spezifikation/): system, body, papers, files.

What was seen is kept in the catalog. A later walk asks for papers modified since the last complete one, with an
overlap, and fetches a file only when the server says that it is another one. Servers break the specification in many
ways; what is done about each is said where it is done.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit, urlunsplit

from pipeline.catalog import Catalog
from pipeline.oparl_metadata import file_name, metadata_of, text_of
from pipeline.web import Web
from schemas.errors import WebError

OVERLAP = timedelta(days=1)
"""A walk asks again for what was modified so long before the last one: clocks differ, and changes come late."""
_PAGES = 100_000
_BODIES = 1000

_TABLES = """
CREATE TABLE IF NOT EXISTS oparl_walks (
    list TEXT PRIMARY KEY,      -- address of a list of papers
    began TEXT NOT NULL         -- of the last walk that came to its end
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS oparl_files (
    address TEXT PRIMARY KEY,   -- id of the file object, or its address where it has none
    root TEXT NOT NULL,         -- the endpoint
    paper TEXT,
    url TEXT NOT NULL,
    name TEXT NOT NULL,
    metadata TEXT NOT NULL,     -- JSON
    modified TEXT,
    wanted INTEGER NOT NULL,    -- 1: to be fetched
    failures INTEGER NOT NULL DEFAULT 0,
    reason TEXT,                -- why it could not be fetched the last time
    deleted INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
"""


@dataclass(slots=True)
class Walk:
    """What a walk met beside files: problems as (address, code, message), and notes."""

    problems: list[tuple[str, str, str]] = field(default_factory=list)
    missing: list[tuple[str, str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    skipped: int = 0
    """Files that are no PDFs by their type."""


def prepare(catalog: Catalog) -> None:
    """Make the tables that walks keep in the catalog."""
    catalog.extend(_TABLES)
    if "reason" not in catalog.columns("oparl_files"):  # a catalog from before reasons were noted
        catalog.extend("ALTER TABLE oparl_files ADD COLUMN reason TEXT;")


def unfetched(catalog: Catalog) -> list[sqlite3.Row]:
    """Of each file that could not be fetched: url, root, reason, failures."""
    columns = catalog.columns("oparl_files")
    if not columns:
        return []
    reason = "reason" if "reason" in columns else "NULL AS reason"
    query = f"SELECT url, root, {reason}, failures FROM oparl_files WHERE failures > 0 AND NOT deleted ORDER BY url"
    return catalog.db.execute(query).fetchall()


def forgive(catalog: Catalog) -> None:
    """Let every file that could not be fetched be asked for again."""
    prepare(catalog)
    catalog.db.execute("UPDATE oparl_files SET failures = 0")


def walk(start: str, root: object, web: Web, catalog: Catalog, now: datetime | None = None) -> Walk:
    """Walk from the object `root` at the address `start`, and note every file met in the catalog.

    Each list of papers stands for itself: one that breaks off is walked anew the next time, the others are not.
    """
    told = Walk()
    began = (now or datetime.now(UTC)).astimezone(UTC)
    try:
        for body in _bodies(start, root, web):
            for papers in _paper_lists(body):
                _walk_papers(_Papers(start, urljoin(start, papers), body), web, catalog, told, began)
            for paper in _objects(body.get("paper")):
                _note_paper(start, body, paper, web, catalog, told)
    except WebError as error:
        told.problems.append((error.address, error.reason, error.message))
    if told.skipped:
        told.notes.append(f"{start}: {told.skipped} files are no PDFs and were not fetched")
    return told


def is_oparl(value: object) -> bool:
    """Whether a JSON value looks like an OParl object or a list of them; some servers leave `type` out."""
    if isinstance(value, list):
        return bool(value) and all(map(is_oparl, value))
    if not isinstance(value, dict):
        return False
    return "oparl" in str(value.get("type", "")).lower() or any(
        name in value for name in ("data", "body", "paper", "mainFile", "auxiliaryFile", "oparlVersion")
    )


@dataclass(frozen=True, slots=True)
class _Papers:
    """A list of papers: the endpoint, the list's own address, the body it belongs to."""

    start: str
    address: str
    body: dict[str, Any]


def _bodies(start: str, value: object, web: Web) -> Iterator[dict[str, Any]]:
    """The bodies of a system, a body itself, or a stand-in for the body of a list of papers or one paper."""
    if isinstance(value, dict) and _kind(value) == "System":
        bodies = value.get("body")
        # An address of a list, as it should be; or the bodies themselves, or their addresses.
        if isinstance(bodies, str):
            found = _pages(urljoin(start, bodies), web, Walk())
        else:
            found = (web.json(urljoin(start, o)) if isinstance(o, str) else o for o in _listed(bodies))
        for number, body in enumerate(found):
            if isinstance(body, dict) and number < _BODIES:
                yield body
    elif isinstance(value, dict) and _kind(value) == "Body":
        yield value
    elif isinstance(value, dict) and _kind(value) == "Paper":
        yield {"paper": [value]}
    else:
        kinds = {_kind(item) for item in _objects(_items(value))}
        if kinds == {"Body"}:
            yield from (item for item in _pages(start, web, Walk(), value) if isinstance(item, dict))
        else:
            yield {"paper": start}


def _kind(value: dict[str, Any]) -> str:
    """The last part of `type`; where it is missing, what the fields say."""
    told = str(value.get("type", "")).rstrip("/").rpartition("/")[2]
    if told in ("System", "Body", "Paper", "File"):
        return told
    fields = {
        "mainFile": "Paper",
        "auxiliaryFile": "Paper",
        "paper": "Body",
        "legislativeTerm": "Body",
        "body": "System",
    }
    return next((kind for name, kind in fields.items() if name in value), told)


def _paper_lists(body: dict[str, Any]) -> list[str]:
    papers = body.get("paper")
    return [papers] if isinstance(papers, str) else []


def _walk_papers(papers: _Papers, web: Web, catalog: Catalog, told: Walk, began: datetime) -> None:
    """Note every paper of a list; when all pages came, note when this walk began."""
    row = catalog.db.execute("SELECT began FROM oparl_walks WHERE list = ?", (papers.address,)).fetchone()
    address, since = papers.address, None
    if row is not None:
        since = (datetime.fromisoformat(row["began"]) - OVERLAP).isoformat(timespec="seconds")
        address = _with_query(address, "modified_since", since)
    problems = len(told.problems)
    try:
        for paper in _pages(address, web, told, since=since):
            whole = web.json(urljoin(papers.address, paper)) if isinstance(paper, str) else paper
            if isinstance(whole, dict):
                _note_paper(papers.start, papers.body, whole, web, catalog, told)
    except WebError as error:
        told.problems.append((error.address, error.reason, error.message))
    if len(told.problems) == problems:
        catalog.db.execute(
            "INSERT OR REPLACE INTO oparl_walks (list, began) VALUES (?, ?)", (papers.address, began.isoformat())
        )


def _pages(
    address: str, web: Web, told: Walk, first: object = None, since: str | None = None
) -> Iterator[dict[str, Any] | str]:
    """The objects of a list, page by page."""
    seen: set[str] = set()
    items, total = 0, None
    here: str | None = address
    while here is not None and len(seen) < _PAGES:
        seen.add(here)
        try:
            page = first if first is not None else web.json(here)
        except WebError as error:
            # Nothing was modified in this window: some servers say so with 404.
            if error.status == 404 and since is not None:
                return
            raise
        first = None
        for item in _items(page):
            items += 1
            yield item
        total = _total(page) or total
        here = _next(here, page, since)
        if here in seen:
            if total is not None and items < total:
                message = f"leads back to a page that was seen, after {items} of {total} objects"
                told.problems.append((here, "loop", message))
            here = None


def _items(page: object) -> list[dict[str, Any] | str]:
    """The objects of a page: under `data`, or, as some servers have it, the page itself is the list."""
    return _listed(page.get("data") if isinstance(page, dict) else page)


def _listed(value: object) -> list[dict[str, Any] | str]:
    """A list of objects or addresses, also where there is only one and the server sends it bare."""
    several = value if isinstance(value, list) else [value]
    return [item for item in several if isinstance(item, dict | str) and item]


def _objects(value: object) -> list[dict[str, Any]]:
    return [item for item in _listed(value) if isinstance(item, dict)]


def _total(page: object) -> int | None:
    pagination = page.get("pagination") if isinstance(page, dict) else None
    total = pagination.get("totalElements") if isinstance(pagination, dict) else None
    return total if isinstance(total, int) else None


def _next(here: str, page: object, since: str | None) -> str | None:
    links = page.get("links") if isinstance(page, dict) else None
    following = links.get("next") if isinstance(links, dict) else None
    if not isinstance(following, str) or not following:
        return None
    following = urljoin(here, following)
    # Some servers drop the filter from the address of the next page.
    if since is not None and "modified_since" not in parse_qs(urlsplit(following).query):
        following = _with_query(following, "modified_since", since)
    return following


def _with_query(address: str, name: str, value: str) -> str:
    parts = urlsplit(address)
    query = "&".join(part for part in (parts.query, urlencode({name: value})) if part)
    return urlunsplit(parts._replace(query=query))


def _note_paper(
    start: str, body: dict[str, Any], paper: dict[str, Any], web: Web, catalog: Catalog, told: Walk
) -> None:
    identity = text_of(paper.get("id"))
    if paper.get("deleted") is True:
        with catalog.transaction() as db:
            db.execute("UPDATE oparl_files SET deleted = 1 WHERE root = ? AND paper = ?", (start, identity))
        return
    base = identity or start
    for role, name in (("main", "mainFile"), ("auxiliary", "auxiliaryFile")):
        for item in _listed(paper.get(name)):
            try:
                # Where the specification has the file itself, some servers have its address.
                file = web.json(urljoin(base, item)) if isinstance(item, str) else item
            except WebError as error:
                # What is not there need not be asked for every night: it is told, but the walk is complete without.
                where = told.missing if error.status in (404, 410) else told.problems
                where.append((error.address, error.reason, error.message))
                continue
            if isinstance(file, dict):
                _note_file(_File(start, identity, body, paper, file, role), catalog, told)


@dataclass(frozen=True, slots=True)
class _File:
    start: str
    paper_id: str | None
    body: dict[str, Any]
    paper: dict[str, Any]
    file: dict[str, Any]
    role: str


def _note_file(met: _File, catalog: Catalog, told: Walk) -> None:
    """Note a file; it is wanted when it is new or, by what the server says, another one."""
    link = text_of(met.file.get("downloadUrl")) or text_of(met.file.get("accessUrl"))
    identity = text_of(met.file.get("id")) or link
    if identity is None:
        return
    # As an address with a scheme it can be no path of this machine.
    address = urljoin(met.start, identity)
    if met.file.get("deleted") is True:
        catalog.db.execute("UPDATE oparl_files SET deleted = 1 WHERE address = ?", (address,))
        return
    if link is None or not _may_be_pdf(met.file, link):
        told.skipped += 1
        return
    url = urljoin(met.paper_id or met.start, link)
    metadata = metadata_of(met.body, met.paper, met.file, met.role)
    values = {
        "address": address,
        "root": met.start,
        "paper": met.paper_id,
        "url": url,
        "name": file_name(met.file, url),
        "metadata": metadata.model_dump_json(),
        "modified": text_of(met.file.get("modified")),
        "wanted": 1,
    }
    names, marks = ", ".join(values), ", ".join(f":{name}" for name in values)
    kept = ("address", "wanted")
    changes = ", ".join(f"{name} = excluded.{name}" for name in values if name not in kept)
    # Without a date of its own a file is asked for again, with what the server said of it the last time.
    statement = f"""
        INSERT INTO oparl_files ({names}) VALUES ({marks}) ON CONFLICT (address) DO UPDATE SET
        wanted = CASE WHEN excluded.modified IS NULL OR modified IS NOT excluded.modified OR url != excluded.url
            OR deleted THEN 1 ELSE wanted END,
        failures = CASE WHEN modified IS NOT excluded.modified OR url != excluded.url THEN 0 ELSE failures END,
        deleted = 0, {changes}
    """
    with catalog.transaction() as db:
        db.execute(statement, values)


def _may_be_pdf(file: dict[str, Any], link: str) -> bool:
    kind = text_of(file.get("mimeType"))
    if kind is None or "octet-stream" in kind.lower() or "pdf" in kind.lower():
        return True
    return bool(re.search(r"\.pdf$", urlsplit(link).path, re.IGNORECASE))
