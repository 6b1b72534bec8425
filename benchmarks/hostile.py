"""What hostile input costs: each case is a command, run by itself, with its time, its peak memory and what it says.

    python -m benchmarks.hostile [--scale 1.0] [--folder DIR] [WORD ...]

Makes each case in a temporary folder (below DIR), with *scale* times as many lines, brackets or files, runs it, deletes
it, and prints a line. Only cases with a WORD in their name are run. At the end stand the cases that broke a promise:
more than :data:`SECONDS` or :data:`MEGABYTES`, a traceback, or an exit status that is not the one expected.
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
import zlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple

SECONDS: Final = 100.0
"""What a case may take: some 0.3 ms for each of the 150,000 mistakes that a file of 1 MB has room for."""
MEGABYTES: Final = 600.0
"""What a case may use at its peak."""
_NOBODY: Final = 65534

RECORD: Final = """\
category: news
title: "Harbour council approves the new tram line"
excerpt: "The vote ends four years of debate."
publishedDateTime: 2020-12-08T21:40:00Z
originalUrl: "https://www.example.com/news/harbour-council-approves-the-new-tram-line"
webUrl: "https://www.example.com/news/harbour-council-approves-the-new-tram-line"
type: article

provider:
  name: Example Times
  domain: example.com

topics:
  - Public Transport

secured: "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=;EjRWeJCrze8SNFZ4kKvN7w=="
"""
"""The front matter of a sound record, without delimiters."""
NAME: Final = "_news/2020-12-08-4711.md"


class Case(NamedTuple):
    """One hostile input.

    *make* is given a :class:`Feed` to write it in, and returns what the command line is beyond ``feedlint``. *status*
    are the exit statuses that are right, *said* is a part of what must be printed. *stdin* feeds standard input, until
    the pipe breaks. *unprivileged* cases cannot be made, or show nothing, as root: they run as nobody there.
    """

    name: str
    make: Callable[[Feed], Sequence[str]]
    status: Sequence[int] = (1,)
    said: str = ""
    stdin: Callable[[BinaryIO], None] | None = None
    unprivileged: bool = False


class Result(NamedTuple):
    """What came of a case: seconds, peak megabytes, exit status (None: it did not end), and all that was printed."""

    seconds: float
    megabytes: float
    status: int | None
    output: str


class Feed:
    """A folder to write a case in; *count* gives how many of something there are to be, by the scale of the run."""

    def __init__(self, root: Path, scale: float = 1.0) -> None:
        self.root = root
        self.scale = scale
        self.put("_config.yml", "url: https://feed.example\n")

    def count(self, most: int) -> int:
        """Return *most*, scaled, one at least."""
        return max(1, int(most * self.scale))

    def path(self, name: str) -> Path:
        """Return the path of the file *name*, in a folder that is there."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def put(self, name: str, content: str | bytes) -> Path:
        """Write *content* to the file *name*; return its path."""
        path = self.path(name)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogateescape"))
        return path

    def record(self, more: str = "", name: str = NAME, base: str = RECORD) -> Path:
        """Write a sound record with the lines *more* in it."""
        return self.put(name, f"---\n{base}{more}---\n")

    def fill(self, name: str, unit: bytes, size: int) -> Path:
        """Write *unit* to the file *name* until it has *size* bytes."""
        path = self.path(name)
        block = unit * max(1, 1_000_000 // len(unit))
        with path.open("wb") as file:
            for _ in range(size // len(block)):
                file.write(block)
            file.write(block[: size % len(block)])
        return path


# --- sizes and lines ---------------------------------------------------------------------------------------


def _sparse(feed: Feed) -> Sequence[str]:
    with feed.path(NAME).open("wb") as file:
        file.truncate(feed.count(1_000_000_000))
    return ["."]


def _text_of(unit: bytes, size: int) -> Callable[[Feed], Sequence[str]]:
    def make(feed: Feed) -> Sequence[str]:
        feed.fill(NAME, unit, feed.count(size))
        return ["."]

    return make


def _fixed(make: Callable[[Feed], Sequence[str]], *options: str) -> Callable[[Feed], Sequence[str]]:
    return lambda feed: [*make(feed), "--fix", *options]


def _within(unit: str, size: int = 990_000, *, base: str = RECORD, head: str = "") -> Callable[[Feed], Sequence[str]]:
    """Return a case whose record is filled with *unit* (``{}`` is its number) nearly up to the limit."""

    def make(feed: Feed) -> Sequence[str]:
        lines: list[str] = []
        left = feed.count(size)
        while left > 0:
            lines.append(unit.replace("{}", str(len(lines))))
            left -= len(lines[-1].encode())
        feed.record(head + "".join(lines), base=base)
        return ["."]

    return make


def _nested(opened: str, closed: str = "") -> Callable[[Feed], Sequence[str]]:
    def make(feed: Feed) -> Sequence[str]:
        depth = feed.count(100_000)
        feed.record(f"deep: {opened * depth}{closed * depth}\n")
        return ["."]

    return make


def _indented(feed: Feed) -> Sequence[str]:
    # As deep as the limit lets it be: each level is one column further.
    feed.record("".join(f"{' ' * depth}k:\n" for depth in range(feed.count(1_380))))
    return ["."]


def _bomb(feed: Feed) -> Sequence[str]:
    lines = ['a0: &a0 ["lol"]']
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, feed.count(40) + 2)]
    feed.record("\n".join(lines) + "\n")
    return ["."]


