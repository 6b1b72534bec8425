"""The options of ``feedlint [PATHS]``."""

from __future__ import annotations

import argparse
from datetime import datetime, timezone

from feedlint import __version__
from feedlint.cli.choice import add_choice
from feedlint.formats import FORMATS

_EPILOG = """\
other commands:
  feedlint rule [CODE|NAME]    list the rules, or explain one
  feedlint schema [NAME]       list the schemas, or print one
  feedlint config [PATH]       what the configuration says for a file or folder, and where

exit status:
  0  nothing left to report
  1  findings are left (also under --diff)
  2  the job could not be done: wrong usage or configuration, a file that cannot be read or written

A file or folder called "rule", "schema" or "config" is given as ./rule, ./schema or ./config.
"""


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command's arguments."""
    parser = argparse.ArgumentParser(
        prog="feedlint",
        description="Find the records of a news feed that its readers would lose or misread, and repair them.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("paths", nargs="*", metavar="PATH", help='files and folders (default: the current folder); "-": standard input')
    add("--fix", action="store_true", help="make the safe repairs")
    add("--unsafe-fixes", action="store_true", help="with --fix or --diff: make the unsafe repairs too")
    add("--diff", action="store_true", help="show what --fix would change, and write nothing")
    add_choice(parser)
    known = parser.add_mutually_exclusive_group()
    known.add_argument("--baseline", metavar="FILE", help="do not report the findings that FILE knows")
    known.add_argument("--no-baseline", action="store_true", help="report what a baseline knows, too")
    add("--write-baseline", action="store_true", help="make all present findings known to the baseline")
    add("--prune-baseline", action="store_true", help="take out of the baseline what is not found any more")
    add("--today", type=_moment, metavar="DATE", help="the day, or time, to judge dates against (default: now)")
    add("--output-format", choices=tuple(FORMATS), help="how to show findings (default: full)")
    add("--output-file", metavar="FILE", help="write the findings to FILE, not to standard output")
    add("--stdin-filename", metavar="NAME", help='the file name to use for "-"')
    add("--show-files", action="store_true", help="list the files in scope, and stop")
    add("--statistics", action="store_true", help="count the findings of each rule, instead of showing them")
    add("--quiet", "-q", action="store_true", help="show findings and nothing else")
    add("--color", choices=("auto", "always", "never"), default="auto", help="colour (default: auto)")
    add("--version", action="version", version=f"feedlint {__version__}")
    return parser


def _moment(text: str) -> datetime:
    """Return the time that *text* (``2021-03-02`` or ``2021-03-02T08:00:00Z``) names, in UTC."""
    try:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date: write 2021-03-02, or 2021-03-02T08:00:00Z") from None
    return moment.astimezone(timezone.utc) if moment.tzinfo else moment.replace(tzinfo=timezone.utc)
