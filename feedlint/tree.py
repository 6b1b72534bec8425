"""The files around a record: those on disk, or those of another state of the repository, which git has."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cached_property, lru_cache

from feedlint.disk import begin_of, opened
from feedlint.quick import suppress
from feedlint.roots import bound_of, is_within
from feedlint.typed import TYPE_CHECKING, BinaryIO, Final, Protocol, Union

if TYPE_CHECKING:
    from feedlint.git import Version

# Enough siblings to know the habit of a folder of thousands without reading all of it.
_SAMPLE: Final = 100


StrPath = Union[str, "os.PathLike[str]"]


class Tree(Protocol):
    """The files below a folder, its root. Paths are from there, with "/". What is outside of the repository is not."""

    def names(self, folder: str) -> Collection[str]:
        """Return the names of what is in *folder*; none where there is no such folder."""

    def alike(self, folder: str, name: str) -> Collection[str]:
        """Return the names of what is in *folder* that are *name* but for upper and lower case, composed (NFC)."""

    def open(self, path: str) -> BinaryIO | None:
        """Return the content of the file at *path*, or None where it is there and its content cannot be had.

        Raises FileNotFoundError where there is no such file in the repository, also where a link leads out of that; any
        other OSError where it cannot be read.
        """

    def newline(self, folder: str, suffixes: tuple[str, ...]) -> str | None:
        """Return the line ending of most files on disk in *folder*, from the current one, as :func:`usual_newline`."""


class _Listed:
    """What a tree is asked of names, by listing each folder once."""

    def names(self, folder: str) -> Collection[str]:
        """Return the names of what is in *folder*."""
        raise NotImplementedError

    @cached_property
    def _alike(self) -> dict[str, dict[str, list[str]]]:
        return {}

    def alike(self, folder: str, name: str) -> Collection[str]:
        """Return the names of what is in *folder* that are *name* but for upper and lower case, composed (NFC)."""
        if folder not in self._alike:
            self._alike[folder] = {}
            for each in sorted({composed(each) for each in self.names(folder)}):
                self._alike[folder].setdefault(each.casefold(), []).append(each)
        return self._alike[folder].get(composed(name).casefold(), ())


def composed(name: str) -> str:
    """Return *name* with its accents on the letters (NFC), as most systems keep it."""
    if name.isascii():
        return name
    from unicodedata import normalize

    return normalize("NFC", name)


class Disk(_Listed):
    """The files on disk below *root*: a :class:`Tree`."""

    def __init__(self, root: StrPath) -> None:
        self._root = root

    def names(self, folder: str) -> Collection[str]:
        """Return the names of what is in *folder*."""
        where = os.path.join(self._root, folder)
        return _listed(where) if is_within(where, bound_of(str(self._root))) else ()

    def open(self, path: str) -> BinaryIO | None:
        """Return the content of the file at *path*. Raises OSError."""
        file = os.path.join(self._root, path)
        if not is_within(file, bound_of(str(self._root))):
            raise FileNotFoundError(path)
        return opened(file)

    def newline(self, folder: str, suffixes: tuple[str, ...]) -> str | None:
        """Return the line ending of most files in *folder*."""
        return usual_newline(folder, suffixes)


class Overlay(_Listed):
    """The files below *root*, as on disk but for *versions*, by their real paths: a :class:`Tree`.

    None is a file that is not there. *content* returns that of a version; raises :class:`~feedlint.git.GitError`.
    """

    def __init__(
        self, root: StrPath, versions: Mapping[str, Version | None], content: Callable[[Version], bytes]
    ) -> None:
        self._root = root
        self._disk = Disk(root)
        self._versions = versions
        self._content = content

    def newline(self, folder: str, suffixes: tuple[str, ...]) -> str | None:
        """Return the line ending of most files in *folder*, as they are on disk."""
        return usual_newline(folder, suffixes)

    def names(self, folder: str) -> Collection[str]:
        """Return the names of what is in *folder*."""
        where = os.path.realpath(os.path.join(self._root, folder))
        return self._names(where) if is_within(where, bound_of(str(self._root))) else ()

    def _names(self, where: str) -> list[str]:
        names = {*_listed(where), *self._there.get(where, ())}
        return [name for name in names if not self._is_gone(os.path.join(where, name))]

    def _is_gone(self, where: str) -> bool:
        if where in self._there:
            return False
        if where in self._versions:  # a folder may have taken the name of a file
            return self._versions[where] is None and (os.path.islink(where) or not os.path.isdir(where))
        # git has no folder in which there is nothing
        return where in self._emptier and not self._names(where)

    @cached_property
    def _there(self) -> dict[str, set[str]]:
        """The names of what is in each folder because a version is."""
        found: dict[str, set[str]] = {}
        for path, version in self._versions.items():
            above, name = os.path.split(path) if version is not None else ("", "")
            while name and name not in found.setdefault(above, set()):
                found[above].add(name)
                above, name = os.path.split(above)
        return found

    @cached_property
    def _emptier(self) -> set[str]:
        """The folders that a file is missing in, or below."""
        found: set[str] = set()
        for path, version in self._versions.items():
            above = os.path.dirname(path)
            while version is None and above not in found:
                found.add(above)
                above = os.path.dirname(above)
        return found

    def open(self, path: str) -> BinaryIO | None:
        """Return the content of the file at *path*; None where git keeps it as a link, or cannot tell it."""
        where = real(os.path.join(self._root, path))
        if where not in self._versions:
            where = os.path.realpath(where)
        if where not in self._versions:
            return self._disk.open(path)
        version = self._versions[where]
        if version is None or not is_within(where, bound_of(str(self._root))):
            raise FileNotFoundError(path)
        from feedlint.git import GitError

        with suppress(GitError):
            return io.BytesIO(self._content(version)) if version.id else None
        return None


def _listed(folder: str) -> list[str]:
    try:
        return os.listdir(folder)
    except (OSError, ValueError):
        return []


def sample(folder: str, suffixes: tuple[str, ...]) -> list[str]:
    """Return the files in *folder* with one of *suffixes* that stand for all of them, from 100 to 199 of many."""
    try:
        entries = os.scandir(folder)
        found = sorted(e.name for e in entries if e.name.endswith(suffixes) and e.is_file(follow_symlinks=False))
    except OSError:
        return []
    above = os.path.join(folder, "")
    return [above + name for name in found[:: max(1, len(found) // _SAMPLE)]]


def usual_newline(folder: str, suffixes: tuple[str, ...]) -> str | None:
    """Return the line ending of most files in *folder* on disk with one of *suffixes*, or None where they are even."""
    return newline_in(sample(folder, suffixes))


def newline_in(paths: Iterable[str]) -> str | None:
    """Return how the first line ends in most of the files at *paths*, or None where they are even."""
    asked = [*paths]
    crlf = lf = 0
    for path in asked:
        try:
            begin = begin_of(path, 4096)
        except OSError:
            continue
        first, ended, _ = begin.partition(b"\n")
        crlf += ended != b"" and first.endswith(b"\r")
        lf += ended != b"" and not first.endswith(b"\r")
        if max(crlf, lf) > len(asked) // 2:
            break
    return None if crlf == lf else "\r\n" if crlf > lf else "\n"


def real(path: str) -> str:
    """Return where the file at *path* is, however it was reached; a link as a last step is not followed."""
    folder, name = os.path.split(os.path.abspath(path))
    return os.path.join(_real(folder), name)


@lru_cache(maxsize=256)  # thousands of files are in few folders
def _real(folder: str) -> str:
    return os.path.realpath(folder)
