"""Where the cache is: in the user's folder for such things, so that no repository brings its own along."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Mapping
from contextlib import suppress

from feedlint.disk import read
from feedlint.lazy import regex
from feedlint.typed import Final, NamedTuple

VARIABLE: Final = "FEEDLINT_CACHE_DIR"
_LARGEST: Final = 256_000_000
"""Bytes of all files in the folder; a feed of 10,000 records takes some 4 MB."""
_TAG: Final = "CACHEDIR.TAG"
# The signature is what programs look for that make backups: https://bford.info/cachedir/
_TAGGED: Final = b"""Signature: 8a477f597d28d172789f06886806bc55
# This is a cache of feedlint: it may be deleted at any time. `feedlint clean` does so.
"""
_OURS: Final = regex(r"[0-9a-f]{32}\.feedlint|\.feedlint-[0-9a-f]{16}\.tmp")
_TEMPORARY: Final = ".feedlint-{}.tmp"


class Cleaned(NamedTuple):
    """How many files were deleted, and how many bytes they had."""

    files: int
    size: int


def default(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> str | None:
    """Return the folder of the cache, an absolute path, or None where there is no place for one.

    That is what FEEDLINT_CACHE_DIR says, or a folder where the system keeps caches: %LOCALAPPDATA% (Known Folder
    LocalAppData), ~/Library/Caches (Apple's File System Programming Guide), or $XDG_CACHE_HOME, by default ~/.cache
    (XDG Base Directory Specification, which has it that a relative path there is to be passed over).
    """
    if environment.get(VARIABLE):
        return os.path.abspath(environment[VARIABLE])
    home = os.path.expanduser("~")
    if platform == "win32":
        above = environment.get("LOCALAPPDATA", "")
    elif platform == "darwin":
        above = os.path.join(home, "Library", "Caches")
    else:
        above = environment.get("XDG_CACHE_HOME", "")
        above = above if os.path.isabs(above) else os.path.join(home, ".cache")
    return os.path.join(above, "feedlint") if os.path.isabs(above) else None


def get(folder: str, name: str) -> bytes | None:
    """Return what is kept in *folder* under *name*, or None where there is nothing that can be read."""
    with suppress(OSError, ValueError):  # a NUL in the name of the folder
        if _is_own(folder):
            return read(os.path.join(folder, f"{name}.feedlint"), _LARGEST)
    return None


def put(folder: str, name: str, data: bytes) -> None:
    """Keep *data* in *folder* under *name*, in one step; or not, where that cannot be.

    What is oldest goes where all of it would be too large.
    """
    with suppress(OSError, ValueError):
        if len(data) > _LARGEST or not _made(folder):
            return
        temporary = os.path.join(folder, _TEMPORARY.format(os.urandom(8).hex()))
        try:
            with open(temporary, "xb", opener=_private) as file:
                file.write(data)
            os.replace(temporary, os.path.join(folder, f"{name}.feedlint"))
        finally:
            with suppress(FileNotFoundError):
                os.unlink(temporary)
        _bound(folder)


def drop(folder: str, name: str) -> None:
    """Keep nothing in *folder* under *name*."""
    with suppress(OSError, ValueError):
        os.unlink(os.path.join(folder, f"{name}.feedlint"))


def clean(folder: str) -> Cleaned:
    """Delete what feedlint keeps in *folder*, and that itself if nothing else is in it. Raises OSError."""
    files = size = 0
    for path, state in _kept(folder):
        os.unlink(path)
        files, size = files + 1, size + state.st_size
    tag = os.path.join(folder, _TAG)
    with suppress(OSError):
        if read(tag, len(_TAGGED)) == _TAGGED:
            os.unlink(tag)
            os.rmdir(folder)
    return Cleaned(files, size)


def _made(folder: str) -> bool:
    """Make *folder*, tagged as a cache, if it is not there; tell whether it may be written to. Raises OSError."""
    if not os.path.isdir(folder):
        os.makedirs(folder, 0o700, exist_ok=True)
        with open(os.path.join(folder, _TAG), "wb") as file:
            file.write(_TAGGED)
    return _is_own(folder)


def _is_own(folder: str) -> bool:
    """Tell whether *folder* is the user's, and nobody else may write to it that is not of a group of theirs."""
    if sys.platform == "win32":
        return True
    state = os.stat(folder)
    return state.st_uid == os.geteuid() and not state.st_mode & 0o002


def _private(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)


def _kept(folder: str) -> list[tuple[str, os.stat_result]]:
    """Return the files in *folder* that are feedlint's. Raises OSError where it cannot be listed, or is not there."""
    found = []
    for name in os.listdir(folder):
        path = os.path.join(folder, name)
        if _OURS.fullmatch(name):
            with suppress(FileNotFoundError):  # another run was faster
                state = os.lstat(path)
                found += [(path, state)] if stat.S_ISREG(state.st_mode) else []
    return found


def _bound(folder: str) -> None:
    """Delete the oldest files in *folder* where all are too large together. Raises OSError."""
    size = 0
    for path, state in sorted(_kept(folder), key=lambda each: each[1].st_mtime_ns, reverse=True):
        size += state.st_size
        if size > _LARGEST:
            os.unlink(path)
