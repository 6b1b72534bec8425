"""What hostile input costs: each case is a command, run by itself, with its time, its peak memory and what it says.

    python -m benchmarks.hostile [--scale 1.0] [--folder DIR] [WORD ...]

Makes each case in a temporary folder (below DIR), with *scale* times as many lines, brackets or files, runs it, deletes
it, and prints a line. Only cases with a WORD in their name are run. At the end stand the cases that broke a promise:
more than 100 s or 600 MB, a traceback, an exit status that is not the one expected, or nothing said of what is wrong.
What root may read is no matter for the cases of what nobody may: they are run as the user *nobody* there, or, where
root cannot become that, told as not tried.
"""

from __future__ import annotations

import argparse
import sys

from benchmarks.hostile.case import Case
from benchmarks.hostile.cases import CASES
from benchmarks.hostile.run import Result, broken, run


def main() -> int:
    """Run the cases; return 1 if one broke a promise."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--folder", default=None)
    parser.add_argument("words", nargs="*", metavar="WORD")
    options = parser.parse_args()
    failed = 0
    print(f"{'what':<40} {'s':>6} {'MB':>6} exit  said")
    for case in CASES:
        if options.words and not any(word in case.name for word in options.words):
            continue
        result = run(case, options.scale, options.folder)
        print(_line(case, result), flush=True)
        for problem in broken(case, result) if result.is_tried else ():
            failed += 1
            print(f"  BROKEN: {problem}", flush=True)
    print(f"{failed} broken")
    return 1 if failed else 0


def _line(case: Case, result: Result) -> str:
    lines = [line for line in result.output.splitlines() if line.strip()]
    shown = [lines[0][:70], lines[-1][:60]] if len(lines) > 1 else [line[:130] for line in lines]
    words = " … ".join(ascii(line)[1:-1] for line in shown)
    if not result.is_tried:
        return f"{case.name:<40} {words}"
    return f"{case.name:<40} {result.seconds:6.1f} {result.megabytes:6.0f} {result.status!s:>4}  {words}"


if __name__ == "__main__":
    sys.exit(main())
