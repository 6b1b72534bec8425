"""UR001."""

from __future__ import annotations

from collections.abc import Iterator

from feedlint import urls
from feedlint.diagnostic import SAFE, UNSAFE, Diagnostic, Fix
from feedlint.edits import fragment_span, replace_fragments, set_value
from feedlint.record import Record, show
from feedlint.rule import Example, at
from feedlint.rules.ur.fields import AMP, CDN, addresses, from_other
from feedlint.source import Node
from feedlint.typed import Final

_GOOD = "https://www.example.com/news/ferry"
_PAGE = "https://www.example.com/ferry?amp"
_CACHED = "https://www-example-com.cdn.ampproject.org/c/s/www.example.com/ferry?amp"


EXAMPLES: Final = [
    Example(bad=f'webUrl: " {_GOOD}"', fixed=f'webUrl: "{_GOOD}"'),
    Example(bad='webUrl: "htps://www.example.com/news/ferry"', fixed=f'webUrl: "{_GOOD}"'),
    Example(bad='webUrl: "https:/www.example.com/news/ferry"', fixed=f'webUrl: "{_GOOD}"'),
    Example(bad='webUrl: "http://https://www.example.com/news/ferry"', fixed=f'webUrl: "{_GOOD}"'),
    Example(bad='webUrl: "//www.example.com/news/ferry"', fixed=f'webUrl: "{_GOOD}"'),
    Example(bad='webUrl: "https://www.example.com/news/\\nferry"', fixed=f'webUrl: "{_GOOD}"'),
    Example(bad='webUrl: "www.example.com/news/ferry"', fixed=f'webUrl: "{_GOOD}"', safety=UNSAFE),
    Example(
        bad='webUrl: "https://editor:secret@www.example.com/news/ferry"', fixed=f'webUrl: "{_GOOD}"', safety=UNSAFE
    ),
    Example(bad=f'ampWebUrl: "{_PAGE}"\ncdnAmpWebUrl: ""', fixed=f'ampWebUrl: "{_PAGE}"\ncdnAmpWebUrl: "{_CACHED}"'),
    Example(bad='webUrl: "https://exa mple.com/news/ferry"'),
    Example(bad='webUrl: "https://localhost:4000/news/ferry"'),
    Example(bad='webUrl: "https://www.example.com:99999/news/ferry"'),
    Example(bad='originalUrl: "mailto:desk@example.com"'),
    Example(bad='originalUrl: ""'),
    Example(good='webUrl: "HTTPS://www.example.com:8080/a//b?q=1;2|3#top"'),
    Example(good="images:\n  - url: /assets/images/tram.jpg\n    width: 1200\n    height: 630"),
]


def check(record: Record) -> Iterator[Diagnostic]:
    """A URL is an absolute http or https address that every browser can open.

    Found are a scheme that is missing, misspelt or doubled, white space around an address and line breaks in it, a
    host or port that cannot be, a user name or password, and hosts that exist on one machine or network only.
    The URL of an image may be a path from the root of the site.

    ## Why

    Readers who tap the story get an error page or nothing at all. Many apps decode a URL strictly: where one is
    invalid they drop the story, or the whole feed. Browsers forgive more, so the mistake is not seen on the site.

    ## Fix safety

    Safe are: deleting white space around the address; deleting tabs and line breaks in it, as browsers do; writing
    `http://` or `https://` where the letters and marks of it are there, misspelt; `https:` before `//`; an empty AMP
    field, or a broken `cdnAmpWebUrl`, after the other field of the pair, which tells it letter by letter. And each
    only if the outcome is a valid address. Unsafe are: adding a scheme where there was none (the page may only be
    there over http), deleting a user name, line breaks with spaces beside them, an `ampWebUrl` after its pair.

    ## Sources

    WHATWG URL (the parser of all browsers); RFC 3986 section 3; RFC 6761, RFC 6762, RFC 1918 (private names and
    addresses).
    """
    for node, rooted in addresses(record):
        flaw = urls.flaw(node.value, rooted=rooted)
        if flaw is None:
            continue
        fix = _fix(record, node, flaw)
        yield at(
            node,
            f"{show(node.path)} {flaw.problem}",
            span=fragment_span(record.document, node, flaw.start, flaw.end) if node.value else node.span,
            fix=fix,
            help="" if fix else f"write the full address, as in {_GOOD}{', or leave the field out' * (not node.value)}",
        )


def _fix(record: Record, node: Node, flaw: urls.Flaw) -> Fix | None:
    for role, other in ((AMP, "cache"), (CDN, "page")):
        unsure = not flaw.repair or flaw.safety is UNSAFE
        if unsure and node is record.field(role) and (url := from_other(record, role)):
            safety = SAFE if role == CDN or not node.value.strip() else UNSAFE
            return set_value(record.document, node, url, f"Write the URL that the AMP {other}'s tells", safety)
    if flaw.repair:
        written = "".join(fragment.text for fragment in flaw.repair)
        title = f"Write {urls.show(written)}" if written else "Delete it"
        return replace_fragments(record.document, node, flaw.repair, title, flaw.safety)
    return None
