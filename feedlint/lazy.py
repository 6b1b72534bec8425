"""What is made, loaded or cleared up later: a run on one file does not wait for what it does without."""

from __future__ import annotations

import re
import sys
from _thread import RLock
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


def package(name: str) -> None:
    """Have the package *name* there for its modules, and loaded when a name of its own is asked for.

    For one that loads all of its modules, of which few are needed here. Does nothing where it is loaded, or not there:
    who imports a module of it is told.
    """
    above, _, last = name.rpartition(".")
    if name in sys.modules:
        return
    path = module(above).__path__ if above else None
    spec = next((found for finder in sys.meta_path if (found := finder.find_spec(name, path)) is not None), None)
    if spec is None or spec.loader is None or spec.submodule_search_locations is None:
        return
    loader, lock = spec.loader, RLock()
    made: Any = type(sys)(name)
    made.__spec__, made.__loader__, made.__package__ = spec, loader, name
    made.__path__, made.__file__ = spec.submodule_search_locations, spec.origin

    has_begun = False

    def load(asked: str) -> Any:
        nonlocal has_begun
        with lock:  # another thread waits until all names are there
            if not has_begun:
                has_begun = True
                loader.exec_module(made)
                if made.__dict__.get("__getattr__") is load:
                    del made.__getattr__
            elif made.__dict__.get("__getattr__") is load:  # asked by the package itself, while it is loaded
                raise AttributeError(f"module {name!r} has no attribute {asked!r}")
        return getattr(made, asked)

    made.__getattr__ = load
    sys.modules[name] = made
    if above:
        setattr(module(above), last, made)


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
    some 130 objects (20 KB), so that those of some 2,000 files may wait to be cleared up: 40 MB.
    """
    import gc

    gc.set_threshold(250_000, 20, 100)
