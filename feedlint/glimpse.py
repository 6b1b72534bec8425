"""What is wrong with data by a JSON Schema, told without the libraries that know all of JSON Schema.

These take longer to load than to judge a hundred records here. Only what is sure is told: with anything in the schema
or in the data that is not plain, the answer is left to them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial

from feedlint.typed import Any, Final, NamedTuple

_Path = tuple["str | int", ...]

_LARGEST: Final = 2**53
"""Whole numbers up to this one are the same to all who read JSON (RFC 8259, section 6)."""
_SILENT: Final = frozenset(
    ["$schema", "$id", "$defs", "title", "description", "examples", "default", "format", "then", "else"]
)
"""Keywords that ask for nothing by themselves; what a format says of a text is not asserted."""
_OURS: Final = "x-"
_OTHERS: Final = "additionalProperties"
# What may mean another thing to another engine, of a text that is not visible ASCII: classes, ends, groups.
_PARTICULAR: Final = frozenset("\\$(")
_VISIBLE: Final = bytes(range(0x20, 0x7F))
_STR: Final = frozenset([str])


class Unsure(Exception):
    """What is asked cannot be told here."""


class Fault(NamedTuple):
    """What is wrong, named as in a ``jsonschema.ValidationError``."""

    absolute_path: tuple[str | int, ...]
    validator: str | None
    validator_value: Any
    instance: Any
    schema: Any
    absolute_schema_path: tuple[str | int, ...] = ()


def faults(place: Any, data: Any, target: Callable[[str], Any]) -> list[Fault]:
    """Return what is wrong with *data* at *place* in a schema, in the order in which ``jsonschema`` finds it.

    *target* returns what a reference within the schema (``#/$defs/name``) points to. The patterns in it have to be such
    as take linear time. Raises :class:`Unsure`.
    """
    judge = _Judge(target)
    try:
        judge.judge(place, data, ())
    except RecursionError:
        raise Unsure("nested too deeply") from None
    return judge.found


class _Judge:
    """Looks at values by places in a schema."""

    def __init__(self, target: Callable[[str], Any]) -> None:
        self.found: list[Fault] = []
        self._target = target

    def judge(self, place: Any, value: Any, path: _Path) -> None:
        """Find what is wrong with the *value* at *path* by *place*."""
        if isinstance(place, bool):
            self.found += [] if place else [Fault(path, None, None, value, place)]
            return
        _, place, questions = _KEPT.get(id(place)) or _kept(place, self._target)
        for keyword, plain, deep in questions:
            if plain is not None:
                if wrong := plain(value):
                    self.found += [Fault(path, keyword, place[keyword], value, place)] * wrong
            elif deep is not None:
                deep(self, place, value, path)
            else:
                raise Unsure(keyword)

    def holds(self, place: Any, value: Any) -> bool:
        """Tell whether nothing is wrong with *value* by *place*."""
        other = _Judge(self._target)
        other.judge(place, value, ())
        return not other.found

    def reference(self, place: Any, value: Any, path: _Path) -> None:
        self.judge(self._target(place["$ref"]), value, path)

    def properties(self, place: Any, value: Any, path: _Path) -> None:
        if isinstance(value, dict):
            _check_names(value)
            known = place["properties"]
            for name in [name for name in known if name in value]:
                self.judge(known[name], value[name], (*path, name))

    def others(self, place: Any, value: Any, path: _Path) -> None:
        asked, known = place[_OTHERS], place.get("properties", ())
        if not isinstance(value, dict):
            return
        _check_names(value)
        others = [name for name in value if name not in known]
        if asked is False and others:
            self.found.append(Fault(path, _OTHERS, asked, value, place))
        elif not isinstance(asked, bool):
            for name in others:
                self.judge(asked, value[name], (*path, name))

    def names(self, place: Any, value: Any, _: _Path) -> None:
        if isinstance(value, dict) and not all(self.holds(place["propertyNames"], name) for name in value):
            raise Unsure("a name that is wrong")

    def items(self, place: Any, value: Any, path: _Path) -> None:
        for index, item in enumerate(value if isinstance(value, list) else ()):
            self.judge(place["items"], item, (*path, index))

    def all_of(self, place: Any, value: Any, path: _Path) -> None:
        for each in place["allOf"]:
            self.judge(each, value, path)

    def one_of(self, place: Any, value: Any, path: _Path) -> None:
        if sum(self.holds(each, value) for each in place["oneOf"]) != 1:
            self.found.append(Fault(path, "oneOf", place["oneOf"], value, place))

    def condition(self, place: Any, value: Any, path: _Path) -> None:
        self.judge(place.get("then" if self.holds(place["if"], value) else "else", True), value, path)


def _check_names(value: dict[Any, Any]) -> None:
    if not _STR.issuperset(map(type, value)):
        raise Unsure("a key that JSON has not")


def _kept(place: dict[str, Any], target: Callable[[str], Any]) -> _Kept:
    """Return what :data:`_KEPT` is to have of *place*."""
    asked = place
    questions = _questions(place)
    if len(questions) == 1 and questions[0][0] == "$ref":  # it is the other place that is asked, at once
        other = target(place["$ref"])
        asked, questions = (other, _questions(other)) if isinstance(other, dict) else (place, questions)
    _KEPT[id(place)] = place, asked, questions
    return _KEPT[id(place)]


def _questions(place: dict[str, Any]) -> Sequence[_Question]:
    """Return what is asked at *place*, in its order: each keyword, with what judges values by it, if that is known."""
    return [
        (keyword, asking(keyword, asked) if keyword in _PLAIN else None, _DEEP.get(keyword))
        for keyword, asked in place.items()
        if keyword not in _SILENT and not keyword.startswith(_OURS)
    ]


# --- what plain keywords ask for: how many things are wrong with a value -------------------------------------


def _type(asked: str | list[str]) -> Callable[[Any], int]:
    kinds = [asked] if isinstance(asked, str) else asked
    types = {each for each, kind in _TYPES.items() if kind in kinds or (each is int and "number" in kinds)}

    def is_wrong(value: Any) -> int:
        kind = type(value)
        if kind is str or kind is dict or kind is list:
            return kind not in types
        if kind not in _TYPES or (kind is int and abs(value) > _LARGEST):  # 89.0 is a whole number to some
            raise Unsure("a number that is not plain")
        return kind not in types

    return is_wrong


def _const(asked: Any, value: Any) -> int:
    return not _equal(asked, value)


def _enum(asked: list[Any], value: Any) -> int:
    return not any(_equal(each, value) for each in asked)


def _equal(asked: Any, value: Any) -> bool:
    """Tell whether two scalars are the same to JSON, where true is no 1."""
    if isinstance(asked, (dict, list, float)) or isinstance(value, float):
        raise Unsure("what is not a plain scalar")
    return type(asked) is type(value) and bool(asked == value)


def asking(keyword: str, asked: Any) -> Callable[[Any], int]:
    """Return what tells whether a value is not as *keyword* has it, which asks for *asked*: a pattern, say.

    It raises :class:`Unsure`.
    """
    return _MADE[keyword](asked) if keyword in _MADE else partial(_ASKED[keyword], asked)


@lru_cache(maxsize=256)
def _matching(pattern: str) -> Callable[[Any], int]:
    search = re.compile(pattern).search
    is_particular = not _PARTICULAR.isdisjoint(pattern.replace(r"\t", "").replace(r"\r", "").replace(r"\n", ""))

    def is_wrong(value: Any) -> int:
        if not isinstance(value, str):
            return 0
        if is_particular and not (value.isascii() and not value.encode().translate(None, _VISIBLE)):
            raise Unsure(pattern)
        if not value.isascii():
            try:
                value.encode()
            except UnicodeEncodeError:
                raise Unsure("half a character") from None
        return search(value) is None

    return is_wrong


def _unique(asked: bool, value: Any) -> int:
    if not asked or not isinstance(value, list):
        return 0
    if not all(type(item) is str for item in value):
        raise Unsure("items that are no texts")
    return len(set(value)) < len(value)


def _minimum(asked: int, value: Any) -> int:
    return _is_number(value) and value < asked


def _maximum(asked: int, value: Any) -> int:
    return _is_number(value) and value > asked


def _is_number(value: Any) -> bool:
    if isinstance(value, float):
        raise Unsure("a number with a point")
    return type(value) is int


def _required(asked: list[str], value: Any) -> int:
    return sum(name not in value for name in asked) if isinstance(value, dict) else 0


def _dependent(asked: Mapping[str, list[str]], value: Any) -> int:
    there = [others for name, others in asked.items() if name in value] if isinstance(value, dict) else []
    return sum(other not in value for others in there for other in others)


_TYPES: Final[dict[type, str]] = {
    str: "string",
    int: "integer",
    bool: "boolean",
    type(None): "null",
    dict: "object",
    list: "array",
}
_ASKED: Final[dict[str, Callable[[Any, Any], int]]] = {
    "const": _const,
    "enum": _enum,
    "minLength": lambda asked, value: isinstance(value, str) and len(value) < asked,
    "maxLength": lambda asked, value: isinstance(value, str) and len(value) > asked,
    "minimum": _minimum,
    "maximum": _maximum,
    "minItems": lambda asked, value: isinstance(value, list) and len(value) < asked,
    "uniqueItems": _unique,
    "required": _required,
    "dependentRequired": _dependent,
}
_MADE: Final[dict[str, Callable[[Any], Callable[[Any], int]]]] = {"type": _type, "pattern": _matching}
_PLAIN: Final = frozenset([*_ASKED, *_MADE])
_Deep = Callable[[_Judge, Any, Any, _Path], None]
_Question = tuple[str, "Callable[[Any], int] | None", "_Deep | None"]
_Kept = tuple["dict[str, Any]", "dict[str, Any]", "Sequence[_Question]"]
_KEPT: Final[dict[int, _Kept]] = {}
"""By the number of a place: itself, so that no other gets that, the place it stands for, and what is asked there."""
_DEEP: Final[dict[str, _Deep]] = {
    "$ref": _Judge.reference,
    "properties": _Judge.properties,
    _OTHERS: _Judge.others,
    "propertyNames": _Judge.names,
    "items": _Judge.items,
    "allOf": _Judge.all_of,
    "oneOf": _Judge.one_of,
    "if": _Judge.condition,
}
