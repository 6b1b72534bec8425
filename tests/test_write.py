"""Writing: a file is whole, keeps all it has beside its bytes, and nothing is left behind."""

from __future__ import annotations

import os
import re
import signal
import stat
import struct
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from feedlint.cli import main
from feedlint.disk import from_disk
from feedlint.files import in_scope
from feedlint.fixing import NotWritten, overwrite, replace, sweep, write
from tests.support import ARTICLE, overlay, put

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX modes and links")
linux = pytest.mark.skipif(sys.platform != "linux", reason="Python tells extended attributes on Linux alone")

ROOT = Path(__file__).parent.parent
OLD = overlay('title: "Harbour councilâ€™s new tram line"')
NEW = overlay('title: "Harbour council’s new tram line"')
LEFT_OVER = ".feedlint-0123456789abcdef0123456789abcdef.tmp"


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
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may give files away")
def test_owner_and_group_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"old")
    file.chmod(0o4754)
    os.chown(file, 1234, 4321)
    file.chmod(0o4754)
    write(str(file), b"old", b"new", tmp_path)
    state = file.stat()
    assert (state.st_uid, state.st_gid, state.st_mode & 0o7777) == (1234, 4321, 0o4754)


@posix
def test_an_owner_that_cannot_be_kept_is_a_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"old")
    mine = replace.content(str(file))
    monkeypatch.setattr(replace, "content", lambda _: mine._replace(owner=mine.owner + 1))

    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "chown", refuse)
    with pytest.raises(NotWritten, match=r"^it is not ours, and its owner and group could not be kept$"):
        write(str(file), b"old", b"new", tmp_path)
    assert file.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a.md"]


def access(*entries: tuple[int, int, int]) -> bytes:
    """Return an access control list of *entries* (tag, permissions, id) as Linux keeps it (posix_acl_xattr.h)."""
    return struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *entry) for entry in entries)


NOBODY = 0xFFFFFFFF
# The owner, the user 1234, the group, the mask, all others.
SHARED = access((1, 6, NOBODY), (2, 6, 1234), (4, 4, NOBODY), (16, 6, NOBODY), (32, 0, NOBODY))


def set_attribute(file: Path, name: str, value: bytes) -> None:
    if sys.platform == "linux":
        try:
            os.setxattr(file, name, value)
        except OSError as error:
            pytest.skip(f"no extended attributes here: {error}")


def attributes(file: Path) -> dict[str, bytes]:
    if sys.platform != "linux":
        return {}
    return {name: os.getxattr(file, name) for name in os.listxattr(file) if not name.startswith("security.")}


@linux
def test_attributes_and_access_control_lists_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"old")
    set_attribute(file, "user.source", "Łódź".encode())
    set_attribute(file, "system.posix_acl_access", SHARED)
    write(str(file), b"old", b"new", tmp_path)
    assert attributes(file) == {"user.source": "Łódź".encode(), "system.posix_acl_access": SHARED}
    assert file.read_bytes() == b"new"


@linux
def test_nobody_gets_access_from_the_folder(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"old")
    file.chmod(0o640)
    set_attribute(tmp_path, "system.posix_acl_default", SHARED)
    write(str(file), b"old", b"new", tmp_path)
    assert attributes(file) == {}
    assert file.stat().st_mode & 0o777 == 0o640


@posix
def test_a_new_file_gets_what_the_umask_leaves(tmp_path: Path) -> None:
    former = os.umask(0o027)
    try:
        assert write(str(tmp_path / "new.md"), None, b"new", tmp_path)
    finally:
        os.umask(former)
    assert (tmp_path / "new.md").stat().st_mode & 0o777 == 0o640


@posix
def test_nobody_may_run_a_new_file(tmp_path: Path) -> None:
    former = os.umask(0)
    try:
        assert write(str(tmp_path / "new.md"), None, b"new", tmp_path)
    finally:
        os.umask(former)
    assert (tmp_path / "new.md").stat().st_mode & 0o777 == 0o666


@posix
def test_until_it_takes_its_place_the_new_file_is_beside_the_old_one_and_nobody_else_s(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"old")
    file.chmod(0o666)
    seen: list[tuple[str, int]] = []

    def dress(made: str, *_: object) -> None:
        seen.append((made, os.stat(made).st_mode & 0o777))

    monkeypatch.setattr(replace, "_dress", dress)
    former = os.umask(0)
    try:
        assert write(str(file), b"old", b"new", tmp_path)
    finally:
        os.umask(former)
    [(made, mode)] = seen
    assert (os.path.dirname(made), mode) == (str(tmp_path), 0o600)
    assert re.fullmatch(r"\.feedlint-[0-9a-f]{32}\.tmp", os.path.basename(made))  # which is what a sweep looks for


