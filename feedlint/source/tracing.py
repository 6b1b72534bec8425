"""Reading a plain file as a :class:`Document` without a YAML parser: its nodes are told by its trail.

A file in which something is found is nearly always as plain as all others, but for what is found. Its nodes are the
same that :func:`~feedlint.source.parser.parse` gives, in a third of the time, and no parser is loaded for them. What
proves a repair is read by the parser.
"""

from __future__ import annotations

from collections.abc import Sequence

from feedlint.source import delimiters, scalars
from feedlint.source.document import Document
from feedlint.source.front import Front, front_of
from feedlint.source.nodes import Node
from feedlint.source.parser import parse
from feedlint.source.plain import DATE, texts
from feedlint.source.text import DATA_SUFFIXES, Span, decode
from feedlint.source.trail import Place, Reader, Step, Trail, data_of
from feedlint.typed import Final

_QUOTED: Final = {'"': scalars.DOUBLE, "'": scalars.SINGLE}
_reader = Reader(Place())
"""One for all files: it remembers their lines."""


def trace(data: bytes, path: str = "") -> Document:
    """Read *data*, a feed file's bytes, as the document at *path*: the same as :func:`~feedlint.source.parse` does."""
    text = decode(data)
    return _plain(data, text, path) or parse(text, path)


def _plain(data: bytes, text: str, path: str) -> Document | None:
    """Return the document at *path* with *text*, decoded from *data*; None where it is to be parsed."""
    front = front_of(data, text, path, has_body=True)
    if front is None:
        return None
    lines, _, start, end = front
    trail = _reader.read(lines)
    if trail is None:
        return None
    is_data = path.lower().endswith(DATA_SUFFIXES)
    found = delimiters.whole(text) if is_data else delimiters.exact(text, start, end)
    return Document(path, text, found, _nodes(trail, front), data_of(trail), ())


def _nodes(trail: Trail, front: Front) -> Sequence[Node]:
    """Return the nodes of the lines of *front*, which *trail* has gone."""
    nodes: list[Node] = []
    stack: list[Node] = []
    waiting: Span | None = None  # the key whose value comes on the next lines
    steps = zip(*trail, strict=True)
    lines, newline, at, _ = front
    for line in lines:
        if line:
            step, said = next(steps)
            for opened in step.opens:
                del stack[opened.depth :]
                span = Span(at + opened.column, at + opened.column)
                node = _add(nodes, stack[-1] if stack else None, opened.tag, "", "block", span)
                if opened.key is not None:
                    node.key, node.key_span = opened.key, waiting
                stack.append(node)
            key = Span(at + step.column, at + step.column + len(step.key)) if step.key is not None else None
            if step.tag:
                node = _value(nodes, stack[step.depth - 1], step, said, line, at)
                node.key, node.key_span = step.key, key
            waiting = key
        at += len(line) + len(newline)
    for node in reversed(nodes):  # those inside of others first
        if node.children:
            last = node.children[-1]
            node.end = last.end
            if not last.flow:
                node.span = Span(node.span.start, last.span.end)
    return nodes


def _value(nodes: list[Node], parent: Node, step: Step, said: str, line: str, at: int) -> Node:
    """Add to *nodes* the value in *parent* that a *line*, which starts *at* an offset, *said* by its *step*."""
    start = at + step.width
    if step.tag != "seq":
        style = _QUOTED.get(line[step.width], scalars.PLAIN)
        # White space may follow a text without quotes.
        end = start + len(said) if style == scalars.PLAIN else at + len(line)
        return _add(nodes, parent, "str" if step.tag == DATE else step.tag, said, style, Span(start, end))
    node = _add(nodes, parent, "seq", "", "flow", Span(start, start + len(said)))
    start += len("[")
    for item in texts(said):
        _add(nodes, node, "str", item, scalars.PLAIN, Span(start, start + len(item))).flow = True
        start += len(item) + len(", ")
    return node


def _add(nodes: list[Node], parent: Node | None, tag: str, value: str, style: str, span: Span) -> Node:
    node = Node(len(nodes), parent, tag, value, style, span)
    nodes.append(node)
    if parent is not None:
        parent.children.append(node)
    return node
