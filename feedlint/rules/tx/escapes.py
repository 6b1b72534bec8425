r"""Escape sequences in a text that were never read back: ``\u2019``, ``\n``, ``=?utf-8?Q?=E2=80=99?=``, ``%20``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from feedlint.fragments import Fragment
from feedlint.lazy import regex
from feedlint.rules.tx import entities, tags
from feedlint.rules.tx.texts import is_about_encodings
from feedlint.typed import Final, NamedTuple

_ABOUT_CODE = regex(
    r"\b(?:escap|regex|regular expression|backslash|literals?\b|code ?point|javascript|typescript|python|java\b|json"
    r"|printf|c\+\+|c#|latex|bash|shell|grep|newline|line ?break|perl|php|ruby|rust\b|sql)",
    re.IGNORECASE,
)
_UNIT = r"\\{1,8}(?:u[0-9a-fA-F]{4}|u\{[0-9a-fA-F]{1,6}\}|U[0-9a-fA-F]{8}|x[0-9a-fA-F]{2})"
# Backslashes are doubled with each escaping; what has more than eight is no text.
_UNICODE = regex(rf"(?<!\\)(?:{_UNIT})+")
_CODE = regex(r"([uUx])\{?([0-9a-fA-F]+)")
_RANGE = regex(rf"{_UNIT}-\\|\[\^?\\{{1,8}}[ux]")
_BREAK = regex(r"(?<!\\)(?:\\{1,8}[rnt])+")
_QUOTE = regex(r"""(?<!\\)\\{1,8}(["'])""")
_CONTRACTION = regex(r"(?:s|t|re|ve|ll|d|m|S|T|RE|VE|LL|D|M)(?!\w)")
_NAME = regex(r"(?:^|\W)(?:[ODLdl]|[Qq]u|[cjmnst])$")
_WORD = regex(r"=\?[A-Za-z0-9_-]{2,20}\?[BbQq]\?[!->@-~]*\?=")
_WORDS = regex(rf"{_WORD.pattern}(?:\s*{_WORD.pattern})*")
_CUT_WORD = regex(r"=\?(?:utf-8|iso-8859-\d{1,2}|us-ascii|windows-125\d|gb2312|shift_jis|euc-kr|koi8-r)\?[BQ]\?", re.I)
_TOKEN = regex(r"\S+")
_PERCENT = regex(r"(?:%[0-9A-Fa-f]{2})+")
_SPACE_OR_MARK = regex(r"(?<=[A-Za-z])(?:%20|%2[27Cc]%20|%3[Aa]%20|%27(?=(?:s|t|re|ve|ll)\b))(?=[A-Za-z])")
_PRINTABLE = regex(r"(?:=[0-9A-F]{2}){2,}")
_PATH = regex(r"(?:^|[^A-Za-z])[A-Za-z]:\\|^\W*\\\\[\w.]+\\")
_OTHER_BACKSLASH = regex(r"\\[^\\rntux\"'/]")
_ENDED = frozenset(".!?:;,)]…\"'”’»")
_QUOTES = frozenset("\"'`“”‘’[](){}")
_TOKEN_SIZE: Final = 200
_WORDS_SIZE: Final = 5_000
# White space and breaks of any kind are one space.
_PLAIN = str.maketrans(dict.fromkeys("\t\n\v\f\r\x85\u2028\u2029", " "))

CHARACTER: Final = "escape sequence"
BREAK: Final = "escaped line break"
QUOTE: Final = "escaped quote"
WORD: Final = "encoded word"
PERCENT: Final = "percent-encoded character"
PRINTABLE: Final = "quoted-printable character"


class Escape(NamedTuple):
    """An escape sequence of a *kind* from *start* to *end* of a text.

    ``text`` is what it stands for, None where that is no character or is cut off. ``sure`` says that it can mean
    nothing else.
    """

    kind: str
    start: int
    end: int
    text: str | None
    sure: bool


def find(text: str) -> Iterator[Escape]:
    """Yield the escape sequences in *text*, those of one kind in order. What only looks like one is none."""
    original = text
    if "<" in text or "&" in text or "\\" in text:
        # What markup is around a sequence, or has one in it, does not change what that is.
        found = [Fragment(entity.start, entity.end, entity.text) for entity in entities.find(text) if entity.text]
        text = tags.covered(text, found)
        text = tags.covered(text, [Fragment(*tag) for tag in tags.find(original)])
    if "\\" in text:
        about = _is_about_code(text)
        yield from _characters(text, about=about)
        yield from _breaks(text, about=about)
        yield from _quotes(text, about=about)
    if "=?" in text:
        yield from _words(text)
    if "%" in text or "=" in text:
        yield from _bytes(text)


def _is_about_code(text: str) -> bool:
    return is_about_encodings(text) or _ABOUT_CODE.search(text) is not None


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Tell whether characters *start* to *end* of *text* are a word of their own, or in quotes or brackets."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return (not before or before.isspace() or before in _QUOTES) and (
        not after or after.isspace() or after in _QUOTES or after in ".,;:?!"
    )


