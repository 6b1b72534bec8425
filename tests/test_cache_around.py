"""What results rest on beside their files: a change of it is seen, and nothing else makes the cache forget."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from feedlint.cache.around import Answer, Asked, Recording, as_json, joined, still
from feedlint.config import Settings
from tests.cached import Run, plain
from tests.support import png, repository
from tests.test_cache import PICTURED, SOUND, aged, feed, plainly, settings_at

SUFFIXES = (".md",)


def recorded(root: Path) -> Recording:
    """Return a tree that was asked for what is in :func:`site`, and for what is not."""
    tree = Recording(root)
    assert sorted(tree.names("_data/topics")) == ["t.md"]
    assert list(tree.names("nowhere")) == []
    for path in ("_config.yml", "assets/p.png"):
        file = tree.open(path)
        assert file is not None
        with file:
            assert file.read() == (root / path).read_bytes()
    with pytest.raises(FileNotFoundError):
        tree.open("_config.yaml")
    assert tree.newline(str(root / "_news"), SUFFIXES) == "\n"
    assert (list(tree.alike("assets", "p.png")), list(tree.alike("assets", "r.png"))) == (["p.png"], [])
    return tree


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    feed(root, a=SOUND, b=SOUND, c=SOUND.replace("\n", "\r\n"))
    (root / ".git").mkdir()
    return root


def test_what_is_the_same_is_told_by_stamps(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    aged(monkeypatch)
    tree = recorded(site)
    kept = as_json(tree.asked)
    assert len(kept) == 8
    monkeypatch.setattr("feedlint.tree.Disk.open", lambda *_: pytest.fail("it is read"))
    monkeypatch.setattr("feedlint.cache.around.newline_in", lambda *_: pytest.fail("it is read"))
    again = still(site, kept)
    assert again is not None
    assert again.asked == tree.asked
    assert sorted(again.stamps) == [str(site / "_news" / name) for name in ("a.md", "b.md", "c.md")]


CHANGES: dict[str, Callable[[Path], object]] = {
    "a topic more": lambda root: (root / "_data/topics/u.md").write_text(""),
    "another picture": lambda root: (root / "assets/p.png").write_bytes(png(4, 2)),
    "no picture": lambda root: (root / "assets/p.png").unlink(),
    "a configuration": lambda root: (root / "_config.yml").write_text("url: https://other.example\n"),
    "another configuration": lambda root: (root / "_config.yaml").write_text(""),
    "a picture that was missing": lambda root: (root / "assets/r.png").write_bytes(b""),
    "one with another case": lambda root: (root / "assets/P.png").write_bytes(b""),
    "a folder": lambda root: repository(root, {"nowhere/a.md": ""}),
    "another habit": lambda root: (root / "_news/b.md").write_bytes(b"a\r\n"),
    "an even habit": lambda root: (root / "_news/d.md").write_bytes(b"a\r\n"),
}
NO_CHANGES: dict[str, Callable[[Path], object]] = {
    "nothing": lambda root: None,
    "a topic's text": lambda root: (root / "_data/topics/t.md").write_text("it was not asked for"),
    "the same again": lambda root: (root / "assets/p.png").write_bytes(png(3, 2)),
    "one of the same habit": lambda root: (root / "_news/d.md").write_bytes(b"a\n"),
    "other text": lambda root: (root / "_news/a.md").write_bytes(b"a\n"),
    "a picture more": lambda root: (root / "assets/q.png").write_bytes(png(3, 2)),
}


@pytest.mark.parametrize("is_old", [True, False])
@pytest.mark.parametrize("name", [*CHANGES, *NO_CHANGES])
def test_what_has_changed_is_seen(name: str, is_old: bool, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if is_old:
        aged(monkeypatch)
    kept = as_json(recorded(site).asked)
    {**CHANGES, **NO_CHANGES}[name](site)
    assert (still(site, kept) is None) == (name in CHANGES)


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there that not every user has")
def test_a_folder_that_has_come_to_lead_out_is_seen(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its files are the same, with the same stamps; but what is outside of the repository is not there for it."""
    aged(monkeypatch)
    tree = Recording(site)
    with pytest.raises(FileNotFoundError):
        tree.open("assets/q.png")
    file = tree.open("assets/p.png")
    assert file is not None
    file.close()
    kept = as_json(tree.asked)
    assert still(site, kept) is not None
    os.rename(site / "assets", site.parent / "elsewhere")
    os.symlink(site.parent / "elsewhere", site / "assets")
    assert still(site, kept) is None


def test_a_file_that_is_too_large_to_be_read_is_told_by_its_stamp(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feedlint.cache.around._LARGEST", 10)
    for old in (False, True):
        if old:
            aged(monkeypatch)
        tree = Recording(site)
        file = tree.open("assets/p.png")
        assert file is not None
        with file:
            assert file.read() == png(3, 2)
        assert (still(site, as_json(tree.asked)) is not None) == old


def asked(name: str, answer: Answer) -> Asked:
    return {("open", name): answer}


def test_two_that_were_told_different_things_are_not_joined() -> None:
    one, other, same = (asked("a", Answer(digest)) for digest in "xyx")
    more = asked("b", Answer("z"))
    assert joined(one, more) == {**one, **more}
    assert joined(one, same) == one
    assert joined(one, other) is None
    unknown = asked("a", Answer(""))
    assert joined(unknown, unknown) is None
    large = asked("a", Answer("", "mark"))
    assert joined(large, large) == large


def test_what_changes_during_a_run_is_forgotten(tmp_path: Path) -> None:
    root, place = tmp_path / "feed", str(tmp_path / "cache")
    paths = feed(root, a=PICTURED, b=PICTURED)
    Run(place, settings_at()).files(paths)
    second = Run(place, settings_at())
    reports = [second.file(paths[0])]  # by what is known
    (root / "assets" / "p.png").write_bytes(png(9, 9))
    Path(paths[1]).write_text(PICTURED.replace("width: 3", "width: 9").replace("height: 2", "height: 9"))
    reports.append(second.file(paths[1]))  # by what is there now
    assert [[each.code for each in report.diagnostics] for report in reports] == [[], []]
    for tree in second.trees.values():
        second.cache.rests_on(root, tree.asked)
    second.cache.close()
    assert list(Path(place).glob("*.feedlint")) == []
    assert plain(Run(place, settings_at()).files(paths)) == plainly(paths, settings_at())


def test_a_feed_without_a_root_rests_on_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feedlint.cache.cache.root_of", lambda _: None)
    path, place = (tmp_path / "a.md").as_posix(), str(tmp_path / "cache")
    Path(path).write_text(SOUND)
    aged(monkeypatch)
    settings = Settings()
    first, second = Run(place, settings), Run(place, settings)
    first.files([path])
    monkeypatch.chdir(tmp_path)
    reports = second.files(["a.md", path])
    assert second.read == []
    assert plain(reports) == plainly(["a.md", path], settings)
