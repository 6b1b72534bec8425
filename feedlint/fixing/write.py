"""Writing a file so that, whatever happens, it is whole: the old one or the new one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from feedlint.fixing.replace import Content, alone, force, found, replace
from feedlint.typed import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

_CHANGED: Final = "it was changed by someone else in the meantime"


class NotWritten(Exception):
    """A file that was left as it is, and why."""


def write(path: str, old: bytes | None, new: bytes, tree: str | Path, *, is_last: bool = True) -> bool:
    """Replace the content *old* of the file at *path* by *new*; None where there is no file yet.

    Tells whether it did: not where it holds *new* already, as another run has put it there. The new content goes into
    a temporary file in the same folder, is forced to disk and takes the file's place in one step, with its mode, owner
    and attributes. That it has is forced to disk as well; where more are written, and this one is not the last
    (*is_last*), that is for :func:`~feedlint.fixing.replace.force`. Symbolic links are followed if they stay inside
    *tree*, and lead to nothing of git's own. Raises :class:`NotWritten` where they do not, or the file is no longer
    *old*, is read-only, has other names (hard links), or cannot be replaced.
    """
    with _failures():
        target = _target(path, tree)
        with alone(os.path.dirname(target)):
            there = found(target)
            data = None if there is None else there.data
            if data == new:
                return False
            if data != old:
                raise NotWritten("it is gone" if data is None else _CHANGED)
            _put(target, there, new)
        if is_last:
            force()
    return True


def overwrite(path: str, new: bytes) -> None:
    """Make *new* the content of the file at *path*, whatever is there and wherever links lead, as :func:`write` does.

    Raises :class:`NotWritten`.
    """
    with _failures():
        target = os.path.realpath(path)
        with alone(os.path.dirname(target)):
            _put(target, found(target), new)
        force()


@contextmanager
def _failures() -> Iterator[None]:
    """Say as NotWritten what the system says."""
    try:
        yield
    except OSError as error:
        raise NotWritten(error.strerror or str(error)) from None


def _target(path: str, tree: str | Path) -> str:
    """Return the file that the links at *path* lead to. Raises NotWritten where that is none to be written to."""
    from pathlib import Path

    target = os.path.realpath(path, strict=os.path.lexists(path))
    try:
        inside = Path(target).relative_to(os.path.realpath(tree))
    except ValueError:
        which = "is" if os.path.islink(path) else "is behind"
        raise NotWritten(f"it {which} a symbolic link that leads out of the repository") from None
    if any(name.lower() == ".git" for name in inside.parts):
        raise NotWritten("it is one of git's own files")
    return target


def _put(target: str, there: Content | None, new: bytes) -> None:
    if there is not None:
        # Root may write to anything; that nobody may is meant for root, too.
        if not there.mode & 0o222 or not os.access(target, os.W_OK):
            raise NotWritten("it is read-only")
        if there.names > 1:
            # Written in place it could be cut off half-way; and the other name may be a backup's.
            raise NotWritten(f"it is one file with {there.names} names (hard links), which would part")
    if not replace(target, there, new):
        raise NotWritten(_CHANGED)
