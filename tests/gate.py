"""The gate, as a team meets it: ``python -m tests.gate FOLDER`` makes a git repository of a copy of a feed, and counts.

What is wrong in the feed goes to a baseline (``feedlint init``). A branch edits 20 records: 7 of them are broken, in as
many ways, 3 of those in records that have findings already; the other edits are sound. Then these must report the 7, at
their lines, and nothing else:

* ``feedlint --since main --new-only``
* ``feedlint``, with the baseline
* ``git commit``, where pre-commit runs ``feedlint --staged``

and ``feedlint --fix`` must repair those that can be, and leave every other byte of the repository as it is.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Final, NamedTuple

from feedlint import FileReport, lint_paths

ROOT: Final = Path(__file__).parent.parent
EDITED, BROKEN, KNOWN = 20, 7, 3
OTHER_AMP = "https://www-example-com.cdn.ampproject.org/c/s/www.example.com/another-article"


class Finding(NamedTuple):
    """A finding as a report has it."""

    path: str
    line: int
    code: str


class Damage(NamedTuple):
    """A broken record: its text, what is to be found at which line, and what ``--fix`` is to make of it."""

    text: str
    line: int
    code: str
    repaired: str


@dataclass
class Outcome:
    """What the gate did: what it expected, and by each way, what was reported and with which exit status."""

    expected: set[Finding] = field(default_factory=set)
    reported: dict[str, set[Finding]] = field(default_factory=dict)
    statuses: dict[str, int] = field(default_factory=dict)
    known: int = 0
    problems: list[str] = field(default_factory=list)


# --- ways to break a record ---------------------------------------------------------------------------------------


def _replaced(text: str, pattern: str, new: Callable[[re.Match[str]], tuple[str, str]], code: str) -> Damage | None:
    """Return *text* with the match of *pattern* replaced by the first of what *new* returns; the second is the repair.

    The finding is in the line where the match ends.
    """
    match = re.search(pattern, text)
    if match is None:
        return None
    broken, repaired = new(match)
    head, tail = text[: match.start()], text[match.end() :]
    return Damage(head + broken + tail, (head + broken).count("\n") + 1, code, head + repaired + tail)


def opener(text: str) -> Damage | None:
    head = re.match("---[ ]*\r?\n", text)
    return Damage(text[head.end() :], 1, "FM001", text) if head else None


def mojibake(text: str) -> Damage | None:
    return _replaced(text, r'(?m)^title: "[A-Za-z]{3,}(?= )', lambda m: (f"{m[0]} â€\u201d", f"{m[0]} \u2014"), "TX001")


def offset(text: str) -> Damage | None:
    def new(match: re.Match[str]) -> tuple[str, str]:
        earlier = datetime.fromisoformat(match[2]) - timedelta(hours=1)
        return f"{match[1]}{match[2]}+01:00", f"{match[1]}{earlier.isoformat()}Z"

    return _replaced(text, r"(?m)^(publishedDateTime: )(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)Z", new, "DT001")


def amp_of_another(text: str) -> Damage | None:
    return _replaced(text, r'(?m)^cdnAmpWebUrl: "[^"\n]*"', lambda m: (f'cdnAmpWebUrl: "{OTHER_AMP}"', m[0]), "UR005")


def no_width(text: str) -> Damage | None:
    pattern = r"(?m)^(images:\r?\n(?:[ -].*\n)*?[ -]+width: )\d+(?=\r?$)"
    return _replaced(text, pattern, lambda m: (f"{m[1]}0",) * 2, "IM001")


def twice(text: str) -> Damage | None:
    return _replaced(
        text,
        r'(?m)^(excerpt: "[^"\\\n]+")(?=(\r?\n)(?!\s))',
        lambda m: (f'{m[1]}{m[2]}excerpt: "Said in another way."',) * 2,
        "YA002",
    )


def unterminated(text: str) -> Damage | None:
    # Where the next line is `key: ""` or `key: "#…"`, the two would be one title, and a record.
    pattern = r'(?m)^title: ("[^"\\\n]+)"(?=\r?\n(?:\w+: "\w[^"\\\n]*"|[^"\n]*)\r?$)'
    return _replaced(text, pattern, lambda m: (f"title: {m[1]}",) * 2, "YA001")


def entity(text: str) -> Damage | None:
    return _replaced(text, r'(?m)^excerpt: "[A-Za-z]{3,}(?= )', lambda m: (f"{m[0]} &amp;", f"{m[0]} &"), "TX003")


def no_space(text: str) -> Damage | None:
    return _replaced(text, r"(?m)^type: (?=\w+\r?$)", lambda m: ("type:",) * 2, "YA001")


# Each with the field that it is about: a record that is known for another field is known for it still.
WAYS: Final[Mapping[Callable[[str], Damage | None], str]] = {
    opener: "",
    mojibake: "title",
    offset: "publishedDateTime",
    amp_of_another: "cdnAmpWebUrl",
    no_width: "images",
    twice: "excerpt",
    unterminated: "title",
    entity: "excerpt",
    no_space: "type",
}


def sound(text: str, number: int) -> str:
    """Return *text* with an edit that no rule minds: every line but the first moves, or the last one does."""
    newline = "\r\n" if "\r\n" in text else "\n"
    if number % 2:
        return text.replace(newline, f"{newline}# looked at again{newline}", 1)
    at = re.search(r"(?m)^---\s*\Z", text)
    return f"{text[: at.start()]}# looked at again{newline}{text[at.start() :]}" if at else text


# --- the play -----------------------------------------------------------------------------------------------------


class Feed:
    """A git repository made of a copy of the feed in *source*."""

    def __init__(self, source: Path, work: Path) -> None:
        self.folder = work / "feed"
        shutil.copytree(source, self.folder, ignore=shutil.ignore_patterns(".git", "feedlint*"))
        for path in (self.folder, *self.folder.rglob("*")):  # what is read-only stays as it is
            path.chmod(path.stat().st_mode | stat.S_IWUSR)
        (work / "home").mkdir()
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
            "PYTHONPATH": str(ROOT),
            "PYTHONUTF8": "1",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "PRE_COMMIT_HOME": str(work / "home"),
            **{
                f"GIT_{who}_{what}": "test@example.com" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
            },
        }
        self.git("init", "--quiet", "--initial-branch=main")

    def run(self, *command: str) -> tuple[int, str]:
        """Return the exit status of *command* and what it printed."""
        done = subprocess.run(command, cwd=self.folder, env=self.environment, capture_output=True, check=False)
        return done.returncode, (done.stdout + done.stderr).decode("utf-8", "replace")

    def git(self, *arguments: str) -> str:
        status, output = self.run("git", *arguments)
        if status:
            raise RuntimeError(f"git {' '.join(arguments)}: {output}")
        return output

    def commit(self, message: str) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--no-verify", "-m", message)

    def feedlint(self, *arguments: str) -> tuple[int, str]:
        return self.run(sys.executable, "-m", "feedlint", *arguments)

    def findings(self, *arguments: str) -> tuple[int, set[Finding], str]:
        """Return the exit status of feedlint, what it reports, and what it printed."""
        result = self.folder.parent / "result.json"
        result.unlink(missing_ok=True)
        status, output = self.feedlint(*arguments, "--output-format", "json", "--output-file", str(result))
        files = json.loads(result.read_text(encoding="utf-8"))["files"] if result.exists() else []
        found = {
            Finding(file["path"], each["span"]["start"]["line"], each["code"])
            for file in files
            for each in file["diagnostics"]
        }
        return status, found, output

    def read(self, path: str) -> str:
        return (self.folder / path).read_bytes().decode("utf-8", "surrogateescape")

    def write(self, path: str, text: str) -> None:
        (self.folder / path).write_bytes(text.encode("utf-8", "surrogateescape"))

    def contents(self) -> dict[str, bytes]:
        """Return the content of each file outside of .git."""
        files = (file for file in self.folder.rglob("*") if file.is_file() and ".git" not in file.parts)
        return {file.relative_to(self.folder).as_posix(): file.read_bytes() for file in files}


def choose(feed: Feed, reports: Sequence[FileReport], random: Random) -> tuple[dict[str, Damage], dict[str, str]]:
    """Return the records to break, with what becomes of them, and those to edit soundly, with their new text."""
    names = [Path(report.path).relative_to(feed.folder).as_posix() for report in reports]
    records = [
        (name, {str(d.data_path[0]) if d.data_path else "" for d in report.diagnostics})
        for name, report in zip(names, reports, strict=True)
        if report.readable and name.endswith(".md")
    ]
    random.shuffle(records)
    ways = list(WAYS)
    random.shuffle(ways)
    damages: dict[str, Damage] = {}
    for way in ways:
        if len(damages) < BROKEN:
            known = len(damages) < KNOWN
            damages.update(_first(feed, records, way, known=known, taken=set(damages)))
    edits = {name: sound(feed.read(name), at) for at, (name, _) in enumerate(records) if name not in damages}
    changed = [name for name in edits if edits[name] != feed.read(name)][: EDITED - len(damages)]
    return damages, {name: edits[name] for name in changed}


def _first(
    feed: Feed,
    records: Sequence[tuple[str, set[str]]],
    way: Callable[[str], Damage | None],
    *,
    known: bool,
    taken: set[str],
) -> Iterator[tuple[str, Damage]]:
    for name, fields in records:
        if name not in taken and bool(fields) is known and not fields & {WAYS[way], ""}:
            damage = way(feed.read(name))
            if damage is not None:
                yield name, damage
                return


def play(source: Path, work: Path, seed: int = 1) -> Outcome:
    """Play the gate on a copy of the feed in *source*, made in *work*; return what came of it."""
    outcome = Outcome()
    feed = Feed(source, work)
    feed.commit("the feed as it is")
    status, output = feed.feedlint("init")
    if status:
        outcome.problems.append(f"feedlint init: exit status {status}: {output}")
    feed.write(".pre-commit-config.yaml", _HOOK.format(entry=json.dumps(f"{sys.executable} -m feedlint --staged")))
    feed.commit("feedlint")
    status, found, output = feed.findings()
    if status or found:
        outcome.problems.append(f"the feed is not clean with its baseline: {status} {sorted(found)[:9]} {output}")

    reports = lint_paths([str(feed.folder)]).files
    outcome.known = sum(len(report.diagnostics) for report in reports)
    damages, edits = choose(feed, reports, Random(seed))
    outcome.expected = {Finding(name, damage.line, damage.code) for name, damage in damages.items()}
    if (len(damages), len(edits)) != (BROKEN, EDITED - BROKEN):
        outcome.problems.append(f"only {len(damages)} records could be broken, and {len(edits)} edited")

    def edit() -> None:
        for name, text in ({name: damage.text for name, damage in damages.items()} | edits).items():
            feed.write(name, text)

    # In a real commit.
    feed.git("checkout", "--quiet", "-b", "staged")
    feed.run(sys.executable, "-m", "pre_commit", "install")
    edit()
    feed.git("add", "--all")
    status, output = feed.run("git", "commit", "-m", "edits")
    outcome.statuses["git commit"] = status
    outcome.reported["git commit"] = {
        Finding(match[1], int(match[2]), match[3])
        for match in re.finditer(r"(?m)^(.+?):(\d+):\d+: ([A-Z]{2}\d{3}) ", output)
    }

    # On the branch of a pull request.
    feed.git("checkout", "--quiet", "-b", "change")
    feed.commit("edits")
    for name, options in (("--since main --new-only", ("--since", "main", "--new-only")), ("baseline", ())):
        outcome.statuses[name], outcome.reported[name], _ = feed.findings(*options)

    # Repaired.
    before = feed.contents()
    feed.feedlint("--fix")
    after = feed.contents()
    wanted = before | {name: d.repaired.encode("utf-8", "surrogateescape") for name, d in damages.items()}
    outcome.problems += [f"{name} is not as it should be after --fix" for name in sorted(wanted | after)
                         if wanted.get(name) != after.get(name)]  # fmt: skip
    left = {Finding(name, d.line, d.code) for name, d in damages.items() if d.repaired == d.text}
    _, found, _ = feed.findings()
    outcome.problems += [f"left after --fix, or lost: {finding}" for finding in sorted(found ^ left)]

    for name, found in outcome.reported.items():
        outcome.problems += [f"{name}: missed {finding}" for finding in sorted(outcome.expected - found)]
        outcome.problems += [f"{name}: too much {finding}" for finding in sorted(found - outcome.expected)]
        if outcome.statuses[name] != 1:
            outcome.problems.append(f"{name}: exit status {outcome.statuses[name]}")
    return outcome


_HOOK = """\
repos:
  - repo: local
    hooks:
      - id: feedlint
        name: feedlint
        language: system
        entry: {entry}
        args: [--output-format, concise]
        pass_filenames: false
"""


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as work:
        outcome = play(options.folder, Path(work), options.seed)
    lines = [f"{outcome.known} findings known, {len(outcome.expected)} brought in:"]
    lines += (f"  {each.path}:{each.line} {each.code}" for each in sorted(outcome.expected))
    for name, found in outcome.reported.items():
        right = len(found & outcome.expected)
        lines.append(f"{name}: {right} of them, {len(found) - right} others, exit status {outcome.statuses[name]}")
    lines += (f"PROBLEM: {problem}" for problem in outcome.problems)
    lines.append("the gate does not hold" if outcome.problems else "the gate holds")
    sys.stdout.write("\n".join(lines) + "\n")
    return bool(outcome.problems)


if __name__ == "__main__":
    sys.exit(main())
