"""The feed that speed is measured on: the same for a seed, and damaged where it says so; and that the runs run."""

from __future__ import annotations

import sys
from collections import Counter
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree

import pytest

import feedlint
from benchmarks.feed.__main__ import git, write
from benchmarks.feed.damage import FAMILIES, of_all
from benchmarks.feed.files import files
from benchmarks.speed import tools as installed
from benchmarks.speed.__main__ import main
from benchmarks.speed.bench import Asked, Bench, _extract
from benchmarks.speed.measure import Command, Failed, Ratio, Run, once, pairs, watched
from benchmarks.speed.modes import hooks
from benchmarks.speed.picture import picture
from benchmarks.speed.processes import can_be_seen
from benchmarks.speed.tools import Feed, Tools, has_option
from benchmarks.speed.tools import feedlint as command_of

RECORDS = 300
SEED = 4711


def test_the_same_seed_makes_the_same_bytes() -> None:
    digest = sha256()
    for file in files(60, SEED):
        digest.update(f"{file.path} {len(file.content)}\n".encode() + file.content)
    assert digest.hexdigest() == "d1700cd3763001f8f901dd6f5374b1fd0a415413cbcf9bb926e9dadd28e03e85"


def test_what_is_damaged_is_found_and_nothing_else(tmp_path: Path) -> None:
    made = list(files(RECORDS, SEED))
    write(tmp_path, made)
    damaged = {file.path: file.code for file in made if file.code}
    found = {
        Path(report.path).relative_to(tmp_path).as_posix(): {finding.code for finding in report.findings}
        for report in feedlint.lint_paths([str(tmp_path)]).files
        if report.findings
    }
    assert sorted(found) == sorted(damaged)
    assert [path for path in damaged if damaged[path] not in found[path]] == []


def test_one_file_can_have_a_finding_of_every_family() -> None:
    made = files(700, 1)
    sound = next(file for file in made if file.path.startswith("_news/") and not file.code and file.content.isascii())
    found = feedlint.lint_text(of_all(sound.content.decode()), "_news/story.md")
    families = {finding.code[:2] for finding in found}
    assert families == {"FM", "YA", "SC", "TX", "DT", "UR", "IM", "XR", "FL"}


def test_a_feed_has_what_real_ones_have() -> None:
    made = [file for file in files(2000, SEED) if file.is_record]
    assert len(made) == 2000
    assert len({file.path for file in made}) == 2000
    sizes = sorted(len(file.content) for file in made)
    assert 1500 < sum(sizes) / len(sizes) < 1700
    assert 4000 < sizes[-20] < 7000
    assert 0.40 < sum(not file.content.isascii() for file in made) / len(made) < 0.46
    assert 0.40 < sum(b"\r\n" in file.content for file in made) / len(made) < 0.50
    assert sum(bool(file.code) for file in made) == 60
    shares = Counter(file.code[:2] for file in made if file.code)
    assert set(shares) == set(FAMILIES)
    assert set(shares.values()) == {8, 9}
    folders = Counter(file.path.rpartition("/")[0] for file in made)
    assert {"_data/topics", "_data/organizations", "_learning/videos", "_people", "_samples", "_communities"} < set(
        folders
    )


def measured(folder: Path, capsys: pytest.CaptureFixture[str], mode: str, *options: str) -> tuple[str, list[list[str]]]:
    """Return the headline and the rows of what *mode* prints about this checkout, each a list of its cells."""
    own = ["--python", sys.executable, "--folder", str(folder), "--records", "30", "--pairs", "1", "--mode", mode]
    assert main([*own, *options]) == 0
    title, *rows = capsys.readouterr().out.splitlines()[2:]
    return title, [[cell.strip() for cell in row.strip("|").split("|")] for row in rows if row]


def test_the_speed_is_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drawn, kept = tmp_path / "speed.svg", tmp_path / "speed.md"
    peer = "script" if find_spec("frontmatter") and find_spec("jsonschema") else "python"
    title, rows = measured(
        tmp_path, capsys, "cold", "--peer", peer, "--picture", str(drawn), "--table", str(kept)
    )  # fmt: skip
    assert title == "30 records from scratch, one pair:"
    names = [row[0].partition(" (")[0] for row in rows]
    assert names == ["program", "---", "feedlint", "feedlint --jobs 1", peer]
    assert "<title>30 records from scratch, one pair" in drawn.read_text(encoding="utf-8")
    assert kept.read_text(encoding="utf-8").splitlines()[:2] == [title, ""]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["speed.md", "speed.svg"]


