"""The command line: ``main(argv)`` parses, runs and prints, and returns the exit status."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from datetime import datetime, timezone
from difflib import get_close_matches
from pathlib import Path
from typing import Final, NoReturn, TextIO

from feedlint import __version__, catalogue
from feedlint.catalogue import Catalogue
from feedlint.config import Settings
from feedlint.engine import Engine
from feedlint.explain import as_json, explain, in_a_line
from feedlint.files import NotThere, in_scope, looks_like_record
from feedlint.formats import FORMATS
from feedlint.formats.text import visible
from feedlint.report import FileReport, Report
from feedlint.repository import is_readme
from feedlint.rule import Rule
from feedlint.rules import RULES, matching, select
from feedlint.schema import SchemaError

OK, FAILED, INTERRUPTED = 0, 2, 130

_EPILOG = """\
other commands:
  feedlint rule [CODE|NAME]    list the rules, or explain one
  feedlint schema [NAME]       list the schemas, or print one

exit status:
  0  nothing left to report
  1  findings are left (also under --diff)
  2  the job could not be done: wrong usage, a file that cannot be read or written

A file or folder called "rule" or "schema" is given as ./rule or ./schema.
"""
# Below this many files a run is over before a person could read a progress bar.
_PROGRESS_FROM: Final = 500


class UsageError(Exception):
    """Something on the command line that cannot be carried out."""


def run() -> NoReturn:
    """Run as a program: exit with the status of :func:`main`, quietly when interrupted or when nobody reads on."""
    try:
        status = main(sys.argv[1:])
        sys.stdout.flush()
    except KeyboardInterrupt:
        status = INTERRUPTED
    except OSError as error:
        # The reader (head, less) has gone, or the disk is full. Python would complain at exit when it flushes what is
        # left; give it a way out.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            print(f"feedlint: error: cannot write to standard output: {error.strerror}", file=sys.stderr)
        status = FAILED
    sys.exit(status)


def main(argv: Sequence[str]) -> int:
    """Run ``feedlint`` with the arguments *argv*; return the exit status.

    Raises nothing but SystemExit (``--help``, ``--version``, wrong usage), KeyboardInterrupt and BrokenPipeError.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # what a terminal cannot show must not stop the report
            stream.reconfigure(errors="backslashreplace")
    try:
        if argv[:1] == ["rule"]:
            return _rule(argv[1:])
        if argv[:1] == ["schema"]:
            return _schema(argv[1:])
        return _check(argv)
    except UsageError as error:
        print(f"feedlint: error: {error}", file=sys.stderr)
        return FAILED


# --- feedlint [PATHS] --------------------------------------------------------------------------------------


def _parser() -> argparse.ArgumentParser:
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


def _check(argv: Sequence[str]) -> int:
    options = _parser().parse_args(argv)
    if options.unsafe_fixes and not (options.fix or options.diff):
        raise UsageError("--unsafe-fixes needs --fix or --diff")
    if options.fix and options.diff:
        raise UsageError("--fix writes and --diff does not: choose one")
    if options.output_format and (options.diff or options.statistics):
        raise UsageError("--output-format is for findings: leave it out with --diff and --statistics")
    settings = Settings(
        rules=_rules(options),
        fix=options.fix or options.diff,
        unsafe_fixes=options.unsafe_fixes,
        write=options.fix,
        today=options.today or datetime.now(timezone.utc),
        schemas=_schemas(options.schema),
    )
    if "-" in options.paths:
        return _check_stdin(options, settings)
    if options.stdin_filename:
        raise UsageError('--stdin-filename goes with "-"')
    try:
        paths = in_scope(options.paths or ["."], settings.schemas)
    except NotThere as error:
        raise UsageError(f"{error}: no such file or folder") from None
    paths = [path for path in paths if not _passed_over(path)]
    if options.show_files:
        print(*(visible(path) for path in paths), sep="\n", end="\n" if paths else "")
        return OK
    if not paths:
        print("feedlint: warning: no feed files found", file=sys.stderr)
    if options.output_file and os.path.realpath(options.output_file) in map(os.path.realpath, paths):
        raise UsageError(f"{options.output_file} is one of the files to check: write the findings elsewhere")
    engine = Engine(settings)
    reports = list(_with_progress(engine.files(paths), len(paths), quiet=options.quiet))
    report = Report(engine.conclude(reports), unsafe_fixes=options.unsafe_fixes, wrote=options.fix)
    _print(report, options)
    return report.exit_status


def _moment(text: str) -> datetime:
    """Return the time that *text* (``2021-03-02`` or ``2021-03-02T08:00:00Z``) names, in UTC."""
    try:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date: write 2021-03-02, or 2021-03-02T08:00:00Z") from None
    return moment.astimezone(timezone.utc) if moment.tzinfo else moment.replace(tzinfo=timezone.utc)


