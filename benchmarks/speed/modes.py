"""What is measured: each mode is a function from a :class:`Bench` to a :class:`Table`."""

from __future__ import annotations

import itertools
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from benchmarks.feed.__main__ import write
from benchmarks.feed.damage import FAMILIES, of_all
from benchmarks.feed.files import files
from benchmarks.speed import measure, peers
from benchmarks.speed.measure import Command, Ratio, Run
from benchmarks.speed.peers import Feed, Peer, Tools

_SOURCE: Final = 700
_CLEAN: Final = "a clean file"


class Table(NamedTuple):
    """What a mode found: a headline, names of columns, rows; and for a picture, names and how many times as long."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    bars: Sequence[tuple[str, float]] = ()


class Bench:
    """What is asked for, and the feeds that are made for it below *work*."""

    def __init__(self, tools: Tools, work: Path, chosen: Sequence[Peer], records: int, pairs: int, seed: int) -> None:
        self.tools = tools
        self.work = work
        self.peers = chosen
        self.records = records
        self.pairs = pairs
        self._seed = seed
        self._count = itertools.count()

    @property
    def said(self) -> str:
        """How ratios are told in a headline."""
        return f"median of {self.pairs} pairs (least–greatest)" if self.pairs > 1 else "one pair"

    def feed(self, records: int | None = None, *, extract: bool = False) -> Feed:
        """Make a feed of *records*, the number that is asked for by default; *extract* front matter to YAML files."""
        found = self._new()
        write(found.folder, files(records or self.records, self._seed))
        if extract:
            _extract(found)
        return found

    def copy(self, feed: Feed) -> Feed:
        """Make a copy of *feed*, with a cache of its own."""
        found = self._new()
        shutil.copytree(feed.folder, found.folder, dirs_exist_ok=True)
        return found

    def one(self, content: bytes) -> Feed:
        """Make a feed with the site and *content* as the only record."""
        found = self._new()
        site = (file for file in files(_SOURCE, self._seed) if not file.is_record)
        write(found.folder, site)
        (found.folder / "_news").mkdir()
        (found.folder / "_news" / "story.md").write_bytes(content)
        _extract(found)
        return found

    def contents(self) -> Iterator[tuple[str, bytes]]:
        """Yield the news records of a feed, each with the rule that finds what is wrong with it."""
        for file in files(_SOURCE, self._seed):
            if file.path.startswith("_news"):
                yield file.code, file.content

    def clean(self) -> bytes:
        """Return a sound record that has nothing beyond ASCII."""
        return next(content for code, content in self.contents() if not code and content.isascii())

    def pairs_of(self, first: Callable[[], Run], second: Callable[[], Run]) -> tuple[Ratio, list[Run], list[Run]]:
        """Measure *first* and *second* in turn, after a run of each that does not count."""
        first(), second()
        return measure.pairs(first, second, self.pairs)

    def _new(self) -> Feed:
        folder = self.work / str(next(self._count))
        found = Feed(folder / "feed", folder / "yaml", folder / "cache")
        for each in found:
            each.mkdir(parents=True)
        return found


def cold(bench: Bench) -> Table:
    """Check a feed from scratch, with each program."""
    feed, one = bench.feed(extract=True), bench.one(bench.clean())
    ours = peers.feedlint(bench.tools, feed)
    all_ours: list[Run] = []
    rows, bars = [], []
    for peer in _alone(bench.tools) + list(bench.peers):
        theirs = peer.check(bench.tools, feed)
        ratio, mine, other = bench.pairs_of(partial(measure.once, ours), partial(measure.once, theirs))
        all_ours += mine
        print(f"{peer.name}: {ratio}", file=sys.stderr, flush=True)  # a table that is cut short is not all lost
        works = peer.check is not peers.nothing
        rate = _rate(theirs.files or bench.records, other) if works else ""
        start = _start(peer.check(bench.tools, one), bench.pairs)
        rows.append([peer.name, peer.does, str(ratio), rate, _mebibytes(other), start])
        bars += [(peer.name, ratio.median)] if works else []
    all_ours = all_ours or [measure.once(ours) for _ in range(bench.pairs)]
    seen = measure.tree(ours)
    memory = _mebibytes(all_ours)
    if seen is not None and seen[0] > 1:
        memory += f" ({seen[0]} processes: {seen[1]:.0f})"
    start = _start(peers.feedlint(bench.tools, one), bench.pairs)
    own = ["feedlint", "all rules", "1", _rate(bench.records, all_ours), memory, start]
    columns = ("program", "what it does", "time, feedlint = 1", "files/s", "peak MiB", "start-up, ms")
    title = f"{bench.records:,} records from scratch, {bench.said}"
    return Table(title, columns, [own, *rows], [("feedlint", 1.0), *bars])


def _alone(tools: Tools) -> list[Peer]:
    """Return feedlint in one process, where it has more."""
    if not peers.has_option(tools, "--jobs"):
        return []

    def check(tools: Tools, feed: Feed) -> Command:
        return peers.feedlint(tools, feed, "--jobs", "1")

    return [Peer("feedlint --jobs 1", "all rules, in one process", check, lambda _: True)]


def warm(bench: Bench) -> Table:
    """Check a feed that has not changed since."""
    return _again(bench, "the same files again", lambda _: None)


def checkout(bench: Bench) -> Table:
    """Check a feed with the same content as before in files that are new, as CI has them."""
    clock = itertools.count(int(time.time()) - 1_000_000)

    def renew(feed: Feed) -> None:
        stamp = next(clock)
        for folder, _, names in os.walk(feed.folder):
            for name in names:
                os.utime(os.path.join(folder, name), (stamp, stamp))

    return _again(bench, "the same content in new files", renew)


def _again(bench: Bench, what: str, prepare: Callable[[Feed], None]) -> Table:
    feed = bench.feed()
    has_cache = peers.has_option(bench.tools, "--no-cache")
    ours = peers.feedlint(bench.tools, feed, cached=True)

    def prepared(command: Command) -> Run:
        prepare(feed)
        return measure.once(command)

    remembering = [(peer, peer.cached(bench.tools, feed)) for peer in bench.peers if peer.cached is not None]
    scratch = ("feedlint, from scratch", peers.feedlint(bench.tools, feed))
    rows, bars, all_ours = [], [], []
    for name, command in [scratch, *((peer.name, command) for peer, command in remembering)]:
        ratio, mine, other = bench.pairs_of(partial(prepared, ours), partial(prepared, command))
        all_ours += mine
        rows.append([name, str(ratio), _rate(bench.records, other), _mebibytes(other)])
        bars.append((name, ratio.median))
    own = ["feedlint" if has_cache else "feedlint (has no cache)", "1", _rate(bench.records, all_ours)]
    title = f"{bench.records:,} records, {what}, {bench.said}"
    columns = ("program", "time, feedlint = 1", "files/s", "peak MiB")
    return Table(title, columns, [[*own, _mebibytes(all_ours)], *rows], [("feedlint", 1.0), *bars])


def one(bench: Bench) -> Table:
    """Check one file: a clean one, one with a finding of every family at once, and one with a finding of each."""
    feeds = {_CLEAN: bench.clean(), "a finding of every family": of_all(bench.clean().decode()).encode()}
    for family in FAMILIES:
        feeds[f"a finding of {family}"] = next(c for code, c in bench.contents() if code.startswith(family))
    rows = []
    for name, content in feeds.items():
        feed = bench.one(content)
        checked = peers.feedlint(bench.tools, feed)._replace(well=[int(name != _CLEAN)])
        commands = (peers.nothing(bench.tools, feed), checked)
        ratio, bare, ours = bench.pairs_of(*(partial(measure.once, command) for command in commands))
        extra = 1000 * (measure.seconds(ours) - measure.seconds(bare))
        rows.append([name, str(ratio), f"{1000 * measure.seconds(ours):.0f}", f"{extra:.0f}", _mebibytes(ours)])
    columns = ("one file", "time, `python -c pass` = 1", "ms", "ms more", "peak MiB")
    return Table(f"one file, {bench.said}", columns, rows)


def fix(bench: Bench) -> Table:
    """Repair a feed, copied anew for each run."""
    feed = bench.feed()

    def on_copy(command: Callable[[Feed], Command]) -> Run:
        copied = bench.copy(feed)
        try:
            return measure.once(command(copied))
        finally:
            shutil.rmtree(copied.folder.parent)

    check = partial(on_copy, partial(peers.feedlint, bench.tools))
    repair = partial(on_copy, lambda copied: peers.feedlint(bench.tools, copied, "--fix"))
    ratio, checks, repairs = bench.pairs_of(check, repair)
    rows = [
        ["feedlint", "checks", "1", _rate(bench.records, checks), _mebibytes(checks)],
        ["feedlint --fix", "repairs, proved", str(ratio), _rate(bench.records, repairs), _mebibytes(repairs)],
    ]
    if peers.can_round_trip(bench.tools):
        other = partial(on_copy, partial(peers.fixer, bench.tools))
        ratio, _, runs = bench.pairs_of(check, other)
        does = "30 lines: ruamel.yaml reads, changes and writes"
        rows.append(["round trip", does, str(ratio), _rate(bench.records, runs), _mebibytes(runs)])
    columns = ("program", "what it does", "time, a check = 1", "files/s", "peak MiB")
    title = f"{bench.records:,} records, 3 % of them damaged, {bench.said}"
    return Table(title, columns, rows)


def grow(bench: Bench, sizes: Sequence[int] = (1_000, 10_000, 100_000)) -> Table:
    """Check feeds of several *sizes*."""
    rows = []
    for size in sizes:
        feed = bench.feed(size)
        command = peers.feedlint(bench.tools, feed)
        runs = [measure.once(command) for _ in range(bench.pairs)]
        seen = measure.tree(command)
        processes = "" if seen is None else f"{seen[0]}: {seen[1]:.0f}"
        seconds = measure.seconds(runs)
        rows.append([f"{size:,}", f"{seconds:.2f}", f"{size / seconds:,.0f}", _mebibytes(runs), processes])
        shutil.rmtree(feed.folder.parent)
    columns = ("records", "seconds", "files/s", "peak MiB of a process", "processes: MiB in all")
    return Table(
        f"as a feed grows, median of {bench.pairs} runs" if bench.pairs > 1 else "as a feed grows", columns, rows
    )


MODES: Final[dict[str, Callable[[Bench], Table]]] = {
    "cold": cold, "warm": warm, "checkout": checkout, "one": one, "fix": fix, "grow": grow,
}  # fmt: skip


def _extract(feed: Feed) -> None:
    """Write the front matter of the Markdown files of *feed* to YAML files of short names."""
    for number, path in enumerate(sorted(feed.folder.rglob("*.md"))):
        collection = path.relative_to(feed.folder).parts[0]
        target = feed.yaml / collection / f"{number:06}.yaml"
        target.parent.mkdir(exist_ok=True)
        front = path.read_bytes().lstrip(b"\xef\xbb\xbf").partition(b"\n")[2]
        target.write_bytes(front.partition(b"\n---")[0] + b"\n")


def _rate(records: int, runs: Sequence[Run]) -> str:
    return f"{records / measure.seconds(runs):,.0f}"


def _mebibytes(runs: Sequence[Run]) -> str:
    return f"{measure.peak(runs):.0f}" if measure.peak(runs) else ""


def _start(command: Command, times: int) -> str:
    return f"{1000 * measure.seconds([measure.once(command) for _ in range(times)]):.0f}"
