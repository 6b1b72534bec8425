"""The schemas of a run: those in ``schemas/``, shipped with the package, and those that a repository brings."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache

from feedlint.disk import SMALL
from feedlint.disk import read as read_file
from feedlint.likeness import closest
from feedlint.quick import loads
from feedlint.schema import BODY, COLLECTIONS, FILE_NAME, ROLE, Schema, SchemaError, target
from feedlint.source.text import DATA_SUFFIXES
from feedlint.typed import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pathlib import Path

DEFAULT: Final = "article"
_SUFFIX: Final = ".schema.json"
_DATA: Final = "_data"


NOT_COLLECTIONS: Final = frozenset(["_site", "_layouts", "_includes", "_sass", "_plugins", "_drafts"])
"""Folders whose name starts with "_" that mean something else to Jekyll; no record is looked for in them."""


def is_collection(folder: str) -> bool:
    """Tell whether a folder with the name *folder* holds a collection of Jekyll's."""
    return folder.startswith("_") and len(folder) > 1 and folder not in NOT_COLLECTIONS


def collection_of(place: str) -> str | None:
    """Return the folder of the collection that the file at *place* is in, and what lies below it on the way there.

    *place* is a path from the root of the repository, with "/". ``apps/_learning/videos/a.md`` is in
    ``_learning/videos``: the nearest folder named ``_something`` begins it.
    """
    folders = place.split("/")[:-1]
    for index in range(len(folders) - 1, -1, -1):
        if is_collection(folders[index]):
            return "/".join(folders[index:])
    return None


def folder() -> str:
    """Return where the schema files are: inside the installed package, or beside it in a checkout."""
    here = os.path.dirname(os.path.abspath(__file__))
    installed = os.path.join(here, "schemas")
    return installed if os.path.isdir(installed) else os.path.join(os.path.dirname(here), "schemas")


def names() -> list[str]:
    """Return the names of all schemas, sorted."""
    return list(_names_in(folder()))


@cache
def _names_in(folder: str) -> Sequence[str]:
    return sorted(name.removesuffix(_SUFFIX) for name in os.listdir(folder) if name.endswith(_SUFFIX))


def text(name: str) -> str:
    """Return the schema file *name* as it is published. Raises KeyError where there is no such schema."""
    if name not in names():
        raise KeyError(name)
    return _content(os.path.join(folder(), f"{name}{_SUFFIX}"))


@cache  # several are asked for what they say before one is loaded
def _content(path: str) -> str:
    with open(path, encoding="utf-8") as file:
        return file.read()


_NAMES: Final = frozenset(["properties", "$defs", "patternProperties", "dependentSchemas"])
_VALUES: Final = frozenset(["examples", "enum", "const", "default"])


def _places(schema: Any) -> Iterator[dict[str, Any]]:
    """Yield every place in *schema* that is one by itself."""
    waiting: list[tuple[Any, bool]] = [(schema, False)]
    for place, is_names in waiting:  # which grows
        if isinstance(place, list):
            waiting += [(each, False) for each in place]
        elif isinstance(place, dict):
            if not is_names:
                yield place
            waiting += [
                (value, not is_names and key in _NAMES)
                for key, value in place.items()
                if is_names or key not in _VALUES
            ]


def _bundled(source: dict[str, Any]) -> dict[str, Any]:
    """Return *source* with the shipped schemas that it refers to (``article.schema.json#/$defs/title``) inside of it.

    Raises SchemaError where it refers to anything else outside of itself: nothing is fetched.
    """
    defs: dict[str, Any] = {}
    waiting: list[tuple[str, Any]] = [("#", source)]
    for here, schema in waiting:  # which grows
        for place in _places(schema):
            if "$ref" not in place and "$dynamicRef" not in place:
                continue
            file, _, pointer = place.get("$ref", "").partition("#")
            if "$dynamicRef" in place or (pointer and not pointer.startswith("/")):
                raise SchemaError("it refers to a place by another way than its path (#/$defs/name)")
            if file and file not in defs:
                name = file.removesuffix(_SUFFIX)
                if name == file or name not in names():
                    raise SchemaError(f"it refers to {file!r}, which is no schema that is shipped")
                defs[file] = loads(text(name))
                for keyword in ("$id", "$schema"):  # it is no schema of its own any more
                    defs[file].pop(keyword, None)
                waiting.append((f"#/$defs/{file}", defs[file]))
            place["$ref"] = (f"#/$defs/{file}" if file else here) + pointer
    bundled = {**source, "$defs": {**source.get("$defs", {}), **defs}} if defs else source
    _check_references(bundled)
    return bundled


