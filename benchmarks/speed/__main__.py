"""Measure feedlint beside other programs: ``python -m benchmarks.speed [--install] [--mode MODE] [--peer NAME ...]``.

Makes a feed (``benchmarks.feed``), runs feedlint and each peer on it in turn (A B A B …), and prints how many times as
long the peer takes: ratios hold on a busy machine too, seconds do not. ``--install`` puts feedlint, as a wheel of this
checkout, and the peers into a folder of their own. ``--mode`` is what is measured (may be repeated):

  cold      a feed from scratch (the default)
  warm      the same files again, with what programs remember of them
  checkout  the same content in new files, as CI has them
  one       one file, against `python -c pass`: a clean one, one with findings of all families, one of each family
  fix       `--fix`, on a copy for each run, against a check
  grow      1,000, 10,000 and 100,000 records (--sizes: others)
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from pathlib import Path

from benchmarks.speed import modes, peers
from benchmarks.speed.measure import Failed
from benchmarks.speed.picture import picture


def main(argv: list[str] | None = None) -> int:
    """Run what *argv* asks for; return the exit status: 2 where something cannot be run."""
    options = _options().parse_args(argv)
    if options.python is None:
        for name in ("PYTHONPATH", "PYTHONDONTWRITEBYTECODE"):  # an installed feedlint is measured, and compiled once
            os.environ.pop(name, None)
    names = options.peer or [peer.name for peer in peers.PEERS]
    chosen = [peer for peer in peers.PEERS if peer.name in names]
    try:
        for note in peers.install(options.cache, chosen) if options.install else ():
            print("not installed:", note, file=sys.stderr)
        tools = peers.tools_in(options.cache)
        tools = tools if options.python is None else tools._replace(python=options.python)
        if not tools.python.exists():
            print(f"feedlint is not installed in {options.cache}: try --install", file=sys.stderr)
            return 2
        there = [peer for peer in chosen if peer.is_there(tools)]
        if missing := [peer.name for peer in chosen if peer not in there]:
            print("left out, not installed:", ", ".join(missing), file=sys.stderr)
        with tempfile.TemporaryDirectory(prefix="feedlint-speed-", dir=options.folder) as work:
            _run(modes.Bench(tools, Path(work), there, options.records, options.pairs, options.seed), options)
    except Failed as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _run(bench: modes.Bench, options: argparse.Namespace) -> None:
    print(f"{platform.system()} {platform.machine()}, Python {platform.python_version()}, {os.cpu_count()} cores")
    for mode in options.mode or ["cold"]:
        table = modes.grow(bench, options.sizes) if mode == "grow" else modes.MODES[mode](bench)
        print(f"\n{table.title[0].upper()}{table.title[1:]}:\n")
        for row in (table.columns, ["---"] * len(table.columns), *table.rows):
            print("|", " | ".join(row), "|", flush=True)
        if options.picture and table.bars:
            options.picture.write_text(
                picture(f"{table.title}: time, feedlint = 1 (logarithmic)", table.bars), encoding="utf-8"
            )


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cache = Path(tempfile.gettempdir()) / "feedlint-speed"
    names = [peer.name for peer in peers.PEERS]
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--pairs", type=int, default=5, help="how often each pair is run")
    parser.add_argument("--seed", type=int, default=1, help="make another feed")
    parser.add_argument("--install", action="store_true", help="install feedlint and the peers first")
    parser.add_argument("--peer", action="append", metavar="NAME", choices=names, help=", ".join(names))
    parser.add_argument("--mode", action="append", metavar="MODE", choices=modes.MODES, help=", ".join(modes.MODES))
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000], help="for --mode grow")
    parser.add_argument(
        "--picture", type=Path, metavar="FILE.svg", help="draw the ratios of the last mode that has some"
    )
    parser.add_argument("--cache", type=Path, default=cache, help=f"where it is installed (default: {cache})")
    parser.add_argument("--folder", type=Path, help="make the feeds below this folder (default: a temporary one)")
    parser.add_argument("--python", type=Path, help="run feedlint and the scripts by this Python, installed or not")
    return parser


if __name__ == "__main__":
    sys.exit(main())
