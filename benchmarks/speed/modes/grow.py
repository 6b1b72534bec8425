"""Feeds of several sizes."""

from __future__ import annotations

import sys

from benchmarks.speed import measure
from benchmarks.speed.bench import Bench, Table, mebibytes, rate
from benchmarks.speed.tools import feedlint


def grow(bench: Bench) -> Table:
    """Check feeds of several sizes: the time for a record says whether time grows as they do."""
    rows = []
    for feed in bench.feeds():
        command = feedlint(bench.tools, feed)
        seen = measure.watched(command)
        runs = [measure.once(command) for _ in range(bench.times(seen.seconds))]
        seconds = measure.seconds(runs)
        spread = f"{seconds:.2f} ({min(runs).seconds:.2f}–{max(runs).seconds:.2f})"
        a_record = f"{1e6 * seconds / feed.records:,.0f}"
        of_all = (rate(feed.records, runs), mebibytes([seen]))
        rows.append([f"{feed.records:,}", f"{len(runs)}", spread, a_record, *of_all])
        print(" | ".join(rows[-1]), file=sys.stderr, flush=True)  # a table that is cut short is not all lost
    columns = ("records", "runs", "seconds, median (least–greatest)", "µs a record", "files/s", "peak MiB in all")
    return Table("as a feed grows", columns, rows)
