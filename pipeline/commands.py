"""What all commands of the command line have in common: a description, and examples below the help."""

from __future__ import annotations

import argparse
from typing import Any, Final

EXAMPLES: Final[dict[str, dict[str, str]]] = {
    "run": {
        "ratsplan run vorlage.pdf": "one paper, into output/",
        "ratsplan run vorlagen/ --output plaene --report": "a folder, with review pages",
        "ratsplan run 'vorlagen/2025*.pdf' --jobs 2 --excel": "a glob, and tables for Excel",
        "ratsplan run https://oparl.example.org/system --log-format json": "a whole council, for a nightly job",
        "ratsplan run entwurf2.pdf --profile kiel.toml --actors kiel-akteure.toml": "with a town's own words",
    },
    "retry": {
        "ratsplan retry": "what failed in output/",
        "ratsplan retry plaene --jobs 1": "in another folder, one document at a time",
    },
    "status": {
        "ratsplan status": "how output/ stands",
        "ratsplan status plaene --json": "for a program that watches it",
    },
    "report": {
        "ratsplan report": "review pages for output/, then open output/report.html",
        "ratsplan report --output plaene": "for another folder",
    },
    "compare": {
        "ratsplan compare entwurf1.pdf entwurf2.pdf": "on the terminal",
        "ratsplan compare entwurf1.pdf entwurf2.pdf --format html --output was-neu-ist.html": "a page to pass on",
        "ratsplan compare alt/document.json neu/document.json --format csv": "from records, a line a changed field",
        "ratsplan compare 1.pdf 2.pdf 3.pdf --exit-code": "step by step; ends with 1 where anything changed",
    },
    "history": {
        "ratsplan history output": "the measures of all plans",
        "ratsplan history output vo-2025-246-a5b7ee62-m008": "the story of one measure",
        "ratsplan history output --format csv": "for a spreadsheet",
    },
    "tables": {
        "ratsplan tables --excel": "a workbook and CSV files in output/excel/",
        "ratsplan tables plaene --parquet --sqlite": "for pandas, DuckDB and SQL",
    },
    "export": {
        "ratsplan export markdown vorlage.pdf": "a plan as text",
        "ratsplan export decidim plaene --output decidim.csv": "accountability results, ready to import",
        "ratsplan export oparl plaene --set base=https://oparl.example.org": "with a setting of the target",
    },
    "schema": {
        "ratsplan schema document": "the JSON Schema of document.json",
        "ratsplan schema datapackage": "the types and keys of the CSV files",
    },
    "completion": {
        'eval "$(ratsplan completion bash)"': "in ~/.bashrc",
        'eval "$(ratsplan completion zsh)"': "in ~/.zshrc, below compinit",
        "ratsplan completion fish > ~/.config/fish/completions/ratsplan.fish": "once",
    },
}
"""Lines that a user may type, by command, and what each is for."""


def add_command(commands: Any, name: str, told: str, epilog: str = "") -> argparse.ArgumentParser:
    """A command among the subparsers `commands`: `told` says what it does; its help ends with examples and `epilog`."""
    lines = [f"  {line}\n      {purpose}" for line, purpose in EXAMPLES[name].items()]
    parser: argparse.ArgumentParser = commands.add_parser(
        name,
        help=told,
        description=f"{told[0].upper()}{told[1:]}.",
        epilog="\n".join(["examples:", *lines, *([f"\n{epilog}"] if epilog else [])]),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    return parser
