"""YAML events to nodes: what is written where."""

from __future__ import annotations

import contextlib
import re

from feedlint.lazy import regex
from feedlint.source import events, scalars
from feedlint.source.events import Event, Unreadable
from feedlint.source.readings import MAX_DEPTH
from feedlint.source.text import BOM, NEWLINE, Span
from feedlint.typed import NamedTuple

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
# An anchor or a tag, with the white space and the comments between it and what it belongs to.
_PROPERTY = regex(r"(?:!<[^>\s]*>|[&!][^\s,\[\]{}]*)(?:[ \t\r\n]+(?:#[^\r\n]*)?)*")
_BLOCKS = ("|", ">")
_CORE_TAG = "tag:yaml.org,2002:"


class Node:
    """One YAML node as written.

    ``span`` covers the value without anchor, tag, comment or final line break; ``key_span`` its key. ``value``
    is the decoded text of a scalar, "" for a collection, the anchor's name for an alias. ``tag`` is the type
    (str, int, float, bool, null, map, seq, alias, or a tag as written). ``target`` is what an alias stands for:
    a node, or the text of a key. ``index`` to ``end`` are the positions of the node and its descendants in
    ``Document.nodes``, and so in ``Document.entries``.
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
        "target",
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
        self.target: Node | str | None = None
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
    try:
        return _Builder(text, start).build(text[start:end], events.reader)
    except Unreadable as error:
        if not events.is_disputed(error, text):
            raise
        with contextlib.suppress(Unreadable):
            return _Builder(text, start).build(text[start:end], events.pure_events)
        raise


class _Builder:
    def __init__(self, text: str, offset: int) -> None:
        self.text = text
        self.offset = offset
        self.nodes: list[Node] = []
        self.parent: Node | None = None
        self.key: str | None = None
        self.key_span: Span | None = None
        self.anchors: dict[str, Node | str] = {}
        # The start of a collection that is a key, while inside of it, and how deep.
        self.complex_start = 0
        self.complex_depth = 0

    def build(self, yaml: str, reader: events.Reader) -> Tree:
        # Each parser counts a byte order mark at the start in its own way: give them none.
        content = yaml.lstrip(BOM)
        self.offset += len(yaml) - len(content)
        documents = 0
        second: int | None = None
        try:
            for event in events.events(content, reader):
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
            elif kind not in _ENDS and event.anchor is not None:
                self.anchors.setdefault(event.anchor, "")
        elif kind in _ENDS:
            self.close(event)
        elif self.parent is not None and self.parent.tag == "map" and self.key is None:
            self.begin_key(event, kind)
        else:
            self.add(event, kind)

    def begin_key(self, event: Event, kind: str) -> None:
        span = self.written(event, kind)
        if kind in _STARTS:
            self.complex_start, self.complex_depth = span.start, 1
        elif kind == "AliasEvent":
            self.take_key(span)
        else:
            self.key, self.key_span = event.value, span
        if kind != "AliasEvent" and event.anchor is not None:
            self.anchors[event.anchor] = self.key or ""

    def take_key(self, span: Span) -> None:
        """Keep a key that is not a scalar as the text it is written in: no record has one, but none may vanish."""
        written = self.text[span.start : span.end].rstrip()
        self.key = NEWLINE.sub("\n", written)  # the data is the same whichever way its lines end
        # The mark of a block's end takes in the white space, and the lines, after it.
        self.key_span = Span(span.start, span.start + len(written))

    def add(self, event: Event, kind: str) -> None:
        node = Node(len(self.nodes), self.parent, kind, "", "", self.written(event, kind))
        if node.depth > MAX_DEPTH:
            raise Unreadable(f"nested more than {MAX_DEPTH} deep", node.span.start - self.offset)
        if kind == "ScalarEvent":
            node.style, node.value = _STYLES[event.style], event.value
            node.tag = _scalar_tag(event, node.style)
        elif kind == "AliasEvent":
            node.tag, node.value = "alias", str(event.anchor)
            node.target = self.anchors.get(node.value)
            if node.target is None:
                raise Unreadable(f"the alias *{node.value} names no anchor before it", node.span.start - self.offset)
        else:
            node.tag = "map" if kind == "MappingStartEvent" else "seq"
            node.style = "flow" if event.flow_style else "block"
        if kind != "AliasEvent" and event.anchor is not None:
            node.anchor = event.anchor
            self.anchors[event.anchor] = node
        if self.parent is not None:
            node.key, node.key_span = self.key, self.key_span
            node.flow = self.parent.style == "flow"
            self.parent.children.append(node)
        self.key = self.key_span = None
        self.nodes.append(node)
        if kind in _STARTS:
            self.parent = node

    def written(self, event: Event, kind: str) -> Span:
        """Return where *event* is written, without its anchor, its tag and what separates them from it."""
        start, end = event.start_mark.index + self.offset, event.end_mark.index + self.offset
        if kind == "AliasEvent":
            return Span(start, end)
        if kind == "ScalarEvent" and start < end and event.style not in _BLOCKS and event.anchor is event.tag is None:
            return Span(start, end)  # as nearly all
        properties = (event.anchor is not None) + (event.tag is not None)
        for _ in range(properties):
            found = _PROPERTY.match(self.text, start)
            start = found.end() if found is not None else start
        if kind in _STARTS:
            return Span(start, start)  # its end is known when it is closed
        if start < end:
            return self.block_span(start, end) if event.style in _BLOCKS else Span(start, end)
        return Span(end, end) if properties else self.empty_span(end)

    def block_span(self, start: int, end: int) -> Span:
        """Leave out the line break after the text of a block scalar, and blank lines that are not its own."""
        raw = self.text[start:end]
        header = re.split(r"[ \t\r\n]", raw, maxsplit=1)[0]
        if "+" in header:
            return Span(start, start + len(re.sub(r"(?:\r\n|\r|\n)[ \t]*\Z", "", raw)))
        ink = len(raw.rstrip(" \t\r\n"))
        line_end = NEWLINE.search(raw, ink)
        return Span(start, start + (line_end.start() if line_end else len(raw)))

    def empty_span(self, mark: int) -> Span:
        """Return the place right after the colon or the dash of a value that is not written."""
        if self.key_span is not None:
            colon = self.text.rfind(":", self.key_span.end, mark + 1)  # a comment may be before it
            if colon >= 0:
                return Span(colon + 1, colon + 1)
        first = self.parent.span.start if self.parent is not None else self.offset
        if self.key_span is not None:  # a key alone, after "?"
            first = self.key_span.end
        while mark > first and self.text[mark - 1] in " \t\r\n":
            mark -= 1
        mark = max(mark, first)
        return Span(mark, mark)

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


_COLLECTIONS = frozenset(["map", "seq", "alias"])


def _scalar_tag(event: Event, style: str) -> str:
    tag = event.tag
    if tag is None or tag == "!":
        plain = style == scalars.PLAIN and tag is None
        return scalars.resolve(event.value) if plain else "str"
    name = str(tag).removeprefix(_CORE_TAG)
    return f"!!{name}" if name in _COLLECTIONS else name
