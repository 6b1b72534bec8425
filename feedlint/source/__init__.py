"""The ground floor: bytes to :class:`Document`, and a value back to text in a node's own style."""

from __future__ import annotations

from feedlint.lazy import names_from
from feedlint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from feedlint.source.data import Entry
    from feedlint.source.delimiters import Delimiter, Delimiters
    from feedlint.source.document import Document, Fault
    from feedlint.source.lines import Lines
    from feedlint.source.nodes import Node
    from feedlint.source.parser import parse, unread
    from feedlint.source.text import BOM, Span, decode, encode
    from feedlint.source.tracing import trace

__all__ = [
    "BOM",
    "Delimiter",
    "Delimiters",
    "Document",
    "Entry",
    "Fault",
    "Lines",
    "Node",
    "Span",
    "decode",
    "encode",
    "parse",
    "trace",
    "unread",
]

__getattr__, __dir__ = names_from(
    __name__,
    {
        "data": ("Entry",),
        "delimiters": ("Delimiter", "Delimiters"),
        "document": ("Document", "Fault"),
        "nodes": ("Node",),
        "parser": ("parse", "unread"),
        "lines": ("Lines",),
        "text": ("BOM", "Span", "decode", "encode"),
        "tracing": ("trace",),
    },
)
