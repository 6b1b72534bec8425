"""What has changed: the files that differ from an older state of their repository, and what was found in that."""

from __future__ import annotations

import os
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import NamedTuple

from feedlint import git
from feedlint.config import Configurations
from feedlint.diagnostic import Diagnostic, Mute
from feedlint.engine import Engine, from_disk, to_disk
from feedlint.files import would_be_found
from feedlint.fixing import NotWritten
from feedlint.git import Version
from feedlint.identity import Key, keys
from feedlint.rule import Fact


class Change(NamedTuple):
    """One file: its version *before*, or None, and the one *now*, or None where that is what is on disk."""

    before: Version | None
    now: Version | None


class Part(NamedTuple):
    """A part of a feed: the files to look at, the *others* that have not changed, and those *deleted*."""

    paths: Sequence[str]
    others: Sequence[str] = ()
    deleted: Sequence[str] = ()


@dataclass
class Changes:
    """The files that differ from an older state of the repository at *root*, called *since* in what is said of them.

    *files* are those that there are, *deleted* those that there were. Where it is the index that is looked at,
    *index* has what differs from the working tree there, and *unknown* are the files that are not in it. All are by
    their real paths; the paths that go into the methods and come out are those of the command line.
    """

    root: str
    since: str
    files: Mapping[str, Change]
    deleted: Mapping[str, Version]
    index: Mapping[str, Version] = field(default_factory=dict)
    unknown: Collection[str] = frozenset()
    staged: bool = False
    _contents: dict[Version, bytes] = field(default_factory=dict)
    _repaired: list[str] = field(default_factory=list)

    def not_on_disk(self, paths: Iterable[str]) -> list[str]:
        """Return those of *paths* that are staged without being on disk."""
        return [path for path in paths if not os.path.lexists(path) and self._now(path) is not None]

    def part(self, scope: Iterable[str], folders: Sequence[str], configs: Configurations) -> Part:
        """Return what has changed of the files in *scope*, and of those in *folders* that would be, were they on disk.

        *configs* are those of the run.
        """
        paths, others = [], []
        for path in scope:
            where = real(path)
            if where in self.files:
                paths.append(path)
            elif where not in self.unknown and where not in self.deleted:
                others.append(path)
        absent = {path: version for path, version in self.index.items() if not os.path.lexists(path)}
        absent |= {path: each.now for path, each in self.files.items() if each.now and not os.path.lexists(path)}
        for path, where in self._found(absent, folders, configs):
            (paths if where in self.files else others).append(path)
        deleted = [path for path, _ in self._found(self.deleted, folders, configs)]
        return Part(list(dict.fromkeys(paths)), others, deleted)

    def not_checked_out(self, folders: Sequence[str], configs: Configurations) -> list[str]:
        """Return the changed files that are not on disk, though they should be (git has a sparse checkout)."""
        absent = {where: Version(where, "") for where, each in self.files.items() if each.now is None}
        absent = {where: version for where, version in absent.items() if not os.path.lexists(where)}
        return [path for path, _ in self._found(absent, folders, configs)]

    def _found(
        self, versions: Mapping[str, Version], folders: Sequence[str], configs: Configurations
    ) -> list[tuple[str, str]]:
        """Return those of *versions* that would be found in *folders*: as seen from there, and where they are."""
        found: dict[str, str] = {}

        def content(path: str) -> bytes:
            version = versions[real(path)]
            return self._content(version) if version.id else b""

        for folder in folders:
            top = os.path.realpath(folder)
            within = {where: os.path.relpath(where, top) for where in sorted(versions) if where not in found}
            paths = {path if folder == "." else os.path.join(folder, path): where for where, path in within.items()}
            found.update((paths[path], path) for path in would_be_found(paths, folder, content, configs))
        return [(path.replace(os.sep, "/"), where) for where, path in found.items()]

    def _now(self, path: str) -> Version | None:
        where = real(path)
        return self.files[where].now if where in self.files else self.index.get(where)

    def _before(self, path: str) -> Version | None:
        where = real(path)
        return self.files[where].before if where in self.files else self.deleted.get(where)

    def read(self, path: str) -> bytes:
        """Return the content of the file at *path*, that in the index if this is looked at. Raises OSError."""
        version = self._now(path)
        return self._content(version) if version is not None and version.id else from_disk(path)

    def read_old(self, path: str) -> bytes:
        """Return the old content of the file that is now at *path*. Raises OSError where there was none."""
        version = self._before(path)
        if version is None or not version.id:
            raise OSError("it was not there")
        return self._content(version)

    def prepare(self, part: Part, *, old: bool) -> None:
        """Ask git at once for all that is to be read of *part*, the *old* versions too."""
        versions = [self._now(path) for path in (*part.paths, *part.others)]
        versions += [self._before(path) for path in (*part.paths, *part.deleted) if old]
        self._load(version for version in versions if version is not None)

    def _load(self, versions: Iterable[Version]) -> None:
        wanted = [version for version in dict.fromkeys(versions) if version.id and version not in self._contents]
        self._contents.update(zip(wanted, git.contents(self.root, wanted), strict=True))

    def _content(self, version: Version) -> bytes:
        self._load([version])
        return self._contents[version]

    def store(self, path: str, old: bytes, new: bytes) -> None:
        """Replace *old* by *new* in the file at *path*; a staged one only where that is what is on disk.

        Raises :class:`~feedlint.fixing.NotWritten`.
        """
        version = self._now(path)
        if version is not None:
            if not version.id or os.path.islink(path):
                raise NotWritten("git keeps it as a link, or it is in conflict")
            try:
                differs = from_disk(path) != old
            except OSError:
                differs = True
            if differs:
                raise NotWritten("it has unstaged changes")
        to_disk(path, old, new)
        if version is not None:
            self._repaired.append(version.path)

    def finish(self) -> None:
        """Stage what was repaired, so that the commit holds it. Raises :class:`~feedlint.git.GitError`."""
        if self._repaired:
            git.stage(self.root, self._repaired)