def _aliases(feed: Feed) -> Sequence[str]:
    feed.record("x: &x [1, 2, 3]\ny:\n" + "  - *x\n" * feed.count(100_000))
    return ["."]


def _duplicates(feed: Feed) -> Sequence[str]:
    feed.record("".join(f'title: "{n}"\n' for n in range(feed.count(65_000))))
    return ["."]


def _related(feed: Feed) -> Sequence[str]:
    feed.record("related:\n" + "".join(f"  - title: {n}\n" for n in range(feed.count(55_000))))
    return ["."]


# --- files that are none -----------------------------------------------------------------------------------


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


def _unreadable(feed: Feed) -> Sequence[str]:
    feed.record().chmod(0)
    feed.record(name="_news/closed/a.md")
    (feed.root / "_news/closed").chmod(0)
    return ["."]


def _unreadable_file(feed: Feed) -> Sequence[str]:
    feed.record().chmod(0)
    return ["."]


def _links(feed: Feed) -> Sequence[str]:
    feed.path("_news/a.md").symlink_to("b.md")
    feed.path("_news/b.md").symlink_to("a.md")
    feed.path("_news/again").symlink_to(".", target_is_directory=True)
    feed.path("_news/up").symlink_to("..", target_is_directory=True)
    return ["."]


# --- names and folders -------------------------------------------------------------------------------------


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


# --- beside the records ------------------------------------------------------------------------------------


def _beside(name: str, content: Callable[[Feed], str | bytes], more: str = "") -> Callable[[Feed], Sequence[str]]:
    def make(feed: Feed) -> Sequence[str]:
        feed.record(more)
        feed.put(name, content(feed))
        return ["."]

    return make


def _big_beside(name: str, unit: bytes, *, options: Sequence[str] = ()) -> Callable[[Feed], Sequence[str]]:
    def make(feed: Feed) -> Sequence[str]:
        feed.record()
        feed.fill(name, unit, feed.count(200_000_000))
        return [".", *options]

    return make


def _long_name(make: Callable[[Feed], Sequence[str]]) -> Callable[[Feed], Sequence[str]]:
    def both(feed: Feed) -> Sequence[str]:
        feed.record(name=f"_news/{'a' * 200}c.md")
        return make(feed)

    return both


def _schema(feed: Feed) -> Sequence[str]:
    feed.put(
        "s.schema.json",
        '{"x-feedlint-role": "record",'
        ' "x-feedlint-collections": ["_news"], "type": "object", "properties": {"title": {"type": "string",'
        ' "x-feedlint-role": "title", "pattern": "^(a+)+$"}}}',
    )
    feed.put(NAME, f'---\ntitle: "{"a" * feed.count(100_000)}!"\n---\n')
    return [".", "--schema", "s.schema.json"]


def _picture(content: Callable[[Feed], bytes], suffix: str = "png") -> Callable[[Feed], Sequence[str]]:
    image = f"images:\n  - url: /pictures/a.{suffix}\n    width: 100\n    height: 100\n"
    return _beside(f"pictures/a.{suffix}", content, image)


