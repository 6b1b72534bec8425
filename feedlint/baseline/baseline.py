"""One baseline: what it knows of a file, and what has become of that."""

from __future__ import annotations

import os
from collections.abc import Callable, Container, Iterable, Sequence
from functools import cached_property
from pathlib import Path

from feedlint.baseline import BaselineError
from feedlint.baseline.renames import Renames, renames
from feedlint.baseline.text import Entry, line_of, lines, read, render
from feedlint.fixing.write import write
from feedlint.identity import Key, keys
from feedlint.report import FileReport
from feedlint.roots import root_of
from feedlint.tree import real

Ran = Callable[[FileReport, str], bool]
"""Tells whether the rule with a code has looked at a file in this run, and at all that it needs to see."""


class Baseline:
    """The baseline in the file *name*, which has the bytes *data*; None where there is no such file yet.

    Raises :class:`BaselineError` for what is no baseline.
    """

    def __init__(self, name: str, data: bytes | None) -> None:
        self.name = name
        self._data = data
        self._folder, self._file = os.path.split(os.path.realpath(name))
        self._text = render(()) if data is None else _decoded(name, data)
        self.entries: dict[str, set[Key]] = {}
        try:
            for entry in read(self._text):
                self.entries.setdefault(entry.path, set()).add(entry.key)
        except BaselineError as error:
            raise BaselineError(f"{name}:{error}") from None

    def of(self, path: str) -> Container[Key]:
        """Return what is known of the file at *path*, also by a name that it had before."""
        return _OfFile(self, self._relative(path))

    def _relative(self, path: str) -> str:
        try:
            return Path(os.path.relpath(real(path), self._folder)).as_posix()
        except ValueError:  # another drive
            return Path(real(path)).as_posix()

    def _is_there(self, path: str) -> bool:
        return os.path.lexists(os.path.join(self._folder, path))

    @cached_property
    def _gone(self) -> frozenset[str]:
        return frozenset(path for path in self.entries if not self._is_there(path))

    @cached_property
    def _renames(self) -> Renames:
        return renames(self._folder, self._file) if self._gone else Renames({})

    @cached_property
    def _former(self) -> dict[str, list[str]]:
        """The names that files had which are known by them."""
        former: dict[str, list[str]] = {}
        for path in sorted(self._gone):
            if path in self._renames.now:
                former.setdefault(self._renames.now[path], []).append(path)
        return former

    def former(self, path: str) -> Sequence[str]:
        """Return the names that the file at *path* (relative) has entries under, and does not have any more."""
        return self._former.get(path, ())

    @cached_property
    def doubt(self) -> str:
        """Why it cannot be told whether files that are gone have new names, or ""."""
        return self._renames.doubt if any(self._now(path) is None for path in self._gone) else ""

    def _now(self, path: str) -> str | None:
        """Return where the file is that has entries under *path*, or None where it is gone."""
        if path not in self._gone or path in self._renames.left_out:
            return path
        new = self._renames.now.get(path)
        return new if new is not None and self._is_there(new) else None

    def stale(self, reports: Sequence[FileReport], ran: Ran) -> list[Entry]:
        """Return the entries that are not found any more, in order, by the names they are under.

        Those are of files that are gone, and of files among *reports* where the rule *ran* and has not found it.
        """
        checked = {self._relative(report.path): report for report in reports if report.error is None}
        stale: list[Entry] = []
        for path, known in sorted(self.entries.items()):
            now = path if path in checked else self._now(path)  # what is staged need not be on disk
            if now is None:
                stale += (Entry(path, key) for key in sorted(known) if not self.doubt)
            elif now in checked:
                report = checked[now]
                gone = known.difference(keys(report.diagnostics))
                stale += (Entry(path, key) for key in sorted(gone) if ran(report, key.code))
        return stale

    def prune(self, stale: Iterable[Entry]) -> None:
        """Take *stale* out of the file, and write the new names of renamed files. All other lines stay.

        Raises :class:`~feedlint.fixing.write.NotWritten`.
        """
        out = frozenset(stale)
        result = []
        for line, entry in lines(self._text):
            if entry in out:
                continue
            now = self._now(entry.path) if entry is not None else None
            if entry is not None and now not in (None, entry.path):
                line = line_of(Entry(str(now), entry.key)) + line[len(line.rstrip("\r\n")) :]
            result.append(line)
        self._write("".join(result))

    def rewrite(self, reports: Sequence[FileReport], ran: Ran) -> tuple[int, int, int]:
        """Write what is found in *reports*, but for what a comment mutes, in place of what is known of it.

        Entries that this run has not looked for are kept. Returns how many findings, in how many files, and how many
        entries are kept. Raises :class:`~feedlint.fixing.write.NotWritten`.
        """
        checked = {self._relative(report.path): report for report in reports if report.error is None}
        found = {
            Entry(path, key)
            for path, report in checked.items()
            for key, diagnostic in zip(keys(report.diagnostics), report.diagnostics, strict=True)
            if diagnostic.muted is None or diagnostic.muted.by != "comment"
        }
        kept: set[Entry] = set()
        for path, known in self.entries.items():
            now = path if path in checked else self._now(path)
            if now is not None:
                kept.update(Entry(now, key) for key in known if now not in checked or not ran(checked[now], key.code))
        kept -= found
        self._write(render(found | kept))
        self.entries = {}
        for entry in found | kept:
            self.entries.setdefault(entry.path, set()).add(entry.key)
        return len(found), len({entry.path for entry in found}), len(kept)

    def _write(self, text: str) -> None:
        data = text.encode("utf-8")
        if data != self._data:
            folder = os.path.dirname(os.path.abspath(self.name))  # what may not be left, where that is a link
            write(self.name, self._data, data, root_of(folder) or folder)
            self._data, self._text = data, text


class _OfFile:
    """What a baseline knows of one file. Git is asked about renames only where something is not known without."""

    def __init__(self, baseline: Baseline, path: str) -> None:
        self._baseline = baseline
        self._path = path

    def __contains__(self, key: object) -> bool:
        entries = self._baseline.entries
        return key in entries.get(self._path, ()) or any(
            key in entries[former] for former in self._baseline.former(self._path)
        )


def _decoded(name: str, data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BaselineError(f"{name}:{line}: the line is damaged: it is not UTF-8") from None
