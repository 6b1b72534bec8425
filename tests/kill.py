"""Runs of ``feedlint --fix`` that are killed: ``python -m tests.kill --runs 500`` makes so many, and counts.

Each is killed at a random moment, in a feed of damaged records; every second one as soon as a temporary file is seen
after that moment. Then every file must be the old or the new one, byte for byte. The next run (in every second round
two of them at once) must repair what is left, each file once, and leave no temporary file. In every third round another
run is at work on the same feed when the one is killed. With ``--signal TERM``, ``HUP`` or ``INT`` nothing may be left
even before the next run.

The runs are forks of this process, which has loaded all modules: nearly all of their time goes into repairing.
"""

from __future__ import annotations

import argparse
import os
import re
import signal
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field, fields
from pathlib import Path
from random import Random
from typing import Final, NamedTuple

from feedlint import fix_text
from feedlint.cli import run
from tests.support import ARTICLE, overlay

OLD: Final = overlay(
    'title: "Harbour councilâ€™s new tram line"', ARTICLE.replace("harbour to", "hárbour “Łódź” to")
).encode()
NEW: Final = OLD.replace("â€™".encode(), "’".encode())
FOLDERS: Final = ("_news", "_news/2020 ä")
LEFT_OVER: Final = re.compile(r"\.feedlint-[0-9a-f]{32}\.tmp")
# What is not feedlint's stays, whatever it is called.
BYSTANDERS: Final = {
    "_news/.feedlint-notes.tmp": b"mine",
    "_news/.feedlint-0123456789abcdef.tmp": b"mine, too",
    "_news/2020 ä/.2020-12-08.md.swp": b"an editor's",
}
COMMAND: Final = ("--fix", "--isolated", "--select", "TX001", "--output-format", "concise", ".")


@dataclass
class Outcome:
    """What came of all rounds."""

    runs: int = 0
    stopped: int = 0
    hit_a_write: int = 0
    files: int = 0
    new: int = 0
    damaged: int = 0
    left_after_next_run: int = 0
    problems: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return ", ".join(f"{each.name} {getattr(self, each.name)}" for each in fields(self)[:-1])


class Ended(NamedTuple):
    """How a run ended: its exit status, negative for the signal that ended it, and what it printed."""

    status: int
    output: str

    @property
    def fixed(self) -> int:
        said = re.search(r"^Fixed (\d+) findings?", self.output, re.MULTILINE)
        return int(said[1]) if said else 0


class Run:
    """A run of feedlint in *feed*, begun."""

    def __init__(self, feed: Path) -> None:
        self._output = tempfile.TemporaryFile()  # noqa: SIM115  # closed when the run has ended
        self.process = os.fork()
        if self.process:
            return
        signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background would ignore these
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
        os.chdir(feed)
        os.dup2(self._output.fileno(), 1)
        os.dup2(self._output.fileno(), 2)
        sys.argv = ["feedlint", *COMMAND]
        try:
            run()
        except SystemExit as error:
            sys.stdout.flush()
            os._exit(error.code if isinstance(error.code, int) else 1)
        finally:  # anything else is a fault
            os._exit(99)

    def hit(self, number: int) -> None:
        os.kill(self.process, number)

    def ended(self) -> Ended:
        _, status = os.waitpid(self.process, 0)
        with self._output as file:
            file.seek(0)
            return Ended(os.waitstatus_to_exitcode(status), file.read().decode("utf-8", "replace"))


def lay(feed: Path, records: int) -> list[Path]:
    """Write *records* damaged records to *feed*, which need not be empty; return their files."""
    files = [feed / FOLDERS[index % len(FOLDERS)] / f"{index:05}.md" for index in range(records)]
    (feed / FOLDERS[-1]).mkdir(parents=True, exist_ok=True)
    (feed / "_config.yml").write_bytes(b"url: https://feed.example\n")
    for file in files:
        file.write_bytes(OLD)
    for name, data in BYSTANDERS.items():
        (feed / name).write_bytes(data)
    return files


