"""XR002."""

from __future__ import annotations

from collections.abc import Iterator

from feedlint.diagnostic import UNSAFE, Diagnostic, Label
from feedlint.edits import delete_item
from feedlint.record import Record, show
from feedlint.rule import Example, at
from feedlint.rules.xr.groups import page
from feedlint.source import Node
from feedlint.typed import Final

_ITEM = """\
  - title: "%s"
    publishedDateTime: 2020-12-08T18:05:00Z
    webUrl: "%s"
    type: article
    provider:
      name: Example Post
      domain: %s
    quality: 4
"""
_COSTS = _ITEM % ("What the ferry will cost", "https://www.example.net/ferry", "example.net")
_AGAIN = _ITEM % ("What the ferry will cost (update)", "https://www.example.net/ferry", "example.net")
_ROUTE = _ITEM % ("Where the ferry will go", "https://www.example.org/route", "example.org")
_OWN = "https://www.example.com/news/harbour-council-approves-the-new-tram-line"
_SELF = _ITEM % ("Harbour council approves the new tram line", _OWN, "example.com")


EXAMPLES: Final = [
    Example(bad="heat: 95\nrelated:\n" + _COSTS + _AGAIN, fixed="heat: 95\nrelated:\n" + _COSTS, safety=UNSAFE),
    Example(bad="heat: 95\nrelated:\n" + _ROUTE + _SELF, fixed="heat: 95\nrelated:\n" + _ROUTE, safety=UNSAFE),
    Example(bad="related:\n" + _SELF),
    Example(good="heat: 95\nrelated:\n" + _COSTS + _ROUTE),
]


def check(record: Record) -> Iterator[Diagnostic]:
    """Related stories are other stories, each there once.

    That is: no two of them have the same `webUrl`, and none has that of the record itself. Two addresses are the same
    whatever their scheme, the case of their host, a fragment or a final "/".

    ## Why

    Apps list related stories below a story; readers see the same one twice, or the one that they have just read.

    ## Fix safety

    Unsafe: the later of two items is deleted, which may have the better title. The only item of a list is left.
    """
    own = record.field("web-url")
    seen: dict[str, Node] = {page(own.value): own} if own is not None and own.tag == "str" else {}
    for other in record.related:
        url = other.field("web-url")
        address = page(url.value) if url is not None and url.tag == "str" else ""
        if url is None or not address:
            continue
        first = seen.setdefault(address, url)
        if first is url:
            continue
        whose = "the record's own" if first is own else f"that of {show(first.path[:-1])} too"
        fix = delete_item(record.document, other.node, f"Delete {show(other.node.path)}", UNSAFE)
        message = f"{show(url.path)} is {whose}"
        yield at(url, message, labels=(Label(first.span, "the same address"),), fix=fix)
