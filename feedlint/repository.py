"""What a rule may know of the repository around a record: its schemas, topics, pictures, line endings, its own address.

Everything is read when first asked for, and kept.
"""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Collection
from functools import cached_property

from feedlint.catalogue import DEFAULT, Catalogue, load, shipped
from feedlint.disk import SMALL, Warn, pass_over, read_all, unheard
from feedlint.lazy import regex
from feedlint.pictures import Picture, picture_size
from feedlint.quick import datetime, suppress, timezone
from feedlint.roots import CONFIG_NAMES, folder_of, place
from feedlint.schema import Schema
from feedlint.source.front import glimpsed
from feedlint.source.text import DATA_SUFFIXES
from feedlint.tree import Disk, StrPath, Tree, composed
from feedlint.typed import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from feedlint.source import Document

MARKDOWN: Final = (".md", ".markdown", ".mkd", ".mkdn", ".mkdown")
"""What Jekyll takes for Markdown (its default ``markdown_ext``)."""
# What often changes beside the records and is no picture: a record that names one is as wrong before as it is after.
_NO_PICTURES: Final = (
    *(".css", ".scss", ".sass", ".less", ".js", ".mjs", ".ts", ".json", ".html", ".liquid", ".xml", ".csv", ".txt"),
    *(".py", ".rb", ".sh", ".toml", ".lock", ".gitignore", ".gitattributes"),
)
_SITE = regex(r"(?i:https?)://([^/?#]*)(?=[/?#]|\Z)")
_LFS = b"version https://git-lfs.github.com/spec/"