@pytest.mark.parametrize(
    ("mode", "headline", "names"),
    [
        ("warm", "30 records, the same files again, one pair:", ["feedlint", "feedlint, from scratch"]),
        ("checkout", "30 records, the same content in new files, one pair:", ["feedlint", "feedlint, from scratch"]),
        (
            "one",
            "one file, one pair:",
            ["a clean file", *(f"a finding of {each}" for each in ("every family", *FAMILIES))],
        ),
        ("fix", "30 records, 3 % of them damaged, one pair:", ["feedlint", "feedlint --fix", "round trip"]),
    ],
)
def test_each_mode_measures(
    mode: str, headline: str, names: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    title, rows = measured(tmp_path, capsys, mode, "--peer", "python")
    assert title == headline
    assert [row[0] for row in rows[2:]] == names


def test_growth_is_measured_on_a_feed_that_is_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    feed = tmp_path / "feed"
    write(feed, files(40, SEED))
    before = {path: path.stat().st_mtime_ns for path in feed.rglob("*")}
    title, rows = measured(tmp_path, capsys, "grow", "--feed", str(feed))
    assert title == "as a feed grows:"
    assert [row[:2] for row in rows[2:]] == [["40", "1"]]
    assert {path: path.stat().st_mtime_ns for path in feed.rglob("*")} == before


def test_a_cluster_is_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("distributed", reason="distributed is not installed")
    title, rows = measured(tmp_path, capsys, "dask")
    assert title == "30 records, 2 workers of Dask, one pair:"
    assert [row[0] for row in rows[2:]] == ["--jobs 2", "--executor dask=…"]


@pytest.mark.skipif(sys.platform == "win32", reason="a program is played by a shell script here")
def test_hooks_are_measured(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pre_commit", reason="pre-commit is not installed")
    program = tmp_path / "cache/pre-commit/repo1/py_env-1/bin/feedlint"  # as if it were installed already
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m feedlint "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    shipped = tmp_path / "hooks"
    shipped.mkdir()
    text = (installed.ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    text = text.replace("language: python", "language: system").replace("entry: feedlint", f"entry: {program}")
    (shipped / ".pre-commit-hooks.yaml").write_text(text, encoding="utf-8")
    git(shipped)
    monkeypatch.setattr(hooks, "ROOT", shipped)
    monkeypatch.setenv("PYTHONPATH", str(installed.ROOT))
    title, rows = measured(tmp_path, capsys, "pre-commit", "--cache", str(tmp_path / "cache"))
    assert title == "pre-commit run, 5 staged files of 30, one pair:"
    assert [row[0] for row in rows[2:]] == ["feedlint", "feedlint-staged"]


def test_what_cannot_be_run_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--cache", str(tmp_path / "none")]) == 2
    assert "try --install" in capsys.readouterr().err
    with pytest.raises(Failed, match=r"ended with status 3\nno luck"):
        once(Command([sys.executable, "-c", "import sys; print('no luck', file=sys.stderr); sys.exit(3)"], tmp_path))
    with pytest.raises(Failed, match="cannot be run"):
        once(Command([str(tmp_path / "missing")], tmp_path))
    with pytest.raises(Failed, match="broke off"):
        once(Command([sys.executable, "-c", "print(1 / 0)"], tmp_path))


def test_what_is_no_utf8_is_written_for_others_as_if_it_were(tmp_path: Path) -> None:
    feed = Feed(tmp_path / "feed", tmp_path / "yaml", tmp_path / "cache", 1)
    (feed.folder / "_news").mkdir(parents=True)
    feed.yaml.mkdir()
    (feed.folder / "_news" / "a.md").write_bytes(b"---\ntitle: caf\xe9\n---\nA text.\n")
    _extract(feed)
    assert (feed.yaml / "_news" / "000000.yaml").read_bytes() == "title: caf\ufffd\n".encode()


def test_a_run_is_measured(tmp_path: Path) -> None:
    run = once(Command([sys.executable, "-c", "import time; time.sleep(0.2); b = bytearray(50_000_000)"], tmp_path))
    assert run.seconds >= 0.2
    assert run.mebibytes == 0 or 50 < run.mebibytes < 200


_TWO = """
import subprocess, sys, time
hold = "b = bytearray(60_000_000); import time; time.sleep(0.4)"
begin = "subprocess.run([sys.executable, '-c', sys.argv[1]])"
subprocess.run([sys.executable, "-c", f"import subprocess, sys; {hold}; {begin}", hold])
"""


@pytest.mark.skipif(not can_be_seen(), reason="the memory of processes cannot be seen here")
def test_the_memory_of_all_processes_counts(tmp_path: Path) -> None:
    run = watched(Command([sys.executable, "-c", _TWO], tmp_path))
    assert run.processes == 3
    assert 120 < run.mebibytes < 240


def test_pairs_are_compared_one_by_one() -> None:
    first, second = iter([Run(1, 1), Run(2, 9), Run(4, 1)]), iter([Run(3, 1), Run(4, 1), Run(4, 1)])
    ratio, _, _ = pairs(lambda: next(first), lambda: next(second), 3)
    assert str(ratio) == "2.0 (1.0–3.0)"
    assert ratio.pairs == 3


def test_what_takes_long_is_run_less_often_and_says_so(tmp_path: Path) -> None:
    asked = Asked([], records=30, sizes=[], feeds=[], seed=1, pairs=5, patience=60)
    bench = Bench(asked, Tools(Path(sys.executable), Path(sys.executable), tmp_path), tmp_path, tmp_path)
    assert [bench.times(seconds) for seconds in (0.01, 12, 13, 45, 1000)] == [5, 5, 4, 1, 1]
    assert bench.ratio(Ratio(33, 31, 34, 5)) == "33 (31–34)"
    assert bench.ratio(Ratio(33, 31, 34, 2)) == "33 (31–34), 2 pairs"
    assert bench.ratio(Ratio(33, 33, 33, 1)) == "33 (33–33), one pair"


def test_a_picture_has_a_bar_for_each() -> None:
    bars = [
        ("slow", Ratio(12.0, 11.0, 14.0, 5)),
        ("other & co", Ratio(1.5, 1.4, 1.6, 5)),
        ("fast", Ratio(0.05, 0.04, 0.06, 5)),
    ]
    drawn = ElementTree.fromstring(picture("a < b", bars))
    space = "{http://www.w3.org/2000/svg}"
    names = [text.text for text in drawn.iter(f"{space}text")]
    assert names[0] == "a < b"
    rows = [name for name in names if name in {"fast", "other & co", "slow", "0.05", "1.5", "12"}]
    assert rows == ["fast", "0.05", "other & co", "1.5", "slow", "12"]
    fast, other, slow = [
        (float(bar.attrib["x"]), float(bar.attrib["width"]), bar.attrib["class"])
        for bar in drawn.iter(f"{space}rect")
        if bar.attrib["class"] != "page"
    ]
    assert fast[2:] + other[2:] + slow[2:] == ("faster", "slower", "slower")
    assert fast[0] + fast[1] == pytest.approx(other[0], abs=0.11)  # where feedlint's line is
    assert other[0] == slow[0]
    assert slow[1] > other[1] > 0


def test_an_option_is_known_from_the_help(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    python = tmp_path / "python"
    tools = Tools(python, python, tmp_path)
    monkeypatch.setattr(
        installed, "_help", lambda _: "  -j N, --jobs N   how many processes\n  --no-cache-file F  a file\n"
    )
    assert has_option(tools, "--jobs")
    assert not has_option(tools, "--no-cache")
    feed = Feed(tmp_path, tmp_path, tmp_path, 1)
    assert command_of(tools, feed).arguments == [str(python), "-m", "feedlint", ".", "--quiet"]
    monkeypatch.setattr(installed, "_help", lambda _: "  --no-cache   look at all files anew\n")
    assert command_of(tools, feed, "--fix").arguments[3:] == [".", "--quiet", "--no-cache", "--fix"]
    assert command_of(tools, feed, cached=True).arguments[3:] == [".", "--quiet"]