def _png(width: int, height: int, *more: bytes) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    parts = [chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)), *more]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts) + chunk(b"IEND", b"")


def _bomb_picture(feed: Feed) -> bytes:
    data = zlib.compress(bytes(feed.count(100_000_000)), 9)
    return _png(60_000, 60_000, struct.pack(">I", len(data)) + b"IDAT" + data + struct.pack(">I", 0))


def _text_bomb(feed: Feed) -> bytes:
    data = b"k\0\0" + zlib.compress(bytes(feed.count(100_000_000)), 9)
    chunk = struct.pack(">I", len(data)) + b"zTXt" + data + struct.pack(">I", zlib.crc32(b"zTXt" + data))
    return _png(0, 0, chunk)


def _endless(stream: BinaryIO) -> None:
    block = b"title: a\n" * 10_000
    while True:
        stream.write(block)


_STARS: Final = "*a" * 30 + "*b\n"
_TITLES: Final = RECORD.replace('title: "Harbour council approves the new tram line"\n', "")

CASES: Final = (
    Case("1 GB, sparse", _sparse, said="FM010"),
    Case("1 GB of text", _text_of(b"title: tram\n", 1_000_000_000), said="FM010"),
    Case("1 GB of text, --fix", _fixed(_text_of(b"title: tram\n", 1_000_000_000)), said="FM010"),
    Case("10,000,000 lines", _text_of(b"a: b\n", 50_000_000), said="FM010"),
    Case("a line of 100 MB", _text_of(b"x", 100_000_000), said="FM010"),
    Case("1 MB of empty lines", _text_of(b"\n", 990_000)),
    Case("1 MB of delimiters", _text_of(b"---\n", 990_000)),
    Case("1 MB of CR", _text_of(b"\r", 990_000)),
    Case("1 MB of NUL", _text_of(b"\0", 990_000)),
    Case("1 MB of bytes that are not UTF-8", _text_of(b"\xff", 990_000)),
    Case("1 MB of damaged delimiters", _text_of(b" -- -\n", 990_000)),
    Case("1 MB of opening quotes", _text_of(b'a: "b\n', 990_000)),
    Case("1 MB of unread keys", _text_of(b"a: b: c\n", 990_000)),
    Case("1 MB of colons", _text_of(b":", 990_000)),
    Case("1 MB of small fields", _within("k{}: v\n")),
    Case("1 MB in a title", _within("a", base=_TITLES, head="title: ")),
    Case("1 MB of spaces in a title", _within(" ", base=_TITLES, head="title: |\n  a")),
    Case("1 MB of mojibake in a title", _within("â€™", base=_TITLES, head="title: ")),
    Case("1 MB of mojibake in a title, --fix", _fixed(_within("â€™", base=_TITLES, head="title: ")), (0, 1)),
    Case("1 MB of `<` in a title", _within("<", base=_TITLES, head="title: ")),
    Case("1 MB of `<b ` in a title", _within("<b ", base=_TITLES, head="title: ")),
    Case("1 MB of entities in a title", _within("&amp;", base=_TITLES, head="title: ")),
    Case("1 MB of entities in a title, --fix", _fixed(_within("&amp;", base=_TITLES, head="title: "))),
    Case("1 MB of backslashes in a title", _within("\\u", base=_TITLES, head="title: ")),
    Case("1 MB of `?` in an address", _within("?a&utm_x=b", head="link: https://example.com/")),
    Case("1 MB of `%` in an address", _within("%25", base=RECORD.replace("webUrl: ", "was: "), head="webUrl: h://")),
    Case("1 MB of comments for feedlint", _within("# feedlint: ignore[TX001] so\n")),
    Case("1 MB of comments for no rule", _within("# feedlint: ignore[TX{}] so\n")),
    Case("an alias bomb", _bomb, said="YA001"),
    Case("100,000 aliases", _aliases, said="YA001"),
    Case("100,000 nested brackets", _nested("["), said="YA001"),
    Case("100,000 nested pairs", _nested("[", "]"), said="YA001"),
    Case("100,000 nested braces", _nested("{a: "), said="YA001"),
    Case("100,000 nested dashes", _nested("\n- "[1:]), said="YA"),
    Case("1,380 nested indents", _indented, said="YA001"),
    Case("65,000 duplicate keys", _duplicates, said="YA002"),
    Case("65,000 duplicate keys, --unsafe-fixes", _fixed(_duplicates, "--unsafe-fixes"), (0,)),
    Case("55,000 related items", _related),
    Case("55,000 related items, --unsafe-fixes", _fixed(_related, "--unsafe-fixes")),
    Case("60,000 findings with fixes", _within("k{}: yes  \n")),
    Case("60,000 findings with fixes, --fix", _fixed(_within("k{}: yes  \n"))),
    Case("100,000 mojibake fields, --fix", _fixed(_within('k{}: "â€™"\n'))),
    Case("a pipe", _pipe, (2,), "not a regular file"),
    Case("a pipe, named", lambda feed: [*_pipe(feed), NAME], (2,), "not a regular file"),
    Case("a socket", _socket, (2,), "not a regular file"),
    Case("a device", _device, (2,), "not a regular file"),
    Case("a folder named x.md", _folder, (0,)),
    Case("an unreadable file", _unreadable_file, (2,), "Permission denied", unprivileged=True),
    Case("an unreadable folder", _unreadable, (2,), "Permission denied", unprivileged=True),
    Case("link loops", _links, (2,)),
    Case("names of all kinds", _names, (1,)),
    Case("a path of 6,000 bytes", _deep_path, (0, 1, 2)),
    Case("1,500 folders deep", _deep_folders, (2,), "too deeply"),
    Case("100,000 other files in the folder", _many_files, (0,)),
    Case("a .gitignore of 200 MB", _big_beside(".gitignore", b"*.log\n"), (0, 2)),
    Case("a .gitignore of 100,000 patterns", _beside(".gitignore", lambda f: "a*b*c\n" * f.count(100_000)), (0, 2)),
    Case("a .gitignore with *a*a*a*b", _long_name(_beside(".gitignore", lambda _: _STARS))),
    Case("a .gitignore with **/**/**", _long_name(_beside(".gitignore", lambda _: "**/a" * 60 + "/b\n"))),
    Case(
        "an exclude with *a*a*a*b",
        _long_name(_beside("feedlint.toml", lambda _: f'exclude = ["{_STARS.strip()}"]\n')),
    ),
    Case("a configuration of 200 MB", _big_beside("feedlint.toml", b"# a\n"), (2,), "bytes"),
    Case(
        "a configuration of 50,000 keys",
        _beside("feedlint.toml", lambda f: "".join(f"k{n}=1\n" for n in range(f.count(50_000)))),
        (2,),
    ),
    Case("a baseline of 200 MB", _big_beside("b.txt", b"# a\n", options=["--baseline", "b.txt"]), (2,), "bytes"),
    Case("a schema of 200 MB", _big_beside("s.json", b" ", options=["--schema", "s.json"]), (2,), "bytes"),
    Case("a schema with a bad pattern", _schema),
    Case("a _config.yml of 200 MB", _big_beside("_config.yml", b"# a\n"), (0,)),
    Case("a topics file of 200 MB", _big_beside("_data/topics/a.yaml", b"a: b\n"), (1,), "FM010"),
    Case(
        "a topics file of 50,000 keys",
        _beside("_data/topics/a.yaml", lambda f: "".join(f"k{n}: v\n" for n in range(f.count(50_000)))),
    ),
    Case("a picture of 60,000 by 60,000", _picture(_bomb_picture)),
    Case("a picture with a text bomb", _picture(_text_bomb)),
    Case("a truncated picture", _picture(lambda _: _png(9, 9)[:20])),
    Case("a picture of 100 MB of zeros", _picture(lambda f: bytes(f.count(100_000_000)))),
    Case("a JPEG of 100 MB of markers", _picture(lambda f: b"\xff\xd8" + b"\xff" * f.count(100_000_000), "jpg")),
    Case(
        "a JPEG of 25,000,000 segments", _picture(lambda f: b"\xff\xd8" + b"\xff\xe0\0\2" * f.count(25_000_000), "jpg")
    ),
    Case("a TIFF that points to itself", _picture(lambda _: b"II*\0\x08\0\0\0\0\0\x08\0\0\0" + bytes(40), "tiff")),
    Case("a drawing of 50,000 elements", _picture(lambda f: b"<svg>" + b"<g>" * f.count(50_000), "svg"), (0,)),
    Case("standard input without end", lambda _: ["-"], (1,), "FM010", _endless),
    Case("standard input without end, --fix", lambda _: ["-", "--fix"], (2,), "bytes", _endless),
    Case("/dev/stdin without end", lambda _: ["/dev/stdin"], (2,), "leads out of the repository", _endless),
)


