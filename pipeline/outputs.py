"""The commands that hand on what is in an output folder: `tables` and `export`. See `cli.py`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from pipeline.commands import add_command
from pipeline.exporters import TARGETS
from pipeline.names import printable
from pipeline.options import TABLE_FORMATS
from schemas.errors import UsageError


def add_table_formats(parser: argparse.ArgumentParser) -> None:
    """The options that name further forms of the tables."""
    for name, told in TABLE_FORMATS.items():
        parser.add_argument(f"--{name}", dest="formats", action="append_const", const=name, default=[], help=told)


def add_commands(commands: Any) -> None:
    """`tables` and `export` among the subparsers of the command line."""
    tables = add_command(commands, "tables", "write the tables of an output folder in further forms")
    tables.add_argument("folder", nargs="?", type=Path, default=Path("output"), metavar="DIR", help="default: output")
    add_table_formats(tables)

    export = add_command(commands, "export", "hand plans on to other programs, see docs/exports.md")
    export.add_argument("target", choices=tuple(TARGETS), metavar="TARGET", help=", ".join(TARGETS))
    export.add_argument(
        "what",
        nargs="?",
        type=Path,
        default=Path("output"),
        metavar="DIR|FILE",
        help="an output folder, a document.json or a PDF; default: output",
    )
    export.add_argument("--output", type=Path, metavar="FILE", help="write there instead of to stdout")
    export.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="a setting of the target")


def run_tables(options: argparse.Namespace) -> str:
    """Write the forms that are asked for or already there; the paths that were written, one a line.

    Raises UsageError where there is nothing to write, SourceError and OutputError as `write_formats` does, OutputError
    while a run is at work in the folder.
    """
    from pipeline.folder import hold
    from pipeline.tables import PATHS, formats_for, write_formats

    formats = formats_for(options.folder, options.formats)
    if not formats:
        raise UsageError(f"name what to write: {', '.join(f'--{name}' for name in TABLE_FORMATS)}")
    with hold(options.folder):
        write_formats(options.folder, formats)
    return "".join(f"{printable(str(options.folder / PATHS[name]))}\n" for name in formats)


def run_export(options: argparse.Namespace) -> str:
    """Write the export to its file, or return it for stdout.

    Raises UsageError where a setting is off, SourceError where there is nothing to export, OutputError where the file
    cannot be written.
    """
    from pipeline.exporters import export
    from pipeline.files import write_text
    from pipeline.stored import read_documents

    text = export(options.target, read_documents(options.what), options.set)
    if options.output is None:
        return text
    write_text(options.output, text)
    return ""
