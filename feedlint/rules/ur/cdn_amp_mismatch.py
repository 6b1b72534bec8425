"""UR005."""

from __future__ import annotations

from collections.abc import Iterator

from feedlint import urls
from feedlint.diagnostic import SAFE, UNSAFE, Diagnostic, Label
from feedlint.edits import fragment_span, set_value
from feedlint.record import Record, show
from feedlint.rule import Example, at
from feedlint.rules.ur.amp import Difference, differences
from feedlint.rules.ur.fields import AMP, CDN, from_other
from feedlint.rules.ur.sites import host_of, is_one_site, source
from feedlint.source import Node, Span
from feedlint.typed import Final

_PAGE = 'ampWebUrl: "https://www.example.com/ferry?amp=1"\n'
_CDN = 'cdnAmpWebUrl: "https://www-example-com.cdn.ampproject.org/c/s/www.example.com/ferry?amp=1"'
_PARTS = {"secure": "`s/`"}


EXAMPLES: Final = [
    Example(bad=_PAGE + _CDN.replace("www-", "amp-"), fixed=_PAGE + _CDN),
    Example(bad=_PAGE + _CDN.replace("/s/", "/"), fixed=_PAGE + _CDN),
    Example(bad=_PAGE + _CDN.replace("ferry", "bus"), fixed=_PAGE + _CDN),
    Example(bad=_PAGE + _CDN.replace("?amp=1", ""), fixed=_PAGE + _CDN),
    Example(bad=_PAGE + _CDN.replace(".org/", ".org.mirror.example/"), fixed=_PAGE + _CDN),
    Example(bad=_PAGE + _PAGE.replace("amp", "cdnAmp", 1), fixed=_PAGE + _CDN),
    Example(
        bad=_PAGE.replace("www.example.com", "www.example.org") + _CDN,
        fixed=(_PAGE + _CDN).replace("www.example.com", "www.example.org").replace("example-com", "example-org"),
        safety=UNSAFE,
        also=("UR007",),
    ),
    Example(good=_PAGE.replace("ferry", "f%c3%a9%7e") + _CDN.replace("ferry", "f%C3%A9~")),
    Example(
        good='ampWebUrl: "https://en-us.example.com/"\n'
        'cdnAmpWebUrl: "https://0-en--us-example-com-0.cdn.ampproject.org/c/s/en-us.example.com/"'
    ),
]


def check(record: Record) -> Iterator[Diagnostic]:
    """The URL in the AMP cache, `cdnAmpWebUrl`, is the one of the AMP page, `ampWebUrl`.

    It is `https://`, a label made from the page's host, `.cdn.ampproject.org/c/`, `s/` if the page is https, and the
    page's URL without its scheme. The message says which part is another.

    ## Why

    Apps open stories from the cache, where they load at once. With another path or query readers get another story;
    with another label or host, or without `s/`, the cache has no such page and shows an error.

    ## Fix safety

    Safe: the cache's URL is computed from the page's, which is the publisher's own; nothing in it is the editor's
    choice. Unsafe where the cache's URL is one of the story's site and the page's is not: then it is the page that is
    wrong, and the cache's URL is all there is to put it right by. Other spellings of the same URL (the case of
    escapes, a Unicode host, the label used before April 2020) are not reported.

    ## Sources

    amp.dev, "AMP Cache URL Format"; `GetCacheURL` in ampproject/amppackager.
    """
    page, cached = record.field(AMP), record.field(CDN)
    if page is None or cached is None or page.tag != "str" or cached.tag != "str":
        return
    url, cache_url = urls.clean(page.value), urls.clean(cached.value)
    found = list(differences(url, cache_url)) if url and cache_url else []
    if not found:
        return  # or UR001 has said what is wrong
    first, *others = found
    parts = " and ".join(_PARTS.get(other.part, other.part) for other in others)
    also = f"; its {parts} {'differ' if others[1:] else 'differs'} too" if others else ""
    derived = from_other(record, CDN)
    safety = UNSAFE if url and _is_page_in_doubt(record, url) else SAFE
    title = f"Write the cache URL of {page.key}"
    yield at(
        cached,
        f"{show(cached.path)} is not the AMP cache URL of {page.key}: {_told(first)}{also}",
        span=_span(record, cached, cache_url, first.start, first.end),
        labels=(Label(_span(record, page, url, *first.of_page), f"of {show(page.path)}"),),
        fix=set_value(record.document, cached, derived, title, safety) if derived else None,
    )


def _is_page_in_doubt(record: Record, page: str) -> bool:
    """Tell whether the AMP *page* is at another site than the story, and the cache URL is of a page of the story's."""
    field, told = record.field("web-url") or record.field("original-url"), from_other(record, AMP)
    story = source(field.value) if field is not None and field.tag == "str" else None
    at = source(page)  # the publisher's, of an address in a cache
    if story is None or told is None or at is None or is_one_site(host_of(at), host_of(story)):
        return False
    return is_one_site(host_of(told), host_of(story))


def _span(record: Record, node: Node, text: str | None, start: int, end: int) -> Span:
    """Return where *start* to *end* of *text* stand: in the value of *node*, if it is that still."""
    if text != node.value:
        return node.span
    if start == end:  # something is missing there
        start, end = min(start, len(text) - 1), min(start, len(text) - 1) + 1
    return fragment_span(record.document, node, start, end)


def _told(difference: Difference) -> str:
    part, _, _, found, expected, _ = difference
    if part == "secure":
        return "`s/` is missing, and the page is https" if expected else "it has `s/`, and the page is http"
    if not found:
        return f"it has no {part}, expected {urls.show(expected)}"
    return f"its {part} is {urls.show(found)}, expected {urls.show(expected) if expected else 'none'}"
