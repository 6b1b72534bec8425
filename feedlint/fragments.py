"""Parts of a text that others are put in place of."""

from __future__ import annotations

from collections.abc import Iterable

from feedlint.typed import NamedTuple


class Fragment(NamedTuple):
    """Characters *start* to *end* of a decoded value, and what takes their place."""

    start: int
    end: int
    text: str


def apply_fragments(value: str, fragments: Iterable[Fragment]) -> str:
    """Return *value* with *fragments* (in order, not overlapping) replaced."""
    parts: list[str] = []
    at = 0
    for start, end, text in fragments:
        parts += value[at:start], text
        at = end
    return "".join([*parts, value[at:]])
