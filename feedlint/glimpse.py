"""Whether data is what a JSON Schema describes, told of a few records without the library that tells it of many.

That takes longer to load than a hundred records take here. Only what is sure is told: with anything in the schema or in
the data that is not plain, the answer is left to the library.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final

_LARGEST: Final = 2**53
"""Whole numbers up to this one are the same to all who read JSON (RFC 8259, section 6)."""
_SILENT: Final = frozenset(
    ["$schema", "$id", "$defs", "title", "description", "examples", "default", "format", "then", "else"]
)
"""Keywords that ask for nothing by themselves; what a format says of a text is not asserted."""
_OURS: Final = "x-"
# What may mean another thing to another engine, of a text that is not visible ASCII: classes, ends, groups.
_PARTICULAR: Final = frozenset("\\$(")


class Unsure(Exception):
    """What is asked cannot be told here."""


def is_surely_valid(source: Mapping[str, Any], data: Any, target: Callable[[str], Any]) -> bool:
    """Tell whether *data* is surely what the schema *source* describes; False says nothing.

    *target* returns what a reference within the schema (``#/$defs/name``) points to. The patterns in the schema have to
    be such as take linear time.
    """
    try:
        return _Judge(target).holds(source, data)
    except Unsure:
        return False


class _Judge:
    """Tells whether a value is as a place in the schema asks. Raises :class:`Unsure`."""

    def __init__(self, target: Callable[[str], Any]) -> None:
        self._target = target

    def holds(self, place: Any, value: Any) -> bool:
        if isinstance(place, bool):
            return place
        for keyword, asked in place.items():
            if keyword in _PLAIN:
                if not _PLAIN[keyword](asked, value):
                    return False
            elif keyword in _DEEP:
                if not _DEEP[keyword](self, place, asked, value):
                    return False
            elif keyword not in _SILENT and not keyword.startswith(_OURS):
                raise Unsure(keyword)
        return True

    def refers(self, _: Any, reference: str, value: Any) -> bool:
        return self.holds(self._target(reference), value)

    def properties(self, _: Any, asked: Mapping[str, Any], value: Any) -> bool:
        return not isinstance(value, dict) or all(
            self.holds(asked[name], value[name]) for name in _names(value) if name in asked
        )

    def others(self, place: Mapping[str, Any], asked: Any, value: Any) -> bool:
        known = place.get("properties", ())
        return not isinstance(value, dict) or all(
            self.holds(asked, value[name]) for name in _names(value) if name not in known
        )

    def names(self, _: Any, asked: Any, value: Any) -> bool:
        return not isinstance(value, dict) or all(self.holds(asked, name) for name in _names(value))

    def items(self, _: Any, asked: Any, value: Any) -> bool:
        return not isinstance(value, list) or all(self.holds(asked, item) for item in value)

    def all_of(self, _: Any, asked: Any, value: Any) -> bool:
        return all(self.holds(place, value) for place in asked)

    def one_of(self, _: Any, asked: Any, value: Any) -> bool:
        return sum(self.holds(place, value) for place in asked) == 1

    def condition(self, place: Mapping[str, Any], asked: Any, value: Any) -> bool:
        return self.holds(place.get("then" if self.holds(asked, value) else "else", True), value)


def _names(value: dict[Any, Any]) -> list[str]:
    if not all(type(name) is str for name in value):
        raise Unsure("a key that JSON has not")
    return list(value)


def _type(asked: str | list[str], value: Any) -> bool:
    kind = _TYPES.get(type(value))
    if kind is None or (kind == "integer" and abs(value) > _LARGEST):  # 89.0 is a whole number to some
        raise Unsure("a number that is not plain")
    kinds = [asked] if isinstance(asked, str) else asked
    return kind in kinds or (kind == "integer" and "number" in kinds)


def _equal(asked: Any, value: Any) -> bool:
    """Tell whether two scalars are the same to JSON, where true is no 1."""
    if isinstance(asked, (dict, list, float)) or isinstance(value, float):
        raise Unsure("what is not a plain scalar")
    return type(asked) is type(value) and bool(asked == value)


def _pattern(asked: str, value: Any) -> bool:
    if not isinstance(value, str):
        return True
    if not (value.isascii() and value.isprintable()):
        try:
            value.encode()
        except UnicodeEncodeError:
            raise Unsure("half a character") from None
        if not _PARTICULAR.isdisjoint(asked.replace(r"\t", "").replace(r"\r", "").replace(r"\n", "")):
            raise Unsure(asked)
    return _compiled(asked).search(value) is not None


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _unique(asked: bool, value: Any) -> bool:
    if not asked or not isinstance(value, list):
        return True
    if not all(type(item) is str for item in value):
        raise Unsure("items that are no texts")
    return len(set(value)) == len(value)


def _number(value: Any) -> bool:
    if isinstance(value, float):
        raise Unsure("a number with a point")
    return type(value) is int


def _dependent(asked: Mapping[str, Any], value: Any) -> bool:
    return not isinstance(value, dict) or all(
        name not in value or all(other in value for other in others) for name, others in asked.items()
    )


_TYPES: Final[dict[type, str]] = {
    str: "string",
    int: "integer",
    bool: "boolean",
    type(None): "null",
    dict: "object",
    list: "array",
}
_PLAIN: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "type": _type,
    "const": _equal,
    "enum": lambda asked, value: any(_equal(each, value) for each in asked),
    "pattern": _pattern,
    "minLength": lambda asked, value: not isinstance(value, str) or len(value) >= asked,
    "maxLength": lambda asked, value: not isinstance(value, str) or len(value) <= asked,
    "minimum": lambda asked, value: not _number(value) or value >= asked,
    "maximum": lambda asked, value: not _number(value) or value <= asked,
    "minItems": lambda asked, value: not isinstance(value, list) or len(value) >= asked,
    "uniqueItems": _unique,
    "required": lambda asked, value: not isinstance(value, dict) or all(name in value for name in asked),
    "dependentRequired": _dependent,
}
_DEEP: Final[dict[str, Callable[[_Judge, Any, Any, Any], bool]]] = {
    "$ref": _Judge.refers,
    "properties": _Judge.properties,
    "additionalProperties": _Judge.others,
    "propertyNames": _Judge.names,
    "items": _Judge.items,
    "allOf": _Judge.all_of,
    "oneOf": _Judge.one_of,
    "if": _Judge.condition,
}
