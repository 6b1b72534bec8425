"""Which files are in scope: what is named, the Markdown of collections, and what looks like a record elsewhere."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from feedlint.catalogue import NOT_COLLECTIONS, Catalogue
from feedlint.config import Configurations
from feedlint.disk import Warn, names_in, opened, unheard
from feedlint.lazy import regex
from feedlint.remote import Address, is_address, listed
from feedlint.repository import MARKDOWN, is_readme
from feedlint.roots import place
from feedlint.source.text import DATA_SUFFIXES
from feedlint.tree import Disk, Tree
from feedlint.typed import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from feedlint.ignored import Ignored

_SUFFIXES: Final = (*MARKDOWN, *DATA_SUFFIXES)
_SKIPPED_FOLDERS: Final = NOT_COLLECTIONS | {"node_modules", "vendor"}

# Fields that only feed records have; a page's "title" or a post's "date" say nothing.
_RECORD_KEY = regex(
    rb"(?m)^\W{0,8}(?:category:[ \t]*[\"']?news\b|(?:originalUrl|webUrl|ampWebUrl|cdnAmpWebUrl|publishedDateTime"
    rb"|featuredContent|secured|provider|excerpt)[\"']?[ \t]*:)"
)
_OTHER_TEXT = regex(rb"(?m)^(?:#{1,6}[ \t]|<(?!!--)|[-*+>][ \t]+\w|\w[^:\r\n]*$|[A-Z][^:\r\n]*[.,] )")
# How much of a file must show that it is a record: real ones name three such fields in their first 700 bytes.
_HEAD: Final = 4096
# Folders in folders: real feeds have five, and Python does not go on below a thousand.
_DEEPEST: Final = 200
_NEEDED_KEYS: Final = 2

Names = Callable[[str], Sequence[str]]
"""Returns the names of what is in a folder, sorted, those of folders with "/". Raises OSError."""


class Selection(NamedTuple):
    """A part of a feed: the files to look at, the *others* that have not changed, and those *deleted*.

    *moved* leads from those of *paths* that were elsewhere to where they were; to None where they were no part of the
    feed there: a draft, say.
    """

    paths: Sequence[str]
    others: Sequence[str] = ()
    deleted: Sequence[str] = ()
    moved: Mapping[str, str | None] = MappingProxyType({})

    def then(self, path: str) -> str | None:
        """Return where the file was that is now at *path*, one of *paths*; None if it was no part of the feed."""
        return self.moved.get(path, path)


class NotThere(Exception):
    """A path on the command line that does not exist, or a folder that cannot be listed; and why."""


def in_scope(
    paths: Sequence[str],
    configs: Configurations | None = None,
    tree: Callable[[str], Tree] = Disk,
    warn: Warn = unheard,
    names: Names = names_in,
) -> list[str]:
    """Return the files that *paths* bring into scope, with "/": sorted within each path, each file once.

    A file is in scope when it is named. In a folder those are the Markdown files of its collections (``_name/``),
    the YAML files among its data that a schema covers, what the configuration includes, and elsewhere Markdown files
    that are records or look like damaged ones; a README, what ``.gitignore`` names, and what is hidden never are, and
    nothing that the configuration excludes (:func:`excluded` tells which of *paths*). *configs* are the configurations
    to go by, none by default; *tree* has the ``.gitignore`` below a folder, by default on disk; *warn* is told of one
    that cannot be read. *names* lists a folder, as :func:`~feedlint.disk.names_in`. Raises :class:`NotThere`.
    """
    configs = configs or Configurations(isolated=True)
    passed_over = excluded(paths, configs)
    there = [path for path in paths if path not in passed_over or not os.path.lexists(path)]
    parts = [_named(path, configs, tree, warn, names) for path in there]
    found = [
        file.replace(os.sep, "/") if os.sep != "/" and not is_address(file) else file for part in parts for file in part
    ]
    if len(parts) < 2:  # a folder has each file once
        return found
    once: dict[str, str] = {}
    for file in found:
        once.setdefault(file if is_address(file) else os.path.abspath(file), file)
    return list(once.values())


def _named(path: str, configs: Configurations, tree: Callable[[str], Tree], warn: Warn, names: Names) -> list[str]:
    """Return the files that *path* brings into scope. Raises :class:`NotThere`."""
    if is_address(path):
        return list(_at_address(path, configs))
    if os.path.isdir(path):
        from feedlint.ignored import Ignored

        return _in_folder(path, configs, Ignored(path, tree, _SUFFIXES, warn), names)
    if os.path.lexists(path):
        return [os.path.normpath(path)]
    raise NotThere(f"{path}: no such file or folder")


def excluded(paths: Sequence[str], configs: Configurations) -> dict[str, str]:
    """Return those of *paths* that the configuration excludes, each with the configuration's name.

    That is the one which holds for a file, or for what is in a folder: where it begins there, it excludes none of it.
    """
    found = {}
    for path in paths:
        if is_address(path):
            continue
        is_folder = os.path.isdir(path)
        configuration = configs.within(path) if is_folder else configs.of(path)
        exclude = configuration.exclude
        above = _above(path) if exclude else ()
        # A walk does not come to what is in an excluded folder, whatever is said of that.
        if exclude.match(path, folder=is_folder) or any(exclude.match(each, folder=True) for each in above):
            found[path] = configuration.name
    return found


def _above(path: str) -> Iterator[str]:
    """Yield the folders that *path* is in, the nearest first."""
    at = os.path.abspath(path)
    while os.path.dirname(at) != at:
        at = os.path.dirname(at)
        yield at


def looks_like_record(head: bytes) -> bool:
    """Tell from the first bytes of a file whether it is, or was meant to be, a record."""
    if head.count(b":") < _NEEDED_KEYS:
        return False
    keys = {match[0].strip(b"\xef\xbb\xbf \t-#\"'").partition(b":")[0]: match.start() for match in
            _RECORD_KEY.finditer(head)}  # fmt: skip
    if len(keys) < _NEEDED_KEYS:
        return False
    prose = _OTHER_TEXT.search(head)
    return prose is None or prose.start() > min(keys.values())


def would_be_found(
    paths: Iterable[str],
    folder: str,
    content: Callable[[str], bytes],
    configs: Configurations,
    tree: Callable[[str], Tree] = Disk,
) -> list[str]:
    """Return those of *paths* that :func:`in_scope` would find in *folder* if they were there.

    *content* is asked for what a file would hold, where its name does not tell.
    """
    from feedlint.ignored import Ignored

    ignored = Ignored(folder, tree, _SUFFIXES)

    def is_left_out(path: str, *, folder: bool = False) -> bool:
        return ignored.matches(path, folder=folder) or configs.excludes(path, folder=folder)

    def is_found(path: str) -> bool:
        *folders, name = os.path.relpath(path, folder).split(os.sep)
        if any(each.startswith(".") for each in folders) or not _is_named_as_record(name):
            return False
        above = [os.path.join(folder, *folders[:depth]) for depth in range(1, len(folders) + 1)]
        if any(is_left_out(each, folder=True) for each in above) or is_left_out(path):
            return False
        is_skipped = not _SKIPPED_FOLDERS.isdisjoint(folders)
        return _is_record(path, configs, lambda: content(path)[:_HEAD], is_skipped=is_skipped)

    return list(filter(is_found, paths))


def _at_address(address: str, configs: Configurations) -> Iterator[Address]:
    """Yield what is in scope at *address* and below: as in a folder, but by names alone. Raises :class:`NotThere`."""
    try:
        for file, below in listed(address):
            *folders, name = below.split("/")
            is_hidden = any(each.startswith(".") or each in _SKIPPED_FOLDERS for each in folders)
            if not below or (
                not is_hidden and _is_named_as_record(name) and _is_record(file, configs, bytes, is_skipped=False)
            ):
                yield file
    except OSError as error:
        raise NotThere(f"{address}: {error}") from None


def _in_folder(
    folder: str, configs: Configurations, ignored: Ignored, names: Names, *, is_skipped: bool = False
) -> list[str]:
    """Return the files in *folder* and below that are in scope; with *is_skipped* only a configuration brings them in.

    Raises :class:`NotThere`.
    """
    if folder.count(os.sep) > _DEEPEST:
        raise NotThere(f"{folder[:80]}: folders are nested too deeply")
    try:
        entries = names(folder)
    except OSError as error:
        raise NotThere(f"{folder}: {error.strerror}") from None
    here = _Here(folder, configs, ignored, is_skipped=is_skipped)
    above = "" if folder == "." else os.path.join(folder, "")
    found: list[str] = []
    for name in entries:
        path = above + name
        if name[-1] != "/":
            if _is_named_as_record(name) and here.has(path):
                found.append(path)
            continue
        name, path = name[:-1], path[:-1]
        skipped = is_skipped or name in _SKIPPED_FOLDERS
        if name.startswith(".") or (skipped and not _is_asked_for(path, configs)):
            continue
        if not ignored.matches(path, folder=True) and not configs.excludes(path, folder=True):
            found += _in_folder(path, configs, ignored, names, is_skipped=skipped)
    return found


class _Here:
    """Which files of one *folder*, named as records, are in scope: nearly always all, for what the folder is."""

    def __init__(self, folder: str, configs: Configurations, ignored: Ignored, *, is_skipped: bool) -> None:
        self._configs = configs
        self._ignored = ignored
        self._is_skipped = is_skipped
        configuration = configs.within(folder)
        self._by_name = bool(configuration.include or configuration.exclude or ignored.speaks_of(folder))
        self._markdown, self._data = (
            not self._by_name
            and _is_record(os.path.join(folder, f"a{suffix}"), configs, lambda: b"", is_skipped=is_skipped)
            for suffix in (MARKDOWN[0], DATA_SUFFIXES[0])
        )

    def has(self, path: str) -> bool:
        """Tell whether the file at *path* is in scope."""
        if self._markdown if path.lower().endswith(MARKDOWN) else self._data:
            return True
        if self._by_name and (self._ignored.matches(path) or self._configs.excludes(path)):
            return False
        return _is_record(path, self._configs, lambda: head_of(path), is_skipped=self._is_skipped)


def _is_record(path: str, configs: Configurations, head: Callable[[], bytes], *, is_skipped: bool) -> bool:
    """Tell whether the file at *path* is in scope, once nothing leaves it out; *head* gives its first bytes."""
    if configs.of(path).include.match(path):
        return True
    catalogue = configs.catalogue_of(path)
    if is_skipped and not _is_placed(path, catalogue):
        return False
    if path.lower().endswith(MARKDOWN):
        return catalogue.collection_of(place(path)) is not None or looks_like_record(head())
    return catalogue.is_data(place(path))


def _is_placed(path: str, catalogue: Catalogue) -> bool:
    """Tell whether the file at *path*, in a folder that is passed over, is in a collection that names that folder."""
    collection = catalogue.collection_of(place(path))
    names = collection.split("/") if collection is not None and catalogue.is_placed(collection) else ()
    return not _SKIPPED_FOLDERS.isdisjoint(names)


def _is_asked_for(folder: str, configs: Configurations) -> bool:
    """Tell whether a configuration may bring in files of *folder*, which is passed over by itself."""
    names = place(folder).split("/")
    return bool(configs.of(folder).include) or any(map(configs.catalogue_of(folder).places_in, names))


def _is_named_as_record(name: str) -> bool:
    # What begins with a dot is what editors and systems keep beside a file.
    lower = name.lower()
    return not (lower[:1] == "." or not lower.endswith(_SUFFIXES) or (lower.startswith("readme") and is_readme(name)))


def head_of(path: str) -> bytes:
    """Return the first bytes of the file at *path*, for :func:`looks_like_record`; none of what is not to be read."""
    try:
        with opened(path, own=True) as file:
            return file.read(_HEAD)
    except OSError:
        return b""
