"""Reading from disk: regular files, and no more of them than there may be."""

from __future__ import annotations

import errno
import os
import stat
from typing import BinaryIO, Final

from feedlint.roots import leads_out

MAX_FILE_SIZE: Final = 1_000_000
"""How many bytes a record may have, unless it is said otherwise: FM010 says why."""
SMALL: Final = 1_000_000
"""The most bytes of a file that says something about records: a schema, a ``.gitignore``, a site's configuration."""


class TooLarge(OSError):
    """A file with more than *limit* bytes, of which no more was read."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"it has more than {limit:,} bytes")
        self.limit = limit


def opened(path: str) -> BinaryIO:
    """Return the regular file at *path*, open to be read.

    Raises OSError, also for what is no regular file, and at once: reading a pipe or a device might never end.
    """
    if not os.path.isfile(path):
        if not os.path.lexists(path):
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        nowhere = os.path.islink(path) and not os.path.exists(path)
        raise OSError("it is a link to nowhere" if nowhere else "it is not a regular file")

    def at_once(name: str, flags: int) -> int:
        return os.open(name, flags | getattr(os, "O_NONBLOCK", 0))  # what is a pipe by now would be waited for

    file = open(path, "rb", opener=at_once)  # noqa: SIM115  # for the caller to close
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise OSError("it is not a regular file")
    return file


def read(path: str, limit: int) -> bytes:
    """Return the content of the file at *path*, which may have *limit* bytes.

    Raises :class:`TooLarge` where it has more, and OSError where it cannot be read or is no regular file.
    """
    with opened(path) as file:
        return read_all(file, limit)


def read_all(file: BinaryIO, limit: int) -> bytes:
    """Return the rest of *file*, which may have *limit* bytes. Raises :class:`TooLarge` and OSError."""
    content = file.read(limit + 1)
    if len(content) > limit:
        raise TooLarge(limit)
    return content


def from_disk(path: str, limit: int) -> bytes:
    """Return the content of the record at *path* as :func:`read` does.

    Raises OSError also for a link that leads out of its repository: what is there is not for those who read the report.
    """
    if leads_out(path):
        raise OSError("it is a symbolic link that leads out of the repository")
    return read(path, limit)