def _check_references(source: dict[str, Any]) -> None:
    """Raise SchemaError where *source* refers to a value in it: what that refers to, nobody has looked at."""
    places = list(_places(source))
    known = {id(source), *map(id, places)}
    for reference in (place["$ref"] for place in places if "$ref" in place):
        found = target(source, reference)
        if not isinstance(found, bool) and id(found) not in known:
            raise SchemaError(f"it refers to {reference!r}, where there is no schema")


@cache
def load(name: str) -> Schema:
    """Return the shipped schema *name*, loaded once. Raises KeyError where there is no such schema."""
    return Schema(name, _bundled(loads(text(name))), shipped=True)


def of_records() -> list[str]:
    """Return the names of the schemas that are of records, sorted; the others are of our own files."""
    return sorted(set(_shipped_folders().values()))


def read(path: Path, shown: str = "", *, placed: Collection[str] = ()) -> Schema:
    """Return the schema that a repository brings in the file at *path*, named as the file.

    One whose name is among *placed* need not say which folders it covers. Raises SchemaError, with the reason and the
    file as *shown*, where it cannot be read or is no schema of records.
    """
    name = path.name.removesuffix(".json").removesuffix(".schema")
    try:
        schema = Schema(name, _bundled(_read(path, is_placed=name in placed)))
        schema.is_valid({})  # so that what cannot be asked is told once, not for each record
    except SchemaError as error:
        raise SchemaError(f"{shown or path}: {error}") from None
    except RecursionError:
        raise SchemaError(f"{shown or path}: it is nested too deeply, or refers to itself without end") from None
    except ValueError as error:  # a pattern of Python's own, a number that JSON has not
        raise SchemaError(f"{shown or path}: it cannot be used: {str(error).splitlines()[0]}") from None
    return schema


def _read(path: Path, *, is_placed: bool) -> dict[str, Any]:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import SchemaError as Invalid

    try:
        source = loads(read_file(str(path), SMALL).decode("utf-8-sig"))
    except OSError as error:
        raise SchemaError(error.strerror or str(error)) from None
    except ValueError as error:
        raise SchemaError(f"it is not JSON: {error}") from None
    try:
        Draft202012Validator.check_schema(source)
    except Invalid as error:
        raise SchemaError(f"it is no JSON Schema: {error.message} at {error.json_path}") from None
    if not isinstance(source, dict) or source.get(ROLE) != "record":
        raise SchemaError(f'it does not say "{ROLE}": "record" at its top')
    _check_annotations({COLLECTIONS: ["_any"], **source} if is_placed else source)
    return source


def _check_annotations(source: dict[str, Any]) -> None:
    folders, body = source.get(COLLECTIONS), source.get(BODY)
    if not isinstance(folders, list) or not folders or not all(isinstance(name, str) and name for name in folders):
        raise SchemaError(f'it does not say which folders it covers: "{COLLECTIONS}": ["_stories"]')
    wrong = next((name for name in folders if not is_collection(name.split("/")[0])), None)
    if wrong is not None:
        raise SchemaError(f"it covers {wrong!r}, but the name of a collection's folder starts with _")
    if body is not None and not isinstance(body, bool):
        raise SchemaError(f'"{BODY}" is true or false')
    roles = source.get(FILE_NAME, [])
    if not isinstance(roles, list) or not all(isinstance(role, str) for role in roles):
        raise SchemaError(f'"{FILE_NAME}" is a list of roles: ["title"]')
    named = [place[ROLE] for place in _places(source) if ROLE in place]
    for role in (*named, *roles):
        if role not in _roles():
            meant = closest(role, _roles()) if isinstance(role, str) else ""
            raise SchemaError(f'"{ROLE}" is {role!r}, which is no role{f", did you mean {meant!r}?" if meant else ""}')


@cache
def _roles() -> tuple[str, ...]:
    """Return the roles that there are: those that the schemas which are shipped give."""
    return tuple({place[ROLE]: 0 for name in of_records() for place in _places(loads(text(name))) if ROLE in place})


