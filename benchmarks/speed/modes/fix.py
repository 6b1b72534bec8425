"""Repairs."""

from __future__ import annotations

from functools import partial

from benchmarks.speed import measure, peers
from benchmarks.speed.bench import Bench, Table, mebibytes, rate
from benchmarks.speed.measure import Command, Run
from benchmarks.speed.tools import feedlint


def fix(bench: Bench) -> Table:
    """Repair a copy of a feed; after each run what has changed in it is put back."""
    feed = bench.copy(bench.feed())
    before = {path: path.read_bytes() for path in feed.folder.rglob("*") if path.is_file()}

    def then_put_back(command: Command) -> Run:
        run = measure.once(command)
        for path, content in before.items():
            if path.read_bytes() != content:
                path.write_bytes(content)
        return run

    check = partial(measure.once, feedlint(bench.tools, feed))
    repair = partial(then_put_back, feedlint(bench.tools, feed, "--fix"))
    ratio, checks, repairs = bench.pairs_of(check, repair)
    rows = [
        ["feedlint", "checks", "1", rate(feed.records, checks), mebibytes(checks)],
        ["feedlint --fix", "repairs, proved", bench.ratio(ratio), rate(feed.records, repairs), mebibytes(repairs)],
    ]
    if peers.can_round_trip(bench.tools):
        other = partial(then_put_back, peers.round_trip(bench.tools, feed))
        ratio, _, runs = bench.pairs_of(check, other)
        does = "30 lines: ruamel.yaml reads, changes and writes"
        rows.append(["round trip", does, bench.ratio(ratio), rate(feed.records, runs), mebibytes(runs)])
    columns = ("program", "what it does", "time, a check = 1", "files/s", "peak MiB of a process")
    title = f"{feed.records:,} records, 3 % of them damaged, {bench.said}"
    return Table(title, columns, rows)
