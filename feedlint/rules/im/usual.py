"""Images that are in order at a glance, as nearly all are: what the image rules ask before they look at any."""

from __future__ import annotations

from functools import lru_cache

from feedlint import urls
from feedlint.brief import Brief
from feedlint.lazy import regex
from feedlint.pictures import Picture
from feedlint.repository import Repository
from feedlint.rules.im.hints import MAX_SIDE, fits, hint
from feedlint.rules.im.sizes import FOLDER, SMALL, is_too_long

_SIDE = regex("[1-9][0-9]{0,4}")
_SUFFIX = regex("[A-Za-z]{3,4}")


def usual(record: Brief) -> bool:
    """Tell whether no rule about images has anything to say of those of *record*."""
    images = record.outline.images
    if images is None:
        return False
    domain = None
    if record.outline.has_provider:
        domains = record.all(("provider-domain",))
        domain = domains[0] if len(domains) == 1 else ""
    says, repository = record.says, record.repository
    return all([_is_sound(repository, says[url], says[width], says[height], domain) for url, width, height in images])


def _is_sound(repository: Repository, url: str, width: str, height: str, domain: str | None) -> bool:
    """Tell whether an image is as each rule wants it, in a record with a provider of *domain*; None: without one."""
    look = _known if FOLDER in url else _look  # the picture of a story is there once
    return look(repository, url, width, height, domain)


def _look(repository: Repository, url: str, width: str, height: str, domain: str | None) -> bool:
    size = _size(width, height)
    if size is None or urls.clean(url, rooted=True) != url or not fits(size, hint(url)):
        return False
    if FOLDER in url and domain is not None and not _is_own(url.partition(FOLDER)[2], domain):
        return False
    path = repository.local_path(url)
    return path is None or repository.picture(path) in (size, Picture.UNKNOWN)


@lru_cache(maxsize=1024)  # pictures have the same few sizes
def _size(width: str, height: str) -> tuple[int, int] | None:
    """Return the size that is written so; None where it is none that a picture may have."""
    if not (_SIDE.fullmatch(width) and _SIDE.fullmatch(height)):
        return None
    size = int(width), int(height)
    return None if max(size) > MAX_SIDE or is_too_long(*size) else size


_known = lru_cache(maxsize=4096)(_look)  # records have the pictures of the same publishers


def _is_own(name: str, domain: str) -> bool:
    """Tell whether *name* is that of the small picture of *domain*."""
    own = f"{domain}-{SMALL}."
    return bool(domain) and name.startswith(own) and _SUFFIX.fullmatch(name, len(own)) is not None
