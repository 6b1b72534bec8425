"""What results rest on beside their files: what was asked of the tree around them, and whether it is still so.

Each question is kept with a digest of its answer. Where that was read from files there are their stamps too: as long as
those are the same, no file has to be read again. Folders are listed each time, since not every file system stamps them
when what is in them changes: git tests for it before it relies on that (``update-index --test-untracked-cache``).
"""

from __future__ import annotations

import os
import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from hashlib import sha256
from io import BytesIO

from feedlint.cache.ground import Ground
from feedlint.cache.stamps import NONE, packed, stamp
from feedlint.roots import bound_of
from feedlint.tree import Disk, StrPath, newline_in, sample
from feedlint.typed import Any, BinaryIO, Final, NamedTuple

_LARGEST: Final = 8_000_000
"""Bytes of a file that are read for a digest; what is larger is told by its stamp alone."""
_DIGITS: Final = 32
_NOTHING: Final = "nothing"
"""The stamp of what is not there."""

Question = tuple[str, ...]
"""A kind, the path that it is about, and what belongs to it."""


class Answer(NamedTuple):
    """A *digest* of an answer, and of the stamps of the files that it was read from; "" where that tells nothing."""

    digest: str
    stamp: str = ""

    def agrees(self, other: Answer) -> bool:
        """Tell whether *other*, to the same question, is certainly the same answer."""
        return self.digest == other.digest != "" or self.stamp == other.stamp != ""


Asked = Mapping[Question, Answer]
"""What was asked of a tree, and what it answered."""


class Recording:
    """A :class:`~feedlint.tree.Tree`, that on disk below *root*, which keeps in ``asked`` what it has been asked.

    What *ground* has listed is not looked at again to tell that an answer is still the same.
    ``stamps`` has those of files that were looked at to tell that an answer is still the same, by their paths.
    """

    def __init__(self, root: StrPath, ground: Ground | None = None) -> None:
        self._ground = ground or Ground()
        self._root = str(root)
        self._bound = os.path.realpath(bound_of(str(root)))
        self._disk = Disk(root)
        self._real: dict[str, str] = {}
        self.asked: dict[Question, Answer] = {}
        self.stamps: dict[str, bytes] = {}

    def names(self, folder: str) -> Collection[str]:
        """Return the names of what is in *folder*."""
        names = self._disk.names(folder)
        self.asked["names", folder] = Answer(_digest(sorted(names)))
        return names

    def alike(self, folder: str, name: str) -> Collection[str]:
        """Return the names of what is in *folder* that are *name* but for upper and lower case."""
        names = self._disk.alike(folder, name)
        self.asked["alike", folder, name] = Answer(_digest(names))
        return names

    def open(self, path: str) -> BinaryIO | None:
        """Return the content of the file at *path*. Raises OSError."""
        mark = self._stamp(path, time.time_ns())
        try:
            file = self._disk.open(path)
            content = file.read(_LARGEST + 1) if file is not None else b""
        except OSError as error:
            self.asked["open", path] = Answer(_digest([type(error).__name__]), mark)
            raise
        if file is None or len(content) > _LARGEST:
            self.asked["open", path] = Answer("", mark)
            if file is not None:
                file.seek(0)
            return file
        file.close()
        self.asked["open", path] = Answer(sha256(content).hexdigest()[:_DIGITS], mark)
        return BytesIO(content)

    def newline(self, folder: str, suffixes: tuple[str, ...]) -> str | None:
        """Return the line ending of most files in *folder*."""
        folder = os.path.abspath(folder)
        began = time.time_ns()
        paths = sample(folder, suffixes)
        try:
            marks = [stamp(os.lstat(file), began) for file in paths]
        except OSError:
            marks = [NONE]
        newline = newline_in(paths)
        question = ("newline", folder, *suffixes)
        self.asked[question] = Answer(_digest([repr(newline)]), "" if NONE in marks else _of_files(paths, marks))
        return newline

    def is_still(self, question: Question, answer: Answer) -> bool:
        """Tell whether *question* has the same *answer*, and keep it if so. Raises ValueError for what is no question.

        Nothing is read if the stamps are the same.
        """
        kind, path, *more = question
        if kind == "names":
            self.names(path)
        elif kind == "alike":
            self.alike(path, *more)
        elif kind == "newline":
            if answer.stamp and answer.stamp == self._of_sample(path, tuple(more)):
                self.asked[question] = answer
                return True
            self.newline(path, tuple(more))
        elif kind == "open":
            if answer.stamp and answer.stamp == self._stamp(path, None):
                self.asked[question] = answer
                return True
            try:
                file = self.open(path)
                if file is not None:
                    file.close()
            except OSError:
                pass
        return self.asked[question].agrees(answer)

    def _of_sample(self, folder: str, suffixes: tuple[str, ...]) -> str:
        """Return the stamp of the files by which the line ending in *folder* is judged, as they are now."""
        paths = sample(folder, suffixes)
        try:
            listed = self._ground.stamps(folder)
            begin = len(os.path.join(folder, ""))
            marks = [listed.get(file[begin:]) or packed(os.lstat(file)) for file in paths]
        except OSError:
            return ""
        self.stamps.update(zip(paths, marks, strict=True))
        return _of_files(paths, marks)

    def _stamp(self, path: str, began: int | None) -> str:
        """Return the stamp of the file at *path*, where it really is; "" where it does not count.

        *began* is the time before, in nanoseconds; None where the stamp is to be compared with one that counted.
        """
        file = os.path.join(self._root, path)
        try:
            state = os.lstat(file)
        except (FileNotFoundError, NotADirectoryError):
            return _NOTHING
        except (OSError, ValueError):
            return ""
        folder = os.path.dirname(file)
        if folder not in self._real:
            self._real[folder] = os.path.realpath(folder)
        mark = packed(state) if began is None else stamp(state, began)
        return "" if mark == NONE else _digest([self._bound, self._real[folder], mark.hex()])


def _of_files(paths: Sequence[str], marks: Sequence[bytes]) -> str:
    """Return what stands for the *marks* of the files at *paths*."""
    return _digest(["\0".join(paths), sha256(b"".join(marks)).hexdigest()])


def _digest(texts: Iterable[str]) -> str:
    return sha256("\0".join(texts).encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]


def joined(first: Asked, second: Asked) -> Asked | None:
    """Return what was asked in *first* and in *second*; None where both asked the same and were told different things.

    Then something has changed in between.
    """
    if any(question in first and not first[question].agrees(answer) for question, answer in second.items()):
        return None
    return {**second, **first}


def as_json(asked: Asked) -> Any:
    """Return *asked* as JSON has it."""
    return [[list(question), *answer] for question, answer in sorted(asked.items())]


def still(root: StrPath, value: Any, ground: Ground | None = None) -> Recording | None:
    """Return a tree below *root* that was asked the same as is told in *value*, JSON; None unless all is still so.

    What *ground* has listed is not looked at again.
    """
    again = Recording(root, ground)
    try:
        for question, digest, mark in value:
            if not all(type(text) is str for text in (digest, mark, *question)):
                return None
            if not again.is_still(tuple(question), Answer(digest, mark)):
                return None
    except (TypeError, ValueError, KeyError):
        return None
    return again
