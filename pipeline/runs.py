"""The commands that make runs and tell of them: `run`, `retry`, `status`. See `cli.py`."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import chdir
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.commands import add_command
from pipeline.names import printable
from pipeline.options import OCR_MODES
from ratsplan import __version__
from schemas.errors import UsageError

if TYPE_CHECKING:
    from pipeline.account import Account
    from pipeline.corrections import Corrections
    from pipeline.engines import Engine
    from pipeline.options import Options

INTERRUPTED = 130
"""Exit code after Ctrl-C or SIGTERM: 128 + SIGINT, as shells have it."""
LOG_FORMATS = ("text", "json")
ENGINES = ("local", "dask")

Finish = Callable[[argparse.Namespace, "Account"], None]
"""What is to be done when the tables are written, while the run still holds the output folder."""
Parse = Callable[[Sequence[str]], argparse.Namespace]
"""The parser of the whole command line."""


def add_run(commands: Any, epilog: str) -> argparse.ArgumentParser:
    """`run` among the subparsers of the command line."""
    run = add_command(commands, "run", "read PDFs and write their records", epilog)
    run.add_argument(
        "inputs",
        nargs="+",
        metavar="INPUT",
        help="a PDF, a folder with PDFs at any depth, a glob, an address, or @FILE with one of these a line",
    )
    run.add_argument("--output", type=Path, default=Path("output"), metavar="DIR", help="default: output")
    _add_pace(run)
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
    run.add_argument(
        "--corrections",
        type=Path,
        metavar="FILE.toml",
        help="corrections of records by their ids; default: corrections.toml in the output folder, if it is there",
    )
    run.add_argument("--profile", type=Path, metavar="FILE.toml", help="the labels, words and names of a town")
    run.add_argument("--actors", type=Path, metavar="FILE.toml", help="a registry of actors; it wins over everything")
    run.add_argument(
        "--ner-model", metavar="NAME", help="an installed spaCy pipeline that looks for actors beside the rules"
    )
    run.add_argument("--revises", metavar="ID", help="the document_id of which the one PDF is a later draft")
    return run


def add_retry_and_status(commands: Any) -> None:
    """`retry` and `status` among the subparsers of the command line."""
    retry = add_command(
        commands, "retry", "try again what failed, also what was set aside, with the options of the last run"
    )
    _add_folder(retry)
    _add_pace(retry)
    status = add_command(commands, "status", "tell how an output folder stands")
    _add_folder(status)
    status.add_argument("--json", action="store_true", help="as JSON, nothing left out")


def run_command(options: argparse.Namespace, line: Sequence[str], finish: Finish) -> int:
    """Make a run and tell of it; the exit code. Raises RatsplanError."""
    from pipeline.batch import Settings, run
    from pipeline.progress import progress_on
    from pipeline.summary import summary

    # A service manager's SIGTERM ends a run as orderly as Ctrl-C does.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    how = _how(options)
    settings = Settings(
        options.output,
        __version__,
        how,
        options.jobs,
        options.force,
        tuple(line),
        revises=options.revises,
        corrections=_corrections(options),
    )
    progress = progress_on(sys.stderr, options.log_format)
    try:
        account = run(options.inputs, settings, progress, engine=_engine(options), finish=partial(finish, options))
    finally:
        progress.close()
    code = INTERRUPTED if account.interrupted else 1 if account.failures else 0
    print(summary(account, options.output))
    if options.log_format == "json":
        _say("end", {"exit_code": code, "inputs": account.counts, "pages": account.pages, "seconds": account.seconds})
    elif account.interrupted:
        print("ratsplan: interrupted; what was read until then is written, run again for the rest", file=sys.stderr)
    return code


def retry_command(options: argparse.Namespace, parse: Parse, finish: Finish) -> int:
    """Try again what failed, as the last run did; the exit code. Raises SourceError where there was no run."""
    from pipeline import oparl
    from pipeline.folder import existing_catalog

    output = options.folder.resolve()
    with existing_catalog(output) as catalog:
        # What came from elsewhere is found again through the endpoint or the store that led to it.
        found = [row["root"] if "://" in row["root"] else row["address"] for row in catalog.failed()]
        addresses = list(dict.fromkeys(found + [row["root"] for row in oparl.unfetched(catalog)]))
        last = catalog.last_run()
        told = json.loads(last["settings"]) if last is not None else {}
        if addresses:
            catalog.forgive()
            oparl.forgive(catalog)
    if not addresses:
        print("Nothing failed.")
        return 0
    line = told.get("line") or ["run", "-"]
    # Paths in the options of that run are relative to where it was started.
    with chdir(told["folder"] if Path(told.get("folder", "")).is_dir() else Path.cwd()):
        again = parse(line)
        again.inputs, again.output, again.force = addresses, output, False
        for name in ("jobs", "engine", "scheduler", "log_format"):
            setattr(again, name, getattr(options, name))
        again.revises = again.revises if len(addresses) == 1 else None
        return run_command(again, line, finish)


def status_command(options: argparse.Namespace) -> int:
    """Print how an output folder stands. Raises SourceError where it is none."""
    from pipeline.folder import existing_catalog
    from pipeline.summary import status, status_json, status_text

    with existing_catalog(options.folder, read_only=True) as catalog:
        told = status(catalog, options.folder)
    print(status_json(told) if options.json else status_text(told))
    return 0


def tell_error(message: str, code: int, log_format: str) -> None:
    """One line on stderr about what ended the command."""
    if log_format == "json":
        _say("error", {"exit_code": code, "message": message})
    else:
        print(f"ratsplan: {printable(message)}", file=sys.stderr)


def _how(options: argparse.Namespace) -> Options:
    from pipeline.options import ActorFile, Options, ProfileFile, model_of

    return Options(
        options.verify,
        options.ocr,
        ProfileFile.of(options.profile) if options.profile is not None else None,
        ActorFile.of(options.actors) if options.actors is not None else None,
        model_of(options.ner_model) if options.ner_model is not None else None,
    )


def _corrections(options: argparse.Namespace) -> Corrections | None:
    """Those that the user names or has laid into the folder, read before any work is done; None without."""
    from pipeline.files import CORRECTIONS

    if options.corrections is None and not (options.output / CORRECTIONS).exists():
        return None
    from pipeline.corrections import Corrections

    return Corrections.beside(options.output, options.corrections)


def _engine(options: argparse.Namespace) -> Engine:
    from pipeline.engines import DaskEngine, LocalEngine

    if options.engine == "local":
        if options.scheduler:
            raise UsageError("--scheduler is the address of a Dask cluster; add --engine dask")
        return LocalEngine(options.jobs)
    if not options.scheduler:
        raise UsageError("--engine dask needs the address of a scheduler, as in --scheduler tcp://127.0.0.1:8786")
    return DaskEngine(options.scheduler)


def _add_folder(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", nargs="?", type=Path, default=Path("output"), metavar="DIR", help="default: output")


def _add_pace(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--jobs",
        type=_positive,
        default=_processors(),
        metavar="N",
        help="documents read at once; default: the processors, here %(default)s",
    )
    parser.add_argument(
        "--engine", choices=ENGINES, default="local", help="processes of this machine (default), or a Dask cluster"
    )
    parser.add_argument("--scheduler", metavar="ADDRESS", help="of the cluster: tcp://HOST:PORT")
    parser.add_argument(
        "--log-format",
        choices=LOG_FORMATS,
        default="text",
        help="how progress is told on stderr: for people (default), or as one JSON object a line",
    )


def _say(event: str, values: dict[str, Any]) -> None:
    from pipeline.progress import JsonLines

    JsonLines(sys.stderr).say(event, values)


def _positive(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of at least 1")
    return number


def _processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
