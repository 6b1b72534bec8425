"""HTML entities in a text: where they are, and what they stand for."""

from __future__ import annotations

import re
from functools import cache

from feedlint.lazy import regex
from feedlint.rules.tx.gaps import EDGES
from feedlint.typed import NamedTuple

_BODY = regex(r"#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[A-Za-z][A-Za-z0-9]*;?")
_CUT = regex(r"&(?:#[0-9]*|#[xX][0-9a-fA-F]*|(?P<name>[a-z]+))")
_COMMON = "nbsp|amp|quot|apos|hellip|lsquo|rsquo|ldquo|rdquo|ndash|mdash|laquo|raquo|bull|middot|trade|euro|pound"
_ACCENTED = "agrave|eacute|egrave|ccedil|ntilde|auml|ouml|uuml|szlig"
# "&am" and the consonants cannot be words as "&co" and "&la" can; from three letters on the rest cannot either.
_CUT_NAMES = frozenset(["am", "nb", "rs", "ls", "rd", "ld", "nd", "md"]).union(
    name[:length] for name in f"{_COMMON}|{_ACCENTED}".split("|") for length in range(3, len(name))
)
# Without its semicolon a name must not be one that a URL has for a parameter, or a word.
_OPEN_NAMES = regex(rf"nbsp|(?:lt|gt|{_COMMON}|{_ACCENTED})(?![A-Za-z0-9=])")
# White space that only markup asks for is written as a space.
_PLAIN = str.maketrans(dict.fromkeys("\u2002\u2003\t\n\r", " "))


class Entity(NamedTuple):
    """An entity from *start* to *end* of a text.

    ``text`` is what it stands for, at any depth of escaping, None where it stands for no character or is cut off.
    ``closed`` says that it has its semicolon.
    """

    start: int
    end: int
    text: str | None
    closed: bool


def find(text: str) -> list[Entity]:
    """Return the entities in *text*, in order. What only looks like one (``AT&T``, ``?a=1&copy=2``) is none."""
    found: list[Entity] = []
    last = text.rfind("&")
    at = text.find("&")
    while at >= 0:
        entity = (_cut(text, at) if at == last else None) or _read(text, at)
        if entity is not None:
            found.append(entity)
        at = text.find("&", entity.end if entity is not None else at + 1)
    return found


def _cut(text: str, at: int) -> Entity | None:
    """Return the entity that begins at offset *at* of *text* if the end of the text cuts it off."""
    match = _CUT.fullmatch(text.rstrip(f"{EDGES}.…"), at)
    if match is None or (match["name"] is not None and match["name"] not in _CUT_NAMES):
        return None
    return Entity(at, match.end(), None, False)


def _read(text: str, at: int) -> Entity | None:
    """Return the entity that begins at offset *at* of *text*; what "&amp;" and the text after it make is one too."""
    body = _BODY.match(text, at + 1)
    if body is None:
        return None
    if not body[0].endswith(";"):
        return _open(text, at, body)
    decoded = _decode(body[0][:-1])
    if decoded is None:
        return None
    end = body.end()
    while decoded == "&" and (body := _BODY.match(text, end)) and body[0].endswith(";"):
        deeper = _decode(body[0][:-1])
        if not deeper:
            break
        decoded, end = deeper, body.end()
    return Entity(at, end, decoded.translate(_PLAIN) if decoded else None, True)


def _open(text: str, at: int, body: re.Match[str]) -> Entity | None:
    """Return the entity without a semicolon at offset *at*, if it can be nothing else."""
    if body[0][0] != "#":
        named = _OPEN_NAMES.match(text, at + 1)
        return Entity(at, named.end(), (_decode(named[0]) or "").translate(_PLAIN), False) if named else None
    decoded = _decode(body[0]) if len(body[0]) > 2 else None
    return Entity(at, body.end(), decoded.translate(_PLAIN), False) if decoded else None


def _decode(body: str) -> str | None:
    """Return what ``&body;`` stands for, "" where it is a number without a character, None if it is no entity."""
    if body[0] == "#":
        digits, base = (body[2:], 16) if body[1] in "xX" else (body[1:], 10)
        digits = digits.lstrip("0")
        return _character(int(digits, base)) if 0 < len(digits) < 9 else ""
    names = _names()
    if body in names:
        return names[body]
    # A title in capitals takes its entities along: "&RSQUO;".
    return names[body.lower()].upper() if body.isupper() and body.lower() in names else None


def _character(code: int) -> str:
    """Return the character that ``&#code;`` stands for in HTML, "" where there is none (HTML 13.2.5.80)."""
    if 0x80 <= code <= 0x9F:  # the code of windows-1252 was meant, and HTML reads it so
        return bytes([code]).decode("windows-1252", "ignore")
    if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF or 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE:
        return ""
    return "" if code == 0xFFFD or (code < 0x20 and code not in (9, 10, 13)) or code == 0x7F else chr(code)


@cache
def _names() -> dict[str, str]:
    """Return the named entities of HTML, without their semicolons."""
    from html.entities import html5

    return {name[:-1]: text for name, text in html5.items() if name.endswith(";")}
