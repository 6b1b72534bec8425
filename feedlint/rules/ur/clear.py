"""Addresses that are clear to single rules of this family: that of the provider, and that of a video."""

from __future__ import annotations

from functools import lru_cache

from feedlint.brief import Brief
from feedlint.lazy import regex
from feedlint.rules.ur.boring import boring
from feedlint.rules.ur.sites import host_of, owns
from feedlint.typed import Final

# A bare host name beyond doubt, which with at most 5 * 41 + 40 characters is never too long.
_BARE = regex(r"(?!www\.)(?:[a-z0-9-]{1,40}\.){1,5}[a-z0-9-]{2,40}")
_USUAL: Final = ("https://www.youtube.com/watch?v=", "https://youtube.com/watch?v=")
"""How the address of nearly every video begins that a feed leads to."""
_LISTS: Final = ("videoseries", "live_stream")
"""What stands in the address of a player that shows more than one video."""


def is_at_its_provider(record: Brief) -> bool:
    """Tell whether the domain is a bare host name, and that of the story's boring address or of a name above it."""
    url = _publisher_address(record)
    if url is not None and not boring(record):
        return False
    host = host_of(url) if url is not None else ""
    domains = record.all(("provider-domain",))
    return all([_is_bare(domain) and (not host or owns(domain, host)) for domain in domains])


@lru_cache(maxsize=4096)  # a feed has the stories of some publishers
def _is_bare(domain: str) -> bool:
    return _BARE.fullmatch(domain) is not None


def _publisher_address(record: Brief) -> str | None:
    """Return the address that tells the publisher of *record*: not that of a video."""
    kind = record.own("type")
    if kind is not None and is_video(kind):
        return None
    return record.own("original-url") or record.own("web-url")


def is_video(kind: str) -> bool:
    """Tell whether a record of this *kind* is a video; SC004 speaks of "Video"."""
    return kind.strip().lower() == "video"


def plays_its_video(record: Brief) -> bool:
    """Tell whether nothing is played in place, or by the usual player what the usual address leads to."""
    played = record.all(("featured-content",))
    if not played:
        return True
    url = record.own("original-url") or record.own("web-url")
    start, _, video = url.rpartition("=") if url is not None else ("", "", "")
    player = f'//www.youtube.com/embed/{video}"'
    return f"{start}=" in _USUAL and not video.startswith(_LISTS) and all(player in each for each in played)
