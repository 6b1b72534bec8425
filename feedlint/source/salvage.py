"""What can still be read, line by line, where a record does not parse."""

from __future__ import annotations

from typing import NamedTuple

from feedlint.source.text import Span


class Salvaged(NamedTuple):
    """A line that is plainly ``key: value``: its key (None in a list), the decoded value and its span."""

    key: str | None
    value: str
    span: Span


def salvage(text: str, start: int, end: int) -> list[Salvaged]:
    """Return the lines of ``text[start:end]`` that can be read by themselves."""
    return []
