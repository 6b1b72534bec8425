"""Records that are not on disk: in an object store, an archive, on a web server, by an address that fsspec knows.

They are read where they are looked at, by each worker. What is around them in a repository is not: topics and
the address of the site count as a configuration names them, and pictures of the site are not looked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from feedlint.disk import TooLarge, from_disk
from feedlint.lazy import regex
from feedlint.roots import NoFile
from feedlint.typed import Any, Final, NamedTuple

_ADDRESS: Final = regex(r"[A-Za-z][A-Za-z0-9+.-]+(?:::|://)")
_EXTRA: Final = "pip install feedlint[distributed]"


class _Parts(NamedTuple):
    """The parts of an address: ``simplecache::zip://_news/a.md::s3://bucket/feed.zip``."""

    before: list[str]
    protocol: str
    name: str
    after: list[str]

    @classmethod
    def of(cls, address: str) -> _Parts:
        parts = address.split("::")
        at = next((index for index, part in enumerate(parts) if "://" in part), 0)
        protocol, _, name = parts[at].partition("://")
        return cls(parts[:at], protocol, name, parts[at + 1 :])

    def __str__(self) -> str:
        return "::".join([*self.before, f"{self.protocol}://{self.name}", *self.after])


class Address(NoFile):
    """The name of a record that is not on disk: ``s3://feed/_news/a.md``, in an archive ``feed.zip/_news/a.md``.

    ``url`` is its address as fsspec has it: ``zip://_news/a.md::feed.zip``.
    """

    url: str

    def __new__(cls, url: str) -> Address:
        """Return the name of what is at *url*."""
        parts = _Parts.of(url)
        archive = "::".join(parts.after)
        self = super().__new__(cls, f"{archive}/{parts.name}".rstrip("/") if archive else url)
        self.url = url
        return self

    def __getnewargs__(self) -> tuple[str]:
        """Go to another process by the address."""
        return (self.url,)


def is_address(path: str) -> bool:
    """Tell whether *path* is an address, and no path on disk: a drive of Windows has one letter."""
    return ":" in path and _ADDRESS.match(path) is not None


def listed(address: str) -> Iterator[tuple[Address, str]]:
    """Yield the files at and below *address*, sorted, each with its path from there: "" where it is a file itself.

    Raises OSError where there is nothing, or it cannot be listed.
    """
    parts = _Parts.of(address)
    system, top = _found(address)
    try:
        if not top.endswith("/") and system.isfile(top):
            yield Address(address), ""
            return
        names = sorted(system.find(top))
    except Exception as error:  # noqa: BLE001  # every store has errors of its own
        raise OSError(_reason(error)) from None
    if not names:
        raise OSError("no such file or folder")
    for name in names:
        below = name[len(top) :] if name.startswith(top) else name
        own = str(parts._replace(name=name.partition("://")[2] or name))
        yield Address(own), below.strip("/")


def read(path: str, limit: int) -> bytes:
    """Return the content of the record at *path*, an :class:`Address` or a path on disk, which may have *limit* bytes.

    Raises :class:`~feedlint.disk.TooLarge` where it has more, and OSError where it cannot be read.
    """
    if not isinstance(path, Address):
        return from_disk(path, limit)
    system, name = _found(path.url)
    try:
        with system.open(name, "rb") as file:
            content: bytes = file.read(limit + 1)
    except Exception as error:  # noqa: BLE001  # every store has errors of its own
        raise OSError(_reason(error)) from None
    if len(content) > limit:
        raise TooLarge(limit)
    return content


def _found(address: str) -> tuple[Any, str]:
    """Return what reads *address*, and what that calls it. Raises OSError."""
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise OSError(f"fsspec is not installed: {_EXTRA}") from None
    parts = _Parts.of(address)
    try:
        return (_archive(str(parts._replace(name=""))), parts.name) if parts.after else url_to_fs(address)
    except Exception as error:  # noqa: BLE001  # an unknown protocol, a library that is missing, a lost connection
        raise OSError(_reason(error)) from None


@lru_cache(maxsize=64)
def _archive(address: str) -> Any:
    """Return what reads the archive at *address*; fsspec would list what is in it for each file anew."""
    from fsspec.core import url_to_fs

    return url_to_fs(address)[0]


def _reason(error: Exception) -> str:
    """Return what *error* says, on one line."""
    if isinstance(error, FileNotFoundError):
        return "no such file or folder"
    said = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return " ".join(said.split()) or type(error).__name__
