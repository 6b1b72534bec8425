"""``feedlint schema``: list the schemas, or print one."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from feedlint import catalogue
from feedlint.cli.parser import Parser
from feedlint.cli.usage import OK, UsageError


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command's arguments."""
    parser = Parser(prog="feedlint schema", description="List the schemas, or print one.")
    parser.add_argument("name", nargs="?", metavar="SCHEMA", help="print this one")
    return parser


def main(argv: Sequence[str]) -> int:
    """Run the command with *argv*; return the exit status."""
    name = parser().parse_args(argv).name
    if name is None:
        print(*catalogue.names(), sep="\n")
        return OK
    try:
        print(catalogue.text(name), end="")
    except KeyError:
        raise UsageError(f"no schema {name!r}: there are {', '.join(catalogue.names())}") from None
    return OK
