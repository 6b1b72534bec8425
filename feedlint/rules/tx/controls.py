"""C1 controls in a text: the quotation marks and dashes of windows-1252, read as Latin-1."""

from __future__ import annotations

import re

from feedlint.lazy import regex

_ANY = regex("[\x80-\x9f]")
# Where English has them, and where none of the letters that are the same bytes in Mac Roman (í, ì, î, ñ, ó, Ö) can be.
_IN_PLACE = regex(
    "(?<=[A-Za-z]{3})\x92(?=(?:s|t|d|m|re|ll|ve)\\b)"
    "|(?<![^\\s(])[\x91\x93](?=[A-Za-z0-9])|(?<=[A-Za-z0-9.,?!%])[\x92\x94](?=[\\s.,:;?!)]|\\Z)"
    "|(?<=[A-Za-z0-9?!,.)] )[\x96\x97](?= [A-Za-z0-9(])|(?<=[A-Za-z0-9])\x85(?=\\s|\\Z)"
)
_ENGLISH = regex(r"\b(?:the|and|of|for|to|with|how|why|what|is|in|on)\b", re.IGNORECASE)


def are_sure(text: str) -> bool:
    """Tell whether each C1 control of *text* is a quotation mark, dash or ellipsis of an English text, in its place."""
    placed = _IN_PLACE.findall(text)
    opening, closing = placed.count("\x93"), placed.count("\x94")
    return (
        0 < len(placed) == len(_ANY.findall(text))
        and opening == closing
        and placed.count("\x91") <= placed.count("\x92")
        and _ENGLISH.search(text) is not None
        and _ANY.sub("", text).isascii()
    )
