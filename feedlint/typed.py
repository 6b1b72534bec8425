"""What :mod:`typing` has and we use, without loading it: that takes 3 ms, and 0.1 ms for each class of named tuples.

Nobody looks at annotations when the program runs. A name in them need only stand for something; what makes a class is
made here.
"""

from __future__ import annotations

from collections import namedtuple

__all__ = [
    "TYPE_CHECKING",
    "Any",
    "BinaryIO",
    "Final",
    "Literal",
    "NamedTuple",
    "NoReturn",
    "Protocol",
    "TextIO",
    "TypeVar",
    "Union",
    "overload",
]

TYPE_CHECKING = False
"""What checks types takes it for true, by its name."""

if TYPE_CHECKING:
    from typing import Any, BinaryIO, Final, Literal, NamedTuple, NoReturn, Protocol, TextIO, TypeVar, Union, overload
else:

    class _Name:
        """Stands for any name of a type, alone or as ``Literal["a", "b"]``."""

        def __getitem__(self, _: object) -> _Name:
            return self

    Any = BinaryIO = Final = Literal = NoReturn = TextIO = Union = _Name()
    Protocol = object

    def TypeVar(name):  # noqa: N802  # as it is called there
        """Return what stands for the type *name*."""
        return name

    def overload(function):
        """Return *function*, which another one follows that takes its place."""
        return function

    class _Making(type):
        """Makes classes of named tuples; they get all that such a class has once there is to be a value."""

        def __new__(cls, name, bases, namespace):
            if not bases:
                return super().__new__(cls, name, bases, namespace)
            names = tuple(namespace["__annotations__"])
            defaults = {each: namespace.pop(each) for each in names if each in namespace}
            known = {"__slots__": (), "_fields": names, "_field_defaults": defaults, "__match_args__": names}
            return type(name, (tuple,), {**namespace, **known, "__new__": _first, "_make": classmethod(_made)})

    class NamedTuple(metaclass=_Making):
        """As that of :mod:`typing`; what it says of types is not compiled."""

    def _first(cls, *values, **named):
        """Make the first value of *cls*, or of a class that it is below."""
        _complete(cls)
        return cls.__new__(cls, *values, **named)

    def _made(cls, values):
        _complete(cls)
        return cls._make(values)

    def _complete(cls):
        """Give the class of named tuples that *cls* is, or is below, what :func:`collections.namedtuple` makes."""
        made = next(each for each in cls.__mro__ if "_fields" in each.__dict__)
        like = namedtuple(made.__name__, made._fields, defaults=made._field_defaults.values())
        own = {name for name in made.__dict__ if name != "_make"}
        for name, value in vars(like).items():
            if name not in own:
                setattr(made, name, value)
        made.__new__ = like.__new__  # the last: another thread may make a value meanwhile
