"""What the SC rules share: the words for values and types, and which known name was meant."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from feedlint.record import show
from feedlint.source.nodes import DataPath

_TYPES = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping",
}
# Names are short: a longer one is no slip of the pen, and difflib takes time in the square of the length.
_LONGEST_NAME = 60
_LIKENESS = 0.8


def closest(name: str, known: Iterable[str]) -> str:
    """Return which of *known* is meant by *name*: the same but for case and marks, or misspelt; "" if none is."""
    from difflib import get_close_matches

    if len(name) > _LONGEST_NAME:
        return ""
    own = letters(name)
    names = {letters(other): other for other in known}
    swapped = [other for other in names if sorted(other) == sorted(own)]
    found = [own] if own in names else swapped or get_close_matches(own, names, 1, _LIKENESS)
    return names[found[0]] if found else ""


def letters(name: str) -> str:
    """Return *name* without what people and programs vary: case, ``-``, ``_``, spaces."""
    return "".join(char for char in name.casefold() if char.isalnum())


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
    fields = listing(place["required"], "and") if "required" in place else ""
    return listing([_TYPES[kind] for kind in kinds if kind != "null"], "or") + (f" with {fields}" if fields else "")


def listing(names: Iterable[str], last: str) -> str:
    """Return *names* as a sentence lists them: ``a, b and c``."""
    *first, final = names
    return f"{', '.join(first)} {last} {final}" if first else final


def subject(path: DataPath) -> str:
    """Return what a message calls the thing at *path*."""
    return show(path) or "the record"
