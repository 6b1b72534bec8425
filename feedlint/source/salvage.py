"""What can still be read of a front matter that does not parse: the lines that mean the same by themselves."""

from __future__ import annotations

from typing import NamedTuple

from feedlint.source import nodes, scalars
from feedlint.source.events import Unreadable
from feedlint.source.fields import Field, fields
from feedlint.source.nodes import DataPath, Node
from feedlint.source.text import Span

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
            found.append(Salvaged(field.path, node.key, node.tag, node.value, node.span))
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
