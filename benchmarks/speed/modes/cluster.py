"""The work done by a Dask cluster."""

from __future__ import annotations

from functools import partial
from typing import Final

from benchmarks.cluster import cluster
from benchmarks.speed import measure
from benchmarks.speed.bench import Bench, Table, rate
from benchmarks.speed.measure import Failed
from benchmarks.speed.tools import can_import, feedlint

_WORKERS: Final = 2


def dask(bench: Bench) -> Table:
    """Check a feed with a scheduler and two workers of Dask on this machine, against two processes of feedlint's own.

    The cluster is there before; what a run begins is a client of it. Raises Failed.
    """
    if not can_import(bench.tools.python, "distributed"):
        raise Failed("distributed is not installed: try --install")
    feed = bench.feed()
    with cluster(bench.work, _WORKERS, str(bench.tools.python)) as (address, _):
        own = feedlint(bench.tools, feed, "--jobs", f"{_WORKERS}")
        lent = feedlint(bench.tools, feed, "--executor", f"dask={address}")
        ratio, first, second = bench.pairs_of(partial(measure.once, own), partial(measure.once, lent))
    rows = [
        [f"--jobs {_WORKERS}", "1", f"{measure.seconds(first):.2f}", rate(feed.records, first)],
        ["--executor dask=…", bench.ratio(ratio), f"{measure.seconds(second):.2f}", rate(feed.records, second)],
    ]
    title = f"{feed.records:,} records, {_WORKERS} workers of Dask, {bench.said}"
    return Table(title, ("feedlint", f"time, --jobs {_WORKERS} = 1", "seconds", "files/s"), rows)
