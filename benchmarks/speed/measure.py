"""Commands and what they take: one run, one whose processes are watched, and pairs of runs in turn."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Final, NamedTuple

from benchmarks.speed.processes import Memory, Watch, can_be_seen

_LAUNCH: Final = Path(__file__).with_name("launch.py")
_WELL: Final = (0, 1)


class Command(NamedTuple):
    """What to run, in which folder, and what goes into the environment besides that of this process.

    *well* are the exit statuses of a run that did its job; *files* is how many files it looks at, 0 for all of them.
    """

    arguments: Sequence[str]
    folder: Path
    environment: Mapping[str, str] = {}
    well: Sequence[int] = _WELL
    files: int = 0


class Run(NamedTuple):
    """What a run took: seconds by the clock, and memory.

    That is the peak of its largest process in MiB, 0 where it is not known; of a run that was watched, the peak of
    all its processes together, if that is more, and the most of them that there were.
    """

    seconds: float
    mebibytes: float
    processes: int = 1


_BROKEN: Final = b"Traceback (most recent call last)"


class Failed(Exception):
    """A command that could not be run, or ended with another status than 0 or 1; and what it said."""


class Ratio(NamedTuple):
    """How many times as long the second of two commands takes: the median of *pairs*, the least, the greatest."""

    median: float
    least: float
    greatest: float
    pairs: int

    def times(self, factor: float) -> Ratio:
        """Return it *factor* times as great."""
        return Ratio(self.median * factor, self.least * factor, self.greatest * factor, self.pairs)

    def __str__(self) -> str:
        return f"{_short(self.median)} ({_short(self.least)}–{_short(self.greatest)})"


def once(command: Command) -> Run:
    """Run *command*; return what it took. Raises :class:`Failed`."""
    return _run(command, is_watched=False)


def watched(command: Command) -> Run:
    """Run *command* and look at its processes meanwhile, where they can be seen, which may slow it down a little.

    Raises :class:`Failed`.
    """
    return _run(command, is_watched=can_be_seen())


def _run(command: Command, *, is_watched: bool) -> Run:
    environment = {**os.environ, **command.environment}
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        launch = [sys.executable, "-I", "-S", str(_LAUNCH), str(log), *command.arguments]
        with subprocess.Popen(
            launch, cwd=command.folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as process:
            seen = _looked_at(process) if is_watched else None
            said, errors = process.communicate()
        if process.returncode:
            raise Failed(f"{command.arguments[0]}: cannot be run: {errors.strip().splitlines()[-1:]}")
        found = json.loads(said)
        if found["status"] not in command.well:
            said = log.read_text(encoding="utf-8", errors="replace")[-2000:].strip()
            raise Failed(f"{' '.join(command.arguments[:4])} … ended with status {found['status']}\n{said}")
        if _BROKEN in log.read_bytes():  # with the status of one that has found something
            raise Failed(f"{' '.join(command.arguments[:4])} … broke off")
    largest = found["kibibytes"] / 1024
    return Run(found["seconds"], largest) if seen is None else Run(found["seconds"], max(largest, seen[0]), seen[1])


def _looked_at(process: subprocess.Popen[str]) -> Memory:
    """Return what the processes below *process* have, once it has ended."""
    watch = Watch(process.pid)
    watch.start()
    process.wait()  # what it says is short, and waits in the pipe
    return watch.stop()


def pairs(first: Callable[[], Run], second: Callable[[], Run], count: int) -> tuple[Ratio, list[Run], list[Run]]:
    """Run *first* and *second* in turn *count* times; return how they compare, and the runs of each."""
    runs = [(first(), second()) for _ in range(count)]
    ratios = [b.seconds / a.seconds for a, b in runs]
    ratio = Ratio(median(ratios), min(ratios), max(ratios), count)
    return ratio, [a for a, _ in runs], [b for _, b in runs]


def seconds(runs: Sequence[Run]) -> float:
    """Return the median of the seconds that *runs* took."""
    return median(run.seconds for run in runs)


def peak(runs: Sequence[Run]) -> float:
    """Return the most memory of *runs*, in MiB."""
    return max(run.mebibytes for run in runs)


def _short(number: float) -> str:
    return f"{number:.0f}" if number >= 10 else f"{number:.1f}" if number >= 1 else f"{number:.2f}"
