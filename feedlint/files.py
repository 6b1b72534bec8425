"""Which files are in scope: what is named, the Markdown of collections, and what looks like a record elsewhere."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from feedlint.catalogue import NOT_COLLECTIONS
from feedlint.config import Configurations
from feedlint.repository import MARKDOWN, is_readme, place
from feedlint.source.document import DATA_SUFFIXES

_SUFFIXES: Final = (*MARKDOWN, *DATA_SUFFIXES)
_SKIPPED_FOLDERS: Final = NOT_COLLECTIONS | {"node_modules", "vendor"}

# Fields that only feed records have; a page's "title" or a post's "date" say nothing.
_RECORD_KEY = re.compile(
    rb"(?m)^\W{0,8}(?:category:[ \t]*[\"']?news\b|(?:originalUrl|webUrl|ampWebUrl|cdnAmpWebUrl|publishedDateTime"
    rb"|featuredContent|secured|provider|excerpt)[\"']?[ \t]*:)"
)
_OTHER_TEXT = re.compile(rb"(?m)^(?:#{1,6}[ \t]|<(?!!--)|[-*+>][ \t]+\w|\w[^:\r\n]*$|[A-Z][^:\r\n]*[.,] )")
# How much of a file must show that it is a record: real ones name three such fields in their first 700 bytes.
_HEAD: Final = 4096
_NEEDED_KEYS: Final = 2


class NotThere(Exception):
    """A path on the command line that does not exist."""


def in_scope(paths: Sequence[str], configs: Configurations | None = None) -> list[str]:
    """Return the files that *paths* bring into scope, with "/": sorted within each path, each file once.

    A file is in scope when it is named. In a folder those are the Markdown files of its collections (``_name/``),
    the YAML files among its data that a schema covers, what the configuration includes, and elsewhere Markdown files
    that are records or look like damaged ones; a README, what ``.gitignore`` names, and what is hidden never are, and
    nothing that the configuration excludes (:func:`excluded` tells which of *paths*). *configs* are the configurations
    to go by, none by default. Raises :class:`NotThere`.
    """
    configs = configs or Configurations(isolated=True)
    found: dict[str, str] = {}
    passed_over = excluded(paths, configs)
    for path in paths:
        if path in passed_over and os.path.lexists(path):
            continue
        if os.path.isdir(path):
            for file in _in_folder(path, configs):
                found.setdefault(os.path.abspath(file), file.replace(os.sep, "/"))
        elif os.path.lexists(path):
            found.setdefault(os.path.abspath(path), os.path.normpath(path).replace(os.sep, "/"))
        else:
            raise NotThere(path)
    return list(found.values())


def excluded(paths: Sequence[str], configs: Configurations) -> dict[str, str]:
    """Return those of *paths* that the configuration excludes, each with the configuration's name.

    That is the one which holds for a file, or for what is in a folder: where it begins there, it excludes none of it.
    """
    found = {}
    for path in paths:
        is_folder = os.path.isdir(path)
        configuration = configs.within(path) if is_folder else configs.of(path)
        if configuration.exclude.match(path, folder=is_folder):
            found[path] = configuration.name
    return found


def looks_like_record(head: bytes) -> bool:
    """Tell from the first bytes of a file whether it is, or was meant to be, a record."""
    keys = {match[0].strip(b"\xef\xbb\xbf \t-#\"'").partition(b":")[0]: match.start() for match in
            _RECORD_KEY.finditer(head)}  # fmt: skip
    if len(keys) < _NEEDED_KEYS:
        return False
    prose = _OTHER_TEXT.search(head)
    return prose is None or prose.start() > min(keys.values())


def _in_folder(folder: str, configs: Configurations) -> Iterator[str]:
    for path, is_skipped in _walk(folder, _Ignored(folder), configs):
        if configs.of(path).include.match(path):
            yield path
        elif is_skipped:
            continue
        elif path.lower().endswith(MARKDOWN):
            if configs.catalogue_of(path).collection_of(place(path)) is not None or _sniff(path):
                yield path
        elif configs.catalogue_of(path).is_data(place(path)):
            yield path


def _walk(
    folder: str, ignored: _Ignored, configs: Configurations, *, is_skipped: bool = False
) -> Iterator[tuple[str, bool]]:
    """Yield the files below *folder* that may be records by their names, and whether only an include brings them in."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        raise NotThere(f"{folder}: {error.strerror}") from None
    for entry in entries:
        path = entry.name if folder == "." else os.path.join(folder, entry.name)
        if entry.name.startswith("."):  # among files: what editors and systems keep beside a file
            continue
        if entry.is_dir(follow_symlinks=False):
            skipped = is_skipped or entry.name in _SKIPPED_FOLDERS
            if skipped and not configs.of(path).include:
                continue
            if not ignored.matches(path, folder=True) and not configs.excludes(path, folder=True):
                yield from _walk(path, ignored, configs, is_skipped=skipped)
        elif (
            entry.name.lower().endswith(_SUFFIXES)
            and not is_readme(entry.name)
            and not ignored.matches(path)
            and not configs.excludes(path)
        ):
            yield path, is_skipped


def _sniff(path: str) -> bool:
    try:
        if not os.path.isfile(path):
            return False
        with open(path, "rb") as file:
            return looks_like_record(file.read(_HEAD))
    except OSError:
        return False  # outside of collections, what cannot be read is not known to be a record


class _Ignored:
    """The ``.gitignore`` files from the root of the git repository (or *top*, where there is none) down."""

    def __init__(self, top: str) -> None:
        self._top = os.path.abspath(top)
        self._specs: dict[str, Any] = {}

    @cached_property
    def _root(self) -> str:
        folder = self._top
        while not os.path.exists(os.path.join(folder, ".git")):
            above = os.path.dirname(folder)
            if above == folder:
                return self._top
            folder = above
        return folder

    def _spec(self, folder: str) -> Any:
        if folder not in self._specs:
            self._specs[folder] = _read_ignore(os.path.join(folder, ".gitignore"))
        return self._specs[folder]

    def matches(self, path: str, *, folder: bool = False) -> bool:
        """Tell whether *path* is ignored; the ``.gitignore`` nearest to it has the last word."""
        absolute = os.path.abspath(path)
        at = os.path.dirname(absolute)
        while True:
            spec = self._spec(at)
            if spec is not None:
                relative = Path(os.path.relpath(absolute, at)).as_posix() + ("/" if folder else "")
                verdict = spec.check_file(relative).include
                if verdict is not None:
                    return bool(verdict)
            if at in (self._root, os.path.dirname(at)):
                return False
            at = os.path.dirname(at)


def _read_ignore(path: str) -> Any:
    try:
        with open(path, encoding="utf-8", errors="surrogateescape") as file:
            lines = file.read().splitlines()
    except OSError:
        return None
    from pathspec import GitIgnoreSpec

    try:
        return GitIgnoreSpec.from_lines(lines)
    except ValueError:  # a pattern that git, too, would not understand
        return None
