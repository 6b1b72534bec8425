"""Check and fix files: the only loop over them."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from feedlint.census import suspects
from feedlint.config import Settings
from feedlint.diagnostic import Diagnostic, Mute, in_order
from feedlint.disk import TooLarge, Warn, from_disk, unheard
from feedlint.glance import Glance, Seen
from feedlint.linting import conclude, find, fix, gather, lint, marks
from feedlint.report import FileReport, Refusal
from feedlint.repository import Repository
from feedlint.roots import NoFile, bound_of, is_all_in, place, root_of
from feedlint.rule import Fact, Rule
from feedlint.rules import RULES, by_family
from feedlint.source import Document, decode, parse, unread
from feedlint.tree import Disk, Tree

if TYPE_CHECKING:
    from feedlint.fixing import Repair
    from feedlint.identity import Key
from feedlint.values import replace


class Known(Protocol):
    """Findings that were there before: a baseline, or the old versions of the files."""

    @property
    def mute(self) -> Mute:
        """What a finding that is known is marked with."""

    def of(self, path: str) -> Container[Key]:
        """Return the keys of what is known of the file at *path*."""


class Beside(NamedTuple):
    """What is known of files that are not checked: the *facts* of them, and what was *found*, by path.

    That is found by the rules which look around, where what they look at has changed.
    """

    facts: Sequence[Fact] = ()
    found: Mapping[str, Sequence[Diagnostic]] = MappingProxyType({})


ALONE: Final = Beside()
"""There are no files but those that are checked."""

Read = Callable[[str, int], bytes]
"""Returns the content of the file at a path, which may have so many bytes.

