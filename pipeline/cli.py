"""The command line. Thin: it reads arguments, starts the run, and turns results and errors into text and exit codes.

stdout carries results only, stderr everything else. Imports are late, so that `--help` answers at once.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.names import printable
from pipeline.options import FORMATS, OCR_MODES
from pipeline.outputs import add_commands, add_table_formats, run_tables
from ratsplan import __version__
from schemas.errors import RatsplanError

if TYPE_CHECKING:
    from pipeline.account import Account

INTERRUPTED = 130
"""Exit code after Ctrl-C or SIGTERM: 128 + SIGINT, as shells have it."""

_TOLD = 20
"""So many failures the closing account lists."""

_EPILOG = """\
exit codes: 0 all well; 1 some documents failed; 2 usage; 3 nothing to read; 4 the output folder cannot be written
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code. `arguments` are those of the process by default."""
    options = _parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a letter must not end the run.
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    try:
        return {"run": _run, "compare": _compare, "tables": _tables, "schema": _schema}[options.command](options)
    except RatsplanError as error:
        print(f"ratsplan: {printable(str(error))}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("ratsplan: interrupted", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has gone, as in `ratsplan schema document | head`; the exit must not complain again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ratsplan",
        description="Reads German council PDFs and writes their measures, indicators and actors as JSON and CSV.",
        epilog=_EPILOG,
    )
    parser.add_argument("--version", action="version", version=f"ratsplan {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    run = commands.add_parser("run", help="read PDFs and write their records", epilog=_EPILOG)
    run.add_argument("inputs", nargs="+", metavar="INPUT", help="a PDF, a folder with PDFs at any depth, or a glob")
    run.add_argument("--output", type=Path, default=Path("output"), metavar="DIR", help="default: output")
    run.add_argument(
        "--jobs",
        type=_positive,
        default=_processors(),
        metavar="N",
        help="documents read at once; default: the processors, here %(default)s",
    )
    run.add_argument("--force", action="store_true", help="read again what has been read")
    run.add_argument(
        "--verify",
        action="store_true",
        help="read each page a second time with pdfplumber, and report words that only one of the two saw",
    )
    run.add_argument(
        "--ocr",
        choices=OCR_MODES,
        default="auto",
        help="read pages from their pictures; auto (default): those without text or with broken text",
    )
    run.add_argument("--profile", type=Path, metavar="FILE.toml", help="the labels, words and names of a town")
    run.add_argument("--actors", type=Path, metavar="FILE.toml", help="a registry of actors; it wins over everything")
    run.add_argument(
        "--ner-model", metavar="NAME", help="an installed spaCy pipeline that looks for actors beside the rules"
    )
    add_table_formats(run)
    add_commands(commands)

    compare = commands.add_parser("compare", help="say what changed from draft to draft")
    compare.add_argument("old", metavar="OLD", help="a PDF, or a document.json")
    compare.add_argument("new", nargs="+", metavar="NEW", help="the next draft; several are compared step by step")
    compare.add_argument("--format", choices=FORMATS, default="terminal", help="default: terminal")
    compare.add_argument("--output", type=Path, metavar="FILE", help="write there instead of to stdout")
    compare.add_argument("--exit-code", action="store_true", help="exit with 1 where there are changes")

    schema = commands.add_parser("schema", help="print the schema of a file that ratsplan writes")
    schema.add_argument("what", choices=("document", "comparison", "datapackage"))
    return parser


def _run(options: argparse.Namespace) -> int:
    from pipeline.batch import Settings, run
    from pipeline.options import ActorFile, Options, ProfileFile, model_of
    from pipeline.progress import progress_on
    from pipeline.tables import formats_for, write_formats

    formats = formats_for(options.output, options.formats)
    how = Options(
        options.verify,
        options.ocr,
        ProfileFile.of(options.profile) if options.profile is not None else None,
        ActorFile.of(options.actors) if options.actors is not None else None,
        model_of(options.ner_model) if options.ner_model is not None else None,
    )
    # A service manager's SIGTERM ends a run as orderly as Ctrl-C does.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    settings = Settings(options.output, __version__, how, options.jobs, options.force)
    progress = progress_on(sys.stderr)
    try:
        account = run(options.inputs, settings, progress)
    finally:
        progress.close()
    if account.rows:
        write_formats(options.output, formats)
    print(_summary(account, options.output))
    if account.interrupted:
        print("ratsplan: interrupted; what was read until then is written, run again for the rest", file=sys.stderr)
        return INTERRUPTED
    return 1 if account.failures else 0


def _compare(options: argparse.Namespace) -> int:
    from rich.console import Console

    from pipeline.compare import compare_documents
    from pipeline.drafts import read_draft
    from pipeline.render import render, show
    from pipeline.views import Step, changed
    from pipeline.writers import write_text

    drafts = [read_draft(path) for path in (options.old, *options.new)]
    steps = [Step(compare_documents(old, new), old, new) for old, new in pairwise(drafts)]
    if options.output is not None:
        write_text(options.output, render(steps, options.format))
    elif options.format == "terminal" and sys.stdout.isatty():
        show(steps, Console(highlight=False))
    else:
        sys.stdout.write(render(steps, options.format))
        sys.stdout.flush()
    return int(options.exit_code and any(changed(step.comparison) for step in steps))


def _tables(options: argparse.Namespace) -> int:
    sys.stdout.write(run_tables(options))
    sys.stdout.flush()
    return 0


def _schema(options: argparse.Namespace) -> int:
    from schemas.generate import comparison_schema, datapackage, document_schema, dump

    schemas = {"document": document_schema, "comparison": comparison_schema, "datapackage": datapackage}
    sys.stdout.write(dump(schemas[options.what]()))
    sys.stdout.flush()
    return 0


def _summary(account: Account, output: Path) -> str:
    """What a person wants to know at the end of a run."""
    from pipeline.batch import RUN
    from pipeline.progress import counted

    ends = account.counts
    lines = [f"{account.read} read, {ends['unchanged']} unchanged, {len(account.failures)} failed"]
    if account.failures:
        lines[0] += f" ({', '.join(f'{number} {reason}' for reason, number in account.reasons.items())})"
    if account.read:
        lines[0] += f"; {counted(account.pages, 'page')} in {account.seconds:.1f} s"
    told = [printable(f"{entry.name}: {entry.reason}: {entry.message}") for entry in account.failures]
    lines += [f"  {line}" for line in told[:_TOLD]]
    if len(told) > _TOLD:
        lines.append(f"  and {len(told) - _TOLD} more, see {RUN}")
    others = {
        "without a paper or a plan": ends["empty"],
        "with the bytes of another file": ends["duplicate"],
        "set aside after failing twice (`ratsplan retry` tries again)": ends["set_aside"],
        "gone since an earlier run (the documents stay)": account.gone,
    }
    lines += [f"  {number} {what}" for what, number in others.items() if number]
    lines += [f"  {new} takes the place of {old}: the file has changed" for old, new in account.replaced]
    lines += [f"  note: {printable(note)}" for note in account.notes]
    if not account.rows:
        return "\n".join([*lines, "No document could be read, no tables were written"])
    lines.append(f"In {printable(str(output))}/ (documents.csv, measures.csv, ...; explained in datapackage.json):")
    rows = account.rows
    lines += [
        f"{rows[table]:8} {table}" for table in ("documents", "measures", "indicators", "responsibilities", "actors")
    ]
    lines.append(f"{account.review:8} to review")
    return "\n".join(lines)


def _positive(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1")
    return number


def _processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


if __name__ == "__main__":
    sys.exit(main())
