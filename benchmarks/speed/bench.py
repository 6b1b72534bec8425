"""What the modes share: what is asked for, the feeds that are made for it, and the tables that come of it."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from benchmarks.feed.__main__ import write
from benchmarks.feed.files import files
from benchmarks.speed import measure
from benchmarks.speed.measure import Ratio, Run
from benchmarks.speed.peers import Peer
from benchmarks.speed.tools import Feed, Tools

_SOURCE: Final = 700


class Table(NamedTuple):
    """What a mode found: a headline, names of columns, rows; and for a picture, names and how many times as long."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    bars: Sequence[tuple[str, Ratio]] = ()

    @property
    def markdown(self) -> str:
        """The table as Markdown, below its headline."""
        lines = (self.columns, ["---"] * len(self.columns), *self.rows)
        return "\n".join([f"{self.title}:", "", *(f"| {' | '.join(line)} |" for line in lines)])


class Asked(NamedTuple):
    """What is asked for.

    Feeds have *records*, or more or fewer by *sizes*, made from *seed*, unless there are *feeds* already. Each pair is
    run *pairs* times, or fewer times where that would take longer than *patience*, in seconds.
    """

    peers: Sequence[Peer]
    records: int
    sizes: Sequence[int]
    feeds: Sequence[Path]
    seed: int
    pairs: int
    patience: float


class Bench:
    """What is asked for, the *tools* to do it with, and the feeds that are made for it below *work*.

    *cache* is a folder that stays, for what takes long to install.
    """

    def __init__(self, asked: Asked, tools: Tools, work: Path, cache: Path) -> None:
        self.asked = asked
        self.tools = tools
        self.work = work
        self.cache = cache
        self._count = itertools.count()

    @property
    def said(self) -> str:
        """How ratios are told in a headline."""
        pairs = self.asked.pairs
        return f"median of {pairs} pairs (least–greatest)" if pairs > 1 else "one pair"

    def feed(self, *, extract: bool = False) -> Feed:
        """Return the feed that is asked for, to be looked at only; *extract* front matter to YAML files."""
        found = self._given(self.asked.feeds[0]) if self.asked.feeds else self._made(self.asked.records)
        if extract:
            _extract(found)
        return found

    def feeds(self) -> Iterator[Feed]:
        """Yield feeds of the sizes that are asked for, each of which is there until the next, to be looked at only."""
        if self.asked.feeds:
            yield from map(self._given, self.asked.feeds)
            return
        for size in self.asked.sizes:
            made = self._made(size)
            yield made
            shutil.rmtree(made.folder.parent)

    def copy(self, feed: Feed) -> Feed:
        """Make a copy of *feed*, with a cache of its own."""
        found = self._new(feed.records)
        shutil.copytree(feed.folder, found.folder, dirs_exist_ok=True)
        return found

    def one(self, content: bytes) -> Feed:
        """Make a feed with the site and *content* as the only record."""
        found = self._new(1)
        site = (file for file in files(_SOURCE, self.asked.seed) if not file.is_record)
        write(found.folder, site)
        (found.folder / "_news").mkdir()
        (found.folder / "_news" / "story.md").write_bytes(content)
        _extract(found)
        return found

    def contents(self) -> Iterator[tuple[str, bytes]]:
        """Yield the news records of a feed, each with the rule that finds what is wrong with it."""
        for file in files(_SOURCE, self.asked.seed):
            if file.path.startswith("_news"):
                yield file.code, file.content

    def clean(self) -> bytes:
        """Return a sound record that has nothing beyond ASCII."""
        return next(content for code, content in self.contents() if not code and content.isascii())

    def times(self, seconds: float) -> int:
        """Return how often something is run that takes *seconds*."""
        return max(1, min(self.asked.pairs, int(self.asked.patience / seconds)))

    def pairs_of(self, first: Callable[[], Run], second: Callable[[], Run]) -> tuple[Ratio, list[Run], list[Run]]:
        """Measure *first* and *second* in turn, after a run of each that does not count, unless one pair is enough."""
        count = self.times(first().seconds + second().seconds) if self.asked.pairs > 1 else 1
        return measure.pairs(first, second, count)

    def ratio(self, ratio: Ratio) -> str:
        """Return how *ratio* is told: with the number of its pairs, if that is not what was asked for."""
        pairs = "one pair" if ratio.pairs == 1 else f"{ratio.pairs} pairs"
        return str(ratio) if ratio.pairs == self.asked.pairs else f"{ratio}, {pairs}"

    def _given(self, folder: Path) -> Feed:
        count = sum(name.endswith((".md", ".yaml")) for _, _, names in os.walk(folder) for name in names)
        return self._new(count)._replace(folder=folder.resolve())

    def _made(self, records: int) -> Feed:
        found = self._new(records)
        write(found.folder, files(records, self.asked.seed))
        return found

    def _new(self, records: int) -> Feed:
        folder = self.work / str(next(self._count))
        found = Feed(folder / "feed", folder / "yaml", folder / "cache", records)
        for each in found[:3]:
            each.mkdir(parents=True)
        return found


def rate(records: int, runs: Sequence[Run]) -> str:
    """Return how many files a second *runs* over *records* files have checked."""
    return f"{records / measure.seconds(runs):,.0f}"


def mebibytes(runs: Sequence[Run]) -> str:
    """Return the most memory of *runs*, "" where it is not known; of several processes together, how many."""
    most = max(runs, key=lambda run: run.mebibytes)
    together = f" ({most.processes} processes)" if most.processes > 1 else ""
    return f"{most.mebibytes:.0f}{together}" if most.mebibytes else ""


def _extract(feed: Feed) -> None:
    """Write the front matter of the Markdown files of *feed* to YAML files of short names.

    One that is no UTF-8 is written as if it were: some programs end at it.
    """
    for number, path in enumerate(sorted(feed.folder.rglob("*.md"))):
        collection = path.relative_to(feed.folder).parts[0]
        target = feed.yaml / collection / f"{number:06}.yaml"
        target.parent.mkdir(exist_ok=True)
        front = path.read_bytes().decode("utf-8", "replace").encode().lstrip(b"\xef\xbb\xbf").partition(b"\n")[2]
        target.write_bytes(front.partition(b"\n---")[0] + b"\n")