def _token(text: str, start: int, end: int) -> str:
    """Return the word that characters *start* to *end* of *text* are in."""
    before = text[max(0, start - _TOKEN_SIZE) : start]
    after = text[end : end + _TOKEN_SIZE]
    return (before[-1:].strip() and before.split()[-1]) + text[start:end] + (after[:1].strip() and after.split()[0])


# --- backslashes --------------------------------------------------------------------------------------------


def _characters(text: str, *, about: bool) -> Iterator[Escape]:
    if _RANGE.search(text):
        return  # a pattern
    for match in _UNICODE.finditer(text):
        start, end = match.span()
        if (about and _stands_alone(text, start, end)) or _PATH.search(_token(text, start, end)):
            continue
        decoded, sure = _decode(match[0])
        yield Escape(CHARACTER, start, end, decoded, sure and not about)


def _decode(written: str) -> tuple[str | None, bool]:
    r"""Return what a run of ``\u2019`` and ``\xe2`` stands for, None where it is no text, and if that is certain."""
    data = bytearray()
    decoded = ""
    sure = True
    for kind, digits in [*_CODE.findall(written), ("", "0")]:
        code = int(digits, 16)
        if kind == "x":
            data.append(code)
            continue
        if data:
            try:
                decoded += data.decode("utf-8")
            except UnicodeDecodeError:
                decoded += data.decode("windows-1252", "replace")
                sure = sure and not any(0x80 <= byte < 0xA0 for byte in data)
            data.clear()
        if code > 0x10FFFF:
            return None, False
        decoded += chr(code) if kind else ""
    # Pairs of surrogates are one character.
    decoded = decoded.encode("utf-16", "surrogatepass").decode("utf-16", "replace").translate(_PLAIN)
    if "\ufffd" in decoded or any(char < " " or "\x7f" <= char < "\xa0" for char in decoded):
        return None, False
    return decoded, sure


def _breaks(text: str, *, about: bool) -> Iterator[Escape]:
    for match in _BREAK.finditer(text):
        start, end = match.span()
        before, after = text[start - 1 : start], text[end : end + 1]
        letters = match[0].replace("\\", "")
        strong = letters.count("n") > 1 or "rn" in letters
        token = _token(text, start, end)
        if not letters.strip("t") or _PATH.search(token) or _OTHER_BACKSLASH.search(token):
            continue
        if after.islower() and not strong:
            continue  # LaTeX: \nu
        if about and (not strong or _stands_alone(text, start, end)):
            continue
        ends = (
            before in _ENDED or (before.isspace() and text[max(0, start - 9) : start].rstrip()[-1:] in _ENDED)
            if before
            else True
        )
        begins = not after or after.isspace() or after.isupper() or after.isdigit() or after in "-•*"
        if strong or (ends and begins) or (before.islower() and (after.isupper() or not after)):
            yield Escape(BREAK, start, end, " ", strong and not about)


