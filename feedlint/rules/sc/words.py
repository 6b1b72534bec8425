"""What the SC rules share: the words for values and types."""

from __future__ import annotations

from collections.abc import Sequence

from feedlint.record import show
from feedlint.source.nodes import DataPath
from feedlint.typed import Any

_TYPES = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "null": "nothing",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping",
}


def quoted(text: str, limit: int = 60) -> str:
    """Return the beginning of *text* in double quotes."""
    return f'"{text[:limit]}…"' if len(text) > limit else f'"{text}"'


def written(value: Any, text: str) -> str:
    """Return *value*, in the file written as *text*, as a message names it."""
    if isinstance(value, str):
        return f"the text {quoted(value)}"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    return f"the number {text[:60]}"


def expected(place: dict[str, Any]) -> str:
    """Return which types *place* of a schema wants, as a message names them."""
    kinds = place["type"] if isinstance(place["type"], list) else [place["type"]]
    fields = listing(place["required"], "and") if place.get("required") else ""
    return listing([_TYPES[kind] for kind in kinds if kind != "null" or len(kinds) == 1], "or") + (
        f" with {fields}" if fields else ""
    )


def listing(names: Sequence[str], last: str) -> str:
    """Return *names* as a sentence lists them, ``a, b and c``; "nothing" where there are none."""
    *first, final = names or ("nothing",)
    return f"{', '.join(first)} {last} {final}" if first else final


def subject(path: DataPath) -> str:
    """Return what a message calls the thing at *path*."""
    return show(path) or "the record"
