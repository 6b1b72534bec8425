"""A TOML file, and where in it something is written.

The parser gives data without places. So a place is found by asking it: a statement is as many lines as parse by
themselves, and what stands at a place is the key, or the value, that differs when the text there is another.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping
from functools import cached_property

from feedlint.config import ConfigError
from feedlint.lazy import regex
from feedlint.typed import Any, Final, NamedTuple

LIMIT: Final = 1_000_000
"""How many bytes a configuration may have."""
# The parser takes time in the square of these; nobody writes keys like that.
_MOST_DOTS: Final = 200
_PART = regex(r"[^\w\-.\"' \t]")
# Characters to parse in search of a place, before it is given up.
_EFFORT: Final = 4 * LIMIT
_OTHER: Final = "other-than-this"
_CLOSES = regex(r"[\]}]|\"\"\"|'''")
_AT = regex(r"(?s)(.*) \(at (?:line (\d+), column (\d+)|end of document)\)")

Path = tuple[str | int, ...]


def _loads(text: str) -> dict[str, Any]:
    """Return the data of *text*. Raises ValueError."""
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    data: dict[str, Any] = tomllib.loads(text)
    return data


class _Statement(NamedTuple):
    start: int
    text: str
    table: Path
    is_header: bool


class Toml:
    """The TOML file that is shown as *name*: its *text* (without a byte order mark), and the *data* in it."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self._effort = _EFFORT
        self.data = self._parsed()

    def _parsed(self) -> dict[str, Any]:
        if any(part.count(".") > _MOST_DOTS for line in self.text.split("\n") for part in _PART.split(line)):
            raise ConfigError(f"{self.name}: a key has more than {_MOST_DOTS} dots")
        try:
            data: dict[str, Any] = _loads(self.text)
            return data
        except RecursionError:
            raise ConfigError(f"{self.name}: it is nested too deeply") from None
        except ValueError as error:
            found = _AT.fullmatch(str(error))
            why = found[1] if found else str(error)
            place = found.group(2, 3) if found and found[2] else self._position(len(self.text.rstrip()))
            at = ":{}:{}".format(*place) if found else ""
            raise ConfigError(f"{self.name}{at}: not TOML: {why[:1].lower()}{why[1:]}") from None

    def error(self, message: str, path: Path, *, key: bool = False) -> ConfigError:
        """Return the error that *message* is wrong with the value at *path*, or with its *key*."""
        at = self.place(path, key=key)
        return ConfigError(f"{self.name}{f':{at[0]}:{at[1]}' if at else ''}: {message}")

    def place(self, path: Path, *, key: bool = False) -> tuple[int, int] | None:
        """Return line and column, from 1, of the value at *path*, or of its *key*; of what is around, where unknown."""
        for end in range(len(path), 0, -1):
            for wants_key in (False, True) if not key and end == len(path) else (True,):
                offset = self._find(path[:end], wants_key)
                if offset is not None:
                    return self._position(offset)
        return None

    def _position(self, offset: int) -> tuple[int, int]:
        return self.text.count("\n", 0, offset) + 1, offset - self.text.rfind("\n", 0, offset)

    @cached_property
    def _statements(self) -> list[_Statement]:
        return list(self._split())

    def _split(self) -> Iterator[_Statement]:
        table: Path = ()
        start = at = 0
        for line in re.findall(r"[^\n]*\n|[^\n]+", self.text):
            first = start == at
            at += len(line)
            data = self._try(self.text[start:at]) if first or _CLOSES.search(line) else None
            if data is None:
                continue
            is_header = self.text[start:at].lstrip().startswith("[")
            table = _only(data) if is_header else table
            if data:
                yield _Statement(start, self.text[start:at], table, is_header)
            start = at

    def _try(self, text: str) -> dict[str, Any] | None:
        self._effort -= len(text)
        if self._effort < 0:
            return None
        try:
            data: dict[str, Any] = _loads(text)
            return data
        except (ValueError, RecursionError):
            return None

    def _find(self, path: Path, wants_key: bool) -> int | None:
        for start, text, table, is_header in self._statements:
            below = path if is_header else path[len(table) :] if path[: len(table)] == table else ()
            if not below or not _has(self._try(text) or {}, below):
                continue
            for at, length, other in _candidates(text, self._try(text) or {}, below, wants_key):
                data = self._try(text[:at] + other + text[at + length :])
                if data is None or not _has(data, below[:-1]):
                    continue
                if wants_key is not _has(data, below) and (wants_key or _get(data, below) != _get(self.data, path)):
                    return start + at - (text[at - 1 : at] in ('"', "'"))
        return None


def _candidates(text: str, data: Mapping[str, Any], path: Path, wants_key: bool) -> Iterator[tuple[int, int, str]]:
    """Yield where in *text* the key, or the value, at *path* may be: from where, how long, and what to try there."""
    value = path[-1] if wants_key else _get(data, path)
    if isinstance(value, bool):
        value, other = str(value).lower(), f'"{_OTHER}"'
    elif isinstance(value, (int, float)):
        value, other = str(value), f'"{_OTHER}"'
    else:
        other = _OTHER
    if not isinstance(value, str) or not value or (wants_key and isinstance(path[-1], int)):
        return
    at = text.find(value)
    while at >= 0:
        yield at, len(value), other
        at = text.find(value, at + 1)


def _only(data: Any) -> Path:
    """Return the path of the table that a header opens."""
    path: tuple[str, ...] = ()
    while data:
        if isinstance(data, list):
            data = data[0]
        else:
            path += (next(iter(data)),)
            data = data[path[-1]]
    return path


_NOTHING: Final = object()


def _get(data: Any, path: Path) -> Any:
    for step in path:
        try:
            data = data[step]
        except (LookupError, TypeError):
            return _NOTHING
    return data


def _has(data: Any, path: Path) -> bool:
    return _get(data, path) is not _NOTHING


def read(path: str, name: str) -> Toml:
    """Return the TOML file at *path*, shown as *name*. Raises :class:`ConfigError` where that cannot be."""
    try:
        if not os.path.isfile(path):
            raise ConfigError(f"{name}: {'it is not a file' if os.path.exists(path) else 'there is no such file'}")
        with open(path, "rb") as file:
            content = file.read(LIMIT + 1)
    except (OSError, ValueError) as error:
        raise ConfigError(f"{name}: {getattr(error, 'strerror', None) or error}") from None
    if len(content) > LIMIT:
        raise ConfigError(f"{name}: it has more than {LIMIT:,} bytes")
    content = content.removeprefix(b"\xef\xbb\xbf")  # as some editors begin a file
    try:
        return Toml(name, content.decode("utf-8"))
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8").split("\n")
        at = f"{len(before)}:{len(before[-1]) + 1}"
        raise ConfigError(f"{name}:{at}: byte {content[error.start]:02X} is not UTF-8") from None
