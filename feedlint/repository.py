"""What a rule may know of the repository around a record: its schemas, topics, pictures, line endings, its own address.

Everything is read when first asked for, and kept.
"""

from __future__ import annotations

import os
import posixpath
import re
import unicodedata
from collections.abc import Collection, Sequence
from datetime import datetime, timezone
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Final

from feedlint.catalogue import DEFAULT, Catalogue, load, shipped
from feedlint.disk import SMALL, from_disk
from feedlint.pictures import Picture, picture_size
from feedlint.schema import Schema
from feedlint.source import Document, parse
from feedlint.source.document import DATA_SUFFIXES

MARKDOWN: Final = (".md", ".markdown", ".mkd", ".mkdn", ".mkdown")
"""What Jekyll takes for Markdown (its default ``markdown_ext``)."""
_CONFIG_NAMES = ("_config.yml", "_config.yaml")
# Enough siblings to know the habit of a folder of thousands without reading all of it.
_SAMPLE = 400
_SITE = re.compile(r"https?://([^/?#]*)(?=[/?#]|\Z)", re.IGNORECASE)
_LFS = b"version https://git-lfs.github.com/spec/"


class Repository:
    """The feed repository that a file belongs to.

    *root* is the folder of the site's configuration, or of the git repository, or None for a text without a
    place. *today* is the time against which dates are judged (UTC). *schemas* are those of the run. *site_url* and
    *taxonomy* say what the repository itself does not: where it is published, and the names of its topics.
    """

    def __init__(
        self,
        root: Path | None,
        today: datetime | None = None,
        schemas: Catalogue | None = None,
        site_url: str | None = None,
        taxonomy: frozenset[str] | None = None,
    ) -> None:
        self.root = root
        self.today = today or datetime.now(timezone.utc)
        self.schemas = schemas or shipped()
        self._site_url = site_url
        self._taxonomy = taxonomy
        self._pictures: dict[str, tuple[int, int] | Picture] = {}
        self._folders: dict[str, frozenset[str]] = {}
        self._newlines: dict[Path, str | None] = {}

    @cached_property
    def _config(self) -> dict[str, object]:
        from feedlint.source import nodes
        from feedlint.source.data import to_data
        from feedlint.source.events import Unreadable

        for name in _CONFIG_NAMES:
            try:
                text = from_disk(str(self.root / name), SMALL).decode("utf-8-sig") if self.root else ""
                data = to_data(nodes.read(text, 0, len(text)).nodes)
            except (OSError, UnicodeDecodeError, Unreadable):
                continue
            if isinstance(data, dict):
                return data
        return {}

    def schema_of(self, document: Document) -> Schema | None:
        """Return the schema that covers *document*, or None where there is none for its collection."""
        return self.schemas.covering(place(document.path), document.data)

    def fields_of(self, document: Document) -> Collection[str]:
        """Return the names of the fields that a record in the place of *document* may have."""
        return (self.schema_of(document) or load(DEFAULT)).shape.properties

    @cached_property
    def topics(self) -> frozenset[str] | None:
        """The names of all topics, or None where the repository has no taxonomy, or not all of it can be read.

        They are in the folders that the schema with the role ``topic-name`` covers: ``_data/topics``.
        """
        if self._taxonomy is not None:
            return self._taxonomy
        if self.root is None:
            return None
        found: set[str] = set()
        for schema in self.schemas.with_role("topic-name"):
            for folder in self.schemas.folders_of(schema):
                for name in sorted(self._names(folder)):
                    if not name.lower().endswith((*DATA_SUFFIXES, *MARKDOWN)) or name[0] == "." or is_readme(name):
                        continue
                    topic = self._topic(f"{folder}/{name}", schema.keys["topic-name"])
                    if topic is None:
                        return None
                    found.add(topic)
        return frozenset(found) or None

    def _topic(self, path: str, key: str) -> str | None:
        assert self.root is not None  # asked by its caller
        try:
            data = parse(from_disk(str(self.root / path), SMALL), path).data
        except OSError:
            return None
        name = data.get(key) if isinstance(data, dict) else None
        return name if isinstance(name, str) else None

    @cached_property
    def _base(self) -> str:
        """The path that the addresses of the site begin with."""
        if self._site_url is not None:
            return "/".join(self._site_url.split("/")[3:])
        base = self._config.get("baseurl")
        return base if isinstance(base, str) else ""

    @cached_property
    def site_url(self) -> str | None:
        """The address the site is published at (``url`` and ``baseurl`` of ``_config.yml``), without final "/"."""
        if self._site_url is not None:
            return self._site_url.rstrip("/")
        url, base = self._config.get("url"), self._base
        if not isinstance(url, str) or not url.startswith(("http://", "https://")):
            return None
        return url.rstrip("/") + (f"/{base.strip('/')}" if base.strip("/") else "")

    def local_path(self, url: str) -> str | None:
        """Return the path from the root of the picture that *url* names, or None if it is not this repository's.

        Root-relative addresses and those under :attr:`site_url`, http or https, are; query and fragment are left out.
        """
        from urllib.parse import unquote

        if self.root is None or url.startswith("//"):
            return None
        base = self._base.strip("/")
        base = f"/{base}/" if base else "/"
        site, own = _SITE.match(url), _SITE.match(self.site_url or "")
        if site is not None and (own is None or own[1].lower() != site[1].lower()):
            return None
        path = url[site.end() :] if site is not None else url
        if path.startswith(base):
            path = path[len(base) :]
        elif site is not None or not path.startswith("/"):
            return None
        return posixpath.normpath("/" + unquote(re.split("[?#]", path)[0])).lstrip("/")

    def picture(self, path: str) -> tuple[int, int] | Picture:
        """Return width and height in pixels of the picture at *path*, from the root, or why there is no size.

        A path that leads out of the repository is missing, wherever it points, and so is one that differs from the
        file's in case: the site is served by a machine that knows the difference. Nothing is missing where the site's
        root is not certain, or has no such folder: its pictures may be kept elsewhere.
        """
        if path not in self._pictures:
            self._pictures[path] = self._measure(path)
        return self._pictures[path]

    def _measure(self, path: str) -> tuple[int, int] | Picture:
        if self.root is None:
            return Picture.UNKNOWN
        if self.spelling(path) != path:
            top = path.split("/")[0]
            return Picture.MISSING if self._config and self.spelling(top) is not None else Picture.UNKNOWN
        try:
            file = (self.root / path).resolve()
            if not file.is_relative_to(self.root.resolve()) or not file.is_file():
                return Picture.MISSING
            with file.open("rb") as stream:
                start = stream.read(len(_LFS))
        except (OSError, ValueError):
            return Picture.UNREADABLE
        if start == _LFS or file.suffix.lower() in (".svg", ".svgz"):
            return Picture.UNKNOWN
        return picture_size(file) or Picture.UNREADABLE

    def spelling(self, path: str) -> str | None:
        """Return the file or folder at *path* as its name is written, which may differ in case, or None."""
        found: list[str] = []
        for name in path.split("/"):
            names = self._names("/".join(found))
            name = unicodedata.normalize("NFC", name)
            if name not in names:
                alike = [other for other in names if other.casefold() == name.casefold()]
                if not alike:
                    return None
                name = min(alike)
            found.append(name)
        return "/".join(found)

    def _names(self, folder: str) -> frozenset[str]:
        if folder not in self._folders:
            try:
                names = os.listdir(self.root / folder) if self.root is not None else []
            except (OSError, ValueError):
                names = []
            self._folders[folder] = frozenset(unicodedata.normalize("NFC", name) for name in names)
        return self._folders[folder]

    def newline_of(self, path: str) -> str | None:
        """Return the line ending of most Markdown files in the folder of *path*, or None where they are even.

        Judged by the first line of each, over at most 400 files spread evenly over the folder.
        """
        if self.root is None:
            return None
        folder = Path(path).parent
        if folder not in self._newlines:
            self._newlines[folder] = _usual_newline(folder)
        return self._newlines[folder]