@posix
def test_what_a_file_holds_and_which_file_it_is(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"old")
    file.chmod(0o640)
    known = file.stat()
    assert replace.content(str(file)) == (b"old", known.st_dev, known.st_ino, 0o640, known.st_uid, known.st_gid, 1)


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


# --- links -------------------------------------------------------------------------------------------------


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
    with pytest.raises(NotWritten, match=r"^it is a symbolic link that leads out of the repository$"):
        write(str(tree / "link.md"), b"old", b"new", tree)
    assert outside.read_bytes() == b"old"


@posix
@pytest.mark.parametrize("where", ["_news", "_news/deep"])
def test_a_folder_may_be_a_link_that_leads_out(tmp_path: Path, where: str) -> None:
    outside = tmp_path / "outside"
    (outside / "deep").mkdir(parents=True)
    tree = tmp_path / "tree"
    tree.mkdir()
    (tree / "_news").symlink_to(outside)
    (tree / where / "a.md").write_bytes(b"old")
    with pytest.raises(NotWritten, match=r"^it is behind a symbolic link that leads out of the repository$"):
        write(str(tree / where / "a.md"), b"old", b"new", tree)
    with pytest.raises(NotWritten, match="out of the repository"):
        write(str(tree / where / "new.md"), None, b"new", tree)
    assert (tree / where / "a.md").read_bytes() == b"old"
    assert not (tree / where / "new.md").exists()


@posix
def test_a_folder_may_be_a_link_that_stays_inside(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real/a.md").write_bytes(b"old")
    (tmp_path / "_news").symlink_to("real")
    (tmp_path.parent / "tree").symlink_to(tmp_path)
    write(str(tmp_path / "_news/a.md"), b"old", b"new", tmp_path.parent / "tree")
    assert (tmp_path / "real/a.md").read_bytes() == b"new"
    assert (tmp_path / "_news").is_symlink()


@posix
def test_a_link_into_what_git_keeps_is_refused(tmp_path: Path) -> None:
    put(tmp_path, "old", ".git/hooks/a.md")
    (tmp_path / "link.md").symlink_to(".git/hooks/a.md")
    with pytest.raises(NotWritten, match=r"^it is one of git's own files$"):
        write(str(tmp_path / "link.md"), b"old", b"new", tmp_path)
    assert (tmp_path / ".git/hooks/a.md").read_bytes() == b"old"


@posix
@pytest.mark.parametrize("to", ["nowhere.md", "link.md"])
def test_a_link_to_nothing_is_refused(tmp_path: Path, to: str) -> None:
    (tmp_path / "link.md").symlink_to(to)
    for old in (None, b"old"):
        with pytest.raises(NotWritten):
            write(str(tmp_path / "link.md"), old, b"new", tmp_path)
    assert os.listdir(tmp_path) == ["link.md"]


@posix
def test_hard_links_do_not_part(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"old")
    os.link(tmp_path / "a.md", tmp_path / "b.md")
    with pytest.raises(NotWritten, match=r"^it is one file with 2 names \(hard links\), which would part$"):
        write(str(tmp_path / "a.md"), b"old", b"new", tmp_path)
    assert os.path.samefile(tmp_path / "a.md", tmp_path / "b.md")
    assert (tmp_path / "b.md").read_bytes() == b"old"
    assert sorted(os.listdir(tmp_path)) == ["a.md", "b.md"]


@posix
@pytest.mark.parametrize("names", [("a.md", "link.md"), ("link.md", "a.md"), ("loop/a.md", "a.md", "link.md")])
def test_a_file_with_many_names_is_repaired_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], names: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    put(tmp_path, OLD, "a.md")
    Path("link.md").symlink_to("a.md")
    Path("loop").symlink_to(".")
    assert main(["--fix", "--select", "TX", *names]) == 0
    assert capsys.readouterr().out.startswith("Fixed 1 finding in 1 file; ")
    assert Path("a.md").read_text(encoding="utf-8") == NEW
    assert os.path.islink("link.md")