def _quotes(text: str, *, about: bool) -> Iterator[Escape]:
    found = list(_QUOTE.finditer(text))
    for mark in "'\"":
        waiting: re.Match[str] | None = None
        for match in found:
            if match[1] != mark:
                continue
            start, end = match.span()
            before, after = text[start - 1 : start], text[end : end + 1]
            if mark == "'" and before.isalpha() and _is_apostrophe(text, start, end):
                yield Escape(QUOTE, start, end, mark, not about)
            elif waiting is None and not about and not before.isalnum() and after.isalnum():
                waiting = match
            elif waiting is not None and before and not before.isspace() and not after.isalnum():
                yield Escape(QUOTE, *waiting.span(), mark, True)
                yield Escape(QUOTE, start, end, mark, True)
                waiting = None


def _is_apostrophe(text: str, start: int, end: int) -> bool:
    r"""Tell whether the quote is one as in ``It\'s`` and ``O\'Brien``; in LaTeX ``caf\'e`` has an accent."""
    if _CONTRACTION.match(text, end):
        return True
    return _NAME.search(text[max(0, start - 3) : start]) is not None and text[end : end + 2].isalpha()


# --- bytes ----------------------------------------------------------------------------------------------------


def _words(text: str) -> Iterator[Escape]:
    """Yield the encoded words of RFC 2047; white space between two of them is not part of the text."""
    last = 0
    for match in _WORDS.finditer(text):
        last = match.end()
        decoded = _decode_words(match[0])
        if decoded is not None or _CUT_WORD.match(match[0]):
            yield Escape(
                WORD, *match.span(), decoded, decoded is not None and not is_about_encodings(_rest(text, match))
            )
    cut = text.rfind("=?")
    if cut >= last and _CUT_WORD.match(text, cut) and " " not in text[cut:].rstrip():
        yield Escape(WORD, cut, len(text), None, False)


def _rest(text: str, match: re.Match[str]) -> str:
    return f"{text[: match.start()]} {text[match.end() :]}"


def _decode_words(written: str) -> str | None:
    if len(written) > _WORDS_SIZE:
        return None
    from email.errors import HeaderParseError
    from email.header import decode_header

    try:
        parts = decode_header(written)
        decoded = "".join(part if isinstance(part, str) else part.decode(charset or "ascii") for part, charset in parts)
    except (HeaderParseError, LookupError, ValueError):
        return None
    decoded = decoded.translate(_PLAIN)
    return decoded if decoded.strip() and decoded.isprintable() and "\ufffd" not in decoded else None


def _bytes(text: str) -> Iterator[Escape]:
    about = is_about_encodings(text) or "url" in text.lower()
    for token in _TOKEN.finditer(text):
        word = token[0]
        if ("%" not in word and "=" not in word) or _is_address(word):
            continue
        runs = [(run, _utf8(run[0].replace("%", ""))) for run in _PERCENT.finditer(word)]
        if any(meant and not meant.isascii() for _, meant in runs) or _SPACE_OR_MARK.search(word):
            for run, meant in runs:
                start, end = token.start() + run.start(), token.start() + run.end()
                if meant and not (about and _stands_alone(text, start, end)):
                    yield Escape(PERCENT, start, end, meant, False)
        if "=?" in word:
            continue
        for run in _PRINTABLE.finditer(word):
            meant = _utf8(run[0].replace("=", ""))
            if meant and not meant.isascii():
                yield Escape(PRINTABLE, token.start() + run.start(), token.start() + run.end(), meant, False)


def _is_address(word: str) -> bool:
    return "://" in word or "www." in word or "/" in word or "&" in word or re.search(r"[?;]\w*=", word) is not None


def _utf8(digits: str) -> str | None:
    """Return the text that the bytes with the hexadecimal *digits* are in UTF-8, None where they are none."""
    try:
        decoded = bytes.fromhex(digits).decode("utf-8").translate(_PLAIN)
    except ValueError:
        return None
    return decoded if decoded.isprintable() or decoded.strip("\xa0").isprintable() else None
