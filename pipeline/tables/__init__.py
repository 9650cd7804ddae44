"""The tables of an output folder in further forms: Parquet, Excel, SQLite.

All are made from the CSV files of the folder, which are the one account of the rows; `frames` alone makes its rows from
documents that are still in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from pipeline.options import TABLE_FORMATS, TableFormat
from schemas.errors import OutputError, SourceError

PATHS: dict[TableFormat, str] = {"parquet": "parquet", "excel": "excel", "sqlite": "ratsplan.sqlite"}
"""What each form leaves in the output folder."""
_NEEDS: dict[TableFormat, str] = {"parquet": "pyarrow", "excel": "xlsxwriter"}


def formats_for(output: Path, asked: Collection[TableFormat]) -> list[TableFormat]:
    """The forms to write: those asked for, and those that an earlier run left, which would be out of date otherwise.

    Raises OutputError, before any work is done, where one of them needs a package that is not installed.
    """
    wanted = [name for name in TABLE_FORMATS if name in asked or (output / PATHS[name]).exists()]
    for name in wanted:
        package = _NEEDS.get(name)
        if package is not None and find_spec(package) is None:
            raise OutputError(
                f"{output / PATHS[name]}: {package} is not installed, which writes it; install ratsplan[tables]"
                + ("" if name in asked else ", or delete it")
            )
    return wanted


def out_of_date(output: Path, formats: Collection[TableFormat]) -> list[TableFormat]:
    """Those of the forms that are missing or older than a CSV file of the folder."""
    newest = max((path.stat().st_mtime_ns for path in output.glob("*.csv")), default=0)
    return [name for name in formats if _written(output / PATHS[name]) <= newest]


def _written(path: Path) -> int:
    """When the oldest file of a form was written, in nanoseconds; 0 where there is none."""
    files = [path] if path.is_file() else list(path.glob("*")) if path.is_dir() else []
    return min((file.stat().st_mtime_ns for file in files), default=0)


def write_formats(output: Path, formats: Collection[TableFormat]) -> None:
    """Write the tables of an output folder in further forms, from its CSV files, one row at a time.

    Raises SourceError where the CSV files are missing or were changed by hand, and OutputError where nothing can be
    written. The same CSV files give the same bytes.
    """
    if formats and not (output / "documents.csv").is_file():
        raise SourceError(f"{output}: has no tables; `ratsplan run INPUT --output {output}` makes them")
    for name in TABLE_FORMATS:
        if name in formats:
            write: Callable[[Path], None] = import_module(f"pipeline.tables.{name}").write
            write(output)
