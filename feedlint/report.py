"""The result of a run: what every format shows, and the one place that knows the exit status."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property

from feedlint.census import Clear
from feedlint.diagnostic import Diagnostic, Severity
from feedlint.rule import Fact
from feedlint.rules import OF_NO_RECORD
from feedlint.typed import TYPE_CHECKING, overload
from feedlint.values import dataclass, field

if TYPE_CHECKING:
    from feedlint.comments import Comment
    from feedlint.source import Lines


@dataclass(frozen=True)
class Refusal:
    """A fix that was not made because it could not be proved: the finding's code, its line, and why."""

    code: str
    line: int
    title: str
    reason: str


@dataclass(frozen=True)
class FileReport:
    """What came of one file.

    ``text`` is the file's text where there are diagnostics (their spans are offsets into it), else "".
    ``readable`` is False where no record could be read; ``error`` says why the file itself could not be read or
    written. ``fixed`` counts the findings repaired, by code; ``diff`` is the unified diff under ``--diff``.
    ``not_run`` names the rules that need a whole record and so could not run, a family by its letters. ``marks`` are
    what is kept of the file for rules about the whole feed (:mod:`feedlint.census`), ``facts`` what these have to know,
    None where that can be read again; ``suppressions`` its comments that mute findings. A finding as
    grave as ``fail_on`` or graver makes the run fail. ``checked`` is False for a file beside those of the run, of which
    only what the rules about the whole feed find newly in it is told.
    ``diagnostics`` are all there are, ``findings`` those that are not muted.
    """

    path: str
    diagnostics: Sequence[Diagnostic] = ()
    text: str = ""
    readable: bool = True
    schema: str | None = None
    error: str | None = None
    fixed: Counter[str] = field(default_factory=Counter)
    refused: Sequence[Refusal] = ()
    diff: str = ""
    not_run: Sequence[str] = ()
    marks: bytes = b""
    facts: Sequence[Fact] | None = None
    suppressions: Sequence[Comment] = ()
    fail_on: Severity = Severity.WARNING
    checked: bool = True

    @property
    def says_something(self) -> bool:
        """Whether there is more to say of the file than that it was checked; a comment in it may have to be judged."""
        is_plain = self.readable and self.checked and self.error is None and self.facts is None
        return not is_plain or bool(self.diagnostics or self.suppressions or self.fixed or self.refused or self.diff)

    @cached_property
    def findings(self) -> list[Diagnostic]:
        """What is to be reported: the diagnostics that nobody has muted."""
        return [diagnostic for diagnostic in self.diagnostics if diagnostic.muted is None]

    @property
    def fails(self) -> bool:
        """Whether the file makes the run fail: by what was found in it, or because no record can be read in it.

        A file without a readable record never passes, whichever rules were chosen, unless it is known for it.
        """
        return any(map(self.fails_by, self.findings)) or self.is_unexplained

    @property
    def is_unexplained(self) -> bool:
        """Whether the file fails with no finding to show for it: no record can be read, and no finding fails for it.

        The rules that would say why were not chosen, or not as grave. It passes where it is known for that; what is
        known of a line that can be read by itself says nothing of it.
        """
        if self.readable or self.error is not None or any(map(self.fails_by, self.findings)):
            return False
        return not any(each.muted is not None and each.code in OF_NO_RECORD for each in self.diagnostics)

    def fails_by(self, finding: Diagnostic) -> bool:
        """Tell whether *finding*, one of this file's, is grave enough to make the run fail."""
        return finding.severity.rank <= self.fail_on.rank

    @cached_property
    def lines(self) -> Lines:
        """The line table of ``text``."""
        from feedlint.source import Lines

        return Lines(self.text)


Outcome = Clear | FileReport
"""What came of one file, as it goes from one process to another and is kept."""