def since(folder: str, revision: str) -> Changes:
    """Return what differs from where *revision* and HEAD parted, in the repository around *folder*.

    That is what was committed, what is staged, what is in the working tree, and the files that git does not know of.
    Raises :class:`~feedlint.git.GitError`.
    """
    root = os.path.realpath(git.toplevel(folder))
    found = git.differences(root, git.merge_base(root, revision))
    deleted = {_where(root, old.path): old for old, new in found if old is not None and new is None}
    files = {_where(root, new.path): Change(old, None) for old, new in found if new is not None}
    for path in git.untracked(root):
        where = _where(root, path)
        files[where] = Change(deleted.pop(where, None), None)
    return Changes(root, f"since {revision}", files, deleted)


def staged(folder: str) -> Changes:
    """Return what the next commit changes, in the repository around *folder*.

    Raises :class:`~feedlint.git.GitError`.
    """
    root = os.path.realpath(git.toplevel(folder))
    found = git.differences(root, staged=True)
    return Changes(
        root,
        "since the last commit",
        {_where(root, new.path): Change(old, new) for old, new in found if new is not None},
        {_where(root, old.path): old for old, new in found if old is not None and new is None},
        {_where(root, old.path): old for old, _ in git.differences(root) if old is not None},
        frozenset(_where(root, path) for path in git.untracked(root)),
        staged=True,
    )


def _where(root: str, path: str) -> str:
    return os.path.join(root, *path.split("/"))


def real(path: str) -> str:
    """Return where the file at *path* is, however it was reached; a link as a last step is not followed."""
    folder, name = os.path.split(os.path.abspath(path))
    return os.path.join(_real(folder), name)


@lru_cache(maxsize=256)  # thousands of files are in few folders
def _real(folder: str) -> str:
    return os.path.realpath(folder)


class Before:
    """What was found before, by path: a :class:`~feedlint.engine.Known`."""

    def __init__(self, known: Mapping[str, Collection[Key]], since: str) -> None:
        self.mute = Mute("revision", f"not new {since}")
        self._known = known

    def of(self, path: str) -> Container[Key]:
        """Return the keys of what was found in the file that is now at *path*."""
        return self._known.get(path, frozenset())


def before(engine: Engine, changes: Changes, part: Part, others: Sequence[Fact], *, new_only: bool) -> Before:
    """Return what *engine* would find in the old version, by *changes*, of a feed of which *part* has changed.

    With *new_only* that is everything. Without, it is what rules about the whole feed found in files that have not
    changed, whose facts are *others*: only what they find there now, and did not before, has to do with the change.
    """
    old = Engine(lambda path: replace(engine.settings_of(path), fix=False, write=False), read=changes.read_old)
    reports = list(old.files(part.paths)) if new_only else []
    facts = [*others, *old.facts(part.deleted)]
    facts += (each for report in reports for each in report.facts) if new_only else old.facts(part.paths)
    known = {report.path: _keys(report.diagnostics) for report in reports}
    for path, found in old.concluded(facts).items():
        if new_only or path not in part.paths:
            known.setdefault(path, set()).update(_keys(found))
    return Before(known, changes.since)


def _keys(found: Sequence[Diagnostic]) -> set[Key]:
    """Return the keys of *found*; what a comment muted was not reported, so it is new where the comment is gone."""
    return {key for key, diagnostic in zip(keys(found), found, strict=True) if diagnostic.muted is None}
