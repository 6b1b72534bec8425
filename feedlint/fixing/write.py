"""Writing a file so that, whatever happens, it is whole: the old one or the new one."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from pathlib import Path


class NotWritten(Exception):
    """A file that was left as it is, and why."""


def write(path: str, old: bytes | None, new: bytes, tree: Path) -> None:
    """Replace the content *old* of the file at *path* by *new*; None where there is no file yet.

    The new content goes into a temporary file in the same folder, is forced to disk and takes the file's place
    in one step, with its mode. A symbolic link is followed if it stays inside *tree*. Raises :class:`NotWritten`
    where the link leads out of it, or the file is no longer *old*, or cannot be replaced.
    """
    target = Path(path)
    try:
        if target.is_symlink():
            target = target.resolve(strict=True)
            if not target.is_relative_to(tree.resolve()):
                raise NotWritten("it is a symbolic link that leads out of the repository")
        if (target.read_bytes() if os.path.lexists(target) else None) != old:
            raise NotWritten("it was changed by someone else in the meantime")
        _replace(target, new)
    except OSError as error:
        raise NotWritten(error.strerror or str(error)) from None


def _replace(target: Path, new: bytes) -> None:
    state = target.stat() if target.exists() else None
    if state is not None and not os.access(target, os.W_OK):
        raise NotWritten("it is read-only")
    handle, temporary = tempfile.mkstemp(prefix=".feedlint-", suffix=".tmp", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(new)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, stat.S_IMODE(state.st_mode) if state is not None else 0o666 & ~_umask())
        with contextlib.suppress(OSError, AttributeError):  # not ours to give away, or no owners here (Windows)
            if state is not None:
                os.chown(temporary, state.st_uid, state.st_gid)
        os.replace(temporary, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise
    _sync_folder(target.parent)


def _umask() -> int:
    """Return the mode bits that new files do not get; the system tells only the one who sets them."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _sync_folder(folder: Path) -> None:
    """Force the folder's entry to disk, where a folder can be opened (not on Windows)."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
