"""Values in quotes or brackets over more than one line: lines that begin too far left, white space at their ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from feedlint.diagnostic import Diagnostic, Edit, Fix
from feedlint.record import show
from feedlint.rule import at
from feedlint.source import Document, Span, false_closers, scalars
from feedlint.source.continuation import Continuation, continuations, margin
from feedlint.source.nodes import Node


def judge(document: Document) -> Iterator[Diagnostic]:
    """Yield what is wrong where a value goes on in another line: at most one finding of a kind a value."""
    lines: dict[int, list[Continuation]] = {}
    for line in continuations(document):
        lines.setdefault(line.node.index, []).append(line)
    if not lines:
        return
    others = {closer.span.start for closer in false_closers.find(document)}  # FM004 speaks of these
    for found in lines.values():
        node = found[0].node
        least = margin(document, node)
        if left := [line for line in found if line.start not in others and _is_left(document, line, least)]:
            yield _indent(document, node, left, least + 1)
        if blank := [line.before for line in found if line.quoted and _is_kept(document, line, others)]:
            yield _delete(node, blank)
        yield from _escaped(document, node, found)


def _is_left(document: Document, line: Continuation, least: int) -> bool:
    """Tell whether *line* begins too far left for a reader."""
    first = document.text[line.ink]
    if line.indent >= least or (line.ink == line.start + line.indent and first in "\r\n"):
        return False
    if line.quoted:
        return True
    # A comment may begin anywhere, and the closing bracket where its key does.
    closes = line.ink == line.node.span.end - 1 and line.indent == least - 1
    return not (closes or first in "#\r\n")


def _indent(document: Document, node: Node, lines: Sequence[Continuation], width: int) -> Diagnostic:
    # Of a line of white space nothing is left.
    edits = (
        Edit(Span(line.start, line.ink), "" if document.text[line.ink] in "\r\n" else " " * width) for line in lines
    )
    first = lines[0]
    what = "after a tab" if first.start + first.indent < first.ink else "too far left"
    return at(
        node,
        f"{show(node.path) or 'the record'} goes on {what}, where vfile-matter refuses the file: "
        f"begin the line with {width} spaces",
        span=Span(first.start, max(first.ink, first.start + 1)),
        fix=Fix("Indent what belongs to the value above", tuple(edits)),
    )


def _is_kept(document: Document, line: Continuation, others: set[int]) -> bool:
    """Tell whether the white space before *line* is read as part of the text by some: it is after some of it."""
    start = document.lines.start(line.before.start)
    return line.before.start < line.before.end and start < line.before.start and start not in others


def _delete(node: Node, blank: Sequence[Span]) -> Diagnostic:
    return at(
        node,
        f"{show(node.path)} has white space at the end of a line, which gray-matter and front-matter keep: delete it",
        span=blank[0],
        fix=Fix("Delete white space at the ends of lines", tuple(Edit(span, "") for span in blank)),
    )


def _escaped(document: Document, node: Node, lines: Sequence[Continuation]) -> Iterator[Diagnostic]:
    """Yield that a line break after a backslash, which is none, is followed by an empty line, which is one to some."""
    for line in lines if node.style == scalars.DOUBLE else ():
        start = end = line.before.end
        while document.text[start - 1] == "\\":
            start -= 1
        if document.text[line.ink] in "\r\n" and (end - start) % 2:
            yield at(
                node,
                f"{show(node.path)} has an empty line below a backslash, which only some readers take for a line "
                "break: delete the line, or write \\n",
                span=Span(end - 1, end),
            )
            return
