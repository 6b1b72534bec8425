"""The options of ``feedlint [PATHS]``."""

from __future__ import annotations

import argparse
from datetime import datetime, timezone

from feedlint import __version__
from feedlint.formats import FORMATS

_EPILOG = """\
other commands:
  feedlint rule [CODE|NAME]    list the rules, or explain one
  feedlint schema [NAME]       list the schemas, or print one
  feedlint init [FOLDER]       set a feed repository up: configuration, baseline, hook, CI

exit status:
  0  nothing left to report
  1  findings are left (also under --diff)
  2  the job could not be done: wrong usage, a file that cannot be read or written

A file or folder called as a command is given with its folder: ./rule.
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
    add("--select", action="append", default=[], metavar="RULES", help="run only these (codes, prefixes, names, ALL)")
    add("--extend-select", action="append", default=[], metavar="RULES", help="run these rules as well")
    add("--ignore", action="append", default=[], metavar="RULES", help="do not run these rules")
    add("--schema", action="append", default=[], metavar="FILE", help="a JSON Schema of your own for some collections")
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
