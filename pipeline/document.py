"""The whole story of one document: bytes -> pages -> tables and blocks -> records."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractors.actors.model import Model
from extractors.askew import put_back
from extractors.assembly import plan_record, recognise_actors, table_record
from extractors.blocks import find_blocks
from extractors.doubts import plan_doubts
from extractors.furniture import body_size_of, mark_furniture
from extractors.knowledge import using
from extractors.ledger import Ledger
from extractors.ocr import read_scans, scan_doubts
from extractors.page import open_pdf
from extractors.paper import PaperReading, inner_tables, is_of_meeting, read_paper
from extractors.paper.extent import opens_annex
from extractors.plan import PlanReading, read_plan
from extractors.sheets import join_sheets
from extractors.stitch import stitch
from extractors.tables import find_all_tables
from extractors.vocabulary import Vocabulary
from pipeline.names import document_id_of
from pipeline.options import Options
from schemas.errors import DamagedPdfError, NoPagesError
from schemas.geometry import Block, Page, Table
from schemas.records import Document, File, Problem

_DEFAULTS = Options()


@dataclass(slots=True)
class _Layout:
    """Tables, whole again, and the text outside them, both in reading order."""

    tables: list[Table]
    blocks: list[Block]


class _Prose:
    """The text of a page outside the given tables, as blocks, made when it is first asked for."""

    def __init__(self, tables: Sequence[Table], body_size: float) -> None:
        self._tables, self._body_size = tables, body_size
        self._made: dict[int, list[Block]] = {}

    def __call__(self, page: Page) -> list[Block]:
        if page.number not in self._made:
            here = [table for table in self._tables if any(number == page.number for number, _ in table.pieces)]
            self._made[page.number] = find_blocks(page, here, self._body_size)
        return self._made[page.number]


def process_document(data: bytes, name: str, *, source: str | None = None, options: Options = _DEFAULTS) -> Document:
    """Everything that one PDF says, as records.

    `name` is the file's name, for ids and messages; `source` the path or address it came from.
    Raises DocumentError when the bytes cannot be read as a PDF, ProfileError when the profile has changed, and
    ModelError when the spaCy pipeline cannot be loaded.
    """
    with using(options.additions()):
        return _read_document(data, name, source, options)


def _read_document(data: bytes, name: str, source: str | None, options: Options) -> Document:
    sha256 = hashlib.sha256(data).hexdigest()
    document_id = document_id_of(name, sha256)
    pages, producer, problems = _read_pages(data, name, options)
    file = File(name=name, sha256=sha256, size=len(data), page_count=len(pages), producer=producer, source=source)
    body_size, vocabulary = body_size_of(pages), Vocabulary.of(pages)
    mark_furniture(pages, body_size)
    tables = stitch(pages, find_all_tables(pages), body_size, vocabulary)
    tables = join_sheets(pages, tables, body_size, vocabulary)

    # A paper's head looks like a table without rules but is none: the paper is read with the ruled tables alone,
    # then once more where tables without rules stand in its text.
    ruled, loose = [table for table in tables if table.ruled], [table for table in tables if not table.ruled]
    around, beside = _Prose(ruled, body_size), _Prose(tables, body_size)
    paper = read_paper(pages, ruled, around, vocabulary)
    if paper is not None and opens_annex(pages[0]) and not paper.paper.consultations:
        # An annex may print the number of its paper: it is one where a plan begins on its first page.
        whole = read_plan(pages, tables, [block for page in pages for block in beside(page)], vocabulary)
        paper = None if whole is not None and whole.begins_on(pages[0].number) else paper
    inner = inner_tables(loose, ruled, paper.top, paper.last_page, paper.profile) if paper is not None else []
    if inner:
        ruled = sorted([*ruled, *inner], key=lambda table: (table.page, table.box[1]))
        around = _Prose(ruled, body_size)
        paper = read_paper(pages, ruled, around, vocabulary)
    end = paper.last_page if paper is not None else 0
    paper_pages, annex_pages = [p for p in pages if p.number <= end], [p for p in pages if p.number > end]
    head = _Layout([t for t in ruled if t.page <= end], [block for p in paper_pages for block in around(p)])
    annex = _Layout([t for t in tables if t.page > end], [block for p in annex_pages for block in beside(p)])
    plan = read_plan(annex_pages, annex.tables, annex.blocks, vocabulary)
    if paper is None and plan is not None and _is_form_of_minutes(plan, pages[0], ruled):
        plan = None

    layout = _Layout(head.tables + annex.tables, head.blocks + annex.blocks)
    document = _document(document_id, file, pages, layout, paper, plan, vocabulary, problems, options.ner_model)
    put_back(document, pages)
    return document


def _is_form_of_minutes(plan: PlanReading, first: Page, ruled: Sequence[Table]) -> bool:
    """Whether what seems a plan is but the head of minutes: it names no measure."""
    return not any("measure" in draft.texts for draft in plan.measures) and is_of_meeting(first, ruled)


def _document(
    document_id: str,
    file: File,
    pages: Sequence[Page],
    layout: _Layout,
    paper: PaperReading | None,
    plan: PlanReading | None,
    vocabulary: Vocabulary,
    problems: list[Problem],
    model: Model | None,
) -> Document:
    """The records of what was read, with every word booked and every doubt told."""
    ledger = _book(pages, layout, paper, plan)
    recognition = recognise_actors(document_id, plan, paper.paper if paper is not None else None, model)
    if paper is not None:
        problems += paper.problems
    used = {id(word) for reading in (paper, plan) if reading is not None for word in reading.words}
    if plan is not None:
        unread = [block for block in layout.blocks if not any(id(word) in used for word in block.words)]
        problems += plan.problems + plan_doubts(plan.measures, unread)
    if paper is None and plan is None and any(page.words for page in pages):
        message = "neither a paper nor a plan was recognised; its words may be taught with a profile"
        problems.append(Problem(code="nothing_recognised", severity="warning", message=message))
    problems += recognition.problems + _page_problems(pages, ledger)
    plain = [table for table in layout.tables if not any(id(word) in used for word in table.words)]
    problems += scan_doubts(plain, {p.page for p in problems if p.code == "read_by_ocr"})
    return Document(
        document_id=document_id,
        file=file,
        status="review" if any(problem.severity != "info" for problem in problems) else "ok",
        problems=problems,
        ledger=ledger.record(),
        paper=paper.paper if paper is not None else None,
        plan=plan_record(document_id, plan, recognition) if plan is not None else None,
        actors=recognition.actors,
        mentions=recognition.mentions,
        tables=[table_record(table, vocabulary) for table in plain],
    )


def _read_pages(data: bytes, name: str, options: Options) -> tuple[list[Page], str | None, list[Problem]]:
    """Pages, producer and problems; what PDFium cannot open is tried with the witness before it is given up."""
    try:
        with open_pdf(data, name) as pdf:
            pages, producer = list(pdf.pages()), pdf.producer
            problems = _disagreements(pages, data, name) if options.verify else []
            problems += read_scans(pdf, pages, options.ocr)
    except (DamagedPdfError, NoPagesError) as damaged:
        from extractors.witness import read_pages

        try:
            pages = read_pages(data, name)
        except DamagedPdfError:
            raise damaged from None
        message = "PDFium could not open the file; it was read with pdfplumber"
        return pages, None, [Problem(code="second_reader", severity="warning", message=message)]
    return pages, producer, problems


def _disagreements(pages: Sequence[Page], data: bytes, name: str) -> list[Problem]:
    from extractors.witness import disagreements

    return disagreements(pages, data, name)


def _book(pages: Sequence[Page], layout: _Layout, paper: PaperReading | None, plan: PlanReading | None) -> Ledger:
    ledger = Ledger(pages)
    if paper is not None:
        ledger.book(paper.words, "paper")
    if plan is not None:
        ledger.book(plan.words, "plan")
    for table in layout.tables:
        ledger.book(ledger.free(table.words), "tables")
    for block in layout.blocks:
        ledger.book(ledger.free(block.words), "prose")
    return ledger


def _page_problems(pages: Iterable[Page], ledger: Ledger) -> list[Problem]:
    problems: list[Problem] = []
    if ledger.twice:
        message = f"{len(ledger.twice)} words stand in two places of the output: a defect of ratsplan, please report it"
        problems.append(Problem(code="counted_twice", severity="error", message=message, page=ledger.twice[0].page))
    unassigned = Counter(word.page for word in ledger.unassigned)
    for page in pages:
        if page.broken_text:
            message = "the text layer of this page is broken: letters may be wrong or missing"
            problems.append(Problem(code="broken_text", severity="warning", message=message, page=page.number))
        if unassigned[page.number]:
            message = f"{unassigned[page.number]} words stand in no record: see ledger.unassigned"
            problems.append(Problem(code="unassigned_words", severity="warning", message=message, page=page.number))
    return problems