def _schemas(paths: Sequence[str]) -> Catalogue:
    try:
        return Catalogue([catalogue.read(Path(path)) for path in paths]) if paths else catalogue.shipped()
    except SchemaError as error:
        raise UsageError(f"--schema: {error}") from None


def _rules(options: argparse.Namespace) -> list[Rule]:
    chosen, extended, ignored = (
        [name.strip() for value in values for name in value.split(",")]
        for values in (options.select, options.extend_select, options.ignore)
    )
    if "" in (*chosen, *extended, *ignored):
        raise UsageError("a rule to select or to ignore is empty: name one, or leave the option out")
    try:
        return select(chosen, extended, ignored)
    except KeyError as error:
        raise UsageError(f"no rule {error.args[0]!r}{_meant(error.args[0])}") from None


def _meant(name: str) -> str:
    """Return ", did you mean …?" for the *name* of a rule that there is not, or ""."""
    known = [text for rule in RULES for text in (rule.code, rule.name)]
    close = get_close_matches(name.upper(), known, 1) or get_close_matches(name.lower(), known, 1)
    return f", did you mean {close[0]!r}?" if close else ""


def _passed_over(path: str) -> bool:
    """Tell whether *path* is a README that is no record; say so, since it was named."""
    if not is_readme(path):
        return False
    with suppress(OSError), open(path, "rb") as file:
        if looks_like_record(file.read(4096)):
            return False
    print(f"feedlint: note: {visible(path)} is a README, passed over", file=sys.stderr)
    return True


def _check_stdin(options: argparse.Namespace, settings: Settings) -> int:
    if len(options.paths) > 1:
        raise UsageError('"-" goes alone')
    name = options.stdin_filename or "<stdin>"
    if options.show_files:
        print(visible(name))
        return OK
    engine = Engine(settings)
    report, result = engine.data(sys.stdin.buffer.read(), name)
    if options.fix:  # the repaired file takes standard output, the findings make way
        sys.stdout.buffer.write(result)
        sys.stdout.buffer.flush()
    whole = Report([report], unsafe_fixes=options.unsafe_fixes, wrote=options.fix)
    _print(whole, options, sys.stderr if options.fix else sys.stdout)
    return whole.exit_status


def _with_progress(reports: Iterable[FileReport], total: int, *, quiet: bool) -> Iterator[FileReport]:
    if quiet or total < _PROGRESS_FROM or not sys.stderr.isatty():
        yield from reports
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(reports, "Checking", total, transient=True, console=Console(stderr=True))


# --- output ------------------------------------------------------------------------------------------------


def _print(report: Report, options: argparse.Namespace, stream: TextIO | None = None) -> None:
    try:
        with _output(options.output_file, stream or sys.stdout) as output:
            color = _color(options.color, output)
            if options.statistics:
                from feedlint.formats import statistics

                statistics.write(report, output)
            elif options.diff:
                from feedlint.formats import diff

                diff.write(report, output, color=color)
                if not options.quiet:
                    diff.write_notes(report, sys.stderr, color=_color(options.color, sys.stderr))
            else:
                FORMATS[options.output_format or "full"](report, output, color=color, quiet=options.quiet)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise UsageError(f"cannot write {options.output_file or 'to standard output'}: {error.strerror}") from None


def _output(name: str | None, stream: TextIO) -> AbstractContextManager[TextIO]:
    if name is None:
        return nullcontext(stream)
    return open(name, "w", encoding="utf-8", errors="backslashreplace", newline="\n")


def _color(choice: str, stream: TextIO) -> bool:
    """Tell whether to use colour: --color, then NO_COLOR (no-color.org), then FORCE_COLOR, then the terminal."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (stream.isatty() and os.environ.get("TERM") != "dumb")


# --- feedlint rule, feedlint schema ------------------------------------------------------------------------


def _rule(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="feedlint rule", description="List the rules, or explain one.")
    parser.add_argument("rule", nargs="?", metavar="CODE|NAME")
    parser.add_argument("--output-format", choices=("text", "json"), default="text", help="how (default: text)")
    options = parser.parse_args(argv)
    name = options.rule
    found = matching(name) if name is not None else list(RULES)
    if not found:
        raise UsageError(f"no rule {name!r}{_meant(name)}")
    if options.output_format == "json":
        print(as_json(found), end="")
    elif len(found) == 1:
        print(explain(found[0]))
    else:
        print(*map(in_a_line, found), sep="\n")
    return OK


def _schema(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="feedlint schema", description="List the schemas, or print one.")
    parser.add_argument("name", nargs="?", metavar="NAME")
    name = parser.parse_args(argv).name
    if name is None:
        print(*catalogue.names(), sep="\n")
        return OK
    try:
        print(catalogue.text(name), end="")
    except KeyError:
        raise UsageError(f"no schema {name!r}: there are {', '.join(catalogue.names())}") from None
    return OK
