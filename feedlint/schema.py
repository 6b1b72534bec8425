"""What a schema says: which fields a record has, which role each field plays, which records it covers.

A schema is a JSON Schema (draft 2020-12). Beside the keywords of the standard it may carry ours: ``x-feedlint-role``
says what a field *is* (a title, an AMP URL, a date), so that rules ask for roles and need no field names;
``x-feedlint-collections`` at its top lists the folders whose records it covers, ``x-feedlint-body`` says whether text
follows the front matter there, and ``x-feedlint-file-name`` lists the roles of which the file's name is made.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache, partial

from feedlint.glimpse import Unsure, faults
from feedlint.lazy import regex
from feedlint.quick import suppress
from feedlint.typed import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from feedlint.source import Node

ROLE: Final = "x-feedlint-role"
COLLECTIONS: Final = "x-feedlint-collections"
BODY: Final = "x-feedlint-body"
FILE_NAME: Final = "x-feedlint-file-name"
_END: Final = regex(r"(?<!\\)\$\(\?!\\n\)\Z")
_DATA: Final = ("const", "enum")
_SURROGATE: Final = regex("[\ud800-\udfff]")
TEXTS: Final = ("title", "excerpt", "provider-name", "image-title", "topic-name", "text")
"""The roles of plain text that people read."""
ADDRESSES: Final = ("original-url", "web-url", "amp-url", "cdn-amp-url", "link", "image-url")
"""The roles of URLs."""


_FEW: Final = 500
"""Records that are sooner judged without jsonschema-rs, in 0.05 ms each, than that is loaded and has the schema."""


class SchemaError(ValueError):
    """A schema that cannot be used, and why."""


class Shape:
    """One place in a schema, as far as rules ask: its role, and the places below it."""

    def __init__(self) -> None:
        self.role: str | None = None
        self.properties: dict[str, Shape] = {}
        self.others: Shape | None = None
        self.items: Shape | None = None

    def below(self, node: Node) -> Shape | None:
        """Return the place of a child *node* of a node at this place."""
        return self.under(node.key)

    def under(self, key: str | None) -> Shape | None:
        """Return the place of what *key* leads to; None: of an item."""
        return self.items if key is None else self.properties.get(key, self.others)


class Schema:
    """A loaded schema. ``shape`` is for asking roles; ``is_valid`` is the fast gate, ``errors`` the full account.

    ``keys`` tells the name of the field that has a role. ``collections`` are the folders it covers, ``categories``
    what a record of it may have as its category. ``has_body`` is None where the schema does not say, ``file_name``
    empty. ``is_shipped`` is true of one of those that come with the package, whose patterns are known to be quick.
    """

    def __init__(self, name: str, source: dict[str, Any], *, shipped: bool = False) -> None:
        self.name = name
        self.source = source
        self.collections: Sequence[str] = self.source.get(COLLECTIONS, ())
        self.has_body: bool | None = self.source.get(BODY)
        self.file_name: Sequence[str] = self.source.get(FILE_NAME, ())
        self.keys: dict[str, str] = {}
        self._shapes: dict[str, Shape] = {}
        self.is_shipped = shipped
        self._glimpses = _FEW if shipped else 0
        self.shape = self._compile(self.source)

    def __reduce__(self) -> tuple[Any, ...]:
        """Go to another process as what it was made of."""
        return partial(Schema, shipped=self.is_shipped), (self.name, self.source)

    @property
    def categories(self) -> Sequence[str]:
        """What a record that says its category may have there; nothing where any will do."""
        places = (self.deref(place) for place in self.source.get("properties", {}).values())
        return next((place.get("enum", ()) for place in places if place.get(ROLE) == "category"), ())

    def _compile(self, place: dict[str, Any]) -> Shape:
        if "$ref" in place:
            reference: str = place["$ref"]
            if reference not in self._shapes:
                shape = self._shapes[reference] = Shape()
                self._fill(shape, self.resolve(reference))
            if ROLE not in place:
                return self._shapes[reference]
            shape = Shape()
            shape.__dict__.update(self._shapes[reference].__dict__, role=place[ROLE])
            return shape
        shape = Shape()
        self._fill(shape, place)
        return shape

    def _fill(self, shape: Shape, place: dict[str, Any]) -> None:
        shape.role = place.get(ROLE)
        for key, value in place.get("properties", {}).items():
            below = shape.properties[key] = self._compile(value) if isinstance(value, dict) else Shape()
            if below.role is not None:
                self.keys.setdefault(below.role, key)
        for keyword, name in (("items", "items"), ("additionalProperties", "others")):
            if isinstance(place.get(keyword), dict):
                setattr(shape, name, self._compile(place[keyword]))

    def resolve(self, reference: str) -> dict[str, Any]:
        """Return what a ``$ref`` within this schema (``#/$defs/name``) points to. Raises SchemaError if nothing."""
        place = target(self.source, reference)
        return self.deref(place) if isinstance(place, dict) else {}

    def deref(self, place: dict[str, Any]) -> dict[str, Any]:
        """Return *place*, or what it refers to where it is a ``$ref``; what it says itself beside that comes first."""
        if "$ref" not in place:
            return place
        return {**self.resolve(place["$ref"]), **{key: value for key, value in place.items() if key != "$ref"}}

    def field(self, place: dict[str, Any], name: str) -> dict[str, Any]:
        """Return what *place*, a mapping in this schema, says of its field *name*; {} where it says nothing.

        A place without fields of its own is a condition (``then``) on the outermost mapping.
        """
        found = place.get("properties", self.source.get("properties", {})).get(name, {})
        return self.deref(found) if isinstance(found, dict) else {}

    @cache  # noqa: B019  # schemas live as long as the process
    def _gate(self) -> Any:
        return _gate(self.source)

    @cache  # noqa: B019
    def _validator(self) -> Any:
        from jsonschema import Draft202012Validator, validators
        from referencing import Registry

        checker = Draft202012Validator.TYPE_CHECKER.redefine("integer", _is_integer)
        keywords = {"uniqueItems": _unique_items, "pattern": _pattern}
        extend: Any = validators.extend  # its stub is untyped
        # A registry of one's own fetches nothing; the default one does.
        return extend(Draft202012Validator, keywords, type_checker=checker)(self.source, registry=Registry())

    def is_valid(self, data: Any) -> bool:
        """Tell whether *data* is a record as this schema describes it (formats are not asserted)."""
        if self._glimpses:
            self._glimpses -= 1
            with suppress(Unsure):
                return not faults(self.source, data, self.target)
        gate = self._gate()
        try:
            return bool(self._validator().is_valid(data) if gate is None else gate.is_valid(data))
        except (ValueError, SystemError):  # a lone surrogate, which Rust has no text for: let errors() judge
            return False

    def has_nothing_against(self, data: Any) -> bool:
        """Tell whether there are no :meth:`errors` in *data*, a mapping: a whole number written as 89.0 is one."""
        return self.is_valid(data) and not (_has_whole_float(data) and any(True for _ in self.errors(data)))

    @lru_cache(maxsize=512)  # noqa: B019
    def target(self, reference: str) -> Any:
        """Return what *reference* within this schema points to. Raises SchemaError if nothing."""
        return target(self.source, reference)

    def errors(self, data: Any, place: dict[str, Any] | None = None) -> Iterator[Any]:
        """Yield the ``jsonschema.ValidationError`` of each thing that is wrong with *data*, at *place* in this schema.

        As JSON Schema has it, but for ``89.0``, which it takes for an integer and typed clients do not. Where it can be
        told without that library it is a :class:`~feedlint.glimpse.Fault`.
        """
        if self.is_shipped:
            with suppress(Unsure):
                yield from faults(self.source if place is None else place, data, self.target)
                return
        validator = self._validator()
        yield from (validator if place is None else validator.evolve(schema=place)).iter_errors(data)


def target(source: dict[str, Any], reference: str) -> Any:
    """Return what *reference*, a path within *source* (``#/$defs/name``), points to. Raises SchemaError if nothing."""
    place: Any = source
    path = reference.removeprefix("#")
    if "%" in path:
        from urllib.parse import unquote

        path = unquote(path)
    for step in path.split("/")[1:]:
        try:
            place = place[int(step) if isinstance(place, list) else step.replace("~1", "/").replace("~0", "~")]
        except (LookupError, TypeError, ValueError):
            raise SchemaError(f"nothing is at {reference!r}, to which it refers") from None
    return place


def _gate(source: dict[str, Any]) -> Any:
    try:
        import jsonschema_rs
    except ImportError:  # no wheel for this platform: every record takes the slower way
        return None
    return jsonschema_rs.Draft202012Validator(_for_rust(source), retriever=_refuse)


def _for_rust(place: Any) -> Any:
    """Return *place* in a schema with its patterns as Rust matches them in a tenth of the time.

    There, as in JavaScript, ``$`` is the very end of a text; Python, for which the shipped schemas say that no line
    break follows, has another idea. Looking ahead takes a matcher that backtracks.
    """
    if isinstance(place, dict):
        return {
            key: _END.sub("$", value) if key == "pattern" and isinstance(value, str) else _for_rust(value)
            for key, value in place.items()
            if key not in _DATA
        } | {key: place[key] for key in _DATA if key in place}
    return [_for_rust(each) for each in place] if isinstance(place, list) else place


def _has_whole_float(data: Any) -> bool:
    """Tell whether there is a whole number with a point in *data*, a mapping or a list."""
    waiting = [data]
    for each in waiting:  # which grows as mappings and lists are found
        for value in each.values() if isinstance(each, dict) else each:
            kind = type(value)
            if kind is str:  # as most are
                continue
            if kind is float and value.is_integer():
                return True
            if kind is dict or kind is list:
                waiting.append(value)
    return False


def _refuse(address: str) -> Any:
    """Be asked for the schema at *address*: jsonschema-rs would fetch it, from the network or from any file."""
    raise ValueError(f"{address} is not fetched")


@cache
def matching(pattern: str) -> Callable[[str], object] | None:
    """Return what tells in linear time whether a text matches *pattern*; None where there is no matcher for it."""
    try:
        gate = _gate({"pattern": pattern})
    except ValueError:  # one that Rust does not know
        return None
    return None if gate is None else gate.is_valid


def _pattern(_: Any, pattern: str, text: object, __: Any) -> Iterator[Any]:
    """As the gate has it, so that both say the same, and no pattern takes time without end."""
    from jsonschema import ValidationError

    # A lone surrogate is a character like any other here; Rust has no text for it.
    if isinstance(text, str) and not (matching(pattern) or re.compile(pattern).search)(_SURROGATE.sub("\ufffd", text)):
        yield ValidationError(f"{text!r} does not match {pattern!r}")


def _is_integer(_: Any, value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _unique_items(_: Any, unique: bool, items: object, __: Any) -> Iterator[Any]:
    """As jsonschema has it for texts, but in linear time: its own compares every item with every other."""
    from jsonschema import ValidationError

    texts = [item for item in items if isinstance(item, str)] if isinstance(items, list) else []
    if unique and len(set(texts)) < len(texts):
        yield ValidationError("not unique")
