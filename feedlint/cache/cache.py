"""What is known of files, by path and settings: asked for by stamp, then by content; kept; and written at the end."""

from __future__ import annotations

import os
import struct
import time
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256

from feedlint.cache import folder
from feedlint.cache.around import Asked, as_json, joined, still
from feedlint.cache.form import CLEAR, FOUND
from feedlint.cache.ground import Ground
from feedlint.cache.key import key_of
from feedlint.cache.shelf import Row, Shelf
from feedlint.cache.stamps import packed
from feedlint.census import Clear
from feedlint.roots import NoFile, root_of
from feedlint.typed import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from feedlint.config import Settings
    from feedlint.report import FileReport, Outcome
    from feedlint.tree import StrPath

_MARKS: Final = struct.Struct("<I")


def digest(data: bytes) -> bytes:
    """Return what stands for *data*, the content of a file."""
    return sha256(data).digest()


class _Held(NamedTuple):
    """A *shelf*, its *name*, the *root* of the files on it and what it *rests* on; the *settings* by which it is held.

    Those have to be kept: they are told apart by where they are in memory. *stamps* are those of files that have been
    looked at already.
    """

    shelf: Shelf
    name: str
    root: str
    rests: Asked
    settings: Settings
    stamps: dict[str, bytes]


class _Folder(NamedTuple):
    """What files of a folder are *held* by, what their names *begin* with there, and what the ground has of them.

    That are their *stamps* by their names, and for those that were *read* a stamp and the digest of the content.
    """

    held: _Held
    begin: str
    stamps: Mapping[str, bytes]
    read: Mapping[str, tuple[bytes, bytes]]


