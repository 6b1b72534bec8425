"""YAML events from libyaml, the parser Jekyll's Psych uses, or from ruamel.yaml's own where libyaml is missing.

Both speak the same events with marks counted in characters, so the rest of feedlint sees one parser.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

Event = Any
"""An event of ``ruamel.yaml.events``; the C module and the pure one share the classes."""


class Unreadable(Exception):
    """YAML that does not parse: *problem* at offset *at*, and *context* with the offset it began at, if known."""

    def __init__(self, problem: str, at: int, context: str = "", began: int | None = None) -> None:
        super().__init__(problem)
        self.problem = problem
        self.at = at
        self.context = context
        self.began = began


# What YAML allows in a stream (YAML 1.1 section 5.1, as libyaml and ruamel.yaml check it).
_NOT_YAML = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# libyaml takes time in the square of the nesting: 100,000 open brackets are 11 seconds, 2,000 are nothing.
_MAX_OPEN = 2_000


def c_events(text: str) -> Iterator[Event]:
    """Yield the events of *text* from libyaml. Raises ImportError where its binding is not installed."""
    from _ruamel_yaml import CParser

    parser = CParser(text)
    while (event := parser.get_event()) is not None:
        yield event


def pure_events(text: str) -> Iterator[Event]:
    """Yield the events of *text* from ruamel.yaml's parser in Python."""
    from ruamel.yaml import YAML

    yield from YAML(typ="safe", pure=True).parse(text)


def _best() -> Callable[[str], Iterator[Event]]:
    try:
        import _ruamel_yaml  # noqa: F401  # only whether it is there
    except ImportError:
        return pure_events
    return c_events


reader: Callable[[str], Iterator[Event]] = _best()


def events(text: str) -> Iterator[Event]:
    """Yield the YAML events of *text*. Raises :class:`Unreadable`, and nothing else, where it is not YAML."""
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    bad = _NOT_YAML.search(text)
    if bad is not None:
        raise Unreadable("a character that YAML does not allow", bad.start())
    _check_nesting(text)
    # Neither parser counts a byte order mark at the start the same way; give them none.
    skipped = 1 if text.startswith("\ufeff") else 0
    try:
        yield from reader(text[skipped:])
    except MarkedYAMLError as error:
        at = error.problem_mark.index if error.problem_mark else 0
        began = error.context_mark.index + skipped if error.context_mark else None
        raise Unreadable(error.problem or "invalid YAML", at + skipped, error.context or "", began) from None
    except YAMLError as error:
        raise Unreadable(str(error).splitlines()[0], 0) from None
    except (RecursionError, ValueError, IndexError, AttributeError, TypeError, NotImplementedError) as error:
        # What the parser in Python raises on some input instead of an error of its own.
        raise Unreadable(f"the YAML parser gave up ({type(error).__name__})", 0) from None


def _check_nesting(text: str) -> None:
    if text.count("[") + text.count("{") < _MAX_OPEN:
        return
    depth = 0
    for match in re.finditer(r"[\[\]{}]", text):
        depth += 1 if match[0] in "[{" else -1
        if depth >= _MAX_OPEN:
            raise Unreadable("brackets nested too deeply", match.start())
