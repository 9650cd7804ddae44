"""The command `report`, and `run --report`: a review page for each document of a folder, and one over them all."""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path
from typing import Any, Final

from pipeline.commands import add_command
from pipeline.names import printable
from schemas.errors import SourceError

PAGE: Final = "report.html"


def add_report(commands: Any) -> None:
    """`report` among the subparsers of the command line."""
    parser = add_command(commands, "report", "write a review page for each document, and one over the folder")
    place = parser.add_mutually_exclusive_group()
    place.add_argument("folder", nargs="?", type=Path, metavar="DIR", help="default: output")
    place.add_argument("--output", type=Path, default=Path("output"), metavar="DIR", help="the same, as `run` has it")


def report_command(options: argparse.Namespace) -> str:
    """Write the pages; what stdout says: the address of the page over the folder.

    Raises as `write_reports`, and OutputError while a run is at work in the folder.
    """
    from pipeline.folder import hold

    output = options.folder if options.folder is not None else options.output
    with hold(output):
        write_reports(output)
    return f"{printable(str(output / PAGE))}\n"


def write_reports(output: Path) -> int:
    """Write `documents/<id>/report.html` where it is not up to date, and `report.html` of the folder.

    Returns the number of documents. Raises SourceError where the folder holds no tables or a record cannot be read,
    OutputError where a page cannot be written.
    """
    # Imported late: the command line answers `--help` without templates and pictures.
    from pipeline.files import DOCUMENTS, write_text
    from pipeline.report.overview import Overview
    from pipeline.stored import document_ids, read_stored

    superseded = _superseded(output)
    overview = Overview()
    for document_id in document_ids(output):
        folder = output / DOCUMENTS / document_id
        document = read_stored(output, document_id)
        _write_page(folder, document)
        overview.add(document, f"{DOCUMENTS}/{document_id}/{PAGE}", superseded=document_id in superseded)
    write_text(output / PAGE, overview.page())
    return len(overview.documents)


def _superseded(output: Path) -> set[str]:
    """The ids of the drafts of which the folder holds a later one."""
    from pipeline.tables.rows import read_rows
    from schemas.columns import LINEAGE

    if not (output / f"{LINEAGE.name}.csv").is_file():
        return set()
    drafts: dict[str, dict[int, str]] = {}
    for row in read_rows(output, LINEAGE):
        drafts.setdefault(str(row["plan_id"]), {})[int(str(row["draft"]))] = str(row["document_id"])
    return {found[draft] for found in drafts.values() for draft in found if draft < max(found)}


def _write_page(folder: Path, document: Any) -> None:
    """Write the page of a document, but where one of the same record and version is there, with its pictures."""
    from pipeline.files import RECORD, write_text
    from pipeline.report.page import report_page
    from ratsplan import __version__

    try:
        record = (folder / RECORD).read_bytes()
    except OSError as error:
        raise SourceError(f"{folder / RECORD}: is missing; run its PDF again") from error
    mark = f"<!-- ratsplan {__version__} {hashlib.sha256(record).hexdigest()} -->\n"
    path = folder / PAGE
    if path.is_file() and path.read_bytes().endswith(mark.encode()):
        return
    page = report_page(document)
    whole = 'class="missing"' not in page
    write_text(path, page + (mark if whole else ""))
