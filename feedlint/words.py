"""Words for people: hostile text made harmless, and things counted."""

from __future__ import annotations

from feedlint.lazy import regex
from feedlint.typed import Final

# What CI systems take for a command anywhere in a line of a log: ##[…] is GitHub's old form (in actions/runner
# ActionCommand.TryParse), ##vso[…] that of Azure, ##teamcity[…] of TeamCity.
_COMMAND: Final = regex(r"#(?=#[A-Za-z]*\[)")
# Control characters, and those that break or turn around a line; and what is not a character.
_STEERING: Final = regex("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

UNSEEN: Final = regex(
    "["
    "\x00-\x1f\x7f-\x9f"  # control characters
    "\xa0\u1680\u2000-\u200a\u202f\u205f\u3000\u2028\u2029"  # white space but the space
    "\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u202a-\u202e"  # format characters …
    "\u2060-\u206f\ufeff\ufff0-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f"  # … and where more may come
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
    "\ud800-\udfff\ue000-\uf8ff\U000f0000-\U0010ffff"  # surrogates, private use
    "\ufdd0-\ufdef\ufffe\uffff" + "".join(f"{chr(end - 1)}{chr(end)}" for end in range(0x1FFFF, 0xF0000, 0x10000)) + "]"
)
"""A character that shows nothing, or nothing that means the same to two readers.

These are the categories Cc, Cf, Co, Cs, Zl, Zp and Zs (but the space) of Unicode 15 to 18, the noncharacters, and the
places that Unicode reserves for what is to be ignored. What else is not assigned yet is seen: the same is shown by
every Python, whichever version of Unicode it has.
"""


def visible(text: str) -> str:
    """Return *text* with all that is :data:`UNSEEN`, or steers a terminal or a CI system, written as an escape."""
    is_seen = text.isprintable() if text.isascii() else not UNSEEN.search(text)
    return text if is_seen and "##" not in text else "".join(cells(text))


def cells(text: str) -> list[str]:
    """Return what :func:`visible` shows for each character of *text*."""
    shown = list(text)
    for match in UNSEEN.finditer(text):
        shown[match.start() : match.end()] = [ascii(char)[1:-1] for char in match[0]]
    for match in _COMMAND.finditer(text):
        shown[match.start()] = r"\x23"
    return shown


def by_number(text: str) -> str:
    """Return *text* with all that is :data:`UNSEEN` as ``<U+200B>``, for a message about characters."""
    return UNSEEN.sub(lambda match: f"<U+{ord(match[0]):04X}>", text)


def harmless(text: str) -> str:
    """Return *text* with only that as an escape which steers a terminal or a CI system, or no stream can take."""
    text = _STEERING.sub(lambda match: ascii(match[0])[1:-1], text)
    return _COMMAND.sub(r"\\x23", text)


def at_line_start(text: str) -> str:
    """Return *text*, a path that may begin a line, so that it does not begin a GitHub command (``::error``)."""
    shown = visible(text)
    return f"./{shown}" if shown.lstrip().startswith("::") else shown


def counted(number: int, singular: str, plural: str = "") -> str:
    """Return *number* with its noun, as ``1 finding``, ``2 findings``; *plural* where that is not *singular* and s."""
    return f"{number} {singular if number == 1 else plural or singular + 's'}"
