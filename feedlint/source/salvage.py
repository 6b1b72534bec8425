"""What can still be read of a front matter that does not parse: the lines that mean the same by themselves."""

from __future__ import annotations

from feedlint.source import nodes, scalars
from feedlint.source.events import Unreadable
from feedlint.source.fields import Field, fields
from feedlint.source.nodes import DataPath, Node, PathItem
from feedlint.source.text import Span
from feedlint.typed import NamedTuple

_ON_ONE_LINE = frozenset([scalars.PLAIN, scalars.SINGLE, scalars.DOUBLE])


class Salvaged(NamedTuple):
    """A scalar read from its line alone, as its :class:`~feedlint.source.nodes.Node` would have it.

    *key* is None for a list item. *path* is where it seems to be in the record.
    """

    path: DataPath
    key: str | None
    tag: str
    value: str
    span: Span
    key_span: Span | None
    style: str


def salvage(text: str, start: int, end: int) -> list[Salvaged]:
    """Return the scalars of ``text[start:end]`` whose line reads by itself: ``key: value`` or ``- value``.

    Left out is what a line alone does not tell: values of several lines, or on the line below their key, flow
    collections, aliases. The line is read by the YAML parser, so a scalar that is returned is read rightly, if
    only the lines around it are what they look like.
    """
    found = []
    for field in fields(text, start, end):
        node = _read(text, field)
        if node is not None:
            found.append(Salvaged(field.path, node.key, node.tag, node.value, node.span, node.key_span, node.style))
    return found


def _read(text: str, field: Field) -> Node | None:
    line = field.line
    if field.end > line.end or not line.opens or field.is_open:
        return None
    try:
        tree = nodes.read(text, line.start, line.end).nodes
    except Unreadable:
        return None
    node = tree[-1] if tree else None
    if node is None or node.parent is None or node.flow or node.style not in _ON_ONE_LINE:
        return None
    return node if node.depth == node.index else None  # nothing beside it


def tree(lines: list[Salvaged]) -> list[Node]:
    """Return *lines* as the nodes of a record that has nothing else, the root first; none where there are no lines.

    Its mappings and lists have empty spans: where they end is not known.
    """
    if not lines:
        return []
    start = lines[0].span.start
    root = Node(0, None, "map", "", "block", Span(start, start))
    made: dict[DataPath, Node] = {(): root}
    for line in lines:
        parent = root
        for depth, item in enumerate(line.path[:-1], 1):
            path = line.path[:depth]
            if path not in made:
                kind = "seq" if isinstance(line.path[depth], int) else "map"
                made[path] = _child(parent, item, kind, "", "block", Span(line.span.start, line.span.start))
            parent = made[path]
        if parent.tag in ("map", "seq") and (parent.tag == "seq") == isinstance(line.path[-1], int):
            node = made[line.path] = _child(parent, line.path[-1], line.tag, line.value, line.style, line.span)
            node.key_span = line.key_span
    return _numbered(root)


def _child(parent: Node, item: PathItem, tag: str, value: str, style: str, span: Span) -> Node:
    node = Node(0, parent, tag, value, style, span)
    if isinstance(item, str):
        node.key = item
    else:
        node.position = item
    parent.children.append(node)
    return node


def _numbered(root: Node) -> list[Node]:
    nodes: list[Node] = []
    waiting = [root]
    while waiting:
        node = waiting.pop()
        node.index = len(nodes)
        nodes.append(node)
        waiting += reversed(node.children)
    for node in reversed(nodes):
        node.end = node.children[-1].end if node.children else node.index + 1
    return nodes
