"""The options of ``feedlint [PATHS]``."""

from __future__ import annotations

import argparse
from datetime import datetime, timezone
from functools import partial

from feedlint import __version__
from feedlint.cli import changes, kept, workers
from feedlint.cli.choice import add_choice
from feedlint.cli.parser import Parser
from feedlint.formats import FORMATS

_EPILOG = """\
other commands, each with a --help of its own:
  feedlint rule [CODE|NAME]            list the rules, or explain one
  feedlint schema [SCHEMA]             list the schemas, or print one
  feedlint config [PATH]               what the configuration says for a file or folder, and where
  feedlint init [FOLDER]               set a feed repository up: configuration, baseline, hook, CI
  feedlint clean                       delete what is kept of files from earlier runs
  feedlint completion bash|zsh|fish    print the script that lets a shell complete all this

exit status:
  0  nothing left to report
  1  findings are left (also under --diff)
  2  the job could not be done: wrong usage or configuration, a file that cannot be read or written

A file or folder that is called as a command is given as ./rule.
"""


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command's arguments."""
    parser = Parser(
        prog="feedlint",
        usage="feedlint [PATH ...] [OPTION ...]",
        description="Find the records of a news feed that its readers would lose or misread, and repair them.",
        epilog=_EPILOG,
        formatter_class=partial(argparse.RawDescriptionHelpFormatter, max_help_position=28),
        add_help=False,
    )

    add = parser.add_argument_group("what to check").add_argument
    add(
        "paths",
        nargs="*",
        metavar="PATH",
        help='files, folders, URLs (default: the current folder); "-": standard input',
    )
    add("--stdin-filename", metavar="NAME", help='the file name to use for "-"')
    add("--show-files", action="store_true", help="list the files in scope, and stop")

    changes.add_options(parser.add_argument_group("what has changed").add_argument)

    add = parser.add_argument_group("for what").add_argument
    add_choice(add)
    add("--today", type=_moment, metavar="DATE", help="the day, or time, to judge dates against (default: now)")

    group = parser.add_argument_group("what was there before")
    known = group.add_mutually_exclusive_group()
    known.add_argument("--baseline", metavar="FILE", help="do not report the findings that FILE knows")
    known.add_argument("--no-baseline", action="store_true", help="report what a baseline knows, too")
    add = group.add_argument
    add("--write-baseline", action="store_true", help="make all present findings known to the baseline")
    add("--prune-baseline", action="store_true", help="take out of the baseline what is not found any more")

    add = parser.add_argument_group("repair").add_argument
    add("--fix", action="store_true", help="make the safe repairs")
    add("--unsafe-fixes", action="store_true", help="with --fix or --diff: make the unsafe repairs too")
    add("--diff", action="store_true", help="show what --fix would change, and write nothing")

    kept.add_options(parser.add_argument_group("what earlier runs have found").add_argument)

    add = parser.add_argument_group("output").add_argument
    formats = ", ".join(FORMATS)
    add("--output-format", action="append", default=[], metavar="FORMAT[=FILE]", help=f"{formats}; may be repeated")
    add("--output-file", metavar="FILE", help="write to FILE what would go to standard output")
    add("--statistics", action="store_true", help="count the findings of each rule, instead of showing them")
    add("--quiet", "-q", action="store_true", help="show findings and nothing else")
    add("--color", choices=("auto", "always", "never"), default="auto", help="colour (default: auto)")

    workers.add_options(parser.add_argument_group("who does the work").add_argument)

    add = parser.add_argument_group("about feedlint").add_argument
    add("--help", "-h", action="help", help="show this, and stop")
    add("--version", action="version", version=f"feedlint {__version__}", help="show the version, and stop")
    return parser


def _moment(text: str) -> datetime:
    """Return the time that *text* (``2021-03-02`` or ``2021-03-02T08:00:00Z``) names, in UTC."""
    try:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date: write 2021-03-02, or 2021-03-02T08:00:00Z") from None
    return moment.astimezone(timezone.utc) if moment.tzinfo else moment.replace(tzinfo=timezone.utc)
