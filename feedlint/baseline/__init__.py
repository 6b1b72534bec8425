"""Baselines: the findings that were there before, in files that are committed."""

from __future__ import annotations

import os
from collections.abc import Callable, Container, Iterable, Iterator

from feedlint.diagnostic import Mute
from feedlint.disk import read
from feedlint.report import FileReport
from feedlint.typed import TYPE_CHECKING, Final
from feedlint.values import replace

if TYPE_CHECKING:
    from feedlint.baseline.baseline import Baseline
    from feedlint.identity import Key


_LIMIT: Final = 50_000_000
"""The bytes that a baseline may have: it is one of some 500,000 findings."""


class BaselineError(Exception):
    """A baseline that cannot be read: which, where in it, and why."""


class Baselines:
    """The baselines of a run: *file_of* gives the name of that which holds for the file at a path, or None.

    All files in a folder have the same. With *may_miss*, a file that is not there is an empty baseline. To be loaded
    before it is asked.
    """

    def __init__(self, file_of: Callable[[str], str | None], *, may_miss: bool = False) -> None:
        self._file_of = file_of
        self._may_miss = may_miss
        self._loaded: dict[str, Baseline] = {}

    def load(self, paths: Iterable[str]) -> None:
        """Read the baselines of the files at *paths*. Raises :class:`BaselineError`."""
        one_of_each_folder = {path.rpartition("/")[0]: path for path in paths}.values()
        for name in dict.fromkeys(map(self._file_of, one_of_each_folder)):
            if name is None or os.path.realpath(name) in self._loaded:
                continue
            from feedlint.baseline.baseline import Baseline

            data = None
            if os.path.lexists(name) or not self._may_miss:
                try:
                    data = read(name, _LIMIT)
                except OSError as error:
                    raise BaselineError(f"{name}: {_reason(name, error)}") from None
            self._loaded[os.path.realpath(name)] = Baseline(name, data)

    def __iter__(self) -> Iterator[Baseline]:
        return iter(self._loaded.values())

    def __len__(self) -> int:
        return len(self._loaded)

    @property
    def mute(self) -> Mute:
        """What a finding is marked with that a baseline knows: the name of the file, where there is only one."""
        names = [baseline.name for baseline in self]
        return Mute("baseline", names[0] if len(names) == 1 else "")

    def of(self, path: str) -> Container[Key]:
        """Return what is known of the file at *path*."""
        baseline = self._baseline_of(path)
        return baseline.of(path) if baseline is not None else ()

    def seen_by(self, baseline: Baseline, reports: Iterable[FileReport]) -> list[FileReport]:
        """Return *reports* as *baseline* is to know them: as if in files that another one is for nothing were found."""
        return [
            report if self._baseline_of(report.path) is baseline else replace(report, diagnostics=())
            for report in reports
        ]

    def _baseline_of(self, path: str) -> Baseline | None:
        name = self._file_of(path)
        return self._loaded.get(os.path.realpath(name)) if name is not None else None


def _reason(name: str, error: OSError) -> str:
    return (
        "there is no such file: --write-baseline makes it"
        if not os.path.lexists(name)
        else error.strerror or str(error)
    )
