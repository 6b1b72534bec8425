"""Addresses in which no rule of this family finds anything, told by their form, as nearly all are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from feedlint import urls
from feedlint.lazy import regex
from feedlint.record import Record
from feedlint.rules.ur.fields import AMP, CDN
from feedlint.rules.ur.sites import are_related, host_of
from feedlint.rules.ur.tracking import tracks
from feedlint.source import Node
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
_STORY: Final = rf"https://{_PUBLISHER}{_TOP}(?:/[^\0- #&?\\\x7f]*(?:\?{_PARAMETER}(?:&{_PARAMETER})*)?)?"
_OTHER: Final = rf"(?:https://{_ANY}{_TOP}(?![^/?#\n])|/(?!/))[^\0- ;\\\x7f]*"
_BORING = regex(rf"(?:{_STORY}\n)*\n(?:{_OTHER}\n)*", re.ASCII)
_NAMED = regex(r"[?&]([\w.-]+)", re.ASCII)


def boring(record: Record) -> bool:
    """Tell whether the rules need not look: plain are all addresses, and usual is what they have to do with each other.

    That is: the AMP cache URL has the form that most have, and its page is at the site of the story.
    """
    return record.once(_is_boring, _is_boring)


def _is_boring(record: Record) -> bool:
    pages, caches = record.texts(AMP), record.texts(CDN)
    stories = [*record.texts("original-url"), *record.texts("web-url"), *pages]
    others = [*record.texts("image-url"), *record.texts("link")]
    lines = "\n".join([node.value for node in stories] + [""] + [node.value for node in others] + [""])
    lower = lines.lower()
    return (
        lines.count("\n") == len(stories) + len(others) + 1  # there is none in an address
        and lines.isascii()
        and _BORING.fullmatch(lower) is not None
        and not any(map(tracks, _NAMED.findall(lower.partition("\n\n")[0])))
        and (not (pages or caches) or _is_pair_usual(record, pages, caches))
    )


def _is_pair_usual(record: Record, pages: Sequence[Node], caches: Sequence[Node]) -> bool:
    """Tell whether *record* has one boring AMP page, of its site, and the cache URL that is usual for it."""
    if pages != [record.field(AMP)] or caches != [record.field(CDN)]:
        return False
    page, cached = pages[0].value, caches[0].value
    host = host_of(page)
    label = host.replace("-", "--").replace(".", "-")
    site = record.field("web-url") or record.field("original-url")
    return (
        cached == f"https://{label}.cdn.ampproject.org/c/s/{page[8:]}"
        and len(label) <= _MAX_LABEL
        and label[2:4] != "--"  # reserved: amp.py knows what is written then
        and (site is None or _is_page_usual(page, host, site.value))
    )


def _is_page_usual(page: str, host: str, site: str) -> bool:
    """Tell whether the AMP *page* at *host* is another one of the same *site*, by the boring addresses alone."""
    return are_related(host, host_of(site)) and _form(page) != _form(site)


def _form(url: str) -> str:
    return url.lower().replace("/?", "?").rstrip("/")