class Cache:
    """What is known of files, kept in the folder at *place*; those that *ground* has listed are not looked at again.

    A path is that of a file on disk as the run has it, with "/"; *settings* are those for it. What was asked of the
    tree around the files, a :class:`Recording`, has to be told (:meth:`rests_on`).
    """

    def __init__(self, place: str, ground: Ground | None = None) -> None:
        self._place = place
        self._ground = ground or Ground()
        self._held: dict[tuple[str, int], _Held] = {}
        self._folders: dict[tuple[str, str, int], _Folder] = {}
        self._asked: dict[str, Asked | None] = {}

    def knows(self, path: str, settings: Settings) -> bool:
        """Tell whether anything is known of the file at *path*, so that its content is worth a look."""
        held, name = self._of(path, settings)
        return held is not None and name in held.shelf

    def ask(self, path: str, settings: Settings) -> Outcome | None:
        """Return what is known of the file at *path* if it has not been touched since; else None.

        It is not opened.
        """
        above, slash, name = path.rpartition("/")
        folder = self._folders.get((above, slash, id(settings))) or self._in(path, settings)
        if folder is None:
            return None
        held, begin, stamps, read = folder
        mark = stamps.get(name) or held.stamps.get(begin + name)
        if name in read:
            known = self.ask_content(path, settings, *read[name])
            if known is not None:
                return known
        name = begin + name
        if mark is None:
            try:
                mark = packed(os.lstat(path))
            except (OSError, ValueError):
                return None
        found = held.shelf.ask(name, mark)
        return found if found is None or isinstance(found, Clear) else _report(found, path, settings)

    def ask_content(self, path: str, settings: Settings, mark: bytes, content: bytes) -> Outcome | None:
        """Return what is known of the file at *path* if its content has the same :func:`digest`, *content*; else None.

        *mark* is the :func:`stamp` that it had before it was read: the next time it is known by that.
        """
        held, name = self._of(path, settings)
        if held is None:
            return None
        row = held.shelf.ask_content(name, mark, content)
        if row is None or row.kind == CLEAR:
            return Clear(row.schema, row.payload) if row is not None else None
        return _report(row, path, settings)

    def keep(
        self, path: str, settings: Settings, mark: bytes, content: bytes, outcome: Outcome, *, lasts: bool = True
    ) -> None:
        """Keep *outcome* as what came of the file at *path*, if it will be the same the next time.

        *mark* is the :func:`stamp` of the file, *content* the :func:`digest` of what was read and checked, *lasts* is
        what the repository says of what was found.
        """
        held, name = self._of(path, settings)
        if held is None:
            return
        row = _row(outcome, mark, content)
        if not lasts:
            held.shelf.forget(name)
        elif row is not None:
            held.shelf.keep(name, row)

    def rests_on(self, root: StrPath | None, asked: Asked) -> None:
        """Be told what was *asked* of the tree below *root*, for results that are kept of files there."""
        before = self._asked.get(str(root or ""), {})
        self._asked[str(root or "")] = None if before is None else joined(before, asked)

    def close(self) -> None:
        """Write what is new. Never raises OSError."""
        now = time.time()
        for held in self._held.values():
            rests = self._rests(held)
            if rests is None:
                folder.drop(self._place, held.name)
            elif held.shelf.is_to_be_written(now) or (held.rests and as_json(rests) != held.shelf.about):
                folder.put(self._place, held.name, held.shelf.dump(now, as_json(rests)))

    def found(
        self, paths: Iterable[str], settings_of: Callable[[str], Settings]
    ) -> tuple[dict[str, dict[str, tuple[bytes, bytes]]], list[tuple[str, Any]]] | None:
        """Return what is known of the files at *paths*, and what all of it rests on beside them, for a whole run.

        That is the stamp and the digest of each, by folders and names; and by roots what was asked that the ground does
        not tell, as JSON. None where it may be another the next time.
        """
        rows: dict[str, dict[str, tuple[bytes, bytes]]] = {}
        folder: _Folder | None
        for path in paths:
            settings = settings_of(path)
            above, slash, name = path.rpartition("/")
            folder = self._folders.get((above, slash, id(settings))) or self._in(path, settings)
            row = folder.held.shelf.mark(folder.begin + name) if folder is not None else None
            if row is None:
                return None
            if above not in rows:
                rows[above] = {}
            rows[above][name] = row
        asked = []
        for held in self._held.values():
            rests = self._rests(held)
            if rests is None:
                return None
            more = {each: answer for each, answer in rests.items() if not self._ground.tells(held.root, each)}
            asked += [(held.root, as_json(more))] if more else []
        return {os.path.abspath(above): names for above, names in rows.items()}, asked

    def _rests(self, held: _Held) -> Asked | None:
        """Return what *held* rests on; None where that has changed during the run."""
        told = self._asked.get(held.root, {})
        return None if told is None else joined(held.rests, told)

    def _of(self, path: str, settings: Settings) -> tuple[_Held | None, str]:
        """Return what holds the file at *path*, and its name there."""
        above, slash, name = path.rpartition("/")
        folder = self._folders.get((above, slash, id(settings))) or self._in(path, settings)
        return (folder.held, folder.begin + name) if folder is not None else (None, "")

    def _in(self, path: str, settings: Settings) -> _Folder | None:
        """Return what is known of the folder of *path*; None where nothing is kept."""
        if isinstance(path, NoFile):
            return None
        above, slash, _ = path.rpartition("/")
        absolute = os.path.abspath(above + slash)
        root = str(root_of(absolute) or "")
        if (root, id(settings)) not in self._held:
            try:
                self._held[root, id(settings)] = self._open(root, settings)
            except RecursionError:  # a schema that is nested too deeply to be written down
                return None
        below = os.path.relpath(absolute, root) if root else absolute
        begin = "" if below == os.curdir else os.path.join(below, "").replace(os.sep, "/")
        found = _Folder(
            self._held[root, id(settings)], begin, self._ground.stamps(absolute), self._ground.digests.get(absolute, {})
        )
        self._folders[above, slash, id(settings)] = found
        return found

    def _open(self, root: str, settings: Settings) -> _Held:
        """Return the shelf of the files below *root*: what was known is on it if what it rests on is still so."""
        name = key_of(settings, root)
        data = folder.get(self._place, name)
        shelf = Shelf.of(data, settings.today) if data is not None else None
        rests = still(root, shelf.about, self._ground) if shelf is not None else None
        if shelf is None or rests is None:
            return _Held(Shelf(settings.today), name, root, {}, settings, {})
        begin = len(os.path.join(root, ""))
        stamps = {path[begin:]: mark for path, mark in rests.stamps.items()}
        if os.sep != "/":
            stamps = {name.replace(os.sep, "/"): mark for name, mark in stamps.items()}
        return _Held(shelf, name, root, rests.asked, settings, stamps)


def _row(report: Outcome, mark: bytes, content: bytes) -> Row | None:
    """Return what is kept of *report*; None where it may be another the next time."""
    from feedlint.cache.codec import encode, is_kept

    if isinstance(report, Clear) or not report.says_something:
        return Row(mark, content, CLEAR, report.schema, report.marks)
    if not is_kept(report):
        return None
    payload = _MARKS.pack(len(report.marks)) + report.marks + encode(report)
    return Row(mark, content, FOUND, report.schema, payload)


def _report(row: Row, path: str, settings: Settings) -> FileReport | None:
    """Return the report that *row* is, on the file at *path*; None where it is none."""
    from feedlint.cache.codec import decode

    try:
        (size,) = _MARKS.unpack_from(row.payload)
    except struct.error:
        return None
    marks, kept = row.payload[_MARKS.size : _MARKS.size + size], row.payload[_MARKS.size + size :]
    codes = {rule.code for rule in settings.rules}
    return decode(kept, path, codes, schema=row.schema, marks=marks, fail_on=settings.fail_on)
