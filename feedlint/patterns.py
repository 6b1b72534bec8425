"""Patterns as in ``.gitignore``, matched in a time that does not grow with the number of their stars."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from feedlint.lazy import regex
from feedlint.typed import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

# What pathspec writes for `*`, and for `/**/` in the middle and `**/` at the beginning.
_STAR: Final = regex(r"(\[\^/\][*+])")
_FOLDERS: Final = "(?:/.+)?"
_TOP: Final = "^(?:.+/)?"
_CLASS: Final = regex(r"\[\^?\]?(?:\\.|[^\]\\])*\]")
_WILD: Final = regex(r"[]*?[\\]")
# With fewer, all the ways to match are few enough to be tried.
_FEW: Final = 2


def patterns(lines: Iterable[str]) -> GitIgnoreSpec:
    """Return what tells whether *lines* match a path. Raises ValueError where one is no pattern."""
    import warnings

    from pathspec import GitIgnoreSpec

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # of "[[", which may once mean something else to `re`
        try:
            spec = GitIgnoreSpec.from_lines(lines)
        except re.error as error:  # "[z-a]"
            raise ValueError(str(error)) from None
    for pattern in spec.patterns:
        source = getattr(pattern, "regex", None)
        if source is not None and len(_STAR.findall(source.pattern)) + source.pattern.count(_FOLDERS) > _FEW:
            pattern.regex = re.compile(_linear(source.pattern))
    return spec


class Names:
    """What *lines* may match, told from names alone and before patterns are made of them: pathspec takes 20 ms to load.

    A name is that of a file or a folder. Where no name in a path may be matched, the path is not.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self._plain: set[str] = set()
        self._wild: list[tuple[str, str]] = []  # what a name begins and ends with
        self._of_files: list[str] = []  # what the name of a file ends with
        for line in lines:
            said = line.removeprefix("!").strip()
            if not said or line[0] == "#":
                continue
            first, *rest = _WILD.split(_alike(said.rstrip("/").rpartition("/")[2]))
            if rest:
                self._wild.append((first, rest[-1]))
            else:
                self._plain.add(first)
            if said[-1] != "/":
                self._of_files += [first, *rest][-1:]

    def may_match(self, name: str) -> bool:
        """Tell whether one of the lines may match *name*."""
        name = _alike(name)
        return name in self._plain or any(name.startswith(first) and name.endswith(last) for first, last in self._wild)

    def may_match_file(self, suffixes: Sequence[str]) -> bool:
        """Tell whether one of the lines may match a file whose name ends in one of *suffixes* (lower case)."""
        return any(end.endswith(suffix) or suffix.endswith(end) for end in self._of_files for suffix in suffixes)


def _alike(name: str) -> str:
    """Return what names have in common that a pattern may take for the same."""
    return name.strip().lower()


def _linear(source: str) -> str:
    """Return a regular expression that matches what *source*, one that pathspec has written, does, in less time.

    Where a star is followed by another in the same name, the first place at which what is between them matches is as
    good as any later one: the second star can take what the first does not. So it is with `/**/`. A lookahead is not
    tried a second time, so what it found is taken as it is.
    """
    first, *rest = source.split(_FOLDERS)
    parts = [_stars(part, str(number)) for number, part in enumerate([first, *rest])]
    if not rest:
        return parts[0]
    if parts[0].startswith(_TOP):
        parts[0] = "^" + _once(f"(?:.+?/)??{parts[0].removeprefix(_TOP)}(?=/)", "top")
    inner = [_once(f"(?:/.+?)??{part}(?=/)", f"inner{number}") for number, part in enumerate(parts[1:-1])]
    return "".join([parts[0], *inner, _FOLDERS, parts[-1]])


def _stars(source: str, name: str) -> str:
    """Return *source*, in which no `/**/` is, with all stars but the last of each name tried once."""
    pieces = _STAR.split(source)
    for at in range(1, len(pieces) - 2, 2):
        star, between = pieces[at], pieces[at + 1]
        if "/" not in _CLASS.sub("", between):
            pieces[at], pieces[at + 1] = _once(f"{star}?{between}", f"star{name}_{at}"), ""
    return "".join(pieces)


def _once(source: str, name: str) -> str:
    # As `(?>…)` is, from Python 3.11 on.
    return f"(?=(?P<{name}>{source}))(?P={name})"
