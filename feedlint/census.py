"""Which records have to do with each other: told of a whole feed from a few bytes of each.

A rule about many records finds something where two of them mention the same thing, or say different things of it. Of
each record only *marks* are kept, digests of what it mentions: with a million records nothing else would fit into
memory, and nearly all of them are about something that no other is. Only those that are not are looked at again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

try:  # what hashlib has, without the library for all else that comes with that
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

ANY: Final = bytes(8)
"""In place of what is said, where it does not matter: then two differ in their files."""
_KEY: Final = 8
_MARK: Final = 16
_AT_ONCE: Final = 500_000
"""Marks that are compared at a time; each takes some 150 bytes then."""


def digest8(text: str) -> bytes:
    """Return 8 bytes that stand for *text*: two of a billion texts have the same with a chance of 3 %.

    Then two files are looked at again that have nothing to do with each other, and nothing is found.
    """
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_KEY).digest()


def suspects(marks: Sequence[bytes]) -> list[int]:
    """Return the positions of the files, of which each has *marks*, that have one with the key of another's.

    And there the two have to differ: in what is said, or, where that is :data:`ANY`, in their files.
    """
    parts = max(1, sum(map(len, marks)) // _MARK // _AT_ONCE)
    found: set[int] = set()
    for part in range(parts):
        shared = _shared(marks, part, parts)
        if shared:
            found.update(file for file, key, _ in _each(marks, part, parts) if key in shared)
    return sorted(found)


def _shared(marks: Sequence[bytes], part: int, parts: int) -> set[bytes]:
    """Return the keys of which two marks differ."""
    first: dict[bytes, bytes | int] = {}
    return {
        key
        for file, key, said in _each(marks, part, parts)
        if first.setdefault(key, file if said == ANY else said) != (file if said == ANY else said)
    }


def _each(marks: Sequence[bytes], part: int, parts: int) -> Iterator[tuple[int, bytes, bytes]]:
    """Yield the file, the key and what is said of each of *marks* that belongs to the given one of *parts*."""
    for file, own in enumerate(marks):
        for at in range(0, len(own), _MARK):
            if parts == 1 or own[at] % parts == part:
                yield file, own[at : at + _KEY], own[at + _KEY : at + _MARK]
