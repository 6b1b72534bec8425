"""How far a run is, for a person who waits at a terminal."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Sequence

from feedlint.cli.output import wants_color
from feedlint.report import Files, Outcome
from feedlint.typed import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rich.progress import Progress

# Seconds: what is over sooner needs no bar.
_PATIENCE: Final = 1.0
# Seconds: moving the bar takes as long as checking a file.
_STEP: Final = 0.1


def collect(
    outcomes: Iterable[Outcome], paths: Sequence[str], *, quiet: bool, color: str = "auto", wrote: bool = False
) -> Files:
    """Return what came of the files at *paths*; if that takes a while, show on standard error how far it is.

    Never where nobody watches: in a pipe, a dumb terminal, a CI job, or if *quiet*. *color* is what the command line
    says. An interrupt is raised as a KeyboardInterrupt that says how far the run came, and, if it *wrote*, what of
    the repairs.
    """
    files = Files(paths)
    done, total = 0, len(files)
    watched = not quiet and sys.stderr.isatty() and os.environ.get("TERM") != "dumb" and not os.environ.get("CI")
    due = time.monotonic() + _PATIENCE
    bar: Progress | None = None
    try:
        for outcome in outcomes:
            files.put(done, outcome)
            done += 1
            if watched and (now := time.monotonic()) > due:
                if bar is None:
                    bar = _bar(total, color)
                    bar.start()  # which an interrupt may end halfway
                bar.update(bar.task_ids[0], completed=done)
                due = now + _STEP
    except KeyboardInterrupt:
        stay = "; files already repaired stay repaired" if wrote else ""
        raise KeyboardInterrupt(f"{done} of {total} files were checked{stay}") from None
    finally:
        if bar is not None:
            bar.stop()
    return files


def _bar(total: int, color: str) -> Progress:
    """Return a bar that is shown from its start until it is stopped, and leaves nothing then."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = TextColumn("Checking"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    console = Console(stderr=True, no_color=not wants_color(color, sys.stderr))
    progress = Progress(*columns, console=console, transient=True, redirect_stdout=False)
    progress.add_task("", total=total)
    return progress
