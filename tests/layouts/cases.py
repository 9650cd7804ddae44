"""The corpus of plans: named combinations of a plan, a design, a look and a producer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from schemas.records import Document
from tests.layouts import cards, fpdf_pages, html, office, platypus, typst_source
from tests.layouts.plans import TablePlan, sheet_of
from tests.layouts.records import Measure, make_plan
from tests.layouts.scanner import Scanner
from tests.layouts.score import Score, score_plan, wanted_of
from tests.layouts.sheets import Look, Sheet

PRODUCERS: dict[str, Callable[[Sheet], bytes]] = {
    "reportlab": platypus.build,
    "weasyprint": html.build,
    "typst": typst_source.build,
    "fpdf2": fpdf_pages.build,
    "word": office.build_word,
    "excel": office.build_excel,
}


@dataclass(frozen=True)
class Case:
    name: str
    design: TablePlan = field(default_factory=TablePlan)
    look: Look = field(default_factory=Look)
    producer: str = "reportlab"
    seed: int = 1
    count: int = 14
    nested: bool = False
    gaps: bool = False
    long: int = 0

    @property
    def ruled(self) -> bool:
        return self.design.rules in ("grid", "inner")

    def plan(self) -> list[Measure]:
        fields = 5 if self.count > 30 else 3
        return make_plan(self.seed, self.count, fields, nested=self.nested, gaps=self.gaps, long=self.long)

    def pdf(self) -> bytes:
        return PRODUCERS[self.producer](sheet_of(self.plan(), self.design, self.look))

    def score(self, document: Document) -> Score:
        design = self.design
        keys = {name: design.key(name) for name in design.columns}
        known = design.fields != "none"
        listed = self.look.bullets is not None
        wanted = [wanted_of(m, keys, field_known=known, listed=listed) for m in self.plan()]
        return score_plan(document, wanted)


FULL = ("number", "measure", "description", "indicators", "responsibility_text", "period", "cost", "priority")
FIELD = ("field_of_action", "number", "measure", "indicators", "responsibility_text", "period")
GOALS = ("number", "measure", "goal", "indicators", "period", "responsibility_text")
TURNED = ("responsibility_text", "target_group", "measure", "problem", "progress", "remark")
WORDS = {
    "measure": "Was ist zu tun?",
    "responsibility_text": "Wer macht es?",
    "period": "Bis wann?",
    "indicators": "Erfolgskriterien",
    "goal": "Zielsetzung",
}
OFFICE = {
    "measure": "Einzelmaßnahme",
    "responsibility_text": "Federführung",
    "problem": "Ausgangslage",
    "indicators": "Messgröße / Kennzahl",
    "field_of_action": "Themenfeld",
    "number": "lfd. Nr.",
    "description": "Kurzbeschreibung",
}
SPANNED: dict[str, tuple[str, ...]] = {"Umsetzung": ("responsibility_text", "period", "cost")}
WIDE = Look(wide=True)
WINGDINGS = ("\uf0b7", "\uf0a7")

RULED = [
    Case("grid"),
    Case("inner-repeated", TablePlan(rules="inner", repeat_header=True), WIDE, seed=2),
    Case(
        "long-plan-bands",
        TablePlan(fields="band", repeat_header=True),
        Look(True, head="Stadt Beispiel", watermark="ENTWURF"),
        count=40,
        seed=3,
    ),
    Case("field-column", TablePlan(FIELD, fields="column", repeat_header=True), WIDE, seed=4),
    Case("field-column-over-pages", TablePlan(FIELD, fields="column"), WIDE, "weasyprint", seed=5, count=32),
    Case("field-column-typst", TablePlan(FIELD, fields="column", repeat_header=True), WIDE, "typst", seed=6, count=32),
    Case("all-columns", TablePlan(FULL), WIDE, seed=7, gaps=True),
    Case(
        "all-columns-weasyprint",
        TablePlan(FULL, repeat_header=True),
        Look(True, 8.0, hyphenate=True),
        "weasyprint",
        seed=8,
        gaps=True,
    ),
    Case(
        "spanned-header",
        TablePlan(
            ("measure", "indicators", "responsibility_text", "period", "cost"), spanned=SPANNED, repeat_header=True
        ),
        WIDE,
        seed=9,
    ),
    Case(
        "spanned-header-typst",
        TablePlan(
            ("number", "measure", "indicators", "responsibility_text", "period", "cost"),
            spanned=SPANNED,
            repeat_header=True,
        ),
        WIDE,
        "typst",
        seed=10,
    ),
    Case("other-order", TablePlan(TURNED, fields="band"), WIDE, seed=11, gaps=True),
    Case("other-words", TablePlan(GOALS, WORDS, fields="none"), WIDE, "fpdf2", seed=12),
    Case(
        "office-words",
        TablePlan(("number", "problem", "measure", "description", "indicators", "responsibility_text"), OFFICE),
        Look(True, 8.0),
        "typst",
        seed=13,
    ),
    Case("wingdings", look=Look(bullets=WINGDINGS), seed=14, nested=True),
    Case(
        "nested-list-weasyprint",
        TablePlan(repeat_header=True),
        Look(True, bullets=("•", "–")),
        "weasyprint",
        seed=15,
        nested=True,
    ),
    Case("hyphenated", look=Look(hyphenate=True, size=10.0), seed=16),
    Case(
        "hyphenated-typst", TablePlan(repeat_header=True), Look(hyphenate=True, size=10.0), "typst", seed=17, count=20
    ),
    Case("rotated-pages", TablePlan(fields="band"), Look(True, rotate=True), seed=18),
    Case(
        "turned-headers",
        TablePlan(FULL, turned=("number", "period", "cost", "priority"), repeat_header=True),
        WIDE,
        seed=19,
    ),
    Case("mixed-orientation", TablePlan(mixed=True), seed=20),
    Case("mixed-orientation-typst", TablePlan(GOALS, mixed=True, repeat_header=True), WIDE, "typst", seed=21),
    Case("footnote", look=Look(footnote="1) Vorbehaltlich der Zustimmung des Rates."), seed=22, count=20),
    Case("page-long-cell", TablePlan(("number", "measure", "description", "responsibility_text")), seed=23, long=60),
    Case(
        "page-long-cell-weasyprint",
        TablePlan(("measure", "description", "indicators", "responsibility_text")),
        Look(),
        "weasyprint",
        seed=24,
        long=40,
    ),
    Case(
        "sixty-pages",
        TablePlan(
            ("number", "measure", "description", "indicators", "responsibility_text", "period"), repeat_header=True
        ),
        Look(True, 10.5, head="Landkreis Beispiel"),
        seed=25,
        count=250,
    ),
    Case("fpdf-grid", TablePlan(repeat_header=True), WIDE, "fpdf2", seed=26, count=24),
]
UNRULED = [
    Case("horizontal", TablePlan(rules="horizontal", repeat_header=True), WIDE, seed=31),
    Case("horizontal-tall", TablePlan(GOALS, rules="horizontal"), seed=32),
    Case(
        "horizontal-weasyprint",
        TablePlan(FULL, rules="horizontal", repeat_header=True),
        Look(True, 8.0),
        "weasyprint",
        seed=33,
        gaps=True,
    ),
    Case("horizontal-fpdf", TablePlan(rules="horizontal", repeat_header=True), WIDE, "fpdf2", seed=34),
    Case("blank", TablePlan(rules="none", repeat_header=True), seed=35, count=24),
    Case("blank-wide", TablePlan(rules="none"), Look(True, bullets=("•", "◦")), seed=36),
    Case("blank-bands", TablePlan(rules="none", fields="band"), Look(size=8.0), seed=37),
    Case("blank-typst", TablePlan(GOALS, rules="none", repeat_header=True, row_gap=5), WIDE, "typst", seed=38),
    Case("blank-weasyprint", TablePlan(rules="none", row_gap=6), WIDE, "weasyprint", seed=39),
    Case("blank-fpdf", TablePlan(GOALS, WORDS, rules="none", fields="none"), WIDE, "fpdf2", seed=40),
    Case("blank-sentences", TablePlan(GOALS, rules="none", fields="none"), Look(True, bullets=None), seed=41),
    Case("shaded", TablePlan(rules="shaded"), seed=42),
    Case("shaded-bands", TablePlan(rules="shaded", fields="band", repeat_header=True), WIDE, seed=43),
    Case("shaded-typst", TablePlan(rules="shaded", repeat_header=True), WIDE, "typst", seed=44, count=24),
    Case("shaded-weasyprint", TablePlan(FULL, rules="shaded"), Look(True, 8.0), "weasyprint", seed=45),
    Case("booktabs", TablePlan(rules="booktabs", repeat_header=True, row_gap=4), WIDE, seed=46),
    Case(
        "booktabs-typst",
        TablePlan(("measure", "responsibility_text", "period", "cost"), rules="booktabs", row_gap=4),
        Look(),
        "typst",
        seed=47,
    ),
    Case("field-column-shaded", TablePlan(FIELD, fields="column", rules="shaded"), WIDE, seed=48),
]


@dataclass(frozen=True)
class CardCase:
    name: str
    design: cards.CardPlan = field(default_factory=cards.CardPlan)
    look: Look = field(default_factory=Look)
    producer: str = "reportlab"
    seed: int = 1
    count: int = 8
    long: int = 0

    def plan(self) -> list[Measure]:
        return make_plan(self.seed, self.count, long=self.long)

    def pdf(self) -> bytes:
        return PRODUCERS[self.producer](cards.sheet_of(self.plan(), self.design, self.look))

    def score(self, document: Document) -> Score:
        return score_plan(document, cards.wanted(self.plan(), self.design))


CARDS = [
    CardCase("cards-left", seed=61),
    CardCase("cards-left-typst", cards.CardPlan(reports=True), producer="typst", seed=62),
    CardCase(
        "cards-left-weasyprint", cards.CardPlan(reports=True, own_page=True), producer="weasyprint", seed=63, count=4
    ),
    CardCase("cards-boxed-name", cards.CardPlan(titled=False, own_page=True), producer="fpdf2", seed=64, count=5),
    CardCase("cards-above", cards.CardPlan("above"), seed=65),
    CardCase("cards-above-typst", cards.CardPlan("above", reports=True, own_page=True), producer="typst", seed=66),
    CardCase("cards-lines", cards.CardPlan("lines"), seed=67),
    CardCase("cards-lines-weasyprint", cards.CardPlan("lines", own_page=True), producer="weasyprint", seed=68, count=5),
    CardCase("cards-over-pages", cards.CardPlan(own_page=True), seed=69, count=4, long=45),
    CardCase("cards-over-pages-typst", cards.CardPlan(reports=True), producer="typst", seed=70, count=6, long=45),
]

# Not looked at while developing: what they show is what a layout that nobody has seen may expect.
HELD_RULED = [
    Case(
        "held-office-bands",
        TablePlan(
            ("number", "measure", "problem", "indicators", "responsibility_text"),
            OFFICE,
            fields="band",
            repeat_header=True,
        ),
        Look(True, 8.5, hyphenate=True, watermark="Entwurf"),
        "typst",
        seed=101,
        count=30,
    ),
    Case(
        "held-inner-spanned",
        TablePlan(
            ("measure", "indicators", "responsibility_text", "period", "cost"),
            spanned=SPANNED,
            rules="inner",
            fields="none",
            weights={"responsibility_text": 1.7},
        ),
        Look(True, 8.0),
        "weasyprint",
        seed=102,
        gaps=True,
    ),
    Case(
        "held-turned-pages",
        TablePlan(FIELD, fields="column", repeat_header=True),
        Look(True, rotate=True, hyphenate=True, head="Stadt Beispiel"),
        seed=103,
        count=22,
    ),
    Case(
        "held-fpdf-bands",
        TablePlan(("number", "measure", "indicators", "responsibility_text"), fields="band"),
        Look(bullets=("•", "-")),
        "fpdf2",
        seed=104,
    ),
    Case(
        "held-mixed",
        TablePlan(GOALS, WORDS, mixed=True),
        Look(True, watermark="ENTWURF"),
        "typst",
        seed=105,
        nested=True,
    ),
]
HELD_UNRULED = [
    Case("held-horizontal", TablePlan(GOALS, rules="horizontal"), WIDE, "weasyprint", seed=111, count=18),
    Case(
        "held-blank",
        TablePlan(("number", "problem", "measure", "indicators", "responsibility_text"), rules="none", row_gap=5),
        WIDE,
        "typst",
        seed=112,
    ),
    Case("held-booktabs", TablePlan(rules="booktabs", fields="band", row_gap=4), WIDE, seed=113, count=20),
    Case("held-shaded-fpdf", TablePlan(rules="shaded", repeat_header=True), WIDE, "fpdf2", seed=114),
    Case(
        "held-shaded", TablePlan(FULL, OFFICE, rules="shaded", repeat_header=True), Look(True, 8.0), seed=115, gaps=True
    ),
]
HELD_CARDS = [
    CardCase("held-above", cards.CardPlan("above", reports=True), producer="weasyprint", seed=121, count=6),
    CardCase("held-left", cards.CardPlan(own_page=True, reports=True), producer="typst", seed=122, count=4, long=40),
    CardCase("held-lines", cards.CardPlan("lines"), producer="typst", seed=123),
]


@dataclass(frozen=True)
class ScanCase:
    """Another case, printed and scanned."""

    name: str
    printed: Case | CardCase
    scanner: Scanner = field(default_factory=Scanner)

    @property
    def producer(self) -> str:
        return self.printed.producer

    def plan(self) -> list[Measure]:
        return self.printed.plan()

    def pdf(self) -> bytes:
        return self.scanner.scan(self.printed.pdf())

    def score(self, document: Document) -> Score:
        return self.printed.score(document)


BOOK = Look(True, font="Times-Roman", bullets=("•", "–"))
SCANS = [
    ScanCase("scan-grid-200", Case("grid", TablePlan(fields="band"), WIDE, seed=201, count=6), Scanner(200, 1.7)),
    ScanCase("scan-inner-dots", Case("inner", TablePlan(rules="inner"), BOOK, seed=202, count=6), Scanner(skew=-2.5)),
    ScanCase(
        "scan-horizontal-one-bit",
        Case("horizontal", TablePlan(rules="horizontal", repeat_header=True), WIDE, seed=203, count=6),
        Scanner(skew=0.8, ink="one-bit"),
    ),
    ScanCase(
        "scan-field-column-turned",
        Case("column", TablePlan(FIELD, fields="column", repeat_header=True), WIDE, "typst", seed=204, count=6),
        Scanner(skew=-0.4, turned=True),
    ),
    ScanCase(
        "scan-bands-nested",
        Case("bands", TablePlan(fields="band"), Look(True, bullets=("•", "–")), "weasyprint", 205, 6, nested=True),
        Scanner(200, 0.6),
    ),
    ScanCase("scan-cards", CardCase("cards", seed=206, count=3), Scanner(skew=2.5)),
    ScanCase(
        "scan-hyphenated-hidden-text",
        Case("hyphenated", look=Look(hyphenate=True, size=10.0), seed=207, count=6),
        Scanner(200, 0.3, hidden=True),
    ),
    ScanCase(
        "scan-mixed-with-text",
        Case("mixed", TablePlan(FULL, repeat_header=True), Look(True, 8.0, bullets=WINGDINGS), seed=208, count=8),
        Scanner(kept=(1,)),
    ),
]
HELD_SCANS = [
    ScanCase(
        "held-scan-one-bit-200",
        Case("h1", TablePlan(GOALS, fields="none"), WIDE, "typst", seed=211, count=6),
        Scanner(200, -1.3, ink="one-bit"),
    ),
    ScanCase(
        "held-scan-grainy",
        Case("h2", TablePlan(rules="horizontal"), Look(font="Times-Roman", size=10.0), seed=212, count=6),
        Scanner(skew=1.9, noise=9.0, quality=50),
    ),
    ScanCase(
        "held-scan-above",
        CardCase("h3", cards.CardPlan("above"), producer="typst", seed=213, count=3),
        Scanner(200, -0.9),
    ),
]
UNNAMED = Case("unnamed-letters", look=Look(True, font="Vera", unnamed=True), seed=221, count=6)
"""Its text layer is broken: it is read by OCR though no scanner was there."""

DOTS = Look(True, bullets=WINGDINGS)
PRINTED: list[Case | CardCase] = [
    Case("word-bands", TablePlan(fields="band", repeat_header=True), DOTS, "word", seed=302, count=16, nested=True),
    Case("word-field-column", TablePlan(FIELD, fields="column", repeat_header=True), DOTS, "word", seed=303, count=20),
    Case(
        "word-turned-headers",
        TablePlan(FULL, turned=("number", "priority"), repeat_header=True),
        Look(True, 8.0, head="Stadt Beispiel"),
        "word",
        seed=304,
        gaps=True,
    ),
    Case("word-horizontal", TablePlan(rules="horizontal"), WIDE, "word", seed=305),
    Case("word-blank", TablePlan(GOALS, rules="none"), WIDE, "word", seed=306),
    Case("word-mixed-cut-words", TablePlan(GOALS, mixed=True), producer="word", seed=309),
    CardCase("word-cards", cards.CardPlan(reports=True), producer="word", seed=310, count=5),
    Case("excel-grid", TablePlan(fields="band", repeat_header=True, span_problem=False), WIDE, "excel", 321, 16),
    Case("excel-blank", TablePlan(GOALS, rules="none", fields="none", repeat_header=True), WIDE, "excel", 322, 16),
    Case("excel-blank-bands", TablePlan(FULL, rules="none", fields="band"), WIDE, "excel", 323, 12),
    Case("excel-shaded", TablePlan(rules="shaded", fields="none", span_problem=False), WIDE, "excel", 326, 12),
]
"""What LibreOffice prints of Word and Excel files."""
HELD_PRINTED: list[Case | CardCase] = [
    Case("held-word-inner", TablePlan(FIELD, OFFICE, fields="column", rules="inner"), DOTS, "word", seed=331, count=18),
    Case(
        "held-word-shaded",
        TablePlan(FULL, rules="shaded", fields="band", repeat_header=True),
        Look(True, 8.0, bullets=("•", "-")),
        "word",
        seed=332,
        gaps=True,
    ),
    CardCase("held-word-above", cards.CardPlan("above", reports=True), producer="word", seed=333, count=5),
    Case("held-excel-words", TablePlan(GOALS, WORDS, fields="none", rules="horizontal"), WIDE, "excel", 334, 16),
    Case("held-excel-blank", TablePlan(FIELD, OFFICE, rules="none", fields="column"), WIDE, "excel", 335, 14),
]
