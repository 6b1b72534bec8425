"""How far a run is, for a person who waits at a terminal."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from typing import Final

from feedlint.cli.output import wants_color
from feedlint.report import FileReport

# Seconds: what is over sooner needs no bar.
_PATIENCE: Final = 1.0


def collect(
    reports: Iterable[FileReport], total: int, *, quiet: bool, color: str = "auto", wrote: bool = False
) -> list[FileReport]:
    """Return *reports*, *total* of them, as they are made; if that takes a while, show on standard error how far it is.

    Never where nobody watches: in a pipe, a dumb terminal, a CI job, or if *quiet*. *color* is what the command line
    says. An interrupt is raised as a KeyboardInterrupt that says how far the run came, and, if it *wrote*, what of
    the repairs.
    """
    done: list[FileReport] = []
    watched = not quiet and sys.stderr.isatty() and os.environ.get("TERM") != "dumb" and not os.environ.get("CI")
    began = time.monotonic()
    advance: Callable[[int], None] | None = None
    with ExitStack() as stack:
        try:
            for report in reports:
                done.append(report)
                if watched and advance is None and time.monotonic() - began > _PATIENCE:
                    advance = _bar(stack, total, color)
                if advance is not None:
                    advance(len(done))
        except KeyboardInterrupt:
            stay = "; files already repaired stay repaired" if wrote else ""
            raise KeyboardInterrupt(f"{len(done)} of {total} files were checked{stay}") from None
    return done


def _bar(stack: ExitStack, total: int, color: str) -> Callable[[int], None]:
    """Show a bar until *stack* ends, which leaves nothing of it; return what moves it."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = TextColumn("Checking"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    console = Console(stderr=True, no_color=not wants_color(color, sys.stderr))
    progress = stack.enter_context(Progress(*columns, console=console, transient=True, redirect_stdout=False))
    task = progress.add_task("", total=total)
    return lambda count: progress.update(task, completed=count)
