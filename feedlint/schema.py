"""The schemas: which fields a record has, and which role each field plays.

A schema is a JSON Schema (draft 2020-12) in ``schemas/``, shipped with the package. Beside the keywords of the
standard it may carry one of ours, ``x-feedlint-role``, which says what a field *is* (a title, an AMP URL, a date);
rules ask for roles and so need no field names.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

from feedlint.repository import place
from feedlint.source import Document, Node

ROLE: Final = "x-feedlint-role"
_COLLECTIONS: Final = {"_news": "article"}
_CATEGORIES: Final = {"news": "article"}
DEFAULT: Final = "article"


NOT_COLLECTIONS: Final = frozenset(["_site", "_layouts", "_includes", "_sass", "_plugins", "_drafts"])
"""Folders whose name starts with "_" that mean something else to Jekyll; no record is looked for in them."""


def is_collection(folder: str) -> bool:
    """Tell whether a folder with the name *folder* holds a collection of Jekyll's."""
    return folder.startswith("_") and len(folder) > 1 and folder not in NOT_COLLECTIONS


def collection_of(path: str) -> str | None:
    """Return the collection the file at *path* is in: the nearest folder named ``_something`` in its repository."""
    for folder in reversed(place(path).split("/")[:-1]):
        if is_collection(folder):
            return folder
    return None


def name_for(document: Document) -> str | None:
    """Return the name of the schema that covers *document*, or None where there is none for its collection.

    Its folder decides, then its ``category``; a record outside of any collection is taken for an article.
    """
    collection = collection_of(document.path)
    if collection in _COLLECTIONS:
        return _COLLECTIONS[collection]
    category = document.data.get("category") if isinstance(document.data, dict) else None
    if isinstance(category, str) and category in _CATEGORIES:
        return _CATEGORIES[category]
    return DEFAULT if collection is None else None


def folder() -> Path:
    """Return where the schema files are: inside the installed package, or beside it in a checkout."""
    here = Path(__file__).parent
    installed = here / "schemas"
    return installed if installed.is_dir() else here.parent / "schemas"


def names() -> list[str]:
    """Return the names of all schemas, sorted."""
    return sorted(path.name.removesuffix(".schema.json") for path in folder().glob("*.schema.json"))


def text(name: str) -> str:
    """Return the schema file *name* as it is published. Raises KeyError where there is no such schema."""
    if name not in names():
        raise KeyError(name)
    return (folder() / f"{name}.schema.json").read_text(encoding="utf-8")


class Shape:
    """One place in a schema, as far as rules ask: its role, and the places below it."""

    def __init__(self) -> None:
        self.role: str | None = None
        self.properties: dict[str, Shape] = {}
        self.items: Shape | None = None

    def below(self, node: Node) -> Shape | None:
        """Return the place of a child *node* of a node at this place."""
        return self.items if node.key is None else self.properties.get(node.key)


class Schema:
    """A loaded schema. ``shape`` is for asking roles; ``is_valid`` is the fast gate, ``errors`` the full account.

    ``keys`` tells the name of the field that has a role.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.source: dict[str, Any] = json.loads(text(name))
        self._shapes: dict[str, Shape] = {}
        self.keys: dict[str, str] = {}
        self.shape = self._compile(self.source)

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
            below = shape.properties[key] = self._compile(value)
            if below.role is not None:
                self.keys.setdefault(below.role, key)
        if isinstance(place.get("items"), dict):
            shape.items = self._compile(place["items"])

    def resolve(self, reference: str) -> dict[str, Any]:
        """Return what a ``$ref`` within this schema (``#/$defs/name``) points to."""
        place = self.source
        for step in reference.removeprefix("#/").split("/"):
            place = place[step]
        return place

    def field(self, place: dict[str, Any], name: str) -> dict[str, Any]:
        """Return what *place*, a mapping in this schema, says of its field *name*; {} where it says nothing.

        A place without fields of its own is a condition (``then``) on the outermost mapping.
        """
        found: dict[str, Any] = place.get("properties", self.source["properties"]).get(name, {})
        return self.resolve(found["$ref"]) if "$ref" in found else found

    @cache  # noqa: B019  # schemas live as long as the process
    def _gate(self) -> Any:
        try:
            import jsonschema_rs
        except ImportError:  # no wheel for this platform: every record takes the slower way
            return None
        return jsonschema_rs.Draft202012Validator(self.source)

    @cache  # noqa: B019
    def _validator(self) -> Any:
        from jsonschema import Draft202012Validator, validators

        checker = Draft202012Validator.TYPE_CHECKER.redefine("integer", _is_integer)
        keywords = {"uniqueItems": _unique_items}
        extend: Any = validators.extend  # its stub is untyped
        return extend(Draft202012Validator, keywords, type_checker=checker)(self.source)

    def is_valid(self, data: Any) -> bool:
        """Tell whether *data* is a record as this schema describes it (formats are not asserted)."""
        gate = self._gate()
        try:
            return bool(self._validator().is_valid(data) if gate is None else gate.is_valid(data))
        except (ValueError, SystemError):  # a lone surrogate, which Rust has no text for: let errors() judge
            return False

    def errors(self, data: Any, place: dict[str, Any] | None = None) -> Iterator[Any]:
        """Yield the ``jsonschema.ValidationError`` of each thing that is wrong with *data*, at *place* in this schema.

        As JSON Schema has it, but for ``89.0``, which it takes for an integer and typed clients do not.
        """
        validator = self._validator()
        yield from (validator if place is None else validator.evolve(schema=place)).iter_errors(data)


def _is_integer(_: Any, value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _unique_items(_: Any, unique: bool, items: object, __: Any) -> Iterator[Any]:
    """As jsonschema has it for texts, but in linear time: its own compares every item with every other."""
    from jsonschema import ValidationError

    texts = [item for item in items if isinstance(item, str)] if isinstance(items, list) else []
    if unique and len(set(texts)) < len(texts):
        yield ValidationError("not unique")


@cache
def load(name: str) -> Schema:
    """Return the schema *name*, loaded once. Raises KeyError where there is no such schema."""
    return Schema(name)
