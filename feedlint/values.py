"""Data classes that are made in no time.

:func:`dataclasses.dataclass` writes methods for each class and has them compiled, with a module that takes longer to
load than all that a run on one file has to do. Here the methods are the same ones for all classes. Whoever asks
:mod:`dataclasses` about one of them (``replace``, ``fields``, ``asdict``) gets the answer that it would give.
"""

from __future__ import annotations

from feedlint.typed import TYPE_CHECKING, Any, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import dataclass, field, replace

_T = TypeVar("_T")


class _Fields(NamedTuple):
    """The *names* of the fields of a class, once more as *known*, and by name what one has where nothing is given."""

    names: tuple[str, ...]
    known: frozenset[str]
    values: dict[str, Any]
    makers: dict[str, Callable[[], Any]]


class _Maker(NamedTuple):
    make: Callable[[], Any]


class _Described:
    """Tells :mod:`dataclasses` the fields of a class, once it asks."""

    def __get__(self, _: object, owner: Any) -> dict[str, Any]:
        import dataclasses

        names, _, values, makers = owner._fields
        given = {name: dataclasses.field(default=value) for name, value in values.items()}
        given.update((name, dataclasses.field(default_factory=make)) for name, make in makers.items())
        fields = [(name, owner.__annotations__[name], given.get(name, dataclasses.field())) for name in names]
        like: Any = dataclasses.make_dataclass("_", fields)
        owner.__dataclass_fields__ = told = like.__dataclass_fields__
        return dict(told)


def _init(self: Any, *args: Any, **named: Any) -> None:
    names, known, values, makers = self._fields
    mine = self.__dict__
    mine.update(values)
    mine.update(zip(names, args))  # noqa: B905  # those that follow are given by name, or not at all
    mine.update(named)
    for name, make in makers.items():
        if name not in mine:
            mine[name] = make()
    if len(args) > len(names) or mine.keys() != known or not named.keys().isdisjoint(names[: len(args)]):
        raise TypeError(f"{type(self).__name__} has {', '.join(names)}, and each is given once")


def _values(self: Any) -> tuple[Any, ...]:
    mine = self.__dict__
    return tuple([mine[name] for name in self._fields.names])


def _repr(self: Any) -> str:
    said = (f"{name}={value!r}" for name, value in zip(self._fields.names, _values(self), strict=True))
    return f"{type(self).__qualname__}({', '.join(said)})"


def _eq(self: Any, other: object) -> Any:
    return _values(self) == _values(other) if other.__class__ is self.__class__ else NotImplemented


def _hash(self: Any) -> int:
    return hash(_values(self))


def _set(_: Any, name: str, *__: object) -> None:
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot set or delete field {name!r}")


def _made(made: type[_T], *, frozen: bool, eq: bool) -> type[_T]:
    """Return *made*, whose annotations are its fields, as a class of values; those that are *frozen* do not change."""
    names = tuple(made.__annotations__)
    given = {name: made.__dict__[name] for name in names if name in made.__dict__}
    makers = {name: value.make for name, value in given.items() if isinstance(value, _Maker)}
    for name in makers:
        delattr(made, name)
    methods: dict[str, Any] = {"__init__": _init}
    if "__repr__" not in made.__dict__:
        methods["__repr__"] = _repr
    if frozen:
        methods.update(__setattr__=_set, __delattr__=_set)
    if eq:
        methods.update(__eq__=_eq, __hash__=_hash if frozen else None)
    values = {name: value for name, value in given.items() if name not in makers}
    methods.update(
        _fields=_Fields(names, frozenset(names), values, makers),
        __match_args__=names,
        __dataclass_fields__=_Described(),
    )
    for name, method in methods.items():
        setattr(made, name, method)
    return made


if not TYPE_CHECKING:

    def dataclass(made: type[_T] | None = None, *, frozen: bool = False, eq: bool = True) -> Any:
        """Do what that of :mod:`dataclasses` does."""
        if made is None:
            return lambda made: _made(made, frozen=frozen, eq=eq)
        return _made(made, frozen=frozen, eq=eq)

    def field(*, default_factory: Callable[[], Any]) -> Any:
        """Return the default of a field that is made anew for each value."""
        return _Maker(default_factory)

    def replace(value: _T, **changes: Any) -> _T:
        """Return *value* with *changes*."""
        kept = {name: value.__dict__[name] for name in value._fields.names}
        return type(value)(**{**kept, **changes})


__all__ = ["dataclass", "field", "replace"]
