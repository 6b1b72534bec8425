"""Repairs."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import partial

from benchmarks.speed import measure, peers
from benchmarks.speed.bench import Bench, Table, mebibytes, rate
from benchmarks.speed.measure import Command, Run
from benchmarks.speed.tools import Feed, feedlint


def fix(bench: Bench) -> Table:
    """Repair a feed, copied anew for each run."""
    feed = bench.feed()

    def on_copy(command: Callable[[Feed], Command]) -> Run:
        copied = bench.copy(feed)
        try:
            return measure.once(command(copied))
        finally:
            shutil.rmtree(copied.folder.parent)

    check = partial(on_copy, partial(feedlint, bench.tools))
    repair = partial(on_copy, lambda copied: feedlint(bench.tools, copied, "--fix"))
    ratio, checks, repairs = bench.pairs_of(check, repair)
    rows = [
        ["feedlint", "checks", "1", rate(feed.records, checks), mebibytes(checks)],
        ["feedlint --fix", "repairs, proved", bench.ratio(ratio), rate(feed.records, repairs), mebibytes(repairs)],
    ]
    if peers.can_round_trip(bench.tools):
        other = partial(on_copy, partial(peers.round_trip, bench.tools))
        ratio, _, runs = bench.pairs_of(check, other)
        does = "30 lines: ruamel.yaml reads, changes and writes"
        rows.append(["round trip", does, bench.ratio(ratio), rate(feed.records, runs), mebibytes(runs)])
    columns = ("program", "what it does", "time, a check = 1", "files/s", "peak MiB of a process")
    title = f"{feed.records:,} records, 3 % of them damaged, {bench.said}"
    return Table(title, columns, rows)
