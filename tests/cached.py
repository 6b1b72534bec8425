"""A run that keeps what it finds, as the loop over files does: what is known is asked by stamp, then by content."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from feedlint.cache import NONE, Cache, Recording, digest, stamp
from feedlint.census import Clear
from feedlint.config import Settings
from feedlint.disk import taken
from feedlint.engine import Engine
from feedlint.report import FileReport


class Run:
    """Checks files by *settings*, with a cache in the folder *place*; ``linted`` are those that had to be."""

    def __init__(self, place: str, settings: Settings) -> None:
        self.cache = Cache(place)
        self.settings = settings
        self.trees: dict[str, Recording] = {}
        self.engine = Engine(settings, tree=self._tree)
        self.linted: list[str] = []
        self.read: list[str] = []

    def _tree(self, root: str) -> Recording:
        return self.trees.setdefault(root, Recording(root))

    def files(self, paths: Sequence[str]) -> list[FileReport]:
        """Return the reports on the files at *paths*."""
        reports = [self.file(path) for path in paths]
        for root, tree in self.trees.items():
            self.cache.rests_on(root, tree.asked)
        self.cache.close()
        return reports

    def file(self, path: str) -> FileReport:
        """Return the report on the file at *path*."""
        known: Clear | FileReport | None = self.cache.ask(path, self.settings)
        if known is None:
            self.read.append(path)
            began = time.time_ns()
            try:
                data, state = taken(path, self.settings.max_file_size, own=True)
            except OSError:
                return self.engine.file(path)
            mark = stamp(state, began)
            known = self.cache.ask_content(path, self.settings, mark, digest(data))
            if known is None:
                return self._linted(path, data, mark)
        if isinstance(known, Clear):
            return FileReport(path, schema=known.schema, marks=known.marks, fail_on=self.settings.fail_on)
        return known

    def _linted(self, path: str, data: bytes, mark: bytes = NONE) -> FileReport:
        self.linted.append(path)
        repository = self.engine.repository_of(path)
        repository.lasts = True
        report, _ = self.engine.data(data, path)
        self.cache.keep(path, self.settings, mark, digest(data), report, lasts=repository.lasts)
        return report


def plain(reports: Sequence[FileReport]) -> list[FileReport]:
    """Return *reports* so that they can be compared: a list where there may be a tuple."""
    return [
        replace(
            each,
            diagnostics=list(each.diagnostics),
            not_run=list(each.not_run),
            refused=list(each.refused),
            suppressions=list(each.suppressions),
        )
        for each in reports
    ]
