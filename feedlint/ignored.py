"""What ``.gitignore`` files say is to be left out."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import cached_property

from feedlint.disk import SMALL, Warn, pass_over, read_all, unheard
from feedlint.patterns import Names, patterns
from feedlint.roots import git_root_of
from feedlint.source import decode
from feedlint.tree import Tree
from feedlint.typed import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

IGNORE: Final = ".gitignore"


class Ignored:
    """The ``.gitignore`` files from the root of the git repository (or *top*, where there is none) down.

    They are read from *tree*, that of a folder; *warn* is told of one that cannot be. A record ends with one of
    *suffixes*.
    """

    def __init__(self, top: str, tree: Callable[[str], Tree], suffixes: tuple[str, ...], warn: Warn = unheard) -> None:
        self._top = os.path.abspath(top)
        self._suffixes = suffixes
        self._tree = tree
        self._warn = warn
        self._files: dict[str, _File | None] = {}

    @cached_property
    def _root(self) -> str:
        return git_root_of(self._top) or self._top

    def _file(self, folder: str) -> _File | None:
        """Return the ``.gitignore`` in *folder*, None where there is none."""
        if folder not in self._files:
            self._files[folder] = _read_ignore(folder, self._tree(folder), self._warn)
        return self._files[folder]

    def speaks_of(self, folder: str) -> bool:
        """Tell whether any ``.gitignore`` may ignore a record in *folder*, not all of it."""
        at = os.path.abspath(folder)
        while (file := self._file(at)) is None or not file.names.may_match_file(self._suffixes):
            if at in (self._root, os.path.dirname(at)):
                return False
            at = os.path.dirname(at)
        return True

    def matches(self, path: str, *, folder: bool = False) -> bool:
        """Tell whether *path* is ignored; the ``.gitignore`` nearest to it has the last word."""
        absolute = os.path.abspath(path)
        at = os.path.dirname(absolute)
        while True:
            file = self._file(at)
            if file is not None:
                relative = os.path.relpath(absolute, at).replace(os.sep, "/") + ("/" if folder else "")
                verdict = file.verdict(relative)
                if verdict is not None:
                    return verdict
            if at in (self._root, os.path.dirname(at)):
                return False
            at = os.path.dirname(at)


class _File:
    """A ``.gitignore`` of these *lines*."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self.names = Names(lines)

    @cached_property
    def _patterns(self) -> GitIgnoreSpec:
        try:
            return patterns(self._lines)
        except ValueError:  # of a line that git, too, takes for no pattern, or (a range from z to a) for hardly any
            return patterns(filter(_is_pattern, self._lines))

    def verdict(self, path: str) -> bool | None:
        """Tell whether *path*, from here, with a final "/" if it is a folder, is ignored; None where nothing says."""
        if not any(map(self.names.may_match, path.split("/"))):
            return None
        return self._patterns.check_file(path).include


def _is_pattern(line: str) -> bool:
    try:
        patterns([line])
    except ValueError:
        return False
    return True


def _read_ignore(folder: str, tree: Tree, warn: Warn) -> _File | None:
    try:
        file = tree.open(IGNORE)
        if file is None:
            return None
        with file:
            return _File(decode(read_all(file, SMALL)).splitlines())
    except OSError as error:  # also of one that is too large: rather look at too much
        pass_over(os.path.join(folder, IGNORE), error, warn)
        return None
