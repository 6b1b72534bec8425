"""Values in quotes or brackets that go over more than one line, and how far in these lines must be for every reader.

libyaml and js-yaml let a line begin anywhere inside of quotes and brackets; YAML wants it further in than the key, with
spaces, and the ``yaml`` of JavaScript ends the value where it is not.
"""

from __future__ import annotations

from collections.abc import Iterator

from feedlint.lazy import regex
from feedlint.source import scalars
from feedlint.source.document import Document
from feedlint.source.nodes import Node
from feedlint.source.text import NEWLINE, Span
from feedlint.typed import NamedTuple

QUOTED = frozenset([scalars.SINGLE, scalars.DOUBLE])
_SPACES = regex(r" *")
_BLANK = regex(r"[ \t]*")


class Continuation(NamedTuple):
    """A line that begins inside of *node*: at *start*, with *indent* spaces, its first other character at *ink*.

    *before* is the white space at the end of the line above; *quoted* says whether the line break is inside of quotes.
    """

    node: Node
    before: Span
    start: int
    indent: int
    ink: int
    quoted: bool


def margin(document: Document, node: Node) -> int:
    """Return how many spaces a line inside of *node* must begin with at least."""
    while node.flow and node.parent is not None:
        node = node.parent
    if node.parent is None:
        return 0
    start = node.key_span.start if node.key_span is not None else node.parent.span.start  # of a list: its first dash
    return start - document.lines.start(start) + 1


def continuations(document: Document) -> Iterator[Continuation]:
    """Yield the lines of *document* that begin inside of quotes or brackets."""
    text = document.text
    for node in document.nodes:
        if node.flow or not (node.style == "flow" or node.style in QUOTED) or not _has_break(text, node.span):
            continue
        quotes = [part for part in document.nodes[node.index : node.end] if part.style in QUOTED]
        number = 0
        for found in NEWLINE.finditer(text, *node.span):
            while number < len(quotes) and quotes[number].span.end <= found.start():
                number += 1
            inner = quotes[number] if number < len(quotes) and quotes[number].span.start < found.start() else None
            spaces, blank = _SPACES.match(text, found.end()), _BLANK.match(text, found.end())
            assert spaces is not None  # both may be empty
            assert blank is not None
            yield Continuation(
                inner or node,
                _blank_before(text, found.start(), inner),
                found.end(),
                len(spaces[0]),
                blank.end(),
                inner is not None,
            )


def _has_break(text: str, span: Span) -> bool:
    return text.find("\n", *span) >= 0 or text.find("\r", *span) >= 0


def _blank_before(text: str, end: int, quotes: Node | None) -> Span:
    """Return the white space before *end*, without a space that a backslash in double quotes makes part of a text."""
    start = end
    while text[start - 1] in " \t":
        start -= 1
    if start < end and quotes is not None and quotes.style == scalars.DOUBLE:
        ink = start
        while text[ink - 1] == "\\":
            ink -= 1
        start += (start - ink) % 2
    return Span(start, end)
