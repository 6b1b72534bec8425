"""Classes of named tuples are those that ``typing`` makes."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
import typing
from collections.abc import Callable
from threading import Thread
from typing import Any

import pytest

from feedlint import typed


class Ours(typed.NamedTuple):
    """A place."""

    path: str
    line: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


class Theirs(typing.NamedTuple):
    """A place."""

    path: str
    line: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


def _said(ask: Callable[[Any], object], made: type) -> str:
    try:
        return repr(ask(made)).replace(made.__name__, "")
    except (AttributeError, TypeError) as error:
        return f"{type(error).__name__}: {error}".replace(made.__name__, "")


@pytest.mark.parametrize(
    "ask",
    [
        lambda made: made._fields,
        lambda made: made._field_defaults,
        lambda made: made.__match_args__,
        lambda made: made.__doc__,
        lambda made: made.__mro__[1:],
        lambda made: made._make(["a", 2]),
        lambda made: made._make(["a", 2, 3]),
        lambda made: made("a"),
        lambda made: made(line=3, path="b"),
        lambda made: made(),
        lambda made: made("a", 2, 3),
        lambda made: made("a", path="b"),
        lambda made: made("a", column=3),
        lambda made: made.column,
        lambda made: made("a").column,
        lambda made: (made("a").path, made("a").line),
        lambda made: made("a") == ("a", 1),
        lambda made: hash(made("a")) == hash(("a", 1)),
        lambda made: made("a")._replace(line=2),
        lambda made: made("a")._asdict(),
        lambda made: str(made("a")),
        lambda made: copy.deepcopy(made("a")),
        lambda made: setattr(made("a"), "line", 2),
        lambda made: setattr(made("a"), "column", 2),
    ],
)
def test_a_named_tuple_is_what_it_is_to_typing(ask: Callable[[Any], object]) -> None:
    assert _said(ask, _new(typed.NamedTuple)) == _said(ask, _new(typing.NamedTuple))
    assert _said(ask, Ours) == _said(ask, Theirs)


def _new(base: Any) -> type:
    """Return a class that nobody has asked for a value yet."""

    class New(base):  # type: ignore[misc]
        """A place."""

        path: str
        line: int = 1

        def __str__(self) -> str:
            return f"{self.path}:{self.line}"

    return New


def test_a_class_below_may_come_first() -> None:
    below: Any = type("Below", (_new(typed.NamedTuple),), {})
    value = below("a")
    assert type(value) is below
    assert (value.path, value.line) == ("a", 1)


def test_it_goes_to_another_process_and_comes_back() -> None:
    value = pickle.loads(pickle.dumps(Ours("a", 2)))
    assert (type(value), value.path, value.line) == (Ours, "a", 2)


def test_the_first_values_come_from_several_threads() -> None:
    for _ in range(50):
        new: Any = _new(typed.NamedTuple)
        found: list[str] = []
        threads = [Thread(target=lambda new=new, found=found: found.append(new("a").path)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert found == ["a"] * 4


def test_typing_is_not_loaded() -> None:
    program = "import sys, feedlint.rules; print('typing' in sys.modules)"
    done = subprocess.run([sys.executable, "-S", "-c", program], capture_output=True, text=True, check=False)
    if "ModuleNotFoundError" in done.stderr:
        pytest.skip("feedlint is not found without the site packages")
    assert done.stdout == "False\n"
