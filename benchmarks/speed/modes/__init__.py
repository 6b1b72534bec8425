"""What is measured: each mode is a function from a :class:`~benchmarks.speed.bench.Bench` to a table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from benchmarks.speed.bench import Bench, Table
from benchmarks.speed.modes.again import checkout, warm
from benchmarks.speed.modes.cluster import dask
from benchmarks.speed.modes.cold import cold
from benchmarks.speed.modes.fix import fix
from benchmarks.speed.modes.grow import grow
from benchmarks.speed.modes.hooks import pre_commit
from benchmarks.speed.modes.one import one
from benchmarks.speed.tools import Packages


class Mode(NamedTuple):
    """A mode, and what is to be installed for it."""

    run: Callable[[Bench], Table]
    packages: Packages = Packages()


MODES: Final = {
    "cold": Mode(cold),
    "warm": Mode(warm),
    "checkout": Mode(checkout),
    "one": Mode(one),
    "fix": Mode(fix),
    "grow": Mode(grow),
    "pre-commit": Mode(pre_commit, Packages(pip=("pre-commit",))),
    "dask": Mode(dask, Packages(pip=("distributed",))),
}
