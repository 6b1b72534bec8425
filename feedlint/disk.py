"""Reading from disk: regular files, and no more of them than there may be."""

from __future__ import annotations

import os
from typing import Final

MAX_FILE_SIZE: Final = 1_000_000
"""How many bytes a record may have, unless it is said otherwise: FM010 says why."""
SMALL: Final = 1_000_000
"""The most bytes of a file that says something about records: a schema, a ``.gitignore``, a site's configuration."""


class TooLarge(OSError):
    """A file with more than *limit* bytes, of which no more was read."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"it has more than {limit:,} bytes")
        self.limit = limit


def from_disk(path: str, limit: int) -> bytes:
    """Return the content of the file at *path*, which may have *limit* bytes.

    Raises :class:`TooLarge` where it has more, and OSError where it cannot be read or is no regular file.
    """
    if not os.path.isfile(path):  # a folder, a pipe, a device: reading might never end
        raise OSError(
            "it is a link to nowhere"
            if os.path.islink(path) and not os.path.exists(path)
            else "it is not a regular file"
        )
    with open(path, "rb") as file:
        content = file.read(limit + 1)
    if len(content) > limit:
        raise TooLarge(limit)
    return content
