"""UR003."""

from __future__ import annotations

from collections.abc import Iterator

from feedlint import urls
from feedlint.diagnostic import Diagnostic
from feedlint.edits import fragment_span
from feedlint.record import Record, show
from feedlint.rule import Example, at
from feedlint.rules.ur.fields import CDN, addresses, from_other
from feedlint.typed import Final

_IMAGE = "images:\n  - url: {}://img.example.com/tram.jpg\n    width: 1200\n    height: 630"


EXAMPLES: Final = [
    Example(bad='webUrl: "http://www.example.com/news/ferry"'),
    Example(bad=_IMAGE.format("http")),
    Example(good=_IMAGE.format("https")),
    Example(good='webUrl: "https://www.example.com/?u=http://www.example.com/news/ferry"'),
]


def check(record: Record) -> Iterator[Diagnostic]:
    """An address is https.

    ## Why

    What comes over http can be read and changed on its way. Browsers warn of such a page and do not load such a
    picture on a secure one, or try https in its place; apps for iOS and Android refuse both unless they are told not
    to. There is no fix: whether the server answers over https, and with the same page, is not in the file.

    ## Sources

    W3C "Mixed Content", section 2; App Transport Security (Apple); Network security configuration (Android 9).
    """
    for node, rooted in addresses(record):
        if node.value[:5].lower() != "http:" or urls.flaw(node.value, rooted=rooted) is not None:
            continue  # or UR001 has said what is wrong at this very place
        if node is record.field(CDN) and from_other(record, CDN):
            continue  # UR005 has
        yield at(
            node,
            f"{show(node.path)} begins with `{node.value[:5]}//`, not with `https://`",
            span=fragment_span(record.document, node, 0, 4),
            help="write `https://` if the server answers there with the same",
        )
