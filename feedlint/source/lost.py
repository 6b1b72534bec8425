"""What YAML takes for something else than the value it was meant to be: no value, or one text in place of a list."""

from __future__ import annotations

from feedlint.lazy import regex
from feedlint.source import scalars
from feedlint.source.document import Document
from feedlint.source.nodes import Node
from feedlint.source.text import Span

_HASH = regex(r"[ \t]*(#[^\s#][^\r\n]*)")
_GLUED_ITEM = regex(r"(?m)^[ \t]*-(?=[^\s-])")


def hash_value(document: Document, node: Node) -> Span | None:
    """Return where a word with ``#`` is that stands where the value of *node* is missing, as in ``topic: #trams``."""
    if node.tag != "null" or node.span.start < node.span.end or node.flow:
        return None
    match = _HASH.match(document.text, node.span.end)
    before = document.text[node.span.end - 1]  # else there is a tag or an anchor
    if match is None or before not in ":-" or document.text[match.start(1) - 1] not in " \t":
        return None
    return Span(match.start(1), match.start(1) + len(match[1].rstrip()))


def glued_items(document: Document, node: Node) -> list[int]:
    """Return where the dashes of the text *node* end if each of its lines begins with one that has no space after it.

    The lines are those below the key: ``topics:`` and then ``-trams``.
    """
    if node.style != scalars.PLAIN or node.flow or node.value[:1] != "-":
        return []
    start = document.lines.start(node.span.start)
    dashes = [match.end() for match in _GLUED_ITEM.finditer(document.text, start, node.span.end)]
    lines = document.slice(node.span).splitlines()
    return dashes if len(dashes) == len(lines) and dashes[0] == node.span.start + 1 else []