class Files(Sequence[FileReport]):
    """What came of many files, a report on each. Of one that there is nothing to say of no more is kept than has to be.

    *paths* are those of the files, in order; what came of each is to be put in. ``said`` are the reports that say
    something, by position; ``marks`` what is kept of each file for the rules about the whole feed.
    """

    def __init__(self, paths: Iterable[str]) -> None:
        self.paths = list(paths)
        self.marks = [b""] * len(self.paths)
        self.said: dict[int, FileReport] = {}
        self._schemas: list[str | None] = [None] * len(self.paths)

    def put(self, at: int, outcome: Outcome) -> None:
        """Keep *outcome*, what came of the file at position *at*."""
        self._schemas[at], self.marks[at] = outcome.schema, outcome.marks
        if isinstance(outcome, FileReport):
            self.said[at] = outcome
        else:
            self.said.pop(at, None)

    def add(self, report: FileReport) -> None:
        """Append *report*, that on another file."""
        self.paths.append(report.path)
        self.marks.append(b"")
        self._schemas.append(None)
        self.put(len(self.paths) - 1, report)

    def __len__(self) -> int:
        return len(self.paths)

    @overload
    def __getitem__(self, at: int) -> FileReport: ...
    @overload
    def __getitem__(self, at: slice) -> list[FileReport]: ...
    def __getitem__(self, at: int | slice) -> FileReport | list[FileReport]:
        positions = range(len(self.paths))[at]
        if isinstance(positions, range):
            return [self[each] for each in positions]
        said = self.said.get(positions)
        return said or FileReport(self.paths[positions], schema=self._schemas[positions], marks=self.marks[positions])

    @property
    def without_schema(self) -> int:
        """How many readable files no schema covers."""
        silent = self._schemas.count(None) - sum(report.schema is None for report in self.said.values())
        return silent + sum(map(_has_no_schema, self.said.values()))


def _has_no_schema(file: FileReport) -> bool:
    return file.readable and file.error is None and file.schema is None


@dataclass(frozen=True)
class Report:
    """All files of a run, in order, and how the run was asked for.

    ``unsafe_fixes`` is whether unsafe fixes count as available; ``wrote`` whether repairs were written
    (``--fix``), not only shown (``--diff``). ``notes`` are things to say about the run as a whole, a sentence each.
    ``compared`` is whether earlier findings were known (a baseline, old versions), so that what is not muted is new.
    """

    files: Sequence[FileReport]
    unsafe_fixes: bool = False
    wrote: bool = False
    notes: Sequence[str] = ()
    compared: bool = False

    @cached_property
    def said(self) -> Sequence[FileReport]:
        """Those of the files of which there is something to say, or may be."""
        return [self.files.said[at] for at in sorted(self.files.said)] if isinstance(self.files, Files) else self.files

    @property
    def paths(self) -> Sequence[str]:
        """The paths of the files."""
        return self.files.paths if isinstance(self.files, Files) else [file.path for file in self.files]

    @cached_property
    def findings(self) -> list[Diagnostic]:
        """All findings left, in the order of files and places; those that are muted are not among them."""
        return [finding for file in self.said for finding in file.findings]

    @cached_property
    def counts(self) -> Counter[Severity]:
        """Findings left by severity."""
        return Counter(finding.severity for finding in self.findings)

    @cached_property
    def muted(self) -> Counter[str]:
        """Findings that are not reported, by who muted them: "comment", "baseline", "revision"."""
        return Counter(d.muted.by for file in self.said for d in file.diagnostics if d.muted is not None)

    @property
    def errors(self) -> list[FileReport]:
        """Files that could not be read or written."""
        return [file for file in self.said if file.error is not None]

    @property
    def unreadable(self) -> int:
        """How many files have no readable record."""
        return sum(not file.readable for file in self.said)

    @property
    def without_schema(self) -> int:
        """How many readable files no schema covers, so that their fields were not validated."""
        files = self.files
        return files.without_schema if isinstance(files, Files) else sum(map(_has_no_schema, files))

    @property
    def fixed(self) -> int:
        """How many findings were repaired (or would be, under ``--diff``)."""
        return sum(file.fixed.total() for file in self.said)

    @property
    def changed(self) -> int:
        """How many files were changed (or would be, under ``--diff``)."""
        return sum(bool(file.fixed) for file in self.said)

    @property
    def exit_status(self) -> int:
        """0: nothing left to report; 1: findings left, or a diff that shows some; 2: a file could not be handled."""
        if self.errors:
            return 2
        if any(file.fails for file in self.said):
            return 1
        return 1 if self.fixed and not self.wrote else 0
