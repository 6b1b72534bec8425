"""UR006."""

from __future__ import annotations

from collections.abc import Iterator

from feedlint.diagnostic import Diagnostic, Fix
from feedlint.edits import insert_after, insert_before
from feedlint.likeness import letters
from feedlint.record import Record, show
from feedlint.rule import Example, at
from feedlint.rules.ur.fields import AMP, CDN, from_other
from feedlint.source import Node, scalars
from feedlint.typed import Final

_STORY = """\
related:
  - title: "What the ferry will cost"
    excerpt: "The council has published its first estimate."
    publishedDateTime: 2020-12-08T18:05:00Z
    webUrl: "https://www.example.net/ferry"
"""
_PAGE = '    ampWebUrl: "https://www.example.net/ferry?amp"\n'
_CDN = '    cdnAmpWebUrl: "https://www-example-net.cdn.ampproject.org/c/s/www.example.net/ferry?amp"\n'
_REST = """\
    type: article
    provider:
      name: Example Post
      domain: example.net
    quality: 41
"""


EXAMPLES: Final = [
    Example(bad=_STORY + _PAGE + _REST, fixed=_STORY + _PAGE + _CDN + _REST),
    Example(bad=_STORY + _CDN + _REST, fixed=_STORY + _PAGE + _CDN + _REST),
    Example(bad=_STORY + _CDN.replace("/c/s/", "/amp/") + _REST),
    Example(good=_STORY + _PAGE + _CDN + _REST),
    Example(good=_STORY + _REST),
]


def check(record: Record) -> Iterator[Diagnostic]:
    """A story has both the URL of its AMP page, `ampWebUrl`, and that page's URL in the AMP cache, `cdnAmpWebUrl`.

    ## Why

    Apps that find one take the other for granted: they open the page from the cache, and go to the publisher's
    where the cache fails. Readers with half a pair get no page, or the slow one.

    ## Fix safety

    Safe: each of the two is computed from the other, letter by letter, and is written beside it in its style. From
    a `cdnAmpWebUrl` that is not the cache URL of a page nothing is computed.

    ## Sources

    amp.dev, "AMP Cache URL Format".
    """
    for here, missing in ((AMP, CDN), (CDN, AMP)):
        node = record.field(here)
        # What has no address in it is half of nothing: UR001 speaks of "", SC003 of null.
        if node is None or node.tag != "str" or not node.value.strip() or record.field(missing) is not None:
            continue
        key = record.key_of(missing)
        if key is None or _is_misspelt(record, key):
            continue  # these records have no such field; or SC002 has said it
        fix = _fix(record, node, key, missing)
        yield at(
            node,
            f"{show(node.path)} has no {key} beside it",
            span=node.key_span,
            fix=fix,
            help="" if fix else f"write the {key} that belongs to it, or delete {node.key}",
        )


def _is_misspelt(record: Record, key: str) -> bool:
    """Tell whether a field of *record* is meant to be *key*.

    Not by likeness.py, which is not told of case: to it each name of the pair is the other one misspelt.
    """
    from difflib import get_close_matches

    keys = [child.key for child in record.node.children if child.key and len(child.key) < 2 * len(key)]
    return bool(get_close_matches(key, keys, 1, 0.8)) or any(letters(other) == letters(key) for other in keys)


def _fix(record: Record, node: Node, key: str, role: str) -> Fix | None:
    url = from_other(record, role)
    if url is None:
        return None
    insert = insert_after if role == CDN else insert_before
    style = node.style if node.style in (scalars.PLAIN, scalars.SINGLE) else scalars.DOUBLE
    title = f"Write the {key} of {node.key}" if role == CDN else f"Write the {key} that is in {node.key}"
    return insert(record.document, node, key, url, title, style=style)
