"""Check and fix files, each by itself."""

from __future__ import annotations

import os
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from functools import partial

from feedlint.census import Clear
from feedlint.config import Settings
from feedlint.diagnostic import Diagnostic, Mute
from feedlint.disk import TooLarge, Warn, from_disk, unheard
from feedlint.glance import File, Glance, Seen
from feedlint.quick import suppress
from feedlint.report import FileReport, Files, Outcome
from feedlint.repository import Repository
from feedlint.roots import NoFile, bound_of, folder_of, place, root_of
from feedlint.rules import by_family
from feedlint.tree import Disk, Tree
from feedlint.typed import TYPE_CHECKING, Any, Final, Protocol
from feedlint.values import replace

if TYPE_CHECKING:
    from feedlint.identity import Key


_TOGETHER: Final = 256
"""Files that are looked at together: 64 take 1.06 times as long each, one by itself 1.2 times."""
_BYTES: Final = 2_000_000
"""After how many bytes no further file is looked at together with others; 256 articles have a fifth of that."""


class Known(Protocol):
    """Findings that were there before: a baseline, or the old versions of the files."""

    @property
    def mute(self) -> Mute:
        """What a finding that is known is marked with."""

    def of(self, path: str) -> Container[Key]:
        """Return the keys of what is known of the file at *path*."""


Read = Callable[[str, int], bytes]
"""Returns the content of the file at a path, which may have so many bytes.

Raises :class:`~feedlint.disk.TooLarge` where it has more, and OSError where it cannot be read.
"""
Write = Callable[[str, bytes, bytes], bool]
"""Replaces the old content of the file at a path by a new one; False if another run has. Raises :class:`NotWritten`."""