class Repository:
    """The feed repository that a file belongs to.

    *root* is the folder of the site's configuration, or of the git repository, or None for a text without a
    place. *today* is the time against which dates are judged (UTC). *schemas* are those of the run. *site_url* and
    *taxonomy* say what the repository itself does not: where it is published, and the names of its topics. Its
    configuration, topics and pictures are those in *tree*, by default on disk. *warn* is told of a configuration that
    cannot be read.

    ``lasts`` becomes False where something was judged by a day that is still to come: that will be judged otherwise.
    """

    def __init__(
        self,
        root: StrPath | None,
        today: datetime | None = None,
        schemas: Catalogue | None = None,
        site_url: str | None = None,
        taxonomy: frozenset[str] | None = None,
        tree: Tree | None = None,
        warn: Warn = unheard,
    ) -> None:
        self.root = root
        self.today = today or datetime.now(timezone.utc)
        self.lasts = True
        self.schemas = schemas or shipped()
        self._site_url = site_url
        self._taxonomy = taxonomy
        self._warn = warn
        self.tree = tree or (Disk(root) if root is not None else None)
        self._pictures: dict[str, tuple[int, int] | Picture] = {}
        self._newlines: dict[str, str | None] = {}

    @cached_property
    def _config(self) -> dict[str, object]:
        for name in CONFIG_NAMES:
            try:
                content = self._read(name)
            except OSError as error:
                pass_over(os.path.join(self.root or "", name), error, self._warn)
                continue
            data = glimpsed(content, name) or _config_in(content)
            if isinstance(data, dict):
                return data
        return {}

    def _read(self, path: str) -> bytes:
        """Return the content of the file at *path*. Raises OSError where it cannot be had."""
        file = self.tree.open(path) if self.tree is not None else None
        if file is None:
            raise OSError
        with file:
            return read_all(file, SMALL)

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
        for folder, key in self._topic_folders.items():
            for name in sorted(self._names(folder)):
                if not name.lower().endswith((*DATA_SUFFIXES, *MARKDOWN)) or name[0] == "." or is_readme(name):
                    continue
                topic = self._topic(f"{folder}/{name}", key)
                if topic is None:
                    return None
                found.add(topic)
        return frozenset(found) or None

    @cached_property
    def _topic_folders(self) -> dict[str, str]:
        """The folders of the topics, each with the name of the field that has the topic's."""
        return {
            folder: schema.keys["topic-name"]
            for schema in self.schemas.with_role("topic-name")
            for folder in self.schemas.folders_of(schema)
        }

    def may_look_at(self, path: str) -> bool:
        """Tell whether what is said of a record may depend on the file at *path*, from the root, and not be in it.

        It is a site's configuration, in the folder of the topics, or perhaps a picture.
        """
        if path in CONFIG_NAMES or posixpath.dirname(path) in self._topic_folders:
            return True
        return not path.lower().endswith((*MARKDOWN, *DATA_SUFFIXES, *_NO_PICTURES))

    def _topic(self, path: str, key: str) -> str | None:
        with suppress(OSError):
            content = self._read(path)
            data = glimpsed(content, path)
            if not data:
                from feedlint.source import parse

                data = parse(content, path).data
            name = data.get(key) if isinstance(data, dict) else None
            return name if isinstance(name, str) else None
        return None

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

    @cached_property
    def _host(self) -> str | None:
        """The host in :attr:`site_url`."""
        own = _SITE.match(self.site_url or "")
        return own[1].lower() if own is not None else None

    def local_path(self, url: str) -> str | None:
        """Return the path from the root of the picture that *url* names, or None if it is not this repository's.

        Root-relative addresses and those under :attr:`site_url`, http or https, are; query and fragment are left out.
        """
        if self.root is None or url.startswith("//"):
            return None
        site = _SITE.match(url)
        if site is not None and site[1].lower() != self._host:
            return None
        base = self._base.strip("/")
        base = f"/{base}/" if base else "/"
        path = url[site.end() :] if site is not None else url
        if path.startswith(base):
            path = path[len(base) :]
        elif site is not None or not path.startswith("/"):
            return None
        path = re.split("[?#]", path)[0]
        if "%" in path:
            from urllib.parse import unquote

            path = unquote(path)
        return posixpath.normpath("/" + path).lstrip("/")

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
        if self.tree is None:
            return Picture.UNKNOWN
        if self.spelling(path) != path:
            top = path.split("/")[0]
            return Picture.MISSING if self._config and self.spelling(top) is not None else Picture.UNKNOWN
        try:
            file = self.tree.open(path)
            if file is None:
                return Picture.UNKNOWN
            with file:
                if file.read(len(_LFS)) == _LFS or path.lower().endswith((".svg", ".svgz")):
                    return Picture.UNKNOWN
                file.seek(0)
                return picture_size(file) or Picture.UNREADABLE
        except FileNotFoundError:
            return Picture.MISSING
        except (OSError, ValueError):
            return Picture.UNREADABLE

    def spelling(self, path: str) -> str | None:
        """Return the file or folder at *path* as its name is written, which may differ in case, or None."""
        found: list[str] = []
        for name in path.split("/"):
            alike = self.tree.alike("/".join(found), name) if self.tree is not None else ()
            if not alike:
                return None
            name = composed(name)
            found.append(name if name in alike else min(alike))
        return "/".join(found)

    def _names(self, folder: str) -> frozenset[str]:
        """Return the names in *folder*, from the root; none where it leads out of the repository."""
        names = self.tree.names(folder) if self.tree is not None else ()
        return frozenset(composed(name) for name in names)

    def newline_of(self, path: str) -> str | None:
        """Return the line ending of most Markdown files in the folder of *path*, or None where they are even.

        Judged by the first line of each, of many over 100 to 199 spread evenly over the folder.
        """
        if self.root is None:
            return None
        folder = folder_of(path)
        if folder not in self._newlines:
            where = os.path.dirname(path) or os.curdir
            self._newlines[folder] = self.tree.newline(where, MARKDOWN) if self.tree is not None else None
        return self._newlines[folder]


def _config_in(content: bytes) -> object:
    """Return the data of a configuration with this *content*, None where it cannot be read."""
    from feedlint.source import nodes
    from feedlint.source.data import to_data
    from feedlint.source.events import Unreadable

    with suppress(UnicodeDecodeError, Unreadable):
        text = content.decode("utf-8-sig")
        return to_data(nodes.read(text, 0, len(text)).nodes)
    return None


def is_readme(path: str) -> bool:
    """Tell whether *path* is a README, which describes a folder and is never a record."""
    return os.path.basename(path).lower().partition(".")[0] == "readme"
