"""One file."""

from __future__ import annotations

from functools import partial
from typing import Final

from benchmarks.feed.damage import FAMILIES, of_all
from benchmarks.speed import measure, peers
from benchmarks.speed.bench import Bench, Table, mebibytes
from benchmarks.speed.tools import feedlint

_CLEAN: Final = "a clean file"


def one(bench: Bench) -> Table:
    """Check one file: a clean one, one with a finding of every family at once, and one with a finding of each."""
    clean, made = bench.clean(), list(bench.contents())
    feeds = {_CLEAN: clean, "a finding of every family": of_all(clean.decode()).encode()}
    for family in FAMILIES:
        feeds[f"a finding of {family}"] = next(content for code, content in made if code.startswith(family))
    rows = []
    for name, content in feeds.items():
        feed = bench.one(content)
        checked = feedlint(bench.tools, feed)._replace(well=[int(name != _CLEAN)])
        commands = (peers.nothing(bench.tools, feed), checked)
        ratio, bare, ours = bench.pairs_of(*(partial(measure.once, command) for command in commands))
        extra = 1000 * (measure.seconds(ours) - measure.seconds(bare))
        rows.append([name, bench.ratio(ratio), f"{1000 * measure.seconds(ours):.0f}", f"{extra:.0f}", mebibytes(ours)])
    columns = ("one file", "time, `python -c pass` = 1", "ms", "ms more", "peak MiB")
    return Table(f"one file, {bench.said}", columns, rows)
