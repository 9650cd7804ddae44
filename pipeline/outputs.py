"""The commands that hand on what is in an output folder: `tables` and `export`. See `cli.py`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from pipeline.names import printable
from pipeline.options import TABLE_FORMATS
from schemas.errors import UsageError


def add_table_formats(parser: argparse.ArgumentParser) -> None:
    """The options that name further forms of the tables."""
    for name, told in TABLE_FORMATS.items():
        parser.add_argument(f"--{name}", dest="formats", action="append_const", const=name, default=[], help=told)


def add_commands(commands: Any) -> None:
    """`tables` among the subparsers of the command line."""
    tables = commands.add_parser("tables", help="write the tables of an output folder in further forms")
    tables.add_argument("folder", nargs="?", type=Path, default=Path("output"), metavar="DIR", help="default: output")
    add_table_formats(tables)


def run_tables(options: argparse.Namespace) -> str:
    """Write the forms that are asked for or already there; the paths that were written, one a line.

    Raises UsageError where there is nothing to write, SourceError and OutputError as `write_formats` does.
    """
    from pipeline.tables import PATHS, formats_for, write_formats

    formats = formats_for(options.folder, options.formats)
    if not formats:
        raise UsageError(f"name what to write: {', '.join(f'--{name}' for name in TABLE_FORMATS)}")
    write_formats(options.folder, formats)
    return "".join(f"{printable(str(options.folder / PATHS[name]))}\n" for name in formats)
