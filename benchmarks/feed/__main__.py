"""Make a feed of any size: ``python -m benchmarks.feed FOLDER [--records 10000] [--seed 1] [--git]``.

The same numbers make the same bytes. Of all records 3 % are damaged, a share for each family of rules, and the others
are clean under the default rules. Prints what was made: how many records, how large, damaged in which way.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from benchmarks.feed.files import File, files


def write(folder: Path, made: Iterable[File]) -> Counter[str]:
    """Write *made* below *folder* as it comes; return how many records there are, their bytes, and what is damaged."""
    counts: Counter[str] = Counter()
    there: set[str] = set()
    for file in made:
        path = os.path.join(folder, file.path)
        parent = os.path.dirname(path)
        if parent not in there:
            os.makedirs(parent, exist_ok=True)
            there.add(parent)
        with open(path, "xb") as stream:
            stream.write(file.content)
        if file.is_record:
            what = {"records": 1, "bytes": len(file.content), "CRLF": b"\r\n" in file.content}
            counts.update({**what, "not ASCII": not file.content.isascii(), "damaged": bool(file.code)})
            counts[file.code] += bool(file.code)
    return counts


def git(folder: Path) -> None:
    """Make a git repository of *folder*, with all files committed."""
    who = ("-c", "user.name=feed", "-c", "user.email=feed@feed.example", "-c", "core.autocrlf=false")
    for command in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--message", "feed"]):
        subprocess.run(["git", *who, *command], cwd=folder, check=True)


def main() -> int:
    """Make the feed; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--git", action="store_true", help="make it a git repository")
    options = parser.parse_args()
    try:
        counts = write(options.folder, files(options.records, options.seed))
    except (FileExistsError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    if options.git:
        git(options.folder)
    total = counts["records"]
    print(f"{total} records of {counts['bytes'] / total:.0f} bytes on average", end="")
    print(*(f", {counts[name] / total:.1%} {name}" for name in ("CRLF", "not ASCII", "damaged")), sep="")
    print("damaged:", ", ".join(f"{code} {number}" for code, number in sorted(counts.items()) if code[-1:].isdigit()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
