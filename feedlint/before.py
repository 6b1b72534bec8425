"""What was found before: in the old versions of the files that have changed, and what these bring about in others."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Container, Mapping, Sequence
from contextlib import suppress

from feedlint.changes import Changes
from feedlint.config import Settings
from feedlint.diagnostic import Diagnostic, Mute
from feedlint.disk import TooLarge
from feedlint.engine import Engine
from feedlint.files import Selection
from feedlint.identity import Key, keys
from feedlint.report import Files
from feedlint.repository import Repository
from feedlint.values import replace
from feedlint.whole import Beside, beside, conclude


def concerned(engine: Engine, changes: Changes) -> Callable[[str], bool]:
    """Return what tells of the path of a file whether something around it has changed that a rule may look at."""
    changed = [*changes.files, *changes.deleted]
    told: dict[str, bool] = {}

    def is_concerned(path: str) -> bool:
        folder = os.path.dirname(path)
        if folder not in told:
            told[folder] = _looks_at(engine.repository_of(path), changed)
        return told[folder]

    return is_concerned


def _looks_at(repository: Repository, changed: Sequence[str]) -> bool:
    """Tell whether *repository* may look at one of the files that have *changed*, by their real paths."""
    if repository.root is None:
        return False
    top = os.path.join(os.path.realpath(repository.root), "")
    below = (path.removeprefix(top).replace(os.sep, "/") for path in changed if path.startswith(top))
    return any(map(repository.may_look_at, below))


class Before:
    """What was found before, by path: a :class:`~feedlint.engine.Known`."""

    def __init__(self, known: Mapping[str, Collection[Key]], since: str) -> None:
        self.mute = Mute("revision", f"not new {since}")
        self._known = known

    def of(self, path: str) -> Container[Key]:
        """Return the keys of what was found in the file that is now at *path*."""
        return self._known.get(path, frozenset())


def before(
    engine: Engine,
    changes: Changes,
    part: Selection,
    others: Beside,
    *,
    new_only: bool,
    folders: Sequence[str] = (),
) -> Before:
    """Return what was found in the old version of a feed of which *part* has changed, as *engine* would find it now.

    With *new_only* that is everything. Without, it is what was found in the *others*, files that have not changed: only
    what is found there now, and was not before, has to do with the change. *folders* are those that the run is about.
    """

    def read(path: str, limit: int) -> bytes:
        return changes.read(path, limit) if path in others.found else changes.read_old(path, limit)

    def settings_of(path: str) -> Settings:
        return replace(engine.settings_of(path), fix=False, write=False)

    old = Engine(settings_of, read=read, tree=changes.old_tree)
    there = {path: then for path in part.paths if (then := part.then(path)) is not None}
    reports = Files(())
    for path, then in there.items() if new_only else ():
        with suppress(OSError):
            # By its old name, which decides what it should have been; beside the others it is one file all along.
            try:
                report, _ = old.data(changes.read_old(path, engine.settings_of(path).max_file_size), then)
            except TooLarge:
                report = old.too_large(then)
            reports.add(replace(report, path=path, marks=b""))
    rest = [*others.others, *beside(old, [*part.deleted, *there]).others]
    found = beside(old, others.found, lambda _: True).found
    conclude(old, reports, Beside(rest, found), folders=folders)
    known = {report.path: _keys(report.diagnostics) for report in reports if new_only or report.path not in part.paths}
    return Before(known, changes.since)


def _keys(found: Sequence[Diagnostic]) -> set[Key]:
    """Return the keys of *found*; what a comment muted was not reported, so it is new where the comment is gone."""
    return {key for key, diagnostic in zip(keys(found), found, strict=True) if diagnostic.muted is None}
