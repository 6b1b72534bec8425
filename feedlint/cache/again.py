"""What a run has said: for as long as nothing has changed that it stands on, the same run says it again.

That is told without loading what checks files. A run is the same by its arguments, the current folder, what it is told
by the environment, and what results depend on beside files (:mod:`~feedlint.cache.key`). What it stood on is looked at
anew: each folder (:mod:`~feedlint.cache.ground`), by content each file whose stamp differs or did not count, and what
was asked of the files around. If one of these is another, nothing is known.
"""

from __future__ import annotations

import os
import struct
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence

from feedlint.cache import folder
from feedlint.cache.ground import NO_FILE, Ground, Listing, seen
from feedlint.cache.key import digest_of_texts, surroundings
from feedlint.cache.stamps import NONE, SIZE, is_old, is_settled, packed, size_in
from feedlint.disk import SMALL, content_of, taken
from feedlint.typed import Final, NamedTuple

try:  # as in the census
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

_MAGIC: Final = b"feedlint again 1"
_CHECK: Final = 32
_HEAD: Final = struct.Struct("<Qi")
_LENGTH: Final = struct.Struct("<I")
_LASTS: Final = 7 * 86_400
"""Seconds after which a run is made again, so that its files are asked for before the cache forgets them."""
_DIGEST: Final = 16
_VARIABLES: Final = ("CI", "FORCE_COLOR", "FORCE_HYPERLINK", "NO_COLOR", "TERM")

Rows = Mapping[str, Mapping[str, tuple[bytes, bytes]]]
"""What is known of records by folder and name: the stamp that each had when it was read, and the digest of that."""


class Said(NamedTuple):
    """The exit *status* of a run, and the *text* that it wrote to standard output."""

    status: int
    text: str


class _Part(NamedTuple):
    """A *folder*, the *names* in it, and the *stamps* and *digests* of the files that matter there, one after another.

    A file is the same by either: a stamp that does not count is no file's, and neither is the digest in place of none.
    """

    folder: str
    names: bytes
    stamps: bytes
    digests: bytes


class _Memory(NamedTuple):
    """What was *said* at a time (seconds since 1970), by a run that stood on *parts*, what is *above* and *asked*.

    ``asked`` is JSON, by the root of the files around which it was asked; b"" for nothing.
    """

    at: int
    said: Said
    above: Mapping[str, bytes]
    asked: bytes
    parts: Sequence[_Part]


def name_of(arguments: Sequence[str]) -> str:
    """Return the name under which is kept what a run with *arguments* has said, here and in this environment."""
    here = os.getcwd()
    told = [f"{name}={value}" for name, value in sorted(os.environ.items()) if _is_told(name)]
    streams = str(sys.stdout.isatty()), sys.getfilesystemencoding()
    return digest_of_texts("again", here, os.path.realpath(here), *streams, *surroundings(), *told, "", *arguments)


def _is_told(name: str) -> bool:
    return name.startswith("FEEDLINT_") or name in _VARIABLES


def said(place: str, name: str, ground: Ground) -> Said | None:
    """Return what was said by the run that is kept in the folder *place* under *name*; None if it might not be now.

    *ground* gets what was looked at.
    """
    data = folder.get(place, name)
    memory = _loaded(data) if data is not None else None
    now = time.time()
    if memory is None or not memory.at <= now < memory.at + _LASTS:
        return None
    began = time.time_ns()
    parts = _still(memory, ground, began)
    if parts is None:
        return None
    if parts != memory.parts:
        folder.put(place, name, _dumped(memory._replace(parts=parts)))
    return memory.said


def _still(memory: _Memory, ground: Ground, began: int) -> Sequence[_Part] | None:
    """Return the parts of *memory* with the stamps of now, if all is as it was; else None."""
    try:
        if any(seen(path) != mark for path, mark in memory.above.items()):
            return None
        listings = [ground.listing(part.folder) for part in memory.parts]
        if any(_joined(here.names) != part.names for part, here in zip(memory.parts, listings, strict=True)):
            return None
        parts = [_renewed(part, here.stamps, ground, began) for part, here in zip(memory.parts, listings, strict=True)]
    except (OSError, ValueError):
        return None
    return parts if _is_answered(memory.asked) else None


def _is_answered(asked: bytes) -> bool:
    """Tell whether the questions that are *asked* have the same answers, those that are told with them."""
    if not asked:
        return True
    import json

    from feedlint.cache.around import still

    try:
        return all(still(root, questions) is not None for root, questions in json.loads(asked))
    except (ValueError, TypeError, RecursionError):
        return False


class _Changed(ValueError):
    """A file that is not as it was."""