def run(case: Case, feed: Feed) -> Result:
    """Make *case* in *feed*, run it in a process of its own, and return what came of it."""
    arguments = case.make(feed)
    command = [sys.executable, "-m", "feedlint", *arguments]
    environment = {**os.environ, "PYTHONPATH": os.getcwd(), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}
    who: dict[str, Any] = {}
    if case.unprivileged and os.geteuid() == 0:
        who = {"user": _NOBODY, "group": _NOBODY, "extra_groups": []}
    start = time.monotonic()
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            command,
            cwd=feed.root,
            env=environment,
            stdin=subprocess.PIPE if case.stdin else subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            **who,
        )
        if case.stdin is not None:
            threading.Thread(target=_feed, args=(case.stdin, process.stdin), daemon=True).start()
        watch = threading.Timer(2 * SECONDS, lambda: os.kill(process.pid, signal.SIGKILL))
        watch.start()
        _, status, usage = os.wait4(process.pid, 0)
        watch.cancel()
        seconds = time.monotonic() - start
        process.returncode = code = os.waitstatus_to_exitcode(status)
        output.seek(0)
        said = output.read(10_000_000).decode("utf-8", "replace")
    scale = 1024 if sys.platform.startswith("linux") else 1024 * 1024
    return Result(seconds, usage.ru_maxrss / scale, code if code >= 0 else None, said)


