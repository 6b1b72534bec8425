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
from benchmarks.feed.__main__ import write
from benchmarks.feed.damage import FAMILIES, of_all
from benchmarks.feed.files import files
from benchmarks.speed import peers
from benchmarks.speed.__main__ import main
from benchmarks.speed.measure import Command, Failed, Run, once, pairs
from benchmarks.speed.peers import Feed, Tools
from benchmarks.speed.picture import picture

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


def test_the_speed_is_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drawn = tmp_path / "speed.svg"
    peer = "script" if find_spec("frontmatter") and find_spec("jsonschema") else "python"
    options = ["--python", sys.executable, "--folder", str(tmp_path), "--picture", str(drawn)]
    assert main([*options, "--records", "30", "--pairs", "1", "--peer", peer, "--mode", "cold"]) == 0
    title, *rows = capsys.readouterr().out.splitlines()[2:]
    assert title == "30 records from scratch, one pair:"
    names = [row.split("|")[1].strip() for row in rows if row]
    assert names == ["program", "---", "feedlint", "feedlint --jobs 1", peer]
    assert "<title>30 records from scratch, one pair" in drawn.read_text(encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["speed.svg"]


def test_what_cannot_be_run_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--cache", str(tmp_path / "none")]) == 2
    assert "try --install" in capsys.readouterr().err
    with pytest.raises(Failed, match=r"ended with status 3\nno luck"):
        once(Command([sys.executable, "-c", "import sys; print('no luck', file=sys.stderr); sys.exit(3)"], tmp_path))
    with pytest.raises(Failed, match="cannot be run"):
        once(Command([str(tmp_path / "missing")], tmp_path))


def test_a_run_is_measured(tmp_path: Path) -> None:
    run = once(Command([sys.executable, "-c", "import time; time.sleep(0.2); b = bytearray(50_000_000)"], tmp_path))
    assert run.seconds >= 0.2
    assert run.mebibytes == 0 or 50 < run.mebibytes < 200


def test_pairs_are_compared_one_by_one() -> None:
    first, second = iter([Run(1, 1), Run(2, 9), Run(4, 1)]), iter([Run(3, 1), Run(4, 1), Run(4, 1)])
    ratio, _, _ = pairs(lambda: next(first), lambda: next(second), 3)
    assert str(ratio) == "2.0 (1.0–3.0)"


def test_a_picture_has_a_bar_for_each() -> None:
    drawn = ElementTree.fromstring(picture("a < b", [("feedlint", 1.0), ("other & co", 12.0), ("third", 0.05)]))
    space = "{http://www.w3.org/2000/svg}"
    names = [text.text for text in drawn.iter(f"{space}text")]
    assert names[0] == "a < b"
    assert {"feedlint", "other & co", "third", "12", "0.05"} < set(names)
    wide = [float(bar.attrib["width"]) for bar in drawn.iter(f"{space}rect")][1:]
    assert wide[1] > wide[0] > wide[2] > 0


def test_an_option_is_known_from_the_help(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    python = tmp_path / "python"
    tools = Tools(python, tmp_path)
    monkeypatch.setitem(
        peers._HELP, str(python), "  -j N, --jobs N   how many processes\n  --no-cache-file F  a file\n"
    )
    assert peers.has_option(tools, "--jobs")
    assert not peers.has_option(tools, "--no-cache")
    feed = Feed(tmp_path, tmp_path, tmp_path)
    assert peers.feedlint(tools, feed).arguments == [str(python), "-m", "feedlint", ".", "--quiet"]
    monkeypatch.setitem(peers._HELP, str(python), "  --no-cache   look at all files anew\n")
    assert peers.feedlint(tools, feed, "--fix").arguments[3:] == [".", "--quiet", "--no-cache", "--fix"]
    assert peers.feedlint(tools, feed, cached=True).arguments[3:] == [".", "--quiet"]