def _usual_newline(folder: Path) -> str | None:
    try:
        found = sorted(e.path for e in os.scandir(folder) if e.name.endswith(MARKDOWN) and e.is_file())
    except OSError:
        return None
    crlf = lf = 0
    for path in found[:: max(1, len(found) // _SAMPLE)]:
        try:
            with open(path, "rb") as file:
                first = file.readline(4096)
        except OSError:
            continue
        crlf += first.endswith(b"\r\n")
        lf += first.endswith(b"\n") and not first.endswith(b"\r\n")
    return None if crlf == lf else "\r\n" if crlf > lf else "\n"


@lru_cache(maxsize=4096)
def root_of(folder: str) -> Path | None:
    """Return the nearest folder, from *folder* (absolute) up, that holds a site's configuration or a git repository."""
    while not any(os.path.exists(os.path.join(folder, name)) for name in (*_CONFIG_NAMES, ".git")):
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above
    return Path(folder)


def git_root_of(folder: str) -> str | None:
    """Return the nearest folder, from *folder* (absolute) up, that has a ``.git`` in it; a worktree has a file there.

    It is found by looking, not by asking git, which refuses to tell in a folder that another user owns.
    """
    while not os.path.exists(os.path.join(folder, ".git")):
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above
    return folder


def is_all_in(path: str, folders: Sequence[str]) -> bool:
    """Tell whether all of the repository that the file at *path* is in lies in one of *folders*."""
    root = None if path.startswith("<") or not folders else root_of(os.path.dirname(os.path.abspath(path)))
    return root is not None and any(root.is_relative_to(os.path.abspath(folder)) for folder in folders)


def is_readme(path: str) -> bool:
    """Tell whether *path* is a README, which describes a folder and is never a record."""
    return os.path.basename(path).lower().partition(".")[0] == "readme"


def place(path: str) -> str:
    """Return *path* as seen from the root of its repository, with "/"; as it is given where there is none.

    A name like ``<stdin>`` is in none, wherever the program runs.
    """
    return path if path.startswith("<") else _place(os.path.abspath(path), path)


@lru_cache(maxsize=64)  # several rules ask for the file at hand
def _place(absolute: str, path: str) -> str:
    root = root_of(os.path.dirname(absolute))
    return Path(os.path.relpath(absolute, root) if root else path).as_posix()
