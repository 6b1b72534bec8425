"""What a schema asks for at each place of a file, so that files are told apart no further than it can matter."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence

from feedlint import glimpse
from feedlint.glimpse import Unsure
from feedlint.schema import Schema, Shape, matching
from feedlint.source import scalars
from feedlint.source.plain import DATE, data
from feedlint.source.trail import Place
from feedlint.typed import Any, Final

_TAGS: Final = {
    **dict.fromkeys(("quality", "heat", "image-width", "image-height"), "int"),
    "published": "bool",
    **dict.fromkeys(("record", "provider", "image"), "map"),
    **dict.fromkeys(("topics",), "seq"),
}
DATES: Final = ("date", "updated-date")
"""The roles of the dates, which are written without quotes."""
_OF_SCALARS: Final = ("const", "enum", "pattern", "minLength", "maxLength", "minimum", "maximum")
_SAME_PLACE: Final = ("allOf", "anyOf", "oneOf")
_PART_OF_SAME: Final = ("if", "then", "else", "not")
# What depends on nothing but the keys, the types, the number of items, and the outcomes of the keywords above.
_KNOWN: Final = frozenset([
    *("type", "required", "dependentRequired", "propertyNames", "minItems", "maxItems", "minProperties"),
    *("maxProperties", "properties", "additionalProperties", "items", "uniqueItems", "$ref", "$defs", "$schema"),
    *("$id", "$comment", "title", "description", "examples", "default", "deprecated", "format"),
    *(*_OF_SCALARS, *_SAME_PLACE, *_PART_OF_SAME),
])  # fmt: skip


def tag_of(role: str) -> str:
    """Return the type that a field with *role* has where it is as it should be."""
    return _TAGS.get(role, "str")


def is_usual(role: str, tag: str, style: str) -> bool:
    """Tell whether a field with *role* has the type and the style of nearly all: dates are without quotes."""
    return tag == tag_of(role) and (style == scalars.PLAIN or role not in DATES)


class SchemaPlace(Place):
    """A place of *schema* with *shape*, and all that is said of it in there."""

    def __init__(self, schema: Schema, shape: Shape | None, said: Sequence[dict[str, Any]], *, exact: bool) -> None:
        self.shape = shape
        self.role = shape.role if shape is not None else None
        self._schema = schema
        self._said = said
        self._exact = exact
        # How many items of a list are the same is told of each file.
        self.is_unique = any(place.get("uniqueItems") is True for place in said)
        self._asks = [_asking(schema, name, place[name]) for place in said for name in _OF_SCALARS if name in place]
        if self._asks:
            self.fits = self._fits
        self._tag = tag_of(self.role) if self.role is not None else ""
        self._is_date = self.role in DATES
        self._below: dict[str | None, SchemaPlace] = {}

    def below(self, key: str | None) -> SchemaPlace:
        """Return the place of what *key* leads to; None: of an item."""
        found = self._below.get(key)
        if found is None:
            shape = self.shape.under(key) if self.shape is not None else None
            said = [more for place in self._said for more in _below(self._schema, place, key)]
            found = self._below[key] = SchemaPlace(self._schema, shape, said, exact=self._exact)
        return found

    def kind(self, tag: str, style: str, text: str) -> Hashable:
        """Return the type of a value, and what the schema has against it; None for one to be looked at in full.

        That is one of another type or style than nearly all have there.
        """
        if tag == DATE:
            if self.role is not None and not self._is_date:
                return None
            tag = "str"
        if self.role is not None and (tag != self._tag or (self._is_date and style != scalars.PLAIN)):
            return None
        if self._exact or tag == "float":  # 89.0 is a whole number to some
            return tag, text
        if not self._asks:
            return tag
        value = text if tag == "str" else data(tag, text)
        try:
            wrong = [at for at, is_wrong in enumerate(self._asks) if is_wrong(value)]
        except Unsure:
            return tag, text
        return (tag, *wrong) if wrong else tag

    def _fits(self, text: str) -> bool:
        """Tell whether the schema has nothing against *text* that is said here, as of another one of the kind "str"."""
        try:
            for is_wrong in self._asks:
                if is_wrong(text):
                    return False
        except Unsure:
            return False
        return True


def _asking(schema: Schema, keyword: str, asked: Any) -> Callable[[Any], int]:
    """Return what tells whether a value is not as *keyword* in *schema* has it."""
    if keyword != "pattern" or schema.is_shipped:
        return glimpse.asking(keyword, asked)
    # One of somebody else's may take Python's matcher time without end.
    is_found = matching(asked)

    def is_wrong(value: Any) -> int:
        if is_found is None:
            raise Unsure(asked)
        try:
            return isinstance(value, str) and not is_found(value)
        except (ValueError, SystemError):  # it gave up
            raise Unsure(asked) from None

    return is_wrong


def root_of(schema: Schema) -> SchemaPlace:
    """Return the place of a whole record by *schema*."""
    exact = not all(_is_known(schema.source))
    return SchemaPlace(schema, schema.shape, [*_same(schema, schema.source)], exact=exact)


def _is_known(place: Any) -> Iterator[bool]:
    """Yield for all that is said in *place* of a schema whether it is known what it depends on."""
    if not isinstance(place, dict):
        yield isinstance(place, bool)
        return
    for keyword, asked in place.items():
        yield keyword in _KNOWN or keyword.startswith("x-")
        if keyword in ("const", "enum"):  # where they are of scalars
            yield not any(isinstance(each, (dict, list)) for each in (asked if keyword == "enum" else [asked]))
        if keyword in ("properties", "$defs"):
            parts: Sequence[Any] = [*asked.values()]
        elif keyword in _SAME_PLACE:
            parts = asked
        elif keyword in (*_PART_OF_SAME, "items", "additionalProperties", "propertyNames"):
            parts = [asked]
        else:
            parts = ()
        for part in parts:
            yield from _is_known(part)


def _same(schema: Schema, place: Any) -> Iterator[dict[str, Any]]:
    """Yield all that is said of the same value as *place* says something of."""
    waiting = [place]
    seen: list[Any] = []
    for each in waiting:
        if not isinstance(each, dict) or any(each is other for other in seen):
            continue
        seen.append(each)
        waiting += [part for keyword in _SAME_PLACE for part in each.get(keyword, ())]
        waiting += [each[keyword] for keyword in _PART_OF_SAME if keyword in each]
        if "$ref" in each:
            waiting.append(schema.target(each["$ref"]))
        yield each


def _below(schema: Schema, place: dict[str, Any], key: str | None) -> Iterator[dict[str, Any]]:
    """Yield all that *place*, one of a mapping or a list, says of what *key* leads to."""
    if key is None:
        yield from _same(schema, place.get("items", {}))
    elif key in place.get("properties", {}):
        yield from _same(schema, place["properties"][key])
    else:
        yield from _same(schema, place.get("additionalProperties", {}))
