"""Which known name a misspelt one means."""

from __future__ import annotations

from collections.abc import Iterable

# Names are short: a longer one is no slip of the pen, and difflib takes time in the square of the length.
_LONGEST_NAME = 60
_LIKENESS = 0.8


def closest(name: str, known: Iterable[str]) -> str:
    """Return which of *known* is meant by *name*: the same but for case and marks, or misspelt; "" if none is."""
    from difflib import get_close_matches

    if len(name) > _LONGEST_NAME:
        return ""
    own = letters(name)
    names = {letters(other): other for other in known}
    swapped = [other for other in names if sorted(other) == sorted(own)]
    found = [own] if own in names else swapped or get_close_matches(own, names, 1, _LIKENESS)
    return names[found[0]] if found else ""


def letters(name: str) -> str:
    """Return *name* without what people and programs vary: case, ``-``, ``_``, spaces."""
    return "".join(char for char in name.casefold() if char.isalnum())


def is_indented(name: str) -> bool:
    """Tell whether the key *name* begins with a space that is none to YAML, so that the indentation is part of it."""
    return name[:1].isspace() and not name.isascii()
