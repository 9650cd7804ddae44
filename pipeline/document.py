"""The whole story of one document: bytes -> pages -> tables and blocks -> records."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from itertools import chain

from extractors.assembly import doubts, plan_record, recognise_actors, table_record
from extractors.blocks import find_blocks
from extractors.celltext import Vocabulary
from extractors.furniture import body_size_of, mark_furniture
from extractors.grid import find_tables
from extractors.gutters import find_all_tables
from extractors.ledger import Ledger
from extractors.page import open_pdf
from extractors.paper import PaperReading, read_paper
from extractors.plan import PlanReading, read_plan
from extractors.stitch import stitch
from pipeline.options import Options
from pipeline.sources import document_id
from schemas.errors import DamagedPdfError
from schemas.geometry import Block, Page, Table
from schemas.records import Document, File, Problem


def process_document(
    data: bytes, name: str, *, source: str | None = None, options: Options = Options()  # noqa: B008 (frozen)
) -> Document:
    """Everything that one PDF says, as records.

    `name` is the file's name, for ids and messages; `source` the path or address it came from.
    Raises DocumentError when the bytes cannot be read as a PDF.
    """
    own_id = document_id(name, data)
    pages, producer, problems = _read_pages(data, name, options)
    mark_furniture(pages)
    body_size, vocabulary = body_size_of(pages), Vocabulary.of(pages)

    # A paper's head looks like a table without rules but is none: it is read with the ruled tables alone.
    tables = stitch(pages, list(chain.from_iterable(map(find_tables, pages))), body_size, vocabulary)
    blocks = [block for page in pages for block in find_blocks(page, tables, body_size)]
    paper = read_paper(pages, tables, blocks, vocabulary)
    after = paper.last_page if paper is not None else 0

    annex = [page for page in pages if page.number > after]
    annex_tables = stitch(annex, find_all_tables(annex), body_size, vocabulary)
    annex_blocks = [block for page in annex for block in find_blocks(page, annex_tables, body_size)]
    plan = read_plan(annex, annex_tables, annex_blocks, vocabulary)

    tables = [table for table in tables if table.page <= after] + annex_tables
    ledger = _book(pages, tables, [b for b in blocks if b.page <= after] + annex_blocks, paper, plan)
    used = {id(word) for reading in (paper, plan) if reading is not None for word in reading.words}
    plain_tables = [table for table in tables if not any(id(word) in used for word in table.words)]
    recognition = recognise_actors(own_id, plan, paper.paper if paper is not None else None)
    problems += [
        *(paper.problems if paper is not None else []),
        *((plan.problems + doubts(plan.measures)) if plan is not None else []),
        *recognition.problems,
        *_page_problems(pages, ledger),
    ]
    return Document(
        document_id=own_id,
        file=File(
            name=name,
            sha256=hashlib.sha256(data).hexdigest(),
            size=len(data),
            page_count=len(pages),
            producer=producer,
            source=source,
        ),
        status="review" if any(problem.severity != "info" for problem in problems) else "ok",
        problems=problems,
        ledger=ledger.record(),
        paper=paper.paper if paper is not None else None,
        plan=plan_record(own_id, plan, recognition) if plan is not None else None,
        actors=recognition.actors,
        mentions=recognition.mentions,
        tables=[table_record(table, vocabulary) for table in plain_tables],
    )


def _read_pages(data: bytes, name: str, options: Options) -> tuple[list[Page], str | None, list[Problem]]:
    """Pages, producer and problems; what PDFium cannot open is tried with the witness before it is given up."""
    try:
        with open_pdf(data, name) as pdf:
            pages, producer = list(pdf.pages()), pdf.producer
    except DamagedPdfError as damaged:
        from extractors.witness import read_pages

        try:
            pages, producer = read_pages(data, name), None
        except DamagedPdfError:
            raise damaged from None
        message = "PDFium could not open the file; it was read with pdfplumber"
        return pages, producer, [Problem(code="second_reader", severity="warning", message=message)]
    if not options.verify:
        return pages, producer, []
    from extractors.witness import disagreements

    return pages, producer, disagreements(pages, data, name)


def _book(
    pages: Sequence[Page],
    tables: Sequence[Table],
    blocks: Sequence[Block],
    paper: PaperReading | None,
    plan: PlanReading | None,
) -> Ledger:
    ledger = Ledger(pages)
    if paper is not None:
        ledger.book(paper.words, "paper")
    if plan is not None:
        ledger.book(plan.words, "plan")
    for table in tables:
        ledger.book(ledger.free(table.words), "tables")
    for block in blocks:
        ledger.book(ledger.free(block.words), "prose")
    return ledger


def _page_problems(pages: Sequence[Page], ledger: Ledger) -> list[Problem]:
    problems: list[Problem] = []
    for page in pages:
        if page.broken_text:
            message = "the text layer of this page is broken: letters may be wrong or missing"
            problems.append(Problem(code="broken_text", severity="warning", message=message, page=page.number))
        elif not page.words and page.images:
            message = "this page is a picture without text: nothing could be read"
            problems.append(Problem(code="no_text", severity="warning", message=message, page=page.number))
    free: dict[int, int] = {}
    for word in ledger.unassigned:
        free[word.page] = free.get(word.page, 0) + 1
    for number, count in sorted(free.items()):
        message = f"{count} words stand in no record: see ledger.unassigned"
        problems.append(Problem(code="unassigned_words", severity="warning", message=message, page=number))
    return problems
