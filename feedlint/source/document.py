"""One feed file, read without loss."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from feedlint.source.lines import Lines
from feedlint.source.text import DATA_SUFFIXES, Span, encode
from feedlint.typed import TYPE_CHECKING, Any, Final, NamedTuple
from feedlint.values import dataclass

if TYPE_CHECKING:
    from feedlint.source.data import Entry
    from feedlint.source.delimiters import Delimiters
    from feedlint.source.nodes import Node

TOO_LARGE: Final = "too-large"
"""What is wrong with a file that is not read for its size."""


class Fault(NamedTuple):
    """Why a document has no readable record.

    *kind* is one of ``too-large``, ``not-utf8``, ``yaml``, ``documents``, ``empty``, ``not-a-mapping``; *problem* and
    *context* are the parser's words, *began* the offset at which it began what it could not finish.
    """

    kind: str
    span: Span
    problem: str = ""
    context: str = ""
    began: int | None = None


@dataclass(frozen=True, eq=False)
class Document:
    """One file, immutable: its text, its delimiters, its YAML nodes, and why there may be none.

    Made by :func:`~feedlint.source.parser.parse`. ``nodes`` are in document order, the root first; ``data`` is what a
    reader gets.
    """

    path: str
    text: str
    delimiters: Delimiters
    nodes: Sequence[Node]
    data: Any
    faults: tuple[Fault, ...]

    @property
    def is_data(self) -> bool:
        """Whether all of the file is YAML, without delimiters, as its name says."""
        return self.path.lower().endswith(DATA_SUFFIXES)

    @property
    def root(self) -> Node | None:
        """The mapping that is the record, or None where there is no readable record."""
        return self.nodes[0] if self.nodes and not self.faults else None

    @property
    def is_too_large(self) -> bool:
        """Whether the file was not read, for its size."""
        return any(fault.kind == TOO_LARGE for fault in self.faults)

    @cached_property
    def lines(self) -> Lines:
        """The line table of the text."""
        return Lines(self.text)

    @cached_property
    def entries(self) -> list[Entry]:
        """All data of the document as a flat list; two documents with equal entries hold the same data."""
        from feedlint.source.data import entries

        return entries(list(self.nodes))

    @cached_property
    def newline(self) -> str:
        """The line ending most lines have (LF where there is none, or as many of each)."""
        crlf = self.text.count("\r\n")
        lone_cr = self.text.count("\r") - crlf
        lf = self.text.count("\n") - crlf
        if lone_cr > max(crlf, lf):
            return "\r"
        return "\r\n" if crlf > lf else "\n"

    @cached_property
    def jekyll_front(self) -> Span | None:
        """What Jekyll takes for the YAML of this file, the opening line included, or None if it finds none.

        A strict reader finds it only where ``delimiters.sound`` and no byte order mark stands before it.
        """
        from feedlint.source.delimiters import jekyll_front

        return jekyll_front(self.text)

    @property
    def bytes(self) -> bytes:
        """The file's bytes."""
        return encode(self.text)

    def slice(self, span: Span) -> str:
        """Return the text of *span*."""
        return self.text[span.start : span.end]