def _renewed(part: _Part, stamps: Mapping[str, bytes], ground: Ground, began: int) -> _Part:
    """Return *part* with *stamps*, where the content of files with other ones is the same. Raises :class:`_Changed`.

    *ground* gets the digests of those.
    """
    now = b"".join(stamps.values())
    if now == part.stamps:
        return part
    if len(now) != len(part.stamps):
        raise _Changed
    from hashlib import sha256

    above = os.path.join(part.folder, "")
    kept, digests = [], []
    read = ground.digests.setdefault(part.folder, {})
    for at, (name, mark) in enumerate(stamps.items()):
        if mark == part.stamps[at * SIZE : at * SIZE + SIZE]:
            digests.append(part.digests[at * _DIGEST : at * _DIGEST + _DIGEST])
        elif mark == NO_FILE:
            raise _Changed
        else:
            content = content_of(above + name, size_in(mark))
            mark = mark if is_old(mark, began) else NONE
            read[name] = mark, sha256(content).digest()[:_DIGEST]
            digests.append(read[name][1])
        kept.append(mark)
    if b"".join(digests) != part.digests:
        raise _Changed
    return part._replace(stamps=b"".join(kept))


def keep(place: str, name: str, ground: Ground, told: Said, began: int, rows: Rows, asked: object) -> None:
    """Keep in the folder *place* under *name* that *told* was said by a run that stood on *ground*.

    It *began* at a time, in nanoseconds. *rows* tell of the records that it checked, *asked*, JSON, what was asked of
    the files around them. Nothing is kept where that does not tell whether all is the same. Never raises OSError.
    """
    if not ground.firm or any(mark == NO_FILE or not _counts(mark, began) for mark in ground.above.values()):
        return
    try:
        parts = [_part(path, listing, rows, began) for path, listing in ground.folders.items()]
    except (OSError, ValueError):
        return
    import json

    questions = json.dumps(asked).encode() if asked else b""
    memory = _Memory(began // 10**9, told, ground.above, questions, parts)
    folder.put(place, name, _dumped(memory))


def _counts(mark: bytes, began: int) -> bool:
    """Tell whether *mark*, seen at the time *began*, tells that what is there is the same."""
    return len(mark) != SIZE or is_old(mark, began)


def _part(path: str, listing: Listing, rows: Rows, began: int) -> _Part:
    """Return the folder at *path*, which was listed, as it is remembered. Raises OSError and :class:`_Changed`."""
    own, stamps, digests = rows.get(path, {}), [], []
    for name, mark in listing.stamps.items():
        known = own.get(name) or _row(os.path.join(path, name), mark, began)
        stamps.append(known[0])
        digests.append(known[1])
    return _Part(path, _joined(listing.names), b"".join(stamps), b"".join(digests))


def _row(path: str, mark: bytes, began: int) -> tuple[bytes, bytes]:
    """Return *mark*, that of the file at *path*, which is no record, and the digest of its content.

    Raises OSError, and :class:`_Changed` where it may be another by now.
    """
    if mark == NO_FILE or not is_settled(mark, began):
        raise _Changed
    from hashlib import sha256

    content, state = taken(path, SMALL)
    if packed(state) != mark:
        raise _Changed
    return mark if is_old(mark, began) else NONE, sha256(content).digest()[:_DIGEST]


# --- as bytes ----------------------------------------------------------------------------------------------


def _joined(names: Iterable[str]) -> bytes:
    return "\0".join(names).encode("utf-8", "surrogatepass")


def _dumped(memory: _Memory) -> bytes:
    fields = [_HEAD.pack(memory.at, memory.said.status), _text(memory.said.text), memory.asked]
    fields += [_joined(memory.above), b"".join(_LENGTH.pack(len(mark)) + mark for mark in memory.above.values())]
    for part in memory.parts:
        fields += [_text(part.folder), *part[1:]]
    rest = b"".join(_LENGTH.pack(len(each)) + each for each in fields)
    return _MAGIC + blake2b(rest, digest_size=_CHECK).digest() + rest


def _loaded(data: bytes) -> _Memory | None:
    """Return what *data* is: None where it is damaged, or not made here."""
    rest = memoryview(data)[len(_MAGIC) + _CHECK :]
    if data[: -len(rest) or None] != _MAGIC + blake2b(rest, digest_size=_CHECK).digest():
        return None
    try:
        head, text, asked, paths, marks, *parts = _fields(rest)
        at, status = _HEAD.unpack(head)
        names = str(paths, "utf-8", "surrogatepass").split("\0") if paths else []
        above = dict(zip(names, map(bytes, _fields(marks)), strict=True))
        folders = iter(parts)
        found = [
            _Part(str(each, "utf-8", "surrogatepass"), bytes(names), bytes(stamps), bytes(digests))
            for each, names, stamps, digests in zip(folders, folders, folders, folders, strict=True)
        ]
        spoken = Said(status, str(text, "utf-8", "surrogatepass"))
        return _Memory(at, spoken, above, bytes(asked), found)
    except (struct.error, ValueError):
        return None


def _text(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _fields(data: memoryview) -> Iterator[memoryview]:
    at = 0
    while at < len(data):
        (length,) = _LENGTH.unpack_from(data, at)
        at += _LENGTH.size
        if length > len(data) - at:
            raise ValueError
        yield data[at : at + length]
        at += length
