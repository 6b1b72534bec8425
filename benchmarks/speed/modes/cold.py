"""A feed from scratch, beside other programs."""

from __future__ import annotations

import sys
from functools import partial

from benchmarks.speed import measure, peers
from benchmarks.speed.bench import Bench, Table, mebibytes, rate
from benchmarks.speed.measure import Command, Run
from benchmarks.speed.peers import Peer
from benchmarks.speed.tools import Feed, Tools, feedlint, has_option


def cold(bench: Bench) -> Table:
    """Check a feed from scratch, with each program."""
    feed, one = bench.feed(extract=True), bench.one(bench.clean())
    ours = feedlint(bench.tools, feed)
    first = measure.watched(ours)
    all_ours: list[Run] = []
    rows, bars = [], []
    for peer in _alone(bench.tools) + list(bench.asked.peers):
        theirs = peer.check(bench.tools, feed)
        seen = measure.watched(theirs)  # in which files and programs come into memory, too
        count = bench.times(first.seconds + seen.seconds)
        ratio, mine, other = measure.pairs(partial(measure.once, ours), partial(measure.once, theirs), count)
        all_ours += mine
        name = _named(peer, bench.tools)
        works = peer.check is not peers.nothing
        files = theirs.files or feed.records
        a_file = ratio.times(feed.records / files)
        said = bench.ratio(a_file)
        print(f"{name}: {said}", file=sys.stderr, flush=True)  # a table that is cut short is not all lost
        start = _start(peer.check(bench.tools, one), bench.asked.pairs)
        rows.append([name, peer.does, said, rate(files, other) if works else "", start, mebibytes([seen])])
        bars += [(peer.name, a_file)] if works else []
    all_ours = all_ours or [first]
    start = _start(feedlint(bench.tools, one), bench.asked.pairs)
    own = ["feedlint", "all rules", "1", rate(feed.records, all_ours), start, mebibytes([first])]
    columns = ("program", "what it does", "time a file, feedlint = 1", "files/s", "start-up, ms", "peak MiB")
    return Table(f"{feed.records:,} records from scratch, {bench.said}", columns, [own, *rows], bars)


def _alone(tools: Tools) -> list[Peer]:
    """Return feedlint in one process, where it has more."""
    if not has_option(tools, "--jobs"):
        return []

    def check(tools: Tools, feed: Feed) -> Command:
        return feedlint(tools, feed, "--jobs", "1")

    return [Peer("feedlint --jobs 1", "all rules, in one process", check, lambda _: True)]


def _named(peer: Peer, tools: Tools) -> str:
    """Return the name of *peer* with the version of what it is, or rests on."""
    version = tools.version(peer.packages)
    return version if version.startswith(peer.name) else f"{peer.name} ({version})" if version else peer.name


def _start(command: Command, times: int) -> str:
    return f"{1000 * measure.seconds([measure.once(command) for _ in range(times)]):.0f}"
