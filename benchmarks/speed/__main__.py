"""Measure feedlint beside other programs: ``python -m benchmarks.speed [--install] [--mode MODE] [--peer NAME ...]``.

Makes a feed (``benchmarks.feed``), runs feedlint and each peer on it in turn (A B A B …), and prints how many times as
long the peer takes: ratios hold on a busy machine too, seconds do not. ``--install`` puts feedlint, as a wheel of this
checkout, and the peers into a folder of their own. ``--mode`` is what is measured (may be repeated):

  cold        a feed from scratch (the default)
  warm        the same files again, with what programs remember of them
  checkout    the same content in new files, as CI has them
  one         one file, against `python -c pass`: a clean one, one of all families, one of each family
  fix         `--fix`, on a copy for each run, against a check
  grow        1,000, 10,000 and 100,000 records (--sizes: others)
  pre-commit  feedlint's hooks of pre-commit on 5 staged files, against a hook that does nothing
  dask        two workers of a Dask cluster, against two processes

Memory in all is what the processes of a run have together (on Linux), each page counted once (PSS).
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from benchmarks.speed import peers, tools
from benchmarks.speed.bench import Asked, Bench, Table
from benchmarks.speed.measure import Failed
from benchmarks.speed.modes import MODES
from benchmarks.speed.picture import picture

_NAMES: Final = [peer.name for peer in peers.PEERS]


def main(argv: list[str] | None = None) -> int:
    """Run what *argv* asks for; return the exit status: 2 where something cannot be run."""
    options = _options().parse_args(argv)
    if options.python is None:
        for name in ("PYTHONPATH", "PYTHONDONTWRITEBYTECODE"):  # an installed feedlint is measured, and compiled once
            os.environ.pop(name, None)
    try:
        return _run(options)
    except Failed as error:
        print(error, file=sys.stderr)
        return 2


def _run(options: argparse.Namespace) -> int:
    modes = options.mode or ["cold"]
    chosen = [peer for peer in peers.PEERS if peer.name in (options.peer or _NAMES)]
    if options.install:
        others, more = {peer.name: peer.packages for peer in chosen}, {mode: MODES[mode].packages for mode in modes}
        for note in tools.install(options.cache, others, more):
            print("not installed:", note, file=sys.stderr)
    found = tools.tools_in(options.cache)
    found = found if options.python is None else found._replace(python=options.python, peers=options.python)
    if not found.python.exists():
        print(f"feedlint is not installed in {options.cache}: try --install", file=sys.stderr)
        return 2
    there = [peer for peer in chosen if peer.is_there(found)]
    if missing := [peer.name for peer in chosen if peer not in there]:
        print("left out, not installed:", ", ".join(missing), file=sys.stderr)
    asked = Asked(
        there, options.records, options.sizes, options.feed, options.seed, options.pairs, options.patience
    )  # fmt: skip
    python = subprocess.run([found.python, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    print(f"{platform.system()} {platform.machine()}, {python}, {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory(prefix="feedlint-speed-", dir=options.folder) as work:
        bench = Bench(asked, found, Path(work), options.cache)
        tables = []
        for mode in modes:
            tables.append(MODES[mode].run(bench))
            print(f"\n{tables[-1].markdown}", flush=True)
    _write(tables, options)
    return 0


def _write(tables: Sequence[Table], options: argparse.Namespace) -> None:
    if options.table:
        options.table.write_text("\n\n".join(table.markdown for table in tables) + "\n", encoding="utf-8")
    drawn = [table for table in tables if table.bars]
    if options.picture and drawn:
        title = f"{drawn[-1].title}: time, feedlint = 1"
        options.picture.write_text(picture(title, drawn[-1].bars), encoding="utf-8")


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cache = Path(tempfile.gettempdir()) / "feedlint-speed"
    add = parser.add_argument
    add("--records", type=int, default=10_000)
    add("--pairs", type=int, default=5, help="how often each pair is run")
    add("--patience", type=float, default=300, metavar="SECONDS", help="run fewer pairs where they take longer")
    add("--seed", type=int, default=1, help="make another feed")
    add("--feed", type=Path, action="append", default=[], help="a feed that is there already; several for --mode grow")
    add("--install", action="store_true", help="install feedlint and the peers first")
    add("--peer", action="append", metavar="NAME", choices=_NAMES, help=", ".join(_NAMES))
    add("--mode", action="append", metavar="MODE", choices=MODES, help=", ".join(MODES))
    add("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000], help="for --mode grow")
    add("--table", type=Path, metavar="FILE.md", help="write the tables there, too")
    add("--picture", type=Path, metavar="FILE.svg", help="draw the ratios of the last mode that has some")
    add("--cache", type=Path, default=cache, help=f"where it is installed (default: {cache})")
    add("--folder", type=Path, help="make the feeds below this folder (default: a temporary one)")
    add("--python", type=Path, help="run feedlint and the scripts by this Python, installed or not")
    return parser


if __name__ == "__main__":
    sys.exit(main())
