"""UR008."""

from __future__ import annotations

from collections.abc import Iterator

from feedlint import urls
from feedlint.diagnostic import UNSAFE, Diagnostic
from feedlint.edits import fragment_span, set_value
from feedlint.record import Record, show
from feedlint.rule import Example, at
from feedlint.rules.ur.amp import publisher_url
from feedlint.rules.ur.fields import AMP
from feedlint.rules.ur.sites import host_of, host_span
from feedlint.typed import Final

_PAGE = "https://www.example.com/ferry?amp=1"
_CACHED = "https://www-example-com.cdn.ampproject.org/c/s/www.example.com/ferry?amp=1"
_PAIR = f'ampWebUrl: "{{}}"\ncdnAmpWebUrl: "{_CACHED}"'


EXAMPLES: Final = [
    Example(bad=f'webUrl: "{_CACHED}"', fixed=f'webUrl: "{_PAGE}"', safety=UNSAFE),
    Example(
        bad='originalUrl: "https://www.google.com/amp/s/www.example.com/ferry%3Famp=1"',
        fixed=f'originalUrl: "{_PAGE}"',
        safety=UNSAFE,
    ),
    Example(
        bad='webUrl: "https://www.google.co.uk/amp/s/www.example.com/ferry?amp=1'
        '#amp_tf=From%20%251%24s&ampshare=https%3A%2F%2Fwww.example.com%2Fferry"',
        fixed='webUrl: "https://www.example.com/ferry"',
        safety=UNSAFE,
    ),
    Example(bad=_PAIR.format(f"{_CACHED}&amp_js_v=0.1"), fixed=_PAIR.format(_PAGE), safety=UNSAFE),
    Example(bad='webUrl: "https://www.bing.com/amp/s/10.0.0.1/ferry"'),
    Example(good=_PAIR.format(_PAGE)),
    Example(good='originalUrl: "https://www.example.com/amp/s/www.example.com/ferry"'),
]


def check(record: Record) -> Iterator[Diagnostic]:
    """A story's addresses are its publisher's, not those of an AMP cache or viewer. `cdnAmpWebUrl` alone is a cache's.

    ## Why

    A cache is not the publisher: it keeps a page for days at most, the viewers are closed down one by one, and
    Cloudflare's is gone. Readers then get an error, and until then an address that names a search engine.

    ## Fix safety

    Unsafe: the publisher's address is part of the cache's, but nobody asked whether the page is still there, and for
    `webUrl` it is mostly the AMP page. Where the viewer names the page that was shared, that one is written.
    The viewer's own parameters (`amp_js_v`, `usqp`) and fragment are left out.

    ## Sources

    amp.dev, "AMP Cache URL Format"; the forms of the caches of Google, Bing and Cloudflare, and of their viewers.
    """
    for node in record.texts("original-url", "web-url", AMP):
        url = urls.clean(node.value)
        page = publisher_url(url) if url is not None else None
        if url is None or page is None:
            continue
        page = urls.clean(page)
        if page is not None and node is not record.field(AMP):
            page = _shared(url, page) or page
        title = f"Write the publisher's, {urls.show(page)}" if page is not None else ""
        place = f"the AMP cache or viewer {urls.show(host_of(url))}"
        yield at(
            node,
            f"{show(node.path)} is an address of {place}, not the publisher's",
            span=fragment_span(record.document, node, *host_span(node.value)),
            fix=set_value(record.document, node, page, title, UNSAFE) if page is not None else None,
            help="" if page is not None else "write the publisher's address",
        )


def _shared(url: str, page: str) -> str | None:
    """Return the page that the viewer at *url* shares, if it is at the host that *page* is at."""
    from urllib.parse import unquote

    parameters = (each.partition("=") for each in url.partition("#")[2].split("&"))
    shared = next((value for name, _, value in parameters if name == "ampshare"), "")
    told = urls.clean(unquote(shared)) if shared else None
    return told if told is not None and host_of(told) == host_of(page) and publisher_url(told) is None else None
