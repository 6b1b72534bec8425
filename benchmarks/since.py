"""What ``--since`` saves: a feed in git, some of its records changed on a branch, and the two runs timed in turn.

    python -m benchmarks.since [--records 10000] [--changed 20] [--rounds 5] [OPTION ...]

Makes the feed in a temporary folder, the same one for the same numbers, and prints the median of each kind of run and
the ratio. An OPTION of feedlint (``--ignore=XR``) goes into both runs, ``--new-only`` into that with ``--since`` alone.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory

RECORD = """\
---
category: news
title: "{title}"
excerpt: "{excerpt}"
publishedDateTime: {day}T21:40:00Z
originalUrl: "https://{domain}/news/{slug}"
webUrl: "https://{domain}/news/{slug}"
ampWebUrl: "https://{domain}/news/{slug}?amp=1"
cdnAmpWebUrl: "https://{cache}.cdn.ampproject.org/c/s/{domain}/news/{slug}?amp=1"
type: article
quality: {quality}
heat: {heat}
published: true

provider:
  name: Example Times {publisher}
  domain: {domain}

topics:
  - Public Transport

images:
  - url: "https://img.{domain}/{slug}.jpg"
    width: 1200
    height: 630
    isCached: true

secured: "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=;EjRWeJCrze8SNFZ4kKvN7w=="
---

"""
WORDS = [
    *("harbour", "council", "tram", "vote", "opens", "new", "line", "after", "four", "years", "debate", "ferry"),
    *("strike", "ends", "museum", "night", "bridge"),
]
IDENTITY = dict.fromkeys(("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"), "bench")
ENVIRONMENT = {**os.environ, **IDENTITY, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}


def record(random: Random, number: int) -> str:
    """Return a sound record that shares its address and title with no other."""
    publisher = min(int(random.expovariate(0.1)), 59)  # a few publishers write most of the stories
    title = " ".join(random.choices(WORDS, k=8)).capitalize() + f" {number}"
    return RECORD.format(
        title=title,
        excerpt=" ".join(random.choices(WORDS, k=25)),
        day=f"20{number % 20 + 10}-{number % 12 + 1:02}-{number % 28 + 1:02}",
        domain=f"times{publisher}.example",
        cache=f"times{publisher}-example",
        slug=title.lower().replace(" ", "-"),
        publisher=publisher,
        quality=random.randint(10, 99),
        heat=random.randint(10, 99),
    )


def make(root: Path, records: int, changed: int) -> None:
    """Write the feed into *root* and commit it to ``main``, and what has *changed* to another branch."""
    random = Random(20)
    (root / "_news").mkdir()
    (root / "_config.yml").write_text("url: https://feed.example\n", encoding="utf-8")
    for number in range(records):
        (root / f"_news/{number:06}.md").write_text(record(random, number), encoding="utf-8")
    for command in (
        ["init", "-q", "-b", "main"],
        ["add", "."],
        ["commit", "-qm", "feed"],
        ["checkout", "-qb", "topic"],
    ):
        git(root, *command)
    for number in random.sample(range(records), changed):
        file = root / f"_news/{number:06}.md"
        file.write_text(file.read_text(encoding="utf-8").replace("T21:40:00Z", "T21:40:00"), encoding="utf-8")
    git(root, "commit", "-qam", "topic")


def git(root: Path, *arguments: str) -> None:
    """Run git in *root*."""
    subprocess.run(["git", *arguments], cwd=root, check=True, env=ENVIRONMENT)


def seconds(root: Path, *options: str) -> float:
    """Return how long a run in *root* takes."""
    environment = {**ENVIRONMENT, "PYTHONPATH": str(Path(__file__).parent.parent)}
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "feedlint", "--quiet", "--output-format", "concise", *options],
        cwd=root, env=environment, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr.decode()
    return time.perf_counter() - start


def main() -> None:
    """Make the feed, time the runs, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--changed", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=5)
    asked, options = parser.parse_known_args()
    with TemporaryDirectory() as folder:
        root = Path(folder)
        make(root, asked.records, asked.changed)
        rules = [option for option in options if option != "--new-only"]
        runs = [
            (seconds(root, *rules), seconds(root, "--since", "main", *options))
            for _ in range(asked.rounds)
        ]  # fmt: skip
    full, part = (median(times) for times in zip(*runs, strict=True))
    print(f"{asked.records} records, {asked.changed} changed, median of {asked.rounds} runs each")
    print(f"{'all:':28}{full:7.2f} s")
    print(f"{' '.join(['--since main', *options]) + ':':28}{part:7.2f} s")
    print(f"{'ratio:':28}{part / full:7.1%}")


if __name__ == "__main__":
    main()
