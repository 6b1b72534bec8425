"""Which records have to do with each other: told of a whole feed from a few bytes of each.

A rule about many records finds something where two of them mention the same thing, or say different things of it. Of
each record only *marks* are kept, digests of what it mentions: with a million records nothing else would fit into
memory, and nearly all of them are about something that no other is. Only those that are not are looked at again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import accumulate

from feedlint.typed import Final, NamedTuple

try:  # what hashlib has, without the library for all else that comes with that
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

ANY: Final = bytes(8)
"""In place of what is said, where it does not matter: then two differ in their files."""
_KEY: Final = 8
_MARK: Final = 16
_FEW: Final = 500_000
"""Marks that are counted one by one, which takes some 150 bytes each."""


class Clear(NamedTuple):
    """What is kept of a file that there is nothing to say of: the name of its *schema*, and its *marks*."""

    schema: str | None
    marks: bytes


def digest8(text: str) -> bytes:
    """Return 8 bytes that stand for *text*: two of a billion texts have the same with a chance of 3 %.

    Then two files are looked at again that have nothing to do with each other, and nothing is found.
    """
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_KEY).digest()


def suspects(marks: Sequence[bytes]) -> list[int]:
    """Return the positions of the files, of which each has *marks*, that have one with the key of another's.

    And there the two have to differ: in what is said, or, where that is :data:`ANY`, in their files.
    """
    words = memoryview(b"".join(marks)).cast("Q")
    keys, said = words[::2], words[1::2]
    twice = _twice(keys.tolist()) if len(keys) <= _FEW else _twice_of_many(keys)
    mentions = [at for at, key in enumerate(keys) if key in twice] if twice else []
    pairs = {(keys[at], said[at]) for at in mentions}
    silent = {key for key, says in pairs if not says}
    asked = silent | _twice([key for key, _ in pairs])
    if not asked:
        return []
    from bisect import bisect_right

    ends = list(accumulate(len(own) // _MARK for own in marks))
    files: dict[int, set[int]] = {}
    for at in mentions:
        if keys[at] in asked:
            files.setdefault(keys[at], set()).add(bisect_right(ends, at))
    return sorted({file for key, found in files.items() if len(found) > 1 or key not in silent for file in found})


def _twice(keys: list[int]) -> set[int]:
    """Return those of *keys* that are there more than once."""
    if len(set(keys)) == len(keys):  # in most feeds, and sooner told than which
        return set()
    return {key for key, count in Counter(keys).items() if count > 1}


def _twice_of_many(keys: memoryview[int]) -> set[int]:
    """Do the same in one byte for each of some slots, not 150 for each key: in most slots there is one key."""
    slots = 1 << (8 * len(keys)).bit_length()
    taken = bytearray(slots)
    beside: set[int] = set()
    for key in keys:
        slot = key % slots
        if taken[slot]:
            beside.add(key)
        taken[slot] = 1
    return _twice([key for key in keys if key in beside])
