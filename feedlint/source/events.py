"""YAML events from libyaml, the parser Jekyll's Psych uses, or from ruamel.yaml's own where libyaml is missing.

Both speak the same events with marks counted in characters, so the rest of feedlint sees one parser.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from feedlint.lazy import package, regex
from feedlint.typed import Any

package("ruamel.yaml")  # of which the parser is enough
Event = Any
"""An event of ``ruamel.yaml.events``; the C module and the pure one share the classes."""
Reader = Callable[[str], Iterator[Event]]
"""What yields the events of a text."""


class Unreadable(Exception):
    """YAML that does not parse: *problem* at offset *at*, and *context* with the offset it began at, if known."""

    def __init__(self, problem: str, at: int, context: str = "", began: int | None = None) -> None:
        super().__init__(problem)
        self.problem = problem
        self.at = at
        self.context = context
        self.began = began


# What YAML allows in a stream (YAML 1.1 section 5.1, as libyaml and ruamel.yaml check it).
# Written as what it does not allow: a range of the others takes milliseconds to compile.
NOT_YAML = regex("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_SURROGATE = regex("[\ud800-\udfff]")
# libyaml takes time in the square of the nesting: 100,000 open brackets are 11 seconds, 2,000 are nothing.
_MAX_OPEN = 2_000
# What the parser in Python raises on some input instead of an error of its own; the last one for "\\UFFFFFFFF".
_ODD_ERRORS = (
    *(RecursionError, ValueError, IndexError, AttributeError, TypeError, NotImplementedError, OverflowError),
)


def c_events(text: str) -> Iterator[Event]:
    """Return the events of *text* from libyaml. Raises ImportError where its binding is not installed."""
    from _ruamel_yaml import CParser

    return iter(CParser(text).get_event, None)


def pure_events(text: str) -> Iterator[Event]:
    """Yield the events of *text* from ruamel.yaml's parser in Python."""
    from ruamel.yaml import YAML

    for event in YAML(typ="safe", pure=True).parse(text):
        if _SURROGATE.search(getattr(event, "value", None) or ""):  # "\\ud83d": libyaml refuses it
            raise Unreadable("found invalid Unicode character escape code", event.start_mark.index)
        yield event


@cache
def _best() -> Reader:
    try:
        import _ruamel_yaml  # noqa: F401  # only whether it is there
    except ImportError:
        return pure_events
    return c_events


def reader(text: str) -> Iterator[Event]:
    """Yield the events of *text* from the best parser that is installed."""
    return _best()(text)


# ruamel.yaml has libyaml 0.1.7, which stops at a ":" or a "?" inside of a plain scalar in brackets, as in [a:b].
_DISPUTED = frozenset(["found unexpected ':'", "did not find expected ',' or ']'", "did not find expected ',' or '}'"])
_COLON_NO_READER_TAKES = regex(r":[,?\[\]{}]")


def is_disputed(error: Unreadable, text: str) -> bool:
    """Tell whether libyaml 0.2, which Jekyll has, and YAML 1.2 may read what *error* says of *text*."""
    return error.problem in _DISPUTED and not _COLON_NO_READER_TAKES.match(text, error.at)


def events(text: str, read: Reader) -> Iterator[Event]:
    """Yield the YAML events of *text*. Raises :class:`Unreadable`, and nothing else, where it is not YAML."""
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    bad = NOT_YAML.search(text)
    if bad is not None:
        raise Unreadable("a character that YAML does not allow", bad.start())
    _check_nesting(text)
    try:
        yield from read(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = mark.index if mark else 0
        began = error.context_mark.index if error.context_mark else None
        raise Unreadable(error.problem or "invalid YAML", at, error.context or "", began) from None
    except YAMLError as error:
        raise Unreadable(str(error).splitlines()[0], 0) from None
    except _ODD_ERRORS as error:
        raise Unreadable(f"the YAML parser gave up ({type(error).__name__})", 0) from None


def _check_nesting(text: str) -> None:
    if text.count("[") + text.count("{") < _MAX_OPEN:
        return
    depth = 0
    for match in re.finditer(r"[\[\]{}]", text):
        depth += 1 if match[0] in "[{" else -1
        if depth >= _MAX_OPEN:
            raise Unreadable("brackets nested too deeply", match.start())