def left_over(feed: Path) -> list[Path]:
    return [path for path in feed.rglob("*") if LEFT_OVER.fullmatch(path.name)]


def wait_for_a_write(feed: Path) -> None:
    """Return when a temporary file is there, or after a while."""
    until = time.monotonic() + 0.1
    while time.monotonic() < until:
        if any(LEFT_OVER.fullmatch(name) for folder in FOLDERS for name in os.listdir(feed / folder)):
            return


def attempt(feed: Path, records: int, number: signal.Signals, delay: float, index: int, outcome: Outcome) -> None:
    """Make one round, the one with *index*: stop a run with the signal *number* after *delay* in seconds."""
    files = lay(feed, records)
    victim = Run(feed)
    other = Run(feed) if index % 3 == 2 else None
    time.sleep(delay)
    if index % 4 < 2:
        wait_for_a_write(feed)
    victim.hit(number)
    end = victim.ended()
    beside = other.ended() if other is not None else None
    outcome.runs += 1
    outcome.stopped += end.status != 0

    def expect(what: str, found: object, *wanted: object) -> None:
        if found not in wanted:
            outcome.problems.append(f"round {index}: {what} is {str(found)[:200]}: {str(end)[:200]}")

    expect("the status", end.status, 0, 130 if number == signal.SIGINT else -number)
    contents = [file.read_bytes() for file in files]
    outcome.files += len(files)
    outcome.new += contents.count(NEW)
    broken = len(files) - contents.count(OLD) - contents.count(NEW)
    outcome.damaged += broken
    expect("the number of damaged files", broken, 0)
    found = left_over(feed)
    outcome.hit_a_write += bool(found)
    if number != signal.SIGKILL:
        expect("what is left over", found, [])
    if beside is not None:
        expect("the status of the run beside", beside.status, 0)
        expect("what the run beside left as it was", contents.count(OLD), 0)
    next_runs = [Run(feed) for _ in range(1 + index % 2)]
    ends = [each.ended() for each in next_runs]
    expect("the status of the next run", {each.status for each in ends}, {0})
    expect("what the next run repaired", sum(each.fixed for each in ends), contents.count(OLD))
    expect("what it left as it was", [file.name for file in files if file.read_bytes() != NEW], [])
    rest = left_over(feed)
    outcome.left_after_next_run += len(rest)
    expect("what is left over after the next run", rest, [])
    kept = {name: (feed / name).read_bytes() for name in BYSTANDERS if (feed / name).exists()}
    expect("what is not feedlint's", kept, BYSTANDERS)


def experiment(feed: Path, runs: int, records: int, number: signal.Signals, random: Random) -> Outcome:
    """Make *runs* rounds in the folder *feed*, which is to be empty."""
    fix_text(OLD.decode(), "_news/a.md")  # loads what is loaded late
    lay(feed, records)
    began = time.monotonic()
    first = Run(feed).ended()
    duration = time.monotonic() - began
    outcome = Outcome()
    if (first.status, first.fixed) != (0, records):
        outcome.problems.append(f"the run that is left in peace: {str(first)[:200]}")
    with suppress(KeyboardInterrupt):  # what has been counted so far is worth printing
        for index in range(runs):
            attempt(feed, records, number, random.uniform(0, duration), index, outcome)
    return outcome


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=500)
    parser.add_argument("--records", type=int, default=200)
    parser.add_argument("--signal", choices=("KILL", "TERM", "INT", "HUP"), default="KILL")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--in", dest="where", help="the folder to make the feed in (default: that of the system)")
    options = parser.parse_args()
    if not hasattr(os, "fork"):
        parser.error("this system has no fork")
    with tempfile.TemporaryDirectory(dir=options.where) as folder:
        number = signal.Signals[f"SIG{options.signal}"]
        outcome = experiment(Path(folder).resolve(), options.runs, options.records, number, Random(options.seed))
    sys.stdout.writelines(f"{line}\n" for line in (f"SIG{options.signal}: {outcome}", *outcome.problems[:20]))
    return 1 if outcome.problems else 0


if __name__ == "__main__":
    sys.exit(main())
