"""A baseline as text: a finding a line.

A line has the path, code, place and digest, and which one it is where the same value is there more than once. Between
any two is a line of its own, `#` and eight digits, that says nothing and stays when a finding is taken out: git takes
changes of neighbouring lines for a conflict, and so two branches that each take out findings can be merged. What holds
of a finding is in its line alone: the order of lines, and lines that are there twice, do not matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from feedlint.baseline import BaselineError
from feedlint.lazy import regex
from feedlint.source import BOM, decode
from feedlint.typed import TYPE_CHECKING, Final, NamedTuple
from feedlint.words import UNSEEN

if TYPE_CHECKING:
    from feedlint.identity import Key

VERSION: Final = 1
_HEAD: Final = (
    f"# feedlint baseline {VERSION}. "
    "Findings that were there before; `feedlint --prune-baseline` takes out what is gone."
)
_VERSION = regex(r"# feedlint baseline (\d{1,9})\b")
_ENTRY = regex(r"(\S+) ([A-Z]{2,9}\d{3,9}) (\S+) ([0-9a-f]{12})(?: ([1-9]\d{0,8}))?")
_CONFLICT = regex(r"<{7} |={7}$|>{7} |\|{7} ")
_BAD_ESCAPE = regex("%(?![0-9A-F]{2})")
_LINE = regex(r"[^\n]*\n|[^\n]+")
_WHOLE_FILE: Final = "-"


class Entry(NamedTuple):
    """A line of a baseline: the file (relative to the baseline's folder, with "/") and the finding in it."""

    path: str
    key: Key


def render(entries: Iterable[Entry]) -> str:
    """Return the text of a baseline of *entries*."""
    from hashlib import sha256

    result = [_HEAD]
    for entry in sorted(set(entries)):
        line = line_of(entry)
        result += f"#{sha256(line.encode()).hexdigest()[:8]}", line
    return "\n".join(result) + "\n"


def read(text: str) -> list[Entry]:
    """Return the entries of the baseline *text*, in its order.

    Raises :class:`BaselineError`, which begins with the number of a line.
    """
    return [entry for _, entry in lines(text) if entry is not None]


def lines(text: str) -> Iterator[tuple[str, Entry | None]]:
    """Yield each line of *text* with its ending, and the entry on it, if any. Raises as :func:`read` does."""
    from feedlint.identity import Key

    head, *rest = _LINE.findall(text) or [""]
    version = _VERSION.match(head.removeprefix(BOM))
    if version is None:
        raise BaselineError("1: it is no baseline: it does not begin with `# feedlint baseline`")
    if int(version[1]) != VERSION:
        raise BaselineError(f"1: it is a baseline of version {version[1]}, and this feedlint knows version {VERSION}")
    yield head, None
    for number, line in enumerate(rest, 2):
        bare = line.rstrip("\r\n")
        if not bare or bare.startswith("#"):
            yield line, None
            continue
        if _CONFLICT.match(bare):
            raise BaselineError(f"{number}: git has left a conflict: delete its marks and keep both sides")
        entry = _ENTRY.fullmatch(bare)
        if entry is None or _BAD_ESCAPE.search(bare):
            raise BaselineError(f"{number}: the line is damaged, expected: path, code, place, 12 hexadecimal digits")
        path, code, place, digest, occurrence = entry.groups()
        key = Key(code, "" if place == _WHOLE_FILE else _plain(place), digest, int(occurrence or 1))
        yield line, Entry(_plain(path), key)


def line_of(entry: Entry) -> str:
    """Return the line of *entry*, without an ending."""
    code, place, digest, occurrence = entry.key
    words = [escaped(entry.path), code, escaped(place) or _WHOLE_FILE, digest]
    return " ".join([*words, str(occurrence)] if occurrence > 1 else words)


def escaped(text: str) -> str:
    """Return *text* on one line and without white space: `%20` for a space, and so on, by bytes of UTF-8.

    Bytes of a file's name that are not UTF-8 are escaped as they are. A text that stands for something else is escaped.
    """
    if text == _WHOLE_FILE:
        return "%2D"
    first = text[:1] in ("#", "<", "=", ">", "|", BOM)
    return "".join(
        "".join(f"%{byte:02X}" for byte in _bytes(char))
        if char in " %" or UNSEEN.match(char) or (first and not index)
        else char
        for index, char in enumerate(text)
    )


def _bytes(char: str) -> bytes:
    return char.encode("utf-8", "surrogateescape" if "\udc80" <= char <= "\udcff" else "surrogatepass")


def _plain(text: str) -> str:
    from urllib.parse import unquote_to_bytes

    return decode(unquote_to_bytes(text))
