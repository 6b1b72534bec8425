"""Slugs: what a feed makes of a title for the name of a file or the end of an address."""

from __future__ import annotations

from feedlint.lazy import regex
from feedlint.typed import Final

CUT: Final = 130
"""Characters from which on the slug in a file's name may have been cut, at a hyphen."""
_SLUG = regex("[a-z0-9]+(?:-[a-z0-9]+)*")
# Accents, too: decomposed, each is a character of its own.
_DROPPED = regex(r"[^a-z0-9\s-]+")
# The same for texts that are all ASCII, as bytes: what becomes of a character, and which are dropped.
_ASCII: Final = bytes(ord(chr(code).lower()) if chr(code) != "-" else ord(" ") for code in range(128)) + bytes(128)
_NO_ASCII: Final = bytes(code for code in range(128) if _DROPPED.match(chr(code).lower()))
_DATE = regex(r"\d{4}-\d{1,2}-\d{1,2}-")


def slug(text: str) -> str:
    """Return the slug of *text*: its letters a to z and digits, accents taken off, with a hyphen for each gap.

    Empty where the text has none of them, as one in Cyrillic or Chinese.
    """
    if _SLUG.fullmatch(text):
        return text
    if text.isascii():
        return "-".join(text.encode().translate(_ASCII, _NO_ASCII).decode().split())
    import unicodedata

    letters = unicodedata.normalize("NFD", text).lower()
    return "-".join(_DROPPED.sub("", letters).replace("-", " ").split())


def file_slug(path: str) -> str:
    """Return the slug in the name of the file at *path*: without its date and its extension."""
    name = path.replace("\\", "/").rpartition("/")[2]
    return _DATE.sub("", name.rpartition(".")[0] or name, count=1)
