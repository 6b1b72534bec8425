"""The main command, told again: what it has said is said again while nothing that it stands on has changed."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence

from feedlint.cache.again import Said, keep, name_of, said
from feedlint.cache.folder import default
from feedlint.cache.ground import Ground
from feedlint.cli.kept import NO_CACHE, place
from feedlint.typed import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from argparse import Namespace

    from feedlint.cache import Cache
    from feedlint.config import Configurations
    from feedlint.report import Report
    from feedlint.typed import TextIO

_FOLDER: Final = "--cache-dir"
_NOT_KEPT: Final = ("--no-cache", "--help", "-h", "--version")
_LOOKS_AROUND: Final = ("markdown",)
"""Formats that tell of more than what a run has looked at."""


class Memory:
    """What runs with the arguments *argv* have said, and the ``ground`` that this one stands on."""

    def __init__(self, argv: Sequence[str]) -> None:
        self.began = time.time_ns()
        self.ground = Ground()
        try:
            self._place = _place(argv)
            self._name = name_of(argv) if self._place is not None else ""
        except OSError:  # the current folder is gone
            self._place = None

    def said(self) -> Said | None:
        """Return what was said, if it would be said now; else None."""
        return said(self._place, self._name, self.ground) if self._place is not None else None

    def stand_on(self, named: Sequence[str], options: Namespace) -> Ground:
        """Look at the folders *named* before anything else does; return the ground, firm where that may be kept."""
        does = (options.fix, options.diff, options.statistics, options.show_files)
        writes = (options.output_file, options.write_baseline, options.prune_baseline)
        other = (options.config, options.schema, options.baseline, options.since, options.staged, options.executor)
        shown = (each.partition("=") for each in options.output_format)
        if (
            self._place is None
            or self._place != place(options)  # which a shortened option may have given
            or any((*does, *writes, *other))
            or any(equals or name in _LOOKS_AROUND for name, equals, _ in shown)
        ):
            self.ground.firm = False
        for path in (os.curdir, *named):
            if not os.path.isdir(path):
                self.ground.firm = False
            elif self.ground.firm:
                self.ground.stand_on(path)
        return self.ground

    def keep(self, report: Report, cache: Cache, configs: Configurations, text: Sequence[str]) -> None:
        """Keep that *report*, shown as *text*, is what came of this run by *cache* and *configs*, if that will last."""
        if self._place is None or not self.ground.firm or report.errors or configs.look_elsewhere:
            return
        found = cache.found(report.paths, configs.settings_of)
        if found is not None:
            told = Said(report.exit_status, "".join(text))
            keep(self._place, self._name, self.ground, told, self.began, *found)


class Echo:
    """A stream that writes to *stream*, and keeps in ``parts`` what it has written."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.parts: list[str] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        """Write *text*."""
        self.parts.append(text)
        return self._stream.write(text)

    def writelines(self, lines: Sequence[str]) -> None:
        """Write *lines*."""
        for line in lines:
            self.write(line)


def echo() -> tuple[TextIO, list[str]]:
    """Return standard output, and what will have been written to it by that."""
    made = Echo(sys.stdout)
    found: Any = made
    return found, made.parts


def _place(argv: Sequence[str]) -> str | None:
    """Return the folder of the cache in a run with *argv*; None for a run that is not to be kept."""
    if os.environ.get(NO_CACHE) or any(each in _NOT_KEPT for each in argv):
        return None
    for at, each in enumerate(argv):
        option, equals, value = each.partition("=")
        if option == _FOLDER:
            value = value if equals else "".join(argv[at + 1 : at + 2])
            return os.path.abspath(value) if value else None
    return default()
