"""A feed that was checked before."""

from __future__ import annotations

import itertools
import os
import time
from collections.abc import Callable
from functools import partial

from benchmarks.speed import measure
from benchmarks.speed.bench import Bench, Table, mebibytes, rate
from benchmarks.speed.measure import Command, Run
from benchmarks.speed.tools import Feed, feedlint, has_option


def warm(bench: Bench) -> Table:
    """Check a feed that has not changed since."""
    return _again(bench, bench.feed(), "the same files again", lambda _: None)


def checkout(bench: Bench) -> Table:
    """Check a feed with the same content as before in files that are new, as CI has them."""
    clock = itertools.count(int(time.time()) - 1_000_000)

    def renew(feed: Feed) -> None:
        stamp = next(clock)
        for folder, _, names in os.walk(feed.folder):
            for name in names:
                os.utime(os.path.join(folder, name), (stamp, stamp))

    return _again(bench, bench.copy(bench.feed()), "the same content in new files", renew)


def _again(bench: Bench, feed: Feed, what: str, prepare: Callable[[Feed], None]) -> Table:
    has_cache = has_option(bench.tools, "--no-cache")
    ours = feedlint(bench.tools, feed, cached=True)

    def prepared(command: Command) -> Run:
        prepare(feed)
        return measure.once(command)

    remembering = [(peer, peer.cached(bench.tools, feed)) for peer in bench.asked.peers if peer.cached is not None]
    scratch = ("feedlint, from scratch", feedlint(bench.tools, feed))
    rows, bars, all_ours = [], [], []
    for name, command in [scratch, *((peer.name, command) for peer, command in remembering)]:
        ratio, mine, other = bench.pairs_of(partial(prepared, ours), partial(prepared, command))
        all_ours += mine
        rows.append([name, bench.ratio(ratio), rate(feed.records, other), mebibytes(other)])
        bars.append((name, ratio))
    own = ["feedlint" if has_cache else "feedlint (has no cache)", "1", rate(feed.records, all_ours)]
    title = f"{feed.records:,} records, {what}, {bench.said}"
    columns = ("program", "time, feedlint = 1", "files/s", "peak MiB of a process")
    return Table(title, columns, [[*own, mebibytes(all_ours)], *rows], bars)
