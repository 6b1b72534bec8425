"""Scalars: what a plain one means, how a value is written, and which characters of the file wrote it.

Only readings on which YAML 1.1 (libyaml, Psych) and YAML 1.2 (core schema) agree give a type; what they read
differently stays the text it is.
"""

from __future__ import annotations

import re

from feedlint.lazy import regex
from feedlint.typed import Final

PLAIN: Final = "plain"
SINGLE: Final = "single"
DOUBLE: Final = "double"
LITERAL: Final = "literal"
FOLDED: Final = "folded"
BLOCKS: Final = (LITERAL, FOLDED)
"""The styles of block scalars."""

_NULL = frozenset(["", "~", "null", "Null", "NULL"])
_TRUE = frozenset(["true", "True", "TRUE"])
_FALSE = frozenset(["false", "False", "FALSE"])
_INT = regex(r"-?(?:0|[1-9][0-9]*)")
# YAML 1.1 wants a sign in the exponent.
_FLOAT = regex(r"-?(?:0|[1-9][0-9]*)\.[0-9]+(?:[eE][-+][0-9]+)?")
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
_UNPRINTABLE = regex(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff\U0001fffe\U0001ffff\U0010fffe\U0010ffff]"
)
_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@`=<~ ")
# In brackets libyaml 0.1 also stops at ":" and "?", which later ones and YAML 1.2 allow inside of a word.
_FLOW_INDICATORS = regex(r"[,\[\]{}:?]")
_BREAKS_PLAIN = regex(r": |:$| #")
# Words and number-like texts that some reader turns into something else: booleans and null of YAML 1.1, numbers
# with _ , : or an exponent, hexadecimal and octal, infinities, dates.
_RETYPED_WORD = regex(r"(?i:y|n|yes|no|on|off|true|false|null|[-+]?\.(?:inf|nan))")
_RETYPED_NUMBER = regex(r"[-+.0-9][-+.,:_0-9a-fA-FxXoOtTzZ ]*")
_SHORT_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\0": "\\0"}
_NEEDS_ESCAPE = regex(rf'["\\]|{_UNPRINTABLE.pattern}')


def is_plain_safe(value: str, *, flow: bool = False) -> bool:
    """Tell whether every reader reads the bare text *value* as the string *value*."""
    return is_plain(value, flow=flow) and not (_RETYPED_WORD.fullmatch(value) or _RETYPED_NUMBER.fullmatch(value))


def is_plain(value: str, *, flow: bool = False) -> bool:
    """Tell whether *value* can be written bare on one line, whatever type a reader then gives it."""
    return not (
        not value
        or value[0] in _INDICATORS
        or value != value.strip()  # some reader trims a no-break space too
        or _BREAKS_PLAIN.search(value)
        or not is_printable(value)
        or (flow and _FLOW_INDICATORS.search(value))
        or value.startswith("...")
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
        text = repr(value)
        return text if "." in text else text.replace("e", ".0e")  # YAML 1.1 wants a point in 1.0e+20
    if style == PLAIN and (is_plain(value, flow=flow) if retyped else is_plain_safe(value, flow=flow)):
        return value
    if style == SINGLE and is_printable(value):
        return "'" + value.replace("'", "''") + "'"
    return f'"{escape(value)}"'


# --- which characters wrote it -----------------------------------------------------------------------------

_BREAK = regex(r"\r\n|\r|\n")
_BLANK = r"(?P<blank>[ \t\r\n]+)"
# No alternative can match what another one began with: one pass, whatever the text.
_TOKENS = {
    PLAIN: regex(rf"{_BLANK}|(?P<raw>[^ \t\r\n]+)"),
    SINGLE: regex(rf"{_BLANK}|(?P<quote>'')|(?P<raw>[^ \t\r\n']+|')"),
    DOUBLE: regex(
        rf"{_BLANK}|(?P<join>\\(?:\r\n|\r|\n)[ \t]*)|(?P<raw>[^ \t\r\n\\]+)"
        r"|(?P<hex>\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}))|(?P<escape>\\.?)",
    ),
}
_ESCAPES = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r",
    "e": "\x1b", " ": " ", '"': '"', "/": "/", "\\": "\\", "N": "\x85", "_": "\xa0", "L": "\u2028",
    "P": "\u2029",
}  # fmt: skip
UNMAPPED: Final = -1


def boundaries(raw: str, style: str, value: str) -> list[int] | None:
    """Map offsets into *value* to offsets into *raw*, the text that wrote it (quotes and header included).

    Returns a list with one entry for each offset 0 to ``len(value)``; :data:`UNMAPPED` where no place in *raw*
    corresponds (inside a folded line break, after the last line of a block). Returns None where the mapping is not
    certain: what is read back through it must be *value* exactly.
    """
    if style in BLOCKS:
        return _block_boundaries(raw, value)
    quoted = style != PLAIN
    inner, inner_end = (1, len(raw) - 1) if quoted else (0, len(raw))
    if raw[inner:inner_end] == value:  # as nearly all: there is no escape that would not be shorter than it is written
        return list(range(inner, inner_end + 1))
    marks: list[int] = []
    read: list[str] = []
    for match in _TOKENS[style].finditer(raw, inner, inner_end):
        text = _token_value(match)
        if text is None:
            return None
        if text == match[0]:
            marks.extend(range(match.start(), match.end()))
        elif text:
            marks.append(match.start())
            marks.extend([UNMAPPED] * (len(text) - 1))
        read.append(text)
    marks.append(inner_end)
    return marks if "".join(read) == value else None


def _token_value(match: re.Match[str]) -> str | None:
    kind, text = match.lastgroup, match[0]
    if kind == "quote":
        return "'"
    if kind == "join":
        return ""
    if kind == "escape":
        return _ESCAPES.get(text[1:])
    if kind == "hex":
        code = int(text[2:], 16)
        return chr(code) if code <= 0x10FFFF else None
    breaks = len(_BREAK.findall(text)) if kind == "blank" else 0
    # A line break is read as a space, with the white space around it; more of them as one less.
    return text if not breaks else " " if breaks == 1 else "\n" * (breaks - 1)


_INK = regex(r"[^ \t\r\n]+")
_GAP = regex(r"[ \t\r\n]+")
_HEADER = regex(r"[^\r\n]*[ \t\r\n]*")
_OTHER_BREAK = regex("[\x85\u2028\u2029]")  # a line break in YAML 1.1


def _block_boundaries(raw: str, value: str) -> list[int] | None:
    """As :func:`boundaries`, for block scalars: ink aligns with ink, white space with white space.

    The line breaks that the value ends in have no place: the last of them lies outside the node's span.
    """
    header, text = _HEADER.match(raw), value.rstrip("\n")
    assert header is not None  # every part of the pattern may be empty
    at, position = header.end(), len(text) - len(text.lstrip(" \t\r\n"))
    if position == len(text):
        return [UNMAPPED] * (len(value) + 1)
    if _OTHER_BREAK.search(raw):
        return None
    marks = [UNMAPPED] * position
    while position < len(text):
        ink, written = _INK.match(text, position), _INK.match(raw, at)
        if ink is not None:
            if written is None or written[0] != ink[0]:
                return None
            marks.extend(range(at, written.end()))
            at, position = written.end(), ink.end()
            continue
        gap, written = _GAP.match(text, position), _GAP.match(raw, at)
        assert gap is not None  # what is not ink is white space
        blank = written[0] if written is not None else ""
        same = _common(gap[0], blank)
        marks.extend(range(at, at + same))
        if same < len(gap[0]):
            if not _BREAK.search(blank) or gap.end() == len(text):
                return None
            marks.append(at + same)
            marks.extend([UNMAPPED] * (len(gap[0]) - same - 1))
        at += same if gap.end() == len(text) else len(blank)
        position = gap.end()
    marks.append(at)
    return marks + [UNMAPPED] * (len(value) - len(text)) if not raw[at:].strip(" \t\r\n") else None


def _common(gap: str, blank: str) -> int:
    """Return how many spaces and tabs both begin with: white space of a line itself, before its end."""
    same = 0
    for one, other in zip(gap, blank, strict=False):
        if one != other or one not in " \t":
            break
        same += 1
    return same
