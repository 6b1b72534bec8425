"""Control characters and noncharacters: where a text has them, and what they stood for.

Most are YAML for no reader, so a file that has them cannot be read until they are gone: they are looked for in
any text, whether it is YAML, a value or what follows a record.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from feedlint.lazy import regex
from feedlint.typed import Final, NamedTuple

CONTROL: Final = "control character"
NONCHARACTER: Final = "noncharacter"
ANSI: Final = "terminal escape sequence"
BIDI: Final = "text direction control"
MOJIBAKE: Final = "damaged character"

# U+0085, which YAML takes for a line break, is left to whoever looks at line endings.
_C1 = regex("[\x80-\x84\x86-\x9f]")
_NON = "\ufdd0-\ufdef" + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
_DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
CHARACTERS: Final = f"\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f{_NON}{''.join(sorted(_DIRECTIONS))}"
"""All of them, as they stand inside of the brackets of a regular expression."""
_BAD = regex(f"[{CHARACTERS}]")
_BAD_ASCII = regex(r"[\0-\x08\x0b\x0c\x0e-\x1f\x7f]")  # the same for ASCII, ten times as fast
# Bytes of 0x80 and more as windows-1252 has them, or Latin-1 where that has none.
_WINDOWS: Final = {code: bytes([code]).decode("windows-1252", "ignore") for code in range(0x80, 0x100)}
_BYTES: Final = {char: code for code, own in _WINDOWS.items() for char in (own, chr(code)) if char}
_HIGH = "".join(sorted(_BYTES))
# No alternative begins as another one does, and no part of one can match what the next does: linear time.
_TOKEN = regex(
    r"\x1b(?:\[[0-9:;<=>?]*[A-Za-z]|\][^\x07\x1b\r\n]*(?:\x07|\x1b\\)|[()][0-9A-Z])"
    rf"|[{re.escape(_HIGH)}]+|[\x0b\x0c]+|{_BAD.pattern}"
)
_LINE = regex(r"[^\r\n]+")
_OPENS = {"\u202a": "\u202c", "\u202b": "\u202c", "\u2066": "\u2069", "\u2067": "\u2069", "\u2068": "\u2069"}
_TURNS = frozenset("\u202b\u202e\u2067")
_OVERRIDES = frozenset("\u202d\u202e")
# U+2019 cut to its last byte is U+0019, as quotes and dashes become in programs that drop the first.
_CUT: Final = {chr(code): chr(0x2000 + code) for code in (0x13, 0x14, 0x18, 0x19, 0x1C, 0x1D)}
_ENGLISH = regex(r"(?:s|re|ve|ll|d)\b|(?<=n.)t\b|(?<=\bI.)m\b")
# In Mac Roman 0x92 is "í": País and París are not Pa’s and Par’s.
_SPANISH = regex(r"\b(?:an|chas|lu|ma|pa|par|ra)", re.IGNORECASE)
_ELISION = regex(r"(?:\b|_)(?:[cdjlmnstCDJLMNST]|[Qq]u)")
_AFTER_ELISION = regex(r"[aeiouhAEIOUHéèêàâÉÈÊÀÂ]\w{3}")
_LONGEST: Final = 20  # characters of a word that are looked at
_LONGEST_QUOTATION: Final = 1000


class Control(NamedTuple):
    """Characters *start* to *end* of a text that should not be there, and what they are.

    *text* is what belongs in their place, None where nobody can tell; *sure* whether that is certain. *mild* are
    those that most people would not notice.
    """

    start: int
    end: int
    kind: str
    text: str | None
    sure: bool = True
    mild: bool = False


def find(text: str, start: int = 0, end: int | None = None) -> Iterator[Control]:
    """Yield the control characters of ``text[start:end]``, but for tabs and line breaks, in the order of the text."""
    end = len(text) if end is None else end
    if not _BAD.search(text, start, end):
        return
    for line in _LINE.finditer(text, start, end):
        if _BAD.search(line[0]):
            for found in _in_line(line[0]):
                yield found._replace(start=found.start + line.start(), end=found.end + line.start())


def occur_in(text: str) -> bool:
    """Tell whether there are control characters in *text*."""
    return (_BAD_ASCII if text.isascii() else _BAD).search(text) is not None


def remove(text: str) -> str:
    """Return *text* without its control characters."""
    return _BAD.sub("", text)


def _in_line(line: str) -> Iterator[Control]:
    tokens = list(_TOKEN.finditer(line))
    decoded = {token.start(): _decoded(token[0]) for token in tokens if token[0][0] in _BYTES}
    # Where one word is UTF-8 read wrongly the others of the line are as well.
    is_damaged = any(decoded.get(token.start()) and _C1.search(token[0]) for token in tokens)
    bidi = [token for token in tokens if token[0] in _DIRECTIONS]
    yield from sorted([*_directions(line, bidi), *_others(line, tokens, decoded if is_damaged else {})])


def _others(line: str, tokens: list[re.Match[str]], decoded: dict[int, str | None]) -> Iterator[Control]:
    is_end = "\x1a" in line and not line.replace("\x1a", "").strip()
    for token in tokens:
        start, end = token.span()
        char = token[0][0]
        meant = decoded.get(start)
        if meant is not None:
            yield Control(start, end, MOJIBAKE, meant)
        elif char in _BYTES:
            yield from (_c1(line, start + match.start()) for match in _C1.finditer(token[0]))
        elif end - start > 1 and char == "\x1b":
            yield Control(start, end, ANSI, "")
        elif char in "\x0b\x0c":  # line breaks, of a kind
            inside = start and end < len(line) and not (line[start - 1].isspace() or line[end].isspace())
            yield Control(start, end, CONTROL, " " if inside else "")
        elif char in _CUT and _is_plausible(line, start, _CUT[char]):
            yield Control(start, end, CONTROL, _CUT[char], sure=False)
        elif char == "\x1a":  # stands for a character that was lost, unless it is DOS's end of a file
            yield Control(start, end, CONTROL, "", sure=is_end)
        elif char < "\x80":
            yield Control(start, end, CONTROL, "")
        elif char not in _DIRECTIONS:
            yield Control(start, end, NONCHARACTER, "")


def _decoded(run: str) -> str | None:
    """Return what *run* is if it is UTF-8 that was read as windows-1252 or Latin-1, also more than once."""
    text = run
    for _ in range(4):
        if text.isascii() or any(char not in _BYTES for char in text):
            break
        try:
            text = bytes(_BYTES[char] for char in text).decode("utf-8")
        except UnicodeDecodeError:
            break
    return text if text != run and not _BAD.search(text) and text.isprintable() else None


def _c1(line: str, at: int) -> Control:
    meant = _WINDOWS[ord(line[at])]
    return Control(at, at + 1, CONTROL, meant or None, sure=bool(meant) and _is_plausible(line, at, meant))


def _is_plausible(line: str, at: int, meant: str) -> bool:
    """Tell whether the quote or dash *meant* is what stood at *at* of *line*, by the characters around it."""
    before, after = line[at - 1 : at] or " ", line[at + 1 : at + 2] or " "
    if meant in "‘“":
        return (before.isspace() or before in "([\"'—–\x91\x93") and (after.isalnum() or after in "\x91\x93‘“")
    if meant == "”":
        return (before.isalnum() or before in ".,!?…)%\x85\x92’") and not after.isalnum()
    if meant in "–—":
        return (before == after == " ") or (meant == "–" and before.isdigit() and after.isdigit())
    return meant == "’" and _is_apostrophe(line, at, before, after)


def _is_apostrophe(line: str, at: int, before: str, after: str) -> bool:
    if after.isdigit():
        return before.isspace()  # ’90s
    head = line[max(0, at - _LONGEST) : at]
    word = head[len(head.rstrip("".join(filter(str.isalpha, head)))) :]
    if after.isalpha():
        if _ENGLISH.match(line, at + 1):
            return bool(word) and not (line[at + 1] == "s" and _SPANISH.fullmatch(word))
        return _ELISION.fullmatch(word) is not None and _AFTER_ELISION.match(line, at + 1) is not None
    opened = any(line.find(mark, max(0, at - _LONGEST_QUOTATION), at) >= 0 for mark in "\x91‘\x18")
    return (opened and (before.isalnum() or before in ".,!?…")) or (len(word) > 3 and word.endswith("s"))


def _directions(line: str, found: list[re.Match[str]]) -> Iterator[Control]:
    """Yield what turns the direction of *line*, unless it is in order: closed, and in a text that has two."""
    if not found:
        return
    two = any(unicodedata.bidirectional(char) in ("R", "AL") for char in line)
    chars = [match[0] for match in found]
    if two and _OVERRIDES.isdisjoint(chars) and _is_closed(chars):
        return
    sure = not two and _TURNS.isdisjoint(chars)
    mild = _OVERRIDES.isdisjoint(chars)
    for match in found:
        yield Control(*match.span(), BIDI, "", sure, mild)


def _is_closed(chars: list[str]) -> bool:
    waiting: list[str] = []
    for char in chars:
        if char in _OPENS:
            waiting.append(_OPENS[char])
        elif not waiting or waiting.pop() != char:
            return False
    return not waiting
