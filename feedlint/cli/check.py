"""``feedlint [PATHS]``: check, and repair."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timezone
from pathlib import Path

from feedlint import catalogue
from feedlint.catalogue import Catalogue
from feedlint.cli.options import parser
from feedlint.cli.output import outputs, refuse_bad_files, show
from feedlint.cli.progress import collect
from feedlint.cli.usage import OK, UsageError, meant
from feedlint.config import Settings
from feedlint.engine import Engine
from feedlint.files import NotThere, in_scope, looks_like_record
from feedlint.formats.text import visible
from feedlint.report import Report
from feedlint.repository import is_readme
from feedlint.rule import Rule
from feedlint.rules import select
from feedlint.schema import SchemaError


def main(argv: Sequence[str]) -> int:
    """Run the command with *argv*; return the exit status."""
    options = parser().parse_args(argv)
    if options.unsafe_fixes and not (options.fix or options.diff):
        raise UsageError("--unsafe-fixes needs --fix or --diff")
    if options.fix and options.diff:
        raise UsageError("--fix writes and --diff does not: choose one")
    outputs(options)  # before anything is read
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
    refuse_bad_files(options, paths)
    engine = Engine(settings)
    reports = collect(engine.files(paths), len(paths), quiet=options.quiet, color=options.color, wrote=options.fix)
    report = Report(engine.conclude(reports), unsafe_fixes=options.unsafe_fixes, wrote=options.fix)
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
    refuse_bad_files(options, [name])
    engine = Engine(settings)
    report, result = engine.data(sys.stdin.buffer.read(), name)
    if options.fix:  # the repaired file takes standard output, the findings make way
        sys.stdout.buffer.write(result)
        sys.stdout.buffer.flush()
    whole = Report([report], unsafe_fixes=options.unsafe_fixes, wrote=options.fix)
    show(whole, options, sys.stderr if options.fix else sys.stdout)
    return whole.exit_status
