"""UR007."""

from __future__ import annotations

from collections.abc import Iterator

from feedlint import urls
from feedlint.diagnostic import Diagnostic, Label
from feedlint.edits import fragment_span
from feedlint.record import Record, show
from feedlint.rule import Example, at
from feedlint.rules.ur import tracking
from feedlint.rules.ur.fields import AMP
from feedlint.rules.ur.sites import host_of, host_span, is_one_site, source
from feedlint.source import Node, Span
from feedlint.typed import Final

_AMP = (
    'ampWebUrl: "https://{0}/ferry?amp=1"\n'
    'cdnAmpWebUrl: "https://{1}.cdn.ampproject.org/c/s/{0}/ferry?amp=1"\n'
    'webUrl: "https://www.example.com/ferry{2}"'
)


EXAMPLES: Final = [
    Example(bad=_AMP.format("amp.example.org", "amp-example-org", "")),
    Example(bad=_AMP.format("www.example.com", "www-example-com", "?amp=1")),
    Example(good=_AMP.format("amp.example.com", "amp-example-com", "")),
    Example(good=_AMP.format("www.example.com", "www-example-com", "")),
]


def check(record: Record) -> Iterator[Diagnostic]:
    """A story's AMP page is another page than `webUrl`, at the same site.

    The same site has the same registered domain: `amp.example.com` and `www.example.com`, but not two users of
    `github.io`; or the same name in another country: `bbc.com` and `bbc.co.uk`. Where there is no
    `webUrl`, `originalUrl` is the page.

    ## Why

    Apps show the AMP page in place of `webUrl`. At another site it is another publisher's page, mostly another
    story, where two records were mixed up. Where both are one page it is mostly not AMP: the cache then shows an
    error, and readers without the cache get the slow page.

    ## Sources

    In 7,933 records measured every AMP page has the host of `webUrl` or its registered domain. The Public Suffix
    List says which domains can be registered.
    """
    page, site = record.field(AMP), record.field("web-url") or record.field("original-url")
    if page is None or site is None or page.tag != "str" or site.tag != "str":
        return
    amp, web = source(page.value), source(site.value)
    if amp is None or web is None:
        return  # UR001 has said what is wrong
    host, other = host_of(amp), host_of(web)
    if not is_one_site(host, other):
        problem = f"is at {urls.show(host)}, and {site.key} at another site, {urls.show(other)}"
        yield at(
            page,
            f"{show(page.path)} {problem}",
            span=_of_host(record, page),
            labels=(Label(_of_host(record, site), show(site.path)),),
            help="write the AMP page of this story, or leave out both AMP fields",
        )
    elif _page(amp) == _page(web):
        yield at(
            page,
            f"{show(page.path)} is the same page as {site.key}",
            labels=(Label(site.span, show(site.path)),),
            help="write the AMP page of this story, or leave out both AMP fields if it has none",
        )


def _page(url: str) -> str:
    """Return what all addresses of one page share, as far as can be told from them."""
    path = tracking.without(url).partition("#")[0][host_span(url)[1] :]
    return host_of(url) + path.replace("/?", "?").rstrip("/")


def _of_host(record: Record, node: Node) -> Span:
    return fragment_span(record.document, node, *host_span(node.value))
