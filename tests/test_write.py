"""Writing: a file is whole, keeps its mode, and nothing is left behind."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from feedlint.fixing import NotWritten, write

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX modes and links")


def test_the_content_is_replaced_and_nothing_else_is_there(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"old\r\n")
    write(str(file), b"old\r\n", b"new\r\n", tmp_path)
    assert file.read_bytes() == b"new\r\n"
    assert os.listdir(tmp_path) == ["a.md"]


@posix
def test_the_mode_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"old")
    file.chmod(0o640)
    write(str(file), b"old", b"new", tmp_path)
    assert file.stat().st_mode & 0o777 == 0o640


@posix
def test_a_new_file_has_the_mode_that_any_new_file_has(tmp_path: Path) -> None:
    before = os.umask(0o002)
    try:
        write(str(tmp_path / "a.md"), None, b"new", tmp_path)
        after = os.umask(0o002)
    finally:
        os.umask(before)
    assert (tmp_path / "a.md").read_bytes() == b"new"
    assert (tmp_path / "a.md").stat().st_mode & 0o777 == 0o664
    assert after == 0o002


@posix
def test_the_owner_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"old")
    state = file.stat()
    asked: list[tuple[int, int]] = []
    monkeypatch.setattr(os, "chown", lambda path, user, group: asked.append((user, group)))
    write(str(file), b"old", b"new", tmp_path)
    assert asked == [(state.st_uid, state.st_gid)]


def test_all_of_the_content_is_forced_to_disk_before_it_takes_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"old")
    forced: list[tuple[int, bytes]] = []
    monkeypatch.setattr(os, "fsync", lambda handle: forced.append((os.fstat(handle).st_size, file.read_bytes())))
    write(str(file), b"old", b"renewed", tmp_path)
    assert forced[0] == (7, b"old")
    if sys.platform != "win32":  # which opens no folder
        assert [content for _, content in forced[1:]] == [b"renewed"]


def test_a_failure_without_the_words_of_the_system_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError("the disk is gone")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(NotWritten, match="the disk is gone"):
        write(str(tmp_path / "a.md"), None, b"new", tmp_path)
    assert os.listdir(tmp_path) == []


@posix
def test_a_link_inside_the_tree_is_followed_and_stays(tmp_path: Path) -> None:
    (tmp_path / "real.md").write_bytes(b"old")
    link = tmp_path / "link.md"
    link.symlink_to("real.md")
    write(str(link), b"old", b"new", tmp_path)
    assert link.is_symlink()
    assert (tmp_path / "real.md").read_bytes() == b"new"


@posix
def test_a_link_out_of_the_tree_is_refused(tmp_path: Path) -> None:
    outside = tmp_path / "outside.md"
    outside.write_bytes(b"old")
    tree = tmp_path / "tree"
    tree.mkdir()
    (tree / "link.md").symlink_to(outside)
    with pytest.raises(NotWritten, match="out of the repository"):
        write(str(tree / "link.md"), b"old", b"new", tree)
    assert outside.read_bytes() == b"old"


def test_a_file_changed_in_the_meantime_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"theirs")
    with pytest.raises(NotWritten, match="in the meantime"):
        write(str(file), b"old", b"new", tmp_path)
    assert file.read_bytes() == b"theirs"


def test_a_vanished_file_is_not_brought_back(tmp_path: Path) -> None:
    with pytest.raises(NotWritten):
        write(str(tmp_path / "gone.md"), b"old", b"new", tmp_path)
    assert os.listdir(tmp_path) == []


def test_a_failure_half_way_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NotWritten, match="No space left"):
        write(str(file), b"old", b"new", tmp_path)
    assert file.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a.md"]


def test_a_read_only_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"old")
    # Root may write to anything, so ask as someone who may not.
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(NotWritten, match="read-only"):
        write(str(file), b"old", b"new", tmp_path)
    assert file.read_bytes() == b"old"
