"""What has changed: the files that differ from an older state of their repository."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cached_property

from feedlint import git
from feedlint.config import Configurations
from feedlint.disk import TooLarge, from_disk
from feedlint.engine import to_disk
from feedlint.files import Selection, would_be_found
from feedlint.fixing import NotWritten
from feedlint.git import Version
from feedlint.ignored import IGNORE
from feedlint.repository import MARKDOWN
from feedlint.tree import Overlay, StrPath, Tree, real
from feedlint.typed import Final, NamedTuple
from feedlint.values import dataclass, field

_LARGEST: Final = 10_000_000
"""The bytes of the largest content that git is asked for: no configuration may allow a record more."""


class FileVersions(NamedTuple):
    """One file: its version *before*, or None, and the one *now*, or None where that is what is on disk.

    It is not on disk where it is looked at as it is staged, and where it is not checked out (git's sparse checkout).
    """

    before: Version | None
    now: Version | None


@dataclass
class Changes:
    """The files that differ from an older state of the repository at *root*, called *since* in what is said of them.

    *files* are those that there are, *deleted* those that there were. Where it is the index that is looked at,
    *index* has what differs from the working tree there, and *unknown* are the files that are not in it. All are by
    their real paths; the paths that go into the methods and come out are those of the command line.
    """

    root: str
    since: str
    files: Mapping[str, FileVersions]
    deleted: Mapping[str, Version]
    index: Mapping[str, Version] = field(default_factory=dict)
    unknown: Collection[str] = frozenset()
    staged: bool = False
    _contents: dict[Version, bytes | None] = field(default_factory=dict)
    _repaired: list[str] = field(default_factory=list)

    def not_on_disk(self, paths: Iterable[str]) -> list[str]:
        """Return those of *paths* that are staged without being on disk."""
        return [path for path in paths if not os.path.lexists(path) and self._now(path) is not None]

    def part(self, scope: Iterable[str], folders: Sequence[str], configs: Configurations) -> Selection:
        """Return what has changed of the files in *scope*, and of those in *folders* that would be, were they on disk.

        *configs* are those of the run.
        """
        paths, others, seen = [], [], set()
        unknown = self._not_staged
        for path in scope:
            where = self._place(path)
            seen.add(where)
            if where in self.files or (where in self.deleted and os.path.islink(path)):
                paths.append(path)
            elif where not in unknown and where not in self.deleted:
                others.append(path)
        # What is on disk there, if anything, was no record; what is staged may be one.
        staged = {**self.index, **{path: each.now for path, each in self.files.items() if each.now}}
        for path, where in self._found({path: staged[path] for path in staged.keys() - seen}, folders, configs):
            (paths if where in self.files else others).append(path)
        deleted = [path for path, _ in self._found(self.deleted, folders, configs)]
        paths = list(dict.fromkeys(paths))
        return Selection(paths, others, deleted, self._moved(paths, configs))

    @property
    def _not_staged(self) -> Collection[str]:
        """The files that are not in the index; those that are ignored too, where other ones are than the disk says."""
        differs = any(os.path.basename(path) == IGNORE for path in self._versions)
        if not self.staged or not differs:
            return self.unknown
        return {_where(self.root, path) for path in git.untracked(self.root, ignored=True)}

    def _moved(self, paths: Iterable[str], configs: Configurations) -> dict[str, str | None]:
        before = {path: version for path in paths if (version := self._before(path)) is not None}
        old = {path: _where(self.root, version.path) for path, version in before.items()}
        old = {path: where for path, where in old.items() if where != self._place(path)}
        found = {where for _, where in self._found({old[path]: before[path] for path in old}, [self.root], configs)}
        return {path: where if where in found else None for path, where in old.items()}

    def _found(
        self, versions: Mapping[str, Version], folders: Sequence[str], configs: Configurations
    ) -> list[tuple[str, str]]:
        """Return those of *versions* that would be found in *folders*: as seen from there, and where they are."""
        found: dict[str, str] = {}

        def content(path: str) -> bytes:
            version = versions[real(path)]
            if version not in self._contents:  # all at once
                self._load(each for each in versions.values() if each.path.lower().endswith(MARKDOWN))
            with suppress(TooLarge):
                return self._content(version, _LARGEST) if version.id else b""
            return b""

        for folder in folders:
            top = os.path.realpath(folder)
            within = {where: os.path.relpath(where, top) for where in sorted(versions) if where not in found}
            paths = {path if folder == "." else os.path.join(folder, path): where for where, path in within.items()}
            found.update((paths[path], path) for path in would_be_found(paths, folder, content, configs, self.tree))
        return [(path.replace(os.sep, "/"), where) for where, path in found.items()]

    def _place(self, path: str) -> str:
        """Return what holds the content of the file at *path*: where a link leads, if it has not changed itself."""
        where = real(path)
        return os.path.realpath(where) if where not in self.files and os.path.islink(where) else where

    def _now(self, path: str) -> Version | None:
        where = self._place(path)
        return self.files[where].now if where in self.files else self.index.get(where)

    def _before(self, path: str) -> Version | None:
        where = self._place(path)
        return self.files[where].before if where in self.files else self.deleted.get(where)

    def read(self, path: str, limit: int) -> bytes:
        """Return the content of the file at *path*, that in the index if this is looked at; it may have *limit* bytes.

        Where that on disk differs from it in line endings alone, which git converts, it is that on disk. Raises as
        :data:`~feedlint.engine.Read` does.
        """
        version = self._now(path)
        if version is None or not version.id:
            return from_disk(path, limit)
        content = self._content(version, limit)
        if self._place(path) not in self.index:
            with suppress(OSError):
                there = from_disk(path, limit)
                return there if _lines(there) == _lines(content) else content
        return content

    def read_old(self, path: str, limit: int) -> bytes:
        """Return the old content of the file that is now at *path*, of *limit* bytes. Raises OSError if it had none."""
        version = self._before(path)
        if version is None or not version.id:
            raise OSError("it was not there")
        return self._content(version, limit)

    def prepare(self, part: Selection, *, old: bool) -> None:
        """Ask git at once for all that is to be read of *part*, the *old* versions too."""
        versions = [self._now(path) for path in (*part.paths, *part.others)]
        versions += [self._before(path) for path in (*part.paths, *part.deleted) if old]
        self._load(version for version in versions if version is not None)

    def _load(self, versions: Iterable[Version]) -> None:
        wanted = [version for version in dict.fromkeys(versions) if version.id and version not in self._contents]
        sizes = git.sizes(self.root, wanted)
        small = [version for version in wanted if sizes[version] <= _LARGEST]
        self._contents.update(dict.fromkeys(wanted))
        self._contents.update(zip(small, git.contents(self.root, small), strict=True))

    def _content(self, version: Version, limit: int) -> bytes:
        self._load([version])
        content = self._contents[version]
        if content is None or len(content) > limit:
            raise TooLarge(limit)
        return content

    @cached_property
    def _versions(self) -> dict[str, Version | None]:
        """What the state that is looked at has otherwise than the disk; None is what it has not."""
        now = {path: each.now for path, each in self.files.items() if each.now is not None}
        return {**dict.fromkeys([*self.unknown, *self.deleted]), **self.index, **now}

    @cached_property
    def _old_versions(self) -> dict[str, Version | None]:
        """What the older state has otherwise than the disk."""
        return {**self._versions, **{path: each.before for path, each in self.files.items()}, **self.deleted}

    def tree(self, root: StrPath) -> Tree:
        """Return the files below *root* in the state that is looked at: on disk, or in the index."""
        return Overlay(root, self._versions, self._as_kept)

    def old_tree(self, root: StrPath) -> Tree:
        """Return the files below *root* in the older state."""
        return Overlay(root, self._old_versions, self._as_kept)

    def _as_kept(self, version: Version) -> bytes:
        return git.blob(self.root, version.id)

    def store(self, path: str, old: bytes, new: bytes) -> bool:
        """Replace *old* by *new* in the file at *path*; a staged one only where that is what is on disk.

        Or *new*, where a run was stopped before it could stage it. Returns False where another run has done it all.
        Raises :class:`~feedlint.fixing.NotWritten`.
        """
        version = self._now(path)
        if version is not None:
            if not version.id or os.path.islink(path):
                raise NotWritten("git keeps it as a link, or it is in conflict")
            if not os.path.lexists(path):
                raise NotWritten("it is not on disk")
            try:
                differs = from_disk(path, max(len(old), len(new))) not in (old, new)
            except OSError:
                differs = True
            if differs:
                raise NotWritten("it has unstaged changes")
        if version is None:
            return to_disk(path, old, new)
        self._repaired.append(version.path)  # first: an interrupt comes right after the write
        try:
            to_disk(path, old, new)
        except NotWritten:
            self._repaired.remove(version.path)
            raise
        return True

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
    files = {_where(root, new.path): FileVersions(old, new) for old, new in found if new is not None}
    files = {where: each._replace(now=None) if os.path.lexists(where) else each for where, each in files.items()}
    for path in git.untracked(root):
        where = _where(root, path)
        files[where] = FileVersions(deleted.pop(where, None), None)
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
        {_where(root, new.path): FileVersions(old, new) for old, new in found if new is not None},
        {_where(root, old.path): old for old, new in found if old is not None and new is None},
        {_where(root, old.path): old for old, _ in git.differences(root) if old is not None},
        frozenset(_where(root, path) for path in git.untracked(root)),
        staged=True,
    )


def _lines(content: bytes) -> bytes:
    return content.replace(b"\r\n", b"\n")


def _where(root: str, path: str) -> str:
    return os.path.join(root, *path.split("/"))
