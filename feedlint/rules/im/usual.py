"""Images that are in order at a glance, as nearly all are: what the image rules ask before they look at any."""

from __future__ import annotations

import re
from functools import lru_cache

from feedlint import urls
from feedlint.pictures import Picture
from feedlint.record import Record
from feedlint.repository import Repository
from feedlint.rules.im.hints import MAX_SIDE, fits, hint
from feedlint.rules.im.sizes import FOLDER, SMALL, is_too_long

_SIDE = re.compile("[1-9][0-9]{0,4}")
_SUFFIX = re.compile("[A-Za-z]{3,4}")


def usual(record: Record) -> bool:
    """Tell whether no rule about images has anything to say of those of *record*."""
    return record.once(usual, _usual)


def _usual(record: Record) -> bool:
    images, addresses = record.fields("image"), record.fields("image-url")
    widths, heights = record.fields("image-width"), record.fields("image-height")
    if not len(images) == len(addresses) == len(widths) == len(heights):
        return False
    domains = {node.value for node in record.fields("provider-domain")}
    domain = domains.pop() if len(domains) == 1 else ""
    return all(
        url.parent is width.parent is height.parent is image
        and url.tag == "str"
        and width.tag == height.tag == "int"
        and _is_sound(record.repository, url.value, width.value, height.value, domain)
        for image, url, width, height in zip(images, addresses, widths, heights, strict=True)
    )


@lru_cache(maxsize=256)  # records have the pictures of the same few providers
def _is_sound(repository: Repository, url: str, width: str, height: str, domain: str) -> bool:
    """Tell whether an image of a record with a provider of *domain* is as each rule wants it."""
    if not (urls.is_clean(url) and _SIDE.fullmatch(width) and _SIDE.fullmatch(height)):
        return False
    size = int(width), int(height)
    if max(size) > MAX_SIDE or is_too_long(*size) or not fits(size, hint(url)):
        return False
    if FOLDER in url and not _is_own(url.partition(FOLDER)[2], domain):
        return False
    path = repository.local_path(url)
    return path is None or repository.picture(path) in (size, Picture.UNKNOWN)


def _is_own(name: str, domain: str) -> bool:
    """Tell whether *name* is that of the small picture of *domain*."""
    own = f"{domain}-{SMALL}."
    return bool(domain) and name.startswith(own) and _SUFFIX.fullmatch(name, len(own)) is not None
