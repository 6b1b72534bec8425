"""Reading a file as a :class:`Document`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from feedlint.lazy import regex
from feedlint.source import delimiters as delimiter
from feedlint.source import nodes as yaml_nodes
from feedlint.source import scalars
from feedlint.source.data import to_data
from feedlint.source.delimiters import Delimiters
from feedlint.source.document import TOO_LARGE, Document, Fault
from feedlint.source.events import Unreadable
from feedlint.source.nodes import Node
from feedlint.source.text import DATA_SUFFIXES, Span, decode
from feedlint.typed import Any

_INDENTED = regex("^---", re.MULTILINE)
_NOT_UTF8 = regex("[\ud800-\udfff]")


def parse(source: bytes | str, path: str = "") -> Document:
    """Read *source*, a feed file's bytes or the text :func:`decode` made of them, as the document at *path*.

    Never raises: what cannot be read is told by the document's ``faults``.
    """
    text = decode(source) if isinstance(source, bytes) else source
    if path.lower().endswith(DATA_SUFFIXES):
        return _read(text, path, delimiter.whole(text))
    found = delimiter.find(text)
    document = _read(text, path, found)
    if document.faults and document.faults[0].kind in ("yaml", "documents", "not-a-mapping"):
        for later in delimiter.later(text, found):
            if _is_quoted(text, found, later):
                return _read(text, path, later)
        earlier = delimiter.before_prose(text, found)
        if earlier is not None:
            other = _read(text, path, earlier)
            if other.root is not None and other.root.children:
                return other
    return document


def unread(path: str, limit: int) -> Document:
    """Return what there is of the file at *path* that was not read, since it has more than *limit* bytes."""
    fault = Fault(TOO_LARGE, Span(0, 0), f"more than {limit:,} bytes")
    return Document(path, "", delimiter.whole(""), (), None, (fault,))


def _is_quoted(text: str, found: Delimiters, later: Delimiters) -> bool:
    """Tell whether the closer of *found* is a line of a quoted text, and the record goes on to that of *later*.

    No YAML parser takes a text with such a line, so it is read with the line indented.
    """
    start, at, end = found.front.start, found.closer.span.start, later.front.end
    indented = text[start:at] + _INDENTED.sub(r"  \g<0>", text[at:end])
    try:
        nodes = yaml_nodes.read(indented, 0, len(indented)).nodes
    except Unreadable:
        return False
    quoted = [node for node in nodes if node.style in (scalars.SINGLE, scalars.DOUBLE)]
    around = next((node for node in quoted if node.span.start < at - start < node.span.end), None)
    return around is not None and nodes[0].tag == "map" and nodes[0].children[-1].span.start > around.span.end


def _read(text: str, path: str, found: Delimiters) -> Document:
    start, end = found.front
    nodes: Sequence[Node] = ()
    data: Any = None
    fault: Fault | None = None
    bad = _NOT_UTF8.search(text)
    if bad is not None:
        fault = Fault("not-utf8", Span(bad.start(), bad.end()))
    elif found.opener.kind != delimiter.NONE:
        try:
            tree = yaml_nodes.read(text, start, end)
            nodes = tree.nodes
            data = to_data(tree.nodes)
            fault = _shape_fault(text, start, end, tree)
        except Unreadable as error:
            at = min(error.at, len(text))
            fault = Fault("yaml", Span(at, min(at + 1, len(text))), error.problem, error.context, error.began)
            nodes, data = (), None
    return Document(path, text, found, nodes, data, (fault,) if fault else ())


def _shape_fault(text: str, start: int, end: int, tree: yaml_nodes.Tree) -> Fault | None:
    if tree.second_document is not None:
        at = tree.second_document
        return Fault("documents", Span(at, min(at + 3, len(text))))
    if not tree.nodes or tree.nodes[0].tag == "null":
        return Fault("empty", Span(start, end))
    if tree.nodes[0].tag != "map":
        return Fault("not-a-mapping", tree.nodes[0].span)
    return None
