"""Scalars: what a plain one means, how a value is written, and which characters of the file wrote it.

Only readings on which YAML 1.1 (libyaml, Psych) and YAML 1.2 (core schema) agree give a type; what they read
differently stays the text it is.
"""

from __future__ import annotations

import re
from typing import Final

PLAIN: Final = "plain"
SINGLE: Final = "single"
DOUBLE: Final = "double"
LITERAL: Final = "literal"
FOLDED: Final = "folded"

_NULL = frozenset(["", "~", "null", "Null", "NULL"])
_TRUE = frozenset(["true", "True", "TRUE"])
_FALSE = frozenset(["false", "False", "FALSE"])
_INT = re.compile(r"-?(?:0|[1-9][0-9]*)")
_FLOAT = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+(?:[eE][-+]?[0-9]+)?")
# Python refuses to convert more than 4300 digits; no reader keeps more than 309 before a double is infinite.
_MAX_DIGITS = 300


def resolve(text: str) -> str:
    """Return the type all readers give the plain scalar *text*: str, int, float, bool or null."""
    if text in _NULL:
        return "null"
    first = text[0]
    if first in "tTfF":
        return "bool" if text in _TRUE or text in _FALSE else "str"
    if first in "-0123456789" and len(text) <= _MAX_DIGITS:
        if _INT.fullmatch(text):
            return "int"
        if _FLOAT.fullmatch(text):
            return "float"
    return "str"


def convert(text: str, tag: str) -> str | int | float | bool | None:
    """Return *text* as the value its type *tag* says, or as text where it does not fit the type."""
    if tag == "str" or resolve(text) != tag:
        return text
    if tag == "null":
        return None
    if tag == "bool":
        return text in _TRUE
    return int(text) if tag == "int" else float(text)


# --- writing -----------------------------------------------------------------------------------------------

