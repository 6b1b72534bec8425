"""YAML events to nodes: what is written where, and the data as a flat list that can be compared."""

from __future__ import annotations

import hashlib
import re
from typing import Any, Final, NamedTuple

from feedlint.source import scalars
from feedlint.source.events import Event, Unreadable, events
from feedlint.source.text import Span

MAX_DEPTH: Final = 100
"""Nesting beyond which some readers refuse a file (js-yaml 4, as Eleventy uses it: 100)."""
MAX_EXPANDED: Final = 100_000
"""Nodes a record may have once its aliases are followed; real records have 30 to 400."""

PathItem = str | int
DataPath = tuple[PathItem, ...]

_STYLES = {
    None: scalars.PLAIN,
    "": scalars.PLAIN,
    "'": scalars.SINGLE,
    '"': scalars.DOUBLE,
    "|": scalars.LITERAL,
    ">": scalars.FOLDED,
}
_PROPERTIES = re.compile(r"(?:[&!][^\s,\[\]{}]*[ \t\r\n]*(?:#[^\r\n]*[\r\n]\s*)?)+")
_CORE_TAG = "tag:yaml.org,2002:"


class Entry(NamedTuple):
    """One node as data, without its place in the file. A document's entries, in order, are all its data."""

    depth: int
    key: str | None
    tag: str
    value: str


class Node:
    """One YAML node as written.

    ``span`` covers the value without anchor, tag, comment or final line break; ``key_span`` its key. ``value``
    is the decoded text of a scalar, "" for a collection, the anchor's name for an alias. ``tag`` is the type
    (str, int, float, bool, null, map, seq, alias, or a tag as written). ``index`` to ``end`` are the positions
    of the node and its descendants in ``Document.nodes``, and so in ``Document.entries``.
    """

    __slots__ = (
        "anchor",
        "children",
        "depth",
        "end",
        "flow",
        "index",
        "key",
        "key_span",
        "parent",
        "position",
        "span",
        "style",
        "tag",
        "value",
    )

    def __init__(self, index: int, parent: Node | None, tag: str, value: str, style: str, span: Span) -> None:
        self.index = index
        self.end = index + 1
        self.parent = parent
        self.depth: int = 0 if parent is None else parent.depth + 1
        self.tag = tag
        self.value = value
        self.style = style
        self.span = span
        self.key: str | None = None
        self.key_span: Span | None = None
        self.position = len(parent.children) if parent is not None else 0
        self.anchor: str | None = None
        self.flow = False
        self.children: list[Node] = []

    @property
    def path(self) -> DataPath:
        """Keys and positions that lead from the root to this node."""
        items: list[PathItem] = []
        node = self
        while node.parent is not None:
            items.append(node.position if node.key is None else node.key)
            node = node.parent
        return tuple(reversed(items))

    @property
    def data(self) -> str | int | float | bool | None:
        """The value of a scalar as Python has it; a date is its text."""
        return scalars.convert(self.value, self.tag)

    def get(self, key: str) -> Node | None:
        """Return the child of this mapping under *key* (the last one, as readers that allow two do)."""
        for child in reversed(self.children):
            if child.key == key:
                return child
        return None

    def __repr__(self) -> str:
        return f"<Node {'.'.join(map(str, self.path)) or '(root)'} {self.tag} {self.value!r}>"


class Tree(NamedTuple):
    """The nodes of a YAML text in document order, the root first; empty where there is no content at all."""

    nodes: list[Node]
    second_document: int | None  # the offset at which another document starts


def read(text: str, start: int, end: int) -> Tree:
    """Read ``text[start:end]`` as YAML. Offsets are into *text*. Raises :class:`Unreadable`."""
    return _Builder(text, start).build(text[start:end])


