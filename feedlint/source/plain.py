"""Plain scalars: values that all readers of YAML take for the same, read without a parser."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from feedlint.lazy import regex
from feedlint.source import scalars
from feedlint.source.readings import may_differ
from feedlint.typed import Final

Data = str | int | float | bool | None
DATE: Final = "date"
"""The type of a date without quotes: a text to us, and to some readers; the same date to all others."""
_BLOCKS: Final = {">-": (scalars.FOLDED, " "), "|-": (scalars.LITERAL, "\n")}
"""How a text in block style begins, of which no line is blank or indented further, and what is between its lines."""
_SHORT: Final = 40
"""Characters up to which a plain text is a name, a kind or a topic, which thousands of records have."""
DAY: Final = (
    "[1-9][0-9]{3}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)"
)
"""A day in the calendar, from the year 1000 on, as a regular expression; 29 February takes a closer look."""
TIME: Final = "(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
"""A time of day, as a regular expression."""
_DATE = regex(rf"{DAY}[T ]{TIME}(?:\.[0-9]{{1,6}})?(?:Z|[-+][01][0-9]:[0-5][0-9])?")
# A plain text begins like a word, a number or a path, with no indicator of YAML: of ASCII, that is what these are not.
_WORD = regex(r"[^\x00-.:-@\[-`{-\x7f]")
_INT = regex(r"-?(?:0|[1-9][0-9]{0,13})")
_FLOAT = regex(r"-?(?:0|[1-9][0-9]{0,5})\.[0-9]{1,9}")
# A list of words between brackets, where nearly each other sign stops some reader: of ASCII, that is what these are.
# (To say which there may be takes 4 ms to compile.)
_ITEM: Final = r"[^\x00-\x1f!-,./:-@\[-^`{-\x7f]+"
_LIST = regex(rf"\[{_ITEM}(?:, {_ITEM})*\]")
_ESCAPED = regex(r'[^"\\]*(?:\\["\\][^"\\]*)*')
_ESCAPE = regex(r"\\(.)")


_CONVERT: Final[dict[str, Callable[[str], Data]]] = {"int": int, "float": float, "bool": lambda said: said == "true"}


def data(tag: str, text: str) -> Data:
    """Return what a reader gets of a scalar of type *tag* that is written as *text*."""
    return _CONVERT.get(tag, str)(text)


def scalar(said: str) -> tuple[str, str, str] | None:
    """Return the type of what is *said* behind a colon or a dash, its style, and its decoded text.

    None where readers, or their authors, might not be of one mind.
    """
    first = said[0]
    if first == '"':
        text = _double(said)
        return ("str", scalars.DOUBLE, text) if text is not None else None
    if first == "'":
        inner = said[1:-1]
        return ("str", scalars.SINGLE, inner) if said[-1] == "'" and len(said) > 1 and "'" not in inner else None
    if first in ">|":
        header, *lines = said.split("\n")
        if not lines or header not in _BLOCKS:
            return None
        style, between = _BLOCKS[header]
        return "str", style, between.join(lines)
    if first in "-0123456789" and (tag := _number(said)):
        return tag, scalars.PLAIN, said
    if said in ("true", "false"):
        return "bool", scalars.PLAIN, said
    text = text_of(said)
    return ("str", scalars.PLAIN, text) if text is not None else None


def _number(said: str) -> str:
    """Return the type of what begins like a number; "" for what is a text."""
    if _DATE.fullmatch(said):
        return DATE
    return "int" if _INT.fullmatch(said) else "float" if _FLOAT.fullmatch(said) else ""


def _double(said: str) -> str | None:
    inner = said[1:-1]
    if said[-1] != '"' or len(said) < 2:  # both of its quotes
        return None
    if '"' not in inner and "\\" not in inner:
        return inner
    return _ESCAPE.sub(r"\1", inner) if _ESCAPED.fullmatch(inner) else None


def text_of(said: str) -> str | None:
    """Return the text that is *said* without quotes; None where it is no plain one."""
    return _short_text(said) if len(said) <= _SHORT else _any_text(said)


def _any_text(said: str) -> str | None:
    said = said.rstrip(" ")
    if not _WORD.match(said) or ": " in said or " #" in said or said[-1] == ":" or may_differ(said):
        return None
    return said


_short_text = lru_cache(maxsize=4096)(_any_text)


def texts(said: str) -> Sequence[str]:
    """Return the items of a list in brackets; none where they are not plain texts."""
    items = said[1:-1].split(", ") if _LIST.fullmatch(said) else []
    return items if all(text_of(item) == item for item in items) else ()
