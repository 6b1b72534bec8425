"""What a shelf of the cache is as bytes: columns that load in a few steps, however many files they tell of.

A checksum comes first: what was cut off or damaged is not a shelf. It is no seal; whoever may write to the folder can
make any. So every number is held to what it may be, and a shelf is nothing but names, numbers and bytes.
"""

from __future__ import annotations

import json
import struct
from hashlib import sha256
from itertools import accumulate

from feedlint.cache.stamps import SIZE
from feedlint.typed import Any, Final, NamedTuple

_MAGIC: Final = b"feedlint cache 1"
_CHECK: Final = 16
_SIZES: Final = struct.Struct("<IIII")
_BEGIN: Final = len(_MAGIC) + _CHECK
DIGEST: Final = 16
"""Bytes of a content's SHA-256 that are kept: with 2**64 contents two of them would be expected to meet."""
NO_SCHEMA: Final = 255
CLEAR, FOUND = 0, 1


class Columns(NamedTuple):
    """What is known of files, a row each.

    ``names`` are their paths, ``stamps`` and ``digests`` what tells that they are the same, ``days`` (4 bytes each,
    since 1970) when they were last asked for, ``kinds`` what is known: :data:`CLEAR` or :data:`FOUND`, ``schemas``
    which one covers them, by its position. Row *n* has what is in ``payload`` from ``ends[n]`` to ``ends[n + 1]``.
    """

    names: list[str]
    stamps: bytes
    digests: bytes
    days: bytes
    kinds: bytes
    schemas: bytes
    ends: list[int]
    payload: bytes


EMPTY: Final = Columns([], b"", b"", b"", b"", b"", [0], b"")


def dump(head: dict[str, Any], columns: Columns) -> bytes:
    """Return *columns*, and *head*, which is JSON, as bytes."""
    about = json.dumps(head, separators=(",", ":")).encode()
    names = "\0".join(columns.names).encode("utf-8", "surrogatepass")
    count = len(columns.names)
    lengths = [end - start for start, end in zip(columns.ends, columns.ends[1:], strict=False)]
    rest = b"".join(
        (
            _SIZES.pack(len(about), count, len(names), len(columns.payload)),
            *(about, names, columns.stamps, columns.digests, columns.days, columns.kinds, columns.schemas),
            struct.pack(f"<{count}I", *lengths),
            columns.payload,
        )
    )
    return _MAGIC + _check(rest) + rest


def load(data: bytes) -> tuple[dict[str, Any], Columns] | None:
    """Return the head and the columns that *data* is, or None where it is nothing of the kind."""
    rest = memoryview(data)[_BEGIN:]
    if data[: len(_MAGIC)] != _MAGIC or data[len(_MAGIC) : _BEGIN] != _check(rest):
        return None
    try:
        return _loaded(rest)
    except (struct.error, ValueError, RecursionError):
        return None


def _loaded(rest: memoryview) -> tuple[dict[str, Any], Columns] | None:
    about, count, size, payload = _SIZES.unpack_from(rest)
    widths = (_SIZES.size, about, size, SIZE * count, DIGEST * count, 4 * count, count, count, 4 * count, payload)
    if sum(widths) != len(rest):
        return None
    parts = [bytes(rest[end - width : end]) for end, width in zip(accumulate(widths), widths, strict=True)]
    _, text, joined, stamps, digests, days, kinds, schemas, lengths, payloads = parts
    head = json.loads(text)
    names = joined.decode("utf-8", "surrogatepass").split("\0") if count else []
    ends = list(accumulate(struct.unpack(f"<{count}I", lengths), initial=0))
    if len(names) != count or ends[-1] != payload or not isinstance(head, dict):
        return None
    return head, Columns(names, stamps, digests, days, kinds, schemas, ends, payloads)


def _check(rest: bytes | memoryview) -> bytes:
    return sha256(rest).digest()[:_CHECK]
