"""What the YA rules on values that parse share: what the schema says of a place, and what is written between values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from feedlint import schema as roles
from feedlint.lazy import regex
from feedlint.schema import ROLE, Schema
from feedlint.source import Document, Node, Span, scalars
from feedlint.source.nodes import DataPath
from feedlint.typed import Any, NamedTuple

TEXTS = frozenset([*roles.TEXTS, "topic"])
"""The roles of what people read."""
_COMMENT = regex(r"(?:(?<=[ \t\r\n,\[\]{}:-])|\A)#[^\r\n]*")
# What an anchor or a tag begins with, where one can begin.
_MARK = regex(r"[&!](?<![^\s,\[\]{}:][&!])")
_PROPERTY = regex(r"(?:!<[^>\s]*>|[&!][^\s,\[\]{}]*)")


def place_at(schema: Schema | None, path: DataPath) -> dict[str, Any] | None:
    """Return what *schema* says of the field at *path*; None where it says nothing."""
    place: dict[str, Any] | None = schema.source if schema is not None else None
    for step in path:
        if schema is None or not place:
            return None
        if isinstance(step, int):
            place = schema.field({"properties": place}, "items")
        else:
            place = schema.field({"properties": place.get("properties", {})}, step)
    return place or None


def role_of(place: dict[str, Any] | None) -> str:
    """Return the role of *place*, "" where it has none."""
    return str(place.get(ROLE, "")) if place else ""


def types_of(place: dict[str, Any] | None) -> frozenset[str]:
    """Return the types that *place* wants; none where anything may stand there."""
    kinds = place.get("type", ()) if place else ()
    return frozenset([kinds] if isinstance(kinds, str) else kinds)


def wants_text(place: dict[str, Any] | None) -> bool:
    """Tell whether a text, and no other scalar, may stand at *place*."""
    kinds = types_of(place)
    return "string" in kinds and not kinds & {"integer", "number", "boolean"}


def is_refused(schema: Schema | None, place: dict[str, Any] | None, value: object) -> bool:
    """Tell whether the schema has something to say against *value* at *place*, so that its rules speak of it."""
    return schema is not None and place is not None and any(schema.errors(value, place))


class Property(NamedTuple):
    """An anchor or a tag as written: its *text*, where it is, the *node* it is before, and if it belongs to its key."""

    text: str
    span: Span
    node: Node
    of_key: bool


class Gap(NamedTuple):
    """What is written between two values, before *node* or its key, without its comments."""

    text: str
    start: int
    node: Node
    before_key: bool


def gaps(document: Document) -> Iterator[Gap]:
    """Yield what is written before each key and each value."""
    at = document.delimiters.front.start
    text = document.text
    for node in document.nodes:
        for span, is_key in ((node.key_span, True), (node.span, False)):
            if span is not None:
                if at < span.start:
                    between = text[at : span.start]
                    if "#" in between:
                        between = _COMMENT.sub(lambda match: " " * len(match[0]), between)
                    yield Gap(between, at, node, is_key)
                at = max(at, span.end if is_key or not node.children else span.start)


@lru_cache(maxsize=1)
def properties(document: Document) -> Sequence[Property]:
    """Return the anchors and tags of *document*."""
    if not _MARK.search(document.text, *document.delimiters.front):
        return ()
    found = []
    for gap in gaps(document):
        for match in _PROPERTY.finditer(gap.text):
            span = Span(gap.start + match.start(), gap.start + match.end())
            found.append(Property(match[0], span, gap.node, gap.before_key))
    return found


def quoted(text: str) -> str:
    """Return *text* in double quotes, as it is written in YAML."""
    return scalars.render(text, scalars.DOUBLE)
