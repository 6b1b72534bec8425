"""Checking files of which earlier runs may know what comes of them: those that have not changed are not read again."""

from __future__ import annotations

import time
from collections.abc import Sequence

from feedlint.cache import NONE, Asked, Cache, Recording, digest, stamp
from feedlint.census import Clear
from feedlint.config import Settings
from feedlint.disk import taken
from feedlint.engine import Engine
from feedlint.remote import read
from feedlint.report import Outcome
from feedlint.roots import NoFile
from feedlint.typed import Final, NamedTuple
from feedlint.values import replace


class Note(NamedTuple):
    """What tells that a file is the same, its *stamp* and the digest of its *content*; *lasts* is what came of it."""

    stamp: bytes
    content: bytes
    lasts: bool


UNKNOWN: Final = Note(NONE, b"", lasts=False)
"""Nothing tells that the file is the same."""


class Reader:
    """Reads files, and remembers of each what tells that it is the same."""

    def __init__(self) -> None:
        self._read: dict[str, tuple[bytes, bytes]] = {}

    def __call__(self, path: str, limit: int) -> bytes:
        """Return the content of the file at *path*, which may have *limit* bytes. Raises OSError."""
        self._read.pop(path, None)
        if isinstance(path, NoFile):
            return read(path, limit)
        began = time.time_ns()
        data, state = taken(path, limit, own=True)
        self._read[path] = stamp(state, began), digest(data)
        return data

    def noted(self, engine: Engine, paths: Sequence[str]) -> tuple[list[Outcome], list[Note], list[tuple[str, Asked]]]:
        """Return what *engine*, which reads by this, makes of *paths*, a note for each, and what was asked around."""
        outcomes, notes = [], []
        for path, outcome in zip(paths, engine.outcomes(paths), strict=True):
            lasts = True
            for repository in engine.repositories:
                lasts, repository.lasts = lasts and repository.lasts, True
            outcomes.append(outcome)
            notes.append(Note(*self._read.pop(path, (NONE, b"")), lasts))
        return outcomes, notes, asked(engine)


def asked(engine: Engine) -> list[tuple[str, Asked]]:
    """Return what was asked of the files around those that *engine* has checked, by root, since this was last asked."""
    found: list[tuple[str, Asked]] = []
    for repository in engine.repositories:
        tree = repository.tree
        if isinstance(tree, Recording):
            found.append((str(repository.root), tree.asked))
            tree.asked = {}
    return found


def known(engine: Engine, cache: Cache, path: str) -> Outcome | None:
    """Return what *cache* knows of the file at *path*, as *engine* would have it; None where that is to be checked."""
    settings = engine.settings_of(path)
    if settings.write:  # also beside what is not looked at
        from feedlint.fixing import sweep

        sweep(path)
    found = cache.ask(path, settings)
    if found is None and cache.knows(path, settings):
        found = _by_content(cache, path, settings)
    if found is None or isinstance(found, Clear):
        return found
    report = replace(found, diagnostics=engine.marked(path, found.diagnostics))
    if settings.fix and any(finding.fix for finding in report.findings):
        return None
    return report


def _by_content(cache: Cache, path: str, settings: Settings) -> Outcome | None:
    began = time.time_ns()
    try:
        data, state = taken(path, settings.max_file_size, own=True)
    except OSError:
        return None
    return cache.ask_content(path, settings, stamp(state, began), digest(data))


def keep(engine: Engine, cache: Cache, path: str, outcome: Outcome, note: Note) -> None:
    """Have *cache* keep what came of the file at *path*."""
    if note.content:
        content, settings = note.content, engine.settings_of(path)
        cache.keep(path, settings, note.stamp, content, outcome, lasts=note.lasts)
