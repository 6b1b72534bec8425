"""Addresses in which no rule of this family finds anything, told by their form, as nearly all are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from feedlint import urls
from feedlint.brief import Brief
from feedlint.lazy import regex
from feedlint.rules.ur.sites import are_related, host_of
from feedlint.rules.ur.tracking import tracks
from feedlint.typed import Final

_MAX_LABEL: Final = 63
"""Characters of the longest name between two dots (RFC 1035 section 2.3.4)."""

# All of it is asked of addresses in lower case. A host of at most 5 * 41 + 24 characters is never too long.
_NAMES: Final = r"(?:(?!{0})[a-z0-9-]{{1,40}}\.){{1,5}}"
_TOP: Final = rf"(?!(?:arpa|{'|'.join(sorted(urls.PRIVATE))})(?![a-z]))[a-z]{{2,24}}"
# AMP caches and viewers (amp.py) are at these names; "xn--" is for the parser to judge.
_PUBLISHER: Final = _NAMES.format(r"xn--|(?:ampproject|bing|bing-amp|cloudflare|google)\.")
_ANY: Final = _NAMES.format("xn--")
# Visible characters without a backslash and an entity, for which "&" or ";" must be missing. A story's address has no
# fragment, and its parameters have names that are not escaped.
_PARAMETER: Final = r"[\w.-]*(?:=[^\0- #&\\\x7f]*)?"
_STORY = regex(rf"https://{_PUBLISHER}{_TOP}(?:/[^\0- #&?\\\x7f]*(?:\?{_PARAMETER}(?:&{_PARAMETER})*)?)?", re.ASCII)
_OTHER = regex(rf"(?:https://{_ANY}{_TOP}(?![^/?#\n])|/(?!/))[^\0- ;\\\x7f]*", re.ASCII)
_NAMED = regex(r"[?&]([\w.-]+)", re.ASCII)
_STORIES: Final = ("original-url", "web-url")
_OTHERS: Final = ("image-url", "link")


def boring(record: Brief) -> bool:
    """Tell whether the rules need not look: plain are all addresses, and usual is what they have to do with each other.

    That is: the AMP cache URL has the form that most have, and its page is at the site of the story.
    """
    return record.once(_is_boring)


def _is_boring(record: Brief) -> bool:
    stories, pages, caches = record.all(_STORIES), record.all(("amp-url",)), record.all(("cdn-amp-url",))
    return (
        all([_is_story(url) for url in stories])
        and all([_is_other(url) for url in record.all(_OTHERS)])
        and (not (pages or caches) or _is_pair_usual(record, pages, caches))
    )


def _is_pair_usual(record: Brief, pages: Sequence[str], caches: Sequence[str]) -> bool:
    """Tell whether *record* has one boring AMP page, of its site, and the cache URL that is usual for it."""
    page, cached = record.own("amp-url"), record.own("cdn-amp-url")
    if page is None or cached is None or pages != (page,) or caches != (cached,) or not _is_story(page):
        return False
    host = host_of(page)
    label = host.replace("-", "--").replace(".", "-")
    site = record.own("web-url") or record.own("original-url")
    return (
        cached == f"https://{label}.cdn.ampproject.org/c/s/{page[8:]}"
        and len(label) <= _MAX_LABEL
        and label[2:4] != "--"  # reserved: amp.py knows what is written then
        and (site is None or _is_page_usual(page, host, site))
    )


@lru_cache(maxsize=64)  # a story is at one address, whatever the field
def _is_story(url: str) -> bool:
    lower = url.lower()
    return (
        url.isascii()
        and _STORY.fullmatch(lower) is not None
        and not ("?" in url and any(map(tracks, _NAMED.findall(lower))))
    )


@lru_cache(maxsize=4096)  # the pictures of publishers are in all of their stories
def _is_other(url: str) -> bool:
    return url.isascii() and _OTHER.fullmatch(url.lower()) is not None


def _is_page_usual(page: str, host: str, site: str) -> bool:
    """Tell whether the AMP *page* at *host* is another one of the same *site*, by the boring addresses alone."""
    return are_related(host, host_of(site)) and _form(page) != _form(site)


def _form(url: str) -> str:
    return url.lower().replace("/?", "?").rstrip("/")
