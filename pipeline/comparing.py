"""The commands that tell what changed: `compare` from draft to draft, `history` over all drafts. See `cli.py`."""

from __future__ import annotations

import argparse
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

from pipeline.commands import add_command
from pipeline.options import FORMATS, HISTORY_FORMATS
from schemas.errors import UsageError


def add_compare_and_history(commands: Any) -> None:
    """`compare` and `history` among the subparsers of the command line."""
    compare = add_command(commands, "compare", "say what changed from draft to draft")
    compare.add_argument("old", metavar="OLD", help="a PDF, or a document.json")
    compare.add_argument("new", nargs="+", metavar="NEW", help="the next draft; several are compared step by step")
    compare.add_argument("--format", choices=FORMATS, default="terminal", help="default: terminal")
    compare.add_argument("--output", type=Path, metavar="FILE", help="write there instead of to stdout")
    compare.add_argument("--exit-code", action="store_true", help="exit with 1 where there are changes")

    history = add_command(commands, "history", "tell what became of measures over all drafts of their plan")
    history.add_argument("folder", type=Path, metavar="DIR", help="the output folder of `ratsplan run`")
    history.add_argument(
        "lineage", nargs="?", metavar="LINEAGE", help="a lineage_id, or any measure_id; without it all are listed"
    )
    history.add_argument("--format", choices=HISTORY_FORMATS, default="terminal", help="default: terminal")


def compare_command(options: argparse.Namespace) -> int:
    """Tell the steps from draft to draft; the exit code. Raises RatsplanError."""
    from rich.console import Console

    from pipeline.compare import compare_documents
    from pipeline.drafts import read_draft
    from pipeline.files import write_text
    from pipeline.render import render, show
    from pipeline.views import Step, changed

    if options.format == "daff" and len(options.new) > 1:
        raise UsageError("--format daff has room for one step: name two drafts only, or choose another format")
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


def history_command(options: argparse.Namespace) -> int:
    """Tell the story of one measure, or list all; the exit code. Raises SourceError."""
    from rich.console import Console

    from pipeline.history import read_history, render_history, show_history

    stories = read_history(options.folder, options.lineage)
    whole = options.lineage is not None
    if options.format == "terminal" and sys.stdout.isatty():
        show_history(stories, Console(highlight=False), whole=whole)
    else:
        sys.stdout.write(render_history(stories, options.format, whole=whole))
        sys.stdout.flush()
    return 0
