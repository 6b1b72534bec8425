"""What is made, loaded or cleared up later: a run on one file does not wait for what it does without."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping, Sequence

from feedlint.typed import TYPE_CHECKING, Any, Final

_ASKED: Final = (
    *("match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer"),
    *("flags", "groups", "groupindex"),
)


class Regex:
    """A regular expression that has been compiled. What it is asked for is in it, so nothing is slower than usual."""

    pattern: str | bytes
    flags: int


class _Lazy(Regex):
    """One that is compiled when it is first asked for anything but its ``pattern``."""

    def __init__(self, pattern: str | bytes, flags: int = 0) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self.pattern, self._flags)
        self.__dict__.update((each, getattr(compiled, each)) for each in _ASKED)
        self.__class__ = Regex  # type: ignore[assignment]  # which has no __getattr__ to look for
        return getattr(compiled, name)


if TYPE_CHECKING:
    regex = re.compile
else:
    regex = _Lazy
    """Takes what ``re.compile`` takes, and returns what can be used as what that returns."""


def module(name: str) -> Any:
    """Return the module *name*, loaded. (:mod:`importlib`, which does the same, would have to be loaded itself.)"""
    __import__(name)
    return sys.modules[name]


def ftfy(name: str = "ftfy") -> Any:
    """Return :mod:`ftfy`, or the module *name* of it, without what it loads to align texts in a terminal.

    That is wcwidth, with tables of all Unicode characters, which takes as long as ftfy itself. It is there for whoever
    asks for ``ftfy.formatting``.
    """
    formatting = "ftfy.formatting"
    if "ftfy" not in sys.modules and formatting not in sys.modules:
        stand_in: Any = type(sys)(formatting)
        stand_in.display_ljust = lambda *args, **named: module(formatting).display_ljust(*args, **named)
        sys.modules[formatting] = stand_in
        try:
            import ftfy as _  # noqa: F401  # as it is called by who looks for what is imported
        finally:
            del sys.modules[formatting]
    return module(name)


def names_from(
    package: str, modules: Mapping[str, Sequence[str]]
) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """Return the ``__getattr__`` and the ``__dir__`` of *package*, which has names that are in *modules* of its own.

    A module is loaded when one of its names is asked for (PEP 562).
    """
    home = {name: each for each, names in modules.items() for name in names}

    def get(name: str) -> Any:
        if name not in home:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = getattr(module(f"{package}.{home[name]}"), name)
        setattr(sys.modules[package], name, value)
        return value

    return get, lambda: sorted({*vars(sys.modules[package]), *home})


def make_room() -> None:
    """Have this process look for garbage in circles less often: what is kept of files is none, and is looked through.

    10,000 files took 0.81 to 0.91 of the time, one file 0.9, of which most is loading. A parsed document is a circle of
    some 500 objects, so that those of some 200 files may wait to be cleared up.
    """
    import gc

    gc.set_threshold(100_000, 20, 100)