@cache
def _shipped_folders() -> dict[str, str]:
    """Return which shipped schema covers each folder, by its name."""
    return {folder: name for name in names() for folder in loads(text(name)).get(COLLECTIONS, ())}


class Catalogue:
    """The schemas of a run: those a repository brings (*own*), then those shipped.

    *placed* says which schema covers a folder, whatever the schemas say; the name of such a folder may be any.
    """

    def __init__(self, own: Sequence[Schema] = (), placed: Mapping[str, Schema | str] | None = None) -> None:
        self._own = own
        # What is shipped is loaded when it is asked for: a run on one article needs one schema.
        self._folders: dict[str, Schema | str] = {**_shipped_folders()}
        self._folders.update({folder: schema for schema in reversed(own) for folder in schema.collections})
        self._placed = placed or {}
        self._folders.update(self._placed)

    def __reduce__(self) -> tuple[Any, ...]:
        """Go to another process as what it was made of; what is shipped is there."""
        return (Catalogue, (self._own, self._placed)) if self._own or self._placed else (shipped, ())

    def said(self) -> Any:
        """Return what is not shipped of these schemas, as JSON has it: two with the same are the same."""
        placed = {folder: each if isinstance(each, str) else each.source for folder, each in self._placed.items()}
        return [[[schema.name, schema.source] for schema in self._own], list(placed.items())]

    def collection_of(self, place: str) -> str | None:
        """Return the folder of the collection that the file at *place* is in, as :func:`collection_of` does.

        The nearest folder that is placed begins one too.
        """
        found = collection_of(place)
        folders = place.split("/")[:-1] if self._placed else ()
        for index in range(len(folders) - 1, -1, -1):
            below = "/".join(folders[index:])
            if below == found or self.is_placed(below):
                return below
        return found

    def is_placed(self, folder: str) -> bool:
        """Tell whether the collection in *folder* is one because a schema has been placed there, or above it."""
        return any(folder == name or folder.startswith(f"{name}/") for name in self._placed)

    def places_in(self, name: str) -> bool:
        """Tell whether a schema has been placed in a folder with the name *name*, or below one, by that name."""
        return any(name in placed.split("/") for placed in self._placed)

    def folders_of(self, schema: Schema) -> list[str]:
        """Return the folders that *schema* covers."""
        return [
            folder
            for folder, found in self._folders.items()
            if found is schema or (found == schema.name and load(schema.name) is schema)
        ]

    def of_folder(self, place: str) -> Schema | None:
        """Return the schema that covers the folder of the file at *place* (from the root of the repository), or None.

        That of ``_learning/videos`` where there is one, else that of ``_learning``.
        """
        collection = self.collection_of(place)
        while collection:
            found = self._folders.get(collection)
            if found is not None:
                return load(found) if isinstance(found, str) else found
            collection = collection.rpartition("/")[0]
        return None

    def covering(self, place: str, data: Any) -> Schema | None:
        """Return the schema that covers the record *data* of the file at *place*, or None where there is none.

        Its folder decides, then its category; a record outside of any collection is taken for an article.
        """
        found = self.of_folder(place)
        if found is not None:
            return found
        for schema in self._with("category"):
            category = data.get(schema.keys.get("category")) if isinstance(data, dict) else None
            if isinstance(category, str) and category in schema.categories:
                return schema
        return load(DEFAULT) if self.collection_of(place) is None else None

    def is_data(self, place: str) -> bool:
        """Tell whether the file at *place* is a record that is YAML alone.

        Those are among Jekyll's data, in a folder that is covered, and where a schema has been placed.
        """
        collection = self.collection_of(place)
        within = collection is not None and (collection.split("/")[0] == _DATA or self.is_placed(collection))
        return within and place.lower().endswith(DATA_SUFFIXES) and self.of_folder(place) is not None

    def with_role(self, role: str) -> Iterator[Schema]:
        """Yield the schemas whose own fields have *role*."""
        for schema in self._with(role):
            if any(below.role == role for below in schema.shape.properties.values()):
                yield schema

    def _with(self, role: str) -> Iterator[Schema]:
        """Yield the schemas that may have *role*; of those shipped, the ones that speak of it."""
        yield from self._own
        yield from (load(name) for name in dict.fromkeys(_shipped_folders().values()) if f'"{role}"' in text(name))


@cache
def shipped() -> Catalogue:
    """Return the schemas that are shipped with the package."""
    return Catalogue()
