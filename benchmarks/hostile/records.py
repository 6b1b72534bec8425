"""Records of hostile sizes, lines and nesting; and standard input without end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import BinaryIO, Final

from benchmarks.hostile.case import NAME, RECORD, Case, Feed

_TITLES: Final = RECORD.replace('title: "Harbour council approves the new tram line"\n', "")


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


def _endless(stream: BinaryIO) -> None:
    block = b"title: a\n" * 10_000
    while True:
        stream.write(block)


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
    Case("standard input without end", lambda _: ["-"], (1,), "FM010", _endless),
    Case("standard input without end, --fix", lambda _: ["-", "--fix"], (2,), "bytes", _endless),
    Case("/dev/stdin without end", lambda _: ["/dev/stdin"], (2,), "leads out of the repository", _endless),
)
