"""Images that are in order at a glance, as nearly all are: what the image rules ask before they look at any."""

from __future__ import annotations

from functools import lru_cache

from feedlint import urls
from feedlint.lazy import regex
from feedlint.pictures import Picture
from feedlint.record import Record
from feedlint.repository import Repository
from feedlint.rules.im.hints import MAX_SIDE, fits, hint
from feedlint.rules.im.sizes import FOLDER, SMALL, is_too_long

_SIDE = regex("[1-9][0-9]{0,4}")
_SUFFIX = regex("[A-Za-z]{3,4}")


def usual(record: Record) -> bool:
    """Tell whether no rule about images has anything to say of those of *record*."""
    return record.once(usual, _usual)


def _usual(record: Record) -> bool:
    images = record.fields("image")
    if not images:
        return True
    addresses, domains = record.fields("image-url"), record.fields("provider-domain")
    widths, heights = record.fields("image-width"), record.fields("image-height")
    if not len(images) == len(addresses) == len(widths) == len(heights):
        return False
    domain = None
    if record.fields("provider"):
        domain = domains[0].value if len(domains) == 1 else ""
    for image, url, width, height in zip(images, addresses, widths, heights, strict=True):
        if not (
            url.parent is width.parent is height.parent is image
            and url.tag == "str"
            and width.tag == height.tag == "int"
            and _is_sound(record.repository, url.value, width.value, height.value, domain)
        ):
            return False
    return True


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