# What no reader takes raw in YAML, or takes for a line break (YAML 1.1 section 5.4), or hides.
_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff\U0001fffe\U0001ffff\U0010fffe\U0010ffff]"
)
_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@`=<~ ")
_FLOW_INDICATORS = re.compile(r"[,\[\]{}]")
_BREAKS_PLAIN = re.compile(r": |:$| #| $")
# Words and number-like texts that some reader turns into something else: booleans and null of YAML 1.1, numbers
# with _ , : or an exponent, hexadecimal and octal, infinities, dates.
_RETYPED_WORD = re.compile(r"(?i:y|n|yes|no|on|off|true|false|null|[-+]?\.(?:inf|nan))")
_RETYPED_NUMBER = re.compile(r"[-+.0-9][-+.,:_0-9a-fA-FxXoOtTzZ ]*")
_SHORT_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\0": "\\0"}
_NEEDS_ESCAPE = re.compile(rf'["\\]|{_UNPRINTABLE.pattern}')


def is_plain_safe(value: str, *, flow: bool = False) -> bool:
    """Tell whether every reader reads the bare text *value* as the string *value*."""
    return is_plain(value, flow=flow) and not (_RETYPED_WORD.fullmatch(value) or _RETYPED_NUMBER.fullmatch(value))


def is_plain(value: str, *, flow: bool = False) -> bool:
    """Tell whether *value* can be written bare on one line, whatever type a reader then gives it."""
    return not (
        not value
        or value[0] in _INDICATORS
        or _BREAKS_PLAIN.search(value)
        or not is_printable(value)
        or (flow and _FLOW_INDICATORS.search(value))
        or value.startswith(("---", "..."))
    )


def is_printable(text: str) -> bool:
    """Tell whether *text* can stand in a file as it is: no control character, no line break, nothing hidden."""
    return _UNPRINTABLE.search(text) is None


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    code = ord(char)
    if char in _SHORT_ESCAPES:
        return _SHORT_ESCAPES[char]
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def escape(value: str) -> str:
    """Return *value* as it stands between double quotes."""
    return _NEEDS_ESCAPE.sub(_escape, value)


def render(value: str | int | float | bool | None, style: str, *, flow: bool = False, retyped: bool = False) -> str:
    """Return *value* written in *style*, or in double quotes where that style cannot hold it.

    *flow* says that the scalar stands inside ``[]`` or ``{}``; *retyped* that a plain text may be one that a
    reader turns into a date or a number (a plain timestamp is meant to be one). Numbers, booleans and null are
    always plain. Block styles are written as double quotes: only their owner knows the indentation.
    """
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return repr(value)
    if style == PLAIN and (is_plain(value, flow=flow) if retyped else is_plain_safe(value, flow=flow)):
        return value
    if style == SINGLE and is_printable(value):
        return "'" + value.replace("'", "''") + "'"
    return f'"{escape(value)}"'


# --- which characters wrote it -----------------------------------------------------------------------------

_FOLD = r"[ \t]*(?:\r\n|\r|\n)[ \t\r\n]*"
_TOKENS = {
    PLAIN: re.compile(rf"(?P<fold>{_FOLD})|(?P<raw>.)", re.DOTALL),
    SINGLE: re.compile(rf"(?P<fold>{_FOLD})|(?P<quote>'')|(?P<raw>.)", re.DOTALL),
    DOUBLE: re.compile(
        rf"(?P<join>\\(?:\r\n|\r|\n)[ \t]*)|(?P<hex>\\(?:x[0-9a-fA-F]{{2}}|u[0-9a-fA-F]{{4}}|U[0-9a-fA-F]{{8}}))"
        rf"|(?P<escape>\\.)|(?P<fold>{_FOLD})|(?P<raw>.)",
        re.DOTALL,
    ),
}
_ESCAPES = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r",
    "e": "\x1b", " ": " ", '"': '"', "/": "/", "\\": "\\", "N": "\x85", "_": "\xa0", "L": "\u2028",
    "P": "\u2029",
}  # fmt: skip
_GAP = re.compile(r"[ \t\r\n]+")
UNMAPPED: Final = -1


def boundaries(raw: str, style: str, value: str) -> list[int] | None:
    """Map offsets into *value* to offsets into *raw*, the text that wrote it (quotes and header included).

    Returns a list with one entry for each offset 0 to ``len(value)``; :data:`UNMAPPED` where no place in *raw*
    corresponds (inside a folded line break). Returns None where the mapping is not certain: what is read back
    through it must be *value* exactly.
    """
    if style in (LITERAL, FOLDED):
        return _block_boundaries(raw, value)
    quoted = style != PLAIN
    inner_end = len(raw) - 1 if quoted else len(raw)
    marks: list[int] = []
    read: list[str] = []
    for match in _TOKENS[style].finditer(raw, 1 if quoted else 0, inner_end):
        text = _token_value(match)
        if text is None:
            return None
        if text:
            marks.append(match.start())
            marks.extend([UNMAPPED] * (len(text) - 1))
            read.append(text)
    marks.append(inner_end)
    return marks if "".join(read) == value else None


def _token_value(match: re.Match[str]) -> str | None:
    kind, text = match.lastgroup, match[0]
    if kind == "raw":
        return text
    if kind == "quote":
        return "'"
    if kind == "join":
        return ""
    if kind == "escape":
        return _ESCAPES.get(text[1])
    if kind == "hex":
        code = int(text[2:], 16)
        return chr(code) if code <= 0x10FFFF else None
    breaks = len(re.findall(r"\r\n|\r|\n", text))
    return " " if breaks == 1 else "\n" * (breaks - 1)


def _block_boundaries(raw: str, value: str) -> list[int] | None:
    """As :func:`boundaries`, for block scalars: ink aligns with ink, white space with white space."""
    header = re.match(r"[^\r\n]*(?:\r\n|\r|\n|\Z)[ \t\r\n]*", raw)
    assert header is not None  # every part of the pattern may be empty
    at = header.end()
    marks: list[int] = []
    lead = len(value) - len(value.lstrip(" \t\n"))
    marks.extend([UNMAPPED] * lead)
    position = lead
    while position < len(value):
        if value[position] in " \t\n":
            gap = _GAP.match(value, position)
            assert gap is not None
            source = _GAP.match(raw, at)
            if source is None:  # the line break of the last line lies outside the span
                marks.extend([at] + [UNMAPPED] * (len(gap[0]) - 1))
            elif source[0] == gap[0]:
                marks.extend(range(at, source.end()))
                at = source.end()
            else:
                marks.extend([at] + [UNMAPPED] * (len(gap[0]) - 1))
                at = source.end()
            position = gap.end()
            continue
        if at >= len(raw) or raw[at] != value[position]:
            return None
        marks.append(at)
        at += 1
        position += 1
    marks.append(at)
    return marks if at >= len(raw.rstrip()) else None
