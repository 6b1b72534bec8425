"""Show where the time of a run goes: ``python -m benchmarks.flame FEED [--install] [--output FILE.svg]``.

Checks FEED from scratch in one process, while py-spy looks at it from outside many times a second, and prints which
functions and modules it saw at work. *own* is the share of a function itself, *whole* that with all it calls.
``--install`` puts feedlint, as a wheel of this checkout, and py-spy into the folder that ``benchmarks.speed`` uses.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from benchmarks.flame.graph import graph
from benchmarks.flame.stacks import Share, Stack, by_function, by_module, read
from benchmarks.speed import tools
from benchmarks.speed.measure import Failed

_SPY: Final = "py-spy"
_TRUNK: Final = 0.9
"""What share of the whole time the functions have that call all the others, and say nothing."""


def main(argv: list[str] | None = None) -> int:
    """Run what *argv* asks for; return the exit status: 2 where something cannot be run."""
    options = _options().parse_args(argv)
    if options.python is None:
        for name in ("PYTHONPATH", "PYTHONDONTWRITEBYTECODE"):
            os.environ.pop(name, None)
    try:
        if options.install:
            for note in tools.install(options.cache, {}, {_SPY: tools.Packages(pip=(_SPY,))}):
                raise Failed(note)
        stacks: Counter[Stack] = Counter()
        for _ in range(options.runs):
            stacks += _seen(options)
    except Failed as error:
        print(error, file=sys.stderr)
        return 2
    total = stacks.total()
    functions = by_function(stacks)
    branches = {name: share for name, share in functions.items() if share.whole < _TRUNK * total}
    print(f"{total:,} samples, {options.rate} a second, of {options.runs} runs")
    _show("functions by their own time", functions, total, options.top, by="own")
    _show(f"functions by their whole time, of less than {_TRUNK:.0%}", branches, total, options.top, by="whole")
    _show("modules by their own time", by_module(stacks), total, options.top, by="own")
    if options.output:
        title = f"feedlint from scratch, one process: {total:,} samples"
        options.output.write_text(graph(title, stacks), encoding="utf-8")
    return 0


def _seen(options: argparse.Namespace) -> Counter[Stack]:
    """Run once; return the stacks that were seen. Raises Failed."""
    found = tools.tools_in(options.cache)
    python = str(options.python or found.python)
    beside = Path(python).with_name(Path(found.script(_SPY)).name)
    spy = str(beside) if beside.exists() else shutil.which(_SPY)
    if spy is None or not os.path.exists(python):
        raise Failed("feedlint or py-spy is not installed: try --install")
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "raw"
        command = [spy, "record", "--function", "--format", "raw", "--rate", str(options.rate), "--output", str(raw)]
        run = [python, "-m", "feedlint", ".", "--quiet", "--no-cache", "--jobs", "1"]
        done = subprocess.run(
            [*command, "--", *run], cwd=options.feed, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
            check=False,
        )  # fmt: skip
        if not raw.exists():
            raise Failed(f"py-spy saw nothing: {' '.join(done.stderr.split())[-500:]}")
        return read(raw.read_text(encoding="utf-8").splitlines())


def _show(title: str, shares: Mapping[str, Share], total: int, top: int, *, by: str) -> None:
    print(f"\n{title[0].upper()}{title[1:]}:\n\n   own  whole")
    for name, share in sorted(shares.items(), key=lambda item: (-getattr(item[1], by), item[0]))[:top]:
        print(f"{share.own / total:6.1%} {share.whole / total:6.1%}  {name}")


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cache = Path(tempfile.gettempdir()) / "feedlint-speed"
    add = parser.add_argument
    add("feed", type=Path, metavar="FEED", help="as python -m benchmarks.feed makes one")
    add("--output", type=Path, metavar="FILE.svg", help="draw a flame graph")
    add("--runs", type=int, default=3, help="how often to run; what was seen is added up")
    add("--rate", type=int, default=500, help="how often to look, times a second")
    add("--top", type=int, default=20, help="how many lines of each table")
    add("--install", action="store_true", help="install feedlint and py-spy first")
    add("--cache", type=Path, default=cache, help=f"where it is installed (default: {cache})")
    add("--python", type=Path, help="run feedlint by this Python, installed or not")
    return parser


if __name__ == "__main__":
    sys.exit(main())