class _Builder:
    def __init__(self, text: str, offset: int) -> None:
        self.text = text
        self.offset = offset
        self.nodes: list[Node] = []
        self.parent: Node | None = None
        self.key: str | None = None
        self.key_span: Span | None = None
        # The start of a collection that is a key, while inside of it, and how deep.
        self.complex_start = 0
        self.complex_depth = 0

    def build(self, yaml: str) -> Tree:
        documents = 0
        second: int | None = None
        try:
            for event in events(yaml):
                kind = type(event).__name__
                if kind == "DocumentStartEvent":
                    documents += 1
                    if documents == 2:
                        second = event.start_mark.index + self.offset
                        break
                elif kind in _CONTENT:
                    self.content(event, kind)
        except Unreadable as error:
            error.at += self.offset
            if error.began is not None:
                error.began += self.offset
            raise
        return Tree(self.nodes, second)

    def content(self, event: Event, kind: str) -> None:
        if self.complex_depth:
            self.complex_depth += 1 if kind in _STARTS else -1 if kind in _ENDS else 0
            if not self.complex_depth:
                self.take_key(Span(self.complex_start, event.end_mark.index + self.offset))
        elif kind in _ENDS:
            self.close(event)
        elif self.parent is not None and self.parent.tag == "map" and self.key is None:
            self.begin_key(event, kind)
        else:
            self.add(event, kind)

    def begin_key(self, event: Event, kind: str) -> None:
        span = Span(event.start_mark.index + self.offset, event.end_mark.index + self.offset)
        if kind in _STARTS:
            self.complex_start, self.complex_depth = span.start, 1
        elif kind == "AliasEvent":
            self.take_key(span)
        else:
            self.key, self.key_span = event.value, span

    def take_key(self, span: Span) -> None:
        """Keep a key that is not a scalar as the text it is written in: no record has one, but none may vanish."""
        self.key, self.key_span = self.text[span.start : span.end].strip(), span

    def add(self, event: Event, kind: str) -> None:
        span = Span(event.start_mark.index + self.offset, event.end_mark.index + self.offset)
        anchor = event.anchor
        if kind != "AliasEvent" and (anchor is not None or event.tag is not None):
            properties = _PROPERTIES.match(self.text, span.start, span.end)
            if properties is not None:
                span = Span(properties.end(), span.end)
        style = tag = value = ""
        if kind == "ScalarEvent":
            style, value = _STYLES[event.style], event.value
            tag = _scalar_tag(event, style)
            span = self.scalar_span(span, style)
        elif kind == "AliasEvent":
            tag, value, anchor = "alias", str(anchor), None
        else:
            tag = "map" if kind == "MappingStartEvent" else "seq"
            style = "flow" if event.flow_style else "block"
        node = Node(len(self.nodes), self.parent, tag, value, style, span)
        if node.depth > MAX_DEPTH:
            raise Unreadable(f"nested more than {MAX_DEPTH} deep", span.start - self.offset)
        node.anchor = anchor
        if self.parent is not None:
            node.key, node.key_span = self.key, self.key_span
            node.flow = self.parent.style == "flow"
            self.parent.children.append(node)
        self.key = self.key_span = None
        self.nodes.append(node)
        if kind in _STARTS:
            self.parent = node

    def scalar_span(self, span: Span, style: str) -> Span:
        if span.start >= span.end:  # nothing is written: right after the colon or the dash
            return self.empty_span(span.start)
        if style in (scalars.LITERAL, scalars.FOLDED):
            # The mark takes in the line break after the text, and blank lines that may belong to it.
            raw = self.text[span.start : span.end]
            header = re.split(r"[\r\n]", raw, maxsplit=1)[0]
            if "+" not in re.split(r"[ \t]#", header)[0]:
                return Span(span.start, span.start + len(raw.rstrip(" \t\r\n")))
            return Span(span.start, span.start + len(re.sub(r"(?:\r\n|\r|\n)[ \t]*\Z", "", raw)))
        return span

    def empty_span(self, mark: int) -> Span:
        if self.key_span is not None:
            colon = self.text.find(":", self.key_span.end, mark + 1)
            if colon >= 0:
                return Span(colon + 1, colon + 1)
        at = len(self.text[self.offset : mark].rstrip()) + self.offset
        return Span(at, at)

    def close(self, event: Event) -> None:
        node = self.parent
        assert node is not None  # the parser closes only what it opened
        node.end = len(self.nodes)
        if node.style == "flow":
            node.span = Span(node.span.start, event.end_mark.index + self.offset)
        elif node.children:
            node.span = Span(node.span.start, max(node.span.start, node.children[-1].span.end))
        self.parent = node.parent


_STARTS = frozenset(["MappingStartEvent", "SequenceStartEvent"])
_ENDS = frozenset(["MappingEndEvent", "SequenceEndEvent"])
_CONTENT = _STARTS | _ENDS | {"ScalarEvent", "AliasEvent"}


def _scalar_tag(event: Event, style: str) -> str:
    tag = event.tag
    if tag is None or tag == "!":
        plain = style == scalars.PLAIN and tag is None
        return scalars.resolve(event.value) if plain else "str"
    return str(tag).removeprefix(_CORE_TAG)


def entries(nodes: list[Node]) -> list[Entry]:
    """Return the data of *nodes*, one entry each.

    An alias carries a fingerprint of what it stands for, so that a change below an anchor shows at each of its
    aliases, in time and space that do not grow with what the aliases expand to.
    """
    result: list[Entry] = []
    anchors: dict[str, Node] = {}
    prints: dict[int, str] = {}
    for node in nodes:
        value = node.value
        if node.anchor is not None:
            anchors[node.anchor] = node
        if node.tag == "alias":
            target = anchors.get(node.value)
            if target is None or target.end > node.index:
                value = f"*{node.value}"  # undefined, or inside of what it names
            else:
                if target.index not in prints:
                    data = repr([(e.depth - target.depth, *e[1:]) for e in result[target.index : target.end]])
                    prints[target.index] = hashlib.sha256(data.encode("utf-8", "backslashreplace")).hexdigest()
                value = prints[target.index]
        result.append(Entry(node.depth, node.key, node.tag, value))
    return result


def to_data(nodes: list[Node]) -> Any:
    """Return the data of *nodes* as dict, list and scalars, aliases followed (shared, not copied).

    The last of two equal keys wins, as it does for Jekyll. Raises :class:`Unreadable` where following the
    aliases would give more than :data:`MAX_EXPANDED` nodes or an alias names nothing before it.
    """
    anchors: dict[str, tuple[Any, int]] = {}

    def value_of(node: Node) -> tuple[Any, int]:
        if node.tag == "alias":
            if node.value not in anchors:
                raise Unreadable(f"the alias *{node.value} names no anchor before it", node.span.start)
            return anchors[node.value]
        size = 1
        value: Any
        if node.tag == "map" or (node.children and node.tag != "seq"):
            value = {}
            for child in node.children:
                value[child.key], child_size = value_of(child)
                size += child_size
        elif node.tag == "seq":
            value = []
            for child in node.children:
                item, child_size = value_of(child)
                value.append(item)
                size += child_size
        else:
            value = node.data
        if size > MAX_EXPANDED:
            raise Unreadable(f"aliases that expand to more than {MAX_EXPANDED:,} nodes", node.span.start)
        if node.anchor is not None:
            anchors[node.anchor] = value, size
        return value, size

    return value_of(nodes[0])[0] if nodes else None
