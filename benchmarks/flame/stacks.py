"""Stacks that were seen, how often each: read from py-spy, and counted by function and by module."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final, NamedTuple

_IMPORT: Final = "import"
_IMPORTLIB: Final = "<frozen importlib."
_INSTALLED: Final = re.compile(r".*/(?:site-packages|lib/python3\.\d+)/")

Stack = tuple[str, ...]
"""Functions, the caller before what it calls, each as ``name (path:line)``."""


class Share(NamedTuple):
    """How often something was seen: at work itself (*own*), and at work or waiting for what it had called (*whole*)."""

    own: int
    whole: int


def read(lines: Iterable[str]) -> Counter[Stack]:
    """Return the stacks in *lines* of py-spy's raw format, ``function;function;... number``.

    Paths are as from where packages are installed. The frames with which Python imports are one.
    """
    stacks: Counter[Stack] = Counter()
    for line in lines:
        frames, _, number = line.rpartition(" ")
        stack: list[str] = []
        for frame in frames.split(";"):
            name = _IMPORT if _IMPORTLIB in frame else _short(frame)
            if name != _IMPORT or stack[-1:] != [_IMPORT]:
                stack.append(name)
        stacks[tuple(stack)] += int(number)
    return stacks


def by_function(stacks: Counter[Stack]) -> dict[str, Share]:
    """Return the share of each function, by its name, path and line."""
    return _shares(stacks)


def by_module(stacks: Counter[Stack]) -> dict[str, Share]:
    """Return the share of each module, by its path."""
    modules: Counter[Stack] = Counter()
    for stack, number in stacks.items():
        modules[tuple(map(module, stack))] += number
    return _shares(modules)


def module(frame: str) -> str:
    """Return the path of the module that *frame* is in; the frame itself where it says none."""
    name, _, place = frame.rpartition(" (")
    return place.rpartition(":")[0] if name else frame


def _shares(stacks: Counter[Stack]) -> dict[str, Share]:
    own, whole = Counter[str](), Counter[str]()
    for stack, number in stacks.items():
        own[stack[-1]] += number
        for name in set(stack):
            whole[name] += number
    return {name: Share(own[name], whole[name]) for name in whole}


def _short(frame: str) -> str:
    name, _, place = frame.rpartition(" (")
    place = _INSTALLED.sub("", place.replace("\\", "/"))
    if place.startswith("/") or place[1:3] == ":/":  # of this machine
        place = place.rpartition("/")[2]
    return f"{name} ({place}" if name else frame