Raises :class:`~feedlint.disk.TooLarge` where it has more, and OSError where it cannot be read.
"""
Write = Callable[[str, bytes, bytes], bool]
"""Replaces the old content of the file at a path by a new one; False if another run has. Raises :class:`NotWritten`."""


def to_disk(path: str, old: bytes, new: bytes) -> bool:
    """Replace *old* by *new* in the file at *path*, within the repository that it is in.

    Returns False where another run has done so. Raises :class:`NotWritten`.
    """
    from feedlint.fixing import write

    return write(path, old, new, bound_of(os.path.dirname(os.path.abspath(path))))


class Engine:
    """Runs rules over files, keeping what it learns about their repositories.

    *settings_of* gives the settings for the file at a path; plain settings are those for all files. What is among
    *known* is marked as that. *read* gets the content of a file and *store* replaces it; *tree* gives what is below the
    root of a repository (default: on disk). *warn* is told of what is beside the files and cannot be read.
    """

    def __init__(
        self,
        settings_of: Settings | Callable[[str], Settings],
        known: Sequence[Known] = (),
        read: Read = from_disk,
        store: Write = to_disk,
        tree: Callable[[str], Tree] = Disk,
        warn: Warn = unheard,
    ) -> None:
        self.settings_of = settings_of if callable(settings_of) else lambda _: settings_of
        self.known = known
        self.read = read
        self.store = store
        self.tree = tree
        self.warn = warn
        self._repositories: dict[tuple[object, ...], Repository] = {}
        # By folder, with the settings, which have to be kept: they are told apart by where they are in memory.
        self._glances: dict[tuple[str, int], tuple[Settings, Glance | None]] = {}
        self._by_schema: dict[tuple[int, int, int], Glance] = {}

    def repository_of(self, path: str) -> Repository:
        """Return the repository that the file at *path* is in; what is :class:`~feedlint.roots.NoFile` is in none."""
        root = None if isinstance(path, NoFile) else root_of(os.path.dirname(os.path.abspath(path)))
        settings = self.settings_of(path)
        key = root, settings.today, settings.schemas, settings.site_url, settings.taxonomy
        if key not in self._repositories:
            self._repositories[key] = Repository(*key, self.tree(root) if root is not None else None, self.warn)
        return self._repositories[key]

    def files(self, paths: Iterable[str]) -> Iterator[FileReport]:
        """Check the file at each of *paths*, repairing it if the settings say so, and yield what came of it."""
        for path in paths:
            yield self.file(path)

    def conclude(
        self, reports: Sequence[FileReport], others: Beside = ALONE, *, folders: Sequence[str] = ()
    ) -> list[FileReport]:
        """Return *reports*, those of a whole run, with what the rules about many records find in them.

        *others* is the rest of the feed, files that were not checked. One of those comes to the reports only where
        something is found in it that is not known, since what has changed has brought it about. Of a
        repository in one of *folders* the run has seen all: there a comment for such a rule can be told to be idle.
        """
        found = self.concluded(self._facts(reports, others.facts))
        for path, more in others.found.items():
            found[path] = in_order([*found.get(path, ()), *more])
        reports = [self._with(report, found.pop(report.path, ()), folders) for report in reports]
        new = {path: more for path, more in found.items() if any(d.muted is None for d in self._marked(path, more))}
        brought = [self._with(self._unchecked(path), more, ()) for path, more in new.items()]
        return [*reports, *(replace(each, diagnostics=each.findings) for each in brought if each.findings)]

    def _facts(self, reports: Sequence[FileReport], others: Sequence[Fact]) -> Iterator[Fact]:
        """Yield the facts of *reports*, and the *others*, that have to do with those of another file."""
        differ = {rule.code: rule for rule in RULES}
        kept = [report.marks for report in reports]
        kept += [differ[fact.code].mark(fact.key, fact.value) for fact in others]
        for file in suspects(kept):
            if file >= len(reports):
                yield others[file - len(reports)]
            elif (known := reports[file].facts) is not None:
                yield from known
            else:
                yield from self.beside([reports[file].path]).facts

    def concluded(self, facts: Iterable[Fact]) -> dict[str, list[Diagnostic]]:
        """Return what the rules about many records find in *facts*, those of a whole feed, by path."""
        found: dict[str, list[Diagnostic]] = {}
        for diagnostic in conclude(facts, RULES):
            rule = self.settings_of(diagnostic.path).rule(diagnostic.code)
            if rule is not None:
                found.setdefault(diagnostic.path, []).append(rule.stamped(diagnostic, diagnostic.path))
        return found

    def beside(self, paths: Iterable[str], is_concerned: Callable[[str], bool] = lambda _: False) -> Beside:
        """Return what is known of the files at *paths*, which are read and not checked.

        The rules that look around see those which *is_concerned* is true of; what they find is not repaired here. Of a
        file that cannot be read nothing is known.
        """
        facts: list[Fact] = []
        found: dict[str, list[Diagnostic]] = {}
        for path in paths:
            rules = self.settings_of(path).rules
            around = [rule for rule in rules if rule.around] if is_concerned(path) else []
            if around or any(rule.sees == "feed" for rule in rules):
                with suppress(OSError):
                    more, findings = self._beside(parse(self._read(path), path), rules, around)
                    facts += more
                    found.update({path: findings} if findings else {})
        return Beside(facts, found)

    def _beside(
        self, document: Document, rules: Sequence[Rule], around: Sequence[Rule]
    ) -> tuple[list[Fact], list[Diagnostic]]:
        from feedlint.identity import stamped

        try:
            repository = self.repository_of(document.path)
            found = stamped(document, find(document, around, repository)) if around else []
            return gather(document, rules, repository), [replace(each, fix=None) for each in found]
        except Exception:  # where the file is checked, it is said
            if os.environ.get("FEEDLINT_DEBUG"):
                raise
            return [], []

    def _unchecked(self, path: str) -> FileReport:
        """Return a report on the file at *path*, which was not checked: what is known of it without that."""
        try:
            document = parse(self._read(path), path)
        except OSError:
            return FileReport(path, checked=False)
        from feedlint.comments import comments

        schema = self.repository_of(path).schema_of(document)
        return FileReport(
            path,
            text=document.text,
            schema=schema.name if schema else None,
            suppressions=comments(document),
            fail_on=self.settings_of(path).fail_on,
            checked=False,
        )

    def _with(self, report: FileReport, more: Sequence[Diagnostic], folders: Sequence[str]) -> FileReport:
        """Return *report* with the findings *more*, as its comments have it, and the text that they are shown in."""
        if report.suppressions:
            from feedlint.suppress import suppressed

            rules = self.settings_of(report.path).rules if is_all_in(report.path, folders) else ()
            more = suppressed(more, report.suppressions, rules, report.path, before=report.diagnostics)
        if not more:
            return report
        text = report.text
        if not text:
            with suppress(OSError):
                text = decode(self._read(report.path))
        found = [*report.diagnostics, *self._marked(report.path, more)]
        return replace(report, diagnostics=in_order(found), text=text)

    def _marked(self, path: str, found: Sequence[Diagnostic]) -> list[Diagnostic]:
        from feedlint.identity import mark

        for known in self.known:
            found = mark(found, known.of(path), known.mute)
        return list(found)

    def file(self, path: str) -> FileReport:
        """Check the file at *path*, repairing it if the settings say so. Never raises for what a file holds."""
        settings = self.settings_of(path)
        try:
            data = self._read(path)
        except TooLarge:
            return self.too_large(path)
        except OSError as error:
            return FileReport(path, error=error.strerror or str(error), readable=False)
        if settings.write:
            from feedlint.fixing import sweep

            sweep(path)
        report, result = self.data(data, path)
        if result == data or not settings.write:
            return report
        from feedlint.fixing import NotWritten

        try:
            is_ours = self.store(path, data, result)
        except NotWritten as error:
            # As it would have been seen without --fix, among the same files.
            reader = Engine(replace(settings, fix=False), self.known, tree=self.tree)
            untouched, _ = reader.data(data, path)
            return replace(untouched, error=f"not repaired: {error}")
        return report if is_ours else replace(report, fixed=Counter())

    def _read(self, path: str) -> bytes:
        return self.read(path, self.settings_of(path).max_file_size)

    def too_large(self, path: str) -> FileReport:
        """Return the report on the file at *path*, which has more bytes than a record may have."""
        from feedlint.identity import stamped

        settings, repository = self.settings_of(path), self.repository_of(path)
        document = unread(path, settings.max_file_size)
        schema = repository.schema_of(document)
        return FileReport(
            path,
            self._marked(path, stamped(document, lint(document, settings.rules, repository))),
            readable=False,
            schema=schema.name if schema else None,
            not_run=by_family({rule.code for rule in settings.rules if rule.sees != "size"}, settings.rules),
            fail_on=settings.fail_on,
        )

    def data(self, data: bytes, path: str) -> tuple[FileReport, bytes]:
        """Check *data* as the content of the file at *path*; return the report and the (repaired) content."""
        if len(data) > self.settings_of(path).max_file_size:
            return self.too_large(path), data
        try:
            return self._data(data, path)
        except Exception as error:
            # A fault of ours in one file must not hide the findings in the others.
            if os.environ.get("FEEDLINT_DEBUG"):
                raise
            problem = f"internal error, please report it: {type(error).__name__}: {error}"
            return FileReport(path, error=problem, readable=False), data

    def _data(self, data: bytes, path: str) -> tuple[FileReport, bytes]:
        settings = self.settings_of(path)
        text = decode(data)
        glance = self._glance_of(path, settings)
        seen = glance.look(data, text, path) if glance is not None else Seen(None, settings.rules)
        if glance is not None and seen.marks is not None:
            return FileReport(path, schema=glance.schema.name, marks=seen.marks, fail_on=settings.fail_on), data
        from feedlint.comments import comments
        from feedlint.fixing import Repair, diff
        from feedlint.identity import stamped

        repository = self.repository_of(path)

        def marked(document: Document, found: Sequence[Diagnostic]) -> list[Diagnostic]:
            return self._marked(path, stamped(document, found))

        document = parse(text, path)
        result = Repair(document)
        found = marked(document, lint(document, seen.rules, repository))
        if settings.fix and any(diagnostic.fix for diagnostic in found if diagnostic.muted is None):
            unsafe, limit = settings.unsafe_fixes, settings.max_file_size
            result = fix(document, settings.rules, repository, unsafe=unsafe, limit=limit, marked=marked)
            found = marked(result.document, lint(result.document, settings.rules, repository))
        final = result.document
        schema = repository.schema_of(final)
        report = FileReport(
            path=path,
            diagnostics=found,
            text=final.text if found or final is not document else "",
            readable=final.root is not None,
            schema=schema.name if schema else None,
            fixed=Counter(diagnostic.code for diagnostic in result.fixed),
            refused=_refusals(document, result),
            diff=diff(document.text, final.text, path) if settings.fix and not settings.write else "",
            not_run=_not_run(settings.rules) if final.root is None else (),
            marks=marks(final, settings.rules, repository),
            # What is not written cannot be read again.
            facts=gather(final, settings.rules, repository) if final is not document and not settings.write else None,
            suppressions=comments(final),
            fail_on=settings.fail_on,
        )
        return report, final.bytes

    def _glance_of(self, path: str, settings: Settings) -> Glance | None:
        """Return what sees through the file at *path*; None where its folder does not tell which schema covers it."""
        if isinstance(path, NoFile):
            return None
        folder = os.path.dirname(path), id(settings)
        if folder not in self._glances:
            repository = self.repository_of(path)
            schema = repository.schemas.of_folder(place(path))
            glance = None
            if schema is not None:
                key = id(settings), id(repository), id(schema)
                glance = self._by_schema.setdefault(key, Glance(settings.rules, repository, schema))
            self._glances[folder] = settings, glance
        return self._glances[folder][1]


def _refusals(document: Document, result: Repair) -> list[Refusal]:
    refusals = []
    for diagnostic, reason in result.refused.values():
        line, _ = document.lines.position(min(diagnostic.span.start, len(document.text)))
        refusals.append(Refusal(diagnostic.code, line, diagnostic.fix.title if diagnostic.fix else "", reason))
    return sorted(refusals, key=lambda refusal: (refusal.line, refusal.code, refusal.title))


def _not_run(rules: Sequence[Rule]) -> list[str]:
    """Return the codes of those of *rules* that need a whole record."""
    return by_family({rule.code for rule in rules if rule.sees in ("record", "feed")}, rules)
