"""What a hostile case is: a feed that is written, and what is expected of the program that reads it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

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
PICTURE: Final = "images:\n  - url: /pictures/a.png\n    width: 100\n    height: 100\n"
"""More lines of a record: they name a picture, for which the site's configuration is read."""
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