@posix
def test_where_there_is_no_repository_a_link_leads_no_further_than_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("feed/_news/a.md", "elsewhere/b.md"):
        put(tmp_path, OLD, name)
    (tmp_path / "feed/_news/b.md").symlink_to("../../elsewhere/b.md")
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert main(["--fix", "--select", "TX", "../feed"]) == 2
    assert (
        "../feed/_news/b.md: error: it is a symbolic link that leads out of the repository" in capsys.readouterr().out
    )
    assert (tmp_path / "feed/_news/a.md").read_text(encoding="utf-8") == NEW
    assert (tmp_path / "elsewhere/b.md").read_text(encoding="utf-8") == OLD


# --- what others do meanwhile ------------------------------------------------------------------------------


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


@posix
@pytest.mark.parametrize("mode", [0o444, 0o555])
def test_what_nobody_may_write_root_does_not_write_either(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"old")
    file.chmod(mode)
    with pytest.raises(NotWritten, match=r"^it is read-only$"):
        write(str(file), b"old", b"new", tmp_path)
    assert file.read_bytes() == b"old"


@posix
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_a_reason(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"old")
    tmp_path.chmod(0o555)
    try:
        with pytest.raises(NotWritten, match="Permission denied"):
            write(str(file), b"old", b"new", tmp_path)
    finally:
        tmp_path.chmod(0o755)
    assert file.read_bytes() == b"old"


@posix
def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    import resource  # there is none on Windows

    file = tmp_path / "a.md"
    file.write_bytes(b"old")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (5000, hard))
    try:
        with pytest.raises(NotWritten, match="File too large"):
            write(str(file), b"old", b"new" * 3000, tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert file.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a.md"]


def test_what_is_there_already_need_not_be_written(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"new")
    before = file.stat()
    assert not write(str(file), b"old", b"new", tmp_path)
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def state(file: Path) -> tuple[int, ...] | None:
    if not os.path.lexists(file):
        return None
    known = file.lstat()  # not when it was read
    return known.st_ino, known.st_mode, known.st_size, known.st_mtime_ns


def _save(file: Path) -> None:
    file.write_bytes(b"theirs")


def _save_beside(file: Path) -> None:
    (file.parent / "b").write_bytes(b"old")
    (file.parent / "b").replace(file)


def _make_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def _make_link(file: Path) -> None:
    file.replace(file.parent / "b")
    file.symlink_to("nowhere")


def _make_pipe(file: Path) -> None:
    file.unlink()
    if sys.platform != "win32":
        os.mkfifo(file)


@posix
@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (_save, "it was changed by someone else in the meantime"),
        (_save_beside, "it was changed by someone else in the meantime"),
        (Path.unlink, "it was changed by someone else in the meantime"),
        (_make_folder, "it is not a regular file"),
        (_make_link, "it is a link to nowhere"),
        (_make_pipe, "it is not a regular file"),
    ],
)
def test_what_happens_while_we_write_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path], None], reason: str
) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"old")
    found: list[tuple[int, ...] | None] = []

    def dress(*_: object) -> None:
        change(file)
        found.append(state(file))

    monkeypatch.setattr(replace, "_dress", dress)
    with pytest.raises(NotWritten) as refused:
        write(str(file), b"old", b"new", tmp_path)
    assert [state(file)] == found
    assert str(refused.value) == reason
    assert not [name for name in os.listdir(tmp_path) if name.endswith(".tmp")]


@posix
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"")
    _make_pipe(file)
    with pytest.raises(OSError, match="not a regular file"):
        replace.content(str(file))


def test_a_folder_that_is_gone_is_a_reason(tmp_path: Path) -> None:
    with pytest.raises(NotWritten, match=r"^it is gone$"):
        write(str(tmp_path / "gone/a.md"), b"old", b"new", tmp_path)
    with pytest.raises(NotWritten, match="No such file"):
        write(str(tmp_path / "gone/a.md"), None, b"new", tmp_path)


def test_what_another_run_has_repaired_is_not_counted_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    file = put(tmp_path, OLD)

    def read(path: str, limit: int) -> bytes:
        data = from_disk(path, limit)
        file.write_bytes(NEW.encode())
        return data

    monkeypatch.setattr("feedlint.cli.check.read", read)
    assert main(["--fix", "--select", "TX"]) == 0
    assert capsys.readouterr().out == "The file is clean.\n"


# --- what is left behind -----------------------------------------------------------------------------------


