"""What the formats for other programs share: paths from the root of the repository, fingerprints, and safe JSON."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from hashlib import sha256
from urllib.parse import quote

from feedlint.diagnostic import Diagnostic
from feedlint.identity import keys
from feedlint.roots import NoFile, git_root_of


class Root:
    """The folder that a report's paths are told from: the root of the git repository, as code hosts ask for.

    That is the repository the program runs in, or else the one that the first of *paths* is in, or else the current
    folder. ``is_repository`` tells whether there is one. *paths* are all that the report is about.
    """

    def __init__(self, paths: Iterable[str]) -> None:
        files = [path for path in paths if not isinstance(path, NoFile)]
        here = os.path.realpath(os.curdir)
        first = os.path.dirname(os.path.realpath(files[0])) if files else here
        repository = git_root_of(here) or git_root_of(first)
        self.is_repository = repository is not None
        self._folder = repository or here
        self._seen = self._links(files)

    def path(self, path: str) -> str:
        """Return *path* as seen from the root, with "/": through links where they stay inside, never absolute.

        No two files have the same: a link stays what it is where the report is about the file that it leads to, too.
        A file outside of the root begins with "../"; a name that is none of a file (``<stdin>``) stays.
        """
        if path not in self._seen:
            self._seen[path] = path if isinstance(path, NoFile) else self._from_root(path)
        return self._seen[path]

    def uri(self, path: str) -> str:
        """Return *path* as a relative URI reference; bytes of it that are no UTF-8 are percent-encoded as they are."""
        return quote(os.fsencode(self.path(path)))

    def _links(self, files: Sequence[str]) -> dict[str, str]:
        """Return those of *files* that are links to what another one is, too, as seen from the root."""
        links = list(filter(os.path.islink, files))
        seen = {}
        taken = {os.path.realpath(path) for path in set(files).difference(links)} if links else set()
        for path in links:
            target = os.path.realpath(path)
            if target in taken:
                seen[path] = _relative(os.path.abspath(path), self._folder)
            taken.add(target)
        return seen

    def _from_root(self, path: str) -> str:
        seen = _relative(os.path.realpath(path), self._folder)
        return seen if not seen.startswith("../") else _relative(os.path.abspath(path), self._folder)


def _relative(path: str, folder: str) -> str:
    try:
        return os.path.relpath(path, folder).replace(os.sep, "/")
    except ValueError:  # on another drive
        return os.path.basename(path)


def fingerprint(*parts: object) -> str:
    """Return 32 hexadecimal digits (of SHA-256) that stand for *parts*."""
    text = "\0".join(map(str, parts))
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def fingerprints(path: str, found: Sequence[Diagnostic]) -> list[str]:
    """Return a fingerprint for each of *found*, all there is in the file at *path* (from the root), in order.

    It stays when lines move and when words of a message change; no two of a run are the same.
    """
    return [fingerprint(path, *key) for key in keys(found)]


def dump(value: object, indent: int | None = None) -> str:
    """Return *value* as JSON in ASCII, which no CI system that shows it takes for a command."""
    return json.dumps(value, indent=indent, separators=(",", ": " if indent else ":")).replace("##", "#\\u0023")
