"""The same input gives the same output: ``python -m tests.same [--python PATH]...`` runs a matrix, and counts.

Each run has another Python, hash seed, time zone, locale, width of the terminal, current folder, order of the paths, or
order in which the system lists a folder. It writes every format, a diff, a baseline and the repaired feed; all of these
must be the same bytes as those of the first run.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Final, NamedTuple

from tests.strategies import Writer, record

ROOT: Final = Path(__file__).resolve().parent.parent
_FORMATS: Final = ("full", "concise", "json", "jsonl", "github", "gitlab", "junit", "markdown", "sarif")
_TODAY: Final = ("--today", "2021-06-01T00:00:00Z")
# Lists folders in an order that depends on a seed, as another file system might; sorted() must be all that counts.
_PROGRAM: Final = """
import functools, os, random, sys
seed = os.environ.get("SHUFFLE")
if seed:
    scan, names = os.scandir, os.listdir
    class Scan(list):
        __enter__ = lambda self: self
        __exit__ = lambda self, *_: None
        close = lambda self: None
    shuffled = lambda kind, ask, *a: kind(random.Random(seed).sample(found := list(ask(*a)), len(found)))
    os.scandir = functools.partial(shuffled, Scan, scan)  # no function, which a class would bind (pathlib of 3.10)
    os.listdir = functools.partial(shuffled, list, names)
from feedlint.cli import main
sys.exit(main(sys.argv[1:]))
"""


class Variant(NamedTuple):
    """One way to run: by which Python, in which environment, and with the paths in which order."""

    name: str
    python: str
    environment: dict[str, str]
    backwards: bool = False


def variants(pythons: Sequence[str], seeds: int) -> Iterator[Variant]:
    """Yield the runs to compare, the plain one first."""
    first = pythons[0]
    plain = {"PYTHONHASHSEED": "0"}
    yield Variant("plain", first, plain)
    for seed in range(1, seeds + 1):
        yield Variant(f"hash seed {seed}", first, {"PYTHONHASHSEED": str(seed), "SHUFFLE": str(seed)}, seed % 2 == 1)
    for name, value in (
        ("TZ", "Pacific/Kiritimati"), ("TZ", "America/St_Johns"), ("COLUMNS", "20"), ("COLUMNS", "400"),
        ("LC_ALL", "C"), ("LC_ALL", "tr_TR.UTF-8"), ("PYTHONUTF8", "1"), ("TERM", "dumb"),
    ):  # fmt: skip
        yield Variant(f"{name}={value}", first, {**plain, name: value})
    yield Variant("LC_ALL=C PYTHONUTF8=0", first, {**plain, "LC_ALL": "C", "PYTHONUTF8": "0"})
    for python in pythons[1:]:
        yield Variant(python, python, {"PYTHONHASHSEED": "random"})


def generate(folder: Path, count: int, seed: int) -> None:
    """Write *count* records to *folder*, odd ones in many ways; names are ASCII, for the locales without others."""
    random = Random(seed)
    (folder / "_news").mkdir(parents=True)
    (folder / "_config.yml").write_text("url: https://feed.example\n", encoding="utf-8")
    topics = folder / "_data" / "topics"
    topics.mkdir(parents=True)
    for name in ("Trams", "Tram", "Trains", "Train", "Ferry", "Ferries"):
        (topics / f"{name}.md").write_text(f"---\nname: {name}\n---\n", encoding="utf-8")
    for number in range(count):
        text = Writer(random, random.choice([0.0, 0.1, 0.3])).file(record(random))
        text = text.replace("\ntopics:", f"\ntopicz: [{random.choice(['Tran', 'Trai', 'Ferri'])}]\ntopics:", 1)
        (folder / "_news" / f"2020-12-{number % 28 + 1:02}-{number}.md").write_bytes(
            text.encode("utf-8", "surrogatepass")
        )


def outputs(feed: Path, variant: Variant, work: Path) -> dict[str, bytes]:
    """Return all that feedlint makes of a copy of *feed*, by name."""
    shutil.rmtree(work, ignore_errors=True)
    copy, out = work / "feed", work / "out"
    shutil.copytree(feed, copy)
    (copy / ".git").mkdir()  # so that paths are told from here
    out.mkdir()
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON", "GITHUB_"))
    }
    environment = {**kept, "PYTHONPATH": str(ROOT), **variant.environment}
    paths = sorted(path.name for path in copy.iterdir() if path.is_dir() and path.name[0] == "_")

    def run(*arguments: str, where: Path = copy) -> bytes:
        command = [variant.python, "-c", _PROGRAM, *arguments, "--isolated", *_TODAY]
        done = subprocess.run(command, cwd=where, env=environment, capture_output=True, check=False)
        if done.returncode not in (0, 1) or b"Traceback" in done.stderr:
            raise RuntimeError(f"{variant.name}: {' '.join(arguments)}: {done.stderr.decode(errors='replace')}")
        return done.stdout

    formats = [f"--output-format={name}={out / name}" for name in _FORMATS]
    run(*paths, *formats, "--unsafe-fixes", "--diff", "--output-file", str(out / "diff"))
    if variant.backwards:  # each order of paths is an order of files; a baseline, and a repaired feed, have none
        paths.reverse()
    run(*paths, "--write-baseline", "--baseline", str(out / "baseline"))
    run(*paths, "--fix", "--unsafe-fixes", "--output-format=json=" + os.devnull)
    made = {path.name: path.read_bytes() for path in sorted(out.iterdir())}
    repaired = sha256()
    for path in sorted(copy.rglob("*")):
        if path.is_file():
            repaired.update(f"{path.relative_to(copy)}\0".encode("utf-8", "surrogateescape") + path.read_bytes())
    return {**made, "repaired feed": repaired.digest()}


def main(argv: Sequence[str]) -> int:
    """Run the matrix on the example feed and a generated one; return 1 where any output differs."""
    parser = argparse.ArgumentParser(description="Count which outputs are the same in all runs.")
    parser.add_argument("--python", action="append", default=[], help="one more, with what feedlint uses installed")
    parser.add_argument("--records", type=int, default=200, help="of the generated feed (default: 200)")
    parser.add_argument("--seeds", type=int, default=8, help="hash seeds to try (default: 8)")
    parser.add_argument("--keep", type=Path, help="a folder to keep outputs that differ in")
    options = parser.parse_args(argv)
    compared = different = 0
    with tempfile.TemporaryDirectory() as temporary:
        generated = Path(temporary, "generated")
        generate(generated, options.records, 4711)
        for feed in (ROOT / "examples" / "feed", generated):
            expected: dict[str, bytes] = {}
            for variant in variants([sys.executable, *options.python], options.seeds):
                made = outputs(feed, variant, Path(temporary, "work"))
                expected = expected or made
                compared += len(made)
                wrong = [name for name in expected if made.get(name) != expected[name]]
                different += len(wrong)
                print(
                    f"{feed.name}: {variant.name}: {len(made)} outputs, {', '.join(wrong) or 'all the same'}",
                    flush=True,
                )
                for name in wrong if options.keep else ():
                    for which, content in (("expected", expected[name]), (variant.name.replace("/", "_"), made[name])):
                        (options.keep / f"{feed.name}.{name}.{which}").write_bytes(content)
    print(f"{compared} outputs compared, {different} different")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
