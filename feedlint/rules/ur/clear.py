"""Addresses that are clear to single rules of this family: that of the provider, and that of a video."""

from __future__ import annotations

from feedlint.lazy import regex
from feedlint.record import Record
from feedlint.rules.ur.boring import boring
from feedlint.rules.ur.sites import host_of, owns
from feedlint.source import Node
from feedlint.typed import Final

# A bare host name beyond doubt, which with at most 5 * 41 + 40 characters is never too long.
_BARE = regex(r"(?!www\.)(?:[a-z0-9-]{1,40}\.){1,5}[a-z0-9-]{2,40}")
_USUAL: Final = ("https://www.youtube.com/watch?v=", "https://youtube.com/watch?v=")
"""How the address of nearly every video begins that a feed leads to."""
_LISTS: Final = ("videoseries", "live_stream")
"""What stands in the address of a player that shows more than one video."""


def is_at_its_provider(record: Record) -> bool:
    """Tell whether the domain is a bare host name, and that of the story's boring address or of a name above it."""
    url = publisher_address(record)
    if url is not None and not boring(record):
        return False
    host = host_of(url.value) if url is not None else ""
    domains = [node.value for node in record.texts("provider-domain")]
    return all(_BARE.fullmatch(domain) and (not host or owns(domain, host)) for domain in domains)


def publisher_address(record: Record) -> Node | None:
    """Return where the address stands that tells the publisher of *record*: not that of a video."""
    kind = record.field("type")
    if kind is not None and kind.value.strip().lower() == "video":  # SC004 speaks of "Video"
        return None
    url = record.field("original-url") or record.field("web-url")
    return url if url is not None and url.tag == "str" else None


def plays_its_video(record: Record) -> bool:
    """Tell whether nothing is played in place, or by the usual player what the usual address leads to."""
    nodes = record.texts("featured-content")
    if not nodes:
        return True
    url = record.field("original-url") or record.field("web-url")
    start, _, video = url.value.rpartition("=") if url is not None else ("", "", "")
    player = f'//www.youtube.com/embed/{video}"'
    return f"{start}=" in _USUAL and not video.startswith(_LISTS) and all(player in node.value for node in nodes)
