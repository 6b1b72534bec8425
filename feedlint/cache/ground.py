"""What a run stands on: the names in the folders that it has listed and above them, and the stamps of what may matter.

A file matters that may be a record, or that decides how records are found and checked. All else is looked at by other
ways, and known by those (:mod:`~feedlint.cache.around`).
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Sequence

from feedlint.cache.stamps import SIZE, packed
from feedlint.typed import Final, NamedTuple

SUFFIXES: Final = (".md", ".markdown", ".mkd", ".mkdn", ".mkdown", ".yml", ".yaml")
"""How the names of files end that may be records, or a site's configuration."""
NAMES: Final = (".git", ".gitignore", "feedlint.toml", "pyproject.toml", "_config.yml", "_config.yaml")
"""What decides, in a folder or above it, which files are records and how they are checked."""
NO_FILE: Final = b"\xfe" * SIZE
"""In place of the stamp of what is no regular file, as a link: what it leads to has another."""
_FOLDER: Final = b"folder"


class Listing(NamedTuple):
    """What is in a folder: the *names*, sorted, those of folders with "/", and the *stamps* of files that matter."""

    names: Sequence[str]
    stamps: dict[str, bytes]


def matters(name: str) -> bool:
    """Tell whether a file called *name* may matter to a run."""
    return name.endswith(".md") or name.lower().endswith(SUFFIXES) or name in NAMES


class Ground:
    """What a run has looked at, each thing once: ``folders`` by their absolute paths, and what is ``above`` them.

    ``digests`` are those of files that were read, by folder and name, with the stamps that they had before.
    Something may be said of it that cannot be told later; then it is not ``firm``.
    """

    def __init__(self) -> None:
        self.folders: dict[str, Listing] = {}
        self.above: dict[str, bytes] = {}
        self.digests: dict[str, dict[str, tuple[bytes, bytes]]] = {}
        self.firm = True

    def stand_on(self, folder: str) -> None:
        """Look at *folder* and above it, as far as something there decides about what is in it."""
        try:
            self.names(folder)
        except OSError:
            self.firm = False
        at = os.path.abspath(folder)
        while not os.path.lexists(os.path.join(at, ".git")) and os.path.dirname(at) != at:
            at = os.path.dirname(at)
            self.above.update((path, seen(path)) for path in (os.path.join(at, name) for name in NAMES))

    def names(self, folder: str) -> Sequence[str]:
        """Return the names of what is in *folder*, sorted, those of folders with "/". Raises OSError."""
        return self.listing(os.path.abspath(folder)).names

    def listing(self, folder: str) -> Listing:
        """Return what is in *folder*, an absolute path. Raises OSError."""
        if folder not in self.folders:
            self.folders[folder] = _listing(folder)
        return self.folders[folder]

    def tells(self, root: str, question: Sequence[str]) -> bool:
        """Tell whether the answer to *question*, asked below *root*, is the same as long as what was listed is."""
        kind, path, *more = question
        path = os.path.normpath(os.path.join(root, path))
        if kind == "open":
            return os.path.basename(path) in self.stamps(os.path.dirname(path))
        return path in self.folders and (kind != "newline" or set(more).issubset(SUFFIXES))

    def stamps(self, folder: str) -> dict[str, bytes]:
        """Return the stamps of what matters in *folder*, if that was listed."""
        listing = self.folders.get(os.path.abspath(folder))
        return listing.stamps if listing is not None else {}


def seen(path: str) -> bytes:
    """Return the stamp of what is at *path*: one of its own for what is not there, a folder, or no regular file."""
    try:
        state = os.lstat(path)
    except OSError:
        return b""
    return _FOLDER if stat.S_ISDIR(state.st_mode) else _stamp(state)


def _listing(folder: str) -> Listing:
    names, stamps = [], {}
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    for entry in found:
        name = entry.name
        if entry.is_dir(follow_symlinks=False):
            names.append(f"{name}/")
            continue
        names.append(name)
        if name.endswith(".md") or matters(name):
            try:
                stamps[name] = _stamp(_state(entry))
            except OSError:  # it is gone
                stamps[name] = NO_FILE
    return Listing(names, stamps)


def _state(entry: os.DirEntry[str]) -> os.stat_result:
    # What a folder of Windows keeps of a file may be old, and is not all of it.
    return os.lstat(entry.path) if sys.platform == "win32" else entry.stat(follow_symlinks=False)


def _stamp(state: os.stat_result) -> bytes:
    return (packed(state) if stat.S_ISREG(state.st_mode) else b"") or NO_FILE
