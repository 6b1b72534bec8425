"""One configuration file: read, checked against its schema, and against what there is."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence

from feedlint import catalogue
from feedlint.catalogue import Catalogue
from feedlint.config import ConfigError
from feedlint.disk import read as read_file
from feedlint.likeness import closest
from feedlint.roots import bound_of, is_within, shown
from feedlint.rules import NAMES, matching
from feedlint.schema import Schema, SchemaError
from feedlint.typed import TYPE_CHECKING, Any, Final
from feedlint.values import dataclass, field

if TYPE_CHECKING:
    from feedlint.config.toml import Toml

FILE: Final = "feedlint.toml"
PYPROJECT: Final = "pyproject.toml"
_TABLE: Final = ("tool", "feedlint")
_RULES: Final = ("select", "extend-select", "ignore", "fixable", "unfixable")
_KINDS: Final = {
    str: "a text",
    bool: "true or false",
    int: "a number",
    float: "a number",
    list: "a list",
    dict: "a table",
}
_WANTED: Final = {"array": "a list", "string": "a text", "integer": "a whole number", "object": "a table"}


class Patterns:
    """Patterns as in ``.gitignore``, seen from *folder* (absolute). Raises ValueError where one is none."""

    def __init__(self, folder: str, lines: Sequence[str]) -> None:
        self._folder = folder
        self._spec: Any = None
        if lines:
            from feedlint.patterns import patterns

            self._spec = patterns(lines)

    def __bool__(self) -> bool:
        return self._spec is not None

    def match(self, path: str, *, folder: bool = False) -> bool:
        """Tell whether the file at *path*, or the *folder*, is meant; nothing outside of the own folder is."""
        if self._spec is None:
            return False
        try:
            relative = os.path.relpath(os.path.abspath(path), self._folder).replace(os.sep, "/")
        except ValueError:  # another drive
            return False
        outside = relative in (".", "..") or relative.startswith("../") or os.path.isabs(relative)
        return not outside and bool(self._spec.match_file(relative + ("/" if folder else "")))


@dataclass(frozen=True, eq=False)
class Configuration:
    """What a configuration says, checked. *name* is how it is shown, "" where there is none.

    *values* are as they are written. *schemas* are the own ones, *collections* which schema covers a folder. *ignores*
    are patterns of files and the codes of rules that are not run on them. *toml* knows where each key is written, below
    *table*.
    """

    name: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    schemas: Sequence[Schema] = ()
    collections: Mapping[str, Schema | str] = field(default_factory=dict)
    include: Patterns = field(default_factory=lambda: Patterns("", ()))
    exclude: Patterns = field(default_factory=lambda: Patterns("", ()))
    ignores: Sequence[tuple[Patterns, frozenset[str]]] = ()
    baseline: str | None = None
    toml: Toml | None = None
    table: tuple[str, ...] = ()

    def source(self, key: str) -> str:
        """Return where *key* is written, as ``file:line``, or "default"."""
        if self.toml is None or key not in self.values:
            return "default"
        place = self.toml.place((*self.table, key), key=True)
        return f"{self.name}:{place[0]}" if place else self.name


def load(path: str, *, asked: bool = False) -> Configuration | None:
    """Return the configuration in the file at *path* (absolute); None for a ``pyproject.toml`` that has none.

    One that is *asked* for by name must have some, and may be kept elsewhere. Raises :class:`ConfigError`.
    """
    from feedlint.config.toml import read

    name = shown(path)
    if not asked and not is_within(path, bound_of(os.path.dirname(path))):
        raise ConfigError(f"{name}: it is a link that leads out of the repository")
    table: tuple[str, ...] = ()
    if os.path.basename(path) == PYPROJECT:
        if not asked and not _speaks_of_us(path):
            return None
        table = _TABLE
    toml = read(path, name)
    values: Any = toml.data
    for step in table:
        values = values.get(step) if isinstance(values, dict) else None
    if values is None:
        if asked:
            raise ConfigError(f"{name}: there is no [{'.'.join(table)}] in it")
        return None
    return _Loader(os.path.dirname(path), toml, table, values).configuration()


def _speaks_of_us(path: str) -> bool:
    """Tell whether a ``pyproject.toml`` names the program at all: most do not, and need not be parsed."""
    from feedlint.config.toml import LIMIT

    try:
        return _TABLE[-1].encode() in read_file(path, LIMIT)
    except OSError:
        return True  # which is told where it is read


class _Loader:
    """Checks the *values* of the configuration in *folder* that is the *table* of *toml*."""

    def __init__(self, folder: str, toml: Toml, table: tuple[str, ...], values: Any) -> None:
        self.folder = folder
        self.toml = toml
        self.table = table
        self.values = values

    def error(self, message: str, *path: str | int, key: bool = False) -> ConfigError:
        return self.toml.error(message, (*self.table, *path), key=key)

    def configuration(self) -> Configuration:
        self._check_shape()
        for key in _RULES:
            self._codes(key)
        for selector in self.values.get("severity", ()):
            self._check_rule(selector, "severity", selector, key=True)
        schemas = list(self._schemas())
        baseline = self.values.get("baseline")
        return Configuration(
            name=self.toml.name,
            values=self.values,
            schemas=schemas,
            collections=dict(self._collections(schemas)),
            include=self._patterns("include"),
            exclude=self._patterns("exclude"),
            ignores=list(self._ignores()),
            baseline=shown(self._path(baseline, "baseline")) if baseline is not None else None,
            toml=self.toml,
            table=self.table,
        )

    def _check_shape(self) -> None:
        schema = catalogue.load("config")
        try:
            found = [] if schema.is_valid(self.values) else list(schema.errors(self.values))
        except RecursionError:
            raise ConfigError(f"{self.toml.name}: it is nested too deeply") from None
        errors = [self._said(error) for error in found]
        if errors:
            raise errors[0]

    def _said(self, error: Any) -> ConfigError:
        """Return what *error*, a ``jsonschema.ValidationError``, says, in our words."""
        path = list(error.absolute_path)
        what = ".".join(str(step) for step in path if isinstance(step, str)) or f"[{'.'.join(self.table)}]"
        if error.validator == "additionalProperties":
            known = list(error.schema["properties"])
            key = next(key for key in error.instance if key not in known)
            hint = ": the table [tool.feedlint] is for pyproject.toml, keys stand here by themselves"
            hint = hint if key == _TABLE[0] and not self.table else meant(key, known)
            return self.error(f'unknown key "{key}"{hint}', *path, key, key=True)
        if error.validator == "type":
            kind, wanted = _KINDS.get(type(error.instance), "a date or a time"), _WANTED[error.validator_value]
            is_item = bool(path) and isinstance(path[-1], int)
            return self.error(f"{what} {'holds' if is_item else 'is'} {kind}, not {wanted}", *path)
        if error.validator == "enum":
            choices = ", ".join(f'"{each}"' for each in error.validator_value)
            hint = meant(error.instance, error.validator_value) if isinstance(error.instance, str) else ""
            return self.error(f'{what} is "{error.instance}", not one of {choices}{hint}', *path)
        if "propertyNames" in error.absolute_schema_path:
            return self.error(f'"{error.instance}" is no name that {what} can have', *path, error.instance, key=True)
        if error.validator == "pattern":
            return self.error(f'{what} is "{error.instance}", which is no web address without query', *path)
        if error.validator in ("minimum", "maximum"):
            bounds = " to ".join(f"{error.schema[each]:,}" for each in ("minimum", "maximum"))
            return self.error(f"{what} is {error.instance}, not a number from {bounds}", *path)
        if error.validator == "minItems":
            return self.error(f"{what} is empty: name a rule, or leave it out", *path)
        return self.error(f"{what} has an empty text", *path)

    def _check_rule(self, selector: str, *path: str | int, key: bool = False) -> list[str]:
        codes = [rule.code for rule in matching(selector)]
        if not codes:
            raise self.error(f'no rule "{selector}"{meant(selector, [*NAMES, *NAMES.values()])}', *path, key=key)
        return codes

    def _codes(self, *path: str) -> frozenset[str]:
        selectors = self.values
        for step in path:
            selectors = selectors.get(step, ())
        found = (self._check_rule(selector, *path, index) for index, selector in enumerate(selectors))
        return frozenset(code for codes in found for code in codes)

    def _patterns(self, key: str) -> Patterns:
        lines = self.values.get(key, ())
        for index, line in enumerate(lines):
            self._pattern(line, key, index)
        return Patterns(self.folder, lines)

    def _pattern(self, line: str, *path: str | int, key: bool = False) -> Patterns:
        try:
            return Patterns(self.folder, [line])
        except ValueError:
            raise self.error(f'"{line}" is no pattern', *path, key=key) from None

    def _ignores(self) -> Iterator[tuple[Patterns, frozenset[str]]]:
        for line in self.values.get("per-file-ignores", ()):
            yield (
                self._pattern(line, "per-file-ignores", line, key=True),
                self._codes("per-file-ignores", line),
            )

    def _path(self, value: str, *path: str | int) -> str:
        """Return the absolute path that *value* names. Raises ConfigError where that is out of the repository."""
        try:
            found = os.path.normpath(os.path.join(self.folder, value))
            if is_within(found, bound_of(self.folder)):
                return found
        except (ValueError, OSError):  # a NUL, a name longer than there can be
            raise self.error(f"{path[0]} names no file", *path) from None
        raise self.error(f'{path[0]} leads out of the repository: "{value}"', *path)

    def _schemas(self) -> Iterator[Schema]:
        placed = set(self.values.get("collections", {}).values())
        for index, value in enumerate(self.values.get("schemas", ())):
            file = self._path(value, "schemas", index)
            if not os.path.isfile(file):
                raise self.error(f'there is no file "{value}"', "schemas", index)
            try:
                from pathlib import Path

                yield catalogue.read(Path(file), shown(file), placed=placed)
            except SchemaError as error:
                raise self.error(str(error), "schemas", index) from None

    def _collections(self, own: Sequence[Schema]) -> Iterator[tuple[str, Schema | str]]:
        schemas: dict[str, Schema | str] = {**{name: name for name in catalogue.of_records()}}
        schemas.update({schema.name: schema for schema in own})
        for folder, name in self.values.get("collections", {}).items():
            if name not in schemas:
                raise self.error(f'no schema "{name}"{meant(name, schemas)}', "collections", folder)
            yield folder, schemas[name]


def meant(name: str, known: Iterable[str]) -> str:
    """Return ``, did you mean "…"?`` where *name* is like one of *known*, else ""."""
    close = closest(name, known)
    return f', did you mean "{close}"?' if close else ""


def catalogue_of(configuration: Configuration, more: Sequence[Schema]) -> Catalogue:
    """Return the schemas of a run under *configuration*: those of the command line (*more*) come first."""
    own = [*more, *configuration.schemas]
    return Catalogue(own, configuration.collections) if own or configuration.collections else catalogue.shipped()
