"""A run that knows of files from earlier ones comes to the report of one that does not, and reads less."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path

import pytest

from benchmarks.feed.files import files
from feedlint import disk, recall, workers
from feedlint.cache import Recording, digest
from feedlint.census import Clear
from feedlint.cli import main
from feedlint.config import Settings
from feedlint.engine import Engine, to_disk
from feedlint.fixing import write
from tests.support import ARTICLE

_FEED = list(files(150, 3))
_SUSPECT = ARTICLE.replace("Harbour council", "City council")
Shown = Callable[..., tuple[int, str]]


@pytest.fixture
def feed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A feed in a git repository, old enough for its stamps to count; nothing is known of it."""
    folder = tmp_path / "feed"
    for file in _FEED:
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
    (folder / ".git").mkdir()
    monkeypatch.delenv("FEEDLINT_NO_CACHE")
    monkeypatch.setenv("FEEDLINT_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr("feedlint.cache.stamps.COARSEST", 50_000_000)
    monkeypatch.setattr("feedlint.cli.again.said", lambda *_: None)  # what a whole run has said is not said again
    monkeypatch.chdir(folder)
    time.sleep(0.06)
    return folder


@pytest.fixture
def shown(capfd: pytest.CaptureFixture[str]) -> Shown:
    def run(*argv: str) -> tuple[int, str]:
        status = main([*argv, "--output-format", "json"])
        out, err = capfd.readouterr()
        return status, out + err

    return run


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The records that were opened, in order."""
    found: list[str] = []
    taken = disk.taken

    def noted(path: str, limit: int, *, own: bool = False):  # type: ignore[no-untyped-def]
        found.append(path)
        return taken(path, limit, own=own)

    monkeypatch.setattr(recall, "taken", noted)
    return found


def test_what_is_known_is_not_read_again(feed: Path, shown: Shown, opened: list[str]) -> None:
    first = shown(".")
    assert first[0] == 1
    assert sorted(opened) == sorted(file["path"] for file in json.loads(first[1])["files"])
    opened.clear()
    assert shown(".") == first
    assert opened == []
    assert shown(".", "--no-cache") == first
    assert shown(".", "--jobs", "1") == first
    assert opened == []
    one = feed / _FEED[-1].path
    one.write_bytes(one.read_bytes().replace(b"title: ", b"title:  "))
    assert shown(".")[0] == 1
    assert opened == [_FEED[-1].path] * 2  # its content was another one, so that it was read to be checked


def test_a_fresh_checkout_is_read_and_not_checked(feed: Path, shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    first = shown(".")
    for file in _FEED:
        (feed / file.path).unlink()
        (feed / file.path).write_bytes(file.content)
    monkeypatch.setattr("feedlint.engine.Engine._checked", None)
    assert shown(".") == first


def test_workers_tell_what_the_cache_has_to_know(feed: Path, shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "WORTH", 20)
    monkeypatch.setattr(workers, "_AT_ONCE", 7)
    monkeypatch.setattr("feedlint.cache.stamps.COARSEST", 0)  # which other processes are not told
    first = shown(".", "--jobs", "2")
    monkeypatch.setattr("feedlint.engine.Engine._checked", None)
    assert shown(".") == first
    picture = next(feed.rglob("*.png"), None) or feed / "_config.yml"
    picture.write_bytes(picture.read_bytes()[:20] if picture.exists() else b"url: https://example.com\n")
    monkeypatch.undo()
    assert shown(str(feed), "--no-cache") == shown(str(feed))


@pytest.mark.parametrize("options", [("--fix",), ("--diff",), ("--fix", "--unsafe-fixes")])
def test_repairs_are_the_same(
    feed: Path, shown: Shown, options: tuple[str, ...], capfd: pytest.CaptureFixture[str]
) -> None:
    def repaired(*more: str) -> tuple[int, str, dict[str, bytes]]:
        status = main([*options, *more])
        said = "".join(capfd.readouterr())
        return status, said, {file.path: (feed / file.path).read_bytes() for file in _FEED}

    expected = repaired("--no-cache")
    for file in _FEED:
        (feed / file.path).write_bytes(file.content)
    time.sleep(0.06)
    shown(".")
    assert repaired() == expected
    assert shown(".") == shown(".", "--no-cache")


def test_only_what_has_a_fix_is_read_to_be_repaired(feed: Path, shown: Shown, opened: list[str]) -> None:
    (feed / "_news" / "scored.md").write_text(ARTICLE.replace("quality: 61", "quality: 10001"), encoding="utf-8")
    time.sleep(0.06)
    _, found = shown(".")
    files = json.loads(found)["files"]
    fixable = {file["path"] for file in files if any(d["fix"] for d in file["diagnostics"])}
    assert "_news/scored.md" in {file["path"] for file in files if file["diagnostics"]} - fixable
    opened.clear()
    shown(".", "--fix")
    assert 0 < len(fixable) < 10
    assert set(opened) == fixable


def test_baselines_are_of_each_run(feed: Path, shown: Shown) -> None:
    first = shown(".")
    assert main(["--write-baseline", "--quiet"]) == 0
    assert shown(".", "--baseline", "feedlint-baseline.txt")[0] == 0
    assert shown(".") == first


def test_what_there_is_to_warn_of_is_said_each_time(feed: Path, shown: Shown) -> None:
    (feed / "_config.yml").write_bytes(b"x" * 2_000_000)
    first = shown(".")
    assert first[1].count("warning: _config.yml is passed over") == 1
    assert shown(".") == first


def test_records_that_are_about_the_same_are_found_by_what_is_kept(feed: Path, shown: Shown) -> None:
    (feed / "_news" / "a.md").write_text(ARTICLE)
    time.sleep(0.06)
    shown(".")
    (feed / "_news" / "b.md").write_text(_SUSPECT)
    time.sleep(0.06)
    status, found = shown(".")
    assert (status, found) == shown(".", "--no-cache") == shown(".")
    assert "_news/a.md" in json.dumps(
        [f["diagnostics"] for f in json.loads(found)["files"] if f["path"] == "_news/b.md"]
    )


def test_settings_are_told_apart(feed: Path, shown: Shown) -> None:
    runs = [(".",), (".", "--select", "TX"), (".", "--ignore", "TX"), (".", "--today", "2001-01-01")]
    plain = [shown(*run, "--no-cache") for run in runs]
    assert len({json.dumps(each) for each in plain}) == 4
    for _ in range(2):
        assert [shown(*run) for run in runs] == plain
    (feed / "feedlint.toml").write_text('ignore = ["FM", "SC", "TX", "YA"]\n')
    assert shown(".") == shown(".", "--no-cache") != plain[0]


def test_an_interrupted_run_keeps_what_it_has(feed: Path, shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    first = shown(".", "--no-cache")
    check, count = recall.keep, 0

    def interrupted(*arguments: object) -> None:
        nonlocal count
        count += 1
        if count > 100:
            raise KeyboardInterrupt
        check(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(recall, "keep", interrupted)
    with pytest.raises(KeyboardInterrupt, match=r"^100 of \d+ files were checked$"):
        main(["."])
    monkeypatch.undo()
    monkeypatch.chdir(feed)
    assert shown(".") == first


def test_no_lock_is_held_over_a_file_that_is_known(feed: Path, shown: Shown) -> None:
    shown(".")
    path = str(feed / _FEED[-1].path)
    data = Path(path).read_bytes()
    assert write(path, data, data + b"\n", str(feed))
    assert shown(".") == shown(".", "--no-cache")


def test_what_a_killed_run_left_is_cleared_up_beside_what_is_known(
    feed: Path, shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown()
    record = next(path for path in (feed / "_news").rglob("*.md"))
    left = record.with_name(f".feedlint-{'0' * 32}.tmp")
    left.write_bytes(b"half a file")
    monkeypatch.setattr("feedlint.fixing.replace._near", set())
    monkeypatch.setattr("feedlint.fixing.replace._swept", set())
    shown("--fix")
    assert not left.exists()


def test_what_another_run_has_repaired_is_not_taken_for_clean_as_it_was(tmp_path: Path) -> None:
    """Else the file would pass when its old content comes back."""
    damaged = ARTICLE.replace("2020-12-08T21:40:00Z", "2020-12-08T22:40:00+01:00").encode()
    file = tmp_path / "_news" / "2020-12-08-a.md"
    file.parent.mkdir()
    file.write_bytes(damaged)

    def beaten(path: str, old: bytes, new: bytes) -> bool:
        assert to_disk(path, old, new)
        return to_disk(path, old, new)

    settings = Settings(fix=True, write=True, today=datetime(2021, 6, 1, tzinfo=timezone.utc))
    reader = recall.Reader()
    (outcome,), (note,), _ = reader.noted(Engine(settings, read=reader, store=beaten), [str(file)])
    assert isinstance(outcome, Clear)
    assert file.read_bytes() == ARTICLE.encode()
    assert note.content == digest(ARTICLE.encode()) != digest(damaged)


def test_what_is_noted_of_a_file_is_its_own(tmp_path: Path) -> None:
    """Neither that what is found waits for a day, nor what tells that it is the same, nor what was asked around it."""
    (tmp_path / ".git").mkdir()
    texts = [ARTICLE, ARTICLE.replace("2020-12-08T21:40:00Z", "2999-06-02T00:00:00Z"), ARTICLE]
    paths = [str(tmp_path / "_news" / f"{number}.md") for number in range(4)]
    (tmp_path / "_news").mkdir()
    for path, text in zip(paths, texts, strict=False):  # the last one is not there
        Path(path).write_bytes(text.encode())
    reader = recall.Reader()
    engine = Engine(Settings(today=datetime(2021, 6, 1, tzinfo=timezone.utc)), read=reader, tree=Recording)
    _, notes, around = reader.noted(engine, paths)
    assert [note.lasts for note in notes] == [True, False, True, True]
    assert [note.content for note in notes] == [*(digest(text.encode()) for text in texts), b""]
    assert [root for root, asked in around if asked] == [str(tmp_path)]
    assert recall.asked(engine) == [(str(tmp_path), {})]


def test_what_was_noted_of_a_file_is_not_that_of_one_which_cannot_be_read(tmp_path: Path) -> None:
    file = tmp_path / "_news" / "2020-12-08-a.md"
    file.parent.mkdir()
    file.write_bytes(ARTICLE.encode())
    reader = recall.Reader()
    engine = Engine(Settings(), read=reader)
    engine.content(str(file))
    file.unlink()
    _, (note,), _ = reader.noted(engine, [str(file)])
    assert note == recall.UNKNOWN._replace(lasts=True)
