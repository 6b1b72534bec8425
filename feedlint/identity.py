"""What makes a finding the same finding after lines have moved: not where it is, but what it is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Final, NamedTuple

from feedlint.diagnostic import Diagnostic, Mute
from feedlint.source import Document
from feedlint.source.nodes import DataPath

_DIGITS: Final = 12
"""Hexadecimal digits of a digest: 48 bits, so that two values in one field of one file never meet by chance."""
_POSITION = re.compile(r"\[\d+\]")
_NUMBER = re.compile(r"\d+")


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
    return sha256("\0".join(values).encode("utf-8", "surrogateescape")).hexdigest()[:_DIGITS]


def stamped(document: Document, found: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Return *found*, findings in *document*, each with the digest of what it is about.

    That is the value of its field and what it is labelled as disagreeing with. Where it is about no single value (the
    file, a mapping that lacks a field), it is its message, without numbers of lines and positions.
    """
    if all(diagnostic.digest for diagnostic in found):
        return list(found)
    nodes = {node.path: node for node in document.nodes if not node.children}

    def value(diagnostic: Diagnostic) -> str:
        node = nodes.get(diagnostic.data_path) if diagnostic.data_path else None
        if node is not None:
            return node.value
        if not diagnostic.data_path:
            return _NUMBER.sub("", diagnostic.message)
        if document.nodes:
            return _POSITION.sub("", diagnostic.message)
        line, _ = document.lines.position(diagnostic.span.start)
        return document.lines.text(line).strip()

    return [
        diagnostic
        if diagnostic.digest
        else replace(
            diagnostic,
            digest=digest_of(value(diagnostic), *(document.slice(label.span) for label in diagnostic.labels)),
        )
        for diagnostic in found
    ]


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
