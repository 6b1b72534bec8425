"""What ``.gitignore`` files say is to be left out."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cached_property

from feedlint.disk import SMALL, Warn, pass_over, read_all, unheard
from feedlint.patterns import may_match, patterns
from feedlint.roots import git_root_of
from feedlint.source import decode
from feedlint.tree import Tree
from feedlint.typed import Any, Final

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
        self._specs: dict[str, tuple[Any, bool]] = {}

    @cached_property
    def _root(self) -> str:
        return git_root_of(self._top) or self._top

    def _spec(self, folder: str) -> tuple[Any, bool]:
        """Return what the ``.gitignore`` in *folder* ignores, None if nothing, and whether that may be a record."""
        if folder not in self._specs:
            self._specs[folder] = _read_ignore(folder, self._tree(folder), self._suffixes, self._warn)
        return self._specs[folder]

    def speaks_of(self, folder: str) -> bool:
        """Tell whether any ``.gitignore`` may ignore a record in *folder*, not all of it."""
        at = os.path.abspath(folder)
        while not self._spec(at)[1]:
            if at in (self._root, os.path.dirname(at)):
                return False
            at = os.path.dirname(at)
        return True

    def matches(self, path: str, *, folder: bool = False) -> bool:
        """Tell whether *path* is ignored; the ``.gitignore`` nearest to it has the last word."""
        absolute = os.path.abspath(path)
        at = os.path.dirname(absolute)
        while True:
            spec, _ = self._spec(at)
            if spec is not None:
                relative = os.path.relpath(absolute, at).replace(os.sep, "/") + ("/" if folder else "")
                verdict = spec.check_file(relative).include
                if verdict is not None:
                    return bool(verdict)
            if at in (self._root, os.path.dirname(at)):
                return False
            at = os.path.dirname(at)


def _read_ignore(folder: str, tree: Tree, suffixes: tuple[str, ...], warn: Warn) -> tuple[Any, bool]:
    nothing = None, False
    try:
        file = tree.open(IGNORE)
        if file is None:
            return nothing
        with file:
            lines = decode(read_all(file, SMALL)).splitlines()
    except OSError as error:  # also of one that is too large: rather look at too much
        pass_over(os.path.join(folder, IGNORE), error, warn)
        return nothing
    try:
        return patterns(lines), may_match(lines, suffixes)
    except ValueError:  # a pattern that git, too, would not understand
        return nothing
