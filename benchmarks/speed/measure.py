"""Commands and what they take: one run, pairs of runs in turn, and how many processes there are."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from statistics import median
from typing import Final, NamedTuple

_LAUNCH: Final = Path(__file__).with_name("launch.py")
_WELL: Final = (0, 1)
_EVERY: Final = 0.01
_PAGE: Final = 4096


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
    """What a run took: seconds by the clock, and the peak memory of its largest process in MiB (0: not known)."""

    seconds: float
    mebibytes: float


class Failed(Exception):
    """A command that could not be run, or ended with another status than 0 or 1; and what it said."""


class Ratio(NamedTuple):
    """How many times as long the second of two commands takes: the median of the pairs, the least, the greatest."""

    median: float
    least: float
    greatest: float

    def __str__(self) -> str:
        return f"{_short(self.median)} ({_short(self.least)}–{_short(self.greatest)})"


def once(command: Command) -> Run:
    """Run *command*; return what it took. Raises :class:`Failed`."""
    environment = {**os.environ, **command.environment}
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        launch = [sys.executable, "-I", "-S", str(_LAUNCH), str(log), *command.arguments]
        done = subprocess.run(launch, cwd=command.folder, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise Failed(f"{command.arguments[0]}: cannot be run: {done.stderr.strip().splitlines()[-1:]}")
        found = json.loads(done.stdout)
        if found["status"] not in command.well:
            said = log.read_text(encoding="utf-8", errors="replace")[-2000:].strip()
            raise Failed(f"{' '.join(command.arguments[:4])} … ended with status {found['status']}\n{said}")
    return Run(found["seconds"], found["kibibytes"] / 1024)


def pairs(first: Callable[[], Run], second: Callable[[], Run], count: int) -> tuple[Ratio, list[Run], list[Run]]:
    """Run *first* and *second* in turn *count* times; return how they compare, and the runs of each."""
    runs = [(first(), second()) for _ in range(count)]
    ratios = [b.seconds / a.seconds for a, b in runs]
    ratio = Ratio(median(ratios), min(ratios), max(ratios))
    return ratio, [a for a, _ in runs], [b for _, b in runs]


def seconds(runs: Sequence[Run]) -> float:
    """Return the median of the seconds that *runs* took."""
    return median(run.seconds for run in runs)


def peak(runs: Sequence[Run]) -> float:
    """Return the most memory of *runs*, in MiB."""
    return max(run.mebibytes for run in runs)


def tree(command: Command) -> tuple[int, float] | None:
    """Run *command* and look at its processes meanwhile; return the most there were, and their peak sum in MiB.

    Memory that processes share is counted in each. None where the system does not show processes (``/proc``).
    """
    if not os.path.exists("/proc/self/statm"):
        return None
    most, peak_sum, over = 1, 0.0, threading.Event()
    null = subprocess.DEVNULL
    process = subprocess.Popen(
        command.arguments, cwd=command.folder, env={**os.environ, **command.environment}, stdin=null, stdout=null,
        stderr=null,
    )  # fmt: skip

    def look() -> None:
        nonlocal most, peak_sum
        while not over.is_set():
            sizes = [_resident(each) for each in _below(process.pid)]
            most, peak_sum = max(most, len(sizes)), max(peak_sum, sum(sizes))
            time.sleep(_EVERY)

    watcher = threading.Thread(target=look)
    watcher.start()
    process.wait()
    over.set()
    watcher.join()
    return most, peak_sum


def _below(process: int) -> list[int]:
    """Return *process* and all that it has started, and they."""
    found = [process]
    for each in found:
        with suppress(OSError):
            for thread in os.listdir(f"/proc/{each}/task"):
                with open(f"/proc/{each}/task/{thread}/children", encoding="ascii") as file:
                    found += map(int, file.read().split())
    return found


def _resident(process: int) -> float:
    with suppress(OSError, IndexError), open(f"/proc/{process}/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * _PAGE / 1024**2
    return 0.0


def _short(number: float) -> str:
    return f"{number:.0f}" if number >= 10 else f"{number:.1f}" if number >= 1 else f"{number:.2f}"
