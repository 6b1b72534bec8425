"""What the nodes of a document say: its data, as a flat list that can be compared, and as Python has it."""

from __future__ import annotations

from feedlint.source.events import Unreadable
from feedlint.source.nodes import Node
from feedlint.typed import Any, Final, NamedTuple

MAX_EXPANDED: Final = 100_000
"""Nodes a record may have once its aliases are followed; real records have 30 to 400."""


class Entry(NamedTuple):
    """One node as data, without its place in the file. A document's entries, in order, are all its data."""

    depth: int
    key: str | None
    tag: str
    value: str


def entries(nodes: list[Node]) -> list[Entry]:
    """Return the data of *nodes*, one entry each.

    An alias carries a fingerprint of what it stands for, so that a change below an anchor shows at each of its
    aliases, in time and space that do not grow with what the aliases expand to.
    """
    result: list[Entry] = []
    prints: dict[int, str] = {}
    for node in nodes:
        value = node.value
        target = node.target
        if isinstance(target, str):
            value = target
        elif target is not None:
            if target.index not in prints:
                import hashlib

                below = result[target.index + 1 : target.end]
                data = repr([result[target.index][2:], *[(e.depth - target.depth, *e[1:]) for e in below]])
                prints[target.index] = hashlib.sha256(data.encode()).hexdigest()
            value = prints[target.index]
        result.append(Entry(node.depth, node.key, node.tag, value))
    return result


def to_data(nodes: list[Node]) -> Any:
    """Return the data of *nodes* as dict, list and scalars, aliases followed (shared, not copied).

    The last of two equal keys wins, as it does for Jekyll. Raises :class:`Unreadable` where following the
    aliases would give more than :data:`MAX_EXPANDED` nodes, or has no end.
    """
    named: dict[int, tuple[Any, int]] = {}

    def value_of(node: Node) -> tuple[Any, int]:
        target = node.target
        if isinstance(target, str):
            return target, 1
        if target is not None:
            if target.index not in named:
                raise Unreadable(f"the alias *{node.value} stands inside of what it names", node.span.start)
            return named[target.index]
        value: Any = node.data
        size = 1
        if node.tag == "map":
            value = {}
            for child in node.children:
                value[child.key], below = value_of(child)
                size += below
        elif node.tag == "seq":
            value = []
            for child in node.children:
                item, below = value_of(child)
                value.append(item)
                size += below
        if size > MAX_EXPANDED and named:
            raise Unreadable(f"more than {MAX_EXPANDED:,} nodes once its aliases are followed", node.span.start)
        if node.anchor is not None:
            named[node.index] = value, size
        return value, size

    return value_of(nodes[0])[0] if nodes else None