def to_disk(path: str, old: bytes, new: bytes) -> bool:
    """Replace *old* by *new* in the file at *path*, within the repository that it is in.

    Returns False where another run has done so. Raises :class:`NotWritten`. :meth:`Engine.finish` is to come.
    """
    from feedlint.fixing import write

    return write(path, old, new, bound_of(os.path.dirname(os.path.abspath(path))), is_last=False)


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
        self.settings_of = settings_of if callable(settings_of) else partial(_same, settings_of)
        self.known = known
        self.read = read
        self.store = store
        self.tree = tree
        self.warn = warn
        self._has_written = False
        self._repositories: dict[tuple[object, ...], Repository] = {}
        # By folder, with the settings, which have to be kept: they are told apart by where they are in memory.
        self._glances: dict[tuple[str, bool, int], tuple[Settings, Glance | None]] = {}
        self._by_schema: dict[tuple[int, int, int], Glance] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        """Go to another process with what it was made of; whom to warn stays here."""
        return Engine, (self.settings_of, self.known, self.read, self.store, self.tree)

    def repository_of(self, path: str) -> Repository:
        """Return the repository that the file at *path* is in; what is :class:`~feedlint.roots.NoFile` is in none."""
        root = None if isinstance(path, NoFile) else root_of(os.path.dirname(os.path.abspath(path)))
        settings = self.settings_of(path)
        key = root, settings.today, settings.schemas, settings.site_url, settings.taxonomy
        if key not in self._repositories:
            self._repositories[key] = Repository(*key, self.tree(root) if root is not None else None, self._tell)
        return self._repositories[key]

    @property
    def repositories(self) -> Iterable[Repository]:
        """The repositories that files were in."""
        return self._repositories.values()

    def _tell(self, message: str) -> None:
        self.warn(message)

    def files(self, paths: Iterable[str]) -> Files:
        """Check the file at each of *paths*, repairing it if the settings say so, and return what came of them."""
        files = Files(paths)
        for at, outcome in enumerate(self.outcomes(files.paths)):
            files.put(at, outcome)
        self.finish()
        return files

    def outcomes(self, paths: Iterable[str]) -> Iterator[Outcome]:
        """Check the file at each of *paths*, repairing it if the settings say so, and yield what came of it.

        What was written is on disk for certain once this is at an end, and :meth:`finish` has been called.
        """
        for files in self._lots(paths):
            seen = iter(self._glanced([file for file in files if isinstance(file, File)]))
            for file in files:
                yield self._outcome(file, next(seen)) if isinstance(file, File) else file

    def _lots(self, paths: Iterable[str]) -> Iterator[list[File | FileReport]]:
        """Yield the files at *paths*, as many together as are looked at together."""
        lot: list[File | FileReport] = []
        size = 0
        for path in paths:
            file = self._file(path)
            lot.append(file)
            size += len(file.data) if isinstance(file, File) else 0
            if len(lot) == _TOGETHER or size >= _BYTES:
                yield lot
                lot, size = [], 0
        if lot:
            yield lot

    def finish(self) -> None:
        """Force to disk what has been written, whatever happens to the system then."""
        if self._has_written:
            from feedlint.fixing import force

            force()
            self._has_written = False

    def marked(self, path: str, found: Sequence[Diagnostic]) -> list[Diagnostic]:
        """Return *found*, what was found in the file at *path*, what is known of it muted."""
        from feedlint.identity import mark

        for known in self.known:
            found = mark(found, known.of(path), known.mute)
        return list(found)

    def file(self, path: str) -> FileReport:
        """Check the file at *path*, repairing it if the settings say so. Never raises for what a file holds."""
        return self.files([path])[0]

    def _file(self, path: str) -> File | FileReport:
        """Return the file at *path*, read, or the report on one that cannot be read."""
        settings = self.settings_of(path)
        try:
            data = self.read(path, settings.max_file_size)
        except TooLarge:
            return self.too_large(path)
        except OSError as error:
            return FileReport(path, error=error.strerror or str(error), readable=False)
        if settings.write:
            from feedlint.fixing import sweep

            sweep(path)
        return File(data, path)

    def _glanced(self, files: Sequence[File]) -> Sequence[Clear | Seen | None]:
        """Return what is seen of each of *files*, looked at together; None for one that is to be looked at alone."""
        found: list[Clear | Seen | None] = [None] * len(files)
        alike: dict[Glance, list[int]] = {}
        with suppress(Exception):  # that is told of the file that it is about, once it is looked at alone
            for at, file in enumerate(files):
                if (glance := self._glance_of(file.path)) is not None:
                    alike.setdefault(glance, []).append(at)
            for glance, places in alike.items():
                for at, seen in zip(places, glance.look([files[at] for at in places]), strict=True):
                    found[at] = _clear(glance, seen) or seen
        return found

    def _outcome(self, file: File, seen: Clear | Seen | None) -> Outcome:
        if isinstance(seen, Clear):
            return seen
        path, settings = file.path, self.settings_of(file.path)
        outcome, result = self._checked(file, settings, seen)
        if result is file.data or result == file.data or not settings.write or isinstance(outcome, Clear):
            return outcome
        from feedlint.fixing import NotWritten

        try:
            self._has_written = True
            is_ours = self.store(path, file.data, result)
        except NotWritten as error:
            # As it would have been seen without --fix, among the same files.
            reader = Engine(replace(settings, fix=False), self.known, tree=self.tree)
            untouched, _ = reader.data(file.data, path)
            return replace(untouched, error=f"not repaired: {error}")
        # What another run has made of it is looked at: nothing may be kept of what was there as if it were clean.
        return outcome if is_ours else next(self.outcomes([path]))

    def content(self, path: str) -> bytes:
        """Return the content of the file at *path*. Raises OSError where it cannot be read, or is too large."""
        return self.read(path, self.settings_of(path).max_file_size)

    def too_large(self, path: str) -> FileReport:
        """Return the report on the file at *path*, which has more bytes than a record may have."""
        from feedlint.identity import stamped
        from feedlint.linting import lint
        from feedlint.source import unread

        settings, repository = self.settings_of(path), self.repository_of(path)
        document = unread(path, settings.max_file_size)
        schema = repository.schema_of(document)
        return FileReport(
            path,
            self.marked(path, stamped(document, lint(document, settings.rules, repository))),
            readable=False,
            schema=schema.name if schema else None,
            not_run=by_family({rule.code for rule in settings.rules if rule.sees != "size"}, settings.rules),
            fail_on=settings.fail_on,
        )

    def data(self, data: bytes, path: str) -> tuple[FileReport, bytes]:
        """Check *data* as the content of the file at *path*; return the report and the (repaired) content."""
        settings = self.settings_of(path)
        if len(data) > settings.max_file_size:
            return self.too_large(path), data
        outcome, result = self._checked(File(data, path), settings)
        if isinstance(outcome, Clear):
            outcome = FileReport(path, schema=outcome.schema, marks=outcome.marks)
        return outcome, result

    def marks(self, data: bytes, path: str) -> bytes:
        """Return what is kept of *data*, the content of the file at *path*, for rules about the whole feed."""
        file, glance = File(data, path), self._glance_of(path)
        found = glance.marks(file) if glance is not None else None
        if found is not None:
            return found
        from feedlint.linting import marks
        from feedlint.source import parse

        return marks(parse(file.text, path), self.settings_of(path).rules, self.repository_of(path))

    def _checked(self, file: File, settings: Settings, seen: Seen | None = None) -> tuple[Outcome, bytes]:
        try:
            if seen is None:
                glance, seen = self._glance_of(file.path), self._look(file)
                if glance is not None and (clear := _clear(glance, seen)) is not None:
                    return clear, file.data
            from feedlint.thorough import examine

            report, result = examine(file, seen, settings, self.repository_of(file.path), self._look, self.marked)
            return (report if report.says_something else Clear(report.schema, report.marks)), result
        except Exception as error:
            # A fault of ours in one file must not hide the findings in the others.
            if os.environ.get("FEEDLINT_DEBUG"):
                raise
            problem = f"internal error, please report it: {type(error).__name__}: {error}"
            return FileReport(file.path, error=problem, readable=False), file.data

    def _look(self, file: File) -> Seen:
        """Return what is seen of *file* at a glance; where there is nobody to look, that all rules have to."""
        glance = self._glance_of(file.path)
        return glance.look([file])[0] if glance is not None else Seen(self.settings_of(file.path).rules)

    def _glance_of(self, path: str) -> Glance | None:
        """Return what sees through the file at *path*; None where its folder does not tell which schema covers it."""
        settings = self.settings_of(path)
        folder = folder_of(path), isinstance(path, NoFile), id(settings)
        if folder not in self._glances:
            repository = self.repository_of(path)
            schema = repository.schemas.of_folder(place(path))
            glance = None
            if schema is not None:
                key = id(settings), id(repository), id(schema)
                known = self._by_schema.get(key)
                glance = known or self._by_schema.setdefault(key, Glance(settings.rules, repository, schema))
            self._glances[folder] = settings, glance
        return self._glances[folder][1]


def _clear(glance: Glance, seen: Seen) -> Clear | None:
    """Return what is kept of a file of which *glance* has *seen* so much, if there is nothing to find in it."""
    return Clear(glance.schema.name, seen.marks) if seen.marks is not None and not seen.rules else None


def _same(settings: Settings, _: str) -> Settings:
    return settings
