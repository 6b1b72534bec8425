"""Putting bytes in a file's place in one step: alone among the runs of feedlint, and undisturbed by signals."""

from __future__ import annotations

import os
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

from feedlint.disk import opened
from feedlint.lazy import regex
from feedlint.typed import Final, NamedTuple

# What a reader of files (Jekyll, feedlint, a shell's *) passes over: it begins with a dot, and is no Markdown.
_TEMPORARY: Final = regex(r"\.feedlint-[0-9a-f]{32}\.tmp")
# Seconds that a run waits for another one, which needs some milliseconds for a file; and then goes on without.
_PATIENCE: Final = 5.0
# Seconds after which a temporary file is taken to be abandoned where no lock can tell.
_OLD: Final = 3600.0
# SIGINT first, so that it is let through last: it alone raises an exception.
_SIGNALS: Final = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
# Folders (real paths) that this process has looked into for what killed runs left, and those it could not lock.
_swept: set[str] = set()
_not_locked: set[str] = set()
# The same as they were named, from which folder, and those in which a file took another's place.
_near: set[tuple[str, str]] = set()
_unforced: set[str] = set()


class Content(NamedTuple):
    """What a file holds, and which file it is: two that are equal are one, and unchanged."""

    data: bytes
    device: int
    inode: int
    mode: int
    owner: int
    group: int
    names: int


def content(path: str) -> Content:
    """Return what the file at *path* holds. Raises OSError, at once also for a pipe or what else is no regular file."""
    with opened(path) as file:
        state = os.fstat(file.fileno())
        data = file.read()
    mode = stat.S_IMODE(state.st_mode)
    return Content(data, state.st_dev, state.st_ino, mode, state.st_uid, state.st_gid, state.st_nlink)


def found(path: str) -> Content | None:
    """Return what the file at *path* holds, or None where there is nothing. Raises OSError as :func:`content` does."""
    return content(path) if os.path.lexists(path) else None


@contextmanager
def alone(folder: str) -> Iterator[None]:
    """Be the only run of feedlint that writes in *folder* (a real path), where the system can lock folders.

    The first time, what runs that were killed have left there is deleted: nobody else is at it.
    """
    handle = _opened(folder)
    try:
        is_locked = handle is not None and _lock(handle, folder)
        if folder not in _swept:
            _swept.add(folder)
            _sweep(folder, age=0 if is_locked else _OLD)
        yield
    finally:
        if handle is not None:
            os.close(handle)


def force() -> None:
    """Have on disk, whatever happens to the system, that files took their places (:func:`replace`) since last asked.

    Until then there is the old one or the new one after a power cut, each of them whole.
    """
    while _unforced:
        handle = _opened(_unforced.pop())
        if handle is not None:
            with suppress(OSError):  # a file system that does not know of it
                os.fsync(handle)
            os.close(handle)


def sweep(path: str) -> None:
    """Delete what runs that were killed have left beside the file at *path*, once in a run. Never raises OSError."""
    near = os.getcwd(), os.path.dirname(path)
    if near in _near and not os.path.islink(path):
        return
    _near.add(near)
    folder = os.path.dirname(os.path.realpath(path))
    if folder not in _swept:
        with alone(folder):
            pass


def replace(path: str, old: Content | None, new: bytes) -> bool:
    """Put *new* in the place of the file at *path*, if that still holds *old*; None where there is none.

    Tells whether it did. The new file gets the mode, owner, group and, where Python can tell them (Linux), extended
    attributes of the old one, access control lists among them. Raises OSError, and then the old one is untouched.
    """
    temporary = os.path.join(os.path.dirname(path), f".feedlint-{os.urandom(16).hex()}.tmp")
    with _undisturbed():
        try:
            _fill(temporary, new, 0o666 if old is None else 0o600)
            if old is not None:
                _dress(temporary, path, old)
            if found(path) != old:
                return False
            os.replace(temporary, path)
            _unforced.add(os.path.dirname(path))
        finally:
            with suppress(FileNotFoundError):
                os.unlink(temporary)
    return True


def _fill(path: str, data: bytes, mode: int) -> None:
    """Make the file at *path*, with *data*, on disk, and *mode* as far as the user's umask has it."""
    with open(path, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _dress(path: str, like: str, old: Content) -> None:
    """Give the file at *path* what the one at *like*, which is *old*, has beside its bytes."""
    made = os.stat(path)
    if sys.platform != "win32" and (made.st_uid, made.st_gid) != (old.owner, old.group):
        try:
            os.chown(path, old.owner, old.group)
        except PermissionError:
            raise OSError("it is not ours, and its owner and group could not be kept") from None
    if sys.platform == "linux":
        wanted, there = _attributes(like), _attributes(path)
        for name in there.keys() - wanted.keys():  # an access control list that the folder hands down
            os.removexattr(path, name)
        for name, value in wanted.items():
            os.setxattr(path, name, value)
    os.chmod(path, old.mode)  # at last: a new owner takes bits away


def _attributes(path: str) -> dict[str, bytes]:
    """Return the extended attributes of the file at *path*, but for those that the system itself keeps (its labels)."""
    if sys.platform != "linux":
        return {}
    try:
        names = os.listxattr(path)
    except OSError:  # a file system without
        return {}
    return {name: os.getxattr(path, name) for name in names if name.startswith(("user.", "system."))}


def _opened(folder: str) -> int | None:
    """Return a handle of *folder*, or None where it cannot be opened (on Windows, or for want of permission)."""
    try:
        return os.open(folder, os.O_RDONLY)
    except OSError:
        return None


def _lock(handle: int, folder: str) -> bool:
    """Wait until the *folder* that *handle* is open for is ours, and tell whether it is.

    The system gives it back when a process ends, however it does. Where another program keeps it (``flock . feedlint``)
    it is waited for once.
    """
    if sys.platform != "win32":
        import fcntl

        until = time.monotonic() + _PATIENCE
        while folder not in _not_locked:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > until:
                    break
                time.sleep(0.001)
            except OSError:  # a file system that does not know of it
                break
            else:
                return True
    _not_locked.add(folder)
    return False


def _sweep(folder: str, age: float) -> None:
    """Delete the temporary files of feedlint in *folder* that have at least *age* in seconds."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            with suppress(OSError):
                if _TEMPORARY.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
                    made = entry.stat(follow_symlinks=False).st_mtime
                    if not age or made <= time.time() - age:
                        os.unlink(entry.path)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Hold back the signals that end a program, until what has been begun is done.

    By Python's own handlers, not by a mask: that would be for one thread, and a signal goes to any.
    """
    import signal
    import threading

    late: list[int] = []
    former = {}

    def later(number: int, _: FrameType | None) -> None:
        late.append(number)

    try:
        if threading.current_thread() is threading.main_thread():  # the only one that may say, and that is disturbed
            for each in (signal.Signals[name] for name in _SIGNALS if name in signal.Signals.__members__):
                handler = signal.getsignal(each)
                if handler not in (None, signal.SIG_IGN):
                    former[each] = handler
                    signal.signal(each, later)
        yield
    finally:
        for each, handler in reversed(former.items()):
            signal.signal(each, handler)
        for number in late:
            signal.raise_signal(number)
