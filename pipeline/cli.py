"""The command line. Thin: it reads arguments, starts the run, and turns results and errors into text and exit codes.

stdout carries results only, stderr everything else. Imports are late, so that `--help` answers at once.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.commands import add_command
from pipeline.comparing import add_compare_and_history, compare_command, history_command
from pipeline.completion import add_completion, completion_command
from pipeline.outputs import add_commands, add_table_formats, run_export, run_tables
from pipeline.report.command import add_report, report_command
from pipeline.runs import (
    INTERRUPTED,
    add_retry_and_status,
    add_run,
    retry_command,
    run_command,
    status_command,
    tell_error,
)
from ratsplan import __version__
from schemas.errors import RatsplanError

if TYPE_CHECKING:
    from pipeline.account import Account

_EPILOG = """\
exit codes: 0 all well; 1 some documents failed; 2 usage; 3 nothing to read;
4 the output folder cannot be written; 130 interrupted, what was read is written
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code. `arguments` are those of the process by default."""
    line = list(sys.argv[1:] if arguments is None else arguments)
    parser = command_line()
    if line and line[0] not in _COMMANDS and Path(line[0]).exists():
        parser.error(f"{line[0]} is no command; did you mean `ratsplan run {line[0]}`?")
    options = parser.parse_args(line)
    options.line = line
    log_format = getattr(options, "log_format", "text")
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a letter must not end the run.
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    try:
        return _COMMANDS[options.command](options)
    except RatsplanError as error:
        tell_error(str(error), error.exit_code, log_format)
        return error.exit_code
    except KeyboardInterrupt:
        tell_error("interrupted", INTERRUPTED, log_format)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has gone, as in `ratsplan schema document | head`; the exit must not complain again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def command_line() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    parser = argparse.ArgumentParser(
        prog="ratsplan",
        description="Reads German council PDFs and writes their measures, indicators and actors as JSON and CSV.",
        epilog=f"`ratsplan COMMAND --help` shows the options of a command, and examples.\n\n{_EPILOG}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"ratsplan {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    run = add_run(commands, _EPILOG)
    add_table_formats(run)
    run.add_argument("--report", action="store_true", help="write a review page for each document, as `report` does")
    add_commands(commands)
    add_retry_and_status(commands)

    add_report(commands)
    add_compare_and_history(commands)

    schema = add_command(commands, "schema", "print the schema of a file that ratsplan writes")
    schema.add_argument("schema", choices=("document", "comparison", "datapackage"), help="which of them")
    add_completion(commands)
    return parser


def _run(options: argparse.Namespace) -> int:
    from pipeline.tables import formats_for

    formats_for(options.output, options.formats)
    return run_command(options, options.line, _finish)


def _retry(options: argparse.Namespace) -> int:
    return retry_command(options, command_line().parse_args, _finish)


def _finish(options: argparse.Namespace, _: Account) -> None:
    from pipeline.tables import formats_for, out_of_date, write_formats

    write_formats(options.output, out_of_date(options.output, formats_for(options.output, options.formats)))
    if getattr(options, "report", False):
        from pipeline.report.command import write_reports

        write_reports(options.output)


def _tables(options: argparse.Namespace) -> int:
    sys.stdout.write(run_tables(options))
    sys.stdout.flush()
    return 0


def _export(options: argparse.Namespace) -> int:
    sys.stdout.write(run_export(options))
    sys.stdout.flush()
    return 0


def _report(options: argparse.Namespace) -> int:
    sys.stdout.write(report_command(options))
    sys.stdout.flush()
    return 0


def _schema(options: argparse.Namespace) -> int:
    from schemas.generate import comparison_schema, datapackage, document_schema, dump

    schemas = {"document": document_schema, "comparison": comparison_schema, "datapackage": datapackage}
    sys.stdout.write(dump(schemas[options.schema]()))
    sys.stdout.flush()
    return 0


def _completion(options: argparse.Namespace) -> int:
    return completion_command(options.shell, command_line())


_COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "run": _run,
    "retry": _retry,
    "status": status_command,
    "compare": compare_command,
    "history": history_command,
    "tables": _tables,
    "export": _export,
    "report": _report,
    "schema": _schema,
    "completion": _completion,
}


if __name__ == "__main__":
    sys.exit(main())
