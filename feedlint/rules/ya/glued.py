"""Comments that touch what is before them."""

from __future__ import annotations

from collections.abc import Iterator

from feedlint.diagnostic import Diagnostic, Edit, Fix
from feedlint.lazy import regex
from feedlint.record import show
from feedlint.rule import at
from feedlint.source import Document, Node, Span, scalars

# What a comment can touch, where it is one: a quote, a bracket, a comma, the sign of a block.
_MAYBE = regex(r"""["'\[\]{},:]#|[|>][-+0-9]*#""")
_HEADER = regex(r"[|>][-+0-9]*(#)")
# Anchors and tags may have "#" in them.
_COMMENT = regex(r"[&!][^\s,\[\]{}]*|(#[^\r\n]*)")


def judge(document: Document) -> Iterator[Diagnostic]:
    """Yield the comments that have no white space before them."""
    start, end = document.delimiters.front
    if not _MAYBE.search(document.text, start, end):
        return
    node: Node = document.nodes[0]
    for node in document.nodes:
        for span, whole in ((node.key_span, True), (node.span, not node.children)):
            if span is not None:
                yield from _between(document, node, start, span.start)
                start = max(start, span.end if whole else span.start)
        if node.style in scalars.BLOCKS and (header := _HEADER.match(document.text, *node.span)):
            yield _found(node, Span(header.start(1), document.lines.end(header.start(1))))
    yield from _between(document, node, start, end)


def _between(document: Document, node: Node, start: int, end: int) -> Iterator[Diagnostic]:
    for match in _COMMENT.finditer(document.text, start, end):
        if match[1] and document.text[match.start() - 1] not in " \t\r\n\ufeff":
            yield _found(node, Span(*match.span()))


def _found(node: Node, span: Span) -> Diagnostic:
    return at(
        node,
        f"a comment right after what it follows{_near(node)}, for which vfile-matter refuses the file: "
        "put a space before #",
        span=span,
        fix=Fix("Put a space before #", (Edit(Span(span.start, span.start), " "),)),
    )


def _near(node: Node) -> str:
    return f", near {show(node.path)}" if node.path else ""