@pytest.fixture
def feed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with what a killed run left in it, and with what looks like that."""
    monkeypatch.chdir(tmp_path)
    put(tmp_path, ARTICLE)
    put(tmp_path, "left", f"_news/{LEFT_OVER}")
    put(tmp_path, "mine", "_news/.feedlint-notes.tmp")
    put(tmp_path, "mine", f"_news/{LEFT_OVER.upper()}")
    put(tmp_path, "mine", f"_news/x{LEFT_OVER}")
    (tmp_path / "_news" / LEFT_OVER.replace("0", "f")).mkdir()
    return tmp_path


MINE = sorted(
    ["a.md", ".feedlint-notes.tmp", LEFT_OVER.upper(), f"x{LEFT_OVER}", LEFT_OVER.replace("0", "f")],
)


def test_the_next_run_cleans_up_also_where_it_repairs_nothing(feed: Path) -> None:
    assert main(["--fix"]) == 0
    assert sorted(os.listdir("_news")) == MINE


@pytest.mark.parametrize("argv", [[], ["--diff"]])
def test_a_run_that_does_not_repair_deletes_nothing(feed: Path, argv: list[str]) -> None:
    assert main(argv) == 0
    assert sorted(os.listdir("_news")) == sorted([*MINE, LEFT_OVER])


@posix
def test_what_may_be_another_run_s_is_left_alone(feed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import fcntl  # there is none on Windows

    monkeypatch.setattr(replace, "_PATIENCE", 0.01)
    file = put(feed, OLD)
    old = feed / "_news" / LEFT_OVER.replace("0", "e")
    old.write_bytes(b"left long ago")
    os.utime(old, (time.time() - 3601, time.time() - 3601))
    other = os.open("_news", os.O_RDONLY)
    try:
        fcntl.flock(other, fcntl.LOCK_EX)
        assert main(["--fix", "--select", "TX"]) == 0
    finally:
        os.close(other)
    assert file.read_text(encoding="utf-8") == NEW
    assert sorted(os.listdir("_news")) == sorted([*MINE, LEFT_OVER])


@posix
def test_a_folder_is_swept_once_in_a_run(tmp_path: Path) -> None:
    put(tmp_path, "left", LEFT_OVER)
    assert write(str(tmp_path / "a.md"), None, b"a", tmp_path)
    assert sorted(os.listdir(tmp_path)) == ["a.md"]
    put(tmp_path, "another run's", LEFT_OVER)
    assert write(str(tmp_path / "b.md"), None, b"b", tmp_path)
    assert sorted(os.listdir(tmp_path)) == [LEFT_OVER, "a.md", "b.md"]


@posix
def test_what_was_left_is_beside_the_file_that_a_link_leads_to(tmp_path: Path) -> None:
    for folder in ("real", "links"):
        put(tmp_path, "left", f"{folder}/{LEFT_OVER}")
    put(tmp_path, "text", "real/a.md")
    (tmp_path / "links/a.md").symlink_to("../real/a.md")
    sweep(str(tmp_path / "links/a.md"))
    assert os.listdir(tmp_path / "real") == ["a.md"]
    assert sorted(os.listdir(tmp_path / "links")) == [LEFT_OVER, "a.md"]


@posix
def test_a_link_was_not_left_by_a_run(tmp_path: Path) -> None:
    put(tmp_path, "text", "notes.txt")
    (tmp_path / LEFT_OVER).symlink_to("notes.txt")
    sweep(str(tmp_path / "a.md"))
    assert sorted(os.listdir(tmp_path)) == [LEFT_OVER, "notes.txt"]


@posix
def test_what_cannot_be_deleted_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    unlink = os.unlink

    def refuse(path: str) -> None:
        if path.endswith(LEFT_OVER):
            raise PermissionError(1, "Operation not permitted")
        unlink(path)

    put(tmp_path, "left", LEFT_OVER)
    monkeypatch.setattr(os, "unlink", refuse)
    assert write(str(tmp_path / "a.md"), None, b"new", tmp_path)
    assert sorted(os.listdir(tmp_path)) == [LEFT_OVER, "a.md"]


def test_a_folder_that_cannot_be_looked_into_can_be_written_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: str) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", refuse)
    assert write(str(tmp_path / "a.md"), None, b"new", tmp_path)
    assert (tmp_path / "a.md").read_bytes() == b"new"


@posix
def test_a_folder_that_cannot_be_forced_to_disk_can_be_written_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def sync(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(22, "Invalid argument")

    monkeypatch.setattr(os, "fsync", sync)
    assert write(str(tmp_path / "a.md"), None, b"new", tmp_path)
    assert (tmp_path / "a.md").read_bytes() == b"new"


@posix
@pytest.mark.parametrize("error", [BlockingIOError(11, "taken"), OSError(37, "no locks available")])
def test_a_lock_that_is_not_to_be_had_is_asked_for_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError
) -> None:
    import fcntl  # there is none on Windows

    asked: list[int] = []

    def lock(handle: int, _: int) -> None:
        asked.append(handle)
        raise error

    monkeypatch.setattr(replace, "_PATIENCE", -1)
    monkeypatch.setattr(fcntl, "flock", lock)
    for name in ("a.md", "b.md"):
        assert write(str(tmp_path / name), None, b"new", tmp_path)
    assert len(asked) == 1


@posix
def test_a_run_waits_for_another_that_writes(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"old")
    script = (
        "import fcntl, os, sys, time; folder = os.open('.', os.O_RDONLY); fcntl.flock(folder, fcntl.LOCK_EX)\n"
        "print('ready', flush=True); time.sleep(0.3); open('a.md', 'wb').write(b'theirs')"
    )
    with subprocess.Popen([sys.executable, "-c", script], cwd=tmp_path, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"ready\n"
        with pytest.raises(NotWritten, match="in the meantime"):
            write(str(file), b"old", b"new", tmp_path)
    assert file.read_bytes() == b"theirs"


def test_a_temporary_file_is_in_no_feed(feed: Path) -> None:
    assert in_scope(["."]) == ["_news/a.md"]


def test_a_report_is_written_as_a_record_is(tmp_path: Path) -> None:
    (tmp_path / "old.json").write_bytes(b"old")
    (tmp_path / "link.json").symlink_to("old.json")
    overwrite(str(tmp_path / "link.json"), b"new")
    assert (tmp_path / "old.json").read_bytes() == b"new"
    assert (tmp_path / "link.json").is_symlink()
    os.link(tmp_path / "old.json", tmp_path / "same.json")
    with pytest.raises(NotWritten, match="2 names"):
        overwrite(str(tmp_path / "link.json"), b"newer")
    assert sorted(os.listdir(tmp_path)) == ["link.json", "old.json", "same.json"]


# --- signals -----------------------------------------------------------------------------------------------


@posix
def test_an_interrupt_waits_until_the_file_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"old")
    handler = signal.getsignal(signal.SIGTERM)

    def sync(handle: int) -> None:
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(os, "fsync", sync)
    with pytest.raises(KeyboardInterrupt):
        write(str(file), b"old", b"new", tmp_path)
    assert file.read_bytes() == b"new"
    assert os.listdir(tmp_path) == ["a.md"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    assert signal.getsignal(signal.SIGTERM) is handler


@posix
@pytest.mark.parametrize(("name", "status"), [("SIGTERM", -15), ("SIGHUP", -1)])
def test_a_program_that_is_ended_ends_when_the_file_is_whole(tmp_path: Path, name: str, status: int) -> None:
    (tmp_path / "a.md").write_bytes(b"old")
    script = (
        "import os, signal, sys\nfrom feedlint.fixing import write\n"
        f"os.fsync = lambda _: signal.raise_signal(signal.{name})\n"
        "write('a.md', b'old', b'new', '.')\nprint('went on')"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, env=environment, capture_output=True, check=False
    )
    assert (done.returncode, done.stdout) == (status, b"")
    assert (tmp_path / "a.md").read_bytes() == b"new"
    assert os.listdir(tmp_path) == ["a.md"]


@posix
def test_a_signal_that_is_ignored_stays_ignored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"old")
    former = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        monkeypatch.setattr(os, "fsync", lambda _: signal.raise_signal(signal.SIGINT))
        assert write(str(file), b"old", b"new", tmp_path)
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, former)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the experiment forks")
@pytest.mark.parametrize(("name", "runs"), [("KILL", 10), ("TERM", 2), ("INT", 2)])
def test_a_run_may_be_ended_at_any_moment(name: str, runs: int) -> None:
    command = [sys.executable, "-m", "tests.kill", "--runs", str(runs), "--records", "8", "--signal", name]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith(f"SIG{name}: runs {runs}, ")
    assert "damaged 0, left_after_next_run 0" in done.stdout
