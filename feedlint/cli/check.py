"""``feedlint [PATHS]``: check, and repair."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timezone
from pathlib import Path
from typing import Final

from feedlint import catalogue
from feedlint.catalogue import Catalogue
from feedlint.changes import Part
from feedlint.cli import changes
from feedlint.cli.options import parser
from feedlint.cli.output import show
from feedlint.cli.usage import OK, UsageError, meant
from feedlint.config import Settings
from feedlint.engine import Engine
from feedlint.files import NotThere, in_scope, looks_like_record
from feedlint.formats.text import visible
from feedlint.report import FileReport, Report
from feedlint.repository import is_readme
from feedlint.rule import Rule
from feedlint.rules import select
from feedlint.schema import SchemaError

# Below this many files a run is over before a person could read a progress bar.
_PROGRESS_FROM: Final = 500


def main(argv: Sequence[str]) -> int:
    """Run the command with *argv*; return the exit status."""
    options = parser().parse_args(argv)
    if options.unsafe_fixes and not (options.fix or options.diff):
        raise UsageError("--unsafe-fixes needs --fix or --diff")
    if options.fix and options.diff:
        raise UsageError("--fix writes and --diff does not: choose one")
    if options.output_format and (options.diff or options.statistics):
        raise UsageError("--output-format is for findings: leave it out with --diff and --statistics")
    changed = changes.chosen(options)
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
    named = options.paths or ["."]
    staged = changed.not_on_disk(named) if changed else []
    try:
        paths = in_scope([path for path in named if path not in staged], settings.schemas)
    except NotThere as error:
        raise UsageError(f"{error}: no such file or folder") from None
    paths = [path for path in paths if not _passed_over(path)]
    part, notes = Part(paths), list[str]()
    if changed:
        part, notes = changes.part(changed, [*paths, *staged], list(filter(os.path.isdir, named)), settings.schemas)
        paths = list(part.paths)
    if options.show_files:
        print(*(visible(path) for path in paths), sep="\n", end="\n" if paths else "")
        return OK
    if not (paths or changed):
        print("feedlint: warning: no feed files found", file=sys.stderr)
    if options.output_file and os.path.realpath(options.output_file) in map(os.path.realpath, paths):
        raise UsageError(f"{options.output_file} is one of the files to check: write the findings elsewhere")
    engine = Engine(settings, read=changed.read, store=changed.store) if changed else Engine(settings)
    others = changes.others(changed, part, engine, new_only=options.new_only) if changed else ()
    reports = list(_with_progress(engine.files(paths), len(paths), quiet=options.quiet))
    if changed:
        changes.finish(changed)
    report = Report(engine.conclude(reports, others), options.unsafe_fixes, options.fix, notes)
    show(report, options)
    return report.exit_status


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
        raise UsageError(f"no rule {error.args[0]!r}{meant(error.args[0])}") from None


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
    show(whole, options, sys.stderr if options.fix else sys.stdout)
    return whole.exit_status


def _with_progress(reports: Iterable[FileReport], total: int, *, quiet: bool) -> Iterator[FileReport]:
    if quiet or total < _PROGRESS_FROM or not sys.stderr.isatty():
        yield from reports
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(reports, "Checking", total, transient=True, console=Console(stderr=True))
