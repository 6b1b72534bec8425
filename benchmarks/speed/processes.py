"""How much memory a process and all that it starts have together, looked at while they run."""

from __future__ import annotations

import os
import threading
import time
from contextlib import suppress
from typing import Final, NamedTuple

_SELF: Final = "/proc/self/smaps_rollup"
_EVERY: Final = 0.01
_SHARE: Final = 10
"""Looking takes a tenth of the time at most: the more memory, the longer the system is held up by a look."""


class Memory(NamedTuple):
    """The most memory that the processes of a run had together, in MiB, and the most processes there were."""

    mebibytes: float
    processes: int


def can_be_seen() -> bool:
    """Tell whether this system shows the memory of processes (Linux does)."""
    return os.path.exists(_SELF)


class Watch(threading.Thread):
    """Looks at what *process* has started, until it is told to :meth:`stop`."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self._process = process
        self._over = threading.Event()
        self._found = Memory(0.0, 0)

    def run(self) -> None:
        """Look, again and again."""
        pause = 0.0
        while not self._over.wait(pause):
            start = time.perf_counter()
            below = _below(self._process)
            found = self._found
            self._found = Memory(max(found.mebibytes, sum(map(_memory, below))), max(found.processes, len(below)))
            pause = max(_EVERY, _SHARE * (time.perf_counter() - start))

    def stop(self) -> Memory:
        """Look no more; return what was seen."""
        self._over.set()
        self.join()
        return self._found


def _below(process: int) -> list[int]:
    """Return the processes that *process* has started, and those that they have."""
    found = [process]
    for each in found:
        with suppress(OSError):
            for thread in os.listdir(f"/proc/{each}/task"):
                with open(f"/proc/{each}/task/{thread}/children", encoding="ascii") as file:
                    found += map(int, file.read().split())
    return found[1:]


def _memory(process: int) -> float:
    """Return the memory of *process* in MiB: a page that several have counts in each by its share (PSS)."""
    with suppress(OSError), open(f"/proc/{process}/smaps_rollup", encoding="ascii") as file:
        for line in file:
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0
