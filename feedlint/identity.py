"""What makes a finding the same finding after lines have moved: not where it is, but what it is about."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import cached_property

from feedlint.diagnostic import Diagnostic, Mute
from feedlint.quick import sha256
from feedlint.source import Document, Node, Span
from feedlint.source.nodes import DataPath
from feedlint.source.text import NEWLINE
from feedlint.typed import Final, NamedTuple
from feedlint.values import replace

_DIGITS: Final = 12
"""Hexadecimal digits of a digest: 48 bits, so that two values in one field of one file never meet by chance."""


class Key(NamedTuple):
    """A finding within its file: the rule's code, the place in the data, a digest of the value, and which one it is.

    ``place`` is a data path without positions (``related.*.title``), which shift when an item comes or goes; "" is the
    file. ``occurrence`` counts from 1 those that are otherwise the same, in the order of the file.
    """

    code: str
    place: str
    digest: str
    occurrence: int


def place_of(path: DataPath) -> str:
    """Return *path* as the text of a :class:`Key`'s place: ``related.*.title``."""
    return ".".join("*" if isinstance(item, int) else item for item in path)


def digest_of(*values: str) -> str:
    """Return 12 hexadecimal digits (of SHA-256) that stand for *values*."""
    digest: str = sha256("\0".join(values).encode("utf-8", "surrogatepass")).hexdigest()
    return digest[:_DIGITS]


def stamped(document: Document, found: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Return *found*, findings in *document*, each with the digest of what it is about.

    That is the value of its field and of those it is labelled as disagreeing with; the very characters where it is
    about no field. Nothing of it depends on lines, on positions in lists, on quotes or on the words of the message,
    which may change with any version. A rule whose findings are about something that is not there gives a digest of
    its own.
    """
    if all(diagnostic.digest for diagnostic in found):
        return list(found)
    values = _Values(document)
    return [d if d.digest else replace(d, digest=digest_of(*values.of(d))) for d in found]


def line_digest(document: Document, offset: int) -> str:
    """Return the digest of the line of *offset*, for a finding that is about what stands there, whatever it means."""
    line, _ = document.lines.position(offset)
    return digest_of(document.lines.text(line).strip())


class _Values:
    """What the findings in a document are about."""

    def __init__(self, document: Document) -> None:
        self._document = document
        nodes = document.nodes
        if document.root is None:  # what a line says by itself it still says when those around it are repaired
            from feedlint.source.salvage import salvage, tree

            nodes = tree(salvage(document.text, *document.delimiters.front))
        self._nodes = nodes[1:]  # the root is the file
        self._scalars = sorted((node for node in self._nodes if not node.children), key=_start)
        self._starts = [_start(node) for node in self._scalars]

    @cached_property
    def _by_path(self) -> dict[DataPath, Node]:
        return {node.path: node for node in self._nodes}

    def of(self, diagnostic: Diagnostic) -> Iterator[str]:
        """Yield what *diagnostic* is about: its own value, and that of each label."""
        node = self._around(diagnostic.span)
        if node is None or node.path != diagnostic.data_path:
            node = self._by_path.get(diagnostic.data_path)
        yield from self._written(node, diagnostic.span)
        for label in diagnostic.labels:
            yield from self._written(self._around(label.span), label.span)

    def _around(self, span: Span) -> Node | None:
        """Return the scalar that *span* is in the value or the key of."""
        index = bisect_right(self._starts, span.start) - 1
        return self._scalars[index] if index >= 0 and _has(self._scalars[index], span) else None

    def _written(self, node: Node | None, span: Span) -> Iterator[str]:
        """Yield the value of *node*, and what stands at *span* where that is beside the value, or there is no node."""
        if node is not None and not node.children:
            yield node.value
            if _has(node, span):
                return
        elif node is not None and _has(node, span):
            yield from (child.value for child in node.children if not child.children)
        yield NEWLINE.sub("\n", self._document.slice(span))


def _start(node: Node) -> int:
    return node.span.start if node.key_span is None else min(node.span.start, node.key_span.start)


def _has(node: Node, span: Span) -> bool:
    """Tell whether *span* is in the value of *node*, or in its key."""
    return any(
        place is not None and place.start <= span.start <= span.end <= place.end for place in (node.span, node.key_span)
    )


def keys(found: Iterable[Diagnostic]) -> list[Key]:
    """Return the key of each of *found*, the findings of one file in order."""
    seen: Counter[tuple[str, str, str]] = Counter()
    result = []
    for diagnostic in found:
        same = diagnostic.code, place_of(diagnostic.data_path), diagnostic.digest
        seen[same] += 1
        result.append(Key(*same, seen[same]))
    return result


def mark(found: Sequence[Diagnostic], known: Container[Key], mute: Mute) -> list[Diagnostic]:
    """Return *found*, the findings of one file in order, those that are *known* muted; who mutes first has the word."""
    return [
        replace(diagnostic, muted=mute) if diagnostic.muted is None and key in known else diagnostic
        for diagnostic, key in zip(found, keys(found), strict=True)
    ]
