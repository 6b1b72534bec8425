"""What the URL rules share: the fields that hold addresses, and what one AMP field tells of the other."""

from __future__ import annotations

from collections.abc import Iterator

from feedlint import urls
from feedlint.record import Record
from feedlint.source import Node
from feedlint.typed import Final

AMP: Final = "amp-url"
CDN: Final = "cdn-amp-url"
_ROOTED = ("image-url", "link")


def addresses(record: Record) -> Iterator[tuple[Node, bool]]:
    """Yield the fields of *record* that hold an address, and whether it may be a path from the root of the site."""
    for role in ("original-url", "web-url", AMP, CDN, *_ROOTED):
        for node in record.texts(role):
            yield node, role in _ROOTED


def from_other(record: Record, role: str) -> str | None:
    """Return what the AMP field *role* must be for the other one of *record* to be right, or None if that is open."""
    from feedlint.rules.ur.amp import cache_url, differences, publisher_url

    other = record.field(AMP if role == CDN else CDN)
    url = urls.clean(other.value) if other is not None and other.tag == "str" else None
    if url is None:
        return None
    if role == CDN:
        found = cache_url(url)
    else:
        found = publisher_url(url)
        if found is not None and any(differences(found, url)):
            return None  # not the cache URL of any page, so the page may be another one
    return found if found is not None and urls.clean(found) == found else None
