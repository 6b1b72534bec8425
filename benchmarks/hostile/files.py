"""Files that are none, that may not be read or written, and names and folders of all kinds."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from benchmarks.hostile.case import NAME, PICTURE, RECORD, Case, Feed


def _pipe(feed: Feed) -> Sequence[str]:
    os.mkfifo(feed.path(NAME))
    return ["."]


def _socket(feed: Feed) -> Sequence[str]:
    server = socket.socket(socket.AF_UNIX)
    here = os.open(".", os.O_RDONLY)
    os.chdir(feed.path(NAME).parent)  # the name of a socket has 107 bytes at most
    try:
        server.bind(os.path.basename(NAME))
    finally:
        os.fchdir(here)
        os.close(here)
        server.close()
    return ["."]


def _device(feed: Feed) -> Sequence[str]:
    feed.path(NAME).symlink_to("/dev/zero")
    return [".", "/dev/zero"]


def _folder(feed: Feed) -> Sequence[str]:
    feed.path("_news/x.md/_more/b.md").mkdir(parents=True)
    feed.record(name="_news/x.md/a.md")
    return [".", "_news/x.md"]


def _closed(name: str, content: str = RECORD, *options: str, more: str = "") -> Callable[[Feed], Sequence[str]]:
    """Return a case with a file *name*, beside a sound record, that may not be read."""

    def make(feed: Feed) -> Sequence[str]:
        feed.record(more)
        feed.put(name, content).chmod(0)
        return [".", *options]

    return make


def _closed_folder(feed: Feed) -> Sequence[str]:
    feed.record()
    feed.record(name="_news/closed/a.md")
    (feed.root / "_news/closed").chmod(0)
    return ["."]


def _unwritable(name: str, mode: int) -> Callable[[Feed], Sequence[str]]:
    """Return a case with a mistake to repair, where the file or folder *name* may not be written to."""

    def make(feed: Feed) -> Sequence[str]:
        feed.record(base=RECORD.replace("tram line", "tramâ€™s line")).chmod(0o666)
        (feed.root / name).chmod(mode)
        return [".", "--fix"]

    return make


def _links(feed: Feed) -> Sequence[str]:
    feed.path("_news/a.md").symlink_to("b.md")
    feed.path("_news/b.md").symlink_to("a.md")
    feed.path("_news/again").symlink_to(".", target_is_directory=True)
    feed.path("_news/up").symlink_to("..", target_is_directory=True)
    return ["."]


def _names(feed: Feed) -> Sequence[str]:
    names = ["a\n::error::b", "\x1b[2Jc", "n" * 252, "\udcff\udce4", " ", "\u202egpj", "--fix", "\r", "\x7f\x80"]
    for name in names:
        feed.record("titel: x\n", f"_news/{name}.md")
    return ["."]


def _deep_path(feed: Feed) -> Sequence[str]:
    here = os.getcwd()
    os.chdir(feed.root)
    try:
        os.mkdir("_news")
        os.chdir("_news")
        for _ in range(feed.count(30)):
            os.mkdir("d" * 200)
            os.chdir("d" * 200)
        Path("a.md").write_text("no record\n", encoding="utf-8")
    finally:
        os.chdir(here)
    return ["."]


def _many_files(feed: Feed) -> Sequence[str]:
    folder = feed.path(NAME).parent
    for number in range(feed.count(100_000)):
        os.symlink("nowhere", folder / f"{number}.txt")
    feed.record()
    return ["."]


def _deep_folders(feed: Feed) -> Sequence[str]:
    feed.path(NAME)
    here = os.getcwd()
    os.chdir(feed.root / "_news")
    try:
        for _ in range(feed.count(1_500)):
            os.mkdir("d")
            os.chdir("d")
        Path("a.md").write_text(f"---\n{RECORD}---\n", encoding="utf-8")
    finally:
        os.chdir(here)
    return ["."]


CASES: Final = (
    Case("a pipe", _pipe, (2,), "not a regular file"),
    Case("a pipe, named", lambda feed: [*_pipe(feed), NAME], (2,), "not a regular file"),
    Case("a socket", _socket, (2,), "not a regular file"),
    Case("a device", _device, (2,), "not a regular file"),
    Case("a folder named x.md", _folder, (0,)),
    Case("an unreadable file", _closed(NAME), (2,), "Permission denied", unprivileged=True),
    Case("an unreadable file, --fix", _closed(NAME, RECORD, "--fix"), (2,), "Permission denied", unprivileged=True),
    Case("an unreadable folder", _closed_folder, (2,), "Permission denied", unprivileged=True),
    Case("an unreadable README, named", _closed("README.md", "a", "README.md"), (0,), unprivileged=True),
    Case("an unreadable .gitignore", _closed(".gitignore"), (0,), "Permission denied", unprivileged=True),
    Case("an unreadable feedlint.toml", _closed("feedlint.toml", ""), (2,), "Permission denied", unprivileged=True),
    Case("an unreadable pyproject.toml", _closed("pyproject.toml", ""), (2,), "Permission denied", unprivileged=True),
    Case("an unreadable _config.yml", _closed("_config.yml", more=PICTURE), (0,), "Permission", unprivileged=True),
    Case("an unreadable baseline", _closed("b", "", "--baseline", "b"), (2,), "Permission denied", unprivileged=True),
    Case("an unreadable schema", _closed("s", "{}", "--schema", "s"), (2,), "Permission denied", unprivileged=True),
    Case("an unreadable topic", _closed("_data/topics/a.yml", "a"), (2,), "Permission denied", unprivileged=True),
    Case("an unwritable file, --fix", _unwritable(NAME, 0o444), (2,), "it is read-only", unprivileged=True),
    Case("an unwritable folder, --fix", _unwritable("_news", 0o555), (2,), "Permission denied", unprivileged=True),
    Case("link loops", _links, (2,)),
    Case("names of all kinds", _names, (1,)),
    Case("a path of 6,000 bytes", _deep_path, (0, 1, 2)),
    Case("1,500 folders deep", _deep_folders, (2,), "too deeply"),
    Case("100,000 other files in the folder", _many_files, (0,)),
)