def _feed(write: Callable[[BinaryIO], None], stream: BinaryIO) -> None:
    with suppress(BrokenPipeError):
        write(stream)
    with suppress(BrokenPipeError):
        stream.close()


def broken(case: Case, result: Result) -> list[str]:
    """Return which promises *result* breaks."""
    problems = []
    if result.status not in case.status:
        problems.append(f"exit status {result.status}, not {' or '.join(map(str, case.status))}")
    if "Traceback" in result.output or "internal error" in result.output:
        problems.append("a traceback")
    if case.said not in result.output:
        problems.append(f"nothing said of {case.said!r}")
    if result.seconds > SECONDS:
        problems.append(f"more than {SECONDS:.0f} s")
    if result.megabytes > MEGABYTES:
        problems.append(f"more than {MEGABYTES:.0f} MB")
    return problems


def main() -> int:
    """Run the cases; return 1 if one broke a promise."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--folder", default=None)
    parser.add_argument("words", nargs="*", metavar="WORD")
    options = parser.parse_args()
    failed = 0
    print(f"{'what':<40} {'s':>6} {'MB':>6} exit  said")
    for case in CASES:
        if options.words and not any(word in case.name for word in options.words):
            continue
        root = Path(tempfile.mkdtemp(dir=options.folder))
        root.chmod(0o755)
        try:
            result = run(case, Feed(root, options.scale))
        except PermissionError:
            print(f"{case.name:<40} not possible: run it as another user than root, or with a Python all may use")
            continue
        finally:
            subprocess.run(["rm", "-rf", "--", str(root)], check=False)  # deeper than Python goes
        lines = [line for line in result.output.splitlines() if line.strip()]
        shown = [lines[0][:70], lines[-1][:60]] if len(lines) > 1 else [line[:130] for line in lines]
        words = " … ".join(ascii(line)[1:-1] for line in shown)
        print(
            f"{case.name:<40} {result.seconds:6.1f} {result.megabytes:6.0f} {result.status!s:>4}  {words}", flush=True
        )
        for problem in broken(case, result):
            failed += 1
            print(f"  BROKEN: {problem}", flush=True)
    print(f"{failed} broken")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
