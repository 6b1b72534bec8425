"""Bytes to text and back without loss, and spans.

All offsets in feedlint are offsets into the ``str`` made by :func:`decode`: characters (code points), counted
from 0, with line endings as they are in the file.
"""

from __future__ import annotations

from feedlint.lazy import regex
from feedlint.typed import Final, NamedTuple

DATA_SUFFIXES: Final = (".yaml", ".yml")
"""What Jekyll takes for a YAML file among its data: all of it is the record, it has no delimiters."""
BOM = "\ufeff"
NEWLINE = regex(r"\r\n|\r|\n")


class Span(NamedTuple):
    """A half-open range of character offsets into a document's text."""

    start: int
    end: int


def decode(data: bytes) -> str:
    """Return *data* as text from which :func:`encode` gives the very same bytes back.

    Bytes that are not UTF-8 become lone surrogates (PEP 383), so nothing raises and nothing is lost.
    """
    return data.decode("utf-8", "surrogateescape")


def encode(text: str) -> bytes:
    """Return the bytes of *text*, undoing :func:`decode`."""
    return text.encode("utf-8", "surrogateescape")
