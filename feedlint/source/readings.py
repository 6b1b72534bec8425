"""What each reader of a feed makes of a plain scalar: its type, and its value.

Each reader is the list of patterns that its YAML library tries, in its order, as they are in the library's source.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from feedlint.lazy import regex
from feedlint.quick import datetime
from feedlint.typed import Final, NamedTuple

TEXT: Final = "text"
NUMBER: Final = "number"
BOOLEAN: Final = "boolean"
NULL: Final = "null"
DATE: Final = "date"
ERROR: Final = "error"
MAX_DEPTH: Final = 100
"""Nesting beyond which some readers refuse a file (js-yaml 4, as Eleventy uses it: 100)."""


class Reading(NamedTuple):
    """What a reader takes a scalar for: the *kind*, and the *value* as far as two of a kind can differ in it."""

    kind: str
    value: int | float | bool | str | None = None


_Step = tuple[re.Pattern[str], Callable[[str], "Reading | None"]]
_LONGEST: Final = 300
_EXACT: Final = 2**53
_CANDIDATE = regex(
    r"(?i:y|n|yes|no|on|off|true|false|null)|~|=|<<|:.+|[-+]?\.(?i:inf|nan)|[-+.0-9][-+.,:_0-9a-fA-FxXoOtTzZ \t]*",
    re.DOTALL,
)


def may_differ(text: str) -> bool:
    """Tell, for little, whether a reader may take the plain scalar *text* for something else than that text."""
    return _CANDIDATE.fullmatch(text) is not None


def readings(text: str) -> dict[str, Reading]:
    """Return what each reader makes of the plain scalar *text*; {} where all take it for that text."""
    if not may_differ(text):
        return {}
    if len(text) > _LONGEST and not text.startswith(":"):
        # No reader keeps such a number exactly, and some refuse it.
        sign = text[1:] if text[0] in "+-" else text
        return {"YAML 1.1": Reading(NUMBER), "YAML 1.2": Reading(NUMBER, float("inf"))} if sign.isdecimal() else {}
    found = {reader: _read(text, steps) for reader, steps in _READERS.items()}
    return {} if all(reading.kind == TEXT for reading in found.values()) else found


def is_odd_key(raw: str) -> bool:
    """Tell whether *raw*, a key as it is written, is no text to some reader: YA006 speaks of these, whatever they are.

    Such are a list, a mapping, an alias, nothing at all, the merge key, and a number, a boolean, a date or null.
    """
    return raw[:1] in ("", "[", "{", "*") or bool(readings(raw))


def differ(found: dict[str, Reading]) -> bool:
    """Tell whether two readers have different data of what *found* says of it."""
    return len(set(found.values())) > 1


def _read(text: str, steps: list[_Step]) -> Reading:
    for pattern, convert in steps:
        if pattern.fullmatch(text) and (reading := convert(text)) is not None:
            return reading
    return Reading(TEXT)


# --- values ------------------------------------------------------------------------------------------------


def _number(value: float) -> Reading:
    return Reading(NUMBER, "nan" if value != value else value)


def _float(text: str) -> Reading:
    return _number(float(text.replace("_", "").replace(",", "")))


def _finite_float(text: str) -> Reading | None:
    value = float(text)
    return None if value in (float("inf"), -float("inf")) else _number(value)


_FLOAT_OF_GO = regex(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")


def _float_of_go(text: str) -> Reading | None:
    plain = text.replace("_", "")
    return _finite_float(plain) if _FLOAT_OF_GO.fullmatch(plain) else None


def _special(text: str) -> Reading:
    return _number(float(text.replace(".", "")))


def _int(base: int, prefix: int = 0) -> Callable[[str], Reading]:
    """Return what reads a whole number in *base*, of which *prefix* characters after the sign say so."""

    def read(text: str) -> Reading:
        digits = text.lstrip("+-").replace("_", "").replace(",", "")[prefix:]
        if not digits:
            return Reading(ERROR)
        return Reading(NUMBER, -int(digits, base) if text[0] == "-" else int(digits, base))

    return read


def _as_double(read: Callable[[str], Reading]) -> Callable[[str], Reading]:
    """Return *read* for JavaScript, where every number is a double, written with no more digits than tell it."""

    def convert(text: str) -> Reading:
        exact = int(read(text).value or 0)
        if abs(exact) <= _EXACT:
            return Reading(NUMBER, exact)
        from decimal import Decimal

        try:
            return Reading(NUMBER, int(Decimal(repr(float(exact)))))
        except OverflowError:
            return Reading(NUMBER, float("-inf" if text[0] == "-" else "inf"))

    return convert


def _base_60(text: str) -> Reading:
    total = 0.0
    for part in text.lstrip("+-").replace("_", "").split(":"):
        total = total * 60 + float(part)
    return _number(-total if text[0] == "-" else total)


def _base_60_of_ruby(text: str) -> Reading:
    # Two parts are hours and minutes, and the sign is that of the first part alone.
    parts = text.replace("_", "").split(":")
    return _number(sum(float(part) * 60 ** abs(at - 2) for at, part in enumerate(parts)))


def _word(kind: str, value: bool | None) -> Callable[[str], Reading]:
    return lambda _: Reading(kind, value)


def _date(invalid: Reading | None) -> Callable[[str], Reading | None]:
    """Return what reads a date, and as *invalid* one that no calendar has."""

    def read(text: str) -> Reading | None:
        numbers = [int(number) for number in re.findall("[0-9]+", text)[:6]]
        try:
            datetime(*(numbers + [0] * (6 - len(numbers))))  # type: ignore[arg-type]
        except ValueError:
            return invalid
        return Reading(DATE)

    return read


def _date_of_ruby(text: str) -> Reading | None:
    # A day after the last one of a month, hour 24 and second 60 are those that follow.
    _, month, day, hour, minute, second = [int(number) for number in re.findall("[0-9]+", text)[:6]]
    if not (0 < month <= 12 and 0 < day <= 31 and hour <= 24 and minute < 60 and second <= 60):
        return None
    return _date(Reading(DATE, "another"))(text)


# --- patterns ----------------------------------------------------------------------------------------------


def _steps(*steps: tuple[str, Callable[[str], Reading | None]]) -> Iterator[_Step]:
    for pattern, convert in steps:
        yield regex(pattern), convert


_TRUE, _FALSE, _NONE = _word(BOOLEAN, True), _word(BOOLEAN, False), _word(NULL, None)
_CORE = [
    (r"true|True|TRUE", _TRUE),
    (r"false|False|FALSE", _FALSE),
    (r"~|null|Null|NULL", _NONE),
    (r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)", _special),
]
_LEGACY = [(r"yes|Yes|YES|on|On|ON", _TRUE), (r"no|No|NO|off|Off|OFF", _FALSE)]
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_TIME = (
    r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?"
    r"(?:[ \t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?"
)
_TIME_OF_RUBY = (
    r"-?[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|\s+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?"
    r"(?:\s*(?:Z|[-+][0-9]{1,2}:?(?:[0-9]{2})?))?"
)
_ROLLED = Reading(DATE, "another")

_READERS: Final[dict[str, list[_Step]]] = {
    "Jekyll": [
        *_steps(
            (r"(?i:yes|true|on)", _TRUE),
            (r"(?i:no|false|off)", _FALSE),
            (r"~|(?i:null)", _NONE),
            (
                _TIME_OF_RUBY,
                _date_of_ruby,
            ),
            (r"[0-9]{4}-(?:1[012]|0[0-9]|[0-9])-(?:[12][0-9]|3[01]|0[0-9]|[0-9])", _date(None)),
            (r"(?i:[-+]?\.inf|\.nan)", _special),
            (r"(?s::.+)", _word(ERROR, None)),
            (r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9]){1,2}(?:\.[0-9_]*)?", _base_60_of_ruby),
            (r"[-+]?(?:[0-9][0-9_,]*\.[0-9]*|\.[0-9]+)(?:[eE][-+][0-9]+)?", _float),
            (r"[-+]?0b[01_,]+", _int(2, 2)),
            (r"[-+]?0[0-7_,]+", _int(8)),
            (r"[-+]?(?:0|[1-9](?:[0-9]|,[0-9]|_[0-9])*)", _int(10)),
            (r"[-+]?0x[0-9a-fA-F_,]+", _int(16, 2)),
        )
    ],
    "Hugo": [
        *_steps(
            *_CORE,
            *_LEGACY,
            (r"[yY]", _TRUE),
            (r"[nN]", _FALSE),
            (r"[-+]?0_*[xX]_*[0-9a-fA-F][0-9a-fA-F_]*", _int(16, 2)),
            (r"[-+]?0_*[bB]_*[01][01_]*", _int(2, 2)),
            (r"[-+]?0_*[oO]_*[0-7][0-7_]*", _int(8, 2)),
            (r"[-+]?0[0-7_]*", _int(8)),
            (r"[-+]?[1-9][0-9_]*", _int(10)),
            (r"[-+0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9_]+)?", _float_of_go),
            (r"[-+]_*\.[0-9_]+(?:[eE][-+]?[0-9_]+)?", _float_of_go),
            (r"\.[0-9]+(?:[eE][-+]?[0-9]+)?", _finite_float),
        )
    ],
    "gray-matter": [
        *_steps(
            *_CORE,
            (r"[-+]?0b[01_]*[01]", _as_double(_int(2, 2))),
            (r"[-+]?0x[0-9a-fA-F_]*[0-9a-fA-F]", _as_double(_int(16, 2))),
            (r"[-+]?0[0-7_]*[0-7]", _as_double(_int(8))),
            (r"[-+]?(?:0|[1-9](?:[0-9_]*[0-9])?)", _as_double(_int(10))),
            (r"[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+", _base_60),
            (r"(?:[-+]?(?:0|[1-9][0-9_]*)(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?)(?<!_)", _float),
            (r"\._*[0-9][0-9_]*(?:[eE][-+]?[0-9]+)?(?<!_)", _float),
            (r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*(?<!_)", _base_60),
            (f"{_DAY}|{_TIME}", _date(_ROLLED)),
        )
    ],
    "Eleventy": [
        *_steps(
            *_CORE,
            (r"[-+]?0b[01]+", _as_double(_int(2, 2))),
            (r"[-+]?0x[0-9a-fA-F]+", _as_double(_int(16, 2))),
            (r"[-+]?0o[0-7]+", _as_double(_int(8, 2))),
            (r"[-+]?[0-9]+", _as_double(_int(10))),
            (r"[-+]?[0-9]+(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?|\.[0-9]+(?:[eE][-+]?[0-9]+)?", _finite_float),
            (f"{_DAY}|{_TIME}", _date(_ROLLED)),
        )
    ],
    "YAML 1.2": [
        *_steps(
            *_CORE,
            (r"0o[0-7]+", _as_double(_int(8, 2))),
            (r"0x[0-9a-fA-F]+", _as_double(_int(16, 2))),
            (r"[-+]?[0-9]+", _as_double(_int(10))),
            (r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", _float),
        )
    ],
    "PyYAML": [
        *_steps(
            *_CORE,
            *_LEGACY,
            (r"=|<<", _word(ERROR, None)),
            (r"[-+]?0b[01_]+", _int(2, 2)),
            (r"[-+]?0[0-7_]+", _int(8)),
            (r"[-+]?(?:0|[1-9][0-9_]*)", _int(10)),
            (r"[-+]?0x[0-9a-fA-F_]+", _int(16, 2)),
            (r"[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+", _base_60),
            (r"[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?", _float),
            (r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*", _base_60),
            (f"{_DAY}|{_TIME}", _date(Reading(ERROR))),
        )
    ],
}
