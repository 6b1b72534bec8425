"""Reading from disk: regular files, and no more of them than there may be."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable

from feedlint.roots import leads_out, shown
from feedlint.typed import BinaryIO, Final

MAX_FILE_SIZE: Final = 1_000_000
"""How many bytes a record may have, unless it is said otherwise: FM010 says why."""
SMALL: Final = 1_000_000
"""The most bytes of a file that says something about records: a schema, a ``.gitignore``, a site's configuration."""


# What is a pipe by now would be waited for; Windows would convert line endings.
_FLAGS: Final = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


Warn = Callable[[str], None]
"""Is told what there is to warn of: half a sentence, which begins with a path."""


def unheard(_: str) -> None:
    """Warn nobody: a :data:`Warn`."""


class TooLarge(OSError):
    """A file with more than *limit* bytes, of which no more was read."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"it has more than {limit:,} bytes")
        self.limit = limit


class NotRegular(FileNotFoundError):
    """What is there is no regular file: a folder, a pipe, a device, a link to nowhere."""


def opened(path: str, *, own: bool = False) -> BinaryIO:
    """Return the regular file at *path*, open to be read; with *own*, only where that is in the repository of *path*.

    Raises OSError, :class:`NotRegular` for what is no regular file, and at once: reading a pipe or a device might never
    end, and to open one may do something.
    """
    return open(_handle(path, own=own)[0], "rb")


def _handle(path: str, *, own: bool) -> tuple[int, os.stat_result]:
    """Return the number of the open file that :func:`opened` returns, and its state."""
    mode = _mode(path)
    if stat.S_ISLNK(mode):
        if own and leads_out(path):
            raise OSError("it is a symbolic link that leads out of the repository")
        mode = _mode(path, follow=True)
    if stat.S_ISREG(mode):
        handle = os.open(path, _FLAGS)
        state = os.fstat(handle)
        if stat.S_ISREG(state.st_mode):
            return handle, state
        os.close(handle)
    raise NotRegular("it is not a regular file")


def _mode(path: str, *, follow: bool = False) -> int:
    try:
        return os.stat(path, follow_symlinks=follow).st_mode
    except ValueError:  # a NUL in it
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT)) from None
    except OSError:
        if follow:
            raise NotRegular("it is a link to nowhere") from None
        raise


def names_in(folder: str) -> list[str]:
    """Return the names of what is in *folder*, sorted, those of folders (no links) with "/". Raises OSError."""
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    return [entry.name + "/" if entry.is_dir(follow_symlinks=False) else entry.name for entry in found]


def read(path: str, limit: int, *, own: bool = False) -> bytes:
    """Return the content of the file at *path*, which may have *limit* bytes; *own* is as for :func:`opened`.

    Raises :class:`TooLarge` where it has more, and OSError where it cannot be read or is no regular file.
    """
    return taken(path, limit, own=own)[0]


def taken(path: str, limit: int, *, own: bool = False) -> tuple[bytes, os.stat_result]:
    """Return what :func:`read` does, and the state that the file had before the first byte was read."""
    handle, state = _handle(path, own=own)
    size = state.st_size
    try:
        content = os.read(handle, min(size, limit) + 1)
        while len(content) != size and len(content) <= limit:  # it has grown or shrunk, or is read in parts
            part = os.read(handle, limit + 1 - len(content))
            if not part:
                break
            content += part
    finally:
        os.close(handle)
    if len(content) > limit:
        raise TooLarge(limit)
    return content, state


def begin_of(path: str, size: int) -> bytes:
    """Return the first *size* bytes of the regular file at *path*. Raises OSError."""
    handle = os.open(path, _FLAGS)
    try:
        return os.read(handle, size)
    finally:
        os.close(handle)


def content_of(path: str, size: int) -> bytes:
    """Return the content of the file at *path*, a regular one of *size* bytes a moment ago, in as few steps as can be.

    One that has grown, or is another by now, may give less or a byte more. Raises OSError, at once also for a pipe.
    """
    handle = os.open(path, _FLAGS | getattr(os, "O_NOFOLLOW", 0))
    try:
        return os.read(handle, size + 1)
    finally:
        os.close(handle)


def read_all(file: BinaryIO, limit: int) -> bytes:
    """Return the rest of *file*, which may have *limit* bytes. Raises :class:`TooLarge` and OSError."""
    content = file.read(limit + 1)
    if len(content) > limit:
        raise TooLarge(limit)
    return content


def pass_over(path: str, error: OSError, warn: Warn) -> None:
    """Warn that the file at *path* (absolute), which says something about records, cannot be read; if it is there."""
    reason = error.strerror or str(error)
    if reason and not isinstance(error, FileNotFoundError):
        warn(f"{shown(path)} is passed over: {reason}")


def from_disk(path: str, limit: int) -> bytes:
    """Return the content of the record at *path* as :func:`read` does.

    Raises OSError also for a link that leads out of its repository: what is there is not for those who read the report.
    """
    return read(path, limit, own=True)
