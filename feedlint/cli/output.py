"""Where the findings go, and how."""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import AbstractContextManager, nullcontext
from typing import TextIO

from feedlint.cli.usage import UsageError
from feedlint.formats import FORMATS
from feedlint.report import Report


def show(report: Report, options: argparse.Namespace, stream: TextIO | None = None) -> None:
    """Write *report* as *options* ask: to their file, or to *stream* (default: standard output)."""
    try:
        with _output(options.output_file, stream or sys.stdout) as output:
            color = wants_color(options.color, output)
            if options.statistics:
                from feedlint.formats import statistics

                statistics.write(report, output)
            elif options.diff:
                from feedlint.formats import diff

                diff.write(report, output, color=color)
                if not options.quiet:
                    diff.write_notes(report, sys.stderr, color=wants_color(options.color, sys.stderr))
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


def wants_color(choice: str, stream: TextIO) -> bool:
    """Tell whether to use colour: --color, then NO_COLOR (no-color.org), then FORCE_COLOR, then the terminal."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (stream.isatty() and os.environ.get("TERM") != "dumb")
