"""White space in a text that is more, or other, than one space between two words."""

from __future__ import annotations

import re

from feedlint.lazy import regex
from feedlint.typed import Final, Literal, NamedTuple

BREAKS: Final = "\r\n\u2028\u2029"
WHITE: Final = f" \t\xa0{BREAKS}"
"""White space that comes from markup and line wrapping, not from a typographer."""
EDGES: Final = f"{WHITE}\u1680\u202f\u205f\u3000{''.join(map(chr, range(0x2000, 0x200B)))}"
"""White space of any width: at the edges of a text none is meant."""
CONTEXT: Final = 5
"""Characters before a no-break space that tell whether it is meant."""
_ABBREVIATION = regex(r"(?<![^\W_])(?:[^\W\d_]{1,3}\.|[Nn][°º]|Nr|Mrs?|Ms|Mme|Dr|St)$")
_SHORT = regex("(?<![^\\W_])[А-Яа-яЁёІіЇїЄєҐґ]{2,3}$")
_GAP = regex(f"[{WHITE}]{{2,}}|[\t\xa0{BREAKS}]")

Kind = Literal["edge", "break", "no-break", "tab", "double"]


class Gap(NamedTuple):
    """A run of white space, from *start* to *end* of a text, and what is wrong with it."""

    start: int
    end: int
    kind: Kind


def gaps(text: str) -> list[Gap]:
    """Return the wrong gaps of *text*, in order; each has one kind, so that one finding reports it.

    A text of spaces and line breaks alone has none: it is empty, and SC004 finds that.
    """
    first = len(text) - len(text.lstrip(EDGES))
    last = len(text.rstrip(EDGES))
    if first >= last:
        return [Gap(0, len(text), "edge")] if text.strip(" \t\r\n") else []
    found = [Gap(0, first, "edge")] if first else []
    # A space is the only white space that Python calls printable.
    for match in _GAP.finditer(text, first, last) if "  " in text or not text.isprintable() else ():
        kind = _kind(text, match)
        if kind is not None:
            found.append(Gap(match.start(), match.end(), kind))
    if last < len(text):
        found.append(Gap(last, len(text), "edge"))
    return found


def _kind(text: str, match: re.Match[str]) -> Kind | None:
    gap = match[0]
    if any(char in BREAKS for char in gap):
        return "break"
    if "\xa0" in gap:
        return None if gap == "\xa0" and is_meant(text, match.start()) else "no-break"
    return "tab" if "\t" in gap else "double"


def is_meant(text: str, at: int) -> bool:
    """Tell whether typography asks for the no-break space at offset *at* of *text*.

    It does in French before ``: ; ! ?`` and inside guillemets, after the digits of a number (``10 000``, ``5 km``),
    between a sign or a name and its number (``§ 5``, ``Windows 11``), after an abbreviation (``Dr. No``, ``J. K.``),
    before a dash and after a short word in Russian and Ukrainian (``не знаю``), and after a preposition of one letter
    in Czech, Polish and Russian. An English "a" or "I" is none.
    """
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if (after and after in ":;!?»›%‰€£$¥°–—") or (before and before in "«‹§№"):
        return True
    if after.isdigit() and before.isalpha():
        return True
    last = text[max(0, at - CONTEXT) : at]
    if _ABBREVIATION.search(last) or _SHORT.search(last):
        return True
    alone = at < 2 or text[at - 2].isspace() or text[at - 2] in "(«„“"
    return before.isdigit() or (before.isalpha() and before not in "aAI" and alone)
