"""The ground floor: bytes to :class:`Document`, and a value back to text in a node's own style."""

from __future__ import annotations

from feedlint.source.data import Entry
from feedlint.source.delimiters import Delimiter, Delimiters
from feedlint.source.document import Document, Fault, parse, unread
from feedlint.source.nodes import Node
from feedlint.source.text import BOM, Lines, Span, decode, encode

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
    "unread",
]
